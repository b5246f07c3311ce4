/* Implicit conversions. Finding: a small table of System conversions, the model's FHIR conversions,
 * and their lifting to lists, intervals and choices. Applying: a walk over the found chain.
 *
 * Costs order the candidates of an overload: the same type, then a subtype, then null, then
 * narrowing, then the numeric ladder Integer, Long, Decimal, Quantity (CQL 1.5.3 "Conversion
 * precedence"). */
#include "cql/convert.h"

#include "cql/fhir.h"
#include "cql/op/op.h"

enum {
    COST_SUBTYPE = 1,
    COST_NULL = 2,
    COST_CHOICE = 3,
    COST_CAST = 4,
    COST_FHIR = 5,
    COST_LIFT = 1
};

static const struct ladder {
    ost_kind from, to;
    int cost;
    const char *name;
    ost_op_function operator;
} ladder[] = {
    {OST_INTEGER, OST_LONG, 5, "ToLong", ost_op_to_long},
    {OST_INTEGER, OST_DECIMAL, 6, "ToDecimal", ost_op_to_decimal},
    {OST_LONG, OST_DECIMAL, 6, "ToDecimal", ost_op_to_decimal},
    {OST_DECIMAL, OST_QUANTITY, 7, "ToQuantity", ost_op_to_quantity},
    {OST_INTEGER, OST_QUANTITY, 8, "ToQuantity", ost_op_to_quantity},
    {OST_LONG, OST_QUANTITY, 8, "ToQuantity", ost_op_to_quantity},
    {OST_DATE, OST_DATETIME, 6, "ToDateTime", ost_op_to_date_time},
    {OST_CODE, OST_CONCEPT, 6, "ToConcept", ost_op_to_concept},
};

static const ost_conversion *keep(ost_types *types, ost_conversion conversion)
{
    ost_conversion *copy = ost_arena_copy(types->arena, &conversion, sizeof conversion);
    types->failed = types->failed || !copy;
    return copy;
}

static const ost_conversion *operator_conversion(ost_types *types, const char *name,
                                                 ost_op_function operator)
{
    return keep(types, (ost_conversion){.form = OST_CONVERT_OPERATOR,
                                        .name = ost_str_of(name),
                                        .operator = operator});
}

static const ost_conversion *chain(ost_types *types, const ost_conversion *first,
                                   const ost_conversion *second)
{
    if (!first || !second) {
        return first ? first : second;
    }
    return keep(types, (ost_conversion){.form = OST_CONVERT_CHAIN, .inner = first, .next = second});
}

static int find_system(ost_types *types, ost_kind from, const ost_type *to,
                       const ost_conversion **out)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(ladder); i++) {
        if (ladder[i].from == from && ost_type_is_kind(to, ladder[i].to)) {
            *out = operator_conversion(types, ladder[i].name, ladder[i].operator);
            return ladder[i].cost;
        }
    }
    if (from == OST_VALUESET && to->form == OST_TYPE_LIST &&
        ost_type_is_kind(to->element, OST_CODE)) {
        *out = operator_conversion(types, "ExpandValueSet", ost_op_expand_value_set);
        return 9;
    }
    return OST_COST_NONE;
}

/* The model type, own or inherited, that carries a conversion. */
static const ost_model_type *converting_type(const ost_types *types, uint32_t fhir)
{
    while (fhir != OST_TYPE_NONE) {
        const ost_model_type *type = &types->model->types[fhir];
        if (type->conversion.len > 0) {
            return type;
        }
        fhir = type->base;
    }
    return NULL;
}

const ost_type *ost_type_to_system(ost_types *types, const ost_type *type)
{
    if (type->form != OST_TYPE_FHIR) {
        return type;
    }
    const ost_model_type *from = converting_type(types, type->fhir);
    const ost_type *to = from ? ost_type_parse(types, from->converts_to) : NULL;
    return to ? to : type;
}

static int find_fhir(ost_types *types, const ost_type *from, const ost_type *to,
                     const ost_conversion **out)
{
    const ost_model_type *model_type = converting_type(types, from->fhir);
    const ost_type *system = ost_type_to_system(types, from);
    if (!model_type || system == from) {
        return OST_COST_NONE;
    }
    const ost_conversion *second = NULL;
    int cost = ost_conversion_find(types, system, to, &second);
    if (cost == OST_COST_NONE) {
        return cost;
    }
    const ost_conversion *first = keep(
        types,
        (ost_conversion){.form = OST_CONVERT_FHIR, .name = model_type->conversion, .type = system});
    *out = chain(types, first, second);
    return cost + COST_FHIR;
}

