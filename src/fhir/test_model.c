/* The shipped table of FHIR types, and what the loader says of tables that are wrong. */
#include "fhir/model.h"

#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

static ost_arena *arena;
static const ost_model *model;

static ost_str read_table(void)
{
    FILE *file = fopen(OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv", "rb");
    assert_non_null(file);
    enum { MOST = 1000000 };
    char *text = ost_arena_alloc(arena, MOST);
    assert_non_null(text);
    size_t len = fread(text, 1, MOST, file);
    fclose(file);
    assert_in_range(len, 100000, 400000);
    return (ost_str){text, len};
}

static int start(void **state)
{
    (void)state;
    arena = ost_arena_new(0);
    ost_error error = {0};
    return ost_model_load(arena, read_table(), &model, &error) == OST_OK ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    ost_arena_free(arena);
    return 0;
}

static uint32_t type_of(const char *name)
{
    uint32_t id = ost_model_type_id(model, ost_str_of(name));
    assert_int_not_equal(id, OST_TYPE_NONE);
    return id;
}

static const ost_model_element *find(const char *type, const char *name)
{
    return ost_model_find(model, type_of(type), ost_model_name_id(model, ost_str_of(name)));
}

static void test_elements(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *type, *element;
        bool list;
        uint32_t choices;
        const char *first_json, *first_type;
    } rows[] = {
        {"choice", "Observation", "value", false, 11, "valueQuantity", "Quantity"},
        {"list of a component", "Observation", "component", true, 1, "component",
         "Observation.Component"},
        {"choice of a component", "Observation.Component", "value", false, 11, "valueQuantity",
         "Quantity"},
        {"component of another parent", "Observation.Component", "referenceRange", true, 1,
         "referenceRange", "Observation.ReferenceRange"},
        {"small letter of a choice", "Patient", "deceased", false, 2, "deceasedBoolean", "boolean"},
        {"inherited from Resource", "Observation", "id", false, 1, "id", "id"},
        {"inherited from DomainResource", "Observation", "contained", true, 1, "contained",
         "Resource"},
        {"inherited from Element", "HumanName", "extension", true, 1, "extension", "Extension"},
        {"inherited from BackboneElement", "Observation.Component", "modifierExtension", true, 1,
         "modifierExtension", "Extension"},
        {"plain", "Patient", "birthDate", false, 1, "birthDate", "date"},
        {"System type", "date", "value", false, 1, "value", "System.Date"},
        {"enumeration", "ObservationStatus", "value", false, 1, "value", "System.String"},
        {"drug", "MedicationRequest", "medication", false, 2, "medicationCodeableConcept",
         "CodeableConcept"},
        {"profile of Quantity", "NutritionOrder.EnteralFormula.Administration", "rate", false, 2,
         "rateQuantity", "SimpleQuantity"},
        {"any type", "Extension", "value", false, 50, "valueBase64Binary", "base64Binary"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_model_element *element = find(rows[i].type, rows[i].element);
        if (!element) {
            fail_msg("%s: not found", rows[i].name);
            return;
        }
        const ost_model_choice *first = &model->choices[element->first_choice];
        ost_str json = model->names[first->json_name], type = model->types[first->type].name;
        if (element->list != rows[i].list || element->choice_count != rows[i].choices ||
            !ost_str_is(json, rows[i].first_json) || !ost_str_is(type, rows[i].first_type)) {
            fail_msg("%s: list %d, %u choices, first %.*s of %.*s", rows[i].name, element->list,
                     element->choice_count, OST_STR_ARG(json), OST_STR_ARG(type));
        }
    }
    assert_null(find("Observation", "birthDate"));
    assert_null(ost_model_find(model, type_of("Observation"), OST_NAME_NONE));
    assert_null(ost_model_find(model, OST_TYPE_NONE, model->known.id));
    assert_int_equal(ost_model_name_id(model, OST_STR("no such name")), OST_NAME_NONE);
    assert_int_equal(ost_model_type_id(model, OST_STR("NoSuchType")), OST_TYPE_NONE);
    assert_int_equal(ost_model_type_id(model, OST_STR("")), OST_TYPE_NONE);
}

static void test_types(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *base, *code_path;
        bool retrievable, primitive;
        const char *conversion, *converts_to;
    } rows[] = {
        {"Observation", "DomainResource", "code", true, false, "", ""},
        {"MedicationRequest", "DomainResource", "medication", true, false, "", ""},
        {"Immunization", "DomainResource", "vaccineCode", true, false, "", ""},
        {"BodyStructure", "DomainResource", "location", true, false, "", ""},
        {"Patient", "DomainResource", "", true, false, "", ""},
        {"DeviceUseStatement", "DomainResource", "", true, false, "", ""}, /* "device.code" */
        {"Bundle", "Resource", "", true, false, "", ""},
        {"Resource", "", "", true, false, "", ""},
        {"Quantity", "Element", "code", false, false, "ToQuantity", "System.Quantity"},
        {"Age", "Quantity", "", false, false, "", ""},
        {"Period", "Element", "", false, false, "ToInterval", "Interval<System.DateTime>"},
        {"code", "string", "", false, true, "", ""},
        {"decimal", "Element", "", false, true, "ToDecimal", "System.Decimal"},
        {"ObservationStatus", "Element", "", false, true, "ToString", "System.String"},
        {"Observation.Component", "BackboneElement", "", false, false, "", ""},
        {"System.Date", "", "", false, false, "", ""},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_model_type *type = &model->types[type_of(rows[i].name)];
        if (!ost_str_is(model->types[type->base].name, rows[i].base) ||
            !ost_str_is(model->names[type->code_path], rows[i].code_path) ||
            type->retrievable != rows[i].retrievable || type->primitive != rows[i].primitive ||
            !ost_str_is(type->conversion, rows[i].conversion) ||
            !ost_str_is(type->converts_to, rows[i].converts_to)) {
            fail_msg("%s: differs", rows[i].name);
        }
    }
    uint32_t published = 0, retrievable = 0;
    for (uint32_t i = 1; i < model->type_count; i++) {
        published += !ost_str_starts(model->types[i].name, OST_STR("System."));
        retrievable += model->types[i].retrievable;
    }
    assert_int_equal(published, 931);
    assert_int_equal(retrievable, 147);
}

