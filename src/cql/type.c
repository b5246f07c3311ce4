/* Static types: one table, found by canonical text, so that a type is compared by its pointer.
 *
 * The System types are those of CQL 1.5.3 section "Types"; the FHIR types come from the model
 * table. */
#include "cql/type.h"

static const ost_type *intern(ost_types *types, ost_type type)
{
    uint32_t found = ost_map_get(&types->by_name, type.name);
    if (found != OST_MAP_NONE) {
        return types->items[found];
    }
    ost_type *copy = ost_arena_copy(types->arena, &type, sizeof type);
    const ost_type **items = ost_arena_grow(types->arena, types->items, &types->capacity,
                                            types->count + 1, sizeof *types->items);
    if (items) {
        types->items = items;
    }
    if (!copy || !items || !ost_map_put(&types->by_name, type.name, (uint32_t)types->count)) {
        types->failed = true;
        return types->any;
    }
    types->items[types->count++] = copy;
    return copy;
}

ost_types ost_types_init(ost_arena *arena, const ost_model *model)
{
    ost_types types = {.arena = arena, .model = model, .by_name = ost_map_init(arena)};
    types.any = intern(&types, (ost_type){.form = OST_TYPE_ANY, .name = OST_STR("Any")});
    for (unsigned kind = OST_BOOLEAN; kind <= OST_CODESYSTEM; kind++) {
        types.system[kind] = intern(&types, (ost_type){.form = OST_TYPE_SYSTEM,
                                                       .kind = (ost_kind)kind,
                                                       .name = ost_str_of(ost_kind_name(kind))});
    }
    return types;
}

const ost_type *ost_type_system(ost_types *types, ost_kind kind)
{
    if (kind == OST_UNCERTAIN) {
        kind = OST_INTEGER;
    }
    return types->system[kind] ? types->system[kind] : types->any;
}

static ost_str concat(ost_types *types, const char *before, ost_str middle, const char *after)
{
    ost_buf buf = ost_buf_init(types->arena);
    ost_buf_text(&buf, before);
    ost_buf_add(&buf, middle);
    ost_buf_text(&buf, after);
    ost_str s = ost_buf_str(&buf);
    if (!s.ptr) {
        types->failed = true;
        return OST_STR("Any");
    }
    return s;
}

const ost_type *ost_type_fhir(ost_types *types, uint32_t fhir)
{
    ost_str name = types->model->types[fhir].name;
    if (ost_str_starts(name, OST_STR("System."))) {
        return ost_type_named(types, OST_STR("System"), ost_str_sub(name, 7, name.len));
    }
    return intern(types, (ost_type){.form = OST_TYPE_FHIR,
                                    .kind = OST_OBJECT,
                                    .fhir = fhir,
                                    .name = concat(types, "FHIR.", name, "")});
}

const ost_type *ost_type_list(ost_types *types, const ost_type *element)
{
    return intern(types, (ost_type){.form = OST_TYPE_LIST,
                                    .kind = OST_LIST,
                                    .element = element,
                                    .name = concat(types, "List<", element->name, ">")});
}

const ost_type *ost_type_interval(ost_types *types, const ost_type *point)
{
    return intern(types, (ost_type){.form = OST_TYPE_INTERVAL,
                                    .kind = OST_INTERVAL,
                                    .element = point,
                                    .name = concat(types, "Interval<", point->name, ">")});
}

static size_t add_part(const ost_type **parts, size_t count, const ost_type *part)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i] == part) {
            return count;
        }
    }
    parts[count] = part;
    return count + 1;
}

