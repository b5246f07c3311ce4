/* The text buffer: growth, escapes, stickiness. */
#include "base/test.h"

#include "base/buf.h"

static void test_growth(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf buf = ost_buf_init(arena);
    assert_string_equal(ost_buf_str(&buf).ptr, "");
    for (int i = 0; i < 1000; i++) {
        ost_buf_printf(&buf, "%d,", i);
    }
    ost_str text = ost_buf_str(&buf);
    assert_int_equal(text.len, 10 * 2 + 90 * 3 + 900 * 4);
    assert_true(ost_str_starts(text, OST_STR("0,1,2,")));
    assert_true(ost_str_ends(text, OST_STR("998,999,")));
    assert_int_equal(text.ptr[text.len], 0);
    ost_arena_free(arena);
}

static void test_escapes(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        const char *json, *html;
    } rows[] = {
        {"empty", {"", 0}, "\"\"", ""},
        {"plain", {"abc", 3}, "\"abc\"", "abc"},
        {"quotes", {"a\"b\\'", 5}, "\"a\\\"b\\\\'\"", "a&quot;b\\&#39;"},
        {"controls",
         {"\b\f\n\r\t\x01\x1f\x7f", 8},
         "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"",
         "\b\f\n\r\t\x01\x1f\x7f"},
        {"NUL",
         {"a\0b", 3},
         "\"a\\u0000b\"",
         "a\xEF\xBF\xBD"
         "b"},
        {"UTF-8 stays", {"\xC3\xA9", 2}, "\"\xC3\xA9\"", "\xC3\xA9"},
        {"markup", {"<a&b>", 5}, "\"<a&b>\"", "&lt;a&amp;b&gt;"},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf json = ost_buf_init(arena), html = ost_buf_init(arena);
        ost_buf_json(&json, rows[i].text);
        ost_buf_html(&html, rows[i].text);
        if (!ost_str_is(ost_buf_str(&json), rows[i].json) ||
            !ost_str_is(ost_buf_str(&html), rows[i].html)) {
            fail_msg("%s", rows[i].name);
        }
    }
    ost_arena_free(arena);
}

static void test_sticky_failure(void **state)
{
    (void)state;
    for (size_t nth = 1; nth <= 3; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_arena_fail_at(arena, nth);
        ost_buf buf = ost_buf_init(arena);
        for (int i = 0; i < 200; i++) {
            ost_buf_text(&buf, "0123456789");
        }
        assert_true(buf.failed);
        ost_buf_char(&buf, 'x');
        ost_buf_printf(&buf, "%s", "y");
        ost_buf_json(&buf, OST_STR("z"));
        assert_null(ost_buf_str(&buf).ptr);
        ost_arena_free(arena);
    }
    ost_arena *small = ost_arena_new(128);
    ost_buf buf = ost_buf_init(small);
    ost_buf_printf(&buf, "%200d", 1);
    assert_null(ost_buf_str(&buf).ptr);
    assert_true(ost_arena_limit_hit(small));
    ost_arena_free(small);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_growth),
    cmocka_unit_test(test_escapes),
    cmocka_unit_test(test_sticky_failure),
};

OST_TEST_MAIN("base-buf", tests)
