/* The lexer: one row a text, its tokens as "kind:text" words. */
#include "cql/lex.h"

#include "base/buf.h"
#include "base/test.h"

static const char *const kinds[] = {
    [OST_TOKEN_END] = "end",           [OST_TOKEN_NAME] = "name",
    [OST_TOKEN_QUOTED] = "quoted",     [OST_TOKEN_DELIMITED] = "delimited",
    [OST_TOKEN_STRING] = "string",     [OST_TOKEN_NUMBER] = "number",
    [OST_TOKEN_LONG] = "long",         [OST_TOKEN_DATE] = "date",
    [OST_TOKEN_DATETIME] = "datetime", [OST_TOKEN_TIME] = "time",
    [OST_TOKEN_VARIABLE] = "variable", [OST_TOKEN_WORD] = "word",
    [OST_TOKEN_SIGN] = "sign",         [OST_TOKEN_BAD] = "bad"};

static const struct row {
    const char *name, *text, *tokens;
} rows[] = {
    {"empty", "", ""},
    {"white space only", " \t\r\n", ""},
    {"line comment", "a // b\nc", "name:a name:c"},
    {"line comment at the end", "a // b", "name:a"},
    {"block comment", "a /* b\n * c */ d", "name:a name:d"},
    {"comment does not nest", "/* /* */ a", "name:a"},
    {"open comment", "a /* b", "name:a bad:/* b"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a",
     "name:a"},
    {"names", "_a a1 A", "name:_a name:a1 name:A"},
    {"keywords", "define Define code Code", "word:define name:Define word:code word:Code"},
    {"phrase words are names", "included such that", "name:included name:such name:that"},
    {"quoted name", "\"a b\"", "quoted:a b"},
    {"delimited name", "`a b`", "delimited:a b"},
    {"empty text", "''", "string:"},
    {"escapes", "'\\'\\\"\\`\\\\\\/\\f\\n\\r\\t'", "string:'\"`\\/\f\n\r\t"},
    {"unicode escape", "'\\u00e9\\u20AC'", "string:\xC3\xA9\xE2\x82\xAC"},
    {"two surrogates", "'\\uD83D\\uDE00'", "string:\xF0\x9F\x98\x80"},
    {"lone surrogate", "'\\uD83Dx'", "bad:'\\uD83Dx'"},
    {"wrong second surrogate", "'\\uD83D\\u0041'", "bad:'\\uD83D\\u0041'"},
    {"lone low surrogate", "'\\uDC00'", "bad:'\\uDC00'"},
    {"short unicode escape", "'\\u12'", "bad:'\\u12'"},
    {"unknown escape", "'a\\qb' c", "bad:'a\\qb' name:c"},
    {"escaped quote does not close", "'a\\'b'", "string:a'b"},
    {"open text takes the line", "'abc\nd", "bad:'abc name:d"},
    {"open text at a backslash", "'abc\\", "bad:'abc\\"},
    {"text over lines", "'a\nb'", "string:a\nb"},
    {"numbers", "0 12 1.50 007", "number:0 number:12 number:1.50 number:007"},
    {"point without decimals", "1.a", "number:1 sign:. name:a"},
    {"long", "5L 5l", "long:5L number:5 name:l"},
    {"dates", "@2014 @2014-01 @2014-01-05", "date:@2014 date:@2014-01 date:@2014-01-05"},
    {"date times", "@2014T @2014-01T @2014-01-05T10:30:00.000+01:00 @2014-01-05TZ @2014-01-05T10Z",
     "datetime:@2014T datetime:@2014-01T datetime:@2014-01-05T10:30:00.000+01:00 "
     "datetime:@2014-01-05TZ datetime:@2014-01-05T10Z"},
    {"times", "@T10 @T10:30 @T10:30:00 @T10:30:00.1234",
     "time:@T10 time:@T10:30 time:@T10:30:00 time:@T10:30:00.1234"},
    {"time of no clock", "@T24:59:59.999", "time:@T24:59:59.999"},
    {"time with offset", "@T06Z", "bad:@T06Z"},
    {"half a month", "@2014-1", "bad:@2014-1"},
    {"half a minute", "@T10:3 a", "bad:@T10:3 name:a"},
    {"three digits of a year", "@201", "bad:@201"},
    {"at sign alone", "@", "bad:@"},
    {"date minus quantity", "@2014 - 1", "date:@2014 sign:- number:1"},
    {"member of a date", "@2014.x", "date:@2014 sign:. name:x"},
    {"variables", "$this $index $total", "variable:$this variable:$index variable:$total"},
    {"unknown variable", "$that", "bad:$that"},
    {"signs", "<= >= != !~ -> < > = ~",
     "sign:<= sign:>= sign:!= sign:!~ sign:-> sign:< sign:> "
     "sign:= sign:~"},
    {"signs of other languages", "== <> && || !", "sign:== sign:<> sign:&& sign:|| sign:!"},
    {"nested type arguments", "List<List<A>>",
     "word:List sign:< word:List sign:< name:A sign:> "
     "sign:>"},
    {"wrong character", "a # b", "name:a bad:# name:b"},
    {"no-break space", "a\xC2\xA0", "name:a bad:\xC2\xA0"},
    {"not UTF-8", "a \xFF b", "name:a bad:"},
};

