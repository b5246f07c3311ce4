/* Conversion and comparison across UCUM units.
 *
 *   value, unit --function--> exact rational in base units --inverse function--> value, unit
 *
 * Linear units and temperatures stay rational all the way and are rounded once to 8 places. pi
 * enters with 64 digits only when its powers do not cancel. Logarithmic units (pH, bel, neper) go
 * through fixed point with 192 bits. Amount of substance is a number in UCUM (1 mol is
 * 6.0221367e23), so that mass never converts to amount. */
#include "value/decimal_detail.h"
#include "value/ucum_detail.h"

/* numerator / denominator * 10^power * pi^pi, with a sign. */
struct exact {
    ost_wide numerator, denominator;
    int32_t power, pi;
    bool negative;
};

bool ost_ucum_has_inverse(const ost_ucum_measure *m)
{
    return m->function != OST_UCUM_TAN && m->function != OST_UCUM_SQRT;
}

static struct exact exact_of(ost_decimal value)
{
    ost_i128 steps = ost_decimal_steps(value);

    return (struct exact){.numerator = ost_wide_of(ost_decimal_magnitude(steps)),
                          .denominator = ost_wide_of(1),
                          .power = -OST_DECIMAL_SCALE,
                          .negative = steps < 0};
}

/* x *= factor of m, or x /= it. */
static bool scale_by(struct exact *x, const ost_ucum_measure *m, bool divide)
{
    const ost_wide *up = divide ? &m->denominator : &m->numerator;
    const ost_wide *down = divide ? &m->numerator : &m->denominator;

    x->power += divide ? -m->power : m->power;
    x->pi += divide ? -m->pi : m->pi;
    return ost_wide_mul(&x->numerator, up, &x->numerator) &&
           ost_wide_mul(&x->denominator, down, &x->denominator);
}

/* Puts the power of ten and the power of pi into the fraction. */
static bool settle(const ost_ucum *ucum, struct exact *x)
{
    ost_wide pi;
    uint64_t count = (uint64_t)(x->pi < 0 ? -x->pi : x->pi);
    ost_wide *side = x->pi < 0 ? &x->denominator : &x->numerator;

    if (x->pi != 0) {
        if (!ost_wide_pow(&ucum->pi, count, &pi) || !ost_wide_mul(side, &pi, side)) {
            return false;
        }
        x->power += ucum->pi_power * x->pi;
        x->pi = 0;
    }
    side = x->power < 0 ? &x->denominator : &x->numerator;
    if (!ost_wide_mul_pow10(side, (uint32_t)(x->power < 0 ? -x->power : x->power), side)) {
        return false;
    }
    x->power = 0;
    return true;
}

/* x += (minus ? -1 : 1) * value; x must be settled. */
static bool add_decimal(struct exact *x, ost_decimal value, bool minus)
{
    ost_i128 steps = ost_decimal_steps(value);
    ost_wide one = ost_wide_of(OST_DECIMAL_ONE), other = ost_wide_of(ost_decimal_magnitude(steps));
    ost_fixed a = {.negative = x->negative}, b = {.negative = (steps < 0) != minus}, sum;

    /* ost_fixed only lends its signed addition here; both sides are whole numbers over one
     * denominator. */
    if (!ost_wide_mul(&x->numerator, &one, &a.magnitude) ||
        !ost_wide_mul(&other, &x->denominator, &b.magnitude) || !ost_fixed_add(&a, &b, &sum) ||
        !ost_wide_mul(&x->denominator, &one, &x->denominator)) {
        return false;
    }
    x->numerator = sum.magnitude;
    x->negative = sum.negative;
    return true;
}

/* ln of the base of a logarithmic unit. */
static bool log_base(const ost_ucum_measure *m, ost_fixed *out)
{
    ost_wide one = ost_wide_of(1), numerator;

    if (ost_decimal_steps(m->argument) == 0) {
        return ost_fixed_of(&one, &one, false, out);
    }
    numerator = ost_wide_of((ost_u128)ost_decimal_truncate(m->argument));
    return ost_fixed_of(&numerator, &one, false, out) && ost_fixed_ln(out, out);
}

/* base^(value / times) */
static bool from_log(const ost_ucum *ucum, const ost_ucum_measure *m, struct exact *x)
{
    ost_wide times = ost_wide_of((ost_u128)(m->times < 0 ? -m->times : m->times)),
             one = ost_wide_of(1);
    ost_fixed value, base;

    if (!settle(ucum, x) || !ost_wide_mul(&x->denominator, &times, &x->denominator) ||
        !ost_fixed_of(&x->numerator, &x->denominator, x->negative != (m->times < 0), &value) ||
        !log_base(m, &base) || !ost_fixed_mul(&value, &base, &value) ||
        !ost_fixed_exp(&value, &value)) {
        return false;
    }
    *x = (struct exact){.numerator = value.magnitude};
    return ost_wide_shift_up(&one, OST_WIDE_FRACTION * 32, &x->denominator);
}

