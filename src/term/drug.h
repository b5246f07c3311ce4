/* Recognising a drug: by code, else by its exact name in the text.
 *
 * The table is content/valueset/drugs.csv. A text is cut into words; generic and trade names,
 * salts, dosage forms, strengths and times are taken out; if any word is left, the drug is
 * unrecognised, because that word may change the meaning ("stopped ...", a second drug that nobody
 * listed). design.md section 5, "Drugs". */
#ifndef OST_TERM_DRUG_H
#define OST_TERM_DRUG_H

#include "base/err.h"
#include "value/value.h"

/* The system of our own drug ids, as a code system. */
#define OST_DRUG_SYSTEM "https://osteon.example/fhir/CodeSystem/osteon-drug"

enum { OST_DRUG_HIT_MAX = 8, OST_DRUG_TEXT_MAX = 1000 };

typedef struct ost_drugs ost_drugs; /* read-only after loading, shared */

typedef struct ost_drug {
    ost_str id;             /* as in drugs.csv */
    ost_str display;        /* first generic or trade name */
    const ost_str *classes; /* "bone-agent" ... */
    size_t class_count;
} ost_drug;

typedef enum ost_drug_how {
    OST_DRUG_BY_CODE,
    OST_DRUG_BY_NAME,
    OST_DRUG_UNRECOGNISED
} ost_drug_how;

typedef struct ost_drug_hit {
    ost_drug_how how;
    const ost_drug *drugs[OST_DRUG_HIT_MAX]; /* several for a combination; by id */
    size_t count;                            /* 0 when unrecognised */
    ost_str suggestion; /* "did you mean": a name of the table, or empty; borrowed from the table */
} ost_drug_hit;

/* csv lives as long as the arena. OST_E_SYNTAX with the line for a bad row, a name of two drugs, an
 * unknown drug in a rule; OST_E_MEMORY. */
OST_MUST_CHECK ost_status ost_drugs_load(ost_arena *arena, ost_str csv, const ost_drugs **out,
                                         ost_error *error);

/* codes: `count` codings of one medication; text may be empty. Codes win over text; without a known
 * code the text, then the displays of the codes are read. A strength in any text refines a drug
 * whose products differ by strength (60 or 120 mg of one antibody); without a strength, or with
 * two, the drug stays as it is. */
void ost_drug_match(const ost_drugs *drugs, const ost_code *codes, size_t count, ost_str text,
                    ost_drug_hit *out);
/* By id; NULL when unknown. */
const ost_drug *ost_drug_find(const ost_drugs *drugs, ost_str id);

#endif
