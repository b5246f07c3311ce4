/* Case files: what each kind of line becomes, every kind of error with its place, reading as a
 * record. */
#include "base/test.h"

#include "base/file.h"
#include "fhir/case.h"
#include "fhir/record.h"

#include <stdarg.h>
#include <stdio.h>

#define OSTEON "https://osteon.example/fhir/CodeSystem/osteon"

typedef struct fixture {
    ost_arena *arena;
    ost_str words, dates;
    const ost_model *model;
} fixture;

static fixture open_fixture(void)
{
    fixture f = {.arena = ost_arena_new(0)};
    ost_error e;
    ost_str table;
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/case-words.csv",
                                   1U << 24, &f.words, &e),
                     OST_OK);
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/clinical-dates.csv",
                                   1U << 24, &f.dates, &e),
                     OST_OK);
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv",
                                   1U << 24, &table, &e),
                     OST_OK);
    assert_int_equal(ost_model_load(f.arena, table, &f.model, &e), OST_OK);
    return f;
}

/* A line after "id: a" and what its resource holds, without the part that all have. */
static void test_lines(void **state)
{
    (void)state;
    static const struct row {
        const char *line, *resource;
    } rows[] = {
        {"creatinine: 0.90 mg/dL 2026-05-01",
         "{\"resourceType\":\"Observation\",\"id\":\"creatinine-2\",\"subject\":{\"reference\":"
         "\"Patient/a\"},"
         "\"status\":\"final\",\"code\":{\"coding\":[{\"code\":\"2160-0\",\"system\":\"http://"
         "loinc.org\","
         "\"display\":\"creatinine\"}]},\"effectiveDateTime\":\"2026-05-01\",\"valueQuantity\":{"
         "\"value\":0.90,"
         "\"unit\":\"mg/dL\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg/dL\"}}"},
        {"  lab creatinine :0.9   mg/dL on 2026 ",
         "\"effectiveDateTime\":\"2026\",\"valueQuantity\":{\"value\":0.9,"},
        {"er: 80", "\"code\":\"85329-1\""},
        {"er: 80 %", "\"value\":80,\"unit\":\"%\""},
        {"er: Positive", "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"10828004\""},
        {"ecog: 1 2026-04", "\"effectiveDateTime\":\"2026-04\",\"valueInteger\":1}"},
        {"medication-list-complete: yes", "\"valueBoolean\":true}"},
        {"medication-list-complete: no", "\"valueBoolean\":false}"},
        {"dental-check: 2026-01-02", "\"valueDateTime\":\"2026-01-02\"}"},
        {"goal: walk to the sea", "\"valueString\":\"walk to the sea\"}"},
        {"goal: \"be at the \\ wedding\"", "\"valueString\":\"be at the \\\\ wedding\"}"},
        {"cancer: breast 2019-05-01", "\"onsetDateTime\":\"2019-05-01\"}"},
        {"bone: l3 left suspected since 2024 as l3 \"MRI\"",
         "{\"resourceType\":\"Condition\",\"id\":\"l3\",\"subject\":{\"reference\":\"Patient/a\"},"
         "\"verificationStatus\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/"
         "condition-ver-status\",\"code\":\"provisional\"}]},\"clinicalStatus\":{\"coding\":[{"
         "\"system\":"
         "\"http://terminology.hl7.org/CodeSystem/"
         "condition-clinical\",\"code\":\"active\"}]},\"code\":{"
         "\"coding\":[{\"code\":\"94389000\",\"system\":\"http://snomed.info/"
         "sct\",\"display\":\"metastasis in "
         "lumbar spine\"}]},\"bodySite\":[{\"coding\":[{\"code\":\"55492004\",\"system\":"
         "\"http://snomed.info/sct\",\"display\":\"vertebra L3\"},{\"code\":\"7771000\",\"system\":"
         "\"http://snomed.info/"
         "sct\",\"display\":\"left\"}]}],\"onsetDateTime\":\"2024\",\"note\":[{\"text\":"
         "\"MRI\"}]}"},
        {"bone: femur-distal left",
         "\"bodySite\":[{\"coding\":[{\"code\":\"71341001\",\"system\":\"http://snomed.info/sct\","
         "\"display\":\"femur\"},{\"code\":\"femur-distal\",\"system\":\"" OSTEON "\","
         "\"display\":\"distal femur\"},{\"code\":\"7771000\","},
        {"bone: occipito-cervical",
         "\"bodySite\":[{\"coding\":[{\"code\":\"occipito-cervical\",\"system\":\"" OSTEON "\","
         "\"display\":\"occiput to C2\"}]}]}"},
        {"mirels-pain: none", "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"none\""},
        {"mirels-pain: 1", "\"valueInteger\":1}"},
        {"heart-failure: no 2026-01-01", "\"code\":\"refuted\"}]},\"code\""},
        {"heart-failure: no 2026-01-01", "\"recordedDate\":\"2026-01-01\"}"},
        {"metastasis: liver resolved since 2020-01-01 until 2021-01-01",
         "\"onsetDateTime\":\"2020-01-01\",\"abatementDateTime\":\"2021-01-01\"}"},
        {"procedure: tooth-extraction 2026-01-01", "\"performedDateTime\":\"2026-01-01\"}"},
        {"procedure: radiotherapy since 2026-01-01 until 2026-01-09",
         "\"performedPeriod\":{\"start\":\"2026-01-01\",\"end\":\"2026-01-09\"}}"},
        {"drug: denosumab 120 mg since 2024-01-01",
         "{\"resourceType\":\"MedicationStatement\",\"id\":\"drug-2\",\"subject\":{\"reference\":"
         "\"Patient/a\"},"
         "\"status\":\"active\",\"medicationCodeableConcept\":{\"text\":\"denosumab 120 mg\"},"
         "\"effectivePeriod\":{\"start\":\"2024-01-01\"},\"dosage\":[{\"doseAndRate\":[{"
         "\"doseQuantity\":{"
         "\"value\":120,\"unit\":\"mg\",\"system\":\"http://"
         "unitsofmeasure.org\",\"code\":\"mg\"}}]}]}"},
        {"drug: tamoxifen until 2023-01-01", "\"status\":\"completed\""},
        {"drug: vitamin D", "\"medicationCodeableConcept\":{\"text\":\"vitamin D\"}}"},
        {"not-taking: warfarin 2026-01-01", "\"status\":\"not-taken\""},
        {"order: letrozole 2.5 mg 2026-01-01",
         "\"intent\":\"order\",\"authoredOn\":\"2026-01-01\",\"dosageInstruction\":"},
        {"given: zoledronic acid 4 mg 2026-01-01",
         "\"effectiveDateTime\":\"2026-01-01\",\"dosage\":{\"dose\":{\"value\":4,\"unit\":\"mg\""},
        {"allergy: penicillin", "\"code\":{\"text\":\"penicillin\"}}"},
        {"allergy: penicillin", "\"patient\":{\"reference\":\"Patient/a\"}"},
        {"observation: loinc|1-8 5 mg/dL 2026-01-01",
         "\"code\":\"1-8\",\"system\":\"http://loinc.org\""},
        {"observation: http://x.org/y|z 3", "\"system\":\"http://x.org/y\"}]},\"valueInteger\":3}"},
        {"observation: loinc|1-8 1.5 1", "\"valueQuantity\":{\"value\":1.5,\"unit\":\"1\""},
        {"observation: loinc|1-8 snomed|42 2026-01-01",
         "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"42\",\"system\":\"http://snomed.info/"
         "sct\"}]}}"},
        {"observation: loinc|1-8 no", "\"valueBoolean\":false}"},
        {"observation: loinc|1-8 \"as before\"", "\"valueString\":\"as before\""},
        {"goal: go on as before 2026-05-01", "\"2026-05-01\",\"valueString\":\"go on as before\""},
        {"drug: milk of magnesia since 2026-05", "{\"text\":\"milk of magnesia\"}"},
        {"diagnosis: icd10cm|C79.51", "\"code\":\"confirmed\""},
        {"diagnosis: icd10cm|C79.51 left suspected", "\"code\":\"provisional\""},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_buf text = ost_buf_init(f.arena);
        ost_buf_printf(&text, "id: a\n%s\n", rows[i].line);
        ost_str json = {NULL, 0};
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        if (ost_case_to_fhir(f.arena, f.words, ost_buf_str(&text), &json, &e) != OST_OK ||
            ost_str_find(json, ost_str_of(rows[i].resource), 0) == SIZE_MAX) {
            fail_msg("%s: %s %.*s", rows[i].line, e.message, OST_STR_ARG(json));
        }
        ost_tree tree = ost_tree_init(f.arena, f.model);
        uint32_t root;
        assert_int_equal(ost_json_parse(&tree, json, &root, &e), OST_OK);
    }
    ost_arena_free(f.arena);
}

