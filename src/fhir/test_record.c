/* Reading records: forms of input, whose record it is, which resources count, references, the
 * index. */
#include "base/test.h"

#include "base/file.h"
#include "fhir/record.h"

#include <stdio.h>

/* A string constant as an initialiser. */
#define S(literal)                                                                                 \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

typedef struct fixture {
    ost_arena *arena;
    const ost_model *model;
    ost_read_options options;
} fixture;

static fixture open_fixture(void)
{
    fixture f = {.arena = ost_arena_new(0)};
    ost_error e;
    ost_str table;
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv",
                                   1U << 24, &table, &e),
                     OST_OK);
    assert_int_equal(ost_model_load(f.arena, table, &f.model, &e), OST_OK);
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/clinical-dates.csv",
                                   1U << 24, &f.options.clinical_dates, &e),
                     OST_OK);
    f.options.source_name = OST_STR("input");
    return f;
}

static ost_record *read_text(const fixture *f, ost_str text)
{
    ost_record *record = NULL;
    ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
    if (ost_record_read(f->model, text, &f->options, &record, &e) != OST_OK) {
        fail_msg("%u:%u %s", (unsigned)e.line, (unsigned)e.column, e.message);
    }
    return record;
}

static bool has_message(const ost_record *record, const char *path, const char *text)
{
    for (size_t i = 0; i < record->message_count; i++) {
        if (ost_str_is(record->messages[i].path, path) &&
            ost_str_is(record->messages[i].text, text)) {
            return true;
        }
    }
    for (size_t i = 0; i < record->message_count; i++) {
        (void)fprintf(stderr, "%.*s: %.*s\n", OST_STR_ARG(record->messages[i].path),
                      OST_STR_ARG(record->messages[i].text));
    }
    return false;
}

static size_t count_of(const fixture *f, const ost_record *record, const char *type)
{
    const uint32_t *indices;
    return ost_record_of_type(record, ost_model_type_id(f->model, ost_str_of(type)), &indices);
}

#define PATIENT "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"

static void test_forms(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        size_t observations;
    } rows[] = {
        {"only the patient", S(PATIENT), 0},
        {"byte order mark", S("\xEF\xBB\xBF" PATIENT), 0},
        {"NDJSON",
         S(PATIENT "\n\n{\"resourceType\":\"Observation\",\"id\":\"o\",\"subject\":"
                   "{\"reference\":\"Patient/p1\"}}\r\n"),
         1},
        {"one resource per line of a bundle",
         S("{\"resourceType\":\"Bundle\",\"entry\":[\n{\"resource\":" PATIENT
           "},\n{\"resource\":{\"resourceType\":\"Observation\"}}]}"),
         1},
        {"list", S("[" PATIENT ",{\"resourceType\":\"Observation\"}]"), 1},
        {"bundle without entries but a patient inside a bundle",
         S("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Bundle\","
           "\"entry\":["
           "{\"resource\":" PATIENT "}]}},{\"resource\":{\"resourceType\":\"Observation\"}}]}"),
         1},
        {"urn:uuid",
         S("{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"urn:uuid:1\",\"resource\":{"
           "\"resourceType\":\"Patient\"}},{\"resource\":{\"resourceType\":\"Observation\","
           "\"subject\":"
           "{\"reference\":\"urn:uuid:1\"}}}]}"),
         1},
        {"absolute",
         S("{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"http://a/Patient/"
           "p1\",\"resource\":" PATIENT "},{\"resource\":{\"resourceType\":\"Observation\",\"id\":"
           "\"ours\",\"subject\":{\"reference\":"
           "\"http://a/Patient/p1/_history/"
           "3\"}}},{\"resource\":{\"resourceType\":\"Observation\",\"id\":"
           "\"other\",\"subject\":{\"reference\":\"http://b/Patient/p1\"}}}]}"),
         1},
        {"identifier",
         S("[{\"resourceType\":\"Patient\",\"id\":\"p1\",\"identifier\":[{\"system\":\"s\","
           "\"value\":\"7\"}]},"
           "{\"resourceType\":\"Observation\",\"subject\":{\"identifier\":{\"system\":\"s\","
           "\"value\":\"7\"}}},"
           "{\"resourceType\":\"Observation\",\"subject\":{\"identifier\":{\"system\":\"s\","
           "\"value\":\"8\"}}}]"),
         1},
        {"search outcome",
         S("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":" PATIENT
           "},{\"search\":{\"mode\":\"outcome\"},\"resource\":{\"resourceType\":"
           "\"OperationOutcome\"}}]}"),
         0},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_record *record = read_text(&f, rows[i].text);
        if (count_of(&f, record, "Observation") != rows[i].observations ||
            count_of(&f, record, "Patient") != 1) {
            fail_msg("%s: %zu", rows[i].name, count_of(&f, record, "Observation"));
        }
        assert_int_equal(strlen(record->input_hash), 64);
        ost_record_free(record);
    }
    ost_arena_free(f.arena);
}

