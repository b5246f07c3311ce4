/* Errors of lexer and parser: code, place, message, hint; limits at and over the edge; the
 * printed form of a diagnostic. */
#include "base/test.h"
#include "cql/ast.h"

typedef struct problem {
    unsigned line, column;
    const char *message, *hint;
} problem;

/* Expressions with one error each; the text is the name of the row. */
static const struct row {
    const char *text;
    problem problem;
} rows[] = {
    {"a == b",
     {1, 3, "expected an operator or the end of the expression, found '=='",
      "'is equal' is written = in CQL"}},
    {"a <> b",
     {1, 3, "expected an operator or the end of the expression, found '<>'",
      "'is not equal' is written != in CQL"}},
    {"a && b",
     {1, 3, "expected an operator or the end of the expression, found '&&'",
      "write the word: and"}},
    {"!a", {1, 1, "expected an expression, found '!'", "write the word: not"}},
    {"[Condition: code in 'X'",
     {1, 24, "expected ']' after the retrieve, found the end of the text", ""}},
    {"case when a then b", {1, 19, "expected 'when' or 'else', found the end of the text", ""}},
    {"if a than b else c",
     {1, 11, "expected 'then', found 'b'", "did you mean 'then' instead of 'than'?"}},
    {"X C wher C.a = 1",
     {1, 5, "expected an operator or the end of the expression, found 'wher'",
      "did you mean 'where' instead of 'wher'?"}},
    {"X C retrun C",
     {1, 5, "expected an operator or the end of the expression, found 'retrun'",
      "did you mean 'return' instead of 'retrun'?"}},
    {"'abc", {1, 1, "text without closing quote: 'abc", "close it with '"}},
    {"\"abc", {1, 1, "name without closing quote: \"abc", "close it with \""}},
    {"`abc", {1, 1, "name without closing quote: `abc", "close it with `"}},
    {"/* x", {1, 1, "comment without end: /* x", "close it with */"}},
    {"'a\\q'",
     {1, 3, "unknown escape in a text: \\q",
      "a backslash is written \\\\; known are \\' \\\" \\` \\n \\r \\t \\f \\/ and \\u with four "
      "digits"}},
    {"'a\\u00e9\\u12'",
     {1, 9, "unknown escape in a text: \\u",
      "a backslash is written \\\\; known are \\' \\\" \\` \\n \\r \\t \\f \\/ and \\u with four "
      "digits"}},
    {"@2014-1",
     {1, 1, "not a date or time: @2014-1", "write @2014-01-05, @2014-01-05T10:30 or @T10:30"}},
    {"@T06Z", {1, 1, "a time has no offset from UTC: @T06Z", "only a DateTime has one"}},
    {"$that", {1, 1, "unknown variable: $that", "there are $this, $index and $total"}},
    {"a # b", {1, 3, "this character has no meaning in CQL: #", ""}},
    {"Foo(1) F where F",
     {1, 8, "expected an operator or the end of the expression, found 'F'",
      "the source of a query is a name, a retrieve or in ( ): (source) F"}},
    {"A.when",
     {1, 3, "expected a name after '.', found 'when'",
      "'when' is a word of the language; as a name it is written \"when\""}},
    {"1 +", {1, 4, "expected an expression, found the end of the text", ""}},
    {"", {1, 1, "expected an expression, found the end of the text", ""}},
    {"A ande B",
     {1, 8, "expected an operator or the end of the expression, found 'B'",
      "did you mean 'and' instead of 'ande'?"}},
    {"(1, 2", {1, 3, "expected ')' after the expression, found ','", ""}},
    {"{ a: 1, b }", {1, 11, "expected ':' after the name of the element, found '}'", ""}},
    {"a is not 5", {1, 10, "expected null, true or false after 'is not', found '5'", ""}},
    {"Interval{1,2}", {1, 9, "expected '[' or '(' after Interval, found '{'", ""}},
    {"Interval[1 2]", {1, 13, "expected 'before' or 'after' after the distance, found ']'", ""}},
    {"A properly before B",
     {1, 12,
      "expected 'includes', 'included in', 'during', 'within', 'between', 'in' or 'contains' after "
      "'properly', found 'before'",
      ""}},
    {"A 3 days or so before B",
     {1, 10, "expected 'or more' or 'or less' after the distance, found 'or'", ""}},
    {"A same day B",
     {1, 12, "expected 'as', 'or before' or 'or after' after 'same', found 'B'", ""}},
    {"difference in day between a and b",
     {1, 15, "expected a unit of time in the plural, for example days, found 'day'", ""}},
    {"difference in days a",
     {1, 20, "expected 'between' or 'of' after the unit of time, found 'a'", ""}},
    {"from [X]", {1, 9, "expected an alias for the source, found the end of the text", ""}},
    {"Tuple { }", {1, 9, "expected the name of an element, found '}'", ""}},
    {"x.y(", {1, 5, "expected an expression, found the end of the text", ""}},
    {"-9223372036854775809L", {1, 2, "-9223372036854775809 is outside the range of Long", ""}},
    {"A a aggregate r starting 99999999999: r",
     {1, 26, "99999999999 is outside the range of Integer",
      "write 99999999999L for a Long or 99999999999.0 for a Decimal"}},
    {"from A a, B", {1, 12, "expected an alias for the source, found the end of the text", ""}},
    {"f(x", {1, 4, "expected ')' after the arguments, found the end of the text", ""}},
    {"Interval[1, 2",
     {1, 14, "expected ']' or ')' after the high end of the interval, found the end of the text",
      ""}},
    {"a[1", {1, 4, "expected ']' after the index, found the end of the text", ""}},
    {"{ 1", {1, 4, "expected '}' after the items of the list, found the end of the text", ""}},
    {"Tuple { a 1 }", {1, 11, "expected ':' after the name of the element, found '1'", ""}},
    {"A with [B]", {1, 3, "expected an operator or the end of the expression, found 'with'", ""}},
    {"A C with Foo(D) E such that F",
     {1, 13, "expected an alias for the source, found '('",
      "put a source that is a function call in parentheses"}},
    {"%", {1, 2, "expected a name after '%', found the end of the text", ""}},
    {"a as List<B", {1, 12, "expected '>' after the type, found the end of the text", ""}},
    {"a as List B", {1, 11, "expected '<' after List, found 'B'", ""}},
    {"a as Tuple { b }", {1, 16, "expected a type, found '}'", ""}},
    {"a as Choice<B", {1, 14, "expected '>' after the type, found the end of the text", ""}},
    {"a.", {1, 3, "expected a name after '.', found the end of the text", ""}},
    {"a is", {1, 5, "expected a type, found the end of the text", ""}},
    {"convert 1 to",
     {1, 13, "expected a type or a unit after 'to', found the end of the text", ""}},
    {"5 'mg' : 'x'", {1, 8, "expected an operator or the end of the expression, found ':'", ""}},
    {"@T25:00+01:00",
     {1, 1, "a time has no offset from UTC: @T25:00+01:00", "only a DateTime has one"}},
    {"'\\uD800'",
     {1, 2, "unknown escape in a text: \\u",
      "a backslash is written \\\\; known are \\' \\\" \\` \\n \\r \\t \\f \\/ and \\u with four "
      "digits"}},
    {"a in day", {1, 6, "expected an expression, found 'day'", ""}},
    {"collapse a per", {1, 15, "expected an expression, found the end of the text", ""}},
    {"Quantity { 5 }", {1, 12, "expected the name of an element, found '5'", ""}},
    {"minimum List<A>",
     {1, 9, "expected the name of a type, found 'List'",
      "'List' is a word of the language; as a name it is written \"List\""}},
    {"duration of a", {1, 10, "expected 'in', found 'of'", ""}},
    {"5 5",
     {1, 4, "expected 'before' or 'after' after the distance, found the end of the text", ""}},
    {"2147483648",
     {1, 1, "2147483648 is outside the range of Integer",
      "write 2147483648L for a Long or 2147483648.0 for a Decimal"}},
    {"-2147483649",
     {1, 2, "-2147483649 is outside the range of Integer",
      "write 2147483649L for a Long or 2147483649.0 for a Decimal"}},
    {"9223372036854775808L", {1, 1, "9223372036854775808 is outside the range of Long", ""}},
    {"1 + -2147483648 - 2147483648",
     {1, 19, "2147483648 is outside the range of Integer",
      "write 2147483648L for a Long or 2147483648.0 for a Decimal"}},
    {"cast a", {1, 7, "expected 'as', found the end of the text", ""}},
    {"convert a", {1, 10, "expected 'to', found the end of the text", ""}},
    {"convert a to 5", {1, 14, "expected a type or a unit after 'to', found '5'", ""}},
    {"a as 5", {1, 6, "expected a type, found '5'", ""}},
    {"List<Integer", {1, 13, "expected '>' after the type, found the end of the text", ""}},
    {"Code x from y", {1, 6, "expected the code as a text, found 'x'", ""}},
    {"Concept { Code 'x' from }", {1, 25, "expected the name of a code system, found '}'", ""}},
    {"A a aggregate b",
     {1, 16, "expected ':' after the name of the running result, found the end of the text", ""}},
    {"A a aggregate b starting c: d",
     {1, 26, "expected a number, a text, a quantity or ( expression ) after 'starting', found 'c'",
      "the source of a query is a name, a retrieve or in ( ): (source) c"}},
    {"A a sort",
     {1, 9, "expected 'asc', 'desc' or 'by' after 'sort', found the end of the text", ""}},
    {"A a let b", {1, 10, "expected ':' after the name, found the end of the text", ""}},
    {"A a with B", {1, 11, "expected an alias for the source, found the end of the text", ""}},
    {"A a with B b such",
     {1, 14, "expected 'such that', found 'such'",
      "the source of a query is a name, a retrieve or in ( ): (source) such"}},
    {"[A: b in]", {1, 9, "expected an expression, found ']'", ""}},
    {"minimum", {1, 8, "expected the name of a type, found the end of the text", ""}},
    {"\"\"", {1, 1, "a name without letters", ""}},
    {"A starts", {1, 9, "expected an expression, found the end of the text", ""}},
    {"A within day of B",
     {1, 10, "expected a number with a unit, for example 3 days or 5 'mg', found 'day'", ""}},
    {"Foo(1, b: 2)", {1, 9, "expected ')' after the arguments, found ':'", ""}},
    {"(1 + 2) 'x'", {1, 9, "expected an operator or the end of the expression, found 'x'", ""}},
    {"%5", {1, 2, "expected a name after '%', found '5'", ""}},
    {"exists", {1, 7, "expected an expression, found the end of the text", ""}},
    {"A a return", {1, 11, "expected an expression, found the end of the text", ""}},
    {"a.\"b", {1, 3, "name without closing quote: \"b", "close it with \""}},
    {"{1, }", {1, 5, "expected an expression, found '}'", ""}},
    {"x = 'a' and 'b", {1, 13, "text without closing quote: 'b", "close it with '"}},
};

