/* Exp, Ln, Log, Power and square root of CQL decimals (CQL 1.5.3, Appendix B, "Arithmetic
 * Operators").
 *
 * No libm and no double: results must be the same bytes everywhere. Powers with whole exponents and
 * square roots are exact rationals or integers, rounded once. The others are computed in fixed
 * point with
 * 192 bits after the point, 8 decimals need 27, and rounded once.
 *
 *   e^x   x / 2^10 into the Taylor series, then ten squarings
 *   ln x  x = m * 2^k, 1 <= m < 2;  ln m = 2 atanh((m - 1) / (m + 1));  ln 2 = 2 atanh(1/3) */
#include "value/decimal_detail.h"

enum { FRACTION_BITS = OST_WIDE_FRACTION * 32, HALVINGS = 10, EXP_MAX_BITS = 7 };

static ost_fixed fixed_one(void)
{
    ost_wide one = ost_wide_of(1);
    ost_fixed out = {0};

    (void)ost_wide_shift_up(&one, FRACTION_BITS, &out.magnitude);
    return out;
}

bool ost_fixed_of(const ost_wide *numerator, const ost_wide *denominator, bool negative,
                  ost_fixed *out)
{
    ost_wide shifted;

    if (!ost_wide_shift_up(numerator, FRACTION_BITS, &shifted)) {
        return false;
    }
    ost_wide_div(&shifted, denominator, &out->magnitude, NULL);
    out->negative = negative;
    return true;
}

bool ost_fixed_add(const ost_fixed *a, const ost_fixed *b, ost_fixed *out)
{
    if (a->negative == b->negative) {
        out->negative = a->negative;
        return ost_wide_add(&a->magnitude, &b->magnitude, &out->magnitude);
    }
    if (ost_wide_compare(&a->magnitude, &b->magnitude) >= 0) {
        *out = (ost_fixed){ost_wide_sub(&a->magnitude, &b->magnitude), a->negative};
    } else {
        *out = (ost_fixed){ost_wide_sub(&b->magnitude, &a->magnitude), b->negative};
    }
    return true;
}

bool ost_fixed_mul(const ost_fixed *a, const ost_fixed *b, ost_fixed *out)
{
    ost_wide product;

    if (!ost_wide_mul(&a->magnitude, &b->magnitude, &product)) {
        return false;
    }
    *out = (ost_fixed){ost_wide_shift_down(&product, FRACTION_BITS), a->negative != b->negative};
    return true;
}

bool ost_fixed_div(const ost_fixed *a, const ost_fixed *b, ost_fixed *out)
{
    if (b->magnitude.len == 0) {
        return false;
    }
    return ost_fixed_of(&a->magnitude, &b->magnitude, a->negative != b->negative, out);
}

/* 2 atanh(z) for 0 <= z <= 1/3. */
static bool twice_atanh(const ost_fixed *z, ost_fixed *out)
{
    ost_fixed square, power = *z, sum = *z;

    if (!ost_fixed_mul(z, z, &square)) {
        return false;
    }
    for (uint32_t n = 3; power.magnitude.len != 0; n += 2) {
        ost_wide divisor = ost_wide_of(n);
        ost_fixed term = {0};
        if (!ost_fixed_mul(&power, &square, &power)) {
            return false;
        }
        ost_wide_div(&power.magnitude, &divisor, &term.magnitude, NULL);
        if (!ost_fixed_add(&sum, &term, &sum)) {
            return false;
        }
    }
    return ost_fixed_add(&sum, &sum, out);
}

bool ost_fixed_ln(const ost_fixed *x, ost_fixed *out)
{
    ost_wide one = ost_wide_of(1), three = ost_wide_of(3), power;
    ost_fixed unit = fixed_one(), minus = unit, m = {0}, third, above, below, two;

    if (x->negative || x->magnitude.len == 0) {
        return false;
    }
    /* m = x / 2^k lies in [1, 2). */
    uint32_t bits = ost_wide_bits(&x->magnitude);
    int32_t k = (int32_t)bits - 1 - FRACTION_BITS;
    if (k >= 0) {
        m.magnitude = ost_wide_shift_down(&x->magnitude, (uint32_t)k);
    } else if (!ost_wide_shift_up(&x->magnitude, (uint32_t)-k, &m.magnitude)) {
        return false;
    }
    minus.negative = true;
    if (!ost_fixed_add(&m, &minus, &above) || !ost_fixed_add(&m, &unit, &below) ||
        !ost_fixed_div(&above, &below, &m) || !twice_atanh(&m, &m) ||
        !ost_fixed_of(&one, &three, false, &third) || !twice_atanh(&third, &two)) {
        return false;
    }
    power = ost_wide_of((ost_u128)(k < 0 ? -k : k));
    two.negative = k < 0;
    return ost_wide_mul(&two.magnitude, &power, &two.magnitude) && ost_fixed_add(&two, &m, out);
}

