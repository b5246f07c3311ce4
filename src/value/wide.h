/* Unsigned whole numbers of up to 2048 bits: the exact intermediate results of decimals and units.
 *
 * A number is little-endian 32-bit limbs without leading zero limbs; zero has no limbs. Operations
 * that could leave 2048 bits say so; nothing is ever cut silently. Fixed-point functions
 * (decimal_math.c) keep OST_WIDE_FRACTION limbs after the point. */
#ifndef OST_VALUE_WIDE_H
#define OST_VALUE_WIDE_H

#include "base/compat.h"

enum { OST_WIDE_LIMBS = 64, OST_WIDE_FRACTION = 6 };

typedef struct ost_wide {
    uint32_t len;
    uint32_t limb[OST_WIDE_LIMBS];
} ost_wide;

ost_wide ost_wide_of(ost_u128 value);
/* False when the number needs more than 128 bits. */
bool ost_wide_get(const ost_wide *a, ost_u128 *out);
int ost_wide_compare(const ost_wide *a, const ost_wide *b); /* <0, 0, >0 */
uint32_t ost_wide_bits(const ost_wide *a);

/* `out` may be one of the inputs. False when the result leaves 2048 bits; `out` is then
 * untouched. */
bool ost_wide_add(const ost_wide *a, const ost_wide *b, ost_wide *out);
bool ost_wide_mul(const ost_wide *a, const ost_wide *b, ost_wide *out);
bool ost_wide_mul_pow10(const ost_wide *a, uint32_t exponent, ost_wide *out);
bool ost_wide_pow(const ost_wide *a, uint64_t exponent, ost_wide *out);
bool ost_wide_shift_up(const ost_wide *a, uint32_t bits, ost_wide *out);
ost_wide ost_wide_shift_down(const ost_wide *a, uint32_t bits);
/* a - b; a must not be smaller than b. */
ost_wide ost_wide_sub(const ost_wide *a, const ost_wide *b);
/* Quotient toward zero and remainder; b must not be zero. Either output may be NULL. */
void ost_wide_div(const ost_wide *a, const ost_wide *b, ost_wide *quotient, ost_wide *remainder);
/* a / b rounded half up (for magnitudes: half away from zero), as 128 bits. False when it does not
 * fit or b is zero. */
bool ost_wide_div_round(const ost_wide *a, const ost_wide *b, ost_u128 *out);

#endif