static void test_errors(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        uint32_t line, column;
        const char *message, *hint;
    } rows[] = {
        {"hello world", 1, 1, "\"hello world\" is not \"key: value\"",
         "a record is FHIR JSON, NDJSON or a case file (docs/record.md)"},
        {"# only a note\n", 1, 1, "the case file has no line \"id:\"", ""},
        {"ecog: 1", 1, 7, "the line \"id:\" must come before what is said about her",
         "for example: id: anna"},
        {"id: a\nid: b", 2, 5, "there are two lines \"id:\"", ""},
        {"id: a b", 1, 5, "an id has letters, digits, '-' and '.', at most 64 of them", ""},
        {"id: a\nborn: 1955-13-01", 2, 7, "\"1955-13-01\" is not a date like 2026-05-31", ""},
        {"id: a\nsex: f", 2, 6, "sex is female, male, other or unknown, not \"f\"", ""},
        {"id: a\n\n# x\ncreatinin: 0.9 mg/dL", 4, 1, "\"creatinin\" is not a key of a case file",
         "did you mean \"creatinine\"?"},
        {"id: a\nzzzzzz: 1", 2, 1, "\"zzzzzz\" is not a key of a case file", ""},
        {"id: a\nside: left", 2, 1, "\"side\" is not a key of a case file", ""},
        {"id: a\ncreatinine: 0.9", 2, 13, "creatinine has no unit",
         "for example: creatinine: 0.9 mg/dL"},
        {"id: a\ncreatinine: 0,9 mg/dL", 2, 13, "creatinine needs a number, not \"0,9 mg/dL\"",
         "write a point, not a comma: 0.9"},
        {"id: a\ncreatinine: high", 2, 13, "creatinine needs a number, not \"high\"", ""},
        {"id: a\ncreatinine: 01 mg/dL", 2, 13, "creatinine needs a number, not \"01 mg/dL\"", ""},
        {"id: a\ncreatinine:", 2, 12, "creatinine needs a number, not \"\"", ""},
        {"id: a\necog: 1.5", 2, 7, "ecog is a whole number without unit, not \"1.5\"", ""},
        {"id: a\necog: 1 2026-02-30", 2, 7, "\"2026-02-30\" is not a date like 2026-05-31", ""},
        {"id: a\necog: 1 since soon", 2, 7, "\"soon\" is not a date like 2026-05-31", ""},
        {"id: a\necog: 1 on 2026 on 2025", 2, 7, "there are two values like \"2026\"", ""},
        {"id: a\nbone: femor", 2, 7, "bone: \"femor\" is not one of its words",
         "did you mean \"femur\"?"},
        {"id: a\nbone: elbow", 2, 7, "bone: \"elbow\" is not one of its words",
         "for example \"bone\"; docs/record.md says where all are listed"},
        {"id: a\nbone: femur broken", 2, 7, "\"broken\" is not understood here",
         "put what others should read in double quotes at the end"},
        {"id: a\nbone: femur as l_3", 2, 7,
         "\"l_3\" is not a new name of letters, digits, '-' and '.', at most 64 of them", ""},
        {"id: a\nbone: l3 as x\nbone: l4 as x", 3, 7,
         "\"x\" is not a new name of letters, digits, '-' and '.', at most 64 of them", ""},
        {"id: a\nsins-pain: 3 of l3", 2, 12, "no line before this one is named \"l3\"",
         "name the lesion with \"as l3\" on its line"},
        {"id: a\nbone: femur \"open", 2, 7,
         "the note does not end with a double quote at the end of the line", ""},
        {"id: a\nmedication-list-complete: maybe", 2, 27,
         "medication-list-complete is yes or no, not \"maybe\"", ""},
        {"id: a\nheart-failure:", 2, 15, "heart-failure is yes, no or suspected", ""},
        {"id: a\ndrug: since 2020-01-01", 2, 7, "drug needs a name", ""},
        {"id: a\ndental-check: soon", 2, 15, "\"soon\" is not a date like 2026-05-31", ""},
        {"id: a\ngoal:", 2, 6, "goal needs a text", ""},
        {"id: a\nobservation: 2160-0 1 mg", 2, 14, "\"2160-0\" is not system|code",
         "for example loinc|2160-0, snomed|94222008"},
        {"id: a\nobservation: loinc|1-8 1.5", 2, 14, "observation has no unit",
         "write its UCUM unit, or 1 for a pure number"},
        {"id: a\nobservation: who|1 1 mg", 2, 14, "\"who|1\" is not system|code",
         "for example loinc|2160-0, snomed|94222008"},
        {"id: a\nname: \xFF", 2, 7, "the byte 0xFF is not UTF-8", ""},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str json = {NULL, 0};
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        ost_status code = ost_case_to_fhir(f.arena, f.words, ost_str_of(rows[i].text), &json, &e);
        if (code != OST_E_SYNTAX || e.line != rows[i].line || e.column != rows[i].column ||
            strcmp(e.message, rows[i].message) != 0 || strcmp(e.hint, rows[i].hint) != 0) {
            fail_msg("%s: %u:%u %s [%s]", rows[i].text, (unsigned)e.line, (unsigned)e.column,
                     e.message, e.hint);
        }
    }
    ost_arena_free(f.arena);
}

