/* Sets of values, so that distinct, union, intersect and except take time in proportion to the
 * number of values and not to its square. The hash looks only at what "=" looks at: a number's
 * value whatever its kind, a date's components, the JSON of an object whatever the order of its
 * members; quantities and intervals, which may be equal in many forms, share one hash a kind. */
#include "cql/op/list_detail.h"

#include "cql/op/compare_detail.h"
#include "cql/op/number.h"
#include "fhir/record.h"

ost_builder ost_builder_init(ost_call *call)
{
    return (ost_builder){.call = call};
}

bool ost_builder_add(ost_builder *builder, ost_value v)
{
    ost_call *call = builder->call;

    if (!ost_call_step(call, 1)) {
        return false;
    }
    if (builder->count == builder->capacity) {
        ost_value *items = ost_arena_grow(call->arena, builder->items, &builder->capacity,
                                          builder->count + 1, sizeof *items);
        if (items == NULL) {
            (void)ost_call_memory(call);
            return false;
        }
        builder->items = items;
    }
    builder->items[builder->count++] = v;
    return true;
}

ost_value ost_builder_list(const ost_builder *builder)
{
    if (builder->call->error != NULL && builder->call->error->code != OST_OK) {
        return ost_null();
    }
    return ost_list(builder->items, builder->count);
}

static uint64_t mix(uint64_t seed, uint64_t value)
{
    uint64_t x = (seed ^ value) * UINT64_C(0x9E3779B97F4A7C15);

    return x ^ (x >> 29);
}

static uint64_t hash_number(ost_decimal d)
{
    ost_i128 steps = ost_decimal_steps(d);

    return mix(mix(OST_DECIMAL, (uint64_t)steps), (uint64_t)(steps >> 64));
}

/* Offsets: equal instants may be written on different days, so only the precision and the minute of
 * the hour are looked at when there is an offset or may be one. */
static uint64_t hash_when(ost_value v)
{
    ost_when w = v.when;
    uint64_t h = mix(v.kind, w.precision);

    if (v.kind == OST_DATETIME && w.precision >= OST_UNIT_HOUR) {
        return mix(mix(h, w.second), w.millisecond);
    }
    h = mix(h, (uint64_t)w.year * 10000 + (uint64_t)w.month * 100 + w.day);
    h = mix(h, (uint64_t)w.hour * 10000 + (uint64_t)w.minute * 100 + w.second);
    return mix(h, w.millisecond);
}

static uint64_t hash_node(const ost_tree *tree, uint32_t node)
{
    uint64_t h = mix(OST_OBJECT, tree->nodes[node].kind);
    bool array = tree->nodes[node].kind == OST_JSON_ARRAY;
    ost_decimal d;

    if (tree->nodes[node].kind == OST_JSON_STRING) {
        return ost_str_hash(ost_tree_text(tree, node), h);
    }
    if (tree->nodes[node].kind == OST_JSON_NUMBER) {
        ost_str text = ost_tree_text(tree, node);
        return ost_decimal_parse(text, true, false, &d) ? hash_number(d) : ost_str_hash(text, h);
    }
    for (uint32_t c = ost_tree_first(tree, node); c != 0; c = ost_tree_next(tree, node, c)) {
        uint64_t child = hash_node(tree, c);
        h = array ? mix(h, child) : h + mix(ost_str_hash(ost_tree_name(tree, c), 0), child);
    }
    return h;
}

static uint64_t hash_items(uint64_t h, const ost_value *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        h = mix(h, ost_value_hash(items[i]));
    }
    return h;
}

uint64_t ost_value_hash(ost_value v)
{
    switch ((ost_kind)v.kind) {
    case OST_INTEGER:
    case OST_LONG:
    case OST_DECIMAL:
        return hash_number(ost_number_decimal(v));
    case OST_BOOLEAN:
        return mix(OST_BOOLEAN, v.boolean);
    case OST_STRING:
        return ost_str_hash(v.string, OST_STRING);
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        return hash_when(v);
    case OST_CODE:
        return ost_str_hash(v.code->code, ost_str_hash(v.code->system, OST_CODE));
    case OST_VALUESET:
    case OST_CODESYSTEM:
        return ost_str_hash(v.vocabulary->id, v.kind);
    case OST_LIST:
        return hash_items(OST_LIST, v.list.items, v.list.count);
    case OST_TUPLE:
        return hash_items(OST_TUPLE, v.tuple.items, v.tuple.shape->count);
    case OST_OBJECT:
        return hash_node(&((const ost_record *)v.object.record)->tree, v.object.node);
    case OST_NULL:
    case OST_QUANTITY:
    case OST_RATIO:
    case OST_CONCEPT:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
        break;
    }
    return mix(1, v.kind);
}

bool ost_value_set_init(ost_value_set *set, ost_call *call, size_t most)
{
    size_t slots = 8;

    while (slots < most * 2 && slots < SIZE_MAX / 4) {
        slots *= 2;
    }
    set->items = ost_builder_init(call);
    set->slot_count = slots;
    set->slots = ost_arena_array(call->arena, slots, sizeof *set->slots);
    if (set->slots == NULL) {
        (void)ost_call_memory(call);
    }
    return set->slots != NULL;
}

static bool same_element(ost_call *call, ost_value a, ost_value b)
{
    if (ost_is_null(a) || ost_is_null(b)) {
        return a.kind == b.kind;
    }
    return ost_equal(call, a, b) == OST_TRI_TRUE;
}

/* The slot of v, or the free one where it belongs. */
static size_t slot_of(const ost_value_set *set, ost_value v)
{
    size_t mask = set->slot_count - 1, at = (size_t)ost_value_hash(v) & mask;

    while (set->slots[at] != 0 &&
           !same_element(set->items.call, set->items.items[set->slots[at] - 1], v)) {
        at = (at + 1) & mask;
    }
    return at;
}

bool ost_value_set_has(const ost_value_set *set, ost_value v)
{
    return set->slots[slot_of(set, v)] != 0;
}

bool ost_value_set_add(ost_value_set *set, ost_value v)
{
    size_t at = slot_of(set, v);

    if (set->slots[at] != 0) {
        return true;
    }
    if (!ost_builder_add(&set->items, v)) {
        return false;
    }
    set->slots[at] = (uint32_t)set->items.count;
    return true;
}
