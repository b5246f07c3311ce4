/* The small case file (docs/record.md) -> a FHIR bundle as text, so that there is one way in.
 *
 * The resource of line n stands on line n of the bundle: messages about it carry the case file's
 * line. */
#ifndef OST_FHIR_CASE_H
#define OST_FHIR_CASE_H

#include "base/err.h"

/* words: text of content/model/case-words.csv. OST_E_SYNTAX with line, column and a hint for what
 * is not understood; nothing is guessed and no line is passed over. json: in the arena. */
OST_MUST_CHECK ost_status ost_case_to_fhir(ost_arena *arena, ost_str words, ost_str text,
                                           ost_str *json, ost_error *error);
/* The value of the line "id:", borrowed; empty when there is none. Needs no words. */
ost_str ost_case_id(ost_str text);

#endif
