/* What is refused when content is opened, and what `content check` finds: each with its place. */
#include "base/test.h"
#include "guide/test_fixture.h"

#include <stdlib.h>

#define HEAD                                                                                       \
    "id,define,type,unit,domain,absence,changeable,max_age_days,plausible_low,plausible_high,"     \
    "labels\n"
#define PLAN(option)                                                                               \
    "{\"resourceType\":\"PlanDefinition\",\"library\":[\"Library/T\"],\"action\":[{\"condition\":" \
    "[{\"expression\":{\"expression\":\"Topic\"}}],\"action\":[{" option "}]}]}"
#define OURS "https://osteon.example/fhir/StructureDefinition/osteon-"

static const struct bad {
    const char *name, *path, *text, *message; /* message: a part of it */
    uint32_t line;
} bad[] = {
    {"no such definition", "facts/facts.csv", HEAD "a,F.Nothing,boolean,,,open,yes,,,,\n",
     "there is no definition: \"F.Nothing\"", 2},
    {"unknown type", "facts/facts.csv", HEAD "a,F.Level,number,,,open,yes,,,,\n",
     "unknown type: \"number\"", 2},
    {"no unit", "facts/facts.csv", HEAD "a,F.Level,quantity,,,open,yes,,,,\n",
     "a quantity has a unit", 2},
    {"bad unit", "facts/facts.csv", HEAD "a,F.Level,quantity,mgs,,open,yes,,,,\n",
     "not a UCUM unit: \"mgs\"", 2},
    {"closed without a reason", "facts/facts.csv", HEAD "a,F.Illness,boolean,,,closed:,yes,,,,\n",
     "absence is \"open\" or \"closed: reason\"", 2},
    {"range", "facts/facts.csv", HEAD "a,F.Level,quantity,mg/dL,9..1,open,yes,,,,\n",
     "the domain of a number is low..high", 2},
    {"age", "facts/facts.csv", HEAD "a,F.Level,quantity,mg/dL,,open,yes,0,,,\n",
     "max_age_days is a whole", 2},
    {"changeable", "facts/facts.csv", HEAD "a,F.Illness,boolean,,,open,maybe,,,,\n",
     "changeable is yes or no", 2},
    {"twice", "facts/facts.csv",
     HEAD "a,F.Illness,boolean,,,open,yes,,,,\na,F.Teeth,boolean,,,open,yes,,,,\n",
     "a second fact: \"a\"", 3},
    {"CQL", "guideline/t/T.cql", "library T version '1'\ndefine \"Topic\": 1 +\n", "", 3},
    {"CQL types", "guideline/t/T.cql", "library T version '1'\ndefine \"Topic\": 1 + 'a'\n", "", 2},
    {"not a plan", "guideline/t/plan.json", "{\"resourceType\":\"Patient\"}",
     "PlanDefinition: not a Plan", 0},
    {"not JSON", "guideline/t/plan.json", "{\"resourceType\":\n1,}", "", 2},
    {"no definition", "guideline/t/plan.json",
     PLAN("\"id\":\"a\",\"title\":\"A\",\"condition\":[{\"expression\":{\"expression\":\"Nothing\"}"
          "}]"),
     "PlanDefinition.action[0].action[0]: library T has no definition \"Nothing\"", 0},
    {"not a Boolean", "guideline/t/plan.json",
     PLAN(
         "\"id\":\"a\",\"title\":\"A\",\"condition\":[{\"expression\":{\"expression\":\"Dose\"}}]"),
     "\"Dose\" is not a Boolean", 0},
    {"misspelt extension", "guideline/t/plan.json",
     PLAN("\"id\":\"a\",\"condition\":[{\"expression\":{\"expression\":\"Give\"}}],"
          "\"extension\":[{\"url\":\"" OURS "saftey\"}]"),
     "action[0].extension[0]: unknown extension \"saftey\"", 0},
    {"unknown part", "guideline/t/plan.json",
     PLAN("\"id\":\"a\",\"condition\":[{\"expression\":{\"expression\":\"Give\"}}],\"extension\":[{"
          "\"url\":\"" OURS
          "first\",\"extension\":[{\"url\":\"requird\",\"valueBoolean\":true}]}]"),
     "unknown extension \"requird\"", 0},
    {"unknown code", "guideline/t/plan.json",
     PLAN("\"id\":\"a\",\"condition\":[{\"expression\":{\"expression\":\"Give\"}}],\"extension\":[{"
          "\"url\":\"" OURS "kind\",\"valueCode\":\"begin\"}]"),
     "\"begin\" is not one of start|continue", 0},
    {"words", "words/en.csv", "key,audience,text\na,all,x\na,all,y\n",
     "a second text for key \"a\"", 3},
    {"policy", "site/policy.csv", "key,value\nphne,1\n", "unknown policy \"phne\"", 2},
    {"policy number", "site/policy.csv", "key,value\nmax_age_days,many\n",
     "not a number in its range", 2},
    {"policy lead", "site/policy.csv", "key,value\nlong-bone-lead,nobody\n",
     "not a score of long bones or both", 2},
};

