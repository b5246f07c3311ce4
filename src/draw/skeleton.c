/* The skeleton map as SVG.
 *
 *      column 0      front        column 1   column 2     back       column 3
 *    label ----------- o            label --- label ------- o ----------- label
 *
 * Each drawn lesion has a label in one of four columns and a thin line from it to its bone. Labels
 * keep the order of their bones from top to bottom and move apart where they would overlap; the
 * picture grows when a column is longer than the figure. A column without labels is narrow.
 *
 * Requirements M-01 to M-05. A bone is filled once, in the state with the highest rank of its
 * lesions; each lesion keeps its own mark, so nothing is hidden by that. */
#include "draw/skeleton.h"

#include "draw/layout.h"
#include "draw/marks.h"
#include "draw/svg.h"

static void write_text(ost_buf *out, int x, int y, int size, const char *more, ost_str text)
{
    ost_buf_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s>", x, y, size, more);
    ost_svg_text(out, text);
    ost_buf_text(out, "</text>\n");
}

static void write_titled(ost_buf *out, const char *tag, const char *prefix, ost_str text)
{
    ost_buf_printf(out, "<%s id=\"%s-%s\">", tag, prefix, tag);
    ost_svg_text(out, text);
    ost_buf_printf(out, "</%s>\n", tag);
}

/* The lesion that colours a bone: highest rank, of these a recent one. NULL = none. */
static const ost_draw_lesion *lesion_of(const ost_draw_map *map, const ost_draw_region *region,
                                        ost_draw_side side)
{
    const ost_draw_lesion *best = NULL;
    for (size_t i = 0; i < map->count; i++) {
        const ost_draw_lesion *one = &map->lesions[i];
        if (!ost_str_is(one->region, region->id) || (region->paired && one->side != side)) {
            continue;
        }
        int better = best ? ost_draw_marks[one->state].rank - ost_draw_marks[best->state].rank : 1;
        if (better > 0 ||
            (better == 0 && ost_draw_is_old(map, best) && !ost_draw_is_old(map, one))) {
            best = one;
        }
    }
    return best;
}

/* Outline and thick lines; thick lines are drawn twice, edge then core. */
static void write_outline(ost_buf *out, const char *area, const char *line, bool pale)
{
    if (area) {
        ost_buf_printf(out, "<path d=\"%s\"/>", area);
    }
    if (line) {
        ost_buf_printf(out,
                       "<path d=\"%s\" fill=\"none\" stroke=\"#%s\" stroke-width=\"5\"/>"
                       "<path d=\"%s\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"3.2\"/>",
                       line, pale ? "b9b2a6" : "6b655c", line);
    }
}

/* A bone with its id, once; `side` is hers, `sign` -1 mirrors it to the viewer's left. */
static void write_bone(ost_buf *out, const ost_draw_map *map, const ost_draw_region *region,
                       ost_draw_side side, int sign)
{
    const ost_draw_lesion *lesion = lesion_of(map, region, side);
    ost_buf_printf(out, "<g id=\"%s-%s%s\" data-region=\"%s\"", map->prefix, region->id,
                   ost_draw_side_end(region, side), region->id);
    ost_buf_text(out, sign < 0 ? " transform=\"scale(-1,1)\"" : "");
    bool cage = region->area && region->line && region->view == OST_DRAW_FRONT;
    if (!lesion) {
        ost_buf_text(out, " fill=\"#ffffff\" stroke=\"#6b655c\" stroke-width=\"1.1\">");
        write_outline(out, cage ? NULL : region->area, region->line, false);
        ost_buf_text(out, "</g>\n");
        return;
    }
    ost_buf_printf(out, " data-state=\"%s\"", ost_draw_marks[lesion->state].id);
    ost_draw_mark_bone(out, map->prefix, lesion->state, ost_draw_is_old(map, lesion));
    ost_buf_text(out, "><title>");
    ost_svg_text(out, lesion->place);
    ost_buf_text(out, "</title>");
    if (region->area && !cage) {
        ost_buf_printf(out, "<path d=\"%s\"/>", region->area);
    }
    if (region->line && region->area && !cage) {
        ost_buf_printf(out, "<path d=\"%s\" fill=\"none\"/>", region->line);
    } else if (region->line) {
        const char *state = ost_draw_marks[lesion->state].id;
        const char *old = ost_draw_is_old(map, lesion) ? "-old" : "";
        ost_buf_printf(out,
                       "<path d=\"%s\" fill=\"none\" stroke-width=\"7\"/><path d=\"%s\" "
                       "fill=\"none\" stroke=\"url(#%s-fill-%s%s)\" stroke-width=\"4.5\"/>",
                       region->line, region->line, map->prefix, state, old);
    }
    ost_buf_text(out, "</g>\n");
}

