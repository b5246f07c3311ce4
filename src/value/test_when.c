/* Dates and times: text, calendar, ranges, comparison, arithmetic, duration and difference. The
 * rows named after HL7 vectors repeat CqlDateTimeOperatorsTest. */
#include "base/test.h"
#include "value/value.h"

#define D  OST_DATE
#define DT OST_DATETIME
#define T  OST_TIME

static ost_when when(const char *text, int kind)
{
    ost_when w = {0};

    if (!ost_when_parse(ost_str_of(text), kind, &w)) {
        fail_msg("not parsed: %s", text);
    }
    return w;
}

static void assert_text(const char *name, ost_when got, int kind, const char *want)
{
    char text[OST_WHEN_TEXT_MAX];
    size_t len = ost_when_format(got, kind, text);

    assert_true(len <= sizeof text);
    if (!ost_str_is((ost_str){text, len}, want)) {
        fail_msg("%s: got %.*s, want %s", name, (int)len, text, want);
    }
}

static void test_parse(void **state)
{
    static const struct row {
        const char *name, *text;
        int kind;
        const char *want; /* NULL = refused */
    } rows[] = {
        {"year", "2014", D, "2014"},
        {"month", "2014-01", D, "2014-01"},
        {"day", "2014-01-05", D, "2014-01-05"},
        {"first year", "0001-01-01", D, "0001-01-01"},
        {"last day", "9999-12-31", D, "9999-12-31"},
        {"leap day", "2012-02-29", D, "2012-02-29"},
        {"leap day of 2000", "2000-02-29", D, "2000-02-29"},
        {"no leap day in 1900", "1900-02-29", D, NULL},
        {"no leap day in 2013", "2013-02-29", D, NULL},
        {"year zero", "0000", D, NULL},
        {"month zero", "2014-00", D, NULL},
        {"month 13", "2014-13", D, NULL},
        {"day zero", "2014-01-00", D, NULL},
        {"day 32", "2014-01-32", D, NULL},
        {"day 31 of April", "2014-04-31", D, NULL},
        {"three-digit year", "201", D, NULL},
        {"five-digit year", "20145", D, NULL},
        {"one-digit month", "2014-1", D, NULL},
        {"dangling hyphen", "2014-", D, NULL},
        {"slashes", "2014/01/05", D, NULL},
        {"empty", "", D, NULL},
        {"a date has no time", "2014-01-05T10", D, NULL},
        {"a date has no T", "2014T", D, NULL},
        {"date-time of a year", "2014T", DT, "2014T"},
        {"date-time of a month", "2014-01T", DT, "2014-01T"},
        {"date-time of a day", "2014-01-05T", DT, "2014-01-05T"},
        {"date-time as FHIR writes a day", "2014-01-05", DT, "2014-01-05T"},
        {"hour", "2014-01-05T10", DT, "2014-01-05T10"},
        {"minute", "2014-01-05T10:30", DT, "2014-01-05T10:30"},
        {"second", "2014-01-05T10:30:59", DT, "2014-01-05T10:30:59"},
        {"millisecond", "2014-01-05T10:30:59.007", DT, "2014-01-05T10:30:59.007"},
        {"tenth of a second", "2014-01-05T10:30:59.5", DT, "2014-01-05T10:30:59.500"},
        {"microseconds are cut", "2014-01-05T10:30:59.123999", DT, "2014-01-05T10:30:59.123"},
        {"UTC", "2014-01-05T10:30:00Z", DT, "2014-01-05T10:30:00+00:00"},
        {"offset", "2014-01-05T10:30:00+01:30", DT, "2014-01-05T10:30:00+01:30"},
        {"offset of an hour value", "2014-01-05T10-05:00", DT, "2014-01-05T10-05:00"},
        {"largest offset", "2014-01-05T10:30:00-14:00", DT, "2014-01-05T10:30:00-14:00"},
        {"offset too large", "2014-01-05T10:30:00-14:01", DT, NULL},
        {"offset minutes", "2014-01-05T10:30:00+01:60", DT, NULL},
        {"offset in letters", "2014-01-05T10:30:00+0a:00", DT, NULL},
        {"offset without colon", "2014-01-05T10:30:00+0100", DT, NULL},
        {"offset without minutes", "2014-01-05T10:30:00+01", DT, NULL},
        {"offset without time", "2014-01-05TZ", DT, NULL},
        {"time on a month", "2014-01T10", DT, NULL},
        {"space for T", "2014-01-05 10:30", DT, NULL},
        {"hour 24", "2014-01-05T24:00", DT, NULL},
        {"leap second", "2016-12-31T23:59:60Z", DT, NULL},
        {"no digits in the fraction", "2014-01-05T10:30:59.", DT, NULL},
        {"trailing text", "2014-01-05T10:30:59.1x", DT, NULL},
        {"time with T", "T10:30", T, "T10:30"},
        {"time without T", "10:30", T, "T10:30"},
        {"time of an hour", "T06", T, "T06"},
        {"long fraction", "T23:59:59.10000", T, "T23:59:59.100"},
        {"hours bound", "T24:59:59.999", T, NULL},
        {"minutes bound", "T23:60:59.999", T, NULL},
        {"seconds bound", "T23:59:60.999", T, NULL},
        {"a time has no offset", "T06Z", T, NULL},
        {"only T", "T", T, NULL},
        {"dashes", "T14-30-00.0", T, NULL},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        ost_when w = {0};
        bool ok = ost_when_parse(ost_str_of(r->text), r->kind, &w);
        if (ok != (r->want != NULL)) {
            fail_msg("%s: %s", r->name, ok ? "was parsed" : "was refused");
        }
        if (ok) {
            assert_text(r->name, w, r->kind, r->want);
        } else {
            assert_int_equal(w.precision, OST_UNIT_NONE);
        }
    }
}