static void bad_content_is_refused_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(bad); i++) {
        ost_error error = {0};
        ost_content *content = NULL;
        const fixture_file changes[] = {{bad[i].path, bad[i].text}, {NULL, NULL}};
        ost_status status = fixture_open(changes, &content, &error);
        bool good = status != OST_OK && strstr(error.source, bad[i].path) &&
                    error.line == bad[i].line && strstr(error.message, bad[i].message);
        if (!good) {
            print_error("%s: status %d, %s:%u: %s\n", bad[i].name, status, error.source, error.line,
                        error.message);
        }
        assert_true(good);
    }
}

static const struct finding {
    const char *name, *path, *add, *expected; /* `add` follows the file of the fixture */
} findings[] = {
    {"a retrieve", "guideline/t/T.cql", "define \"R\": [Condition]\n",
     "guideline/t/T.cql:16: a retrieve outside facts/\n"},
    {"a unit is checked when it is compiled", "guideline/t/T.cql", "define \"E\": exists { 1 }\n",
     "guideline/t/T.cql:16: no \"// unknown:\" comment says what null does in \"Exists\"\n"},
    {"if", "guideline/t/T.cql", "define \"E\": if true then 1 else 2\n",
     "guideline/t/T.cql:16: no \"// unknown:\" comment says what null does in \"if\"\n"},
    {"a comment above", "guideline/t/T.cql",
     "// unknown: is two\ndefine \"E\": if true then 1 else 2\n", NULL},
    {"a comment further above", "guideline/t/T.cql",
     "// unknown: is two\n\ndefine \"E\": if true then 1 else 2\n",
     "guideline/t/T.cql:18: no \"// unknown:\" comment says what null does in \"if\"\n"},
    {"a draft without reason", "coverage.csv", "R-9,draft,,T\n",
     "coverage.csv:6: a draft without a reason: \"R-9\"\n"},
    {"a row twice", "coverage.csv", "R-1,shipped,,T\n",
     "coverage.csv:6: a second line for row \"R-1\"\n"},
    {"words for patients", "facts/facts.csv", "ill-too,F.Illness,boolean,,,open,yes,,,,\n",
     "facts/facts.csv:7: no words for clinicians: \"fact.ill-too\"\n"
     "facts/facts.csv:7: no words for patients: \"fact.ill-too\"\n"},
};

static void content_check_finds_and_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(findings); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_error error = {0};
        ost_content *content = NULL;
        char *text = NULL;
        size_t len = 0, count = 0;
        ost_buf file = ost_buf_init(arena);
        ost_buf_text(&file, fixture_text(findings[i].path));
        ost_buf_text(&file, findings[i].add);
        const fixture_file changes[] = {{findings[i].path, ost_buf_str(&file).ptr}, {NULL, NULL}};
        ost_status status = fixture_open(changes, &content, &error);
        if (status != OST_OK) {
            print_error("%s: %s:%u: %s\n", findings[i].name, error.source, error.line,
                        error.message);
        }
        assert_int_equal(status, OST_OK);
        assert_int_equal(ost_content_report(content, "check", &text, &len, &count, &error), OST_OK);
        bool good = findings[i].expected ? strstr(text, findings[i].expected) == text : count == 0;
        if (!good) {
            print_error("%s: %s\n", findings[i].name, text);
        }
        assert_true(good);
        ost_text_free(text);
        ost_content_free(content);
        ost_arena_free(arena);
    }
}

