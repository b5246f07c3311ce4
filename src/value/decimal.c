/* CQL Decimal: exact base 10 in steps of 1e-8 (CQL 1.5.3, "Decimal"; Appendix B, "Arithmetic
 * Operators").
 *
 * Sums and quotients of 28 digits fit 128 bits; products need 186 and go through wide.c when they
 * are large. Every result is rounded once, half away from zero. The scale is only what is shown: a
 * result keeps the larger scale of its inputs and as many places more as it needs. */
#include "value/decimal.h"

#include "value/decimal_detail.h"
#include "value/wide.h"

static const uint64_t POW10[OST_DECIMAL_SCALE + 1] = {1,      10,      100,      1000,     10000,
                                                      100000, 1000000, 10000000, 100000000};

/* 10^28 - 1, the largest number of steps. */
static ost_i128 largest_steps(void)
{
    return (ost_i128)10000000000000000 * 1000000000000 - 1;
}

ost_decimal ost_decimal_of_steps(ost_i128 steps, uint8_t scale)
{
    ost_u128 bits = (ost_u128)steps;

    return (ost_decimal){
        .high = (int64_t)(uint64_t)(bits >> 64), .low = (uint64_t)bits, .scale = scale};
}

ost_i128 ost_decimal_steps(ost_decimal d)
{
    return (ost_i128)(((ost_u128)(uint64_t)d.high << 64) | d.low);
}

ost_decimal ost_decimal_of_int(int64_t value)
{
    return ost_decimal_of_steps((ost_i128)value * OST_DECIMAL_ONE, 0);
}

bool ost_decimal_fits(ost_i128 steps)
{
    return steps <= largest_steps() && steps >= -largest_steps();
}

ost_u128 ost_decimal_magnitude(ost_i128 steps)
{
    return steps < 0 ? -(ost_u128)steps : (ost_u128)steps;
}

uint8_t ost_decimal_places(ost_i128 steps, uint8_t least)
{
    uint8_t places = OST_DECIMAL_SCALE;

    while (places > least && steps % (ost_i128)POW10[OST_DECIMAL_SCALE - places + 1] == 0) {
        places--;
    }
    return places;
}

bool ost_decimal_signed(ost_u128 magnitude, bool negative, uint8_t least_scale, ost_decimal *out)
{
    if (magnitude > (ost_u128)largest_steps()) {
        return false;
    }
    ost_i128 steps = negative ? -(ost_i128)magnitude : (ost_i128)magnitude;
    *out = ost_decimal_of_steps(steps, ost_decimal_places(steps, least_scale));
    return true;
}

/* ---- Text ---- */

/* A number as it is written: digits[from..to) with a point after `whole` of them, times
 * 10^exponent. */
struct written {
    bool negative;
    ost_str digits; /* may contain the point */
    int64_t whole, places, exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exponents beyond a million are all alike: too large, or zero. */
static bool read_exponent(ost_str text, size_t at, int64_t *out)
{
    bool negative = false;
    int64_t value = 0;

    if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+')) {
        negative = text.ptr[at++] == '-';
    }
    if (at == text.len) {
        return false;
    }
    for (; at < text.len; at++) {
        if (!is_digit(text.ptr[at])) {
            return false;
        }
        if (value < 1000000) {
            value = value * 10 + (text.ptr[at] - '0');
        }
    }
    *out = negative ? -value : value;
    return true;
}

static bool read_written(ost_str text, bool exponent, struct written *w)
{
    size_t at = 0, start;
    bool point = false;

    *w = (struct written){0};
    if (text.len > OST_DECIMAL_INPUT_MAX) {
        return false;
    }
    if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+')) {
        w->negative = text.ptr[at++] == '-';
    }
    start = at;
    for (; at < text.len && (is_digit(text.ptr[at]) || (text.ptr[at] == '.' && !point)); at++) {
        if (text.ptr[at] == '.') {
            point = true;
        } else if (point) {
            w->places++;
        } else {
            w->whole++;
        }
    }
    w->digits = ost_str_sub(text, start, at - start);
    if (w->whole == 0 || (point && w->places == 0)) {
        return false;
    }
    if (at == text.len) {
        return true;
    }
    return exponent && (text.ptr[at] == 'e' || text.ptr[at] == 'E') &&
           read_exponent(text, at + 1, &w->exponent);
}

