/* Scores item by item, with the range that unknown items leave and the sensitivity line.
 *
 * Everything is made by overriding the definitions of items (design.md section 6): the lowest and
 * the highest points for unknown items, or the first and the last grade, give the range of the
 * total and of the class; one other value for one item at a time gives the sensitivity. Totals and
 * classes are always computed by the score's own CQL. */
#include "guide/lesions.h"

/* word: of the class, or of the group. */
typedef struct range {
    ost_value low, high; /* of the total: Integer or null */
    ost_str word_low, word_high;
} range;

typedef struct scoring {
    ost_run *run;
    const ost_score_def *def;
    ost_value now[OST_SCORE_ITEMS_MAX]; /* null = not known */
    /* What an unknown item can still be, in the order of the table. */
    ost_value possible[OST_SCORE_ITEMS_MAX][OST_SCORE_CHOICES_MAX];
    size_t possible_count[OST_SCORE_ITEMS_MAX];
} scoring;

static bool known(const scoring *s, size_t item)
{
    return !ost_is_null(s->now[item]);
}

/* Points or grades. */
static bool same_choice(ost_value a, ost_value b)
{
    return a.kind == b.kind &&
           (a.kind == OST_INTEGER ? a.integer == b.integer : ost_str_equal(a.string, b.string));
}

static void override(const scoring *s, size_t item, ost_value choice)
{
    ost_status status = ost_eval_override(s->run->eval, s->def->items[item].define, choice);
    if (status != OST_OK) {
        ost_run_fail(s->run, status);
    }
}

static void restore(const scoring *s, size_t item)
{
    ost_eval_restore(s->run->eval, s->def->items[item].define);
}

static ost_str word_of(const scoring *s, uint32_t define)
{
    ost_value word = ost_run_keep(s->run, ost_run_value(s->run, define));
    return word.kind == OST_STRING ? word.string : (ost_str){0};
}

/* Total and word with all unknown items, `changed` excepted, at their first or last choice. */
static void at_end(const scoring *s, size_t changed, uint32_t define, bool last, ost_value *total,
                   ost_str *word)
{
    for (size_t i = 0; i < s->def->item_count; i++) {
        if (!known(s, i) && i != changed && s->possible_count[i] > 0) {
            override(s, i, s->possible[i][last ? s->possible_count[i] - 1 : 0]);
        }
    }
    *total = ost_run_keep(s->run, ost_run_value(s->run, s->def->total));
    *word = word_of(s, define);
    for (size_t i = 0; i < s->def->item_count; i++) {
        if (!known(s, i) && i != changed) {
            restore(s, i);
        }
    }
}

/* define: of the class or the group. */
static range find_range(const scoring *s, size_t changed, uint32_t define)
{
    range r;
    at_end(s, changed, define, false, &r.low, &r.word_low);
    at_end(s, changed, define, true, &r.high, &r.word_high);
    return r;
}

