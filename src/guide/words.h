/* Every sentence that anybody sees, by key and audience (content/words). */
#ifndef OST_GUIDE_WORDS_H
#define OST_GUIDE_WORDS_H

#include "base/buf.h"
#include "base/map.h"
#include "guide/csv.h"

typedef struct ost_words {
    ost_arena *arena;
    ost_map ids; /* "audience|key" -> text */
    ost_str *texts;
    size_t count, capacity;
} ost_words;

/* {name} in a text is replaced by the value. */
typedef struct ost_word_pair {
    const char *name;
    ost_str value;
} ost_word_pair;

ost_words ost_words_init(ost_arena *arena);
/* Adds a table `key,audience,text`; audience is clinician, patient, family or all. The same key
 * and audience twice is an error. `site` true: later texts replace earlier ones (a site's own
 * words). */
OST_MUST_CHECK ost_status ost_words_add(ost_words *words, ost_str source, ost_str csv, bool site,
                                        ost_error *error);
/* Text for an audience; what is written for `all` serves every audience, and what is written for
 * patients serves the family. Patients never get a clinician's text. ptr NULL when there is
 * none. */
ost_str ost_words_get(const ost_words *words, ost_str key, ost_audience audience);
/* Text of `id` where `of` has its own ("class.escc.2"), else for all ("class.high"). */
ost_str ost_words_get_of(const ost_words *words, ost_arena *arena, const char *prefix, ost_str of,
                         ost_str id, ost_audience audience);
bool ost_words_has(const ost_words *words, ost_str key, ost_audience audience);
/* Writes `text` with its placeholders replaced; unknown placeholders stay as written. */
void ost_words_fill(ost_buf *out, ost_str text, const ost_word_pair *pairs, size_t count);
const char *ost_audience_word(ost_audience audience); /* "clinician" */

#endif
