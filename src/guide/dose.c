/* The dose of an option: a tuple of its definition (docs/design/content.md) as a struct. */
#include "guide/run.h"

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

const ost_dose *ost_run_dose(ost_run *run, uint32_t define)
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

/* What is neither a number nor null is not the same as anything. */
static bool same_number(ost_value a, ost_value b)
{
    if (a.kind != b.kind) {
        return false;
    }
    return ost_is_null(a) ||
           (a.kind == OST_DECIMAL && ost_decimal_compare(a.decimal, b.decimal) == 0) ||
           (a.kind == OST_INTEGER && a.integer == b.integer);
}

static bool same_days(ost_value a, ost_value b)
{
    size_t count = a.kind == OST_LIST ? a.list.count : 0;
    bool same = count == (b.kind == OST_LIST ? b.list.count : 0);
    for (size_t i = 0; same && i < count; i++) {
        same = same_number(a.list.items[i], b.list.items[i]);
    }
    return same;
}

static bool same_texts(ost_text_list a, ost_text_list b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++) {
        same = ost_str_equal(a.items[i], b.items[i]);
    }
    return same;
}

bool ost_dose_same(const ost_dose *a, const ost_dose *b)
{
    if (!a || !b) {
        return a == b;
    }
    return ost_str_equal(a->drug, b->drug) && ost_str_equal(a->unit, b->unit) &&
           ost_str_equal(a->route, b->route) && ost_str_equal(a->rule, b->rule) &&
           same_number(a->amount, b->amount) && same_number(a->amount_high, b->amount_high) &&
           same_number(a->duration_min, b->duration_min) &&
           same_number(a->fractions, b->fractions) &&
           same_days(a->interval_days, b->interval_days) && same_texts(a->basis, b->basis);
}
