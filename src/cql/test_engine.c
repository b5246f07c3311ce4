/* The engine as a whole: libraries, checker errors with their places, overrides, provenance,
 * thresholds. The operators have tests of their own; the language as a whole is tested by
 * tests/conformance. */
#include "base/test.h"

#include "base/file.h"
#include "cql/engine.h"

typedef struct fixture {
    ost_arena *arena;
    const ost_model *model;
    ost_ucum *ucum;
    ost_diagnostics diagnostics;
    ost_program *program;
} fixture;

static ost_str load(ost_arena *arena, const char *path)
{
    ost_str text;
    ost_error error = {.code = OST_OK};
    assert_int_equal(ost_file_read(arena, path, (size_t)64 << 20, &text, &error), OST_OK);
    return text;
}

static fixture open_fixture(void)
{
    fixture f = {.arena = ost_arena_new(0)};
    ost_error error = {.code = OST_OK};
    assert_non_null(f.arena);
    ost_str model = load(f.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv");
    ost_str ucum = load(f.arena, OST_SOURCE_ROOT "/content/model/ucum.csv");
    assert_int_equal(ost_model_load(f.arena, model, &f.model, &error), OST_OK);
    assert_int_equal(ost_ucum_load(f.arena, ucum, &f.ucum, &error), OST_OK);
    f.diagnostics.arena = f.arena;
    f.program = ost_program_new(f.arena, f.model, f.ucum, NULL);
    assert_non_null(f.program);
    return f;
}

static ost_eval *start(const fixture *f, const ost_record *record, bool trace)
{
    ost_eval_options options = {.size = sizeof options, .trace = trace};
    assert_true(
        ost_when_parse(OST_STR("2026-05-01T12:00:00.000+00:00"), OST_DATETIME, &options.now));
    ost_eval *eval = ost_eval_new(f->program, record, &options);
    assert_non_null(eval);
    return eval;
}

static void add(fixture *f, const char *name, const char *source)
{
    assert_int_equal(ost_program_add(f->program, ost_str_of(name), ost_str_of(source)), OST_OK);
}

static void expect(fixture *f, ost_eval *eval, const char *library, const char *define,
                   const char *want)
{
    ost_value value;
    ost_error error = {.code = OST_OK};
    uint32_t id = ost_program_find(f->program, ost_str_of(library), ost_str_of(define));
    assert_int_not_equal(id, OST_DEFINE_NONE);
    if (ost_eval_define(eval, id, &value, &error) != OST_OK) {
        fail_msg("%s: %s", define, error.message);
    }
    ost_buf buf = ost_buf_init(f->arena);
    ost_value_print(&buf, value);
    assert_string_equal(ost_buf_str(&buf).ptr, want);
}

static const char library_a[] =
    "library A version '1'\n"
    "include B version '2' called Other\n"
    "parameter P Integer default 7\n"
    "codesystem \"S\": 'http://s'\n"
    "code \"C\": 'c1' from \"S\" display 'one'\n"
    "concept \"K\": { \"C\" } display 'k'\n"
    "define X: Other.Y + 1\n"
    "define Z: Twice(X)\n"
    "define Q: from ({1, 2, 3}) a, ({10, 20}) b where a > 1 return a + b\n"
    "define R: ({3, 1, 2}) n return n * 2 sort desc\n"
    "define Sorted: ({Tuple{k: 'b', v: 1}, Tuple{k: 'a', v: 2}}) t sort by k\n"
    "define T: ({1, 2, 3}) n aggregate total starting 0: total + n\n"
    "define U: (5) n return n + 1\n"
    "define V: ({1, 2}) n with ({2}) m such that m = n\n"
    "define W: ({1, 2}) n without ({2}) m such that m = n\n"
    "define L: ({1, 2}) n let d: n * 2 where d > 2 return d\n"
    "define D: ({1, 1, 2}) n return all n\n"
    "define E: ({1, 1, 2}) n return n\n"
    "define G: case when P > 5 then 'big' else 'small' end\n"
    "define H: case P when 1 then 1 when 7 then 2.5 else null end\n"
    "define I: if null then 1 else 2\n"
    "define J: null and false\n"
    "define M: Coalesce(null, null, 3)\n"
    "define N: \"C\" ~ \"K\"\n"
    "define O: P.half()\n"
    "define F1: 2.0 'mg' < 1 'g'\n"
    "define F2: @2020-01-31 + 1 month\n"
    "define F3: Interval[1, 5] contains 3\n"
    "define function Twice(n Integer): n * 2\n"
    "define function Twice(n String): n + n\n"
    "define fluent function half(n Integer): n / 2\n";

static void test_evaluation(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *want;
    } rows[] = {
        {"X", "42"},
        {"Z", "84"},
        {"Q", "{12, 22, 13, 23}"},
        {"R", "{6, 4, 2}"},
        {"Sorted", "{Tuple { k: 'a', v: 2 }, Tuple { k: 'b', v: 1 }}"},
        {"T", "6"},
        {"U", "6"},
        {"V", "{2}"},
        {"W", "{1}"},
        {"L", "{4}"},
        {"D", "{1, 1, 2}"},
        {"E", "{1, 2}"},
        {"G", "'big'"},
        {"H", "2.5"},
        {"I", "2"},
        {"J", "false"},
        {"M", "3"},
        {"N", "true"},
        {"O", "3.5"},
        {"F1", "true"},
        {"F2", "@2020-02-29"},
        {"F3", "true"},
    };
    fixture f = open_fixture();
    add(&f, "a.cql", library_a);
    add(&f, "b.cql", "library B version '2'\ndefine Y: 41\n");
    ost_status status = ost_program_done(f.program, &f.diagnostics);
    if (status != OST_OK) {
        fail_msg("%u: %s", f.diagnostics.items[0].line, f.diagnostics.items[0].message);
    }
    ost_eval *eval = start(&f, NULL, false);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        print_message("# %s\n", rows[i].name);
        expect(&f, eval, "A", rows[i].name, rows[i].want);
    }
    ost_eval_free(eval);
    ost_arena_free(f.arena);
}

