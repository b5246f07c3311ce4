/* How a state looks: colour, pattern, mark. Colours are lighter and darker tones of the Okabe-Ito
 * hues, chosen so that grey paper keeps them apart too. */
#ifndef OST_DRAW_MARKS_H
#define OST_DRAW_MARKS_H

#include "draw/skeleton.h"

typedef struct ost_draw_mark {
    const char *id;
    uint32_t fill, ink;  /* 0xRRGGBB: ground, and what is drawn on it */
    const char *pattern; /* lines of a tile of 6 by 6, NULL = plain */
    const char *pattern_width;
    const char *shape; /* closed outline around 0,0, radius about 10 */
    const char *sign;  /* lines inside the shape, NULL = none */
    bool dashed;       /* outline of shape and bone */
    int rank;          /* of two lesions of one bone the higher one colours it */
} ost_draw_mark;

extern const ost_draw_mark ost_draw_marks[OST_DRAW_STATE_COUNT];

/* <defs> with two patterns for each state, recent and old: ids PREFIX-fill-high, -fill-high-old. */
void ost_draw_mark_patterns(ost_buf *out, const char *prefix);
/* " fill=... stroke=..." of a bone in this state. */
void ost_draw_mark_bone(ost_buf *out, const char *prefix, ost_draw_state state, bool old);
/* The mark itself at x, y; size 10 is full size. */
void ost_draw_mark_shape(ost_buf *out, ost_draw_state state, bool old, int x, int y, int size);

#endif
