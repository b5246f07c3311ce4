/* The codes of each resource, numbered: what the index is made of. Parts that don't have the shape
 * of a code are passed over here: check.c reports them.
 *
 * Codes lie in an open hash table of (type, system, code). A record has few different ones. What a
 * resource refers to is added by the index, which can resolve it. */
#include "fhir/index.h"
#include "fhir/record_detail.h"

/* The slot of a code, or the free one where it belongs. */
static size_t slot_of(const ost_code_table *table, const uint32_t *slots, size_t slot_count,
                      const ost_index_code *wanted)
{
    size_t at = (size_t)wanted->hash & (slot_count - 1);
    for (; slots[at] != OST_MAP_NONE; at = (at + 1) & (slot_count - 1)) {
        const ost_index_code *code = &table->codes[slots[at]];
        if (code->hash == wanted->hash && code->type == wanted->type &&
            ost_str_equal(code->code, wanted->code) &&
            ost_str_equal(code->system, wanted->system)) {
            break;
        }
    }
    return at;
}

/* At most half full. */
static bool make_slots(ost_arena *arena, ost_code_table *table)
{
    size_t count = table->slot_count == 0 ? 512 : table->slot_count * 2;
    uint32_t *slots = ost_arena_array_raw(arena, count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    memset(slots, 0xFF, count * sizeof *slots);
    for (uint32_t i = 0; i < table->count; i++) {
        slots[slot_of(table, slots, count, &table->codes[i])] = i;
    }
    table->slots = slots;
    table->slot_count = count;
    return true;
}

static ost_index_code code_with_hash(const ost_code_table *table, uint32_t type, ost_str system,
                                     ost_str code)
{
    uint64_t hash = ost_map_hash(code, ost_map_hash(system, table->seed + type));
    return (ost_index_code){.hash = hash, .system = system, .code = code, .type = type};
}

/* The number of a code, which may be new. OST_MAP_NONE when memory is short. */
static uint32_t number_of(ost_arena *arena, ost_code_table *table, uint32_t type, ost_str system,
                          ost_str code)
{
    if (table->count + 1 > table->slot_count / 2 && !make_slots(arena, table)) {
        return OST_MAP_NONE;
    }
    ost_index_code wanted = code_with_hash(table, type, system, code);
    size_t slot = slot_of(table, table->slots, table->slot_count, &wanted);
    if (table->slots[slot] != OST_MAP_NONE) {
        return table->slots[slot];
    }
    ost_index_code *codes =
        ost_arena_grow_raw(arena, table->codes, &table->capacity, table->count + 1, sizeof *codes);
    if (codes == NULL) {
        return OST_MAP_NONE;
    }
    table->codes = codes;
    codes[table->count] = wanted;
    table->slots[slot] = (uint32_t)table->count;
    return (uint32_t)table->count++;
}

uint32_t ost_code_number(const ost_code_table *table, uint32_t type, ost_str system, ost_str code)
{
    if (table->slot_count == 0) {
        return OST_MAP_NONE;
    }
    ost_index_code wanted = code_with_hash(table, type, system, code);
    return table->slots[slot_of(table, table->slots, table->slot_count, &wanted)];
}

static void add_code(ost_reading *in, ost_found *found, ost_str system, ost_str code)
{
    uint32_t number = number_of(in->arena, &in->codes, found->type, system, code);
    uint32_t *codings = ost_arena_grow_raw(in->arena, in->codings, &in->coding_capacity,
                                           in->coding_count + 1, sizeof *codings);
    if (number == OST_MAP_NONE || codings == NULL) {
        in->failed = true;
        return;
    }
    in->codings = codings;
    codings[in->coding_count++] = number;
    found->coding_count++;
}

static void add_coding(ost_reading *in, ost_found *found, uint32_t coding)
{
    const ost_tree *tree = in->tree;
    ost_str code = ost_tree_string(tree, ost_tree_member(tree, coding, in->model->known.code));
    if (code.ptr != NULL) {
        uint32_t system = ost_tree_member(tree, coding, in->model->known.system);
        add_code(in, found, ost_tree_string(tree, system), code);
    }
}

void ost_reading_add_concept(ost_reading *in, ost_found *found, uint32_t concept)
{
    const ost_tree *tree = in->tree;
    uint32_t list = ost_tree_member(tree, concept, in->model->known.coding);
    if (list == 0 || tree->nodes[list].kind != OST_JSON_ARRAY) {
        return;
    }
    for (uint32_t coding = ost_tree_first(tree, list); coding != 0;
         coding = ost_tree_next(tree, list, coding)) {
        add_coding(in, found, coding);
    }
}

static void add_value(ost_reading *in, ost_found *found, uint32_t value, uint32_t type)
{
    if (type == in->code_types.concept) {
        ost_reading_add_concept(in, found, value);
    } else if (type == in->code_types.coding) {
        add_coding(in, found, value);
    } else if (type == in->code_types.reference) {
        found->refers = true;
    } else if (in->tree->nodes[value].kind == OST_JSON_STRING) {
        add_code(in, found, (ost_str){NULL, 0}, ost_tree_text(in->tree, value));
    }
}

void ost_reading_codes(ost_reading *in, ost_found *found)
{
    const ost_tree *tree = in->tree;
    const ost_model *model = in->model;
    const ost_model_element **element = &in->code_elements[found->type];
    if (*element == NULL) {
        *element = ost_model_find(model, found->type, model->types[found->type].code_path);
    }
    found->first_coding = (uint32_t)in->coding_count;
    found->coding_count = 0;
    for (uint32_t i = 0; *element != NULL && i < (*element)->choice_count; i++) {
        const ost_model_choice *choice = &model->choices[(*element)->first_choice + i];
        uint32_t node = choice->json_name == model->known.code
                            ? found->code
                            : ost_tree_member(tree, found->node, choice->json_name);
        bool list = node != 0 && tree->nodes[node].kind == OST_JSON_ARRAY;
        for (uint32_t item = list ? ost_tree_first(tree, node) : node; item != 0;
             item = list ? ost_tree_next(tree, node, item) : 0) {
            add_value(in, found, item, choice->type);
        }
    }
}

ost_status ost_reading_want_codes(ost_reading *in, ost_error *error)
{
    in->code_elements =
        ost_arena_array(in->arena, in->model->type_count, sizeof(const ost_model_element *));
    in->code_types.concept = ost_model_type_id(in->model, OST_STR("CodeableConcept"));
    in->code_types.coding = ost_model_type_id(in->model, OST_STR("Coding"));
    in->code_types.reference = ost_model_type_id(in->model, OST_STR("Reference"));
    in->codes.seed = (uint64_t)(uintptr_t)in->arena;
    return in->code_elements == NULL ? ost_err_memory(error, in->arena) : OST_OK;
}
