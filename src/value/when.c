/* Dates and times: the calendar, the range a partial value can mean, offsets, and comparison.
 *
 * Idea: a value is a row of components from year to millisecond of which the first few are known.
 * Comparing walks the row and stops at the first difference, or, with an uncertain answer, where
 * only one side goes on. The calendar is the proleptic Gregorian one, counted in days since
 * 0001-01-01. CQL 1.5.3, Author's Guide "Comparing Dates and Times", Reference "Date and Time
 * Operators". */
#include "value/when_detail.h"

#include "value/value.h"

static const struct unit_name {
    const char *one, *many, *ucum;
    ost_time_unit unit;
} unit_names[] = {
    {"year", "years", "a", OST_UNIT_YEAR},
    {"month", "months", "mo", OST_UNIT_MONTH},
    {"week", "weeks", "wk", OST_UNIT_WEEK},
    {"day", "days", "d", OST_UNIT_DAY},
    {"hour", "hours", "h", OST_UNIT_HOUR},
    {"minute", "minutes", "min", OST_UNIT_MINUTE},
    {"second", "seconds", "s", OST_UNIT_SECOND},
    {"millisecond", "milliseconds", "ms", OST_UNIT_MILLISECOND},
};

ost_time_unit ost_time_unit_of(ost_str text, bool ucum_above_week)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(unit_names); i++) {
        const struct unit_name *n = &unit_names[i];
        if (ost_str_is(text, n->one) || ost_str_is(text, n->many)) {
            return n->unit;
        }
        if (ost_str_is(text, n->ucum)) {
            return n->unit <= OST_UNIT_MONTH && !ucum_above_week ? OST_UNIT_NONE : n->unit;
        }
    }
    return OST_UNIT_NONE;
}

