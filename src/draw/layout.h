/* Where the figures and the labels of a skeleton map stand. Pure arithmetic on integers. */
#ifndef OST_DRAW_LAYOUT_H
#define OST_DRAW_LAYOUT_H

#include "draw/shapes.h"
#include "draw/skeleton.h"

enum {
    OST_DRAW_TOP = 44,     /* y of the figure's origin */
    OST_DRAW_COLUMN = 188, /* width of a column with labels */
    OST_DRAW_COMPACT = 64, /* the same when labels are numbers only */
    OST_DRAW_LINE = 19,    /* from one line of text to the next */
    OST_DRAW_COLUMNS = 4,
    OST_DRAW_LABEL_LINES = 10
};

typedef struct ost_draw_label {
    size_t index;    /* of the lesion */
    int column;      /* 0 and 2 left of a figure, 1 and 3 right of it */
    int y, height;   /* of the label's box */
    int x, target_y; /* where the line ends on the bone */
    ost_str lines[OST_DRAW_LABEL_LINES];
    bool failed;                   /* memory was short for a line */
    size_t line_count, bold_count; /* the first bold_count lines name the place */
} ost_draw_label;

typedef struct ost_draw_layout {
    int column;                   /* width of a column with labels */
    int width, bottom;            /* bottom of figures and labels */
    int centre[2];                /* x of her midline, by view */
    int mark_x[OST_DRAW_COLUMNS]; /* x of the marks of a column */
    ost_draw_label *labels; /* of the lesions that are drawn, by column and from top to bottom */
    size_t count;
} ost_draw_layout;

/* False when memory is short. */
bool ost_draw_layout_make(ost_arena *arena, const ost_draw_map *map, ost_draw_layout *layout);
/* "-left", "-right", or nothing for a bone that is not paired. */
const char *ost_draw_side_end(const ost_draw_region *region, ost_draw_side side);
/* Adds "CT 2026-10-02"; the word for "no date" when there is none. */
void ost_draw_join_imaging(ost_buf *out, const char *separator, const ost_draw_map *map,
                           const ost_draw_lesion *lesion);

#endif
