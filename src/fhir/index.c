/* Builds and asks the index. Each code gets a run of `coded`, filled in the order of the resources;
 * nothing is sorted. */
#include "fhir/index.h"

#include "fhir/record_detail.h"

#include <stdlib.h>

typedef struct builder {
    ost_record *record;
    ost_reading *in;
    ost_record_index *index;
} builder;

/* medicationReference: the code of the Medication that it points to. */
static void add_referred(builder *b, ost_found *found, uint32_t reference)
{
    const ost_tree *tree = &b->record->tree;
    ost_str text =
        ost_tree_string(tree, ost_tree_member(tree, reference, tree->model->known.reference));
    uint32_t target = ost_record_resolve(b->record, text, reference);
    uint32_t code = target == 0 ? 0 : ost_tree_member(tree, target, tree->model->known.code);
    if (code != 0) {
        ost_reading_add_concept(b->in, found, code);
    } else if (text.len > 0 && target == 0) {
        ost_str path = ost_reading_path(b->in, found, reference);
        ost_reading_note(b->in, OST_LEVEL_WARNING, path, reference, "\"%.*s\" is not in the record",
                         OST_STR_ARG(text));
    }
}

/* Its own codes and those that it refers to become the last run of codings. */
static void add_references(builder *b, ost_found *found, uint32_t reference_type)
{
    ost_reading *in = b->in;
    const ost_model *model = in->model;
    const ost_model_element *element =
        ost_model_find(model, found->type, model->types[found->type].code_path);
    uint32_t *codings = ost_arena_grow_raw(in->arena, in->codings, &in->coding_capacity,
                                           in->coding_count + found->coding_count, sizeof *codings);
    if (codings == NULL) {
        in->failed = true;
        return;
    }
    in->codings = codings;
    memmove(codings + in->coding_count, codings + found->first_coding,
            found->coding_count * sizeof *codings);
    found->first_coding = (uint32_t)in->coding_count;
    in->coding_count += found->coding_count;
    for (uint32_t i = 0; element != NULL && i < element->choice_count; i++) {
        const ost_model_choice *choice = &model->choices[element->first_choice + i];
        uint32_t node = choice->type == reference_type
                            ? ost_tree_member(in->tree, found->node, choice->json_name)
                            : 0;
        bool list = node != 0 && in->tree->nodes[node].kind == OST_JSON_ARRAY;
        for (uint32_t item = list ? ost_tree_first(in->tree, node) : node; item != 0;
             item = list ? ost_tree_next(in->tree, node, item) : 0) {
            add_referred(b, found, item);
        }
    }
}

static void add_all_references(builder *b)
{
    uint32_t reference_type = ost_model_type_id(b->in->model, OST_STR("Reference"));
    for (size_t i = 0; i < b->in->found_count && !b->in->failed; i++) {
        if (b->in->found[i].counts && b->in->found[i].refers) {
            add_references(b, &b->in->found[i], reference_type);
        }
    }
}

/* Calls each coding of each resource that counts; a code that one resource has twice is taken
 * once. `coded` NULL: counts them. */
static void go_through_codings(builder *b, uint32_t *coded)
{
    const ost_reading *in = b->in;
    for (uint32_t i = 0; i < in->found_count; i++) {
        const ost_found *found = &in->found[i];
        for (uint32_t k = 0; found->counts && k < found->coding_count; k++) {
            ost_index_code *code = &b->index->codes.codes[in->codings[found->first_coding + k]];
            if (code->count > 0 && code->last == i) {
                continue;
            }
            if (coded != NULL) {
                coded[code->first + code->count] = i;
            }
            code->count++;
            code->last = i;
        }
    }
}

/* Gives each code its run, and fills it. */
static void index_codes(builder *b)
{
    ost_code_table *table = &b->index->codes;
    *table = b->in->codes;
    go_through_codings(b, NULL);
    uint32_t first = 0;
    for (size_t i = 0; i < table->count; i++) {
        table->codes[i].first = first;
        first += table->codes[i].count;
        table->codes[i].count = 0;
    }
    uint32_t *coded = ost_arena_array_raw(b->in->arena, first, sizeof *coded);
    if (coded == NULL) {
        b->in->failed = true;
        return;
    }
    go_through_codings(b, coded);
    b->index->coded = coded;
}

/* Resources are sorted by type, so each type is one run. */
static void index_types(builder *b)
{
    const ost_record *record = b->record;
    uint32_t *counted = ost_arena_array_raw(b->in->arena, record->resource_count, sizeof *counted);
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
    placed *order = ost_arena_array_raw(b->in->arena, count, sizeof *order);
    uint32_t *by = ost_arena_array_raw(b->in->arena, count, sizeof *by);
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
            const ost_resource *later = &record->resources[i + OST_READING_AHEAD];
            ost_fetch(later->full_url.ptr, later->full_url.len);
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
    b.index->by_id = ost_map_init(in->arena);
    record->index = b.index;
    index_types(&b);
    index_nodes(&b);
    index_names(&b);
    add_all_references(&b);
    if (!in->failed) {
        index_codes(&b);
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
    uint32_t number = ost_code_number(&index->codes, type, system, code);
    if (number == OST_MAP_NONE) {
        return 0;
    }
    *indices = index->coded + index->codes.codes[number].first;
    return index->codes.codes[number].count;
}