static int find_from_choice(ost_types *types, const ost_type *from, const ost_type *to,
                            const ost_conversion **out)
{
    ost_conversion_case *cases = ost_arena_array(types->arena, from->count, sizeof *cases);
    if (!cases) {
        types->failed = true;
        return OST_COST_NONE;
    }
    size_t used = 0;
    int best = OST_COST_NONE;
    for (size_t i = 0; i < from->count; i++) {
        const ost_conversion *one = NULL;
        int cost = ost_conversion_find(types, from->parts[i], to, &one);
        if (cost == OST_COST_NONE) {
            continue;
        }
        best = cost < best ? cost : best;
        cases[used++] = (ost_conversion_case){from->parts[i], one};
    }
    if (best == OST_COST_NONE) {
        return best;
    }
    *out = keep(types, (ost_conversion){.form = OST_CONVERT_CASES, .cases = cases, .count = used});
    return best + COST_CAST;
}

static int find_to_choice(ost_types *types, const ost_type *from, const ost_type *to,
                          const ost_conversion **out)
{
    int best = OST_COST_NONE;
    for (size_t i = 0; i < to->count; i++) {
        const ost_conversion *one = NULL;
        int cost = ost_conversion_find(types, from, to->parts[i], &one);
        if (cost < best) {
            best = cost;
            *out = one;
        }
    }
    return best == OST_COST_NONE ? best : best + COST_CHOICE;
}

static int find_lifted(ost_types *types, const ost_type *from, const ost_type *to,
                       const ost_conversion **out)
{
    const ost_conversion *inner = NULL;
    int cost = ost_conversion_find(types, from->element, to->element, &inner);
    if (cost == OST_COST_NONE) {
        return cost;
    }
    /* Interval[null, null] stays an interval of unknown points: its ends are not the limits of a
     * type. */
    if (from->form == OST_TYPE_INTERVAL && from->element->form == OST_TYPE_ANY) {
        return cost + COST_LIFT;
    }
    if (inner || from->form == OST_TYPE_INTERVAL) {
        *out =
            keep(types, (ost_conversion){.form = from->form == OST_TYPE_LIST ? OST_CONVERT_LIST
                                                                             : OST_CONVERT_INTERVAL,
                                         .inner = inner,
                                         .type = to->element});
    }
    return cost + COST_LIFT;
}

int ost_conversion_find(ost_types *types, const ost_type *from, const ost_type *to,
                        const ost_conversion **out)
{
    *out = NULL;
    if (from == to) {
        return 0;
    }
    if (from->form == OST_TYPE_ANY) {
        /* Null fits everywhere; another value of unknown type is checked when it comes. */
        *out = to->form == OST_TYPE_ANY || to->form == OST_TYPE_VARIABLE
                   ? NULL
                   : keep(types, (ost_conversion){.form = OST_CONVERT_CAST, .type = to});
        return COST_NULL;
    }
    if (ost_type_is(types, from, to)) {
        return to->form == OST_TYPE_ANY ? COST_CHOICE : COST_SUBTYPE;
    }
    if (from->form == OST_TYPE_CHOICE) {
        return find_from_choice(types, from, to, out);
    }
    if (to->form == OST_TYPE_CHOICE) {
        return find_to_choice(types, from, to, out);
    }
    if (from->form == OST_TYPE_FHIR) {
        if (to->form == OST_TYPE_FHIR && ost_model_is(types->model, to->fhir, from->fhir)) {
            *out = keep(types, (ost_conversion){.form = OST_CONVERT_CAST, .type = to});
            return COST_CAST + COST_FHIR;
        }
        return find_fhir(types, from, to, out);
    }
    if (from->form == to->form &&
        (from->form == OST_TYPE_LIST || from->form == OST_TYPE_INTERVAL)) {
        return find_lifted(types, from, to, out);
    }
    if (from->form == OST_TYPE_SYSTEM) {
        return find_system(types, from->kind, to, out);
    }
    return OST_COST_NONE;
}

