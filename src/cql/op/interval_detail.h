/* Shared by compare*.c, timing.c, interval*.c: the ends of an interval as ranges.
 *
 * Every end is turned into a closed one (the successor or predecessor of an open one, the end of
 * the type for a closed null). An open null end is unknown: it lies somewhere between the end of
 * the type and the interval's other end, and questions about it are answered where every such value
 * gives one answer:
 *
 *   Interval(null, 5] meets after Interval[11, null)   low [min, 5], other high [11, max]: false
 */
#ifndef OST_CQL_OP_INTERVAL_DETAIL_H
#define OST_CQL_OP_INTERVAL_DETAIL_H

#include "cql/call.h"

typedef struct ost_bound {
    ost_value min, max; /* equal when exact */
    bool exact;
    bool endless; /* was a closed null: the end of the type */
} ost_bound;

typedef struct ost_extent {
    ost_bound low, high;
    ost_kind kind; /* of the points; OST_NULL when nothing tells */
    bool untyped;  /* Interval[null, null] of no known point type */
} ost_extent;

/* v: interval or point; other: what it is compared with, which may tell the point type and the
 * unit. */
ost_extent ost_extent_of(ost_call *call, ost_value v, ost_value other);
/* Start (low) or end of an interval as a value: null when unknown. */
ost_value ost_interval_edge(ost_call *call, ost_value interval, bool low, ost_value other);

ost_tri ost_bound_less(ost_call *call, const ost_bound *a, const ost_bound *b,
                       ost_time_unit precision);
ost_tri ost_bound_less_or_same(ost_call *call, const ost_bound *a, const ost_bound *b,
                               ost_time_unit precision);
ost_tri ost_bound_same(ost_call *call, const ost_bound *a, const ost_bound *b,
                       ost_time_unit precision);
/* Whether a's next value is b. */
ost_tri ost_bound_meets(ost_call *call, const ost_bound *a, const ost_bound *b,
                        ost_time_unit precision);

ost_tri ost_extent_overlaps(ost_call *call, const ost_extent *a, const ost_extent *b,
                            ost_time_unit precision);
/* a ends right before b begins. */
ost_tri ost_extent_meets(ost_call *call, const ost_extent *a, const ost_extent *b,
                         ost_time_unit precision);
/* An interval with these ends; unknown ends become open nulls again. */
ost_value ost_extent_value(ost_call *call, const ost_bound *low, const ost_bound *high,
                           ost_kind kind);

/* Membership in lists (list.c), for the operators that take either. */
ost_value ost_list_contains(ost_call *call, ost_value list, ost_value element);
ost_value ost_list_contains_properly(ost_call *call, ost_value list, ost_value element);
ost_value ost_list_includes(ost_call *call, ost_value left, ost_value right);
ost_value ost_list_includes_properly(ost_call *call, ost_value left, ost_value right);
ost_value ost_list_union(ost_call *call, ost_value left, ost_value right);
ost_value ost_list_intersect(ost_call *call, ost_value left, ost_value right);
ost_value ost_list_except(ost_call *call, ost_value left, ost_value right);

static inline ost_tri ost_tri_of(bool b)
{
    return b ? OST_TRI_TRUE : OST_TRI_FALSE;
}

static inline ost_tri ost_tri_and(ost_tri a, ost_tri b)
{
    if (a == OST_TRI_FALSE || b == OST_TRI_FALSE) {
        return OST_TRI_FALSE;
    }
    return a == OST_TRI_NULL || b == OST_TRI_NULL ? OST_TRI_NULL : OST_TRI_TRUE;
}

static inline ost_tri ost_tri_or(ost_tri a, ost_tri b)
{
    if (a == OST_TRI_TRUE || b == OST_TRI_TRUE) {
        return OST_TRI_TRUE;
    }
    return a == OST_TRI_NULL || b == OST_TRI_NULL ? OST_TRI_NULL : OST_TRI_FALSE;
}

/* The precision of a timing operator: argument `index`, when it was given. */
static inline ost_time_unit ost_precision_arg(const ost_value *args, size_t count, size_t index)
{
    return index < count && args[index].kind == OST_INTEGER ? (ost_time_unit)args[index].integer
                                                            : OST_UNIT_NONE;
}

#endif