/* Libraries; parsing goes on at the next declaration. */
static const struct library_row {
    const char *name, *text;
    problem problems[3];
} libraries[] = {
    {"misspelt define",
     "defin A: 1\n"
     "define B: 2",
     {{1, 1, "expected a declaration (define, valueset, code, parameter ...), found 'defin'",
       "did you mean 'define' instead of 'defin'?"}}},
    {"two errors",
     "define A: 1 +\n"
     "define B: (2\n"
     "define C: 3",
     {{2, 1, "expected an expression before the next declaration, found 'define'", ""},
      {3, 1, "expected ')' after the expression, found 'define'", ""}}},
    {"missing name", "define : 1", {{1, 8, "expected the name of the definition, found ':'", ""}}},
    {"name as text",
     "define 'A': 1",
     {{1, 8, "expected the name of the definition, found 'A'",
       "names stand in \"double quotes\", texts in 'single quotes'"}}},
    {"url as name",
     "valueset \"V\": \"http://v\"",
     {{1, 15, "expected the URI of the value set as a text, found \"http://v\"",
       "names stand in \"double quotes\", texts in 'single quotes'"}}},
    {"reserved operand",
     "define function f(day Integer): day",
     {{1, 19, "expected the name of an operand, found 'day'",
       "'day' is a word of the language; as a name it is written \"day\""}}},
    {"order",
     "define A: 1\n"
     "codesystem B: 'b'",
     {{2, 1, "'codesystem' after a definition",
       "using, include, codes and parameters stand before context and define"}}},
    {"missing colon", "define A 1", {{1, 10, "expected ':' after the name, found '1'", ""}}},
    {"library without name",
     "library\n"
     "define A: 1",
     {{2, 1, "expected the name of the library, found 'define'", ""}}},
    {"junk first",
     "1 + 1",
     {{1, 1, "expected a declaration (define, valueset, code, parameter ...), found '1'", ""}}},
    {"private function form",
     "private define A: 1",
     {{1, 9, "expected parameter, codesystem, valueset, code or concept, found 'define'",
       "write: define private ... or define public ..."}}},
    {"open text",
     "define A: 'abc\n"
     "define B: 1",
     {{1, 11, "text without closing quote: 'abc", "close it with '"}}},
    {"text over lines",
     "define A: 'abc\n"
     "define B: x = 'y'\n"
     "define C: 1",
     {{2, 16, "expected an operator or the next declaration, found 'y'",
       "the text that starts in line 1 goes over several lines: is a quote missing?"},
      {2, 17, "text without closing quote: '", "close it with '"}}},
    {"junk after",
     "define A: 1 1 2\n"
     "define B: 2",
     {{1, 15, "expected 'before' or 'after' after the distance, found '2'", ""}}},
    {"bad tokens while skipping",
     "define A: ) #\n"
     "define B: 1",
     {{1, 11, "expected an expression, found ')'", ""},
      {1, 13, "this character has no meaning in CQL: #", ""}}},
    {"bad utf8",
     "define A: 1 \303\277",
     {{1, 13, "this character has no meaning in CQL: \303\277", ""}}},
    {"not in parens",
     "define A: Max(F(x) P return P.v)",
     {{1, 20, "expected ')' after the arguments, found 'P'",
       "the source of a query is a name, a retrieve or in ( ): (source) P"}}},
    {"missing type", "define function f(a): a", {{1, 20, "expected a type, found ')'", ""}}},
    {"code without system",
     "code A: '1'",
     {{1, 12, "expected 'from', found the end of the text", ""}}},
    {"define end", "define A:", {{1, 10, "expected an expression, found the end of the text", ""}}},
    {"context", "context 1", {{1, 9, "expected the name of a context, found '1'", ""}}},
    {"expected dist",
     "define A: B 3 days or so before C",
     {{1, 20, "expected 'or more' or 'or less' after the distance, found 'or'", ""}}},
    {"unclosed comment",
     "define A: 1 /* x",
     {{1, 13, "comment without end: /* x", "close it with */"}}},
    {"version", "library A version 1", {{1, 19, "expected the version as a text, found '1'", ""}}},
};

