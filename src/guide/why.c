/* The nearest change: single facts whose other value would give the option another status.
 *
 * For every changeable fact that the option rests on: an unknown fact gets each value of its
 * domain, a known one every other value and both sides of each threshold (trial.c). Of one fact
 * the nearest value is kept. Order: unknown facts first, then the smallest relative distance,
 * then the id; the first three are reported (design.md section 6). */
#include "guide/why.h"

#include "guide/patients.h"
#include "guide/remarks.h"

#include <stdlib.h>

typedef struct found_change {
    ost_why_change change;
    ost_decimal distance; /* relative; 1 for what has no distance */
    ost_str id;
} found_change;

enum { EVERYWHERE = -1 }; /* for the woman and each of her lesions */

typedef struct search {
    ost_run *run;
    const ost_assessment *assessment;
    const ost_plan *plan;
    const ost_plan_option *option;
    ost_status_word now;
    found_change best; /* of the fact that is looked at */
    bool have;
} search;

static bool number_of(ost_value value, ost_decimal *out)
{
    if (value.kind == OST_QUANTITY) {
        *out = value.quantity->value;
        return true;
    }
    if (value.kind == OST_INTEGER) {
        *out = ost_decimal_of_int(value.integer);
        return true;
    }
    *out = value.decimal;
    return value.kind == OST_DECIMAL;
}

static ost_decimal absolute(ost_decimal d)
{
    ost_decimal positive = d;
    if (ost_decimal_compare(d, ost_decimal_of_int(0)) < 0 && !ost_decimal_negate(d, &positive)) {
        positive = d;
    }
    return positive;
}

/* |to - from| / |from|; 1 where that does not exist. */
static ost_decimal distance(ost_value from, ost_value to)
{
    ost_decimal a, b, difference, relative;
    if (!number_of(from, &a) || !number_of(to, &b) || !ost_decimal_sub(b, a, &difference) ||
        !ost_decimal_div(absolute(difference), absolute(a), &relative)) {
        return ost_decimal_of_int(1);
    }
    return relative;
}

/* What is unknown comes before what is known. Of an unknown fact the value that makes the option
 * apply is the one to name; of a known one the nearest. */
static bool better(const found_change *old, const found_change *one)
{
    if (old->change.was_unknown != one->change.was_unknown) {
        return one->change.was_unknown;
    }
    if (one->change.was_unknown) {
        return one->change.status == OST_APPLIES && old->change.status != OST_APPLIES;
    }
    return ost_decimal_compare(one->distance, old->distance) < 0;
}

/* The fact that a change is told of: of several lesions the first that is not known, else the
 * first. */
static const ost_fact *told_fact(const ost_run *run, const ost_assessment *a, size_t index)
{
    const ost_fact *first = NULL;
    for (size_t i = 0; i < a->fact_count; i++) {
        const ost_fact *fact = &a->facts[i];
        if (!ost_str_equal(fact->id, run->content->facts[index].id)) {
            continue;
        }
        if (fact->state != OST_FACT_KNOWN) {
            return fact;
        }
        first = first ? first : fact;
    }
    return first ? first : &run->facts[index];
}

static const ost_fact *fact_of(const ost_assessment *a, ost_str id, ost_str lesion)
{
    for (size_t i = 0; i < a->fact_count; i++) {
        if (ost_str_equal(a->facts[i].id, id) && ost_str_equal(a->facts[i].lesion, lesion)) {
            return &a->facts[i];
        }
    }
    return NULL;
}

/* Facts that rest on expected survival are not named to her and her family. */
static bool may_name(const ost_run *run, const ost_fact *fact)
{
    return run->audience == OST_FOR_CLINICIAN || !fact->clinician_only;
}

/* Tries the values of one fact, of one lesion or everywhere. */
static void search_values(search *s, size_t index, int lesion, const ost_fact *now)
{
    ost_value values[OST_TRIALS_MAX];
    size_t count = ost_run_trials(s->run, index, s->plan, s->option, values);
    for (size_t i = 0; i < count; i++) {
        if (lesion == EVERYWHERE) {
            ost_run_try(s->run, index, values[i]);
        } else {
            ost_run_try_lesion(s->run, (size_t)lesion, index, values[i]);
        }
        found_change one = {.change = {.fact = now,
                                       .to = values[i],
                                       .status = ost_run_verdict(s->run, s->plan, s->option).status,
                                       .was_unknown = now->state != OST_FACT_KNOWN},
                            .distance = distance(now->value, values[i]),
                            .id = now->id};
        if (one.change.status != s->now && (!s->have || better(&s->best, &one))) {
            s->best = one;
            s->have = true;
        }
    }
    ost_run_untry(s->run, index);
}

