/* Values: literal form, members, kind names, short memory. */
#include "base/test.h"
#include "value/value.h"

static ost_decimal dec(const char *text)
{
    ost_decimal d = {0};

    assert_true(ost_decimal_parse(ost_str_of(text), false, false, &d));
    return d;
}

static void assert_prints(ost_arena *arena, ost_value v, const char *want)
{
    ost_buf out = ost_buf_init(arena);

    ost_value_print(&out, v);
    ost_str got = ost_buf_str(&out);
    if (!ost_str_is(got, want)) {
        fail_msg("got %.*s, want %s", OST_STR_ARG(got), want);
    }
}

static ost_value of_kind(ost_kind kind)
{
    ost_value v = {0};

    v.kind = (uint8_t)kind;
    return v;
}

static void test_print_simple(void **state)
{
    const struct row {
        ost_value value;
        const char *want;
    } rows[] = {
        {ost_null(), "null"},
        {ost_boolean(true), "true"},
        {ost_boolean(false), "false"},
        {ost_integer(INT32_MIN), "-2147483648"},
        {ost_long(INT64_MIN), "-9223372036854775808L"},
        {ost_decimal_value(dec("1.50")), "1.50"},
        {ost_decimal_value(ost_decimal_of_int(5)), "5.0"},
        {ost_decimal_value(dec("-0.00000001")), "-0.00000001"},
        {ost_string(OST_STR("")), "''"},
        {ost_string(OST_STR("it's \\ \n\r\t\f \x01 \x7f \"")),
         "'it\\'s \\\\ \\n\\r\\t\\f \\u0001 \\u007f \"'"},
        {ost_string(OST_STR("\xc3\xa4")), "'\xc3\xa4'"},
    };
    static const struct {
        const char *text;
        ost_kind kind;
    } times[] = {{"2014-01", OST_DATE}, {"2014T", OST_DATETIME}, {"T10:30", OST_TIME}};
    ost_arena *arena = ost_arena_new(0);

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        assert_prints(arena, rows[i].value, rows[i].want);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(times); i++) {
        char want[20] = "@";
        ost_when w;
        assert_true(ost_when_parse(ost_str_of(times[i].text), (int)times[i].kind, &w));
        assert_prints(arena, ost_when_value(times[i].kind, w),
                      strncat(want, times[i].text, sizeof(want) - 2));
    }
    ost_arena_free(arena);
}

static void test_print_parts(void **state)
{
    static const ost_str names[] = {{"a", 1}, {"b", 1}};
    static const ost_tuple_shape pair = {2, names, {NULL, 0}}, typed = {1, names, {"System.X", 8}},
                                 empty = {0, NULL, {NULL, 0}};
    static const ost_code codes[] = {{{"c", 1}, {"s", 1}, {NULL, 0}, {"d", 1}}};
    static const ost_concept concept = {codes, 1, {"e", 1}};
    static const ost_vocabulary set = {{"v", 1}, {NULL, 0}, {NULL, 0}};
    ost_arena *arena = ost_arena_new(0);
    const ost_value items[] = {ost_integer(1), ost_null()};
    const ost_ratio ratio = {{dec("1"), OST_STR("mg")}, {dec("2.0"), OST_STR("mL")}};
    ost_value v;

    (void)state;
    assert_prints(arena, ost_quantity_value(arena, dec("5"), OST_STR("mg")), "5 'mg'");
    assert_prints(arena, ost_quantity_value(arena, dec("5.0"), OST_STR("")), "5.0 '1'");
    assert_prints(arena, ost_quantity_value(arena, dec("1"), OST_STR("year")), "1 year");
    assert_prints(arena, ost_quantity_value(arena, dec("3"), OST_STR("week")), "3 weeks");
    assert_prints(arena,
                  ost_interval_value(arena, ost_integer(1), true, ost_null(), false, OST_INTEGER),
                  "Interval[1, null)");
    assert_prints(arena, ost_uncertain(arena, 17, 44), "Interval[17, 44]");
    assert_prints(arena, ost_uncertain(arena, 17, 17), "17");
    assert_prints(arena, ost_list(items, 2), "{1, null}");
    assert_prints(arena, ost_list(NULL, 0), "{}");
    assert_prints(arena, ost_code_value(arena, codes[0]),
                  "Code { code: 'c', system: 's', display: 'd' }");
    v = of_kind(OST_TUPLE);
    v.tuple.items = items;
    v.tuple.shape = &pair;
    assert_prints(arena, v, "Tuple { a: 1, b: null }");
    v.tuple.shape = &typed;
    assert_prints(arena, v, "System.X { a: 1 }");
    v.tuple.shape = &empty;
    assert_prints(arena, v, "Tuple {: }");
    v = of_kind(OST_CONCEPT);
    v.concept = &concept;
    assert_prints(
        arena, v,
        "Concept { codes: { Code { code: 'c', system: 's', display: 'd' } }, display: 'e' }");
    v = of_kind(OST_VALUESET);
    v.vocabulary = &set;
    assert_prints(arena, v, "ValueSet { id: 'v' }");
    v = of_kind(OST_RATIO);
    v.ratio = &ratio;
    assert_prints(arena, v, "1 'mg' : 2.0 'mL'");
    v = of_kind(OST_OBJECT);
    v.object.node = 7;
    assert_prints(arena, v, "Object { node: 7 }");
    ost_arena_free(arena);
}

