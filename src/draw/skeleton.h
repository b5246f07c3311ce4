/* Skeleton map: her skeleton from the front and from the back, with the places of her lesions, as
 * one SVG without dependencies, and the same lesions as an HTML table.
 *
 * It knows no medicine: states, words, dates and ages come from the caller, who takes them from the
 * Assessment and from content/words. A state is shown by the shape of its mark, by a pattern, by
 * its word and by colour, so that grey paper tells as much as a screen. What has no place in the
 * table of regions is listed under the figure and never drawn.
 *
 * The same input gives the same bytes. Memory comes from out->arena; when it is short, out->failed
 * is set. */
#ifndef OST_DRAW_SKELETON_H
#define OST_DRAW_SKELETON_H

#include "base/buf.h"

typedef enum ost_draw_side { OST_DRAW_NO_SIDE, OST_DRAW_RIGHT, OST_DRAW_LEFT } ost_draw_side;

/* What is known of a lesion. The words for them are the caller's. */
typedef enum ost_draw_state {
    OST_DRAW_STABLE,
    OST_DRAW_POSSIBLE, /* possible risk */
    OST_DRAW_HIGH,     /* unstable, high risk */
    OST_DRAW_TREATED,
    OST_DRAW_UNKNOWN
} ost_draw_state;
enum { OST_DRAW_STATE_COUNT = 5 };

typedef struct ost_draw_lesion {
    ost_str id;         /* of the record, "Condition/l1"; written as data-lesion; may be empty */
    ost_str region;     /* "T7", "femur-proximal": shapes.h; any other text is listed, not drawn */
    ost_draw_side side; /* hers; a paired bone without side is listed, not drawn */
    ost_draw_state state;
    ost_str place;    /* "Left femur, upper part" */
    ost_str detail;   /* "3.2 cm, lytic, Mirels 9, treated 2 Oct"; may be empty */
    ost_str modality; /* of the last image, "CT"; may be empty */
    ost_str date;     /* of the last image as shown; empty = no date */
    int age_days;     /* of the last image; below 0 = not known */
    ost_str age;      /* the same in words, "132 days ago"; shown when the image is old */
} ost_draw_lesion;

/* Every text that is shown. None of them is HTML. */
typedef struct ost_draw_words {
    ost_str title, description; /* accessible name and description of the picture */
    ost_str front, back, her_right, her_left;
    ost_str states[OST_DRAW_STATE_COUNT];
    ost_str old;     /* legend: the image is older than the limit, or has no date */
    ost_str no_date; /* in place of a date */
    ost_str note;    /* legend: a mark shows the bone, not the place in the bone */
    ost_str lesions; /* accessible name of the list of lesions */
    ost_str listed;  /* heading of those whose place is not known well enough to draw */
    ost_str none;    /* there is no lesion at all */
    ost_str caption; /* of the table */
    ost_str number, place, state, imaging, detail; /* its columns */
    ost_str not_drawn;                             /* in the row of a lesion that is only listed */
} ost_draw_words;

typedef struct ost_draw_map {
    const char *prefix; /* starts every id; letters, digits, '-'; differs between maps of a page */
    const ost_draw_words *words;
    const ost_draw_lesion *lesions; /* numbered from 1 in this order */
    size_t count;
    bool compact; /* labels are numbers only; the table beside the picture then carries the words */
    int old_days; /* an image older than this is greyed; so is one of unknown age */
} ost_draw_map;

/* The picture with legend and list; a whole <svg> element, well formed as XML. */
void ost_draw_skeleton_svg(ost_buf *out, const ost_draw_map *map);
/* The same lesions as <table>; each row is the target of its mark and points back at it. */
void ost_draw_skeleton_table(ost_buf *out, const ost_draw_map *map);
/* Both in a <figure>. */
void ost_draw_skeleton(ost_buf *out, const ost_draw_map *map);
/* CSS rules (no <style> element), once a page. Without them all is readable, in one column. */
void ost_draw_skeleton_style(ost_buf *out);
/* CSS rules that light up mark and row together when either is selected or has the focus. */
void ost_draw_skeleton_pairs(ost_buf *out, const ost_draw_map *map);

/* True when the lesion has a place in the figure. */
bool ost_draw_is_drawn(const ost_draw_lesion *lesion);
/* True when its image is older than the map allows, or of unknown age. */
bool ost_draw_is_old(const ost_draw_map *map, const ost_draw_lesion *lesion);

#endif