const ost_type *ost_type_common(ost_types *types, const ost_type *a, const ost_type *b)
{
    const ost_conversion *ignored = NULL;
    if (a->form == OST_TYPE_ANY || b->form == OST_TYPE_ANY) {
        return a->form == OST_TYPE_ANY ? b : a; /* null has the other's type */
    }
    if (ost_type_is(types, a, b) || ost_type_is(types, b, a)) {
        return ost_type_is(types, a, b) ? b : a;
    }
    if (a->form != OST_TYPE_FHIR || b->form != OST_TYPE_FHIR) {
        if (ost_conversion_find(types, a, b, &ignored) != OST_COST_NONE) {
            return b;
        }
        if (ost_conversion_find(types, b, a, &ignored) != OST_COST_NONE) {
            return a;
        }
    }
    if (a->form == b->form && (a->form == OST_TYPE_LIST || a->form == OST_TYPE_INTERVAL)) {
        const ost_type *element = ost_type_common(types, a->element, b->element);
        if (!element) {
            return NULL;
        }
        return a->form == OST_TYPE_LIST ? ost_type_list(types, element)
                                        : ost_type_interval(types, element);
    }
    const ost_type *sa = ost_type_to_system(types, a), *sb = ost_type_to_system(types, b);
    return sa == a && sb == b ? NULL : ost_type_common(types, sa, sb);
}

const ost_type *ost_type_join(ost_types *types, const ost_type *a, const ost_type *b)
{
    const ost_type *common = ost_type_common(types, a, b);
    if (common && a->form != OST_TYPE_CHOICE && b->form != OST_TYPE_CHOICE) {
        return common;
    }
    const ost_type *both[2] = {a, b};
    return ost_type_choice(types, both, 2);
}

static ost_value apply_to_list(ost_call *call, const ost_types *types,
                               const ost_conversion *conversion, ost_value value)
{
    if (value.kind != OST_LIST) {
        return ost_null();
    }
    ost_value *items = ost_arena_array(call->arena, value.list.count, sizeof *items);
    if (!items) {
        return ost_call_fail(call, OST_E_MEMORY, "memory is short");
    }
    for (size_t i = 0; i < value.list.count; i++) {
        items[i] = ost_conversion_apply(call, types, conversion->inner, value.list.items[i]);
    }
    return ost_list(items, value.list.count);
}

static ost_value apply_to_interval(ost_call *call, const ost_types *types,
                                   const ost_conversion *conversion, ost_value value)
{
    if (value.kind != OST_INTERVAL) {
        return ost_null();
    }
    const ost_interval *from = value.interval;
    ost_kind point = conversion->type->form == OST_TYPE_SYSTEM ? conversion->type->kind
                                                               : (ost_kind)value.point_kind;
    return ost_interval_value(
        call->arena, ost_conversion_apply(call, types, conversion->inner, from->low),
        from->low_closed, ost_conversion_apply(call, types, conversion->inner, from->high),
        from->high_closed, point);
}

ost_value ost_conversion_apply(ost_call *call, const ost_types *types,
                               const ost_conversion *conversion, ost_value value)
{
    if (!conversion || ost_is_null(value)) {
        return value;
    }
    switch (conversion->form) {
    case OST_CONVERT_OPERATOR:
        return conversion->operator(call, &value, 1);
    case OST_CONVERT_FHIR:
        return ost_fhir_convert(call, types->model, conversion->name, value);
    case OST_CONVERT_LIST:
        return apply_to_list(call, types, conversion, value);
    case OST_CONVERT_INTERVAL:
        return apply_to_interval(call, types, conversion, value);
    case OST_CONVERT_CAST:
        return ost_type_has(types, conversion->type, value) ? value : ost_null();
    case OST_CONVERT_CASES:
        for (size_t i = 0; i < conversion->count; i++) {
            if (ost_type_has(types, conversion->cases[i].type, value)) {
                return ost_conversion_apply(call, types, conversion->cases[i].conversion, value);
            }
        }
        return ost_null();
    case OST_CONVERT_CHAIN:
        value = ost_conversion_apply(call, types, conversion->inner, value);
        return ost_conversion_apply(call, types, conversion->next, value);
    }
    return ost_null();
}
