/* Shared by compare*.c: numbers and quantities of different kinds and units. */
#ifndef OST_CQL_OP_COMPARE_DETAIL_H
#define OST_CQL_OP_COMPARE_DETAIL_H

#include "cql/call.h"

static inline bool ost_is_number(ost_value v)
{
    return v.kind == OST_INTEGER || v.kind == OST_LONG || v.kind == OST_DECIMAL;
}

static inline ost_decimal ost_number_decimal(ost_value v)
{
    return v.kind == OST_DECIMAL   ? v.decimal
           : v.kind == OST_INTEGER ? ost_decimal_of_int(v.integer)
                                   : ost_decimal_of_int(v.integer64);
}

/* UNCERTAIN when the units are not of one dimension, or one is a calendar year or month and the
 * other a definite duration. */
ost_order ost_compare_quantities(const ost_call *call, const ost_quantity *a,
                                 const ost_quantity *b);
/* For "~": calendar years and months are also compared with definite durations. */
ost_order ost_compare_durations(const ost_call *call, const ost_quantity *a, const ost_quantity *b);
/* Deep equality of two JSON subtrees: numbers by value, members in any order. */
bool ost_objects_equal(ost_call *call, ost_value a, ost_value b);

#endif
