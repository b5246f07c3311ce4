/* The shipped drug table on texts and codes as records have them, and tables that are wrong. */
#include "term/drug.h"

#include "base/test.h"

#include <stdio.h>

#define RXNORM "http://www.nlm.nih.gov/research/umls/rxnorm"

static ost_arena *arena;
static const ost_drugs *drugs;

static int start(void **state)
{
    (void)state;
    enum { MOST = 200000 };
    arena = ost_arena_new(0);
    char *text = ost_arena_alloc(arena, MOST);
    FILE *file = fopen(OST_SOURCE_ROOT "/content/valueset/drugs.csv", "rb");
    if (!file || !text) {
        return -1;
    }
    size_t len = fread(text, 1, MOST, file);
    fclose(file);
    ost_error error = {0};
    return ost_drugs_load(arena, (ost_str){text, len}, &drugs, &error);
}

static int stop(void **state)
{
    (void)state;
    ost_arena_free(arena);
    return 0;
}

static void check(const char *name, const ost_drug_hit *hit, ost_drug_how how, const char *ids,
                  const char *suggestion)
{
    char got[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < hit->count; i++) {
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%.*s", i > 0 ? " " : "",
                                 OST_STR_ARG(hit->drugs[i]->id));
    }
    if (hit->how != how || strcmp(got, ids) != 0 || !ost_str_is(hit->suggestion, suggestion)) {
        fail_msg("%s: how %d, drugs '%s', suggestion '%.*s'", name, (int)hit->how, got,
                 OST_STR_ARG(hit->suggestion));
    }
}

static void test_text(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        ost_drug_how how;
        const char *ids, *suggestion;
    } rows[] = {
        {"denosumab", OST_DRUG_BY_NAME, "denosumab", ""},
        {"Denosumab 120 mg/1.7 mL", OST_DRUG_BY_NAME, "denosumab-120", ""},
        {"1.7 ML denosumab 70 MG/ML Injection [Xgeva]", OST_DRUG_BY_NAME, "denosumab-120", ""},
        {"denosumab-bmwo 120mg SC q4w", OST_DRUG_BY_NAME, "denosumab-120", ""},
        {"denosumab 60 mg every 6 months", OST_DRUG_BY_NAME, "denosumab-60", ""},
        {"denosumab-mobz 70 mg/mL", OST_DRUG_BY_NAME, "denosumab-120", ""},
        {"XGEVA", OST_DRUG_BY_NAME, "denosumab-120", ""},
        {"Prolia (denosumab)", OST_DRUG_BY_NAME, "denosumab-60", ""},
        {"Prolia 120 mg", OST_DRUG_BY_NAME, "denosumab-60", ""},
        {"denosumab (Prolia) 120 mg", OST_DRUG_BY_NAME, "denosumab", ""},
        {"denosumab 60 mg or 120 mg", OST_DRUG_UNRECOGNISED, "", ""},
        {"denosumab 90 mg", OST_DRUG_BY_NAME, "denosumab", ""},
        {"zoledronic acid 4 mg/5 mL injection", OST_DRUG_BY_NAME, "zoledronic-acid", ""},
        {"zoledronic acid 5 mg/100 mL", OST_DRUG_BY_NAME, "zoledronic-acid-5mg", ""},
        {"Zometa", OST_DRUG_BY_NAME, "zoledronic-acid", ""},
        {"Reclast", OST_DRUG_BY_NAME, "zoledronic-acid-5mg", ""},
        {"pamidronate disodium", OST_DRUG_BY_NAME, "pamidronate", ""},
        {"ibandronate sodium 150 MG Oral Tablet", OST_DRUG_BY_NAME, "ibandronic-acid-osteoporosis",
         ""},
        {"Ibandronic acid 6 mg", OST_DRUG_BY_NAME, "ibandronic-acid", ""},
        {"Acetaminophen 325 MG / Oxycodone Hydrochloride 10 MG Oral Tablet [Percocet]",
         OST_DRUG_BY_NAME, "oxycodone oxycodone-paracetamol paracetamol", ""},
        {"amLODIPine 2.5 MG Oral Tablet", OST_DRUG_BY_NAME, "amlodipine", ""},
        {"NDA020503 200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler", OST_DRUG_BY_NAME,
         "salbutamol", ""},
        {"atorvastatin calcium 20 mg", OST_DRUG_BY_NAME, "atorvastatin", ""},
        {"calcium carbonate 500 mg / vitamin D3 400 iu", OST_DRUG_BY_NAME, "calcium vitamin-d", ""},
        {"PACLitaxel protein-bound 100 mg", OST_DRUG_BY_NAME, "nab-paclitaxel", ""},
        {"paracetamol and codeine", OST_DRUG_BY_NAME, "codeine paracetamol", ""},
        {"5-FU", OST_DRUG_BY_NAME, "fluorouracil", ""},
        {"paracetamol\t500\tmg\n", OST_DRUG_BY_NAME, "paracetamol", ""},
        {"stopped denosumab", OST_DRUG_UNRECOGNISED, "", ""},
        {"no zoledronic acid", OST_DRUG_UNRECOGNISED, "", ""},
        {"allergy to morphine", OST_DRUG_UNRECOGNISED, "", ""},
        {"denosumab and herbal tea", OST_DRUG_UNRECOGNISED, "", ""},
        {"denosumap", OST_DRUG_UNRECOGNISED, "", "denosumab"},
        {"zolendronic acid 4 mg", OST_DRUG_UNRECOGNISED, "", "zoledronic acid"},
        {"Xgava", OST_DRUG_UNRECOGNISED, "", "Xgeva"},
        {"letrazole", OST_DRUG_UNRECOGNISED, "", "letrozole"},
        {"aspirinoid extract", OST_DRUG_UNRECOGNISED, "", ""},
        {"qqqqq", OST_DRUG_UNRECOGNISED, "", ""},
        {"120 mg oral tablet", OST_DRUG_UNRECOGNISED, "", ""},
        {"", OST_DRUG_UNRECOGNISED, "", ""},
        {"\xC3\xA4 \xFF", OST_DRUG_UNRECOGNISED, "", ""},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_drug_hit hit;
        ost_drug_match(drugs, NULL, 0, ost_str_of(rows[i].text), &hit);
        check(rows[i].text, &hit, rows[i].how, rows[i].ids, rows[i].suggestion);
    }
}

