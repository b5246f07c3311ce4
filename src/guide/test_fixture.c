/* A small made-up content: one topic with a drug, a test and a red flag. The FHIR table, the
 * units and the words of the views are those of the real content; no number here is medicine. */
#include "guide/test_fixture.h"

#include "base/file.h"
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXTENSION "https://osteon.example/fhir/StructureDefinition/osteon-"

static const char facts_csv[] =
    "id,define,type,unit,domain,absence,changeable,max_age_days,plausible_low,plausible_high,"
    "labels\n"
    "level,F.Level,quantity,mg/dL,1..9,open,yes,30,0.5,20,\n"
    "double-level,F.Double level,quantity,mg/dL,2..18,open,yes,,,,derived\n"
    "illness,F.Illness,boolean,,,closed: recorded when it is found,yes,,,,\n"
    "teeth,F.Teeth,boolean,,,open,yes,,,,\n"
    "outlook-short,F.Outlook short,boolean,,,open,yes,,,,clinician only\n";

static const char facts_cql[] =
    "library F version '1'\nusing FHIR version '4.0.1'\ninclude FHIRHelpers version '4.0.1'\n"
    "codesystem \"C\": 'http://c.example'\nvalueset \"Level test\": 'http://v.example/level'\n"
    "code \"Ill\": 'ill' from \"C\"\ncode \"Teeth code\": 'teeth' from \"C\"\n"
    "code \"Short\": 'short' from \"C\"\ncontext Patient\n"
    "define \"Newest\": Last([Observation: \"Level test\"] O sort by (effective as "
    "FHIR.dateTime).value)\n"
    "define \"Level reading\": Newest O return Tuple {\n"
    "  value: ToQuantity(O.value as FHIR.Quantity),\n"
    "  date: (O.effective as FHIR.dateTime).value,\n"
    "  conflict: O.note is not null and exists (O.note) }\n"
    "define \"Level\": \"Level reading\".value\n"
    "define \"Double level\": \"Level\" * 2.0\n"
    "define \"Illness\": exists [Condition: \"Ill\"]\n"
    "define \"Teeth\": First([Observation: \"Teeth code\"] O return (O.value as "
    "FHIR.boolean).value)\n"
    "define \"Outlook short\": First([Observation: \"Short\"] O return (O.value as "
    "FHIR.boolean).value)\n";

static const char topic_cql[] =
    "library T version '1'\nusing FHIR version '4.0.1'\ninclude F version '1'\ncontext Patient\n"
    "define \"Topic\": F.\"Illness\"\n"
    "define \"Give\": F.\"Level\" > 3 'mg/dL'\n"
    "define \"Too high\": F.\"Double level\" >= 16 'mg/dL'\n"
    "define \"Teeth done\": F.\"Teeth\"\n"
    "define \"Short\": F.\"Outlook short\"\n"
    "define \"Always\": true\n"
    "define \"Not measured\": F.\"Level\" is null // unknown: that is the question\n"
    "define \"Alarm\": F.\"Level\" > 8 'mg/dL'\n"
    "define \"Dose\": Tuple { drug: 'x', amount: F.\"Level\".value * 1.5 'mg', amount_high: null "
    "as Quantity,\n"
    "  route: 'oral', duration_min: null as Integer, interval_days: { 7, 14 }, fractions: null as "
    "Integer,\n"
    "  basis: { 'level' }, rule: 'one and a half of the level' }\n";

static const char words_csv[] =
    "key,audience,text\n"
    "fact.level,clinician,Level\nfact.level,patient,Your level\n"
    "fact.double-level,clinician,Double\nfact.double-level,patient,Twice your level\n"
    "fact.illness,clinician,Illness\nfact.illness,patient,Illness\n"
    "fact.teeth,clinician,Dental check\nfact.teeth,patient,Your teeth\n"
    "fact.outlook-short,clinician,Survival is short\n"
    "reason.level,clinician,Level is {fact:level}.\nreason.level,patient,Your level is "
    "{fact:level}.\n"
    "reason.short,clinician,Survival is short.\nreason.short,patient,Rest may be best.\n"
    "danger,clinician,Too high.\ndanger,patient,Too high for you.\n"
    "teeth,clinician,Dental check.\nteeth,patient,See a dentist.\n"
    "alarm,clinician,Give {fact:level} x.\nalarm,patient,Call now.\n";

static const char valueset_json[] =
    "{\"resourceType\":\"ValueSet\",\"url\":\"http://v.example/"
    "level\",\"version\":\"1\",\"compose\":{\"include\":"
    "[{\"system\":\"http://c.example\",\"concept\":[{\"code\":\"level\"}]}]}}";

