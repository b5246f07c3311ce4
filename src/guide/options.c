/* The options of the assessment: status, reasons, what must be done first, safety, dose, what is
 * missing.
 *
 * Options of a topic are listed when its entry condition is not false. A dose is computed only
 * for an option that applies: its definition gives a tuple (docs/design/content.md), or null
 * when something for it is unknown. An option of single lesions is gathered lesion after lesion;
 * any other in one step, in the same way. */
#include "guide/remarks.h"

enum { READERS = 2 }; /* the clinician; her, or her family */

/* What an option says to one reader. */
typedef struct telling {
    ost_audience audience;
    ost_remarks lesions; /* the lesions with the option's status, as one remark without text */
    ost_remarks open;    /* those where it can't be told, while it applies elsewhere */
    ost_remarks blocked; /* those where a danger forbids what it is for */
    ost_remarks waiting; /* those where something must be done first */
    ost_remarks doses, undosed, reasons, first, safety;
} telling;

/* An option in the making, lesion after lesion. */
typedef struct gathering {
    ost_run *run;
    const ost_plan *plan;
    const ost_plan_option *option;
    ost_option out;
    size_t members; /* with the option's status */
    bool doses_differ;
    ost_text_builder missing;
    telling told[READERS];
} gathering;

static void say(ost_run *run, ost_remarks *remarks, size_t place, ost_str text)
{
    if (text.len > 0) {
        ost_remarks_add(run, remarks, (ost_remark){.text = text, .place = place});
    }
}

static void tell_reasons(ost_run *run, const ost_plan_option *plan, const ost_dose *dose,
                         telling *t)
{
    for (size_t i = 0; i < plan->reason_count; i++) {
        const ost_plan_reason *reason = &plan->reasons[i];
        if (reason->define == OST_DEFINE_NONE || ost_run_tri(run, reason->define) == OST_TRI_YES) {
            say(run, &t->reasons, i, ost_run_words(run, reason->text, t->audience, dose));
        }
    }
}

/* What is not known to be done. */
static void tell_first(ost_run *run, const ost_plan_option *plan, const ost_dose *dose, telling *t)
{
    for (size_t i = 0; i < plan->first_count; i++) {
        if (ost_run_tri(run, plan->first[i].define) != OST_TRI_YES) {
            say(run, &t->first, i, ost_run_words(run, plan->first[i].text, t->audience, dose));
        }
    }
}

/* The dangers that are there. */
static void tell_safety(ost_run *run, const ost_plan_option *plan, const ost_dose *dose, telling *t)
{
    for (size_t i = 0; i < plan->safety_count; i++) {
        const ost_plan_safety *entry = &plan->safety[i];
        if (ost_run_tri(run, entry->define) != OST_TRI_YES) {
            continue;
        }
        ost_remark remark = {.text = ost_run_words(run, entry->text, t->audience, dose),
                             .fact = entry->fact,
                             .block = entry->block,
                             .place = i};
        if (remark.text.len > 0) {
            ost_remarks_add(run, &t->safety, remark);
        }
    }
}

static void add_all(ost_run *run, ost_text_builder *out, ost_text_list list)
{
    for (size_t i = 0; i < list.count; i++) {
        ost_run_add_text(run, out, list.items[i]);
    }
}

/* The facts that would have to be known for the status. */
static ost_text_list open_facts(const gathering *g)
{
    ost_text_builder missing = {0};
    uint32_t defines[OST_OPTION_DEFINES_MAX];
    size_t count = ost_option_defines(g->plan, g->option, defines);
    for (size_t i = 0; i < count; i++) {
        ost_run_gaps(g->run, defines[i], &missing);
    }
    return ost_run_texts(&missing);
}

/* What is missing for a dose; nothing when the dose is there. */
static ost_text_list undosed_facts(const gathering *g, const ost_dose *dose)
{
    ost_text_builder missing = {0};
    if (!dose) {
        ost_run_gaps(g->run, g->option->dose, &missing);
    }
    return ost_run_texts(&missing);
}

static ost_str dose_line(ost_run *run, const ost_dose *dose, ost_audience audience)
{
    ost_buf out = ost_buf_init(run->arena);
    ost_buf_add(&out, ost_dose_text(run->content, run->arena, dose, audience));
    if (audience == OST_FOR_CLINICIAN && dose->rule.len > 0) {
        ost_buf_printf(&out, " (%.*s)", OST_STR_ARG(dose->rule));
    }
    return ost_buf_str(&out);
}

static void tell_dose(ost_run *run, const ost_dose *dose, ost_text_list missing, telling *t)
{
    if (dose) {
        say(run, &t->doses, 0, dose_line(run, dose, t->audience));
    } else {
        ost_str names = ost_run_fact_names(run, missing, t->audience);
        ost_remarks_add(run, &t->undosed, (ost_remark){.text = names});
    }
}

