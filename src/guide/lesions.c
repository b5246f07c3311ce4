/* Scopes: the woman as a whole, then one for each lesion. */
#include "guide/lesions.h"

static bool of_lesion(const ost_run *run, size_t fact)
{
    return run->content->facts[fact].per_lesion;
}

static void enter(ost_run *run, size_t scope)
{
    run->scope = scope;
    run->eval = run->scopes[scope].eval;
    run->facts = run->scopes[scope].facts;
    run->overridden = run->scopes[scope].overridden;
    run->base = run->scopes[scope].base;
}

/* A scope begins as a copy of the whole: what is overridden there is overridden here. */
static bool open_scope(ost_run *run, ost_run_scope *scope, ost_str lesion)
{
    const ost_run_scope *whole = &run->scopes[0];
    size_t count = run->content->fact_count;
    *scope = (ost_run_scope){.lesion = lesion, .eval = ost_run_new_eval(run)};
    scope->facts = ost_arena_copy(run->arena, whole->facts, count * sizeof *scope->facts);
    scope->overridden =
        ost_arena_copy(run->arena, whole->overridden, count * sizeof *scope->overridden);
    scope->base = ost_arena_copy(run->arena, whole->base, count * sizeof *scope->base);
    if (!scope->eval || !scope->facts || !scope->overridden || !scope->base) {
        return false;
    }
    ost_value current = ost_string(lesion);
    bool good = ost_eval_override(scope->eval, run->content->current_lesion, current) == OST_OK;
    for (size_t i = 0; i < count; i++) {
        if (of_lesion(run, i)) {
            scope->overridden[i] = false;
        } else if (scope->overridden[i]) {
            uint32_t define = run->content->facts[i].define;
            good = ost_eval_override(scope->eval, define, scope->base[i]) == OST_OK && good;
        }
    }
    return good;
}

