/* Making dates and times, their parts, and the time between two (CQL 1.5.3 Reference "Date and Time
 * Operators"). Arithmetic with quantities is in arithmetic*.c, comparison in timing.c. */
#include "cql/op/interval_detail.h"
#include "cql/op/number.h"

/* ---- Making ---- */

typedef struct part {
    const char *name;
    ost_time_unit unit;
    int32_t low, high;
} part;

static const part PARTS[] = {
    {"year", OST_UNIT_YEAR, 1, 9999},
    {"month", OST_UNIT_MONTH, 1, 12},
    {"day", OST_UNIT_DAY, 1, 31},
    {"hour", OST_UNIT_HOUR, 0, 23},
    {"minute", OST_UNIT_MINUTE, 0, 59},
    {"second", OST_UNIT_SECOND, 0, 59},
    {"millisecond", OST_UNIT_MILLISECOND, 0, 999},
};

static void set_part(ost_when *w, ost_time_unit unit, int32_t value)
{
    switch (unit) {
    case OST_UNIT_YEAR:
        w->year = (int16_t)value;
        break;
    case OST_UNIT_MONTH:
        w->month = (uint8_t)value;
        break;
    case OST_UNIT_DAY:
        w->day = (uint8_t)value;
        break;
    case OST_UNIT_HOUR:
        w->hour = (uint8_t)value;
        break;
    case OST_UNIT_MINUTE:
        w->minute = (uint8_t)value;
        break;
    case OST_UNIT_SECOND:
        w->second = (uint8_t)value;
        break;
    case OST_UNIT_MILLISECOND:
        w->millisecond = (uint16_t)value;
        break;
    case OST_UNIT_NONE:
    case OST_UNIT_WEEK:
        break;
    }
    w->precision = (uint8_t)unit;
}

/* Parts from PARTS[first] on until the first null. False when nothing is known (null) or a part is
 * out of range or given after a missing one (an error). */
static bool fill(ost_call *call, const ost_value *args, size_t count, size_t first, ost_when *w)
{
    bool ended = false;

    for (size_t i = 0; i < count; i++) {
        const part *p = &PARTS[first + i];
        if (ost_is_null(args[i])) {
            ended = true;
            continue;
        }
        int32_t value = args[i].integer;
        if (ended) {
            (void)ost_call_fail(call, OST_E_RUNTIME, "%s is given without what comes before it",
                                p->name);
            return false;
        }
        if (value < p->low || value > p->high ||
            (p->unit == OST_UNIT_DAY && value > ost_days_in_month(w->year, w->month))) {
            (void)ost_call_fail(call, OST_E_RUNTIME, "%s %d does not exist", p->name, (int)value);
            return false;
        }
        set_part(w, p->unit, value);
    }
    return w->precision != OST_UNIT_NONE;
}

ost_value ost_op_date(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w = {0};

    return fill(call, args, count, 0, &w) ? ost_when_value(OST_DATE, w) : ost_null();
}

ost_value ost_op_time(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w = {0};

    return fill(call, args, count, 3, &w) ? ost_when_value(OST_TIME, w) : ost_null();
}

/* Hours as a decimal, to whole minutes, at most 14. */
static bool set_offset(ost_call *call, ost_decimal hours, ost_when *w)
{
    ost_decimal minutes;
    ost_i128 whole = 24 * 60;

    if (ost_decimal_mul(hours, ost_decimal_of_int(60), &minutes)) {
        whole = ost_decimal_truncate(minutes);
    }
    if (whole > 14 * 60 || whole < -14 * 60) {
        (void)ost_call_fail(call, OST_E_RUNTIME, "a time zone offset lies within 14 hours");
        return false;
    }
    w->offset_min = (int16_t)whole;
    w->has_offset = w->precision >= OST_UNIT_HOUR;
    if (!w->has_offset) {
        w->offset_min = 0;
    }
    return true;
}

ost_value ost_op_date_time(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w = {0};

    if (!fill(call, args, count < 7 ? count : 7, 0, &w) ||
        (count > 7 && args[7].kind == OST_DECIMAL && !set_offset(call, args[7].decimal, &w))) {
        return ost_null();
    }
    return ost_when_value(OST_DATETIME, w);
}

