/* Conversions: the published suite (CqlTypeOperatorsTest, CqlTypesTest), every kind that does
 * not convert, texts with something before or after. */
#include "cql/op/test_values.h"

static void test_numbers(void **state)
{
    static const struct op_row rows[] = {
        {"NO", ost_op_to_boolean, {"'NO'"}, "false", OST_OK},
        {"Yes", ost_op_to_boolean, {"'Yes'"}, "true", OST_OK},
        {"word", ost_op_to_boolean, {"'maybe'"}, "null", OST_OK},
        {"1", ost_op_to_boolean, {"1"}, "true", OST_OK},
        {"2", ost_op_to_boolean, {"2"}, "null", OST_OK},
        {"0L", ost_op_to_boolean, {"0L"}, "false", OST_OK},
        {"1.0", ost_op_to_boolean, {"1.0"}, "true", OST_OK},
        {"1.5", ost_op_to_boolean, {"1.5"}, "null", OST_OK},
        {"true", ost_op_to_boolean, {"true"}, "true", OST_OK},
        {"date", ost_op_to_boolean, {"@2014"}, "null", OST_OK},
        {"-25", ost_op_to_integer, {"'-25'"}, "-25", OST_OK},
        {"+25", ost_op_to_integer, {"'+25'"}, "25", OST_OK},
        {"foo", ost_op_to_integer, {"'foo'"}, "null", OST_OK},
        {"space", ost_op_to_integer, {"' 5'"}, "null", OST_OK},
        {"sign", ost_op_to_integer, {"'-'"}, "null", OST_OK},
        {"nothing", ost_op_to_integer, {"''"}, "null", OST_OK},
        {"too large", ost_op_to_integer, {"'2147483648'"}, "null", OST_OK},
        {"minimum", ost_op_to_integer, {"'-2147483648'"}, "-2147483648", OST_OK},
        {"huge", ost_op_to_integer, {"'99999999999999999999999999'"}, "null", OST_OK},
        {"of true", ost_op_to_integer, {"true"}, "1", OST_OK},
        {"of a long", ost_op_to_integer, {"5L"}, "5", OST_OK},
        {"of a whole decimal", ost_op_to_integer, {"5.0"}, "5", OST_OK},
        {"of a decimal", ost_op_to_integer, {"5.5"}, "null", OST_OK},
        {"of an uncertain", ost_op_to_integer, {"~1..2"}, "Interval[1, 2]", OST_OK},
        {"of a date", ost_op_to_integer, {"@2014"}, "null", OST_OK},
        {"long", ost_op_to_long, {"'9223372036854775807'"}, "9223372036854775807L", OST_OK},
        {"long minimum",
         ost_op_to_long,
         {"'-9223372036854775808'"},
         "-9223372036854775808L",
         OST_OK},
        {"long too large", ost_op_to_long, {"'9223372036854775808'"}, "null", OST_OK},
        {"long of an integer", ost_op_to_long, {"5"}, "5L", OST_OK},
        {"long of an uncertain", ost_op_to_long, {"~1..2"}, "null", OST_OK},
        {"decimal", ost_op_to_decimal, {"'+25.5'"}, "25.5", OST_OK},
        {"decimal of an integer", ost_op_to_decimal, {"5"}, "5.0", OST_OK},
        {"decimal of false", ost_op_to_decimal, {"false"}, "0.0", OST_OK},
        {"decimal, exponent", ost_op_to_decimal, {"'1e3'"}, "null", OST_OK},
        {"decimal, nine places", ost_op_to_decimal, {"'0.000000001'"}, "null", OST_OK},
        {"decimal of an uncertain", ost_op_to_decimal, {"~1..2"}, "null", OST_OK},
        {"decimal of itself", ost_op_to_decimal, {"1.50"}, "1.50", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_texts(void **state)
{
    static const struct op_row rows[] = {
        {"quantity", ost_op_to_string, {"125 cm"}, "'125 \\'cm\\''", OST_OK},
        {"quantity with parts", ost_op_to_string, {"5.5 cm"}, "'5.5 \\'cm\\''", OST_OK},
        {"integer", ost_op_to_string, {"-5"}, "'-5'", OST_OK},
        {"long", ost_op_to_string, {"5L"}, "'5'", OST_OK},
        {"decimal", ost_op_to_string, {"18.55"}, "'18.55'", OST_OK},
        {"true", ost_op_to_string, {"true"}, "'true'", OST_OK},
        {"date", ost_op_to_string, {"@2000-01"}, "'2000-01'", OST_OK},
        {"day of a date-time", ost_op_to_string, {"@2000-01-01T"}, "'2000-01-01'", OST_OK},
        {"date-time",
         ost_op_to_string,
         {"@2000-01-01T15:25:25.300"},
         "'2000-01-01T15:25:25.300'",
         OST_OK},
        {"date-time with offset",
         ost_op_to_string,
         {"@2000-01-01T08:25:25.300-07:00"},
         "'2000-01-01T08:25:25.300-07:00'",
         OST_OK},
        {"time", ost_op_to_string, {"@T09:30:01.003"}, "'09:30:01.003'", OST_OK},
        {"string", ost_op_to_string, {"'a'"}, "'a'", OST_OK},
        {"list", ost_op_to_string, {"{1}"}, "null", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_dates(void **state)
{
    static const struct op_row rows[] = {
        {"date", ost_op_to_date, {"'2014-01-05'"}, "@2014-01-05", OST_OK},
        {"date of a month", ost_op_to_date, {"'2014-01'"}, "@2014-01", OST_OK},
        {"date of a date-time text", ost_op_to_date, {"'2014-01-05T10:00'"}, "null", OST_OK},
        {"date, malformed", ost_op_to_date, {"'2014/01/05'"}, "null", OST_OK},
        {"date of a date-time",
         ost_op_to_date,
         {"@2014-01-05T10:00:00.000"},
         "@2014-01-05",
         OST_OK},
        {"date of a year", ost_op_to_date, {"@2014T"}, "@2014", OST_OK},
        {"date of a number", ost_op_to_date, {"5"}, "null", OST_OK},
        {"date of a date", ost_op_to_date, {"@2014"}, "@2014", OST_OK},
        {"date-time, day", ost_op_to_date_time, {"'2014-01-01'"}, "@2014-01-01T", OST_OK},
        {"date-time, minute",
         ost_op_to_date_time,
         {"'2014-01-01T12:05'"},
         "@2014-01-01T12:05",
         OST_OK},
        {"date-time, offset",
         ost_op_to_date_time,
         {"'2014-01-01T12:05:05.955-01:15'"},
         "@2014-01-01T12:05:05.955-01:15",
         OST_OK},
        {"date-time, malformed",
         ost_op_to_date_time,
         {"'2014/01/01T12:05:05.955Z'"},
         "null",
         OST_OK},
        {"date-time of a date", ost_op_to_date_time, {"@2014-01-01"}, "@2014-01-01T", OST_OK},
        {"date-time of itself", ost_op_to_date_time, {"@2014T"}, "@2014T", OST_OK},
        {"time", ost_op_to_time, {"'T14:30:00.0'"}, "@T14:30:00.000", OST_OK},
        {"time, offset east", ost_op_to_time, {"'T14:30:00.0+05:30'"}, "@T14:30:00.000", OST_OK},
        {"time, offset west", ost_op_to_time, {"'T14:30:00.0-05:45'"}, "@T14:30:00.000", OST_OK},
        {"time, UTC", ost_op_to_time, {"'T14:30:00.0Z'"}, "@T14:30:00.000", OST_OK},
        {"time, malformed", ost_op_to_time, {"'T14-30-00.0'"}, "null", OST_OK},
        {"time of a date-time",
         ost_op_to_time,
         {"@2014-01-01T12:05:05.955-01:15"},
         "@T12:05:05.955",
         OST_OK},
        {"time of a day", ost_op_to_time, {"@2014-01-01T"}, "null", OST_OK},
        {"time of a time", ost_op_to_time, {"@T10:30"}, "@T10:30", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_quantities(void **state)
{
    static const struct op_row rows[] = {
        {"quantity", ost_op_to_quantity, {"'5.5 'cm''"}, "5.5 'cm'", OST_OK},
        {"no space", ost_op_to_quantity, {"'5.5'cm''"}, "5.5 'cm'", OST_OK},
        {"no unit", ost_op_to_quantity, {"'5.5'"}, "5.5 '1'", OST_OK},
        {"calendar word", ost_op_to_quantity, {"'3 months'"}, "3 months", OST_OK},
        {"bare code", ost_op_to_quantity, {"'3 mg'"}, "null", OST_OK},
        {"unknown unit", ost_op_to_quantity, {"'3 'foo''"}, "null", OST_OK},
        {"open quote", ost_op_to_quantity, {"'3 'mg'"}, "null", OST_OK},
        {"more after it", ost_op_to_quantity, {"'3 'mg' x'"}, "null", OST_OK},
        {"no number", ost_op_to_quantity, {"''mg''"}, "null", OST_OK},
        {"of an integer", ost_op_to_quantity, {"5"}, "5 '1'", OST_OK},
        {"of a decimal", ost_op_to_quantity, {"5.50"}, "5.50 '1'", OST_OK},
        {"of a long", ost_op_to_quantity, {"5L"}, "5 '1'", OST_OK},
        {"of a date", ost_op_to_quantity, {"@2014"}, "null", OST_OK},
        {"of a quantity", ost_op_to_quantity, {"5 mg"}, "5 'mg'", OST_OK},
        {"ratio", ost_op_to_ratio, {"'1 'mg':2.0 'mL''"}, "1 'mg' : 2.0 'mL'", OST_OK},
        {"ratio with spaces",
         ost_op_to_ratio,
         {"'1 'mg' : 2.0 'mL''"},
         "1 'mg' : 2.0 'mL'",
         OST_OK},
        {"ratio of numbers", ost_op_to_ratio, {"'1:128'"}, "1 '1' : 128 '1'", OST_OK},
        {"ratio, one part", ost_op_to_ratio, {"'1 'mg''"}, "null", OST_OK},
        {"ratio, half", ost_op_to_ratio, {"'1:'"}, "null", OST_OK},
        {"ratio, three parts", ost_op_to_ratio, {"'1:2:3'"}, "null", OST_OK},
        {"ratio, no number", ost_op_to_ratio, {"'a:2'"}, "null", OST_OK},
        {"ratio of a number", ost_op_to_ratio, {"5"}, "null", OST_OK},
        {"convert", ost_op_convert_quantity, {"5 mg", "'g'"}, "0.005 'g'", OST_OK},
        {"convert, wrong", ost_op_convert_quantity, {"5 mg/dL", "'mmol/L'"}, "null", OST_OK},
        {"convert years", ost_op_convert_quantity, {"2 year", "'months'"}, "24 months", OST_OK},
        {"convert months", ost_op_convert_quantity, {"6 month", "'year'"}, "0.5 years", OST_OK},
        {"convert years to days", ost_op_convert_quantity, {"2 year", "'day'"}, "null", OST_OK},
        {"convert weeks", ost_op_convert_quantity, {"2 week", "'d'"}, "14 'd'", OST_OK},
        {"can convert", ost_op_can_convert_quantity, {"5 mg", "'g'"}, "true", OST_OK},
        {"can't convert", ost_op_can_convert_quantity, {"5 mg", "'mL'"}, "false", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_others(void **state)
{
    static const struct op_row rows[] = {
        {"interval", ost_op_to_interval, {"5"}, "Interval[5, 5]", OST_OK},
        {"list", ost_op_to_list, {"5"}, "{5}", OST_OK},
        {"list of null", ost_op_to_list, {"null"}, "{}", OST_OK},
        {"concept of a number", ost_op_to_concept, {"{5}"}, "null", OST_OK},
        {"concept of nothing", ost_op_to_concept, {"{null}"}, "Concept { codes: { } }", OST_OK},
        {"boolean", ost_op_converts_to_boolean, {"'maybe'"}, "false", OST_OK},
        {"integer", ost_op_converts_to_integer, {"'5'"}, "true", OST_OK},
        {"long", ost_op_converts_to_long, {"'x'"}, "false", OST_OK},
        {"decimal", ost_op_converts_to_decimal, {"'5.5'"}, "true", OST_OK},
        {"string", ost_op_converts_to_string, {"{1}"}, "false", OST_OK},
        {"date", ost_op_converts_to_date, {"'2014-02-30'"}, "false", OST_OK},
        {"date-time", ost_op_converts_to_date_time, {"'2014-02-28'"}, "true", OST_OK},
        {"time", ost_op_converts_to_time, {"'T25:00'"}, "false", OST_OK},
        {"quantity", ost_op_converts_to_quantity, {"'5 'mg''"}, "true", OST_OK},
        {"ratio", ost_op_converts_to_ratio, {"'5 'mg''"}, "false", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_ratio_and_concept(void **state)
{
    struct bench b;
    ost_value v, code;

    (void)state;
    bench_open(&b);
    v = test_value(b.arena, OST_STR("'10 'mg':4 'mL''"));
    v = ost_op_to_ratio(&b.call, &v, 1);
    ost_value text = ost_op_to_string(&b.call, &v, 1);
    assert_true(ost_str_is(text.string, "10 'mg':4 'mL'"));
    assert_int_equal(ost_op_to_ratio(&b.call, &v, 1).kind, OST_RATIO);
    v = ost_op_to_quantity(&b.call, &v, 1);
    assert_true(ost_str_is(v.quantity->unit, "mg/mL"));
    assert_int_equal(ost_decimal_steps(v.quantity->value) / 1000000, 250);
    code = ost_code_value(b.arena, (ost_code){.code = OST_STR("8480-6"), .display = OST_STR("x")});
    v = ost_op_to_concept(&b.call, &code, 1);
    assert_int_equal(v.kind, OST_CONCEPT);
    assert_int_equal(v.concept->count, 1);
    assert_true(ost_str_is(v.concept->codes[0].code, "8480-6"));
    assert_int_equal(ost_op_to_concept(&b.call, &v, 1).kind, OST_CONCEPT);
    v = ost_list(&code, 1);
    assert_int_equal(ost_op_to_concept(&b.call, &v, 1).concept->count, 1);
    bench_close(&b);
}

static void test_memory(void **state)
{
    static const ost_op_function functions[] = {ost_op_to_concept, ost_op_to_interval,
                                                ost_op_to_list, ost_op_to_string};
    struct bench b;

    (void)state;
    bench_open(&b);
    ost_value code = ost_code_value(b.arena, (ost_code){.code = OST_STR("c")});
    const ost_value args[] = {code, code, code, ost_integer(5)};
    for (size_t i = 0; i < OST_ARRAY_LEN(functions); i++) {
        ost_arena_fail_at(b.arena, 1);
        assert_true(ost_is_null(functions[i](&b.call, &args[i], 1)));
    }
    assert_int_equal(b.error.code, OST_E_MEMORY);
    ost_arena_fail_at(b.arena, 0);
    bench_close(&b);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_numbers), cmocka_unit_test(test_texts),
    cmocka_unit_test(test_dates),   cmocka_unit_test(test_quantities),
    cmocka_unit_test(test_others),  cmocka_unit_test(test_ratio_and_concept),
    cmocka_unit_test(test_memory),
};

OST_TEST_MAIN("op-convert", tests)