static void test_errors(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        const char *wanted;
        ost_status code;
        uint32_t line;
        const char *message, *hint;
    } rows[] = {
        {"no patient", S("{\"resourceType\":\"Observation\",\"id\":\"o1\"}"), "", OST_E_DATA, 0,
         "there is no Patient: whose record this is is missing (1 resource, the first is "
         "Observation/o1)",
         "add the Patient resource to the bundle"},
        {"nothing", S("{\"resourceType\":\"Bundle\"}"), "", OST_E_DATA, 0,
         "the input has no FHIR resource that can be used", "a record needs a Patient"},
        {"not FHIR", S("{\"a\":1}"), "", OST_E_DATA, 0,
         "the input has no FHIR resource that can be used",
         "this has no resourceType, so it is not a FHIR resource, and is not used"},
        {"no such type", S("{\"resourceType\":\"Casket\"}"), "", OST_E_DATA, 0,
         "the input has no FHIR resource that can be used",
         "\"Casket\" is not a resource type of FHIR R4, and is not used"},
        {"two patients", S("[" PATIENT ",{\"resourceType\":\"Patient\",\"id\":\"p0\"}]"), "",
         OST_E_DATA, 0, "the input has 2 patients: p0, p1", "choose one with --patient ID"},
        {"wrong patient", S("[" PATIENT ",{\"resourceType\":\"Patient\",\"id\":\"p0\"}]"), "p2",
         OST_E_DATA, 0, "there is no patient \"p2\": the input has 2 patients: p0, p1", ""},
        {"bad JSON", S("{\"resourceType\":\n  \"Patient\",}"), "", OST_E_SYNTAX, 2,
         "the name of a member in double quotes is expected, not '}'", ""},
        {"empty", S(""), "", OST_E_SYNTAX, 1, "there is no JSON value", ""},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_record *record = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        f.options.patient_id = ost_str_of(rows[i].wanted);
        ost_status code = ost_record_read(f.model, rows[i].text, &f.options, &record, &e);
        if (code != rows[i].code || e.line != rows[i].line ||
            strcmp(e.message, rows[i].message) != 0 || strcmp(e.hint, rows[i].hint) != 0) {
            fail_msg("%s: %d line %u: %s", rows[i].name, code, (unsigned)e.line, e.message);
        }
        assert_null(record);
    }
    ost_arena_free(f.arena);
}

#define OBS(id, more) "{\"resourceType\":\"Observation\",\"id\":\"" id "\"" more "}"

