/* What the checker makes of each form of the language: types, conversions that nobody wrote, names
 * of other libraries, calls, timing phrases, retrieves by a code that is not the main one. Each
 * source stands behind `head`, so that its first line is line 8; without "define" it is the
 * expression of X. */
#include "base/test.h"

#include "base/file.h"
#include "cql/engine.h"

static const char head[] = "library T\n"
                           "using FHIR version '4.0.1'\n"
                           "include B version '1' called B\n"
                           "codesystem \"S\": 'http://s' version '3'\n"
                           "code \"C\": 'c1' from \"S\" display 'one'\n"
                           "concept \"K\": { \"C\" } display 'k'\n"
                           "context Patient\n";

static const char other[] = "library B version '1'\n"
                            "codesystem \"BS\": 'http://b'\n"
                            "code \"BC\": 'b1' from \"BS\"\n"
                            "parameter P default 3\n"
                            "define private Hidden: 1\n"
                            "define Y: 41\n"
                            "define function Twice(n Integer): n * 2\n"
                            "define private function Shy(n Integer): n\n";

static const char bundle[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"gender\":\"female\",\"birt"
    "hDate\":\"1970-02-03\",\"name\":[{\"family\":\"A\",\"given\":[\"B\",\"C\"]},{\"family\""
    ":\"D\",\"given\":[\"E\"]}],\"deceasedBoolean\":false}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o1\",\"status\":\"final\",\""
    "category\":[{\"coding\":[{\"system\":\"http://s\",\"code\":\"x\"}]},{\"coding\":[{\""
    "system\":\"http://s\",\"code\":\"c1\"}]}],\"code\":{\"coding\":[{\"system\":\"http:/"
    "/s\",\"code\":\"c1\"}]},\"subject\":{\"reference\":\"Patient/p\"},\"effectiveDateT"
    "ime\":\"2026-01-02\",\"valueQuantity\":{\"value\":2.5,\"unit\":\"mg\",\"system\":\"h"
    "ttp://unitsofmeasure.org\",\"code\":\"mg\"}}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o2\",\"status\":\"final\",\""
    "category\":[{\"coding\":[{\"system\":\"http://t\",\"code\":\"c1\"}]}],\"code\":{\"co"
    "ding\":[{\"system\":\"http://s\",\"code\":\"c2\"}]},\"subject\":{\"reference\":\"Pat"
    "ient/p\"},\"effectivePeriod\":{\"start\":\"2026-01-02\",\"end\":\"2026-01-05\"},\""
    "valueString\":\"v\"}}"
    "]}";

/* The model and the units, read once. */
typedef struct fixture {
    ost_arena *arena;
    const ost_model *model;
    ost_ucum *ucum;
    ost_record *record;
} fixture;

static ost_str load(ost_arena *arena, const char *path)
{
    ost_str text;
    ost_error error = {.code = OST_OK};
    assert_int_equal(ost_file_read(arena, path, (size_t)64 << 20, &text, &error), OST_OK);
    return text;
}

static int set_up(void **state)
{
    static fixture f;
    ost_error error = {.code = OST_OK};
    ost_read_options read = {.source_name = OST_STR("test")};
    f = (fixture){.arena = ost_arena_new(0)};
    ost_str model = load(f.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv");
    ost_str ucum = load(f.arena, OST_SOURCE_ROOT "/content/model/ucum.csv");
    assert_int_equal(ost_model_load(f.arena, model, &f.model, &error), OST_OK);
    assert_int_equal(ost_ucum_load(f.arena, ucum, &f.ucum, &error), OST_OK);
    assert_int_equal(ost_record_read(f.model, ost_str_of(bundle), &read, &f.record, &error),
                     OST_OK);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ost_record_free(f->record);
    ost_arena_free(f->arena);
    return 0;
}

/* One program of head, source and the other library, in an arena of its own. */
typedef struct attempt {
    ost_arena *arena;
    ost_program *program;
    ost_diagnostics diagnostics;
    ost_status status;
} attempt;

static attempt compile(const fixture *f, const char *source)
{
    attempt a = {.arena = ost_arena_new(0)};
    ost_buf text = ost_buf_init(a.arena);
    ost_buf_text(&text, head);
    ost_buf_text(&text, strncmp(source, "define", 6) == 0 ? "" : "define X: ");
    ost_buf_text(&text, source);
    a.diagnostics.arena = a.arena;
    a.program = ost_program_new(a.arena, f->model, f->ucum, NULL);
    assert_int_equal(ost_program_add(a.program, OST_STR("x.cql"), ost_buf_str(&text)), OST_OK);
    assert_int_equal(ost_program_add(a.program, OST_STR("b.cql"), ost_str_of(other)), OST_OK);
    a.status = ost_program_done(a.program, &a.diagnostics);
    return a;
}

/* X of the library T, printed; or its error. */
static ost_status evaluate(const fixture *f, attempt *a, ost_str *printed, ost_error *error)
{
    ost_eval_options options = {.size = sizeof options};
    ost_value value;
    assert_true(
        ost_when_parse(OST_STR("2026-05-01T23:59:59.999+00:00"), OST_DATETIME, &options.now));
    ost_eval *eval = ost_eval_new(a->program, f->record, &options);
    assert_non_null(eval);
    ost_status status = ost_eval_define(
        eval, ost_program_find(a->program, OST_STR("T"), OST_STR("X")), &value, error);
    if (status == OST_OK) {
        ost_buf buf = ost_buf_init(a->arena);
        ost_value_print(&buf, value);
        *printed = ost_buf_str(&buf);
    }
    ost_eval_free(eval);
    return status;
}

static void test_values(void **state)
{
    static const struct row {
        const char *source, *want;
    } rows[] = {
        {"Code 'x' from \"S\" display 'd'",
         "Code { code: 'x', system: 'http://s', version: '3', display: 'd' }"},
        {"Concept { Code 'x' from \"S\", Code 'y' from \"S\" } display 'two'",
         "Concept { codes: { Code { code: 'x', system: 'http://s', version: '3' }, Code { code: "
         "'y', system: 'http://s', version: '3' } }, display: 'two' }"},
        {"Code 'x' from B.\"BS\"", "Code { code: 'x', system: 'http://b' }"},
        {"Interval[1, 5].low", "1"},
        {"Interval[1, 5].highClosed", "true"},
        {"Quantity { value: 1.5, unit: 'mg' }", "1.5 'mg'"},
        {"Quantity { value: 1, unit: 'mg' }", "1 'mg'"},
        {"Concept { codes: Code { code: 'q', system: 'http://s' }, display: 'd' }",
         "Concept { codes: { Code { code: 'q', system: 'http://s' } }, display: 'd' }"},
        {"2.5 'mg' : 5 'mL'", "2.5 'mg' : 5 'mL'"},
        {"5 '' ", "5 '1'"},
        {"9223372036854775807L", "9223372036854775807L"},
        {"1 years", "1 year"},
        {"{1, 'a'}", "{1, 'a'}"},
        {"{1, 2.5}", "{1.0, 2.5}"},
        {"List<Decimal>{1, 2.5}", "{1.0, 2.5}"},
        {"{Interval[1, 2], Interval[1.5, 2.5]}", "{Interval[1.0, 2.0], Interval[1.5, 2.5]}"},
        {"if true then Interval[1, 2] else Interval[1.5, 2.5]", "Interval[1.0, 2.0]"},
        {"Interval[1, 2] union Interval[1.5, 2.5]", "Interval[1.0, 2.5]"},
        {"if true then {1} else {2.5}", "{1.0}"},
        {"if true then {1} else {'a'}", "{1}"},
        {"if true then 1 else 'a'", "1"},
        {"convert 5 to String", "'5'"},
        {"convert 5 to Decimal", "5.0"},
        {"convert '5' to Integer", "5"},
        {"convert {1} to List<Decimal>", "{1.0}"},
        {"convert Interval[1, 2] to Interval<Decimal>", "Interval[1.0, 2.0]"},
        {"convert 1 'g' to 'mg'", "1000 'mg'"},
        {"convert 1 'g' to 'mL'", "null"},
        {"convert \"C\" to Concept", "Concept { codes: { Code { code: 'c1', system: 'http://s', "
                                     "version: '3', display: 'one' } }, display: 'one' }"},
        {"convert 1 to Choice<String, Decimal>", "1.0"},
        {"1 as Choice<Integer, String>", "1"},
        {"5 is Integer", "true"},
        {"('a' as Choice<Integer, String>) as Integer", "null"},
        {"B.Twice(2)", "4"},
        {"B.P", "3"},
        {"B.\"BC\"", "Code { code: 'b1', system: 'http://b' }"},
        {"define X: 5.fl()\ndefine fluent function fl(a Integer): a + 1", "6"},
        {"Coalesce(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20)", "1"},
        {"Length({1,2})", "2"},
        {"Length('ab')", "2"},
        {"ToInterval(null)", "null"},
        {"AgeInYears()", "56"},
        {"AgeInYearsAt(@2020-02-02)", "49"},
        {"AgeInHours()", "Interval[492984, 493007]"},
        {"CalculateAgeInYears(@1970-01-01)", "56"},
        {"CalculateAgeInYearsAt(@1970-01-01, @2026-05-01)", "56"},
        {"1 before 2", "true"},
        {"@2020-01-01 before Interval[@2020-01-02, @2020-02-01]", "true"},
        {"@2020-01-01 3 days or more before @2020-01-05", "true"},
        {"@2020-01-01 less than 3 days before @2020-01-05", "false"},
        {"@2020-01-01 within 3 days of @2020-01-05", "false"},
        {"Interval[@2020-01-01, @2020-01-03] starts within 3 days of start Interval[@2020-01-02, "
         "@2020-02-01]",
         "true"},
        {"Interval[1, 3] starts before 5", "true"},
        {"@2020-01-01 3.5 days before @2020-01-05", "false"},
        {"@2020-01-01 3 days before day of @2020-01-05", "false"},
        {"Interval[1, 3] overlaps before Interval[2, 5]", "true"},
        {"Interval[1, 3] meets after Interval[4, 5]", "false"},
        {"Interval[1, 3] starts Interval[1, 5]", "true"},
        {"Interval[1, 3] ends Interval[1, 3]", "true"},
        {"Interval[1, 3] during Interval[1, 5]", "true"},
        {"Interval[1, 3] properly included in Interval[1, 5]", "true"},
        {"5 included in Interval[1, 5]", "true"},
        {"@2020-01-01 same day or before @2020-01-05", "true"},
        {"([Observation: category in \"C\"]) o return o.id.value", "{'o1'}"},
        {"([Observation: category in { \"C\", Code 'x' from \"S\" }]) o return o.id.value",
         "{'o1'}"},
        {"([Observation: category in \"K\"]) o return o.id.value", "{'o1'}"},
        {"([Observation: \"K\"]) o return o.id.value", "{'o1'}"},
        {"([Observation: code in { \"C\", Code 'c2' from \"S\" }]) o return o.id.value",
         "{'o1', 'o2'}"},
        {"([Observation: status in \"C\"]) o return o.id.value", "{}"},
        {"([Observation: category in { Code 'zz' from \"S\" }]) o return o.id.value", "{}"},
        {"([Observation]) o return (o.value as FHIR.Quantity).unit.value", "{'mg', null}"},
        {"([Observation]) o where o.value is FHIR.string return o.id.value", "{'o2'}"},
        {"([Observation]) o return o.effective.end.value", "{null, @2026-01-05T}"},
        {"Patient.name.given.value", "{'B', 'C', 'E'}"},
        {"Patient.name[0].given[1].value", "'C'"},
        {"Patient.deceased.value", "false"},
        {"Patient.gender.value", "'female'"},
        {"Interval[@2020-01-01, @2020-01-03] 2 days or less before @2020-01-05", "true"},
        {"Interval[@2020-01-01, @2020-01-03] 2 days or less after Interval[@2019-12-01, "
         "@2019-12-30]",
         "true"},
        {"Interval[@2020-01-01, @2020-01-03] less than 2 days after Interval[@2019-12-01, "
         "@2019-12-30]",
         "false"},
        {"Interval[@2020-01-01, @2020-01-03] more than 1 day before Interval[@2020-01-05, "
         "@2020-01-30]",
         "true"},
        {"Interval[@2020-01-01, @2020-01-03] 2 days before Interval[@2020-01-05, @2020-01-30]",
         "true"},
        {"Interval[@2020-01-01, @2020-01-03] 3 days after Interval[@2019-12-01, @2019-12-29]",
         "true"},
        {"@2020-01-01 2 days or less on or before @2020-01-03", "true"},
        {"@2020-01-01 less than 2 days before @2020-01-03", "false"},
        {"@2020-01-02 properly within 2 days of @2020-01-04", "false"},
        {"@2020-01-02 within 2 days of @2020-01-04", "true"},
        {"@2020-01-02 within 2 days of Interval[@2020-01-04, @2020-02-01]", "true"},
        {"@2020-02-04 within 2 days of Interval[@2020-01-04, @2020-02-01]", "false"},
        {"Interval[@2020-01-02, @2020-01-03] starts within 2 days of Interval[@2020-01-04, "
         "@2020-02-01]",
         "true"},
        {"Interval[@2020-01-02, @2020-01-03] within 3 days of Interval[@2020-01-04, @2020-02-01]",
         "true"},
        {"1 within 3 days of 4", "null"},
        {"Interval[1, 3] occurs before 5", "true"},
        {"Interval[1, 3] starts before start Interval[2, 5]", "true"},
        {"Concept { codes: { \"C\" }, display: 'd' }",
         "Concept { codes: { Code { code: 'c1', system: 'http://s', version: '3', display: 'one' } "
         "}, display: 'd' }"},
        {"Ratio { numerator: 1 'mg', denominator: 2 'mL' }", "1 'mg' : 2 'mL'"},
        {"Ratio { numerator: 1 'mg' }", "null"},
        {"Quantity { value: 2.5 }", "2.5 '1'"},
        {"Quantity { unit: 'mg' }", "null"},
        {"ValueSet { id: 'x', version: '1', name: 'n' }",
         "ValueSet { id: 'x', version: '1', name: 'n' }"},
        {"Code { code: 'a', system: 's', version: 'v', display: 'd' }",
         "Code { code: 'a', system: 's', version: 'v', display: 'd' }"},
        {"Interval[1, 1]", "Interval[1, 1]"},
        {"({Tuple{k: 1}, Tuple{k: null}, Tuple{k: 0}}) t sort by k",
         "{Tuple { k: null }, Tuple { k: 0 }, Tuple { k: 1 }}"},
        {"({Tuple{k: 1}, Tuple{k: null}, Tuple{k: 0}}) t sort by k desc",
         "{Tuple { k: 1 }, Tuple { k: 0 }, Tuple { k: null }}"},
        {"({@2020-02, @2020-01-03, @2019}) t return t sort asc", "{@2019, @2020-01-03, @2020-02}"},
        {"({1, null, 0}) t sort desc", "{1, 0, null}"},
        {"({'b', 'a'}) t sort asc", "{'a', 'b'}"},
        {"({Tuple{k: 1, v: 'a'}, Tuple{k: 1, v: 'b'}, Tuple{k: 0, v: 'c'}}) t sort by k, v desc",
         "{Tuple { k: 0, v: 'c' }, Tuple { k: 1, v: 'b' }, Tuple { k: 1, v: 'a' }}"},
        {"(Tuple{a: 1, b: 'x'} as Tuple{a Integer, b String}).b", "'x'"},
        {"({1, 'a'}) x return x as Integer", "{1, null}"},
        {"({1, 'a', null}) x return x is String", "{false, true}"},
        {"(if true then 1 else Tuple{a: 1}) as Tuple{a Integer}", "null"},
        {"(if false then 1 else Tuple{a: 1}) as Tuple{a Integer}", "Tuple { a: 1 }"},
        {"(if false then 1 else Tuple{a: null}) is Tuple{a Integer}", "true"},
        {"(if false then 1 else Interval[1, 2]) as Interval<Integer>", "Interval[1, 2]"},
        {"(if false then 1 else Interval[1, 2]) is Interval<Decimal>", "false"},
        {"(if false then 1 else {1, 2}) is List<Integer>", "true"},
        {"(if false then 1 else {'a'}) is List<Integer>", "false"},
        {"(if true then 1 else Tuple{a: 1}).a", "null"},
        {"(if true then 1 else {1}) + 1", "2"},
        {"(if true then 1 else 'a') = 1", "true"},
        {"{1} = {1.0}", "true"},
        {"{{1}, {1.5}}", "{{1.0}, {1.5}}"},
        {"{Tuple{a: 1}, Tuple{a: 1.5}}", "{Tuple { a: 1 }, Tuple { a: 1.5 }}"},
        {"{Interval[1, 2], {1}}", "{Interval[1, 2], {1}}"},
        {"Coalesce(1, 'a')", "1"},
        {"Coalesce({1}, {1.5})", "{1.0}"},
        {"define X: F(if true then 1 else 'a')\ndefine function F(a Choice<Integer, String>): a is "
         "Integer",
         "true"},
        {"define X: F(1)\ndefine function F(a Choice<String, Decimal>): a", "1.0"},
        {"define X: F({1})\ndefine function F(a List<Decimal>): a", "{1.0}"},
        {"define X: F(Interval[1, 2])\ndefine function F(a Interval<Decimal>): a",
         "Interval[1.0, 2.0]"},
        {"define X: F(null)\ndefine function F(a Integer): a is null", "true"},
        {"define X: F(Patient)\ndefine function F(a FHIR.Patient): a.gender.value", "'female'"},
        {"define X: F(Patient)\ndefine function F(a FHIR.Resource): a.id.value", "'p'"},
        {"define X: F(Patient.gender)\ndefine function F(a String): a", "'female'"},
        {"define X: F(Patient.birthDate)\ndefine function F(a Date): a", "@1970-02-03"},
        {"define X: F([Observation])\ndefine function F(a List<FHIR.Observation>): Count(a)", "2"},
        {"define X: F(\"C\")\ndefine function F(a Concept): a.display", "'one'"},
        {"define X: F()\ndefine function F(): 7", "7"},
        {"define X: F(3)\ndefine function F(a Integer) returns Integer: if a <= 0 then 0 else a + "
         "F(a - 1)",
         "6"},
    };
    const fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        attempt a = compile(f, rows[i].source);
        ost_error error = {.code = OST_OK};
        ost_str got;
        if (a.status != OST_OK) {
            fail_msg("%s: %s", rows[i].source, a.diagnostics.items[0].message);
        }
        if (evaluate(f, &a, &got, &error) != OST_OK || !ost_str_is(got, rows[i].want)) {
            fail_msg("%s: got %.*s %s", rows[i].source, OST_STR_ARG(got), error.message);
        }
        ost_arena_free(a.arena);
    }
}

struct wrong {
    const char *source;
    ost_status code;
    uint32_t line, column;
    const char *message;
};

static void expect_error(const struct wrong *row, const ost_error *error)
{
    if (error->code != row->code || error->line != row->line || error->column != row->column ||
        strcmp(error->message, row->message) != 0) {
        fail_msg("%s: code %d, %u:%u: %s", row->source, (int)error->code, error->line,
                 error->column, error->message);
    }
    assert_string_equal(error->source, "x.cql");
}

static void test_errors(void **state)
{
    static const struct wrong rows[] = {
        {"Code 'x' from \"Nope\"", OST_E_NOT_FOUND, 8, 25, "'Nope' is not declared"},
        {"Code 'x' from \"C\"", OST_E_TYPE, 8, 11, "a code needs a declared code system"},
        {"Code 'x' from B.\"Nope\"", OST_E_NOT_FOUND, 8, 25, "library B has no 'Nope'"},
        {"Interval[1, 5].width", OST_E_NOT_FOUND, 8, 11,
         "Interval<Integer> has no element 'width'"},
        {"Interval[1, 'a']", OST_E_TYPE, 8, 11, "the ends of an interval are Integer and String"},
        {"Interval[Patient, 1]", OST_E_TYPE, 8, 11,
         "the ends of an interval are FHIR.Patient and Integer"},
        {"Quantity { amount: 1.5 }", OST_E_TYPE, 8, 11,
         "Quantity has no element 'amount' that can be set"},
        {"Tuple { a: 1, a: 2 }", OST_E_SYNTAX, 8, 19, "element 'a' is given twice"},
        {"99999999999999999999999999999 'mg'", OST_E_SYNTAX, 8, 11,
         "not a number of at most 28 digits: 99999999999999999999999999999"},
        {"9223372036854775808L", OST_E_SYNTAX, 8, 11,
         "9223372036854775808 is outside the range of Long"},
        {"List<Integer>{1, 'a'}", OST_E_TYPE, 8, 28, "expected Integer, found String"},
        {"convert Patient to Integer", OST_E_TYPE, 8, 11, "ToInteger does not take (FHIR.Patient)"},
        {"B.Hidden", OST_E_TYPE, 8, 11, "'Hidden' is private to library B"},
        {"B.Shy(1)", OST_E_TYPE, 8, 11, "no function 'Shy' takes (Integer)"},
        {"B.Twice('a')", OST_E_TYPE, 8, 11, "no function 'Twice' takes (String)"},
        {"B.Nope", OST_E_NOT_FOUND, 8, 11, "library B has no 'Nope'"},
        {"B", OST_E_TYPE, 8, 11, "'B' is a library, not a value"},
        {"\"BC\"", OST_E_NOT_FOUND, 8, 11, "'BC' is not declared"},
        {"Frob", OST_E_NOT_FOUND, 8, 11, "'Frob' is not declared"},
        {"Twice", OST_E_NOT_FOUND, 8, 11, "'Twice' is not declared"},
        {"y", OST_E_NOT_FOUND, 8, 11, "'y' is not declared"},
        {"define X: twice\ndefine Twice: 1", OST_E_NOT_FOUND, 8, 11, "'twice' is not declared"},
        {"define X: Fun\ndefine function Fun(n Integer): n", OST_E_TYPE, 8, 11,
         "'Fun' is a function, not a value"},
        {"define X: Fun('a')\ndefine function Fun(n Integer): n", OST_E_TYPE, 8, 11,
         "no function 'Fun' takes (String)"},
        {"define X: Fun(1, 1)\ndefine function Fun(a Integer, b Decimal): 1\ndefine function Fun(a "
         "Decimal, b Integer): 2",
         OST_E_TYPE, 8, 11, "call of 'Fun' is ambiguous"},
        {"define X: Fun(1)\ndefine function Fun(a Integer): Fun(a)", OST_E_TYPE, 9, 33,
         "function 'Fun' calls itself without a declared result"},
        {"define X: Fun(1)\ndefine function Fun(a Integer) returns String: a", OST_E_TYPE, 9, 48,
         "expected String, found Integer"},
        {"define X: Fun(1)\ndefine function Fun(a Integer): external", OST_E_UNSUPPORTED, 8, 11,
         "function 'Fun' is external and not built in"},
        {"define X: Fun(1)\ndefine function Fun(a Integer) returns Integer: external",
         OST_E_UNSUPPORTED, 8, 11, "function 'Fun' is external and not built in"},
        {"define X: Fun(1)\ndefine function Fun(a Frob): a", OST_E_NOT_FOUND, 9, 23,
         "type 'Frob' is not known"},
        {"define X: 5.fl()\ndefine function fl(a Integer): a + 1", OST_E_NOT_FOUND, 8, 11,
         "there is no function 'fl'"},
        {"Length(5)", OST_E_TYPE, 8, 11, "Length does not take (Integer)"},
        {"[Observation: frob in \"C\"]", OST_E_TYPE, 8, 11, "Observation has no element 'frob'"},
        {"[Frob]", OST_E_NOT_FOUND, 8, 12, "type 'Frob' is not known"},
        {"[Observation: \"S\"]", OST_E_TYPE, 8, 25, "expected Concept, found CodeSystem"},
        {"Patient.frob", OST_E_NOT_FOUND, 8, 11, "FHIR.Patient has no element 'frob'"},
        {"Interval[1, 3] ends 2 days before 5", OST_E_TYPE, 8, 11,
         "SameAs does not take (Integer, Quantity)"},
        {"1 starts before 2", OST_E_TYPE, 8, 11, "Start does not take (Integer)"},
        {"'a' before 2", OST_E_TYPE, 8, 11, "Before does not take (String, Integer)"},
        {"Interval[1, 3] included in 5", OST_E_TYPE, 8, 11,
         "IncludedIn does not take (Interval<Integer>, Integer)"},
        {"[Quantity]", OST_E_TYPE, 8, 11, "Quantity can't be retrieved"},
        {"[Observation: category in 5]", OST_E_TYPE, 8, 37, "expected Concept, found Integer"},
        {"Interval[1, 3] 1 day or less before @2020-01-05", OST_E_TYPE, 8, 11,
         "In does not take (Integer, Interval<Date>)"},
        {"@2020-01-02 within 3 days of null", OST_E_TYPE, 8, 11,
         "In does not take (Date, Interval<Quantity>)"},
        {"@2020-01-02 within 'a' of @2020-01-04", OST_E_SYNTAX, 8, 30,
         "expected a number with a unit, for example 3 days or 5 'mg', found 'a'"},
        {"Nope 3 days before @2020-01-04", OST_E_NOT_FOUND, 8, 11, "'Nope' is not declared"},
        {"@2020-01-04 3 days before Nope", OST_E_NOT_FOUND, 8, 37, "'Nope' is not declared"},
        {"Interval[1, 3] starts same as 1", OST_E_TYPE, 8, 11,
         "SameAs does not take (Integer, Integer)"},
        {"define X: F(1, 2)\ndefine function F(a Integer): a", OST_E_TYPE, 8, 11,
         "no function 'F' takes (Integer, Integer)"},
    };
    const fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        attempt a = compile(f, rows[i].source);
        if (a.status == OST_OK) {
            fail_msg("%s: no error", rows[i].source);
        }
        expect_error(&rows[i], &a.diagnostics.items[0]);
        ost_arena_free(a.arena);
    }
}