static void check_problem(const ost_error *error, const problem *want)
{
    assert_int_equal(error->code, OST_E_SYNTAX);
    assert_string_equal(error->source, "test");
    assert_string_equal(error->message, want->message);
    assert_int_equal(error->line, want->line);
    assert_int_equal(error->column, want->column);
    assert_string_equal(error->hint, want->hint);
}

static void expression_row(void **state)
{
    const struct row *row = *state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    assert_null(
        ost_cql_parse_expression(arena, OST_STR("test"), ost_str_of(row->text), &diagnostics));
    assert_int_equal(diagnostics.count, 1);
    check_problem(&diagnostics.items[0], &row->problem);
    ost_arena_free(arena);
}

static void library_row(void **state)
{
    const struct library_row *row = *state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    size_t count = 0;
    assert_non_null(ost_cql_parse(arena, OST_STR("test"), ost_str_of(row->text), &diagnostics));
    while (count < OST_ARRAY_LEN(row->problems) && row->problems[count].message) {
        count++;
    }
    assert_int_equal(diagnostics.count, count);
    for (size_t i = 0; i < count; i++) {
        check_problem(&diagnostics.items[i], &row->problems[i]);
    }
    ost_arena_free(arena);
}

/* `count` times `part`, then `end`, `count` times `close`. */
static ost_str repeat(ost_arena *arena, size_t count, const char *part, const char *end,
                      const char *close)
{
    ost_buf buf = ost_buf_init(arena);
    for (size_t i = 0; i < count; i++) {
        ost_buf_text(&buf, part);
    }
    ost_buf_text(&buf, end);
    for (size_t i = 0; i < count; i++) {
        ost_buf_text(&buf, close);
    }
    return ost_buf_str(&buf);
}

