/* UTF-8: every code point there and back, every kind of bad sequence, case mapping. */
#include "base/test.h"

#include "base/compat.h"
#include "base/utf8.h"

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        size_t at = 0, len = ost_utf8_put(c, bytes);
        ost_str s = {bytes, len};
        if (ost_utf8_next(s, &at) != c || at != len || ost_utf8_check(s) != SIZE_MAX) {
            fail_msg("U+%X", (unsigned)c);
        }
    }
    char bytes[4];
    assert_int_equal(ost_utf8_put(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(ost_utf8_put(0x110000, bytes), 3);
}

static void test_bad_bytes(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str bytes;
        size_t first_bad, count;
    } rows[] = {
        {"empty", {"", 0}, SIZE_MAX, 0},
        {"NUL is good", {"\0", 1}, SIZE_MAX, 1},
        {"lone continuation", {"a\x80", 2}, 1, 2},
        {"cut short, 2", {"\xC3", 1}, 0, 1},
        {"cut short, 3", {"\xE2\x82", 2}, 0, 2},
        {"cut short, 4", {"a\xF0\x9F\x98", 4}, 1, 4},
        {"overlong NUL", {"\xC0\x80", 2}, 0, 2},
        {"overlong 3", {"\xE0\x9F\xBF", 3}, 0, 3},
        {"overlong 4", {"\xF0\x8F\xBF\xBF", 4}, 0, 4},
        {"surrogate", {"\xED\xA0\x80", 3}, 0, 3},
        {"above the last", {"\xF4\x90\x80\x80", 4}, 0, 4},
        {"FE", {"\xFE", 1}, 0, 1},
        {"good then bad", {"\xC3\xA9\xC3(", 4}, 2, 3},
        {"four bytes", {"\xF0\x9F\x98\x80", 4}, SIZE_MAX, 1},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_utf8_check(rows[i].bytes) != rows[i].first_bad ||
            ost_utf8_count(rows[i].bytes) != rows[i].count) {
            fail_msg("%s", rows[i].name);
        }
    }
    size_t at = 1;
    assert_int_equal(ost_utf8_next(OST_STR("a"), &at), 0xFFFD);
    assert_int_equal(at, 1);
}

static void test_case(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        uint32_t upper, lower;
    } rows[] = {
        {"A", 'A', 'a'},
        {"Z", 'Z', 'z'},
        {"A with diaeresis", 0xC4, 0xE4},
        {"thorn", 0xDE, 0xFE},
        {"Y with diaeresis", 0x178, 0xFF},
        {"L with caron", 0x13D, 0x13E},
        {"N with caron", 0x147, 0x148},
        {"Z with caron", 0x17D, 0x17E},
        {"A with ring below", 0x1E00, 0x1E01},
        {"Greek alpha", 0x391, 0x3B1},
        {"Greek omega with tonos", 0x38F, 0x3CE},
        {"Greek with ypogegrammeni", 0x1F88, 0x1F80},
        {"Cyrillic ya", 0x42F, 0x44F},
        {"Cyrillic io", 0x401, 0x451},
        {"DZ with caron", 0x1C4, 0x1C6},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_utf8_lower(rows[i].upper) != rows[i].lower ||
            ost_utf8_upper(rows[i].lower) != rows[i].upper ||
            ost_utf8_lower(rows[i].lower) != rows[i].lower ||
            ost_utf8_upper(rows[i].upper) != rows[i].upper) {
            fail_msg("%s", rows[i].name);
        }
    }
    static const struct one_way {
        uint32_t from, lower, upper;
    } one_way[] = {
        {0xDF, 0xDF, 0xDF},
        {0x1E9E, 0xDF, 0x1E9E},
        {0x130, 'i', 0x130},
        {0x131, 0x131, 'I'},
        {0x3C2, 0x3C2, 0x3A3},
        {0x212A, 'k', 0x212A},
        {0xB5, 0xB5, 0x39C},
        {'0', '0', '0'},
        {0xD7, 0xD7, 0xD7},
        {0x1F600, 0x1F600, 0x1F600},
        {0, 0, 0},
        {UINT32_MAX, UINT32_MAX, UINT32_MAX},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(one_way); i++) {
        assert_int_equal(ost_utf8_lower(one_way[i].from), one_way[i].lower);
        assert_int_equal(ost_utf8_upper(one_way[i].from), one_way[i].upper);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_code_point),
    cmocka_unit_test(test_bad_bytes),
    cmocka_unit_test(test_case),
};

OST_TEST_MAIN("base-utf8", tests)
