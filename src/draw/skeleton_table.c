/* The lesions of the skeleton map as an HTML table, the figure around both, and the style rules.
 *
 * Mark and row point at each other by their ids, so selection works without a script; the paired
 * rules light up both at once where the browser knows :has(). */
#include "draw/layout.h"
#include "draw/marks.h"
#include "draw/skeleton.h"
#include "draw/svg.h"

static void write_cell(ost_buf *out, ost_str text)
{
    ost_buf_text(out, "<td>");
    ost_svg_text(out, text);
    ost_buf_text(out, "</td>");
}

static void write_icon(ost_buf *out, ost_draw_state state, bool old)
{
    ost_buf_text(out,
                 "<svg class=\"ost-icon\" viewBox=\"-14 -14 28 28\" width=\"22\" height=\"22\" "
                 "aria-hidden=\"true\">");
    ost_draw_mark_shape(out, state, old, 0, 0, 10);
    ost_buf_text(out, "</svg> ");
}

/* "CT", the date on one line, and the age of an old image. */
static void write_imaging(ost_buf *out, const ost_draw_map *map, const ost_draw_lesion *lesion)
{
    ost_buf_text(out, "<td>");
    ost_svg_text(out, lesion->modality);
    ost_buf_text(out, " <span class=\"ost-date\">");
    ost_svg_text(out, lesion->date.len > 0 ? lesion->date : map->words->no_date);
    ost_buf_text(out, "</span>");
    if (ost_draw_is_old(map, lesion) && lesion->age.len > 0) {
        ost_buf_text(out, ", ");
        ost_svg_text(out, lesion->age);
    }
    ost_buf_text(out, "</td>");
}

static void write_row(ost_buf *out, const ost_draw_map *map, size_t index)
{
    const ost_draw_lesion *lesion = &map->lesions[index];
    bool old = ost_draw_is_old(map, lesion);
    ost_buf_printf(out, "<tr id=\"%s-row-%zu\" data-lesion=\"", map->prefix, index + 1);
    ost_svg_text(out, lesion->id);
    ost_buf_printf(out, "\"><td><a href=\"#%s-lesion-%zu\" aria-label=\"", map->prefix, index + 1);
    ost_buf_printf(out, "%zu: ", index + 1);
    ost_svg_text(out, lesion->place);
    ost_buf_printf(out, "\">%zu</a></td><th scope=\"row\">", index + 1);
    ost_svg_text(out, lesion->place);
    if (!ost_draw_is_drawn(lesion)) {
        ost_buf_text(out, " <span class=\"ost-not-drawn\">(");
        ost_svg_text(out, map->words->not_drawn);
        ost_buf_text(out, ")</span>");
    }
    ost_buf_text(out, "</th><td>");
    write_icon(out, lesion->state, old);
    ost_svg_text(out, map->words->states[lesion->state]);
    ost_buf_text(out, "</td>");
    write_imaging(out, map, lesion);
    write_cell(out, lesion->detail);
    ost_buf_text(out, "</tr>\n");
}

void ost_draw_skeleton_table(ost_buf *out, const ost_draw_map *map)
{
    const ost_draw_words *words = map->words;
    const ost_str heads[] = {words->number, words->place, words->state, words->imaging,
                             words->detail};
    ost_buf_printf(out, "<table id=\"%s-table\" class=\"ost-lesions\"><caption>", map->prefix);
    ost_svg_text(out, words->caption);
    ost_buf_text(out, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < OST_ARRAY_LEN(heads); i++) {
        ost_buf_text(out, "<th scope=\"col\">");
        ost_svg_text(out, heads[i]);
        ost_buf_text(out, "</th>");
    }
    ost_buf_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < map->count; i++) {
        write_row(out, map, i);
    }
    if (map->count == 0) {
        ost_buf_printf(out, "<tr><td colspan=\"%zu\">", OST_ARRAY_LEN(heads));
        ost_svg_text(out, words->none);
        ost_buf_text(out, "</td></tr>\n");
    }
    ost_buf_text(out, "</tbody></table>\n");
}

void ost_draw_skeleton(ost_buf *out, const ost_draw_map *map)
{
    ost_buf_printf(out, "<div class=\"ost-map\" id=\"%s-map\">\n", map->prefix);
    ost_draw_skeleton_svg(out, map);
    ost_draw_skeleton_table(out, map);
    ost_buf_text(out, "</div>\n");
}

void ost_draw_skeleton_style(ost_buf *out)
{
    ost_buf_text(
        out,
        ".ost-map{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}\n"
        ".ost-skeleton{flex:0 1 auto;min-width:0;max-width:100%;height:auto;"
        "forced-color-adjust:none;break-inside:avoid}\n"
        ".ost-lesions{flex:1 1 26rem;min-width:0;width:auto;border-collapse:collapse}\n"
        ".ost-lesions th,.ost-lesions td{text-align:left;vertical-align:top;padding:.3rem .5rem;"
        "border:.0625rem solid}\n"
        ".ost-lesions caption{text-align:left;font-weight:bold}\n"
        ".ost-lesions td>a{display:inline-block;min-width:1.75rem;min-height:1.75rem;"
        "text-align:center}\n"
        ".ost-icon{vertical-align:middle;background:#fff;border-radius:.2rem;"
        "forced-color-adjust:none}\n"
        ".ost-date{white-space:nowrap}\n"
        ".ost-not-drawn{font-weight:normal}\n"
        ".ost-lesion{outline:none}\n"
        ".ost-lesion:hover .ost-frame,.ost-lesion:focus .ost-frame,.ost-lesion:target .ost-frame"
        "{stroke:#004a80;stroke-width:3}\n"
        ".ost-lesions tr:target,.ost-lesions tr:focus-within{outline:.2rem solid #004a80;"
        "outline-offset:-.1rem}\n"
        "@media (prefers-color-scheme:dark){.ost-lesions tr:target,.ost-lesions tr:focus-within"
        "{outline-color:#8ec8ff}}\n");
}

void ost_draw_skeleton_pairs(ost_buf *out, const ost_draw_map *map)
{
    const char *p = map->prefix;
    for (size_t i = 1; i <= map->count; i++) {
        ost_buf_printf(out,
                       "#%s-map:has(#%s-row-%zu:target,#%s-row-%zu:focus-within) #%s-lesion-%zu "
                       ".ost-frame{stroke:#004a80;stroke-width:3}\n",
                       p, p, i, p, i, p, i);
        ost_buf_printf(out,
                       "#%s-map:has(#%s-lesion-%zu:target,#%s-lesion-%zu:focus) #%s-row-%zu"
                       "{outline:.2rem solid #004a80;outline-offset:-.1rem}\n",
                       p, p, i, p, i, p, i);
    }
}