static void test_what_counts(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        size_t counted;
        const char *path, *message;
    } rows[] = {
        {"entered in error", S("[" PATIENT "," OBS("o", ",\"status\":\"entered-in-error\"") "]"), 0,
         "Observation/o", "not used: it was entered in error"},
        {"cancelled", S("[" PATIENT "," OBS("o", ",\"status\":\"cancelled\"") "]"), 0,
         "Observation/o", "not used: it was cancelled"},
        {"somebody else",
         S("[" PATIENT "," OBS("o", ",\"subject\":{\"reference\":\"Patient/p2\"}") "," OBS(
             "q", ",\"subject\":{\"reference\":\"Patient/p2\"}") "]"),
         0, "Patient/p2", "2 resources are about somebody else, Patient/p2, and are not used"},
        {"subject without a name",
         S("[" PATIENT "," OBS("o", ",\"subject\":{\"display\":\"Anna\"}") "]"), 0, "Observation/o",
         "not used: its subject does not say which patient it is about"},
        {"newest version",
         S("[" PATIENT "," OBS("o", ",\"meta\":{\"versionId\":\"10\"}") "," OBS(
             "o", ",\"meta\":{\"versionId\":\"9\"}") "]"),
         1, "Observation/o", "not used: there is a newer version of it"},
        {"newest by date",
         S("[" PATIENT "," OBS("o", ",\"meta\":{\"lastUpdated\":\"2026-01-01T00:00:00Z\"}") "," OBS(
             "o", ",\"meta\":{\"lastUpdated\":\"2026-01-02T00:00:00Z\"}") "]"),
         1, "Observation/o", "not used: there is a newer version of it"},
        {"word for word", S("[" PATIENT "," OBS("o", "") "," OBS("o", "") "]"), 1, "Observation/o",
         "not used: it is in the input twice, word for word"},
        {"conflict", S("[" PATIENT "," OBS("o", ",\"status\":\"final\"") "," OBS("o", "") "]"), 2,
         "Observation/o",
         "conflict: there are different texts with this id, and neither versionId nor lastUpdated "
         "tells "
         "which is newer"},
        {"after the request",
         S("[" PATIENT "," OBS("o", ",\"effectiveDateTime\":\"2026-05-02\"") "]"), 0,
         "Observation/o", "not used: its date 2026-05-02 is after the date of the request"},
        {"undated", S("[" PATIENT "," OBS("o", "") "]"), 1, "Observation/o",
         "undated: none of effectiveDateTime|effectivePeriod.start|effectiveInstant|"
         "effectiveTiming.event|issued has a date"},
        {"bad date", S("[" PATIENT "," OBS("o", ",\"effectiveDateTime\":\"2026-13\"") "]"), 1,
         "Observation/o", "effectiveDateTime: \"2026-13\" is not a date"},
        {"modifier", S("[" PATIENT "," OBS("o", ",\"modifierExtension\":[{}]") "]"), 0,
         "Observation/o",
         "not used: it has a modifierExtension, which may change its meaning and is not "
         "understood"},
        {"unknown type", S("[" PATIENT ",{\"resourceType\":\"Unicorn\"}]"), 0, "[1]",
         "\"Unicorn\" is not a resource type of FHIR R4, and is not used"},
        {"no type", S("[" PATIENT ",{\"id\":\"x\"},7]"), 0, "[1]",
         "this has no resourceType, so it is not a FHIR resource, and is not used"},
        {"not an object", S("[" PATIENT ",7]"), 0, "[1]",
         "a FHIR resource is an object, this is not used"},
        {"outcome",
         S("[" PATIENT
           ",{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"lost\"}]}]"),
         0, "[1]",
         "the source reports a problem (OperationOutcome): lost; the record may be incomplete"},
        {"a coding that is a string",
         S("[" PATIENT "," OBS("o", ",\"code\":{\"coding\":[\"x\"]}") "]"), 1,
         "Observation/o.code.coding[0]", "this must be an object, so it may not be read"},
        {"a code that is a number",
         S("[" PATIENT "," OBS("o", ",\"code\":{\"coding\":[{\"code\":1}]}") "]"), 1,
         "Observation/o.code.coding[0].code", "this must be a string, so it may not be read"},
        {"coding is not a list", S("[" PATIENT "," OBS("o", ",\"code\":{\"coding\":{}}") "]"), 1,
         "Observation/o.code.coding", "this must be a list, so it may not be read"},
        {"code is a list", S("[" PATIENT "," OBS("o", ",\"code\":[{}]") "]"), 1,
         "Observation/o.code", "this must not be a list, so it may not be read"},
        {"a number in quotes",
         S("[" PATIENT "," OBS("o", ",\"valueQuantity\":{\"value\":\"1\"}") "]"), 1,
         "Observation/o.valueQuantity.value", "this must be a number, so it may not be read"},
        {"a number for a whole number", S("[" PATIENT "," OBS("o", ",\"valueInteger\":true") "]"),
         1, "Observation/o.valueInteger", "this must be a number, so it may not be read"},
        {"a text for a boolean", S("[" PATIENT "," OBS("o", ",\"valueBoolean\":\"yes\"") "]"), 1,
         "Observation/o.valueBoolean", "this must be true or false, so it may not be read"},
        {"null", S("[" PATIENT "," OBS("o", ",\"valueString\":null") "]"), 1,
         "Observation/o.valueString", "this must be a string, so it may not be read"},
        {"an element of another type", S("[" PATIENT "," OBS("o", ",\"birthDate\":\"2000\"") "]"),
         1, "Observation/o.birthDate", "FHIR R4 has no such element here, so it is not read"},
        {"in an extension", S("[" PATIENT "," OBS("o", ",\"extension\":[{\"valueCode\":7}]") "]"),
         1, "Observation/o.extension[0].valueCode", "this must be a string, so it may not be read"},
        {"in a contained resource",
         S("[" PATIENT
           "," OBS("o", ",\"contained\":[{\"resourceType\":\"Patient\",\"active\":1}]") "]"),
         1, "Observation/o.contained[0].active",
         "this must be true or false, so it may not be read"},
        {"entry without resource",
         S("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" PATIENT "},{}]}"), 0,
         "Bundle.entry[1]", "the entry has no resource"},
        {"deleted entry",
         S("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" PATIENT
           "},{\"request\":{\"method\":\"DELETE\"}}]}"),
         0, "Bundle.entry[1]", "the entry deletes a resource, which is not followed"},
        {"bad line", S(PATIENT "\n{\"resourceType\":}\n" OBS("o", "")), 1, "input",
         "line 2, column 17 is not read: a value is expected, not '}'"},
    };
    fixture f = open_fixture();
    assert_true(ost_when_parse(OST_STR("2026-05-01"), OST_DATE, &f.options.as_of));
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_record *record = read_text(&f, rows[i].text);
        if (count_of(&f, record, "Observation") != rows[i].counted ||
            !has_message(record, rows[i].path, rows[i].message)) {
            fail_msg("%s: %zu", rows[i].name, count_of(&f, record, "Observation"));
        }
        ost_record_free(record);
    }
    ost_arena_free(f.arena);
}

