/* Quantities in arithmetic (CQL 1.5.3, Appendix B, "Arithmetic Operators" and "Date and Time
 * Arithmetic").
 *
 * Sums are in the finer of the two units; products and quotients have the product and quotient
 * of the units. Units that do not go together give null, never an error: a record with a wrong
 * unit makes one answer unknown and does not stop the others. Calendar words of week and below
 * are definite durations; a year is twelve months and converts to nothing else. */
#include "cql/op/number.h"

enum { MONTHS_PER_YEAR = 12, STEPS_PER_MILLISECOND = 100000, STEPS_PER_ONE = 100000000 };

/* ORDER ost_time_unit from week */
static const char *const DEFINITE[] = {"wk", "d", "h", "min", "s", "ms"};

ost_time_unit ost_calendar_word(ost_str unit)
{
    /* The codes h, d, wk, min, s, ms are UCUM, not words; ost_time_unit_of knows them too. */
    return unit.len > 3 || ost_str_is(unit, "day") ? ost_time_unit_of(unit, false) : OST_UNIT_NONE;
}

ost_str ost_unit_as_ucum(ost_str unit)
{
    ost_time_unit word = ost_calendar_word(unit);

    return word >= OST_UNIT_WEEK ? ost_str_of(DEFINITE[word - OST_UNIT_WEEK]) : unit;
}

static bool is_year_or_month(ost_time_unit word)
{
    return word == OST_UNIT_YEAR || word == OST_UNIT_MONTH;
}

bool ost_quantity_in(ost_call *call, const ost_quantity *quantity, ost_str unit, ost_decimal *out)
{
    ost_time_unit from = ost_calendar_word(quantity->unit), to = ost_calendar_word(unit);

    if (ost_str_equal(quantity->unit, unit) || (from != OST_UNIT_NONE && from == to)) {
        *out = quantity->value;
        return true;
    }
    if (is_year_or_month(from) || is_year_or_month(to)) {
        ost_decimal twelve = ost_decimal_of_int(MONTHS_PER_YEAR);
        if (from == OST_UNIT_YEAR && to == OST_UNIT_MONTH) {
            return ost_decimal_mul(quantity->value, twelve, out);
        }
        return from == OST_UNIT_MONTH && to == OST_UNIT_YEAR &&
               ost_decimal_div(quantity->value, twelve, out);
    }
    return ost_ucum_convert(call->ucum, quantity->value, ost_unit_as_ucum(quantity->unit),
                            ost_unit_as_ucum(unit), out, NULL) == OST_OK;
}

/* Both values in the finer of the two units. */
static bool align(ost_call *call, const ost_quantity *a, const ost_quantity *b, ost_quantity *x,
                  ost_quantity *y)
{
    int order = 0;

    *x = *a;
    *y = *b;
    if (ost_str_equal(a->unit, b->unit)) {
        return true;
    }
    ost_decimal one = ost_decimal_of_int(1);
    bool a_is_finer = ost_calendar_word(a->unit) == OST_UNIT_MONTH;
    if (!is_year_or_month(ost_calendar_word(a->unit))) {
        if (!ost_ucum_compare(call->ucum, one, ost_unit_as_ucum(a->unit), one,
                              ost_unit_as_ucum(b->unit), &order)) {
            return false;
        }
        a_is_finer = order <= 0;
    }
    if (a_is_finer) {
        y->unit = a->unit;
        return ost_quantity_in(call, b, a->unit, &y->value);
    }
    x->unit = b->unit;
    return ost_quantity_in(call, a, b->unit, &x->value);
}

typedef bool (*decimal_function)(ost_decimal, ost_decimal, ost_decimal *);

static ost_value in_one_unit(ost_call *call, ost_value a, ost_value b, decimal_function function)
{
    ost_quantity x, y;
    ost_decimal out;

    if (!align(call, a.quantity, b.quantity, &x, &y) || !function(x.value, y.value, &out)) {
        return ost_null();
    }
    return ost_call_quantity(call, out, x.unit);
}

ost_value ost_quantity_add(ost_call *call, ost_value a, ost_value b)
{
    return in_one_unit(call, a, b, ost_decimal_add);
}

ost_value ost_quantity_subtract(ost_call *call, ost_value a, ost_value b)
{
    return in_one_unit(call, a, b, ost_decimal_sub);
}

