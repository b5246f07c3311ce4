/* A definition that fails while it is computed: it is unknown, never no, and a message names it.
 * Each row breaks one definition of the small content, for a woman to whom all would apply. */
#include "base/test.h"
#include "guide/test_fixture.h"

#include <stdio.h>

#define RECORD                                                                                     \
    FIXTURE_ILL FIXTURE_LEVEL("5", FIXTURE_DATED("2026-11-20"))                                    \
        FIXTURE_YES_NO("t1", "teeth", "true")
#define TOPIC "guideline/t/T.cql"
#define FACTS "facts/F.cql"

static const struct row {
    const char *name, *path;
    const char *from, *to;  /* text of the file that is replaced */
    ost_status_word status; /* of give-x */
    bool has_dose, flag_open;
    const char *define; /* that the message names */
} rows[] = {
    {"nothing fails", TOPIC, "", "", OST_APPLIES, true, false, NULL},
    {"indication", TOPIC, "F.\"Level\" > 3 'mg/dL'", "singleton from ({ true, false })",
     OST_CANNOT_TELL, false, false, "T.Give"},
    {"danger", TOPIC, "F.\"Double level\" >= 16 'mg/dL'", "singleton from ({ false, false })",
     OST_CANNOT_TELL, false, false, "T.Too high"},
    {"prerequisite", TOPIC, "\"Teeth done\": F.\"Teeth\"",
     "\"Teeth done\": singleton from ({ true, true })", OST_CANNOT_TELL, false, false,
     "T.Teeth done"},
    {"entry of the topic", TOPIC, "F.\"Illness\"", "singleton from ({ false, false })",
     OST_CANNOT_TELL, false, false, "T.Topic"},
    {"dose", TOPIC, "1.5 'mg'", "1.5 'mg' * (singleton from ({ 1.0, 2.0 }))", OST_APPLIES, false,
     false, "T.Dose"},
    {"flag", TOPIC, "F.\"Level\" > 8 'mg/dL'", "singleton from ({ false, false })", OST_APPLIES,
     true, true, "T.Alarm"},
    {"fact", FACTS, "\"Level reading\".value\n",
     "(singleton from ({ 1.0 'mg/dL', 2.0 'mg/dL' }))\n", OST_CANNOT_TELL, false, true, "F.Level"},
    {"what a fact is read from", FACTS, "ToQuantity(O.value as FHIR.Quantity)",
     "(singleton from ({ 1.0 'mg/dL', 2.0 'mg/dL' }))", OST_CANNOT_TELL, false, true,
     "F.Level reading"},
    {"fact of yes or no", FACTS, "\"Illness\": exists [Condition: \"Ill\"]",
     "\"Illness\": singleton from ({ false, false })", OST_CANNOT_TELL, false, false, "F.Illness"},
};

/* The file of the small content with `from` replaced once. */
static const char *changed(ost_arena *arena, const struct row *row)
{
    ost_str text = ost_str_of(fixture_text(row->path)), from = ost_str_of(row->from);
    size_t at = ost_str_find(text, from, 0);
    ost_buf out = ost_buf_init(arena);
    assert_true(at != SIZE_MAX);
    ost_buf_add(&out, ost_str_sub(text, 0, at));
    ost_buf_text(&out, row->to);
    ost_buf_add(&out, ost_str_sub(text, at + from.len, text.len - at - from.len));
    return ost_str_copy(arena, ost_buf_str(&out)).ptr;
}

static ost_content *open_changed(ost_arena *arena, const struct row *row)
{
    const fixture_file changes[] = {{row->path, changed(arena, row)}, {NULL, NULL}};
    ost_content *content = NULL;
    ost_error error = {0};
    if (fixture_open(changes, &content, &error) != OST_OK) {
        fail_msg("%s: %s:%u: %s", row->name, error.source, error.line, error.message);
    }
    return content;
}

/* The message of the first definition that failed; NULL when there is none. */
static const ost_message *failure(const ost_assessment *a, const char *text)
{
    for (size_t i = 0; i < a->message_count; i++) {
        if (ost_str_find(a->messages[i].text, ost_str_of(text), 0) != SIZE_MAX) {
            return &a->messages[i];
        }
    }
    return NULL;
}

static void a_failure_is_unknown_and_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_content *content = open_changed(arena, &rows[i]);
        ost_assessment *a = fixture_assess(content, RECORD, NULL);
        const ost_option *option = fixture_option(a, "give-x");
        const ost_message *message = failure(a, "could not be computed");
        print_message("# %s\n", rows[i].name);
        assert_non_null(option);
        assert_int_equal(option->status, rows[i].status);
        assert_int_equal(option->dose != NULL, rows[i].has_dose);
        assert_int_equal(a->flags[0].cannot_exclude, rows[i].flag_open);
        assert_false(a->flags[0].raised);
        assert_int_equal(message != NULL, rows[i].define != NULL);
        if (message) {
            char want[200];
            snprintf(want, sizeof want,
                     "%s could not be computed: singleton from a list of 2 elements",
                     rows[i].define);
            if (!ost_str_is(message->text, want)) {
                fail_msg("%.*s", OST_STR_ARG(message->text));
            }
            assert_int_equal(message->level, OST_LEVEL_ERROR);
            assert_true(ost_str_starts(message->path, ost_str_of(rows[i].path)));
        }
        ost_assessment_free(a);
        ost_content_free(content);
        ost_arena_free(arena);
    }
}

/* She is told that something could not be worked out, not the text of an engine. */
static void she_is_told_in_her_words(void **state)
{
    (void)state;
    for (size_t i = 1; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_content *content = open_changed(arena, &rows[i]);
        ost_assessment *a = fixture_assess(content, RECORD, "patient");
        assert_non_null(failure(a, "One part could not be worked out."));
        assert_null(failure(a, "singleton"));
        assert_null(failure(a, rows[i].define));
        ost_assessment_free(a);
        ost_content_free(content);
        ost_arena_free(arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_is_unknown_and_told),
        cmocka_unit_test(she_is_told_in_her_words),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("guide-failed", tests, NULL, NULL);
}
