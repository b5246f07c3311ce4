/* JSON text -> flat tree, stage 2: a walk over the structural index that checks the whole grammar
 * of RFC 8259 and appends one node per value.
 *
 * The source is copied once into tree->text; strings and numbers refer to that copy. A string's end
 * is found from the next structural byte, backwards over white space, so its bytes are not read
 * unless a backslash lies in it (one running memchr says where the next is). Escapes are then
 * resolved in place. Measured on a 1.8 MB bundle: see bench/. */
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

/* Id of a name that the memory does not hold: the model's, the tree's own, or a new one of the
 * tree. OST_NAME_NONE when memory is short; more than OST_JSON_MAX_NAMES when there are too
 * many. */
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

/* Words of the same length as the name, cut to its bytes; the bytes after the text are padding, so
 * eight may always be read. No branch: FHIR mixes names shorter and longer than eight bytes. */
static OST_ALWAYS_INLINE void fingerprint(const char *ptr, size_t len, uint64_t *head,
                                          uint64_t *tail)
{
    uint64_t mask = len >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * len)) - 1;
    *head = load8(ptr) & mask;
    *tail = load8(ptr + (len > 8 ? len - 8 : 0)) & mask;
}

/* The name's id, remembered or by intern. */
static OST_ALWAYS_INLINE uint32_t name_id(ost_json_state *p, const char *ptr, size_t len)
{
    uint64_t head, tail;
    fingerprint(ptr, len, &head, &tail);
    uint64_t hash =
        (head ^ (tail * UINT64_C(0x9E3779B97F4A7C15)) ^ len) * UINT64_C(0xD6E8FEB86659FD93);
    ost_json_name *slot = &p->reader->names[hash >> 54];
    if (slot->head == head && slot->tail == tail && slot->len == len && slot->ptr != NULL &&
        (len <= 16 || memcmp(slot->ptr, ptr, len) == 0)) {
        return slot->id;
    }
    const ost_tree *tree = p->tree;
    uint32_t id = intern(p->tree, (ost_str){ptr, len});
    if (id != OST_NAME_NONE && id <= OST_JSON_MAX_NAMES) {
        /* Not the bytes at ptr: they move when tree->text grows. */
        uint32_t own = tree->model == NULL ? 1 : tree->model->name_count;
        ost_str kept = id < own ? tree->model->names[id] : tree->own_names[id - own];
        *slot = (ost_json_name){head, tail, kept.ptr, (uint32_t)len, id};
    }
    return id;
}

/* The moving part of a parse. It stays in registers, since every function that gets its address is
 * inlined (measured: the tree of a bundle in 1.9 instead of 2.3 times simdjson's DOM parse). The
 * item after the last token points at the padding, so that a look there gives NUL and never
 * matches. */
typedef struct walk {
    const char *text;
    const uint32_t *next; /* token */
    ost_node *nodes;
    uint32_t count;
    uint32_t depth;
    ost_json_open in; /* the innermost open array or object */
} walk;

static OST_ALWAYS_INLINE char look(const walk *w)
{
    return w->text[*w->next];
}

static ost_status unexpected(ost_json_state *p, const uint32_t *token, const char *wanted)
{
    p->at = (uint32_t)(token - p->index);
    return ost_json_unexpected(p, wanted);
}

/* Offset of the quote that ends the string at the present token: the last byte before the next
 * token that is not white space. At the opening quote itself when index and text do not fit. */
static OST_ALWAYS_INLINE size_t string_end(const walk *w)
{
    size_t open = w->next[0], close = (size_t)w->next[1] - 1;
    while (close >= open + 8 && load8(w->text + close - 7) == UINT64_C(0x2020202020202020)) {
        close -= 8;
    }
    while (close > open && w->text[close] != '"') {
        close--;
    }
    return close;
}

/* Resolves escapes when a backslash lies in the string; p->backslash is where the last search found
 * one. */
