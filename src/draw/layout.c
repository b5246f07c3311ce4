/* Layout of the skeleton map.
 *
 * Bones of her right and left side have their labels on that side of the figure. Bones of the
 * midline take the two sides in turn, from top to bottom, so that neighbouring vertebrae have room.
 * In a column labels are first pushed down until none overlaps, then back up from the bottom. */
#include "draw/layout.h"

#include "draw/svg.h"

#include <stdlib.h>

enum { GAP = 8, NARROW = 40, LEAST_HEIGHT = 32, BOLD_CHARS = 13, CHARS = 17, PLACE_LINES = 4 };

bool ost_draw_is_drawn(const ost_draw_lesion *lesion)
{
    const ost_draw_region *region = ost_draw_region_find(lesion->region);
    return region && region->view != OST_DRAW_NOWHERE &&
           (!region->paired || lesion->side != OST_DRAW_NO_SIDE);
}

bool ost_draw_is_old(const ost_draw_map *map, const ost_draw_lesion *lesion)
{
    return lesion->age_days < 0 || lesion->age_days > map->old_days;
}

const char *ost_draw_side_end(const ost_draw_region *region, ost_draw_side side)
{
    static const char *const ends[] = {
        [OST_DRAW_NO_SIDE] = "", [OST_DRAW_RIGHT] = "-right", [OST_DRAW_LEFT] = "-left"};
    return region->paired ? ends[side] : "";
}

void ost_draw_join_imaging(ost_buf *out, const char *separator, const ost_draw_map *map,
                           const ost_draw_lesion *lesion)
{
    ost_svg_join(out, separator, lesion->modality);
    ost_svg_join(out, lesion->modality.len > 0 ? " " : separator,
                 lesion->date.len > 0 ? lesion->date : map->words->no_date);
}

/* At most `limit` lines; what does not fit is left to the table, and the last line says so. */
static void add_lines(ost_arena *arena, ost_draw_label *label, ost_str text, size_t columns,
                      size_t limit)
{
    ost_str line = {NULL, 0}, rest = text;
    for (; limit > 0 && ost_svg_next_line(&rest, columns, &line); limit--) {
        label->lines[label->line_count++] = line;
    }
    if (limit == 0 && ost_str_trim(rest).len > 0) {
        ost_buf cut = ost_buf_init(arena);
        ost_buf_add(&cut, line);
        ost_buf_text(&cut, "\xE2\x80\xA6");
        label->lines[label->line_count - 1] = ost_svg_take(&cut, &label->failed);
    }
}

/* Place, state, image, age: PLACE_LINES and three times two lines, OST_DRAW_LABEL_LINES in all. */
static void fill_label(ost_arena *arena, const ost_draw_map *map, ost_draw_label *label)
{
    const ost_draw_lesion *lesion = &map->lesions[label->index];
    ost_buf head = ost_buf_init(arena);
    ost_buf_printf(&head, "%zu ", label->index + 1);
    if (map->compact) {
        add_lines(arena, label, ost_svg_take(&head, &label->failed), BOLD_CHARS, 1);
        label->bold_count = 1;
        label->height = LEAST_HEIGHT;
        return;
    }
    ost_buf_add(&head, lesion->place);
    add_lines(arena, label, ost_svg_take(&head, &label->failed), BOLD_CHARS, PLACE_LINES);
    label->bold_count = label->line_count;
    add_lines(arena, label, map->words->states[lesion->state], CHARS, 2);
    ost_buf image = ost_buf_init(arena);
    ost_draw_join_imaging(&image, "", map, lesion);
    add_lines(arena, label, ost_svg_take(&image, &label->failed), CHARS, 2);
    if (ost_draw_is_old(map, lesion)) {
        add_lines(arena, label, lesion->age, CHARS, 2);
    }
    label->height = (int)label->line_count * OST_DRAW_LINE + 8;
    label->height = label->height < LEAST_HEIGHT ? LEAST_HEIGHT : label->height;
}

/* The k-th lesion of a bone stands beside the others: 0, 1, -1, 2, -2, then again. */
static int offset_of(const ost_draw_map *map, size_t index)
{
    const ost_draw_lesion *lesion = &map->lesions[index];
    int before = 0;
    for (size_t i = 0; i < index && before < 5; i++) {
        before += ost_str_equal(map->lesions[i].region, lesion->region) &&
                  map->lesions[i].side == lesion->side;
    }
    static const int offsets[] = {0, 1, -1, 2, -2, 0};
    return offsets[before];
}