static void depth_limits(void **state)
{
    (void)state;
    /* A leaf is one level, so a tree of 200 levels has 199 operators. */
    static const struct depth_row {
        const char *part, *end, *close;
        size_t most;
    } depths[] = {{"- ", "1", "", OST_CQL_MAX_DEPTH - 1},
                  {"1 + ", "1", "", OST_CQL_MAX_DEPTH - 1},
                  {"true and ", "true", "", OST_CQL_MAX_DEPTH - 1},
                  {"", "a", ".b", OST_CQL_MAX_DEPTH - 1},
                  {"", "a", "[0]", OST_CQL_MAX_DEPTH - 1},
                  {"{ ", "1", " }", OST_CQL_MAX_DEPTH - 1},
                  {"not ", "a", "", OST_CQL_MAX_DEPTH - 1},
                  {"a as List<", "b", ">", OST_CQL_MAX_DEPTH - 1}};
    for (size_t i = 0; i < OST_ARRAY_LEN(depths); i++) {
        const struct depth_row *row = &depths[i];
        bool type = row->part[0] == 'a';
        const char *part = type ? "List<" : row->part;
        for (size_t more = 0; more < 2; more++) {
            ost_arena *arena = ost_arena_new(0);
            ost_diagnostics diagnostics = {.arena = arena};
            size_t count = row->most - (type ? 1 : 0) + more;
            ost_str text = repeat(arena, count, part, row->end, row->close);
            ost_buf whole = ost_buf_init(arena);
            ost_buf_text(&whole, type ? "a as " : "");
            ost_buf_add(&whole, text);
            const ost_ast *node =
                ost_cql_parse_expression(arena, OST_STR("test"), ost_buf_str(&whole), &diagnostics);
            assert_int_equal(diagnostics.count, more);
            assert_true((node == NULL) == (more == 1));
            assert_true(more == 0 || diagnostics.items[0].code == OST_E_LIMIT);
            ost_arena_free(arena);
        }
    }
}

