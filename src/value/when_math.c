/* Arithmetic on dates and times: add, next, previous, duration and difference.
 *
 * Add moves at the precision of the value: an amount in a finer unit is first converted down,
 * dropping the rest (1 year = 12 months = 365 days, 1 month = 30 days). Duration and difference of
 * partial values are ranges: from the latest meaning of the first to the earliest of the second,
 * and the other way round. CQL 1.5.3 Reference "Add", "Difference", "Duration", "Uncertainty". */
#include "value/when_detail.h"

#include "value/value.h"

/* Beyond this no amount of any unit stays within 9999 years. */
#define AMOUNT_MAX INT64_C(1000000000000000)

static int64_t unit_ms(ost_time_unit unit)
{
    switch (unit) {
    case OST_UNIT_WEEK:
        return 7 * OST_WHEN_DAY_MS;
    case OST_UNIT_DAY:
        return OST_WHEN_DAY_MS;
    case OST_UNIT_HOUR:
        return 3600000;
    case OST_UNIT_MINUTE:
        return 60000;
    case OST_UNIT_SECOND:
        return 1000;
    case OST_UNIT_MILLISECOND:
        return 1;
    case OST_UNIT_NONE:
    case OST_UNIT_YEAR:
    case OST_UNIT_MONTH:
        break;
    }
    return 0;
}

static bool add_months(ost_when *w, int64_t months)
{
    int64_t total = w->year * INT64_C(12) + (w->month > 0 ? w->month - 1 : 0) + months;
    int last;

    if (total < 12 || total >= 120000) {
        return false;
    }
    w->year = (int16_t)(total / 12);
    if (w->month > 0) {
        w->month = (uint8_t)(total % 12 + 1);
    }
    last = ost_days_in_month(w->year, w->month);
    if (w->day > last) {
        w->day = (uint8_t)last;
    }
    return true;
}

static bool add_ms(ost_when *w, int64_t ms)
{
    int64_t total = ost_when_ms(*w) + ms;

    if (total < 0 || total / OST_WHEN_DAY_MS > OST_WHEN_LAST_DAY) {
        return false;
    }
    ost_when_set_days(w, total / OST_WHEN_DAY_MS);
    ost_when_set_ms_of_day(w, total % OST_WHEN_DAY_MS);
    return true;
}

/* A time goes round the clock. */
static bool add_to_time(ost_when *w, int64_t amount, ost_time_unit unit)
{
    int64_t ms;

    if (unit < OST_UNIT_DAY) {
        return false;
    }
    if (unit > w->precision) {
        amount = amount / (unit_ms((ost_time_unit)w->precision) / unit_ms(unit));
        unit = (ost_time_unit)w->precision;
    }
    ms = amount % (OST_WHEN_DAY_MS / unit_ms(unit)) * unit_ms(unit);
    ms = (ost_when_ms_of_day(*w) + ms + OST_WHEN_DAY_MS) % OST_WHEN_DAY_MS;
    ost_when_set_ms_of_day(w, ms);
    return true;
}

/* An amount in days or finer, as the whole units of a coarser precision. */
static int64_t convert_down(int64_t amount, ost_time_unit unit, ost_time_unit precision)
{
    int64_t days;

    if (precision >= OST_UNIT_DAY) {
        return amount / (unit_ms(precision) / unit_ms(unit));
    }
    days = unit == OST_UNIT_WEEK ? amount * 7 : amount / (OST_WHEN_DAY_MS / unit_ms(unit));
    return days / (precision == OST_UNIT_MONTH ? 30 : 365);
}

bool ost_when_add(ost_when w, int kind, int64_t amount, ost_time_unit unit, ost_when *out)
{
    ost_time_unit precision = (ost_time_unit)w.precision;
    bool ok;

    if (unit == OST_UNIT_NONE || precision == OST_UNIT_NONE) {
        return false;
    }
    if (kind == OST_TIME) {
        ok = add_to_time(&w, amount, unit);
    } else if (amount > AMOUNT_MAX || amount < -AMOUNT_MAX) {
        return false;
    } else if (unit == OST_UNIT_YEAR) {
        ok = add_months(&w, amount * 12);
    } else if (unit == OST_UNIT_MONTH) {
        /* Whole years only when the month is not known. */
        ok = add_months(&w, precision == OST_UNIT_YEAR ? amount / 12 * 12 : amount);
    } else if (precision < OST_UNIT_DAY) {
        amount = convert_down(amount, unit, precision);
        ok = add_months(&w, precision == OST_UNIT_YEAR ? amount * 12 : amount);
    } else {
        if (unit > precision) {
            amount = convert_down(amount, unit, precision);
            unit = precision;
        }
        if (amount > AMOUNT_MAX / unit_ms(unit) || amount < -AMOUNT_MAX / unit_ms(unit)) {
            return false;
        }
        ok = add_ms(&w, amount * unit_ms(unit));
    }
    if (ok) {
        *out = w;
    }
    return ok;
}

/* One step of the value's own precision; a time does not go round. */
static bool step(ost_when w, int kind, int direction, ost_when *out)
{
    ost_when next;

    if (!ost_when_add(w, kind, direction, (ost_time_unit)w.precision, &next)) {
        return false;
    }
    if (kind == OST_TIME &&
        ost_when_ms_of_day(next) * direction < ost_when_ms_of_day(w) * direction) {
        return false;
    }
    *out = next;
    return true;
}

