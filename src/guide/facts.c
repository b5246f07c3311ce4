/* The facts: what the record says, how sure it is and how old.
 *
 * Two passes. First the dated measurements: their companion definition ("... reading") gives
 * value, date and conflict, from which the state follows:
 *
 *     no value                        -> unknown, with a message when a record without a usable one
 *                                        stands there (another unit, "<", an unknown word)
 *     two different values            -> conflict
 *     too old, or undated             -> stale (undated only where age matters)
 *     outside the plausible range     -> unknown, with a message that shows the value
 *
 * Every one of these but `known` is overridden with null, so that neither a guideline nor a dose
 * ever sees the value (docs/design/content.md). Then all other facts, which by now rest only on
 * values that may be used. Provenance is asked for before the override, because an overridden
 * definition rests on nothing. */
#include "guide/lesions.h"

static ost_value member(ost_run *run, ost_value tuple, const char *name)
{
    return tuple.kind == OST_TUPLE ? ost_value_member(run->arena, tuple, ost_str_of(name))
                                   : ost_null();
}

/* A Quantity in the unit of the fact; other values as they are. Null when the unit does not fit. */
static ost_value in_unit(ost_run *run, const ost_fact_def *def, ost_value value)
{
    ost_decimal converted;
    if (value.kind != OST_QUANTITY || def->unit.len == 0 ||
        ost_str_equal(value.quantity->unit, def->unit)) {
        return value;
    }
    if (ost_ucum_convert(run->content->ucum, value.quantity->value, value.quantity->unit, def->unit,
                         &converted, NULL) != OST_OK) {
        return ost_null();
    }
    return ost_quantity_value(run->arena, converted, def->unit);
}

static bool number_of(ost_value value, ost_decimal *out)
{
    if (value.kind == OST_QUANTITY) {
        *out = value.quantity->value;
    } else if (value.kind == OST_DECIMAL) {
        *out = value.decimal;
    } else if (value.kind == OST_INTEGER) {
        *out = ost_decimal_of_int(value.integer);
    } else {
        return false;
    }
    return true;
}

static bool plausible(const ost_fact_def *def, ost_value value)
{
    ost_decimal d;
    if (!number_of(value, &d)) {
        return true;
    }
    return !(def->has_plausible_low && ost_decimal_compare(d, def->plausible_low) < 0) &&
           !(def->has_plausible_high && ost_decimal_compare(d, def->plausible_high) > 0);
}

static void set_date(const ost_run *run, ost_fact *fact, ost_value date)
{
    if (date.kind == OST_DATE || date.kind == OST_DATETIME) {
        fact->date = ost_when_at_offset(date.when, run->offset_min, run->offset_min);
        fact->date_kind = fact->date.precision <= OST_UNIT_DAY ? OST_DATE : OST_DATETIME;
    }
}

/* Whole days from the earliest day that a date can mean to the day of as-of. */
static int64_t age_days(const ost_run *run, ost_when date)
{
    return ost_when_days(run->as_of) - ost_when_days(date);
}

static void add_sources(ost_run *run, uint32_t define, ost_fact *fact)
{
    const uint32_t *resources;
    ost_text_builder list = {0};
    size_t count = ost_eval_sources(run->eval, define, &resources);
    for (size_t i = 0; i < count; i++) {
        ost_run_add_text(run, &list, ost_resource_name(run->record, resources[i]));
    }
    fact->sources = ost_run_texts(&list);
}

static void add_looked(ost_run *run, uint32_t define, ost_fact *fact)
{
    const ost_looked *looked;
    ost_text_builder list = {0};
    size_t count = ost_eval_looked(run->eval, define, &looked);
    for (size_t i = 0; i < count; i++) {
        ost_buf text = ost_buf_init(run->arena);
        ost_buf_add(&text, looked[i].type);
        if (looked[i].terminology.len > 0) {
            ost_buf_printf(&text, " \"%.*s\"", OST_STR_ARG(looked[i].terminology));
        }
        ost_buf_printf(&text, ": %u", looked[i].considered);
        ost_run_add_text(run, &list, ost_buf_str(&text));
    }
    fact->looked = ost_run_texts(&list);
}

/* Message "fact.implausible" and the like, with the value as it stands in the record. What is said
 * of a lesion is said once, in its own scope. */
