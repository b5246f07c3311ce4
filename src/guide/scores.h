/* Scores as content/score/scores.csv lists them (docs/design/lesions.md). Private to guide. */
#ifndef OST_GUIDE_SCORES_H
#define OST_GUIDE_SCORES_H

#include "cql/engine.h"
#include "guide/assessment.h"
#include "guide/csv.h"

enum { OST_SCORE_POINTS_MAX = 16, OST_SCORE_ITEMS_MAX = 16 };

typedef struct ost_score_item_def {
    ost_str id;
    uint32_t points;   /* define that gives the item's points */
    uint32_t narrowed; /* define "<points define> possible": points that are left, or NONE */
    uint32_t value;    /* define "<points define> value", OST_DEFINE_NONE when there is none */
    int32_t possible[OST_SCORE_POINTS_MAX]; /* rising */
    size_t possible_count;
} ost_score_item_def;

typedef struct ost_score_def {
    ost_str id, limits, rows;
    bool per_lesion, clinician_only;
    uint32_t when, total, class_define;
    ost_source source;
    ost_score_item_def items[OST_SCORE_ITEMS_MAX];
    size_t item_count;
} ost_score_def;

/* Reads the table; every problem is a diagnostic. No table: no scores. */
OST_MUST_CHECK ost_status ost_scores_read(ost_arena *arena, const ost_program *program, ost_str csv,
                                          const ost_score_def **out, size_t *count,
                                          ost_diagnostics *diagnostics);

#endif
