/* Inside of an evaluation. Private to src/cql. */
#ifndef OST_CQL_EVAL_H
#define OST_CQL_EVAL_H

#include "cql/program.h"

enum {
    OST_EVAL_MAX_CALLS = 500,   /* functions and definitions that wait for each other */
    OST_EVAL_MAX_SLOTS = 16384, /* slots of all of them together */
    OST_EVAL_MAX_COLLECTORS = 2048
};
#define OST_EVAL_DEFAULT_STEPS (UINT64_C(1) << 32)

typedef enum ost_memo_state {
    OST_MEMO_NONE,
    OST_MEMO_BUSY,
    OST_MEMO_DONE,
    OST_MEMO_ERROR
} ost_memo_state;

/* Where the value of a definition came from: resources as a bit set, retrieves that were made. */
typedef struct ost_trace {
    uint64_t *resources;
    ost_looked *looked;
    size_t looked_count, looked_capacity;
} ost_trace;

typedef struct ost_memo {
    ost_value value;
    ost_memo_state state;
    bool overridden;
    const ost_error *error;
    ost_trace *trace;
} ost_memo;

typedef struct ost_collector {
    ost_value *items;
    size_t count, capacity;
} ost_collector;

struct ost_eval {
    ost_arena *arena;
    const ost_program *program;
    const ost_record *record;
    ost_call call;
    ost_error error; /* call.error points here */
    ost_memo *memos; /* one per definition */
    ost_value *parameters;
    bool *parameter_set;
    ost_value *slots; /* stack of frames */
    ost_collector *collectors;
    size_t slots_used, collectors_used;
    unsigned calls;
    bool tracing;
    ost_trace *trace; /* of the definition under way; NULL when not tracing */
    size_t trace_words;
};

/* run.c: runs a plan. args: `count` values for a function's operands. */
ost_value ost_run_unit(ost_eval *eval, const ost_unit *unit, const ost_value *args, size_t count);
/* eval.c: value of a definition, from memo or made now; null with eval->error set after a
 * failure. */
ost_value ost_eval_memo(ost_eval *eval, uint32_t define);
ost_value ost_eval_parameter_value(ost_eval *eval, uint32_t parameter);
/* run_retrieve.c */
ost_value ost_run_retrieve(ost_eval *eval, const ost_retrieve *retrieve,
                           const ost_value *terminology);
/* trace.c; all do nothing when the evaluation does not trace. */
ost_trace *ost_trace_new(ost_eval *eval);
void ost_trace_add(ost_eval *eval, ost_value value); /* the resources in a value */
void ost_trace_remove(ost_eval *eval, ost_value value);
void ost_trace_join(ost_eval *eval, const ost_trace *other);
void ost_trace_looked(ost_eval *eval, const ost_retrieve *retrieve, size_t considered);

#endif
