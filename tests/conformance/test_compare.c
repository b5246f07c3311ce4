/* The runner's comparison: literal, value, same or not. Values are made by hand, not by the
 * engine. */
#include "compare.h"

#include "base/test.h"

enum { REQUEST_OFFSET = 120 };

static ost_decimal decimal(const char *text)
{
    ost_decimal d;
    assert_true(ost_decimal_parse(ost_str_of(text), false, false, &d));
    return d;
}

static bool same(ost_arena *arena, const char *expected, ost_value value)
{
    ost_diagnostics diagnostics = {.arena = arena};
    const ost_ast *node =
        ost_cql_parse_expression(arena, OST_STR("test"), ost_str_of(expected), &diagnostics);
    assert_non_null(node);
    return compare_value(arena, node, value, REQUEST_OFFSET, false);
}

static void numbers(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    assert_true(same(arena, "1", ost_integer(1)));
    assert_false(same(arena, "1", ost_integer(-1)));
    assert_true(same(arena, "-1", ost_integer(-1)));
    assert_false(same(arena, "1", ost_long(1)));
    assert_false(same(arena, "1", ost_decimal_value(decimal("1.0"))));
    assert_false(same(arena, "1.0", ost_integer(1)));
    assert_true(same(arena, "1.0", ost_decimal_value(decimal("1.00"))));
    assert_true(same(arena, "-1.5", ost_decimal_value(decimal("-1.5"))));
    assert_false(same(arena, "1.5", ost_decimal_value(decimal("1.50000001"))));
    assert_true(same(arena, "-2147483648", ost_integer(INT32_MIN)));
    assert_true(same(arena, "-9223372036854775808L", ost_long(INT64_MIN)));
    assert_true(same(arena, "9223372036854775807L", ost_long(INT64_MAX)));
    assert_true(same(arena, "5 'mg'", ost_quantity_value(arena, decimal("5.0"), OST_STR("mg"))));
    assert_false(same(arena, "5 'mg'", ost_quantity_value(arena, decimal("5"), OST_STR("g"))));
    assert_false(same(arena, "5 'mg'", ost_integer(5)));
    assert_true(same(arena, "2 years", ost_quantity_value(arena, decimal("2"), OST_STR("year"))));
    assert_false(same(arena, "2 'a'", ost_quantity_value(arena, decimal("2"), OST_STR("year"))));
    assert_true(same(arena, "5 '1'", ost_quantity_value(arena, decimal("5"), OST_STR(""))));
    assert_true(same(arena, "0.123456789 'g'",
                     ost_quantity_value(arena, decimal("0.12345679"), OST_STR("g"))));
    assert_false(same(arena, "0.123456789", ost_decimal_value(decimal("0.12345679"))));
    assert_true(same(arena, "-5 'mg'", ost_quantity_value(arena, decimal("-5"), OST_STR("mg"))));
    ost_arena_free(arena);
}

static void simple_values(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    assert_true(same(arena, "null", ost_null()));
    assert_false(same(arena, "null", ost_boolean(false)));
    assert_false(same(arena, "false", ost_null()));
    assert_true(same(arena, "true", ost_boolean(true)));
    assert_false(same(arena, "true", ost_boolean(false)));
    assert_true(same(arena, "'a'", ost_string(OST_STR("a"))));
    assert_false(same(arena, "'a'", ost_string(OST_STR("A"))));
    assert_false(same(arena, "1 + 1", ost_integer(2)));
    ost_arena_free(arena);
}

static ost_value when(const char *text, ost_kind kind)
{
    ost_when w;
    assert_true(ost_when_parse(ost_str_of(text), (int)kind, &w));
    return ost_when_value(kind, w);
}

static void dates(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    static const struct row {
        const char *expected, *value;
        ost_kind kind;
        bool same;
    } rows[] = {
        {"@2014-01", "2014-01", OST_DATE, true},
        {"@2014-01", "2014-01-01", OST_DATE, false},
        {"@2014-01-01", "2014-01-02", OST_DATE, false},
        {"@2014-01-01T", "2014-01-01", OST_DATE, false},
        {"@2014T", "2014T", OST_DATETIME, true},
        {"@2014-01-01T10", "2014-01-01T10", OST_DATETIME, true},
        {"@2014-01-01T10:00", "2014-01-01T10:00+02:00", OST_DATETIME, true},
        {"@2014-01-01T10:00", "2014-01-01T10:00+01:00", OST_DATETIME, false},
        {"@2014-01-01T10:00+01:00", "2014-01-01T10:00+01:00", OST_DATETIME, true},
        {"@2014-01-01T10:00:00.1", "2014-01-01T10:00:00.100", OST_DATETIME, true},
        {"@2014-01-01T10:00:00", "2014-01-01T10:00:00.000", OST_DATETIME, false},
        {"@T10:30", "T10:30", OST_TIME, true},
        {"@T10:30", "T10:31", OST_TIME, false},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (same(arena, rows[i].expected, when(rows[i].value, rows[i].kind)) != rows[i].same) {
            fail_msg("%s and %s", rows[i].expected, rows[i].value);
        }
    }
    ost_arena_free(arena);
}