const ost_type *ost_type_choice(ost_types *types, const ost_type *const *parts, size_t count)
{
    size_t room = 0;
    for (size_t i = 0; i < count; i++) {
        room += parts[i]->form == OST_TYPE_CHOICE ? parts[i]->count : 1;
    }
    const ost_type **flat = ost_arena_array(types->arena, room, sizeof *flat);
    if (!flat) {
        types->failed = true;
        return types->any;
    }
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i]->form != OST_TYPE_CHOICE) {
            used = add_part(flat, used, parts[i]);
            continue;
        }
        for (size_t j = 0; j < parts[i]->count; j++) {
            used = add_part(flat, used, parts[i]->parts[j]);
        }
    }
    if (used == 1) {
        return flat[0];
    }
    ost_buf buf = ost_buf_init(types->arena);
    ost_buf_text(&buf, "Choice<");
    for (size_t i = 0; i < used; i++) {
        ost_buf_text(&buf, i ? ", " : "");
        ost_buf_add(&buf, flat[i]->name);
    }
    ost_str name = concat(types, "", ost_buf_str(&buf), ">");
    return intern(types,
                  (ost_type){.form = OST_TYPE_CHOICE, .parts = flat, .count = used, .name = name});
}

const ost_type *ost_type_tuple(ost_types *types, const ost_str *names, const ost_type *const *parts,
                               size_t count)
{
    ost_str *sorted = ost_arena_array(types->arena, count, sizeof *sorted);
    const ost_type **sorted_parts = ost_arena_array(types->arena, count, sizeof *sorted_parts);
    ost_tuple_shape *shape = ost_arena_alloc(types->arena, sizeof *shape);
    if (!sorted || !sorted_parts || !shape) {
        types->failed = true;
        return types->any;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && ost_str_compare(names[i], sorted[at - 1]) < 0; at--) {
            sorted[at] = sorted[at - 1];
            sorted_parts[at] = sorted_parts[at - 1];
        }
        sorted[at] = names[i];
        sorted_parts[at] = parts[i];
    }
    shape->count = count;
    shape->names = sorted;
    ost_buf buf = ost_buf_init(types->arena);
    ost_buf_text(&buf, "Tuple {");
    for (size_t i = 0; i < count; i++) {
        ost_buf_printf(&buf, "%s%.*s %.*s", i ? ", " : " ", OST_STR_ARG(sorted[i]),
                       OST_STR_ARG(sorted_parts[i]->name));
    }
    ost_str name = concat(types, "", ost_buf_str(&buf), " }");
    return intern(types, (ost_type){.form = OST_TYPE_TUPLE,
                                    .kind = OST_TUPLE,
                                    .parts = sorted_parts,
                                    .count = count,
                                    .shape = shape,
                                    .name = name});
}

const ost_type *ost_type_named(ost_types *types, ost_str model_name, ost_str name)
{
    bool system = model_name.len == 0 || ost_str_is(model_name, "System");
    bool fhir = types->model && (model_name.len == 0 || ost_str_is(model_name, "FHIR"));
    /* FHIR first: `Quantity` in a library that uses FHIR means FHIR.Quantity only when qualified;
     * the System names win unqualified, as authors write `as Quantity` for both and convert. */
    if (system) {
        uint32_t found = ost_map_get(&types->by_name, name);
        if (found != OST_MAP_NONE && (types->items[found]->form == OST_TYPE_SYSTEM ||
                                      types->items[found]->form == OST_TYPE_ANY)) {
            return types->items[found];
        }
        if (ost_str_is(name, "Vocabulary")) {
            return types->system[OST_VALUESET];
        }
    }
    if (fhir) {
        uint32_t id = ost_model_type_id(types->model, name);
        return id == OST_TYPE_NONE ? NULL : ost_type_fhir(types, id);
    }
    return NULL;
}

/* The text between the brackets of "List<...>". */
static ost_str inside(ost_str text, size_t prefix)
{
    return ost_str_trim(ost_str_sub(text, prefix, text.len - prefix - 1));
}