static void test_calendar(void **state)
{
    (void)state;
    assert_int_equal(ost_when_days(when("0001-01-01", D)), 0);
    assert_int_equal(ost_when_days(when("0002", D)), 365);
    assert_int_equal(ost_when_days(when("1970-01-01", D)), 719162);
    assert_int_equal(ost_when_days(when("2000-03-01", D)), 730179);
    assert_int_equal(ost_when_days(when("9999-12-31", D)), 3652058);
    assert_int_equal(ost_days_in_month(2100, 2), 28);
    assert_int_equal(ost_days_in_month(2024, 2), 29);
    assert_int_equal(ost_days_in_month(2024, 0), 0);
    assert_int_equal(ost_days_in_month(2024, 13), 0);
    /* Every day of the calendar follows the one before it. */
    ost_when w = when("0001-01-01", D), next;
    for (int64_t day = 0;; day++) {
        if (ost_when_days(w) != day) {
            fail_msg("day %ld is %d-%d-%d", (long)day, w.year, w.month, w.day);
        }
        if (!ost_when_successor(w, D, &next)) {
            assert_int_equal(day, 3652058);
            break;
        }
        w = next;
    }
}

static void test_range(void **state)
{
    static const struct row {
        const char *text;
        int kind;
        const char *low, *high;
    } rows[] = {
        {"2012", D, "2012-01-01", "2012-12-31"},
        {"2012-02", D, "2012-02-01", "2012-02-29"},
        {"2013-02-05", D, "2013-02-05", "2013-02-05"},
        {"2013-02T", DT, "2013-02-01T00:00:00.000", "2013-02-28T23:59:59.999"},
        {"2013-02-05T10", DT, "2013-02-05T10:00:00.000", "2013-02-05T10:59:59.999"},
        {"2013-02-05T10:20+01:00", DT, "2013-02-05T10:20:00.000+01:00",
         "2013-02-05T10:20:59.999+01:00"},
        {"2013-02-05T10:20:30", DT, "2013-02-05T10:20:30.000", "2013-02-05T10:20:30.999"},
        {"T10:20", T, "T10:20:00.000", "T10:20:59.999"},
        {"T10", T, "T10:00:00.000", "T10:59:59.999"},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        assert_text(r->text, ost_when_low(when(r->text, r->kind), r->kind), r->kind, r->low);
        assert_text(r->text, ost_when_high(when(r->text, r->kind), r->kind), r->kind, r->high);
    }
}

static void test_offset(void **state)
{
    static const struct row {
        const char *name, *text;
        int to, request;
        const char *want;
    } rows[] = {
        {"east to UTC", "2012-03-10T00:20:00.999+07:00", 0, 0, "2012-03-09T17:20:00.999+00:00"},
        {"west to east", "2012-02-29T23:30-05:00", 60, 0, "2012-03-01T05:30+01:00"},
        {"request's offset", "2012-03-10T10:00", 0, 120, "2012-03-10T08:00+00:00"},
        {"same", "2012-03-10T10:00+02:00", 120, 0, "2012-03-10T10:00+02:00"},
        {"before the first day", "0001-01-01T00:00+14:00", 0, 0, "0000-12-31T10:00+00:00"},
        {"after the last day", "9999-12-31T23:00-14:00", 0, 0, "10000-01-01T13:00+00:00"},
        {"a day has none", "2012-03-10T", 300, 0, "2012-03-10T"},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        assert_text(r->name, ost_when_at_offset(when(r->text, DT), r->to, r->request), DT, r->want);
    }
    assert_text("a time has none", ost_when_at_offset(when("T10:30", T), 60, 0), T, "T10:30");
}

