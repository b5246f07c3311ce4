/* JSON text -> flat tree, stage 2: a walk over the structural index that checks the whole grammar of
 * RFC 8259 and appends one node per value.
 *
 * The source is copied once into tree->text; strings and numbers refer to that copy. A string's end is
 * found from the next structural byte, backwards over white space, so its bytes are not read unless a
 * backslash lies in it (one running memchr says where the next is). Escapes are then resolved in place.
 * Measured on a 1.8 MB bundle: see bench/. */
#include "fhir/json.h"

#include "fhir/json_detail.h"

#include <stdlib.h>

ost_tree ost_tree_init(ost_arena *arena, const ost_model *model)
{
    return (ost_tree){.arena = arena, .model = model, .own_ids = ost_map_init(arena)};
}

static void free_simd(void *data)
{
    ost_json_simd_free(data);
}

static bool make_reader(ost_tree *tree)
{
    if (tree->reader != NULL) {
        return true;
    }
    struct ost_json_reader *reader = ost_arena_alloc(tree->arena, sizeof *reader);
    ost_json_simd *simd = reader == NULL ? NULL : ost_json_simd_new();
    if (simd == NULL) {
        return false;
    }
    if (!ost_arena_on_reset(tree->arena, free_simd, simd)) {
        ost_json_simd_free(simd);
        return false;
    }
    reader->simd = simd;
    tree->reader = reader;
    return true;
}

/* Id of a name that the memory does not hold: the model's, the tree's own, or a new one of the tree.
 * OST_NAME_NONE when memory is short; more than OST_JSON_MAX_NAMES when there are too many. */
static uint32_t intern(ost_tree *tree, ost_str name)
{
    uint32_t base = tree->model == NULL ? 1 : tree->model->name_count;
    uint32_t id = tree->model == NULL ? OST_NAME_NONE : ost_model_name_id(tree->model, name);
    if (id != OST_NAME_NONE) {
        return id;
    }
    uint32_t own = ost_map_get(&tree->own_ids, name);
    /* A document that failed may have left ids behind that now stand for other names. */
    if (own < tree->own_count && ost_str_equal(tree->own_names[own], name)) {
        return base + own;
    }
    if (base + tree->own_count > OST_JSON_MAX_NAMES) {
        return OST_JSON_MAX_NAMES + 1;
    }
    ost_str *names = ost_arena_grow(tree->arena, tree->own_names, &tree->own_capacity,
                                    tree->own_count + 1, sizeof *names);
    ost_str copy = ost_str_copy(tree->arena, name);
    own = (uint32_t)tree->own_count;
    if (names == NULL || copy.ptr == NULL) {
        return OST_NAME_NONE;
    }
    tree->own_names = names;
    if (!ost_map_put(&tree->own_ids, copy, own)) {
        return OST_NAME_NONE;
    }
    names[own] = copy;
    tree->own_count++;
    return base + own;
}

static uint64_t load8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The name's id from the memory of names, else by intern. The bytes after the text are padding, so eight
 * may always be read. */
static uint32_t name_id(ost_json_state *p, const char *ptr, size_t len)
{
    uint64_t head = load8(ptr), tail = 0;
    if (len < 8) {
        head = len == 0 ? 0 : head & (UINT64_MAX >> (64 - 8 * len));
    } else {
        tail = load8(ptr + len - 8);
    }
    uint64_t hash =
        (head ^ (tail * UINT64_C(0x9E3779B97F4A7C15)) ^ len) * UINT64_C(0xD6E8FEB86659FD93);
    ost_json_name *slot = &p->reader->names[hash >> 55];
    if (slot->ptr != NULL && slot->len == len && slot->head == head && slot->tail == tail &&
        (len <= 16 || memcmp(slot->ptr, ptr, len) == 0)) {
        return slot->id;
    }
    uint32_t id = intern(p->tree, (ost_str){ptr, len});
    if (id != OST_NAME_NONE && id <= OST_JSON_MAX_NAMES) {
        /* The bytes at ptr move when tree->text grows: keep those of the interned name. */
        ost_str kept =
            p->tree->model != NULL && id < p->tree->model->name_count
                ? p->tree->model->names[id]
                : p->tree
                      ->own_names[id - (p->tree->model == NULL ? 1 : p->tree->model->name_count)];
        *slot = (ost_json_name){head, tail, kept.ptr, (uint32_t)len, id};
    }
    return id;
}

/* The string whose opening quote is the present token; moves past it. */
static ost_status read_string(ost_json_state *p, uint32_t *start, size_t *len)
{
    size_t open = p->index[p->at];
    size_t close = p->index[p->at + 1] - 1;
    const char *text = p->text;
    while (close > open && text[close] != '"') {
        close--;
    }
    if (close == open) {
        return ost_json_fail(p, OST_E_INTERNAL, open, "the structural index does not fit the text");
    }
    p->at++;
    *start = (uint32_t)open + 1;
    *len = close - open - 1;
    if (p->backslash < close) {
        if (p->backslash < open) {
            const char *hit = memchr(text + open, '\\', p->source.len - open);
            p->backslash = hit == NULL ? SIZE_MAX : (size_t)(hit - text);
        }
        if (p->backslash < close) {
            p->backslash = 0; /* the next string looks again */
            return ost_json_unescape(p, *start, len);
        }
    }
    return OST_OK;
}

