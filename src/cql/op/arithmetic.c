/* Arithmetic on numbers (CQL 1.5.3, Appendix B, "Arithmetic Operators").
 *
 * Overflow and division by zero give null. Whole numbers are computed in 128 bits and then checked.
 * Uncertain whole numbers (days between imprecise dates) give the range of all possible results. */
#include "cql/op/number.h"

static bool matches(ost_kind wanted, const ost_value *args, size_t at, size_t count)
{
    return wanted == (at < count ? (ost_kind)args[at].kind : OST_NULL);
}

ost_value ost_overload_call(ost_call *call, const char *name, const ost_overload *rows,
                            size_t count, const ost_value *args, size_t arg_count)
{
    for (size_t i = 0; i < count; i++) {
        if (matches(rows[i].a, args, 0, arg_count) && matches(rows[i].b, args, 1, arg_count)) {
            return rows[i].function(call, args[0], arg_count > 1 ? args[1] : ost_null());
        }
    }
    return ost_call_fail(call, OST_E_RUNTIME, "%s is not defined for %s%s%s", name,
                         ost_kind_name((ost_kind)args[0].kind), arg_count > 1 ? " and " : "",
                         arg_count > 1 ? ost_kind_name((ost_kind)args[1].kind) : "");
}

#define CALL(name, rows) ost_overload_call(call, name, rows, OST_ARRAY_LEN(rows), args, count)

ost_value ost_integer_or_null(ost_i128 value)
{
    return value < INT32_MIN || value > INT32_MAX ? ost_null() : ost_integer((int32_t)value);
}

ost_value ost_long_or_null(ost_i128 value)
{
    return value < INT64_MIN || value > INT64_MAX ? ost_null() : ost_long((int64_t)value);
}

static ost_value decimal_or_null(bool ok, ost_decimal d)
{
    return ok ? ost_decimal_value(d) : ost_null();
}

/* ---- Uncertain whole numbers ---- */

struct range {
    ost_i128 low, high;
};

static struct range range_of(ost_value v)
{
    if (v.kind == OST_UNCERTAIN) {
        return (struct range){v.interval->low.integer, v.interval->high.integer};
    }
    return (struct range){v.integer, v.integer};
}

static ost_value range_value(ost_call *call, ost_i128 low, ost_i128 high)
{
    if (low < INT32_MIN || high > INT32_MAX) {
        return ost_null();
    }
    return ost_call_made(call, ost_uncertain(call->arena, (int32_t)low, (int32_t)high));
}

static ost_value add_ranges(ost_call *call, ost_value a, ost_value b)
{
    struct range x = range_of(a), y = range_of(b);

    return range_value(call, x.low + y.low, x.high + y.high);
}

static ost_value subtract_ranges(ost_call *call, ost_value a, ost_value b)
{
    struct range x = range_of(a), y = range_of(b);

    return range_value(call, x.low - y.high, x.high - y.low);
}

static ost_value multiply_ranges(ost_call *call, ost_value a, ost_value b)
{
    struct range x = range_of(a), y = range_of(b);
    ost_i128 corner[] = {x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high};
    ost_i128 low = corner[0], high = corner[0];

    for (size_t i = 1; i < OST_ARRAY_LEN(corner); i++) {
        low = corner[i] < low ? corner[i] : low;
        high = corner[i] > high ? corner[i] : high;
    }
    return range_value(call, low, high);
}

static ost_value negate_range(ost_call *call, ost_value a, ost_value b)
{
    struct range x = range_of(a);

    (void)b;
    return range_value(call, -x.high, -x.low);
}

static ost_value abs_range(ost_call *call, ost_value a, ost_value b)
{
    struct range x = range_of(a);

    (void)b;
    if (x.low >= 0) {
        return a;
    }
    if (x.high <= 0) {
        return range_value(call, -x.high, -x.low);
    }
    return range_value(call, 0, -x.low > x.high ? -x.low : x.high);
}

#define UNCERTAIN_PAIRS(function)                                                                  \
    {OST_UNCERTAIN, OST_UNCERTAIN, function}, {OST_UNCERTAIN, OST_INTEGER, function},              \
    {                                                                                              \
        OST_INTEGER, OST_UNCERTAIN, function                                                       \
    }

