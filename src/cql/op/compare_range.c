/* Ends of the types and the next and previous value (CQL 1.5.3 Reference "Minimum", "Maximum",
 * "Successor", "Predecessor"). A decimal steps by 0.00000001, a quantity by the same in its own
 * unit, a date by its own precision. */
#include "cql/op/number.h"

/* 10^28 - 1 steps of 10^-8. */
static ost_i128 largest_steps(void)
{
    ost_i128 steps = 1;

    while (ost_decimal_fits(steps * 10)) {
        steps *= 10;
    }
    return steps * 10 - 1;
}

static ost_value whole_range(ost_kind kind, bool largest)
{
    return kind == OST_INTEGER ? ost_integer(largest ? INT32_MAX : INT32_MIN)
                               : ost_long(largest ? INT64_MAX : INT64_MIN);
}

static ost_decimal decimal_range(bool largest)
{
    return ost_decimal_of_steps(largest ? largest_steps() : -largest_steps(), OST_DECIMAL_SCALE);
}

static ost_value when_range(ost_kind kind, bool largest)
{
    ost_when w = {0};

    w.precision = OST_UNIT_HOUR;
    if (kind != OST_TIME) {
        w.year = largest ? 9999 : 1;
        w.precision = OST_UNIT_YEAR;
    }
    w = largest ? ost_when_high(w, (int)kind) : ost_when_low(w, (int)kind);
    if (kind == OST_TIME && largest) {
        w.hour = 23;
    }
    w.has_offset = kind == OST_DATETIME;
    return ost_when_value(kind, w);
}

static ost_value range_end(ost_call *call, ost_kind kind, bool largest)
{
    switch (kind) {
    case OST_INTEGER:
    case OST_LONG:
        return whole_range(kind, largest);
    case OST_DECIMAL:
        return ost_decimal_value(decimal_range(largest));
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        return when_range(kind, largest);
    case OST_QUANTITY:
        return ost_call_quantity(call, decimal_range(largest), OST_STR("1"));
    case OST_NULL:
    case OST_BOOLEAN:
    case OST_STRING:
    case OST_RATIO:
    case OST_CODE:
    case OST_CONCEPT:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
    case OST_LIST:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    return ost_null();
}

ost_value ost_minimum_of(ost_call *call, ost_kind kind)
{
    return range_end(call, kind, false);
}

ost_value ost_maximum_of(ost_call *call, ost_kind kind)
{
    return range_end(call, kind, true);
}

static bool step_decimal(ost_decimal d, int direction, ost_decimal *out)
{
    ost_i128 steps = ost_decimal_steps(d) + direction;

    *out = ost_decimal_of_steps(steps, OST_DECIMAL_SCALE);
    return ost_decimal_fits(steps);
}

static ost_value step_when(ost_value v, int direction)
{
    ost_when out;
    bool ok = direction > 0 ? ost_when_successor(v.when, v.kind, &out)
                            : ost_when_predecessor(v.when, v.kind, &out);

    return ok ? ost_when_value((ost_kind)v.kind, out) : ost_null();
}

static ost_value step_whole(ost_value v, int direction)
{
    int64_t end = direction > 0 ? INT64_MAX : INT64_MIN;

    if (v.kind == OST_LONG) {
        return v.integer64 == end ? ost_null() : ost_long(v.integer64 + direction);
    }
    end = direction > 0 ? INT32_MAX : INT32_MIN;
    return v.integer == end ? ost_null() : ost_integer((int32_t)(v.integer + direction));
}

static ost_value step_uncertain(ost_call *call, ost_value v, int direction)
{
    ost_value low = step_whole(v.interval->low, direction);
    ost_value high = step_whole(v.interval->high, direction);

    return ost_is_null(low) || ost_is_null(high)
               ? ost_null()
               : ost_call_made(call, ost_uncertain(call->arena, low.integer, high.integer));
}

static ost_value step(ost_call *call, ost_value v, int direction)
{
    ost_decimal d;

    switch ((ost_kind)v.kind) {
    case OST_INTEGER:
    case OST_LONG:
        return step_whole(v, direction);
    case OST_DECIMAL:
        return step_decimal(v.decimal, direction, &d) ? ost_decimal_value(d) : ost_null();
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        return step_when(v, direction);
    case OST_QUANTITY:
        return step_decimal(v.quantity->value, direction, &d)
                   ? ost_call_quantity(call, d, v.quantity->unit)
                   : ost_null();
    case OST_UNCERTAIN:
        return step_uncertain(call, v, direction);
    case OST_NULL:
    case OST_BOOLEAN:
    case OST_STRING:
    case OST_RATIO:
    case OST_CODE:
    case OST_CONCEPT:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_LIST:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    return ost_null();
}

ost_value ost_successor(ost_call *call, ost_value v)
{
    return step(call, v, 1);
}

ost_value ost_predecessor(ost_call *call, ost_value v)
{
    return step(call, v, -1);
}