#define CONDITION(name) "\"condition\":[{\"expression\":{\"expression\":\"" name "\"}}],"
#define SOURCE                                                                                     \
    "\"documentation\":[{\"type\":\"citation\",\"label\":\"Body\",\"url\":\"https://b.example/"    \
    "1\","                                                                                         \
    "\"extension\":[{\"url\":\"" EXTENSION "year\",\"valueInteger\":2020}]}],"
#define CODE(name, value) "{\"url\":\"" EXTENSION name "\",\"valueCode\":\"" value "\"},"
#define KIND(kind)                                                                                 \
    CODE("domain", "bone-agent")                                                                   \
    CODE("kind", kind) CODE("intent", "prevent") CODE("urgency", "days")

static const char plan_json[] =
    "{\"resourceType\":\"PlanDefinition\",\"version\":\"1\",\"title\":\"Topic\",\"library\":["
    "\"Library/T\"],"
    "\"action\":[{" CONDITION(
        "Topic") "\"action\":["
                 "{\"id\":\"give-x\",\"title\":\"Give X\",\"textEquivalent\":\"A drug\"," CONDITION(
                     "Give") SOURCE
    "\"extension\":[" KIND(
        "start") "{\"url\":\"" EXTENSION "row\",\"valueString\":\"R-1\"},"
                 "{\"url\":\"" EXTENSION "dose\",\"valueString\":\"Dose\"},"
                 "{\"url\":\"" EXTENSION
                 "reason\",\"extension\":[{\"url\":\"text\",\"valueString\":\"reason.level\"}]},"
                 "{\"url\":\"" EXTENSION
                 "reason\",\"extension\":[{\"url\":\"text\",\"valueString\":\"reason.short\"},"
                 "{\"url\":\"expression\",\"valueString\":\"Short\"}]},"
                 "{\"url\":\"" EXTENSION
                 "safety\",\"extension\":[{\"url\":\"level\",\"valueCode\":\"block\"},"
                 "{\"url\":\"expression\",\"valueString\":\"Too "
                 "high\"},{\"url\":\"text\",\"valueString\":\"danger\"},"
                 "{\"url\":\"fact\",\"valueString\":\"level\"}]},"
                 "{\"url\":\"" EXTENSION
                 "first\",\"extension\":[{\"url\":\"expression\",\"valueString\":\"Teeth done\"},"
                 "{\"url\":\"text\",\"valueString\":\"teeth\"},{\"url\":\"fact\",\"valueString\":"
                 "\"teeth\"},"
                 "{\"url\":\"required\",\"valueBoolean\":true}]}]},"
                 "{\"id\":\"measure\",\"title\":\"Measure\",\"textEquivalent\":\"A "
                 "test\"," CONDITION("Not measured") SOURCE
    "\"extension\":[" KIND("test") "{\"url\":\"" EXTENSION "row\",\"valueString\":\"R-2\"}]},"
                                   "{\"id\":\"short-only\",\"title\":\"When survival is "
                                   "short\",\"textEquivalent\":\"Rest\"," CONDITION("Always") SOURCE
    "\"extension\":[" KIND("advise") CODE(
        "audience",
        "clinician") "{\"url\":\"" EXTENSION "row\",\"valueString\":\"R-3\"}]},"
                     "{\"id\":\"alarm\",\"title\":\"Alarm\",\"textEquivalent\":\"Danger\"," SOURCE
                     "\"extension\":[{\"url\":\"" EXTENSION "row\",\"valueString\":\"R-4\"},"
                     "{\"url\":\"" EXTENSION
                     "flag\",\"extension\":[{\"url\":\"confirmed\",\"valueString\":\"Alarm\"},"
                     "{\"url\":\"within_hours\",\"valueInteger\":4},{\"url\":\"text\","
                     "\"valueString\":\"alarm\"},"
                     "{\"url\":\"fact\",\"valueString\":\"level\"}]}]}"
                     "]}]}";

static const fixture_file files[] = {
    {"facts/facts.csv", facts_csv},
    {"facts/F.cql", facts_cql},
    {"guideline/t/T.cql", topic_cql},
    {"guideline/t/plan.json", plan_json},
    {"words/en.csv", words_csv},
    {"valueset/level.json", valueset_json},
    {"coverage.csv",
     "row,status,reason,library\nR-1,shipped,,T\nR-2,shipped,,T\nR-3,shipped,,T\nR-4,shipped,,T\n"},
    {"site/policy.csv", "key,value\nname,test\nphone,555\nmax_age_days,30\n"},
};

static const char *const copied[] = {"model/fhir-4.0.1.csv", "model/ucum.csv",
                                     "model/clinical-dates.csv", "words/en-views.csv"};
static const char *const folders[] = {"",       "/facts", "/guideline", "/guideline/t", "/score",
                                      "/words", "/model", "/valueset",  "/site"};

