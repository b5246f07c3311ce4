/* Arithmetic: numbers, quantities, dates with durations, uncertain numbers, boundaries. Rows
 * follow the published suite (CqlArithmeticFunctionsTest, CqlDateTimeOperatorsTest) and add
 * limits. */
#include "cql/op/test_values.h"

#define INT_MAX_TEXT  "2147483647"
#define LONG_MAX_TEXT "9223372036854775807"
#define DEC_MAX_TEXT  "99999999999999999999.99999999"

static void test_numbers(void **state)
{
    static const struct op_row rows[] = {
        {"abs 0", ost_op_abs, {"0"}, "0", OST_OK},
        {"abs -1", ost_op_abs, {"-1"}, "1", OST_OK},
        {"abs -1.0", ost_op_abs, {"-1.0"}, "1.0", OST_OK},
        {"abs long", ost_op_abs, {"-1L"}, "1L", OST_OK},
        {"abs of the minimum", ost_op_abs, {"-2147483648"}, "null", OST_OK},
        {"add", ost_op_add, {"1", "1"}, "2", OST_OK},
        {"add longs", ost_op_add, {"1L", "2L"}, "3L", OST_OK},
        {"add decimals", ost_op_add, {"1.0", "1.0"}, "2.0", OST_OK},
        {"add strings", ost_op_add, {"'a'", "'b'"}, "'ab'", OST_OK},
        {"add overflow", ost_op_add, {INT_MAX_TEXT, "1"}, "null", OST_OK},
        {"add long overflow", ost_op_add, {LONG_MAX_TEXT "L", "1L"}, "null", OST_OK},
        {"add decimal overflow", ost_op_add, {DEC_MAX_TEXT, "1.0"}, "null", OST_OK},
        {"add of kinds that do not go", ost_op_add, {"1", "'a'"}, "null", OST_E_RUNTIME},
        {"subtract", ost_op_subtract, {"2.0", "1.1"}, "0.9", OST_OK},
        {"subtract overflow", ost_op_subtract, {"-2147483648", "1"}, "null", OST_OK},
        {"subtract longs", ost_op_subtract, {"1L", "1L"}, "0L", OST_OK},
        {"multiply", ost_op_multiply, {"1.0", "2.0"}, "2.0", OST_OK},
        {"multiply longs", ost_op_multiply, {"2L", "3L"}, "6L", OST_OK},
        {"multiply overflow", ost_op_multiply, {"65536", "65536"}, "null", OST_OK},
        {"multiply long overflow", ost_op_multiply, {LONG_MAX_TEXT "L", "2L"}, "null", OST_OK},
        {"divide", ost_op_divide, {"10.0", "3.0"}, "3.33333333", OST_OK},
        {"divide by zero", ost_op_divide, {"1.0", "0.0"}, "null", OST_OK},
        {"div", ost_op_truncated_divide, {"10", "3"}, "3", OST_OK},
        {"div by zero", ost_op_truncated_divide, {"2", "0"}, "null", OST_OK},
        {"div longs by zero", ost_op_truncated_divide, {"10L", "0L"}, "null", OST_OK},
        {"div negative", ost_op_truncated_divide, {"-10", "3"}, "-3", OST_OK},
        {"div both negative", ost_op_truncated_divide, {"-10.1", "-3.1"}, "3.0", OST_OK},
        {"div overflow", ost_op_truncated_divide, {"-2147483648", "-1"}, "null", OST_OK},
        {"mod", ost_op_modulo, {"10", "3"}, "1", OST_OK},
        {"mod by zero", ost_op_modulo, {"0", "0"}, "null", OST_OK},
        {"mod longs", ost_op_modulo, {"4L", "2L"}, "0L", OST_OK},
        {"mod longs by zero", ost_op_modulo, {"4L", "0L"}, "null", OST_OK},
        {"mod decimals", ost_op_modulo, {"3.5", "3.0"}, "0.5", OST_OK},
        {"mod of the minimum", ost_op_modulo, {"-2147483648", "-1"}, "0", OST_OK},
        {"negate", ost_op_negate, {"1"}, "-1", OST_OK},
        {"negate decimal", ost_op_negate, {"-0.0"}, "0.0", OST_OK},
        {"negate minimum", ost_op_negate, {"-2147483648"}, "null", OST_OK},
        {"negate long", ost_op_negate, {"-" LONG_MAX_TEXT "L"}, LONG_MAX_TEXT "L", OST_OK},
        {"negate a string", ost_op_negate, {"'a'"}, "null", OST_E_RUNTIME},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_functions(void **state)
{
    static const struct op_row rows[] = {
        {"ceiling", ost_op_ceiling, {"1.1"}, "2", OST_OK},
        {"ceiling -0.1", ost_op_ceiling, {"-0.1"}, "0", OST_OK},
        {"ceiling of the maximum", ost_op_ceiling, {"2147483647.0"}, "2147483647", OST_OK},
        {"ceiling beyond", ost_op_ceiling, {"2147483647.2"}, "null", OST_OK},
        {"ceiling below", ost_op_ceiling, {"-2147483648.2"}, "-2147483648", OST_OK},
        {"floor", ost_op_floor, {"-1.1"}, "-2", OST_OK},
        {"floor at the maximum", ost_op_floor, {"2147483647.2"}, "2147483647", OST_OK},
        {"floor beyond", ost_op_floor, {"-2147483648.2"}, "null", OST_OK},
        {"truncate", ost_op_truncate, {"-1.9"}, "-1", OST_OK},
        {"round 0.5", ost_op_round, {"0.5"}, "1.0", OST_OK},
        {"round -0.4", ost_op_round, {"-0.4"}, "0.0", OST_OK},
        {"round -0.5", ost_op_round, {"-0.5"}, "-1.0", OST_OK},
        {"round -1.5", ost_op_round, {"-1.5"}, "-2.0", OST_OK},
        {"round to places", ost_op_round, {"3.14159", "2"}, "3.14", OST_OK},
        {"round to nine places", ost_op_round, {"3.14159", "9"}, "3.14159", OST_OK},
        {"round to minus one", ost_op_round, {"3.14159", "-1"}, "null", OST_OK},
        {"exp 0", ost_op_exp, {"0.0"}, "1.0", OST_OK},
        {"exp 1000", ost_op_exp, {"1000.0"}, "null", OST_E_RUNTIME},
        {"ln 1", ost_op_ln, {"1.0"}, "0.0", OST_OK},
        {"ln 0", ost_op_ln, {"0.0"}, "null", OST_E_RUNTIME},
        {"ln -1", ost_op_ln, {"-1.0"}, "null", OST_OK},
        {"log 1 base 1", ost_op_log, {"1.0", "1.0"}, "null", OST_OK},
        {"log 16 base 2", ost_op_log, {"16.0", "2.0"}, "4.0", OST_OK},
        {"log 0.125 base 2", ost_op_log, {"0.125", "2.0"}, "-3.0", OST_OK},
        {"power", ost_op_power, {"2", "4"}, "16", OST_OK},
        {"power 0 0", ost_op_power, {"0", "0"}, "1", OST_OK},
        {"power of -1, odd", ost_op_power, {"-1", "2147483647"}, "-1", OST_OK},
        {"power of -1, even", ost_op_power, {"-1", "2147483646"}, "1", OST_OK},
        {"power of 0", ost_op_power, {"0", "2147483647"}, "0", OST_OK},
        {"power negative", ost_op_power, {"2", "-2"}, "0.25", OST_OK},
        {"power of 0, negative", ost_op_power, {"0", "-2"}, "null", OST_OK},
        {"power longs", ost_op_power, {"2L", "3L"}, "8L", OST_OK},
        {"power longs, negative", ost_op_power, {"2L", "-1L"}, "0.5", OST_OK},
        {"power overflow", ost_op_power, {"2", "31"}, "null", OST_OK},
        {"power long overflow", ost_op_power, {"2L", "63L"}, "null", OST_OK},
        {"power huge", ost_op_power, {"10", "2147483647"}, "null", OST_OK},
        {"power decimals", ost_op_power, {"2.0", "-2.0"}, "0.25", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_quantities(void **state)
{
    static const struct op_row rows[] = {
        {"abs", ost_op_abs, {"-1.0 cm"}, "1.0 'cm'", OST_OK},
        {"abs of plus", ost_op_abs, {"1.0 cm"}, "1.0 'cm'", OST_OK},
        {"negate", ost_op_negate, {"1 cm"}, "-1 'cm'", OST_OK},
        {"add", ost_op_add, {"1 g/cm3", "1 g/cm3"}, "2 'g/cm3'", OST_OK},
        {"add in the finer unit", ost_op_add, {"1 g", "1 mg"}, "1001 'mg'", OST_OK},
        {"add in the finer unit, first", ost_op_add, {"1 mg", "1 g"}, "1001 'mg'", OST_OK},
        {"add mass and amount", ost_op_add, {"1 g", "1 mol"}, "null", OST_OK},
        {"add unknown units", ost_op_add, {"1 foo", "1 bar"}, "null", OST_OK},
        {"add overflow", ost_op_add, {DEC_MAX_TEXT " g", "1 g"}, "null", OST_OK},
        {"add year and month", ost_op_add, {"1 year", "3 month"}, "15 months", OST_OK},
        {"add month and year", ost_op_add, {"3 month", "1 year"}, "15 months", OST_OK},
        {"add year and day", ost_op_add, {"1 year", "3 day"}, "null", OST_OK},
        {"add day and year", ost_op_add, {"3 day", "1 year"}, "null", OST_OK},
        {"add year and a", ost_op_add, {"1 year", "1 a"}, "null", OST_OK},
        {"add week and day", ost_op_add, {"1 week", "1 day"}, "8 days", OST_OK},
        {"add day and d", ost_op_add, {"1 day", "1 d"}, "2 days", OST_OK},
        {"subtract", ost_op_subtract, {"1.0 cm", "2.0 cm"}, "-1.0 'cm'", OST_OK},
        {"multiply", ost_op_multiply, {"1.0 cm", "2.0 cm"}, "2.0 'cm2'", OST_OK},
        {"multiply by a decimal", ost_op_multiply, {"2.0 mg", "1.5"}, "3.0 'mg'", OST_OK},
        {"multiply a decimal", ost_op_multiply, {"1.5", "2.0 mg"}, "3.0 'mg'", OST_OK},
        {"multiply by the unit 1", ost_op_multiply, {"2.0 year", "2 1"}, "4.0 years", OST_OK},
        {"multiply the unit 1", ost_op_multiply, {"2.0 1", "2 year"}, "4.0 years", OST_OK},
        {"multiply year by year", ost_op_multiply, {"2.0 year", "2 year"}, "null", OST_OK},
        {"rate by time", ost_op_multiply, {"2.0 mg/d", "3 day"}, "6.0 'mg'", OST_OK},
        {"multiply overflow", ost_op_multiply, {"10000000000 m", "10000000000 m"}, "null", OST_OK},
        {"divide", ost_op_divide, {"1 g/cm3", "1 g/cm3"}, "1 '1'", OST_OK},
        {"divide to a concentration", ost_op_divide, {"10 mg", "4 mL"}, "2.5 'mg/mL'", OST_OK},
        {"divide by a decimal", ost_op_divide, {"10.0 g", "5.0"}, "2.0 'g'", OST_OK},
        {"divide by zero", ost_op_divide, {"10.0 g", "0 g"}, "null", OST_OK},
        {"divide by decimal zero", ost_op_divide, {"10.0 g", "0.0"}, "null", OST_OK},
        {"divide years", ost_op_divide, {"10 year", "4 year"}, "2.5 '1'", OST_OK},
        {"divide by years", ost_op_divide, {"10 mg", "4 year"}, "null", OST_OK},
        {"div", ost_op_truncated_divide, {"10.1 cm", "-3.1 cm"}, "-3.0 'cm'", OST_OK},
        {"div by zero", ost_op_truncated_divide, {"10.0 g", "0.0 g"}, "null", OST_OK},
        {"mod", ost_op_modulo, {"3.5 cm", "3 cm"}, "0.5 'cm'", OST_OK},
        {"mod in the finer unit", ost_op_modulo, {"1 m", "30 cm"}, "10 'cm'", OST_OK},
        {"mod by zero", ost_op_modulo, {"10.0 g", "0.0 g"}, "null", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_dates(void **state)
{
    static const struct op_row rows[] = {
        {"years", ost_op_add, {"@2005-10-10T", "5 year"}, "@2010-10-10T", OST_OK},
        {"beyond 9999", ost_op_add, {"@2005-10-10T", "8000 year"}, "null", OST_E_RUNTIME},
        {"before 1", ost_op_subtract, {"@2005-10-10T", "2005 year"}, "null", OST_E_RUNTIME},
        {"leap day", ost_op_add, {"@2012-02-29T", "1 year"}, "@2013-02-28T", OST_OK},
        {"days to a month", ost_op_add, {"@2014-06", "33 day"}, "@2014-07", OST_OK},
        {"part of a day is dropped", ost_op_add, {"@2014-06-01", "1.9 day"}, "@2014-06-02", OST_OK},
        {"UCUM days", ost_op_add, {"@2014-06-01", "2 d"}, "@2014-06-03", OST_OK},
        {"not a duration", ost_op_add, {"@2014-06-01", "2 mg"}, "null", OST_OK},
        {"time", ost_op_add, {"@T15:59:59.999", "1 second"}, "@T16:00:00.999", OST_OK},
        {"part of a second",
         ost_op_add,
         {"@T15:59:59.000", "1.5 second"},
         "@T16:00:00.500",
         OST_OK},
        {"subtract", ost_op_subtract, {"@T15:59:59.999", "300 minute"}, "@T10:59:59.999", OST_OK},
        {"huge amount", ost_op_add, {"@2014", "99999999999999999999 year"}, "null", OST_E_RUNTIME},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_uncertain(void **state)
{
    static const struct op_row rows[] = {
        {"add", ost_op_add, {"~16..44", "~16..44"}, "Interval[32, 88]", OST_OK},
        {"add a number", ost_op_add, {"~16..44", "1"}, "Interval[17, 45]", OST_OK},
        {"subtract", ost_op_subtract, {"~16..44", "~4..16"}, "Interval[0, 40]", OST_OK},
        {"subtract from a number", ost_op_subtract, {"50", "~16..44"}, "Interval[6, 34]", OST_OK},
        {"multiply", ost_op_multiply, {"~16..44", "~16..44"}, "Interval[256, 1936]", OST_OK},
        {"multiply over zero", ost_op_multiply, {"~-2..3", "~-5..4"}, "Interval[-15, 12]", OST_OK},
        {"multiply by zero", ost_op_multiply, {"~1..3", "0"}, "0", OST_OK},
        {"add intervals", ost_op_add, {"[1..5]", "[2..3]"}, "Interval[3, 8]", OST_OK},
        {"add intervals, open ends",
         ost_op_add,
         {"[null..5]", "[2..null]"},
         "Interval[null, null]",
         OST_OK},
        {"overflow", ost_op_add, {"~1..2147483647", "1"}, "null", OST_OK},
        {"div is an error", ost_op_truncated_divide, {"~16..44", "~4..16"}, "null", OST_E_RUNTIME},
        {"negate", ost_op_negate, {"~16..44"}, "Interval[-44, -16]", OST_OK},
        {"abs", ost_op_abs, {"~-5..3"}, "Interval[0, 5]", OST_OK},
        {"abs of negatives", ost_op_abs, {"~-5..-3"}, "Interval[3, 5]", OST_OK},
        {"abs of positives", ost_op_abs, {"~3..5"}, "Interval[3, 5]", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_bounds(void **state)
{
    static const struct op_row rows[] = {
        {"precision", ost_op_precision, {"1.58700"}, "5", OST_OK},
        {"precision of a year", ost_op_precision, {"@2014"}, "4", OST_OK},
        {"precision of milliseconds", ost_op_precision, {"@2014-01-05T10:30:00.000"}, "17", OST_OK},
        {"precision of minutes", ost_op_precision, {"@T10:30"}, "4", OST_OK},
        {"precision of a time", ost_op_precision, {"@T10:30:00.000"}, "9", OST_OK},
        {"low", ost_op_low_boundary, {"1.587", "8"}, "1.58700000", OST_OK},
        {"low, no precision", ost_op_low_boundary, {"1.58888", "null"}, "1.58888000", OST_OK},
        {"low of minus", ost_op_low_boundary, {"-1.587", "8"}, "-1.58799999", OST_OK},
        {"low of a month", ost_op_low_boundary, {"@2014", "6"}, "@2014-01", OST_OK},
        {"low of milliseconds",
         ost_op_low_boundary,
         {"@2014-01-01T08", "17"},
         "@2014-01-01T08:00:00.000",
         OST_OK},
        {"low of a time", ost_op_low_boundary, {"@T10:30", "9"}, "@T10:30:00.000", OST_OK},
        {"low of null", ost_op_low_boundary, {"null", "8"}, "null", OST_OK},
        {"high", ost_op_high_boundary, {"1.587", "8"}, "1.58799999", OST_OK},
        {"high, no precision", ost_op_high_boundary, {"1.58888"}, "1.58888999", OST_OK},
        {"high, fewer places", ost_op_high_boundary, {"1.587", "2"}, "1.58", OST_OK},
        {"high of minus", ost_op_high_boundary, {"-1.587", "8"}, "-1.58700000", OST_OK},
        {"high, too many places", ost_op_high_boundary, {"1.587", "9"}, "null", OST_OK},
        {"high, negative places", ost_op_high_boundary, {"1.587", "-1"}, "null", OST_OK},
        {"high of the maximum", ost_op_high_boundary, {DEC_MAX_TEXT, "8"}, DEC_MAX_TEXT, OST_OK},
        {"high of a month", ost_op_high_boundary, {"@2014", "6"}, "@2014-12", OST_OK},
        {"high of a leap month", ost_op_high_boundary, {"@2012-02"}, "@2012-02-29", OST_OK},
        {"high of milliseconds",
         ost_op_high_boundary,
         {"@2014-01-01T08", "17"},
         "@2014-01-01T08:59:59.999",
         OST_OK},
        {"high of a time", ost_op_high_boundary, {"@T10:30", "9"}, "@T10:30:59.999", OST_OK},
        {"high of a date in hours", ost_op_high_boundary, {"@2014", "10"}, "null", OST_OK},
        {"high of a time, bad digits", ost_op_high_boundary, {"@T10:30", "8"}, "null", OST_OK},
        {"successor", ost_op_successor, {"1.01"}, "1.01000001", OST_OK},
        {"successor of an integer", ost_op_successor, {"0"}, "1", OST_OK},
        {"successor of a quantity", ost_op_successor, {"1.0 cm"}, "1.00000001 'cm'", OST_OK},
        {"successor of the maximum", ost_op_successor, {INT_MAX_TEXT}, "null", OST_E_RUNTIME},
        {"predecessor", ost_op_predecessor, {"1.0"}, "0.99999999", OST_OK},
        {"predecessor of a day", ost_op_predecessor, {"@2000-01-01T"}, "@1999-12-31T", OST_OK},
        {"predecessor of midnight", ost_op_predecessor, {"@T00:00:00.000"}, "null", OST_E_RUNTIME},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_numbers),    cmocka_unit_test(test_functions),
    cmocka_unit_test(test_quantities), cmocka_unit_test(test_dates),
    cmocka_unit_test(test_uncertain),  cmocka_unit_test(test_bounds),
};

OST_TEST_MAIN("op-arithmetic", tests)
