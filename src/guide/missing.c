/* Which unknown facts matter most: ordered by the number of options whose status some value of
 * the fact would change; ties by id. A fact that alone changes nothing, because another one is
 * unknown too, comes last. */
#include "guide/run.h"

#include <stdlib.h>

typedef struct candidate {
    ost_str id;
    size_t options; /* that change */
} candidate;

static bool changes(ost_run *run, size_t fact, const ost_plan *plan, const ost_plan_option *option)
{
    ost_value values[OST_TRIALS_MAX];
    ost_verdict now = ost_run_verdict(run, plan, option);
    size_t count = ost_run_trials(run, fact, plan, option, values);
    bool changed = false;
    for (size_t i = 0; i < count && !changed; i++) {
        ost_run_try(run, fact, values[i]);
        changed = ost_run_verdict(run, plan, option).status != now.status;
    }
    ost_run_untry(run, fact);
    return changed;
}

/* Options listed in the answer that the fact would change. */
static size_t count_changes(ost_run *run, size_t fact)
{
    const ost_content *content = run->content;
    uint32_t define = content->facts[fact].define;
    size_t changed = 0;
    for (size_t p = 0; p < content->plan_count; p++) {
        const ost_plan *plan = &content->plans[p];
        if (ost_run_tri(run, plan->entry) == OST_TRI_NO) {
            continue;
        }
        for (size_t i = 0; i < plan->count && run->status == OST_OK; i++) {
            const ost_plan_option *option = &plan->options[i];
            if (!option->flag && ost_option_depends(content, plan, option, define)) {
                changed += changes(run, fact, plan, option);
            }
        }
    }
    return changed;
}

static int by_influence(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->options != y->options) {
        return x->options > y->options ? -1 : 1;
    }
    return ost_str_compare(x->id, y->id);
}

ost_text_list ost_run_missing(ost_run *run, const ost_option *options, size_t option_count,
                              const ost_flag *flags, size_t flag_count)
{
    ost_text_builder all = {0};
    for (size_t i = 0; i < option_count; i++) {
        for (size_t k = 0; k < options[i].missing.count; k++) {
            ost_run_add_text(run, &all, options[i].missing.items[k]);
        }
    }
    for (size_t i = 0; i < flag_count; i++) {
        for (size_t k = 0; k < flags[i].missing.count; k++) {
            ost_run_add_text(run, &all, flags[i].missing.items[k]);
        }
    }
    candidate *list = ost_arena_array(run->arena, all.count + 1, sizeof *list);
    if (!list) {
        ost_run_fail(run, OST_E_MEMORY);
        return (ost_text_list){0};
    }
    for (size_t i = 0; i < all.count; i++) {
        size_t fact = ost_map_get(&run->content->fact_ids, all.items[i]);
        list[i] = (candidate){all.items[i], count_changes(run, fact)};
    }
    qsort(list, all.count, sizeof *list, by_influence);
    for (size_t i = 0; i < all.count; i++) {
        all.items[i] = list[i].id;
    }
    return ost_run_texts(&all);
}