static ost_status resolve(ost_json_state *p, size_t start, size_t close, size_t *len)
{
    if (close <= start - 1) {
        return ost_json_fail(p, OST_E_INTERNAL, start,
                             "the structural index does not fit the text");
    }
    if (p->backslash < start) {
        const char *hit = memchr(p->text + start, '\\', p->source.len - start);
        p->backslash = hit == NULL ? SIZE_MAX : (size_t)(hit - p->text);
    }
    *len = close - start;
    if (p->backslash >= close) {
        return OST_OK;
    }
    p->backslash = 0; /* the next string looks again */
    return ost_json_unescape(p, start, len);
}

/* The string at the present token, and moves past it. */
static OST_ALWAYS_INLINE ost_status read_string(ost_json_state *p, walk *w, uint32_t *start,
                                                size_t *len)
{
    size_t close = string_end(w);
    *start = *w->next + 1;
    *len = close - *start;
    w->next++;
    if (p->backslash < close || close < *start) {
        return resolve(p, *start, close, len);
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

/* A number, true, false or null at a token. */
static ost_status read_scalar(ost_json_state *p, const uint32_t *token, ost_node *node)
{
    static const struct word {
        const char *text;
        uint8_t len, kind;
    } words[] = {
        {"true", 4, OST_JSON_TRUE}, {"false", 5, OST_JSON_FALSE}, {"null", 4, OST_JSON_NULL}};
    size_t at = *token, len = 0;
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (is_literal(p, at, words[i].text, words[i].len)) {
            node->kind = words[i].kind;
            node->len = words[i].len;
            return OST_OK;
        }
    }
    char c = p->text[at];
    if (c == ',' || c == ':' || c == ']' || c == '}' || at == p->source.len) {
        return unexpected(p, token, "a value");
    }
    ost_status code = ost_json_number(p, at, &len);
    node->kind = OST_JSON_NUMBER;
    node->len = (uint32_t)len;
    return code;
}

/* Appends the value at the present token; arrays and objects stay open. The node is written where
 * it stays: a copy of 16 bytes made of smaller stores would wait for each of them (measured: a
 * quarter of stage 2). */
static OST_ALWAYS_INLINE ost_status read_value(ost_json_state *p, walk *w, uint32_t name)
{
    ost_node *node = &w->nodes[w->count];
    node->end = w->count + 1;
    node->name = (uint16_t)name;
    node->flags = 0;
    ost_status code = OST_OK;
    char c = look(w);
    if (c == '"') {
        uint32_t start = 0;
        size_t len = 0;
        code = read_string(p, w, &start, &len);
        node->kind = OST_JSON_STRING;
        node->text = p->base + start;
        node->len = (uint32_t)len;
    } else if (c == '{' || c == '[') {
        if (w->depth == OST_JSON_MAX_DEPTH) {
            return ost_json_fail(p, OST_E_LIMIT, *w->next,
                                 "values are nested deeper than %d levels", OST_JSON_MAX_DEPTH);
        }
        node->kind = c == '{' ? OST_JSON_OBJECT : OST_JSON_ARRAY;
        node->text = p->base + *w->next;
        node->len = 0;
        p->open[w->depth++] = w->in;
        w->in = (ost_json_open){.node = w->count, .object = c == '{'};
        w->next++;
    } else {
        node->text = p->base + *w->next;
        code = read_scalar(p, w->next, node);
        w->next++;
    }
    w->count++;
    return code;
}

/* Each name of an object may be there once. Done when the object is closed, so that one array of
 * serials is enough for all depths, and only when two of its names share a bit of the object's name
 * mask. */
static ost_status check_names(ost_json_state *p, uint32_t object, uint32_t end)
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
    for (uint32_t child = object + 1; child < end; child = tree->nodes[child].end) {
        uint32_t *seen = &reader->seen[tree->nodes[child].name];
        if (*seen == serial) {
            ost_str name = ost_tree_name(tree, child);
            return ost_json_fail(p, OST_E_SYNTAX, ost_json_name_offset(p, child),
                                 "the object has two members \"%.*s\"", OST_STR_ARG(name));
        }
        *seen = serial;
    }
    return OST_OK;
}

