/* Provenance (design.md section 6): which resources a value rests on, and what was looked for.
 *
 * Every definition has a bit set of resources. A retrieve adds what it found; a query takes away
 * the items it goes over and adds those that pass its filters; First, Last and the like keep only
 * what they chose; a definition that is used adds its own set. So what stays is what passed the
 * last filter. */
#include "cql/eval.h"

ost_trace *ost_trace_new(ost_eval *eval)
{
    if (!eval->tracing) {
        return NULL;
    }
    ost_trace *trace = ost_arena_alloc(eval->arena, sizeof *trace);
    if (trace) {
        trace->resources =
            ost_arena_array(eval->arena, eval->trace_words, sizeof *trace->resources);
    }
    return trace && trace->resources ? trace : NULL;
}

static void mark(ost_eval *eval, ost_value value, bool on)
{
    if (value.kind == OST_LIST) {
        for (size_t i = 0; i < value.list.count; i++) {
            mark(eval, value.list.items[i], on);
        }
        return;
    }
    if (value.kind != OST_OBJECT || value.object.record != eval->record) {
        return;
    }
    size_t owner = ost_record_owner(eval->record, value.object.node);
    if (owner == SIZE_MAX) {
        return;
    }
    uint64_t bit = UINT64_C(1) << (owner % 64);
    if (on) {
        eval->trace->resources[owner / 64] |= bit;
    } else {
        eval->trace->resources[owner / 64] &= ~bit;
    }
}

void ost_trace_add(ost_eval *eval, ost_value value)
{
    if (eval->trace) {
        mark(eval, value, true);
    }
}

void ost_trace_remove(ost_eval *eval, ost_value value)
{
    if (eval->trace) {
        mark(eval, value, false);
    }
}

static bool same_looked(const ost_looked *a, const ost_looked *b)
{
    return ost_str_equal(a->type, b->type) && ost_str_equal(a->terminology, b->terminology);
}

static void add_looked(ost_eval *eval, const ost_looked *looked)
{
    ost_trace *trace = eval->trace;
    for (size_t i = 0; i < trace->looked_count; i++) {
        if (same_looked(&trace->looked[i], looked)) {
            return;
        }
    }
    ost_looked *all = ost_arena_grow(eval->arena, trace->looked, &trace->looked_capacity,
                                     trace->looked_count + 1, sizeof *all);
    if (all) {
        trace->looked = all;
        all[trace->looked_count++] = *looked;
    }
}

void ost_trace_join(ost_eval *eval, const ost_trace *other)
{
    if (!eval->trace || !other || other == eval->trace) {
        return;
    }
    for (size_t i = 0; i < eval->trace_words; i++) {
        eval->trace->resources[i] |= other->resources[i];
    }
    for (size_t i = 0; i < other->looked_count; i++) {
        add_looked(eval, &other->looked[i]);
    }
}

void ost_trace_looked(ost_eval *eval, const ost_retrieve *retrieve, size_t considered)
{
    if (eval->trace) {
        ost_looked looked = {.type = retrieve->type_name,
                             .terminology = retrieve->terminology,
                             .considered = (uint32_t)considered};
        add_looked(eval, &looked);
    }
}

size_t ost_eval_sources(ost_eval *eval, uint32_t define, const uint32_t **resources)
{
    *resources = NULL;
    if (define >= eval->program->define_count || !eval->memos[define].trace) {
        return 0;
    }
    const ost_trace *trace = eval->memos[define].trace;
    uint32_t *list = ost_arena_array(eval->arena, eval->record->resource_count, sizeof *list);
    size_t count = 0;
    for (uint32_t i = 0; list && i < eval->record->resource_count; i++) {
        if ((trace->resources[i / 64] >> (i % 64)) & 1) {
            list[count++] = i;
        }
    }
    *resources = list;
    return count;
}

void ost_eval_keep_sources(ost_eval *eval, uint32_t define,
                           bool (*keep)(const void *data, uint32_t resource), const void *data)
{
    ost_trace *trace = define < eval->program->define_count ? eval->memos[define].trace : NULL;
    for (uint32_t i = 0; trace && i < eval->record->resource_count; i++) {
        if (!keep(data, i)) {
            trace->resources[i / 64] &= ~(UINT64_C(1) << (i % 64));
        }
    }
}

size_t ost_eval_looked(ost_eval *eval, uint32_t define, const ost_looked **looked)
{
    *looked = NULL;
    if (define >= eval->program->define_count || !eval->memos[define].trace) {
        return 0;
    }
    *looked = eval->memos[define].trace->looked;
    return eval->memos[define].trace->looked_count;
}