static void test_date_boundary(void **state)
{
    (void)state;
    static const struct row {
        const char *as_of, *date;
        int offset_min;
        size_t counted;
    } rows[] = {
        {"2026-05-01", "2026-05-01T23:59:59.999Z", 0, 1},
        {"2026-05-01", "2026-05-02T00:00:00Z", 0, 0},
        {"2026-05-01", "2026-05-02T00:30:00+01:00", 0, 1},
        {"2026-05-01", "2026-05-01T22:30:00Z", 120, 0},
        {"2026-05-01", "2026", 0, 1},
        {"2026-05-01", "2026-05", 0, 1},
        {"2026-05-01", "2026-06", 0, 0},
        {"2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z", 0, 1},
        {"2026-05-01T12:00:00Z", "2026-05-01T12:00:00.999Z", 0, 1},
        {"2026-05-01T12:00:00Z", "2026-05-01T12:00:01Z", 0, 0},
        {"2026-05-01T12:00:00Z", "2026-05-01", 0, 1},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf text = ost_buf_init(f.arena);
        ost_buf_printf(&text, "[" PATIENT "," OBS("o", ",\"effectiveDateTime\":\"%s\"") "]",
                       rows[i].date);
        assert_true(ost_when_parse(ost_str_of(rows[i].as_of), OST_DATETIME, &f.options.as_of));
        f.options.offset_min = rows[i].offset_min;
        ost_record *record = read_text(&f, ost_buf_str(&text));
        if (count_of(&f, record, "Observation") != rows[i].counted) {
            fail_msg("%s as of %s", rows[i].date, rows[i].as_of);
        }
        ost_record_free(record);
    }
    ost_arena_free(f.arena);
}

