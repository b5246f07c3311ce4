/* Options, flags and "why" of several lesions, over a small made-up content: what holds for all is
 * said once, what holds for some says for which, and what is open for one is not lost. */
#include "base/test.h"
#include "guide/test_fixture.h"
#include "guide/why.h"

#include <stdio.h>

#define EXTENSION "https://osteon.example/fhir/StructureDefinition/osteon-"

static const char lesion_cql[] =
    "library Lesion version '1'\nusing FHIR version '4.0.1'\n"
    "include FHIRHelpers version '4.0.1'\ncodesystem \"C\": 'http://c.example'\n"
    "code \"Spot\": 'spot' from \"C\"\ncode \"Size code\": 'size' from \"C\"\n"
    "code \"Weak code\": 'weak' from \"C\"\ncode \"Seen code\": 'seen' from \"C\"\n"
    "code \"Rest code\": 'rest' from \"C\"\ncontext Patient\n"
    "define \"Spots\": [Condition: \"Spot\"]\n"
    "define \"Lesions\": \"Spots\" C return all 'Condition/' + C.id.value\n"
    "define \"Current lesion\": if Count(\"Lesions\") = 1 then First(\"Lesions\") else null\n"
    "define \"Place\": First(\"Spots\" C where 'Condition/' + C.id.value = \"Current lesion\"\n"
    "  return C.code.text.value)\n"
    "define function About(O Observation):\n"
    "  exists (O.focus F where F.reference.value = \"Current lesion\")\n"
    "define \"Size\": First([Observation: \"Size code\"] O where About(O)\n"
    "  return (O.value as FHIR.integer).value)\n"
    "define \"Weak\": First([Observation: \"Weak code\"] O where About(O)\n"
    "  return (O.value as FHIR.boolean).value)\n"
    "define \"Seen\": First([Observation: \"Seen code\"] O where About(O)\n"
    "  return (O.value as FHIR.boolean).value)\n"
    "define \"Rest\": First([Observation: \"Rest code\"] O where About(O)\n"
    "  return (O.value as FHIR.boolean).value)\n";

static const char lesion_facts[] =
    "place,Lesion.Place,string,,,open,no,,,,per lesion|names the lesion\n"
    "size,Lesion.Size,integer,,1..20,open,yes,,,,per lesion\n"
    "weak,Lesion.Weak,boolean,,,open,yes,,,,per lesion\n"
    "seen,Lesion.Seen,boolean,,,open,yes,,,,per lesion\n"
    "rest,Lesion.Rest,boolean,,,open,yes,,,,per lesion|clinician only\n";

static const char topic_cql[] =
    "library T version '1'\nusing FHIR version '4.0.1'\ninclude F version '1'\n"
    "include Lesion version '1'\ncontext Patient\n"
    "define \"Topic\": F.\"Illness\"\n"
    "define \"Treat\": Lesion.\"Size\" > 3\n"
    "define \"Large\": Lesion.\"Size\" > 6\n"
    "define \"Huge\": Lesion.\"Size\" > 9\n"
    "define \"Weak\": Lesion.\"Weak\"\n"
    "define \"Seen\": Lesion.\"Seen\"\n"
    "define \"Rest\": Lesion.\"Size\" > 3 and Lesion.\"Rest\"\n"
    "define \"Same dose\": Tuple { drug: 'x', amount: 8.0 'Gy', amount_high: null as Quantity,\n"
    "  route: 'oral', duration_min: null as Integer, interval_days: { 7 }, fractions: 1,\n"
    "  basis: { 'size' }, rule: 'always 8' }\n"
    "define \"Dose by size\": Tuple { drug: 'x', amount: ToDecimal(Lesion.\"Size\") * 1.0 'Gy',\n"
    "  amount_high: null as Quantity, route: 'oral', duration_min: null as Integer,\n"
    "  interval_days: { 7 }, fractions: 1, basis: { 'size' }, rule: 'the size' }\n"
    "define \"Dose when seen\": if Lesion.\"Seen\" then Tuple { drug: 'x', amount: 8.0 'Gy',\n"
    "  amount_high: null as Quantity, route: 'oral', duration_min: null as Integer,\n"
    "  interval_days: { 7 }, fractions: 1, basis: { 'seen' }, rule: 'when seen' } else null\n";

