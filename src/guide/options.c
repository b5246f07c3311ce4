/* The options of the assessment: status, reasons, what must be done first, safety, dose, what is
 * missing.
 *
 * Options of a topic are listed when its entry condition is not false. A dose is computed only
 * for an option that applies: its definition gives a tuple (docs/design/content.md), or null
 * when something for it is unknown. */
#include "guide/lesions.h"

static ost_value part(ost_run *run, ost_value tuple, const char *name)
{
    return ost_value_member(run->arena, tuple, ost_str_of(name));
}

static ost_str text_part(ost_run *run, ost_value tuple, const char *name)
{
    ost_value value = ost_run_keep(run, part(run, tuple, name));
    return value.kind == OST_STRING ? value.string : (ost_str){0};
}

static ost_text_list texts_part(ost_run *run, ost_value tuple, const char *name)
{
    ost_value list = part(run, tuple, name);
    ost_text_builder out = {0};
    for (size_t i = 0; list.kind == OST_LIST && i < list.list.count; i++) {
        ost_value item = ost_run_keep(run, list.list.items[i]);
        if (item.kind == OST_STRING) {
            ost_run_add_text(run, &out, item.string);
        }
    }
    return ost_run_texts(&out);
}

/* Amounts share the unit of `amount`. */
static ost_value amount_part(ost_run *run, ost_value tuple, const char *name, ost_str *unit)
{
    ost_value value = part(run, tuple, name);
    ost_decimal in_unit;
    if (value.kind != OST_QUANTITY) {
        return ost_run_keep(run, value);
    }
    if (unit->len == 0) {
        *unit = ost_str_copy(run->arena, value.quantity->unit);
    }
    if (ost_ucum_convert(run->content->ucum, value.quantity->value, value.quantity->unit, *unit,
                         &in_unit, NULL) != OST_OK) {
        return ost_null();
    }
    return ost_decimal_value(in_unit);
}

static const ost_dose *read_dose(ost_run *run, uint32_t define)
{
    ost_value tuple = ost_run_value(run, define);
    if (tuple.kind != OST_TUPLE) {
        return NULL;
    }
    ost_dose *dose = ost_arena_alloc(run->arena, sizeof *dose);
    if (!dose) {
        ost_run_fail(run, OST_E_MEMORY);
        return NULL;
    }
    dose->amount = amount_part(run, tuple, "amount", &dose->unit);
    if (ost_is_null(dose->amount)) {
        return NULL;
    }
    dose->amount_high = amount_part(run, tuple, "amount_high", &dose->unit);
    dose->drug = text_part(run, tuple, "drug");
    dose->route = text_part(run, tuple, "route");
    dose->rule = text_part(run, tuple, "rule");
    dose->duration_min = ost_run_keep(run, part(run, tuple, "duration_min"));
    dose->fractions = ost_run_keep(run, part(run, tuple, "fractions"));
    dose->interval_days = ost_run_keep(run, part(run, tuple, "interval_days"));
    dose->basis = texts_part(run, tuple, "basis");
    return dose;
}

static void add_words(ost_run *run, ost_str key, const ost_dose *dose, ost_text_builder *texts,
                      ost_text_builder *plain)
{
    ost_str text = ost_run_words(run, key, OST_FOR_CLINICIAN, dose);
    ost_str hers = ost_run_words(
        run, key, run->audience == OST_FOR_FAMILY ? OST_FOR_FAMILY : OST_FOR_PATIENT, dose);
    if (text.len > 0) {
        ost_run_add_text(run, texts, text);
    }
    if (hers.len > 0) {
        ost_run_add_text(run, plain, hers);
    }
}

static void set_reasons(ost_run *run, const ost_plan_option *plan, ost_option *out)
{
    ost_text_builder texts = {0}, plain = {0};
    for (size_t i = 0; i < plan->reason_count; i++) {
        const ost_plan_reason *reason = &plan->reasons[i];
        if (reason->define == OST_DEFINE_NONE || ost_run_tri(run, reason->define) == OST_TRI_YES) {
            add_words(run, reason->text, out->dose, &texts, &plain);
        }
    }
    out->reasons = ost_run_texts(&texts);
    out->plain_reasons = ost_run_texts(&plain);
}

/* What is not known to be done. */
static void set_first(ost_run *run, const ost_plan_option *plan, ost_option *out)
{
    ost_text_builder texts = {0}, plain = {0};
    for (size_t i = 0; i < plan->first_count; i++) {
        if (ost_run_tri(run, plan->first[i].define) != OST_TRI_YES) {
            add_words(run, plan->first[i].text, out->dose, &texts, &plain);
        }
    }
    out->first = ost_run_texts(&texts);
    out->plain_first = ost_run_texts(&plain);
}