static void test_codes(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *system, *code, *display, *text;
        ost_drug_how how;
        const char *ids, *suggestion;
    } rows[] = {
        {"product", RXNORM, "1046398", NULL, "", OST_DRUG_BY_CODE, "denosumab-120", ""},
        {"biosimilar", RXNORM, "2717542", NULL, "", OST_DRUG_BY_CODE, "denosumab-120", ""},
        {"ingredient", RXNORM, "993449", NULL, "", OST_DRUG_BY_CODE, "denosumab", ""},
        {"ingredient and strength", RXNORM, "993449", NULL, "denosumab 120 mg", OST_DRUG_BY_CODE,
         "denosumab-120", ""},
        {"ingredient, strength in display", RXNORM, "993449", "denosumab 60 MG/ML", "",
         OST_DRUG_BY_CODE, "denosumab-60", ""},
        {"product against text", RXNORM, "1046398", NULL, "denosumab 60 mg", OST_DRUG_BY_CODE,
         "denosumab-120", ""},
        {"combination", RXNORM, "1310948", NULL, "", OST_DRUG_BY_CODE, "calcium vitamin-d", ""},
        {"code wins", RXNORM, "84857", NULL, "something else", OST_DRUG_BY_CODE, "anastrozole", ""},
        {"own code", OST_DRUG_SYSTEM, "clodronate", NULL, "", OST_DRUG_BY_CODE, "clodronate", ""},
        {"system as oid", "urn:oid:2.16.840.1.113883.6.88", "84857", NULL, "", OST_DRUG_BY_CODE,
         "anastrozole", ""},
        {"unknown code, known text", RXNORM, "0", NULL, "letrozole", OST_DRUG_BY_NAME, "letrozole",
         ""},
        {"unknown code, known display", RXNORM, "0", "Letrozole 2.5 MG Oral Tablet", "",
         OST_DRUG_BY_NAME, "letrozole", ""},
        {"code of another system", "http://loinc.org", "84857", NULL, "", OST_DRUG_UNRECOGNISED, "",
         ""},
        {"no system", NULL, "84857", NULL, "", OST_DRUG_UNRECOGNISED, "", ""},
        {"suggestion from display", RXNORM, "0", "letrozol", "", OST_DRUG_UNRECOGNISED, "",
         "letrozole"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_code code = {.system = ost_str_of(rows[i].system),
                         .code = ost_str_of(rows[i].code),
                         .display = ost_str_of(rows[i].display)};
        ost_drug_hit hit;
        ost_drug_match(drugs, &code, 1, ost_str_of(rows[i].text), &hit);
        check(rows[i].name, &hit, rows[i].how, rows[i].ids, rows[i].suggestion);
    }
    ost_code pair[] = {{.system = OST_STR(RXNORM), .code = OST_STR("1046398")},
                       {.system = OST_STR(RXNORM), .code = OST_STR("993452")}};
    ost_drug_hit hit;
    ost_drug_match(drugs, pair, 2, OST_STR(""), &hit);
    check("two strengths", &hit, OST_DRUG_BY_CODE, "denosumab", "");
}