static void write_mirrored(ost_buf *out, const char *area, const char *line)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        ost_buf_text(out, sign < 0 ? "<g transform=\"scale(-1,1)\">" : "<g>");
        write_outline(out, area, line, true);
        ost_buf_text(out, "</g>");
    }
    ost_buf_char(out, '\n');
}

/* Body, hands, feet, and the bones that are marked in the other view. */
static void write_background(ost_buf *out, ost_draw_view view)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        ost_buf_printf(out, "<path d=\"%s\" fill=\"#f1ece3\" transform=\"scale(%d,1)\"/>",
                       ost_draw_body, sign);
    }
    ost_buf_text(out, "\n<g fill=\"#faf8f4\" stroke=\"#b9b2a6\" stroke-width=\"1\">\n");
    for (size_t i = 0; i < ost_draw_detail_count; i++) {
        const ost_draw_detail *detail = &ost_draw_details[i];
        if (view == OST_DRAW_FRONT ? detail->front : detail->back) {
            write_mirrored(out, detail->area, detail->line);
        }
    }
    for (size_t i = 0; i < ost_draw_region_count; i++) {
        const ost_draw_region *region = &ost_draw_regions[i];
        if (!region->pale || region->view == view) {
            continue;
        }
        if (region->paired) {
            write_mirrored(out, region->area, region->line);
        } else {
            write_outline(out, region->area, region->line, true);
        }
    }
    ost_buf_text(out, "</g>\n");
}

static void write_view(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout,
                       ost_draw_view view)
{
    ost_buf_printf(out, "<g id=\"%s-%s\" transform=\"translate(%d,%d)\" aria-hidden=\"true\">\n",
                   map->prefix, view == OST_DRAW_FRONT ? "front" : "back", layout->centre[view],
                   OST_DRAW_TOP);
    write_background(out, view);
    int right = view == OST_DRAW_FRONT ? -1 : 1; /* on which side of the paper her right is */
    for (size_t i = 0; i < ost_draw_region_count; i++) {
        const ost_draw_region *region = &ost_draw_regions[i];
        if (region->view != view) {
            continue;
        }
        if (region->paired) {
            write_bone(out, map, region, OST_DRAW_RIGHT, right);
            write_bone(out, map, region, OST_DRAW_LEFT, -right);
        } else {
            write_bone(out, map, region, OST_DRAW_NO_SIDE, 1);
        }
    }
    ost_buf_text(out, "</g>\n");
}

/* "Front" above the figure, "her right" and "her left" on the sides where they are. */
static void write_heads(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout)
{
    const ost_draw_words *words = map->words;
    static const char middle[] = " text-anchor=\"middle\" font-weight=\"bold\"";
    static const char side[] = " text-anchor=\"middle\" fill=\"#3a3a3a\"";
    for (int view = OST_DRAW_FRONT; view <= OST_DRAW_BACK; view++) {
        bool front = view == OST_DRAW_FRONT;
        int x = layout->centre[view];
        write_text(out, x, 24, 19, middle, front ? words->front : words->back);
        write_text(out, x - 78, 68, 15, side, front ? words->her_right : words->her_left);
        write_text(out, x + 78, 68, 15, side, front ? words->her_left : words->her_right);
    }
}

/* "1: Left femur, upper part, unstable, 3.2 cm, CT 2026-10-02, 53 days ago". */
static ost_str name_of(ost_buf *out, const ost_draw_map *map, size_t index)
{
    const ost_draw_lesion *lesion = &map->lesions[index];
    ost_buf name = ost_buf_init(out->arena);
    ost_buf_printf(&name, "%zu: ", index + 1);
    ost_buf_add(&name, lesion->place);
    ost_svg_join(&name, ", ", map->words->states[lesion->state]);
    ost_svg_join(&name, ", ", lesion->detail);
    ost_draw_join_imaging(&name, ", ", map, lesion);
    ost_svg_join(&name, ", ", ost_draw_is_old(map, lesion) ? lesion->age : OST_STR(""));
    return ost_svg_take(&name, &out->failed);
}

