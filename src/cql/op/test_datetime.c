/* Making dates and times, their parts, the time between two. */
#include "cql/op/test_literals.h"

#define NONE OST_UNIT_NONE

static void test_make(void **state)
{
    static const ost_test_row rows[] = {
        {"date", ost_op_date, "2014 ; 2 ; 28", "@2014-02-28", NONE},
        {"year", ost_op_date, "2014", "@2014", NONE},
        {"null month", ost_op_date, "2014 ; null ; null", "@2014", NONE},
        {"day without month", ost_op_date, "2014 ; null ; 3", "error", NONE},
        {"null year", ost_op_date, "null", "null", NONE},
        {"no such day", ost_op_date, "2014 ; 2 ; 29", "error", NONE},
        {"no such month", ost_op_date, "2014 ; 13", "error", NONE},
        {"year zero", ost_op_date_time, "0 ; 1 ; 1", "error", NONE},
        {"year 10000", ost_op_date_time, "10000 ; 12 ; 31", "error", NONE},
        {"date-time of a day", ost_op_date_time, "2003 ; 10 ; 29", "@2003-10-29T", NONE},
        {"date-time in full", ost_op_date_time, "2003 ; 10 ; 29 ; 20 ; 50 ; 33 ; 955",
         "@2003-10-29T20:50:33.955", NONE},
        {"offset", ost_op_date_time, "2003 ; 10 ; 29 ; 20 ; 50 ; 33 ; 955 ; -1.5",
         "@2003-10-29T20:50:33.955-01:30", NONE},
        {"offset too large", ost_op_date_time, "2003 ; 10 ; 29 ; 20 ; 50 ; 33 ; 955 ; 15.0",
         "error", NONE},
        {"hour 24", ost_op_date_time, "2003 ; 10 ; 29 ; 24", "error", NONE},
        {"time", ost_op_time, "23 ; 59 ; 59 ; 999", "@T23:59:59.999", NONE},
        {"time of an hour", ost_op_time, "0", "@T00", NONE},
        {"minute 60", ost_op_time, "23 ; 60", "error", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_parts(void **state)
{
    static const ost_test_row rows[] = {
        {"year from", ost_op_component_from, "@2003-10-29T20:50", "2003", OST_UNIT_YEAR},
        {"minute from", ost_op_component_from, "@2003-10-29T20:50", "50", OST_UNIT_MINUTE},
        {"unknown second", ost_op_component_from, "@2003-10-29T20:50", "null", OST_UNIT_SECOND},
        {"unknown hour of a day", ost_op_component_from, "@2003-10-29T", "null", OST_UNIT_HOUR},
        {"millisecond from", ost_op_component_from, "@T23:20:15.555", "555", OST_UNIT_MILLISECOND},
        {"no year in a time", ost_op_component_from, "@T23:20:15.555", "error", OST_UNIT_YEAR},
        {"no weeks", ost_op_component_from, "@2003-10-29", "error", OST_UNIT_WEEK},
        {"date from", ost_op_date_from, "@2003-10-29T20:50:33.955+01:00", "@2003-10-29", NONE},
        {"date from a year", ost_op_date_from, "@2003T", "@2003", NONE},
        {"time from", ost_op_time_from, "@2003-10-29T20:50+01:00", "@T20:50", NONE},
        {"no time", ost_op_time_from, "@2003-10-29T", "null", NONE},
        {"offset", ost_op_timezone_offset_from, "@2003-10-29T20:50-01:30", "-1.50", NONE},
        {"whole offset", ost_op_timezone_offset_from, "@2003-10-29T20:50+01:00", "1.00", NONE},
        {"request's offset", ost_op_timezone_offset_from, "@2003-10-29T20:50", "0.00", NONE},
        {"now", ost_op_now, "", "@2026-11-24T10:30:00.000+00:00", NONE},
        {"today", ost_op_today, "", "@2026-11-24", NONE},
        {"time of day", ost_op_time_of_day, "", "@T10:30:00.000", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_between(void **state)
{
    static const ost_test_row rows[] = {
        {"difference", ost_op_difference_between, "@2000 ; @2005-12", "5", OST_UNIT_YEAR},
        {"difference unknown", ost_op_difference_between, "@2005T ; @2006-07T", "about 7 to 18",
         OST_UNIT_MONTH},
        {"difference of null", ost_op_difference_between, "null ; @2006", "null", OST_UNIT_MONTH},
        {"days between times", ost_op_difference_between, "@T10 ; @T11", "error", OST_UNIT_DAY},
        {"duration", ost_op_duration_between, "@2005 ; @2010", "about 4 to 5", OST_UNIT_YEAR},
        {"duration certain", ost_op_duration_between, "@2005-05 ; @2010-04", "4", OST_UNIT_YEAR},
        {"duration of null", ost_op_duration_between, "@2005 ; null", "null", OST_UNIT_YEAR},
        {"too many milliseconds", ost_op_duration_between, "@2005-01-01T00:00 ; @2006-01-01T00:00",
         "null", OST_UNIT_MILLISECOND},
        {"age", ost_op_calculate_age_at, "@1960-11-24 ; @2026-11-24", "66", OST_UNIT_YEAR},
        {"the day before", ost_op_calculate_age_at, "@1960-11-25 ; @2026-11-24", "65",
         OST_UNIT_YEAR},
        {"birth year only", ost_op_calculate_age_at, "@1960 ; @2026-11-24", "about 65 to 66",
         OST_UNIT_YEAR},
        {"age of null", ost_op_calculate_age_at, "null ; @2026-11-24", "null", OST_UNIT_YEAR},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

/* Today is the day of the request's offset, not that of the text. */
static void test_request_day(void **state)
{
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    t.call.offset_min = 14 * 60;
    assert_true(
        ost_equivalent(&t.call, ost_op_today(&t.call, NULL, 0), ost_test_read(&t, "@2026-11-25")));
    assert_true(ost_equivalent(&t.call, ost_op_time_of_day(&t.call, NULL, 0),
                               ost_test_read(&t, "@T00:30:00.000")));
    ost_test_call_done(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_make),
    cmocka_unit_test(test_parts),
    cmocka_unit_test(test_between),
    cmocka_unit_test(test_request_day),
};
OST_TEST_MAIN("op-datetime", tests)
