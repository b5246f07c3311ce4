/* Quantities: order across units, with the calendar's own words (CQL 1.5.3 "Quantities").
 *
 * "week" and finer are the same as their UCUM units. A calendar year or month has no fixed length:
 * it compares with calendar years and months (12 months are a year), but not with 'a', 'mo' or
 * days, except under "~", where it is taken for 'a' or 'mo', or for 365 or 30 days. */
#include "cql/op/compare_detail.h"

/* By ost_time_unit. */
static const char *const UCUM_CODES[] = {"", "a", "mo", "wk", "d", "h", "min", "s", "ms"};

/* The calendar unit that the text names; UCUM's 'a' and 'mo' are none. */
static ost_time_unit calendar_unit(const ost_quantity *q)
{
    return ost_time_unit_of(q->unit, false);
}

static bool has_no_length(ost_time_unit unit)
{
    return unit == OST_UNIT_YEAR || unit == OST_UNIT_MONTH;
}

static ost_str ucum_unit(const ost_quantity *q)
{
    ost_time_unit unit = calendar_unit(q);

    return unit == OST_UNIT_NONE ? q->unit : ost_str_of(UCUM_CODES[unit]);
}

static ost_order compare_in_units(const ost_call *call, ost_decimal a, ost_str a_unit,
                                  ost_decimal b, ost_str b_unit)
{
    int order;

    if (ost_str_equal(a_unit, b_unit)) {
        order = ost_decimal_compare(a, b);
    } else if (call->ucum == NULL || !ost_ucum_compare(call->ucum, a, a_unit, b, b_unit, &order)) {
        return OST_UNCERTAIN_ORDER;
    }
    return order < 0 ? OST_LESS : order > 0 ? OST_GREATER : OST_SAME;
}

/* A quantity in `factor` times its own unit; false when it does not fit. */
static bool times(const ost_quantity *q, int factor, ost_decimal *out)
{
    return ost_decimal_mul(q->value, ost_decimal_of_int(factor), out);
}

static ost_order compare_months(const ost_quantity *a, const ost_quantity *b)
{
    ost_decimal left, right;
    int order;

    if (!times(a, calendar_unit(a) == OST_UNIT_YEAR ? 12 : 1, &left) ||
        !times(b, calendar_unit(b) == OST_UNIT_YEAR ? 12 : 1, &right)) {
        return OST_UNCERTAIN_ORDER;
    }
    order = ost_decimal_compare(left, right);
    return order < 0 ? OST_LESS : order > 0 ? OST_GREATER : OST_SAME;
}

ost_order ost_compare_quantities(const ost_call *call, const ost_quantity *a, const ost_quantity *b)
{
    bool a_long = has_no_length(calendar_unit(a)), b_long = has_no_length(calendar_unit(b));

    if (a_long && b_long) {
        return compare_months(a, b);
    }
    if (a_long || b_long) {
        return OST_UNCERTAIN_ORDER;
    }
    return compare_in_units(call, a->value, ucum_unit(a), b->value, ucum_unit(b));
}

/* A calendar year or month against a quantity in a definite unit. */
static ost_order compare_long(const ost_call *call, const ost_quantity *a, const ost_quantity *b)
{
    bool year = calendar_unit(a) == OST_UNIT_YEAR;
    ost_decimal days;

    if (ost_str_is(b->unit, "a") || ost_str_is(b->unit, "mo")) {
        return compare_in_units(call, a->value, ucum_unit(a), b->value, b->unit);
    }
    if (!times(a, year ? 365 : 30, &days)) {
        return OST_UNCERTAIN_ORDER;
    }
    return compare_in_units(call, days, OST_STR("d"), b->value, ucum_unit(b));
}

ost_order ost_compare_durations(const ost_call *call, const ost_quantity *a, const ost_quantity *b)
{
    bool a_long = has_no_length(calendar_unit(a)), b_long = has_no_length(calendar_unit(b));
    ost_order order;

    if (a_long == b_long) {
        return ost_compare_quantities(call, a, b);
    }
    if (a_long) {
        return compare_long(call, a, b);
    }
    order = compare_long(call, b, a);
    return order == OST_LESS ? OST_GREATER : order == OST_GREATER ? OST_LESS : order;
}
