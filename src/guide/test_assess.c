/* From a record to states, statuses, doses, flags, missing facts, over a small made-up content. */
#include "base/test.h"
#include "guide/test_fixture.h"
#include "guide/why.h"

#include <stdio.h>

#define LEVEL(value) FIXTURE_LEVEL(value, FIXTURE_DATED("2026-11-20"))
#define TEETH(value) FIXTURE_YES_NO("t1", "teeth", value)

static ost_content *content;

static const struct state {
    const char *name, *resources;
    ost_fact_state expected;
    const char *text; /* as a reader sees it */
} states[] = {
    {"known", LEVEL("5.0"), OST_FACT_KNOWN, "5 mg/dL (2026-11-20)"},
    {"nothing", "", OST_FACT_UNKNOWN, "not known"},
    {"30 days old", FIXTURE_LEVEL("5", FIXTURE_DATED("2026-10-25")), OST_FACT_KNOWN,
     "5 mg/dL (2026-10-25)"},
    {"31 days old", FIXTURE_LEVEL("5", FIXTURE_DATED("2026-10-24")), OST_FACT_STALE,
     "5 mg/dL (2026-10-24)"},
    {"month only: its first day counts", FIXTURE_LEVEL("5", FIXTURE_DATED("2026-10")),
     OST_FACT_STALE, "5 mg/dL (2026-10)"},
    {"undated", FIXTURE_LEVEL("5", ""), OST_FACT_STALE, "5 mg/dL"},
    {"contradiction",
     FIXTURE_LEVEL("5", FIXTURE_DATED("2026-11-20") "\"note\":[{\"text\":\"x\"}],"),
     OST_FACT_CONFLICT, "not known"},
    {"plausible low", LEVEL("0.5"), OST_FACT_KNOWN, "0.5 mg/dL (2026-11-20)"},
    {"implausible low", LEVEL("0.49"), OST_FACT_UNKNOWN, "not known"},
    {"plausible high", LEVEL("20"), OST_FACT_KNOWN, "20 mg/dL (2026-11-20)"},
    {"implausible high", LEVEL("20.01"), OST_FACT_UNKNOWN, "not known"},
    {"after the day that is asked about", FIXTURE_LEVEL("5", FIXTURE_DATED("2026-11-25")),
     OST_FACT_UNKNOWN, "not known"},
};

static void facts_have_states(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(states); i++) {
        ost_assessment *a = fixture_assess(content, states[i].resources, NULL);
        const ost_fact *fact = fixture_fact(a, "level"), *twice = fixture_fact(a, "double-level");
        if (fact->state != states[i].expected) {
            print_error("%s: state %d\n", states[i].name, fact->state);
        }
        assert_int_equal(fact->state, states[i].expected);
        assert_true(ost_str_is(fact->text, states[i].text));
        /* What is not known is not seen by what rests on it. */
        assert_int_equal(twice->state,
                         fact->state == OST_FACT_KNOWN ? OST_FACT_KNOWN : OST_FACT_UNKNOWN);
        assert_int_equal(fact->sources.count == 0,
                         fact->looked.count > 0 && fact->sources.count == 0);
        ost_assessment_free(a);
    }
}

static const struct status {
    const char *name, *resources;
    ost_status_word expected;
    const char *because, *missing; /* first missing fact, or NULL */
} statuses[] = {
    {"applies", LEVEL("5") TEETH("true"), OST_APPLIES, "", NULL},
    {"at the threshold", LEVEL("3") TEETH("true"), OST_DOES_NOT_APPLY, "not indicated", NULL},
    {"over the threshold", LEVEL("3.01") TEETH("true"), OST_APPLIES, "", NULL},
    {"danger", LEVEL("8") TEETH("true"), OST_DOES_NOT_APPLY, "contraindicated", NULL},
    {"danger is not hidden by a missing prerequisite", LEVEL("8") TEETH("false"),
     OST_DOES_NOT_APPLY, "contraindicated", NULL},
    {"just below danger", LEVEL("7.99") TEETH("true"), OST_APPLIES, "", NULL},
    {"prerequisite undone", LEVEL("5") TEETH("false"), OST_DOES_NOT_APPLY, "not yet", NULL},
    {"prerequisite unknown", LEVEL("5"), OST_CANNOT_TELL, "missing data", "teeth"},
    {"level unknown", TEETH("true"), OST_CANNOT_TELL, "missing data", "level"},
    {"level stale", FIXTURE_LEVEL("5", FIXTURE_DATED("2026-01-01")) TEETH("true"), OST_CANNOT_TELL,
     "missing data", "level"},
    {"not indicated although teeth are unknown", LEVEL("2"), OST_DOES_NOT_APPLY, "not indicated",
     NULL},
};