static void test_is(void **state)
{
    (void)state;
    static const struct row {
        const char *type, *base;
        bool is;
    } rows[] = {
        {"Age", "Quantity", true},           {"Quantity", "Age", false},
        {"Quantity", "Quantity", true},      {"code", "Element", true},
        {"Patient", "Resource", true},       {"Patient", "Element", false},
        {"Bundle", "DomainResource", false}, {"Observation.Component", "BackboneElement", true},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_model_is(model, type_of(rows[i].type), type_of(rows[i].base)) != rows[i].is) {
            fail_msg("%s is %s", rows[i].type, rows[i].base);
        }
    }
    assert_false(ost_model_is(model, OST_TYPE_NONE, type_of("Quantity")));
}

static void test_ids(void **state)
{
    (void)state;
    assert_in_range(model->name_count, 1000, 60000);
    for (uint32_t i = 1; i < model->name_count; i++) {
        assert_int_equal(ost_model_name_id(model, model->names[i]), i);
    }
    for (uint32_t i = 1; i < model->type_count; i++) {
        assert_int_equal(ost_model_type_id(model, model->types[i].name), i);
    }
    assert_true(ost_str_is(model->names[model->known.resourceType], "resourceType"));
    assert_true(ost_str_is(model->names[model->known.identifier], "identifier"));
    assert_true(ost_str_is(model->types[model->birth_type].name, "Patient"));
    assert_true(ost_str_is(model->birth_path, "birthDate.value"));
}

