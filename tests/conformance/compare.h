/* Is a value the one that a literal describes? The conformance runner's own comparison: it uses no
 * operator of the engine, so that a wrong `=` or `~` can't make tests pass. */
#ifndef OST_TESTS_CONFORMANCE_COMPARE_H
#define OST_TESTS_CONFORMANCE_COMPARE_H

#include "cql/ast.h"
#include "value/value.h"

/* expected: the syntax tree of a literal or selector. Types must agree (1 is not 1.0); decimals
 * are compared as numbers; dates by components, precision and offset, where a missing offset is
 * the request's. Ends of intervals may be written open or closed when they mean the same point.
 * converts: an Integer literal may stand for a Decimal and a Date for a DateTime, as in an
 * implicit conversion. */
bool compare_value(ost_arena *arena, const ost_ast *expected, ost_value value,
                   int request_offset_min, bool converts);

#endif
