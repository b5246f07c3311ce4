/* Many patients: NDJSON and folders, shared resources, bad lines, case files; no order matters. */
#include "base/test.h"

#include "base/file.h"
#include "fhir/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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
    assert_int_equal(ost_file_read(f.arena, OST_SOURCE_ROOT "/content/model/case-words.csv",
                                   1U << 24, &f.options.case_words, &e),
                     OST_OK);
    return f;
}

#define PATIENT(id) "{\"resourceType\":\"Patient\",\"id\":\"" id "\"}"
#define ORDER(id, who)                                                                             \
    "{\"resourceType\":\"MedicationRequest\",\"id\":\"" id                                         \
    "\",\"subject\":{\"reference\":\"Patient/" who                                                 \
    "\"},\"medicationReference\":{\"reference\":\"Medication/m\"}}"
#define MEDICATION                                                                                 \
    "{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"coding\":[{\"code\":\"c\"}]}}"
#define UNUSED "{\"resourceType\":\"Organization\",\"id\":\"x\"}"

static size_t count_of(const fixture *f, const ost_record *record, const char *type)
{
    const uint32_t *indices;
    return ost_record_of_type(record, ost_model_type_id(f->model, ost_str_of(type)), &indices);
}

static const char *const lines[] = {
    ORDER("o2", "b"), MEDICATION,   PATIENT("b"), "{\"resourceType\":",
    ORDER("o1", "a"), PATIENT("a"), UNUSED,       ORDER("o3", "nobody"),
};

static ost_str join(ost_arena *arena, size_t first)
{
    ost_buf text = ost_buf_init(arena);
    for (size_t i = 0; i < OST_ARRAY_LEN(lines); i++) {
        ost_buf_printf(&text, "%s\n", lines[(i + first) % OST_ARRAY_LEN(lines)]);
    }
    return ost_buf_str(&text);
}

static void test_ndjson(void **state)
{
    (void)state;
    fixture f = open_fixture();
    char hashes[2][65] = {"", ""};
    for (size_t turn = 0; turn < OST_ARRAY_LEN(lines); turn++) {
        ost_population *p = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        assert_int_equal(
            ost_population_from_text(f.model, join(f.arena, turn), OST_STR("in.ndjson"), &p, &e),
            OST_OK);
        assert_int_equal(ost_population_count(p), 2);
        assert_false(ost_population_is_one_bundle(p));
        const ost_message *messages;
        assert_int_equal(ost_population_messages(p, &messages), 2);
        for (size_t i = 0; i < 2; i++) {
            assert_true(ost_str_is(ost_population_id(p, i), i == 0 ? "a" : "b"));
            ost_record *record = NULL;
            assert_int_equal(ost_population_read(p, i, &f.options, &record, &e), OST_OK);
            assert_int_equal(record->resource_count, 3);
            assert_int_equal(count_of(&f, record, "MedicationRequest"), 1);
            assert_int_equal(count_of(&f, record, "Organization"), 0);
            const uint32_t *indices;
            uint32_t type = ost_model_type_id(f.model, OST_STR("MedicationRequest"));
            assert_int_equal(
                ost_record_of_code(record, type, (ost_str){NULL, 0}, OST_STR("c"), &indices), 1);
            if (turn == 0) {
                memcpy(hashes[i], record->input_hash, 65);
            }
            assert_string_equal(record->input_hash, hashes[i]);
            ost_record_free(record);
        }
        ost_record *none = NULL;
        assert_int_equal(ost_population_read(p, 2, &f.options, &none, &e), OST_E_NOT_FOUND);
        ost_population_free(p);
    }
    assert_string_not_equal(hashes[0], hashes[1]);
    ost_arena_free(f.arena);
}

static void test_messages_say_where(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_population *p = NULL;
    ost_error e;
    assert_int_equal(
        ost_population_from_text(f.model, join(f.arena, 0), OST_STR("in.ndjson"), &p, &e), OST_OK);
    const ost_message *messages;
    assert_int_equal(ost_population_messages(p, &messages), 2);
    assert_true(ost_str_is(messages[0].path, "in.ndjson"));
    assert_true(
        ost_str_is(messages[0].text,
                   "line 4, column 17 is not read: the text ends where a value is expected"));
    assert_int_equal(messages[0].line, 4);
    assert_true(ost_str_is(messages[1].path, "MedicationRequest/o3"));
    assert_true(
        ost_str_is(messages[1].text, "not used: the patient it is about is not in the input"));
    assert_int_equal(messages[1].line, 8);
    ost_population_free(p);
    ost_arena_free(f.arena);
}

#define S(text)                                                                                    \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
#define RUBBISH "\x00\x01\xFF\xFE\x80 rubbish\x00"

/* A line that can't be read is a message with its number, whatever stands in it and wherever; the
 * patients of the other lines are there. */