static void test_compare(void **state)
{
    static const struct row {
        const char *a, *b;
        int kind;
        ost_time_unit precision;
        ost_order want;
    } rows[] = {
        {"2014", "2014", D, OST_UNIT_NONE, OST_SAME},
        {"2014", "2014-02-15", D, OST_UNIT_NONE, OST_UNCERTAIN_ORDER},
        {"2015", "2014-02-15", D, OST_UNIT_NONE, OST_GREATER},
        {"2013", "2014-02-15", D, OST_UNIT_NONE, OST_LESS},
        {"2014-03", "2014-02-15", D, OST_UNIT_NONE, OST_GREATER},
        {"2014-03", "2014-02-15", D, OST_UNIT_YEAR, OST_SAME},
        {"2014-10", "2014-10", D, OST_UNIT_DAY, OST_UNCERTAIN_ORDER},
        {"2014-10", "2014-10-12", D, OST_UNIT_DAY, OST_UNCERTAIN_ORDER},
        {"2014-10", "2014-10-12", D, OST_UNIT_MONTH, OST_SAME},
        {"2014-10-11", "2014-10-12", D, OST_UNIT_WEEK, OST_LESS},
        {"2012-03-10T10:20:00.999+07:00", "2012-03-10T09:20:00.999+06:00", DT, OST_UNIT_HOUR,
         OST_SAME},
        {"2012-03-10T10:20:00.999+07:00", "2012-03-10T10:20:00.999+06:00", DT, OST_UNIT_HOUR,
         OST_LESS},
        {"2012-03-10T10:20:00.999+07:00", "2012-03-10T08:20:00.999+06:00", DT, OST_UNIT_HOUR,
         OST_GREATER},
        {"2012-03-10T23:00+00:00", "2012-03-11T01:00+02:00", DT, OST_UNIT_NONE, OST_SAME},
        /* Days are compared as written. */
        {"2012-03-10T23:00+00:00", "2012-03-11T01:00+02:00", DT, OST_UNIT_DAY, OST_LESS},
        {"2022-02-22T00:00:00.000-05:00", "2022-02-22T04:59:00.000Z", DT, OST_UNIT_DAY, OST_SAME},
        /* Without an offset the request's, here +01:00, holds. */
        {"2012-03-10T11:00", "2012-03-10T10:00Z", DT, OST_UNIT_NONE, OST_SAME},
        {"2012-03-10T", "2012-03-10T10:00Z", DT, OST_UNIT_NONE, OST_UNCERTAIN_ORDER},
        {"2017-09-01T00:00:00", "2017-09-01T00:00:00.000", DT, OST_UNIT_NONE, OST_UNCERTAIN_ORDER},
        {"2017-09-01T00:00:00", "2017-09-01T00:00:00.000", DT, OST_UNIT_SECOND, OST_SAME},
        /* An hour of India is parts of two hours of Europe. */
        {"2012-03-10T10+05:30", "2012-03-10T05+01:00", DT, OST_UNIT_NONE, OST_UNCERTAIN_ORDER},
        {"2012-03-10T10+05:30", "2012-03-10T07+01:00", DT, OST_UNIT_NONE, OST_LESS},
        {"2012-03-10T10+05:30", "2012-03-10T04+01:00", DT, OST_UNIT_NONE, OST_GREATER},
        {"2012-03-10T10+05:30", "2012-03-10T10+05:30", DT, OST_UNIT_NONE, OST_SAME},
        {"9999-12-31T23:00-14:00", "9999-12-31T23:59Z", DT, OST_UNIT_NONE, OST_GREATER},
        {"0001-01-01T00:00+14:00", "0001-01-01T00:00Z", DT, OST_UNIT_NONE, OST_LESS},
        {"T10:00:00.001", "T10:00:00.000", T, OST_UNIT_NONE, OST_GREATER},
        {"T15:59:59.999", "T14:59:59.999", T, OST_UNIT_HOUR, OST_GREATER},
        {"T12:00:00", "T12:00:00.001", T, OST_UNIT_NONE, OST_UNCERTAIN_ORDER},
        {"T12:00:00", "T12:00:00.001", T, OST_UNIT_SECOND, OST_SAME},
        {"T12", "T12", T, OST_UNIT_MINUTE, OST_UNCERTAIN_ORDER},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        ost_when a = when(r->a, r->kind), b = when(r->b, r->kind);
        ost_order got = ost_when_compare(a, b, r->kind, r->precision, 60);
        ost_order back = ost_when_compare(b, a, r->kind, r->precision, 60);
        if (got != r->want) {
            fail_msg("%s ? %s: got %d, want %d", r->a, r->b, (int)got, (int)r->want);
        }
        assert_int_equal(back, got == OST_UNCERTAIN_ORDER ? got : -got);
    }
}

