/* Equality, equivalence and order, with nulls, partial dates, ranges and units. */
#include "cql/op/test_literals.h"

#define EQ   ost_op_equal
#define SAME ost_op_equivalent
#define NONE OST_UNIT_NONE

static void test_equal(void **state)
{
    static const ost_test_row rows[] = {
        {"booleans", EQ, "true ; true", "true", NONE},
        {"booleans differ", EQ, "true ; false", "false", NONE},
        {"null is not known", EQ, "null ; null", "null", NONE},
        {"null and value", EQ, "1 ; null", "null", NONE},
        {"not equal of null", ost_op_not_equal, "1 ; null", "null", NONE},
        {"not equal", ost_op_not_equal, "1 ; 2", "true", NONE},
        {"integers", EQ, "7 ; 7", "true", NONE},
        {"longs", EQ, "7L ; 8L", "false", NONE},
        {"integer and decimal", EQ, "1 ; 1.00", "true", NONE},
        {"integer and long", EQ, "1 ; 1L", "true", NONE},
        {"scale does not count", EQ, "1.0 ; 1.00", "true", NONE},
        {"number and text", EQ, "1 ; '1'", "false", NONE},
        {"text is exact", EQ, "'a' ; 'A'", "false", NONE},
        {"dates of one precision", EQ, "@2014-01 ; @2014-01", "true", NONE},
        {"dates of two precisions", EQ, "@2014-01 ; @2014-01-05", "null", NONE},
        {"dates that differ earlier", EQ, "@2013-01 ; @2014-01-05", "false", NONE},
        {"one instant, two offsets", EQ, "@2014-01-05T10:00+01:00 ; @2014-01-05T09:00Z", "true",
         NONE},
        {"units convert", EQ, "1 'cm' ; 0.01 'm'", "true", NONE},
        {"grams and milligrams", EQ, "1 'g' ; 1000 'mg'", "true", NONE},
        {"units of two dimensions", EQ, "1 'cm' ; 1 'g'", "null", NONE},
        {"week and wk", EQ, "1 week ; 1 'wk'", "true", NONE},
        {"week and days", EQ, "1 week ; 7 days", "true", NONE},
        {"second and ms", EQ, "1 second ; 1000 'ms'", "true", NONE},
        {"month and mo", EQ, "1 month ; 1 'mo'", "null", NONE},
        {"year and a", EQ, "1 year ; 1 'a'", "null", NONE},
        {"year and days", EQ, "1 year ; 365 days", "null", NONE},
        {"year and months", EQ, "1 year ; 12 months", "true", NONE},
        {"ratios", EQ, "1 'cm':2 'cm' ; 1 'cm':2 'cm'", "true", NONE},
        {"ratios are not reduced", EQ, "1 'cm':2 'cm' ; 2 'cm':4 'cm'", "false", NONE},
        {"a range and a number in it", EQ, "about 4 to 5 ; 5", "null", NONE},
        {"a range and a number outside", EQ, "about 4 to 5 ; 6", "false", NONE},
        {"two ranges", EQ, "about 4 to 5 ; about 5 to 9", "null", NONE},
        {"two ranges apart", EQ, "about 4 to 5 ; about 6 to 9", "false", NONE},
        {"codes with display", EQ, "Code{'s' 'c' 'd'} ; Code{'s' 'c' 'd'}", "true", NONE},
        {"codes, one without display", EQ, "Code{'s' 'c' 'd'} ; Code{'s' 'c'}", "null", NONE},
        {"other code", EQ, "Code{'s' 'c'} ; Code{'s' 'e'}", "false", NONE},
        {"concepts", EQ,
         "Concept{Code{'s' 'a'}, Code{'s' 'b'}} ; Concept{Code{'s' 'a'}, Code{'s' 'b'}}", "true",
         NONE},
        {"concepts in another order", EQ,
         "Concept{Code{'s' 'a'}, Code{'s' 'b'}} ; Concept{Code{'s' 'b'}, Code{'s' 'a'}}", "false",
         NONE},
        {"concept with fewer codes", EQ, "Concept{Code{'s' 'a'}} ; Concept{}", "false", NONE},
        {"ends of two units", EQ, "Interval[null, 5 'g'] ; Interval[null, 5000 'mg']", "true",
         NONE},
        {"empty lists", EQ, "{} ; {}", "true", NONE},
        {"null elements", EQ, "{null} ; {null}", "true", NONE},
        {"null element and value", EQ, "{1, null} ; {1, 2}", "null", NONE},
        {"lengths", EQ, "{1, null} ; {1}", "false", NONE},
        {"kinds of elements", EQ, "{1} ; {'1'}", "false", NONE},
        {"first difference decides", EQ, "{1, null} ; {2, 2}", "false", NONE},
        {"tuples with nulls", EQ, "Tuple{A: null, B: 'x'} ; Tuple{A: null, B: 'x'}", "true", NONE},
        {"tuple, null first", EQ, "Tuple{A: null, B: 'x'} ; Tuple{A: 1, B: 'y'}", "null", NONE},
        {"tuple, difference first", EQ, "Tuple{A: 1, B: 'x'} ; Tuple{A: 2, B: null}", "false",
         NONE},
        {"other elements", EQ, "Tuple{A: 1} ; Tuple{B: 1}", "false", NONE},
        {"more elements", EQ, "Tuple{A: 1} ; Tuple{A: 1, B: 1}", "false", NONE},
        {"intervals", EQ, "Interval[1, 10] ; Interval[1, 10]", "true", NONE},
        {"open and closed", EQ, "Interval[1, 10] ; Interval(0, 11)", "true", NONE},
        {"intervals differ", EQ, "Interval[1, 10] ; Interval[1, 9]", "false", NONE},
        {"unknown end", EQ, "Interval[1, null) ; Interval[1, null)", "null", NONE},
        {"unknown end, other start", EQ, "Interval[1, null) ; Interval[2, null)", "false", NONE},
        {"unknown end that can't be", EQ, "Interval[5, null) ; Interval[1, 4]", "false", NONE},
        {"open end of the type", EQ, "Interval[1, null] ; Interval[1, null]", "true", NONE},
        {"end of the type", EQ, "Interval[1, null] ; Interval[1, 2147483647]", "true", NONE},
        {"no type", EQ, "Interval[null, null] ; Interval[1, 2]", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_equivalent(void **state)
{
    static const ost_test_row rows[] = {
        {"nulls", SAME, "null ; null", "true", NONE},
        {"null and value", SAME, "1 ; null", "false", NONE},
        {"negated", ost_op_not_equivalent, "1 ; null", "true", NONE},
        {"case", SAME, "'Abel' ; 'aBEL'", "true", NONE},
        {"case beyond ASCII", SAME, "'\xc3\x84rztin' ; '\xc3\xa4RZTIN'", "true", NONE},
        {"kinds of white space", SAME,
         "'a\tb' ; 'a\xc2\xa0"
         "b'",
         "true", NONE},
        {"a prefix", SAME, "'ab' ; 'a'", "false", NONE},
        {"coarser decimal decides", SAME, "1.5 ; 1.55", "false", NONE},
        {"rounded to the coarser", SAME, "1.6 ; 1.55", "true", NONE},
        {"trailing zeros are no precision", SAME, "1.001 ; 1.000", "true", NONE},
        {"integer and decimal", SAME, "2 ; 2.0", "true", NONE},
        {"dates of two precisions", SAME, "@2014 ; @2014-01", "false", NONE},
        {"units", SAME, "1 'g' ; 1000 'mg'", "true", NONE},
        {"dimensions", SAME, "1 'g' ; 1 'cm'", "false", NONE},
        {"month and mo", SAME, "1 month ; 1 'mo'", "true", NONE},
        {"a and year", SAME, "1 'a' ; 1 year", "true", NONE},
        {"year and months", SAME, "1 year ; 12 months", "true", NONE},
        {"year and days", SAME, "1 year ; 365 days", "true", NONE},
        {"days and month", SAME, "30 days ; 1 month", "true", NONE},
        {"days and two months", SAME, "30 days ; 2 months", "false", NONE},
        {"ratios are reduced", SAME, "1 'mg':2 'mL' ; 0.5 'g':1 'L'", "true", NONE},
        {"other ratio", SAME, "1 'mg':2 'mL' ; 1 'mg':3 'mL'", "false", NONE},
        {"display is ignored", SAME, "Code{'s' 'c' 'd'} ; Code{'s' 'c'}", "true", NONE},
        {"system counts", SAME, "Code{'s' 'c'} ; Code{'t' 'c'}", "false", NONE},
        {"a common code", SAME, "Concept{Code{'s' 'a'}, Code{'s' 'b'}} ; Concept{Code{'s' 'b'}}",
         "true", NONE},
        {"no common code", SAME, "Concept{Code{'s' 'a'}} ; Concept{Code{'s' 'b'}}", "false", NONE},
        {"code and concept", SAME, "Code{'s' 'b'} ; Concept{Code{'s' 'a'}, Code{'s' 'b'}}", "true",
         NONE},
        {"concept and code", SAME, "Concept{Code{'s' 'a'}} ; Code{'s' 'b'}", "false", NONE},
        {"null elements", SAME, "{1, null} ; {1, null}", "true", NONE},
        {"null element and value", SAME, "{1, null} ; {1, 2}", "false", NONE},
        {"concepts without codes", SAME, "Concept{} ; Concept{}", "true", NONE},
        {"ratio of another dimension", SAME, "1 'mg':2 'mL' ; 1 'mg':2 'cm'", "false", NONE},
        {"other element names", SAME, "Tuple{A: 1} ; Tuple{B: 1}", "false", NONE},
        {"more elements", SAME, "Tuple{A: 1} ; Tuple{A: 1, B: 1}", "false", NONE},
        {"year and grams", SAME, "1 year ; 1 'g'", "false", NONE},
        {"lengths", SAME, "{1} ; {1, 1}", "false", NONE},
        {"tuples", SAME, "Tuple{A: 'x', B: null} ; Tuple{A: 'X', B: null}", "true", NONE},
        {"tuples differ", SAME, "Tuple{A: 1} ; Tuple{A: 2}", "false", NONE},
        {"intervals", SAME, "Interval[1, 10] ; Interval(0, 11)", "true", NONE},
        {"unknown ends", SAME, "Interval[1, null) ; Interval[1, null)", "true", NONE},
        {"ranges", SAME, "about 4 to 5 ; about 4 to 5", "true", NONE},
        {"range and interval", SAME, "about 4 to 5 ; Interval[4, 5]", "true", NONE},
        {"range and number", SAME, "about 4 to 5 ; 4", "false", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_order(void **state)
{
    static const ost_test_row rows[] = {
        {"less", ost_op_less, "1 ; 2", "true", NONE},
        {"not less than itself", ost_op_less, "2 ; 2", "false", NONE},
        {"at most itself", ost_op_less_or_equal, "2 ; 2", "true", NONE},
        {"null", ost_op_less, "null ; 2", "null", NONE},
        {"longs", ost_op_less, "-30L ; -20L", "true", NONE},
        {"mixed numbers", ost_op_greater, "1.5 ; 1", "true", NONE},
        {"texts by code point", ost_op_less, "'Jack' ; 'Jill'", "true", NONE},
        {"a prefix is less", ost_op_less, "'a' ; 'aa'", "true", NONE},
        {"texts, upper case first", ost_op_greater, "'a' ; 'Z'", "true", NONE},
        {"metres and centimetres", ost_op_greater, "1 'm' ; 10 'cm'", "true", NONE},
        {"no common dimension", ost_op_greater_or_equal, "1 'm' ; 1 'g'", "null", NONE},
        {"years and months", ost_op_less, "1 year ; 13 months", "true", NONE},
        {"year and days", ost_op_less, "1 year ; 3000 days", "null", NONE},
        {"date not precise enough", ost_op_greater, "@2014 ; @2014-02-15", "null", NONE},
        {"date precise enough", ost_op_greater, "@2015 ; @2014-02-15", "true", NONE},
        {"times", ost_op_less_or_equal, "@T10:00:00.002 ; @T10:00:00.001", "false", NONE},
        {"range below", ost_op_less, "about 6 to 18 ; 24", "true", NONE},
        {"range above", ost_op_greater, "about 6 to 18 ; 5", "true", NONE},
        {"range may be above", ost_op_greater, "about 1 to 13 ; 5", "null", NONE},
        {"range never above", ost_op_greater, "about 6 to 18 ; 18", "false", NONE},
        {"range at most its end", ost_op_less_or_equal, "about 4 to 5 ; 5", "true", NONE},
        {"number at least its start", ost_op_greater_or_equal, "4 ; about 4 to 5", "null", NONE},
        {"number at least its end", ost_op_greater_or_equal, "5 ; about 4 to 5", "true", NONE},
        {"number below its start", ost_op_greater_or_equal, "3 ; about 4 to 5", "false", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void assert_read(ost_test_call *t, ost_value got, const char *want)
{
    assert_true(ost_equivalent(&t->call, got, ost_test_read(t, want)));
}

static void test_range(void **state)
{
    static const struct row {
        const char *value, *next, *previous;
    } rows[] = {
        {"1", "2", "0"},
        {"2147483647", "null", "2147483646"},
        {"-5L", "-4L", "-6L"},
        {"1.0", "1.00000001", "0.99999999"},
        {"1.01 'cm'", "1.01000001 'cm'", "1.00999999 'cm'"},
        {"@2000-01-01", "@2000-01-02", "@1999-12-31"},
        {"@9999-12-31T23:59:59.999", "null", "@9999-12-31T23:59:59.998"},
        {"@T00:00:00.000", "@T00:00:00.001", "null"},
        {"about 4 to 5", "about 5 to 6", "about 3 to 4"},
        {"'a'", "null", "null"},
        {"null", "null", "null"},
    };
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value v = ost_test_read(&t, rows[i].value);
        assert_read(&t, ost_successor(&t.call, v), rows[i].next);
        assert_read(&t, ost_predecessor(&t.call, v), rows[i].previous);
    }
    assert_read(&t, ost_minimum_of(&t.call, OST_INTEGER), "-2147483648");
    assert_read(&t, ost_minimum_of(&t.call, OST_DATETIME), "@0001-01-01T00:00:00.000");
    assert_read(&t, ost_maximum_of(&t.call, OST_DATETIME), "@9999-12-31T23:59:59.999");
    assert_read(&t, ost_maximum_of(&t.call, OST_DATE), "@9999-12-31");
    assert_read(&t, ost_minimum_of(&t.call, OST_TIME), "@T00:00:00.000");
    assert_read(&t, ost_maximum_of(&t.call, OST_TIME), "@T23:59:59.999");
    assert_int_equal(ost_minimum_of(&t.call, OST_STRING).kind, OST_NULL);
    for (int kind = OST_INTEGER; kind <= OST_DECIMAL; kind++) {
        assert_int_equal(ost_successor(&t.call, ost_maximum_of(&t.call, (ost_kind)kind)).kind,
                         OST_NULL);
        assert_int_equal(ost_predecessor(&t.call, ost_minimum_of(&t.call, (ost_kind)kind)).kind,
                         OST_NULL);
    }
    ost_test_call_done(&t);
}

/* A long comparison ends at the limit of steps, with an error and not with an answer. */
static void test_limit(void **state)
{
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    ost_value args[] = {ost_test_read(&t, "{1, 2, 3, 4}"), ost_test_read(&t, "{1, 2, 3, 4}")};
    t.call.steps_left = 4;
    assert_int_equal(ost_op_equal(&t.call, args, 2).kind, OST_BOOLEAN);
    t.call.steps_left = 3;
    assert_int_equal(ost_op_equal(&t.call, args, 2).kind, OST_NULL);
    assert_int_equal(t.error.code, OST_E_LIMIT);
    ost_test_call_done(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_equal), cmocka_unit_test(test_equivalent), cmocka_unit_test(test_order),
    cmocka_unit_test(test_range), cmocka_unit_test(test_limit),
};
OST_TEST_MAIN("op-compare", tests)
