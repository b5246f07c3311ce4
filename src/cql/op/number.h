/* Shared by the arithmetic, aggregate and conversion operators: dispatch over kinds, and
 * quantities. */
#ifndef OST_CQL_OP_NUMBER_H
#define OST_CQL_OP_NUMBER_H

#include "cql/op/op.h"

/* One overload: what to do for arguments of these kinds. For unary operators `b` is OST_NULL. */
typedef struct ost_overload {
    ost_kind a, b;
    ost_value (*function)(ost_call *call, ost_value a, ost_value b);
} ost_overload;

/* Finds the overload; a run-time error names the operator and the kinds when there is none. */
ost_value ost_overload_call(ost_call *call, const char *name, const ost_overload *rows,
                            size_t count, const ost_value *args, size_t arg_count);

/* Null when the number does not fit, as CQL wants for overflow. */
ost_value ost_integer_or_null(ost_i128 value);
ost_value ost_long_or_null(ost_i128 value);

/* Quantity arithmetic (arithmetic_quantity.c); null when the units do not go together. */
ost_value ost_quantity_add(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_subtract(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_multiply(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_divide(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_scale(ost_call *call, ost_value a, ost_value b);
ost_value ost_decimal_times_quantity(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_divide_by(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_truncated_divide(ost_call *call, ost_value a, ost_value b);
ost_value ost_quantity_modulo(ost_call *call, ost_value a, ost_value b);

/* A date or time moved by a duration; null for a unit that is none, an error beyond years
 * 1..9999. */
ost_value ost_when_move(ost_call *call, ost_value when, const ost_quantity *by, bool back);
/* The text as a String; an error when memory was short. */
ost_value ost_call_text(ost_call *call, ost_buf *text);
/* A Quantity, and the value itself if it is not null; an error when memory was short. */
ost_value ost_call_quantity(ost_call *call, ost_decimal value, ost_str unit);
ost_value ost_call_made(ost_call *call, ost_value made);
/* Records that memory is short (or the arena's limit was hit) and returns null. */
ost_value ost_call_memory(ost_call *call);

/* `unit` as UCUM knows it: calendar words of week and below have a code, others stay as they
 * are. */
ost_str ost_unit_as_ucum(ost_str unit);
/* The value of `quantity` in `unit`; false when it does not convert or fit. Years and months
 * count 12 to one another and convert to nothing else. */
bool ost_quantity_in(ost_call *call, const ost_quantity *quantity, ost_str unit, ost_decimal *out);
/* "year", "years" -> year ... only the words, in the singular; OST_UNIT_NONE for anything else. */
ost_time_unit ost_calendar_word(ost_str unit);

#endif
