/* Lists (CQL 1.5.3 Reference "List Operators"). Lists are never changed: parts of a list share its
 * items. Membership uses "=" in which null equals null; a date that may or may not be equal gives
 * null. */
#include "cql/op/interval_detail.h"
#include "cql/op/list_detail.h"
#include "cql/op/op.h"

/* ---- Membership ---- */

/* Equal as elements: two nulls are, a null and a value are not. */
static ost_tri same_element(ost_call *call, ost_value a, ost_value b)
{
    if (ost_is_null(a) || ost_is_null(b)) {
        return ost_tri_of(a.kind == b.kind);
    }
    return ost_call_step(call, 1) ? ost_equal(call, a, b) : OST_TRI_NULL;
}

static ost_tri contains(ost_call *call, ost_value list, ost_value element)
{
    ost_tri found = OST_TRI_FALSE;

    for (size_t i = 0; i < list.list.count && found != OST_TRI_TRUE; i++) {
        found = ost_tri_or(found, same_element(call, list.list.items[i], element));
    }
    return found;
}

ost_value ost_list_contains(ost_call *call, ost_value list, ost_value element)
{
    return ost_tri_value(contains(call, list, element));
}

/* And has an element that is another one: for {'a', null} and 'a' that is not known. */
ost_value ost_list_contains_properly(ost_call *call, ost_value list, ost_value element)
{
    ost_tri found = contains(call, list, element), other = OST_TRI_FALSE;

    for (size_t i = 0; i < list.list.count && other != OST_TRI_TRUE; i++) {
        ost_value item = list.list.items[i];
        ost_tri same = same_element(call, item, element);
        if (ost_is_null(item) && !ost_is_null(element)) {
            same = OST_TRI_NULL;
        }
        other = ost_tri_or(other, same == OST_TRI_NULL ? same : ost_tri_of(same == OST_TRI_FALSE));
    }
    return ost_tri_value(ost_tri_and(found, other));
}

static ost_tri includes(ost_call *call, ost_value left, ost_value right)
{
    ost_tri all = OST_TRI_TRUE;

    for (size_t i = 0; i < right.list.count && all != OST_TRI_FALSE; i++) {
        all = ost_tri_and(all, contains(call, left, right.list.items[i]));
    }
    return all;
}

ost_value ost_list_includes(ost_call *call, ost_value left, ost_value right)
{
    return right.kind == OST_LIST ? ost_tri_value(includes(call, left, right))
                                  : ost_list_contains(call, left, right);
}

/* And some element of left is not in right. */
ost_value ost_list_includes_properly(ost_call *call, ost_value left, ost_value right)
{
    ost_tri all, more = OST_TRI_FALSE;

    if (right.kind != OST_LIST) {
        return ost_list_contains_properly(call, left, right);
    }
    all = includes(call, left, right);
    for (size_t i = 0; i < left.list.count && more != OST_TRI_TRUE; i++) {
        ost_tri in = contains(call, right, left.list.items[i]);
        more = ost_tri_or(more, in == OST_TRI_NULL ? in : ost_tri_of(in == OST_TRI_FALSE));
    }
    return ost_tri_value(ost_tri_and(all, more));
}

/* The first position; null when it is not known whether an earlier element is equal. */
ost_value ost_op_index_of(ost_call *call, const ost_value *args, size_t count)
{
    ost_value list = args[0];

    (void)count;
    if (list.kind != OST_LIST || ost_is_null(args[1])) {
        return ost_null();
    }
    for (size_t i = 0; i < list.list.count; i++) {
        ost_tri same = same_element(call, list.list.items[i], args[1]);
        if (same == OST_TRI_NULL) {
            return ost_null();
        }
        if (same == OST_TRI_TRUE) {
            return ost_integer((int32_t)i);
        }
    }
    return ost_integer(-1);
}

/* ---- Sets ---- */

static bool add_all(ost_value_set *set, ost_value list)
{
    for (size_t i = 0; list.kind == OST_LIST && i < list.list.count; i++) {
        if (!ost_value_set_add(set, list.list.items[i])) {
            return false;
        }
    }
    return true;
}

static size_t length(ost_value list)
{
    return list.kind == OST_LIST ? list.list.count : 0;
}

/* A null list is taken as empty. */
ost_value ost_list_union(ost_call *call, ost_value left, ost_value right)
{
    ost_value_set set;

    if (!ost_value_set_init(&set, call, length(left) + length(right)) || !add_all(&set, left) ||
        !add_all(&set, right)) {
        return ost_null();
    }
    return ost_builder_list(&set.items);
}