#define CODE(name, value)  "{\"url\":\"" EXTENSION name "\",\"valueCode\":\"" value "\"}"
#define TEXT(name, value)  "{\"url\":\"" EXTENSION name "\",\"valueString\":\"" value "\"}"
#define PART(name, value)  "{\"url\":\"" name "\",\"valueString\":\"" value "\"}"
#define PARTS(name, parts) "{\"url\":\"" EXTENSION name "\",\"extension\":[" parts "]}"
#define SAFETY(level)                                                                              \
    PARTS("safety", "{\"url\":\"level\",\"valueCode\":\"" level "\"}," PART(                       \
                        "expression", "Weak") "," PART("text", "weak") "," PART("fact", "weak"))
#define ALWAYS(text)         PARTS("reason", PART("text", text))
#define REASON(text, define) PARTS("reason", PART("text", text) "," PART("expression", define))
#define FIRST(required)                                                                            \
    PARTS("first", PART("expression", "Seen") "," PART("text", "seen") "," PART(                   \
                       "fact", "seen") ",{\"url\":\"required\",\"valueBoolean\":" required "}")
#define PER_LESION "{\"url\":\"" EXTENSION "per-lesion\",\"valueBoolean\":true}"
#define OPTION(id, define, more)                                                                   \
    "{\"id\":\"" id "\",\"title\":\"T\",\"textEquivalent\":\"P\",\"condition\":[{\"expression\":"  \
    "{\"expression\":\"" define "\"}}],\"documentation\":[{\"type\":\"citation\",\"label\":"       \
    "\"Body\"}],\"extension\":[" CODE("domain", "bone-agent") "," CODE("kind", "start") "," CODE(  \
        "intent", "prevent") "," CODE("urgency", "days") "," PER_LESION "," TEXT("row", "R-1")     \
        more "]}"

/* In pieces, because a compiler need not take a longer string. */
static const char *const plan_json[] = {
    "{\"resourceType\":\"PlanDefinition\",\"version\":\"1\",\"title\":\"Topic\",\"library\":["
    "\"Library/T\"],\"action\":[{\"condition\":[{\"expression\":{\"expression\":\"Topic\"}}],"
    "\"action\":[",
    OPTION("treat", "Treat",
           "," TEXT("dose", "Same dose") "," REASON("huge", "Huge") "," ALWAYS("size") "," REASON(
               "large", "Large") "," SAFETY("caution") "," FIRST("false")) ",",
    OPTION("by-size", "Treat", "," TEXT("dose", "Dose by size")) ",",
    OPTION("when-seen", "Treat", "," TEXT("dose", "Dose when seen")) ",",
    OPTION("guarded", "Treat", "," SAFETY("block") "," FIRST("true")) ",",
    OPTION("rest", "Rest", "") ",",
    "{\"id\":\"alarm\",\"title\":\"Alarm\",\"textEquivalent\":\"Danger\",\"documentation\":[{"
    "\"type\":\"citation\",\"label\":\"Body\"}],\"extension\":[" PER_LESION
    "," TEXT("row", "R-2") "," PARTS(
        "flag",
        PART("confirmed", "Huge") "," PART(
            "suspected", "Large") ",{\"url\":\"within_hours\",\"valueInteger\":4}"
                                  "," PART("text", "alarm") "," PART("fact", "size")) "]}]}]}",
};