static const char references[] =
    "{\"resourceType\":\"Bundle\",\"entry\":[\n"
    "{\"fullUrl\":\"urn:uuid:aa\",\"resource\":" PATIENT "},\n"
    "{\"fullUrl\":\"urn:uuid:bb\",\"resource\":{\"resourceType\":\"Medication\",\"id\":\"m\","
    "\"code\":{\"coding\":"
    "[{\"system\":\"s\",\"code\":\"c1\"},{\"system\":\"s\",\"code\":\"c1\"}]}}},\n"
    "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"r1\",\"medicationReference\":{"
    "\"reference\":"
    "\"urn:uuid:bb\"}}},\n"
    "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"r2\",\"contained\":[{"
    "\"resourceType\":"
    "\"Medication\",\"id\":\"x\",\"code\":{\"coding\":[{\"code\":\"c1\"}]}}],"
    "\"medicationReference\":{\"reference\":"
    "\"#x\"}}},\n"
    "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"r3\","
    "\"medicationCodeableConcept\":{\"coding\":"
    "[{\"system\":\"s\",\"code\":\"c1\"},{\"system\":\"s\",\"code\":\"c2\"}]}}},\n"
    "{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"r4\",\"medicationReference\":{"
    "\"reference\":"
    "\"Medication/gone\"}}}]}";

static void test_references_and_codes(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_record *record = read_text(&f, OST_STR(references));
    uint32_t type = ost_model_type_id(f.model, OST_STR("MedicationRequest"));
    const uint32_t *indices;
    size_t count = ost_record_of_code(record, type, OST_STR("s"), OST_STR("c1"), &indices);
    assert_int_equal(count, 2);
    assert_true(ost_str_is(record->resources[indices[0]].id, "r1"));
    assert_true(ost_str_is(record->resources[indices[1]].id, "r3"));
    count = ost_record_of_code(record, type, (ost_str){NULL, 0}, OST_STR("c1"), &indices);
    assert_int_equal(count, 1);
    assert_true(ost_str_is(record->resources[indices[0]].id, "r2"));
    assert_int_equal(ost_record_of_code(record, type, OST_STR("s"), OST_STR("c3"), &indices), 0);
    assert_int_equal(
        ost_record_of_code(record, OST_TYPE_NONE, OST_STR("s"), OST_STR("c1"), &indices), 0);
    assert_int_equal(count_of(&f, record, "MedicationRequest"), 4);
    assert_true(has_message(record, "MedicationRequest/r4.medicationReference",
                            "\"Medication/gone\" is not in the record"));

    size_t medication = SIZE_MAX, with_contained = SIZE_MAX;
    for (size_t i = 0; i < record->resource_count; i++) {
        medication = ost_str_is(record->resources[i].id, "m") ? i : medication;
        with_contained = ost_str_is(record->resources[i].id, "r2") ? i : with_contained;
    }
    uint32_t node = record->resources[medication].node;
    static const char *const names[] = {"urn:uuid:bb", "Medication/m", "Medication/m/_history/2"};
    for (size_t i = 0; i < OST_ARRAY_LEN(names); i++) {
        assert_int_equal(ost_record_resolve(record, ost_str_of(names[i]), node), node);
    }
    static const char *const wrong[] = {"",  "m", "Medication/n", "Patient/m", "urn:uuid:cc", "#m",
                                        "/", "//"};
    for (size_t i = 0; i < OST_ARRAY_LEN(wrong); i++) {
        assert_int_equal(ost_record_resolve(record, ost_str_of(wrong[i]), node), 0);
    }
    uint32_t owner = record->resources[with_contained].node;
    uint32_t inside = ost_record_resolve(record, OST_STR("#x"), owner);
    assert_true(inside > owner);
    assert_int_equal(ost_record_owner(record, inside), with_contained);
    assert_int_equal(ost_record_resolve(record, OST_STR("#"), inside), owner);
    assert_int_equal(ost_record_owner(record, 0), SIZE_MAX);
    for (size_t i = 0; i < record->message_count; i++) {
        if (ost_str_is(record->messages[i].path, "MedicationRequest/r4.medicationReference")) {
            assert_int_equal(record->messages[i].line, 7);
        }
    }
    ost_record_free(record);
    record = read_text(&f, OST_STR(PATIENT));
    assert_true(ost_record_resolve(record, OST_STR("Patient/p1"), 0) != 0);
    ost_record_free(record);
    ost_arena_free(f.arena);
}

