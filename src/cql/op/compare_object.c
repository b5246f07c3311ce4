/* Deep equality of nodes of a record. Two nodes of one record with the same number are the same;
 * else their JSON is compared: members in any order, numbers by value. The depth is that of the
 * JSON parser's limit (OST_JSON_MAX_DEPTH). */
#include "cql/op/compare_detail.h"

#include "fhir/record.h"

static bool equal_nodes(ost_call *call, const ost_tree *a, uint32_t i, const ost_tree *b,
                        uint32_t j);

static bool equal_numbers(ost_str a, ost_str b)
{
    ost_decimal left, right;

    if (ost_str_equal(a, b)) {
        return true;
    }
    return ost_decimal_parse(a, true, false, &left) && ost_decimal_parse(b, true, false, &right) &&
           ost_decimal_compare(left, right) == 0;
}

static size_t child_count(const ost_tree *tree, uint32_t parent)
{
    size_t count = 0;

    for (uint32_t i = ost_tree_first(tree, parent); i != 0; i = ost_tree_next(tree, parent, i)) {
        count++;
    }
    return count;
}

/* Names are numbers within one tree only. */
static uint32_t member_like(const ost_tree *a, uint32_t child, const ost_tree *b, uint32_t object)
{
    uint32_t name = a->nodes[child].name;

    if (a != b) {
        name = ost_tree_name_id(b, ost_tree_name(a, child));
    }
    return ost_tree_member(b, object, name);
}

static bool equal_members(ost_call *call, const ost_tree *a, uint32_t i, const ost_tree *b,
                          uint32_t j)
{
    if (child_count(a, i) != child_count(b, j)) {
        return false;
    }
    for (uint32_t m = ost_tree_first(a, i); m != 0; m = ost_tree_next(a, i, m)) {
        uint32_t other = member_like(a, m, b, j);
        if (other == 0 || !equal_nodes(call, a, m, b, other)) {
            return false;
        }
    }
    return true;
}

static bool equal_items(ost_call *call, const ost_tree *a, uint32_t i, const ost_tree *b,
                        uint32_t j)
{
    uint32_t left = ost_tree_first(a, i), right = ost_tree_first(b, j);

    while (left != 0 && right != 0) {
        if (!equal_nodes(call, a, left, b, right)) {
            return false;
        }
        left = ost_tree_next(a, i, left);
        right = ost_tree_next(b, j, right);
    }
    return left == right;
}

static bool equal_nodes(ost_call *call, const ost_tree *a, uint32_t i, const ost_tree *b,
                        uint32_t j)
{
    if ((a == b && i == j) || !ost_call_step(call, 1)) {
        return a == b && i == j;
    }
    if (a->nodes[i].kind != b->nodes[j].kind) {
        return false;
    }
    switch ((ost_json_kind)a->nodes[i].kind) {
    case OST_JSON_NULL:
    case OST_JSON_FALSE:
    case OST_JSON_TRUE:
        return true;
    case OST_JSON_NUMBER:
        return equal_numbers(ost_tree_text(a, i), ost_tree_text(b, j));
    case OST_JSON_STRING:
        return ost_str_equal(ost_tree_text(a, i), ost_tree_text(b, j));
    case OST_JSON_ARRAY:
        return equal_items(call, a, i, b, j);
    case OST_JSON_OBJECT:
        return equal_members(call, a, i, b, j);
    }
    return false;
}

bool ost_objects_equal(ost_call *call, ost_value a, ost_value b)
{
    const ost_record *left = a.object.record, *right = b.object.record;

    return equal_nodes(call, &left->tree, a.object.node, &right->tree, b.object.node);
}
