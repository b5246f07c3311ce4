/* Scores item by item, with the range that unknown items leave and the sensitivity line.
 *
 * Everything is made by overriding the definitions of item points (design.md section 6): the lowest
 * and the highest points for unknown items give the range of the total and of the class; one other
 * value for one item at a time gives the sensitivity. Totals and classes are always computed by the
 * score's own CQL. */
#include "guide/lesions.h"

typedef struct range {
    ost_value low, high; /* Integer or null */
    ost_str class_low, class_high;
} range;

typedef struct scoring {
    ost_run *run;
    const ost_score_def *def;
    bool known[OST_SCORE_ITEMS_MAX];
    int32_t points[OST_SCORE_ITEMS_MAX];
    /* Points that an unknown item can still have, rising. */
    int32_t possible[OST_SCORE_ITEMS_MAX][OST_SCORE_POINTS_MAX];
    size_t possible_count[OST_SCORE_ITEMS_MAX];
} scoring;

static void override(const scoring *s, size_t item, int32_t points)
{
    ost_status status =
        ost_eval_override(s->run->eval, s->def->items[item].points, ost_integer(points));
    if (status != OST_OK) {
        ost_run_fail(s->run, status);
    }
}

static void restore(const scoring *s, size_t item)
{
    ost_eval_restore(s->run->eval, s->def->items[item].points);
}

static ost_str class_word(const scoring *s)
{
    ost_value word = ost_run_keep(s->run, ost_run_value(s->run, s->def->class_define));
    return word.kind == OST_STRING ? word.string : (ost_str){0};
}

/* Total and class with all unknown items, `changed` excepted, at their lowest or highest points. */
static void at_end(const scoring *s, size_t changed, bool high, ost_value *total, ost_str *word)
{
    for (size_t i = 0; i < s->def->item_count; i++) {
        if (!s->known[i] && i != changed && s->possible_count[i] > 0) {
            override(s, i, s->possible[i][high ? s->possible_count[i] - 1 : 0]);
        }
    }
    *total = ost_run_keep(s->run, ost_run_value(s->run, s->def->total));
    *word = class_word(s);
    for (size_t i = 0; i < s->def->item_count; i++) {
        if (!s->known[i] && i != changed) {
            restore(s, i);
        }
    }
}

static range find_range(const scoring *s, size_t changed)
{
    range r;
    at_end(s, changed, false, &r.low, &r.class_low);
    at_end(s, changed, true, &r.high, &r.class_high);
    return r;
}

static bool same_class(const range *a, const range *b)
{
    return ost_str_equal(a->class_low, b->class_low) && ost_str_equal(a->class_high, b->class_high);
}

static ost_str number_text(ost_run *run, ost_value value)
{
    ost_buf out = ost_buf_init(run->arena);
    ost_value_print(&out, value);
    return ost_buf_str(&out);
}

static ost_str words_of(ost_run *run, const char *prefix, ost_str id)
{
    ost_buf key = ost_buf_init(run->arena);
    ost_buf_text(&key, prefix);
    ost_buf_add(&key, id);
    ost_str text = ost_words_get(&run->content->words, ost_buf_str(&key), OST_FOR_CLINICIAN);
    return text.ptr ? text : id;
}

/* "7" or "7 to 9"; "stable" or "stable to unstable". */
static ost_str span(ost_run *run, ost_str low, ost_str high)
{
    ost_word_pair pairs[] = {{"low", low}, {"high", high}};
    ost_buf out = ost_buf_init(run->arena);
    if (ost_str_equal(low, high)) {
        return low;
    }
    ost_words_fill(&out,
                   ost_words_get(&run->content->words, OST_STR("score.span"), OST_FOR_CLINICIAN),
                   pairs, OST_ARRAY_LEN(pairs));
    return ost_buf_str(&out);
}

static ost_str step_text(const scoring *s, size_t item, int32_t points, const range *r)
{
    ost_run *run = s->run;
    const char *key = s->known[item] ? "score.step" : "score.step.unknown";
    ost_word_pair pairs[] = {
        {"item", words_of(run, "item.", s->def->items[item].id)},
        {"points", number_text(run, ost_integer(points))},
        {"now", number_text(run, ost_integer(s->points[item]))},
        {"total", span(run, number_text(run, r->low), number_text(run, r->high))},
        {"class",
         span(run, words_of(run, "class.", r->class_low), words_of(run, "class.", r->class_high))}};
    ost_buf out = ost_buf_init(run->arena);
    ost_words_fill(&out, ost_words_get(&run->content->words, ost_str_of(key), OST_FOR_CLINICIAN),
                   pairs, OST_ARRAY_LEN(pairs));
    return ost_buf_str(&out);
}

/* Of a known item the neighbours of its points, of an unknown one all. */
static bool is_step(const scoring *s, size_t item, size_t choice)
{
    if (!s->known[item]) {
        return true;
    }
    for (size_t i = 0; i < s->possible_count[item]; i++) {
        if (s->possible[item][i] == s->points[item]) {
            return choice + 1 == i || choice == i + 1;
        }
    }
    return false;
}

