/* Same as, before, after, on or before, on or after, of points and intervals in any mixture (CQL
 * 1.5.3 Reference "Same As", "Before", "After", "On Or Before", "On Or After"). A point is an
 * interval that begins and ends with it. The last argument is the precision ("same day as"), 0 when
 * there is none. */
#include "cql/op/interval_detail.h"
#include "cql/op/op.h"

typedef struct sides {
    ost_extent left, right;
    ost_time_unit precision;
    bool known; /* false: an interval of no known point type, the answer is null */
} sides;

static sides sides_of(ost_call *call, const ost_value *args, size_t count)
{
    sides s = {ost_extent_of(call, args[0], args[1]), ost_extent_of(call, args[1], args[0]),
               ost_precision_arg(args, count, 2), true};

    s.known = !s.left.untyped && !s.right.untyped;
    return s;
}

ost_value ost_op_same_as(ost_call *call, const ost_value *args, size_t count)
{
    sides s = sides_of(call, args, count);
    ost_tri low, high;

    if (!s.known) {
        return ost_null();
    }
    low = ost_bound_same(call, &s.left.low, &s.right.low, s.precision);
    high = ost_bound_same(call, &s.left.high, &s.right.high, s.precision);
    return ost_tri_value(ost_tri_and(low, high));
}

ost_value ost_op_before(ost_call *call, const ost_value *args, size_t count)
{
    sides s = sides_of(call, args, count);

    return s.known ? ost_tri_value(ost_bound_less(call, &s.left.high, &s.right.low, s.precision))
                   : ost_null();
}

ost_value ost_op_after(ost_call *call, const ost_value *args, size_t count)
{
    sides s = sides_of(call, args, count);

    return s.known ? ost_tri_value(ost_bound_less(call, &s.right.high, &s.left.low, s.precision))
                   : ost_null();
}

ost_value ost_op_same_or_before(ost_call *call, const ost_value *args, size_t count)
{
    sides s = sides_of(call, args, count);

    return s.known ? ost_tri_value(
                         ost_bound_less_or_same(call, &s.left.high, &s.right.low, s.precision))
                   : ost_null();
}

ost_value ost_op_same_or_after(ost_call *call, const ost_value *args, size_t count)
{
    sides s = sides_of(call, args, count);

    return s.known ? ost_tri_value(
                         ost_bound_less_or_same(call, &s.right.high, &s.left.low, s.precision))
                   : ost_null();
}
