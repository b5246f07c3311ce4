/* JSON text -> flat tree. Stage 1 (UTF-8 check, structural index) is simdjson's, behind
 * json_simd.cpp; stage 2 is here: the whole grammar is checked, numbers are kept as written.
 *
 * The tree is an array of 16-byte nodes in document order. A node's children follow it; `end` is
 * the index after its last descendant, so that siblings are node -> nodes[node].end.
 * Position-independent: only offsets. Text (escapes already resolved) is in one byte array.
 *
 *   {"a": [1, "x"]}   ->   0 object end 4 | 1 array name=a end 4 | 2 number "1" | 3 string "x"
 */
#ifndef OST_FHIR_JSON_H
#define OST_FHIR_JSON_H

#include "base/err.h"
#include "fhir/json_simd.h"
#include "fhir/model.h"

#include <string.h>

typedef enum ost_json_kind {
    OST_JSON_NULL,
    OST_JSON_FALSE,
    OST_JSON_TRUE,
    OST_JSON_NUMBER, /* text as written */
    OST_JSON_STRING,
    OST_JSON_ARRAY,
    OST_JSON_OBJECT
} ost_json_kind;

typedef struct ost_node {
    uint32_t text, len; /* offset and bytes in tree->text, or of a string in tree->escaped */
    uint32_t end;       /* index after the last descendant */
    uint16_t name; /* member name id (model names, then the tree's own), 0 in arrays and at roots */
    uint8_t kind;  /* ost_json_kind */
    uint8_t flags; /* OST_NODE_ESCAPED or 0 */
} ost_node;

/* The string was written with escapes: without them it lies in tree->escaped, after four bytes that
 * say where it was. */
enum { OST_NODE_ESCAPED = 1 };

/* May hold several documents one after another (NDJSON lines, files of a folder). */
typedef struct ost_tree {
    ost_arena *arena;
    const ost_model *model;
    ost_node *nodes;
    size_t count, capacity;
    const char *text; /* the documents as given */
    size_t text_len;
    char *copied; /* the same when it is a copy */
    size_t copied_capacity;
    char *escaped;
    size_t escaped_len, escaped_capacity;
    ost_str *own_names; /* names the model does not know; name id = model->name_count + index */
    size_t own_count, own_capacity;
    ost_map own_ids;
    struct ost_json_reader *reader; /* the parser's buffers, kept from document to document */
} ost_tree;

/* Names: a node has room for 65535 different ones in one tree. */
enum { OST_JSON_MAX_DEPTH = 512, OST_JSON_MAX_NUMBER = 4096, OST_JSON_MAX_NAMES = 65535 };
#define OST_JSON_MAX_BYTES ((size_t)1 << 30)

ost_tree ost_tree_init(ost_arena *arena, const ost_model *model);
/* Parses one document and appends it; *root is its node. Duplicate keys, bad numbers, bad UTF-8,
 * depth, trailing bytes: OST_E_SYNTAX or OST_E_LIMIT with line and column; the tree is then as
 * before. */
OST_MUST_CHECK ost_status ost_json_parse(ost_tree *tree, ost_str source, uint32_t *root,
                                         ost_error *error);
/* The same for a text that is followed by OST_JSON_PADDING readable bytes, the first of them NUL or
 * white space, and lives as long as the tree: the first document is then not copied. */
OST_MUST_CHECK ost_status ost_json_parse_kept(ost_tree *tree, ost_str source, uint32_t *root,
                                              ost_error *error);
/* Appends a null that stands in no text. False when memory is short. */
bool ost_json_add_null(ost_tree *tree);

static inline ost_str ost_tree_text(const ost_tree *tree, uint32_t node)
{
    const ost_node *n = &tree->nodes[node];
    if (n->kind == OST_JSON_ARRAY || n->kind == OST_JSON_OBJECT) {
        return (ost_str){NULL, 0};
    }
    const char *base = (n->flags & OST_NODE_ESCAPED) != 0 ? tree->escaped : tree->text;
    return (ost_str){base + n->text, n->len};
}

/* Of a string; ptr NULL for anything else, also for node 0, which is never a member. */
static inline ost_str ost_tree_string(const ost_tree *tree, uint32_t node)
{
    bool string = node != 0 && tree->nodes[node].kind == OST_JSON_STRING;
    return string ? ost_tree_text(tree, node) : (ost_str){NULL, 0};
}

/* Where the node begins in tree->text. */
static inline uint32_t ost_tree_offset(const ost_tree *tree, uint32_t node)
{
    const ost_node *n = &tree->nodes[node];
    uint32_t offset = n->text;
    if ((n->flags & OST_NODE_ESCAPED) != 0) {
        memcpy(&offset, tree->escaped + n->text - sizeof offset, sizeof offset);
    }
    return offset;
}

ost_str ost_tree_name(const ost_tree *tree, uint32_t node);
/* Name id in this tree, OST_NAME_NONE when no node has it. */
uint32_t ost_tree_name_id(const ost_tree *tree, ost_str name);
/* Member of an object by name id or name; 0 when absent (0 is a root and never a member). */
static inline uint32_t ost_tree_member(const ost_tree *tree, uint32_t object, uint32_t name)
{
    const ost_node *nodes = tree->nodes;
    if (nodes[object].kind != OST_JSON_OBJECT || name == OST_NAME_NONE) {
        return 0;
    }
    uint32_t end = nodes[object].end;
    for (uint32_t child = object + 1; child < end; child = nodes[child].end) {
        if (nodes[child].name == name) {
            return child;
        }
    }
    return 0;
}

uint32_t ost_tree_get(const ost_tree *tree, uint32_t object, const char *name);
/* The members of an object whose names the model knows well: node[name id], 0 = absent. One walk
 * for all of them; a tree without a model has none. */
typedef struct ost_members {
    uint32_t node[OST_KNOWN_NAMES]; /* [0]: any other */
} ost_members;
static inline void ost_tree_members(const ost_tree *tree, uint32_t object, ost_members *out)
{
    const ost_node *nodes = tree->nodes;
    *out = (ost_members){{0}};
    if (nodes[object].kind != OST_JSON_OBJECT || tree->model == NULL) {
        return;
    }
    uint32_t end = nodes[object].end;
    for (uint32_t child = object + 1; child < end; child = nodes[child].end) {
        uint32_t name = nodes[child].name;
        out->node[name < OST_KNOWN_NAMES ? name : OST_NAME_NONE] = child;
    }
}

/* First child or 0; next sibling within `parent` or 0. */
static inline uint32_t ost_tree_first(const ost_tree *tree, uint32_t parent)
{
    return tree->nodes[parent].end > parent + 1 ? parent + 1 : 0;
}

static inline uint32_t ost_tree_next(const ost_tree *tree, uint32_t parent, uint32_t node)
{
    uint32_t next = tree->nodes[node].end;
    return next < tree->nodes[parent].end ? next : 0;
}

/* Writes a subtree as JSON, numbers as written. */
#include "base/buf.h"
void ost_tree_write(ost_buf *out, const ost_tree *tree, uint32_t node);

#endif
