/* The parser: source -> printed form (and printing again gives the same), for expressions and
 * libraries. Errors are in test_parse_error.c. */
#include "base/test.h"
#include "cql/ast.h"

/* The text is the name of the row. */
static const struct row {
    const char *text, *printed;
} rows[] = {
    {"a and b or c xor d implies e", "((((a and b) or c) xor d) implies e)"},
    {"a or b and c", "(a or (b and c))"},
    {"not a = b", "((not a) = b)"},
    {"not a is null", "(not (a is null))"},
    {"a is not true", "(not (a is true))"},
    {"a is not null and b is false", "((not (a is null)) and (b is false))"},
    {"exists A and B", "((exists A) and B)"},
    {"exists [A] X where X.b and c", "(exists (from (([A])) X where (X.b and c)))"},
    {"A union B intersect C except D | E", "((((A union B) intersect C) except D) union E)"},
    {"1 + 2 * 3 ^ 4 ^ 5 - 6 div 7 mod 8 & 'x'",
     "(((1 + (2 * ((3 ^ 4) ^ 5))) - ((6 div 7) mod 8)) & 'x')"},
    {"-2 ^ 2", "((-2) ^ 2)"},
    {"-2147483648", "(-2147483648)"},
    {"-9223372036854775808L", "(-9223372036854775808L)"},
    {"+5", "5"},
    {"- -1", "(-(-1))"},
    {"a < b = c >= d", "((a < b) = (c >= d))"},
    {"a between 1 and 2", "((a >= 1) and (a <= 2))"},
    {"a properly between 1 and 2 and c", "(((a > 1) and (a < 2)) and c)"},
    {"a in b", "(a in b)"},
    {"a in day of b", "(a in day of b)"},
    {"a contains month of b", "(a contains month of b)"},
    {"a properly in b", "(a properly in b)"},
    {"a properly contains b", "(a properly contains b)"},
    {"a ~ b !~ c != d", "(((a ~ b) !~ c) != d)"},
    {"a.b.c[0].d", "a.b.c[0].d"},
    {"a.exists().day(1)", "a.\"exists\"().\"day\"(1)"},
    {"Foo()", "Foo()"},
    {"date from x", "(date from x)"},
    {"date", "\"date\""},
    {"time from x + 1", "((time from x) + 1)"},
    {"timezoneoffset from x", "(timezoneoffset from x)"},
    {"year from a + 1", "((year from a) + 1)"},
    {"millisecond from a", "(millisecond from a)"},
    {"start of x + 1", "((start of x) + 1)"},
    {"end of start of x", "(end of (start of x))"},
    {"width of successor of predecessor of x", "(width of (successor of (predecessor of x)))"},
    {"singleton from point from x", "(singleton from (point from x))"},
    {"minimum Integer", "(minimum Integer)"},
    {"maximum System.Quantity", "(maximum System.Quantity)"},
    {"days between a and b > 5", "((days between a and b) > 5)"},
    {"duration in weeks between a and b", "(weeks between a and b)"},
    {"difference in months between a and b", "(difference in months between a and b)"},
    {"duration in hours of i", "(hours between (start of i) and (end of i))"},
    {"difference in years of x.y", "(difference in years between (start of x.y) and (end of x.y))"},
    {"if a then b else c and d", "(if a then b else (c and d))"},
    {"case when a then b else c end", "(case when a then b else c end)"},
    {"case a when 1 then 2 when 3 then 4 else null end",
     "(case a when 1 then 2 when 3 then 4 else null end)"},
    {"distinct a union b", "(distinct (a union b))"},
    {"flatten { { 1 } }", "(flatten { { 1 } })"},
    {"collapse a per day", "(collapse a per (1 day))"},
    {"collapse a", "(collapse a)"},
    {"expand a per 2 days", "(expand a per (2 days))"},
    {"expand a per b.c", "(expand a per b.c)"},
    {"convert a to Integer", "(convert a to Integer)"},
    {"convert a to 'mg'", "(convert a to 'mg')"},
    {"convert a to days", "(convert a to 'days')"},
    {"cast a as List<Integer>", "(cast a as List<Integer>)"},
    {"cast (a as b) as c", "(cast (a as b) as c)"},
    {"a as FHIR.Quantity is Quantity", "((a as FHIR.Quantity) is Quantity)"},
    {"a as Choice<Integer, System.String>", "(a as Choice<Integer, System.String>)"},
    {"a is Tuple { x Interval<Date>, \"y z\" Code }",
     "(a is Tuple { x Interval<Date>, \"y z\" \"Code\" })"},
    {"5 'mg'", "(5 'mg')"},
    {"5 days", "(5 days)"},
    {"1:8", "(1 : 8)"},
    {"1 'mg' : 2.5 'mL'", "(1 'mg' : 2.5 'mL')"},
    {"5L", "5L"},
    {"1.0", "1.0"},
    {"true", "true"},
    {"null", "null"},
    {"@2014-01-05T10:00+01:00", "@2014-01-05T10:00+01:00"},
    {"@T10:30", "@T10:30"},
    {"@2014", "@2014"},
    {"'it\\'s \"\\n\\u0001\"'", "'it\\'s \"\\n\\u0001\"'"},
    {"%name", "%'name'"},
    {"%'a b'", "%'a b'"},
    {"$this + $index + $total", "(($this + $index) + $total)"},
    {"\"Quoted name\"", "\"Quoted name\""},
    {"`delimited \"x\"`", "\"delimited \\\"x\\\"\""},
    {"Interval[1, 2)", "Interval[1, 2)"},
    {"Interval(null, a]", "Interval(null, a]"},
    {"{ }", "{ }"},
    {"{ 1, 2 }", "{ 1, 2 }"},
    {"List<Integer> { }", "List<Integer> { }"},
    {"List { 1 }", "{ 1 }"},
    {"{ : }", "Tuple { : }"},
    {"Tuple { : }", "Tuple { : }"},
    {"{ a: 1, \"b c\": 2 }", "Tuple { a: 1, \"b c\": 2 }"},
    {"Tuple { date: 1 }", "Tuple { \"date\": 1 }"},
    {"Quantity { value: 1, unit: 'mg' }", "Quantity { value: 1, unit: 'mg' }"},
    {"System.Code { code: 'x' }", "System.\"Code\" { \"code\": 'x' }"},
    {"Code { code: 'x' }", "\"Code\" { \"code\": 'x' }"},
    {"Concept { codes: { c } }", "\"Concept\" { codes: { c } }"},
    {"Date { : }", "Date { : }"},
    {"Code 'x' from \"LOINC\" display 'y'", "(Code 'x' from \"LOINC\" display 'y')"},
    {"Code 'x' from Common.\"LOINC\"", "(Code 'x' from Common.LOINC)"},
    {"Concept { Code 'x' from A, Code 'y' from B display 'z' } display 'w'",
     "(Concept { Code 'x' from A, Code 'y' from B display 'z' } display 'w')"},
    {"[Condition]", "([Condition])"},
    {"[Condition: \"VS\"]", "([Condition: (\"VS\")])"},
    {"[Condition: code in \"VS\"]", "([Condition: \"code\" in (\"VS\")])"},
    {"[Condition: severity ~ \"C\"]", "([Condition: severity ~ (\"C\")])"},
    {"[Condition: category = { c }]", "([Condition: category = ({ c })])"},
    {"[Observation: component.code in \"VS\"]", "([Observation: component.code in (\"VS\")])"},
    {"[Patient -> Condition: Common.\"VS\"]", "([Patient -> Condition: (Common.VS)])"},
    {"[FHIR.Condition: code]", "([FHIR.Condition: (\"code\")])"},
    {"A X", "(from (A) X)"},
    {"A.b X where X.c", "(from (A.b) X where X.c)"},
    {"([A]) X return all X", "(from (([A])) X return all X)"},
    {"[A] X return X.b", "(from (([A])) X return distinct X.b)"},
    {"(A) X with [B] Y such that X.a = Y.b without C Z such that Z.d where X.e return distinct X "
     "sort desc",
     "(from (A) X with (([B])) Y such that (X.a = Y.b) without (C) Z such that Z.d where X.e "
     "return distinct X sort desc)"},
    {"from A a, [B] b, (C) c let d: a + b, e: 2 where d = e",
     "(from (A) a, (([B])) b, (C) c let d: (a + b), e: 2 where (d = e))"},
    {"A a, B b return Tuple { a: a, b: b }",
     "(from (A) a, (B) b return distinct Tuple { a: a, b: b })"},
    {"{ A a, 3 }", "{ (from (A) a), 3 }"},
    {"{ A a let x: 1, y }", "{ (from (A) a let x: 1), y }"},
    {"A a aggregate r starting 1: r + a", "(from (A) a aggregate r starting (1): (r + a))"},
    {"A a aggregate all r: r", "(from (A) a aggregate all r: r)"},
    {"A a aggregate distinct r starting (0 'mg'): r",
     "(from (A) a aggregate distinct r starting ((0 'mg')): r)"},
    {"A a aggregate r starting 'x': r", "(from (A) a aggregate r starting ('x'): r)"},
    {"A a sort by b desc, Foo(c) asc, d", "(from (A) a sort by b desc, Foo(c) asc, d asc)"},
    {"A a sort ascending", "(from (A) a sort asc)"},
    {"A starts 3 days or less before end of B", "(A starts 3 days or less before end of B)"},
    {"A starts 3 days or less before end B", "(A starts 3 days or less before end of B)"},
    {"A 3 days or more after B", "(A 3 days or more after B)"},
    {"A more than 3 days after B", "(A more than 3 days after B)"},
    {"A less than 3 days before start B", "(A less than 3 days before start of B)"},
    {"A before or on B", "(A on or before B)"},
    {"A on or after day of B", "(A on or after day of B)"},
    {"A occurs after month of end B", "(A occurs after month of end of B)"},
    {"A ends before start of B + 1 day", "(A ends before ((start of B) + (1 day)))"},
    {"A same day as B", "(A same day as B)"},
    {"A starts same year or before start of B", "(A starts same year or before start of B)"},
    {"A ends same or after B", "(A ends same or after B)"},
    {"A includes B", "(A includes B)"},
    {"A properly includes day of start B", "(A properly includes day of start of B)"},
    {"A during B", "(A during B)"},
    {"A included in month of B", "(A during month of B)"},
    {"A ends properly included in B", "(A ends properly during B)"},
    {"A occurs properly during start of B", "(A occurs properly during (start of B))"},
    {"A within 3 days of B", "(A within 3 days of B)"},
    {"A starts properly within 5 'h' of end B", "(A starts properly within 5 'h' of end of B)"},
    {"A meets B", "(A meets B)"},
    {"A meets before day of B", "(A meets before day of B)"},
    {"A overlaps after B", "(A overlaps after B)"},
    {"A overlaps B", "(A overlaps B)"},
    {"A starts B", "(A starts B)"},
    {"A ends day of B", "(A ends day of B)"},
    {"B and A before C", "(B and (A before C))"},
    {"A before B and C", "((A before B) and C)"},
    {"a + b before c + d", "((a + b) before (c + d))"},
    {"A C where C.included in D", "(from (A) C where (C.\"included\" in D))"},
    {"A.contains(b)", "A.\"contains\"(b)"},
    {"a.code.value", "a.\"code\".value"},
    {"value", "value"},
    {"Slice({ 1, 2 }, 0, 1)", "Slice({ 1, 2 }, 0, 1)"},
    {"[Observation: component[0].code in c]", "([Observation: component[0].code in (c)])"},
    {"[Observation: component['x'].code ~ c]", "([Observation: component['x'].code ~ (c)])"},
    {"[Observation: \"a.b\" in c]", "([Observation: \"a.b\" in (c)])"},
    {"[Observation: \"a b\" in c]", "([Observation: \"a b\" in (c)])"},
    {"[Observation: a[b] in c]", "([Observation: ((a[b] in c))])"},
    {"[Observation: (a in b)]", "([Observation: ((a in b))])"},
    {"00000000000000000001", "00000000000000000001"},
    {"A a aggregate r starting 1.5: r", "(from (A) a aggregate r starting (1.5): r)"},
    {"A a aggregate r starting 3 days: r", "(from (A) a aggregate r starting ((3 days)): r)"},
    {"5 : 2 'mg'", "(5 : 2 'mg')"},
    {"from (A) a, (B) b, (C) c", "(from (A) a, (B) b, (C) c)"},
    {"{ [A] a, [B] b }", "{ (from (([A])) a, (([B])) b) }"},
    {"{ (A) a, (B) }", "{ (from (A) a), B }"},
    {"{ [A] a, [B] }", "{ (from (([A])) a), ([B]) }"},
    {"(A) \"quoted alias\" return all 1", "(from (A) \"quoted alias\" return all 1)"},
    {"A `delimited alias` where a", "(from (A) \"delimited alias\" where a)"},
    {"a.b(c).d(e, f)", "a.b(c).d(e, f)"},
    {"\"f\"(x)", "f(x)"},
    {"f(A a, 3)", "f((from (A) a), 3)"},
    {"a as FHIR.Observation.Component", "(a as FHIR.\"Observation.Component\")"},
    {"a as \"Observation.Component\"", "(a as \"Observation.Component\")"},
    {"a is Choice<List<A>, Interval<B>>", "(a is Choice<List<A>, Interval<B>>)"},
    {"A C sort by C.d.e desc", "(from (A) C sort by C.d.e desc)"},
    {"A C where C.on or D", "(from (A) C where (C.\"on\" or D))"},
    {"A C where C.more < 3", "(from (A) C where (C.\"more\" < 3))"},
    {"x in { 1, 2 } and y", "((x in { 1, 2 }) and y)"},
    {"not (a and b)", "(not (a and b))"},
    {"exists (A X return X.b) and c", "((exists (from (A) X return distinct X.b)) and c)"},
    {"if a then 1 else if b then 2 else 3", "(if a then 1 else (if b then 2 else 3))"},
    {"case when a then case when b then 1 else 2 end else 3 end",
     "(case when a then (case when b then 1 else 2 end) else 3 end)"},
    {"System.Code { code: 1 }", "System.\"Code\" { \"code\": 1 }"},
    {"A within 3 of B", "(A within 3 of B)"},
    {"5 3 days before A", "(5 3 days before A)"},
    {"a[b].c(d)", "a[b].c(d)"},
};