static void note(ost_run *run, const char *key, const ost_fact *fact)
{
    bool elsewhere = run->scope == 0 && run->content->facts[fact - run->facts].per_lesion;
    if (elsewhere || (fact->clinician_only && run->audience != OST_FOR_CLINICIAN)) {
        return;
    }
    ost_buf text = ost_buf_init(run->arena);
    ost_word_pair pairs[] = {
        {"fact", run->audience == OST_FOR_CLINICIAN ? fact->title : fact->plain_title},
        {"value", ost_fact_text(run->content, run->arena, fact, run->audience)}};
    ost_words_fill(&text, ost_words_get(&run->content->words, ost_str_of(key), run->audience),
                   pairs, OST_ARRAY_LEN(pairs));
    ost_str place = run->scope > 0            ? run->scopes[run->scope].lesion
                    : fact->sources.count > 0 ? fact->sources.items[0]
                                              : fact->id;
    ost_run_message(run, OST_LEVEL_WARNING, place, ost_buf_str(&text));
}

static bool too_old(const ost_run *run, const ost_fact_def *def, const ost_fact *fact)
{
    return def->max_age_days > 0 &&
           (fact->date.precision == OST_UNIT_NONE || age_days(run, fact->date) > def->max_age_days);
}

/* The newest record says something that cannot be used. */
static void note_unusable(ost_run *run, const ost_fact *fact, bool there)
{
    if (there) {
        note(run, "message.unusable", fact);
    }
}

/* State of a fact that has a companion definition. */
static void read_dated(ost_run *run, size_t index)
{
    const ost_fact_def *def = &run->content->facts[index];
    ost_fact *fact = &run->facts[index];
    ost_value reading = ost_run_value(run, def->reading);
    ost_value value = member(run, reading, "value"), conflict = member(run, reading, "conflict");
    ost_value date = member(run, reading, "date");
    set_date(run, fact, date);
    add_sources(run, def->reading, fact);
    ost_value defined = ost_run_value(run, def->define);
    fact->value = ost_run_keep(run, in_unit(run, def, ost_is_null(defined) ? value : defined));
    if (conflict.kind == OST_BOOLEAN && conflict.boolean) {
        fact->state = OST_FACT_CONFLICT;
        note(run, "message.conflict", fact);
    } else if (ost_is_null(fact->value)) {
        fact->state = OST_FACT_UNKNOWN;
        note_unusable(run, fact, !ost_is_null(value) || !ost_is_null(date));
    } else if (!plausible(def, fact->value)) {
        fact->state = OST_FACT_UNKNOWN;
        note(run, "message.implausible", fact);
    } else {
        fact->state = too_old(run, def, fact) ? OST_FACT_STALE : OST_FACT_KNOWN;
    }
    if (fact->state == OST_FACT_STALE) {
        note(run, fact->date.precision == OST_UNIT_NONE ? "message.undated" : "message.stale",
             fact);
    } else if (fact->state != OST_FACT_KNOWN) {
        fact->value = ost_null();
        add_looked(run, def->reading, fact);
    }
}

/* Clinical date of the sources: of a computed fact the oldest part, of an observed one the
 * newest. */
static void date_of_sources(ost_run *run, const ost_fact_def *def, ost_fact *fact)
{
    const uint32_t *resources;
    size_t count = ost_eval_sources(run->eval, def->define, &resources);
    for (size_t i = 0; i < count; i++) {
        ost_when date = run->record->resources[resources[i]].date;
        if (date.precision == OST_UNIT_NONE) {
            continue;
        }
        int64_t days = ost_when_days(date), now = ost_when_days(fact->date);
        bool first = fact->date.precision == OST_UNIT_NONE;
        if (first || (def->derived ? days < now : days > now)) {
            fact->date = ost_when_at_offset(date, run->offset_min, run->offset_min);
            fact->date_kind = date.precision <= OST_UNIT_DAY ? OST_DATE : OST_DATETIME;
        }
    }
}

/* From now on the fact has this value, whatever the record says. */
static void fix(ost_run *run, size_t index, ost_value value)
{
    ost_status status = ost_eval_override(run->eval, run->content->facts[index].define, value);
    run->overridden[index] = true;
    run->base[index] = value;
    if (status != OST_OK) {
        ost_run_fail(run, status);
    }
}

/* A list is empty when nothing was recorded. Of an open fact that is unknown, never "none". */
static bool says_nothing(const ost_fact_def *def, ost_value value)
{
    return !def->closed && value.kind == OST_LIST && value.list.count == 0;
}

