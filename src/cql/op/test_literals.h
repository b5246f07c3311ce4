/* For the tests of operators: values written as CQL literals, and rows "operator, arguments,
 * result".
 *
 *   null  true  5  5L  1.0  'text'  @2014-01  @2014T  @T10:30  5.0 'g'  3 days  Interval[1, null)
 *   Interval[null as Integer, 5]  {1, null}  Tuple{Id: 1, Name: 'x'}  1 'cm':2 'cm'
 *   Code{'system' 'code' ['display']}  Concept{Code{..}, Code{..}}
 *   about 4 to 5   (a whole number known as a range)
 */
#ifndef OST_CQL_OP_TEST_LITERALS_H
#define OST_CQL_OP_TEST_LITERALS_H

#include "base/test.h"
#include "cql/op/op.h"

typedef struct ost_test_row {
    const char *name;
    ost_op_function op;
    const char *args; /* "a ; b" */
    const char *want; /* a literal, or "error" */
    ost_time_unit precision;
} ost_test_row;

typedef struct ost_test_call {
    ost_call call;
    ost_error error;
} ost_test_call;

/* Arena, UCUM table, request offset +00:00, now 2026-11-24T10:30:00.000+00:00. Freed by _done. */
void ost_test_call_init(ost_test_call *t);
void ost_test_call_done(ost_test_call *t);
/* Fails the test when the text is no literal. */
ost_value ost_test_read(ost_test_call *t, const char *text);
/* Runs every row and compares the printed results. */
void ost_test_rows(const ost_test_row *rows, size_t count);

#endif
