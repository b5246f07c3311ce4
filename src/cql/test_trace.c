/* Provenance: which resources a value rests on. A row is a definition over a small record, its
 * value and its sources; the value is the same when nothing is traced. */
#include "base/test.h"

#include "base/file.h"
#include "cql/program.h"

/* Observations of conditions; the record lists conditions first. */
static const struct resource {
    const char *id, *code, *date, *condition;
} observations[] =
    {
        {"a", "one", "2026-04-01", "k"},
        {"b", "one", "2026-01-01", "m"},
        {"x", "two", "2026-02-01", "k"},
},
  conditions[] = {
      {"k", "bone", "", ""},
      {"m", "lung", "", ""},
};

static const char library[] =
    "library R\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\n"
    "codesystem \"S\": 'http://s'\ncode \"One\": 'one' from \"S\"\ncode \"Three\": '3' from \"S\"\n"
    "context Patient\n"
    "define All: [Observation]\n"
    "define Ones: [Observation: \"One\"]\n"
    "define Conditions: [Condition]\n"
    "define Table: { Tuple { code: 'bone', word: 'B' }, Tuple { code: 'lung', word: 'L' } }\n"
    "define function Named(id String): First((All) O where O.id.value = id)\n"
    "define function NoneIfAny(): if exists Conditions then List<String> {} else { 'q' }\n"
    "define function WordOf(C FHIR.Condition):\n"
    "  First((Table) T where exists (C.code.coding K where K.code.value = T.code) return T.word)\n"
    "define Words: (All) O return all Tuple { id: O.id.value, date: (O.effective as "
    "FHIR.dateTime).value, word: 'w' }\n";

static const struct row {
    const char *name, *text, *want, *sources;
} rows[] = {
    {"all of a list", "Count(All)", "3", "a b x"},
    {"a filter", "Count((All) O where O.id.value = 'b')", "1", "b"},
    {"two filters in one definition",
     "exists ((All) O where O.id.value = 'a') and exists ((All) O where O.id.value = 'b')", "true",
     "a b"},
    {"a filter after another is not undone",
     "Count((All) O where O.id.value = 'a') + Count((All) O where O.id.value = 'q')", "1", "a"},
    {"a filter inside one whose item fails",
     "Count((All) O where exists ((Conditions) C where C.id.value = 'k') and O.id.value = 'b')",
     "1", "k b"},
    {"none found", "exists [Observation: \"Three\"]", "false", ""},
    {"none passes", "exists ((All) O where O.id.value = 'q')", "false", ""},
    {"a text of a resource", "Named('b').status.value", "'final'", "b"},
    {"a list of tuples", "First((Words) W where W.id = 'b').word", "'w'", "b"},
    {"a member of a chosen tuple", "First((Words) W where W.id = 'x').date", "@2026-02-01T", "x"},
    {"the greatest", "Max((Words) W return W.date)", "@2026-04-01T", "a"},
    {"the last one", "Last((All) O sort by (effective as FHIR.dateTime).value).id.value", "'a'",
     "a"},
    {"what equals the greatest",
     "First((Words) W where W.date = Max((Words) V where V.id != 'a' return V.date)).id", "'x'",
     "x"},
    {"a word of a table", "(Conditions) C return WordOf(C)", "{'B', 'L'}", "k m"},
    {"a word for one resource", "WordOf(First((Conditions) C where C.id.value = 'm'))", "'L'", "m"},
    {"a choice", "if Named('a').status.value = 'final' then 'yes' else 'no'", "'yes'", "a"},
    {"a case",
     "case when Named('q') is not null then 'q' when Named('b') is not null then 'b' else 'c' end",
     "'b'", "b"},
    {"one of a list", "(All) O where O.value in { 'm' } return O.id.value", "{'b'}", "b"},
    {"one of a list from the record",
     "(Conditions) C where C.id.value in ((All) O return O.value as FHIR.string) and C.id.value = "
     "'m' return C.id.value",
     "{'m'}", "m"},
    {"a word in a list from the record", "'x' in ((All) O return O.id.value)", "true", "a b x"},
    {"two sources",
     "from (All) O, (Conditions) C where exists (O.focus F where F.reference.value = "
     "'Condition/' + C.id.value) and O.id.value = 'b' return C.id.value",
     "{'m'}", "m b"},
    {"a partner",
     "(Conditions) C with [Observation: \"One\"] O such that O.value = 'k' and C.id.value = 'k' "
     "return C.id.value",
     "{'k'}", "k a"},
    {"no partner",
     "(Conditions) C without [Observation: \"One\"] O such that C.id.value = 'k' return C.id.value",
     "{'m'}", "m"},
    {"a list in a list", "flatten ((Conditions) C return { WordOf(C), 'w' })",
     "{'B', 'w', 'L', 'w'}", "k m"},
    {"an empty list in a list",
     "flatten ((Conditions) C return if C.id.value = 'k' then { WordOf(C) } else List<String> {})",
     "{'B'}", "k"},
    {"an empty list beside another", "NoneIfAny() union { Named('a').id.value }", "{'a'}", "a"},
    {"without repeats", "distinct ((All) O return O.status.value)", "{'final'}", "a b x"},
    {"two lists",
     "((All) O where O.id.value = 'a' return O.id.value) union ((Conditions) C where "
     "C.id.value = 'k' return C.id.value)",
     "{'a', 'k'}", "k a"},
    {"a null", "Named('a').issued.value", "null", "a"},
    {"the first that is not null", "Coalesce(Named('a').issued.value, Named('b').issued.value)",
     "null", "a b"},
    {"the patient", "AgeInYears()", "71", "p"},
    {"an aggregate", "(Ones) O aggregate T starting 0: T + 1", "2", "a b"},
    {"an aggregate of values", "(Ones) O aggregate T starting '': T + O.id.value", "'ab'", "a b"},
    {"a constant", "1 + 1", "2", ""},
};

