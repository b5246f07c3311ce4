/* Compares each resource that counts with the FHIR model: elements that don't exist, lists that are
 * none, texts where a number belongs. Such a part can't be read, which a reader would take for "not
 * recorded"; so each is a message with its path, and the rest of the resource is used.
 *
 * Every value is looked up once. A direct-mapped memory of (type, name) keeps that cheap: records
 * repeat some hundred pairs. FHIR R4, section 2.1 (resource definitions) and 2.6.2 (JSON). */
#include "fhir/record_detail.h"

enum { MEMORY_BITS = 11, MEMORY_SLOTS = 1 << MEMORY_BITS };

typedef enum shape { SHAPE_UNKNOWN, SHAPE_OBJECT, SHAPE_STRING, SHAPE_NUMBER, SHAPE_BOOLEAN } shape;

/* What a member may be. type OST_TYPE_NONE: the type has no such element. */
typedef struct expected {
    uint32_t owner, name; /* the key; owner 0 = empty slot */
    uint32_t type;
    bool list;
    uint8_t shape;
} expected;

typedef struct checker {
    ost_reading *in;
    const ost_tree *tree;
    const ost_model *model;
    const ost_found *found;
    expected *memory;
    uint32_t resource_type, system_integer, system_decimal, system_boolean, value_name;
} checker;

static shape shape_of_system(const checker *c, uint32_t type)
{
    if (type == c->system_boolean) {
        return SHAPE_BOOLEAN;
    }
    if (type == c->system_integer || type == c->system_decimal) {
        return SHAPE_NUMBER;
    }
    return SHAPE_STRING;
}

static shape shape_of(const checker *c, uint32_t type)
{
    const ost_model_type *t = &c->model->types[type];
    if (ost_str_starts(t->name, OST_STR("System."))) {
        return shape_of_system(c, type);
    }
    if (!t->primitive) {
        return SHAPE_OBJECT;
    }
    const ost_model_element *value = ost_model_find(c->model, type, c->value_name);
    return value == NULL || value->choice_count == 0
               ? SHAPE_STRING
               : shape_of_system(c, c->model->choices[value->first_choice].type);
}

/* The element, own or inherited, that has a JSON name: "valueQuantity" of Observation. */
static expected find_member(const checker *c, uint32_t owner, uint32_t name)
{
    expected e = {.owner = owner, .name = name};
    for (uint32_t type = owner; type != OST_TYPE_NONE; type = c->model->types[type].base) {
        const ost_model_type *t = &c->model->types[type];
        for (uint32_t i = 0; i < t->element_count; i++) {
            const ost_model_element *element = &c->model->elements[t->first_element + i];
            for (uint32_t k = 0; k < element->choice_count; k++) {
                const ost_model_choice *choice = &c->model->choices[element->first_choice + k];
                if (choice->json_name == name) {
                    e.type = choice->type;
                    e.list = element->list;
                    e.shape = (uint8_t)shape_of(c, choice->type);
                    return e;
                }
            }
        }
    }
    return e;
}

static const expected *look_up(const checker *c, uint32_t owner, uint32_t name)
{
    uint32_t hash = (owner * UINT32_C(0x9E3779B1)) ^ (name * UINT32_C(0x85EBCA77));
    expected *slot = &c->memory[hash >> (32 - MEMORY_BITS)];
    if (slot->owner != owner || slot->name != name) {
        *slot = find_member(c, owner, name);
    }
    return slot;
}

static void note(const checker *c, ost_level level, uint32_t node, const char *what)
{
    ost_str path = ost_reading_path(c->in, c->found, node);
    ost_reading_note(c->in, level, path, node, "%s", what);
}

static shape shape_of_node(const ost_node *node)
{
    switch ((ost_json_kind)node->kind) {
    case OST_JSON_FALSE:
    case OST_JSON_TRUE:
        return SHAPE_BOOLEAN;
    case OST_JSON_NUMBER:
        return SHAPE_NUMBER;
    case OST_JSON_STRING:
        return SHAPE_STRING;
    case OST_JSON_OBJECT:
        return SHAPE_OBJECT;
    case OST_JSON_NULL:
    case OST_JSON_ARRAY:
        break;
    }
    return SHAPE_UNKNOWN;
}