/* Brackets make no nodes; very deep ones must not use up the stack. */
static void bracket_limit(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    ost_str fine = repeat(arena, OST_CQL_MAX_DEPTH, "(", "1", ")");
    ost_str deep = repeat(arena, 100000, "(", "1", ")");
    assert_non_null(ost_cql_parse_expression(arena, OST_STR("test"), fine, &diagnostics));
    assert_int_equal(diagnostics.count, 0);
    assert_null(ost_cql_parse_expression(arena, OST_STR("test"), deep, &diagnostics));
    assert_int_equal(diagnostics.count, 1);
    assert_int_equal(diagnostics.items[0].code, OST_E_LIMIT);
    ost_arena_free(arena);
}

/* `between` uses its operand twice: nested it would double at each step. */
static void shared_operand_limit(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    ost_str fine = repeat(arena, 5, "", "a", " between 1 and 2");
    ost_str doubled = repeat(arena, 30, "", "a", " between 1 and 2");
    assert_non_null(ost_cql_parse_expression(arena, OST_STR("test"), fine, &diagnostics));
    assert_null(ost_cql_parse_expression(arena, OST_STR("test"), doubled, &diagnostics));
    assert_int_equal(diagnostics.count, 1);
    assert_int_equal(diagnostics.items[0].code, OST_E_LIMIT);
    ost_arena_free(arena);
}

