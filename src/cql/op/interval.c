/* Questions about intervals: ends, width, membership, meets, overlaps, starts, ends, includes (CQL
 * 1.5.3 Reference "Interval Operators"). The operators that also take lists hand those to
 * list.c. */
#include "cql/op/interval_detail.h"
#include "cql/op/number.h"

/* ---- Ends and size ---- */

ost_value ost_op_start(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_interval_edge(call, args[0], true, ost_null());
}

ost_value ost_op_end(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_interval_edge(call, args[0], false, ost_null());
}

static bool is_when(ost_kind kind)
{
    return kind == OST_DATE || kind == OST_DATETIME || kind == OST_TIME;
}

/* End minus start; null when it does not exist or does not fit. */
static ost_value distance(ost_call *call, ost_value low, ost_value high)
{
    const ost_value pair[] = {high, low};

    if (ost_is_null(low) || ost_is_null(high)) {
        return ost_null();
    }
    return ost_op_subtract(call, pair, 2);
}

ost_value ost_op_width(ost_call *call, const ost_value *args, size_t count)
{
    ost_value low = ost_op_start(call, args, count), high = ost_op_end(call, args, count);

    if (is_when((ost_kind)low.kind) || is_when((ost_kind)high.kind)) {
        return ost_call_fail(call, OST_E_RUNTIME,
                             "the width of an interval of dates or times is not defined");
    }
    return distance(call, low, high);
}

/* The smallest step of a point type, as a value that can be added. */
static ost_value point_size(ost_call *call, ost_value point)
{
    ost_decimal smallest = ost_decimal_of_steps(1, OST_DECIMAL_SCALE);

    if (point.kind == OST_INTEGER) {
        return ost_integer(1);
    }
    if (point.kind == OST_LONG) {
        return ost_long(1);
    }
    return point.kind == OST_QUANTITY ? ost_call_quantity(call, smallest, point.quantity->unit)
                                      : ost_decimal_value(smallest);
}

/* Width plus the step the caller names, in the width's own type. */
static ost_value per_size(ost_call *call, ost_value width, ost_value per)
{
    ost_value sum[2] = {width, per};

    if (width.kind == OST_INTEGER || width.kind == OST_LONG) {
        ost_i128 step = ost_decimal_truncate(per.quantity->value);
        if (step < INT32_MIN || step > INT32_MAX) {
            return ost_null();
        }
        sum[1] = width.kind == OST_INTEGER ? ost_integer((int32_t)step) : ost_long((int64_t)step);
    } else if (width.kind == OST_DECIMAL) {
        sum[1] = ost_decimal_value(per.quantity->value);
    }
    return ost_op_add(call, sum, 2);
}

/* Width plus one step. */
ost_value ost_op_size(ost_call *call, const ost_value *args, size_t count)
{
    ost_value sum[2] = {ost_op_width(call, args, 1), ost_null()};

    if (ost_is_null(sum[0])) {
        return ost_null();
    }
    if (count > 1 && args[1].kind == OST_QUANTITY) {
        return per_size(call, sum[0], args[1]);
    }
    sum[1] = point_size(call, sum[0]);
    return ost_op_add(call, sum, 2);
}

ost_value ost_op_point_from(ost_call *call, const ost_value *args, size_t count)
{
    ost_extent e = ost_extent_of(call, args[0], ost_null());
    ost_tri single;

    (void)count;
    if (e.untyped) {
        return ost_null();
    }
    single = ost_bound_same(call, &e.low, &e.high, OST_UNIT_NONE);
    if (single == OST_TRI_FALSE) {
        return ost_call_fail(call, OST_E_RUNTIME,
                             "point from an interval with more than one point");
    }
    return single == OST_TRI_TRUE ? e.low.min : ost_null();
}

/* ---- Two intervals ---- */

typedef struct sides {
    ost_extent a, b;
    ost_time_unit precision;
} sides;

typedef ost_tri (*relation)(ost_call *call, const sides *s);

/* STRICT operators: an interval of no known point type gives null. */
static ost_value relate(ost_call *call, const ost_value *args, size_t count, relation holds)
{
    sides s = {ost_extent_of(call, args[0], args[1]), ost_extent_of(call, args[1], args[0]),
               ost_precision_arg(args, count, 2)};

    return s.a.untyped || s.b.untyped ? ost_null() : ost_tri_value(holds(call, &s));
}

static ost_tri meets_before(ost_call *call, const sides *s)
{
    return ost_extent_meets(call, &s->a, &s->b, s->precision);
}

static ost_tri meets_after(ost_call *call, const sides *s)
{
    return ost_extent_meets(call, &s->b, &s->a, s->precision);
}

static ost_tri meets(ost_call *call, const sides *s)
{
    return ost_tri_or(meets_before(call, s), meets_after(call, s));
}

static ost_tri overlaps(ost_call *call, const sides *s)
{
    return ost_extent_overlaps(call, &s->a, &s->b, s->precision);
}

static ost_tri overlaps_before(ost_call *call, const sides *s)
{
    return ost_tri_and(ost_bound_less(call, &s->a.low, &s->b.low, s->precision),
                       ost_bound_less_or_same(call, &s->b.low, &s->a.high, s->precision));
}

static ost_tri overlaps_after(ost_call *call, const sides *s)
{
    return ost_tri_and(ost_bound_less(call, &s->b.high, &s->a.high, s->precision),
                       ost_bound_less_or_same(call, &s->a.low, &s->b.high, s->precision));
}