const ost_type *ost_type_parse(ost_types *types, ost_str text)
{
    text = ost_str_trim(text);
    if (ost_str_starts(text, OST_STR("List<"))) {
        const ost_type *element = ost_type_parse(types, inside(text, 5));
        return element ? ost_type_list(types, element) : NULL;
    }
    if (ost_str_starts(text, OST_STR("Interval<"))) {
        const ost_type *point = ost_type_parse(types, inside(text, 9));
        return point ? ost_type_interval(types, point) : NULL;
    }
    if (text.len == 1) {
        return intern(
            types,
            (ost_type){.form = OST_TYPE_VARIABLE, .variable = (uint32_t)text.ptr[0], .name = text});
    }
    size_t dot = ost_str_find(text, OST_STR("."), 0);
    if (dot == SIZE_MAX) {
        return ost_type_named(types, OST_STR(""), text);
    }
    return ost_type_named(types, ost_str_sub(text, 0, dot), ost_str_sub(text, dot + 1, text.len));
}

bool ost_type_is(const ost_types *types, const ost_type *type, const ost_type *base)
{
    if (type == base || base->form == OST_TYPE_ANY) {
        return true;
    }
    if (type->form == OST_TYPE_CHOICE) {
        for (size_t i = 0; i < type->count; i++) {
            if (!ost_type_is(types, type->parts[i], base)) {
                return false;
            }
        }
        return true;
    }
    if (base->form == OST_TYPE_CHOICE) {
        for (size_t i = 0; i < base->count; i++) {
            if (ost_type_is(types, type, base->parts[i])) {
                return true;
            }
        }
        return false;
    }
    if (type->form != base->form) {
        return false;
    }
    if (type->form == OST_TYPE_FHIR) {
        return ost_model_is(types->model, type->fhir, base->fhir);
    }
    if (type->form == OST_TYPE_LIST || type->form == OST_TYPE_INTERVAL) {
        return ost_type_is(types, type->element, base->element);
    }
    if (type->form != OST_TYPE_TUPLE || type->count != base->count) {
        return false;
    }
    for (size_t i = 0; i < type->count; i++) {
        if (!ost_str_equal(type->shape->names[i], base->shape->names[i]) ||
            !ost_type_is(types, type->parts[i], base->parts[i])) {
            return false;
        }
    }
    return true;
}

static bool tuple_has(const ost_types *types, const ost_type *type, ost_value value)
{
    if (value.kind != OST_TUPLE || value.tuple.shape->count != type->count) {
        return false;
    }
    for (size_t i = 0; i < type->count; i++) {
        ost_value item = value.tuple.items[i];
        if (!ost_str_equal(value.tuple.shape->names[i], type->shape->names[i]) ||
            (!ost_is_null(item) && !ost_type_has(types, type->parts[i], item))) {
            return false;
        }
    }
    return true;
}

static bool list_has(const ost_types *types, const ost_type *type, ost_value value)
{
    if (value.kind != OST_LIST) {
        return false;
    }
    for (size_t i = 0; i < value.list.count; i++) {
        ost_value item = value.list.items[i];
        if (!ost_is_null(item) && !ost_type_has(types, type->element, item)) {
            return false;
        }
    }
    return true;
}

bool ost_type_has(const ost_types *types, const ost_type *type, ost_value value)
{
    if (ost_is_null(value)) {
        return false;
    }
    switch (type->form) {
    case OST_TYPE_ANY:
    case OST_TYPE_VARIABLE:
        return true;
    case OST_TYPE_SYSTEM:
        return value.kind == type->kind ||
               (value.kind == OST_UNCERTAIN && type->kind == OST_INTEGER);
    case OST_TYPE_FHIR:
        return value.kind == OST_OBJECT && ost_model_is(types->model, value.type, type->fhir);
    case OST_TYPE_LIST:
        return list_has(types, type, value);
    case OST_TYPE_INTERVAL:
        return value.kind == OST_INTERVAL &&
               (type->element->form != OST_TYPE_SYSTEM || value.point_kind == OST_NULL ||
                value.point_kind == type->element->kind);
    case OST_TYPE_CHOICE:
        for (size_t i = 0; i < type->count; i++) {
            if (ost_type_has(types, type->parts[i], value)) {
                return true;
            }
        }
        return false;
    case OST_TYPE_TUPLE:
        return tuple_has(types, type, value);
    }
    return false;
}
