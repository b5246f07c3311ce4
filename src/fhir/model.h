/* The FHIR 4.0.1 types: names, bases, elements, choices, primary code paths, conversions.
 *
 * Loaded from content/model/fhir-4.0.1.csv (made by tools/make_model from the published model
 * information). Type and element names are interned to small ids; the record uses the same name
 * ids, so that looking up an element is a comparison of integers. */
#ifndef OST_FHIR_MODEL_H
#define OST_FHIR_MODEL_H

#include "base/err.h"
#include "base/map.h"

enum { OST_TYPE_NONE = 0, OST_NAME_NONE = 0 };
/* More than any name id in ost_model.known. */
enum { OST_KNOWN_NAMES = 32 };

/* One JSON spelling of an element: "valueQuantity" of type Quantity. A plain element has one. */
typedef struct ost_model_choice {
    uint32_t json_name; /* name id */
    uint32_t type;      /* FHIR or System type id */
} ost_model_choice;

typedef struct ost_model_element {
    uint32_t name; /* name id of the CQL element ("value") */
    bool list;
    uint32_t first_choice, choice_count; /* into ost_model.choices */
} ost_model_element;

/* What stands in JSON for a value of a type. */
typedef enum ost_shape {
    OST_SHAPE_NONE,
    OST_SHAPE_OBJECT,
    OST_SHAPE_STRING,
    OST_SHAPE_NUMBER,
    OST_SHAPE_BOOLEAN
} ost_shape;

/* A JSON member that a type, or a base of it, has: "valueQuantity" of Observation. */
typedef struct ost_model_member {
    uint32_t owner, name; /* type id (OST_TYPE_NONE = an empty slot) and name id */
    uint32_t type;
    bool list, resource; /* resource: its value says itself of which type it is */
    uint8_t shape;       /* ost_shape */
} ost_model_member;

typedef struct ost_model_type {
    ost_str name;  /* "Observation", "Observation.Component", "Quantity", "System.String" */
    uint32_t base; /* type id, OST_TYPE_NONE at the top */
    bool retrievable, primitive; /* primitive: FHIR.string and so on, one element "value" */
    uint32_t code_path;          /* name id of the primary code path, or OST_NAME_NONE */
    uint32_t first_element, element_count; /* own elements, bases excluded */
    ost_str conversion;  /* FHIRHelpers function ("ToQuantity"), ptr NULL = none */
    ost_str converts_to; /* "System.Quantity", "Interval<System.DateTime>" */
} ost_model_type;

/* Resources of `type` belong to a `context` (Patient, Practitioner ...) through `path` ("subject",
 * "participant.actor"). */
typedef struct ost_model_relation {
    uint32_t type, context; /* type ids */
    ost_str path;
} ost_model_relation;

typedef struct ost_model {
    ost_map type_ids, name_ids;
    const ost_model_type *types; /* [0] unused */
    const ost_str *names;        /* [0] unused */
    const ost_model_element *elements;
    const ost_model_choice *choices;
    uint32_t type_count, name_count, element_count, choice_count;
    const ost_model_member *members; /* hash table of a power of two, at most half full */
    uint32_t member_bits;
    /* Names the reader and the index use often; their ids are below OST_KNOWN_NAMES. */
    struct {
        uint32_t resourceType, id, meta, versionId, lastUpdated, contained, reference, subject,
            patient, code, coding, system, version, display, text, value, unit, extension, url,
            entry, resource, fullUrl, status, identifier, beneficiary, verificationStatus,
            modifierExtension, search, request;
    } known;
    const ost_model_relation *relations; /* grouped by type, in the order of the table */
    uint32_t relation_count;
    uint32_t resource_type; /* "Resource" */
    uint32_t birth_type;    /* "Patient" */
    ost_str birth_path;     /* "birthDate.value" */
} ost_model;

/* csv: the table's text; lives as long as the arena. Errors carry the line of the table:
 * OST_E_SYNTAX, OST_E_LIMIT (more names than a node can hold), OST_E_MEMORY. */
OST_MUST_CHECK ost_status ost_model_load(ost_arena *arena, ost_str csv, const ost_model **out,
                                         ost_error *error);
uint32_t ost_model_type_id(const ost_model *model, ost_str name); /* OST_TYPE_NONE when unknown */
uint32_t ost_model_name_id(const ost_model *model, ost_str name); /* OST_NAME_NONE when unknown */
/* Own or inherited; NULL when the type has no such element. */
const ost_model_element *ost_model_find(const ost_model *model, uint32_t type, uint32_t name);
static inline uint32_t ost_model_member_slot(const ost_model *model, uint32_t type,
                                             uint32_t json_name)
{
    uint32_t hash = (type * UINT32_C(0x9E3779B1)) ^ (json_name * UINT32_C(0x85EBCA77));
    return hash >> (32 - model->member_bits);
}

/* NULL when JSON of this type has no such member. In the header since every value is checked. */
static inline const ost_model_member *ost_model_find_member(const ost_model *model, uint32_t type,
                                                            uint32_t json_name)
{
    uint32_t mask = (UINT32_C(1) << model->member_bits) - 1;
    uint32_t at = ost_model_member_slot(model, type, json_name);
    while (model->members[at].owner != OST_TYPE_NONE) {
        const ost_model_member *member = &model->members[at];
        if (member->name == json_name && member->owner == type) {
            return member;
        }
        at = (at + 1) & mask;
    }
    return NULL;
}
bool ost_model_is(const ost_model *model, uint32_t type, uint32_t base);

#endif
