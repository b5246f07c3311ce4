/* Red flags: raised (suspected or confirmed), not found, or not to be excluded.
 *
 * Flags are looked at whatever the topic's entry condition says: a danger sign is not less
 * dangerous because another part of the record is missing. "Not found" needs both definitions to
 * be false; null is "cannot exclude". */
#include "guide/remarks.h"

enum { READERS = 2 }; /* the clinician; her, or her family */

/* How much is known of a flag. */
typedef enum flag_weight { NOT_FOUND, CANNOT_EXCLUDE, SUSPECTED, CONFIRMED } flag_weight;

/* What a raised flag says to one reader. */
typedef struct telling {
    ost_audience audience;
    ost_remarks lesions; /* those that say most, as one remark without text */
    ost_remarks actions, suspected, open;
} telling;

/* A flag in the making, lesion after lesion. */
typedef struct gathering {
    ost_run *run;
    const ost_plan_option *option;
    flag_weight most; /* of any lesion */
    size_t members;   /* lesions of that weight */
    ost_text_builder missing;
    telling told[READERS];
} gathering;

static flag_weight weigh(ost_run *run, const ost_plan_flag *plan)
{
    ost_tri confirmed = ost_run_tri(run, plan->confirmed);
    ost_tri suspected = ost_run_tri(run, plan->suspected);
    if (confirmed == OST_TRI_YES) {
        return CONFIRMED;
    }
    if (suspected == OST_TRI_YES) {
        return SUSPECTED;
    }
    bool open = confirmed == OST_TRI_UNKNOWN || suspected == OST_TRI_UNKNOWN;
    return open ? CANNOT_EXCLUDE : NOT_FOUND;
}

static ost_text_list open_facts(ost_run *run, const ost_plan_flag *plan)
{
    ost_text_builder missing = {0};
    ost_run_gaps(run, plan->confirmed, &missing);
    ost_run_gaps(run, plan->suspected, &missing);
    return ost_run_texts(&missing);
}

static void tell_actions(ost_run *run, const ost_plan_flag *plan, telling *t)
{
    ost_remarks_add(run, &t->lesions, (ost_remark){0});
    for (size_t i = 0; i < plan->text.count; i++) {
        ost_str text = ost_run_words(run, plan->text.items[i], t->audience, NULL);
        if (text.len > 0) {
            ost_remarks_add(run, &t->actions, (ost_remark){.text = text, .place = i});
        }
    }
}

/* The scope that is entered says as much as any. */
static void gather_member(gathering *g)
{
    const ost_plan_flag *plan = g->option->flag;
    g->members++;
    if (g->most == CANNOT_EXCLUDE) {
        ost_text_list missing = open_facts(g->run, plan);
        for (size_t i = 0; i < missing.count; i++) {
            ost_run_add_text(g->run, &g->missing, missing.items[i]);
        }
    }
    for (size_t i = 0; i < READERS && g->most >= SUSPECTED; i++) {
        tell_actions(g->run, plan, &g->told[i]);
    }
}

/* Raised for another lesion; what there is here is not lost. */
static void gather_other(gathering *g, flag_weight here)
{
    for (size_t i = 0; i < READERS; i++) {
        telling *t = &g->told[i];
        if (here == SUSPECTED) {
            ost_remarks_add(g->run, &t->suspected, (ost_remark){0});
        } else {
            ost_text_list missing = open_facts(g->run, g->option->flag);
            ost_remark remark = {.text = ost_run_fact_names(g->run, missing, t->audience)};
            ost_remarks_add(g->run, &t->open, remark);
        }
    }
}

static void gather(gathering *g)
{
    flag_weight here = weigh(g->run, g->option->flag);
    if (here == g->most) {
        gather_member(g);
    } else if (g->most >= SUSPECTED && here >= CANNOT_EXCLUDE) {
        gather_other(g, here);
    }
}

/* Where all lesions say the same it may be for a sign of the whole woman, and naming them would
 * point at one that has no part in it. */
static ost_text_list actions_of(gathering *g, telling *t)
{
    static const ost_remark_form lesions = {"option.lesions", "reason", "option.lesions"};
    static const ost_remark_form suspected = {"flag.suspected-lesion", "reason",
                                              "flag.suspected-lesion"};
    static const ost_remark_form open = {"flag.open-lesion", "missing", "flag.open-lesion-bare"};
    ost_text_builder out = {0};
    ost_remarks_sort(&t->actions);
    if (g->option->per_lesion && g->members < g->run->lesion_count) {
        ost_remarks_in(g->run, &t->lesions, lesions, t->audience, &out);
    }
    ost_remarks_text(g->run, &t->actions, g->members, t->audience, &out);
    ost_remarks_in(g->run, &t->suspected, suspected, t->audience, &out);
    ost_remarks_in(g->run, &t->open, open, t->audience, &out);
    return ost_run_texts(&out);
}

static ost_flag finish(gathering *g)
{
    const ost_plan_option *option = g->option;
    return (ost_flag){.id = option->id,
                      .title = option->title,
                      .plain_title = option->plain_title,
                      .within_hours = option->flag->within_hours,
                      .facts = option->flag->facts,
                      .confirmed = g->most == CONFIRMED,
                      .raised = g->most >= SUSPECTED,
                      .cannot_exclude = g->most == CANNOT_EXCLUDE,
                      .missing = ost_run_texts(&g->missing),
                      .actions = actions_of(g, &g->told[0]),
                      .plain_actions = actions_of(g, &g->told[1])};
}

static flag_weight most_of(ost_run *run, const ost_plan_flag *plan)
{
    flag_weight most = NOT_FOUND;
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        flag_weight here = weigh(run, plan);
        most = here > most ? here : most;
    }
    ost_run_leave_lesion(run);
    return most;
}

/* Of a flag of single lesions as it is for those that say most; the others that it is raised or
 * open for are named. */
static ost_flag read_flag(ost_run *run, const ost_plan_option *option)
{
    bool of_lesions = option->per_lesion && run->lesion_count > 0;
    gathering g = {
        .run = run,
        .option = option,
        .most = of_lesions ? most_of(run, option->flag) : weigh(run, option->flag),
        .told = {{.audience = OST_FOR_CLINICIAN}, {.audience = ost_run_plain_audience(run)}}};
    if (!of_lesions) {
        gather(&g);
    }
    for (size_t i = 0; of_lesions && i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        gather(&g);
        ost_run_leave_lesion(run);
    }
    return finish(&g);
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
