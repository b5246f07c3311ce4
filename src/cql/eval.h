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

/* Sets of resources (trace.c): pairs of older sets, each once. */
#define OST_SOURCES_ALL UINT32_MAX
typedef struct ost_source_pair {
    uint32_t left, right;
} ost_source_pair;

typedef struct ost_sources {
    ost_source_pair *pairs;
    size_t count, capacity;
    uint32_t *table; /* hash table: number of a pair + 1, 0 = free */
    size_t table_size;
    bool *marked; /* for one question; kept for the next */
    size_t marked_capacity;
} ost_sources;

/* The retrieves that were made for a definition. */
typedef struct ost_trace {
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
    ost_sources sources;
    uint32_t control; /* sources of the conditions that led here */
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
/* trace.c. The sources of what a step reads, before it overwrites it, and of what it makes; only
 * while tracing, and for steps that OST_TRACED names. Others copy a value with its sources, have
 * none, or see to it themselves (calls, rows, functions). */
#define OST_TRACE_BIT(op) (UINT64_C(1) << OST_STEP_##op)
#define OST_TRACED_READS                                                                           \
    (OST_TRACE_BIT(CONVERT) | OST_TRACE_BIT(CAST) | OST_TRACE_BIT(IS) | OST_TRACE_BIT(MEMBER) |    \
     OST_TRACE_BIT(PROPERTY) | OST_TRACE_BIT(SORT) | OST_TRACE_BIT(NEXT) | OST_TRACE_BIT(LIST) |   \
     OST_TRACE_BIT(TUPLE) | OST_TRACE_BIT(INSTANCE) | OST_TRACE_BIT(INTERVAL))
#define OST_TRACED_CONDITIONS                                                                      \
    (OST_TRACE_BIT(JUMP_FALSE) | OST_TRACE_BIT(JUMP_TRUE) | OST_TRACE_BIT(JUMP_NOT_TRUE) |         \
     OST_TRACE_BIT(JUMP_NOT_NULL))
#define OST_TRACED_MAKES                                                                           \
    (OST_TRACED_READS | OST_TRACE_BIT(CONTEXT) | OST_TRACE_BIT(LOOP) | OST_TRACE_BIT(PASS))
uint32_t ost_trace_before(ost_eval *eval, const ost_step *step, const ost_value *slots);
void ost_trace_after(ost_eval *eval, const ost_step *step, ost_value *slots, uint32_t before);
/* The sources of a resource itself. */
static inline uint32_t ost_trace_resource(uint32_t resource)
{
    return resource + 1;
}
/* The rest does nothing when the evaluation does not trace. */
void ost_trace_call(ost_eval *eval, const ost_step *step, const ost_value *args, ost_value *result);
/* The value of a round or a function, with the conditions that led to it. */
ost_value ost_trace_row(ost_eval *eval, ost_value value);
uint32_t ost_trace_items(ost_eval *eval, const ost_value *items, size_t count);
/* A copy that rests on nothing: what comes from outside must not carry numbers of another
 * evaluation. */
ost_value ost_trace_without(ost_arena *arena, ost_value value);
ost_trace *ost_trace_new(ost_eval *eval);
void ost_trace_join(ost_eval *eval, const ost_trace *other);
void ost_trace_looked(ost_eval *eval, const ost_retrieve *retrieve, size_t considered);

#endif