typedef struct fixture {
    ost_arena *arena;
    ost_program *program;
    ost_record *record;
} fixture;

static ost_str record_text(ost_arena *arena)
{
    ost_buf out = ost_buf_init(arena);
    ost_buf_text(&out, "[{\"resourceType\":\"Patient\",\"id\":\"p\",\"birthDate\":\"1955-03-02\"}");
    for (size_t i = 0; i < OST_ARRAY_LEN(conditions); i++) {
        ost_buf_printf(
            &out,
            ",{\"resourceType\":\"Condition\",\"id\":\"%s\",\"subject\":{\"reference\":"
            "\"Patient/p\"},\"code\":{\"coding\":[{\"system\":\"http://s\",\"code\":\"%s\"}]}}",
            conditions[i].id, conditions[i].code);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(observations); i++) {
        const struct resource *o = &observations[i];
        ost_buf_printf(
            &out,
            ",{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\","
            "\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"coding\":[{\"system\":"
            "\"http://s\",\"code\":\"%s\"}]},\"effectiveDateTime\":\"%s\","
            "\"focus\":[{\"reference\":\"Condition/%s\"}],\"valueString\":\"%s\"}",
            o->id, o->code, o->date, o->condition, o->condition);
    }
    ost_buf_char(&out, ']');
    return ost_buf_str(&out);
}

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
    const ost_model *model;
    ost_ucum *ucum;
    ost_error error = {.code = OST_OK};
    ost_diagnostics diagnostics = {.arena = f.arena};
    ost_read_options read = {.source_name = OST_STR("test")};
    ost_str table = load(f.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv");
    ost_str units = load(f.arena, OST_SOURCE_ROOT "/content/model/ucum.csv");
    assert_int_equal(ost_model_load(f.arena, table, &model, &error), OST_OK);
    assert_int_equal(ost_ucum_load(f.arena, units, &ucum, &error), OST_OK);
    if (ost_record_read(model, record_text(f.arena), &read, &f.record, &error) != OST_OK) {
        fail_msg("%s", error.message);
    }
    ost_buf text = ost_buf_init(f.arena);
    ost_buf_text(&text, library);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf_printf(&text, "define \"%s\":\n  %s\n", rows[i].name, rows[i].text);
    }
    f.program = ost_program_new(f.arena, model, ucum, NULL);
    assert_int_equal(ost_program_add(f.program, OST_STR("r.cql"), ost_buf_str(&text)), OST_OK);
    if (ost_program_done(f.program, &diagnostics) != OST_OK) {
        fail_msg("%u:%u %s", diagnostics.items[0].line, diagnostics.items[0].column,
                 diagnostics.items[0].message);
    }
    return f;
}

static void close_fixture(fixture *f)
{
    ost_record_free(f->record);
    ost_arena_free(f->arena);
}

static ost_eval *start(const fixture *f, bool trace)
{
    ost_eval_options options = {.size = sizeof options, .trace = trace};
    assert_true(
        ost_when_parse(OST_STR("2026-05-01T12:00:00.000+00:00"), OST_DATETIME, &options.now));
    ost_eval *eval = ost_eval_new(f->program, f->record, &options);
    assert_non_null(eval);
    return eval;
}

static uint32_t define_of(const fixture *f, const char *name)
{
    uint32_t define = ost_program_find(f->program, OST_STR("R"), ost_str_of(name));
    assert_int_not_equal(define, OST_DEFINE_NONE);
    return define;
}

static const char *value_of(const fixture *f, ost_eval *eval, const char *name)
{
    ost_value value;
    ost_error error = {.code = OST_OK};
    ost_buf out = ost_buf_init(f->arena);
    if (ost_eval_define(eval, define_of(f, name), &value, &error) != OST_OK) {
        fail_msg("%s: %s", name, error.message);
    }
    ost_value_print(&out, value);
    return ost_buf_str(&out).ptr;
}

/* Ids of the sources, in the order of the record. */
static const char *sources_of(const fixture *f, ost_eval *eval, const char *name)
{
    const uint32_t *indices;
    ost_buf out = ost_buf_init(f->arena);
    size_t count = ost_eval_sources(eval, define_of(f, name), &indices);
    ost_buf_text(&out, "");
    for (size_t i = 0; i < count; i++) {
        ost_buf_printf(&out, "%s%.*s", i > 0 ? " " : "",
                       OST_STR_ARG(f->record->resources[indices[i]].id));
    }
    return count > 0 ? ost_buf_str(&out).ptr : "";
}