static void test_bad_lines(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_str text;
        size_t bad;
        uint32_t line; /* of the first */
    } rows[] = {
        {"second", S(PATIENT("a") "\n" RUBBISH "\n" PATIENT("b") "\n" ORDER("o", "a")), 1, 2},
        {"first", S(RUBBISH "\n" PATIENT("a") "\n" PATIENT("b")), 1, 1},
        {"the first three",
         S(RUBBISH "\n" RUBBISH "\n\n" RUBBISH "\n" PATIENT("a") "\n" PATIENT("b")), 3, 1},
        {"the second to the fifth",
         S(PATIENT("a") "\n" RUBBISH "\n" RUBBISH "\n" RUBBISH "\n" RUBBISH "\n" PATIENT("b")), 4,
         2},
        {"last", S(PATIENT("a") "\n" PATIENT("b") "\n" RUBBISH), 1, 3},
        {"between line ends of Windows", S(PATIENT("a") "\r\n" RUBBISH "\r\n" PATIENT("b") "\r\n"),
         1, 2},
        {"behind a byte order mark", S("\xEF\xBB\xBF" PATIENT("a") "\n" RUBBISH "\n" PATIENT("b")),
         1, 2},
        {"nothing but NUL", S(PATIENT("a") "\n\x00\x00\x00\n" PATIENT("b")), 1, 2},
        {"text", S(PATIENT("a") "\nhello\n" PATIENT("b")), 1, 2},
        {"text that looks like a case file", S("id: c\n" PATIENT("a") "\n" PATIENT("b")), 1, 1},
        {"a list that is cut", S(PATIENT("a") "\n[1,\n" PATIENT("b")), 1, 2},
        {"an object with a NUL in it", S(PATIENT("a") "\n{\"a\":\"\x00\"}\n" PATIENT("b")), 1, 2},
        {"an object that is cut, first",
         S("{\"a\": \"\x00\n" PATIENT("a") "\n" RUBBISH "\n" PATIENT("b")), 2, 1},
        {"what JSON would have after an object", S(PATIENT("a") "\n,\n" PATIENT("b") "\n]"), 2, 2},
        {"braces in a text",
         S("{\"resourceType\":\"Patient\",\"id\":\"a\",\"language\":\"}{\\\"{\"}\n" RUBBISH
           "\n" PATIENT("b")),
         1, 2},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_population *p = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        if (ost_population_from_text(f.model, rows[i].text, OST_STR("in"), &p, &e) != OST_OK) {
            fail_msg("%s: %u:%u %s", rows[i].name, (unsigned)e.line, (unsigned)e.column, e.message);
        }
        const ost_message *messages;
        size_t count = ost_population_messages(p, &messages);
        if (ost_population_count(p) != 2 || count != rows[i].bad ||
            messages[0].line != rows[i].line || messages[0].level != OST_LEVEL_ERROR) {
            fail_msg("%s: %zu patients, %zu messages", rows[i].name, ost_population_count(p),
                     count);
        }
        for (size_t k = 0; k < 2; k++) {
            ost_record *record = NULL;
            assert_int_equal(ost_population_read(p, k, &f.options, &record, &e), OST_OK);
            size_t told = 0;
            for (size_t m = 0; m < record->message_count; m++) {
                told += record->messages[m].level == OST_LEVEL_ERROR &&
                        record->messages[m].line == rows[i].line;
            }
            assert_int_equal(told, 1);
            ost_record_free(record);
        }
        ost_population_free(p);
    }
    ost_arena_free(f.arena);
}

/* One document over several lines stays one, also when it is wrong; its error has its place. */
static void test_one_document(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        uint32_t line; /* of the error, 0 = none */
    } rows[] = {
        {"{\n\"resourceType\": \"Patient\",\n\"id\": \"a\"\n}\n", 0},
        {"{\"resourceType\":\"Bundle\",\"entry\":[\n{\"resource\":" PATIENT(
             "a") "},\n{\"resource\":" PATIENT("b") "}\n]}",
         0},
        {"[\n" PATIENT("a") "\n,\n" PATIENT("b") "\n]", 0},
        {"{\"contact\": {}\n, \"resourceType\": \"Patient\", \"id\": \"a\"}", 0},
        {PATIENT("a") "\n \t\r\n", 0},
        {PATIENT("a") "\x01", 1},
        {"{\"resourceType\":\"Bundle\",\n\"entry\":[\n{\"resource\":" PATIENT(
             "a") "},\n{\"resource\":" PATIENT("b") "}\n{\"resource\":" PATIENT("c") "}\n]}",
         5},
        {"{\"id\": {}\n\"resourceType\": \"Patient\"}", 2},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_population *p = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        ost_status code =
            ost_population_from_text(f.model, ost_str_of(rows[i].text), OST_STR("in"), &p, &e);
        if (e.line != rows[i].line || (code == OST_OK) != (rows[i].line == 0)) {
            fail_msg("%zu: %u:%u %s", i, (unsigned)e.line, (unsigned)e.column, e.message);
        }
        if (code == OST_OK) {
            assert_true(ost_population_is_one_bundle(p));
            ost_population_free(p);
        }
    }
    ost_arena_free(f.arena);
}

