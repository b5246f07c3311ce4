/* What the content decides, and what a case shows of it.
 *
 * A condition counts as seen by its own text only: a fact whose definition is replaced (by the
 * case, or because it is too old) shows nothing of it. What is asked of one lesion is looked at
 * for each lesion; for the woman as a whole only when no lesion is on record.
 * The status of an option or a flag counts when a case expects it by name; that it comes out so is
 * the test `cases`. A safety condition or a prerequisite counts for an option that is indicated
 * and named by the case, so that it is what decides. */
#include "seen.h"

#include "guide/lesions.h"

static const seen_kind condition_kind = {"conditions", {"true", "false", "null"}};
static const seen_kind option_kind = {"options", {"applies", "does not apply", "cannot tell yet"}};
static const seen_kind safety_kind = {"safety", {"unsafe", "safe", "unknown"}};
static const seen_kind first_kind = {"prerequisites", {"done", "undone", "unknown"}};
static const seen_kind flag_kind = {"flags",
                                    {"confirmed", "suspected", "not found", "cannot exclude"}};
static const seen_kind item_kind = {"items", {"known", "missing"}};
static const seen_kind threshold_kind = {"thresholds", {"below", "at", "above"}};

enum { THRESHOLDS_MAX = 64 };

static ost_str define_name(const ost_content *content, ost_arena *arena, uint32_t define)
{
    ost_buf out = ost_buf_init(arena);
    ost_define_info info = ost_program_define(content->program, define);
    ost_buf_printf(&out, "%.*s.%.*s", OST_STR_ARG(info.library), OST_STR_ARG(info.name));
    return ost_buf_str(&out);
}

/* "safety:start-x/BoneAgents.Pregnant" */
static ost_str part_name(ost_arena *arena, const char *prefix, ost_str of, ost_str part)
{
    ost_buf out = ost_buf_init(arena);
    ost_buf_printf(&out, "%s:%.*s/%.*s", prefix, OST_STR_ARG(of), OST_STR_ARG(part));
    return ost_buf_str(&out);
}

static ost_str prefixed(ost_arena *arena, const char *prefix, ost_str id)
{
    ost_buf out = ost_buf_init(arena);
    ost_buf_printf(&out, "%s:%.*s", prefix, OST_STR_ARG(id));
    return ost_buf_str(&out);
}

/* ---------------------------------------------------------------- what there is */

static void list_conditions(seen_content *all)
{
    const ost_program *program = all->content->program;
    for (uint32_t d = 0; d < ost_program_define_count(program); d++) {
        ost_define_info info = ost_program_define(program, d);
        bool boolean = ost_str_is(info.type, "System.Boolean") || ost_str_is(info.type, "Boolean");
        all->conditions[d] = boolean ? seen_add(&all->list, &condition_kind, info.library,
                                                define_name(all->content, all->list.arena, d))
                                     : SIZE_MAX;
    }
}

static void list_flag(seen_content *all, const ost_plan *plan, const ost_plan_option *option)
{
    ost_str id = prefixed(all->list.arena, "flag", option->id);
    size_t at = seen_add(&all->list, &flag_kind, plan->topic, id);
    if (all->list.failed) {
        return;
    }
    unsigned never = (option->flag->confirmed == OST_DEFINE_NONE ? 1U : 0) |
                     (option->flag->suspected == OST_DEFINE_NONE ? 2U : 0);
    all->list.items[at].wanted &= ~never;
}

static void list_safety(seen_content *all, const ost_plan *plan, const ost_plan_option *option)
{
    for (size_t i = 0; i < option->safety_count; i++) {
        ost_str name = define_name(all->content, all->list.arena, option->safety[i].define);
        (void)seen_add(&all->list, &safety_kind, plan->topic,
                       part_name(all->list.arena, "safety", option->id, name));
    }
}

static void list_first(seen_content *all, const ost_plan *plan, const ost_plan_option *option)
{
    for (size_t i = 0; i < option->first_count; i++) {
        ost_str name = define_name(all->content, all->list.arena, option->first[i].define);
        (void)seen_add(&all->list, &first_kind, plan->topic,
                       part_name(all->list.arena, "first", option->id, name));
    }
}

static void list_status(seen_content *all, const ost_plan *plan, const ost_plan_option *option)
{
    (void)seen_add(&all->list, &option_kind, plan->topic,
                   prefixed(all->list.arena, "option", option->id));
}

typedef void list_step(seen_content *all, const ost_plan *plan, const ost_plan_option *option);

static void list_plans(seen_content *all, list_step *step, bool flags)
{
    for (size_t p = 0; p < all->content->plan_count; p++) {
        const ost_plan *plan = &all->content->plans[p];
        for (size_t i = 0; i < plan->count; i++) {
            if ((plan->options[i].flag != NULL) == flags) {
                step(all, plan, &plan->options[i]);
            }
        }
    }
}