static void open_item(ost_buf *out, const ost_draw_map *map, size_t index)
{
    ost_buf_printf(out, "<g role=\"listitem\"><a id=\"%s-lesion-%zu\" class=\"ost-lesion\" ",
                   map->prefix, index + 1);
    ost_buf_printf(out, "href=\"#%s-row-%zu\" data-lesion=\"", map->prefix, index + 1);
    ost_svg_text(out, map->lesions[index].id);
    ost_buf_text(out, "\" aria-label=\"");
    ost_svg_text(out, name_of(out, map, index));
    ost_buf_text(out, "\">");
}

/* A thin line from the label to the bone, on a white one that parts it from what it crosses. */
static void write_leader(ost_buf *out, int x, int y, const ost_draw_label *label)
{
    ost_buf_printf(out,
                   "<path d=\"M%d,%d L%d,%d\" fill=\"none\" stroke=\"#ffffff\" "
                   "stroke-width=\"3.4\"/><path d=\"M%d,%d L%d,%d\" fill=\"none\" "
                   "stroke=\"#333333\" stroke-width=\"1.2\"/>",
                   x, y, label->x, label->target_y, x, y, label->x, label->target_y);
}

static void write_label(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout,
                        const ost_draw_label *label)
{
    const ost_draw_lesion *lesion = &map->lesions[label->index];
    bool leftwards = label->column % 2 == 0; /* text stands left of its mark */
    bool old = ost_draw_is_old(map, lesion);
    int x = layout->mark_x[label->column], y = label->y + 14;
    open_item(out, map, label->index);
    ost_buf_printf(
        out,
        "<rect class=\"ost-frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" "
        "fill=\"#ffffff\" stroke=\"none\"/>",
        leftwards ? x - layout->column + 18 : x - 14, label->y - 4, layout->column - 4,
        label->height);
    write_leader(out, leftwards ? x + 13 : x - 13, y, label);
    ost_draw_mark_shape(out, lesion->state, old, label->x, label->target_y, 6);
    ost_draw_mark_shape(out, lesion->state, old, x, y, 10);
    int text_x = leftwards ? x - 18 : x + 18;
    for (size_t i = 0; i < label->line_count; i++) {
        ost_buf_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s%s>", text_x,
                       y + 6 + OST_DRAW_LINE * (int)i, i < label->bold_count ? 17 : 15,
                       i < label->bold_count ? " font-weight=\"bold\"" : "",
                       leftwards ? " text-anchor=\"end\"" : "");
        ost_svg_text(out, label->lines[i]);
        ost_buf_text(out, "</text>");
    }
    ost_buf_text(out, "</a></g>\n");
}

static void open_list(ost_buf *out, ost_str name)
{
    ost_buf_text(out, "<g role=\"list\" aria-label=\"");
    ost_svg_text(out, name);
    ost_buf_text(out, "\">\n");
}

static void write_drawn(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout)
{
    if (layout->count == 0) {
        return;
    }
    open_list(out, map->words->lesions);
    for (size_t i = 0; i < layout->count; i++) {
        write_label(out, map, layout, &layout->labels[i]);
    }
    ost_buf_text(out, "</g>\n");
}

/* Text in lines of the width given, below each other; returns the y after the last line. */
static int write_paragraph(ost_buf *out, int x, int y, int width, ost_str text)
{
    ost_str line;
    for (ost_str rest = text; ost_svg_next_line(&rest, (size_t)(width / 8), &line);) {
        write_text(out, x, y, 15, "", line);
        y += OST_DRAW_LINE;
    }
    return y;
}

