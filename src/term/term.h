/* Terminology: value sets as lists of codes, code system names, drug names.
 *
 * Built once from FHIR ValueSet and CodeSystem JSON (content/valueset); no is-a filter is
 * expanded. */
#ifndef OST_TERM_TERM_H
#define OST_TERM_TERM_H

#include "fhir/json.h"
#include "value/value.h"

typedef struct ost_term ost_term; /* read-only after ost_term_done */

typedef struct ost_valueset {
    ost_str url, version, name, title;
    const ost_code *codes; /* sorted by system, then code */
    size_t count;
} ost_valueset;

ost_term *ost_term_new(ost_arena *arena);
/* A ValueSet (compose.include.concept or expansion.contains) or CodeSystem resource. Two versions
 * of one url are kept; an unpinned reference to them is an error (OST_E_DATA). */
OST_MUST_CHECK ost_status ost_term_add(ost_term *term, const ost_tree *tree, uint32_t resource,
                                       ost_error *error);
OST_MUST_CHECK ost_status ost_term_done(ost_term *term, ost_error *error);

/* `reference`: url or url|version. NULL and OST_E_NOT_FOUND / OST_E_DATA when there is not exactly
 * one. */
OST_MUST_CHECK ost_status ost_term_valueset(const ost_term *term, ost_str reference,
                                            ost_str version, const ost_valueset **out,
                                            ost_error *error);
/* By system and code; version and display are ignored. A code without a system matches no
 * system. */
bool ost_valueset_has(const ost_valueset *set, ost_str system, ost_str code);
/* Names of value sets that hold a code: how "code not understood" is found. 0 = none. */
size_t ost_term_sets_of(const ost_term *term, ost_str system, ost_str code,
                        const ost_valueset **out, size_t max);

#endif
