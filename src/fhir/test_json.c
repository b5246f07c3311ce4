/* The JSON reader: the whole grammar, every kind of bad text with its place, limits, memory
 * failures. */
#include "base/test.h"

#include "fhir/json.h"

#include <stdio.h>

/* A string constant as an initialiser. */
#define S(literal)                                                                                 \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static ost_str written(ost_arena *arena, const ost_tree *tree, uint32_t root)
{
    ost_buf buf = ost_buf_init(arena);
    ost_tree_write(&buf, tree, root);
    return ost_buf_str(&buf);
}

static void test_good_texts(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        const char *expected;
    } rows[] = {
        {"null", S("null"), "null"},
        {"white space around", S(" \r\n\t true\n"), "true"},
        {"false at the end", S("[false]"), "[false]"},
        {"number at the end of the text", S("-0"), "-0"},
        {"numbers as written", S("[0,1.50,1E5,1e-05,-0.0e+1,12345678901234567890]"),
         "[0,1.50,1E5,1e-05,-0.0e+1,12345678901234567890]"},
        {"empty string", S("\"\""), "\"\""},
        {"empty containers", S("{ } "), "{}"},
        {"empty name", S("{\"\":[ ]}"), "{\"\":[]}"},
        {"nested", S("{\"a\":{\"a\":[1,{\"a\":\"x\"}]},\"b\":null}"),
         "{\"a\":{\"a\":[1,{\"a\":\"x\"}]},\"b\":null}"},
        {"escapes", S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\\"\\\\/\\b\\f\\n\\r\\t\""},
        {"unicode escapes", S("\"\\u0041\\u00e9\\u20AC\\uD83D\\ude00\""),
         "\"A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
        {"NUL by escape", S("\"a\\u0000b\""), "\"a\\u0000b\""},
        {"escaped name", S("{\"\\u0061\\n\":1}"), "{\"a\\n\":1}"},
        {"backslash before the quote", S("[\"\\\\\",\"\\\\\\\"\",\"x\"]"),
         "[\"\\\\\",\"\\\\\\\"\",\"x\"]"},
        {"structure inside strings", S("[\"{,:]}\",\"a , b\"]"), "[\"{,:]}\",\"a , b\"]"},
        {"spaces at the end of a string", S("[\"a  \" , \" \"  ]"), "[\"a  \",\" \"]"},
        {"UTF-8", S("\"\xC3\xA9\xF0\x9F\x98\x80\""), "\"\xC3\xA9\xF0\x9F\x98\x80\""},
        {"DEL may stand in a string", S("\"\x7F\""), "\"\\u007f\""},
        {"names that share eight bytes",
         S("{\"effectiveDateTime\":1,\"effectivePeriod\":2,\"effectiveInstant\":3}"),
         "{\"effectiveDateTime\":1,\"effectivePeriod\":2,\"effectiveInstant\":3}"},
        {"same name in a nested object", S("{\"a\":{\"a\":1},\"b\":{\"a\":2}}"),
         "{\"a\":{\"a\":1},\"b\":{\"a\":2}}"},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_tree tree = ost_tree_init(arena, NULL);
        uint32_t root = 7;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        ost_status code = ost_json_parse(&tree, rows[i].text, &root, &e);
        if (code != OST_OK || root != 0 ||
            !ost_str_is(written(arena, &tree, root), rows[i].expected)) {
            fail_msg("%s: %s", rows[i].name, e.message);
        }
    }
    ost_arena_free(arena);
}

