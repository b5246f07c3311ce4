/* CQL values: making them in an arena, their members by name, their kinds (CQL 1.5.3, "Values").
 *
 * Values are small and passed by copy; what does not fit in 32 bytes is copied into the arena once
 * and never changed afterwards. */
#include "value/value.h"

ost_value ost_quantity_value(ost_arena *arena, ost_decimal value, ost_str unit)
{
    ost_quantity quantity = {.value = value, .unit = unit.len == 0 ? OST_STR("1") : unit};
    ost_value out = {0};

    out.quantity = ost_arena_copy(arena, &quantity, sizeof(quantity));
    out.kind = out.quantity == NULL ? OST_NULL : OST_QUANTITY;
    return out;
}

ost_value ost_interval_value(ost_arena *arena, ost_value low, bool low_closed, ost_value high,
                             bool high_closed, ost_kind point_kind)
{
    ost_interval interval = {
        .low = low, .high = high, .low_closed = low_closed, .high_closed = high_closed};
    ost_value out = {0};

    out.interval = ost_arena_copy(arena, &interval, sizeof(interval));
    out.kind = out.interval == NULL ? OST_NULL : OST_INTERVAL;
    out.point_kind = (uint8_t)point_kind;
    return out;
}

ost_value ost_uncertain(ost_arena *arena, int32_t low, int32_t high)
{
    if (low == high) {
        return ost_integer(low);
    }
    ost_value out =
        ost_interval_value(arena, ost_integer(low), true, ost_integer(high), true, OST_INTEGER);
    if (out.kind == OST_INTERVAL) {
        out.kind = OST_UNCERTAIN;
    }
    return out;
}

ost_value ost_code_value(ost_arena *arena, ost_code code)
{
    ost_value out = {0};

    out.code = ost_arena_copy(arena, &code, sizeof(code));
    out.kind = out.code == NULL ? OST_NULL : OST_CODE;
    return out;
}

/* ORDER ost_kind */
static const char *const KIND_NAMES[] = {
    "Null",       "Boolean",  "Integer",  "Long",  "Decimal", "String",  "Date",
    "DateTime",   "Time",     "Quantity", "Ratio", "Code",    "Concept", "ValueSet",
    "CodeSystem", "Interval", "Integer",  "List",  "Tuple",   "Object",
};

const char *ost_kind_name(ost_kind kind)
{
    return (size_t)kind < OST_ARRAY_LEN(KIND_NAMES) ? KIND_NAMES[kind] : "Unknown";
}

/* ---- Members ---- */

static ost_value text_or_null(ost_str s)
{
    return s.ptr == NULL ? ost_null() : ost_string(s);
}

static ost_value code_member(const ost_code *code, ost_str name)
{
    const struct {
        const char *name;
        ost_str text;
    } rows[] = {{"code", code->code},
                {"system", code->system},
                {"version", code->version},
                {"display", code->display}};

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_str_is(name, rows[i].name)) {
            return text_or_null(rows[i].text);
        }
    }
    return ost_null();
}

static ost_value concept_member(ost_arena *arena, const ost_concept *concept, ost_str name)
{
    if (ost_str_is(name, "display")) {
        return text_or_null(concept->display);
    }
    if (!ost_str_is(name, "codes")) {
        return ost_null();
    }
    ost_value *items = ost_arena_array(arena, concept->count, sizeof(*items));
    if (items == NULL) {
        return ost_null();
    }
    for (size_t i = 0; i < concept->count; i++) {
        items[i].kind = OST_CODE;
        items[i].code = &concept->codes[i];
    }
    return ost_list(items, concept->count);
}

static ost_value quantity_of(const ost_quantity *quantity)
{
    ost_value out = {0};

    out.kind = OST_QUANTITY;
    out.quantity = quantity;
    return out;
}

static ost_value ratio_member(const ost_ratio *ratio, ost_str name)
{
    if (ost_str_is(name, "numerator")) {
        return quantity_of(&ratio->numerator);
    }
    return ost_str_is(name, "denominator") ? quantity_of(&ratio->denominator) : ost_null();
}

static ost_value quantity_member(const ost_quantity *quantity, ost_str name)
{
    if (ost_str_is(name, "value")) {
        return ost_decimal_value(quantity->value);
    }
    return ost_str_is(name, "unit") ? text_or_null(quantity->unit) : ost_null();
}

static ost_value vocabulary_member(const ost_vocabulary *vocabulary, ost_str name)
{
    if (ost_str_is(name, "id")) {
        return text_or_null(vocabulary->id);
    }
    if (ost_str_is(name, "version")) {
        return text_or_null(vocabulary->version);
    }
    return ost_str_is(name, "name") ? text_or_null(vocabulary->name) : ost_null();
}

static ost_value interval_member(const ost_interval *interval, ost_str name)
{
    if (ost_str_is(name, "low")) {
        return interval->low;
    }
    if (ost_str_is(name, "high")) {
        return interval->high;
    }
    if (ost_str_is(name, "lowClosed")) {
        return ost_boolean(interval->low_closed);
    }
    return ost_str_is(name, "highClosed") ? ost_boolean(interval->high_closed) : ost_null();
}

static ost_value tuple_member(const ost_tuple_shape *shape, const ost_value *items, ost_str name)
{
    size_t low = 0, high = shape->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ost_str_compare(name, shape->names[middle]);
        if (order == 0) {
            return items[middle];
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return ost_null();
}

ost_value ost_value_member(ost_arena *arena, ost_value v, ost_str name)
{
    switch ((ost_kind)v.kind) {
    case OST_QUANTITY:
        return quantity_member(v.quantity, name);
    case OST_RATIO:
        return ratio_member(v.ratio, name);
    case OST_CODE:
        return code_member(v.code, name);
    case OST_CONCEPT:
        return concept_member(arena, v.concept, name);
    case OST_VALUESET:
    case OST_CODESYSTEM:
        return vocabulary_member(v.vocabulary, name);
    case OST_INTERVAL:
        return interval_member(v.interval, name);
    case OST_TUPLE:
        return tuple_member(v.tuple.shape, v.tuple.items, name);
    case OST_NULL:
    case OST_BOOLEAN:
    case OST_INTEGER:
    case OST_LONG:
    case OST_DECIMAL:
    case OST_STRING:
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
    case OST_UNCERTAIN:
    case OST_LIST:
    case OST_OBJECT:
        break;
    }
    return ost_null();
}