static const struct library_row {
    const char *name, *text, *printed;
} libraries[] = {
    {"all on one line",
     "using X include F parameter P Integer codesystem \"S\": 'u' code c: '1' from S "
     "context Patient define A: 1 define B: A",
     "using X\n"
     "include F called F\n"
     "parameter \"P\" Integer\n"
     "codesystem \"S\": 'u'\n"
     "code \"c\": '1' from S\n"
     "context Patient\n"
     "define \"A\": 1\n"
     "define \"B\": A\n"},
    {"whole library",
     "library A.B version '1'\n"
     "using FHIR version '4.0.1'\n"
     "using X called Y\n"
     "include C.D version '2' called E\n"
     "include F\n"
     "codesystem \"LOINC\": 'http://loinc.org' version '2.7'\n"
     "valueset \"V\": 'http://v' version '3' codesystems { \"LOINC\", E.\"S\" }\n"
     "private code \"c\": '1' from \"LOINC\" display 'one'\n"
     "concept \"k\": { \"c\", E.d } display 'two'\n"
     "parameter P Interval<DateTime> default Interval[@2014, @2015]\n"
     "parameter Q default 5\n"
     "private parameter R Integer\n"
     "context Patient\n"
     "define a: 1\n"
     "define private b: a\n"
     "context Unfiltered\n"
     "define public function f(x Integer, code String) returns Integer: x\n"
     "define fluent function g(x Y.T): x.code\n"
     "define function and(): external\n",
     "library A.B version '1'\n"
     "using FHIR version '4.0.1'\n"
     "using X called Y\n"
     "include C.D version '2' called E\n"
     "include F called F\n"
     "codesystem \"LOINC\": 'http://loinc.org' version '2.7'\n"
     "valueset \"V\": 'http://v' version '3' codesystems { \"LOINC\", E.S }\n"
     "private code \"c\": '1' from \"LOINC\" display 'one'\n"
     "concept \"k\": { \"c\", E.d } display 'two'\n"
     "parameter \"P\" Interval<DateTime> default Interval[@2014, @2015]\n"
     "parameter \"Q\" default 5\n"
     "private parameter \"R\" Integer\n"
     "context Patient\n"
     "define \"a\": 1\n"
     "define private \"b\": a\n"
     "context Unfiltered\n"
     "define function \"f\"(x Integer, \"code\" String) returns Integer: x\n"
     "define fluent function \"g\"(x Y.T): x.\"code\"\n"
     "define function \"and\"(): external\n"},
    {"empty", "", ""},
    {"no name",
     "define A: 1\n"
     "define B: A\n",
     "context Unfiltered\n"
     "define \"A\": 1\n"
     "define \"B\": A\n"},
    {"parameter before code",
     "parameter P\n"
     "code C: '1' from D",
     "parameter \"P\"\n"
     "code \"C\": '1' from D\n"},
    {"inner type",
     "define A: x as FHIR.Observation.Component\n"
     "define B: x as Observation.Component",
     "context Unfiltered\n"
     "define \"A\": (x as FHIR.\"Observation.Component\")\n"
     "define \"B\": (x as \"Observation.Component\")\n"},
};