static bool is_literal(const ost_json_state *p, size_t at, const char *word, size_t len)
{
    size_t end = at + len;
    if (end > p->source.len || memcmp(p->text + at, word, len) != 0) {
        return false;
    }
    char c = p->text[end];
    return end == p->source.len || c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' ||
           c == '\r' || c == '\t';
}

/* A number, true, false or null at the present token. */
static ost_status read_scalar(ost_json_state *p, ost_node *node)
{
    static const struct word {
        const char *text;
        uint8_t len, kind;
    } words[] = {
        {"true", 4, OST_JSON_TRUE}, {"false", 5, OST_JSON_FALSE}, {"null", 4, OST_JSON_NULL}};
    size_t at = p->index[p->at], len = 0;
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (is_literal(p, at, words[i].text, words[i].len)) {
            node->kind = words[i].kind;
            node->len = words[i].len;
            p->at++;
            return OST_OK;
        }
    }
    if (strchr(",:]}", p->text[at]) != NULL && p->text[at] != '\0') {
        return ost_json_unexpected(p, "a value");
    }
    ost_status code = ost_json_number(p, at, &len);
    node->kind = OST_JSON_NUMBER;
    node->len = (uint32_t)len;
    p->at++;
    return code;
}

/* Appends the value at the present token; arrays and objects stay open. */
static ost_status read_value(ost_json_state *p, uint32_t name)
{
    if (p->at >= p->count) {
        return ost_json_unexpected(p, "a value");
    }
    ost_tree *tree = p->tree;
    uint32_t at = (uint32_t)tree->count;
    if (tree->count >= tree->capacity) {
        return ost_json_fail(p, OST_E_INTERNAL, p->index[p->at], "more values than tokens");
    }
    ost_node *node = &tree->nodes[at];
    uint32_t offset = p->index[p->at];
    *node = (ost_node){.text = p->base + offset, .end = at + 1, .name = (uint16_t)name};
    tree->count++;
    char c = p->text[offset];
    if (c == '"') {
        size_t len = 0;
        uint32_t start = 0;
        ost_status code = read_string(p, &start, &len);
        node->kind = OST_JSON_STRING;
        node->text = p->base + start;
        node->len = (uint32_t)len;
        return code;
    }
    if (c != '{' && c != '[') {
        return read_scalar(p, node);
    }
    if (p->depth == OST_JSON_MAX_DEPTH) {
        return ost_json_fail(p, OST_E_LIMIT, offset, "values are nested deeper than %d levels",
                             OST_JSON_MAX_DEPTH);
    }
    node->kind = c == '{' ? OST_JSON_OBJECT : OST_JSON_ARRAY;
    p->open[p->depth++] = at;
    p->at++;
    return OST_OK;
}

/* Each name of an object may be there once. Done when the object is closed, so that one array of serials
 * is enough for all depths and the cost is one look per member. */
static ost_status check_names(ost_json_state *p, uint32_t object)
{
    struct ost_json_reader *reader = p->reader;
    const ost_tree *tree = p->tree;
    size_t names = (tree->model == NULL ? 1 : tree->model->name_count) + tree->own_count;
    if (names > reader->seen_capacity) {
        size_t capacity = reader->seen_capacity;
        uint32_t *seen = ost_arena_grow(tree->arena, reader->seen, &capacity, names, sizeof *seen);
        if (seen == NULL) {
            return ost_err_memory(p->error, tree->arena);
        }
        reader->seen = seen;
        reader->seen_capacity = capacity;
    }
    uint32_t serial = ++reader->serial;
    uint32_t end = (uint32_t)tree->count;
    for (uint32_t child = object + 1; child < end; child = tree->nodes[child].end) {
        uint32_t *seen = &reader->seen[tree->nodes[child].name];
        if (*seen == serial) {
            ost_str name = ost_tree_name(tree, child);
            return ost_json_fail(p, OST_E_SYNTAX, ost_json_name_offset(p, p->open[0], child),
                                 "the object has two members \"%.*s\"", OST_STR_ARG(name));
        }
        *seen = serial;
    }
    return OST_OK;
}

static ost_status close_node(ost_json_state *p, uint32_t at)
{
    ost_node *node = &p->tree->nodes[at];
    node->end = (uint32_t)p->tree->count;
    node->len = p->base + p->index[p->at] + 1 - node->text;
    p->at++;
    if (node->kind == OST_JSON_OBJECT && node->end > at + 2) {
        ost_status code = check_names(p, at);
        p->depth--;
        return code;
    }
    p->depth--;
    return OST_OK;
}