/* The distinct elements of left that are in right, or that are not. */
static ost_value filter(ost_call *call, ost_value left, ost_value right, bool wanted)
{
    ost_value_set keep, other;

    if (!ost_value_set_init(&keep, call, length(left)) ||
        !ost_value_set_init(&other, call, length(right)) || !add_all(&other, right)) {
        return ost_null();
    }
    for (size_t i = 0; i < left.list.count; i++) {
        ost_value item = left.list.items[i];
        if (ost_value_set_has(&other, item) == wanted && !ost_value_set_add(&keep, item)) {
            return ost_null();
        }
    }
    return ost_builder_list(&keep.items);
}

ost_value ost_list_intersect(ost_call *call, ost_value left, ost_value right)
{
    return left.kind == OST_LIST && right.kind == OST_LIST ? filter(call, left, right, true)
                                                           : ost_null();
}

/* A null list on the right takes nothing away. */
ost_value ost_list_except(ost_call *call, ost_value left, ost_value right)
{
    return left.kind == OST_LIST ? filter(call, left, right, false) : ost_null();
}

ost_value ost_op_distinct(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_list_union(call, args[0], ost_null());
}

ost_value ost_op_flatten(ost_call *call, const ost_value *args, size_t count)
{
    ost_builder out = ost_builder_init(call);

    (void)count;
    for (size_t i = 0; i < args[0].list.count; i++) {
        ost_value inner = args[0].list.items[i];
        if (inner.kind != OST_LIST) {
            if (!ost_is_null(inner) && !ost_builder_add(&out, inner)) {
                return ost_null();
            }
            continue;
        }
        for (size_t k = 0; k < inner.list.count; k++) {
            if (!ost_builder_add(&out, inner.list.items[k])) {
                return ost_null();
            }
        }
    }
    return ost_builder_list(&out);
}

/* ---- Parts ---- */

ost_value ost_op_exists(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    for (size_t i = 0; i < length(args[0]); i++) {
        if (!ost_is_null(args[0].list.items[i])) {
            return ost_boolean(true);
        }
    }
    return ost_boolean(false);
}

ost_value ost_op_first(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    return args[0].list.count == 0 ? ost_null() : args[0].list.items[0];
}

ost_value ost_op_last(ost_call *call, const ost_value *args, size_t count)
{
    size_t n = args[0].list.count;

    (void)call, (void)count;
    return n == 0 ? ost_null() : args[0].list.items[n - 1];
}

ost_value ost_op_singleton_from(ost_call *call, const ost_value *args, size_t count)
{
    size_t n = args[0].list.count;

    (void)count;
    if (n > 1) {
        return ost_call_fail(call, OST_E_RUNTIME, "singleton from a list of %zu elements", n);
    }
    return n == 0 ? ost_null() : args[0].list.items[0];
}

/* Elements from `start` up to but not including `end`, as far as they exist. */
static ost_value part(ost_value list, int64_t start, int64_t end)
{
    int64_t n = (int64_t)list.list.count;

    start = start < 0 ? 0 : start > n ? n : start;
    end = end > n ? n : end;
    return end <= start ? ost_list(NULL, 0)
                        : ost_list(list.list.items + start, (size_t)(end - start));
}

/* A negative number to skip leaves nothing, as in the reference; a null one skips nothing. */
ost_value ost_op_skip(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    if (args[0].kind != OST_LIST) {
        return ost_null();
    }
    if (args[1].kind != OST_INTEGER) {
        return args[0];
    }
    return args[1].integer < 0 ? ost_list(NULL, 0) : part(args[0], args[1].integer, INT64_MAX);
}

ost_value ost_op_tail(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    return part(args[0], 1, INT64_MAX);
}

ost_value ost_op_take(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    if (args[0].kind != OST_LIST) {
        return ost_null();
    }
    return args[1].kind == OST_INTEGER ? part(args[0], 0, args[1].integer) : ost_list(NULL, 0);
}

/* Negative positions count from the end of the list. */
ost_value ost_op_list_length(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_integer(args[0].kind == OST_LIST ? (int32_t)args[0].list.count : 0);
}

ost_value ost_op_slice(ost_call *call, const ost_value *args, size_t count)
{
    int64_t n, start = 0, end = INT64_MAX;

    (void)call;
    if (args[0].kind != OST_LIST) {
        return ost_null();
    }
    n = (int64_t)args[0].list.count;
    if (count > 1 && args[1].kind == OST_INTEGER) {
        start = args[1].integer < 0 ? n + args[1].integer : args[1].integer;
    }
    if (count > 2 && args[2].kind == OST_INTEGER) {
        end = args[2].integer < 0 ? n + args[2].integer : args[2].integer;
    }
    return part(args[0], start, end);
}
