/* Drug names become codes; drugs that are not recognised are said first; orders that are not
 * current are not. */
#include "base/test.h"
#include "guide/drugs.h"
#include "guide/test_fixture.h"

#define REQUEST(id, status, medication)                                                            \
    "{\"resourceType\":\"MedicationRequest\",\"id\":\"" id "\",\"status\":\"" status               \
    "\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/p1\"}," medication "}\n"
#define NAMED(text) "\"medicationCodeableConcept\":{\"text\":\"" text "\"}"

static const fixture_file drugs[] = {
    {"valueset/drugs.csv", "id,names,brands,rxnorm,atc,classes,rule,set,source\n"
                           "alphamab,alphamab,Alfa,111,,x,,yes,s\n"
                           "betanol,betanol,,222,,y,,yes,s\n"},
    {"facts/Drugs.cql", "library Drugs version '1'\n"
                        "using FHIR version '4.0.1'\n"
                        "include FHIRHelpers version '4.0.1'\n"
                        "context Patient\n"
                        "define \"Current drugs\":\n"
                        "  [MedicationRequest] M where M.status.value = 'active'\n"},
    {NULL, NULL}};
static ost_content *content;

static const struct row {
    const char *name, *json, *expected; /* NULL = not replaced; else a part of the new text */
} rows[] = {
    {"by name", "{\"resourceType\":\"MedicationRequest\"," NAMED("Alphamab") "}",
     "\"coding\":[{\"system\":\"" OST_DRUG_SYSTEM
     "\",\"version\":\"by-name\",\"code\":\"alphamab\",\"display\":\"alphamab\"}]"},
    {"by code",
     "{\"resourceType\":\"MedicationStatement\",\"medicationCodeableConcept\":{\"coding\":[{"
     "\"system\":"
     "\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"222\"}]}}",
     "\"code\":\"222\"},{\"system\":\"" OST_DRUG_SYSTEM "\",\"code\":\"betanol\""},
    {"a Medication", "{\"resourceType\":\"Medication\",\"code\":{\"text\":\"betanol\"}}",
     "\"code\":\"betanol\""},
    {"contained",
     "{\"resourceType\":\"MedicationRequest\",\"contained\":[{\"resourceType\":\"Medication\","
     "\"id\":\"m\","
     "\"code\":{\"text\":\"betanol\"}},7],\"medicationReference\":{\"reference\":\"#m\"}}",
     "\"code\":\"betanol\",\"display\":\"betanol\"}]}},7]"},
    {"numbers keep their text",
     "{\"resourceType\":\"MedicationRequest\"," NAMED("betanol") ",\"x\":1.50}", "\"x\":1.50"},
    {"unknown", "{\"resourceType\":\"MedicationRequest\"," NAMED("gammazol") "}", NULL},
    {"not a drug resource", "{\"resourceType\":\"Observation\",\"code\":{\"text\":\"betanol\"}}",
     NULL},
    {"a concept that is no object", "{\"resourceType\":\"Medication\",\"code\":\"betanol\"}", NULL},
    {"codings that are no list",
     "{\"resourceType\":\"Medication\",\"code\":{\"coding\":3,\"text\":\"betanol\"}}",
     "\"code\":\"betanol\""},
};

static void names_become_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_tree tree = ost_tree_init(arena, content->model);
        ost_error error = {0};
        uint32_t root;
        ost_buf out = ost_buf_init(arena);
        assert_int_equal(ost_json_parse(&tree, ost_str_of(rows[i].json), &root, &error), OST_OK);
        bool replaced = ost_drug_rewrite(content, &tree, root, &out);
        if (replaced != (rows[i].expected != NULL)) {
            print_error("%s\n", rows[i].name);
        }
        assert_int_equal(replaced, rows[i].expected != NULL);
        if (replaced) {
            bool good = strstr(ost_buf_str(&out).ptr, rows[i].expected) != NULL &&
                        ost_json_parse(&tree, ost_buf_str(&out), &root, &error) == OST_OK;
            if (!good) {
                print_error("%s: %s\n", rows[i].name, ost_buf_str(&out).ptr);
            }
            assert_true(good);
        }
        ost_arena_free(arena);
    }
}