/* Sound to the checker, wrong for these values. */
static void test_failures(void **state)
{
    static const struct wrong rows[] = {
        {"cast 'a' as Integer", OST_E_RUNTIME, 8, 11, "the value is not a Integer"},
        {"Interval[5, 1]", OST_E_RUNTIME, 8, 11,
         "an interval that ends before it starts or is empty"},
        {"Interval(1, 1]", OST_E_RUNTIME, 8, 11,
         "an interval that ends before it starts or is empty"},
        {"Interval[@2020-01-02, @2020-01-01]", OST_E_RUNTIME, 8, 11,
         "an interval that ends before it starts or is empty"},
        {"define X: F(3)\ndefine function F(a Integer) returns Integer: F(a + 1)", OST_E_LIMIT, 9,
         47, "calls are nested too deeply"},
    };
    const fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        attempt a = compile(f, rows[i].source);
        ost_error error = {.code = OST_OK};
        ost_str got;
        assert_int_equal(a.status, OST_OK);
        if (evaluate(f, &a, &got, &error) == OST_OK) {
            fail_msg("%s: got %.*s", rows[i].source, OST_STR_ARG(got));
        }
        expect_error(&rows[i], &error);
        ost_arena_free(a.arena);
    }
}

/* Definitions that need most steps of the checker and of the plan. */
static const char many_forms[] =
    "Count(({Tuple{k: 1, v: 'a'}, Tuple{k: 0, v: 'b'}}) t where F(t.k) >= 0 sort by k desc)\n"
    "define A: if P > 1 then Interval[1, 2] else Interval[1.5, 2.5]\n"
    "define B1: {1, 'a'} as List<Choice<Integer, String>>\n"
    "define D: [Observation: category in { \"C\", Code 'x' from \"S\" }] o return o.effective\n"
    "define E: @2020-01-02 within 2 days of Interval[@2020-01-04, @2020-02-01]\n"
    "define G: case when P = 3 then B.Twice(2) else null end\n"
    "define H: Concept { Code 'x' from \"S\" } ~ \"K\"\n"
    "define I: Quantity { value: 1.5, unit: 'mg' } > 1 'g'\n"
    "define J: from ({1, 2}) a, ({3}) b let c: a + b where c > 4 return all c\n"
    "define L: ({1, 2}) n aggregate t starting 0: t + n\n"
    "define M: Patient.name.given.value\n"
    "define N: 'a' + (AgeInYears() as Integer).Text()\n"
    "define P: B.P\n"
    "define function F(n Integer): n\ndefine function F(s String): s\n"
    "define fluent function Text(n Integer): ToString(n)\n";

