/* Scores for clinicians, item by item: points, total or range, class, what would change it, limits.
 * A score without a sum shows its grade and no points. Terminal and page show the same members in
 * the same order; nothing is computed here. */
#include "view/html_parts.h"
#include "view/lines.h"

static ost_str number(const ost_view *v, ost_value value)
{
    ost_buf out = ost_buf_init(v->arena);
    if (ost_is_null(value)) {
        return ost_view_phrase(v, OST_SAY_STATE_UNKNOWN);
    }
    if (value.kind == OST_STRING) {
        return value.string;
    }
    ost_value_print(&out, value);
    return ost_buf_str(&out);
}

/* "9" or "7 to 12"; the class in the same way. */
static ost_str range(const ost_view *v, ost_str low, ost_str high)
{
    ost_word_pair pairs[] = {{"low", low}, {"high", high}};
    return ost_str_equal(low, high)
               ? low
               : ost_view_fill_pairs(v, OST_SAY_SPAN, pairs, OST_ARRAY_LEN(pairs));
}

/* Text under `prefix` + `of` + "." + `word`, else under `prefix` + `word`, else the word. */
static ost_str word_of(const ost_view *v, const char *prefix, ost_str of, ost_str word)
{
    ost_str text =
        ost_words_get_of(&v->a->content->words, v->arena, prefix, of, word, v->a->audience);
    return text.ptr ? text : word;
}

static ost_str class_text(const ost_view *v, const ost_score *score)
{
    return range(v, word_of(v, "class.", score->id, score->class_low),
                 word_of(v, "class.", score->id, score->class_high));
}

/* "grade 2: ..."; while it is open, the ends of what is possible. */
static ost_str grade_text(const ost_view *v, const ost_score *score)
{
    if (score->class_word.len > 0) {
        return class_text(v, score);
    }
    if (score->class_low.len == 0 && score->class_high.len == 0) {
        return ost_view_phrase(v, OST_SAY_SCORE_NO_CLASS);
    }
    return ost_view_fill(v, OST_SAY_SCORE_OPEN, class_text(v, score));
}

ost_str ost_view_score_result(const ost_view *v, const ost_score *score)
{
    if (!score->sum) {
        return grade_text(v, score);
    }
    ost_word_pair pairs[] = {
        {"total", range(v, number(v, score->total_low), number(v, score->total_high))},
        {"class", class_text(v, score)}};
    return ost_view_fill_pairs(v, OST_SAY_SCORE_RESULT, pairs, OST_ARRAY_LEN(pairs));
}

/* "contradictory", "too old to use", "not known". */
static ost_str state_text(const ost_view *v, const ost_score_item *item)
{
    return ost_view_word(v, "state.", item->state);
}

static ost_str points_text(const ost_view *v, const ost_score_item *item)
{
    return ost_is_null(item->points) ? state_text(v, item) : number(v, item->points);
}

/* What stands behind the points; without a sum the grade or the answer. */
static ost_str value_text(const ost_view *v, const ost_score *score, const ost_score_item *item)
{
    bool known = !ost_is_null(score->sum ? item->points : item->value);
    if (!known) {
        return state_text(v, item);
    }
    return word_of(v, "answer.", item->id, number(v, item->value));
}

/* "2 (lytic)"; without a sum the grade or the answer. */
static ost_str item_text(const ost_view *v, const ost_score *score, const ost_score_item *item)
{
    if (!score->sum) {
        return value_text(v, score, item);
    }
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_add(&out, points_text(v, item));
    if (!ost_is_null(item->value)) {
        ost_buf_printf(&out, " (%.*s)", OST_STR_ARG(value_text(v, score, item)));
    }
    return ost_buf_str(&out);
}

static ost_str title(const ost_view *v, const ost_score *score)
{
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_add(&out, score->title);
    if (score->lesion.len > 0) {
        ost_buf_printf(&out, ": %.*s", OST_STR_ARG(ost_view_lesion_name(v, score->lesion)));
    }
    return ost_buf_str(&out);
}

/* The scores in the order of the assessment; of two that disagree the one that the site lets lead
 * takes the earlier places. */
