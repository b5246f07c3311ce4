/* Words by key and audience: her words never come from a clinician's text. */
#include "guide/words.h"

#include "base/test.h"

static const char table[] = "key,audience,text\n"
                            "both,clinician,for doctors\n"
                            "both,patient,for her\n"
                            "doctors,clinician,only doctors\n"
                            "all,all,everybody\n"
                            "kin,patient,hers\n"
                            "kin,family,theirs\n";

static const struct row {
    const char *key;
    ost_audience audience;
    const char *expected; /* NULL = there is no text */
} rows[] = {
    {"both", OST_FOR_CLINICIAN, "for doctors"},
    {"both", OST_FOR_PATIENT, "for her"},
    {"both", OST_FOR_FAMILY, "for her"},
    {"doctors", OST_FOR_CLINICIAN, "only doctors"},
    {"doctors", OST_FOR_PATIENT, NULL},
    {"doctors", OST_FOR_FAMILY, NULL},
    {"all", OST_FOR_CLINICIAN, "everybody"},
    {"all", OST_FOR_FAMILY, "everybody"},
    {"kin", OST_FOR_CLINICIAN, NULL},
    {"kin", OST_FOR_PATIENT, "hers"},
    {"kin", OST_FOR_FAMILY, "theirs"},
    {"nothing", OST_FOR_CLINICIAN, NULL},
    {"", OST_FOR_CLINICIAN, NULL},
};

static void looks_up(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_words words = ost_words_init(arena);
    assert_int_equal(ost_words_add(&words, OST_STR("w"), ost_str_of(table), false, &error), OST_OK);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str text = ost_words_get(&words, ost_str_of(rows[i].key), rows[i].audience);
        if (rows[i].expected) {
            assert_true(ost_str_is(text, rows[i].expected));
        } else {
            assert_null(text.ptr);
        }
    }
    ost_arena_free(arena);
}

static void looks_up_of_one(void **state)
{
    (void)state;
    static const char text[] = "key,audience,text\n"
                               "class.high,clinician,of all\n"
                               "class.escc.high,clinician,of its own\n"
                               "class.mirels.high,patient,hers\n";
    static const struct {
        const char *of, *id, *expected;
    } of_one[] = {
        {"escc", "high", "of its own"},
        {"sins", "high", "of all"},
        {"mirels", "high", "of all"}, /* hers is never a clinician's */
        {"escc", "low", NULL},
    };
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_words words = ost_words_init(arena);
    assert_int_equal(ost_words_add(&words, OST_STR("w"), ost_str_of(text), false, &error), OST_OK);
    for (size_t i = 0; i < OST_ARRAY_LEN(of_one); i++) {
        ost_str found = ost_words_get_of(&words, arena, "class.", ost_str_of(of_one[i].of),
                                         ost_str_of(of_one[i].id), OST_FOR_CLINICIAN);
        if (of_one[i].expected) {
            assert_true(ost_str_is(found, of_one[i].expected));
        } else {
            assert_null(found.ptr);
        }
    }
    ost_arena_free(arena);
}

static const struct bad {
    const char *name, *text, *message;
    uint32_t line;
} bad[] = {
    {"second text", "key,audience,text\na,all,1\na,all,2\n", "a second text for key \"a\"", 3},
    {"audience", "key,audience,text\na,doctor,1\n", "unknown audience \"doctor\"", 2},
    {"empty key", "key,audience,text\n,all,1\n", "a key is empty or too long: \"\"", 2},
    {"column", "key,text\na,1\n", "the table has no column \"audience\"", 1},
};

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(bad); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_error error = {0};
        ost_words words = ost_words_init(arena);
        assert_int_equal(
            ost_words_add(&words, OST_STR("w"), ost_str_of(bad[i].text), false, &error),
            OST_E_DATA);
        assert_string_equal(error.message, bad[i].message);
        assert_int_equal(error.line, bad[i].line);
        ost_arena_free(arena);
    }
}

static void a_site_replaces_words(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_words words = ost_words_init(arena);
    assert_int_equal(ost_words_add(&words, OST_STR("w"), ost_str_of(table), false, &error), OST_OK);
    assert_int_equal(ost_words_add(&words, OST_STR("s"),
                                   OST_STR("key,audience,text\nboth,patient,ours\n"), true, &error),
                     OST_OK);
    assert_true(ost_str_is(ost_words_get(&words, OST_STR("both"), OST_FOR_PATIENT), "ours"));
    assert_true(
        ost_str_is(ost_words_get(&words, OST_STR("both"), OST_FOR_CLINICIAN), "for doctors"));
    ost_arena_free(arena);
}

static void fills_placeholders(void **state)
{
    static const struct {
        const char *text, *expected;
    } fills[] = {
        {"no placeholder", "no placeholder"},   {"{a} and {b}", "1 and two"}, {"{a}{a}", "11"},
        {"{unknown} stays", "{unknown} stays"}, {"open {a", "open {a"},       {"}{", "}{"},
    };
    static const ost_word_pair pairs[] = {{"a", {"1", 1}}, {"b", {"two", 3}}};
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(fills); i++) {
        ost_buf out = ost_buf_init(arena);
        ost_words_fill(&out, ost_str_of(fills[i].text), pairs, OST_ARRAY_LEN(pairs));
        assert_string_equal(ost_buf_str(&out).ptr, fills[i].expected);
    }
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(looks_up),
    cmocka_unit_test(looks_up_of_one),
    cmocka_unit_test(refuses),
    cmocka_unit_test(a_site_replaces_words),
    cmocka_unit_test(fills_placeholders),
};

OST_TEST_MAIN("guide-words", tests)