static ost_tri starts(ost_call *call, const sides *s)
{
    return ost_tri_and(ost_bound_same(call, &s->a.low, &s->b.low, s->precision),
                       ost_bound_less_or_same(call, &s->a.high, &s->b.high, s->precision));
}

static ost_tri ends(ost_call *call, const sides *s)
{
    return ost_tri_and(ost_bound_less_or_same(call, &s->b.low, &s->a.low, s->precision),
                       ost_bound_same(call, &s->a.high, &s->b.high, s->precision));
}

ost_value ost_op_meets(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, meets);
}

ost_value ost_op_meets_before(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, meets_before);
}

ost_value ost_op_meets_after(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, meets_after);
}

ost_value ost_op_overlaps(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, overlaps);
}

ost_value ost_op_overlaps_before(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, overlaps_before);
}

ost_value ost_op_overlaps_after(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, overlaps_after);
}

ost_value ost_op_starts(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, starts);
}

ost_value ost_op_ends(ost_call *call, const ost_value *args, size_t count)
{
    return relate(call, args, count, ends);
}

/* ---- Membership ---- */

/* Whether the point lies in the interval; `proper`: and is neither its start nor its end. A null
 * interval holds nothing, and nothing is known of a null point. */
static ost_value point_in(ost_call *call, ost_value point, ost_value interval,
                          ost_time_unit precision, bool proper)
{
    ost_extent p, i;

    if (ost_is_null(interval)) {
        return ost_boolean(false);
    }
    if (ost_is_null(point)) {
        return ost_null();
    }
    p = ost_extent_of(call, point, interval);
    i = ost_extent_of(call, interval, point);
    if (i.untyped) {
        /* Interval[null, null] is read as a null interval, an open end as unknown. */
        return i.low.exact && i.high.exact ? ost_boolean(false) : ost_null();
    }
    if (proper) {
        return ost_tri_value(ost_tri_and(ost_bound_less(call, &i.low, &p.low, precision),
                                         ost_bound_less(call, &p.low, &i.high, precision)));
    }
    return ost_tri_value(ost_tri_and(ost_bound_less_or_same(call, &i.low, &p.low, precision),
                                     ost_bound_less_or_same(call, &p.low, &i.high, precision)));
}

static ost_value member(ost_call *call, ost_value element, ost_value set, ost_time_unit precision,
                        bool proper)
{
    if (set.kind != OST_LIST) {
        return point_in(call, element, set, precision, proper);
    }
    return proper ? ost_list_contains_properly(call, set, element)
                  : ost_list_contains(call, set, element);
}

ost_value ost_op_in(ost_call *call, const ost_value *args, size_t count)
{
    return member(call, args[0], args[1], ost_precision_arg(args, count, 2), false);
}

ost_value ost_op_contains(ost_call *call, const ost_value *args, size_t count)
{
    return member(call, args[1], args[0], ost_precision_arg(args, count, 2), false);
}

ost_value ost_op_proper_in(ost_call *call, const ost_value *args, size_t count)
{
    return member(call, args[0], args[1], ost_precision_arg(args, count, 2), true);
}

ost_value ost_op_proper_contains(ost_call *call, const ost_value *args, size_t count)
{
    return member(call, args[1], args[0], ost_precision_arg(args, count, 2), true);
}

/* ---- Inclusion ---- */

/* An outer Interval[null, null] of unknown type goes from end to end of the inner one's type. */
static ost_value includes(ost_call *call, ost_value outer, ost_value inner, ost_time_unit precision,
                          bool proper)
{
    ost_extent a, b;
    ost_tri low, high, within;

    if (ost_is_null(outer) || ost_is_null(inner)) {
        return ost_null();
    }
    if (outer.kind == OST_LIST) {
        return proper ? ost_list_includes_properly(call, outer, inner)
                      : ost_list_includes(call, outer, inner);
    }
    a = ost_extent_of(call, outer, inner);
    b = ost_extent_of(call, inner, outer);
    if (b.untyped) {
        return ost_null();
    }
    low = ost_bound_less_or_same(call, &a.low, &b.low, precision);
    high = ost_bound_less_or_same(call, &b.high, &a.high, precision);
    within = ost_tri_and(low, high);
    if (proper && within != OST_TRI_FALSE) {
        low = ost_bound_less(call, &a.low, &b.low, precision);
        high = ost_bound_less(call, &b.high, &a.high, precision);
        within = ost_tri_and(within, ost_tri_or(low, high));
    }
    return ost_tri_value(within);
}

ost_value ost_op_includes(ost_call *call, const ost_value *args, size_t count)
{
    return includes(call, args[0], args[1], ost_precision_arg(args, count, 2), false);
}

ost_value ost_op_included_in(ost_call *call, const ost_value *args, size_t count)
{
    return includes(call, args[1], args[0], ost_precision_arg(args, count, 2), false);
}

ost_value ost_op_proper_includes(ost_call *call, const ost_value *args, size_t count)
{
    return includes(call, args[0], args[1], ost_precision_arg(args, count, 2), true);
}

ost_value ost_op_proper_included_in(ost_call *call, const ost_value *args, size_t count)
{
    return includes(call, args[1], args[0], ost_precision_arg(args, count, 2), true);
}