static void test_bad_texts(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        uint32_t line, column;
        const char *message;
    } rows[] = {
        {"empty", S(""), 1, 1, "there is no JSON value"},
        {"only white space", S(" \n "), 1, 1, "there is no JSON value"},
        {"truncated object", S("{\"a\":1"), 1, 7, "the text ends where ',' or '}' is expected"},
        {"truncated after name", S("{\"a\""), 1, 5, "the text ends where ':' is expected"},
        {"truncated after colon", S("{\n\"a\":"), 2, 5, "the text ends where a value is expected"},
        {"truncated array", S("[1,"), 1, 4, "the text ends where a value is expected"},
        {"truncated string", S("[\"ab"), 1, 2, "a string starts here and does not end"},
        {"string ends in a backslash", S("[\"ab\\\""), 1, 2,
         "a string starts here and does not end"},
        {"trailing value", S("{} 1"), 1, 4, "the end of the text is expected, not '1'"},
        {"trailing bracket", S("[]]"), 1, 3, "the end of the text is expected, not ']'"},
        {"trailing comma in an object", S("{\"a\":1,}"), 1, 8,
         "the name of a member in double quotes is expected, not '}'"},
        {"trailing comma in an array", S("[1,]"), 1, 4, "a value is expected, not ']'"},
        {"missing comma", S("[1 2]"), 1, 4, "',' or ']' is expected, not '2'"},
        {"missing colon", S("{\"a\" 1}"), 1, 6, "':' is expected, not '1'"},
        {"leading comma", S("[,1]"), 1, 2, "a value is expected, not ','"},
        {"number as name", S("{1:2}"), 1, 2,
         "the name of a member in double quotes is expected, not '1'"},
        {"wrong bracket", S("[1}"), 1, 3, "',' or ']' is expected, not '}'"},
        {"single quotes", S("{'a':1}"), 1, 2,
         "the name of a member in double quotes is expected, not '''"},
        {"text after a string", S("[\"a\"b]"), 1, 5, "',' or ']' is expected, not 'b'"},
        {"string glued to a number", S("[1\"a\"]"), 1, 2, "'1\"a\"' is not a JSON number"},
        {"bad UTF-8", S("[\"a\",\n\"\xC3\xA9\xFF\"]"), 2, 3, "the byte 0xFF is not UTF-8"},
        {"overlong UTF-8", S("\"\xC0\x80\""), 1, 2, "the byte 0xC0 is not UTF-8"},
        {"surrogate in UTF-8", S("\"\xED\xA0\x80\""), 1, 2, "the byte 0xED is not UTF-8"},
        {"lone high surrogate", S("[\"x\\ud83d\"]"), 1, 4, "\\uD83D is half of a surrogate pair"},
        {"lone low surrogate", S("\"\\udE00\""), 1, 2, "\\uDE00 is half of a surrogate pair"},
        {"two high surrogates", S("\"\\ud83d\\ud83d\""), 1, 2,
         "\\uD83D is half of a surrogate pair"},
        {"high surrogate, then text", S("\"\\ud83dabcdef\""), 1, 2,
         "\\uD83D is half of a surrogate pair"},
        {"three hex digits", S("\"\\u12g4\""), 1, 2, "\\u must be followed by four hex digits"},
        {"hex digits cut off", S("\"\\u12\""), 1, 2, "\\u must be followed by four hex digits"},
        {"unknown escape", S("[1,\"a\\x\"]"), 1, 6, "a backslash can't be followed by 'x'"},
        {"duplicate name", S("{\"a\":1,\n \"b\":[{\"c\":1}], \"a\":2}"), 2, 17,
         "the object has two members \"a\""},
        {"duplicate name with an escape", S("{\"a\":{},\"\\u0061\":2}"), 1, 9,
         "the object has two members \"a\""},
        {"duplicate after a nested one", S("{\"a\":{\"a\":1},\"a\":2}"), 1, 14,
         "the object has two members \"a\""},
        {"duplicate deep inside", S("[\"x\",{\"b\":\"c\"},{\"q\":1,\"r\":[],\"q\":2}]"), 1, 30,
         "the object has two members \"q\""},
        {"control character", S("[\"a\nb\"]"), 1, 4,
         "the control character U+000A must be written as an escape in a string"},
        {"NUL in a string", S("\"a\0b\""), 1, 3,
         "the control character U+0000 must be written as an escape in a string"},
        {"NUL outside", S("[\0]"), 1, 2, "'' is not a JSON value"},
        {"form feed outside", S("[1\f,2]"), 1, 2, "'1\f' is not a JSON number"},
        {"leading zero", S("[01]"), 1, 2, "'01' is not a JSON number"},
        {"minus leading zero", S("-012"), 1, 1, "'-012' is not a JSON number"},
        {"dot without digits", S("{\"a\":1.}"), 1, 6, "'1.' is not a JSON number"},
        {"starts with a dot", S("[.5]"), 1, 2, "'.5' is not a JSON value"},
        {"only minus", S("-"), 1, 1, "'-' is not a JSON number"},
        {"plus", S("+1"), 1, 1, "'+1' is not a JSON value"},
        {"exponent without digits", S("[1e+]"), 1, 2, "'1e+' is not a JSON number"},
        {"two dots", S("1.2.3"), 1, 1, "'1.2.3' is not a JSON number"},
        {"hex number", S("0x10"), 1, 1, "'0x10' is not a JSON number"},
        {"NaN", S("[NaN]"), 1, 2, "'NaN' is not a JSON value"},
        {"Infinity", S("-Infinity"), 1, 1, "'-Infinity' is not a JSON number"},
        {"literal too long", S("[nulll]"), 1, 2, "'nulll' is not a JSON value"},
        {"literal cut", S("tru"), 1, 1, "'tru' is not a JSON value"},
        {"capital literal", S("[True]"), 1, 2, "'True' is not a JSON value"},
        {"comment", S("/* */ 1"), 1, 1, "'/*' is not a JSON value"},
        {"byte order mark", S("\xEF\xBB\xBF{}"), 1, 1, "the text starts with a byte order mark"},
        {"columns count code points", S("[\"\xC3\xA9\xC3\xA9\" 1]"), 1, 7,
         "',' or ']' is expected, not '1'"},
    };
    ost_arena *arena = ost_arena_new(0);
    ost_tree tree = ost_tree_init(arena, NULL);
    uint32_t kept = 9, root = 9;
    ost_error e;
    assert_int_equal(ost_json_parse(&tree, OST_STR("{\"kept\":\"value\"}"), &kept, &e), OST_OK);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        size_t count = tree.count, text_len = tree.text_len, names = tree.own_count;
        ost_status code = ost_json_parse(&tree, rows[i].text, &root, &e);
        if (code != OST_E_SYNTAX || e.code != code || e.line != rows[i].line ||
            e.column != rows[i].column || strcmp(e.message, rows[i].message) != 0) {
            fail_msg("%s: %d at %u:%u: %s", rows[i].name, code, (unsigned)e.line,
                     (unsigned)e.column, e.message);
        }
        assert_int_equal(tree.count, count);
        assert_int_equal(tree.text_len, text_len);
        assert_int_equal(tree.own_count, names);
    }
    assert_int_equal(root, 9);
    assert_string_equal(written(arena, &tree, kept).ptr, "{\"kept\":\"value\"}");
    ost_arena_free(arena);
}

