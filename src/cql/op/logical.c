/* Logical and nullological operators (CQL 1.5.3, Appendix B, "Logical Operators" and "Nullological
 * Operators"): three-valued logic, where null means "not known". */
#include "cql/op/op.h"

static ost_tri tri_of(ost_value v)
{
    if (v.kind != OST_BOOLEAN) {
        return OST_TRI_NULL;
    }
    return v.boolean ? OST_TRI_TRUE : OST_TRI_FALSE;
}

/* ORDER ost_tri: rows and columns are false, true, null. */
static ost_value table(const ost_tri rows[3][3], const ost_value *args)
{
    return ost_tri_value(rows[tri_of(args[0])][tri_of(args[1])]);
}

ost_value ost_op_and(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_tri rows[3][3] = {
        {OST_TRI_FALSE, OST_TRI_FALSE, OST_TRI_FALSE},
        {OST_TRI_FALSE, OST_TRI_TRUE, OST_TRI_NULL},
        {OST_TRI_FALSE, OST_TRI_NULL, OST_TRI_NULL},
    };

    (void)call;
    (void)count;
    return table(rows, args);
}

ost_value ost_op_or(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_tri rows[3][3] = {
        {OST_TRI_FALSE, OST_TRI_TRUE, OST_TRI_NULL},
        {OST_TRI_TRUE, OST_TRI_TRUE, OST_TRI_TRUE},
        {OST_TRI_NULL, OST_TRI_TRUE, OST_TRI_NULL},
    };

    (void)call;
    (void)count;
    return table(rows, args);
}

ost_value ost_op_xor(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_tri rows[3][3] = {
        {OST_TRI_FALSE, OST_TRI_TRUE, OST_TRI_NULL},
        {OST_TRI_TRUE, OST_TRI_FALSE, OST_TRI_NULL},
        {OST_TRI_NULL, OST_TRI_NULL, OST_TRI_NULL},
    };

    (void)call;
    (void)count;
    return table(rows, args);
}

ost_value ost_op_implies(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_tri rows[3][3] = {
        {OST_TRI_TRUE, OST_TRI_TRUE, OST_TRI_TRUE},
        {OST_TRI_FALSE, OST_TRI_TRUE, OST_TRI_NULL},
        {OST_TRI_NULL, OST_TRI_TRUE, OST_TRI_NULL},
    };

    (void)call;
    (void)count;
    return table(rows, args);
}

ost_value ost_op_not(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return args[0].kind == OST_BOOLEAN ? ost_boolean(!args[0].boolean) : ost_null();
}

ost_value ost_op_is_null(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_boolean(ost_is_null(args[0]));
}

ost_value ost_op_is_true(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_boolean(tri_of(args[0]) == OST_TRI_TRUE);
}

ost_value ost_op_is_false(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_boolean(tri_of(args[0]) == OST_TRI_FALSE);
}

ost_value ost_op_coalesce(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    if (args[0].kind != OST_LIST || !ost_call_step(call, args[0].list.count)) {
        return ost_null();
    }
    for (size_t i = 0; i < args[0].list.count; i++) {
        if (!ost_is_null(args[0].list.items[i])) {
            return args[0].list.items[i];
        }
    }
    return ost_null();
}