/* The scope that is entered has the option's status. */
static void gather_member(gathering *g)
{
    ost_run *run = g->run;
    bool applies = g->out.status == OST_APPLIES;
    const ost_dose *dose = applies ? ost_run_dose(run, g->option->dose) : NULL;
    ost_text_list undosed = applies ? undosed_facts(g, dose) : (ost_text_list){0};
    g->doses_differ = g->doses_differ || (g->members > 0 && !ost_dose_same(g->out.dose, dose));
    g->out.dose = g->members > 0 ? g->out.dose : dose;
    g->members++;
    add_all(run, &g->missing, undosed);
    if (g->out.status == OST_CANNOT_TELL) {
        add_all(run, &g->missing, open_facts(g));
    }
    for (size_t i = 0; i < READERS; i++) {
        telling *t = &g->told[i];
        ost_remarks_add(run, &t->lesions, (ost_remark){0});
        if (g->out.dosed) {
            tell_dose(run, dose, undosed, t);
        }
        tell_reasons(run, g->option, dose, t);
        tell_first(run, g->option, dose, t);
        tell_safety(run, g->option, dose, t);
    }
}

/* It applies elsewhere, and can't be told here. The facts that are missing here would not change
 * the option's status, so they are named in its reasons and are not its `missing`. */
static void gather_open(gathering *g)
{
    ost_text_list missing = open_facts(g);
    for (size_t i = 0; i < READERS; i++) {
        telling *t = &g->told[i];
        ost_remark remark = {.text = ost_run_fact_names(g->run, missing, t->audience)};
        ost_remarks_add(g->run, &t->open, remark);
    }
}

/* It is for this lesion too, and may not be done here, or not yet. */
static void gather_blocked(gathering *g, bool danger)
{
    ost_run *run = g->run;
    const ost_plan_option *plan = g->option;
    for (size_t r = 0; r < READERS; r++) {
        telling *t = &g->told[r];
        for (size_t i = 0; danger && i < plan->safety_count; i++) {
            const ost_plan_safety *entry = &plan->safety[i];
            if (entry->block && ost_run_tri(run, entry->define) == OST_TRI_YES) {
                say(run, &t->blocked, i, ost_run_words(run, entry->text, t->audience, NULL));
            }
        }
        for (size_t i = 0; !danger && i < plan->first_count; i++) {
            const ost_plan_first *entry = &plan->first[i];
            if (entry->required && ost_run_tri(run, entry->define) == OST_TRI_NO) {
                say(run, &t->waiting, i, ost_run_words(run, entry->text, t->audience, NULL));
            }
        }
    }
}

static void gather(gathering *g)
{
    ost_verdict here = ost_run_verdict(g->run, g->plan, g->option);
    if (here.status == g->out.status) {
        gather_member(g);
    } else if (here.status == OST_CANNOT_TELL) {
        gather_open(g);
    } else if (here.status == OST_DOES_NOT_APPLY &&
               ost_run_tri(g->run, g->option->define) != OST_TRI_NO) {
        gather_blocked(g, ost_str_is(here.because, "contraindicated"));
    }
}

static ost_text_list list_of(gathering *g, ost_remarks *remarks, ost_audience audience)
{
    ost_text_builder out = {0};
    ost_remarks_sort(remarks);
    ost_remarks_text(g->run, remarks, g->members, audience, &out);
    return ost_run_texts(&out);
}

/* Which lesions, which are open, what dose where; then the reasons of the plan. */
static ost_text_list reasons_of(gathering *g, telling *t)
{
    static const ost_remark_form lesions = {"option.lesions", "reason", "option.lesions"};
    static const ost_remark_form open = {"option.reason.open-lesion", "missing",
                                         "option.reason.open-lesion-bare"};
    static const ost_remark_form dose = {"option.reason.dose-for-lesion", "dose",
                                         "option.reason.no-dose-for-lesion-bare"};
    static const ost_remark_form undosed = {"option.reason.no-dose-for-lesion", "missing",
                                            "option.reason.no-dose-for-lesion-bare"};
    static const ost_remark_form blocked = {"option.reason.blocked-lesion", "reason",
                                            "option.lesions"};
    static const ost_remark_form waiting = {"option.reason.waiting-lesion", "reason",
                                            "option.lesions"};
    ost_text_builder out = {0};
    if (g->option->per_lesion && g->run->lesion_count > 0) {
        ost_remarks_in(g->run, &t->lesions, lesions, t->audience, &out);
    }
    ost_remarks_in(g->run, &t->blocked, blocked, t->audience, &out);
    ost_remarks_in(g->run, &t->waiting, waiting, t->audience, &out);
    ost_remarks_in(g->run, &t->open, open, t->audience, &out);
    if (g->doses_differ) {
        ost_remarks_in(g->run, &t->doses, dose, t->audience, &out);
        ost_remarks_in(g->run, &t->undosed, undosed, t->audience, &out);
    }
    add_all(g->run, &out, list_of(g, &t->reasons, t->audience));
    return ost_run_texts(&out);
}