static ost_str repeated(ost_arena *arena, const char *before, const char *middle, const char *after,
                        size_t times)
{
    ost_buf buf = ost_buf_init(arena);
    for (size_t i = 0; i < times; i++) {
        ost_buf_text(&buf, before);
    }
    ost_buf_text(&buf, middle);
    for (size_t i = 0; i < times; i++) {
        ost_buf_text(&buf, after);
    }
    return ost_buf_str(&buf);
}

static void test_depth_limit(void **state)
{
    (void)state;
    static const struct row {
        const char *before, *after;
        size_t times;
        ost_status code;
        uint32_t column;
    } rows[] = {
        {"[", "]", OST_JSON_MAX_DEPTH, OST_OK, 0},
        {"[", "]", OST_JSON_MAX_DEPTH + 1, OST_E_LIMIT, OST_JSON_MAX_DEPTH + 1},
        {"{\"a\":", "}", OST_JSON_MAX_DEPTH, OST_OK, 0},
        {"{\"a\":", "}", OST_JSON_MAX_DEPTH + 1, OST_E_LIMIT, OST_JSON_MAX_DEPTH * 5 + 1},
        {"[", "]", 100000, OST_E_LIMIT, OST_JSON_MAX_DEPTH + 1},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_tree tree = ost_tree_init(arena, NULL);
        ost_str text = repeated(arena, rows[i].before, "{}", rows[i].after, rows[i].times);
        if (rows[i].code == OST_OK) {
            text = repeated(arena, rows[i].before, "1", rows[i].after, rows[i].times);
        }
        uint32_t root = 0;
        ost_error e;
        assert_int_equal(ost_json_parse(&tree, text, &root, &e), rows[i].code);
        if (rows[i].code == OST_OK) {
            assert_int_equal(tree.count, OST_JSON_MAX_DEPTH + 1);
            assert_true(ost_str_equal(written(arena, &tree, root), text));
        } else {
            assert_string_equal(e.message, "values are nested deeper than 512 levels");
            assert_int_equal(e.column, rows[i].column);
            assert_int_equal(tree.count, 0);
        }
        ost_arena_free(arena);
    }
}