static void test_limits(void **state)
{
    (void)state;
    char text[OST_DRUG_TEXT_MAX + 2];
    for (size_t extra = 0; extra < 2; extra++) {
        size_t len = OST_DRUG_TEXT_MAX + extra;
        memset(text, ' ', len);
        memcpy(text, "letrozole", 9);
        ost_drug_hit hit;
        ost_drug_match(drugs, NULL, 0, (ost_str){text, len}, &hit);
        check("long text", &hit, extra ? OST_DRUG_UNRECOGNISED : OST_DRUG_BY_NAME,
              extra ? "" : "letrozole", "");
    }
    ost_drug_hit hit;
    ost_drug_match(drugs, NULL, 0,
                   OST_STR("aspirin warfarin heparin digoxin insulin codeine morphine fentanyl"),
                   &hit);
    assert_int_equal(hit.count, OST_DRUG_HIT_MAX);
    ost_drug_match(
        drugs, NULL, 0,
        OST_STR("aspirin warfarin heparin digoxin insulin codeine morphine fentanyl lithium"),
        &hit);
    assert_int_equal(hit.how, OST_DRUG_UNRECOGNISED);
}

static void test_table(void **state)
{
    (void)state;
    const ost_drug *drug = ost_drug_find(drugs, OST_STR("zoledronic-acid"));
    assert_non_null(drug);
    assert_true(ost_str_is(drug->display, "zoledronic acid"));
    assert_int_equal(drug->class_count, 3);
    assert_true(ost_str_is(drug->classes[0], "bone-agent"));
    assert_null(ost_drug_find(drugs, OST_STR("nothing")));
}

static void test_bad_tables(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *csv;
        uint32_t line;
        const char *message;
    } rows[] = {
        {"few fields", "# x\na,b,c\n", 2, "drug table: a row needs 9 fields: 'a'"},
        {"many fields", "a,b,,,,,,,,\n", 1, "drug table: a row needs 9 fields: 'a'"},
        {"no id", ",b,,,,,,,\n", 1, "drug table: a row needs 9 fields: ''"},
        {"no name", "a,,,,,,,,\n", 1, "drug table: a drug without names: 'a'"},
        {"empty name", "a,b|,,,,,,,\n", 1, "drug table: not a name: ''"},
        {"long name", "a,b c d e f g h,,,,,,,\n", 1, "drug table: not a name: 'b c d e f g h'"},
        {"twice", "a,b,,,,,,,\na,c,,,,,,,\n", 2, "drug table: listed twice: 'a'"},
        {"name of two", "a,b,,,,,,,\nc,B,,,,,,,\n", 2, "drug table: a name of two rows: 'B'"},
        {"name is ignored", "~form,tablet,,,,,,,\nc,Tablet,,,,,,,\n", 2,
         "drug table: a name of two rows: 'Tablet'"},
        {"rule to nowhere", "a,b,,,,,5=z,,\n", 1,
         "drug table: a rule without a drug that is listed: '5=z'"},
        {"rule to itself", "a,b,,,,,5=a,,\n", 1,
         "drug table: a rule without a drug that is listed: '5=a'"},
        {"rule without number", "a,b,,,,,a,,\n", 1,
         "drug table: a rule without a drug that is listed: 'a'"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_drugs *out = NULL;
        ost_error error = {0};
        ost_status status = ost_drugs_load(arena, ost_str_of(rows[i].csv), &out, &error);
        if (status != OST_E_SYNTAX || error.line != rows[i].line || out ||
            strcmp(error.message, rows[i].message) != 0) {
            fail_msg("%s: %d, line %u, %s", rows[i].name, (int)status, error.line, error.message);
        }
    }
}

static void test_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        ost_arena *own = ost_arena_new(0);
        ost_arena_fail_at(own, n);
        const ost_drugs *out = NULL;
        ost_error error = {0};
        ost_status status = ost_drugs_load(
            own, OST_STR("a,b|c,D,1|2,X,k|l,5=e,,\ne,f,,1,,,,,\n~form,oral,,,,,,,\n"), &out,
            &error);
        ost_arena_free(own);
        if (status == OST_OK) {
            assert_true(n > 10);
            return;
        }
        assert_int_equal(status, OST_E_MEMORY);
        assert_null(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),       cmocka_unit_test(test_codes),
        cmocka_unit_test(test_limits),     cmocka_unit_test(test_table),
        cmocka_unit_test(test_bad_tables), cmocka_unit_test(test_memory),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("term-drug", tests, start, stop);
}
