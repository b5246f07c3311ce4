/* Value sets: what is read, what is refused, and how they are asked. */
#include "term/term.h"

#include "base/test.h"

#include <dirent.h>
#include <stdio.h>

#define FOLDER OST_SOURCE_ROOT "/content/valueset"

static ost_arena *arena;
static const ost_model *model;

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
    ost_error error = {0};
    return ost_model_load(arena, (ost_str){text, len}, &model, &error);
}

static int stop(void **state)
{
    (void)state;
    ost_arena_free(arena);
    return 0;
}

/* Adds one resource from JSON text. */
static ost_status add(ost_term *term, ost_str json, ost_error *error)
{
    ost_tree tree = ost_tree_init(arena, model);
    uint32_t root = 0;
    assert_int_equal(ost_json_parse(&tree, json, &root, error), OST_OK);
    return ost_term_add(term, &tree, root, error);
}

#define SET(url, version, codes)                                                                   \
    "{\"resourceType\": \"ValueSet\", \"url\": \"" url "\", \"version\": \"" version               \
    "\", \"title\": \"t " version "\", \"compose\": {\"include\": [" codes "]}}"
#define LAB                                                                                        \
    "{\"system\": \"L\", \"concept\": [{\"code\": \"2\"}, {\"code\": \"1\", \"display\": "         \
    "\"one\"}]}"

static void test_questions(void **state)
{
    (void)state;
    ost_term *term = ost_term_new(arena);
    ost_error error = {0};
    assert_int_equal(add(term, OST_STR(SET("b", "1", LAB)), &error), OST_OK);
    assert_int_equal(add(term,
                         OST_STR(SET("a", "1",
                                     LAB ", {\"system\": \"S\", \"concept\": [{\"code\": \"1\"}, "
                                         "{\"code\": \"1\"}]}")),
                         &error),
                     OST_OK);
    assert_int_equal(ost_term_done(term, &error), OST_OK);
    const ost_valueset *set = NULL, *sets[4] = {NULL};
    assert_int_equal(ost_term_valueset(term, OST_STR("a"), OST_STR(""), &set, &error), OST_OK);
    assert_true(ost_str_is(set->title, "t 1"));
    assert_int_equal(set->count, 3); /* the repeated code counts once */
    assert_true(ost_str_is(set->codes[0].display, "one"));
    static const struct row {
        const char *system, *code;
        bool in_a;
        size_t sets;
    } rows[] = {
        {"L", "1", true, 2},   {"L", "2", true, 2},  {"S", "1", true, 1},
        {"L", "3", false, 0},  {"S", "2", false, 0}, {"", "1", false, 0},
        {NULL, "1", false, 0}, {"L", "", false, 0},  {"Z", "1", false, 0},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str system = ost_str_of(rows[i].system), code = ost_str_of(rows[i].code);
        if (ost_valueset_has(set, system, code) != rows[i].in_a ||
            ost_term_sets_of(term, system, code, sets, 4) != rows[i].sets) {
            fail_msg("%s|%s", rows[i].system ? rows[i].system : "null", rows[i].code);
        }
    }
    assert_int_equal(ost_term_sets_of(term, OST_STR("L"), OST_STR("1"), sets, 1), 2);
    assert_true(ost_str_is(sets[0]->url, "a"));
}

