/* Expand: an interval cut into pieces of one width (CQL 1.5.3 Reference "Expand").
 *
 *   expand { Interval[@2018-01-01, @2018-01-04] } per 2 days   two intervals of two days
 *   expand Interval[1, 10] per 2                               { 1, 3, 5, 7, 9 }: where they begin
 *
 * Ends more precise than `per` are cut to its precision; an interval less precise, or without an
 * end, gives nothing; a last piece that is not full is left out. Numbers are counted in steps of
 * 10^-8. */
#include "cql/op/interval_detail.h"
#include "cql/op/list_detail.h"
#include "cql/op/number.h"

typedef struct job {
    ost_call *call;
    const ost_quantity *per; /* NULL = one step of the point type */
    ost_builder *out;
    bool points; /* where the pieces begin, instead of the pieces */
} job;

static bool emit(const job *j, ost_value low, ost_value high)
{
    ost_value piece = low;

    if (!j->points) {
        piece = ost_call_made(
            j->call, ost_interval_value(j->call->arena, low, true, high, true, (ost_kind)low.kind));
    }
    return ost_builder_add(j->out, piece);
}

static bool bad_per(const job *j)
{
    (void)ost_call_fail(j->call, OST_E_RUNTIME, "expand needs a width above zero");
    return false;
}

/* ---- Dates and times ---- */

static bool expand_when(const job *j, ost_value low, ost_value high)
{
    int kind = low.kind;
    ost_time_unit unit =
        (ost_time_unit)(low.when.precision < high.when.precision ? low.when.precision
                                                                 : high.when.precision);
    ost_i128 width = 1;

    if (j->per != NULL) {
        unit = ost_time_unit_of(j->per->unit, true);
        width = ost_decimal_truncate(j->per->value);
        if (unit == OST_UNIT_WEEK) {
            unit = OST_UNIT_DAY;
            width *= 7;
        }
    }
    if (unit == OST_UNIT_NONE || width <= 0 || width > INT32_MAX) {
        return bad_per(j);
    }
    if (unit > low.when.precision || unit > high.when.precision) {
        return true;
    }
    ost_when start = ost_when_truncate(low.when, unit), last = ost_when_truncate(high.when, unit),
             end;
    /* The piece ends one unit before the next begins; a time that goes round the clock has no
     * end. */
    while (ost_when_add(start, kind, (int64_t)width - 1, unit, &end)) {
        ost_order fits = ost_when_compare(end, last, kind, OST_UNIT_NONE, j->call->offset_min);
        ost_order onward = ost_when_compare(start, end, kind, OST_UNIT_NONE, j->call->offset_min);
        if ((fits != OST_LESS && fits != OST_SAME) || onward == OST_GREATER) {
            break;
        }
        if (!emit(j, ost_when_value((ost_kind)kind, start), ost_when_value((ost_kind)kind, end))) {
            return false;
        }
        if (!ost_when_successor(end, kind, &start)) {
            break;
        }
    }
    return true;
}

/* ---- Numbers ---- */

static ost_i128 floor_to(ost_i128 steps, ost_i128 grain)
{
    ost_i128 rest = steps % grain;

    return rest < 0 ? steps - rest - grain : steps - rest;
}

/* The smallest power of ten (in steps) that divides the width: its precision. */
static ost_i128 grain_of(ost_i128 width, uint8_t *scale)
{
    ost_i128 grain = 1;

    *scale = OST_DECIMAL_SCALE;
    while (*scale > 0 && width % (grain * 10) == 0) {
        grain *= 10;
        (*scale)--;
    }
    return grain;
}

static ost_i128 steps_of(ost_value v)
{
    ost_decimal d = v.kind == OST_QUANTITY  ? v.quantity->value
                    : v.kind == OST_DECIMAL ? v.decimal
                    : v.kind == OST_LONG    ? ost_decimal_of_int(v.integer64)
                                            : ost_decimal_of_int(v.integer);

    return ost_decimal_steps(d);
}