static const char lesion_words[] =
    "fact.place,clinician,Place\nfact.place,patient,Your place\n"
    "fact.size,clinician,Size\nfact.size,patient,Your size\n"
    "fact.weak,clinician,Weak\nfact.weak,patient,Your weakness\n"
    "fact.seen,clinician,Seen\nfact.seen,patient,Seen by us\n"
    "fact.rest,clinician,Survival is short\n"
    "size,clinician,Size is {fact:size}.\nsize,patient,A spot.\n"
    "large,clinician,Large.\nlarge,patient,Large for you.\n"
    "huge,clinician,Huge.\nhuge,patient,Huge for you.\n"
    "weak,clinician,Weak.\nweak,patient,Weak for you.\n"
    "seen,clinician,See it.\nseen,patient,We look at it.\n"
    "option.lesions,all,For {lesions}.\noption.dose-differs,all,differs\n"
    "option.reason.open-lesion,clinician,Open for {lesions}: {missing}.\n"
    "option.reason.open-lesion,patient,Not sure for {lesions}: {missing}.\n"
    "option.reason.open-lesion-bare,all,Open for {lesions}.\n"
    "option.reason.dose-for-lesion,all,Dose for {lesions}: {dose}.\n"
    "option.reason.no-dose-for-lesion,all,No dose for {lesions}: {missing}.\n"
    "option.reason.no-dose-for-lesion-bare,all,No dose for {lesions}.\n"
    "option.reason.blocked-lesion,all,Not for {lesions}: {reason}\n"
    "option.reason.waiting-lesion,all,Not yet for {lesions}: {reason}\n"
    "flag.suspected-lesion,all,Suspected for {lesions}.\n"
    "flag.open-lesion,all,Open for {lesions}: {missing}.\n"
    "flag.open-lesion-bare,all,Open for {lesions}.\n";

static const char some_words[] = "option.reason.for-lesion,all,For {lesions}: {reason}\n";

#define SPOT(id, place)                                                                            \
    "{\"resourceType\":\"Condition\",\"id\":\"" id "\",\"code\":{\"text\":\"" place                \
    "\",\"coding\":[{\"system\":\"http://c.example\",\"code\":\"spot\"}]},\"subject\":{"           \
    "\"reference\":\"Patient/p1\"}}\n"
#define ABOUT(lesion, code, value)                                                                 \
    "{\"resourceType\":\"Observation\",\"id\":\"" code "-" lesion "\",\"status\":\"final\","       \
    "\"code\":{\"coding\":[{\"system\":\"http://c.example\",\"code\":\"" code "\"}]},"             \
    "\"subject\":{\"reference\":\"Patient/p1\"},\"focus\":[{\"reference\":\"Condition/" lesion     \
    "\"}]," value "}\n"
#define SIZE(lesion, size)          ABOUT(lesion, "size", "\"valueInteger\":" size)
#define WEAK(lesion, yes)           ABOUT(lesion, "weak", "\"valueBoolean\":" yes)
#define SEEN(lesion, yes)           ABOUT(lesion, "seen", "\"valueBoolean\":" yes)
#define REST(lesion, yes)           ABOUT(lesion, "rest", "\"valueBoolean\":" yes)
#define GUARDED(lesion, weak, seen) WEAK(lesion, weak) SEEN(lesion, seen)
#define THREE                       FIXTURE_ILL SPOT("a", "T5") SPOT("b", "L3") SPOT("c", "hip")
/* The same, and what follows, in another order. */
#define EERHT SPOT("c", "hip") SPOT("b", "L3") SPOT("a", "T5") FIXTURE_ILL

static ost_content *content;

typedef enum part { REASONS, HERS, FIRSTS, CAUTIONS, HER_CAUTIONS, MISSING } part;

