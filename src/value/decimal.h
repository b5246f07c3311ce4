/* CQL Decimal: exact base 10, at most 28 digits, 8 of them after the point (CQL 1.5.3, "Decimal").
 *
 * A decimal is an integer number of 1e-8 steps in 128 bits plus the scale it was written with
 * (0..8), so that Precision(1.58700) is 5. Results that leave +-(10^28 - 1) * 10^-8 are reported as
 * overflow, which CQL turns into null. Rounding is half away from zero unless said otherwise. No
 * doubles, no libm. */
#ifndef OST_VALUE_DECIMAL_H
#define OST_VALUE_DECIMAL_H

#include "base/compat.h"
#include "base/str.h"

enum { OST_DECIMAL_SCALE = 8, OST_DECIMAL_DIGITS = 28, OST_DECIMAL_TEXT_MAX = 40 };

/* Two halves of a signed 128-bit integer, so that ost_value stays 8-byte aligned. */
typedef struct ost_decimal {
    int64_t high;
    uint64_t low;
    uint8_t scale; /* digits after the point as written or computed, 0..8; never changes equality */
} ost_decimal;

ost_decimal ost_decimal_of_steps(ost_i128 steps, uint8_t scale);
ost_i128 ost_decimal_steps(ost_decimal d);
ost_decimal ost_decimal_of_int(int64_t value);

/* Text `[+-]digits[.digits]`, also with exponent when `exponent` is allowed (FHIR JSON numbers).
 * Returns false when it is not a number or does not fit 28 digits. With more than 8 decimals:
 * refused unless `round` (FHIR decimals round half away from zero). scale = written decimals, at
 * most 8. */
bool ost_decimal_parse(ost_str text, bool exponent, bool round, ost_decimal *out);
/* Shortest text that keeps the scale: "1.0", "0.90" -> as scale says. `out` holds
 * OST_DECIMAL_TEXT_MAX. */
size_t ost_decimal_format(ost_decimal d, char *out);
/* The same without trailing zeros: "1", "0.9". */
size_t ost_decimal_format_short(ost_decimal d, char *out);

int ost_decimal_compare(ost_decimal a, ost_decimal b); /* <0, 0, >0 */
bool ost_decimal_fits(ost_i128 steps);

/* All return false on overflow or a value that does not exist (division by zero, Ln of 0). */
bool ost_decimal_add(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_sub(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_mul(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_div(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_truncated_div(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_mod(ost_decimal a, ost_decimal b, ost_decimal *out);
bool ost_decimal_negate(ost_decimal a, ost_decimal *out);
/* places 0..8; half away from zero: Round(-0.5) is -1, Round(-1.5) is -2. */
bool ost_decimal_round(ost_decimal a, int places, ost_decimal *out);
/* Toward zero / down / up, as whole numbers that may be outside int32. */
ost_i128 ost_decimal_truncate(ost_decimal a);
ost_i128 ost_decimal_floor(ost_decimal a);
ost_i128 ost_decimal_ceiling(ost_decimal a);
/* Computed with guard digits and rounded once. */
bool ost_decimal_exp(ost_decimal a, ost_decimal *out);
bool ost_decimal_ln(ost_decimal a, ost_decimal *out);
bool ost_decimal_log(ost_decimal a, ost_decimal base, ost_decimal *out);
bool ost_decimal_power(ost_decimal a, ost_decimal exponent, ost_decimal *out);
bool ost_decimal_sqrt(ost_decimal a, ost_decimal *out);

#endif