/* The same resources in another order give the same record, but for the places of its messages. */
static void test_order_does_not_matter(void **state)
{
    (void)state;
    static const char *const parts[] = {
        PATIENT,
        OBS("b", ",\"subject\":{\"reference\":\"Patient/p1\"},\"effectiveDateTime\":\"2020\""),
        OBS("a", ",\"status\":\"cancelled\""),
        OBS("b", ",\"status\":\"final\",\"effectiveDateTime\":\"2021\""),
        "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"y\"}}",
        "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"x\"}}",
    };
    enum { N = OST_ARRAY_LEN(parts) };
    fixture f = open_fixture();
    ost_str first = {NULL, 0};
    for (size_t turn = 0; turn < N * 2; turn++) {
        ost_buf text = ost_buf_init(f.arena), seen = ost_buf_init(f.arena);
        for (size_t i = 0; i < N; i++) {
            size_t at = turn < N ? (i + turn) % N : (N - i + turn) % N;
            ost_buf_printf(&text, "%s\n", parts[at]);
        }
        ost_record *record = read_text(&f, ost_buf_str(&text));
        for (size_t i = 0; i < record->resource_count; i++) {
            ost_tree_write(&seen, &record->tree, record->resources[i].node);
            ost_buf_text(&seen, record->resources[i].counts ? "+" : "-");
        }
        for (size_t i = 0; i < record->message_count; i++) {
            ost_buf_add(&seen, record->messages[i].text);
        }
        first = turn == 0 ? ost_buf_str(&seen) : first;
        assert_string_equal(ost_buf_str(&seen).ptr, first.ptr);
        ost_record_free(record);
    }
    ost_arena_free(f.arena);
}

static bool rename_code(void *data, const ost_tree *tree, uint32_t resource, ost_buf *replacement)
{
    (void)data;
    uint32_t id = ost_tree_get(tree, resource, "id");
    if (id == 0 || !ost_str_is(ost_tree_text(tree, id), "o")) {
        return false;
    }
    ost_buf_text(replacement,
                 OBS("o", ",\"code\":{\"coding\":[{\"system\":\"new\",\"code\":\"n\"}]}"));
    return true;
}

/* What FHIR allows is no finding: extensions of primitives, null in lists, contained resources,
 * dates. */