static void test_bad_word_tables(void **state)
{
    (void)state;
    static const struct row {
        const char *csv;
        uint32_t line;
    } rows[] = {{"X,a", 1},
                {"K", 1},
                {"W,a", 1},
                {"K,a,form", 1},
                {"\nK,a,word,nope,1", 2},
                {"S,a,b,c,d,e,f,g,h,i", 1},
                {"S,a,b,c", 1},
                {"K,a,number,,,,,x", 1},
                {"K,a,word\nW,a,,,,,,,,,,x", 2},
                {"K,a,word\nW,a,,,,,,,nope", 2}};
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str json;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        assert_int_equal(
            ost_case_to_fhir(f.arena, ost_str_of(rows[i].csv), OST_STR("id: a"), &json, &e),
            OST_E_SYNTAX);
        assert_int_equal(e.line, rows[i].line);
        assert_string_equal(e.source, "case-words.csv");
    }
    ost_arena_free(f.arena);
}

static const char anna[] = "\xEF\xBB\xBF# A small case\r\n"
                           "id: anna\r\n"
                           "name: Anna Case\r\n"
                           "born: 1955-03-02\r\n"
                           "sex: female\r\n"
                           "date: 2026-05-01\r\n"
                           "\r\n"
                           "cancer: breast 2019-05-01\r\n"
                           "bone: l3 since 2024-01-10 as l3\r\n"
                           "sins-pain: 3 of l3\r\n"
                           "weight: 60 kg\r\n"
                           "drug: letrozole\r\n";