/* Whole numbers stay whole unless the width is a fraction. */
static ost_value number_like(const job *j, ost_value model, ost_i128 steps, uint8_t scale)
{
    ost_decimal d = ost_decimal_of_steps(steps, scale);

    if (model.kind == OST_QUANTITY) {
        return ost_call_quantity(j->call, d, model.quantity->unit);
    }
    if (model.kind == OST_INTEGER && scale == 0) {
        return ost_integer((int32_t)ost_decimal_truncate(d));
    }
    if (model.kind == OST_LONG && scale == 0) {
        return ost_long((int64_t)ost_decimal_truncate(d));
    }
    return ost_decimal_value(d);
}

/* The width in the unit of the points; a plain number is in that unit already. */
static bool width_of(const job *j, ost_value low, ost_decimal *width)
{
    *width = ost_decimal_of_int(1);
    if (j->per == NULL) {
        return true;
    }
    *width = j->per->value;
    if (low.kind != OST_QUANTITY || ost_str_is(j->per->unit, "1") ||
        ost_str_equal(j->per->unit, low.quantity->unit)) {
        return true;
    }
    return j->call->ucum != NULL && ost_ucum_convert(j->call->ucum, j->per->value, j->per->unit,
                                                     low.quantity->unit, width, NULL) == OST_OK;
}

static bool expand_number(const job *j, ost_value low, ost_value high)
{
    uint8_t scale;
    ost_decimal width;

    if (!width_of(j, low, &width)) {
        return true;
    }
    ost_i128 per = ost_decimal_steps(width);
    if (per <= 0) {
        return bad_per(j);
    }
    ost_i128 grain = grain_of(per, &scale), first = floor_to(steps_of(low), grain);
    ost_i128 last = floor_to(steps_of(high), grain);
    if ((low.kind == OST_INTEGER || low.kind == OST_LONG) && scale > 0) {
        /* A whole number stands for all fractions up to the next one. */
        last += ost_decimal_steps(ost_decimal_of_int(1)) - grain;
    }
    for (; first + per - grain <= last; first += per) {
        if (!emit(j, number_like(j, low, first, scale),
                  number_like(j, low, first + per - grain, scale))) {
            return false;
        }
    }
    return true;
}

/* ---- Operator ---- */

static bool expand_one(const job *j, ost_value interval)
{
    if (interval.kind != OST_INTERVAL || ost_is_null(interval.interval->low) ||
        ost_is_null(interval.interval->high)) {
        return true;
    }
    ost_value low = ost_interval_edge(j->call, interval, true, ost_null());
    ost_value high = ost_interval_edge(j->call, interval, false, ost_null());
    if (ost_is_null(low) || ost_is_null(high) || low.kind == OST_STRING) {
        return true;
    }
    return low.kind == OST_DATE || low.kind == OST_DATETIME || low.kind == OST_TIME
               ? expand_when(j, low, high)
               : expand_number(j, low, high);
}

ost_value ost_op_expand(ost_call *call, const ost_value *args, size_t count)
{
    ost_builder out = ost_builder_init(call);
    job j = {call, NULL, &out, args[0].kind == OST_INTERVAL};

    if (ost_is_null(args[0])) {
        return ost_null();
    }
    if (count > 1 && args[1].kind == OST_QUANTITY) {
        j.per = args[1].quantity;
    }
    if (args[0].kind != OST_LIST) {
        return expand_one(&j, args[0]) ? ost_builder_list(&out) : ost_null();
    }
    for (size_t i = 0; i < args[0].list.count; i++) {
        if (!expand_one(&j, args[0].list.items[i])) {
            return ost_null();
        }
    }
    /* Intervals of the list may overlap; the answer is a set. */
    ost_value all = ost_builder_list(&out);
    return ost_is_null(all) ? all : ost_op_distinct(call, &all, 1);
}
