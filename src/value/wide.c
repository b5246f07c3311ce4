/* Whole numbers of up to 2048 bits.
 *
 * Schoolbook arithmetic on 32-bit limbs with 64-bit intermediate results: products of decimals need
 * 186 bits, unit factors a few hundred, so nothing faster is worth its lines. Division is Knuth's
 * algorithm D (The Art of Computer Programming, volume 2, section 4.3.1). */
#include "value/wide.h"

#include <string.h>

static void trim(ost_wide *a)
{
    while (a->len > 0 && a->limb[a->len - 1] == 0) {
        a->len--;
    }
}

ost_wide ost_wide_of(ost_u128 value)
{
    ost_wide out = {0};

    while (value != 0) {
        out.limb[out.len++] = (uint32_t)value;
        value >>= 32;
    }
    return out;
}

bool ost_wide_get(const ost_wide *a, ost_u128 *out)
{
    ost_u128 value = 0;

    if (a->len > 4) {
        return false;
    }
    for (uint32_t i = a->len; i > 0; i--) {
        value = (value << 32) | a->limb[i - 1];
    }
    *out = value;
    return true;
}

int ost_wide_compare(const ost_wide *a, const ost_wide *b)
{
    if (a->len != b->len) {
        return a->len < b->len ? -1 : 1;
    }
    for (uint32_t i = a->len; i > 0; i--) {
        if (a->limb[i - 1] != b->limb[i - 1]) {
            return a->limb[i - 1] < b->limb[i - 1] ? -1 : 1;
        }
    }
    return 0;
}

uint32_t ost_wide_bits(const ost_wide *a)
{
    uint32_t bits = 0;

    if (a->len == 0) {
        return 0;
    }
    for (uint32_t top = a->limb[a->len - 1]; top != 0; top >>= 1) {
        bits++;
    }
    return (a->len - 1) * 32 + bits;
}