/* A fact of one lesion is another fact for each: what would change is told of the lesion that it
 * would change for. */
static bool search_fact(search *s, size_t index)
{
    const ost_fact_def *def = &s->run->content->facts[index];
    s->have = false;
    if (!s->option->per_lesion || !def->per_lesion || s->run->lesion_count == 0) {
        const ost_fact *now = told_fact(s->run, s->assessment, index);
        if (may_name(s->run, now)) {
            search_values(s, index, EVERYWHERE, now);
        }
        return s->have;
    }
    for (size_t i = 0; i < s->run->lesion_count; i++) {
        const ost_fact *now = fact_of(s->assessment, def->id, s->run->scopes[i + 1].lesion);
        if (now && may_name(s->run, now)) {
            search_values(s, index, (int)i, now);
        }
    }
    return s->have;
}

static int by_nearness(const void *a, const void *b)
{
    const found_change *x = a, *y = b;
    if (x->change.was_unknown != y->change.was_unknown) {
        return x->change.was_unknown ? -1 : 1;
    }
    int order = x->change.was_unknown ? 0 : ost_decimal_compare(x->distance, y->distance);
    return order != 0 ? order : ost_str_compare(x->id, y->id);
}

static void write_values(ost_run *run, ost_why_change *change)
{
    ost_fact shown = *change->fact;
    shown.value = ost_run_keep(run, change->to);
    shown.date = (ost_when){0};
    change->to = shown.value;
    change->to_text = ost_fact_text(run->content, run->arena, &shown, OST_FOR_CLINICIAN);
    change->plain_to_text = ost_fact_text(run->content, run->arena, &shown, OST_FOR_PATIENT);
}

static void find_changes(ost_run *run, ost_why_answer *out, const ost_plan *plan)
{
    const ost_content *content = run->content;
    search s = {.run = run,
                .assessment = out->assessment,
                .plan = plan,
                .option = out->plan,
                .now = out->option.status};
    found_change *found = ost_arena_array(run->arena, content->fact_count, sizeof *found);
    size_t count = 0;
    if (!found) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < content->fact_count && run->status == OST_OK; i++) {
        const ost_fact_def *def = &content->facts[i];
        if (def->changeable && ost_option_depends(content, plan, out->plan, def->define) &&
            search_fact(&s, i)) {
            found[count++] = s.best;
        }
    }
    qsort(found, count, sizeof *found, by_nearness);
    out->change_count = count < OST_WHY_CHANGES ? count : OST_WHY_CHANGES;
    for (size_t i = 0; i < out->change_count; i++) {
        out->changes[i] = found[i].change;
        write_values(run, &out->changes[i]);
    }
}

static void find_facts(ost_run *run, ost_why_answer *out, const ost_plan *plan)
{
    const ost_content *content = run->content;
    const ost_assessment *a = out->assessment;
    out->facts = ost_arena_array(run->arena, a->fact_count, sizeof *out->facts);
    if (!out->facts) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < a->fact_count; i++) {
        const ost_fact_def *def = ost_content_fact(content, a->facts[i].id);
        if (def && ost_option_depends(content, plan, out->plan, def->define) &&
            may_name(run, &a->facts[i])) {
            out->facts[out->fact_count++] = &a->facts[i];
        }
    }
}

/* The source of a definition: from its line to the next empty line or definition. */
static ost_str source_of(const ost_program *program, ost_define_info info)
{
    ost_str source = ost_program_source(program, info.source_name), rest = source, line;
    size_t start = SIZE_MAX, end = 0;
    for (uint32_t number = 1; ost_str_next(&rest, '\n', &line); number++) {
        if (number < info.line) {
            continue;
        }
        bool next = number > info.line &&
                    (ost_str_trim(line).len == 0 || ost_str_starts(line, OST_STR("define ")));
        if (next) {
            break;
        }
        start = start == SIZE_MAX ? (size_t)(line.ptr - source.ptr) : start;
        end = (size_t)(line.ptr - source.ptr) + line.len;
    }
    return start == SIZE_MAX ? (ost_str){0} : ost_str_sub(source, start, end - start);
}

static void add_result(ost_run *run, ost_why_answer *out, ost_why_rule *rules, const char *role,
                       uint32_t define, ost_tri value)
{
    ost_define_info info = ost_program_define(run->content->program, define);
    rules[out->rule_count++] = (ost_why_rule){.role = role,
                                              .library = info.library,
                                              .name = info.name,
                                              .file = info.source_name,
                                              .line = info.line,
                                              .text = source_of(run->content->program, info),
                                              .value = value};
}