static void test_add(void **state)
{
    static const struct row {
        const char *text;
        int kind;
        int64_t amount;
        ost_time_unit unit;
        const char *want;
    } rows[] = {
        {"2005-10-10T", DT, 5, OST_UNIT_YEAR, "2010-10-10T"},
        {"2005-10-10T", DT, 8000, OST_UNIT_YEAR, NULL},
        {"2005-10-10T", DT, -2005, OST_UNIT_YEAR, NULL},
        {"2005-10-10T", DT, -2004, OST_UNIT_YEAR, "0001-10-10T"},
        {"2005-05-10T", DT, 10, OST_UNIT_MONTH, "2006-03-10T"},
        {"2005-05-10T", DT, -6, OST_UNIT_MONTH, "2004-11-10T"},
        {"2012-02-29T", DT, 1, OST_UNIT_YEAR, "2013-02-28T"},
        {"2014-01-31", D, 1, OST_UNIT_MONTH, "2014-02-28"},
        {"2012-03-31", D, -1, OST_UNIT_MONTH, "2012-02-29"},
        {"2018-05-02T", DT, 3, OST_UNIT_WEEK, "2018-05-23T"},
        {"2023-03-02T", DT, 52, OST_UNIT_WEEK, "2024-02-29T"},
        {"2024-03-01T", DT, -52, OST_UNIT_WEEK, "2023-03-03T"},
        {"2016-06-10T", DT, 21, OST_UNIT_DAY, "2016-07-01T"},
        {"2016-06-10T", DT, -11, OST_UNIT_DAY, "2016-05-30T"},
        {"2005-05-10T05:20:30", DT, 5, OST_UNIT_HOUR, "2005-05-10T10:20:30"},
        {"2005-05-10T", DT, 5, OST_UNIT_HOUR, "2005-05-10T"},
        {"2005-05-10T", DT, 25, OST_UNIT_HOUR, "2005-05-11T"},
        {"2005-05-10", D, 49, OST_UNIT_HOUR, "2005-05-12"},
        {"2016-06-10T05", DT, 19, OST_UNIT_HOUR, "2016-06-11T00"},
        {"2016-06-10T05", DT, 119, OST_UNIT_MINUTE, "2016-06-10T06"},
        {"2016-06-10T05:05:05.005", DT, -6, OST_UNIT_MILLISECOND, "2016-06-10T05:05:04.999"},
        {"2016-06-10T05:05:05+02:00", DT, 1, OST_UNIT_SECOND, "2016-06-10T05:05:06+02:00"},
        {"2014", D, 24, OST_UNIT_MONTH, "2016"},
        {"2014", D, 25, OST_UNIT_MONTH, "2016"},
        {"2014", D, -25, OST_UNIT_MONTH, "2012"},
        {"2014", D, 735, OST_UNIT_DAY, "2016"},
        {"2014", D, 729, OST_UNIT_DAY, "2015"},
        {"2014", D, 105, OST_UNIT_WEEK, "2016"},
        {"2014-06", D, 33, OST_UNIT_DAY, "2014-07"},
        {"2014-06", D, -33, OST_UNIT_DAY, "2014-05"},
        {"2014-06", D, 5, OST_UNIT_WEEK, "2014-07"},
        {"2016-05T", DT, -31535999, OST_UNIT_SECOND, "2015-05T"},
        {"2014-06", D, 1, OST_UNIT_YEAR, "2015-06"},
        {"9999-12-31", D, 1, OST_UNIT_DAY, NULL},
        {"0001-01-01", D, -1, OST_UNIT_DAY, NULL},
        {"9999", D, 11, OST_UNIT_MONTH, "9999"},
        {"9999-12-31T23:59:59.999", DT, 1, OST_UNIT_MILLISECOND, NULL},
        {"0001-01-01T00:00:00.000", DT, -1, OST_UNIT_MILLISECOND, NULL},
        {"0001-01-01T00:00:00.000", DT, 315537897599999, OST_UNIT_MILLISECOND,
         "9999-12-31T23:59:59.999"},
        {"2014-01-01", D, INT64_MAX, OST_UNIT_DAY, NULL},
        {"2014-01-01", D, INT64_MIN, OST_UNIT_YEAR, NULL},
        {"2014", D, INT64_MIN, OST_UNIT_WEEK, NULL},
        {"2014-01-01", D, 900000000000000, OST_UNIT_WEEK, NULL},
        {"2014-01-01", D, 1, OST_UNIT_NONE, NULL},
        {"T15:59:59.999", T, 5, OST_UNIT_HOUR, "T20:59:59.999"},
        {"T15:59:59.999", T, 300, OST_UNIT_MINUTE, "T20:59:59.999"},
        {"T15:59:59.999", T, 1, OST_UNIT_MILLISECOND, "T16:00:00.000"},
        {"T23:00", T, 2, OST_UNIT_HOUR, "T01:00"},
        {"T01:00", T, -2, OST_UNIT_HOUR, "T23:00"},
        {"T10", T, 119, OST_UNIT_MINUTE, "T11"},
        {"T10", T, 3, OST_UNIT_DAY, "T10"},
        {"T10", T, 1, OST_UNIT_MONTH, NULL},
        {"T10:00:00.000", T, INT64_MAX, OST_UNIT_MILLISECOND, "T17:12:55.807"},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        ost_when out = {0};
        bool ok = ost_when_add(when(r->text, r->kind), r->kind, r->amount, r->unit, &out);
        if (ok != (r->want != NULL)) {
            fail_msg("%s + %ld: %s", r->text, (long)r->amount, ok ? "has a result" : "has none");
        }
        if (ok) {
            assert_text(r->text, out, r->kind, r->want);
        }
    }
}