static void test_what_fits_the_model(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_record *record = read_text(
        &f,
        OST_STR("[" PATIENT "," OBS(
            "o",
            ",\"issued\":\"2026-01-01T00:00:00Z\",\"_status\":{\"id\":\"x\"},\"component\":[{"
            "\"code\":{\"text\":\"t\"},\"valueQuantity\":{\"value\":1.0}}],\"text\":{\"status\":"
            "\"generated\",\"div\":\"<div/"
            ">\"},\"contained\":[{\"resourceType\":\"Unicorn\",\"x\":1}]") "]"));
    assert_int_equal(record->message_count, 0);
    ost_record_free(record);
    record = read_text(
        &f, OST_STR("{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"given\":[null,\"A\"],"
                    "\"_given\":[{\"id\":\"y\"},null]}],\"multipleBirthInteger\":2}"));
    assert_int_equal(record->message_count, 0);
    ost_record_free(record);
    ost_arena_free(f.arena);
}

static void test_rewriting(void **state)
{
    (void)state;
    fixture f = open_fixture();
    f.options.rewrite = rename_code;
    ost_record *record = read_text(&f, OST_STR(PATIENT "\n" OBS("o", "") "\n" OBS("q", "")));
    const uint32_t *indices;
    uint32_t type = ost_model_type_id(f.model, OST_STR("Observation"));
    assert_int_equal(ost_record_of_code(record, type, OST_STR("new"), OST_STR("n"), &indices), 1);
    assert_true(ost_str_is(record->resources[indices[0]].id, "o"));
    for (size_t i = 0; i < record->message_count; i++) {
        if (record->messages[i].line != 2 && record->messages[i].line != 3) {
            fail_msg("line %u: %.*s", (unsigned)record->messages[i].line,
                     OST_STR_ARG(record->messages[i].text));
        }
    }
    ost_record_free(record);
    ost_arena_free(f.arena);
}

static void test_memory_failures(void **state)
{
    (void)state;
    fixture f = open_fixture();
    size_t limit = 1;
    for (;; limit += 64 * 1024) {
        f.options.limit_bytes = limit;
        ost_record *record = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        ost_status code = ost_record_read(f.model, OST_STR(references), &f.options, &record, &e);
        if (code == OST_OK) {
            ost_record_free(record);
            break;
        }
        assert_int_equal(code, OST_E_LIMIT);
        assert_int_equal(e.code, code);
        assert_null(record);
        if (limit > (1U << 24)) {
            fail_msg("a small record does not fit into 16 MB");
        }
    }
    for (size_t step = 1; step < limit; step += step / 8 + 97) {
        f.options.limit_bytes = step;
        ost_record *record = NULL;
        ost_error e;
        ost_status code = ost_record_read(f.model, OST_STR(references), &f.options, &record, &e);
        assert_true(code == OST_E_LIMIT || code == OST_OK);
        ost_record_free(record);
    }
    ost_arena_free(f.arena);
}

static void test_a_bad_table_of_dates(void **state)
{
    (void)state;
    fixture f = open_fixture();
    f.options.clinical_dates = OST_STR("# note\nObservation,issued\nNothing,issued\n");
    ost_record *record = NULL;
    ost_error e;
    assert_int_equal(ost_record_read(f.model, OST_STR(PATIENT), &f.options, &record, &e),
                     OST_E_SYNTAX);
    assert_string_equal(e.message,
                        "clinical dates: \"Nothing,issued\" is not a type and its paths");
    assert_int_equal(e.line, 3);
    ost_arena_free(f.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_forms),
    cmocka_unit_test(test_errors),
    cmocka_unit_test(test_what_counts),
    cmocka_unit_test(test_date_boundary),
    cmocka_unit_test(test_references_and_codes),
    cmocka_unit_test(test_order_does_not_matter),
    cmocka_unit_test(test_what_fits_the_model),
    cmocka_unit_test(test_rewriting),
    cmocka_unit_test(test_memory_failures),
    cmocka_unit_test(test_a_bad_table_of_dates),
};

OST_TEST_MAIN("fhir-record", tests)