static const struct row {
    const char *name, *resources, *option;
    part part;
    const char *expected; /* texts with " | " between them */
} rows[] = {
    {"one lesion: nothing is named twice", FIXTURE_ILL SPOT("a", "T5") SIZE("a", "7"), "treat",
     REASONS, "For T5. | Size is 7. | Large."},
    {"what holds for some says for which", THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5"),
     "treat", REASONS,
     "For T5, L3, hip. | For T5: Size is 7. | For L3, hip: Size is 5. | For T5: Large."},
    {"another order of the record", SIZE("c", "5") SIZE("b", "5") SIZE("a", "7") EERHT, "treat",
     REASONS, "For T5, L3, hip. | For T5: Size is 7. | For L3, hip: Size is 5. | For T5: Large."},
    {"a reason of the second lesion alone; the plan's order",
     THREE SIZE("a", "5") SIZE("b", "10") SIZE("c", "5"), "treat", REASONS,
     "For T5, L3, hip. | For L3: Huge. | For T5, hip: Size is 5. | For L3: Size is 10. | "
     "For L3: Large."},
    {"her text is the same for all: once, no names",
     THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5"), "treat", HERS,
     "For T5, L3, hip. | A spot. | For T5: Large for you."},
    {"a caution of the second lesion is not lost",
     THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5") WEAK("b", "true") WEAK("a", "false"),
     "treat", CAUTIONS, "For L3: Weak."},
    {"... nor for her",
     THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5") WEAK("b", "true") WEAK("a", "false"),
     "treat", HER_CAUTIONS, "For L3: Weak for you."},
    {"a caution of all says no names",
     THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5") WEAK("b", "true") WEAK("a", "true")
         WEAK("c", "true"),
     "treat", CAUTIONS, "Weak."},
    {"a caution of a lesion with another status is not the option's",
     THREE SIZE("a", "7") SIZE("b", "2") SIZE("c", "5") WEAK("b", "true"), "treat", CAUTIONS, ""},
    {"... and all of the others is all",
     THREE SIZE("a", "7") SIZE("b", "2") SIZE("c", "5") WEAK("a", "true") WEAK("c", "true"),
     "treat", CAUTIONS, "Weak."},
    {"what is first for some", THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "5") SEEN("a", "true"),
     "treat", FIRSTS, "For L3, hip: See it."},
    {"what is open for another lesion is said", THREE SIZE("a", "7") SIZE("b", "2"), "treat",
     REASONS, "For T5. | Open for hip: Size. | Size is 7. | Large."},
    {"... to her in her words", THREE SIZE("a", "7") SIZE("b", "2"), "treat", HERS,
     "For T5. | Not sure for hip: Your size. | A spot. | Large for you."},
    {"... and is not what the option misses", THREE SIZE("a", "7") SIZE("b", "2"), "treat", MISSING,
     ""},
    {"cannot be told for two, does not apply for one", THREE SIZE("b", "2"), "treat", REASONS,
     "For T5, hip. | Size is not known."},
    {"... misses what both miss", THREE SIZE("b", "2"), "treat", MISSING, "size"},
    {"missing of each lesion", THREE SIZE("a", "7") SIZE("c", "2"), "guarded", MISSING,
     "weak | seen | size"},
    {"a lesion with a danger is said while it applies for others",
     THREE SIZE("a", "7") SIZE("b", "7") SIZE("c", "7") GUARDED("a", "false", "true")
         GUARDED("b", "true", "true") GUARDED("c", "false", "true"),
     "guarded", REASONS, "For T5, hip. | Not for L3: Weak."},
    {"... to her in her words",
     THREE SIZE("a", "7") SIZE("b", "7") SIZE("c", "7") GUARDED("a", "false", "true")
         GUARDED("b", "true", "true") GUARDED("c", "false", "true"),
     "guarded", HERS, "For T5, hip. | Not for L3: Weak for you."},
    {"a lesion that something must be done for first",
     THREE SIZE("a", "7") SIZE("b", "7") SIZE("c", "7") GUARDED("a", "false", "true")
         GUARDED("b", "false", "false") GUARDED("c", "false", "true"),
     "guarded", REASONS, "For T5, hip. | Not yet for L3: See it."},
    {"a danger of a lesion that it is not for is no reason",
     THREE SIZE("a", "7") SIZE("b", "2") SIZE("c", "7") GUARDED("a", "false", "true")
         GUARDED("b", "true", "true") GUARDED("c", "false", "true"),
     "guarded", REASONS, "For T5, hip."},
    {"a danger beside what can't be told",
     THREE SIZE("a", "7") SIZE("b", "7") SIZE("c", "2") GUARDED("b", "true", "true"), "guarded",
     REASONS, "For T5. | Not for L3: Weak."},
    {"two lesions of one place have their ids",
     FIXTURE_ILL SPOT("a", "T5") SPOT("b", "T5") SPOT("c", "hip") SIZE("a", "7") SIZE("b", "5"),
     "treat", REASONS,
     "For T5 (Condition/a), T5 (Condition/b). | Open for hip: Size. | "
     "For T5 (Condition/a): Size is 7. | For T5 (Condition/b): Size is 5. | "
     "For T5 (Condition/a): Large."},
    {"what rests on survival is named to clinicians",
     THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "2") REST("a", "true"), "rest", REASONS,
     "For T5. | Open for L3: Survival is short."},
    {"... and not to her", THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "2") REST("a", "true"),
     "rest", HERS, "For T5. | Open for L3."},
};

