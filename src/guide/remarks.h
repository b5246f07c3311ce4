/* What is said of several lesions at once: a text that two lesions have in common is one remark
 * that names both. Private to guide.
 *
 *     T5 says "a", "b"               "a"               holds for all: no names
 *     L3 says "a", "c"      ->       "For T5: b"       holds for some: says for which
 *                                    "For L3: c"
 *
 * A remark knows the scopes that it holds for (run.h). The order is that of the plan, then that of
 * the lesions, which are sorted by id: the order of the record's resources does not matter. */
#ifndef OST_GUIDE_REMARKS_H
#define OST_GUIDE_REMARKS_H

#include "guide/lesions.h"

typedef struct ost_remark {
    ost_str text, fact; /* fact: of a safety entry */
    bool block;
    size_t place; /* in the plan */
    size_t *scopes;
    size_t count, capacity;
} ost_remark;

typedef struct ost_remarks {
    ost_remark *items;
    size_t count, capacity;
} ost_remarks;

/* A sentence of the words with {lesions} and the remark's text, which has the name `value` in it;
 * `bare` is the one for a remark without text. */
typedef struct ost_remark_form {
    const char *key, *value, *bare;
} ost_remark_form;

/* Adds a text for the scope that is entered; scopes are entered in ascending order. */
void ost_remarks_add(ost_run *run, ost_remarks *remarks, ost_remark remark);
/* By place in the plan, then by lesion. */
void ost_remarks_sort(ost_remarks *remarks);
/* The remark in a sentence that names its lesions. */
ost_str ost_remark_in(ost_run *run, const ost_remark *remark, ost_remark_form form,
                      ost_audience audience);
/* The text alone when it holds for all `members`, else in the form "For L3: ...". */
ost_str ost_remark_text(ost_run *run, const ost_remark *remark, size_t members,
                        ost_audience audience);
/* Adds the sentences of all remarks to a list. */
void ost_remarks_in(ost_run *run, const ost_remarks *remarks, ost_remark_form form,
                    ost_audience audience, ost_text_builder *out);
void ost_remarks_text(ost_run *run, const ost_remarks *remarks, size_t members,
                      ost_audience audience, ost_text_builder *out);
/* The titles of facts that this audience may see, "a; b". */
ost_str ost_run_fact_names(ost_run *run, ost_text_list ids, ost_audience audience);
/* Whom the plain texts of this run are for: her, or her family. */
ost_audience ost_run_plain_audience(const ost_run *run);

#endif