static void write_file(const char *root, const char *path, ost_str text)
{
    char full[512];
    snprintf(full, sizeof full, "%s/%s", root, path);
    FILE *file = fopen(full, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void copy_real(ost_arena *arena, const char *root, const char *path)
{
    char full[512];
    ost_str text;
    ost_error error;
    snprintf(full, sizeof full, "%s/content/%s", OST_SOURCE_ROOT, path);
    assert_int_equal(ost_file_read(arena, full, (size_t)1 << 24, &text, &error), OST_OK);
    write_file(root, path, text);
}

static void remove_all(const char *root, const fixture_file *changes)
{
    char full[512];
    for (size_t i = 0; i < OST_ARRAY_LEN(files); i++) {
        snprintf(full, sizeof full, "%s/%s", root, files[i].path);
        unlink(full);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(copied); i++) {
        snprintf(full, sizeof full, "%s/%s", root, copied[i]);
        unlink(full);
    }
    for (; changes && changes->path; changes++) {
        snprintf(full, sizeof full, "%s/%s", root, changes->path);
        unlink(full);
    }
    for (size_t i = OST_ARRAY_LEN(folders); i > 0; i--) {
        snprintf(full, sizeof full, "%s%s", root, folders[i - 1]);
        rmdir(full);
    }
}

ost_status fixture_open(const fixture_file *changes, ost_content **out, ost_error *error)
{
    char root[] = "osteon-fixture-XXXXXX", full[512];
    ost_arena *arena = ost_arena_new(0);
    ost_content_options options = OST_CONTENT_OPTIONS_INIT;
    assert_non_null(mkdtemp(root));
    for (size_t i = 1; i < OST_ARRAY_LEN(folders); i++) {
        snprintf(full, sizeof full, "%s%s", root, folders[i]);
        assert_int_equal(mkdir(full, 0700), 0);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(files); i++) {
        write_file(root, files[i].path, ost_str_of(files[i].text));
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(copied); i++) {
        copy_real(arena, root, copied[i]);
    }
    for (const fixture_file *change = changes; change && change->path; change++) {
        write_file(root, change->path, ost_str_of(change->text));
    }
    options.content_dir = root;
    ost_status status = ost_content_open(&options, out, error);
    remove_all(root, changes);
    ost_arena_free(arena);
    return status;
}

int fixture_set_up(const fixture_file *changes, ost_content **out)
{
    ost_error error = {0};
    ost_status status = fixture_open(changes, out, &error);
    if (status != OST_OK) {
        print_error("%s:%u: %s\n", error.source, error.line, error.message);
    }
    return status == OST_OK ? 0 : -1;
}

const char *fixture_text(const char *path)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(files); i++) {
        if (strcmp(files[i].path, path) == 0) {
            return files[i].text;
        }
    }
    return "";
}

ost_str fixture_record(ost_arena *arena, const char *resources)
{
    ost_buf out = ost_buf_init(arena);
    ost_str rest = ost_str_of(resources), one;
    ost_buf_text(&out,
                 "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
                 "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"gender\":\"female\"}}");
    while (ost_str_next(&rest, '\n', &one)) {
        if (one.len > 0) {
            ost_buf_text(&out, ",{\"resource\":");
            ost_buf_add(&out, one);
            ost_buf_char(&out, '}');
        }
    }
    ost_buf_text(&out, "]}");
    return ost_buf_str(&out);
}

ost_patients *fixture_patients(const ost_content *content, const char *resources)
{
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_patients *patients = NULL;
    ost_str text = fixture_record(arena, resources);
    ost_status status = ost_patients_from_text(content, text.ptr, text.len, &patients, &error);
    if (status != OST_OK) {
        print_error("%s\n", error.message);
    }
    assert_int_equal(status, OST_OK);
    ost_arena_free(arena);
    return patients;
}

ost_assessment *fixture_assess(const ost_content *content, const char *resources,
                               const char *audience)
{
    ost_error error = {0};
    ost_assessment *assessment = NULL;
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    ost_patients *patients = fixture_patients(content, resources);
    options.as_of = FIXTURE_DAY;
    options.audience = audience;
    ost_status status = ost_assess(content, patients, 0, &options, &assessment, &error);
    if (status != OST_OK) {
        print_error("%s\n", error.message);
    }
    assert_int_equal(status, OST_OK);
    ost_patients_free(patients);
    return assessment;
}

const ost_option *fixture_option(const ost_assessment *a, const char *id)
{
    for (size_t i = 0; i < a->option_count; i++) {
        if (ost_str_is(a->options[i].id, id)) {
            return &a->options[i];
        }
    }
    return NULL;
}

const ost_fact *fixture_fact(const ost_assessment *a, const char *id)
{
    for (size_t i = 0; i < a->fact_count; i++) {
        if (ost_str_is(a->facts[i].id, id)) {
            return &a->facts[i];
        }
    }
    return NULL;
}