/* The dangers that are there. */
static void set_safety(ost_run *run, const ost_plan_option *plan, ost_option *out)
{
    ost_safety *list = ost_arena_array(run->arena, plan->safety_count, sizeof *list);
    ost_audience hers = run->audience == OST_FOR_FAMILY ? OST_FOR_FAMILY : OST_FOR_PATIENT;
    if (!list) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < plan->safety_count; i++) {
        const ost_plan_safety *entry = &plan->safety[i];
        if (ost_run_tri(run, entry->define) == OST_TRI_YES) {
            list[out->safety_count++] =
                (ost_safety){.block = entry->block,
                             .fact = entry->fact,
                             .text = ost_run_words(run, entry->text, OST_FOR_CLINICIAN, out->dose),
                             .plain_text = ost_run_words(run, entry->text, hers, out->dose)};
        }
    }
    out->safety = list;
}

static void set_missing(ost_run *run, const ost_plan *plan, const ost_plan_option *option,
                        ost_option *out)
{
    ost_text_builder missing = {0};
    uint32_t defines[OST_OPTION_DEFINES_MAX];
    if (out->status == OST_CANNOT_TELL) {
        size_t count = ost_option_defines(plan, option, defines);
        for (size_t i = 0; i < count; i++) {
            ost_run_gaps(run, defines[i], &missing);
        }
    } else if (out->status == OST_APPLIES && !out->dose) {
        ost_run_gaps(run, option->dose, &missing);
    }
    out->missing = ost_run_texts(&missing);
}

static ost_option option_here(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    ost_verdict verdict = ost_run_verdict(run, plan, option);
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
    if (verdict.status == OST_APPLIES) {
        out.dose = read_dose(run, option->dose);
    }
    if (out.dose) {
        out.dose_text = ost_dose_text(run->content, run->arena, out.dose, OST_FOR_CLINICIAN);
        out.plain_dose_text = ost_dose_text(run->content, run->arena, out.dose, OST_FOR_PATIENT);
    }
    set_reasons(run, option, &out);
    set_first(run, option, &out);
    set_safety(run, option, &out);
    set_missing(run, plan, option, &out);
    return out;
}

/* Names the lesions that an option is about, before its other reasons. */
static void name_lesions(ost_run *run, ost_text_list *reasons, ost_str names, ost_audience audience)
{
    ost_word_pair pairs[] = {{"lesions", names}};
    ost_buf out = ost_buf_init(run->arena);
    ost_text_builder list = {0};
    ost_words_fill(&out, ost_words_get(&run->content->words, OST_STR("option.lesions"), audience),
                   pairs, OST_ARRAY_LEN(pairs));
    ost_run_add_text(run, &list, ost_buf_str(&out));
    for (size_t i = 0; i < reasons->count; i++) {
        ost_run_add_text(run, &list, reasons->items[i]);
    }
    *reasons = ost_run_texts(&list);
}

static void add_name(ost_run *run, ost_buf *names, ost_audience audience)
{
    ost_buf_text(names, names->len > 0 ? ", " : "");
    ost_buf_add(names, ost_run_lesion_name(run, audience));
}

/* The option as it is for the first lesion with the option's status; the others with that status
 * are named, and what is missing for them is asked for too. */
ost_option ost_run_option(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    if (!option->per_lesion || run->lesion_count == 0 || run->scope != 0) {
        return option_here(run, plan, option);
    }
    ost_verdict verdict = ost_run_verdict(run, plan, option);
    ost_option out = {0};
    ost_text_builder missing = {0};
    ost_buf names = ost_buf_init(run->arena), plain = ost_buf_init(run->arena);
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        if (ost_run_verdict(run, plan, option).status != verdict.status) {
            continue;
        }
        ost_option one = option_here(run, plan, option);
        out = out.id.len == 0 ? one : out;
        add_name(run, &names, OST_FOR_CLINICIAN);
        add_name(run, &plain, OST_FOR_PATIENT);
        for (size_t k = 0; k < one.missing.count; k++) {
            ost_run_add_text(run, &missing, one.missing.items[k]);
        }
    }
    ost_run_leave_lesion(run);
    out.missing = ost_run_texts(&missing);
    name_lesions(run, &out.reasons, ost_buf_str(&names), OST_FOR_CLINICIAN);
    name_lesions(run, &out.plain_reasons, ost_buf_str(&plain), OST_FOR_PATIENT);
    return out;
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
