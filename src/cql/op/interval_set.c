/* Union, intersect and except of two intervals, or of two lists (CQL 1.5.3 Reference "Union",
 * "Intersect", "Except"). For intervals the answer is one interval or null: null also where it
 * would be two, and where the ends are too uncertain to tell. */
#include "cql/op/interval_detail.h"
#include "cql/op/op.h"

/* The lower (or higher) of two ends; not exact when it can't be told which. */
static ost_bound choose(ost_call *call, const ost_bound *a, const ost_bound *b, bool lower)
{
    ost_bound unknown = {0};

    switch (ost_bound_less_or_same(call, a, b, OST_UNIT_NONE)) {
    case OST_TRI_TRUE:
        return lower ? *a : *b;
    case OST_TRI_FALSE:
        return lower ? *b : *a;
    case OST_TRI_NULL:
        break;
    }
    return unknown;
}

static bool is_list(const ost_value *args)
{
    return args[0].kind == OST_LIST || args[1].kind == OST_LIST;
}

/* Both as extents; false when the answer is null whatever they hold. */
static bool extents(ost_call *call, const ost_value *args, ost_extent *a, ost_extent *b)
{
    if (args[0].kind != OST_INTERVAL || args[1].kind != OST_INTERVAL) {
        return false;
    }
    *a = ost_extent_of(call, args[0], args[1]);
    *b = ost_extent_of(call, args[1], args[0]);
    return !a->untyped && !b->untyped;
}

ost_value ost_op_union(ost_call *call, const ost_value *args, size_t count)
{
    ost_extent a, b;
    ost_tri touch;

    (void)count;
    if (is_list(args)) {
        return ost_list_union(call, args[0], args[1]);
    }
    if (!extents(call, args, &a, &b)) {
        return ost_null();
    }
    touch = ost_tri_or(ost_extent_overlaps(call, &a, &b, OST_UNIT_NONE),
                       ost_tri_or(ost_extent_meets(call, &a, &b, OST_UNIT_NONE),
                                  ost_extent_meets(call, &b, &a, OST_UNIT_NONE)));
    if (touch != OST_TRI_TRUE) {
        return ost_null();
    }
    ost_bound low = choose(call, &a.low, &b.low, true);
    ost_bound high = choose(call, &a.high, &b.high, false);
    return ost_extent_value(call, &low, &high, a.kind);
}

ost_value ost_op_intersect(ost_call *call, const ost_value *args, size_t count)
{
    ost_extent a, b;

    (void)count;
    if (is_list(args)) {
        return ost_list_intersect(call, args[0], args[1]);
    }
    if (!extents(call, args, &a, &b) ||
        ost_extent_overlaps(call, &a, &b, OST_UNIT_NONE) == OST_TRI_FALSE) {
        return ost_null();
    }
    ost_bound low = choose(call, &a.low, &b.low, false);
    ost_bound high = choose(call, &a.high, &b.high, true);
    return ost_extent_value(call, &low, &high, a.kind);
}

/* What of a lies before b, when b reaches to or over a's end, or after it. */
static ost_value except(ost_call *call, const ost_extent *a, const ost_extent *b)
{
    ost_tri starts_before = ost_bound_less(call, &a->low, &b->low, OST_UNIT_NONE);
    ost_tri ends_after = ost_bound_less(call, &b->high, &a->high, OST_UNIT_NONE);
    ost_bound edge = {.exact = true};

    if (starts_before == OST_TRI_TRUE && ends_after == OST_TRI_FALSE) {
        edge.min = edge.max = ost_predecessor(call, b->low.min);
        edge.exact = b->low.exact;
        return ost_extent_value(call, &a->low, &edge, a->kind);
    }
    if (starts_before == OST_TRI_FALSE && ends_after == OST_TRI_TRUE) {
        edge.min = edge.max = ost_successor(call, b->high.max);
        edge.exact = b->high.exact;
        return ost_extent_value(call, &edge, &a->high, a->kind);
    }
    return ost_null();
}

ost_value ost_op_except(ost_call *call, const ost_value *args, size_t count)
{
    ost_extent a, b;

    (void)count;
    if (is_list(args)) {
        return ost_list_except(call, args[0], args[1]);
    }
    if (!extents(call, args, &a, &b)) {
        return ost_null();
    }
    switch (ost_extent_overlaps(call, &a, &b, OST_UNIT_NONE)) {
    case OST_TRI_FALSE:
        return args[0];
    case OST_TRI_TRUE:
        return except(call, &a, &b);
    case OST_TRI_NULL:
        break;
    }
    return ost_null();
}