static OST_ALWAYS_INLINE ost_status close_node(ost_json_state *p, walk *w)
{
    ost_json_open in = w->in;
    ost_node *node = &w->nodes[in.node];
    node->end = w->count;
    node->len = p->base + *w->next + 1 - node->text;
    w->next++;
    w->in = p->open[--w->depth];
    return in.repeated ? check_names(p, in.node, w->count) : OST_OK;
}

/* A member's name and its colon. */
static OST_ALWAYS_INLINE ost_status read_name(ost_json_state *p, walk *w, uint32_t *name)
{
    if (look(w) != '"') {
        return unexpected(p, w->next, "the name of a member in double quotes");
    }
    uint32_t start = 0, offset = *w->next;
    size_t len = 0;
    ost_status code = read_string(p, w, &start, &len);
    if (code != OST_OK) {
        return code;
    }
    uint32_t id = name_id(p, w->text + start, len);
    if (id == OST_NAME_NONE) {
        return ost_err_memory(p->error, p->tree->arena);
    }
    if (id > OST_JSON_MAX_NAMES) {
        return ost_json_fail(p, OST_E_LIMIT, offset,
                             "there are more than %d different member names", OST_JSON_MAX_NAMES);
    }
    if (look(w) != ':') {
        return unexpected(p, w->next, "':'");
    }
    w->next++;
    uint64_t bit = UINT64_C(1) << (id & 63);
    w->in.repeated = w->in.repeated || (w->in.names & bit) != 0;
    w->in.names |= bit;
    *name = id;
    return OST_OK;
}

/* One member, one item, or the end of the innermost open array or object. */
static OST_ALWAYS_INLINE ost_status read_next(ost_json_state *p, walk *w)
{
    bool object = w->in.object;
    char c = look(w);
    if (c == (object ? '}' : ']')) {
        return close_node(p, w);
    }
    if (w->count != w->in.node + 1) {
        if (c != ',') {
            return unexpected(p, w->next, object ? "',' or '}'" : "',' or ']'");
        }
        w->next++;
    }
    uint32_t name = OST_NAME_NONE;
    ost_status code = object ? read_name(p, w, &name) : OST_OK;
    return code == OST_OK ? read_value(p, w, name) : code;
}

static ost_status parse_values(ost_json_state *p)
{
    ost_tree *tree = p->tree;
    walk w = {.text = p->text, .next = p->index, .nodes = tree->nodes, .count = p->first};
    ost_status code = read_value(p, &w, OST_NAME_NONE);
    while (code == OST_OK && w.depth > 0) {
        code = read_next(p, &w);
    }
    tree->count = w.count;
    if (code == OST_OK && w.next != p->index + p->count) {
        code = unexpected(p, w.next, "the end of the text");
    }
    return code;
}

/* The copy of the source with its padding. */
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
    char *text = ost_arena_grow_raw(tree->arena, tree->text, &tree->text_capacity, want, 1);
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
    /* A value needs two tokens, unless it is the first of an array or object that is still open. */
    size_t most = p->count / 2 + OST_JSON_MAX_DEPTH;
    most = most < p->count ? most : p->count;
    ost_node *nodes = ost_arena_grow_raw(tree->arena, tree->nodes, &tree->capacity,
                                         tree->count + most + 1, sizeof *nodes);
    if (nodes == NULL) {
        return ost_err_memory(p->error, tree->arena);
    }
    tree->nodes = nodes;
    return parse_values(p);
}

ost_status ost_json_parse(ost_tree *tree, ost_str source, uint32_t *root, ost_error *error)
{
    ost_json_state p;
    p.tree = tree;
    p.reader = NULL;
    p.source = source;
    p.text = NULL;
    p.index = NULL;
    p.base = p.count = p.at = 0;
    p.first = (uint32_t)tree->count;
    p.backslash = 0;
    p.error = error;
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