bool ost_when_successor(ost_when w, int kind, ost_when *out)
{
    return step(w, kind, 1, out);
}

bool ost_when_predecessor(ost_when w, int kind, ost_when *out)
{
    return step(w, kind, -1, out);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Boundaries crossed between two full values. Weeks begin on Sunday (0001-01-01 was a Monday). */
static int64_t boundaries(ost_when a, ost_when b, ost_time_unit unit)
{
    switch (unit) {
    case OST_UNIT_YEAR:
        return b.year - a.year;
    case OST_UNIT_MONTH:
        return (b.year - a.year) * INT64_C(12) + b.month - a.month;
    case OST_UNIT_WEEK:
        return floor_div(ost_when_days(b) + 1, 7) - floor_div(ost_when_days(a) + 1, 7);
    case OST_UNIT_DAY:
    case OST_UNIT_HOUR:
    case OST_UNIT_MINUTE:
    case OST_UNIT_SECOND:
    case OST_UNIT_MILLISECOND:
        return floor_div(ost_when_ms(b), unit_ms(unit)) - floor_div(ost_when_ms(a), unit_ms(unit));
    case OST_UNIT_NONE:
        break;
    }
    return 0;
}

/* Milliseconds since the start of the month. */
static int64_t ms_of_month(ost_when w)
{
    return (w.day - 1) * OST_WHEN_DAY_MS + ost_when_ms_of_day(w);
}

/* Whole periods between two full values, toward zero. A month is over when the same day and time is
 * reached: from 29 February 2012 to 28 February 2014 is one year (CQL appendix H). */
static int64_t periods(ost_when a, ost_when b, ost_time_unit unit)
{
    int64_t months, ms = ost_when_ms(b) - ost_when_ms(a);

    if (unit >= OST_UNIT_WEEK) {
        return ms / unit_ms(unit);
    }
    months = boundaries(a, b, OST_UNIT_MONTH);
    if (ms >= 0 && ms_of_month(b) < ms_of_month(a)) {
        months--;
    } else if (ms < 0 && ms_of_month(b) > ms_of_month(a)) {
        months++;
    }
    return unit == OST_UNIT_YEAR ? months / 12 : months;
}

/* The two ends of what a value can mean. A missing millisecond counts as zero: CQL takes seconds
 * and milliseconds as one decimal component. */
static void ends_of(ost_when w, int kind, ost_when *low, ost_when *high)
{
    *low = ost_when_low(w, kind);
    *high = ost_when_high(w, kind);
    if (w.precision == OST_UNIT_SECOND) {
        high->millisecond = 0;
    }
}

typedef int64_t (*count_function)(ost_when a, ost_when b, ost_time_unit unit);

static void count_range(ost_when a, ost_when b, int kind, ost_time_unit unit, count_function count,
                        int64_t *low, int64_t *high)
{
    ost_when a_low, a_high, b_low, b_high;

    ends_of(a, kind, &a_low, &a_high);
    ends_of(b, kind, &b_low, &b_high);
    *low = count(a_high, b_low, unit);
    *high = count(a_low, b_high, unit);
}

static bool can_count(ost_when a, ost_when b, int kind, ost_time_unit unit)
{
    return a.precision != OST_UNIT_NONE && b.precision != OST_UNIT_NONE && unit != OST_UNIT_NONE &&
           (kind != OST_TIME || unit >= OST_UNIT_HOUR);
}

/* For hours and finer a date is a date-time without a time. */
static int counted_kind(int kind, ost_time_unit unit)
{
    return kind == OST_DATE && unit >= OST_UNIT_HOUR ? OST_DATETIME : kind;
}

bool ost_when_difference(ost_when a, ost_when b, int kind, ost_time_unit unit,
                         int request_offset_min, int64_t *low, int64_t *high)
{
    if (!can_count(a, b, kind, unit)) {
        return false;
    }
    /* Days and coarser are counted on each value's own calendar, like comparison. */
    if (kind == OST_DATETIME && unit >= OST_UNIT_HOUR &&
        !ost_when_same_offset(a, b, request_offset_min)) {
        a = ost_when_at_offset(a, request_offset_min, request_offset_min);
        b = ost_when_at_offset(b, request_offset_min, request_offset_min);
    }
    count_range(a, b, counted_kind(kind, unit), unit, boundaries, low, high);
    return true;
}

bool ost_when_duration(ost_when a, ost_when b, int kind, ost_time_unit unit, int request_offset_min,
                       int64_t *low, int64_t *high)
{
    if (!can_count(a, b, kind, unit)) {
        return false;
    }
    if (kind == OST_DATETIME && !ost_when_same_offset(a, b, request_offset_min)) {
        a = ost_when_at_offset(a, request_offset_min, request_offset_min);
        b = ost_when_at_offset(b, request_offset_min, request_offset_min);
    } else if (kind == OST_TIME && a.precision >= unit && b.precision >= unit) {
        /* Times that both reach the unit are taken at its start: from T06 to T07:00:00 is one
         * hour. */
        a = ost_when_low(a, kind);
        b = ost_when_low(b, kind);
    }
    count_range(a, b, counted_kind(kind, unit), unit, periods, low, high);
    return true;
}
