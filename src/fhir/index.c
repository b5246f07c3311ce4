/* Builds and asks the index. Parts that don't have the shape of a code are passed over here:
 * check.c reports them. Codes are sorted by a hash first, so that sorting compares integers; equal
 * hashes of different codes are told apart by their text. */
#include "fhir/index.h"

#include "fhir/record_detail.h"

#include <stdlib.h>

typedef struct builder {
    ost_record *record;
    ost_reading *in;
    ost_record_index *index;
    ost_index_code *codes;
    size_t code_count, code_capacity;
} builder;

static uint64_t code_hash(uint32_t type, ost_str system, ost_str code)
{
    return ost_str_hash(code, ost_str_hash(system, type));
}

static void add_code(builder *b, uint32_t resource, ost_str system, ost_str code)
{
    ost_index_code *codes =
        ost_arena_grow(b->in->arena, b->codes, &b->code_capacity, b->code_count + 1, sizeof *codes);
    if (codes == NULL) {
        b->in->failed = true;
        return;
    }
    uint32_t type = b->record->resources[resource].type;
    b->codes = codes;
    codes[b->code_count++] =
        (ost_index_code){code_hash(type, system, code), system, code, type, resource};
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

static void add_primary_codes(builder *b, uint32_t resource)
{
    const ost_tree *tree = &b->record->tree;
    const ost_model *model = tree->model;
    const ost_resource *r = &b->record->resources[resource];
    const ost_model_element *element =
        ost_model_find(model, r->type, model->types[r->type].code_path);
    for (uint32_t i = 0; element != NULL && i < element->choice_count; i++) {
        const ost_model_choice *choice = &model->choices[element->first_choice + i];
        uint32_t node = ost_tree_member(tree, r->node, choice->json_name);
        if (node == 0) {
            continue;
        }
        ost_str type = model->types[choice->type].name;
        bool list = tree->nodes[node].kind == OST_JSON_ARRAY;
        for (uint32_t item = list ? ost_tree_first(tree, node) : node; item != 0;
             item = list ? ost_tree_next(tree, node, item) : 0) {
            if (ost_str_is(type, "CodeableConcept")) {
                add_concept(b, resource, item);
            } else if (ost_str_is(type, "Coding")) {
                add_coding(b, resource, item);
            } else if (ost_str_is(type, "Reference")) {
                add_referred(b, resource, item);
            } else if (tree->nodes[item].kind == OST_JSON_STRING) {
                add_code(b, resource, (ost_str){NULL, 0}, ost_tree_text(tree, item));
            }
        }
    }
}

static int by_code(const void *a, const void *b)
{
    const ost_index_code *x = a, *y = b;
    int order = (x->hash > y->hash) - (x->hash < y->hash);
    order = order != 0 ? order : (x->type > y->type) - (x->type < y->type);
    order = order != 0 ? order : ost_str_compare(x->system, y->system);
    order = order != 0 ? order : ost_str_compare(x->code, y->code);
    return order != 0 ? order : (x->resource > y->resource) - (x->resource < y->resource);
}

/* Sorts, and drops a code that one resource has twice. */
static void finish_codes(builder *b)
{
    if (b->code_count > 1) {
        qsort(b->codes, b->code_count, sizeof *b->codes, by_code);
    }
    size_t kept = 0;
    for (size_t i = 0; i < b->code_count; i++) {
        if (kept == 0 || by_code(&b->codes[kept - 1], &b->codes[i]) != 0) {
            b->codes[kept++] = b->codes[i];
        }
    }
    uint32_t *coded = ost_arena_array(b->in->arena, kept, sizeof *coded);
    if (coded == NULL) {
        b->in->failed = true;
        return;
    }
    for (size_t i = 0; i < kept; i++) {
        coded[i] = b->codes[i].resource;
    }
    b->index->codes = b->codes;
    b->index->coded = coded;
    b->index->code_count = kept;
}

/* Resources are sorted by type, so each type is one run. */
static void index_types(builder *b)
{
    const ost_record *record = b->record;
    uint32_t *counted = ost_arena_array(b->in->arena, record->resource_count, sizeof *counted);
    ost_index_type *types = ost_arena_array(b->in->arena, record->resource_count, sizeof *types);
    if (counted == NULL || types == NULL) {
        b->in->failed = true;
        return;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < record->resource_count; i++) {
        const ost_resource *r = &record->resources[i];
        if (!r->counts) {
            continue;
        }
        size_t last = b->index->type_count;
        if (last == 0 || types[last - 1].type != r->type) {
            types[last] = (ost_index_type){r->type, count, 0};
            b->index->type_count = last + 1;
        }
        types[b->index->type_count - 1].count++;
        counted[count++] = i;
    }
    b->index->types = types;
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

static void index_nodes(builder *b)
{
    size_t count = b->record->resource_count;
    placed *order = ost_arena_array(b->in->arena, count, sizeof *order);
    uint32_t *by = ost_arena_array(b->in->arena, count, sizeof *by);
    if (order == NULL || by == NULL) {
        b->in->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = (placed){b->record->resources[i].node, (uint32_t)i};
    }
    if (count > 1) {
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
    uint32_t other = ost_map_get(map, key);
    if (key.len == 0 || (other != OST_MAP_NONE && record->resources[other].counts)) {
        return true;
    }
    return ost_map_put(map, key, resource);
}

static void index_names(builder *b)
{
    ost_record_index *index = b->index;
    for (uint32_t i = 0; i < b->record->resource_count; i++) {
        const ost_resource *r = &b->record->resources[i];
        ost_str path = r->id.len == 0 ? r->id : b->in->found[i].path;
        if (!name_resource(b->record, &index->by_url, r->full_url, i) ||
            !name_resource(b->record, &index->by_path, path, i) ||
            !name_resource(b->record, &index->by_id,
                           r->full_url.len == 0 ? r->id : (ost_str){NULL, 0}, i)) {
            b->in->failed = true;
            return;
        }
    }
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
    b.index->by_path = ost_map_init(in->arena);
    b.index->by_id = ost_map_init(in->arena);
    record->index = b.index;
    index_types(&b);
    index_nodes(&b);
    index_names(&b);
    for (uint32_t i = 0; !in->failed && i < record->resource_count; i++) {
        if (record->resources[i].counts) {
            add_primary_codes(&b, i);
        }
    }
    if (!in->failed) {
        finish_codes(&b);
    }
    return !in->failed;
}

size_t ost_record_of_type(const ost_record *record, uint32_t type, const uint32_t **indices)
{
    const ost_record_index *index = record->index;
    *indices = NULL;
    for (size_t i = 0; i < index->type_count; i++) {
        if (index->types[i].type == type) {
            *indices = index->counted + index->types[i].first;
            return index->types[i].count;
        }
    }
    return 0;
}

size_t ost_record_of_code(const ost_record *record, uint32_t type, ost_str system, ost_str code,
                          const uint32_t **indices)
{
    const ost_record_index *index = record->index;
    ost_index_code wanted = {code_hash(type, system, code), system, code, type, 0};
    size_t low = 0, high = index->code_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_code(&index->codes[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t end = low;
    while (end < index->code_count && index->codes[end].hash == wanted.hash &&
           index->codes[end].type == type && ost_str_equal(index->codes[end].system, system) &&
           ost_str_equal(index->codes[end].code, code)) {
        end++;
    }
    *indices = index->coded + low;
    return end - low;
}