/* times * log_base(x) */
static bool to_log(const ost_ucum *ucum, const ost_ucum_measure *m, struct exact *x)
{
    ost_wide times = ost_wide_of((ost_u128)(m->times < 0 ? -m->times : m->times)),
             one = ost_wide_of(1);
    ost_fixed value, base;

    if (!settle(ucum, x) || !ost_fixed_of(&x->numerator, &x->denominator, x->negative, &value) ||
        !ost_fixed_ln(&value, &value) || !log_base(m, &base) ||
        !ost_fixed_div(&value, &base, &value)) {
        return false;
    }
    *x = (struct exact){.numerator = value.magnitude, .negative = value.negative != (m->times < 0)};
    return ost_wide_mul(&x->numerator, &times, &x->numerator) &&
           ost_wide_shift_up(&one, OST_WIDE_FRACTION * 32, &x->denominator);
}

static bool to_base(const ost_ucum *ucum, const ost_ucum_measure *m, struct exact *x)
{
    x->power += m->scale;
    if (m->function == OST_UCUM_OFFSET &&
        !(settle(ucum, x) && add_decimal(x, m->argument, false))) {
        return false;
    }
    if (m->function == OST_UCUM_LOG && !from_log(ucum, m, x)) {
        return false;
    }
    return scale_by(x, m, false);
}

static bool from_base(const ost_ucum *ucum, const ost_ucum_measure *m, struct exact *x)
{
    if (!scale_by(x, m, true)) {
        return false;
    }
    if (m->function == OST_UCUM_OFFSET && !(settle(ucum, x) && add_decimal(x, m->argument, true))) {
        return false;
    }
    if (m->function == OST_UCUM_LOG && !to_log(ucum, m, x)) {
        return false;
    }
    x->power -= m->scale;
    return true;
}

static bool round_exact(const ost_ucum *ucum, struct exact *x, uint8_t scale, ost_decimal *out)
{
    ost_u128 steps;

    x->power += OST_DECIMAL_SCALE;
    return settle(ucum, x) && ost_wide_div_round(&x->numerator, &x->denominator, &steps) &&
           ost_decimal_signed(steps, x->negative, scale, out);
}

ost_status ost_ucum_convert(const ost_ucum *ucum, ost_decimal value, ost_str from, ost_str to,
                            ost_decimal *out, ost_error *error)
{
    ost_ucum_measure a, b;
    ost_status status = ost_ucum_reduce(ucum, from, &a, error);

    if (status == OST_OK && ost_str_equal(from, to)) {
        *out = value;
        return OST_OK;
    }
    if (status == OST_OK) {
        status = ost_ucum_reduce(ucum, to, &b, error);
    }
    if (status != OST_OK) {
        return status;
    }
    if (ost_ucum_same_special(&a, &b)) {
        *out = value;
        return OST_OK;
    }
    if (!ost_ucum_same_dimension(&a, &b) || !ost_ucum_has_inverse(&a) ||
        !ost_ucum_has_inverse(&b)) {
        return ost_err_set(error, OST_E_UNIT, "'%.*s' does not convert to '%.*s'",
                           OST_STR_ARG(from), OST_STR_ARG(to));
    }
    struct exact x = exact_of(value);
    if (!to_base(ucum, &a, &x) || !from_base(ucum, &b, &x) ||
        !round_exact(ucum, &x, value.scale, out)) {
        return ost_err_set(error, OST_E_LIMIT,
                           "the value in '%.*s' does not fit 28 digits in '%.*s'",
                           OST_STR_ARG(from), OST_STR_ARG(to));
    }
    return OST_OK;
}

/* Sign of x - y, both settled. */
static bool compare_exact(const struct exact *x, const struct exact *y, int *order)
{
    ost_wide left, right;

    if (!ost_wide_mul(&x->numerator, &y->denominator, &left) ||
        !ost_wide_mul(&y->numerator, &x->denominator, &right)) {
        return false;
    }
    bool x_minus = x->negative && x->numerator.len != 0;
    bool y_minus = y->negative && y->numerator.len != 0;
    if (x_minus != y_minus) {
        *order = x_minus ? -1 : 1;
    } else {
        *order = x_minus ? ost_wide_compare(&right, &left) : ost_wide_compare(&left, &right);
    }
    return true;
}

/* A logarithm may turn the order round (pH), and is not exact: no order across it. */
static bool has_order(const ost_ucum_measure *m)
{
    return m->function == OST_UCUM_LINEAR || m->function == OST_UCUM_OFFSET;
}

bool ost_ucum_compare(const ost_ucum *ucum, ost_decimal a, ost_str unit_a, ost_decimal b,
                      ost_str unit_b, int *order)
{
    ost_ucum_measure m, n;

    if (ost_ucum_reduce(ucum, unit_a, &m, NULL) != OST_OK) {
        return false;
    }
    if (ost_str_equal(unit_a, unit_b)) {
        *order = ost_decimal_compare(a, b);
        return true;
    }
    if (ost_ucum_reduce(ucum, unit_b, &n, NULL) != OST_OK) {
        return false;
    }
    if (ost_ucum_same_special(&m, &n)) {
        *order = ost_decimal_compare(a, b);
        return true;
    }
    if (!ost_ucum_same_dimension(&m, &n) || !has_order(&m) || !has_order(&n)) {
        return false;
    }
    struct exact x = exact_of(a), y = exact_of(b);
    if (!to_base(ucum, &m, &x) || !to_base(ucum, &n, &y)) {
        return false;
    }
    /* Equal powers of pi cancel, so that degrees compare exactly. */
    y.pi -= x.pi;
    x.pi = 0;
    return settle(ucum, &x) && settle(ucum, &y) && compare_exact(&x, &y, order);
}