/* Which lesions a result is of. */
static void name_lesions(ost_run *run, const ost_remarks *remarks, ost_why_rule *rule)
{
    static const ost_remark_form names = {"option.lesions", "reason", "option.lesions"};
    const ost_remark *remark = &remarks->items[0];
    ost_text_builder ids = {0};
    for (size_t i = 0; i < remark->count; i++) {
        ost_run_add_text(run, &ids, run->scopes[remark->scopes[i]].lesion);
    }
    rule->lesions = ost_run_texts(&ids);
    rule->lesion_names = ost_remark_in(run, remark, names, OST_FOR_CLINICIAN);
}

/* One result for each value that lesions give; a result of all of them names none. */
static void add_results(ost_run *run, ost_why_answer *out, ost_why_rule *rules, const char *role,
                        uint32_t define)
{
    static const ost_tri order[] = {OST_TRI_YES, OST_TRI_UNKNOWN, OST_TRI_NO};
    ost_remarks remarks[OST_TRI_UNKNOWN + 1] = {{0}};
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        ost_remarks_add(run, &remarks[ost_run_tri(run, define)], (ost_remark){0});
    }
    ost_run_leave_lesion(run);
    for (size_t i = 0; i < OST_ARRAY_LEN(order) && run->status == OST_OK; i++) {
        const ost_remarks *of = &remarks[order[i]];
        if (of->count == 0) {
            continue;
        }
        add_result(run, out, rules, role, define, order[i]);
        if (of->items[0].count < run->lesion_count) {
            name_lesions(run, of, &rules[out->rule_count - 1]);
        }
    }
}

static void add_rule(ost_run *run, ost_why_answer *out, ost_why_rule *rules, const char *role,
                     uint32_t define)
{
    if (define == OST_DEFINE_NONE) {
        return;
    }
    if (out->plan->per_lesion && run->lesion_count > 0) {
        add_results(run, out, rules, role, define);
    } else {
        add_result(run, out, rules, role, define, ost_run_tri(run, define));
    }
}

static void find_rules(ost_run *run, ost_why_answer *out, const ost_plan *plan)
{
    const ost_plan_option *o = out->plan;
    size_t most = (2 + o->safety_count + o->first_count) * (OST_TRI_UNKNOWN + 1);
    ost_why_rule *rules = ost_arena_array(run->arena, most, sizeof *rules);
    if (!rules) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    add_rule(run, out, rules, "entry", plan->entry);
    add_rule(run, out, rules, "indication", o->define);
    for (size_t i = 0; i < o->safety_count; i++) {
        if (o->safety[i].block) {
            add_rule(run, out, rules, "block", o->safety[i].define);
        }
    }
    for (size_t i = 0; i < o->first_count; i++) {
        if (o->first[i].required) {
            add_rule(run, out, rules, "first", o->first[i].define);
        }
    }
    out->rules = rules;
}

static ost_status no_such_option(const ost_content *content, ost_arena *arena, const char *option,
                                 ost_error *error)
{
    ost_str near = ost_nearest_option(content, arena, ost_str_of(option));
    ost_status status = ost_err_set(error, OST_E_NOT_FOUND, "no such option: \"%s\"", option);
    ost_err_place(error, OST_STR("OPTION"), 0, 0, 0);
    if (near.len > 0) {
        ost_err_hint(error, "did you mean %.*s", OST_STR_ARG(near));
    } else {
        ost_err_hint(error, "osteon assess RECORD --format json has the ids of all options");
    }
    return status;
}

ost_status ost_why_find(const ost_content *content, const ost_patients *patients, size_t index,
                        const ost_assess_options *options, const char *option, ost_arena *arena,
                        ost_why_answer *out, ost_error *error)
{
    const ost_plan *plan = NULL;
    ost_run run;
    *out = (ost_why_answer){0};
    ost_status status = ost_run_open(content, patients, index, options, arena, &run, error);
    bool shown =
        status == OST_OK && ost_content_option(content, ost_str_of(option), &plan, &out->plan);
    if (shown && run.audience != OST_FOR_CLINICIAN &&
        ost_str_is(out->plan->audience, "clinician")) {
        shown = false;
    }
    out->assessment = ost_arena_alloc(arena, sizeof *out->assessment);
    if (status == OST_OK && !out->assessment) {
        status = ost_err_memory(error, arena);
    }
    if (status == OST_OK && !shown) {
        status = no_such_option(content, arena, option, error);
    }
    if (status == OST_OK) {
        out->assessment->arena = arena;
        ost_run_assess(&run, out->assessment);
        out->option = ost_run_option(&run, plan, out->plan);
        find_facts(&run, out, plan);
        find_rules(&run, out, plan);
        find_changes(&run, out, plan);
        status = run.status == OST_OK ? OST_OK : ost_err_memory(error, arena);
    }
    ost_run_close(&run);
    return status;
}