bool ost_decimal_parse(ost_str text, bool exponent, bool round, ost_decimal *out)
{
    struct written w;
    ost_u128 steps = 0;
    bool up = false;

    if (!read_written(text, exponent, &w)) {
        return false;
    }
    int64_t places = w.places - w.exponent;
    if (places > OST_DECIMAL_SCALE && !round) {
        return false;
    }
    /* The power of ten of the next digit, counted in steps of 1e-8. */
    int64_t power = w.whole - 1 + w.exponent + OST_DECIMAL_SCALE;
    for (size_t i = 0; i < w.digits.len; i++) {
        if (w.digits.ptr[i] == '.') {
            continue;
        }
        unsigned digit = (unsigned)(w.digits.ptr[i] - '0');
        if (power >= OST_DECIMAL_DIGITS && digit != 0) {
            return false;
        }
        if (power >= 0) {
            steps = steps * 10 + digit;
        } else if (power == -1) {
            up = digit >= 5;
        }
        power--;
    }
    /* Digits that the exponent adds; more than 28 can't follow a digit that is not zero. */
    for (; power >= 0 && steps != 0; power--) {
        steps *= 10;
    }
    if (!ost_decimal_signed(steps + up, w.negative, 0, out)) {
        return false;
    }
    out->scale = (uint8_t)(places < 0                   ? 0
                           : places > OST_DECIMAL_SCALE ? OST_DECIMAL_SCALE
                                                        : places);
    return true;
}

static size_t format(ost_decimal d, uint8_t scale, char *out)
{
    char digits[OST_DECIMAL_TEXT_MAX];
    ost_i128 steps = ost_decimal_steps(d);
    ost_u128 rest = ost_decimal_magnitude(steps) / POW10[OST_DECIMAL_SCALE - scale];
    size_t count = 0, len = 0;

    while (rest != 0 || count <= scale) {
        digits[count++] = (char)('0' + (unsigned)(rest % 10));
        rest /= 10;
    }
    if (steps < 0) {
        out[len++] = '-';
    }
    while (count > 0) {
        if (count == scale) {
            out[len++] = '.';
        }
        out[len++] = digits[--count];
    }
    return len;
}

size_t ost_decimal_format(ost_decimal d, char *out)
{
    uint8_t scale = d.scale > OST_DECIMAL_SCALE ? OST_DECIMAL_SCALE : d.scale;

    /* A scale that would hide digits is never believed. */
    return format(d, ost_decimal_places(ost_decimal_steps(d), scale), out);
}

size_t ost_decimal_format_short(ost_decimal d, char *out)
{
    return format(d, ost_decimal_places(ost_decimal_steps(d), 0), out);
}

/* ---- Arithmetic ---- */

static uint8_t larger_scale(ost_decimal a, ost_decimal b)
{
    return a.scale > b.scale ? a.scale : b.scale;
}

int ost_decimal_compare(ost_decimal a, ost_decimal b)
{
    ost_i128 x = ost_decimal_steps(a), y = ost_decimal_steps(b);

    return x < y ? -1 : x > y;
}

static bool of_steps(ost_i128 steps, uint8_t scale, ost_decimal *out)
{
    if (!ost_decimal_fits(steps)) {
        return false;
    }
    *out = ost_decimal_of_steps(steps, ost_decimal_places(steps, scale));
    return true;
}

bool ost_decimal_add(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    return of_steps(ost_decimal_steps(a) + ost_decimal_steps(b), larger_scale(a, b), out);
}