ost_value ost_quantity_truncated_divide(ost_call *call, ost_value a, ost_value b)
{
    return in_one_unit(call, a, b, ost_decimal_truncated_div);
}

ost_value ost_quantity_modulo(ost_call *call, ost_value a, ost_value b)
{
    return in_one_unit(call, a, b, ost_decimal_mod);
}

/* Null, with an error when the units are right, so that only memory can have been short. */
static ost_value no_unit(ost_call *call, ost_value a, ost_value b)
{
    bool valid = ost_ucum_valid(call->ucum, ost_unit_as_ucum(a.quantity->unit)) &&
                 ost_ucum_valid(call->ucum, ost_unit_as_ucum(b.quantity->unit));

    return valid ? ost_call_memory(call) : ost_null();
}

/* Unit of a product or quotient. Years and months only go with the unit "1" and, in a quotient,
 * with themselves: they are not UCUM. */
static ost_str combined_unit(ost_call *call, ost_str a, ost_str b, bool divide)
{
    bool calendar =
        is_year_or_month(ost_calendar_word(a)) || is_year_or_month(ost_calendar_word(b));

    if (ost_str_is(b, "1")) {
        return a;
    }
    if (calendar && divide && ost_str_equal(a, b)) {
        return OST_STR("1");
    }
    if (calendar) {
        return !divide && ost_str_is(a, "1") ? b : (ost_str){NULL, 0};
    }
    a = ost_unit_as_ucum(a);
    b = ost_unit_as_ucum(b);
    return divide ? ost_ucum_divide(call->ucum, call->arena, a, b)
                  : ost_ucum_multiply(call->ucum, call->arena, a, b);
}

ost_value ost_quantity_multiply(ost_call *call, ost_value a, ost_value b)
{
    ost_str unit = combined_unit(call, a.quantity->unit, b.quantity->unit, false);
    ost_decimal out;

    if (unit.ptr == NULL) {
        return no_unit(call, a, b);
    }
    if (!ost_decimal_mul(a.quantity->value, b.quantity->value, &out)) {
        return ost_null();
    }
    return ost_call_quantity(call, out, unit);
}

ost_value ost_quantity_divide(ost_call *call, ost_value a, ost_value b)
{
    ost_str unit = combined_unit(call, a.quantity->unit, b.quantity->unit, true);
    ost_decimal out;

    if (unit.ptr == NULL) {
        return no_unit(call, a, b);
    }
    if (!ost_decimal_div(a.quantity->value, b.quantity->value, &out)) {
        return ost_null();
    }
    return ost_call_quantity(call, out, unit);
}

ost_value ost_quantity_scale(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out;

    if (!ost_decimal_mul(a.quantity->value, b.decimal, &out)) {
        return ost_null();
    }
    return ost_call_quantity(call, out, a.quantity->unit);
}

ost_value ost_decimal_times_quantity(ost_call *call, ost_value a, ost_value b)
{
    return ost_quantity_scale(call, b, a);
}

ost_value ost_quantity_divide_by(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out;

    if (!ost_decimal_div(a.quantity->value, b.decimal, &out)) {
        return ost_null();
    }
    return ost_call_quantity(call, out, a.quantity->unit);
}

/* Only seconds have parts: above them the part behind the point is dropped (CQL 1.5.3, "Date
 * and Time Arithmetic"). */
ost_value ost_when_move(ost_call *call, ost_value when, const ost_quantity *by, bool back)
{
    ost_time_unit unit = ost_time_unit_of(by->unit, false);
    ost_i128 steps = ost_decimal_steps(by->value);
    ost_when out;

    if (unit == OST_UNIT_NONE) {
        return ost_null();
    }
    if (unit == OST_UNIT_SECOND && steps % STEPS_PER_ONE != 0) {
        unit = OST_UNIT_MILLISECOND;
        steps /= STEPS_PER_MILLISECOND;
    } else {
        steps /= STEPS_PER_ONE;
    }
    if (back) {
        steps = -steps;
    }
    if (steps < INT64_MIN || steps > INT64_MAX ||
        !ost_when_add(when.when, when.kind, (int64_t)steps, unit, &out)) {
        return ost_call_fail(call, OST_E_RUNTIME, "the %s leaves the years 1 to 9999",
                             ost_kind_name((ost_kind)when.kind));
    }
    return ost_when_value((ost_kind)when.kind, out);
}