static void options_have_a_status(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(statuses); i++) {
        char record[2048];
        snprintf(record, sizeof record, "%s%s", FIXTURE_ILL, statuses[i].resources);
        ost_assessment *a = fixture_assess(content, record, NULL);
        const ost_option *option = fixture_option(a, "give-x");
        if (option->status != statuses[i].expected) {
            print_error("%s: status %d\n", statuses[i].name, option->status);
        }
        assert_int_equal(option->status, statuses[i].expected);
        assert_true(ost_str_is(option->because, statuses[i].because));
        assert_int_equal(option->dose != NULL, statuses[i].expected == OST_APPLIES);
        assert_int_equal(option->missing.count > 0, statuses[i].missing != NULL);
        if (statuses[i].missing) {
            assert_true(ost_str_is(option->missing.items[0], statuses[i].missing));
            assert_true(a->missing.count > 0);
        }
        ost_assessment_free(a);
    }
}

static void a_dose_has_its_numbers(void **state)
{
    (void)state;
    ost_assessment *a = fixture_assess(content, FIXTURE_ILL LEVEL("5.5") TEETH("true"), NULL);
    const ost_option *option = fixture_option(a, "give-x");
    ost_decimal expected;
    assert_true(ost_decimal_parse(OST_STR("8.25"), false, false, &expected));
    assert_int_equal(ost_decimal_compare(option->dose->amount.decimal, expected), 0);
    assert_true(ost_str_is(option->dose->unit, "mg"));
    assert_int_equal(option->dose->interval_days.list.count, 2);
    assert_true(ost_str_is(option->dose->basis.items[0], "level"));
    assert_true(ost_str_is(option->dose_text, "8.25 mg oral, every 7 or 14 days"));
    assert_true(ost_str_is(option->plain_dose_text, "8.25 mg by mouth, every 7 or 14 days"));
    assert_int_equal(option->source.year, 2020);
    ost_assessment_free(a);
}

static void a_topic_is_shown_unless_it_is_ruled_out(void **state)
{
    (void)state;
    ost_assessment *a = fixture_assess(content, LEVEL("5"), NULL);
    assert_int_equal(a->option_count, 0);
    assert_int_equal(a->flag_count, 1);
    ost_assessment_free(a);
}

static void flags_are_raised_excluded_or_open(void **state)
{
    static const struct {
        const char *resources;
        bool raised, open;
    } flags[] = {{LEVEL("8.5"), true, false}, {LEVEL("8"), false, false}, {"", false, true}};
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(flags); i++) {
        ost_assessment *a = fixture_assess(content, flags[i].resources, NULL);
        assert_int_equal(a->flags[0].raised, flags[i].raised);
        assert_int_equal(a->flags[0].cannot_exclude, flags[i].open);
        assert_int_equal(a->flags[0].missing.count, flags[i].open ? 1 : 0);
        assert_int_equal(a->flags[0].actions.count, flags[i].raised ? 1 : 0);
        ost_assessment_free(a);
    }
}

static void missing_is_ordered_by_influence(void **state)
{
    (void)state;
    ost_assessment *a = fixture_assess(content, FIXTURE_ILL, NULL);
    /* A level alone can rule the drug out and answer the test; teeth alone change nothing. */
    assert_int_equal(a->missing.count, 2);
    assert_true(ost_str_is(a->missing.items[0], "level"));
    assert_true(ost_str_is(a->missing.items[1], "teeth"));
    ost_assessment_free(a);
}