bool ost_wide_add(const ost_wide *a, const ost_wide *b, ost_wide *out)
{
    ost_wide sum = {0};
    uint32_t len = a->len > b->len ? a->len : b->len;
    uint64_t carry = 0;

    for (uint32_t i = 0; i < len; i++) {
        carry += (uint64_t)a->limb[i] + b->limb[i];
        sum.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    sum.len = len;
    if (carry != 0) {
        if (len == OST_WIDE_LIMBS) {
            return false;
        }
        sum.limb[sum.len++] = (uint32_t)carry;
    }
    *out = sum;
    return true;
}

ost_wide ost_wide_sub(const ost_wide *a, const ost_wide *b)
{
    ost_wide out = {0};
    uint64_t borrow = 0;

    for (uint32_t i = 0; i < a->len; i++) {
        uint64_t take = (uint64_t)b->limb[i] + borrow;
        borrow = a->limb[i] < take;
        out.limb[i] = (uint32_t)(a->limb[i] - take);
    }
    out.len = a->len;
    trim(&out);
    return out;
}

bool ost_wide_mul(const ost_wide *a, const ost_wide *b, ost_wide *out)
{
    uint32_t limbs[2 * OST_WIDE_LIMBS] = {0};
    uint32_t len = a->len + b->len;

    for (uint32_t i = 0; i < a->len; i++) {
        uint64_t carry = 0;
        for (uint32_t j = 0; j < b->len; j++) {
            carry += (uint64_t)a->limb[i] * b->limb[j] + limbs[i + j];
            limbs[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        limbs[i + b->len] = (uint32_t)carry;
    }
    while (len > 0 && limbs[len - 1] == 0) {
        len--;
    }
    if (len > OST_WIDE_LIMBS) {
        return false;
    }
    *out = (ost_wide){.len = len};
    memcpy(out->limb, limbs, len * sizeof(limbs[0]));
    return true;
}

bool ost_wide_pow(const ost_wide *a, uint64_t exponent, ost_wide *out)
{
    ost_wide result = ost_wide_of(1), base = *a;

    while (exponent != 0) {
        if ((exponent & 1) != 0 && !ost_wide_mul(&result, &base, &result)) {
            return false;
        }
        exponent >>= 1;
        if (exponent != 0 && !ost_wide_mul(&base, &base, &base)) {
            return false;
        }
    }
    *out = result;
    return true;
}

bool ost_wide_mul_pow10(const ost_wide *a, uint32_t exponent, ost_wide *out)
{
    ost_wide ten = ost_wide_of(10), power;

    if (a->len == 0) {
        *out = *a;
        return true;
    }
    return ost_wide_pow(&ten, exponent, &power) && ost_wide_mul(a, &power, out);
}

bool ost_wide_shift_up(const ost_wide *a, uint32_t bits, ost_wide *out)
{
    ost_wide shifted = {0};
    uint32_t limbs = bits / 32, rest = bits % 32, carry = 0;

    if (a->len == 0) {
        *out = *a;
        return true;
    }
    if (bits > OST_WIDE_LIMBS * 32 || ost_wide_bits(a) + bits > OST_WIDE_LIMBS * 32) {
        return false;
    }
    for (uint32_t i = 0; i < a->len; i++) {
        uint64_t two = (uint64_t)a->limb[i] << rest;
        shifted.limb[i + limbs] = (uint32_t)two | carry;
        carry = (uint32_t)(two >> 32);
    }
    shifted.len = a->len + limbs;
    if (carry != 0) {
        shifted.limb[shifted.len++] = carry;
    }
    *out = shifted;
    return true;
}

ost_wide ost_wide_shift_down(const ost_wide *a, uint32_t bits)
{
    ost_wide out = {0};
    uint32_t limbs = bits / 32, rest = bits % 32;

    for (uint32_t i = limbs; i < a->len; i++) {
        uint64_t two = a->limb[i];
        if (i + 1 < a->len) {
            two |= (uint64_t)a->limb[i + 1] << 32;
        }
        out.limb[i - limbs] = (uint32_t)(two >> rest);
    }
    out.len = a->len > limbs ? a->len - limbs : 0;
    trim(&out);
    return out;
}

static void divide_by_limb(const ost_wide *a, uint32_t limb, ost_wide *quotient, ost_wide *rest)
{
    uint64_t carry = 0;

    *quotient = (ost_wide){.len = a->len};
    for (uint32_t i = a->len; i > 0; i--) {
        carry = (carry << 32) | a->limb[i - 1];
        quotient->limb[i - 1] = (uint32_t)(carry / limb);
        carry %= limb;
    }
    trim(quotient);
    *rest = ost_wide_of(carry);
}

/* One digit of algorithm D: subtracts digit * v from u[at..] and returns the corrected digit. */
static uint32_t divide_digit(uint32_t *u, const ost_wide *v, uint32_t at)
{
    uint32_t n = v->len, top = v->limb[n - 1], next = v->limb[n - 2];
    uint64_t head = ((uint64_t)u[at + n] << 32) | u[at + n - 1];
    uint64_t digit = head / top, left = head % top, carry = 0, borrow = 0;

    while (digit > UINT32_MAX || digit * next > ((left << 32) | u[at + n - 2])) {
        digit--;
        left += top;
        if (left > UINT32_MAX) {
            break;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        carry += digit * v->limb[i];
        uint64_t take = (uint32_t)carry + borrow;
        borrow = u[at + i] < take;
        u[at + i] = (uint32_t)(u[at + i] - take);
        carry >>= 32;
    }
    uint64_t take = carry + borrow;
    bool negative = u[at + n] < take;
    u[at + n] = (uint32_t)(u[at + n] - take);
    if (negative) {
        carry = 0;
        for (uint32_t i = 0; i < n; i++) {
            carry += (uint64_t)u[at + i] + v->limb[i];
            u[at + i] = (uint32_t)carry;
            carry >>= 32;
        }
        u[at + n] = (uint32_t)(u[at + n] + carry);
        digit--;
    }
    return (uint32_t)digit;
}

static void divide_long(const ost_wide *a, const ost_wide *b, ost_wide *quotient, ost_wide *rest)
{
    uint32_t u[OST_WIDE_LIMBS + 1] = {0}, shift = (32 - ost_wide_bits(b) % 32) % 32, carry = 0;
    ost_wide v = *b;

    /* Makes the top bit of v one; it can't overflow, because it fills the top limb only. */
    (void)ost_wide_shift_up(b, shift, &v);
    for (uint32_t i = 0; i < a->len; i++) {
        uint64_t two = (uint64_t)a->limb[i] << shift;
        u[i] = (uint32_t)two | carry;
        carry = (uint32_t)(two >> 32);
    }
    u[a->len] = carry;
    *quotient = (ost_wide){.len = a->len - b->len + 1};
    for (uint32_t j = quotient->len; j > 0; j--) {
        quotient->limb[j - 1] = divide_digit(u, &v, j - 1);
    }
    trim(quotient);
    *rest = (ost_wide){.len = b->len};
    memcpy(rest->limb, u, b->len * sizeof(u[0]));
    trim(rest);
    *rest = ost_wide_shift_down(rest, shift);
}

void ost_wide_div(const ost_wide *a, const ost_wide *b, ost_wide *quotient, ost_wide *remainder)
{
    ost_wide q = {0}, r;

    if (ost_wide_compare(a, b) < 0) {
        r = *a;
    } else if (b->len == 1) {
        divide_by_limb(a, b->limb[0], &q, &r);
    } else {
        divide_long(a, b, &q, &r);
    }
    if (quotient != NULL) {
        *quotient = q;
    }
    if (remainder != NULL) {
        *remainder = r;
    }
}

bool ost_wide_div_round(const ost_wide *a, const ost_wide *b, ost_u128 *out)
{
    ost_wide q, r, rest;
    ost_u128 whole;

    if (b->len == 0) {
        return false;
    }
    ost_wide_div(a, b, &q, &r);
    if (!ost_wide_get(&q, &whole)) {
        return false;
    }
    rest = ost_wide_sub(b, &r);
    if (ost_wide_compare(&r, &rest) >= 0) {
        if (whole == ~(ost_u128)0) {
            return false;
        }
        whole++;
    }
    *out = whole;
    return true;
}