static ost_str print_expression(ost_arena *arena, ost_str text)
{
    ost_diagnostics diagnostics = {.arena = arena};
    ost_buf out = ost_buf_init(arena);
    const ost_ast *node = ost_cql_parse_expression(arena, OST_STR("test"), text, &diagnostics);
    if (diagnostics.count > 0) {
        ost_diagnostic_print(&out, &diagnostics.items[0], text);
        fail_msg("%s", ost_buf_str(&out).ptr);
    }
    assert_non_null(node);
    assert_true(node->length <= text.len);
    ost_ast_print(&out, node);
    return ost_buf_str(&out);
}

static void expression_row(void **state)
{
    const struct row *row = *state;
    ost_arena *arena = ost_arena_new(0);
    ost_str once = print_expression(arena, ost_str_of(row->text));
    assert_string_equal(once.ptr, row->printed);
    assert_string_equal(print_expression(arena, once).ptr, row->printed);
    ost_arena_free(arena);
}

static ost_str print_library(ost_arena *arena, ost_str text)
{
    ost_diagnostics diagnostics = {.arena = arena};
    ost_buf out = ost_buf_init(arena);
    const ost_library *library = ost_cql_parse(arena, OST_STR("test"), text, &diagnostics);
    if (diagnostics.count > 0) {
        ost_diagnostic_print(&out, &diagnostics.items[0], text);
        fail_msg("%s", ost_buf_str(&out).ptr);
    }
    assert_non_null(library);
    ost_library_print(&out, library);
    return ost_buf_str(&out);
}