static void test_step(void **state)
{
    static const struct row {
        const char *text;
        int kind;
        const char *next, *previous;
    } rows[] = {
        {"2000-01-01T", DT, "2000-01-02T", "1999-12-31T"},
        {"2000", D, "2001", "1999"},
        {"2000-12", D, "2001-01", "2000-11"},
        {"2000-02-28T23", DT, "2000-02-29T00", "2000-02-28T22"},
        {"T12:00:00.000", T, "T12:00:00.001", "T11:59:59.999"},
        {"0001", D, "0002", NULL},
        {"9999-12", D, NULL, "9999-11"},
        {"0001-01-01T00:00:00.000", DT, "0001-01-01T00:00:00.001", NULL},
        {"9999-12-31T23:59:59.999", DT, NULL, "9999-12-31T23:59:59.998"},
        {"T00:00:00.000", T, "T00:00:00.001", NULL},
        {"T23:59:59.999", T, NULL, "T23:59:59.998"},
        {"T23", T, NULL, "T22"},
        {"T00:00", T, "T00:01", NULL},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *r = &rows[i];
        ost_when w = when(r->text, r->kind), out = {0};
        assert_int_equal(ost_when_successor(w, r->kind, &out), r->next != NULL);
        if (r->next != NULL) {
            assert_text(r->text, out, r->kind, r->next);
        }
        assert_int_equal(ost_when_predecessor(w, r->kind, &out), r->previous != NULL);
        if (r->previous != NULL) {
            assert_text(r->text, out, r->kind, r->previous);
        }
    }
}

struct count_row {
    const char *a, *b;
    int kind;
    ost_time_unit unit;
    int64_t low, high; /* low > high: no answer */
};

static void check_counts(const struct count_row *rows, size_t count, bool duration)
{
    for (size_t i = 0; i < count; i++) {
        const struct count_row *r = &rows[i];
        ost_when a = when(r->a, r->kind), b = when(r->b, r->kind);
        int64_t low = 1, high = 0;
        bool ok = duration ? ost_when_duration(a, b, r->kind, r->unit, 0, &low, &high)
                           : ost_when_difference(a, b, r->kind, r->unit, 0, &low, &high);
        if (ok != (r->low <= r->high) || low != r->low || high != r->high) {
            fail_msg("%s .. %s: got %ld to %ld", r->a, r->b, (long)low, (long)high);
        }
    }
}