static void read_scope(ost_run *run, ost_str lesion)
{
    if (!open_scope(run, &run->scopes[run->lesion_count + 1], lesion)) {
        ost_eval_free(run->scopes[run->lesion_count + 1].eval);
        run->scopes[run->lesion_count + 1].eval = NULL;
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    run->lesion_count++;
    enter(run, run->lesion_count);
    ost_run_read_facts(run, true);
    for (size_t i = 0; i < run->content->fact_count; i++) {
        if (of_lesion(run, i)) {
            run->facts[i].lesion = lesion;
        }
    }
    enter(run, 0);
}

void ost_run_lesions(ost_run *run)
{
    ost_value ids = run->content->lesions == OST_DEFINE_NONE
                        ? ost_null()
                        : ost_run_keep(run, ost_run_value(run, run->content->lesions));
    size_t count = ids.kind == OST_LIST ? ids.list.count : 0;
    run->scopes = ost_arena_array(run->arena, count + 1, sizeof *run->scopes);
    if (!run->scopes) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    run->scopes[0] = (ost_run_scope){
        .eval = run->eval, .facts = run->facts, .overridden = run->overridden, .base = run->base};
    for (size_t i = 0; i < count && run->status == OST_OK; i++) {
        if (ids.list.items[i].kind == OST_STRING) {
            read_scope(run, ids.list.items[i].string);
        }
    }
}

void ost_run_trace(ost_run *run, bool on)
{
    for (size_t i = 0; run->scopes && i <= run->lesion_count; i++) {
        ost_eval_trace(run->scopes[i].eval, on);
    }
}

void ost_run_enter_lesion(ost_run *run, size_t index)
{
    enter(run, index + 1);
}

void ost_run_leave_lesion(ost_run *run)
{
    enter(run, 0);
}

void ost_run_free_lesions(ost_run *run)
{
    for (size_t i = 1; run->scopes && i <= run->lesion_count; i++) {
        ost_eval_free(run->scopes[i].eval);
    }
}

ost_fact *ost_run_all_facts(ost_run *run, size_t *count)
{
    size_t own = run->content->fact_count, each = 0, used = 0;
    for (size_t i = 0; i < own; i++) {
        each += of_lesion(run, i);
    }
    *count = own - each + each * run->lesion_count;
    ost_fact *all = ost_arena_array(run->arena, *count, sizeof *all);
    if (!all) {
        ost_run_fail(run, OST_E_MEMORY);
        *count = 0;
        return NULL;
    }
    for (size_t k = 0; k <= run->lesion_count; k++) {
        for (size_t i = 0; i < own; i++) {
            if (of_lesion(run, i) == (k > 0)) {
                all[used++] = run->scopes[k].facts[i];
            }
        }
    }
    return all;
}

static ost_str place_of(ost_run *run, ost_audience audience)
{
    ost_buf name = ost_buf_init(run->arena);
    for (size_t i = 0; i < run->content->fact_count; i++) {
        const ost_fact *fact = &run->facts[i];
        if (run->content->facts[i].names_lesion && !ost_is_null(fact->value)) {
            ost_buf_text(&name, name.len > 0 ? " " : "");
            ost_buf_add(&name, ost_fact_value_text(run->content, run->arena, fact, audience));
        }
    }
    return name.len > 0 ? ost_buf_str(&name) : run->scopes[run->scope].lesion;
}

static bool has_twin(const ost_run *run, const ost_str *places, size_t index)
{
    bool twin = false;
    for (size_t i = 0; i < run->lesion_count; i++) {
        twin = twin || (i != index && ost_str_equal(places[i], places[index]));
    }
    return twin;
}

void ost_run_name_lesions(ost_run *run)
{
    ost_str *places = ost_arena_array(run->arena, run->lesion_count, sizeof *places);
    if (!places) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    for (int a = 0; a < OST_AUDIENCE_COUNT; a++) {
        for (size_t i = 0; i < run->lesion_count; i++) {
            ost_run_enter_lesion(run, i);
            places[i] = place_of(run, (ost_audience)a);
        }
        ost_run_leave_lesion(run);
        for (size_t i = 0; i < run->lesion_count; i++) {
            ost_run_scope *scope = &run->scopes[i + 1];
            ost_buf both = ost_buf_init(run->arena);
            ost_buf_printf(&both, "%.*s (%.*s)", OST_STR_ARG(places[i]),
                           OST_STR_ARG(scope->lesion));
            scope->names[a] = has_twin(run, places, i) ? ost_buf_str(&both) : places[i];
        }
    }
}

ost_str ost_run_lesion_name(ost_run *run, ost_audience audience)
{
    return run->scopes[run->scope].names[audience];
}

/* The region that a word of place is drawn in; a vertebra is its own region. */
static ost_str region_of(const ost_run *run, ost_str place)
{
    const ost_csv *places = &run->content->places;
    for (size_t i = 0; i < places->row_count; i++) {
        if (ost_str_equal(places->rows[i].fields[0], place)) {
            return places->rows[i].fields[1];
        }
    }
    return (ost_str){0};
}

/* Puts one fact of the lesion where its label says. */
static void place_fact(ost_run *run, ost_str map, ost_value value, ost_lesion *out)
{
    if (value.kind == OST_STRING && ost_str_is(map, "level")) {
        out->region = value.string;
    } else if (value.kind == OST_STRING && ost_str_is(map, "region") && out->region.len == 0) {
        out->region = region_of(run, value.string);
    } else if (value.kind == OST_STRING && ost_str_is(map, "side")) {
        out->side = value.string;
    } else if (value.kind == OST_STRING && ost_str_is(map, "state")) {
        out->state = value.string;
    } else if (value.kind == OST_STRING && ost_str_is(map, "modality")) {
        out->modality = value.string;
    } else if ((value.kind == OST_DATE || value.kind == OST_DATETIME) && ost_str_is(map, "date")) {
        out->date = value.when;
        out->age_days = (int)(ost_when_days(run->as_of) - ost_when_days(value.when));
    }
}

static ost_lesion describe(ost_run *run)
{
    ost_lesion out = {.id = run->scopes[run->scope].lesion,
                      .name = ost_run_lesion_name(run, OST_FOR_CLINICIAN),
                      .plain_name = ost_run_lesion_name(run, OST_FOR_PATIENT),
                      .age_days = -1};
    for (size_t i = 0; i < run->content->fact_count; i++) {
        if (run->content->facts[i].map.len > 0) {
            place_fact(run, run->content->facts[i].map, run->facts[i].value, &out);
        }
    }
    return out;
}

const ost_lesion *ost_run_lesion_list(ost_run *run, size_t *count)
{
    ost_lesion *all = ost_arena_array(run->arena, run->lesion_count, sizeof *all);
    *count = all ? run->lesion_count : 0;
    for (size_t i = 0; i < *count; i++) {
        ost_run_enter_lesion(run, i);
        all[i] = describe(run);
    }
    ost_run_leave_lesion(run);
    return all;
}