static void test_sources(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_eval *traced = start(&f, true), *plain = start(&f, false);
    bool good = true;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];
        const char *value = value_of(&f, traced, row->name);
        const char *sources = sources_of(&f, traced, row->name);
        assert_string_equal(value, value_of(&f, plain, row->name));
        assert_string_equal(sources_of(&f, plain, row->name), "");
        if (strcmp(value, row->want) != 0 || strcmp(sources, row->sources) != 0) {
            print_message("# %s: %s from \"%s\", not %s from \"%s\"\n", row->name, value, sources,
                          row->want, row->sources);
            good = false;
        }
    }
    assert_true(good);
    ost_eval_free(traced);
    ost_eval_free(plain);
    close_fixture(&f);
}

static void test_what_was_looked_for(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_eval *eval = start(&f, true);
    const ost_looked *looked;
    assert_string_equal(value_of(&f, eval, "none found"), "false");
    assert_int_equal(ost_eval_looked(eval, define_of(&f, "none found"), &looked), 1);
    assert_true(ost_str_is(looked[0].type, "Observation"));
    assert_true(ost_str_is(looked[0].terminology, "Three"));
    assert_int_equal(looked[0].considered, 3);
    ost_eval_free(eval);
    close_fixture(&f);
}

/* A value that was put in place of a definition rests on nothing, also when it comes from another
 * evaluation. */
static void test_overrides(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_eval *one = start(&f, true), *two = start(&f, true);
    ost_value words, all;
    ost_error error;
    assert_int_equal(ost_eval_define(one, define_of(&f, "Words"), &words, &error), OST_OK);
    assert_int_equal(ost_eval_define(two, define_of(&f, "All"), &all, &error), OST_OK);
    assert_int_equal(ost_eval_override(two, define_of(&f, "Words"), words), OST_OK);
    assert_string_equal(value_of(&f, two, "a list of tuples"), "'w'");
    assert_string_equal(sources_of(&f, two, "a list of tuples"), "");
    assert_string_equal(value_of(&f, two, "a filter"), "1");
    assert_string_equal(sources_of(&f, two, "a filter"), "b");
    ost_eval_restore(two, define_of(&f, "Words"));
    assert_string_equal(value_of(&f, two, "a list of tuples"), "'w'");
    assert_string_equal(sources_of(&f, two, "a list of tuples"), "b");
    ost_eval_free(one);
    ost_eval_free(two);
    close_fixture(&f);
}

/* What is made while nothing is traced rests on nothing known; begun again, all is made anew. */
static void test_stop_and_begin(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_eval *eval = start(&f, true);
    assert_string_equal(value_of(&f, eval, "a filter"), "1");
    ost_eval_trace(eval, false);
    assert_string_equal(value_of(&f, eval, "the greatest"), "@2026-04-01T");
    assert_string_equal(sources_of(&f, eval, "a filter"), "b");
    ost_eval_trace(eval, true);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        assert_string_equal(value_of(&f, eval, rows[i].name), rows[i].want);
        assert_string_equal(sources_of(&f, eval, rows[i].name), rows[i].sources);
    }
    ost_eval_free(eval);
    close_fixture(&f);
}

/* A record of many resources: the sets stay few and each is whole. */
static void test_many(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    fixture f = open_fixture();
    ost_buf text = ost_buf_init(f.arena);
    ost_error error;
    ost_read_options read = {.source_name = OST_STR("test")};
    ost_buf_text(&text, "[{\"resourceType\":\"Patient\",\"id\":\"p\"}");
    for (int i = 0; i < MANY; i++) {
        ost_buf_printf(&text,
                       ",{\"resourceType\":\"Observation\",\"id\":\"o%d\",\"status\":\"final\","
                       "\"subject\":{\"reference\":\"Patient/p\"}}",
                       i);
    }
    ost_buf_char(&text, ']');
    ost_record_free(f.record);
    assert_int_equal(
        ost_record_read(f.program->model, ost_buf_str(&text), &read, &f.record, &error), OST_OK);
    ost_eval *eval = start(&f, true);
    const uint32_t *indices;
    assert_string_equal(value_of(&f, eval, "all of a list"), "3000");
    assert_int_equal(ost_eval_sources(eval, define_of(&f, "all of a list"), &indices), MANY);
    assert_string_equal(value_of(&f, eval, "a filter"), "0");
    assert_int_equal(ost_eval_sources(eval, define_of(&f, "a filter"), &indices), 0);
    assert_string_equal(value_of(&f, eval, "without repeats"), "{'final'}");
    assert_int_equal(ost_eval_sources(eval, define_of(&f, "without repeats"), &indices), MANY);
    ost_eval_free(eval);
    close_fixture(&f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sources),   cmocka_unit_test(test_what_was_looked_for),
    cmocka_unit_test(test_overrides), cmocka_unit_test(test_stop_and_begin),
    cmocka_unit_test(test_many),
};

OST_TEST_MAIN("cql-trace", tests)
