/* Why an option applies, does not, or can't be told, and what would change it. */
#ifndef OST_GUIDE_WHY_H
#define OST_GUIDE_WHY_H

#include "guide/run.h"

enum { OST_WHY_CHANGES = 3 };

/* One condition of the option and what it gives; of single lesions one for each value. */
typedef struct ost_why_rule {
    const char *role;                  /* "entry", "indication", "block", "first" */
    ost_str library, name, file, text; /* text: the CQL source */
    uint32_t line;
    ost_tri value;
    ost_text_list lesions; /* ids of the lesions with this value; none when it holds for all */
    ost_str lesion_names;  /* for clinicians */
} ost_why_rule;

/* A change of one fact that changes the status. */
typedef struct ost_why_change {
    const ost_fact
        *fact; /* as it is now; of one lesion: its own, and the change is of this lesion alone */
    ost_value to;
    ost_str to_text, plain_to_text;
    ost_status_word status; /* with the change */
    bool was_unknown;
} ost_why_change;

typedef struct ost_why_answer {
    ost_assessment *assessment; /* facts, versions, audience */
    ost_option option;
    const ost_plan_option *plan;
    const ost_fact **facts; /* what the option rests on, of each lesion too */
    size_t fact_count;
    const ost_why_rule *rules;
    size_t rule_count;
    ost_why_change changes[OST_WHY_CHANGES];
    size_t change_count;
} ost_why_answer;

/* Fills an answer; everything is owned by `arena`. OST_E_NOT_FOUND with the nearest ids as hint. */
OST_MUST_CHECK ost_status ost_why_find(const ost_content *content, const ost_patients *patients,
                                       size_t index, const ost_assess_options *options,
                                       const char *option, ost_arena *arena, ost_why_answer *out,
                                       ost_error *error);

#endif
