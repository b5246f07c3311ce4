/* Red flags: raised (suspected or confirmed), not found, or not to be excluded.
 *
 * Flags are looked at whatever the topic's entry condition says: a danger sign is not less
 * dangerous because another part of the record is missing. "Not found" needs both definitions to
 * be false; null is "cannot exclude". */
#include "guide/lesions.h"

static void add_actions(ost_run *run, const ost_plan_flag *plan, ost_flag *out)
{
    ost_text_builder texts = {0}, plain = {0};
    ost_audience hers = run->audience == OST_FOR_FAMILY ? OST_FOR_FAMILY : OST_FOR_PATIENT;
    for (size_t i = 0; i < plan->text.count; i++) {
        ost_str text = ost_run_words(run, plan->text.items[i], OST_FOR_CLINICIAN, NULL);
        ost_str own = ost_run_words(run, plan->text.items[i], hers, NULL);
        if (text.len > 0) {
            ost_run_add_text(run, &texts, text);
        }
        if (own.len > 0) {
            ost_run_add_text(run, &plain, own);
        }
    }
    out->actions = ost_run_texts(&texts);
    out->plain_actions = ost_run_texts(&plain);
}

static ost_flag read_here(ost_run *run, const ost_plan_option *option)
{
    const ost_plan_flag *plan = option->flag;
    ost_tri confirmed = ost_run_tri(run, plan->confirmed);
    ost_tri suspected = ost_run_tri(run, plan->suspected);
    ost_flag out = {.id = option->id,
                    .title = option->title,
                    .plain_title = option->plain_title,
                    .within_hours = plan->within_hours,
                    .facts = plan->facts};
    out.confirmed = confirmed == OST_TRI_YES;
    out.raised = out.confirmed || suspected == OST_TRI_YES;
    out.cannot_exclude =
        !out.raised && (confirmed == OST_TRI_UNKNOWN || suspected == OST_TRI_UNKNOWN);
    if (out.cannot_exclude) {
        ost_text_builder missing = {0};
        ost_run_gaps(run, plan->confirmed, &missing);
        ost_run_gaps(run, plan->suspected, &missing);
        out.missing = ost_run_texts(&missing);
    }
    if (out.raised) {
        add_actions(run, plan, &out);
    }
    return out;
}

/* How much a flag says: confirmed, suspected, not to be excluded, not found. */
static int weight(const ost_flag *flag)
{
    return flag->confirmed ? 3 : flag->raised ? 2 : flag->cannot_exclude ? 1 : 0;
}

/* Of a flag of single lesions the lesion that says most. */
static ost_flag read_flag(ost_run *run, const ost_plan_option *option)
{
    if (!option->per_lesion || run->lesion_count == 0) {
        return read_here(run, option);
    }
    ost_flag most = {0};
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        ost_flag one = read_here(run, option);
        most = i == 0 || weight(&one) > weight(&most) ? one : most;
    }
    ost_run_leave_lesion(run);
    return most;
}

const ost_flag *ost_run_flags(ost_run *run, size_t *count)
{
    const ost_content *content = run->content;
    ost_flag *flags = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t p = 0; p < content->plan_count; p++) {
        for (size_t i = 0; i < content->plans[p].count && run->status == OST_OK; i++) {
            const ost_plan_option *option = &content->plans[p].options[i];
            if (!option->flag) {
                continue;
            }
            flags = ost_arena_grow(run->arena, flags, &capacity, *count + 1, sizeof *flags);
            if (!flags) {
                ost_run_fail(run, OST_E_MEMORY);
                *count = 0;
                return NULL;
            }
            flags[(*count)++] = read_flag(run, option);
        }
    }
    return flags;
}
