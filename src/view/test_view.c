/* Views: every phrase has words, audiences see what is theirs, numbers keep their text,
 * everything is escaped. */
#include "base/test.h"
#include "base/utf8.h"
#include "guide/test_fixture.h"
#include "view/lines.h"
#include "view/view.h"

#define LEVEL(value) FIXTURE_LEVEL(value, FIXTURE_DATED("2026-11-20"))
#define RECORD                                                                                     \
    FIXTURE_ILL LEVEL("5.50") FIXTURE_YES_NO("t1", "teeth", "true")                                \
        FIXTURE_YES_NO("s1", "short", "true")

static ost_content *content;

static void every_phrase_has_words(void **state)
{
    (void)state;
    ost_error error = {0};
    ost_content *built_in = NULL;
    assert_int_equal(ost_content_open(NULL, &built_in, &error), OST_OK);
    for (int p = 0; p < OST_SAY_COUNT; p++) {
        for (int a = 0; a < OST_AUDIENCE_COUNT; a++) {
            ost_str key = ost_str_of(ost_view_key((ost_phrase)p));
            if (!ost_words_has(&built_in->words, key, (ost_audience)a)) {
                print_error("no words for %s (%s)\n", key.ptr, ost_audience_word((ost_audience)a));
            }
            assert_true(ost_words_has(&built_in->words, key, (ost_audience)a));
        }
    }
    ost_content_free(built_in);
}

static const struct row {
    const char *name, *resources, *audience, *format;
    const char *has[5], *lacks[5];
} rows[] = {
    {"numbers keep their text",
     RECORD,
     "clinician",
     "json",
     {"\"id\":\"level\",\"title\":\"Level\",\"state\":\"known\",\"value\":5.50,\"unit\":\"mg/"
      "dL\",\"date\":\"2026-11-20\"",
      "\"sources\":[\"Observation/l1\"]",
      "\"dose\":{\"drug\":\"x\",\"amount\":8.25,\"amount_high\":null",
      "\"interval_days\":[7,14],\"fractions\":null", "\"because\":null"},
     {NULL}},
    {"absent is null",
     FIXTURE_ILL,
     "clinician",
     "json",
     {"\"state\":\"unknown\",\"value\":null,\"unit\":\"mg/dL\",\"date\":null,\"sources\":[]",
      "\"missing\":[\"level\",\"teeth\"]",
      "\"flags_checked\":[{\"id\":\"alarm\",\"state\":\"cannot exclude\"", "\"outlook\":null}"},
     {NULL}},
    {"clinicians see what rests on survival, marked",
     RECORD,
     "clinician",
     "json",
     {"\"id\":\"outlook-short\"", "Survival is short.", "\"id\":\"short-only\"",
      "\"audience\":\"clinician\""},
     {NULL}},
    {"she does not",
     RECORD,
     "patient",
     "json",
     {"\"title\":\"A drug\"", "Rest may be best.", "\"audience\":\"patient\""},
     {"urvival", "short-only", "outlook-short", "\"audience\":\"clinician\""}},
    {"her family does not",
     RECORD,
     "family",
     "html",
     {"A drug", "Call 555 now."},
     {"urvival", "outlook-short"}},
    {"nor in text", RECORD, "patient", "text", {"Danger", "bladder", "Call 555 now."}, {"urvival"}},
    {"nor in FHIR", RECORD, "family", "fhir", {"A drug"}, {"urvival", "short-only"}},
    {"a flag tells clinicians the drug",
     FIXTURE_ILL LEVEL("9"),
     "clinician",
     "text",
     {"!! Alarm: confirmed, act within 4 hours", "- Give 9 mg/dL (2026-11-20) x."},
     {NULL}},
    {"a flag tells her whom to call",
     FIXTURE_ILL LEVEL("9"),
     "patient",
     "text",
     {"Call now.", "Call 555 now."},
     {"Give"}},
    {"three states have three marks",
     FIXTURE_ILL LEVEL("5"),
     "clinician",
     "text",
     {"[?] Give X (give-x)", "Not known: Dental check", "do not apply: 1"},
     {"[+] Give X"}},
    {"states by word in the page",
     FIXTURE_ILL LEVEL("5"),
     "clinician",
     "html",
     {"<article class=\"card cannot-tell\" id=\"option-give-x\">", "? </span>cannot tell yet",
      "data-osteon-key=\"fact.level\" data-osteon-value=\"5\"", "<html lang=\"en\">",
      "href=\"#applies\""},
     {"<script"}},
    {"FHIR is a draft",
     RECORD,
     "clinician",
     "fhir",
     {"\"resourceType\":\"RequestGroup\",\"id\":\"options\",\"status\":\"draft\",\"intent\":"
      "\"proposal\"",
      "\"doseQuantity\":{\"value\":8.25,\"unit\":\"mg\"", "\"status\":\"success\"",
      "\"fullUrl\":\"urn:uuid:"},
     {"null", "\"active\""}},
    {"FHIR asks for data",
     FIXTURE_ILL,
     "clinician",
     "fhir",
     {"\"status\":\"data-required\"", "\"valueCode\":\"teeth\""},
     {"null"}},
};