static void test_difference(void **state)
{
    static const struct count_row rows[] = {
        {"2000T", "2005-12T", DT, OST_UNIT_YEAR, 5, 5},
        {"2016T", "1998T", DT, OST_UNIT_YEAR, -18, -18},
        {"2000-02T", "2000-10T", DT, OST_UNIT_MONTH, 8, 8},
        {"2005T", "2006-07T", DT, OST_UNIT_MONTH, 7, 18},
        {"2000-10-15T10:30", "2000-10-25T10:00", DT, OST_UNIT_DAY, 10, 10},
        {"2000-10-15T", "2000-10-28T", DT, OST_UNIT_WEEK, 1, 1},
        {"2000-10-15T", "2000-10-29T", DT, OST_UNIT_WEEK, 2, 2},
        {"2000-10-14", "2000-10-15", D, OST_UNIT_WEEK, 1, 1},
        {"2000-10-15", "2000-10-14", D, OST_UNIT_WEEK, -1, -1},
        {"2012-03-10T22:05:09", "2012-03-24T07:19:33", DT, OST_UNIT_WEEK, 2, 2},
        {"2000-04-01T12", "2000-04-01T20", DT, OST_UNIT_HOUR, 8, 8},
        {"2005-12-10T05:16", "2005-12-10T05:25", DT, OST_UNIT_MINUTE, 9, 9},
        {"2000-10-10T10:05:45.500-06:00", "2000-10-10T10:05:45.900-07:00", DT, OST_UNIT_MILLISECOND,
         3600400, 3600400},
        {"2017-03-12T00:00:00-07:00", "2017-03-13T00:00:00-06:00", DT, OST_UNIT_DAY, 1, 1},
        {"2017-03-12T01:00:00-07:00", "2017-03-12T03:00:00-06:00", DT, OST_UNIT_HOUR, 1, 1},
        {"2017-11-05T01:30:00-06:00", "2017-11-05T01:15:00-07:00", DT, OST_UNIT_MINUTE, 45, 45},
        {"T20", "T23:25:15.555", T, OST_UNIT_HOUR, 3, 3},
        {"T20:20:15.555", "T20:20:15.550", T, OST_UNIT_MILLISECOND, -5, -5},
        {"T20", "T21:30", T, OST_UNIT_MINUTE, 31, 90},
        {"0001-01-01T00:00+14:00", "0001-01-01T00:00Z", DT, OST_UNIT_HOUR, 14, 14},
        {"T20", "T21", T, OST_UNIT_DAY, 1, 0},
        {"2014", "2015", D, OST_UNIT_NONE, 1, 0},
        {"2014-01-01", "2014-01-02", D, OST_UNIT_HOUR, 1, 47},
        {"0001-01-01", "9999-12-31", D, OST_UNIT_DAY, 3652058, 3652058},
    };
    (void)state;
    check_counts(rows, OST_ARRAY_LEN(rows), false);
}

static void test_duration(void **state)
{
    static const struct count_row rows[] = {
        {"2005T", "2010T", DT, OST_UNIT_YEAR, 4, 5},
        {"2005-05T", "2010-04T", DT, OST_UNIT_YEAR, 4, 4},
        {"2014-01-31", "2014-02-01", D, OST_UNIT_MONTH, 0, 0},
        {"2014-01-31", "2014-02-28", D, OST_UNIT_MONTH, 0, 0},
        {"2014-01-28", "2014-02-28", D, OST_UNIT_MONTH, 1, 1},
        {"2010-10-12T12:05", "2008-08-15T08:08", DT, OST_UNIT_DAY, -788, -788},
        {"2014-01-15T", "2014-02T", DT, OST_UNIT_DAY, 16, 44},
        {"2015-02-10T", "2015-03T", DT, OST_UNIT_DAY, 18, 49},
        {"2005T", "2006-05T", DT, OST_UNIT_MONTH, 4, 16},
        {"2005T", "2006-07T", DT, OST_UNIT_MONTH, 6, 18},
        {"2005T", "2006-02T", DT, OST_UNIT_MONTH, 1, 13},
        {"2012-03-10", "2013-03-10", D, OST_UNIT_YEAR, 1, 1},
        {"2012-03-10T10:20:00", "2013-03-10T09:20:00", DT, OST_UNIT_YEAR, 0, 0},
        {"2012-02-29", "2014-02-28", D, OST_UNIT_YEAR, 1, 1},
        {"2012-02-29", "2014-03-01", D, OST_UNIT_YEAR, 2, 2},
        {"2012-02-29", "2016-02-29", D, OST_UNIT_YEAR, 4, 4},
        {"2014-02-15", "2014-01-20", D, OST_UNIT_MONTH, 0, 0},
        {"2014-02-15", "2014-01-15", D, OST_UNIT_MONTH, -1, -1},
        {"1960", "2026-11-24", D, OST_UNIT_YEAR, 65, 66},
        {"1960-11", "2026-11-24", D, OST_UNIT_YEAR, 65, 66},
        {"1960-10", "2026-11-24", D, OST_UNIT_YEAR, 66, 66},
        {"2012-03-10T22:05:09", "2012-03-20T07:19:33", DT, OST_UNIT_WEEK, 1, 1},
        {"2012-03-10T22:05:09", "2012-03-24T07:19:33", DT, OST_UNIT_WEEK, 1, 1},
        {"2012-03-10T06:05:09", "2012-03-24T07:19:33", DT, OST_UNIT_WEEK, 2, 2},
        {"2017-03-12T01:00:00-07:00", "2017-03-12T03:00:00-06:00", DT, OST_UNIT_HOUR, 1, 1},
        {"2017-11-05T01:30:00-06:00", "2017-11-05T01:15:00-07:00", DT, OST_UNIT_MINUTE, 45, 45},
        {"2017-03-12T00:00:00-07:00", "2017-03-13T00:00:00-06:00", DT, OST_UNIT_DAY, 0, 0},
        {"T20:26:15.555", "T23:25:15.555", T, OST_UNIT_HOUR, 2, 2},
        {"T06", "T07:00:00", T, OST_UNIT_HOUR, 1, 1},
        {"T06", "T07:30", T, OST_UNIT_MINUTE, 30, 90},
        {"T23:20:16.555", "T23:25:15.555", T, OST_UNIT_MINUTE, 4, 4},
        {"T23:25:25.555", "T23:25:25.560", T, OST_UNIT_MILLISECOND, 5, 5},
        {"T10", "T11", T, OST_UNIT_WEEK, 1, 0},
        {"0001-01-01T00:00:00.000", "9999-12-31T23:59:59.999", DT, OST_UNIT_MILLISECOND,
         315537897599999, 315537897599999},
    };
    (void)state;
    check_counts(rows, OST_ARRAY_LEN(rows), true);
}