static void test_reading_as_a_record(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_read_options options = {
        .source_name = OST_STR("anna.case"), .clinical_dates = f.dates, .case_words = f.words};
    ost_record *record = NULL;
    ost_error e;
    assert_int_equal(ost_record_read(f.model, OST_STR(anna), &options, &record, &e), OST_OK);
    assert_int_equal(record->resource_count, 6);
    assert_true(ost_str_is(record->resources[record->patient].id, "anna"));
    const uint32_t *indices;
    uint32_t type = ost_model_type_id(f.model, OST_STR("Observation"));
    assert_int_equal(
        ost_record_of_code(record, type, OST_STR(OSTEON), OST_STR("sins-pain"), &indices), 1);
    const ost_resource *pain = &record->resources[indices[0]];
    assert_int_equal(pain->date.year, 2026);
    uint32_t focus =
        ost_tree_first(&record->tree, ost_tree_get(&record->tree, pain->node, "focus"));
    ost_str reference =
        ost_tree_text(&record->tree, ost_tree_get(&record->tree, focus, "reference"));
    assert_true(ost_record_resolve(record, reference, focus) != 0);
    /* The only message is about the undated drug, on its own line of the case file. */
    assert_int_equal(record->message_count, 1);
    assert_true(ost_str_is(record->messages[0].path, "MedicationStatement/drug-12"));
    assert_int_equal(record->messages[0].line, 12);
    ost_record_free(record);

    record = NULL;
    assert_int_equal(ost_record_read(f.model, OST_STR("id: a\nwat: 1"), &options, &record, &e),
                     OST_E_SYNTAX);
    assert_string_equal(e.source, "anna.case");
    assert_int_equal(e.line, 2);
    assert_null(record);
    ost_arena_free(f.arena);
}