static void test_number_limit(void **state)
{
    (void)state;
    static const struct row {
        size_t digits;
        ost_status code;
    } rows[] = {{OST_JSON_MAX_NUMBER, OST_OK},
                {OST_JSON_MAX_NUMBER + 1, OST_E_LIMIT},
                {1024 * 1024, OST_E_LIMIT}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_tree tree = ost_tree_init(arena, NULL);
        uint32_t root = 0;
        ost_error e;
        ost_str text = repeated(arena, "9", "", "", rows[i].digits);
        assert_int_equal(ost_json_parse(&tree, text, &root, &e), rows[i].code);
        if (rows[i].code == OST_OK) {
            assert_true(ost_str_equal(ost_tree_text(&tree, root), text));
        } else {
            assert_string_equal(e.message, "a number has more than 4096 characters");
            assert_int_equal(e.column, 1);
        }
        ost_arena_free(arena);
    }
}

static void test_name_limit(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf buf = ost_buf_init(arena);
    for (unsigned i = 1; i <= OST_JSON_MAX_NAMES; i++) {
        ost_buf_printf(&buf, "%s\"%u\":0", i == 1 ? "{" : ",", i);
    }
    ost_str open = ost_buf_str(&buf);
    size_t len = open.len;
    ost_buf_text(&buf, "}");
    ost_tree tree = ost_tree_init(arena, NULL);
    uint32_t root = 0;
    ost_error e;
    assert_int_equal(ost_json_parse(&tree, ost_buf_str(&buf), &root, &e), OST_OK);
    assert_int_equal(tree.own_count, OST_JSON_MAX_NAMES);
    uint32_t last = ost_tree_get(&tree, root, "65535");
    assert_int_equal(last, OST_JSON_MAX_NAMES);
    buf.len = len;
    ost_buf_text(&buf, ",\"new\":0}");
    assert_int_equal(ost_json_parse(&tree, ost_buf_str(&buf), &root, &e), OST_E_LIMIT);
    assert_string_equal(e.message, "there are more than 65535 different member names");
    assert_int_equal(e.column, len + 2);
    ost_arena_free(arena);
}

/* Names of 0 to 40 bytes that differ in one byte only, in two objects and in two orders: more than
 * the reader remembers, and the last one stands at the end of the text. */