static ost_safety_list safety_of(gathering *g, telling *t)
{
    ost_safety *list = ost_arena_array(g->run->arena, t->safety.count, sizeof *list);
    if (!list) {
        ost_run_fail(g->run, OST_E_MEMORY);
        return (ost_safety_list){0};
    }
    ost_remarks_sort(&t->safety);
    for (size_t i = 0; i < t->safety.count; i++) {
        const ost_remark *remark = &t->safety.items[i];
        list[i] = (ost_safety){.block = remark->block,
                               .fact = remark->fact,
                               .text = ost_remark_text(g->run, remark, g->members, t->audience)};
    }
    return (ost_safety_list){list, t->safety.count};
}

/* Two doses are not one: there is none then, and the reasons say each (docs/design/lesions.md). */
static ost_str dose_text_of(gathering *g, ost_audience audience)
{
    if (g->doses_differ) {
        return ost_words_get(&g->run->content->words, OST_STR("option.dose-differs"), audience);
    }
    return g->out.dose ? ost_dose_text(g->run->content, g->run->arena, g->out.dose, audience)
                       : (ost_str){0};
}

static void finish(gathering *g)
{
    ost_option *out = &g->out;
    telling *hers = &g->told[1];
    out->reasons = reasons_of(g, &g->told[0]);
    out->plain_reasons = reasons_of(g, hers);
    out->first = list_of(g, &g->told[0].first, OST_FOR_CLINICIAN);
    out->plain_first = list_of(g, &hers->first, hers->audience);
    out->safety = safety_of(g, &g->told[0]);
    out->plain_safety = safety_of(g, hers);
    out->dose_text = dose_text_of(g, OST_FOR_CLINICIAN);
    out->plain_dose_text = dose_text_of(g, hers->audience);
    out->dose = g->doses_differ ? NULL : out->dose;
    out->missing = ost_run_texts(&g->missing);
    out->open_elsewhere = g->told[0].open.count > 0;
}

/* What is the same for every lesion. */
static ost_option outline(const ost_plan *plan, const ost_plan_option *option, ost_verdict verdict)
{
    ost_option out = {.id = option->id,
                      .topic = plan->topic,
                      .title = option->title,
                      .plain_title = option->plain_title,
                      .domain = option->domain,
                      .kind = option->kind,
                      .intent = option->intent,
                      .urgency = option->urgency,
                      .strength = option->strength,
                      .outlook = option->outlook,
                      .jurisdiction = option->jurisdiction,
                      .status = verdict.status,
                      .because = verdict.because,
                      .resources = option->resources,
                      .rows = option->rows,
                      .define = option->define};
    out.clinician_only = ost_str_is(option->audience, "clinician");
    out.dosed = option->dose != OST_DEFINE_NONE;
    if (option->source_count > 0) {
        out.source = option->sources[0];
    }
    return out;
}

/* Of single lesions: as it is for all lesions with the option's status, and what is open or
 * forbidden for the others (docs/design/lesions.md). */
ost_option ost_run_option(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    ost_verdict verdict = ost_run_verdict(run, plan, option);
    gathering g = {
        .run = run,
        .plan = plan,
        .option = option,
        .out = outline(plan, option, verdict),
        .told = {{.audience = OST_FOR_CLINICIAN}, {.audience = ost_run_plain_audience(run)}}};
    if (!option->per_lesion || run->lesion_count == 0) {
        gather(&g);
    }
    for (size_t i = 0; option->per_lesion && i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        gather(&g);
        ost_run_leave_lesion(run);
    }
    finish(&g);
    return g.out;
}

static size_t count_options(const ost_content *content)
{
    size_t count = 1;
    for (size_t p = 0; p < content->plan_count; p++) {
        count += content->plans[p].count;
    }
    return count;
}

const ost_option *ost_run_options(ost_run *run, size_t *count)
{
    const ost_content *content = run->content;
    ost_option *options = ost_arena_array(run->arena, count_options(content), sizeof *options);
    *count = 0;
    if (!options) {
        ost_run_fail(run, OST_E_MEMORY);
        return NULL;
    }
    for (size_t p = 0; p < content->plan_count; p++) {
        const ost_plan *plan = &content->plans[p];
        if (ost_run_tri(run, plan->entry) == OST_TRI_NO) {
            continue;
        }
        for (size_t i = 0; i < plan->count && run->status == OST_OK; i++) {
            if (!plan->options[i].flag) {
                options[(*count)++] = ost_run_option(run, plan, &plan->options[i]);
            }
        }
    }
    return options;
}