static void check_row(const struct row *row)
{
    ost_error error = {0};
    const char *text = NULL;
    size_t len = 0;
    ost_assessment *a = fixture_assess(content, row->resources, row->audience);
    assert_int_equal(ost_assessment_render(a, row->format, &text, &len, &error), OST_OK);
    assert_int_equal(strlen(text), len);
    for (size_t i = 0; i < OST_ARRAY_LEN(row->has); i++) {
        if (row->has[i] && !strstr(text, row->has[i])) {
            print_error("%s: no %s in\n%s\n", row->name, row->has[i], text);
            fail();
        }
        if (row->lacks[i] && strstr(text, row->lacks[i])) {
            print_error("%s: %s in\n%s\n", row->name, row->lacks[i], text);
            fail();
        }
    }
    ost_assessment_free(a);
}

static void views_show_what_is_theirs(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        check_row(&rows[i]);
    }
}

/* Two lesions, two doses: none of them may stand for both, nor may it look as if data were
 * missing. */
static void doses_that_differ_are_not_shown_as_one(void **state)
{
    static const struct {
        const char *format, *has;
    } shown[] = {{"text", "Dose: it differs"},
                 {"html", "<dt>Dose</dt><dd>it differs</dd>"},
                 {"json", "\"dose\":null"},
                 {"fhir", "\"id\":\"give-x\""}};
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(shown); i++) {
        ost_error error = {0};
        const char *text = NULL;
        size_t len = 0;
        ost_assessment *a = fixture_assess(content, RECORD, NULL);
        ost_option *options =
            ost_arena_copy(a->arena, a->options, a->option_count * sizeof *options);
        options[0].dose = NULL;
        options[0].dose_text = OST_STR("it differs");
        a->options = options;
        assert_int_equal(ost_assessment_render(a, shown[i].format, &text, &len, &error), OST_OK);
        assert_non_null(strstr(text, shown[i].has));
        assert_null(strstr(text, "MedicationRequest"));
        assert_null(strstr(text, "8.25"));
        ost_assessment_free(a);
    }
}

static void names_are_escaped(void **state)
{
    static const char record[] = "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"given\":"
                                 "[\"<script>\"],\"family\":\"\\\"&'\"}]}";
    (void)state;
    ost_error error = {0};
    ost_patients *patients = NULL;
    ost_assessment *a = NULL;
    const char *text = NULL;
    size_t len = 0;
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    options.as_of = FIXTURE_DAY;
    assert_int_equal(ost_patients_from_text(content, record, sizeof record - 1, &patients, &error),
                     OST_OK);
    assert_int_equal(ost_assess(content, patients, 0, &options, &a, &error), OST_OK);
    assert_int_equal(ost_assessment_render(a, "html", &text, &len, &error), OST_OK);
    assert_null(strstr(text, "<script>"));
    assert_non_null(strstr(text, "&lt;script&gt; &quot;&amp;"));
    ost_assessment_free(a);
    ost_patients_free(patients);
}

static void an_unknown_format_names_the_known_ones(void **state)
{
    (void)state;
    ost_error error = {0};
    const char *text = NULL;
    size_t len = 0;
    ost_assessment *a = fixture_assess(content, FIXTURE_ILL, NULL);
    assert_int_equal(ost_assessment_render(a, "poem", &text, &len, &error), OST_E_NOT_FOUND);
    assert_string_equal(error.source, "--format");
    assert_string_equal(error.hint, "text, json, html or fhir");
    ost_assessment_free(a);
}

static void lines_wrap_at_80_code_points(void **state)
{
    static const char forty[] =
        "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
        "1234567890123456789012345678";
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf text = ost_buf_init(arena), out = ost_buf_init(arena), expected = ost_buf_init(arena);
    ost_buf_printf(&text, "%s %s x", forty, forty);
    ost_line_text(&out, 1, OST_STR("-"), ost_buf_str(&text));
    ost_buf_printf(&expected, " - %s %s\n   x\n", forty, forty);
    assert_string_equal(ost_buf_str(&out).ptr, ost_buf_str(&expected).ptr);
    ost_arena_free(arena);
}

static void long_words_are_cut(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_buf text = ost_buf_init(arena), out = ost_buf_init(arena);
    ost_buf_text(&text, "short ");
    for (int i = 0; i < 20; i++) {
        ost_buf_text(&text, "0123456789/");
    }
    for (int i = 0; i < 200; i++) {
        ost_buf_text(&text, "\xC3\xA9");
    }
    ost_line_text(&out, 4, OST_STR("-"), ost_buf_str(&text));
    ost_str rest = ost_buf_str(&out), line;
    size_t letters = 0, lines = 0;
    while (ost_str_next(&rest, '\n', &line)) {
        assert_true(ost_utf8_count(line) <= 80);
        assert_true(lines < 2 || lines > 3 || line.ptr[line.len - 1] == '/');
        letters += ost_utf8_count(ost_str_trim(line));
        lines += line.len > 0;
    }
    assert_int_equal(letters, 2 + 5 + 20 * 11 + 200);
    ost_arena_free(arena);
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
        cmocka_unit_test(every_phrase_has_words),
        cmocka_unit_test(views_show_what_is_theirs),
        cmocka_unit_test(doses_that_differ_are_not_shown_as_one),
        cmocka_unit_test(names_are_escaped),
        cmocka_unit_test(an_unknown_format_names_the_known_ones),
        cmocka_unit_test(lines_wrap_at_80_code_points),
        cmocka_unit_test(long_words_are_cut),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("view", tests, open_content, close_content);
}