static void test_component(void **state)
{
    static const struct row {
        ost_time_unit unit;
        int value;
        const char *truncated;
    } rows[] = {
        {OST_UNIT_YEAR, 2014, "2014T"},
        {OST_UNIT_MONTH, 2, "2014-02T"},
        {OST_UNIT_DAY, 3, "2014-02-03T"},
        {OST_UNIT_HOUR, 4, "2014-02-03T04+01:00"},
        {OST_UNIT_MINUTE, 5, "2014-02-03T04:05+01:00"},
        {OST_UNIT_SECOND, 6, "2014-02-03T04:05:06+01:00"},
        {OST_UNIT_MILLISECOND, 7, "2014-02-03T04:05:06.007+01:00"},
    };
    ost_when w = when("2014-02-03T04:05:06.007+01:00", DT);
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        assert_int_equal(ost_when_component(w, rows[i].unit), rows[i].value);
        assert_text("truncated", ost_when_truncate(w, rows[i].unit), DT, rows[i].truncated);
    }
    assert_int_equal(ost_when_component(w, OST_UNIT_WEEK), 0);
    assert_int_equal(ost_when_component(w, OST_UNIT_NONE), 0);
}

static void test_units(void **state)
{
    static const struct row {
        const char *text;
        ost_time_unit plain, with_ucum;
    } rows[] = {
        {"year", OST_UNIT_YEAR, OST_UNIT_YEAR},
        {"months", OST_UNIT_MONTH, OST_UNIT_MONTH},
        {"a", OST_UNIT_NONE, OST_UNIT_YEAR},
        {"mo", OST_UNIT_NONE, OST_UNIT_MONTH},
        {"wk", OST_UNIT_WEEK, OST_UNIT_WEEK},
        {"d", OST_UNIT_DAY, OST_UNIT_DAY},
        {"min", OST_UNIT_MINUTE, OST_UNIT_MINUTE},
        {"ms", OST_UNIT_MILLISECOND, OST_UNIT_MILLISECOND},
        {"mg", OST_UNIT_NONE, OST_UNIT_NONE},
        {"", OST_UNIT_NONE, OST_UNIT_NONE},
    };
    (void)state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        assert_int_equal(ost_time_unit_of(ost_str_of(rows[i].text), false), rows[i].plain);
        assert_int_equal(ost_time_unit_of(ost_str_of(rows[i].text), true), rows[i].with_ucum);
    }
    assert_string_equal(ost_time_unit_name(OST_UNIT_YEAR), "year");
    assert_string_equal(ost_time_unit_name(OST_UNIT_MILLISECOND), "millisecond");
    assert_string_equal(ost_time_unit_name(OST_UNIT_NONE), "");
}