bool ost_fixed_exp(const ost_fixed *x, ost_fixed *out)
{
    ost_fixed unit = fixed_one(), reduced = {0}, term = unit, sum = unit;

    if (ost_wide_bits(&x->magnitude) > FRACTION_BITS + EXP_MAX_BITS) {
        bool vanishes = x->negative;
        *out = (ost_fixed){0};
        return vanishes;
    }
    reduced.magnitude = ost_wide_shift_down(&x->magnitude, HALVINGS);
    for (uint32_t n = 1; term.magnitude.len != 0; n++) {
        ost_wide divisor = ost_wide_of(n);
        if (!ost_fixed_mul(&term, &reduced, &term)) {
            return false;
        }
        ost_wide_div(&term.magnitude, &divisor, &term.magnitude, NULL);
        if (!ost_fixed_add(&sum, &term, &sum)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < HALVINGS; i++) {
        if (!ost_fixed_mul(&sum, &sum, &sum)) {
            return false;
        }
    }
    if (!x->negative) {
        *out = sum;
        return true;
    }
    return ost_fixed_div(&unit, &sum, out);
}

bool ost_fixed_round(const ost_fixed *x, uint8_t least_scale, ost_decimal *out)
{
    ost_wide one = ost_wide_of(OST_DECIMAL_ONE), scaled;
    ost_fixed unit = fixed_one();
    ost_u128 steps;

    return ost_wide_mul(&x->magnitude, &one, &scaled) &&
           ost_wide_div_round(&scaled, &unit.magnitude, &steps) &&
           ost_decimal_signed(steps, x->negative, least_scale, out);
}

static bool fixed_of_decimal(ost_decimal d, ost_fixed *out)
{
    ost_i128 steps = ost_decimal_steps(d);
    ost_wide numerator = ost_wide_of(ost_decimal_magnitude(steps)),
             one = ost_wide_of(OST_DECIMAL_ONE);

    return ost_fixed_of(&numerator, &one, steps < 0, out);
}

bool ost_decimal_exp(ost_decimal a, ost_decimal *out)
{
    ost_fixed x;

    return fixed_of_decimal(a, &x) && ost_fixed_exp(&x, &x) && ost_fixed_round(&x, 1, out);
}

bool ost_decimal_ln(ost_decimal a, ost_decimal *out)
{
    ost_fixed x;

    return fixed_of_decimal(a, &x) && ost_fixed_ln(&x, &x) && ost_fixed_round(&x, 1, out);
}

bool ost_decimal_log(ost_decimal a, ost_decimal base, ost_decimal *out)
{
    ost_fixed x, b;

    return fixed_of_decimal(a, &x) && fixed_of_decimal(base, &b) && ost_fixed_ln(&x, &x) &&
           ost_fixed_ln(&b, &b) && ost_fixed_div(&x, &b, &x) && ost_fixed_round(&x, 1, out);
}

/* (steps / 10^8) ^ n as an exact rational; false when it needs more than 2048 bits. */
static bool power_exactly(ost_u128 steps, uint64_t n, bool inverse, ost_u128 *out)
{
    ost_wide base = ost_wide_of(steps), one = ost_wide_of(OST_DECIMAL_ONE), scale, power;

    if (!ost_wide_pow(&base, n, &power) || !ost_wide_pow(&one, n, &scale)) {
        return false;
    }
    ost_wide *numerator = inverse ? &scale : &power, *denominator = inverse ? &power : &scale;
    return ost_wide_mul(numerator, &one, numerator) &&
           ost_wide_div_round(numerator, denominator, out);
}

bool ost_decimal_power(ost_decimal a, ost_decimal exponent, ost_decimal *out)
{
    ost_i128 x = ost_decimal_steps(a), e = ost_decimal_steps(exponent);
    ost_u128 count = ost_decimal_magnitude(e) / OST_DECIMAL_ONE, steps;
    bool whole = e % OST_DECIMAL_ONE == 0, negative = x < 0 && (count & 1) != 0;
    uint8_t scale = a.scale > exponent.scale ? a.scale : exponent.scale;
    ost_fixed base, power;

    if ((x == 0 && e < 0) || (x < 0 && !whole)) {
        return false;
    }
    if (x == 0) {
        return ost_decimal_signed(e == 0 ? OST_DECIMAL_ONE : 0, false, scale, out);
    }
    if (whole && count <= UINT64_MAX &&
        power_exactly(ost_decimal_magnitude(x), (uint64_t)count, e < 0, &steps)) {
        return ost_decimal_signed(steps, negative, scale, out);
    }
    base = (ost_fixed){0};
    ost_decimal magnitude = ost_decimal_of_steps(x < 0 ? -x : x, a.scale);
    if (!fixed_of_decimal(magnitude, &base) || !fixed_of_decimal(exponent, &power) ||
        !ost_fixed_ln(&base, &base) || !ost_fixed_mul(&base, &power, &base) ||
        !ost_fixed_exp(&base, &base)) {
        return false;
    }
    base.negative = negative;
    return ost_fixed_round(&base, scale, out);
}

bool ost_decimal_sqrt(ost_decimal a, ost_decimal *out)
{
    ost_i128 steps = ost_decimal_steps(a);

    if (steps < 0) {
        return false;
    }
    /* sqrt(steps / 10^8) * 10^8 = sqrt(steps * 10^8), below 2^120; one bit of the root at a
     * time. */
    ost_u128 rest = (ost_u128)steps * OST_DECIMAL_ONE, root = 0;
    for (ost_u128 bit = (ost_u128)1 << 120; bit != 0; bit >>= 2) {
        if (rest >= root + bit) {
            rest -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    /* n - root^2 > root means that the root is nearer to root + 1. */
    return ost_decimal_signed(root + (rest > root), false, a.scale, out);
}