/* Facts without a companion, and the value of known measurements after all overrides. False when
 * the value is implausible: it is then overridden, and what was read before may rest on it. */
static bool read_value(ost_run *run, size_t index)
{
    const ost_fact_def *def = &run->content->facts[index];
    ost_fact *fact = &run->facts[index];
    ost_value value = ost_run_value(run, def->define);
    bool was_there = fact->state == OST_FACT_KNOWN && !ost_is_null(fact->value);
    value = says_nothing(def, value) ? ost_null() : value;
    note_unusable(run, fact, was_there && ost_is_null(value));
    fact->value = ost_run_keep(run, in_unit(run, def, value));
    if (def->reading == OST_DEFINE_NONE) {
        fact->date = (ost_when){0};
        add_sources(run, def->define, fact);
        date_of_sources(run, def, fact);
    }
    bool usable = plausible(def, fact->value);
    if (!usable) {
        note(run, "message.implausible", fact);
        fact->value = ost_null();
        fix(run, index, ost_null());
    }
    fact->state = ost_is_null(fact->value) ? OST_FACT_UNKNOWN : OST_FACT_KNOWN;
    if (fact->sources.count == 0) {
        add_looked(run, def->define, fact);
    }
    if (ost_is_null(fact->value)) {
        fact->date = (ost_when){0};
    }
    return usable;
}

static ost_str word(const ost_run *run, const char *prefix, ost_str id, ost_audience audience)
{
    ost_buf key = ost_buf_init(run->arena);
    ost_buf_text(&key, prefix);
    ost_buf_add(&key, id);
    ost_str text = ost_words_get(&run->content->words, ost_buf_str(&key), audience);
    return text.ptr ? text : id;
}

static void reread(ost_run *run, bool of_lesion_only)
{
    for (bool again = true; again && run->status == OST_OK;) {
        again = false;
        for (size_t i = 0; i < run->content->fact_count; i++) {
            bool wanted = !of_lesion_only || run->content->facts[i].per_lesion;
            again = (wanted && !run->overridden[i] && !read_value(run, i)) || again;
        }
    }
}

void ost_run_facts(ost_run *run)
{
    ost_run_read_facts(run, false);
}

void ost_run_read_facts(ost_run *run, bool of_lesion_only)
{
    const ost_content *content = run->content;
    for (size_t i = 0; i < content->fact_count; i++) {
        const ost_fact_def *def = &content->facts[i];
        if (of_lesion_only && !def->per_lesion) {
            continue;
        }
        run->facts[i] = (ost_fact){.id = def->id,
                                   .unit = def->unit,
                                   .define = def->define_name,
                                   .title = word(run, "fact.", def->id, OST_FOR_CLINICIAN),
                                   .plain_title = word(run, "fact.", def->id, OST_FOR_PATIENT),
                                   .labels = def->labels,
                                   .clinician_only = def->clinician_only};
        if (def->reading != OST_DEFINE_NONE) {
            read_dated(run, i);
        }
    }
    for (size_t i = 0; i < content->fact_count; i++) {
        if (of_lesion_only && !content->facts[i].per_lesion) {
            continue;
        }
        if (content->facts[i].reading != OST_DEFINE_NONE && run->facts[i].state != OST_FACT_KNOWN) {
            fix(run, i, ost_null());
        }
    }
    reread(run, of_lesion_only);
}

/* Facts of the woman first, because those of a lesion may rest on them. */
void ost_run_reread(ost_run *run)
{
    ost_run_trace(run, true);
    reread(run, false);
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        reread(run, true);
    }
    if (run->lesion_count > 0) {
        ost_run_leave_lesion(run);
    }
    ost_run_trace(run, false);
}

static void set_fact(ost_run *run, size_t index, ost_value value)
{
    ost_fact *fact = &run->facts[index];
    fix(run, index, value);
    fact->value = ost_run_keep(run, value);
    fact->state = ost_is_null(value) ? OST_FACT_UNKNOWN : OST_FACT_KNOWN;
    fact->date = (ost_when){0};
    fact->sources = (ost_text_list){0};
    fact->looked = (ost_text_list){0};
}

void ost_run_what_if(ost_run *run, size_t index, ost_value value)
{
    for (size_t i = 0; i < run->lesion_count; i++) {
        ost_run_enter_lesion(run, i);
        set_fact(run, index, value);
    }
    if (run->lesion_count > 0) {
        ost_run_leave_lesion(run);
    }
    set_fact(run, index, value);
}