static void test_id_without_words(void **state)
{
    (void)state;
    assert_true(ost_str_is(ost_case_id(OST_STR(anna)), "anna"));
    assert_int_equal(ost_case_id(OST_STR("ecog: 1\n# id: x\n")).len, 0);
    assert_int_equal(ost_case_id(OST_STR("")).len, 0);
}

/* ---- The short form of Osteon's own codes ---- */

/* Regions that the field has a code for: the word of "bone:" writes that one, not ours. */
static const struct field_region {
    const char *region, *code;
} field_regions[] = {
    {"femur-head", "2812003"}, {"femur-neck", "29627003"}, {"femur-shaft", "41111004"},
    {"tibia", "94635006"},     {"sternum", "94605004"},
};

static const char *code_of_the_field(ost_str region)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(field_regions); i++) {
        if (ost_str_is(region, field_regions[i].region)) {
            return field_regions[i].code;
        }
    }
    return NULL;
}

/* The line is read, and what it becomes holds both texts. */
static void check_line(const fixture *f, ost_str line, ost_str code, ost_str value)
{
    ost_buf text = ost_buf_init(f->arena);
    ost_buf_text(&text, "id: a\n");
    ost_buf_add(&text, line);
    ost_str json = {NULL, 0};
    ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
    if (ost_case_to_fhir(f->arena, f->words, ost_buf_str(&text), &json, &e) != OST_OK ||
        ost_str_find(json, code, 0) == SIZE_MAX || ost_str_find(json, value, 0) == SIZE_MAX) {
        fail_msg("%.*s: %s %.*s", OST_STR_ARG(line), e.message, OST_STR_ARG(json));
    }
}

static ost_str text_of(const fixture *f, const char *format, ...) OST_PRINTF(2, 3);