static int write_listed(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout, int y)
{
    if (map->count == 0) {
        return write_paragraph(out, 20, y + 10, layout->width - 40, map->words->none) + 8;
    }
    if (layout->count == map->count) {
        return y;
    }
    write_text(out, 20, y + 12, 17, " font-weight=\"bold\"", map->words->listed);
    open_list(out, map->words->listed);
    y += 40;
    for (size_t i = 0; i < map->count; i++) {
        if (ost_draw_is_drawn(&map->lesions[i])) {
            continue;
        }
        open_item(out, map, i);
        ost_buf_printf(out,
                       "<rect class=\"ost-frame\" x=\"18\" y=\"%d\" width=\"%d\" height=\"28\" "
                       "rx=\"4\" fill=\"#ffffff\" stroke=\"none\"/>",
                       y - 18, layout->width - 36);
        ost_draw_mark_shape(out, map->lesions[i].state, ost_draw_is_old(map, &map->lesions[i]), 34,
                            y - 5, 10);
        y = write_paragraph(out, 54, y, layout->width - 80, name_of(out, map, i)) + 10;
        ost_buf_text(out, "</a></g>\n");
    }
    ost_buf_text(out, "</g>\n");
    return y;
}

/* One entry: mark, piece of bone, words. Grey alone has no mark: it goes with each of them. */
static int write_entry(ost_buf *out, const ost_draw_map *map, int x, int y, int width,
                       ost_draw_state state, bool old, ost_str text)
{
    if (!old) {
        ost_draw_mark_shape(out, state, old, x + 12, y, 10);
    }
    ost_buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"34\" height=\"20\" rx=\"4\"", x + 30,
                   y - 10);
    ost_draw_mark_bone(out, map->prefix, state, old);
    ost_buf_text(out, "/>\n");
    return write_paragraph(out, x + 74, y + 5, width - 80, text);
}

static int write_legend(ost_buf *out, const ost_draw_map *map, const ost_draw_layout *layout, int y)
{
    enum { ENTRIES = OST_DRAW_STATE_COUNT + 1, IN_ROW = 3 };
    int width = (layout->width - 40) / IN_ROW, bottom = y;
    ost_buf_printf(out,
                   "<path d=\"M20,%d H%d\" stroke=\"#8a8a8a\" stroke-width=\"1\"/>\n"
                   "<g id=\"%s-legend\">\n",
                   y, layout->width - 20, map->prefix);
    y += 24;
    for (int i = 0; i < ENTRIES; i++) {
        bool old = i == OST_DRAW_STATE_COUNT;
        if (i > 0 && i % IN_ROW == 0) {
            y = bottom + 10;
        }
        int end = write_entry(out, map, 20 + i % IN_ROW * width, y, width,
                              old ? OST_DRAW_STABLE : (ost_draw_state)i, old,
                              old ? map->words->old : map->words->states[i]);
        bottom = end > bottom ? end : bottom;
    }
    bottom = write_paragraph(out, 20, bottom + 10, layout->width - 40, map->words->note);
    ost_buf_text(out, "</g>\n");
    return bottom;
}

void ost_draw_skeleton_svg(ost_buf *out, const ost_draw_map *map)
{
    ost_draw_layout layout;
    if (!ost_draw_layout_make(out->arena, map, &layout)) {
        out->failed = true;
        return;
    }
    ost_buf body = ost_buf_init(out->arena);
    write_view(&body, map, &layout, OST_DRAW_FRONT);
    write_view(&body, map, &layout, OST_DRAW_BACK);
    write_heads(&body, map, &layout);
    write_drawn(&body, map, &layout);
    int y = write_listed(&body, map, &layout, layout.bottom);
    y = write_legend(&body, map, &layout, y + 6);
    ost_buf_printf(out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"%s-svg\" class=\"ost-skeleton\" "
                   "viewBox=\"0 0 %d %d\" role=\"group\" aria-labelledby=\"%s-title\" "
                   "aria-describedby=\"%s-desc\" font-family=\"system-ui, sans-serif\" "
                   "fill=\"#1a1a1a\" width=\"%d\" height=\"%d\">\n",
                   map->prefix, layout.width, y, map->prefix, map->prefix, layout.width * 4 / 5,
                   y * 4 / 5);
    write_titled(out, "title", map->prefix, map->words->title);
    write_titled(out, "desc", map->prefix, map->words->description);
    ost_draw_mark_patterns(out, map->prefix);
    ost_buf_printf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", layout.width, y);
    ost_buf_add(out, ost_svg_take(&body, &out->failed));
    ost_buf_text(out, "</svg>\n");
}