ost_value ost_op_now(ost_call *call, const ost_value *args, size_t count)
{
    (void)args, (void)count;
    return ost_when_value(OST_DATETIME, call->now);
}

static ost_value date_of(ost_when w)
{
    if (w.precision > OST_UNIT_DAY) {
        w = ost_when_truncate(w, OST_UNIT_DAY);
    }
    return ost_when_value(OST_DATE, w);
}

static ost_value time_of(ost_when w)
{
    if (w.precision < OST_UNIT_HOUR) {
        return ost_null();
    }
    w.year = 0;
    w.month = w.day = 0;
    w.has_offset = false;
    w.offset_min = 0;
    return ost_when_value(OST_TIME, w);
}

/* The day and the hour of the request, wherever `now` was written. */
static ost_when request_now(const ost_call *call)
{
    return ost_when_at_offset(call->now, call->offset_min, call->offset_min);
}

ost_value ost_op_today(ost_call *call, const ost_value *args, size_t count)
{
    (void)args, (void)count;
    return date_of(request_now(call));
}

ost_value ost_op_time_of_day(ost_call *call, const ost_value *args, size_t count)
{
    (void)args, (void)count;
    return time_of(request_now(call));
}

/* ---- Parts ---- */

ost_value ost_op_date_from(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    return date_of(args[0].when);
}

ost_value ost_op_time_from(ost_call *call, const ost_value *args, size_t count)
{
    (void)call, (void)count;
    return time_of(args[0].when);
}

/* In hours; the request's offset when the value has none of its own. */
ost_value ost_op_timezone_offset_from(ost_call *call, const ost_value *args, size_t count)
{
    int minutes = args[0].when.has_offset ? args[0].when.offset_min : call->offset_min;
    ost_decimal hours;

    (void)count;
    if (!ost_decimal_div(ost_decimal_of_int(minutes), ost_decimal_of_int(60), &hours)) {
        return ost_null();
    }
    if (hours.scale < 2) {
        hours.scale = 2;
    }
    return ost_decimal_value(hours);
}

ost_value ost_op_component_from(ost_call *call, const ost_value *args, size_t count)
{
    ost_time_unit unit = ost_precision_arg(args, count, 1);
    ost_when w = args[0].when;

    if (unit == OST_UNIT_NONE || unit == OST_UNIT_WEEK ||
        (args[0].kind == OST_TIME && unit < OST_UNIT_HOUR)) {
        return ost_call_fail(call, OST_E_RUNTIME, "%s has no component '%s'",
                             ost_kind_name((ost_kind)args[0].kind), ost_time_unit_name(unit));
    }
    return unit > w.precision ? ost_null() : ost_integer(ost_when_component(w, unit));
}

/* ---- Time between ---- */

typedef bool (*count_function)(ost_when a, ost_when b, int kind, ost_time_unit unit,
                               int request_offset_min, int64_t *low, int64_t *high);

static ost_value between(ost_call *call, const ost_value *args, size_t count,
                         count_function count_units)
{
    ost_time_unit unit = ost_precision_arg(args, count, 2);
    int64_t low, high;

    if (ost_is_null(args[0]) || ost_is_null(args[1])) {
        return ost_null();
    }
    if (!count_units(args[0].when, args[1].when, args[0].kind, unit, call->offset_min, &low,
                     &high)) {
        return ost_call_fail(call, OST_E_RUNTIME,
                             "%ss can't be counted between two values of type %s",
                             ost_time_unit_name(unit), ost_kind_name((ost_kind)args[0].kind));
    }
    if (low < INT32_MIN || high > INT32_MAX) {
        return ost_null();
    }
    return ost_call_made(call, ost_uncertain(call->arena, (int32_t)low, (int32_t)high));
}

ost_value ost_op_difference_between(ost_call *call, const ost_value *args, size_t count)
{
    return between(call, args, count, ost_when_difference);
}

ost_value ost_op_duration_between(ost_call *call, const ost_value *args, size_t count)
{
    return between(call, args, count, ost_when_duration);
}

/* Age: the whole periods since birth. A birth date without day or month gives a range. */
ost_value ost_op_calculate_age_at(ost_call *call, const ost_value *args, size_t count)
{
    return between(call, args, count, ost_when_duration);
}
