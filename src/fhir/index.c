/* Builds and asks the index. Parts that don't have the shape of a code are passed over here:
 * check.c reports them.
 *
 * Codes lie in an open hash table of (type, system, code). A record has few different ones, so each
 * coding is first counted at its code; then each code gets a run of `coded`, filled in the order of
 * the resources. Nothing is sorted. */
#include "fhir/index.h"

#include "fhir/record_detail.h"

#include <stdlib.h>

typedef struct coded_resource {
    uint32_t code, resource;
} coded_resource;

typedef struct builder {
    ost_record *record;
    ost_reading *in;
    ost_record_index *index;
    ost_index_code *codes;
    size_t code_count, code_capacity;
    uint32_t *slots;
    size_t slot_count;
    coded_resource *codings;
    size_t coding_count, coding_capacity;
    uint32_t concept_type, coding_type, reference_type;
} builder;

static uint64_t code_hash(uint64_t seed, uint32_t type, ost_str system, ost_str code)
{
    return ost_map_hash(code, ost_map_hash(system, seed + type));
}

/* The slot of a code, or the free one where it belongs. */
static size_t slot_of(const ost_index_code *codes, const uint32_t *slots, size_t slot_count,
                      const ost_index_code *wanted)
{
    size_t at = (size_t)wanted->hash & (slot_count - 1);
    for (; slots[at] != OST_MAP_NONE; at = (at + 1) & (slot_count - 1)) {
        const ost_index_code *code = &codes[slots[at]];
        if (code->hash == wanted->hash && code->type == wanted->type &&
            ost_str_equal(code->code, wanted->code) &&
            ost_str_equal(code->system, wanted->system)) {
            break;
        }
    }
    return at;
}

/* At most half full. */
static bool make_slots(builder *b)
{
    size_t count = b->slot_count == 0 ? 512 : b->slot_count;
    count *= b->slot_count == 0 ? 1 : 2;
    uint32_t *slots = ost_arena_array(b->in->arena, count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0xFF, count * sizeof *slots);
    for (uint32_t i = 0; i < b->code_count; i++) {
        slots[slot_of(b->codes, slots, count, &b->codes[i])] = i;
    }
    b->slots = slots;
    b->slot_count = count;
    return true;
}

/* The number of a code, which may be new. OST_MAP_NONE when memory is short. */
static uint32_t number_of(builder *b, const ost_index_code *wanted)
{
    if (b->code_count + 1 > b->slot_count / 2 && !make_slots(b)) {
        return OST_MAP_NONE;
    }
    size_t slot = slot_of(b->codes, b->slots, b->slot_count, wanted);
    if (b->slots[slot] != OST_MAP_NONE) {
        return b->slots[slot];
    }
    ost_index_code *codes = ost_arena_grow_raw(b->in->arena, b->codes, &b->code_capacity,
                                               b->code_count + 1, sizeof *codes);
    if (codes == NULL) {
        return OST_MAP_NONE;
    }
    b->codes = codes;
    codes[b->code_count] = *wanted;
    b->slots[slot] = (uint32_t)b->code_count;
    return (uint32_t)b->code_count++;
}

/* A code that one resource has twice is taken once. */
static void add_code(builder *b, uint32_t resource, ost_str system, ost_str code)
{
    uint32_t type = b->record->resources[resource].type;
    ost_index_code wanted = {.hash = code_hash(b->index->seed, type, system, code),
                             .system = system,
                             .code = code,
                             .type = type};
    uint32_t number = number_of(b, &wanted);
    coded_resource *codings = ost_arena_grow_raw(b->in->arena, b->codings, &b->coding_capacity,
                                                 b->coding_count + 1, sizeof *codings);
    if (number == OST_MAP_NONE || codings == NULL) {
        b->in->failed = true;
        return;
    }
    b->codings = codings;
    ost_index_code *own = &b->codes[number];
    if (own->count == 0 || own->last != resource) {
        own->count++;
        own->last = resource;
        codings[b->coding_count++] = (coded_resource){number, resource};
    }
}

static ost_str string_member(const ost_tree *tree, uint32_t object, uint32_t name)
{
    uint32_t node = ost_tree_member(tree, object, name);
    bool string = node != 0 && tree->nodes[node].kind == OST_JSON_STRING;
    return string ? ost_tree_text(tree, node) : (ost_str){NULL, 0};
}

static void add_coding(builder *b, uint32_t resource, uint32_t coding)
{
    const ost_tree *tree = &b->record->tree;
    ost_str code = string_member(tree, coding, tree->model->known.code);
    if (code.ptr != NULL) {
        add_code(b, resource, string_member(tree, coding, tree->model->known.system), code);
    }
}

static void add_concept(builder *b, uint32_t resource, uint32_t concept)
{
    const ost_tree *tree = &b->record->tree;
    uint32_t list = ost_tree_member(tree, concept, tree->model->known.coding);
    if (list == 0 || tree->nodes[list].kind != OST_JSON_ARRAY) {
        return;
    }
    for (uint32_t coding = ost_tree_first(tree, list); coding != 0;
         coding = ost_tree_next(tree, list, coding)) {
        add_coding(b, resource, coding);
    }
}