static void test_errors(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        ost_status code;
        uint32_t line;
        const char *message;
    } rows[] = {
        {"", OST_E_SYNTAX, 1, "there is no JSON value"},
        {"{\n}", OST_E_DATA, 0, "the input has no FHIR resource that can be used"},
        {UNUSED, OST_E_DATA, 0,
         "there is no Patient: whose record this is is missing (1 resource, the first is "
         "Organization/x)"},
        {"[1,\n2", OST_E_SYNTAX, 2, "the text ends where ',' or ']' is expected"},
        {"hello", OST_E_SYNTAX, 1, "this is neither JSON nor a case file with a line \"id:\""},
    };
    fixture f = open_fixture();
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_population *p = NULL;
        ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
        ost_status code =
            ost_population_from_text(f.model, ost_str_of(rows[i].text), OST_STR("in"), &p, &e);
        if (code != rows[i].code || e.line != rows[i].line ||
            strcmp(e.message, rows[i].message) != 0) {
            fail_msg("%zu: %d line %u %s", i, code, (unsigned)e.line, e.message);
        }
        assert_null(p);
    }
    ost_population *p = NULL;
    ost_error e;
    assert_int_equal(ost_population_open(f.model, "no-such-file", &p, &e), OST_E_NOT_FOUND);
    ost_arena_free(f.arena);
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_folder(void **state)
{
    (void)state;
    static const struct file {
        const char *name, *text;
    } files[] = {
        {"a.json", PATIENT("a")},
        {"b.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" PATIENT("b") "}]}"},
        {"c.case", "id: c\necog: 1\n"},
        {"m.ndjson", MEDICATION "\n" ORDER("o1", "a") "\n"},
        {"broken.json", "{"},
        {"notes.txt", "not a record"},
    };
    char pattern[] = "osteon-test-XXXXXX";
    const char *folder = mkdtemp(pattern);
    assert_non_null(folder);
    fixture f = open_fixture();
    ost_population *p = NULL;
    ost_error e = {OST_OK, "", 0, 0, 0, "", ""};
    assert_int_equal(ost_population_open(f.model, folder, &p, &e), OST_E_DATA);
    for (size_t i = 0; i < OST_ARRAY_LEN(files); i++) {
        put_file(folder, files[i].name, files[i].text);
    }
    assert_int_equal(ost_population_open(f.model, folder, &p, &e), OST_OK);
    assert_int_equal(ost_population_count(p), 3);
    static const size_t resources[] = {3, 1, 2};
    for (size_t i = 0; i < 3; i++) {
        ost_record *record = NULL;
        assert_int_equal(ost_population_read(p, i, &f.options, &record, &e), OST_OK);
        assert_int_equal(record->resource_count, resources[i]);
        ost_record_free(record);
    }
    const ost_message *messages;
    assert_int_equal(ost_population_messages(p, &messages), 1);
    assert_int_equal(messages[0].level, OST_LEVEL_ERROR);
    assert_true(ost_str_ends(messages[0].path, OST_STR("/broken.json")));
    ost_population_free(p);
    for (size_t i = 0; i < OST_ARRAY_LEN(files); i++) {
        char path[300];
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    ost_arena_free(f.arena);
}

static void test_one_bundle_with_two_patients(void **state)
{
    (void)state;
    fixture f = open_fixture();
    ost_population *p = NULL;
    ost_error e;
    assert_int_equal(ost_population_from_text(f.model,
                                              OST_STR("[" PATIENT("b") "," PATIENT("a") "," ORDER(
                                                  "o", "b") "," MEDICATION "]"),
                                              OST_STR("in"), &p, &e),
                     OST_OK);
    assert_true(ost_population_is_one_bundle(p));
    assert_int_equal(ost_population_count(p), 2);
    ost_record *record = NULL;
    assert_int_equal(ost_population_read(p, 1, &f.options, &record, &e), OST_OK);
    assert_int_equal(record->resource_count, 3);
    ost_record_free(record);
    ost_population_free(p);
    ost_arena_free(f.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_ndjson),
    cmocka_unit_test(test_messages_say_where),
    cmocka_unit_test(test_bad_lines),
    cmocka_unit_test(test_one_document),
    cmocka_unit_test(test_errors),
    cmocka_unit_test(test_folder),
    cmocka_unit_test(test_one_bundle_with_two_patients),
};

OST_TEST_MAIN("fhir-population", tests)