static ost_str joined(ost_arena *arena, ost_text_list list)
{
    ost_buf out = ost_buf_init(arena);
    for (size_t i = 0; i < list.count; i++) {
        ost_buf_text(&out, i > 0 ? " | " : "");
        ost_buf_add(&out, list.items[i]);
    }
    return ost_buf_str(&out);
}

static ost_text_list safety_texts(ost_arena *arena, ost_safety_list list)
{
    ost_str *items = ost_arena_array(arena, list.count, sizeof *items);
    for (size_t i = 0; i < list.count; i++) {
        items[i] = list.items[i].text;
    }
    return (ost_text_list){items, list.count};
}

static ost_text_list part_of(ost_arena *arena, const ost_option *option, part wanted)
{
    switch (wanted) {
    case REASONS:
        return option->reasons;
    case HERS:
        return option->plain_reasons;
    case FIRSTS:
        return option->first;
    case CAUTIONS:
        return safety_texts(arena, option->safety);
    case HER_CAUTIONS:
        return safety_texts(arena, option->plain_safety);
    case MISSING:
        break;
    }
    return option->missing;
}

static void expect_texts(const char *name, ost_arena *arena, ost_text_list list,
                         const char *expected)
{
    ost_str got = joined(arena, list);
    if (!ost_str_is(got, expected)) {
        print_error("%s: %.*s\n", name, OST_STR_ARG(got));
    }
    assert_true(ost_str_is(got, expected));
}

static void lesions_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_assessment *a = fixture_assess(content, rows[i].resources, NULL);
        const ost_option *option = fixture_option(a, rows[i].option);
        expect_texts(rows[i].name, a->arena, part_of(a->arena, option, rows[i].part),
                     rows[i].expected);
        ost_assessment_free(a);
    }
}

static const struct dosed {
    const char *name, *resources, *option, *amount; /* NULL = no dose */
    const char *text, *reasons, *missing;
} doses[] = {
    {"the same dose is one dose", THREE SIZE("a", "7") SIZE("b", "5"), "treat", "8",
     "8 Gy oral, fractions: 1, every 7 days",
     "For T5, L3. | Open for hip: Size. | For T5: Size is 7. | For L3: Size is 5. | For T5: Large.",
     ""},
    {"two doses are none, and each is said", THREE SIZE("a", "7") SIZE("b", "5") SIZE("c", "7"),
     "by-size", NULL, "differs",
     "For T5, L3, hip. | Dose for T5, hip: 7 Gy oral, fractions: 1, every 7 days (the size). | "
     "Dose for L3: 5 Gy oral, fractions: 1, every 7 days (the size).",
     ""},
    {"two lesions of one size", THREE SIZE("a", "7") SIZE("b", "2") SIZE("c", "7"), "by-size", "7",
     "7 Gy oral, fractions: 1, every 7 days", "For T5, hip.", ""},
    {"a dose for one, none for the other", THREE SIZE("a", "7") SIZE("b", "5") SEEN("a", "true"),
     "when-seen", NULL, "differs",
     "For T5, L3. | Open for hip: Size. | Dose for T5: 8 Gy oral, fractions: 1, every 7 days "
     "(when seen). | No dose for L3: Seen.",
     "seen"},
    {"a dose for none", THREE SIZE("a", "7") SIZE("b", "5"), "when-seen", NULL, "",
     "For T5, L3. | Open for hip: Size.", "seen"},
};