static void check_object(const checker *c, uint32_t node, uint32_t type);

/* A resource inside: its own type, or nothing to compare with when that is unknown (bundle.c
 * reports it). */
static uint32_t type_of_value(const checker *c, uint32_t node, uint32_t type)
{
    if (!ost_model_is(c->model, type, c->resource_type)) {
        return type;
    }
    uint32_t name = ost_tree_member(c->tree, node, c->model->known.resourceType);
    return name == 0 ? OST_TYPE_NONE : ost_model_type_id(c->model, ost_tree_text(c->tree, name));
}

static void check_value(const checker *c, uint32_t node, const expected *e, bool in_list)
{
    static const char *const wanted[] = {
        [SHAPE_UNKNOWN] = "",
        [SHAPE_OBJECT] = "this must be an object, so it may not be read",
        [SHAPE_STRING] = "this must be a string, so it may not be read",
        [SHAPE_NUMBER] = "this must be a number, so it may not be read",
        [SHAPE_BOOLEAN] = "this must be true or false, so it may not be read",
    };
    const ost_node *n = &c->tree->nodes[node];
    if (n->kind == OST_JSON_NULL && in_list && e->shape != SHAPE_OBJECT) {
        return; /* its place is taken by an extension */
    }
    if (shape_of_node(n) != (shape)e->shape) {
        note(c, OST_LEVEL_WARNING, node, wanted[e->shape]);
    } else if (e->shape == SHAPE_OBJECT) {
        uint32_t type = type_of_value(c, node, e->type);
        if (type != OST_TYPE_NONE) {
            check_object(c, node, type);
        }
    }
}

static bool is_extension_of_primitive(const checker *c, uint32_t node)
{
    ost_str name = ost_tree_name(c->tree, node);
    return ost_str_starts(name, OST_STR("_")) || ost_str_is(name, "fhir_comments");
}

static void check_member(const checker *c, uint32_t node, uint32_t owner)
{
    const ost_node *n = &c->tree->nodes[node];
    if (n->name == c->model->known.resourceType) {
        return;
    }
    const expected e = *look_up(c, owner, n->name); /* a copy: values may take its slot */
    if (e.type == OST_TYPE_NONE) {
        if (!is_extension_of_primitive(c, node)) {
            note(c, OST_LEVEL_INFO, node, "FHIR R4 has no such element here, so it is not read");
        }
        return;
    }
    bool list = n->kind == OST_JSON_ARRAY;
    if (list != e.list) {
        note(c, OST_LEVEL_WARNING, node,
             e.list ? "this must be a list, so it may not be read"
                    : "this must not be a list, so it may not be read");
        return;
    }
    if (!list) {
        check_value(c, node, &e, false);
        return;
    }
    for (uint32_t item = ost_tree_first(c->tree, node); item != 0;
         item = ost_tree_next(c->tree, node, item)) {
        check_value(c, item, &e, true);
    }
}

/* As deep as the document, which has at most OST_JSON_MAX_DEPTH levels. */
static void check_object(const checker *c, uint32_t node, uint32_t type)
{
    for (uint32_t child = ost_tree_first(c->tree, node); child != 0;
         child = ost_tree_next(c->tree, node, child)) {
        check_member(c, child, type);
    }
}

void ost_reading_check(ost_reading *in)
{
    const ost_model *model = in->model;
    checker c = {.in = in,
                 .tree = in->tree,
                 .model = model,
                 .memory = ost_arena_array(in->arena, MEMORY_SLOTS, sizeof(expected)),
                 .resource_type = ost_model_type_id(model, OST_STR("Resource")),
                 .system_integer = ost_model_type_id(model, OST_STR("System.Integer")),
                 .system_decimal = ost_model_type_id(model, OST_STR("System.Decimal")),
                 .system_boolean = ost_model_type_id(model, OST_STR("System.Boolean")),
                 .value_name = model->known.value};
    if (c.memory == NULL) {
        in->failed = true;
        return;
    }
    for (size_t i = 0; i < in->found_count && !in->failed; i++) {
        c.found = &in->found[i];
        if (c.found->counts) {
            check_object(&c, c.found->node, c.found->type);
        }
    }
}
