/* The index of a record: by type, by type and code, by node, by URL, by type and id. */
#ifndef OST_FHIR_INDEX_H
#define OST_FHIR_INDEX_H

#include "fhir/record.h"

/* One code of one type: the resources with it are coded[first .. first + count). */
typedef struct ost_index_code {
    uint64_t hash;
    ost_str system, code;
    uint32_t type, first, count;
    uint32_t last; /* while building: the last resource that was added */
} ost_index_code;

/* The codes, numbered in the order in which they were found. */
typedef struct ost_code_table {
    ost_index_code *codes;
    size_t count, capacity;
    uint32_t *slots;   /* hash table: number of the code, or OST_MAP_NONE */
    size_t slot_count; /* a power of two */
    uint64_t seed;
} ost_code_table;

/* OST_MAP_NONE when no resource of the type has the code. */
uint32_t ost_code_number(const ost_code_table *table, uint32_t type, ost_str system, ost_str code);

/* Resources of one type: the record's [first .. first + count), and of those that count
 * counted[first_counted .. first_counted + counted). */
typedef struct ost_index_type {
    uint32_t type, first, count, first_counted, counted;
} ost_index_type;

typedef struct ost_record_index {
    const uint32_t *by_node; /* resource indices in document order */
    const uint32_t *counted; /* indices of the resources that count, in the record's order */
    const ost_index_type *types;
    size_t type_count;
    ost_code_table codes;
    const uint32_t *coded; /* resource indices, each code's in the record's order */
    ost_map by_url;        /* the resource that counts, if one does */
    ost_map by_id;         /* of those without a URL */
} ost_record_index;

/* Index of the resource of a type with this id, the one that counts if one does; OST_MAP_NONE when
 * there is none. */
uint32_t ost_record_with_id(const ost_record *record, uint32_t type, ost_str id);

#endif
