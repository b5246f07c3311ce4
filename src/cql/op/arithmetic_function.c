/* Rounding, powers and logarithms (CQL 1.5.3, Appendix B, "Arithmetic Operators").
 *
 * A result that is not a number (logarithm of a negative) is null; Exp beyond the range and Ln
 * of zero are run-time errors, as the standard's tests have it. */
#include "cql/op/number.h"

/* An uncertain whole number made Decimal by the checker is null, which all of these get as null. */
static bool is_decimal(ost_value v)
{
    return v.kind == OST_DECIMAL;
}

ost_value ost_op_ceiling(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return is_decimal(args[0]) ? ost_integer_or_null(ost_decimal_ceiling(args[0].decimal))
                               : ost_null();
}

ost_value ost_op_floor(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return is_decimal(args[0]) ? ost_integer_or_null(ost_decimal_floor(args[0].decimal))
                               : ost_null();
}

ost_value ost_op_truncate(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return is_decimal(args[0]) ? ost_integer_or_null(ost_decimal_truncate(args[0].decimal))
                               : ost_null();
}

ost_value ost_op_round(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};
    int places = 0;

    (void)call;
    if (!is_decimal(args[0])) {
        return ost_null();
    }
    if (count > 1 && args[1].kind == OST_INTEGER) {
        places = args[1].integer;
    }
    /* A decimal has no more places than eight, so that more change nothing. */
    if (places > OST_DECIMAL_SCALE) {
        return args[0];
    }
    return ost_decimal_round(args[0].decimal, places, &out) ? ost_decimal_value(out) : ost_null();
}

ost_value ost_op_exp(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};

    (void)count;
    if (!ost_decimal_exp(args[0].decimal, &out)) {
        return ost_call_fail(call, OST_E_RUNTIME, "Exp: the result does not fit a Decimal");
    }
    return ost_decimal_value(out);
}

ost_value ost_op_ln(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};

    (void)count;
    if (ost_decimal_steps(args[0].decimal) == 0) {
        return ost_call_fail(call, OST_E_RUNTIME, "Ln of 0 does not exist");
    }
    return ost_decimal_ln(args[0].decimal, &out) ? ost_decimal_value(out) : ost_null();
}

ost_value ost_op_log(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};

    (void)call;
    (void)count;
    return ost_decimal_log(args[0].decimal, args[1].decimal, &out) ? ost_decimal_value(out)
                                                                   : ost_null();
}

/* base ^ exponent for exponent >= 0; false when it leaves 64 bits. */
static bool whole_power(int64_t base, int64_t exponent, ost_i128 *out)
{
    ost_i128 result = 1;

    if (base == 0 || base == 1 || base == -1) {
        *out = exponent == 0 || base == 1 ? 1 : base == 0 ? 0 : exponent % 2 == 0 ? 1 : -1;
        return true;
    }
    for (int64_t i = 0; i < exponent; i++) {
        result *= base;
        if (result < INT64_MIN || result > INT64_MAX) {
            return false;
        }
    }
    *out = result;
    return true;
}

static ost_value power_decimals(ost_call *call, ost_value a, ost_value b)
{
    ost_decimal out = {0};

    (void)call;
    return ost_decimal_power(a.decimal, b.decimal, &out) ? ost_decimal_value(out) : ost_null();
}

/* A negative exponent gives a Decimal: Power(2, -2) is 0.25. */
static ost_value inverse_power(ost_call *call, int64_t base, int64_t exponent)
{
    return power_decimals(call, ost_decimal_value(ost_decimal_of_int(base)),
                          ost_decimal_value(ost_decimal_of_int(exponent)));
}

static ost_value power_integers(ost_call *call, ost_value a, ost_value b)
{
    ost_i128 out;

    if (b.integer < 0) {
        return inverse_power(call, a.integer, b.integer);
    }
    return whole_power(a.integer, b.integer, &out) ? ost_integer_or_null(out) : ost_null();
}

static ost_value power_longs(ost_call *call, ost_value a, ost_value b)
{
    ost_i128 out;

    if (b.integer64 < 0) {
        return inverse_power(call, a.integer64, b.integer64);
    }
    return whole_power(a.integer64, b.integer64, &out) ? ost_long_or_null(out) : ost_null();
}

ost_value ost_op_power(ost_call *call, const ost_value *args, size_t count)
{
    static const ost_overload rows[] = {
        {OST_INTEGER, OST_INTEGER, power_integers},
        {OST_LONG, OST_LONG, power_longs},
        {OST_DECIMAL, OST_DECIMAL, power_decimals},
    };

    return ost_overload_call(call, "Power", rows, OST_ARRAY_LEN(rows), args, count);
}