/* ---- Add, subtract, multiply ---- */

static ost_value add_integers(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_integer_or_null((ost_i128)a.integer + b.integer);
}

static ost_value add_longs(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_long_or_null((ost_i128)a.integer64 + b.integer64);
}

static ost_value add_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_add(a.decimal, b.decimal, &out), out);
}

static ost_value join_strings(ost_call *call, ost_value a, ost_value b)
{
    ost_buf out = ost_buf_init(call->arena);

    ost_buf_add(&out, a.string);
    ost_buf_add(&out, b.string);
    return ost_call_text(call, &out);
}

static ost_value move_when(ost_call *call, ost_value a, ost_value b)
{
    return ost_when_move(call, a, b.quantity, false);
}

static ost_value move_when_back(ost_call *call, ost_value a, ost_value b)
{
    return ost_when_move(call, a, b.quantity, true);
}

/* Ends are added one by one, as uncertainties are; an end that is not known stays unknown. */
static ost_value add_intervals(ost_call *call, ost_value a, ost_value b)
{
    const ost_value low[] = {a.interval->low, b.interval->low};
    const ost_value high[] = {a.interval->high, b.interval->high};
    ost_value from = ost_null(), to = ost_null();

    if (!ost_is_null(low[0]) && !ost_is_null(low[1]) && low[0].kind != OST_INTERVAL) {
        from = ost_op_add(call, low, 2);
    }
    if (!ost_is_null(high[0]) && !ost_is_null(high[1]) && high[0].kind != OST_INTERVAL) {
        to = ost_op_add(call, high, 2);
    }
    return ost_call_made(
        call, ost_interval_value(
                  call->arena, from, a.interval->low_closed && b.interval->low_closed, to,
                  a.interval->high_closed && b.interval->high_closed, (ost_kind)a.point_kind));
}

ost_value ost_op_add(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, add_integers},    {OST_LONG, OST_LONG, add_longs},
        {OST_DECIMAL, OST_DECIMAL, add_decimals},    {OST_QUANTITY, OST_QUANTITY, ost_quantity_add},
        {OST_DATE, OST_QUANTITY, move_when},         {OST_DATETIME, OST_QUANTITY, move_when},
        {OST_TIME, OST_QUANTITY, move_when},         {OST_STRING, OST_STRING, join_strings},
        {OST_INTERVAL, OST_INTERVAL, add_intervals}, UNCERTAIN_PAIRS(add_ranges),
    };

    return CALL("Add", rows);
}

static ost_value subtract_integers(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_integer_or_null((ost_i128)a.integer - b.integer);
}

static ost_value subtract_longs(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_long_or_null((ost_i128)a.integer64 - b.integer64);
}

static ost_value subtract_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_sub(a.decimal, b.decimal, &out), out);
}

ost_value ost_op_subtract(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, subtract_integers},
        {OST_LONG, OST_LONG, subtract_longs},
        {OST_DECIMAL, OST_DECIMAL, subtract_decimals},
        {OST_QUANTITY, OST_QUANTITY, ost_quantity_subtract},
        {OST_DATE, OST_QUANTITY, move_when_back},
        {OST_DATETIME, OST_QUANTITY, move_when_back},
        {OST_TIME, OST_QUANTITY, move_when_back},
        UNCERTAIN_PAIRS(subtract_ranges),
    };

    return CALL("Subtract", rows);
}

static ost_value multiply_integers(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_integer_or_null((ost_i128)a.integer * b.integer);
}

static ost_value multiply_longs(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return ost_long_or_null((ost_i128)a.integer64 * b.integer64);
}

static ost_value multiply_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_mul(a.decimal, b.decimal, &out), out);
}

ost_value ost_op_multiply(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, multiply_integers},
        {OST_LONG, OST_LONG, multiply_longs},
        {OST_DECIMAL, OST_DECIMAL, multiply_decimals},
        {OST_QUANTITY, OST_QUANTITY, ost_quantity_multiply},
        {OST_QUANTITY, OST_DECIMAL, ost_quantity_scale},
        {OST_DECIMAL, OST_QUANTITY, ost_decimal_times_quantity},
        UNCERTAIN_PAIRS(multiply_ranges),
    };

    return CALL("Multiply", rows);
}