static void coverage_is_tab_separated_with_totals(void **state)
{
    (void)state;
    ost_error error = {0};
    ost_content *content = NULL;
    char *text = NULL;
    size_t len = 0, count = 0;
    const fixture_file changes[] = {
        {"coverage.csv", "row,status,reason,library\nR-1,shipped,,T\nR-2,draft,no source,T\n"},
        {NULL, NULL}};
    assert_int_equal(fixture_open(changes, &content, &error), OST_OK);
    assert_int_equal(ost_content_report(content, "coverage", &text, &len, &count, &error), OST_OK);
    assert_string_equal(text, "R-1\tshipped\t\tT\nR-2\tdraft\tno source\tT\ntotal\tshipped\t1\t\n"
                              "total\tdraft\t1\t\n");
    ost_text_free(text);
    assert_int_equal(ost_content_report(content, "drafts", &text, &len, &count, &error), OST_OK);
    assert_string_equal(text, "R-2\tdraft\tno source\tT\n");
    ost_text_free(text);
    ost_content_free(content);
}

/* The version names the bytes of the content, and the built-in content opens. */
static void the_version_is_the_hash(void **state)
{
    (void)state;
    ost_error error = {0};
    ost_content *one = NULL, *two = NULL, *other = NULL, *built_in = NULL, *folder = NULL;
    const fixture_file changes[] = {{"site/policy.csv", "key,value\nname,other\n"}, {NULL, NULL}};
    ost_content_options options = OST_CONTENT_OPTIONS_INIT;
    assert_int_equal(fixture_open(NULL, &one, &error), OST_OK);
    assert_int_equal(fixture_open(NULL, &two, &error), OST_OK);
    assert_int_equal(fixture_open(changes, &other, &error), OST_OK);
    assert_string_equal(ost_content_version(one), ost_content_version(two));
    assert_string_not_equal(ost_content_version(one), ost_content_version(other));
    assert_int_equal(ost_content_open(&options, &built_in, &error), OST_OK);
    options.content_dir = OST_SOURCE_ROOT "/content";
    assert_int_equal(ost_content_open(&options, &folder, &error), OST_OK);
    assert_string_equal(ost_content_version(built_in), ost_content_version(folder));
    ost_content_free(one);
    ost_content_free(two);
    ost_content_free(other);
    ost_content_free(built_in);
    ost_content_free(folder);
}

/* A site's choice of the score that leads changes places, and only of the two that it is about. */
static void a_lead_orders_two_scores(void **state)
{
    static const struct row {
        const char *lead, *score;
        int rank;
    } rows[] = {{"both", "mirels", -1},
                {"", "mirels", -1},
                {"mirels", "mirels", 0},
                {"mirels", "cortical-involvement", 1},
                {"mirels", "sins", -1},
                {"cortical-involvement", "cortical-involvement", 0},
                {"cortical-involvement", "mirels", 1},
                {"cortical-involvement", "harrington", -1}};
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_site site = {.long_bone_lead = ost_str_of(rows[i].lead)};
        int rank = ost_site_lead_rank(&site, ost_str_of(rows[i].score));
        if (rank != rows[i].rank) {
            fail_msg("%s, %s: %d", rows[i].lead, rows[i].score, rank);
        }
    }
}

#define GIVE                                                                                       \
    "\"id\":\"a\",\"title\":\"A\",\"textEquivalent\":\"T\","                                       \
    "\"condition\":[{\"expression\":{\"expression\":\"Give\"}}],"
#define TWICE(name, member, value)                                                                 \
    "{\"url\":\"" OURS name "\",\"" member "\":\"" value "\"},{\"url\":\"" OURS name               \
    "\",\"" member "\":\"" value "\"}"
