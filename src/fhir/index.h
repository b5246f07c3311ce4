/* The index of a record: by type, by type and code, by node, by URL, by "Type/id". */
#ifndef OST_FHIR_INDEX_H
#define OST_FHIR_INDEX_H

#include "fhir/record.h"

/* One coding of one resource that counts. Sorted by hash, type, system, code, resource. */
typedef struct ost_index_code {
    uint64_t hash;
    ost_str system, code;
    uint32_t type, resource;
} ost_index_code;

/* Resources of one type that count: resources[first .. first + count). */
typedef struct ost_index_type {
    uint32_t type, first, count;
} ost_index_type;

typedef struct ost_record_index {
    const uint32_t *by_node; /* resource indices in document order */
    const uint32_t *counted; /* indices of the resources that count, in the record's order */
    const ost_index_type *types;
    size_t type_count;
    const ost_index_code *codes;
    const uint32_t
        *coded; /* codes[i].resource, so that a run of equal codes is an array of indices */
    size_t code_count;
    ost_map by_url, by_path, by_id;
} ost_record_index;

#endif
