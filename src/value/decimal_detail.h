/* Shared by the files that make decimals: decimal.c, decimal_math.c, ucum_convert.c. */
#ifndef OST_VALUE_DECIMAL_DETAIL_H
#define OST_VALUE_DECIMAL_DETAIL_H

#include "value/decimal.h"
#include "value/wide.h"

enum { OST_DECIMAL_ONE = 100000000, OST_DECIMAL_INPUT_MAX = 10000 };

ost_u128 ost_decimal_magnitude(ost_i128 steps);
/* The fewest places, at least `least`, that show all digits. */
uint8_t ost_decimal_places(ost_i128 steps, uint8_t least);
/* From magnitude and sign; false when it does not fit 28 digits. */
bool ost_decimal_signed(ost_u128 magnitude, bool negative, uint8_t least_scale, ost_decimal *out);

/* A real number in fixed point: magnitude * 2^-192, with its sign. */
typedef struct ost_fixed {
    ost_wide magnitude;
    bool negative;
} ost_fixed;

/* numerator / denominator (not zero); false when it leaves the range. */
bool ost_fixed_of(const ost_wide *numerator, const ost_wide *denominator, bool negative,
                  ost_fixed *out);
bool ost_fixed_add(const ost_fixed *a, const ost_fixed *b, ost_fixed *out);
bool ost_fixed_mul(const ost_fixed *a, const ost_fixed *b, ost_fixed *out);
bool ost_fixed_div(const ost_fixed *a, const ost_fixed *b, ost_fixed *out);
/* ln x for x > 0; e^x, false beyond e^100. Errors stay below 2^-180 and 2^-180 of the value. */
bool ost_fixed_ln(const ost_fixed *x, ost_fixed *out);
bool ost_fixed_exp(const ost_fixed *x, ost_fixed *out);
/* Rounded once to 8 places, half away from zero. */
bool ost_fixed_round(const ost_fixed *x, uint8_t least_scale, ost_decimal *out);

#endif
