/* The skeleton map of the page: lesions of the Assessment as src/draw wants them. All words come
 * from the content; the state, the place and the age come ready from src/guide. */
#include "draw/skeleton.h"
#include "view/html_parts.h"

static const char *const state_words[OST_DRAW_STATE_COUNT] = {
    [OST_DRAW_STABLE] = "stable",   [OST_DRAW_POSSIBLE] = "possible", [OST_DRAW_HIGH] = "high",
    [OST_DRAW_TREATED] = "treated", [OST_DRAW_UNKNOWN] = "unknown",
};

static ost_draw_state state_of(ost_str word)
{
    for (size_t i = 0; i < OST_DRAW_STATE_COUNT; i++) {
        if (ost_str_is(word, state_words[i])) {
            return (ost_draw_state)i;
        }
    }
    return OST_DRAW_UNKNOWN;
}

static ost_draw_side side_of(ost_str word)
{
    return ost_str_is(word, "left")    ? OST_DRAW_LEFT
           : ost_str_is(word, "right") ? OST_DRAW_RIGHT
                                       : OST_DRAW_NO_SIDE;
}

static ost_str say(const ost_view *v, const char *key)
{
    return ost_view_word(v, "map.", ost_str_of(key));
}

static ost_draw_words words_of(const ost_view *v)
{
    ost_draw_words words = {.title = say(v, "title"),
                            .description = say(v, "description"),
                            .front = say(v, "front"),
                            .back = say(v, "back"),
                            .her_right = say(v, "her-right"),
                            .her_left = say(v, "her-left"),
                            .old = say(v, "old"),
                            .no_date = say(v, "no-date"),
                            .note = say(v, "note"),
                            .lesions = say(v, "lesions"),
                            .listed = say(v, "listed"),
                            .none = say(v, "none"),
                            .caption = say(v, "caption"),
                            .number = say(v, "number"),
                            .place = say(v, "place"),
                            .state = say(v, "state"),
                            .imaging = say(v, "imaging"),
                            .detail = say(v, "detail"),
                            .not_drawn = say(v, "not-drawn")};
    for (size_t i = 0; i < OST_DRAW_STATE_COUNT; i++) {
        words.states[i] = ost_view_word(v, "map.state.", ost_str_of(state_words[i]));
    }
    return words;
}

/* "SINS: total 9; Mirels: total 8 to 12", for clinicians; answers that only stand side by side have
 * nothing to say here. */
static ost_str scores_of(const ost_view *v, ost_str lesion)
{
    ost_buf out = ost_buf_init(v->arena);
    for (size_t i = 0; ost_view_for_clinician(v) && i < v->a->score_count; i++) {
        const ost_score *score = &v->a->scores[i];
        bool says = score->sum || score->class_low.len > 0 || score->class_high.len > 0;
        if (says && score->lesion.len > 0 && ost_str_equal(score->lesion, lesion)) {
            ost_buf_text(&out, out.len > 0 ? "; " : "");
            ost_buf_add(&out, score->title);
            ost_buf_text(&out, ": ");
            ost_buf_add(&out, ost_view_score_result(v, score));
        }
    }
    return ost_buf_str(&out);
}

static ost_draw_lesion lesion_of(const ost_view *v, const ost_lesion *lesion)
{
    char date[OST_WHEN_TEXT_MAX];
    ost_draw_lesion out = {.id = lesion->id,
                           .region = lesion->region,
                           .side = side_of(lesion->side),
                           .state = state_of(lesion->state),
                           .place = ost_view_lesion_name(v, lesion->id),
                           .detail = scores_of(v, lesion->id),
                           .age_days = lesion->age_days};
    if (lesion->modality.len > 0) {
        out.modality = ost_view_word(v, "value.", lesion->modality);
    }
    if (lesion->date.precision != OST_UNIT_NONE) {
        size_t len = ost_when_format(lesion->date, OST_DATE, date);
        out.date = ost_str_copy(v->arena, (ost_str){date, len});
        ost_word_pair pairs[] = {{"value", ost_view_count(v, (size_t)lesion->age_days)}};
        ost_buf age = ost_buf_init(v->arena);
        ost_words_fill(&age, say(v, "age"), pairs, OST_ARRAY_LEN(pairs));
        out.age = ost_buf_str(&age);
    }
    return out;
}

/* compact: numbers on the figure and the words beside it, so that it can be printed small. */
void ost_html_map(const ost_view *v)
{
    ost_draw_words words = words_of(v);
    ost_draw_lesion *lesions = ost_arena_array(v->arena, v->a->lesion_count, sizeof *lesions);
    for (size_t i = 0; lesions && i < v->a->lesion_count; i++) {
        lesions[i] = lesion_of(v, &v->a->lesions[i]);
    }
    ost_draw_map map = {.prefix = "map",
                        .words = &words,
                        .lesions = lesions,
                        .count = lesions ? v->a->lesion_count : 0,
                        .compact = true,
                        .old_days = v->a->content->site.image_old_days};
    ost_buf_text(v->out, "<style>");
    ost_draw_skeleton_style(v->out);
    ost_draw_skeleton_pairs(v->out, &map);
    ost_buf_text(v->out, "</style>\n");
    ost_draw_skeleton(v->out, &map);
}