/* Each wrong library: code, line, column, and a part of the message. */
static void test_errors(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *source;
        ost_status code;
        uint32_t line, column;
        const char *message;
    } rows[] = {
        {"unknown name", "define X: Y + 1", OST_E_NOT_FOUND, 1, 11, "'Y' is not declared"},
        {"wrong types", "define X: 1 + 'a'", OST_E_TYPE, 1, 11,
         "Add does not take (Integer, String)"},
        {"union of intervals of two types", "define X: Interval[1, 2] union Interval['a', 'b']",
         OST_E_TYPE, 1, 11, "Union does not take (Interval<Integer>, Interval<String>)"},
        {"self", "define X: X + 1", OST_E_TYPE, 1, 11, "in terms of itself"},
        {"circle", "define X: Y\ndefine Y: X", OST_E_TYPE, 2, 11, "in terms of itself"},
        {"twice", "define X: 1\ndefine X: 2", OST_E_TYPE, 2, 1, "already declared in line 1"},
        {"no include", "include Nothing version '1'\ndefine X: 1", OST_E_NOT_FOUND, 1, 1,
         "library Nothing version 1 is not there"},
        {"no function", "define X: Frob(1)", OST_E_NOT_FOUND, 1, 11, "no function 'Frob'"},
        {"no model", "using QUICK\ndefine X: 1", OST_E_UNSUPPORTED, 1, 1, "model QUICK"},
        {"integer range", "define X: 2147483648", OST_E_SYNTAX, 1, 11, "range of Integer"},
        {"decimal places", "define X: 1.123456789", OST_E_SYNTAX, 1, 11, "8 decimals"},
        {"no unit", "define X: 1 'furlongs'", OST_E_UNIT, 1, 11, "not a UCUM unit"},
        {"no type", "define X: 1 as Frob", OST_E_NOT_FOUND, 1, 16, "type 'Frob' is not known"},
        {"no element", "define X: Tuple{a: 1}.b", OST_E_NOT_FOUND, 1, 11, "no element 'b'"},
        {"bad date", "define X: @2020-02-30", OST_E_SYNTAX, 1, 11, "calendar"},
        {"condition", "define X: if 1 then 2 else 3", OST_E_TYPE, 1, 14, "expected Boolean"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        fixture f = open_fixture();
        print_message("# %s\n", rows[i].name);
        add(&f, "x.cql", rows[i].source);
        assert_int_equal(ost_program_done(f.program, &f.diagnostics), rows[i].code);
        const ost_error *error = &f.diagnostics.items[0];
        if (!strstr(error->message, rows[i].message)) {
            fail_msg("%s", error->message);
        }
        assert_int_equal(error->line, rows[i].line);
        assert_int_equal(error->column, rows[i].column);
        assert_string_equal(error->source, "x.cql");
        ost_arena_free(f.arena);
    }
}