bool ost_decimal_sub(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    return of_steps(ost_decimal_steps(a) - ost_decimal_steps(b), larger_scale(a, b), out);
}

bool ost_decimal_mul(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    ost_i128 x = ost_decimal_steps(a), y = ost_decimal_steps(b);
    ost_u128 p = ost_decimal_magnitude(x), q = ost_decimal_magnitude(y), steps;

    if (p <= UINT64_MAX && q <= UINT64_MAX) {
        ost_u128 product = p * q;
        steps = product / OST_DECIMAL_ONE;
        steps += product % OST_DECIMAL_ONE >= OST_DECIMAL_ONE / 2;
    } else {
        ost_wide one = ost_wide_of(OST_DECIMAL_ONE), left = ost_wide_of(p), right = ost_wide_of(q);
        if (!ost_wide_mul(&left, &right, &left) || !ost_wide_div_round(&left, &one, &steps)) {
            return false;
        }
    }
    return ost_decimal_signed(steps, (x < 0) != (y < 0), larger_scale(a, b), out);
}

bool ost_decimal_div(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    ost_i128 x = ost_decimal_steps(a), y = ost_decimal_steps(b);
    ost_u128 p = ost_decimal_magnitude(x) * OST_DECIMAL_ONE, q = ost_decimal_magnitude(y);

    if (q == 0) {
        return false;
    }
    /* p is below 10^36, so that it fits; the rest is compared without doubling. */
    ost_u128 steps = p / q, rest = p % q;
    steps += rest >= q - rest;
    return ost_decimal_signed(steps, (x < 0) != (y < 0), larger_scale(a, b), out);
}

bool ost_decimal_truncated_div(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    ost_i128 y = ost_decimal_steps(b);

    if (y == 0) {
        return false;
    }
    ost_i128 whole = ost_decimal_steps(a) / y;
    if (whole > largest_steps() / OST_DECIMAL_ONE || whole < -(largest_steps() / OST_DECIMAL_ONE)) {
        return false;
    }
    return of_steps(whole * OST_DECIMAL_ONE, larger_scale(a, b) > 0 ? 1 : 0, out);
}

bool ost_decimal_mod(ost_decimal a, ost_decimal b, ost_decimal *out)
{
    ost_i128 y = ost_decimal_steps(b);

    return y != 0 && of_steps(ost_decimal_steps(a) % y, larger_scale(a, b), out);
}

bool ost_decimal_negate(ost_decimal a, ost_decimal *out)
{
    *out = ost_decimal_of_steps(-ost_decimal_steps(a), a.scale);
    return true;
}

bool ost_decimal_round(ost_decimal a, int places, ost_decimal *out)
{
    if (places < 0 || places > OST_DECIMAL_SCALE) {
        return false;
    }
    ost_i128 steps = ost_decimal_steps(a);
    ost_u128 unit = POW10[OST_DECIMAL_SCALE - places], magnitude = ost_decimal_magnitude(steps);
    ost_u128 rest = magnitude % unit;
    magnitude -= rest;
    if (rest != 0 && rest >= unit - rest) {
        magnitude += unit;
    }
    if (!ost_decimal_signed(magnitude, steps < 0, 0, out)) {
        return false;
    }
    out->scale = (uint8_t)places;
    return true;
}

ost_i128 ost_decimal_truncate(ost_decimal a)
{
    return ost_decimal_steps(a) / OST_DECIMAL_ONE;
}

ost_i128 ost_decimal_floor(ost_decimal a)
{
    ost_i128 steps = ost_decimal_steps(a);

    return steps / OST_DECIMAL_ONE - (steps % OST_DECIMAL_ONE < 0);
}

ost_i128 ost_decimal_ceiling(ost_decimal a)
{
    ost_i128 steps = ost_decimal_steps(a);

    return steps / OST_DECIMAL_ONE + (steps % OST_DECIMAL_ONE > 0);
}