static void test_versions(void **state)
{
    (void)state;
    ost_term *term = ost_term_new(arena);
    ost_error error = {0};
    assert_int_equal(add(term, OST_STR(SET("v", "2", LAB)), &error), OST_OK);
    assert_int_equal(add(term, OST_STR(SET("v", "1", LAB)), &error), OST_OK);
    assert_int_equal(add(term, OST_STR(SET("w", "1", LAB)), &error), OST_OK);
    assert_int_equal(ost_term_done(term, &error), OST_OK);
    static const struct row {
        const char *reference, *version;
        ost_status status;
        const char *title, *message;
    } rows[] = {
        {"v|1", "", OST_OK, "t 1", ""},
        {"v", "2", OST_OK, "t 2", ""},
        {"v|2", "2", OST_OK, "t 2", ""},
        {"w", "", OST_OK, "t 1", ""},
        {"v", "", OST_E_DATA, NULL, "value set v is loaded in several versions"},
        {"v|3", "", OST_E_NOT_FOUND, NULL, "value set v|3 is not loaded"},
        {"v|1", "2", OST_E_DATA, NULL, "value set v|1 is asked for as version '2' too"},
        {"u", "", OST_E_NOT_FOUND, NULL, "value set u is not loaded"},
        {"", "", OST_E_NOT_FOUND, NULL, "value set  is not loaded"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_valueset *set = NULL;
        ost_error e = {0};
        ost_status status = ost_term_valueset(term, ost_str_of(rows[i].reference),
                                              ost_str_of(rows[i].version), &set, &e);
        if (status != rows[i].status || (set != NULL) != (rows[i].title != NULL) ||
            (set && !ost_str_is(set->title, rows[i].title)) ||
            strcmp(e.message, rows[i].message) != 0) {
            fail_msg("%s %s: %d %s", rows[i].reference, rows[i].version, (int)status, e.message);
        }
    }
    ost_term *twice = ost_term_new(arena);
    assert_int_equal(add(twice, OST_STR(SET("v", "1", LAB)), &error), OST_OK);
    assert_int_equal(add(twice, OST_STR(SET("v", "1", LAB)), &error), OST_OK);
    assert_int_equal(ost_term_done(twice, &error), OST_E_DATA);
}

static void test_other_forms(void **state)
{
    (void)state;
    ost_term *term = ost_term_new(arena);
    ost_error error = {0};
    const ost_valueset *set = NULL;
    assert_int_equal(
        add(term,
            OST_STR("{\"resourceType\": \"ValueSet\", \"url\": \"e\", \"compose\": {\"include\": "
                    "[{\"system\": \"L\", \"filter\": []}]}, \"expansion\": {\"contains\": ["
                    "{\"system\": \"L\", \"code\": \"x\", \"abstract\": true, \"contains\": "
                    "[{\"system\": \"L\", \"code\": \"y\"}]}]}}"),
            &error),
        OST_OK);
    assert_int_equal(add(term,
                         OST_STR("{\"resourceType\": \"CodeSystem\", \"url\": \"c\", \"concept\": "
                                 "[{\"code\": \"p\", \"concept\": [{\"code\": \"q\"}]}]}"),
                         &error),
                     OST_OK);
    assert_int_equal(ost_term_done(term, &error), OST_OK);
    assert_int_equal(ost_term_valueset(term, OST_STR("e"), OST_STR(""), &set, &error), OST_OK);
    assert_int_equal(set->count, 1);
    assert_true(ost_valueset_has(set, OST_STR("L"), OST_STR("y")));
    assert_int_equal(ost_term_valueset(term, OST_STR("c"), OST_STR(""), &set, &error), OST_OK);
    assert_true(ost_valueset_has(set, OST_STR("c"), OST_STR("q")));
}

static void test_refused(void **state)
{
    (void)state;
    static const struct row {
        const char *json;
        ost_status status;
        const char *message;
    } rows[] = {
        {"{\"resourceType\": \"Patient\"}", OST_E_DATA,
         "expected a ValueSet or CodeSystem, got 'Patient'"},
        {"{}", OST_E_DATA, "expected a ValueSet or CodeSystem, got ''"},
        {"{\"resourceType\": \"ValueSet\"}", OST_E_DATA, "ValueSet without url"},
        {"{\"resourceType\": \"ValueSet\", \"url\": \"u\"}", OST_E_DATA,
         "value set u lists no codes"},
        {SET("u", "1", "{\"system\": \"L\"}"), OST_E_UNSUPPORTED,
         "value set u has a whole code system"},
        {SET("u", "1", "{\"valueSet\": [\"x\"]}"), OST_E_UNSUPPORTED,
         "value set u has a filter or includes another value set"},
        {SET("u", "1", "{\"system\": \"L\", \"filter\": [{}]}"), OST_E_UNSUPPORTED,
         "value set u has a filter or includes another value set"},
        {SET("u", "1", "{\"concept\": [{\"code\": \"1\"}]}"), OST_E_DATA,
         "value set u has a concept without system"},
        {SET("u", "1", "{\"system\": \"L\", \"concept\": [{\"display\": \"1\"}]}"), OST_E_DATA,
         "value set u has a concept without code"},
        {"{\"resourceType\": \"ValueSet\", \"url\": \"u\", \"compose\": {\"include\": [" LAB
         "], \"exclude\": [" LAB "]}}",
         OST_E_UNSUPPORTED, "value set u has an exclusion"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_error error = {0};
        ost_status status = add(ost_term_new(arena), ost_str_of(rows[i].json), &error);
        if (status != rows[i].status || strcmp(error.message, rows[i].message) != 0) {
            fail_msg("%s: %d %s", rows[i].json, (int)status, error.message);
        }
    }
}

static size_t add_shipped_sets(ost_term *term, ost_error *error)
{
    enum { MOST = 200000 };
    size_t count = 0;
    char *text = ost_arena_alloc(arena, MOST);
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[1000];
        if (!ost_str_ends(ost_str_of(entry->d_name), OST_STR(".json"))) {
            continue;
        }
        snprintf(path, sizeof path, FOLDER "/%s", entry->d_name);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        size_t len = fread(text, 1, MOST, file);
        fclose(file);
        if (add(term, (ost_str){text, len}, error) != OST_OK) {
            fail_msg("%s: %s", path, error->message);
        }
        count++;
    }
    closedir(folder);
    return count;
}

/* All sets of content/valueset load together, and codes stand in the sets that carry their name. */
static void test_shipped_sets(void **state)
{
    (void)state;
    ost_term *term = ost_term_new(arena);
    ost_error error = {0};
    assert_in_range(add_shipped_sets(term, &error), 250, 400);
    assert_int_equal(ost_term_done(term, &error), OST_OK);
    static const struct row {
        const char *set, *system, *code;
        bool in;
    } rows[] = {
        {"bone-metastasis", "http://snomed.info/sct", "94222008", true},
        {"bone-metastasis-any", "http://snomed.info/sct", "94602001", true},
        {"bone-metastasis", "http://snomed.info/sct", "94602001", false},
        {"lab-creatinine", "http://loinc.org", "14682-9", true},
        {"lab-calcium-total", "http://loinc.org", "2000-8", true},
        {"drug-denosumab", "http://www.nlm.nih.gov/research/umls/rxnorm", "993449", true},
        {"drug-denosumab", "http://www.nlm.nih.gov/research/umls/rxnorm", "1046398", false},
        {"drug-denosumab-120", "http://www.nlm.nih.gov/research/umls/rxnorm", "1046398", true},
        {"drug-recognised", "http://www.nlm.nih.gov/research/umls/rxnorm", "314076", true},
        {"drug-thiazide", "https://osteon.example/fhir/CodeSystem/osteon-drug",
         "hydrochlorothiazide", true},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        char url[200];
        snprintf(url, sizeof url, "https://osteon.example/fhir/ValueSet/%s|1.0.0", rows[i].set);
        const ost_valueset *set = NULL;
        if (ost_term_valueset(term, ost_str_of(url), OST_STR(""), &set, &error) != OST_OK ||
            ost_valueset_has(set, ost_str_of(rows[i].system), ost_str_of(rows[i].code)) !=
                rows[i].in) {
            fail_msg("%s %s", rows[i].set, rows[i].code);
        }
    }
}

static void test_empty_and_memory(void **state)
{
    (void)state;
    ost_term *empty = ost_term_new(arena);
    ost_error error = {0};
    const ost_valueset *set = NULL;
    assert_int_equal(ost_term_done(empty, &error), OST_OK);
    assert_int_equal(ost_term_sets_of(empty, OST_STR("L"), OST_STR("1"), &set, 1), 0);
    for (size_t n = 1;; n++) {
        ost_arena *own = ost_arena_new(0);
        ost_term *term = ost_term_new(own);
        assert_non_null(term);
        ost_arena_fail_at(own, n);
        ost_status status = add(term, OST_STR(SET("v", "1", LAB)), &error);
        status = status == OST_OK ? ost_term_done(term, &error) : status;
        ost_arena_free(own);
        if (status == OST_OK) {
            assert_true(n > 5);
            return;
        }
        assert_int_equal(status, OST_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_questions),    cmocka_unit_test(test_versions),
        cmocka_unit_test(test_other_forms),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_shipped_sets), cmocka_unit_test(test_empty_and_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("term-term", tests, start, stop);
}
