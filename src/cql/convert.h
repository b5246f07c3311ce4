/* Conversions that the checker inserts: found from types once, applied to values at run time.
 * CQL 1.5.3 "Conversion precedence" and "Implicit conversions"; for FHIR the model's own list. */
#ifndef OST_CQL_CONVERT_H
#define OST_CQL_CONVERT_H

#include "cql/call.h"
#include "cql/type.h"

typedef enum ost_conversion_form {
    OST_CONVERT_OPERATOR, /* one system operator, "ToDecimal" */
    OST_CONVERT_FHIR,     /* a FHIRHelpers function of a FHIR type */
    OST_CONVERT_LIST,     /* `inner` for every item; NULL inner = none */
    OST_CONVERT_INTERVAL, /* `inner` for both ends */
    OST_CONVERT_CAST,     /* null unless the value has `type` */
    OST_CONVERT_CASES,    /* first alternative whose `type` the value has, then its conversion */
    OST_CONVERT_CHAIN     /* `inner`, then `next` */
} ost_conversion_form;

typedef struct ost_conversion {
    ost_conversion_form form;
    ost_op_function operator;
    ost_str name;         /* for messages and explain: "ToDecimal", "FHIRHelpers.ToQuantity" */
    const ost_type *type; /* CAST: wanted; INTERVAL: target point type */
    const struct ost_conversion *inner, *next;
    const struct ost_conversion_case *cases;
    size_t count;
} ost_conversion;

typedef struct ost_conversion_case {
    const ost_type *type;
    const ost_conversion *conversion; /* NULL = as it is */
} ost_conversion_case;

enum { OST_COST_NONE = 1000000 };

/* Cost of turning `from` into `to` (0 = same type), OST_COST_NONE when there is no implicit way.
 * *out NULL when nothing has to be done at run time. */
int ost_conversion_find(ost_types *types, const ost_type *from, const ost_type *to,
                        const ost_conversion **out);
/* The System type that a FHIR type converts to, or `type` itself. */
const ost_type *ost_type_to_system(ost_types *types, const ost_type *type);
/* A type that both convert to; NULL when there is none. */
const ost_type *ost_type_common(ost_types *types, const ost_type *a, const ost_type *b);
/* Common type, else a choice of both. */
const ost_type *ost_type_join(ost_types *types, const ost_type *a, const ost_type *b);

ost_value ost_conversion_apply(ost_call *call, const ost_types *types,
                               const ost_conversion *conversion, ost_value value);

#endif