static void test_circular_include(void **state)
{
    (void)state;
    fixture f = open_fixture();
    add(&f, "a.cql", "library A\ninclude B\ndefine X: 1");
    add(&f, "b.cql", "library B\ninclude A\ndefine Y: 2");
    assert_int_equal(ost_program_done(f.program, &f.diagnostics), OST_E_TYPE);
    assert_non_null(strstr(f.diagnostics.items[0].message, "circular include"));
    ost_arena_free(f.arena);
}

/* All errors of a library are reported at once. */
static void test_all_errors(void **state)
{
    (void)state;
    fixture f = open_fixture();
    add(&f, "x.cql", "define A: Nope1\ndefine B: 1 + 1\ndefine C: Nope2\n");
    assert_int_equal(ost_program_done(f.program, &f.diagnostics), OST_E_NOT_FOUND);
    assert_int_equal(f.diagnostics.count, 2);
    assert_int_equal(f.diagnostics.items[1].line, 3);
    ost_arena_free(f.arena);
}

static void test_overrides(void **state)
{
    (void)state;
    fixture f = open_fixture();
    add(&f, "x.cql",
        "library X\ndefine Clearance: 34 'mL/min'\ndefine Low: Clearance < 40 'mL/min'\n"
        "define Band: Clearance in Interval[30 'mL/min', 40 'mL/min')\n"
        "define Other: 1\ndefine Both: Low and Other = 1\n");
    assert_int_equal(ost_program_done(f.program, &f.diagnostics), OST_OK);
    ost_eval *eval = start(&f, NULL, false);
    uint32_t clearance = ost_program_find(f.program, OST_STR("X"), OST_STR("Clearance"));
    uint32_t both = ost_program_find(f.program, OST_STR("X"), OST_STR("Both"));
    uint32_t other = ost_program_find(f.program, OST_STR("X"), OST_STR("Other"));
    ost_decimal fifty = ost_decimal_of_int(50);
    assert_true(ost_program_depends(f.program, both, clearance));
    assert_false(ost_program_depends(f.program, other, clearance));
    expect(&f, eval, "X", "Both", "true");
    assert_int_equal(
        ost_eval_override(eval, clearance, ost_quantity_value(f.arena, fifty, OST_STR("mL/min"))),
        OST_OK);
    expect(&f, eval, "X", "Both", "false");
    assert_int_equal(ost_eval_override(eval, clearance, ost_null()), OST_OK);
    expect(&f, eval, "X", "Both", "null");
    ost_eval_restore_all(eval);
    expect(&f, eval, "X", "Both", "true");
    ost_value thresholds[8];
    assert_int_equal(ost_program_thresholds(f.program, both, clearance, thresholds, 8), 1);
    uint32_t band = ost_program_find(f.program, OST_STR("X"), OST_STR("Band"));
    assert_int_equal(ost_program_thresholds(f.program, band, clearance, thresholds, 8), 2);
    ost_eval_free(eval);
    ost_arena_free(f.arena);
}

