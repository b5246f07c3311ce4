/* Static types of CQL: interned, so that equal types are equal pointers. */
#ifndef OST_CQL_TYPE_H
#define OST_CQL_TYPE_H

#include "base/buf.h"
#include "fhir/model.h"
#include "value/value.h"

typedef enum ost_type_form {
    OST_TYPE_ANY,    /* also the type of null */
    OST_TYPE_SYSTEM, /* Boolean, Integer, ... : `kind` */
    OST_TYPE_FHIR,   /* `fhir` = model type id */
    OST_TYPE_LIST,
    OST_TYPE_INTERVAL,
    OST_TYPE_CHOICE,
    OST_TYPE_TUPLE,
    OST_TYPE_VARIABLE /* T, U, Point in operator signatures: `variable` */
} ost_type_form;

typedef struct ost_type {
    ost_type_form form;
    ost_kind kind;
    uint32_t fhir;
    uint32_t variable;
    const struct ost_type *element; /* list, interval */
    const struct ost_type *const
        *parts; /* choice: alternatives; tuple: in the order of shape->names */
    size_t count;
    const ost_tuple_shape *shape; /* tuple */
    ost_str name;                 /* canonical CQL text */
} ost_type;

typedef struct ost_types {
    ost_arena *arena;
    const ost_model *model; /* NULL = System only */
    ost_map by_name;
    const ost_type **items;
    size_t count, capacity;
    const ost_type *any;
    const ost_type *system[OST_OBJECT + 1]; /* by ost_kind; NULL where there is none */
    bool failed;                            /* memory was short */
} ost_types;

ost_types ost_types_init(ost_arena *arena, const ost_model *model);
const ost_type *ost_type_system(ost_types *types, ost_kind kind);
const ost_type *ost_type_fhir(ost_types *types, uint32_t fhir);
const ost_type *ost_type_list(ost_types *types, const ost_type *element);
const ost_type *ost_type_interval(ost_types *types, const ost_type *point);
/* Flattens choices, drops repeats; one alternative left gives that type. */
const ost_type *ost_type_choice(ost_types *types, const ost_type *const *parts, size_t count);
const ost_type *ost_type_tuple(ost_types *types, const ost_str *names, const ost_type *const *parts,
                               size_t count);
/* "Integer", "System.Integer", "FHIR.Patient", "Patient"; NULL when unknown. */
const ost_type *ost_type_named(ost_types *types, ost_str model_name, ost_str name);
/* From the text form of ops.h and the model table: "List<T>", "Interval<System.DateTime>",
 * "Any". */
const ost_type *ost_type_parse(ost_types *types, ost_str text);

/* Same type, subtype, or alternative of a choice: no work at run time. */
bool ost_type_is(const ost_types *types, const ost_type *type, const ost_type *base);
/* Does the value, as it stands, have this type? Null has none. */
bool ost_type_has(const ost_types *types, const ost_type *type, ost_value value);
static inline bool ost_type_is_kind(const ost_type *type, ost_kind kind)
{
    return type->form == OST_TYPE_SYSTEM && type->kind == kind;
}

#endif
