/* What an operator gets: the request's surroundings and a sticky error. */
#ifndef OST_CQL_CALL_H
#define OST_CQL_CALL_H

#include "base/err.h"
#include "term/term.h"
#include "value/ucum.h"
#include "value/value.h"

typedef struct ost_call {
    ost_arena *arena; /* results live here */
    const ost_ucum *ucum;
    const ost_term *term;
    ost_when now;     /* constant during one evaluation; full precision with offset */
    int offset_min;   /* request offset */
    ost_error *error; /* first run-time error; code OST_OK while there is none */
    uint64_t
        steps_left; /* against endless evaluation; loops in operators subtract, 0 = OST_E_LIMIT */
    ost_buf *messages; /* text of Message(...) calls; may be NULL */
} ost_call;

/* args: `count` values, static types already made right by the checker (but see each row of ops.h).
 * The last argument of operators with Precision is an Integer holding an ost_time_unit (0 =
 * none). */
typedef ost_value (*ost_op_function)(ost_call *call, const ost_value *args, size_t count);

/* Records a run-time error (the first wins) and returns null. */
ost_value ost_call_fail(ost_call *call, ost_status code, const char *format, ...) OST_PRINTF(3, 4);
/* Takes `steps` from the limit; false (and the error is set) when it is used up. */
bool ost_call_step(ost_call *call, uint64_t steps);

/* The comparisons all operators share (src/cql/op/compare.c). */
typedef enum ost_tri { OST_TRI_FALSE, OST_TRI_TRUE, OST_TRI_NULL } ost_tri;
/* CQL "=" with its null rules: lists and tuples element by element, uncertain dates give null. */
ost_tri ost_equal(ost_call *call, ost_value a, ost_value b);
/* CQL "~": always true or false. */
bool ost_equivalent(ost_call *call, ost_value a, ost_value b);
/* Order of two points (numbers, strings, dates, quantities); UNCERTAIN when it can't be told, also
 * for null or units that do not compare. precision only matters for dates. */
ost_order ost_compare(ost_call *call, ost_value a, ost_value b, ost_time_unit precision);
/* Null at the ends of the type's range (successor of maximum). */
ost_value ost_successor(ost_call *call, ost_value v);
ost_value ost_predecessor(ost_call *call, ost_value v);
ost_value ost_minimum_of(ost_call *call, ost_kind kind);
ost_value ost_maximum_of(ost_call *call, ost_kind kind);
static inline ost_value ost_tri_value(ost_tri t)
{
    return t == OST_TRI_NULL ? ost_null() : ost_boolean(t == OST_TRI_TRUE);
}

#endif
