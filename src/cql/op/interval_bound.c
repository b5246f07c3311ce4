/* The ends of intervals as ranges, and what can be said about two of them (see interval_detail.h).
 * CQL 1.5.3 Author's Guide "Interval Values", "Comparing Intervals". */
#include "cql/op/interval_detail.h"
#include "cql/op/number.h"

static bool is_interval(ost_value v)
{
    return v.kind == OST_INTERVAL || v.kind == OST_UNCERTAIN;
}

/* The point type that the value itself tells; OST_NULL when it does not. */
static ost_kind point_kind(ost_value v)
{
    if (!is_interval(v)) {
        return (ost_kind)v.kind;
    }
    if (v.point_kind != OST_NULL) {
        return (ost_kind)v.point_kind;
    }
    return (ost_kind)(ost_is_null(v.interval->low) ? v.interval->high.kind : v.interval->low.kind);
}

static ost_bound exact(ost_value v)
{
    return (ost_bound){.min = v, .max = v, .exact = true};
}

/* The end of the type, `low` or high. */
static ost_bound endless(ost_call *call, ost_kind kind, bool low)
{
    ost_bound b = exact(low ? ost_minimum_of(call, kind) : ost_maximum_of(call, kind));

    b.endless = true;
    return b;
}

/* One end without regard to the other: not exact when it is unknown. */
static ost_bound known_end(ost_call *call, const ost_interval *i, ost_kind kind, bool low)
{
    ost_value v = low ? i->low : i->high;
    bool closed = low ? i->low_closed : i->high_closed;
    ost_bound b = {0};

    if (ost_is_null(v)) {
        return closed ? endless(call, kind, low) : b;
    }
    if (!closed) {
        v = low ? ost_successor(call, v) : ost_predecessor(call, v);
    }
    return ost_is_null(v) ? b : exact(v);
}

ost_extent ost_extent_of(ost_call *call, ost_value v, ost_value other)
{
    ost_extent e = {.kind = point_kind(v)};

    if (v.kind != OST_INTERVAL) {
        e.low = e.high = exact(v);
        if (v.kind == OST_UNCERTAIN) {
            e.low = e.high = (ost_bound){.min = v.interval->low, .max = v.interval->high};
        }
        return e;
    }
    if (e.kind == OST_NULL) {
        e.untyped = true;
        e.kind = point_kind(other);
    }
    e.low = known_end(call, v.interval, e.kind, true);
    e.high = known_end(call, v.interval, e.kind, false);
    if (!e.low.exact) {
        e.low.min = ost_minimum_of(call, e.kind);
        e.low.max = e.high.exact ? e.high.max : ost_maximum_of(call, e.kind);
    }
    if (!e.high.exact) {
        e.high.min = e.low.min;
        e.high.max = ost_maximum_of(call, e.kind);
    }
    return e;
}

ost_value ost_interval_edge(ost_call *call, ost_value interval, bool low, ost_value other)
{
    ost_kind kind = point_kind(interval);
    ost_bound b =
        known_end(call, interval.interval, kind == OST_NULL ? point_kind(other) : kind, low);

    return b.exact ? b.min : ost_null();
}

/* -1, 0, 1: whether a quantity is the smallest, an ordinary, or the largest one, in whatever
 * unit. */
static int extreme(const ost_quantity *q, ost_decimal low, ost_decimal high)
{
    return (ost_decimal_compare(q->value, high) == 0) - (ost_decimal_compare(q->value, low) == 0);
}

/* The ends of the type Quantity have no unit of their own and lie beyond every quantity. */
static ost_order compare_points(ost_call *call, ost_value a, ost_value b, ost_time_unit precision)
{
    ost_order order = ost_compare(call, a, b, precision);

    if (order == OST_UNCERTAIN_ORDER && a.kind == OST_QUANTITY && b.kind == OST_QUANTITY) {
        ost_value low = ost_minimum_of(call, OST_DECIMAL), high = ost_maximum_of(call, OST_DECIMAL);
        int left = extreme(a.quantity, low.decimal, high.decimal);
        int right = extreme(b.quantity, low.decimal, high.decimal);
        if (left != right) {
            return left < right ? OST_LESS : OST_GREATER;
        }
        if (left != 0) {
            return OST_SAME;
        }
    }
    return order;
}

