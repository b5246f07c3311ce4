/* Error values: cutting on UTF-8 boundaries, places, names. */
#include "base/test.h"

#include "base/err.h"
#include "base/utf8.h"

static void test_set_place_hint(void **state)
{
    (void)state;
    ost_error e;
    memset(&e, 0xFF, sizeof e);
    assert_int_equal(ost_err_set(&e, OST_E_DATA, "%s has %d patients", "a.json", 2), OST_E_DATA);
    assert_int_equal(e.code, OST_E_DATA);
    assert_string_equal(e.message, "a.json has 2 patients");
    assert_string_equal(e.source, "");
    assert_string_equal(e.hint, "");
    assert_int_equal(e.line, 0);
    ost_err_place(&e, OST_STR("a.json"), 3, 4, 50);
    ost_err_hint(&e, "give %s", "--patient");
    assert_string_equal(e.source, "a.json");
    assert_int_equal(e.line, 3);
    assert_int_equal(e.column, 4);
    assert_int_equal(e.offset, 50);
    assert_string_equal(e.hint, "give --patient");
    assert_int_equal(ost_err_set(NULL, OST_E_IO, "x"), OST_E_IO);
    ost_err_place(NULL, OST_STR("x"), 1, 1, 1);
    ost_err_hint(NULL, "x");
}

static void test_long_texts_are_cut_whole(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        char text[1200];
        size_t len = 0;
        memset(text, 'a', shift);
        len = shift;
        while (len + 4 < sizeof text) {
            len += ost_utf8_put(0x1F600, text + len);
        }
        text[len] = '\0';
        ost_error e;
        (void)ost_err_set(&e, OST_E_DATA, "%s", text);
        ost_err_hint(&e, "%s", text);
        ost_err_place(&e, (ost_str){text, len}, 1, 1, 1);
        assert_true(ost_str_ends(ost_str_of(e.message), OST_STR("...")));
        assert_true(strlen(e.message) >= OST_MESSAGE_MAX - 5);
        assert_int_equal(ost_utf8_check(ost_str_of(e.message)), SIZE_MAX);
        assert_int_equal(ost_utf8_check(ost_str_of(e.hint)), SIZE_MAX);
        assert_int_equal(ost_utf8_check(ost_str_of(e.source)), SIZE_MAX);
        assert_true(strlen(e.source) >= OST_SOURCE_MAX - 4);
    }
}

static void test_memory_or_limit(void **state)
{
    (void)state;
    ost_error e;
    ost_arena *arena = ost_arena_new(16);
    assert_int_equal(ost_err_memory(&e, arena), OST_E_MEMORY);
    assert_null(ost_arena_alloc(arena, 17));
    assert_int_equal(ost_err_memory(&e, arena), OST_E_LIMIT);
    assert_int_equal(ost_err_memory(&e, NULL), OST_E_MEMORY);
    ost_arena_free(arena);
}

static void test_locate(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *text;
        size_t offset;
        uint32_t line, column;
    } rows[] = {
        {"start", "abc", 0, 1, 1},
        {"empty", "", 0, 1, 1},
        {"on the newline", "ab\nc", 2, 1, 3},
        {"after it", "ab\nc", 3, 2, 1},
        {"code points", "\xC3\xA9\xC3\xA9x", 4, 1, 3},
        {"past the end", "a\nb", 9, 2, 2},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        uint32_t line, column;
        ost_err_locate(ost_str_of(rows[i].text), rows[i].offset, &line, &column);
        if (line != rows[i].line || column != rows[i].column) {
            fail_msg("%s: %u:%u", rows[i].name, (unsigned)line, (unsigned)column);
        }
    }
}

static void test_status_names(void **state)
{
    (void)state;
    assert_string_equal(ost_status_name(OST_OK), "ok");
    assert_string_equal(ost_status_name(OST_E_NOT_FOUND), "not-found");
    for (int code = 0; code >= OST_E_INTERNAL; code--) {
        assert_string_not_equal(ost_status_name((ost_status)code), "unknown");
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_set_place_hint),  cmocka_unit_test(test_long_texts_are_cut_whole),
    cmocka_unit_test(test_memory_or_limit), cmocka_unit_test(test_locate),
    cmocka_unit_test(test_status_names),
};

OST_TEST_MAIN("base-err", tests)
