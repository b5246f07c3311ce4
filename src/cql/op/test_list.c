/* Lists: membership, sets, parts. */
#include "cql/op/test_literals.h"

#include "cql/op/list_detail.h"

#define NONE OST_UNIT_NONE

static void test_membership(void **state)
{
    static const ost_test_row rows[] = {
        {"contains", ost_op_contains, "{'a', 'b'} ; 'a'", "true", NONE},
        {"null is not a value", ost_op_contains, "{null, 'b'} ; 'a'", "false", NONE},
        {"null is in", ost_op_contains, "{'a', null} ; null", "true", NONE},
        {"null is not in", ost_op_in, "null ; {}", "false", NONE},
        {"null list", ost_op_in, "1 ; null", "false", NONE},
        {"by value", ost_op_in, "1.0 ; {3, 1}", "true", NONE},
        {"by unit", ost_op_in, "1 'g' ; {5 'cm', 1000 'mg'}", "true", NONE},
        {"date not precise enough", ost_op_in, "@2012 ; {@2012-05-01}", "null", NONE},
        {"date found anyway", ost_op_in, "@2012 ; {@2012-05-01, @2012}", "true", NONE},
        {"date of another year", ost_op_in, "@2012 ; {@2013-05-01}", "false", NONE},
        {"proper", ost_op_proper_contains, "{'a', 'b'} ; 'a'", "true", NONE},
        {"proper, only itself", ost_op_proper_contains, "{'a', 'a'} ; 'a'", "false", NONE},
        {"proper, and a null", ost_op_proper_contains, "{'a', null} ; 'a'", "null", NONE},
        {"proper null", ost_op_proper_in, "null ; {'s', null}", "true", NONE},
        {"proper, only null", ost_op_proper_in, "null ; {null, null}", "false", NONE},
        {"proper, null list", ost_op_proper_in, "'a' ; null", "false", NONE},
        {"proper, not precise enough", ost_op_proper_contains,
         "{@T15:59:59.999, @T20:59:49.999} ; @T15:59:59", "null", NONE},
        {"includes nothing", ost_op_includes, "{1, 2} ; {}", "true", NONE},
        {"includes null", ost_op_includes, "{null} ; {null}", "true", NONE},
        {"does not include", ost_op_includes, "{1, 2} ; {2, 4}", "false", NONE},
        {"null left", ost_op_includes, "null ; {2}", "null", NONE},
        {"included in", ost_op_included_in, "{2} ; {1, 2}", "true", NONE},
        {"null right", ost_op_included_in, "{2} ; null", "null", NONE},
        {"properly, the same", ost_op_proper_includes, "{1, 2} ; {2, 1}", "false", NONE},
        {"properly, twice the same", ost_op_proper_includes, "{1, 1} ; {1}", "false", NONE},
        {"properly", ost_op_proper_included_in, "{2} ; {1, 2, 2}", "true", NONE},
        {"index", ost_op_index_of, "{1, 2, 2} ; 2", "1", NONE},
        {"no index", ost_op_index_of, "{1, 2} ; 3", "-1", NONE},
        {"index of null", ost_op_index_of, "{1, null} ; null", "null", NONE},
        {"index in null", ost_op_index_of, "null ; 1", "null", NONE},
        {"index after an unknown", ost_op_index_of, "{@2012-05, @2012} ; @2012", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_sets(void **state)
{
    static const ost_test_row rows[] = {
        {"distinct", ost_op_distinct, "{3, 1, 3, 2, 1}", "{3, 1, 2}", NONE},
        {"distinct nulls", ost_op_distinct, "{null, 'a', null, 'a'}", "{null, 'a'}", NONE},
        {"distinct by value", ost_op_distinct, "{1, 1.0, 1L, 1.00}", "{1}", NONE},
        {"distinct by unit", ost_op_distinct, "{1 'g', 1000 'mg', 1 'mg'}", "{1 'g', 1 'mg'}",
         NONE},
        {"distinct by instant", ost_op_distinct,
         "{@2014-01-05T00:30:00.000+01:00, @2014-01-04T23:30:00.000Z}",
         "{@2014-01-05T00:30:00.000+01:00}", NONE},
        {"distinct, not known to be equal", ost_op_distinct, "{@2014, @2014-01}",
         "{@2014, @2014-01}", NONE},
        {"distinct lists", ost_op_distinct, "{{1, null}, {1.0, null}, {1}}", "{{1, null}, {1}}",
         NONE},
        {"distinct tuples", ost_op_distinct, "{Tuple{A: 1}, Tuple{A: 1.0}}", "{Tuple{A: 1}}", NONE},
        {"distinct intervals", ost_op_distinct, "{Interval[1, 2], Interval(0, 3)}",
         "{Interval[1, 2]}", NONE},
        {"distinct codes", ost_op_distinct, "{Code{'s' 'a'}, Code{'t' 'a'}, Code{'s' 'a'}}",
         "{Code{'s' 'a'}, Code{'t' 'a'}}", NONE},
        {"distinct concepts", ost_op_distinct, "{Concept{Code{'s' 'a'}}, Concept{Code{'s' 'a'}}}",
         "{Concept{Code{'s' 'a'}}}", NONE},
        {"distinct booleans", ost_op_distinct, "{true, false, true}", "{true, false}", NONE},
        {"distinct times", ost_op_distinct, "{@T10, @T10:00, @T10}", "{@T10, @T10:00}", NONE},
        {"distinct months", ost_op_distinct, "{@2014-01, @2014-02, @2014-01}",
         "{@2014-01, @2014-02}", NONE},
        {"distinct ratios", ost_op_distinct, "{1 'g':2 'L', 1000 'mg':2 'L'}", "{1 'g':2 'L'}",
         NONE},
        {"null", ost_op_distinct, "null", "null", NONE},
        {"union", ost_op_union, "{1, 2, 2} ; {3, 1}", "{1, 2, 3}", NONE},
        {"union of nulls in lists", ost_op_union, "{null} ; {null}", "{null}", NONE},
        {"union with null", ost_op_union, "{1, 1} ; null", "{1}", NONE},
        {"null with union", ost_op_union, "null ; {1}", "{1}", NONE},
        {"union of nulls", ost_op_union, "null ; null", "null", NONE},
        {"intersect", ost_op_intersect, "{4, 2, 3, 2} ; {2, 3, 5}", "{2, 3}", NONE},
        {"intersect nulls", ost_op_intersect, "{1, null} ; {null}", "{null}", NONE},
        {"intersect null", ost_op_intersect, "{1} ; null", "null", NONE},
        {"except", ost_op_except, "{1, 4, 4, 2} ; {2}", "{1, 4}", NONE},
        {"except null", ost_op_except, "{1, 4} ; null", "{1, 4}", NONE},
        {"null except", ost_op_except, "null ; {1}", "null", NONE},
        {"flatten", ost_op_flatten, "{{1, 2}, {}, {null}, {3}}", "{1, 2, null, 3}", NONE},
        {"flatten null lists", ost_op_flatten, "{{1}, null}", "{1}", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_parts(void **state)
{
    static const ost_test_row rows[] = {
        {"exists", ost_op_exists, "{null, 1}", "true", NONE},
        {"only nulls", ost_op_exists, "{null}", "false", NONE},
        {"no list", ost_op_exists, "null", "false", NONE},
        {"first", ost_op_first, "{1, 2}", "1", NONE},
        {"first null", ost_op_first, "{null, 2}", "null", NONE},
        {"first of none", ost_op_first, "{}", "null", NONE},
        {"last", ost_op_last, "{1, 2}", "2", NONE},
        {"last of none", ost_op_last, "{}", "null", NONE},
        {"single", ost_op_singleton_from, "{1}", "1", NONE},
        {"single of none", ost_op_singleton_from, "{}", "null", NONE},
        {"single of two", ost_op_singleton_from, "{1, 2}", "error", NONE},
        {"skip", ost_op_skip, "{1, 2, 3} ; 2", "{3}", NONE},
        {"skip more than all", ost_op_skip, "{1, 2, 3} ; 7", "{}", NONE},
        {"skip a negative number", ost_op_skip, "{1, 2, 3} ; -1", "{}", NONE},
        {"skip null", ost_op_skip, "{1, 2, 3} ; null", "{1, 2, 3}", NONE},
        {"skip in null", ost_op_skip, "null ; 1", "null", NONE},
        {"tail", ost_op_tail, "{1, 2, 3}", "{2, 3}", NONE},
        {"tail of one", ost_op_tail, "{1}", "{}", NONE},
        {"tail of none", ost_op_tail, "{}", "{}", NONE},
        {"take", ost_op_take, "{1, 2, 3} ; 2", "{1, 2}", NONE},
        {"take too many", ost_op_take, "{1, 2, 3} ; 9", "{1, 2, 3}", NONE},
        {"take a negative number", ost_op_take, "{1, 2, 3} ; -1", "{}", NONE},
        {"take null", ost_op_take, "{1, 2, 3} ; null", "{}", NONE},
        {"slice", ost_op_slice, "{1, 2, 3, 4, 5} ; 1 ; 3", "{2, 3}", NONE},
        {"slice to the end", ost_op_slice, "{1, 2, 3} ; 1", "{2, 3}", NONE},
        {"slice all", ost_op_slice, "{1, 2, 3}", "{1, 2, 3}", NONE},
        {"slice from the back", ost_op_slice, "{1, 2, 3} ; -2", "{2, 3}", NONE},
        {"slice to the back", ost_op_slice, "{1, 2, 3, 4} ; 1 ; -1", "{2, 3}", NONE},
        {"slice from far back", ost_op_slice, "{1, 2} ; -9 ; 1", "{1}", NONE},
        {"slice past the end", ost_op_slice, "{1, 2} ; 2", "{}", NONE},
        {"slice backwards", ost_op_slice, "{1, 2, 3} ; 2 ; 1", "{}", NONE},
        {"slice null", ost_op_slice, "null", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

/* Many values: time in proportion, and the limits are kept. */
static void test_many(void **state)
{
    enum { MANY = 20000 };
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    ost_value *items = ost_arena_array(t.call.arena, MANY, sizeof *items);
    assert_non_null(items);
    for (int32_t i = 0; i < MANY; i++) {
        items[i] = ost_integer(i % (MANY / 2));
    }
    ost_value list = ost_list(items, MANY);
    ost_value got = ost_op_distinct(&t.call, &list, 1);
    assert_int_equal(got.kind, OST_LIST);
    assert_int_equal(got.list.count, MANY / 2);
    assert_int_equal(got.list.items[MANY / 2 - 1].integer, MANY / 2 - 1);

    t.call.steps_left = 100;
    assert_int_equal(ost_op_distinct(&t.call, &list, 1).kind, OST_NULL);
    assert_int_equal(t.error.code, OST_E_LIMIT);
    ost_test_call_done(&t);
}

static void test_memory(void **state)
{
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    ost_value args[] = {ost_test_read(&t, "{1, 2, 3}"), ost_test_read(&t, "{2, 3, 4}")};
    for (size_t n = 1; n <= 4; n++) {
        t.error.code = OST_OK;
        ost_arena_fail_at(t.call.arena, n);
        ost_value got = ost_op_union(&t.call, args, 2);
        ost_arena_fail_at(t.call.arena, 0);
        assert_true(ost_is_null(got) == (t.error.code != OST_OK));
        assert_true(n > 1 || t.error.code == OST_E_MEMORY);
    }
    ost_test_call_done(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_membership), cmocka_unit_test(test_sets),   cmocka_unit_test(test_parts),
    cmocka_unit_test(test_many),       cmocka_unit_test(test_memory),
};
OST_TEST_MAIN("op-list", tests)