/* Each allocation fails in turn: the library is refused for want of memory, or it is whole. */
static void test_short_memory(void **state)
{
    const fixture *f = *state;
    bool done = false;

    for (size_t nth = 1; !done; nth++) {
        attempt a = {.arena = ost_arena_new(0)};
        ost_buf text = ost_buf_init(a.arena);
        ost_buf_text(&text, head);
        ost_buf_text(&text, "define X: ");
        ost_buf_text(&text, many_forms);
        a.diagnostics.arena = a.arena;
        ost_arena_fail_at(a.arena, nth);
        a.program = ost_program_new(a.arena, f->model, f->ucum, NULL);
        a.status = OST_E_MEMORY;
        if (a.program != NULL &&
            ost_program_add(a.program, OST_STR("x.cql"), ost_buf_str(&text)) == OST_OK &&
            ost_program_add(a.program, OST_STR("b.cql"), ost_str_of(other)) == OST_OK) {
            a.status = ost_program_done(a.program, &a.diagnostics);
        }
        done = a.status == OST_OK;
        if (!done && a.status != OST_E_MEMORY) {
            fail_msg("allocation %zu: status %d, %s", nth, (int)a.status,
                     a.diagnostics.count > 0 ? a.diagnostics.items[0].message : "");
        }
        ost_arena_free(a.arena);
        assert_true(nth < 100000);
    }
}

