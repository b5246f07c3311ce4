/* "What if this fact were ...": other values of a fact, set by overriding its definition.
 *
 * The one mechanism behind `missing`, `why` and sensitivity (design.md section 6). The values to
 * try come from the fact's domain in facts.csv and from the constants that the option compares
 * the fact with, on both sides of each. No clinical knowledge is here. */
#include "guide/run.h"

enum { SAMPLES = 4, DAY_SAMPLES = 3 };

typedef struct trials {
    ost_run *run;
    size_t fact;
    const ost_fact_def *def;
    ost_str type; /* of the definition */
    ost_value *out;
    size_t count;
} trials;

static void add(trials *t, ost_value value)
{
    if (t->count < OST_TRIALS_MAX && !ost_is_null(value)) {
        t->out[t->count++] = value;
    }
}

/* A number inside the domain. */
static void add_number(trials *t, ost_decimal d)
{
    const ost_fact_def *def = t->def;
    if (!def->has_range ||
        (ost_decimal_compare(d, def->low) >= 0 && ost_decimal_compare(d, def->high) <= 0)) {
        add(t, ost_fact_number(t->run, t->fact, d));
    }
}

/* The constant in the fact's unit. */
static bool constant_of(const trials *t, ost_value value, ost_decimal *out)
{
    switch ((ost_kind)value.kind) {
    case OST_INTEGER:
        *out = ost_decimal_of_int(value.integer);
        return true;
    case OST_DECIMAL:
        *out = value.decimal;
        return true;
    case OST_QUANTITY:
        return ost_ucum_convert(t->run->content->ucum, value.quantity->value, value.quantity->unit,
                                t->def->unit, out, NULL) == OST_OK;
    case OST_NULL:
    case OST_BOOLEAN:
    case OST_LONG:
    case OST_STRING:
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
    case OST_RATIO:
    case OST_CODE:
    case OST_CONCEPT:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
    case OST_LIST:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    return false;
}

/* One step of the last written digit: 1 for 30, 0.1 for 2.6. */
static ost_decimal step_of(ost_decimal d)
{
    ost_i128 step = 1;
    for (int i = d.scale; i < OST_DECIMAL_SCALE; i++) {
        step *= 10;
    }
    return ost_decimal_of_steps(step, d.scale);
}

static void add_around(trials *t, ost_decimal threshold)
{
    ost_decimal step = step_of(threshold), below, above;
    if (ost_decimal_sub(threshold, step, &below) && ost_decimal_add(threshold, step, &above)) {
        add_number(t, below);
        add_number(t, threshold);
        add_number(t, above);
    }
}

static void add_thresholds(trials *t, const ost_plan *plan, const ost_plan_option *option)
{
    uint32_t defines[OST_OPTION_DEFINES_MAX];
    ost_value found[OST_TRIALS_MAX];
    size_t count = ost_option_defines(plan, option, defines);
    for (size_t i = 0; i < count; i++) {
        if (defines[i] == OST_DEFINE_NONE) {
            continue;
        }
        size_t thresholds = ost_program_thresholds(t->run->content->program, defines[i],
                                                   t->def->define, found, OST_TRIALS_MAX);
        for (size_t k = 0; k < thresholds && k < OST_TRIALS_MAX; k++) {
            ost_decimal constant;
            if (constant_of(t, found[k], &constant)) {
                add_around(t, constant);
            }
        }
    }
}

/* Both ends of the domain and points between them. */
static void add_samples(trials *t)
{
    const ost_fact_def *def = t->def;
    ost_decimal width, part, at;
    if (!def->has_range || !ost_decimal_sub(def->high, def->low, &width)) {
        return;
    }
    for (int i = 0; i <= SAMPLES; i++) {
        if (ost_decimal_mul(width, ost_decimal_of_int(i), &part) &&
            ost_decimal_div(part, ost_decimal_of_int(SAMPLES), &part) &&
            ost_decimal_add(def->low, part, &at)) {
            add_number(t, at);
        }
    }
}

static void add_codes(trials *t)
{
    bool code = ost_str_is(t->type, "System.Code") || ost_str_is(t->type, "Code");
    for (size_t i = 0; i < t->def->domain.count; i++) {
        ost_str word = t->def->domain.items[i];
        add(t, code ? ost_code_value(t->run->arena, (ost_code){.code = word}) : ost_string(word));
    }
}

static void add_lists(trials *t)
{
    add(t, ost_list(NULL, 0));
    for (size_t i = 0; i < t->def->domain.count; i++) {
        ost_value *item = ost_arena_alloc(t->run->arena, sizeof *item);
        if (item) {
            *item = ost_string(t->def->domain.items[i]);
            add(t, ost_list(item, 1));
        }
    }
}

/* Days before as-of, near and far. */
static void add_dates(trials *t)
{
    static const int days[DAY_SAMPLES] = {1, 30, 365};
    bool date = ost_str_is(t->type, "System.Date") || ost_str_is(t->type, "Date");
    for (size_t i = 0; i < DAY_SAMPLES; i++) {
        ost_when day = t->run->as_of;
        if (date) {
            day = (ost_when){
                .year = day.year, .month = day.month, .day = day.day, .precision = OST_UNIT_DAY};
        }
        ost_kind kind = date ? OST_DATE : OST_DATETIME;
        if (ost_when_add(day, (int)kind, -days[i], OST_UNIT_DAY, &day)) {
            add(t, ost_when_value(kind, day));
        }
    }
}

size_t ost_run_trials(ost_run *run, size_t fact, const ost_plan *plan,
                      const ost_plan_option *option, ost_value *out)
{
    const ost_fact_def *def = &run->content->facts[fact];
    trials t = {.run = run,
                .fact = fact,
                .def = def,
                .out = out,
                .type = ost_program_define(run->content->program, def->define).type};
    switch (def->type) {
    case OST_FACT_BOOLEAN:
        add(&t, ost_boolean(true));
        add(&t, ost_boolean(false));
        break;
    case OST_FACT_QUANTITY:
    case OST_FACT_INTEGER:
    case OST_FACT_DECIMAL:
        add_thresholds(&t, plan, option);
        add_samples(&t);
        break;
    case OST_FACT_CODE:
    case OST_FACT_STRING:
        add_codes(&t);
        break;
    case OST_FACT_LIST:
        add_lists(&t);
        break;
    case OST_FACT_DATE:
        add_dates(&t);
        break;
    }
    return t.count;
}

static void set_in(ost_run *run, const ost_run_scope *scope, size_t fact, ost_value value)
{
    if (ost_eval_override(scope->eval, run->content->facts[fact].define, value) != OST_OK) {
        ost_run_fail(run, OST_E_MEMORY);
    }
}

/* In every scope: what is tried is tried for the woman and for each of her lesions. */
void ost_run_try(ost_run *run, size_t fact, ost_value value)
{
    for (size_t i = 0; i <= run->lesion_count; i++) {
        set_in(run, &run->scopes[i], fact, value);
    }
}

void ost_run_try_lesion(ost_run *run, size_t lesion, size_t fact, ost_value value)
{
    set_in(run, &run->scopes[lesion + 1], fact, value);
}

void ost_run_untry(ost_run *run, size_t fact)
{
    for (size_t i = 0; i <= run->lesion_count; i++) {
        const ost_run_scope *scope = &run->scopes[i];
        if (scope->overridden[fact]) {
            set_in(run, scope, fact, scope->base[fact]);
        } else {
            ost_eval_restore(scope->eval, run->content->facts[fact].define);
        }
    }
}