/* medicationReference: the code of the Medication that it points to. */
static void add_referred(builder *b, uint32_t resource, uint32_t reference)
{
    const ost_tree *tree = &b->record->tree;
    ost_str text = string_member(tree, reference, tree->model->known.reference);
    uint32_t target = ost_record_resolve(b->record, text, reference);
    uint32_t code = target == 0 ? 0 : ost_tree_member(tree, target, tree->model->known.code);
    if (code != 0) {
        add_concept(b, resource, code);
    } else if (text.len > 0 && target == 0) {
        ost_str path = ost_reading_path(b->in, &b->in->found[resource], reference);
        ost_reading_note(b->in, OST_LEVEL_WARNING, path, reference, "\"%.*s\" is not in the record",
                         OST_STR_ARG(text));
    }
}

static void add_primary_codes(builder *b, uint32_t resource, const ost_model_element *element)
{
    const ost_tree *tree = &b->record->tree;
    const ost_model *model = tree->model;
    const ost_resource *r = &b->record->resources[resource];
    for (uint32_t i = 0; element != NULL && i < element->choice_count; i++) {
        const ost_model_choice *choice = &model->choices[element->first_choice + i];
        uint32_t node = ost_tree_member(tree, r->node, choice->json_name);
        if (node == 0) {
            continue;
        }
        bool list = tree->nodes[node].kind == OST_JSON_ARRAY;
        for (uint32_t item = list ? ost_tree_first(tree, node) : node; item != 0;
             item = list ? ost_tree_next(tree, node, item) : 0) {
            if (choice->type == b->concept_type) {
                add_concept(b, resource, item);
            } else if (choice->type == b->coding_type) {
                add_coding(b, resource, item);
            } else if (choice->type == b->reference_type) {
                add_referred(b, resource, item);
            } else if (tree->nodes[item].kind == OST_JSON_STRING) {
                add_code(b, resource, (ost_str){NULL, 0}, ost_tree_text(tree, item));
            }
        }
    }
}

static void add_all_codes(builder *b)
{
    const ost_model *model = b->record->tree.model;
    b->concept_type = ost_model_type_id(model, OST_STR("CodeableConcept"));
    b->coding_type = ost_model_type_id(model, OST_STR("Coding"));
    b->reference_type = ost_model_type_id(model, OST_STR("Reference"));
    uint32_t type = OST_TYPE_NONE;
    const ost_model_element *element = NULL;
    for (uint32_t i = 0; !b->in->failed && i < b->record->resource_count; i++) {
        const ost_resource *r = &b->record->resources[i];
        if (r->type != type) {
            type = r->type;
            element = ost_model_find(model, type, model->types[type].code_path);
        }
        if (i + OST_READING_AHEAD < b->record->resource_count) {
            ost_reading_fetch(&b->record->tree, r[OST_READING_AHEAD].node);
        }
        if (r->counts) {
            add_primary_codes(b, i, element);
        }
    }
}

/* Gives each code its run, and fills it. */
static void finish_codes(builder *b)
{
    uint32_t *coded = ost_arena_array(b->in->arena, b->coding_count, sizeof *coded);
    if (coded == NULL) {
        b->in->failed = true;
        return;
    }
    uint32_t first = 0;
    for (size_t i = 0; i < b->code_count; i++) {
        b->codes[i].first = first;
        first += b->codes[i].count;
        b->codes[i].count = 0;
    }
    for (size_t i = 0; i < b->coding_count; i++) {
        ost_index_code *code = &b->codes[b->codings[i].code];
        coded[code->first + code->count++] = b->codings[i].resource;
    }
    b->index->codes = b->codes;
    b->index->code_count = b->code_count;
    b->index->slots = b->slots;
    b->index->slot_count = b->slot_count;
    b->index->coded = coded;
}

/* Resources are sorted by type, so each type is one run. */
static void index_types(builder *b)
{
    const ost_record *record = b->record;
    uint32_t *counted = ost_arena_array(b->in->arena, record->resource_count, sizeof *counted);
    if (counted == NULL) {
        b->in->failed = true;
        return;
    }
    ost_index_type *types = NULL;
    size_t type_count = 0, capacity = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < record->resource_count; i++) {
        const ost_resource *r = &record->resources[i];
        if (type_count == 0 || types[type_count - 1].type != r->type) {
            types = ost_arena_grow(b->in->arena, types, &capacity, type_count + 1, sizeof *types);
            if (types == NULL) {
                b->in->failed = true;
                return;
            }
            types[type_count++] = (ost_index_type){r->type, i, 0, count, 0};
        }
        types[type_count - 1].count++;
        if (r->counts) {
            types[type_count - 1].counted++;
            counted[count++] = i;
        }
    }
    b->index->types = types;
    b->index->type_count = type_count;
    b->index->counted = counted;
}

typedef struct placed {
    uint32_t node, resource;
} placed;

static int by_node(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    return (x->node > y->node) - (x->node < y->node);
}