static void tokens_of_row(void **state)
{
    const struct row *row = *state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_str source = ost_str_of(row->text);
    ost_token *tokens = NULL;
    size_t count = 0;
    assert_true(ost_lex(arena, source, &tokens, &count));
    assert_int_equal(tokens[count - 1].kind, OST_TOKEN_END);
    for (size_t i = 0; i + 1 < count; i++) {
        ost_buf_printf(&out, "%s%s:", i ? " " : "", kinds[tokens[i].kind]);
        ost_buf_add(&out, ost_lex_text(arena, source, &tokens[i]));
    }
    ost_str text = ost_buf_str(&out);
    assert_string_equal(text.ptr, row->tokens);
    ost_arena_free(arena);
}

static void words_are_sorted(void **state)
{
    (void)state;
    for (unsigned i = 0; i < OST_WORD_COUNT; i++) {
        assert_int_equal(ost_word_find(ost_word_text((ost_word)i)), i);
        if (i > 0) {
            assert_true(
                ost_str_compare(ost_word_text((ost_word)(i - 1)), ost_word_text((ost_word)i)) < 0);
        }
    }
    assert_int_equal(ost_word_find(OST_STR("")), OST_WORD_COUNT);
    assert_int_equal(ost_word_find(OST_STR("zebra")), OST_WORD_COUNT);
    assert_true(ost_word_reserved(OST_WORD_AND));
    assert_false(ost_word_reserved(OST_WORD_CODE));
}

static void near_words(void **state)
{
    (void)state;
    static const struct near_row {
        const char *text;
        ost_word word;
    } near[] = {{"wher", OST_WORD_WHERE},        {"retrun", OST_WORD_RETURN},
                {"defin", OST_WORD_DEFINE},      {"exist", OST_WORD_EXISTS},
                {"adn", OST_WORD_AND},           {"abc", OST_WORD_COUNT},
                {"zebra", OST_WORD_COUNT},       {"", OST_WORD_COUNT},
                {"valueset", OST_WORD_VALUESET}, {"valuesett", OST_WORD_VALUESET}};
    for (size_t i = 0; i < OST_ARRAY_LEN(near); i++) {
        assert_int_equal(ost_word_near(ost_str_of(near[i].text)), near[i].word);
    }
}

/* Lines and columns count code points; brackets know their partner. */
static void places_and_partners(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_token *tokens = NULL;
    size_t count = 0;
    assert_true(ost_lex(arena, OST_STR("'\xC3\xA9' ([a}\n  b)] ("), &tokens, &count));
    assert_int_equal(count, 10);
    assert_int_equal(tokens[1].column, 5);
    assert_int_equal(tokens[5].line, 2);
    assert_int_equal(tokens[5].column, 3);
    assert_int_equal(tokens[2].match, 6); /* '[' closed by ')': half open intervals do that */
    assert_int_equal(tokens[6].match, 2);
    assert_int_equal(tokens[1].match, 7);
    assert_int_equal(tokens[4].match, OST_TOKEN_NO_MATCH); /* '}' closes no '[' */
    assert_int_equal(tokens[8].match, OST_TOKEN_NO_MATCH);
    ost_arena_free(arena);
}

static void short_memory(void **state)
{
    (void)state;
    bool done = false;
    for (size_t nth = 1; nth < 20 && !done; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_token *tokens = NULL;
        size_t count = 0;
        ost_arena_fail_at(arena, nth);
        done = ost_lex(arena, OST_STR("define a: (b + 'c') and d or e and f or g and h or i"),
                       &tokens, &count);
        assert_true(done || nth < 19);
        ost_arena_free(arena);
    }
    assert_true(done);
}

int main(void)
{
    enum { OTHERS = 4 };
    static const struct CMUnitTest others[OTHERS] = {
        cmocka_unit_test(words_are_sorted), cmocka_unit_test(near_words),
        cmocka_unit_test(places_and_partners), cmocka_unit_test(short_memory)};
    struct CMUnitTest tests[OST_ARRAY_LEN(rows) + OTHERS];
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        union {
            const struct row *row;
            void *state;
        } initial = {.row = &rows[i]};
        tests[i] = (struct CMUnitTest){rows[i].name, tokens_of_row, NULL, NULL, initial.state};
    }
    memcpy(&tests[OST_ARRAY_LEN(rows)], others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cql-lex", tests, NULL, NULL);
}