static void test_parameters(void **state)
{
    (void)state;
    fixture f = open_fixture();
    add(&f, "x.cql",
        "library X\nparameter Limit Integer default 40\nparameter Name String\n"
        "define Doubled: Limit * 2\ndefine Called: Name\n");
    assert_int_equal(ost_program_done(f.program, &f.diagnostics), OST_OK);
    ost_eval *eval = start(&f, NULL, false);
    expect(&f, eval, "X", "Doubled", "80");
    expect(&f, eval, "X", "Called", "null");
    ost_eval_free(eval);
    eval = start(&f, NULL, false);
    ost_error error;
    const struct wrong {
        ost_str library, name;
        ost_value value;
        ost_status code;
        const char *message;
    } wrong[] = {
        {OST_STR("X"), OST_STR("Limits"), ost_integer(1), OST_E_NOT_FOUND,
         "library X has no parameter 'Limits'"},
        {OST_STR("Y"), OST_STR("Limit"), ost_integer(1), OST_E_NOT_FOUND,
         "library Y has no parameter 'Limit'"},
        {OST_STR("X"), OST_STR("Limit"), ost_boolean(true), OST_E_TYPE,
         "parameter 'Limit' is Integer"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(wrong); i++) {
        assert_int_equal(
            ost_eval_parameter(eval, wrong[i].library, wrong[i].name, wrong[i].value, &error),
            wrong[i].code);
        assert_string_equal(error.message, wrong[i].message);
    }
    assert_int_equal(
        ost_eval_parameter(eval, OST_STR("X"), OST_STR("Limit"), ost_integer(21), &error), OST_OK);
    expect(&f, eval, "X", "Doubled", "42");
    ost_eval_free(eval);
    /* Null is a value too, and hides the default. */
    eval = start(&f, NULL, false);
    assert_int_equal(ost_eval_parameter(eval, OST_STR("X"), OST_STR("Limit"), ost_null(), &error),
                     OST_OK);
    expect(&f, eval, "X", "Doubled", "null");
    ost_eval_free(eval);
    ost_arena_free(f.arena);
}

static const char bundle[] =
    "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
    "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1955-03-02\"}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"a\",\"status\":\"final\","
    "\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\"http://"
    "loinc.org\","
    "\"code\":\"2160-0\"}]},\"effectiveDateTime\":\"2026-04-01\","
    "\"valueQuantity\":{\"value\":0.90,\"unit\":\"mg/dL\",\"system\":\"http://unitsofmeasure.org\","
    "\"code\":\"mg/dL\"}}},"
    "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"b\",\"status\":\"final\","
    "\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\"http://"
    "loinc.org\","
    "\"code\":\"2160-0\"}]},\"effectiveDateTime\":\"2026-01-01\","
    "\"valueQuantity\":{\"value\":1.2,\"unit\":\"mg/dL\",\"system\":\"http://unitsofmeasure.org\","
    "\"code\":\"mg/dL\"}}}]}";

static const char over_record[] =
    "library R\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\n"
    "codesystem \"LOINC\": 'http://loinc.org'\ncode \"Creatinine\": '2160-0' from \"LOINC\"\n"
    "code \"Other\": '1-8' from \"LOINC\"\ncontext Patient\n"
    "define Age: AgeInYears()\n"
    "define All: [Observation: \"Creatinine\"]\n"
    "define Latest: Last((All) O where O.status = 'final' sort by (effective as FHIR.dateTime))\n"
    "define Value: Latest.value as Quantity\n"
    "define Helped: FHIRHelpers.ToQuantity(Latest.value as FHIR.Quantity)\n"
    "define Number: (Latest.value as Quantity).value\n"
    "define Codes: flatten((All) O return O.code.coding.code)\n"
    "define Count: Count(All)\n"
    "define Nothing: exists [Observation: \"Other\"]\n"
    "define ByScan: Count([Observation: code in {\"Creatinine\"}])\n"
    "define Born: Patient.birthDate.value\n"
    "define IsQuantity: Latest.value is FHIR.Quantity\n"
    "define Recent: exists((All) O where O.effective as FHIR.dateTime after @2026-03-01)\n";

static void expect_sources(fixture *f, ost_eval *eval, const ost_record *record, const char *define,
                           const char *want)
{
    const uint32_t *indices;
    uint32_t id = ost_program_find(f->program, OST_STR("R"), ost_str_of(define));
    size_t count = ost_eval_sources(eval, id, &indices);
    ost_buf buf = ost_buf_init(f->arena);
    for (size_t i = 0; i < count; i++) {
        ost_buf_printf(&buf, "%s%.*s", i ? " " : "", OST_STR_ARG(record->resources[indices[i]].id));
    }
    assert_string_equal(ost_buf_str(&buf).ptr, want);
}

static void test_record(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *want;
    } rows[] = {
        {"Age", "71"},
        {"Value", "0.90 'mg/dL'"},
        {"Helped", "0.90 'mg/dL'"},
        {"Number", "0.90"},
        {"Count", "2"},
        {"Nothing", "false"},
        {"ByScan", "2"},
        {"Born", "@1955-03-02"},
        {"IsQuantity", "true"},
        {"Recent", "true"},
    };
    fixture f = open_fixture();
    ost_record *record = NULL;
    ost_error error = {.code = OST_OK};
    ost_read_options read = {.source_name = OST_STR("test")};
    if (ost_record_read(f.model, ost_str_of(bundle), &read, &record, &error) != OST_OK) {
        fail_msg("%s", error.message);
    }
    add(&f, "r.cql", over_record);
    if (ost_program_done(f.program, &f.diagnostics) != OST_OK) {
        fail_msg("%u:%u %s", f.diagnostics.items[0].line, f.diagnostics.items[0].column,
                 f.diagnostics.items[0].message);
    }
    ost_eval *traced = start(&f, record, true), *plain = start(&f, record, false);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        print_message("# %s\n", rows[i].name);
        expect(&f, traced, "R", rows[i].name, rows[i].want);
        expect(&f, plain, "R", rows[i].name, rows[i].want);
    }
    expect_sources(&f, traced, record, "Count", "a b");
    expect_sources(&f, traced, record, "Value", "a");
    expect_sources(&f, traced, record, "Recent", "a");
    expect_sources(&f, traced, record, "Nothing", "");
    const ost_looked *looked;
    uint32_t nothing = ost_program_find(f.program, OST_STR("R"), OST_STR("Nothing"));
    assert_int_equal(ost_eval_looked(traced, nothing, &looked), 1);
    assert_true(ost_str_is(looked[0].type, "Observation"));
    assert_true(ost_str_is(looked[0].terminology, "Other"));
    assert_int_equal(looked[0].considered, 2);
    ost_eval_free(traced);
    ost_eval_free(plain);
    ost_record_free(record);
    ost_arena_free(f.arena);
}

