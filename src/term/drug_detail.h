/* Inside of the drug table; shared by drug.c (loads) and drug_match.c (asks). */
#ifndef OST_TERM_DRUG_DETAIL_H
#define OST_TERM_DRUG_DETAIL_H

#include "base/buf.h"
#include "base/map.h"
#include "term/drug.h"

enum { OST_DRUG_WORD_MAX = 128, OST_DRUG_NAME_WORDS = 6 };
/* In the map of names: a word that says nothing about the drug. */
#define OST_DRUG_IGNORED (UINT32_MAX - 1)

/* Words of a text in lower case, in one buffer with single spaces between them, so that several
 * neighbouring words are one string. */
typedef struct ost_drug_words {
    char buffer[OST_DRUG_TEXT_MAX * 2];
    ost_str words[OST_DRUG_WORD_MAX];
    size_t count;
    bool cut; /* longer than the limits */
} ost_drug_words;

/* A strength in mg that tells which product of a drug it is. */
typedef struct ost_drug_rule {
    uint32_t drug, product;
    ost_str strength;
} ost_drug_rule;

typedef struct ost_drug_name {
    ost_str text, key; /* as listed; as words */
    uint32_t drug;
} ost_drug_name;

typedef struct ost_drug_code {
    uint32_t drug;
    uint32_t next; /* another drug of the same code, or OST_MAP_NONE */
} ost_drug_code;

struct ost_drugs {
    ost_arena *arena;
    ost_drug *items;
    uint32_t *bases; /* by drug: the drug of which it is a product, or OST_MAP_NONE */
    size_t count, capacity, base_capacity;
    ost_drug_rule *rules;
    size_t rule_count, rule_capacity;
    ost_drug_name *names;
    size_t name_count, name_capacity;
    ost_drug_code *codes;
    size_t code_count, code_capacity;
    ost_map ids;     /* id -> drug */
    ost_map by_name; /* words of a name -> drug, or OST_DRUG_IGNORED */
    ost_map by_code; /* "system|code" -> first of codes */
};

void ost_drug_cut_words(ost_str text, ost_drug_words *out);
/* `count` words from `at` on, as one string. */
ost_str ost_drug_join(const ost_drug_words *words, size_t at, size_t count);

#endif