static void size_limit(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    char *spaces = ost_arena_alloc(arena, OST_CQL_MAX_BYTES + 1);
    assert_non_null(spaces);
    memset(spaces, ' ', OST_CQL_MAX_BYTES + 1);
    ost_str text = {spaces, OST_CQL_MAX_BYTES};
    assert_non_null(ost_cql_parse(arena, OST_STR("test"), text, &diagnostics));
    assert_int_equal(diagnostics.count, 0);
    text.len++;
    assert_non_null(ost_cql_parse(arena, OST_STR("test"), text, &diagnostics));
    assert_int_equal(diagnostics.count, 1);
    assert_int_equal(diagnostics.items[0].code, OST_E_LIMIT);
    ost_arena_free(arena);
}

static void at_most_hundred(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_diagnostics diagnostics = {.arena = arena};
    ost_str text = repeat(arena, OST_DIAGNOSTICS_MAX + 20, "define A: )\n", "", "");
    assert_non_null(ost_cql_parse(arena, OST_STR("test"), text, &diagnostics));
    assert_int_equal(diagnostics.count, OST_DIAGNOSTICS_MAX);
    assert_null(ost_diagnostics_add(&diagnostics, OST_E_SYNTAX, OST_STR("test"), NULL, "more"));
    ost_arena_free(arena);
}

static void printed_form(void **state)
{
    (void)state;
    static const struct print_row {
        const char *text, *printed;
    } prints[] = {
        {"'\xC3\xA9\xC3\xA9' == 1",
         "test:1:6: expected an operator or the end of the expression, found '=='\n"
         "    '\xC3\xA9\xC3\xA9' == 1\n         ^\n"
         "    hint: 'is equal' is written = in CQL\n"},
        {"a +\n\t)\n+ b", "test:2:2: expected an expression, found ')'\n     )\n     ^\n"},
        {"", "test:1:1: expected an expression, found the end of the text\n"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(prints); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_diagnostics diagnostics = {.arena = arena};
        ost_buf out = ost_buf_init(arena);
        ost_str text = ost_str_of(prints[i].text);
        assert_null(ost_cql_parse_expression(arena, OST_STR("test"), text, &diagnostics));
        ost_diagnostic_print(&out, &diagnostics.items[0], text);
        assert_string_equal(ost_buf_str(&out).ptr, prints[i].printed);
        ost_arena_free(arena);
    }
}

/* A line of a thousand columns is cut around the caret. */
static void long_line(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_str text = repeat(arena, 1000, "x", "", "");
    ost_error error = {.line = 1, .column = 501, .offset = 500, .message = "here"};
    ost_diagnostic_print(&out, &error, text);
    ost_str printed = ost_buf_str(&out);
    size_t caret = ost_str_find(printed, OST_STR("^"), 0);
    size_t last_line = ost_str_find(printed, OST_STR("\n    x"), 0);
    assert_true(printed.len < 400);
    assert_true(caret != SIZE_MAX && last_line != SIZE_MAX);
    assert_true(ost_str_starts(printed, OST_STR("1:501: here\n    x")));
    ost_arena_free(arena);
}

int main(void)
{
    enum { ROWS = OST_ARRAY_LEN(rows), LIBRARIES = OST_ARRAY_LEN(libraries), OTHERS = 7 };
    static const struct CMUnitTest others[OTHERS] = {cmocka_unit_test(depth_limits),
                                                     cmocka_unit_test(bracket_limit),
                                                     cmocka_unit_test(shared_operand_limit),
                                                     cmocka_unit_test(size_limit),
                                                     cmocka_unit_test(at_most_hundred),
                                                     cmocka_unit_test(printed_form),
                                                     cmocka_unit_test(long_line)};
    struct CMUnitTest tests[ROWS + LIBRARIES + OTHERS];
    union {
        const void *row;
        void *state;
    } initial;
    for (size_t i = 0; i < ROWS; i++) {
        initial.row = &rows[i];
        const char *name = rows[i].text[0] ? rows[i].text : "empty";
        tests[i] = (struct CMUnitTest){name, expression_row, NULL, NULL, initial.state};
    }
    for (size_t i = 0; i < LIBRARIES; i++) {
        initial.row = &libraries[i];
        tests[ROWS + i] =
            (struct CMUnitTest){libraries[i].name, library_row, NULL, NULL, initial.state};
    }
    memcpy(&tests[ROWS + LIBRARIES], others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cql-parse-error", tests, NULL, NULL);
}
