/* Asks the drug table: codes first, then the words of the text.
 *
 * Text: at each word the longest listed name or ignored phrase is taken. A word with a digit that
 * belongs to no name is a strength, a volume or a time. What is left makes the drug
 * unrecognised. */
#include "term/drug.h"

#include "term/drug_detail.h"

enum { NEAR_MAX = 40 /* letters of a name that is suggested */ };

/* Drugs found so far, sorted by row (rows are sorted by id), without repeats. */
typedef struct found {
    uint32_t drugs[OST_DRUG_HIT_MAX];
    size_t count;
    bool full;
} found;

static void add(found *set, uint32_t drug)
{
    size_t at = 0;
    while (at < set->count && set->drugs[at] < drug) {
        at++;
    }
    if (at < set->count && set->drugs[at] == drug) {
        return;
    }
    if (set->count == OST_DRUG_HIT_MAX) {
        set->full = true;
        return;
    }
    for (size_t i = set->count; i > at; i--) {
        set->drugs[i] = set->drugs[i - 1];
    }
    set->drugs[at] = drug;
    set->count++;
}

static void drop(found *set, size_t at)
{
    set->count--;
    for (size_t i = at; i < set->count; i++) {
        set->drugs[i] = set->drugs[i + 1];
    }
}

static bool has_digit(ost_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* Takes names out of the words; `left` gets the positions of words that nothing explains. */
static size_t take_names(const ost_drugs *drugs, const ost_drug_words *words, found *set,
                         size_t *left)
{
    size_t left_count = 0;
    for (size_t at = 0; at < words->count;) {
        size_t longest =
            words->count - at < OST_DRUG_NAME_WORDS ? words->count - at : OST_DRUG_NAME_WORDS;
        uint32_t drug = OST_MAP_NONE;
        size_t taken = longest;
        for (; taken > 0; taken--) {
            drug = ost_map_get(&drugs->by_name, ost_drug_join(words, at, taken));
            if (drug != OST_MAP_NONE) {
                break;
            }
        }
        if (drug != OST_MAP_NONE && drug != OST_DRUG_IGNORED) {
            add(set, drug);
        } else if (drug == OST_MAP_NONE && !has_digit(words->words[at])) {
            left[left_count++] = at;
        }
        at += taken > 0 ? taken : 1;
    }
    return left_count;
}

static bool read_text(const ost_drugs *drugs, ost_str text, found *set)
{
    ost_drug_words words;
    size_t left[OST_DRUG_WORD_MAX];
    ost_drug_cut_words(text, &words);
    found own = {.count = 0};
    bool clean = take_names(drugs, &words, &own, left) == 0;
    if (!clean || words.cut || own.full || own.count == 0) {
        return false;
    }
    for (size_t i = 0; i < own.count; i++) {
        add(set, own.drugs[i]);
    }
    return true;
}

static bool read_codes(const ost_drugs *drugs, const ost_code *codes, size_t count, found *set)
{
    for (size_t i = 0; i < count; i++) {
        char key[256];
        ost_str system = codes[i].system, code = codes[i].code;
        if (ost_str_is(system, "urn:oid:2.16.840.1.113883.6.88")) {
            system = OST_STR("http://www.nlm.nih.gov/research/umls/rxnorm");
        }
        if (code.len == 0 || system.len == 0 || system.len + code.len + 1 > sizeof key) {
            continue;
        }
        memcpy(key, system.ptr, system.len);
        key[system.len] = '|';
        memcpy(key + system.len + 1, code.ptr, code.len);
        uint32_t at = ost_map_get(&drugs->by_code, (ost_str){key, system.len + code.len + 1});
        for (; at != OST_MAP_NONE; at = drugs->codes[at].next) {
            add(set, drugs->codes[at].drug);
        }
    }
    return set->count > 0 && !set->full;
}

/* Adds the products that strengths ("120 mg") in the text point to. */
static void add_strengths(const ost_drugs *drugs, ost_str text, const found *set, found *products)
{
    ost_drug_words words;
    ost_drug_cut_words(text, &words);
    for (size_t w = 0; w + 1 < words.count; w++) {
        if (!ost_str_is(words.words[w + 1], "mg")) {
            continue;
        }
        for (size_t r = 0; r < drugs->rule_count; r++) {
            for (size_t i = 0; i < set->count; i++) {
                if (drugs->rules[r].drug == set->drugs[i] &&
                    ost_str_equal(drugs->rules[r].strength, words.words[w])) {
                    add(products, drugs->rules[r].product);
                }
            }
        }
    }
}

/* A drug and one product of it: the product. Two products of one drug: the drug, its strength
 * unknown. */
static void refine(const ost_drugs *drugs, found *set)
{
    for (size_t i = 0; i < set->count; i++) {
        uint32_t base = drugs->bases[set->drugs[i]];
        size_t products = 0, base_at = SIZE_MAX;
        for (size_t k = 0; k < set->count && base != OST_MAP_NONE; k++) {
            products += drugs->bases[set->drugs[k]] == base;
            base_at = set->drugs[k] == base ? k : base_at;
        }
        if (products == 1 && base_at != SIZE_MAX) {
            drop(set, base_at);
            i = SIZE_MAX; /* start again: positions have moved */
        } else if (products > 1) {
            for (size_t k = set->count; k > 0; k--) {
                if (drugs->bases[set->drugs[k - 1]] == base) {
                    drop(set, k - 1);
                }
            }
            add(set, base);
            i = SIZE_MAX;
        }
    }
}

/* Edit distance (insert, delete, replace, swap of neighbours counts two); at most `limit` + 1. */
static size_t distance(ost_str a, ost_str b, size_t limit)
{
    if (a.len > NEAR_MAX || b.len > NEAR_MAX || a.len > b.len + limit || b.len > a.len + limit) {
        return limit + 1;
    }
    size_t row[NEAR_MAX + 1];
    for (size_t k = 0; k <= b.len; k++) {
        row[k] = k;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t replace = corner + (a.ptr[i - 1] != b.ptr[k - 1]);
            size_t step = (row[k] < row[k - 1] ? row[k] : row[k - 1]) + 1;
            corner = row[k];
            row[k] = replace < step ? replace : step;
        }
    }
    return row[b.len];
}

