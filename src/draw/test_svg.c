/* Text in SVG: what XML can't hold, and where lines end. */
#include "base/test.h"

#include "draw/svg.h"

static void test_text(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        const char *expected;
    } rows[] = {
        {"empty", {"", 0}, ""},
        {"null", {NULL, 0}, ""},
        {"plain", {"T7", 2}, "T7"},
        {"markup", {"<b a=\"1\">'&", 11}, "&lt;b a=&quot;1&quot;&gt;&#39;&amp;"},
        {"white space stays", {"a\tb\nc", 5}, "a\tb\nc"},
        {"control characters",
         {"a\x01\x1F\0b", 5},
         "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
         "b"},
        {"UTF-8 stays",
         {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA6\xB4", 9},
         "\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA6\xB4"},
        {"not UTF-8", {"a\xFF", 2}, "a\xEF\xBF\xBD"},
        {"no character", {"\xEF\xBF\xBE", 3}, "\xEF\xBF\xBD"},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf out = ost_buf_init(arena);
        ost_svg_text(&out, rows[i].text);
        if (!ost_str_is(ost_buf_str(&out), rows[i].expected)) {
            fail_msg("%s: %s", rows[i].name, out.ptr);
        }
    }
    ost_arena_free(arena);
}

static void test_lines(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *text;
        size_t columns;
        const char *expected; /* lines with a bar after each */
    } rows[] = {
        {"nothing", "", 5, ""},
        {"spaces only", "   ", 5, ""},
        {"fits exactly", "12345", 5, "12345|"},
        {"one more", "123456", 5, "12345|6|"},
        {"at a space", "left femur", 5, "left|femur|"},
        {"space just after the limit", "femur left", 5, "femur|left|"},
        {"two words in a line", "a b c d", 3, "a b|c d|"},
        {"long word after a short one", "a 1234567", 5, "a|12345|67|"},
        {"code points, not bytes", "\xC3\xA9\xC3\xA9\xC3\xA9 a", 3, "\xC3\xA9\xC3\xA9\xC3\xA9|a|"},
        {"one column", "ab c", 1, "a|b|c|"},
        {"surrounding spaces", "  a  ", 5, "a|"},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf out = ost_buf_init(arena);
        ost_str line;
        for (ost_str rest = ost_str_of(rows[i].text);
             ost_svg_next_line(&rest, rows[i].columns, &line);) {
            ost_buf_add(&out, line);
            ost_buf_char(&out, '|');
        }
        if (!ost_str_is(ost_buf_str(&out), rows[i].expected)) {
            fail_msg("%s: %s", rows[i].name, out.ptr);
        }
    }
    ost_arena_free(arena);
}

static void test_join(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_svg_join(&out, ", ", OST_STR(""));
    ost_svg_join(&out, ", ", OST_STR("a"));
    ost_svg_join(&out, ", ", OST_STR(""));
    ost_svg_join(&out, ", ", OST_STR("b"));
    assert_string_equal(ost_buf_str(&out).ptr, "a, b");
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_text),
    cmocka_unit_test(test_lines),
    cmocka_unit_test(test_join),
};

OST_TEST_MAIN("draw-svg", tests)
