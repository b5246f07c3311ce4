/* UCUM units: parse, compare dimensions, convert exactly where the factors are exact.
 *
 * The table (atoms, prefixes, special units) is content/model/ucum.csv, loaded once; a unit
 * expression is reduced to a factor (a rational of 128-bit integers or a decimal with exponent) and
 * a dimension vector over the 7 base units plus arbitrary units ([IU]), which convert only to
 * themselves. */
#ifndef OST_VALUE_UCUM_H
#define OST_VALUE_UCUM_H

#include "base/arena.h"
#include "base/err.h"
#include "value/decimal.h"

typedef struct ost_ucum ost_ucum; /* read-only after loading, shared */

/* csv: the table's text; lives as long as the arena. */
OST_MUST_CHECK ost_status ost_ucum_load(ost_arena *arena, ost_str csv, ost_ucum **out,
                                        ost_error *error);

bool ost_ucum_valid(const ost_ucum *ucum, ost_str unit);
/* Same dimension, so that a conversion exists. Calendar words are not UCUM: see ost_quantity. */
bool ost_ucum_comparable(const ost_ucum *ucum, ost_str from, ost_str to);
/* OST_E_UNIT when a unit is unknown or of another dimension, OST_E_LIMIT when the value does not
 * fit. */
OST_MUST_CHECK ost_status ost_ucum_convert(const ost_ucum *ucum, ost_decimal value, ost_str from,
                                           ost_str to, ost_decimal *out, ost_error *error);
/* Exact comparison across units of one dimension, without rounding to 8 places in between:
 * false when not comparable, which includes logarithmic units ([pH], B) against others. */
bool ost_ucum_compare(const ost_ucum *ucum, ost_decimal a, ost_str unit_a, ost_decimal b,
                      ost_str unit_b, int *order);
/* Unit of a product or quotient ("mg", "mL" -> "mg/mL"; "g", "g", divide -> "1"), in `arena`. */
ost_str ost_ucum_multiply(const ost_ucum *ucum, ost_arena *arena, ost_str a, ost_str b);
ost_str ost_ucum_divide(const ost_ucum *ucum, ost_arena *arena, ost_str a, ost_str b);

#endif