static void test_names_that_are_alike(void **state)
{
    (void)state;
    enum { LONGEST = 40 };
    ost_arena *arena = ost_arena_new(0);
    ost_buf text = ost_buf_init(arena);
    size_t count = 0;
    for (int object = 0; object < 2; object++) {
        ost_buf_text(&text, object == 0 ? "[{\"\":0" : ",{\"\":0");
        for (size_t k = 0; k < (size_t)LONGEST * LONGEST; k++) {
            size_t len = k / LONGEST + 1, at = k % LONGEST;
            at = object == 0 ? at : LONGEST - 1 - at;
            if (at < len) {
                char name[LONGEST + 1] = {0};
                memset(name, 'a', len);
                name[at] = 'b';
                ost_buf_printf(&text, ",\"%s\":%zu", name, len);
                count++;
            }
        }
        ost_buf_char(&text, '}');
    }
    ost_buf_char(&text, ']');
    ost_tree tree = ost_tree_init(arena, NULL);
    uint32_t root = 0;
    ost_error e;
    assert_int_equal(ost_json_parse(&tree, ost_buf_str(&text), &root, &e), OST_OK);
    assert_true(ost_str_equal(written(arena, &tree, root), ost_buf_str(&text)));
    assert_int_equal(tree.own_count, 1 + count / 2);
    ost_arena_free(arena);
}

static void test_walking(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_tree tree = ost_tree_init(arena, NULL);
    uint32_t root = 0, second = 0;
    ost_error e;
    assert_int_equal(
        ost_json_parse(&tree, OST_STR("{\"a\": [1, \"x\\ny\"], \"b\":true,\"c\":{}}"), &root, &e),
        OST_OK);
    assert_int_equal(tree.count, 6);
    uint32_t list = ost_tree_get(&tree, root, "a");
    assert_int_equal(list, 1);
    assert_true(ost_str_is(ost_tree_name(&tree, list), "a"));
    assert_int_equal(tree.nodes[list].end, 4);
    uint32_t item = ost_tree_first(&tree, list);
    assert_true(ost_str_is(ost_tree_text(&tree, item), "1"));
    assert_int_equal(tree.nodes[item].name, 0);
    item = ost_tree_next(&tree, list, item);
    assert_true(ost_str_is(ost_tree_text(&tree, item), "x\ny"));
    assert_int_equal(ost_tree_next(&tree, list, item), 0);
    assert_true(ost_str_is(ost_tree_text(&tree, ost_tree_get(&tree, root, "b")), "true"));
    assert_int_equal(ost_tree_first(&tree, ost_tree_get(&tree, root, "c")), 0);
    assert_int_equal(ost_tree_text(&tree, root).len, 0);
    assert_int_equal(ost_tree_get(&tree, root, "zzz"), 0);
    assert_int_equal(ost_tree_get(&tree, list, "a"), 0);
    assert_int_equal(ost_tree_name_id(&tree, OST_STR("zzz")), OST_NAME_NONE);
    assert_int_equal(ost_tree_name(&tree, root).len, 0);
    /* A second document comes after the first and shares its names. */
    assert_int_equal(ost_json_parse(&tree, OST_STR("{\"b\":\"z\"}"), &second, &e), OST_OK);
    assert_int_equal(second, 6);
    assert_true(ost_str_is(ost_tree_text(&tree, ost_tree_get(&tree, second, "b")), "z"));
    assert_true(ost_str_is(ost_tree_text(&tree, item), "x\ny"));
    assert_int_equal(tree.own_count, 3);
    ost_arena_free(arena);
}

static void test_names_of_a_failed_document_are_forgotten(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_tree tree = ost_tree_init(arena, NULL);
    uint32_t root = 0;
    ost_error e;
    assert_int_equal(ost_json_parse(&tree, OST_STR("{\"lost\":1,\"also\":2"), &root, &e),
                     OST_E_SYNTAX);
    assert_int_equal(ost_tree_name_id(&tree, OST_STR("lost")), OST_NAME_NONE);
    assert_int_equal(ost_json_parse(&tree, OST_STR("{\"new\":1,\"also\":2,\"lost\":3}"), &root, &e),
                     OST_OK);
    assert_string_equal(written(arena, &tree, root).ptr, "{\"new\":1,\"also\":2,\"lost\":3}");
    assert_true(ost_str_is(ost_tree_text(&tree, ost_tree_get(&tree, root, "lost")), "3"));
    ost_arena_free(arena);
}

