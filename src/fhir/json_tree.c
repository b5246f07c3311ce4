/* Walking and writing the JSON tree. */
#include "fhir/json.h"

static uint32_t first_own_name(const ost_tree *tree)
{
    return tree->model == NULL ? 1 : tree->model->name_count;
}

ost_str ost_tree_name(const ost_tree *tree, uint32_t node)
{
    uint32_t id = tree->nodes[node].name, own = first_own_name(tree);
    if (id == OST_NAME_NONE) {
        return (ost_str){NULL, 0};
    }
    return id < own ? tree->model->names[id] : tree->own_names[id - own];
}

uint32_t ost_tree_name_id(const ost_tree *tree, ost_str name)
{
    uint32_t id = tree->model == NULL ? OST_NAME_NONE : ost_model_name_id(tree->model, name);
    if (id != OST_NAME_NONE) {
        return id;
    }
    uint32_t own = ost_map_get(&tree->own_ids, name);
    if (own < tree->own_count && ost_str_equal(tree->own_names[own], name)) {
        return first_own_name(tree) + own;
    }
    return OST_NAME_NONE;
}

uint32_t ost_tree_get(const ost_tree *tree, uint32_t object, const char *name)
{
    return ost_tree_member(tree, object, ost_tree_name_id(tree, ost_str_of(name)));
}

/* As deep as the tree, which is at most OST_JSON_MAX_DEPTH. */
void ost_tree_write(ost_buf *out, const ost_tree *tree, uint32_t node)
{
    const ost_node *n = &tree->nodes[node];
    switch ((ost_json_kind)n->kind) {
    case OST_JSON_NULL:
        ost_buf_text(out, "null");
        return;
    case OST_JSON_FALSE:
        ost_buf_text(out, "false");
        return;
    case OST_JSON_TRUE:
        ost_buf_text(out, "true");
        return;
    case OST_JSON_NUMBER:
        ost_buf_add(out, ost_tree_text(tree, node));
        return;
    case OST_JSON_STRING:
        ost_buf_json(out, ost_tree_text(tree, node));
        return;
    case OST_JSON_ARRAY:
    case OST_JSON_OBJECT:
        break;
    }
    bool object = n->kind == OST_JSON_OBJECT;
    ost_buf_char(out, object ? '{' : '[');
    for (uint32_t child = ost_tree_first(tree, node); child != 0;
         child = ost_tree_next(tree, node, child)) {
        if (child != node + 1) {
            ost_buf_char(out, ',');
        }
        if (object) {
            ost_buf_json(out, ost_tree_name(tree, child));
            ost_buf_char(out, ':');
        }
        ost_tree_write(out, tree, child);
    }
    ost_buf_char(out, object ? '}' : ']');
}