/* The reading knows the order in which the resources were found, which is that of their nodes;
 * those that were rewritten lie behind all others. Sorting is for what does not keep to that. */
static bool is_in_order(const placed *order, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (order[i - 1].node > order[i].node) {
            return false;
        }
    }
    return true;
}

static void index_nodes(builder *b)
{
    const ost_reading *in = b->in;
    size_t count = b->record->resource_count, filled = 0;
    placed *order = ost_arena_array(b->in->arena, count, sizeof *order);
    uint32_t *by = ost_arena_array(b->in->arena, count, sizeof *by);
    if (order == NULL || by == NULL) {
        b->in->failed = true;
        return;
    }
    for (int rewritten = 0; rewritten < 2; rewritten++) {
        for (size_t i = 0; i < count; i++) {
            const ost_found *found = &in->found[in->sorted[i]];
            if ((found->node != found->origin) == (rewritten == 1)) {
                order[filled++] = (placed){found->node, in->sorted[i]};
            }
        }
    }
    if (count > 1 && !is_in_order(order, count)) {
        qsort(order, count, sizeof *order, by_node);
    }
    for (size_t i = 0; i < count; i++) {
        by[i] = order[i].resource;
    }
    b->index->by_node = by;
}

/* Of two resources with one name, the one that counts is found. */
static bool name_resource(const ost_record *record, ost_map *map, ost_str key, uint32_t resource)
{
    if (key.len == 0) {
        return true;
    }
    uint32_t *entry = ost_map_enter(map, key, resource);
    if (entry != NULL && !record->resources[*entry].counts) {
        *entry = resource;
    }
    return entry != NULL;
}

static void index_names(builder *b)
{
    ost_record_index *index = b->index;
    const ost_record *record = b->record;
    size_t urls = 0;
    for (size_t i = 0; i < record->resource_count; i++) {
        urls += record->resources[i].full_url.len > 0 ? 1 : 0;
    }
    b->in->failed = b->in->failed || !ost_map_reserve(&index->by_url, urls) ||
                    !ost_map_reserve(&index->by_id, record->resource_count - urls);
    for (uint32_t i = 0; !b->in->failed && i < record->resource_count; i++) {
        const ost_resource *r = &record->resources[i];
        bool url = r->full_url.len > 0;
        if (i + OST_READING_AHEAD < record->resource_count) {
            OST_PREFETCH(record->resources[i + OST_READING_AHEAD].full_url.ptr);
        }
        b->in->failed = !name_resource(record, url ? &index->by_url : &index->by_id,
                                       url ? r->full_url : r->id, i);
    }
}

static const ost_index_type *find_type(const ost_record_index *index, uint32_t type)
{
    for (size_t i = 0; i < index->type_count; i++) {
        if (index->types[i].type == type) {
            return &index->types[i];
        }
    }
    return NULL;
}

/* The resources of one type are sorted by id. */
uint32_t ost_record_with_id(const ost_record *record, uint32_t type, ost_str id)
{
    const ost_index_type *run = find_type(record->index, type);
    if (run == NULL || id.len == 0) {
        return OST_MAP_NONE;
    }
    uint32_t low = run->first, end = run->first + run->count, high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ost_str_compare(record->resources[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t found = OST_MAP_NONE;
    for (; low < end && ost_str_equal(record->resources[low].id, id); low++) {
        found = low;
        if (record->resources[low].counts) {
            break;
        }
    }
    return found;
}

/* found[i] is resources[i]. False when memory is short. */
bool ost_record_build_index(ost_record *record, ost_reading *in)
{
    builder b = {.record = record, .in = in};
    b.index = ost_arena_alloc(in->arena, sizeof *b.index);
    if (b.index == NULL) {
        return false;
    }
    b.index->by_url = ost_map_init(in->arena);
    b.index->seed = (uint64_t)(uintptr_t)b.index;
    b.index->by_id = ost_map_init(in->arena);
    record->index = b.index;
    index_types(&b);
    index_nodes(&b);
    index_names(&b);
    add_all_codes(&b);
    if (!in->failed) {
        finish_codes(&b);
    }
    return !in->failed;
}

size_t ost_record_of_type(const ost_record *record, uint32_t type, const uint32_t **indices)
{
    const ost_index_type *run = find_type(record->index, type);
    *indices = run == NULL ? NULL : record->index->counted + run->first_counted;
    return run == NULL ? 0 : run->counted;
}

size_t ost_record_of_code(const ost_record *record, uint32_t type, ost_str system, ost_str code,
                          const uint32_t **indices)
{
    const ost_record_index *index = record->index;
    *indices = NULL;
    if (index->slot_count == 0) {
        return 0;
    }
    ost_index_code wanted = {.hash = code_hash(index->seed, type, system, code),
                             .system = system,
                             .code = code,
                             .type = type};
    uint32_t number = index->slots[slot_of(index->codes, index->slots, index->slot_count, &wanted)];
    if (number == OST_MAP_NONE) {
        return 0;
    }
    *indices = index->coded + index->codes[number].first;
    return index->codes[number].count;
}
