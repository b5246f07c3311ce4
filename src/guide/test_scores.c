/* Scores with and without a sum, over a small made-up content: ranges, sensitivity, states. */
#include "base/test.h"
#include "guide/test_fixture.h"

#include <stdio.h>

#define LEVEL(value)           FIXTURE_LEVEL(value, FIXTURE_DATED("2026-11-20"))
#define TEETH(value)           FIXTURE_YES_NO("t1", "teeth", value)
#define STEP(value, now, says) "Grade: " value " instead of " now " says: " says "."
#define OPEN(value, says)      "Grade: " value " would say: " says "."
/* First line of the table, and the last columns of each other one. */
#define HEAD "id,scope,library,when,total,class,group,audience,items,limits,source,year,url,rows\n"
#define END  ",limits,Body,2020,https://b.example/1,R-1\n"

static const char scores_csv[] =
    HEAD "grade,patient,S,When,,Grade,Group,all,g=Grade=a/b/c/d" END
         "plain,patient,S,When,,Plain grade,,all,p=Plain grade=a/b/c/d" END
         "answers,patient,S,When,,,,all,g=Grade|t=Teeth|l=Level" END
         "sum,patient,S,When,Total,Class,,clinician,p=Points=0/1/2|q=Teeth points=0/1" END;

/* Teeth true leaves two grades, teeth false one. */
static const char score_cql[] =
    "library S version '1'\nusing FHIR version '4.0.1'\ninclude F version '1'\ncontext Patient\n"
    "define \"When\": true\n"
    "define \"Grade\": case when F.\"Level\" < 2 'mg/dL' then 'a' when F.\"Level\" < 4 'mg/dL' "
    "then 'b'\n"
    "  when F.\"Level\" < 6 'mg/dL' then 'c' when F.\"Level\" >= 6 'mg/dL' then 'd' else null end\n"
    "define \"Plain grade\": \"Grade\"\n"
    "define \"Grade possible\": case when F.\"Teeth\" then { 'b', 'c' } when not F.\"Teeth\" then "
    "{ 'd' } else null end\n"
    "define \"Group\": case when \"Grade\" in { 'a', 'b' } then 'few' when \"Grade\" in { 'c', 'd' "
    "} then 'many' else null end\n"
    "define \"Teeth\": F.\"Teeth\"\n"
    "define \"Level\": F.\"Level\"\n"
    "define \"Points value\": \"Grade\"\n"
    "define \"Points\": case \"Grade\" when 'a' then 0 when 'b' then 1 when 'c' then 2 else null "
    "end\n"
    "define \"Teeth points\": case when F.\"Teeth\" then 1 when not F.\"Teeth\" then 0 else null "
    "end\n"
    "define \"Total\": \"Points\" + \"Teeth points\"\n"
    "define \"Class\": case when \"Total\" <= 1 then 'low' when \"Total\" > 1 then 'high' else "
    "null "
    "end\n";

static const char words_csv[] =
    "key,audience,text\n"
    "score.span,clinician,{low} to {high}\n"
    "score.step,clinician,\"{item}: {value} instead of {now} gives {total} ({class}).\"\n"
    "score.step.unknown,clinician,\"{item}: {value} would give {total} ({class}).\"\n"
    "score.grade,clinician,\"{item}: {value} instead of {now} says: {class}.\"\n"
    "score.grade.unknown,clinician,\"{item}: {value} would say: {class}.\"\n"
    "item.g,clinician,Grade\nitem.p,clinician,Points\nitem.q,clinician,Teeth\n"
    "class.high,clinician,too high\ngroup.few,clinician,other few\n"
    "group.grade.few,clinician,a few\nlimits,clinician,None.\n";

static ost_content *content;

static const ost_score *find_score(const ost_assessment *a, const char *id)
{
    for (size_t i = 0; i < a->score_count; i++) {
        if (ost_str_is(a->scores[i].id, id)) {
            return &a->scores[i];
        }
    }
    fail_msg("no score %s", id);
    return NULL;
}

/* NULL = nothing. */
static void same(const char *name, const char *what, ost_str found, const char *expected)
{
    if (!ost_str_is(found, expected ? expected : "")) {
        fail_msg("%s: %s is \"%.*s\"", name, what, OST_STR_ARG(found));
    }
}

