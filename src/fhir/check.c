/* Compares each resource that counts with the FHIR model: elements that don't exist, lists that are
 * none, texts where a number belongs. Such a part can't be read, which a reader would take for "not
 * recorded"; so each is a message with its path, and the rest of the resource is used.
 *
 * Every value is looked up once, in the model's table of members; most are strings that fit, and
 * are passed over at once. FHIR R4, section 2.1 (resource definitions) and 2.6.2 (JSON). */
#include "fhir/record_detail.h"

typedef struct checker {
    ost_reading *in;
    const ost_tree *tree;
    const ost_model *model;
    const ost_found *found;
} checker;

static const uint8_t shape_of_kind[] = {
    [OST_JSON_NULL] = OST_SHAPE_NONE,     [OST_JSON_FALSE] = OST_SHAPE_BOOLEAN,
    [OST_JSON_TRUE] = OST_SHAPE_BOOLEAN,  [OST_JSON_NUMBER] = OST_SHAPE_NUMBER,
    [OST_JSON_STRING] = OST_SHAPE_STRING, [OST_JSON_ARRAY] = OST_SHAPE_NONE,
    [OST_JSON_OBJECT] = OST_SHAPE_OBJECT,
};

static void note(const checker *c, ost_level level, uint32_t node, const char *what)
{
    ost_str path = ost_reading_path(c->in, c->found, node);
    ost_reading_note(c->in, level, path, node, "%s", what);
}

static void check_object(const checker *c, uint32_t node, uint32_t type);

/* A resource inside: its own type, or nothing to compare with when that is unknown (bundle.c
 * reports it). */
static uint32_t type_of_value(const checker *c, uint32_t node, const ost_model_member *e)
{
    if (!e->resource) {
        return e->type;
    }
    uint32_t name = ost_tree_member(c->tree, node, c->model->known.resourceType);
    return name == 0 ? OST_TYPE_NONE : ost_model_type_id(c->model, ost_tree_text(c->tree, name));
}

static void check_value(const checker *c, uint32_t node, const ost_model_member *e, bool in_list)
{
    static const char *const wanted[] = {
        [OST_SHAPE_NONE] = "",
        [OST_SHAPE_OBJECT] = "this must be an object, so it may not be read",
        [OST_SHAPE_STRING] = "this must be a string, so it may not be read",
        [OST_SHAPE_NUMBER] = "this must be a number, so it may not be read",
        [OST_SHAPE_BOOLEAN] = "this must be true or false, so it may not be read",
    };
    const ost_node *n = &c->tree->nodes[node];
    if (n->kind == OST_JSON_NULL && in_list && e->shape != OST_SHAPE_OBJECT) {
        return; /* its place is taken by an extension */
    }
    if (shape_of_kind[n->kind] != e->shape) {
        note(c, OST_LEVEL_WARNING, node, wanted[e->shape]);
    } else if (e->shape == OST_SHAPE_OBJECT) {
        uint32_t type = type_of_value(c, node, e);
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

/* e: NULL when there is no such element. */
static void check_member(const checker *c, uint32_t node, const ost_model_member *e)
{
    const ost_node *n = &c->tree->nodes[node];
    if (n->name == c->model->known.resourceType) {
        return;
    }
    if (e == NULL) {
        if (!is_extension_of_primitive(c, node)) {
            note(c, OST_LEVEL_INFO, node, "FHIR R4 has no such element here, so it is not read");
        }
        return;
    }
    bool list = n->kind == OST_JSON_ARRAY;
    if (list != e->list) {
        note(c, OST_LEVEL_WARNING, node,
             e->list ? "this must be a list, so it may not be read"
                     : "this must not be a list, so it may not be read");
        return;
    }
    if (!list) {
        check_value(c, node, e, false);
        return;
    }
    for (uint32_t item = ost_tree_first(c->tree, node); item != 0;
         item = ost_tree_next(c->tree, node, item)) {
        check_value(c, item, e, true);
    }
}

/* As deep as the document, which has at most OST_JSON_MAX_DEPTH levels. */
static void check_object(const checker *c, uint32_t node, uint32_t type)
{
    const ost_node *nodes = c->tree->nodes;
    uint32_t end = nodes[node].end;
    for (uint32_t child = node + 1; child < end; child = nodes[child].end) {
        const ost_model_member *e = ost_model_find_member(c->model, type, nodes[child].name);
        bool plain = e != NULL && !e->list && e->shape != OST_SHAPE_OBJECT;
        if (!plain || shape_of_kind[nodes[child].kind] != e->shape) {
            check_member(c, child, e);
        }
    }
}

void ost_reading_check(ost_reading *in)
{
    checker c = {.in = in, .tree = in->tree, .model = in->model};
    for (size_t i = 0; i < in->found_count && !in->failed; i++) {
        c.found = &in->found[i];
        if (c.found->counts) {
            check_object(&c, c.found->node, c.found->type);
        }
    }
}