const char *ost_time_unit_name(ost_time_unit unit)
{
    return unit == OST_UNIT_NONE ? "" : unit_names[unit - OST_UNIT_YEAR].one;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int ost_days_in_month(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (month < 1 || month > 12) {
        return 0;
    }
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before 1 January of a year >= 0. */
static int64_t days_before_year(int64_t year)
{
    int64_t y = year - 1;

    return year <= 0 ? -366 : 365 * y + y / 4 - y / 100 + y / 400;
}

int64_t ost_when_days(ost_when w)
{
    int64_t days = days_before_year(w.year);

    for (int m = 1; m < w.month; m++) {
        days += ost_days_in_month(w.year, m);
    }
    return days + (w.day > 0 ? w.day - 1 : 0);
}

void ost_when_set_days(ost_when *w, int64_t days)
{
    /* The mean year has 365.2425 days; the guess is at most one year off. */
    int64_t year = days * 10000 / 3652425 + 1;
    int64_t rest;
    int month = 1;

    while (days < days_before_year(year)) {
        year--;
    }
    while (days >= days_before_year(year + 1)) {
        year++;
    }
    rest = days - days_before_year(year);
    while (rest >= ost_days_in_month((int)year, month)) {
        rest -= ost_days_in_month((int)year, month);
        month++;
    }
    w->year = (int16_t)year;
    w->month = (uint8_t)month;
    w->day = (uint8_t)(rest + 1);
}

int64_t ost_when_ms_of_day(ost_when w)
{
    return ((w.hour * INT64_C(60) + w.minute) * 60 + w.second) * 1000 + w.millisecond;
}

int64_t ost_when_ms(ost_when w)
{
    int64_t days = w.year == 0 && w.month == 0 ? 0 : ost_when_days(w);

    return days * OST_WHEN_DAY_MS + ost_when_ms_of_day(w);
}

void ost_when_set_ms_of_day(ost_when *w, int64_t ms)
{
    w->millisecond = (uint16_t)(ms % 1000);
    w->second = (uint8_t)(ms / 1000 % 60);
    w->minute = (uint8_t)(ms / 60000 % 60);
    w->hour = (uint8_t)(ms / 3600000 % 24);
}

int ost_when_component(ost_when w, ost_time_unit unit)
{
    switch (unit) {
    case OST_UNIT_YEAR:
        return w.year;
    case OST_UNIT_MONTH:
        return w.month;
    case OST_UNIT_DAY:
        return w.day;
    case OST_UNIT_HOUR:
        return w.hour;
    case OST_UNIT_MINUTE:
        return w.minute;
    case OST_UNIT_SECOND:
        return w.second;
    case OST_UNIT_MILLISECOND:
        return w.millisecond;
    case OST_UNIT_NONE:
    case OST_UNIT_WEEK:
        break;
    }
    return 0;
}

ost_when ost_when_truncate(ost_when w, ost_time_unit precision)
{
    ost_when out = w;

    out.month = precision >= OST_UNIT_MONTH ? w.month : 0;
    out.day = precision >= OST_UNIT_DAY ? w.day : 0;
    out.hour = precision >= OST_UNIT_HOUR ? w.hour : 0;
    out.minute = precision >= OST_UNIT_MINUTE ? w.minute : 0;
    out.second = precision >= OST_UNIT_SECOND ? w.second : 0;
    out.millisecond = precision >= OST_UNIT_MILLISECOND ? w.millisecond : 0;
    out.precision = (uint8_t)precision;
    if (precision < OST_UNIT_HOUR) {
        out.has_offset = false;
        out.offset_min = 0;
    }
    return out;
}

ost_when ost_when_low(ost_when w, int kind)
{
    ost_when out = w;

    if (kind != OST_TIME) {
        out.month = w.precision < OST_UNIT_MONTH ? 1 : w.month;
        out.day = w.precision < OST_UNIT_DAY ? 1 : w.day;
    }
    out.precision = kind == OST_DATE ? OST_UNIT_DAY : OST_UNIT_MILLISECOND;
    return out;
}

ost_when ost_when_high(ost_when w, int kind)
{
    ost_when out = w;

    if (kind != OST_TIME) {
        out.month = w.precision < OST_UNIT_MONTH ? 12 : w.month;
        out.day =
            w.precision < OST_UNIT_DAY ? (uint8_t)ost_days_in_month(w.year, out.month) : w.day;
    }
    if (kind == OST_DATE) {
        out.precision = OST_UNIT_DAY;
        return out;
    }
    out.hour = w.precision < OST_UNIT_HOUR ? 23 : w.hour;
    out.minute = w.precision < OST_UNIT_MINUTE ? 59 : w.minute;
    out.second = w.precision < OST_UNIT_SECOND ? 59 : w.second;
    out.millisecond = w.precision < OST_UNIT_MILLISECOND ? 999 : w.millisecond;
    out.precision = OST_UNIT_MILLISECOND;
    return out;
}

/* The result may lie one day outside years 1..9999; it is then good for comparing only. An hour
 * moved by half an hour keeps the hour it begins in. */
ost_when ost_when_at_offset(ost_when w, int offset_min, int request_offset_min)
{
    int from = w.has_offset ? w.offset_min : request_offset_min;
    int64_t ms, days;
    ost_when out = w;

    if (w.precision < OST_UNIT_HOUR || w.year == 0) {
        return w;
    }
    out.has_offset = true;
    out.offset_min = (int16_t)offset_min;
    if (from == offset_min) {
        return out;
    }
    ms = ost_when_ms(w) + (int64_t)(offset_min - from) * 60000;
    days = ms >= 0 ? ms / OST_WHEN_DAY_MS : -((-ms + OST_WHEN_DAY_MS - 1) / OST_WHEN_DAY_MS);
    ost_when_set_days(&out, days);
    ost_when_set_ms_of_day(&out, ms - days * OST_WHEN_DAY_MS);
    return ost_when_truncate(out, (ost_time_unit)w.precision);
}

bool ost_when_same_offset(ost_when a, ost_when b, int request_offset_min)
{
    return (a.has_offset ? a.offset_min : request_offset_min) ==
           (b.has_offset ? b.offset_min : request_offset_min);
}

static ost_order order_of(int64_t a, int64_t b)
{
    return a < b ? OST_LESS : a > b ? OST_GREATER : OST_SAME;
}

/* Whether bringing w to the request's offset splits an hour whose minutes are unknown. */
static bool splits_hour(ost_when w, int request_offset_min)
{
    return w.precision == OST_UNIT_HOUR && w.has_offset &&
           (w.offset_min - request_offset_min) % 60 != 0;
}

/* Earliest and latest instants, for values whose hours do not line up. */
static ost_order compare_ranges(ost_when a, ost_when b, int request)
{
    ost_when a_low = ost_when_at_offset(ost_when_low(a, OST_DATETIME), request, request);
    ost_when a_high = ost_when_at_offset(ost_when_high(a, OST_DATETIME), request, request);
    ost_when b_low = ost_when_at_offset(ost_when_low(b, OST_DATETIME), request, request);
    ost_when b_high = ost_when_at_offset(ost_when_high(b, OST_DATETIME), request, request);

    if (ost_when_ms(a_high) < ost_when_ms(b_low)) {
        return OST_LESS;
    }
    return ost_when_ms(a_low) > ost_when_ms(b_high) ? OST_GREATER : OST_UNCERTAIN_ORDER;
}

static ost_order compare_components(ost_when a, ost_when b, int kind, ost_time_unit last,
                                    bool given)
{
    ost_time_unit unit = kind == OST_TIME ? OST_UNIT_HOUR : OST_UNIT_YEAR;

    for (; unit <= last; unit++) {
        if (unit == OST_UNIT_WEEK) {
            continue;
        }
        if (unit > a.precision || unit > b.precision) {
            return !given && unit > a.precision && unit > b.precision ? OST_SAME
                                                                      : OST_UNCERTAIN_ORDER;
        }
        ost_order order = order_of(ost_when_component(a, unit), ost_when_component(b, unit));
        if (order != OST_SAME) {
            return order;
        }
    }
    return OST_SAME;
}

/* A precision that was asked for and that neither side reaches makes the answer uncertain, a
 * missing one does not: DateTime(2014) = DateTime(2014) is true, "same day as" of the two can't be
 * told. */
ost_order ost_when_compare(ost_when a, ost_when b, int kind, ost_time_unit precision,
                           int request_offset_min)
{
    bool given = precision != OST_UNIT_NONE;
    ost_time_unit last = precision;

    if (!given) {
        last = (ost_time_unit)(a.precision > b.precision ? a.precision : b.precision);
    } else if (last == OST_UNIT_WEEK) {
        last = OST_UNIT_DAY;
    }
    if (kind == OST_DATETIME && last >= OST_UNIT_HOUR &&
        !ost_when_same_offset(a, b, request_offset_min)) {
        if (splits_hour(a, request_offset_min) || splits_hour(b, request_offset_min)) {
            return compare_ranges(a, b, request_offset_min);
        }
        a = ost_when_at_offset(a, request_offset_min, request_offset_min);
        b = ost_when_at_offset(b, request_offset_min, request_offset_min);
    }
    return compare_components(a, b, kind, last, given);
}
