/* Views of an Assessment: text, JSON, HTML, FHIR. They only show; every value comes ready from
 * src/guide. */
#ifndef OST_VIEW_VIEW_H
#define OST_VIEW_VIEW_H

#include "base/buf.h"
#include "guide/content.h"

typedef enum ost_phrase {
#define PHRASE(name, key) OST_SAY_##name,
#include "view/phrases.h"
#undef PHRASE
    OST_SAY_COUNT
} ost_phrase;

/* What a view may show to its audience. Everything that depends on the audience is decided in
 * audience.c. */
typedef struct ost_view {
    const ost_assessment *a;
    ost_arena *arena;
    ost_buf *out;
} ost_view;

/* Phrase key as in the words file. */
const char *ost_view_key(ost_phrase phrase);
ost_str ost_view_phrase(const ost_view *v, ost_phrase phrase);
/* The phrase with {value} replaced, in the view's arena. */
ost_str ost_view_fill(const ost_view *v, ost_phrase phrase, ost_str value);
ost_str ost_view_fill_pairs(const ost_view *v, ost_phrase phrase, const ost_word_pair *pairs,
                            size_t count);
/* Text under `prefix` + id, else the id itself. */
ost_str ost_view_word(const ost_view *v, const char *prefix, ost_str id);
ost_str ost_view_count(const ost_view *v, size_t count);

bool ost_view_for_clinician(const ost_view *v);
bool ost_view_shows_fact(const ost_view *v, const ost_fact *fact);
bool ost_view_shows_fact_id(const ost_view *v, ost_str id);
bool ost_view_shows_option(const ost_view *v, const ost_option *option);
bool ost_view_shows_score(const ost_view *v, const ost_score *score);
bool ost_view_shows_message(const ost_view *v, size_t index);
/* Name of a lesion by its id, in the audience's words. */
ost_str ost_view_lesion_name(const ost_view *v, ost_str lesion);
/* With the lesion before it where the fact is of one lesion. */
ost_str ost_view_fact_title(const ost_view *v, const ost_fact *fact);
ost_str ost_view_fact_id_title(const ost_view *v, ost_str id);
ost_str ost_view_fact_text(const ost_view *v, const ost_fact *fact);
ost_str ost_view_option_title(const ost_view *v, const ost_option *option);
ost_text_list ost_view_reasons(const ost_view *v, const ost_option *option);
ost_text_list ost_view_first(const ost_view *v, const ost_option *option);
ost_safety_list ost_view_safety(const ost_view *v, const ost_option *option);
ost_str ost_view_dose_text(const ost_view *v, const ost_option *option);
ost_str ost_view_flag_title(const ost_view *v, const ost_flag *flag);
/* "at once", "within 1 hour", "within 24 hours". */
ost_str ost_view_within(const ost_view *v, const ost_flag *flag);
ost_text_list ost_view_actions(const ost_view *v, const ost_flag *flag);
/* Fact ids without those that the audience must not see. */
ost_text_list ost_view_fact_ids(const ost_view *v, ost_text_list ids);
/* Titles of those facts, "Creatinine; Teeth". */
ost_str ost_view_fact_names(const ost_view *v, ost_text_list ids);

ost_phrase ost_view_status(ost_status_word status);
ost_phrase ost_view_state(ost_fact_state state);
/* Address of a source; empty where the address itself is not for the audience. */
ost_str ost_view_source_url(const ost_view *v, const ost_source *source);
/* "ASCO 2017, section, grade". */
ost_str ost_view_source(const ost_view *v, const ost_source *source);
/* Options with this status that the audience may see, most urgent first, else in the order of the
 * plans. */
size_t ost_view_options(const ost_view *v, ost_status_word status, const ost_option ***out);
size_t ost_view_count_status(const ost_view *v, ost_status_word status);
/* "2026-11-24" of the assessment. */
ost_str ost_view_day(const ost_view *v);

/* Words of the JSON contract (design.md section 4). */
const char *ost_status_text(ost_status_word status); /* "does not apply" */
const char *ost_state_text(ost_fact_state state);    /* "known" */

void ost_view_write_text(const ost_view *v);
/* "total 9, potentially unstable" or the range. */
ost_str ost_view_score_result(const ost_view *v, const ost_score *score);
/* Scores, for clinicians only. */
void ost_view_write_scores(const ost_view *v);
void ost_view_write_versions(const ost_view *v); /* last section of a text */
void ost_view_write_json(const ost_view *v);
/* Danger signs: fixed, never computed, so that no rule can miss one (for her and her family). */
ost_text_list ost_view_danger_signs(const ost_view *v);
/* Whom to call, from the site's policy. */
ost_str ost_view_call(const ost_view *v);
void ost_view_write_html(const ost_view *v);
void ost_view_write_fhir(const ost_view *v);

#endif
