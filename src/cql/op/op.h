/* The C functions of all system operators: one for each row of cql/ops.h.
 *
 * STRICT rows are called with non-null arguments only. `count` tells how many of the optional
 * arguments were given. A run-time error goes through ost_call_fail and the answer is then
 * null. */
#ifndef OST_CQL_OP_OP_H
#define OST_CQL_OP_OP_H

#include "cql/call.h"

/* The names may be words of C ("and", "union"), so they only ever appear pasted. */
#define OP(name, id, nulls, section, signatures)                                                   \
    ost_value ost_op_##id(ost_call *call, const ost_value *args, size_t count);
#include "cql/ops.h"

#endif