static ost_value range(ost_arena *arena, ost_value low, bool low_closed, ost_value high,
                       bool high_closed)
{
    return ost_interval_value(arena, low, low_closed, high, high_closed, OST_INTEGER);
}

static void intervals(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_value one = ost_integer(1), five = ost_integer(5);
    assert_true(same(arena, "Interval[1, 5]", range(arena, one, true, five, true)));
    assert_false(same(arena, "Interval[1, 6]", range(arena, one, true, five, true)));
    assert_true(same(arena, "Interval(1, 5)", range(arena, one, false, five, false)));
    assert_true(same(arena, "Interval[2, 4]", range(arena, one, false, five, false)));
    assert_true(same(arena, "Interval(0, 6)", range(arena, one, true, five, true)));
    assert_false(same(arena, "Interval(1, 5)", range(arena, one, true, five, true)));
    assert_true(same(arena, "Interval[1, null)", range(arena, one, true, ost_null(), false)));
    assert_false(same(arena, "Interval[1, null]", range(arena, one, true, ost_null(), false)));
    assert_true(same(arena, "Interval[1, 5]", ost_uncertain(arena, 1, 5)));
    assert_false(same(arena, "Interval[1, 5]", ost_integer(1)));
    ost_arena_free(arena);
}

static void composed_values(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    const ost_value items[] = {ost_integer(1), ost_null()};
    const ost_str names[] = {OST_STR("a"), OST_STR("b")};
    const ost_tuple_shape shape = {.count = 2, .names = names};
    ost_value tuple = {.kind = OST_TUPLE};
    tuple.tuple.shape = &shape;
    tuple.tuple.items = items;
    assert_true(same(arena, "{ 1, null }", ost_list(items, 2)));
    assert_false(same(arena, "{ null, 1 }", ost_list(items, 2)));
    assert_false(same(arena, "{ 1 }", ost_list(items, 2)));
    assert_true(same(arena, "{ }", ost_list(items, 0)));
    assert_false(same(arena, "1", ost_list(items, 1)));
    assert_true(same(arena, "Tuple { b: null, a: 1 }", tuple));
    assert_false(same(arena, "Tuple { a: 1 }", tuple));
    assert_false(same(arena, "Tuple { a: 1, c: null }", tuple));
    ost_value code = ost_code_value(arena, (ost_code){.code = OST_STR("8480-6")});
    assert_true(same(arena, "Code { code: '8480-6' }", code));
    assert_false(same(arena, "Code { code: '8480-6', system: 's' }", code));
    assert_false(same(arena, "Concept { codes: Code { code: '8480-6' } }", code));
    ost_arena_free(arena);
}

/* Where a conversion is allowed it changes the type, never the number or the day. */
static void converted_values(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    const ost_ast *ten =
        ost_cql_parse_expression(arena, OST_STR("test"), OST_STR("10"), &diagnostics);
    const ost_ast *day =
        ost_cql_parse_expression(arena, OST_STR("test"), OST_STR("@2014-01-05"), &diagnostics);
    assert_non_null(ten);
    assert_non_null(day);
    ost_value tenth = ost_decimal_value(decimal("10.0")), more = ost_decimal_value(decimal("10.1"));
    assert_true(compare_value(arena, ten, tenth, 0, true));
    assert_false(compare_value(arena, ten, tenth, 0, false));
    assert_false(compare_value(arena, ten, more, 0, true));
    assert_true(compare_value(arena, day, when("2014-01-05T", OST_DATETIME), 0, true));
    assert_false(compare_value(arena, day, when("2014-01-05T", OST_DATETIME), 0, false));
    assert_false(compare_value(arena, day, when("2014-01-06T", OST_DATETIME), 0, true));
    assert_false(compare_value(arena, day, when("2014-01-05T00", OST_DATETIME), 0, true));
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(converted_values), cmocka_unit_test(numbers),
    cmocka_unit_test(simple_values),    cmocka_unit_test(dates),
    cmocka_unit_test(intervals),        cmocka_unit_test(composed_values)};

OST_TEST_MAIN("conformance-compare", tests)
