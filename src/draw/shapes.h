/* The figure: our own line drawing as a table of outlines.
 *
 * Units: x = 0 is her midline, y = 0 just above her head; her feet are at
 * OST_DRAW_FIGURE_HEIGHT.
 * A paired bone is given once, for x > 0, and mirrored. In the front view x > 0 is her left, in the
 * back view her right. */
#ifndef OST_DRAW_SHAPES_H
#define OST_DRAW_SHAPES_H

#include "base/str.h"

enum { OST_DRAW_FIGURE_HEIGHT = 676, OST_DRAW_FIGURE_HALF = 122 };

typedef enum ost_draw_view { OST_DRAW_FRONT, OST_DRAW_BACK, OST_DRAW_NOWHERE } ost_draw_view;

/* A bone, or a part of one, that can have a lesion. */
typedef struct ost_draw_region {
    const char *id;
    ost_draw_view view; /* where it is drawn with its id; NOWHERE = only listed */
    bool paired;
    bool pale;          /* also outlined, without id, in the other view */
    int x, y;           /* where the line from its label ends; x > 0 = towards the label */
    int step_x, step_y; /* from one lesion of it to the next */
    const char *area;   /* closed outline, NULL = none */
    const char *line;   /* thick lines (ribs), NULL = none */
} ost_draw_region;

/* What only completes the figure: body, forearms, hands, feet. Drawn on both sides. */
typedef struct ost_draw_detail {
    bool front, back;
    const char *area, *line;
} ost_draw_detail;

extern const ost_draw_region ost_draw_regions[];
extern const size_t ost_draw_region_count;
extern const ost_draw_detail ost_draw_details[];
extern const size_t ost_draw_detail_count;
/* Half of the body's outline, drawn first and mirrored. */
extern const char ost_draw_body[];

/* NULL when no region has this id. */
const ost_draw_region *ost_draw_region_find(ost_str id);

#endif