/* Without a precision there is nothing to count or to move; week is never one of a value. */
static void test_no_precision(void **state)
{
    ost_when none = {0}, day = {0}, time = {0}, out;
    int64_t low, high;

    (void)state;
    assert_true(ost_when_parse(OST_STR("2014-03-05"), OST_DATE, &day));
    assert_true(ost_when_parse(OST_STR("10:30"), OST_TIME, &time));
    assert_false(ost_when_add(none, OST_DATE, 1, OST_UNIT_DAY, &out));
    assert_false(ost_when_add(day, OST_DATE, 1, OST_UNIT_NONE, &out));
    assert_false(ost_when_difference(none, day, OST_DATE, OST_UNIT_DAY, 0, &low, &high));
    assert_false(ost_when_difference(day, none, OST_DATE, OST_UNIT_DAY, 0, &low, &high));
    assert_false(ost_when_duration(day, day, OST_DATE, OST_UNIT_NONE, 0, &low, &high));
    assert_false(ost_when_duration(time, time, OST_TIME, OST_UNIT_DAY, 0, &low, &high));
    assert_true(ost_when_duration(time, time, OST_TIME, OST_UNIT_HOUR, 0, &low, &high));
}

/* Amounts that no calendar holds, in both directions. */
static void test_amounts(void **state)
{
    static const struct row {
        const char *name;
        int64_t amount;
        ost_time_unit unit;
        bool ok;
    } rows[] = {
        {"years", INT64_MAX, OST_UNIT_YEAR, false},
        {"years back", INT64_MIN, OST_UNIT_YEAR, false},
        {"weeks", INT64_C(1000000000000000), OST_UNIT_WEEK, false},
        {"weeks back", INT64_C(-1000000000000000), OST_UNIT_WEEK, false},
        {"days to the last one", INT64_C(2916737), OST_UNIT_DAY, true},
        {"one day more", INT64_C(2916738), OST_UNIT_DAY, false},
        {"days to the first one", INT64_C(-735321), OST_UNIT_DAY, true},
        {"one day before", INT64_C(-735322), OST_UNIT_DAY, false},
    };
    ost_when day, out;

    (void)state;
    assert_true(ost_when_parse(OST_STR("2014-03-30"), OST_DATE, &day));
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_when_add(day, OST_DATE, rows[i].amount, rows[i].unit, &out) != rows[i].ok) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void test_not_dates(void **state)
{
    static const struct row {
        const char *text;
        int kind;
    } rows[] = {
        {"2o14", OST_DATE},        {"201/", OST_DATE}, {"2014-0:", OST_DATE},
        {"2014-03-/1", OST_DATE},  {"T1:", OST_TIME},  {"T10:3:", OST_TIME},
        {"2014T1/", OST_DATETIME},
    };
    ost_when w;

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_when_parse(ost_str_of(rows[i].text), rows[i].kind, &w)) {
            fail_msg("%s", rows[i].text);
        }
    }
}

/* An hour without minutes, seen from an offset of half an hour, may be either of two hours. */
static void test_split_hours(void **state)
{
    static const struct row {
        const char *name, *a, *b;
        int request;
        ost_order want;
    } rows[] = {
        {"surely before", "2014-03-05T10+00:30", "2014-03-05T14+00:00", 0, OST_LESS},
        {"surely after", "2014-03-05T14+00:30", "2014-03-05T10+00:00", 0, OST_GREATER},
        {"perhaps the same", "2014-03-05T10+00:30", "2014-03-05T09+00:00", 0, OST_UNCERTAIN_ORDER},
        {"whole hours apart", "2014-03-05T10+01:00", "2014-03-05T09+00:00", 0, OST_SAME},
        {"the right side splits", "2014-03-05T09+00:00", "2014-03-05T10+00:30", 0,
         OST_UNCERTAIN_ORDER},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_when a = {0}, b = {0};
        assert_true(ost_when_parse(ost_str_of(rows[i].a), OST_DATETIME, &a));
        assert_true(ost_when_parse(ost_str_of(rows[i].b), OST_DATETIME, &b));
        ost_order got = ost_when_compare(a, b, OST_DATETIME, OST_UNIT_NONE, rows[i].request);
        if (got != rows[i].want) {
            fail_msg("%s: got %d", rows[i].name, (int)got);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parse),       cmocka_unit_test(test_calendar),
    cmocka_unit_test(test_range),       cmocka_unit_test(test_offset),
    cmocka_unit_test(test_compare),     cmocka_unit_test(test_add),
    cmocka_unit_test(test_step),        cmocka_unit_test(test_difference),
    cmocka_unit_test(test_duration),    cmocka_unit_test(test_component),
    cmocka_unit_test(test_units),       cmocka_unit_test(test_no_precision),
    cmocka_unit_test(test_amounts),     cmocka_unit_test(test_not_dates),
    cmocka_unit_test(test_split_hours),
};
OST_TEST_MAIN("when", tests)