static void library_row(void **state)
{
    const struct library_row *row = *state;
    ost_arena *arena = ost_arena_new(0);
    ost_str once = print_library(arena, ost_str_of(row->text));
    assert_string_equal(once.ptr, row->printed);
    assert_string_equal(print_library(arena, once).ptr, row->printed);
    ost_arena_free(arena);
}

static const ost_ast *parsed(ost_arena *arena, const char *text)
{
    ost_diagnostics diagnostics = {.arena = arena};
    const ost_ast *node =
        ost_cql_parse_expression(arena, OST_STR("test"), ost_str_of(text), &diagnostics);
    assert_int_equal(diagnostics.count, 0);
    assert_non_null(node);
    return node;
}

/* What the printed form does not show. */
static void details_of_nodes(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    const ost_ast *both = parsed(arena, "x between 1 and 2");
    assert_ptr_equal(both->kids[0]->kids[0], both->kids[1]->kids[0]);
    const ost_ast *ref = parsed(arena, "\"date\"");
    assert_int_equal(ref->flags & OST_AST_F_QUOTED, OST_AST_F_QUOTED);
    assert_int_equal(parsed(arena, "date")->flags & OST_AST_F_QUOTED, 0);
    const ost_ast *sum = parsed(arena, "\n  a +\n b");
    assert_int_equal(sum->line, 2);
    assert_int_equal(sum->column, 3);
    assert_int_equal(sum->offset, 3);
    assert_int_equal(sum->length, 6);
    const ost_ast *timing = parsed(arena, "A starts 3 days or less before day of end of B");
    assert_int_equal(timing->kind, OST_AST_TIMING);
    assert_int_equal(timing->timing->left_edge, OST_EDGE_START);
    assert_int_equal(timing->timing->right_edge, OST_EDGE_END);
    assert_int_equal(timing->timing->bound, OST_BOUND_OR_LESS);
    assert_int_equal(timing->timing->precision, OST_UNIT_DAY);
    assert_true(ost_str_is(timing->timing->quantity->unit, "days"));
    assert_int_equal(timing->kids[1]->kind, OST_AST_REF);
    ost_arena_free(arena);
}

