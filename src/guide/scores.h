/* Scores as content/score/scores.csv lists them (docs/design/lesions.md). Private to guide. */
#ifndef OST_GUIDE_SCORES_H
#define OST_GUIDE_SCORES_H

#include "cql/engine.h"
#include "guide/assessment.h"
#include "guide/csv.h"

enum { OST_SCORE_CHOICES_MAX = 16, OST_SCORE_ITEMS_MAX = 16 };

/* An item of a sum has points; of a score without a sum it has a grade, or any value when the items
 * only stand side by side. */
typedef struct ost_score_item_def {
    ost_str id;
    uint32_t define;   /* gives the points or the grade */
    uint32_t narrowed; /* define "<define> possible": what is left of `possible`, or NONE */
    uint32_t value;    /* define "<define> value": what the points stand for, or NONE */
    ost_value possible[OST_SCORE_CHOICES_MAX]; /* points rising; grades in the score's order */
    size_t possible_count;                     /* 0: side by side */
} ost_score_item_def;

typedef struct ost_score_def {
    ost_str id, limits, rows;
    bool per_lesion, clinician_only;
    bool sum; /* false: no total, and perhaps no class */
    uint32_t when, total, class_define;
    uint32_t group; /* without a sum: what the grade says; its changes are the sensitivity */
    ost_source source;
    ost_score_item_def items[OST_SCORE_ITEMS_MAX];
    size_t item_count;
} ost_score_def;

/* Reads the table; every problem is a diagnostic. No table: no scores. */
OST_MUST_CHECK ost_status ost_scores_read(ost_arena *arena, const ost_program *program, ost_str csv,
                                          const ost_score_def **out, size_t *count,
                                          ost_diagnostics *diagnostics);

#endif