static void test_limits(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_value value;
    ost_error error = {.code = OST_OK};
    add(&f, "x.cql",
        "library X\ndefine function Down(n Integer) returns Integer: "
        "if n = 0 then 0 else Down(n - 1)\ndefine Deep: Down(100000)\ndefine Fine: Down(10)\n"
        "define Empty: Interval[5, 3]\n");
    ost_status status = ost_program_done(f.program, &f.diagnostics);
    if (status != OST_OK) {
        fail_msg("%s", f.diagnostics.items[0].message);
    }
    ost_eval *eval = start(&f, NULL, false);
    uint32_t deep = ost_program_find(f.program, OST_STR("X"), OST_STR("Deep"));
    assert_int_equal(ost_eval_define(eval, deep, &value, &error), OST_E_LIMIT);
    expect(&f, eval, "X", "Fine", "0");
    uint32_t empty = ost_program_find(f.program, OST_STR("X"), OST_STR("Empty"));
    assert_int_equal(ost_eval_define(eval, empty, &value, &error), OST_E_RUNTIME);
    assert_int_equal(error.line, 5);
    assert_int_equal(ost_eval_define(eval, empty, &value, &error), OST_E_RUNTIME);
    ost_eval_free(eval);
    ost_arena_free(f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evaluation),       cmocka_unit_test(test_errors),
        cmocka_unit_test(test_circular_include), cmocka_unit_test(test_all_errors),
        cmocka_unit_test(test_overrides),        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_record),           cmocka_unit_test(test_limits),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cql-engine", tests, NULL, NULL);
}