static ost_str text_of(const fixture *f, const char *format, ...)
{
    char text[OST_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ost_buf out = ost_buf_init(f->arena);
    ost_buf_text(&out, text);
    return ost_buf_str(&out);
}

static ost_str own_coding(const fixture *f, ost_str code)
{
    return text_of(f, "{\"code\":\"%.*s\",\"system\":\"" OSTEON "\"", OST_STR_ARG(code));
}

/* "3 junctional": the points and the word; "none": a word without points. */
static void check_word(const fixture *f, ost_str code, ost_str value)
{
    ost_str word = value, points;
    size_t space = ost_str_find(value, OST_STR(" "), 0);
    if (space != SIZE_MAX && ost_str_next(&word, ' ', &points)) {
        check_line(f, text_of(f, "%.*s: %.*s", OST_STR_ARG(code), OST_STR_ARG(points)),
                   own_coding(f, code), text_of(f, "\"valueInteger\":%.*s}", OST_STR_ARG(points)));
    }
    check_line(
        f, text_of(f, "%.*s: %.*s", OST_STR_ARG(code), OST_STR_ARG(word)), own_coding(f, code),
        text_of(f, "\"valueCodeableConcept\":{\"coding\":[%.*s", OST_STR_ARG(own_coding(f, word))));
}

/* The lowest number of "0..100" without a unit: the unit of the code is meant. A score is an
 * integer. */
static void check_number(const fixture *f, ost_str code, ost_str range, ost_str unit)
{
    ost_str low = ost_str_sub(range, 0, ost_str_find(range, OST_STR(".."), 0));
    bool whole = unit.len == 0 || ost_str_is(unit, "{score}");
    check_line(f, text_of(f, "%.*s: %.*s", OST_STR_ARG(code), OST_STR_ARG(low)),
               own_coding(f, code),
               whole ? text_of(f, "\"valueInteger\":%.*s}", OST_STR_ARG(low))
                     : text_of(f, "\"valueQuantity\":{\"value\":%.*s,\"unit\":\"%.*s\"",
                               OST_STR_ARG(low), OST_STR_ARG(unit)));
}

static void check_region(const fixture *f, ost_str code)
{
    const char *field = code_of_the_field(code);
    check_line(f, text_of(f, "bone: %.*s", OST_STR_ARG(code)), OST_STR("\"Condition\""),
               field != NULL ? text_of(f, "{\"code\":\"%s\",\"system\":\"http://snomed", field)
                             : own_coding(f, code));
}

static void check_own_code(const fixture *f, const ost_str field[5])
{
    ost_str values = field[3], value;
    ost_str line = text_of(f, "%.*s: ", OST_STR_ARG(field[0]));
    if (ost_str_is(field[2], "points") || ost_str_is(field[2], "code")) {
        while (ost_str_next(&values, '|', &value)) {
            check_word(f, field[0], value);
        }
    } else if (ost_str_is(field[2], "quantity") || ost_str_is(field[2], "integer")) {
        check_number(f, field[0], field[3], field[4]);
    } else if (ost_str_is(field[2], "boolean")) {
        check_line(f, text_of(f, "%.*syes", OST_STR_ARG(line)), own_coding(f, field[0]),
                   OST_STR("\"valueBoolean\":true}"));
    } else if (ost_str_is(field[2], "dateTime")) {
        check_line(f, text_of(f, "%.*s2026-05-01", OST_STR_ARG(line)), own_coding(f, field[0]),
                   OST_STR("\"valueDateTime\":\"2026-05-01\"}"));
    } else if (ost_str_is(field[2], "string")) {
        check_line(f, text_of(f, "%.*sas before", OST_STR_ARG(line)), own_coding(f, field[0]),
                   OST_STR("\"valueString\":\"as before\"}"));
    } else if (ost_str_is(field[2], "region")) {
        check_region(f, field[0]);
    } else {
        fail_msg("%.*s: %.*s is a type of value without a short form", OST_STR_ARG(field[0]),
                 OST_STR_ARG(field[2]));
    }
}

/* Every code of our own system, with each of its values, is one short line, and docs/record.md
 * tells it. */
static void test_every_own_code_has_a_short_form(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_str codes, page, line;
    ost_error e;
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/facts/osteon-codes.csv",
                                   1U << 24, &codes, &e),
                     OST_OK);
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/docs/record.md", 1U << 24, &page, &e),
                     OST_OK);
    assert_true(ost_str_next(&codes, '\n', &line));
    assert_true(ost_str_is(line, "code,title,value_type,values,unit,about"));
    size_t count = 0;
    while (ost_str_next(&codes, '\n', &line)) {
        ost_str field[5] = {{NULL, 0}}, rest = line;
        for (size_t i = 0; i < OST_ARRAY_LEN(field); i++) {
            (void)ost_str_next(&rest, ',', &field[i]);
        }
        if (field[0].len == 0) {
            continue;
        }
        check_own_code(&f, field);
        if (ost_str_find(page, text_of(&f, "`%.*s`", OST_STR_ARG(field[0])), 0) == SIZE_MAX) {
            fail_msg("docs/record.md does not tell `%.*s`", OST_STR_ARG(field[0]));
        }
        count++;
    }
    assert_true(count > 100);
    ost_arena_free(f.arena);
}