static ost_status read_member(ost_json_state *p)
{
    if (p->at >= p->count || p->text[p->index[p->at]] != '"') {
        return ost_json_unexpected(p, "the name of a member in double quotes");
    }
    uint32_t start = 0;
    size_t len = 0;
    uint32_t offset = p->index[p->at];
    ost_status code = read_string(p, &start, &len);
    if (code != OST_OK) {
        return code;
    }
    uint32_t name = name_id(p, p->text + start, len);
    if (name == OST_NAME_NONE) {
        return ost_err_memory(p->error, p->tree->arena);
    }
    if (name > OST_JSON_MAX_NAMES) {
        return ost_json_fail(p, OST_E_LIMIT, offset,
                             "there are more than %d different member names", OST_JSON_MAX_NAMES);
    }
    if (p->at >= p->count || p->text[p->index[p->at]] != ':') {
        return ost_json_unexpected(p, "':'");
    }
    p->at++;
    return read_value(p, name);
}

/* One member, one item, or the end of the innermost open array or object. */
static ost_status read_next(ost_json_state *p)
{
    uint32_t at = p->open[p->depth - 1];
    bool object = p->tree->nodes[at].kind == OST_JSON_OBJECT;
    bool first = p->tree->count == (size_t)at + 1;
    char c = p->at < p->count ? p->text[p->index[p->at]] : '\0';
    if (c == (object ? '}' : ']')) {
        return close_node(p, at);
    }
    if (!first) {
        if (c != ',') {
            return ost_json_unexpected(p, object ? "',' or '}'" : "',' or ']'");
        }
        p->at++;
    }
    return object ? read_member(p) : read_value(p, OST_NAME_NONE);
}

/* Room for the copy of the source with its padding, and for every node it can have: a node needs at least
 * two tokens, the root one. */
static ost_status copy_source(ost_json_state *p)
{
    ost_tree *tree = p->tree;
    size_t want;
    if (p->source.len > OST_JSON_MAX_BYTES) {
        return ost_err_set(p->error, OST_E_LIMIT, "one document has more than %zu bytes",
                           OST_JSON_MAX_BYTES);
    }
    if (!ost_size_add(tree->text_len, p->source.len + OST_JSON_PADDING, &want) ||
        want > UINT32_MAX) {
        return ost_err_set(p->error, OST_E_LIMIT, "all documents together have more than 4 GB");
    }
    char *text = ost_arena_grow(tree->arena, tree->text, &tree->text_capacity, want, 1);
    if (text == NULL || !make_reader(tree)) {
        return ost_err_memory(p->error, tree->arena);
    }
    tree->text = text;
    p->base = (uint32_t)tree->text_len;
    p->text = text + tree->text_len;
    if (p->source.len > 0) {
        memcpy(p->text, p->source.ptr, p->source.len);
    }
    memset(p->text + p->source.len, 0, OST_JSON_PADDING);
    p->reader = tree->reader;
    return OST_OK;
}

static ost_status parse_document(ost_json_state *p)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    ost_status code = copy_source(p);
    if (code != OST_OK) {
        return code;
    }
    if (ost_str_starts(p->source, ost_str_of(byte_order_mark))) {
        code = ost_json_fail(p, OST_E_SYNTAX, 0, "the text starts with a byte order mark");
        ost_err_hint(p->error, "save the file as UTF-8 without it");
        return code;
    }
    ost_json_stage1 found = OST_JSON_STAGE1_BAD;
    if (p->source.len > 0) {
        found = ost_json_simd_index(p->reader->simd, p->text, p->source.len, &p->index, &p->count);
    }
    if (found == OST_JSON_STAGE1_MEMORY) {
        return ost_err_memory(p->error, NULL);
    }
    if (found == OST_JSON_STAGE1_BAD) {
        return ost_json_explain_stage1(p);
    }
    ost_tree *tree = p->tree;
    ost_node *nodes = ost_arena_grow(tree->arena, tree->nodes, &tree->capacity,
                                     tree->count + p->count / 2 + 2, sizeof *nodes);
    if (nodes == NULL) {
        return ost_err_memory(p->error, tree->arena);
    }
    tree->nodes = nodes;
    code = read_value(p, OST_NAME_NONE);
    while (code == OST_OK && p->depth > 0) {
        code = read_next(p);
    }
    if (code == OST_OK && p->at < p->count) {
        code = ost_json_unexpected(p, "the end of the text");
    }
    return code;
}

ost_status ost_json_parse(ost_tree *tree, ost_str source, uint32_t *root, ost_error *error)
{
    ost_json_state p;
    p.tree = tree;
    p.source = source;
    p.error = error;
    p.reader = NULL;
    p.text = NULL;
    p.index = NULL;
    p.base = p.count = p.at = p.depth = 0;
    p.backslash = 0;
    size_t count = tree->count, text_len = tree->text_len, own_count = tree->own_count;
    ost_status code = parse_document(&p);
    if (code != OST_OK) {
        tree->count = count;
        tree->text_len = text_len;
        if (tree->own_count > own_count) {
            /* Ids of the lost names may not be remembered. */
            memset(tree->reader->names, 0, sizeof tree->reader->names);
            tree->own_count = own_count;
        }
        return code;
    }
    tree->text_len += source.len;
    *root = (uint32_t)count;
    return OST_OK;
}