static void doses_of_lesions_are_not_mixed(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(doses); i++) {
        ost_assessment *a = fixture_assess(content, doses[i].resources, NULL);
        const ost_option *option = fixture_option(a, doses[i].option);
        ost_decimal expected;
        assert_int_equal(option->status, OST_APPLIES);
        assert_int_equal(option->dose != NULL, doses[i].amount != NULL);
        if (doses[i].amount) {
            assert_true(ost_decimal_parse(ost_str_of(doses[i].amount), false, false, &expected));
            assert_int_equal(ost_decimal_compare(option->dose->amount.decimal, expected), 0);
        }
        assert_true(ost_str_is(option->dose_text, doses[i].text));
        expect_texts(doses[i].name, a->arena, option->reasons, doses[i].reasons);
        expect_texts(doses[i].name, a->arena, option->missing, doses[i].missing);
        ost_assessment_free(a);
    }
}

/* What would have to be done is nearer than a danger, and that than no indication; whichever lesion
 * comes first. */
static void because_is_that_of_the_nearest_lesion(void **state)
{
    static const struct {
        const char *resources, *because;
    } cases[] = {
        {THREE SIZE("a", "2") SIZE("b", "5") SIZE("c", "2") WEAK("a", "false") WEAK("b", "true")
             WEAK("c", "false"),
         "contraindicated"},
        {THREE SIZE("a", "5") SIZE("b", "5") SIZE("c", "2") WEAK("a", "true") WEAK("b", "false")
             WEAK("c", "false") SEEN("b", "false"),
         "not yet"},
        {THREE SIZE("a", "5") SIZE("b", "5") SIZE("c", "2") WEAK("b", "true") WEAK("a", "false")
             WEAK("c", "false") SEEN("a", "false"),
         "not yet"},
        {THREE SIZE("a", "2") SIZE("b", "2") SIZE("c", "2") WEAK("a", "false") WEAK("b", "false")
             WEAK("c", "false"),
         "not indicated"},
    };
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(cases); i++) {
        ost_assessment *a = fixture_assess(content, cases[i].resources, NULL);
        const ost_option *option = fixture_option(a, "guarded");
        assert_int_equal(option->status, OST_DOES_NOT_APPLY);
        if (!ost_str_is(option->because, cases[i].because)) {
            print_error("%zu: %.*s\n", i, OST_STR_ARG(option->because));
        }
        assert_true(ost_str_is(option->because, cases[i].because));
        ost_assessment_free(a);
    }
}