/* ---- Division ---- */

static ost_value divide_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_div(a.decimal, b.decimal, &out), out);
}

ost_value ost_op_divide(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_DECIMAL, OST_DECIMAL, divide_decimals},
        {OST_QUANTITY, OST_QUANTITY, ost_quantity_divide},
        {OST_QUANTITY, OST_DECIMAL, ost_quantity_divide_by},
    };

    return CALL("Divide", rows);
}

static ost_value div_integers(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return b.integer == 0 ? ost_null() : ost_integer_or_null((ost_i128)a.integer / b.integer);
}

static ost_value div_longs(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return b.integer64 == 0 ? ost_null() : ost_long_or_null((ost_i128)a.integer64 / b.integer64);
}

static ost_value div_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_truncated_div(a.decimal, b.decimal, &out), out);
}

ost_value ost_op_truncated_divide(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, div_integers},
        {OST_LONG, OST_LONG, div_longs},
        {OST_DECIMAL, OST_DECIMAL, div_decimals},
        {OST_QUANTITY, OST_QUANTITY, ost_quantity_truncated_divide},
    };

    return CALL("TruncatedDivide", rows);
}

static ost_value mod_integers(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return b.integer == 0 ? ost_null() : ost_integer_or_null((ost_i128)a.integer % b.integer);
}

static ost_value mod_longs(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    return b.integer64 == 0 ? ost_null() : ost_long_or_null((ost_i128)a.integer64 % b.integer64);
}

static ost_value mod_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return decimal_or_null(ost_decimal_mod(a.decimal, b.decimal, &out), out);
}

ost_value ost_op_modulo(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, mod_integers},
        {OST_LONG, OST_LONG, mod_longs},
        {OST_DECIMAL, OST_DECIMAL, mod_decimals},
        {OST_QUANTITY, OST_QUANTITY, ost_quantity_modulo},
    };

    return CALL("Modulo", rows);
}

/* ---- Sign ---- */

static ost_value negate_integer(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    (void)b;
    return ost_integer_or_null(-(ost_i128)a.integer);
}

static ost_value negate_long(ost_call *call, ost_value a, ost_value b)
{
    (void)call;
    (void)b;
    return ost_long_or_null(-(ost_i128)a.integer64);
}

static ost_value negate_decimal(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    (void)b;
    return decimal_or_null(ost_decimal_negate(a.decimal, &out), out);
}

static ost_value negate_quantity(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)b;
    (void)ost_decimal_negate(a.quantity->value, &out);
    return ost_call_quantity(call, out, a.quantity->unit);
}

ost_value ost_op_negate(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_NULL, negate_integer}, {OST_LONG, OST_NULL, negate_long},
        {OST_DECIMAL, OST_NULL, negate_decimal}, {OST_QUANTITY, OST_NULL, negate_quantity},
        {OST_UNCERTAIN, OST_NULL, negate_range},
    };

    return CALL("Negate", rows);
}

static ost_value abs_integer(ost_call *call, ost_value a, ost_value b)
{
    return a.integer < 0 ? negate_integer(call, a, b) : a;
}

static ost_value abs_long(ost_call *call, ost_value a, ost_value b)
{
    return a.integer64 < 0 ? negate_long(call, a, b) : a;
}

static ost_value abs_decimal(ost_call *call, ost_value a, ost_value b)
{
    return ost_decimal_steps(a.decimal) < 0 ? negate_decimal(call, a, b) : a;
}

static ost_value abs_quantity(ost_call *call, ost_value a, ost_value b)
{
    return ost_decimal_steps(a.quantity->value) < 0 ? negate_quantity(call, a, b) : a;
}

ost_value ost_op_abs(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_NULL, abs_integer}, {OST_LONG, OST_NULL, abs_long},
        {OST_DECIMAL, OST_NULL, abs_decimal}, {OST_QUANTITY, OST_NULL, abs_quantity},
        {OST_UNCERTAIN, OST_NULL, abs_range},
    };

    return CALL("Abs", rows);
}