static void list_items(seen_content *all)
{
    for (size_t s = 0; s < all->content->score_count; s++) {
        const ost_score_def *score = &all->content->scores[s];
        for (size_t i = 0; i < score->item_count; i++) {
            (void)seen_add(&all->list, &item_kind, score->id,
                           part_name(all->list.arena, "item", score->id, score->items[i].id));
        }
    }
}

static bool is_number(ost_value value)
{
    return value.kind == OST_INTEGER || value.kind == OST_DECIMAL || value.kind == OST_QUANTITY;
}

static void add_threshold(seen_content *all, uint32_t define, ost_value literal)
{
    ost_buf id = ost_buf_init(all->list.arena);
    ost_str name = define_name(all->content, all->list.arena, define);
    ost_buf_printf(&id, "threshold:%.*s/", OST_STR_ARG(name));
    ost_value_print(&id, literal);
    size_t before = all->list.count;
    size_t subject =
        seen_add(&all->list, &threshold_kind,
                 ost_program_define(all->content->program, define).library, ost_buf_str(&id));
    if (all->list.count == before) {
        return;
    }
    all->thresholds = ost_arena_grow(all->list.arena, all->thresholds, &all->threshold_capacity,
                                     all->threshold_count + 1, sizeof *all->thresholds);
    if (!all->thresholds) {
        all->list.failed = true;
        all->threshold_count = 0;
        return;
    }
    all->thresholds[all->threshold_count++] = (seen_threshold){define, literal, subject};
}

static void list_thresholds(seen_content *all)
{
    const ost_program *program = all->content->program;
    size_t count = ost_program_define_count(program);
    for (uint32_t fact = 0; fact < count; fact++) {
        for (uint32_t d = 0; d < count; d++) {
            ost_value found[THRESHOLDS_MAX];
            size_t literals = ost_program_depends(program, d, fact)
                                  ? ost_program_thresholds(program, d, fact, found, THRESHOLDS_MAX)
                                  : 0;
            for (size_t i = 0; i < literals; i++) {
                if (is_number(found[i])) {
                    add_threshold(all, fact, found[i]);
                }
            }
        }
    }
}

bool seen_content_list(seen_content *all, ost_arena *arena, const ost_content *content)
{
    size_t count = ost_program_define_count(content->program);
    *all = (seen_content){.content = content, .list = seen_list_init(arena)};
    all->conditions = ost_arena_array(arena, count, sizeof *all->conditions);
    if (!all->conditions) {
        return false;
    }
    list_conditions(all);
    list_plans(all, list_status, false);
    list_plans(all, list_safety, false);
    list_plans(all, list_first, false);
    list_plans(all, list_flag, true);
    list_items(all);
    list_thresholds(all);
    return !all->list.failed;
}

/* ---------------------------------------------------------------- what a case shows */

/* Whether the scope that is entered is the one in which a definition is asked. */
static bool is_asked(const ost_run *run, bool of_lesion)
{
    return of_lesion ? run->scope > 0 || run->lesion_count == 0 : run->scope == 0;
}

static bool is_of_lesion(const ost_run *run, uint32_t define)
{
    return ost_program_depends(run->content->program, define, run->content->current_lesion);
}

static bool replaces(const test_case *c, ost_str fact)
{
    ost_str rest = c->facts, one;
    while (ost_str_next(&rest, ';', &one)) {
        size_t equals = ost_str_find(one, OST_STR("="), 0);
        if (equals != SIZE_MAX && ost_str_equal(ost_str_trim(ost_str_sub(one, 0, equals)), fact)) {
            return true;
        }
    }
    return false;
}

/* A fact without a value, or with two, is null by its own text (docs/design/content.md), so that
 * it is replaced with null changes nothing. */
static bool is_own(const test_case *c, const ost_run *run, uint32_t define)
{
    uint32_t fact = ost_content_fact_of(run->content, define);
    if (fact == UINT32_MAX || !run->overridden[fact]) {
        return true;
    }
    ost_fact_state state = run->facts[fact].state;
    return !replaces(c, run->content->facts[fact].id) &&
           (state == OST_FACT_UNKNOWN || state == OST_FACT_CONFLICT);
}

static void note_conditions(seen_content *all, const test_case *c, ost_run *run)
{
    static const size_t ways[] = {[OST_TRI_YES] = 0, [OST_TRI_NO] = 1, [OST_TRI_UNKNOWN] = 2};
    for (uint32_t d = 0; d < ost_program_define_count(run->content->program); d++) {
        if (all->conditions[d] != SIZE_MAX && is_own(c, run, d) &&
            is_asked(run, is_of_lesion(run, d))) {
            all->list.items[all->conditions[d]].seen |= 1U << ways[ost_run_tri(run, d)];
        }
    }
}

static bool names(const test_case *c, ost_str id)
{
    for (size_t i = 0; i < c->expected_count; i++) {
        if (ost_str_equal(c->expected[i].subject, id)) {
            return true;
        }
    }
    return false;
}