/* Every example of docs/record.md reads without a warning. */
static void test_examples_of_the_documentation(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_str page, rest, line;
    ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/docs/record.md", 1U << 24, &page, &e),
                     OST_OK);
    ost_buf block = ost_buf_init(f.arena);
    bool inside = false, json = false;
    size_t count = 0;
    rest = page;
    while (ost_str_next(&rest, '\n', &line)) {
        if (!inside && (ost_str_is(line, "```json") || ost_str_is(line, "```case"))) {
            inside = true;
            json = ost_str_is(line, "```json");
            block = ost_buf_init(f.arena);
            ost_buf_text(&block, json ? "[{\"resourceType\":\"Patient\",\"id\":\"anna\"}," : "");
        } else if (inside && ost_str_is(line, "```")) {
            inside = false;
            ost_buf_text(&block, json ? "]" : "");
            ost_read_options options = {.clinical_dates = f.dates, .case_words = f.words};
            ost_record *record = NULL;
            if (ost_record_read(f.model, ost_buf_str(&block), &options, &record, &e) != OST_OK) {
                fail_msg("example %zu: %u:%u %s", count, (unsigned)e.line, (unsigned)e.column,
                         e.message);
            }
            assert_true(record->resource_count == 2 || !json);
            assert_int_equal(record->message_count, 0);
            ost_record_free(record);
            count++;
        } else if (inside) {
            ost_buf_add(&block, line);
            ost_buf_char(&block, '\n');
        }
    }
    assert_true(count >= 7);
    ost_arena_free(f.arena);
}

static void test_memory_failures(void **state)
{
    (void)state;
    fixture f = open_fixture();
    for (size_t nth = 1;; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_str json;
        ost_error e;
        ost_arena_fail_at(arena, nth);
        ost_status code = ost_case_to_fhir(arena, f.words, OST_STR(anna), &json, &e);
        ost_arena_free(arena);
        if (code == OST_OK) {
            assert_true(nth > 10);
            break;
        }
        assert_int_equal(code, OST_E_MEMORY);
    }
    ost_arena_free(f.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_lines),
    cmocka_unit_test(test_errors),
    cmocka_unit_test(test_bad_word_tables),
    cmocka_unit_test(test_reading_as_a_record),
    cmocka_unit_test(test_id_without_words),
    cmocka_unit_test(test_every_own_code_has_a_short_form),
    cmocka_unit_test(test_examples_of_the_documentation),
    cmocka_unit_test(test_memory_failures),
};

OST_TEST_MAIN("fhir-case", tests)
