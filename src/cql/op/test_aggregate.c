/* Aggregates: the published suite (CqlAggregateFunctionsTest), nulls, units, limits. */
#include "cql/op/test_values.h"

static void test_counts(void **state)
{
    static const struct op_row rows[] = {
        {"all true", ost_op_all_true, {"{true; true}"}, "true", OST_OK},
        {"all true, one false", ost_op_all_true, {"{true; false; true}"}, "false", OST_OK},
        {"all true, null", ost_op_all_true, {"{null; true}"}, "true", OST_OK},
        {"all true, empty", ost_op_all_true, {"{}"}, "true", OST_OK},
        {"all true of null", ost_op_all_true, {"null"}, "true", OST_OK},
        {"any true", ost_op_any_true, {"{false; true}"}, "true", OST_OK},
        {"any true, none", ost_op_any_true, {"{null; false}"}, "false", OST_OK},
        {"any true, empty", ost_op_any_true, {"{}"}, "false", OST_OK},
        {"any true of null", ost_op_any_true, {"null"}, "false", OST_OK},
        {"count", ost_op_count, {"{15; 5; 99; null; 1}"}, "4", OST_OK},
        {"count, empty", ost_op_count, {"{}"}, "0", OST_OK},
        {"count of null", ost_op_count, {"null"}, "0", OST_OK},
        {"sum", ost_op_sum, {"{6.0; 2.0; 3.0; 4.0; 5.0}"}, "20.0", OST_OK},
        {"sum of longs", ost_op_sum, {"{6L; 2L; 3L}"}, "11L", OST_OK},
        {"sum of quantities", ost_op_sum, {"{1 ml; 2 ml; 3 ml}"}, "6 'ml'", OST_OK},
        {"sum over units", ost_op_sum, {"{1 g; 2 mg}"}, "1002 'mg'", OST_OK},
        {"sum of wrong units", ost_op_sum, {"{1 g; 2 mL}"}, "null", OST_OK},
        {"sum with nulls", ost_op_sum, {"{null; 1; null}"}, "1", OST_OK},
        {"sum of nulls", ost_op_sum, {"{null; null}"}, "null", OST_OK},
        {"sum overflow", ost_op_sum, {"{2147483647; 1}"}, "null", OST_OK},
        {"product", ost_op_product, {"{5L; 4L; 5L}"}, "100L", OST_OK},
        {"product of decimals", ost_op_product, {"{0.5; 0.5}"}, "0.25", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_extremes(void **state)
{
    static const struct op_row rows[] = {
        {"max", ost_op_max, {"{5; 12; 1; 15; 0; 4; 90; 44}"}, "90", OST_OK},
        {"max of strings", ost_op_max, {"{'hi'; 'bye'; 'zebra'}"}, "'zebra'", OST_OK},
        {"max of dates",
         ost_op_max,
         {"{@2012-10-05T; @2012-09-05T; @2012-10-06T}"},
         "@2012-10-06T",
         OST_OK},
        {"max of partial dates", ost_op_max, {"{@2012-10-05; @2012}"}, "null", OST_OK},
        {"max over units", ost_op_max, {"{1 g; 1001 mg}"}, "1001 'mg'", OST_OK},
        {"max of wrong units", ost_op_max, {"{1 g; 1001 mL}"}, "null", OST_OK},
        {"min", ost_op_min, {"{5L; 12L; null; 0L}"}, "0L", OST_OK},
        {"min of times",
         ost_op_min,
         {"{@T15:59:59.999; @T05:59:59.999}"},
         "@T05:59:59.999",
         OST_OK},
        {"min of nothing", ost_op_min, {"{}"}, "null", OST_OK},
        {"mode", ost_op_mode, {"{2; 1; 8; 2; 9; 1; 9; 9}"}, "9", OST_OK},
        {"mode of dates",
         ost_op_mode,
         {"{@2012-10-05T; @2012-09-05T; @2012-10-06T; @2012-09-05T}"},
         "@2012-09-05T",
         OST_OK},
        {"mode of several", ost_op_mode, {"{3; 2; 2; 3}"}, "2", OST_OK},
        {"mode of several, other order", ost_op_mode, {"{2; 3; 3; 2}"}, "2", OST_OK},
        {"mode of nothing", ost_op_mode, {"{null}"}, "null", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_statistics(void **state)
{
    static const struct op_row rows[] = {
        {"avg", ost_op_avg, {"{1.0; 2.0; 3.0; 6.0}"}, "3.0", OST_OK},
        {"avg rounds half away", ost_op_avg, {"{0.00000001; 0.00000002}"}, "0.00000002", OST_OK},
        {"avg at the limit",
         ost_op_avg,
         {"{99999999999999999999.99999999; 99999999999999999999.99999999}"},
         "99999999999999999999.99999999",
         OST_OK},
        {"avg of quantities", ost_op_avg, {"{1 g; 500 mg; null}"}, "0.75 'g'", OST_OK},
        {"avg of wrong units", ost_op_avg, {"{1 g; 500 mL}"}, "null", OST_OK},
        {"avg of nothing", ost_op_avg, {"{}"}, "null", OST_OK},
        {"median, even", ost_op_median, {"{6.0; 5.0; 4.0; 3.0; 2.0; 1.0}"}, "3.5", OST_OK},
        {"median, odd", ost_op_median, {"{6.0; 1.0; 4.0}"}, "4.0", OST_OK},
        {"median of one", ost_op_median, {"{6.0}"}, "6.0", OST_OK},
        {"median of quantities", ost_op_median, {"{2 g; 500 mg; 1 g}"}, "1.0 'g'", OST_OK},
        {"variance", ost_op_variance, {"{1.0; 2.0; 3.0; 4.0; 5.0}"}, "2.5", OST_OK},
        {"variance of one", ost_op_variance, {"{1.0}"}, "null", OST_OK},
        {"variance of quantities", ost_op_variance, {"{1 g; 2 g; 3 g}"}, "1 'g2'", OST_OK},
        {"variance overflow",
         ost_op_variance,
         {"{99999999999999999999.99999999; -99999999999999999999.99999999}"},
         "null",
         OST_OK},
        {"population variance",
         ost_op_population_variance,
         {"{1.0; 2.0; 3.0; 4.0; 5.0}"},
         "2.0",
         OST_OK},
        {"population variance of one", ost_op_population_variance, {"{1.0}"}, "0.0", OST_OK},
        {"population variance of nulls",
         ost_op_population_variance,
         {"{null; null}"},
         "null",
         OST_OK},
        {"deviation", ost_op_std_dev, {"{1.0; 2.0; 3.0; 4.0; 5.0}"}, "1.58113883", OST_OK},
        {"deviation, rounded up", ost_op_std_dev, {"{1.0; 2.0; 5.0}"}, "2.081666", OST_OK},
        {"deviation of a number", ost_op_std_dev, {"3.0"}, "null", OST_OK},
        {"deviation of texts", ost_op_std_dev, {"{'a'; 'b'}"}, "null", OST_OK},
        {"deviation of nulls", ost_op_std_dev, {"{null; null}"}, "null", OST_OK},
        {"deviation of quantities", ost_op_std_dev, {"{1 g; 2000 mg; 3 g}"}, "1 'g'", OST_OK},
        {"deviation, large",
         ost_op_population_std_dev,
         {"{99999999999999999999.99999999; -99999999999999999999.99999999}"},
         "99999999999999999999.99999999",
         OST_OK},
        {"population deviation",
         ost_op_population_std_dev,
         {"{1.0; 2.0; 3.0; 4.0; 5.0}"},
         "1.41421356",
         OST_OK},
        {"geometric mean", ost_op_geometric_mean, {"{2.0; 8.0}"}, "4.0", OST_OK},
        {"geometric mean, large",
         ost_op_geometric_mean,
         {"{10000000000000000000.0; 10000000000000000000.0; 0.1}"},
         "2154434690031.88372176",
         OST_OK},
        {"geometric mean of zero", ost_op_geometric_mean, {"{2.0; 0.0}"}, "0.0", OST_OK},
        {"geometric mean of minus", ost_op_geometric_mean, {"{2.0; -1.0}"}, "null", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_step_limit(void **state)
{
    struct bench b;
    ost_value list;

    (void)state;
    bench_open(&b);
    list = test_value(b.arena, OST_STR("{1.0; 2.0; 3.0}"));
    b.call.steps_left = 2;
    assert_true(ost_is_null(ost_op_avg(&b.call, &list, 1)));
    assert_int_equal(b.error.code, OST_E_LIMIT);
    bench_close(&b);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_counts),
    cmocka_unit_test(test_extremes),
    cmocka_unit_test(test_statistics),
    cmocka_unit_test(test_step_limit),
};

OST_TEST_MAIN("op-aggregate", tests)