static void why_names_the_nearest_change(void **state)
{
    static const struct {
        const char *resources, *fact, *to;
        ost_status_word status;
    } rows[] = {
        {FIXTURE_ILL LEVEL("2.9") TEETH("true"), "level", "4 mg/dL", OST_APPLIES},
        {FIXTURE_ILL LEVEL("5"), "teeth", "yes", OST_APPLIES},
        {FIXTURE_ILL LEVEL("5") TEETH("false"), "teeth", "yes", OST_APPLIES},
    };
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_error error = {0};
        ost_why_answer why;
        ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
        ost_patients *patients = fixture_patients(content, rows[i].resources);
        options.as_of = FIXTURE_DAY;
        assert_int_equal(
            ost_why_find(content, patients, 0, &options, "give-x", arena, &why, &error), OST_OK);
        assert_true(why.change_count > 0);
        const ost_fact *fact = why.changes[0].fact;
        assert_true(ost_str_is(fact->id, rows[i].fact));
        assert_true(ost_str_is(why.changes[0].to_text, rows[i].to));
        assert_int_equal(why.changes[0].status, rows[i].status);
        assert_int_equal(why.rule_count, 4);
        assert_true(ost_str_find(why.rules[1].text, OST_STR("3 'mg/dL'"), 0) != SIZE_MAX);
        ost_patients_free(patients);
        ost_arena_free(arena);
    }
}

static void why_of_a_misspelt_option_suggests(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_why_answer why;
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    ost_patients *patients = fixture_patients(content, FIXTURE_ILL);
    options.as_of = FIXTURE_DAY;
    assert_int_equal(ost_why_find(content, patients, 0, &options, "giv-x", arena, &why, &error),
                     OST_E_NOT_FOUND);
    assert_string_equal(error.hint, "did you mean give-x");
    options.audience = "patient";
    assert_int_equal(
        ost_why_find(content, patients, 0, &options, "short-only", arena, &why, &error),
        OST_E_NOT_FOUND);
    ost_patients_free(patients);
    ost_arena_free(arena);
}

static void days_are_read(void **state)
{
    static const struct {
        const char *text, *expected; /* NULL = refused */
    } days[] = {
        {"2026-11-24", "2026-11-24T23:59:59.999+01:00"},
        {"2026-11-24T10:00:00+01:00", "2026-11-24T10:00:00.999+01:00"},
        {"2026-11-24T10:00:00.000Z", "2026-11-24T11:00:00.000+01:00"},
        {"2026-02-30", NULL},
        {"2026-11", NULL},
        {"yesterday", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(days); i++) {
        ost_when when;
        ost_error error = {0};
        char text[OST_WHEN_TEXT_MAX];
        ost_status status = ost_read_as_of(ost_str_of(days[i].text), 60, &when, &error);
        if (!days[i].expected) {
            assert_int_equal(status, OST_E_SYNTAX);
            assert_string_equal(error.source, "--as-of");
            continue;
        }
        assert_int_equal(status, OST_OK);
        ost_str got = {text, ost_when_format(when, OST_DATETIME, text)};
        if (!ost_str_is(got, days[i].expected)) {
            print_error("%s: %.*s\n", days[i].text, OST_STR_ARG(got));
        }
        assert_true(ost_str_is(got, days[i].expected));
    }
}

static int open_content(void **state)
{
    (void)state;
    return fixture_set_up(NULL, &content);
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
        cmocka_unit_test(facts_have_states),
        cmocka_unit_test(options_have_a_status),
        cmocka_unit_test(a_dose_has_its_numbers),
        cmocka_unit_test(a_topic_is_shown_unless_it_is_ruled_out),
        cmocka_unit_test(flags_are_raised_excluded_or_open),
        cmocka_unit_test(missing_is_ordered_by_influence),
        cmocka_unit_test(why_names_the_nearest_change),
        cmocka_unit_test(why_of_a_misspelt_option_suggests),
        cmocka_unit_test(days_are_read),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("guide-assess", tests, open_content, close_content);
}