static bool same_word(const range *a, const range *b)
{
    return ost_str_equal(a->word_low, b->word_low) && ost_str_equal(a->word_high, b->word_high);
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

/* The word of a class or a group: of this score, else of all. */
static ost_str said(const scoring *s, const char *prefix, ost_str word)
{
    ost_str text = ost_words_get_of(&s->run->content->words, s->run->arena, prefix, s->def->id,
                                    word, OST_FOR_CLINICIAN);
    return text.ptr ? text : word;
}

static ost_str choice_text(ost_run *run, ost_value choice)
{
    return choice.kind == OST_STRING ? choice.string : number_text(run, choice);
}

static ost_str step_text(const scoring *s, size_t item, ost_value choice, const range *r)
{
    ost_run *run = s->run;
    bool sum = s->def->sum;
    const char *key = sum ? (known(s, item) ? "score.step" : "score.step.unknown")
                          : (known(s, item) ? "score.grade" : "score.grade.unknown");
    const char *prefix = sum ? "class." : "group.";
    ost_word_pair pairs[] = {
        {"item", words_of(run, "item.", s->def->items[item].id)},
        {"value", choice_text(run, choice)},
        {"now", known(s, item) ? choice_text(run, s->now[item]) : (ost_str){0}},
        {"total",
         sum ? span(run, number_text(run, r->low), number_text(run, r->high)) : (ost_str){0}},
        {"class", span(run, said(s, prefix, r->word_low), said(s, prefix, r->word_high))}};
    ost_buf out = ost_buf_init(run->arena);
    ost_words_fill(&out, ost_words_get(&run->content->words, ost_str_of(key), OST_FOR_CLINICIAN),
                   pairs, OST_ARRAY_LEN(pairs));
    return ost_buf_str(&out);
}

/* Of a known item the neighbours of its choice, of an unknown one all. */
static bool is_step(const scoring *s, size_t item, size_t choice)
{
    if (!known(s, item)) {
        return true;
    }
    for (size_t i = 0; i < s->possible_count[item]; i++) {
        if (same_choice(s->possible[item][i], s->now[item])) {
            return choice + 1 == i || choice == i + 1;
        }
    }
    return false;
}

/* Steps that change the class come first. Without a sum a step always changes the grade: only
 * those that change what the grade says are told. */
static ost_text_list sensitivity(const scoring *s)
{
    ost_text_builder changing = {0}, others = {0};
    uint32_t says = s->def->sum ? s->def->class_define : s->def->group;
    if (says == OST_DEFINE_NONE) {
        return ost_run_texts(&changing);
    }
    range now = find_range(s, SIZE_MAX, says);
    for (size_t i = 0; i < s->def->item_count; i++) {
        for (size_t k = 0; k < s->possible_count[i]; k++) {
            if (!is_step(s, i, k)) {
                continue;
            }
            override(s, i, s->possible[i][k]);
            range r = find_range(s, i, says);
            restore(s, i);
            if (!ost_is_null(r.low) || (!s->def->sum && r.word_low.len > 0)) {
                ost_run_add_text(s->run, same_word(&r, &now) ? &others : &changing,
                                 step_text(s, i, s->possible[i][k], &r));
            }
        }
    }
    for (size_t i = 0; s->def->sum && i < others.count; i++) {
        ost_run_add_text(s->run, &changing, others.items[i]);
    }
    return ost_run_texts(&changing);
}

static bool is_left(ost_value left, ost_value choice)
{
    for (size_t i = 0; i < left.list.count; i++) {
        if (same_choice(left.list.items[i], choice)) {
            return true;
        }
    }
    return false;
}

/* All choices of the table, or of an unknown item those that the record leaves. */
static void read_possible(scoring *s, size_t item)
{
    const ost_score_item_def *def = &s->def->items[item];
    ost_value left = known(s, item) ? ost_null() : ost_run_value(s->run, def->narrowed);
    bool narrowed = left.kind == OST_LIST && left.list.count > 0;
    s->possible_count[item] = 0;
    for (size_t i = 0; i < def->possible_count; i++) {
        if (!narrowed || is_left(left, def->possible[i])) {
            s->possible[item][s->possible_count[item]++] = def->possible[i];
        }
    }
}

/* Why an item is not known: a fact that it waits for contradicts itself or is too old. */
static ost_str unknown_state(ost_run *run, uint32_t define)
{
    ost_text_builder gaps = {0};
    bool stale = false;
    ost_run_gaps(run, define, &gaps);
    for (size_t i = 0; i < gaps.count; i++) {
        for (size_t k = 0; k < run->content->fact_count; k++) {
            if (!ost_str_equal(run->content->facts[k].id, gaps.items[i])) {
                continue;
            }
            if (run->facts[k].state == OST_FACT_CONFLICT) {
                return OST_STR("conflict");
            }
            stale = stale || run->facts[k].state == OST_FACT_STALE;
        }
    }
    return stale ? OST_STR("stale") : OST_STR("unknown");
}

static ost_score_item read_item(scoring *s, size_t item)
{
    ost_run *run = s->run;
    const ost_score_item_def *def = &s->def->items[item];
    ost_value now = ost_run_keep(run, ost_run_value(run, def->define));
    ost_value value = ost_run_keep(run, ost_run_value(run, def->value));
    s->now[item] = s->def->sum && now.kind != OST_INTEGER ? ost_null() : now;
    read_possible(s, item);
    return (ost_score_item){.id = def->id,
                            .title = words_of(run, "item.", def->id),
                            .state =
                                known(s, item) ? OST_STR("known") : unknown_state(run, def->define),
                            .value = s->def->sum ? value : s->now[item],
                            .points = s->def->sum ? s->now[item] : ost_null()};
}

static const ost_score_item *read_items(scoring *s)
{
    ost_score_item *items = ost_arena_array(s->run->arena, s->def->item_count, sizeof *items);
    if (!items) {
        ost_run_fail(s->run, OST_E_MEMORY);
        return NULL;
    }
    for (size_t i = 0; i < s->def->item_count; i++) {
        items[i] = read_item(s, i);
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
                     .sum = def->sum,
                     .item_count = def->item_count};
    out.items = read_items(&s);
    range r = find_range(&s, SIZE_MAX, def->class_define);
    bool all = true;
    for (size_t i = 0; i < def->item_count; i++) {
        all = all && known(&s, i);
    }
    out.total = all ? r.low : ost_null();
    out.total_low = r.low;
    out.total_high = r.high;
    out.class_low = r.word_low;
    out.class_high = r.word_high;
    if (ost_str_equal(r.word_low, r.word_high)) {
        out.class_word = r.word_low;
    }
    out.sensitivity = sensitivity(&s);
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
