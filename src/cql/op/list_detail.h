/* Shared by list*.c and interval_*.c: building lists, and sets of values. */
#ifndef OST_CQL_OP_LIST_DETAIL_H
#define OST_CQL_OP_LIST_DETAIL_H

#include "cql/call.h"

/* A growing list. Each added value takes a step of the call's limit. */
typedef struct ost_builder {
    ost_call *call;
    ost_value *items;
    size_t count, capacity;
} ost_builder;

ost_builder ost_builder_init(ost_call *call);
/* False, with the call's error set, when the limit of steps or memory is reached. */
bool ost_builder_add(ost_builder *builder, ost_value v);
/* The list; null when the call failed. */
ost_value ost_builder_list(const ost_builder *builder);

/* A set under "=" in which null equals null: a hash table of positions in a builder. */
typedef struct ost_value_set {
    ost_builder items;
    uint32_t *slots; /* position + 1; 0 = free */
    size_t slot_count;
} ost_value_set;

/* For at most `most` values; false when memory is short. */
bool ost_value_set_init(ost_value_set *set, ost_call *call, size_t most);
bool ost_value_set_has(const ost_value_set *set, ost_value v);
/* Adds what is not there yet; false when a limit is reached. */
bool ost_value_set_add(ost_value_set *set, ost_value v);

/* Values that are equal ("=" true) have the same hash, whatever their kinds and units. */
uint64_t ost_value_hash(ost_value v);

#endif