/* The conditions that decide an option which is indicated. */
static void note_option(seen_content *all, const ost_plan *plan, const ost_plan_option *option,
                        ost_run *run)
{
    static const size_t ways[] = {[OST_TRI_YES] = 0, [OST_TRI_NO] = 1, [OST_TRI_UNKNOWN] = 2};
    if (ost_run_tri(run, plan->entry) != OST_TRI_YES ||
        ost_run_tri(run, option->define) != OST_TRI_YES) {
        return;
    }
    for (size_t i = 0; i < option->safety_count; i++) {
        uint32_t define = option->safety[i].define;
        ost_str name = define_name(run->content, run->arena, define);
        seen_mark(&all->list, part_name(run->arena, "safety", option->id, name),
                  ways[ost_run_tri(run, define)]);
    }
    for (size_t i = 0; i < option->first_count; i++) {
        uint32_t define = option->first[i].define;
        ost_str name = define_name(run->content, run->arena, define);
        seen_mark(&all->list, part_name(run->arena, "first", option->id, name),
                  ways[ost_run_tri(run, define)]);
    }
}

static void note_options(seen_content *all, const test_case *c, ost_run *run)
{
    for (size_t p = 0; p < run->content->plan_count; p++) {
        const ost_plan *plan = &run->content->plans[p];
        for (size_t i = 0; i < plan->count; i++) {
            const ost_plan_option *option = &plan->options[i];
            if (!option->flag && is_asked(run, option->per_lesion) && names(c, option->id)) {
                note_option(all, plan, option, run);
            }
        }
    }
}

static void note_items(seen_content *all, ost_run *run)
{
    for (size_t s = 0; s < run->content->score_count; s++) {
        const ost_score_def *score = &run->content->scores[s];
        bool asked =
            is_asked(run, score->per_lesion) &&
            (score->when == OST_DEFINE_NONE || ost_run_tri(run, score->when) == OST_TRI_YES);
        for (size_t i = 0; asked && i < score->item_count; i++) {
            ost_value value = ost_run_value(run, score->items[i].define);
            seen_mark(&all->list, part_name(run->arena, "item", score->id, score->items[i].id),
                      ost_is_null(value));
        }
    }
}

/* The value as a number in the unit of the literal. */
static bool number_of(const ost_run *run, ost_value value, ost_value literal, ost_decimal *out)
{
    if (value.kind == OST_INTEGER) {
        *out = ost_decimal_of_int(value.integer);
        return true;
    }
    if (value.kind == OST_DECIMAL) {
        *out = value.decimal;
        return true;
    }
    if (value.kind != OST_QUANTITY) {
        return false;
    }
    if (literal.kind != OST_QUANTITY ||
        ost_str_equal(value.quantity->unit, literal.quantity->unit)) {
        *out = value.quantity->value;
        return true;
    }
    return ost_ucum_convert(run->content->ucum, value.quantity->value, value.quantity->unit,
                            literal.quantity->unit, out, NULL) == OST_OK;
}

static void note_thresholds(seen_content *all, ost_run *run)
{
    for (size_t i = 0; i < all->threshold_count; i++) {
        const seen_threshold *t = &all->thresholds[i];
        ost_decimal value, literal;
        if (!is_asked(run, is_of_lesion(run, t->define)) ||
            !number_of(run, ost_run_value(run, t->define), t->literal, &value) ||
            !number_of(run, t->literal, t->literal, &literal)) {
            continue;
        }
        int side = ost_decimal_compare(value, literal);
        all->list.items[t->subject].seen |= side < 0 ? 1U : side == 0 ? 2U : 4U;
    }
}

static void note_scope(seen_content *all, const test_case *c, ost_run *run)
{
    note_conditions(all, c, run);
    note_options(all, c, run);
    note_items(all, run);
    note_thresholds(all, run);
}

/* The statuses that the case expects by name. */
static void note_expected(seen_content *all, const test_case *c, ost_arena *arena)
{
    for (size_t i = 0; i < c->expected_count; i++) {
        const expectation *e = &c->expected[i];
        bool flag = ost_str_starts(e->subject, OST_STR("flag:"));
        const seen_kind *kind = flag ? &flag_kind : &option_kind;
        ost_str id = flag ? e->subject : prefixed(arena, "option", e->subject);
        for (size_t w = 0; e->part.len == 0 && w < SEEN_WAYS && kind->ways[w]; w++) {
            if (ost_str_is(e->value, kind->ways[w])) {
                seen_mark(&all->list, id, w);
            }
        }
    }
}

void seen_content_note(seen_content *all, const test_case *c, ost_run *run)
{
    note_expected(all, c, run->arena);
    note_scope(all, c, run);
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        note_scope(all, c, run);
        ost_run_leave_lesion(run);
    }
}
