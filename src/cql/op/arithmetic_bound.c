/* Successor, Predecessor, Precision, LowBoundary, HighBoundary (CQL 1.5.3, Appendix B,
 * "Arithmetic Operators").
 *
 * A decimal written 1.587 stands for all numbers that begin with these digits, so that its
 * boundaries to 8 places are 1.58700000 and 1.58799999. Precision counts digits: 8 for a day,
 * 17 for a date-time with milliseconds. */
#include "cql/op/number.h"

ost_value ost_op_successor(ost_call *call, const ost_value *args, size_t count)
{
    ost_value next = ost_successor(call, args[0]);

    (void)count;
    if (ost_is_null(next)) {
        return ost_call_fail(call, OST_E_RUNTIME, "Successor: the maximum %s has no successor",
                             ost_kind_name((ost_kind)args[0].kind));
    }
    return next;
}

ost_value ost_op_predecessor(ost_call *call, const ost_value *args, size_t count)
{
    ost_value before = ost_predecessor(call, args[0]);

    (void)count;
    if (ost_is_null(before)) {
        return ost_call_fail(call, OST_E_RUNTIME, "Predecessor: the minimum %s has no predecessor",
                             ost_kind_name((ost_kind)args[0].kind));
    }
    return before;
}

/* Digits up to each component. */
static const struct digits {
    ost_time_unit unit;
    int date, time; /* 0 = the kind does not have it */
} DIGITS[] = {
    {OST_UNIT_YEAR, 4, 0},         {OST_UNIT_MONTH, 6, 0},   {OST_UNIT_DAY, 8, 0},
    {OST_UNIT_HOUR, 10, 2},        {OST_UNIT_MINUTE, 12, 4}, {OST_UNIT_SECOND, 14, 6},
    {OST_UNIT_MILLISECOND, 17, 9},
};

static int digits_of(ost_time_unit unit, ost_kind kind)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(DIGITS); i++) {
        if (DIGITS[i].unit == unit) {
            return kind == OST_TIME ? DIGITS[i].time : DIGITS[i].date;
        }
    }
    return 0;
}

static ost_time_unit unit_of_digits(int digits, ost_kind kind)
{
    for (size_t i = 0; digits > 0 && i < OST_ARRAY_LEN(DIGITS); i++) {
        bool beyond = kind == OST_DATE && DIGITS[i].unit > OST_UNIT_DAY;
        if (!beyond && digits == (kind == OST_TIME ? DIGITS[i].time : DIGITS[i].date)) {
            return DIGITS[i].unit;
        }
    }
    return OST_UNIT_NONE;
}

ost_value ost_op_precision(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    if (args[0].kind == OST_DECIMAL) {
        return ost_integer(args[0].decimal.scale);
    }
    return ost_integer(digits_of((ost_time_unit)args[0].when.precision, (ost_kind)args[0].kind));
}

/* Leaves only the components up to `unit`. */
static ost_when cut(ost_when w, ost_time_unit unit)
{
    w.month = unit < OST_UNIT_MONTH ? 0 : w.month;
    w.day = unit < OST_UNIT_DAY ? 0 : w.day;
    w.hour = unit < OST_UNIT_HOUR ? 0 : w.hour;
    w.minute = unit < OST_UNIT_MINUTE ? 0 : w.minute;
    w.second = unit < OST_UNIT_SECOND ? 0 : w.second;
    w.millisecond = unit < OST_UNIT_MILLISECOND ? 0 : w.millisecond;
    w.precision = (uint8_t)unit;
    if (unit < OST_UNIT_HOUR) {
        w.has_offset = false;
        w.offset_min = 0;
    }
    return w;
}

static ost_value when_boundary(ost_value v, int digits, bool high)
{
    ost_kind kind = (ost_kind)v.kind;
    ost_time_unit unit = unit_of_digits(digits, kind);

    if (unit == OST_UNIT_NONE) {
        return ost_null();
    }
    ost_when full = high ? ost_when_high(v.when, v.kind) : ost_when_low(v.when, v.kind);
    return ost_when_value(kind, cut(full, unit));
}

static ost_value decimal_boundary(ost_decimal d, int places, bool high)
{
    static const int64_t unit[] = {100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};

    if (places < 0 || places > OST_DECIMAL_SCALE) {
        return ost_null();
    }
    ost_i128 steps = ost_decimal_steps(d), magnitude = steps < 0 ? -steps : steps;
    /* The boundary away from zero ends in nines after the digits that were written. */
    if (high != (steps < 0)) {
        magnitude += unit[d.scale] - 1;
    }
    magnitude -= magnitude % unit[places];
    steps = steps < 0 ? -magnitude : magnitude;
    return ost_decimal_fits(steps) ? ost_decimal_value(ost_decimal_of_steps(steps, (uint8_t)places))
                                   : ost_null();
}

static ost_value boundary(const ost_value *args, size_t count, bool high)
{
    bool given = count > 1 && args[1].kind == OST_INTEGER;

    if (ost_is_null(args[0])) {
        return ost_null();
    }
    if (args[0].kind == OST_DECIMAL) {
        return decimal_boundary(args[0].decimal, given ? args[1].integer : OST_DECIMAL_SCALE, high);
    }
    /* Without a precision: as fine as the type can be. */
    int finest = args[0].kind == OST_DATE ? 8 : args[0].kind == OST_TIME ? 9 : 17;
    return when_boundary(args[0], given ? args[1].integer : finest, high);
}

ost_value ost_op_low_boundary(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    return boundary(args, count, false);
}

ost_value ost_op_high_boundary(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    return boundary(args, count, true);
}