static void suggest_for(const ost_drugs *drugs, ost_str word, size_t *best, ost_str *suggestion)
{
    if (word.len < 4) {
        return;
    }
    size_t limit = word.len < 8 ? 1 : 2;
    limit = limit < *best ? limit : *best - 1;
    for (size_t i = 0; i<drugs->name_count && * best> 0; i++) {
        size_t d = distance(word, drugs->names[i].key, limit);
        if (d <= limit && d < *best) {
            *best = d;
            limit = d > 0 ? d - 1 : 0;
            *suggestion = drugs->names[i].text;
        }
    }
}

/* The listed name nearest to what nothing explained, alone or with its neighbour; the first on
 * ties. */
static ost_str suggest(const ost_drugs *drugs, ost_str text)
{
    ost_drug_words words;
    size_t left[OST_DRUG_WORD_MAX], best = 3;
    found ignored = {.count = 0};
    ost_str suggestion = OST_STR("");
    ost_drug_cut_words(text, &words);
    size_t count = take_names(drugs, &words, &ignored, left);
    for (size_t i = 0; i < count && i < 8; i++) {
        suggest_for(drugs, words.words[left[i]], &best, &suggestion);
        if (left[i] + 1 < words.count) {
            suggest_for(drugs, ost_drug_join(&words, left[i], 2), &best, &suggestion);
        }
    }
    return suggestion;
}

void ost_drug_match(const ost_drugs *drugs, const ost_code *codes, size_t count, ost_str text,
                    ost_drug_hit *out)
{
    *out = (ost_drug_hit){.how = OST_DRUG_UNRECOGNISED, .suggestion = OST_STR("")};
    found set = {.count = 0}, products = {.count = 0};
    if (read_codes(drugs, codes, count, &set)) {
        out->how = OST_DRUG_BY_CODE;
    } else if (!set.full && read_text(drugs, text, &set)) {
        out->how = OST_DRUG_BY_NAME;
    }
    for (size_t i = 0; i < count && out->how == OST_DRUG_UNRECOGNISED && !set.full; i++) {
        if (read_text(drugs, codes[i].display, &set)) {
            out->how = OST_DRUG_BY_NAME;
        }
    }
    if (out->how == OST_DRUG_UNRECOGNISED || set.full) {
        out->how = OST_DRUG_UNRECOGNISED;
        out->suggestion = suggest(drugs, text);
        for (size_t i = 0; i < count && out->suggestion.len == 0; i++) {
            out->suggestion = suggest(drugs, codes[i].display);
        }
        return;
    }
    add_strengths(drugs, text, &set, &products);
    for (size_t i = 0; i < count; i++) {
        add_strengths(drugs, codes[i].display, &set, &products);
    }
    for (size_t i = 0; i < products.count; i++) {
        add(&set, products.drugs[i]);
    }
    refine(drugs, &set);
    for (size_t i = 0; i < set.count; i++) {
        out->drugs[i] = &drugs->items[set.drugs[i]];
    }
    out->count = set.count;
}