/* Raises n until the parse passes: every failure is an error value and leaves the tree usable. */
static void test_nth_allocation_fails(void **state)
{
    (void)state;
    static const ost_str text = S("{\"a\":{\"b\":[1,2,3],\"c\":\"\\n\"},\"d\":{\"e\":1,\"f\":2}}");
    size_t nth = 1;
    for (;; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_tree tree = ost_tree_init(arena, NULL);
        uint32_t root = 0;
        ost_error e;
        ost_arena_fail_at(arena, nth);
        ost_status code = ost_json_parse(&tree, text, &root, &e);
        ost_arena_fail_at(arena, 0);
        if (code == OST_OK) {
            ost_arena_free(arena);
            break;
        }
        assert_int_equal(code, OST_E_MEMORY);
        assert_int_equal(tree.count, 0);
        assert_int_equal(ost_json_parse(&tree, text, &root, &e), OST_OK);
        assert_int_equal(written(arena, &tree, root).len, text.len);
        ost_arena_free(arena);
    }
    assert_true(nth > 8);
    ost_arena *small = ost_arena_new(1024);
    ost_tree tree = ost_tree_init(small, NULL);
    uint32_t root = 0;
    ost_error e;
    assert_int_equal(ost_json_parse(&tree, text, &root, &e), OST_E_LIMIT);
    ost_arena_free(small);
}

/* Every prefix and every single changed byte of a text gives an answer, and a text that is accepted
 * is stable: what is written reads the same again. */
static void test_cut_and_changed_texts(void **state)
{
    (void)state;
    static const char text[] =
        "{\"a\":[1.5e3,true,\"x\\u00e9\\\\\"],\"\xC3\xA9\":{\"b\":null},\"c\": -0 }";
    static const char changes[] = "\"\\{}[]:,0e.- \n\x01\xC3n";
    char copy[sizeof text];
    for (size_t len = 0; len < sizeof text; len++) {
        for (size_t k = 0; k < sizeof changes; k++) {
            ost_arena *arena = ost_arena_new(0);
            ost_tree tree = ost_tree_init(arena, NULL);
            memcpy(copy, text, sizeof text);
            size_t used = sizeof text - 1;
            if (k == 0) {
                used = len;
            } else if (len < used) {
                copy[len] = changes[k - 1];
            }
            uint32_t root = 0, again = 0;
            ost_error e;
            ost_status code = ost_json_parse(&tree, (ost_str){copy, used}, &root, &e);
            if (code == OST_OK) {
                ost_str first = written(arena, &tree, root);
                assert_int_equal(ost_json_parse(&tree, first, &again, &e), OST_OK);
                assert_true(ost_str_equal(written(arena, &tree, again), first));
            } else {
                assert_int_equal(code, OST_E_SYNTAX);
                assert_true(e.line >= 1 && e.column >= 1 && e.message[0] != '\0');
            }
            ost_arena_free(arena);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_good_texts),
    cmocka_unit_test(test_bad_texts),
    cmocka_unit_test(test_depth_limit),
    cmocka_unit_test(test_number_limit),
    cmocka_unit_test(test_name_limit),
    cmocka_unit_test(test_names_that_are_alike),
    cmocka_unit_test(test_walking),
    cmocka_unit_test(test_names_of_a_failed_document_are_forgotten),
    cmocka_unit_test(test_nth_allocation_fails),
    cmocka_unit_test(test_cut_and_changed_texts),
};

OST_TEST_MAIN("fhir-json", tests)