static void test_relations(void **state)
{
    (void)state;
    static const struct row {
        const char *type, *context, *path;
    } rows[] = {
        {"Observation", "Patient", "subject"},
        {"Observation", "Encounter", "encounter"},
        {"Appointment", "Patient", "participant.actor"},
        {"AllergyIntolerance", "Patient", "patient"},
        {"Provenance", "Patient", "target"},
        {"MedicationRequest", "Practitioner", "requester"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        bool found = false;
        for (uint32_t k = 0; k < model->relation_count; k++) {
            const ost_model_relation *r = &model->relations[k];
            found = found ||
                    (r->type == type_of(rows[i].type) && r->context == type_of(rows[i].context) &&
                     ost_str_is(r->path, rows[i].path));
        }
        if (!found) {
            fail_msg("%s in %s by %s", rows[i].type, rows[i].context, rows[i].path);
        }
    }
}

static void test_bad_tables(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *csv;
        uint32_t line;
        const char *message;
    } rows[] = {
        {"unknown row", "# x\nQ,a\n", 2, "FHIR model table: unknown kind of row 'Q'"},
        {"short type row", "T,A,,\n", 1, "FHIR model table: a type row needs 7 fields: 'T'"},
        {"too many fields", "T,A,,,,,,,,\n", 1, "FHIR model table: a type row needs 7 fields: 'T'"},
        {"twice", "T,A,,,,,\n\nT,A,,,,,\n", 3, "FHIR model table: type defined twice: 'A'"},
        {"element without type", "E,a,,A\n", 1,
         "FHIR model table: an element row needs a type before it and 4 good fields: 'a'"},
        {"unknown form", "T,A,,,,,\nE,a,set,A\n", 2,
         "FHIR model table: an element row needs a type before it and 4 good fields: 'a'"},
        {"choice not marked", "T,A,,,,,\nE,a,,A|A\n", 2,
         "FHIR model table: several types without being a choice: 'A|A'"},
        {"empty alternative", "T,A,,,,,\nE,a,choice,A||A\n", 2,
         "FHIR model table: empty type in 'A||A'"},
        {"not defined", "T,A,,,,,\nE,a,,B\n", 0,
         "FHIR model table: type used but not defined: 'B'"},
        {"circle", "T,A,B,,,,\nT,B,A,,,,\n", 1, "FHIR model table: endless chain of bases of 'A'"},
        {"context without type", "C,Patient,subject\n", 1,
         "FHIR model table: a context row needs a type before it and 3 fields: 'C'"},
        {"short birth row", "B,Patient\n", 1,
         "FHIR model table: a birth date row needs 3 fields: 'B'"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_model *out = NULL;
        ost_error error = {0};
        ost_status status = ost_model_load(arena, ost_str_of(rows[i].csv), &out, &error);
        if (status != OST_E_SYNTAX || error.line != rows[i].line || out ||
            strcmp(error.message, rows[i].message) != 0) {
            fail_msg("%s: %d, line %u, %s", rows[i].name, status, error.line, error.message);
        }
    }
    const ost_model *out = NULL;
    assert_int_equal(ost_model_load(arena, OST_STR("T,A,,,,,\r\n"), &out, NULL), OST_OK);
    assert_int_equal(out->type_count, 2);
}

static void test_too_many_names(void **state)
{
    (void)state;
    enum { MOST = 1000000, NAMES = 60000 };
    char *text = malloc(MOST);
    assert_non_null(text);
    size_t len = (size_t)snprintf(text, MOST, "T,A,,,,,\n");
    for (int i = 0; i < NAMES; i++) {
        len += (size_t)snprintf(text + len, MOST - len, "E,n%d,,A\n", i);
    }
    const ost_model *out = NULL;
    ost_error error = {0};
    ost_arena *own = ost_arena_new(0);
    assert_int_equal(ost_model_load(own, (ost_str){text, len}, &out, &error), OST_E_LIMIT);
    ost_arena_free(own);
    free(text);
}

static void test_memory(void **state)
{
    (void)state;
    ost_str csv = OST_STR("T,A,,,code,,\nE,a,choice,A|B\nE,b,list,A\nC,A,a\nT,B,A,,,,\nB,A,a\n");
    for (size_t n = 1;; n++) {
        ost_arena *own = ost_arena_new(0);
        ost_arena_fail_at(own, n);
        const ost_model *out = NULL;
        ost_error error = {0};
        ost_status status = ost_model_load(own, csv, &out, &error);
        ost_arena_free(own);
        if (status == OST_OK) {
            assert_true(n > 10);
            return;
        }
        assert_int_equal(status, OST_E_MEMORY);
        assert_null(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_is),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_relations),
        cmocka_unit_test(test_bad_tables),
        cmocka_unit_test(test_too_many_names),
        cmocka_unit_test(test_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fhir-model", tests, start, stop);
}