static void short_memory(void **state)
{
    (void)state;
    static const char text[] = "library L define \"a b\": exists [A: b.c in \"V\"] X "
                               "where X.c starts 3 days before start of Y define f: (1";
    size_t refused = 0;
    bool done = false;
    for (size_t nth = 1; nth < 200 && !done; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_diagnostics diagnostics = {.arena = arena};
        ost_arena_fail_at(arena, nth);
        const ost_library *library =
            ost_cql_parse(arena, OST_STR("test"), ost_str_of(text), &diagnostics);
        refused += library == NULL;
        done = library != NULL && library->count == 1 && diagnostics.count == 1;
        ost_arena_free(arena);
    }
    assert_true(done);
    assert_true(refused > 10);
}

int main(void)
{
    enum { ROWS = OST_ARRAY_LEN(rows), LIBRARIES = OST_ARRAY_LEN(libraries), OTHERS = 2 };
    static const struct CMUnitTest others[OTHERS] = {cmocka_unit_test(details_of_nodes),
                                                     cmocka_unit_test(short_memory)};
    struct CMUnitTest tests[ROWS + LIBRARIES + OTHERS];
    union {
        const void *row;
        void *state;
    } initial;
    for (size_t i = 0; i < ROWS; i++) {
        initial.row = &rows[i];
        tests[i] = (struct CMUnitTest){rows[i].text, expression_row, NULL, NULL, initial.state};
    }
    for (size_t i = 0; i < LIBRARIES; i++) {
        initial.row = &libraries[i];
        tests[ROWS + i] =
            (struct CMUnitTest){libraries[i].name, library_row, NULL, NULL, initial.state};
    }
    memcpy(&tests[ROWS + LIBRARIES], others, sizeof others);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cql-parse", tests, NULL, NULL);
}
