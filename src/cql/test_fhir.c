/* Members and conversions of FHIR objects, by paths in one small record. A row walks a path of
 * elements from the Observation, converts at its end, and compares the printed CQL literal. */
#include "cql/fhir.h"

#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

static ost_arena *arena;
static const ost_model *model;
static ost_record record;
static ost_error error;
static ost_call call;

static int start(void **state)
{
    (void)state;
    enum { MOST = 1000000 };
    arena = ost_arena_new(0);
    char *text = ost_arena_alloc(arena, MOST);
    FILE *file = fopen(OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv", "rb");
    if (!file || !text) {
        return -1;
    }
    size_t len = fread(text, 1, MOST, file);
    fclose(file);
    call = (ost_call){.arena = arena, .error = &error, .steps_left = 1000};
    return ost_model_load(arena, (ost_str){text, len}, &model, &error);
}

static int stop(void **state)
{
    (void)state;
    ost_arena_free(arena);
    return 0;
}

static ost_value parse(const char *type, const char *json)
{
    record = (ost_record){.arena = arena, .tree = ost_tree_init(arena, model)};
    uint32_t root = 0;
    if (ost_json_parse(&record.tree, ost_str_of(json), &root, &error) != OST_OK) {
        fail_msg("%s: %s", json, error.message);
    }
    ost_value object = {.kind = OST_OBJECT,
                        .type = (uint16_t)ost_model_type_id(model, ost_str_of(type))};
    assert_int_not_equal(object.type, OST_TYPE_NONE);
    object.object.record = &record;
    object.object.node = root;
    return object;
}

/* "code.coding[0].system": members, with an index for lists. */
static ost_value walk(ost_value object, const char *path)
{
    ost_str rest = ost_str_of(path), step;
    while (rest.len > 0 && ost_str_next(&rest, '.', &step) && object.kind == OST_OBJECT) {
        size_t bracket = ost_str_find(step, OST_STR("["), 0);
        ost_str name = ost_str_sub(step, 0, bracket == SIZE_MAX ? step.len : bracket);
        const ost_model_element *element =
            ost_model_find(model, object.type, ost_model_name_id(model, name));
        if (!element) {
            fail_msg("%s: no element '%.*s'", path, OST_STR_ARG(name));
            return ost_null();
        }
        object = ost_fhir_property(&call, model, object, element);
        if (bracket != SIZE_MAX) {
            size_t index = (size_t)(step.ptr[bracket + 1] - '0');
            assert_int_equal(object.kind, OST_LIST);
            object = index < object.list.count ? object.list.items[index] : ost_null();
        }
    }
    return object;
}

/* The value as text: a FHIR object as its type, a list as its length. */
static ost_str show(ost_value value)
{
    ost_buf buf = ost_buf_init(arena);
    if (value.kind == OST_OBJECT) {
        ost_buf_printf(&buf, "FHIR.%.*s", OST_STR_ARG(model->types[value.type].name));
    } else if (value.kind == OST_LIST) {
        ost_buf_printf(&buf, "list of %zu", value.list.count);
    } else {
        ost_value_print(&buf, value);
    }
    return ost_buf_str(&buf);
}

static const char observation[] =
    "{\"resourceType\": \"Observation\", \"id\": \"o1\", \"status\": \"final\","
    " \"_status\": {\"id\": \"s1\", \"extension\": [{\"url\": \"u\", \"valueString\": \"why\"}]},"
    " \"code\": {\"coding\": [{\"system\": \"S\", \"code\": \"c1\", \"display\": \"one\"},"
    " {\"code\": \"c2\"}, null], \"text\": \"words\"},"
    " \"effectivePeriod\": {\"start\": \"2024-01-05T10:00:00Z\", \"end\": \"2024-02\"},"
    " \"issued\": \"2024-01-05T10:00:00.123456+01:00\","
    " \"valueQuantity\": {\"value\": 2.450000005, \"unit\": \"x\", \"system\":"
    " \"http://unitsofmeasure.org\", \"code\": \"mmol/L\"},"
    " \"interpretation\": {\"text\": \"high\"},"
    " \"contained\": [{\"resourceType\": \"Patient\", \"id\": \"p\", \"birthDate\": \"1960-05\","
    " \"multipleBirthInteger\": 2, \"active\": false, \"name\": [{\"given\": [\"A\", null, \"B\"],"
    " \"_given\": [null, {\"id\": \"g\"}, {\"id\": \"h\"}]}]}, {\"resourceType\": \"Nonsense\"}],"
    " \"component\": [{\"code\": {\"coding\": [{\"code\": \"k\"}]}, \"valueInteger\": 3},"
    " {\"valueString\": \"a\", \"valueInteger\": 1}],"
    " \"referenceRange\": [{\"low\": {\"value\": 1, \"code\": \"d\"}, \"high\": {\"value\": 3}}],"
    " \"bodySite\": \"not an object\", \"dataAbsentReason\": null}";

static void test_property(void **state)
{
    (void)state;
    static const struct row {
        const char *path, *shown;
    } rows[] = {
        {"id", "FHIR.id"},
        {"id.value", "'o1'"},
        {"status", "FHIR.ObservationStatus"},
        {"status.value", "'final'"},
        {"status.id", "'s1'"},
        {"status.extension", "list of 1"},
        {"status.extension[0].value", "FHIR.string"},
        {"status.extension[0].value.value", "'why'"},
        {"id.extension", "list of 0"},
        {"value", "FHIR.Quantity"},
        {"value.value", "FHIR.decimal"},
        {"value.value.value", "2.45000001"},
        {"effective", "FHIR.Period"},
        {"effective.start.value", "@2024-01-05T10:00:00+00:00"},
        {"effective.end.value", "@2024-02T"},
        {"issued.value", "@2024-01-05T10:00:00.123+01:00"},
        {"code.coding", "list of 2"},
        {"code.coding[1].system", "null"},
        {"interpretation", "list of 1"},
        {"interpretation[0].text.value", "'high'"},
        {"identifier", "list of 0"},
        {"subject", "null"},
        {"bodySite", "null"},
        {"dataAbsentReason", "null"},
        {"contained[0]", "FHIR.Patient"},
        {"contained[1]", "FHIR.Resource"},
        {"contained[0].birthDate.value", "@1960-05"},
        {"contained[0].birthDate.extension", "list of 0"},
        {"contained[0].multipleBirth", "FHIR.integer"},
        {"contained[0].active.value", "false"},
        {"contained[0].name[0].given", "list of 2"},
        {"contained[0].name[0].given[1].id", "'h'"},
        {"contained[0].name[0].given[0].id", "null"},
        {"component[0].value.value", "3"},
        {"component[1].value", "null"}, /* two spellings of one choice */
        {"component", "list of 2"},
    };
    ost_value root = parse("Observation", observation);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str shown = show(walk(root, rows[i].path));
        if (!ost_str_is(shown, rows[i].shown)) {
            fail_msg("%s: %.*s", rows[i].path, OST_STR_ARG(shown));
        }
    }
    const ost_model_element *status =
        ost_model_find(model, root.type, ost_model_name_id(model, OST_STR("status")));
    assert_true(ost_is_null(ost_fhir_property(&call, model, ost_null(), status)));
    assert_true(ost_is_null(ost_fhir_property(&call, model, ost_integer(1), status)));
}