static void flags_of_lesions_are_told_apart(void **state)
{
    static const struct {
        const char *resources;
        bool raised, confirmed;
        const char *actions, *missing;
    } flags[] = {
        {THREE SIZE("a", "10") SIZE("b", "7"), true, true,
         "For T5. | Give not known x. | Suspected for L3. | Open for hip: Size.", ""},
        {THREE SIZE("a", "10") SIZE("b", "10") SIZE("c", "2"), true, true,
         "For T5, L3. | Give not known x.", ""},
        {THREE SIZE("a", "10") SIZE("b", "10") SIZE("c", "11"), true, true, "Give not known x.",
         ""},
        {THREE SIZE("a", "2") SIZE("b", "7"), true, false,
         "For L3. | Give not known x. | Open for hip: Size.", ""},
        {THREE SIZE("a", "2"), false, false, "", "size"},
        {THREE SIZE("a", "2") SIZE("b", "2") SIZE("c", "2"), false, false, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(flags); i++) {
        ost_assessment *a = fixture_assess(content, flags[i].resources, NULL);
        assert_int_equal(a->flags[0].raised, flags[i].raised);
        assert_int_equal(a->flags[0].confirmed, flags[i].confirmed);
        expect_texts("flag", a->arena, a->flags[0].actions, flags[i].actions);
        expect_texts("flag", a->arena, a->flags[0].missing, flags[i].missing);
        ost_assessment_free(a);
    }
}

static void find_why(const char *resources, const char *option, ost_arena *arena,
                     ost_why_answer *why)
{
    ost_error error = {0};
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    ost_patients *patients = fixture_patients(content, resources);
    options.as_of = FIXTURE_DAY;
    assert_int_equal(ost_why_find(content, patients, 0, &options, option, arena, why, &error),
                     OST_OK);
    ost_patients_free(patients);
}

static void why_says_which_lesion(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_why_answer why;
    find_why(THREE SIZE("a", "2") SIZE("b", "7"), "treat", arena, &why);
    assert_int_equal(why.rule_count, 4);
    assert_int_equal(why.rules[0].lesions.count, 0); /* the topic: the same for all */
    assert_int_equal(why.rules[1].value, OST_TRI_YES);
    expect_texts("yes", arena, why.rules[1].lesions, "Condition/b");
    assert_true(ost_str_is(why.rules[1].lesion_names, "For L3."));
    assert_int_equal(why.rules[2].value, OST_TRI_UNKNOWN);
    expect_texts("unknown", arena, why.rules[2].lesions, "Condition/c");
    assert_int_equal(why.rules[3].value, OST_TRI_NO);
    expect_texts("no", arena, why.rules[3].lesions, "Condition/a");
    ost_arena_free(arena);
}

/* T5 and L3 have a size; only that of L3 decides. */
static void a_change_is_of_the_lesion_that_it_changes(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_why_answer why;
    bool found = false;
    find_why(THREE SIZE("a", "2") SIZE("b", "4") SIZE("c", "2"), "treat", arena, &why);
    for (size_t i = 0; i < why.change_count; i++) {
        if (ost_str_is(why.changes[i].fact->id, "size")) {
            found = true;
            assert_true(ost_str_is(why.changes[i].fact->lesion, "Condition/b"));
            assert_true(ost_str_is(why.changes[i].to_text, "3"));
            assert_int_equal(why.changes[i].status, OST_DOES_NOT_APPLY);
        }
    }
    assert_true(found);
    ost_arena_free(arena);
}

static ost_status open_with(const char *words, ost_content **out, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    ost_buf facts = ost_buf_init(arena), all = ost_buf_init(arena), plan = ost_buf_init(arena);
    for (size_t i = 0; i < OST_ARRAY_LEN(plan_json); i++) {
        ost_buf_text(&plan, plan_json[i]);
    }
    ost_buf_printf(&facts, "%s%s", fixture_text("facts/facts.csv"), lesion_facts);
    ost_buf_printf(&all, "%s%s%s", fixture_text("words/en.csv"), lesion_words, words);
    const fixture_file changes[] = {
        {"facts/Lesion.cql", lesion_cql},        {"facts/facts.csv", ost_buf_str(&facts).ptr},
        {"guideline/t/T.cql", topic_cql},        {"guideline/t/plan.json", ost_buf_str(&plan).ptr},
        {"words/en.csv", ost_buf_str(&all).ptr}, {NULL, NULL},
    };
    ost_status status = fixture_open(changes, out, error);
    ost_arena_free(arena);
    return status;
}

/* Without its sentence a caution of one lesion would be lost. */
static void a_plan_needs_the_sentences_about_lesions(void **state)
{
    (void)state;
    ost_error error = {0};
    ost_content *other = NULL;
    assert_int_equal(open_with("", &other, &error), OST_E_DATA);
    if (!strstr(error.message, "option.reason.for-lesion")) {
        print_error("%s\n", error.message);
    }
    assert_non_null(strstr(error.message, "option.reason.for-lesion"));
}

static int open_content(void **state)
{
    (void)state;
    ost_error error = {0};
    ost_status status = open_with(some_words, &content, &error);
    if (status != OST_OK) {
        print_error("%s:%u: %s\n", error.source, error.line, error.message);
    }
    return status == OST_OK ? 0 : -1;
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
        cmocka_unit_test(lesions_are_told_apart),
        cmocka_unit_test(doses_of_lesions_are_not_mixed),
        cmocka_unit_test(because_is_that_of_the_nearest_lesion),
        cmocka_unit_test(flags_of_lesions_are_told_apart),
        cmocka_unit_test(why_says_which_lesion),
        cmocka_unit_test(a_change_is_of_the_lesion_that_it_changes),
        cmocka_unit_test(a_plan_needs_the_sentences_about_lesions),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("guide-lesions", tests, open_content, close_content);
}
