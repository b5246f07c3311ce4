/* Counting, sums and extremes of lists (CQL 1.5.3, Appendix B, "Aggregate Functions").
 *
 * Nulls in the list are ignored; a list without values has a sum, extreme or mode of null. An
 * order that can't be told (units that do not compare, partial dates) makes the extreme null. */
#include "cql/op/number.h"

/* The values of a list that are not null; false when there is no memory or the step limit is
 * reached. */
static bool values_of(ost_call *call, ost_value list, const ost_value **items, size_t *count)
{
    *count = 0;
    *items = NULL;
    if (list.kind != OST_LIST || !ost_call_step(call, list.list.count)) {
        return list.kind != OST_LIST;
    }
    ost_value *kept = ost_arena_array(call->arena, list.list.count, sizeof(*kept));
    if (kept == NULL) {
        (void)ost_call_memory(call);
        return false;
    }
    for (size_t i = 0; i < list.list.count; i++) {
        if (!ost_is_null(list.list.items[i])) {
            kept[(*count)++] = list.list.items[i];
        }
    }
    *items = kept;
    return true;
}

static ost_value all_are(ost_call *call, ost_value list, bool wanted)
{
    const ost_value *items;
    size_t count;

    if (!values_of(call, list, &items, &count)) {
        return ost_null();
    }
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind == OST_BOOLEAN && items[i].boolean != wanted) {
            return ost_boolean(!wanted);
        }
    }
    return ost_boolean(wanted);
}

ost_value ost_op_all_true(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return all_are(call, args[0], true);
}

ost_value ost_op_any_true(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return all_are(call, args[0], false);
}

ost_value ost_op_count(ost_call *call, const ost_value *args, size_t count)
{
    const ost_value *items;

    return values_of(call, args[0], &items, &count) ? ost_integer_or_null((ost_i128)count)
                                                    : ost_null();
}

typedef ost_value (*pair_function)(ost_call *call, const ost_value *args, size_t count);

static ost_value fold(ost_call *call, ost_value list, pair_function function)
{
    const ost_value *items;
    size_t count;

    if (!values_of(call, list, &items, &count) || count == 0) {
        return ost_null();
    }
    ost_value pair[2] = {items[0], ost_null()};
    for (size_t i = 1; i < count && !ost_is_null(pair[0]); i++) {
        pair[1] = items[i];
        pair[0] = function(call, pair, 2);
    }
    return pair[0];
}

ost_value ost_op_sum(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return fold(call, args[0], ost_op_add);
}

ost_value ost_op_product(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return fold(call, args[0], ost_op_multiply);
}

/* sign: 1 for the largest, -1 for the smallest. */
static ost_value extreme(ost_call *call, ost_value list, int sign)
{
    const ost_value *items;
    size_t count, best = 0;

    if (!values_of(call, list, &items, &count) || count == 0) {
        return ost_null();
    }
    for (size_t i = 1; i < count; i++) {
        ost_order order = ost_compare(call, items[i], items[best], OST_UNIT_NONE);
        if (order == OST_UNCERTAIN_ORDER) {
            return ost_null();
        }
        if ((int)order * sign > 0) {
            best = i;
        }
    }
    return items[best];
}

ost_value ost_op_min(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return extreme(call, args[0], -1);
}

ost_value ost_op_max(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return extreme(call, args[0], 1);
}

/* The value that stands most often in the list; of several the smallest, so that the order of
 * the list does not matter, or the first when they have no order. */
ost_value ost_op_mode(ost_call *call, const ost_value *args, size_t arg_count)
{
    const ost_value *items;
    size_t count, best = 0, most = 0;

    (void)arg_count;
    if (!values_of(call, args[0], &items, &count) || count == 0) {
        return ost_null();
    }
    for (size_t i = 0; i < count; i++) {
        size_t times = 0;
        if (!ost_call_step(call, count)) {
            return ost_null();
        }
        for (size_t k = 0; k < count; k++) {
            times += ost_equal(call, items[i], items[k]) == OST_TRI_TRUE;
        }
        bool smaller = times == most && times != 0 &&
                       ost_compare(call, items[i], items[best], OST_UNIT_NONE) == OST_LESS;
        if (times > most || smaller) {
            best = i;
            most = times;
        }
    }
    return items[best];
}