static void test_odd_lists(void **state)
{
    (void)state;
    ost_value root =
        parse("Observation", "{\"status\": [\"final\"], \"issued\": [\"2024\", \"2025\"],"
                             " \"note\": [], \"focus\": [null, 3, {}],"
                             " \"method\": []}");
    assert_true(ost_str_is(show(walk(root, "status.value")), "'final'"));
    assert_true(ost_is_null(walk(root, "issued")));
    assert_true(ost_is_null(walk(root, "method")));
    assert_true(ost_str_is(show(walk(root, "note")), "list of 0"));
    assert_true(ost_str_is(show(walk(root, "focus")), "list of 1"));
}

static void test_primitives(void **state)
{
    (void)state;
    static const struct row {
        const char *type, *json, *function, *shown;
    } rows[] = {
        {"string", "\"a\"", "ToString", "'a'"},
        {"string", "1", "ToString", "null"},
        {"uri", "\"urn:x\"", "ToString", "'urn:x'"},
        {"canonical", "\"c\"", "ToString", "'c'"},
        {"markdown", "\"\"", "ToString", "''"},
        {"boolean", "true", "ToBoolean", "true"},
        {"boolean", "\"true\"", "ToBoolean", "null"},
        {"integer", "-2147483648", "ToInteger", "-2147483648"},
        {"integer", "2147483647", "ToInteger", "2147483647"},
        {"integer", "2147483648", "ToInteger", "null"},
        {"integer", "99999999999", "ToInteger", "null"},
        {"integer", "1.5", "ToInteger", "null"},
        {"integer", "1e2", "ToInteger", "null"},
        {"positiveInt", "7", "ToInteger", "7"},
        {"decimal", "1.0", "ToDecimal", "1.0"},
        {"decimal", "0.123456785", "ToDecimal", "0.12345679"},
        {"decimal", "-0.123456785", "ToDecimal", "-0.12345679"},
        {"decimal", "1.5e3", "ToDecimal", "1500.0"},
        {"decimal", "1e40", "ToDecimal", "null"},
        {"decimal", "\"1\"", "ToDecimal", "null"},
        {"date", "\"2024-02-29\"", "ToDate", "@2024-02-29"},
        {"date", "\"2023-02-29\"", "ToDate", "null"},
        {"date", "\"2024\"", "ToDate", "@2024"},
        {"date", "\"2024-01-01T10:00:00Z\"", "ToDate", "null"},
        {"dateTime", "\"2024\"", "ToDateTime", "@2024T"},
        {"dateTime", "\"yesterday\"", "ToDateTime", "null"},
        {"dateTime", "2024", "ToDateTime", "null"},
        {"instant", "\"2024-01-01T10:00:00.5Z\"", "ToDateTime", "@2024-01-01T10:00:00.500+00:00"},
        {"time", "\"10:30:00\"", "ToTime", "@T10:30:00"},
        {"time", "\"25:00:00\"", "ToTime", "null"},
        {"string", "\"a\"", "ToDate", "null"},
        {"date", "\"2024-02-29\"", "ToDateTime", "null"},
        {"string", "\"a\"", "ToNonsense", "null"},
        {"Period", "{}", "ToString", "null"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        /* A JSON text of a record is an object: the value stands in a member. */
        char json[200];
        snprintf(json, sizeof json, "{\"v\": %s}", rows[i].json);
        ost_value object = parse(rows[i].type, json);
        object.object.node++;
        ost_str shown = show(ost_fhir_convert(&call, model, ost_str_of(rows[i].function), object));
        if (!ost_str_is(shown, rows[i].shown)) {
            fail_msg("%s(%s %s): %.*s", rows[i].function, rows[i].type, rows[i].json,
                     OST_STR_ARG(shown));
        }
    }
}

static void test_complex(void **state)
{
    (void)state;
    static const struct row {
        const char *type, *json, *function, *shown;
    } rows[] = {
        {"Quantity", "{\"value\": 5, \"code\": \"mg\"}", "ToQuantity", "5 'mg'"},
        {"Quantity", "{\"value\": 5.10, \"unit\": \"mg\"}", "ToQuantity", "5.10 'mg'"},
        {"Quantity", "{\"value\": 5, \"unit\": \"tablets\", \"code\": \"{tbl}\"}", "ToQuantity",
         "5 '{tbl}'"},
        {"Quantity", "{\"value\": 5}", "ToQuantity", "5 '1'"},
        {"Quantity", "{\"value\": 5, \"code\": \"\"}", "ToQuantity", "5 '1'"},
        {"Quantity", "{\"value\": 2, \"code\": \"wk\"}", "ToQuantity", "2 weeks"},
        {"Age", "{\"value\": 60, \"system\": \"http://unitsofmeasure.org\", \"code\": \"a\"}",
         "ToQuantity", "60 years"},
        {"Quantity", "{\"value\": 5, \"comparator\": \"<\"}", "ToQuantity", "null"},
        {"Quantity", "{\"value\": 5, \"comparator\": \">=\"}", "ToQuantity", "null"},
        {"Quantity", "{\"value\": 5, \"system\": \"http://snomed.info/sct\"}", "ToQuantity",
         "null"},
        {"Quantity", "{\"unit\": \"mg\"}", "ToQuantity", "null"},
        {"Quantity", "{\"value\": \"5\"}", "ToQuantity", "null"},
        {"Ratio", "{\"numerator\": {\"value\": 1}, \"denominator\": {\"value\": 8}}", "ToRatio",
         "1 '1' : 8 '1'"},
        {"Ratio", "{\"numerator\": {\"value\": 1}}", "ToRatio", "null"},
        {"Period", "{\"start\": \"2024-01\", \"end\": \"2024-03\"}", "ToInterval",
         "Interval[@2024-01T, @2024-03T]"},
        {"Period", "{\"end\": \"2024-03\"}", "ToInterval", "Interval(null, @2024-03T]"},
        {"Period", "{\"start\": \"2024-01\"}", "ToInterval", "Interval[@2024-01T, null]"},
        {"Period", "{\"start\": \"2024-01\", \"end\": \"soon\"}", "ToInterval",
         "Interval[@2024-01T, null)"},
        {"Period", "{\"start\": \"2024-03\", \"end\": \"2024-01\"}", "ToInterval", "null"},
        {"Range",
         "{\"low\": {\"value\": 1, \"code\": \"mg\"}, \"high\": {\"value\": 2, \"code\": "
         "\"mg\"}}",
         "ToInterval", "Interval[1 'mg', 2 'mg']"},
        {"Range", "{\"high\": {\"value\": 2, \"code\": \"mg\"}}", "ToInterval",
         "Interval(null, 2 'mg']"},
        {"Range", "{\"low\": {\"value\": 3}, \"high\": {\"value\": 2}}", "ToInterval", "null"},
        {"Range", "{\"low\": {\"value\": 3}, \"high\": {\"comparator\": \"<\", \"value\": 9}}",
         "ToInterval", "Interval[3 '1', null)"},
        {"Coding", "{\"code\": \"1\"}", "ToQuantity", "null"},
        {"Quantity", "{\"value\": 5}", "ToInterval", "null"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value object = parse(rows[i].type, rows[i].json);
        ost_str shown = show(ost_fhir_convert(&call, model, ost_str_of(rows[i].function), object));
        if (!ost_str_is(shown, rows[i].shown)) {
            fail_msg("%s(%s): %.*s", rows[i].function, rows[i].json, OST_STR_ARG(shown));
        }
    }
    assert_true(ost_is_null(ost_fhir_convert(&call, model, OST_STR("ToString"), ost_null())));
}

static void test_codes(void **state)
{
    (void)state;
    ost_value root = parse("Observation", observation);
    ost_value concept = ost_fhir_convert(&call, model, OST_STR("ToConcept"), walk(root, "code"));
    assert_int_equal(concept.kind, OST_CONCEPT);
    assert_int_equal(concept.concept->count, 2);
    assert_true(ost_str_is(concept.concept->codes[0].system, "S"));
    assert_true(ost_str_is(concept.concept->codes[0].display, "one"));
    assert_null(concept.concept->codes[1].system.ptr);
    assert_true(ost_str_is(concept.concept->display, "words"));
    ost_value code =
        ost_fhir_convert(&call, model, OST_STR("ToCode"), walk(root, "code.coding[0]"));
    assert_int_equal(code.kind, OST_CODE);
    assert_true(ost_str_is(code.code->code, "c1"));
    static const struct row {
        const char *path, *code;
    } rows[] = {{"code", "c1"}, {"code.coding[1]", "c2"}, {"status", "final"}, {"value", NULL}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value of = ost_fhir_concept_of(&call, model, walk(root, rows[i].path));
        if ((rows[i].code == NULL) != ost_is_null(of) ||
            (rows[i].code && !ost_str_is(of.concept->codes[0].code, rows[i].code))) {
            fail_msg("%s", rows[i].path);
        }
    }
    assert_true(ost_is_null(ost_fhir_concept_of(&call, model, ost_null())));
    concept = ost_fhir_convert(&call, model, OST_STR("ToConcept"),
                               parse("CodeableConcept", "{\"text\": \"t\"}"));
    assert_int_equal(concept.concept->count, 0);
}

static void test_memory(void **state)
{
    (void)state;
    static const struct row {
        const char *type, *json, *function;
    } rows[] = {
        {"Quantity", "{\"value\": 5}", "ToQuantity"},
        {"Ratio", "{\"numerator\": {\"value\": 1}, \"denominator\": {\"value\": 8}}", "ToRatio"},
        {"Coding", "{\"code\": \"1\"}", "ToCode"},
        {"CodeableConcept", "{\"coding\": [{\"code\": \"1\"}]}", "ToConcept"},
        {"Period", "{\"start\": \"2024\"}", "ToInterval"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value object = parse(rows[i].type, rows[i].json);
        for (size_t n = 1;; n++) {
            ost_arena *own = ost_arena_new(0);
            ost_error mine = {0};
            ost_call limited = {.arena = own, .error = &mine};
            ost_arena_fail_at(own, n);
            ost_value value =
                ost_fhir_convert(&limited, model, ost_str_of(rows[i].function), object);
            bool done = !ost_is_null(value);
            ost_arena_free(own);
            if (done) {
                assert_true(n > 1);
                break;
            }
            assert_int_equal(mine.code, OST_E_MEMORY);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_property),   cmocka_unit_test(test_odd_lists),
        cmocka_unit_test(test_primitives), cmocka_unit_test(test_complex),
        cmocka_unit_test(test_codes),      cmocka_unit_test(test_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("cql-fhir", tests, start, stop);
}