static void test_print_depth(void **state)
{
    ost_arena *arena = ost_arena_new(0);
    static ost_value nested[70];
    ost_buf out = ost_buf_init(arena);

    (void)state;
    for (size_t i = 1; i < OST_ARRAY_LEN(nested); i++) {
        nested[i] = ost_list(&nested[i - 1], 1);
    }
    ost_value_print(&out, nested[63]);
    assert_true(ost_str_find(ost_buf_str(&out), OST_STR("null"), 0) != SIZE_MAX);
    out = ost_buf_init(arena);
    ost_value_print(&out, nested[64]);
    assert_true(ost_str_find(ost_buf_str(&out), OST_STR("{...}"), 0) != SIZE_MAX);
    ost_arena_free(arena);
}

static void test_members(void **state)
{
    static const ost_str names[] = {{"alpha", 5}, {"beta", 4}, {"gamma", 5}};
    static const ost_tuple_shape shape = {3, names, {NULL, 0}};
    static const ost_code codes[] = {{{"c", 1}, {"s", 1}, {NULL, 0}, {"d", 1}}};
    static const ost_concept concept = {codes, 1, {"e", 1}};
    static const ost_vocabulary set = {{"v", 1}, {"2", 1}, {"n", 1}};
    ost_arena *arena = ost_arena_new(0);
    const ost_value items[] = {ost_integer(1), ost_integer(2), ost_integer(3)};
    const ost_ratio ratio = {{dec("1"), OST_STR("mg")}, {dec("2"), OST_STR("mL")}};
    ost_value tuple = of_kind(OST_TUPLE), coded = of_kind(OST_CONCEPT),
              vset = of_kind(OST_VALUESET), parts = of_kind(OST_RATIO);

    (void)state;
    tuple.tuple.shape = &shape;
    tuple.tuple.items = items;
    coded.concept = &concept;
    vset.vocabulary = &set;
    parts.ratio = &ratio;
    const struct row {
        ost_value value;
        const char *name, *want;
    } rows[] = {
        {tuple, "alpha", "1"},
        {tuple, "gamma", "3"},
        {tuple, "beta", "2"},
        {tuple, "delta", "null"},
        {coded, "codes", "{Code { code: 'c', system: 's', display: 'd' }}"},
        {coded, "display", "'e'"},
        {coded, "other", "null"},
        {vset, "id", "'v'"},
        {vset, "version", "'2'"},
        {vset, "name", "'n'"},
        {vset, "other", "null"},
        {parts, "numerator", "1 'mg'"},
        {parts, "denominator", "2 'mL'"},
        {parts, "other", "null"},
        {ost_code_value(arena, codes[0]), "code", "'c'"},
        {ost_code_value(arena, codes[0]), "version", "null"},
        {ost_code_value(arena, codes[0]), "other", "null"},
        {ost_quantity_value(arena, dec("5"), OST_STR("mg")), "value", "5.0"},
        {ost_quantity_value(arena, dec("5"), OST_STR("mg")), "unit", "'mg'"},
        {ost_quantity_value(arena, dec("5"), OST_STR("mg")), "other", "null"},
        {ost_interval_value(arena, ost_integer(1), true, ost_integer(2), false, OST_INTEGER), "low",
         "1"},
        {ost_interval_value(arena, ost_integer(1), true, ost_integer(2), false, OST_INTEGER),
         "high", "2"},
        {ost_interval_value(arena, ost_null(), true, ost_null(), false, OST_INTEGER), "lowClosed",
         "true"},
        {ost_interval_value(arena, ost_null(), true, ost_null(), false, OST_INTEGER), "highClosed",
         "false"},
        {ost_interval_value(arena, ost_null(), true, ost_null(), false, OST_INTEGER), "other",
         "null"},
        {ost_integer(1), "value", "null"},
        {ost_null(), "value", "null"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        assert_prints(arena, ost_value_member(arena, rows[i].value, ost_str_of(rows[i].name)),
                      rows[i].want);
    }
    ost_arena_free(arena);
}

static void test_kinds_and_memory(void **state)
{
    ost_arena *arena = ost_arena_new(0);

    (void)state;
    assert_string_equal(ost_kind_name(OST_NULL), "Null");
    assert_string_equal(ost_kind_name(OST_INTEGER), "Integer");
    assert_string_equal(ost_kind_name(OST_UNCERTAIN), "Integer");
    assert_string_equal(ost_kind_name(OST_OBJECT), "Object");
    ost_arena_fail_at(arena, 1);
    assert_true(ost_is_null(ost_quantity_value(arena, dec("1"), OST_STR("g"))));
    ost_arena_fail_at(arena, 1);
    assert_true(ost_is_null(ost_uncertain(arena, 1, 2)));
    ost_arena_fail_at(arena, 1);
    assert_true(ost_is_null(ost_code_value(arena, (ost_code){0})));
    ost_arena_free(arena);
}

/* Kinds without members give null, and a list of codes that memory can't hold is null. */
static void test_no_members(void **state)
{
    static const ost_code codes[] = {{{"c", 1}, {"s", 1}, {NULL, 0}, {NULL, 0}},
                                     {{"d", 1}, {"s", 1}, {NULL, 0}, {NULL, 0}}};
    static const ost_concept concept = {codes, 2, {NULL, 0}};
    static const ost_kind kinds[] = {OST_NULL,    OST_BOOLEAN, OST_INTEGER, OST_LONG,
                                     OST_DECIMAL, OST_STRING,  OST_DATE,    OST_DATETIME,
                                     OST_TIME,    OST_LIST,    OST_OBJECT};
    ost_value two = of_kind(OST_CONCEPT);
    ost_arena *arena = ost_arena_new(0);

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(kinds); i++) {
        assert_true(ost_is_null(ost_value_member(arena, of_kind(kinds[i]), OST_STR("code"))));
    }
    two.concept = &concept;
    assert_prints(arena, two,
                  "Concept { codes: { Code { code: 'c', system: 's' }, "
                  "Code { code: 'd', system: 's' } } }");
    assert_int_equal(ost_value_member(arena, two, OST_STR("codes")).list.count, 2);
    ost_arena_fail_at(arena, 1);
    assert_true(ost_is_null(ost_value_member(arena, two, OST_STR("codes"))));
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_print_simple),     cmocka_unit_test(test_print_parts),
    cmocka_unit_test(test_print_depth),      cmocka_unit_test(test_members),
    cmocka_unit_test(test_kinds_and_memory), cmocka_unit_test(test_no_members),
};

OST_TEST_MAIN("value-value", tests)
