/* Strings with pointer and length, NUL bytes included. */
#include "base/test.h"

#include "base/compat.h"
#include "base/str.h"

static int sign(int x)
{
    return (x > 0) - (x < 0);
}

static void test_compare(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str a, b;
        int expected;
    } rows[] = {
        {"both empty", {"", 0}, {NULL, 0}, 0},
        {"empty first", {NULL, 0}, {"a", 1}, -1},
        {"equal", {"abc", 3}, {"abc", 3}, 0},
        {"prefix first", {"ab", 2}, {"abc", 3}, -1},
        {"bytes decide", {"b", 1}, {"abc", 3}, 1},
        {"bytes are unsigned", {"\xC3\xA9", 2}, {"z", 1}, 1},
        {"NUL is data", {"a\0b", 3}, {"a\0c", 3}, -1},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (sign(ost_str_compare(rows[i].a, rows[i].b)) != rows[i].expected ||
            sign(ost_str_compare(rows[i].b, rows[i].a)) != -rows[i].expected ||
            ost_str_equal(rows[i].a, rows[i].b) != (rows[i].expected == 0)) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void test_find(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str s, needle;
        size_t from, expected;
    } rows[] = {
        {"at start", {"abcabc", 6}, {"abc", 3}, 0, 0},
        {"second", {"abcabc", 6}, {"abc", 3}, 1, 3},
        {"absent", {"abcabc", 6}, {"abd", 3}, 0, SIZE_MAX},
        {"at the very end", {"abc", 3}, {"c", 1}, 2, 2},
        {"from past the end", {"abc", 3}, {"c", 1}, 4, SIZE_MAX},
        {"needle longer", {"ab", 2}, {"abc", 3}, 0, SIZE_MAX},
        {"empty needle", {"ab", 2}, {"", 0}, 2, 2},
        {"in nothing", {NULL, 0}, {"a", 1}, 0, SIZE_MAX},
        {"after NUL", {"a\0b", 3}, {"b", 1}, 0, 2},
        {"overlapping start", {"aab", 3}, {"ab", 2}, 0, 1},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_str_find(rows[i].s, rows[i].needle, rows[i].from) != rows[i].expected) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void test_starts_and_ends(void **state)
{
    (void)state;
    ost_str s = OST_STR("urn:uuid:1");
    assert_true(ost_str_starts(s, OST_STR("urn:")));
    assert_true(ost_str_starts(s, OST_STR("")));
    assert_false(ost_str_starts(s, OST_STR("urn:uuid:12")));
    assert_true(ost_str_ends(s, OST_STR(":1")));
    assert_true(ost_str_ends(s, OST_STR("")));
    assert_false(ost_str_ends(s, OST_STR("xurn:uuid:1")));
    assert_false(ost_str_ends((ost_str){NULL, 0}, OST_STR("x")));
}

static void test_ignoring_case(void **state)
{
    (void)state;
    assert_true(ost_str_equal_ignoring_case(OST_STR("Denosumab"), OST_STR("dENOSUMAB")));
    assert_false(ost_str_equal_ignoring_case(OST_STR("a"), OST_STR("ab")));
    assert_false(ost_str_equal_ignoring_case(OST_STR("["), OST_STR("{")));
    assert_false(ost_str_equal_ignoring_case(OST_STR("\xC3\x89"), OST_STR("\xC3\xA9")));
}

static void test_trim_and_sub(void **state)
{
    (void)state;
    assert_true(ost_str_is(ost_str_trim(OST_STR(" \t\r\n a b \v\f")), "a b"));
    assert_int_equal(ost_str_trim(OST_STR("  ")).len, 0);
    assert_int_equal(ost_str_trim((ost_str){NULL, 0}).len, 0);
    assert_true(ost_str_is(ost_str_sub(OST_STR("abc"), 1, 1), "b"));
    assert_true(ost_str_is(ost_str_sub(OST_STR("abc"), 1, SIZE_MAX), "bc"));
    assert_int_equal(ost_str_sub(OST_STR("abc"), 4, 1).len, 0);
}

static void test_fields(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *text;
        size_t count;
        const char *fields[4];
    } rows[] = {
        {"three", "a,b,c", 3, {"a", "b", "c"}}, {"empty middle", "a,,b", 3, {"a", "", "b"}},
        {"empty last", "a,", 2, {"a", ""}},     {"empty text", "", 1, {""}},
        {"only separator", ",", 2, {"", ""}},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str rest = ost_str_of(rows[i].text), field;
        size_t count = 0;
        while (ost_str_next(&rest, ',', &field)) {
            if (count >= rows[i].count || !ost_str_is(field, rows[i].fields[count])) {
                fail_msg("%s: field %zu", rows[i].name, count);
            }
            count++;
        }
        assert_int_equal(count, rows[i].count);
    }
    ost_str nothing = {NULL, 0}, field;
    assert_false(ost_str_next(&nothing, ',', &field));
}

static void test_copy_and_hash(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_str copy = ost_str_copy(arena, (ost_str){"a\0b", 3});
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.ptr, "a\0b", 4);
    ost_arena_fail_at(arena, 1);
    copy = ost_str_copy(arena, OST_STR("abc"));
    assert_null(copy.ptr);
    assert_int_equal(copy.len, 0);
    ost_arena_free(arena);
    /* The published FNV-1a test values for "" and "foobar". */
    assert_true(ost_str_hash(OST_STR(""), 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(ost_str_hash(OST_STR("foobar"), 0) == UINT64_C(0x85944171f73967e8));
    assert_true(ost_str_hash(OST_STR("a"), 1) != ost_str_hash(OST_STR("a"), 2));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_compare),         cmocka_unit_test(test_find),
    cmocka_unit_test(test_starts_and_ends), cmocka_unit_test(test_ignoring_case),
    cmocka_unit_test(test_trim_and_sub),    cmocka_unit_test(test_fields),
    cmocka_unit_test(test_copy_and_hash),
};

OST_TEST_MAIN("base-str", tests)