/* Steps that change the class come first. */
static ost_text_list sensitivity(const scoring *s, const range *now)
{
    ost_text_builder changing = {0}, others = {0};
    for (size_t i = 0; i < s->def->item_count; i++) {
        for (size_t k = 0; k < s->possible_count[i]; k++) {
            if (!is_step(s, i, k)) {
                continue;
            }
            override(s, i, s->possible[i][k]);
            range r = find_range(s, i);
            restore(s, i);
            if (!ost_is_null(r.low)) {
                ost_run_add_text(s->run, same_class(&r, now) ? &others : &changing,
                                 step_text(s, i, s->possible[i][k], &r));
            }
        }
    }
    for (size_t i = 0; i < others.count; i++) {
        ost_run_add_text(s->run, &changing, others.items[i]);
    }
    return ost_run_texts(&changing);
}

static bool is_left(ost_value left, int32_t points)
{
    for (size_t i = 0; i < left.list.count; i++) {
        if (left.list.items[i].kind == OST_INTEGER && left.list.items[i].integer == points) {
            return true;
        }
    }
    return false;
}

/* All points of the table, or of an unknown item those that the record leaves. */
static void read_possible(scoring *s, size_t item)
{
    const ost_score_item_def *def = &s->def->items[item];
    ost_value left = s->known[item] ? ost_null() : ost_run_value(s->run, def->narrowed);
    bool narrowed = left.kind == OST_LIST && left.list.count > 0;
    s->possible_count[item] = 0;
    for (size_t i = 0; i < def->possible_count; i++) {
        if (!narrowed || is_left(left, def->possible[i])) {
            s->possible[item][s->possible_count[item]++] = def->possible[i];
        }
    }
}

static const ost_score_item *read_items(scoring *s)
{
    ost_run *run = s->run;
    ost_score_item *items = ost_arena_array(run->arena, s->def->item_count, sizeof *items);
    if (!items) {
        ost_run_fail(run, OST_E_MEMORY);
        return NULL;
    }
    for (size_t i = 0; i < s->def->item_count; i++) {
        const ost_score_item_def *def = &s->def->items[i];
        ost_value points = ost_run_value(run, def->points);
        s->known[i] = points.kind == OST_INTEGER;
        s->points[i] = s->known[i] ? points.integer : 0;
        read_possible(s, i);
        items[i] = (ost_score_item){.id = def->id,
                                    .title = words_of(run, "item.", def->id),
                                    .state = s->known[i] ? OST_STR("known") : OST_STR("unknown"),
                                    .points = s->known[i] ? points : ost_null()};
        if (def->value != OST_DEFINE_NONE) {
            items[i].value = ost_run_keep(run, ost_run_value(run, def->value));
        }
    }
    return items;
}

ost_score ost_run_score(ost_run *run, const ost_score_def *def, ost_str lesion)
{
    scoring s = {.run = run, .def = def};
    ost_score out = {.id = def->id,
                     .title = words_of(run, "score.", def->id),
                     .lesion = lesion,
                     .limits = ost_run_words(run, def->limits, OST_FOR_CLINICIAN, NULL),
                     .source = def->source,
                     .clinician_only = def->clinician_only,
                     .item_count = def->item_count};
    out.items = read_items(&s);
    range r = find_range(&s, SIZE_MAX);
    bool all = true;
    for (size_t i = 0; i < def->item_count; i++) {
        all = all && s.known[i];
    }
    out.total = all ? r.low : ost_null();
    out.total_low = r.low;
    out.total_high = r.high;
    out.class_low = r.class_low;
    out.class_high = r.class_high;
    if (ost_str_equal(r.class_low, r.class_high)) {
        out.class_word = r.class_low;
    }
    out.sensitivity = sensitivity(&s, &r);
    return out;
}

static void add_score(ost_run *run, const ost_score_def *def, ost_str lesion, ost_score **scores,
                      size_t *capacity, size_t *count)
{
    if (ost_run_tri(run, def->when) == OST_TRI_NO || run->status != OST_OK) {
        return;
    }
    ost_score *grown = ost_arena_grow(run->arena, *scores, capacity, *count + 1, sizeof *grown);
    if (!grown) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    *scores = grown;
    grown[(*count)++] = ost_run_score(run, def, lesion);
}

const ost_score *ost_run_scores(ost_run *run, size_t *count)
{
    const ost_content *content = run->content;
    ost_score *scores = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < content->score_count; i++) {
        const ost_score_def *def = &content->scores[i];
        if (!def->per_lesion) {
            add_score(run, def, (ost_str){0}, &scores, &capacity, count);
            continue;
        }
        for (size_t k = 0; k < run->lesion_count; k++) {
            ost_run_enter_lesion(run, k);
            add_score(run, def, run->scopes[k + 1].lesion, &scores, &capacity, count);
        }
        ost_run_leave_lesion(run);
    }
    return scores;
}