static const struct message {
    const char *name, *resources, *path; /* of the first message; NULL = there is none */
    const char *text;
} messages[] = {
    {"recognised by code and name", REQUEST("a", "active", NAMED("Alfa")), "MedicationRequest/a",
     "\"Alfa\" was matched by name as alphamab."},
    {"not recognised comes first",
     REQUEST("a", "active", NAMED("Alfa")) REQUEST("z", "active", NAMED("betanl")),
     "MedicationRequest/z",
     "Current drug \"betanl\" is not recognised (did you mean betanol?): which other drugs she "
     "does not take "
     "is unknown."},
    {"stopped", REQUEST("z", "stopped", NAMED("zzzzzzzzz")), NULL, NULL},
    {"nothing like it", REQUEST("z", "active", NAMED("zzzzzzzzz")), "MedicationRequest/z",
     "Current drug \"zzzzzzzzz\" is not recognised: which other drugs she does not take is "
     "unknown."},
};

static void messages_come_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(messages); i++) {
        ost_assessment *a = fixture_assess(content, messages[i].resources, NULL);
        if (!messages[i].path) {
            assert_int_equal(a->own_message_count, 0);
        } else {
            assert_true(a->own_message_count > 0);
            if (!ost_str_is(a->messages[0].text, messages[i].text)) {
                print_error("%s: %.*s\n", messages[i].name, OST_STR_ARG(a->messages[0].text));
            }
            assert_true(ost_str_is(a->messages[0].text, messages[i].text));
            assert_true(ost_str_is(a->messages[0].path, messages[i].path));
        }
        ost_assessment_free(a);
    }
}

#define REFERENCE(more) "\"medicationReference\":{" more "}"
#define MEDICATION(id, code)                                                                       \
    "{\"resourceType\":\"Medication\",\"id\":\"" id "\",\"code\":{" code "}}\n"
#define UNRECOGNISED(name)                                                                         \
    "Current drug \"" name "\" is not recognised: which other drugs she does not take is unknown."

/* A drug that stands in another resource, or whose name is only a code or a reference: the message
 * always says something to look for. */
static const struct message elsewhere[] = {
    {"in a resource of its own",
     MEDICATION("m", "\"text\":\"gammazol\"")
         REQUEST("a", "active", REFERENCE("\"reference\":\"Medication/m\"")),
     "MedicationRequest/a", UNRECOGNISED("gammazol")},
    {"second of two that it contains",
     REQUEST("a", "active",
             "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"x\",\"code\":{\"text\":"
             "\"betanol\"}},{\"resourceType\":\"Medication\",\"id\":\"y\",\"code\":{\"text\":"
             "\"deltazol\"}}]," REFERENCE("\"reference\":\"#y\"")),
     "MedicationRequest/a", UNRECOGNISED("deltazol")},
    {"display of a code",
     REQUEST("a", "active",
             "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"s\","
             "\"code\":\"7\",\"display\":\"zetazol\"}]}"),
     "MedicationRequest/a", UNRECOGNISED("zetazol")},
    {"a code alone",
     REQUEST("a", "active",
             "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"s\","
             "\"code\":\"7\"}]}"),
     "MedicationRequest/a", UNRECOGNISED("7")},
    {"not in the record, with words",
     REQUEST("a", "active", REFERENCE("\"reference\":\"Medication/none\",\"display\":\"etazol\"")),
     "MedicationRequest/a", UNRECOGNISED("etazol")},
    {"not in the record", REQUEST("a", "active", REFERENCE("\"reference\":\"Medication/none\"")),
     "MedicationRequest/a", UNRECOGNISED("Medication/none")},
    {"no drug at all", REQUEST("a", "active", "\"note\":[]"), "MedicationRequest/a",
     UNRECOGNISED("MedicationRequest/a")},
};

static void a_drug_elsewhere_has_a_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(elsewhere); i++) {
        ost_assessment *a = fixture_assess(content, elsewhere[i].resources, NULL);
        assert_true(a->message_count > 0);
        if (!ost_str_is(a->messages[0].path, elsewhere[i].path) ||
            !ost_str_is(a->messages[0].text, elsewhere[i].text)) {
            fail_msg("%s: %.*s: %.*s", elsewhere[i].name, OST_STR_ARG(a->messages[0].path),
                     OST_STR_ARG(a->messages[0].text));
        }
        ost_assessment_free(a);
    }
}

static int open_content(void **state)
{
    (void)state;
    return fixture_set_up(drugs, &content);
}

static int close_content(void **state)
{
    (void)state;
    ost_content_free(content);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_become_codes),
        cmocka_unit_test(messages_come_in_order),
        cmocka_unit_test(a_drug_elsewhere_has_a_name),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("guide-drugs", tests, open_content, close_content);
}