ost_tri ost_bound_less(ost_call *call, const ost_bound *a, const ost_bound *b,
                       ost_time_unit precision)
{
    if (compare_points(call, a->max, b->min, precision) == OST_LESS) {
        return OST_TRI_TRUE;
    }
    ost_order near = compare_points(call, a->min, b->max, precision);
    return near == OST_GREATER || near == OST_SAME ? OST_TRI_FALSE : OST_TRI_NULL;
}

ost_tri ost_bound_less_or_same(ost_call *call, const ost_bound *a, const ost_bound *b,
                               ost_time_unit precision)
{
    ost_order far = compare_points(call, a->max, b->min, precision);

    if (far == OST_LESS || far == OST_SAME) {
        return OST_TRI_TRUE;
    }
    return compare_points(call, a->min, b->max, precision) == OST_GREATER ? OST_TRI_FALSE
                                                                          : OST_TRI_NULL;
}

ost_tri ost_bound_same(ost_call *call, const ost_bound *a, const ost_bound *b,
                       ost_time_unit precision)
{
    ost_order far = compare_points(call, a->max, b->min, precision);

    if (a->exact && b->exact) {
        return far == OST_UNCERTAIN_ORDER ? OST_TRI_NULL : ost_tri_of(far == OST_SAME);
    }
    if (far == OST_LESS || compare_points(call, a->min, b->max, precision) == OST_GREATER) {
        return OST_TRI_FALSE;
    }
    return OST_TRI_NULL;
}

/* The next value; for dates at the precision asked for. */
static ost_value next_value(ost_call *call, ost_value v, ost_time_unit precision)
{
    bool is_when = v.kind == OST_DATE || v.kind == OST_DATETIME || v.kind == OST_TIME;

    if (precision == OST_UNIT_WEEK) {
        precision = OST_UNIT_DAY;
    }
    if (is_when && precision != OST_UNIT_NONE && precision < v.when.precision) {
        v.when = ost_when_truncate(v.when, precision);
    }
    return ost_successor(call, v);
}

ost_tri ost_bound_meets(ost_call *call, const ost_bound *a, const ost_bound *b,
                        ost_time_unit precision)
{
    ost_bound next = *a;

    next.endless = false;
    next.min = next_value(call, a->min, precision);
    next.max = next_value(call, a->max, precision);
    if (ost_is_null(next.min)) {
        /* Nothing comes after the end of the type. */
        return a->exact && !ost_is_null(a->min) && a->min.kind != OST_STRING ? OST_TRI_FALSE
                                                                             : OST_TRI_NULL;
    }
    if (ost_is_null(next.max)) {
        next.max = a->max;
    }
    return ost_bound_same(call, &next, b, precision);
}

ost_tri ost_extent_overlaps(ost_call *call, const ost_extent *a, const ost_extent *b,
                            ost_time_unit precision)
{
    return ost_tri_and(ost_bound_less_or_same(call, &a->low, &b->high, precision),
                       ost_bound_less_or_same(call, &b->low, &a->high, precision));
}

ost_tri ost_extent_meets(ost_call *call, const ost_extent *a, const ost_extent *b,
                         ost_time_unit precision)
{
    return ost_bound_meets(call, &a->high, &b->low, precision);
}

ost_value ost_extent_value(ost_call *call, const ost_bound *low, const ost_bound *high,
                           ost_kind kind)
{
    return ost_call_made(
        call, ost_interval_value(call->arena, low->exact && !low->endless ? low->min : ost_null(),
                                 low->exact, high->exact && !high->endless ? high->min : ost_null(),
                                 high->exact, kind));
}