static void same_steps(const char *name, ost_text_list found, const char *const expected[5])
{
    size_t count = 0;
    while (count < 5 && expected[count]) {
        count++;
    }
    if (found.count != count) {
        fail_msg("%s: %zu steps", name, found.count);
    }
    for (size_t i = 0; i < count; i++) {
        same(name, "a step", found.items[i], expected[i]);
    }
}

static const struct grade {
    const char *name, *resources, *value, *state, *class_word, *low, *high;
    const char *steps[5];
} grades[] = {
    {"first grade: its neighbour says the same", LEVEL("1"), "a", "known", "a", "a", "a", {NULL}},
    {"second: only the next one says more",
     LEVEL("3"),
     "b",
     "known",
     "b",
     "b",
     "b",
     {STEP("c", "b", "many")}},
    {"third", LEVEL("5"), "c", "known", "c", "c", "c", {STEP("b", "c", "a few")}},
    {"last grade", LEVEL("7"), "d", "known", "d", "d", "d", {NULL}},
    {"unknown: the whole range",
     "",
     NULL,
     "unknown",
     NULL,
     "a",
     "d",
     {OPEN("a", "a few"), OPEN("b", "a few"), OPEN("c", "many"), OPEN("d", "many")}},
    {"half known: what is left",
     TEETH("true"),
     NULL,
     "unknown",
     NULL,
     "b",
     "c",
     {OPEN("b", "a few"), OPEN("c", "many")}},
    {"half known: one is left", TEETH("false"), NULL, "unknown", "d", "d", "d", {NULL}},
    {"known: what would be left does not count",
     LEVEL("1") TEETH("true"),
     "a",
     "known",
     "a",
     "a",
     "a",
     {NULL}},
    {"too old",
     FIXTURE_LEVEL("5", FIXTURE_DATED("2026-01-01")),
     NULL,
     "stale",
     NULL,
     "a",
     "d",
     {OPEN("a", "a few"), OPEN("b", "a few"), OPEN("c", "many"), OPEN("d", "many")}},
    {"contradiction",
     FIXTURE_LEVEL("5", FIXTURE_DATED("2026-11-20") "\"note\":[{\"text\":\"x\"}],"),
     NULL,
     "conflict",
     NULL,
     "a",
     "d",
     {OPEN("a", "a few"), OPEN("b", "a few"), OPEN("c", "many"), OPEN("d", "many")}},
};

static void a_grade_has_no_total(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(grades); i++) {
        const struct grade *g = &grades[i];
        ost_assessment *a = fixture_assess(content, g->resources, NULL);
        const ost_score *s = find_score(a, "grade");
        assert_false(s->sum);
        assert_true(ost_is_null(s->total) && ost_is_null(s->total_low) &&
                    ost_is_null(s->total_high));
        assert_int_equal(s->item_count, 1);
        assert_true(ost_is_null(s->items[0].points));
        ost_value value = s->items[0].value;
        same(g->name, "value", value.kind == OST_STRING ? value.string : (ost_str){0}, g->value);
        same(g->name, "state", s->items[0].state, g->state);
        same(g->name, "class", s->class_word, g->class_word);
        same(g->name, "lowest class", s->class_low, g->low);
        same(g->name, "highest class", s->class_high, g->high);
        same_steps(g->name, s->sensitivity, g->steps);
        /* Without a group a grade says nothing that could change. */
        assert_int_equal(find_score(a, "plain")->sensitivity.count, 0);
        same(g->name, "class without group", find_score(a, "plain")->class_word, g->value);
        ost_assessment_free(a);
    }
}

static void answers_stand_side_by_side(void **state)
{
    (void)state;
    ost_assessment *a = fixture_assess(content, LEVEL("3"), NULL);
    const ost_score *s = find_score(a, "answers");
    assert_int_equal(s->item_count, 3);
    assert_true(ost_str_is(s->items[0].value.string, "b"));
    assert_true(ost_is_null(s->items[1].value));
    assert_true(ost_str_is(s->items[1].state, "unknown"));
    assert_int_equal(s->items[2].value.kind, OST_QUANTITY);
    assert_true(s->class_word.len == 0 && s->class_low.len == 0 && s->class_high.len == 0);
    assert_int_equal(s->sensitivity.count, 0);
    ost_assessment_free(a);
}

