/* What the files that read a case file share: the table of words, a line taken apart, and its
 * writing. */
#ifndef OST_FHIR_CASE_DETAIL_H
#define OST_FHIR_CASE_DETAIL_H

#include "base/buf.h"
#include "fhir/case.h"

typedef enum ost_case_form {
    OST_CASE_NUMBER,
    OST_CASE_INTEGER,
    OST_CASE_WORD,
    OST_CASE_YES_NO,
    OST_CASE_DATE,
    OST_CASE_TEXT,
    OST_CASE_CONDITION,
    OST_CASE_PROCEDURE,
    OST_CASE_STATEMENT,
    OST_CASE_NOT_TAKEN,
    OST_CASE_ORDER,
    OST_CASE_GIVEN,
    OST_CASE_ALLERGY,
    OST_CASE_PART
} ost_case_form;

typedef struct ost_case_code {
    ost_str system, code, title; /* code.len 0 = none */
} ost_case_code;

typedef struct ost_case_word {
    ost_str word;
    ost_case_code code, site, part; /* site: of the body; part: of that site, in our own words */
} ost_case_word;

typedef struct ost_case_key {
    ost_str name;
    ost_case_form form;
    ost_case_code code;
    ost_str unit; /* without the '=' */
    bool unit_is_default;
    size_t first_word, word_count;
} ost_case_key;

typedef struct ost_case_table {
    ost_case_key *keys;
    size_t key_count, key_capacity;
    ost_case_word *words;
    size_t word_count, word_capacity;
    struct ost_case_system {
        ost_str name, url;
    } * systems;
    size_t system_count, system_capacity;
} ost_case_table;

/* One line: "key: value since DATE until DATE on DATE of LESION as NAME, "note"". */
typedef struct ost_case_line {
    uint32_t number, value_column;
    ost_str key, value, unit; /* unit: of a number */
    ost_str since, until, on, of, as, note;
    ost_str verification, clinical;       /* of a condition: "refuted", "resolved"; empty = usual */
    bool yes;                             /* of yes-no and of conditions without words */
    ost_case_code code, site, part, side; /* what a word stands for */
} ost_case_line;

typedef struct ost_case_reader {
    ost_arena *arena;
    ost_case_table table;
    ost_str id, name, born, sex, died, date; /* of the patient; date: when a line has none */
    ost_str *lesions;                        /* names given with "as" */
    size_t lesion_count, lesion_capacity;
    ost_buf out; /* the entries of the bundle */
    uint32_t out_line;
    ost_error *error;
} ost_case_reader;

/* case_words.c */
OST_MUST_CHECK ost_status ost_case_load_words(ost_arena *arena, ost_str csv, ost_case_table *table,
                                              ost_error *error);
/* The key of this name whose form reads numbers or does not; any form when only one is there. */
const ost_case_key *ost_case_find_key(const ost_case_table *table, ost_str name, bool number);
const ost_case_word *ost_case_find_word(const ost_case_table *table, const ost_case_key *key,
                                        ost_str word);
const ost_str *ost_case_find_system(const ost_case_table *table, ost_str name);
/* The nearest name within two changes, or empty: for "did you mean". */
ost_str ost_case_nearest_key(const ost_case_table *table, ost_str name);
ost_str ost_case_nearest_word(const ost_case_table *table, const ost_case_key *key, ost_str word);

/* case_write.c: appends the line's resource to out. */
void ost_case_write_line(ost_case_reader *reader, const ost_case_key *key,
                         const ost_case_line *line);
void ost_case_write_patient(ost_case_reader *reader);
/* Moves the output to a line. */
void ost_case_go_to_line(ost_case_reader *reader, uint32_t number);

#endif
