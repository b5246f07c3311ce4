/* The compiled knowledge: everything of content/ that an assessment needs, read once and
 * checked. Private to guide and view; the outside sees ost_content. */
#ifndef OST_GUIDE_CONTENT_H
#define OST_GUIDE_CONTENT_H

#include "guide/files.h"
#include "guide/plan.h"
#include "guide/scores.h"
#include "term/drug.h"

typedef enum ost_fact_type {
    OST_FACT_BOOLEAN,
    OST_FACT_QUANTITY,
    OST_FACT_INTEGER,
    OST_FACT_DECIMAL,
    OST_FACT_CODE,
    OST_FACT_DATE,
    OST_FACT_STRING,
    OST_FACT_LIST
} ost_fact_type;

/* One line of content/facts/facts.csv. */
typedef struct ost_fact_def {
    ost_str id, define_name, unit, absence;
    ost_fact_type type;
    ost_text_list domain; /* the values of a code */
    bool has_range;       /* of a number, in `unit` */
    ost_decimal low, high;
    bool closed, changeable, derived, not_for_dosing, per_lesion, clinician_only, names_lesion;
    ost_str map; /* what it is on the skeleton map: region, level, side, state, modality, date */
    int max_age_days; /* 0 = no limit */
    bool has_plausible_low, has_plausible_high;
    ost_decimal plausible_low, plausible_high;
    ost_text_list labels;
    uint32_t define,
        reading;   /* reading: companion definition, OST_DEFINE_NONE when there is none */
    uint32_t line; /* of facts.csv */
} ost_fact_def;

/* What a site decides: content/site/policy.csv, then the same file of --site. */
typedef struct ost_site {
    ost_str name, phone, jurisdiction;
    int max_age_days;   /* for facts whose max_age_days is "site" */
    int image_old_days; /* older images are greyed on the skeleton map */
    int offset_min;
    ost_str long_bone_lead; /* of two scores that disagree the one shown first, or "both" */
} ost_site;

struct ost_content {
    ost_arena *arena;
    ost_files files;
    char version[80];
    const ost_model *model;
    ost_ucum *ucum;
    ost_term *term;
    const ost_drugs *drugs; /* NULL when the content has no list of drugs */
    ost_words words;
    ost_str clinical_dates, case_words;
    const ost_fact_def *facts;
    size_t fact_count;
    ost_map fact_ids;      /* id -> index */
    uint32_t *fact_of;     /* define id -> index of the fact, UINT32_MAX */
    const ost_plan *plans; /* sorted by file */
    size_t plan_count;
    ost_program *program;
    const ost_score_def *scores; /* in the order of scores.csv */
    size_t score_count;
    /* docs/design/lesions.md; OST_DEFINE_NONE when the content knows no lesions. */
    uint32_t lesions, current_lesion;
    uint32_t read_whole;    /* the definition that says that nothing of the input was unreadable */
    uint32_t current_drugs; /* the definition that lists them (drugs.c) */
    ost_csv places; /* words of places -> regions of the skeleton map; no rows = nothing is drawn */
    ost_site site;
};

/* Reads facts.csv; definitions are looked up in the program. Problems become diagnostics. */
OST_MUST_CHECK ost_status ost_facts_read(ost_content *content, ost_str csv,
                                         ost_diagnostics *diagnostics);
/* Reads a policy over `site`; unknown keys and values that are no numbers are errors. */
OST_MUST_CHECK ost_status ost_site_read(ost_arena *arena, ost_str source, ost_str csv,
                                        ost_site *site, ost_error *error);
/* Place of a score among the two that `long-bone-lead` orders: 0 = it leads, 1 = it comes second,
 * -1 = it is neither, or the site lets both stand as they are. Only the order of what is shown. */
int ost_site_lead_rank(const ost_site *site, ost_str score);
const ost_fact_def *ost_content_fact(const ost_content *content, ost_str id);
/* Index of the fact that a definition is, UINT32_MAX when it is none. */
uint32_t ost_content_fact_of(const ost_content *content, uint32_t define);
/* Plan and option by option id; false when there is none (flags are not options). */
bool ost_content_option(const ost_content *content, ost_str id, const ost_plan **plan,
                        const ost_plan_option **option);
/* The ids nearest to a misspelt one, "did you mean a, b"; empty when nothing is near. */
ost_str ost_nearest_option(const ost_content *content, ost_arena *arena, ost_str id);
/* Number of single-letter changes between two words, at most `most` + 1. */
size_t ost_edit_distance(ost_str a, ost_str b, size_t most);

#endif
