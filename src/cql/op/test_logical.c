/* Logical and nullological truth tables, Message, errors and steps of a call. */
#include "cql/op/test_values.h"

static void test_truth_tables(void **state)
{
    static const char *const values[] = {"false", "true", "null"};
    /* ORDER values: rows are the left side, letters the right side. */
    static const struct table {
        const char *name;
        ost_op_function function;
        const char *rows[3];
    } tables[] = {
        {"and", ost_op_and, {"fff", "ftn", "fnn"}},
        {"or", ost_op_or, {"ftn", "ttt", "ntn"}},
        {"xor", ost_op_xor, {"ftn", "tfn", "nnn"}},
        {"implies", ost_op_implies, {"ttt", "ftn", "ntn"}},
    };

    (void)state;
    for (size_t t = 0; t < OST_ARRAY_LEN(tables); t++) {
        for (size_t i = 0; i < 9; i++) {
            char want = tables[t].rows[i / 3][i % 3];
            struct op_row row = {tables[t].name,
                                 tables[t].function,
                                 {values[i / 3], values[i % 3]},
                                 want == 'f'   ? "false"
                                 : want == 't' ? "true"
                                               : "null",
                                 OST_OK};
            run_op_rows(&row, 1);
        }
    }
}

static void test_null(void **state)
{
    static const struct op_row rows[] = {
        {"not true", ost_op_not, {"true"}, "false", OST_OK},
        {"not false", ost_op_not, {"false"}, "true", OST_OK},
        {"null is null", ost_op_is_null, {"null"}, "true", OST_OK},
        {"text is not null", ost_op_is_null, {"''"}, "false", OST_OK},
        {"zero is not null", ost_op_is_null, {"0"}, "false", OST_OK},
        {"true is true", ost_op_is_true, {"true"}, "true", OST_OK},
        {"false is not true", ost_op_is_true, {"false"}, "false", OST_OK},
        {"null is not true", ost_op_is_true, {"null"}, "false", OST_OK},
        {"false is false", ost_op_is_false, {"false"}, "true", OST_OK},
        {"true is not false", ost_op_is_false, {"true"}, "false", OST_OK},
        {"null is not false", ost_op_is_false, {"null"}, "false", OST_OK},
        {"coalesce, first", ost_op_coalesce, {"{'a'; null}"}, "'a'", OST_OK},
        {"coalesce, last", ost_op_coalesce, {"{null; null; 'a'}"}, "'a'", OST_OK},
        {"coalesce, empty", ost_op_coalesce, {"{}"}, "null", OST_OK},
        {"coalesce, null", ost_op_coalesce, {"null"}, "null", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_message(void **state)
{
    static const struct row {
        const char *name, *condition, *severity, *written, *result;
        ost_status status;
    } rows[] = {
        {"warning", "true", "'Warning'", "Warning 200: text\n", "1", OST_OK},
        {"no severity", "true", "null", "Message 200: text\n", "1", OST_OK},
        {"condition does not hold", "false", "'Error'", "", "1", OST_OK},
        {"condition is not known", "null", "'Error'", "", "1", OST_OK},
        {"error", "true", "'Error'", "", "null", OST_E_RUNTIME},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        struct bench b;
        bench_open(&b);
        ost_buf messages = ost_buf_init(b.arena), out = ost_buf_init(b.arena);
        b.call.messages = &messages;
        const ost_value args[] = {
            ost_integer(1), test_value(b.arena, ost_str_of(rows[i].condition)),
            ost_string(OST_STR("200")), test_value(b.arena, ost_str_of(rows[i].severity)),
            ost_string(OST_STR("text"))};
        ost_value_print(&out, ost_op_message(&b.call, args, 5));
        assert_true(ost_str_is(ost_buf_str(&out), rows[i].result));
        assert_true(ost_str_is(ost_buf_str(&messages), rows[i].written));
        assert_int_equal(b.error.code, rows[i].status);
        if (rows[i].status != OST_OK) {
            assert_string_equal(b.error.message, "200: text");
        }
        b.call.messages = NULL;
        b.error.code = OST_OK;
        (void)ost_op_message(&b.call, args, 5);
        assert_int_equal(b.error.code, rows[i].status);
        bench_close(&b);
    }
}

static void test_call(void **state)
{
    struct bench b;

    (void)state;
    bench_open(&b);
    assert_true(ost_is_null(ost_call_fail(&b.call, OST_E_RUNTIME, "first %d", 1)));
    (void)ost_call_fail(&b.call, OST_E_DATA, "second");
    assert_int_equal(b.error.code, OST_E_RUNTIME);
    assert_string_equal(b.error.message, "first 1");
    b.error.code = OST_OK;
    b.call.steps_left = 5;
    assert_true(ost_call_step(&b.call, 5));
    assert_int_equal(b.error.code, OST_OK);
    assert_false(ost_call_step(&b.call, 1));
    assert_int_equal(b.error.code, OST_E_LIMIT);
    b.call.error = NULL;
    assert_true(ost_is_null(ost_call_fail(&b.call, OST_E_RUNTIME, "nowhere")));
    bench_close(&b);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_truth_tables),
    cmocka_unit_test(test_null),
    cmocka_unit_test(test_message),
    cmocka_unit_test(test_call),
};

OST_TEST_MAIN("op-logical", tests)