static void a_sum_has_points(void **state)
{
    (void)state;
    ost_assessment *a = fixture_assess(content, LEVEL("3"), NULL);
    const ost_score *s = find_score(a, "sum");
    static const char *const steps[5] = {"Points: 0 instead of 1 gives 0 to 1 (low).",
                                         "Points: 2 instead of 1 gives 2 to 3 (too high).",
                                         "Teeth: 0 would give 1 (low).",
                                         "Teeth: 1 would give 2 (too high)."};
    assert_true(s->sum && ost_is_null(s->total));
    assert_int_equal(s->total_low.integer, 1);
    assert_int_equal(s->total_high.integer, 2);
    assert_int_equal(s->items[0].points.integer, 1);
    assert_true(ost_str_is(s->items[0].value.string, "b"));
    same("sum", "class", s->class_word, NULL);
    same("sum", "lowest class", s->class_low, "low");
    same("sum", "highest class", s->class_high, "high");
    same_steps("sum", s->sensitivity, steps);
    ost_assessment_free(a);
}

static const struct bad {
    const char *name, *row, *message;
} bad[] = {
    {"points fall", "x,patient,S,When,Total,Class,,all,p=Points=1/0", "points are whole numbers"},
    {"points in words", "x,patient,S,When,Total,Class,,all,p=Points=a/b",
     "points are whole numbers"},
    {"a sum without points", "x,patient,S,When,Total,Class,,all,p=Points",
     "an item of a score with a class has points or grades"},
    {"a grade twice", "x,patient,S,When,,Grade,,all,g=Grade=a/b/a", "grades are different words"},
    {"an empty grade", "x,patient,S,When,,Grade,,all,g=Grade=a/ /b", "grades are different words"},
    {"a class without grades", "x,patient,S,When,,Grade,,all,g=Grade",
     "an item of a score with a class has points or grades"},
    {"a grade that is a number", "x,patient,S,When,,Grade,,all,p=Points=0/1",
     "the type of this definition does not fit the score: \"Points\""},
    {"points that are a word", "x,patient,S,When,Total,Class,,all,g=Grade=0/1",
     "the type of this definition does not fit the score: \"Grade\""},
    {"a sum without a class", "x,patient,S,When,Total,,,all,p=Points=0/1",
     "a sum has a class and no group"},
    {"a sum with a group", "x,patient,S,When,Total,Class,Group,all,p=Points=0/1",
     "a sum has a class and no group"},
    {"no such group", "x,patient,S,When,,Grade,Gruop,all,g=Grade=a/b",
     "there is no definition: \"Gruop\""},
};

static void a_bad_row_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(bad); i++) {
        char table[512];
        ost_error error = {0};
        ost_content *refused = NULL;
        snprintf(table, sizeof table, "%s%s%s", HEAD, bad[i].row, END);
        const fixture_file changes[] = {{"score/scores.csv", table},
                                        {"score/S.cql", score_cql},
                                        {"words/en-scores.csv", words_csv},
                                        {NULL, NULL}};
        ost_status status = fixture_open(changes, &refused, &error);
        if (status == OST_OK || error.line != 2 || !strstr(error.source, "score/scores.csv") ||
            !strstr(error.message, bad[i].message)) {
            fail_msg("%s: status %d, %s:%u: %s", bad[i].name, status, error.source, error.line,
                     error.message);
        }
    }
}

static int open_content(void **state)
{
    (void)state;
    const fixture_file changes[] = {{"score/scores.csv", scores_csv},
                                    {"score/S.cql", score_cql},
                                    {"words/en-scores.csv", words_csv},
                                    {NULL, NULL}};
    return fixture_set_up(changes, &content);
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
        cmocka_unit_test(a_grade_has_no_total),
        cmocka_unit_test(answers_stand_side_by_side),
        cmocka_unit_test(a_sum_has_points),
        cmocka_unit_test(a_bad_row_is_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("guide-scores", tests, open_content, close_content);
}