/* "name = value" of each definition of T; the first error ends it. */
static ost_status evaluate_all(const attempt *a, ost_eval *eval, ost_buf *out, ost_error *error)
{
    for (uint32_t i = 0; i < ost_program_define_count(a->program); i++) {
        ost_value value;
        ost_define_info info = ost_program_define(a->program, i);
        ost_status status = ost_eval_define(eval, i, &value, error);
        if (status != OST_OK) {
            return status;
        }
        ost_buf_printf(out, "%.*s = ", OST_STR_ARG(info.name));
        ost_value_print(out, value);
        ost_buf_char(out, '\n');
    }
    return OST_OK;
}

/* With too little memory an evaluation is an error or the value, never another value. */
static void test_short_memory_of_an_evaluation(void **state)
{
    enum { ROUNDS = 300 }; /* more than there are allocations */
    const fixture *f = *state;
    attempt a = compile(f, many_forms);
    ost_eval_options options = {.size = sizeof options};
    ost_str want = {NULL, 0};
    size_t failures = 0;

    assert_int_equal(a.status, OST_OK);
    assert_true(
        ost_when_parse(OST_STR("2026-05-01T23:59:59.999+00:00"), OST_DATETIME, &options.now));
    /* The first round fails nowhere and gives the values to compare with. */
    for (size_t nth = 0; nth < ROUNDS; nth++) {
        ost_eval *eval = ost_eval_new(a.program, f->record, &options);
        ost_error error = {.code = OST_OK};
        ost_buf got = ost_buf_init(a.arena);
        assert_non_null(eval);
        ost_arena_fail_at(ost_eval_arena(eval), nth);
        ost_status status = evaluate_all(&a, eval, &got, &error);
        if (nth == 0) {
            assert_int_equal(status, OST_OK);
            want = ost_buf_str(&got);
        } else if (status == OST_OK) {
            if (!ost_str_equal(ost_buf_str(&got), want)) {
                fail_msg("allocation %zu: %.*s", nth, OST_STR_ARG(ost_buf_str(&got)));
            }
        } else {
            assert_int_equal(status, OST_E_MEMORY);
            failures++;
        }
        ost_eval_free(eval);
    }
    assert_true(failures > 10);
    ost_arena_free(a.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_errors, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_failures, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_short_memory, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_short_memory_of_an_evaluation, set_up, tear_down),
};

OST_TEST_MAIN("cql-check", tests)