#define EXTENDED(list) PLAN(GIVE "\"extension\":[" list "]")
#define FLAG(parts)    EXTENDED("{\"url\":\"" OURS "flag\",\"extension\":[" parts "]}")

/* What a plan may not say; each with the place in its tree. */
static const struct bad bad_plans[] = {
    {"no topic", NULL, "{\"resourceType\":\"PlanDefinition\",\"library\":[\"Library/T\"]}",
     "PlanDefinition: no \"action\": one outer action is the topic", 0},
    {"two topics", NULL,
     "{\"resourceType\":\"PlanDefinition\",\"library\":[\"Library/T\"],\"action\":[{},{}]}",
     "PlanDefinition.action[1]: only one outer action is read", 0},
    {"a second condition", NULL,
     PLAN("\"id\":\"a\",\"condition\":[{\"expression\":{\"expression\":\"Give\"}},"
          "{\"expression\":{\"expression\":\"Short\"}}]"),
     "action[0].condition[1]: an action has one condition", 0},
    {"a kind twice", NULL, EXTENDED(TWICE("kind", "valueCode", "start")),
     "action[0].extension[1]: \"kind\" is given more than once", 0},
    {"a dose twice", NULL, EXTENDED(TWICE("dose", "valueString", "Dose")),
     "action[0].extension[1]: \"dose\" is given more than once", 0},
    {"an audience twice", NULL, EXTENDED(TWICE("audience", "valueCode", "clinician")),
     "action[0].extension[1]: \"audience\" is given more than once", 0},
    {"a part twice", NULL,
     FLAG("{\"url\":\"confirmed\",\"valueString\":\"Alarm\"},"
          "{\"url\":\"confirmed\",\"valueString\":\"Alarm\"}"),
     "\"confirmed\" is given more than once", 0},
    {"a flag without a rule", NULL, FLAG("{\"url\":\"within_hours\",\"valueInteger\":4}"),
     "a flag needs \"confirmed\" or \"suspected\"", 0},
    {"hours that are no number", NULL,
     FLAG("{\"url\":\"confirmed\",\"valueString\":\"Alarm\"},"
          "{\"url\":\"within_hours\",\"valueDecimal\":1.5}"),
     "\"within_hours\" is not a whole number of hours", 0},
    {"hours below zero", NULL,
     FLAG("{\"url\":\"confirmed\",\"valueString\":\"Alarm\"},"
          "{\"url\":\"within_hours\",\"valueInteger\":-1}"),
     "\"within_hours\" is not a whole number of hours", 0},
    {"a source without a name", NULL, PLAN(GIVE "\"documentation\":[{\"type\":\"citation\"}]"),
     "documentation[0]: a source without \"label\"", 0},
    {"a year that is none", NULL,
     PLAN(
         GIVE
         "\"documentation\":[{\"type\":\"citation\",\"label\":\"B\",\"extension\":[{\"url\":\"" OURS
         "year\",\"valueString\":\"MMXX\"}]}]"),
     "the year \"MMXX\" is not a number", 0},
};

static void a_bad_plan_is_refused_with_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(bad_plans); i++) {
        ost_error error = {0};
        ost_content *content = NULL;
        const fixture_file changes[] = {{"guideline/t/plan.json", bad_plans[i].text}, {NULL, NULL}};
        ost_status status = fixture_open(changes, &content, &error);
        if (status == OST_OK || !strstr(error.source, "guideline/t/plan.json") ||
            !strstr(error.message, bad_plans[i].message)) {
            fail_msg("%s: status %d, %s: %s", bad_plans[i].name, status, error.source,
                     error.message);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_lead_orders_two_scores),
    cmocka_unit_test(bad_content_is_refused_with_its_place),
    cmocka_unit_test(a_bad_plan_is_refused_with_its_place),
    cmocka_unit_test(content_check_finds_and_places),
    cmocka_unit_test(coverage_is_tab_separated_with_totals),
    cmocka_unit_test(the_version_is_the_hash),
};

OST_TEST_MAIN("guide-content", tests)