static const ost_score **in_order(const ost_view *v)
{
    const ost_site *site = &v->a->content->site;
    const ost_score **order = ost_arena_array(v->arena, v->a->score_count, sizeof *order);
    size_t next = 0;
    for (size_t i = 0; order && i < v->a->score_count; i++) {
        order[i] = &v->a->scores[i];
    }
    for (int rank = 0; order && rank <= 1; rank++) {
        for (size_t i = 0; i < v->a->score_count; i++) {
            if (ost_site_lead_rank(site, v->a->scores[i].id) != rank) {
                continue;
            }
            while (ost_site_lead_rank(site, v->a->scores[next].id) < 0) {
                next++;
            }
            order[next++] = &v->a->scores[i];
        }
    }
    return order;
}

void ost_view_write_scores(const ost_view *v)
{
    if (v->a->score_count == 0 || !ost_view_for_clinician(v)) {
        return;
    }
    const ost_score **order = in_order(v);
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_SCORES));
    for (size_t i = 0; order && i < v->a->score_count; i++) {
        const ost_score *score = order[i];
        ost_line_pair(v->out, 2, title(v, score), ost_view_score_result(v, score));
        for (size_t k = 0; k < score->item_count; k++) {
            const ost_score_item *item = &score->items[k];
            ost_line_pair(v->out, 6, item->title, item_text(v, score, item));
        }
        ost_line_list(v->out, 6, ost_view_phrase(v, OST_SAY_SCORE_STEPS), score->sensitivity);
        ost_line_pair(v->out, 6, ost_view_phrase(v, OST_SAY_SCORE_LIMITS), score->limits);
        ost_line_pair(v->out, 6, ost_view_phrase(v, OST_SAY_SOURCE),
                      ost_view_source(v, &score->source));
    }
}

static void html_items(const ost_view *v, const ost_score *score)
{
    ost_buf *out = v->out;
    ost_buf_text(out, "<table><thead><tr><th scope=\"col\">");
    ost_buf_html(out, ost_view_phrase(v, OST_SAY_SCORE_ITEM));
    ost_buf_text(out, "</th><th scope=\"col\">");
    ost_buf_html(out, ost_view_phrase(v, OST_SAY_VALUE));
    if (score->sum) {
        ost_buf_text(out, "</th><th scope=\"col\">");
        ost_buf_html(out, ost_view_phrase(v, OST_SAY_SCORE_POINTS));
    }
    ost_buf_text(out, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < score->item_count; i++) {
        const ost_score_item *item = &score->items[i];
        ost_buf_text(out, "<tr><th scope=\"row\">");
        ost_buf_html(out, item->title);
        ost_buf_text(out, "</th><td>");
        ost_buf_html(out, value_text(v, score, item));
        if (score->sum) {
            ost_buf_text(out, "</td><td>");
            ost_buf_html(out, points_text(v, item));
        }
        ost_buf_text(out, "</td></tr>\n");
    }
    ost_buf_text(out, "</tbody></table>\n");
}

static void html_steps(const ost_view *v, const ost_score *score)
{
    ost_buf *out = v->out;
    if (score->sensitivity.count == 0) {
        return;
    }
    ost_html_element(out, "p", NULL, ost_view_phrase(v, OST_SAY_SCORE_STEPS));
    ost_buf_text(out, "<ul>\n");
    for (size_t i = 0; i < score->sensitivity.count; i++) {
        ost_html_element(out, "li", NULL, score->sensitivity.items[i]);
    }
    ost_buf_text(out, "</ul>\n");
}

static void html_score(const ost_view *v, const ost_score *score)
{
    ost_buf *out = v->out;
    ost_buf_text(out, "<section class=\"score\">\n");
    ost_html_element(out, "h3", NULL, title(v, score));
    ost_html_element(out, "p", NULL, ost_view_score_result(v, score));
    html_items(v, score);
    html_steps(v, score);
    ost_html_element(out, "p", NULL, score->limits);
    ost_html_element(out, "p", NULL, ost_view_source(v, &score->source));
    ost_buf_text(out, "</section>\n");
}

void ost_html_scores(const ost_view *v)
{
    const ost_score **order = in_order(v);
    for (size_t i = 0; order && i < v->a->score_count; i++) {
        html_score(v, order[i]);
    }
}