static ost_draw_label make_label(ost_arena *arena, const ost_draw_map *map, size_t index)
{
    const ost_draw_lesion *lesion = &map->lesions[index];
    const ost_draw_region *region = ost_draw_region_find(lesion->region);
    ost_draw_label label = {.index = index};
    int offset = offset_of(map, index);
    bool front = region->view == OST_DRAW_FRONT;
    bool leftwards = region->paired && front == (lesion->side == OST_DRAW_RIGHT);
    label.x = (region->x + offset * region->step_x) * (leftwards ? -1 : 1);
    label.target_y = OST_DRAW_TOP + region->y + offset * region->step_y;
    label.column = (front ? 0 : 2) + (region->paired && !leftwards ? 1 : 0);
    if (!region->paired) {
        label.column += OST_DRAW_COLUMNS; /* takes its side later */
    }
    fill_label(arena, map, &label);
    return label;
}

static int by_height(const void *left, const void *right)
{
    const ost_draw_label *a = left, *b = right;
    if (a->target_y != b->target_y) {
        return a->target_y < b->target_y ? -1 : 1;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

static int by_column(const void *left, const void *right)
{
    const ost_draw_label *a = left, *b = right;
    return a->column != b->column ? a->column - b->column : by_height(left, right);
}

/* The side with the shorter column so far; the right one first. */
static void choose_sides(ost_draw_layout *layout)
{
    int filled[OST_DRAW_COLUMNS] = {0};
    for (size_t i = 0; i < layout->count; i++) {
        ost_draw_label *label = &layout->labels[i];
        if (label->column >= OST_DRAW_COLUMNS) {
            label->column -= OST_DRAW_COLUMNS;
            bool right = filled[label->column] >= filled[label->column + 1];
            label->column += right ? 1 : 0;
            label->x = right ? label->x : -label->x;
        }
        filled[label->column] = label->y = filled[label->column] + label->height + GAP;
    }
}

static void spread_column(ost_draw_label *labels, size_t count, int top, int bottom)
{
    int free_from = top;
    for (size_t i = 0; i < count; i++) {
        int wanted = labels[i].target_y - labels[i].height / 2;
        labels[i].y = wanted > free_from ? wanted : free_from;
        free_from = labels[i].y + labels[i].height + GAP;
    }
    for (size_t i = count; i-- > 0;) {
        int last = bottom - labels[i].height;
        labels[i].y = labels[i].y < last ? labels[i].y : last;
        bottom = labels[i].y - GAP;
    }
}

static void set_columns(ost_draw_layout *layout)
{
    int total[OST_DRAW_COLUMNS] = {0}, x = 0;
    for (size_t i = 0; i < layout->count; i++) {
        total[layout->labels[i].column] += layout->labels[i].height + GAP;
    }
    layout->bottom = OST_DRAW_TOP + OST_DRAW_FIGURE_HEIGHT + 10;
    enum { FIRST = OST_DRAW_TOP + 36 }; /* below "her right", "her left" */
    for (int c = 0; c < OST_DRAW_COLUMNS; c++) {
        layout->bottom = FIRST + total[c] > layout->bottom ? FIRST + total[c] : layout->bottom;
        int width = total[c] > 0 ? layout->column : NARROW;
        layout->mark_x[c] = c % 2 == 0 ? x + width - 14 : x + 14;
        x += width;
        if (c % 2 == 0) {
            layout->centre[c / 2] = x + OST_DRAW_FIGURE_HALF;
            x += 2 * OST_DRAW_FIGURE_HALF;
        }
    }
    layout->width = x;
    for (size_t i = 0; i < layout->count;) {
        size_t end = i;
        while (end < layout->count && layout->labels[end].column == layout->labels[i].column) {
            layout->labels[end].x += layout->centre[layout->labels[end].column / 2];
            end++;
        }
        spread_column(&layout->labels[i], end - i, FIRST, layout->bottom);
        i = end;
    }
}

bool ost_draw_layout_make(ost_arena *arena, const ost_draw_map *map, ost_draw_layout *layout)
{
    *layout = (ost_draw_layout){0};
    layout->column = map->compact ? OST_DRAW_COMPACT : OST_DRAW_COLUMN;
    layout->labels = ost_arena_array(arena, map->count, sizeof *layout->labels);
    if (!layout->labels) {
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (ost_draw_is_drawn(&map->lesions[i])) {
            layout->labels[layout->count] = make_label(arena, map, i);
            if (layout->labels[layout->count++].failed) {
                return false;
            }
        }
    }
    qsort(layout->labels, layout->count, sizeof *layout->labels, by_height);
    choose_sides(layout);
    qsort(layout->labels, layout->count, sizeof *layout->labels, by_column);
    set_columns(layout);
    return true;
}
