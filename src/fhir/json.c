/* JSON text -> flat tree, stage 2: a walk over the structural index that checks the whole grammar
 * of RFC 8259 and appends one node per value.
 *
 * Strings and numbers refer to the source, which may stay where it is or is copied once. A string's
 * end is found from the next structural byte, backwards over white space, so its bytes are not read
 * unless a backslash lies in it (one running memchr says where the next is). Without its escapes it
 * then lies in tree->escaped. Measured on a 1.8 MB bundle: see bench/. */
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

static void forget_names(struct ost_json_reader *reader)
{
    memset(reader->names, 0, sizeof reader->names);
    memset(reader->likely, 0, sizeof reader->likely);
    reader->names[0].len = UINT32_MAX; /* fits no name */
    reader->name_count = 0;
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
    forget_names(reader);
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

/* Names of up to 16 bytes are equal when their first and last eight bytes are. */
static OST_ALWAYS_INLINE bool is_name(const ost_json_name *slot, const char *ptr, size_t len)
{
    if (len != slot->len) {
        return false;
    }
    uint64_t other = (load8(ptr) ^ slot->head) | (load8(ptr + slot->tail_at) ^ slot->tail);
    return (other & slot->mask) == 0 && (len <= 16 || memcmp(slot->ptr, ptr, len) == 0);
}

/* The slot of a name, or the free one where it belongs. The bytes after the text are padding, so
 * eight may always be read. */
static ost_json_name *slot_of(struct ost_json_reader *reader, const char *ptr, size_t len)
{
    uint64_t mask = len >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * len)) - 1;
    uint64_t tail = load8(ptr + (len > 8 ? len - 8 : 0)) & mask;
    uint64_t hash = ((load8(ptr) & mask) ^ (tail * UINT64_C(0x9E3779B97F4A7C15)) ^ len) *
                    UINT64_C(0xD6E8FEB86659FD93);
    size_t at = (size_t)(hash >> 32) % OST_JSON_NAME_SLOTS;
    while (reader->names[1 + at].ptr != NULL && !is_name(&reader->names[1 + at], ptr, len)) {
        at = (at + 1) % OST_JSON_NAME_SLOTS;
    }
    return &reader->names[1 + at];
}

static void fill_slot(const ost_tree *tree, ost_json_name *slot, uint32_t id)
{
    /* Not the bytes of the text: they move when tree->text grows. */
    uint32_t own = tree->model == NULL ? 1 : tree->model->name_count;
    ost_str name = id < own ? tree->model->names[id] : tree->own_names[id - own];
    char bytes[16] = {0};
    size_t tail_at = name.len > 8 ? name.len - 8 : 0;
    size_t head_len = name.len < 8 ? name.len : 8;
    memcpy(bytes, name.ptr, head_len);
    memcpy(bytes + 8, name.ptr + tail_at, head_len);
    *slot =
        (ost_json_name){.head = load8(bytes),
                        .tail = load8(bytes + 8),
                        .mask = name.len >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * name.len)) - 1,
                        .bit = UINT64_C(1) << (id & 63),
                        .ptr = name.ptr,
                        .len = (uint32_t)name.len,
                        .tail_at = (uint32_t)tail_at,
                        .id = id};
}

/* The slot of a name that was not foreseen, filled by intern when it is a new one; NULL and an
 * error when that is not possible. */
static ost_json_name *find_name(ost_json_state *p, const char *ptr, size_t len, size_t place,
                                ost_status *code)
{
    ost_json_name *slot = slot_of(p->reader, ptr, len);
    if (slot->ptr != NULL) {
        return slot;
    }
    if (p->reader->name_count == OST_JSON_NAME_SLOTS / 2) {
        forget_names(p->reader);
        slot = slot_of(p->reader, ptr, len);
    }
    uint32_t id = intern(p->tree, (ost_str){ptr, len});
    if (id == OST_NAME_NONE) {
        *code = ost_err_memory(p->error, p->tree->arena);
        return NULL;
    }
    if (id > OST_JSON_MAX_NAMES) {
        *code = ost_json_fail(p, OST_E_LIMIT, place,
                              "there are more than %d different member names", OST_JSON_MAX_NAMES);
        return NULL;
    }
    fill_slot(p->tree, slot, id);
    p->reader->name_count++;
    return slot;
}

/* The moving part of a parse. It stays in registers, since every function that gets its address is
 * inlined (measured: the tree of a bundle in 1.9 instead of 2.3 times simdjson's DOM parse). The
 * item after the last token points at the padding, so that a look there gives NUL and never
 * matches. */
typedef struct walk {
    const char *text;
    const uint32_t *next; /* token */
    ost_node *nodes;
    ost_json_open *in; /* the innermost open array or object */
    size_t backslash;  /* where the last search found one; SIZE_MAX = none left, 0 = look again */
    uint32_t count;
    uint32_t name; /* the last one in the text */
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

/* Offset of the quote that ends the string: the last byte before `close` that is not white space.
 * At the opening quote itself when index and text do not fit. */
static size_t quote_before(const char *text, size_t open, size_t close)
{
    while (close >= open + 8 && load8(text + close - 7) == UINT64_C(0x2020202020202020)) {
        close -= 8;
    }
    while (close > open && text[close] != '"') {
        close--;
    }
    return close;
}

/* A string: where it lies, and whether that is tree->escaped and not the text. */
typedef struct string {
    size_t start, len;
    bool escaped;
} string;

/* Resolves escapes when a backslash lies in the string. Returns the new value of
 * walk.backslash. */
static size_t resolve(ost_json_state *p, size_t backslash, string *s, ost_status *code)
{
    if (backslash < s->start) {
        const char *hit = memchr(p->text + s->start, '\\', p->source.len - s->start);
        backslash = hit == NULL ? SIZE_MAX : (size_t)(hit - p->text);
    }
    if (backslash >= s->start + s->len) {
        return backslash;
    }
    *code = ost_json_unescape(p, s->start, &s->start, &s->len);
    s->escaped = true;
    return 0; /* the next string looks again */
}

/* The string at the present token, and moves past it. */
static OST_ALWAYS_INLINE ost_status read_string(ost_json_state *p, walk *w, string *out)
{
    size_t open = w->next[0], close = (size_t)w->next[1] - 1;
    w->next++;
    if (OST_UNLIKELY(w->text[close] != '"')) {
        close = quote_before(w->text, open, close);
    }
    if (OST_UNLIKELY(close <= open)) {
        return ost_json_fail(p, OST_E_INTERNAL, open, "the structural index does not fit the text");
    }
    out->start = open + 1;
    out->len = close - open - 1;
    out->escaped = false;
    ost_status code = OST_OK;
    if (OST_UNLIKELY(w->backslash < close)) {
        string resolved = *out;
        w->backslash = resolve(p, w->backslash, &resolved, &code);
        *out = resolved;
    }
    return code;
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

/* The node is written where it stays: a copy of 16 bytes made of smaller stores would wait for each
 * of them (measured: a quarter of stage 2). */
static OST_ALWAYS_INLINE ost_node *add_node(ost_json_state *p, walk *w, uint32_t name)
{
    ost_node *node = &w->nodes[w->count++];
    node->text = p->base + *w->next;
    node->end = w->count;
    node->name = (uint16_t)name;
    node->flags = 0;
    return node;
}

static OST_ALWAYS_INLINE ost_status add_string(ost_json_state *p, walk *w, uint32_t name)
{
    ost_node *node = add_node(p, w, name);
    string text = {0};
    ost_status code = read_string(p, w, &text);
    node->kind = OST_JSON_STRING;
    node->text = (uint32_t)text.start + (text.escaped ? 0 : p->base);
    node->flags = text.escaped ? OST_NODE_ESCAPED : 0;
    node->len = (uint32_t)text.len;
    return code;
}

static OST_ALWAYS_INLINE ost_status open_node(ost_json_state *p, walk *w, uint32_t name, char c)
{
    if (OST_UNLIKELY(w->in == &p->open[OST_JSON_MAX_DEPTH])) {
        return ost_json_fail(p, OST_E_LIMIT, *w->next, "values are nested deeper than %d levels",
                             OST_JSON_MAX_DEPTH);
    }
    w->in++;
    w->in->names = w->in->repeated = 0;
    w->in->node = w->count;
    w->in->name = OST_NAME_NONE;
    w->in->end = c == '{' ? '}' : ']';
    ost_node *node = add_node(p, w, name);
    node->kind = c == '{' ? OST_JSON_OBJECT : OST_JSON_ARRAY;
    node->len = 0;
    w->next++;
    return OST_OK;
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
    const ost_json_open *in = w->in--;
    ost_node *node = &w->nodes[in->node];
    node->end = w->count;
    node->len = p->base + *w->next + 1 - node->text;
    w->next++;
    return OST_UNLIKELY(in->repeated != 0) ? check_names(p, in->node, w->count) : OST_OK;
}

/* The name at the present token, in w->name. FHIR repeats itself: after the same name before it in
 * the text and the same one before it in its object comes the same name, 95 times of 100. So the
 * usual name is compared and not looked up. */
static OST_ALWAYS_INLINE ost_status match_name(ost_json_state *p, walk *w, string text,
                                               size_t place)
{
    const char *ptr = (text.escaped ? p->tree->escaped : w->text) + text.start;
    ost_json_open *in = w->in;
    uint16_t *likely = &p->reader->likely[(w->name ^ (in->name << 5)) % OST_JSON_LIKELY_SLOTS];
    const ost_json_name *slot = &p->reader->names[*likely];
    if (!is_name(slot, ptr, text.len)) {
        ost_status code = OST_OK;
        slot = find_name(p, ptr, text.len, place, &code);
        if (slot == NULL) {
            return code;
        }
        *likely = (uint16_t)(slot - p->reader->names);
    }
    w->name = in->name = slot->id;
    in->repeated |= in->names & slot->bit;
    in->names |= slot->bit;
    return OST_OK;
}

/* A member's name and its colon. */
static OST_ALWAYS_INLINE ost_status read_name(ost_json_state *p, walk *w)
{
    if (OST_UNLIKELY(look(w) != '"')) {
        return unexpected(p, w->next, "the name of a member in double quotes");
    }
    size_t place = *w->next;
    string text = {0};
    ost_status code = read_string(p, w, &text);
    if (OST_UNLIKELY(code != OST_OK)) {
        return code;
    }
    code = match_name(p, w, text, place);
    if (OST_UNLIKELY(code != OST_OK)) {
        return code;
    }
    if (OST_UNLIKELY(look(w) != ':')) {
        return unexpected(p, w->next, "':'");
    }
    w->next++;
    return OST_OK;
}

/* A member or an item, and what it starts with when it is not a string or number: the first member
 * of its first item, and so on. What was opened stays open. */
static OST_ALWAYS_INLINE ost_status read_value(ost_json_state *p, walk *w, uint32_t name)
{
    char c = look(w);
    for (; c == '{' || c == '['; c = look(w)) {
        ost_status code = open_node(p, w, name, c);
        if (code != OST_OK || look(w) == w->in->end) {
            return code;
        }
        name = OST_NAME_NONE;
        if (c == '{') {
            code = read_name(p, w);
            if (code != OST_OK) {
                return code;
            }
            name = w->name;
        }
    }
    if (c == '"') {
        return add_string(p, w, name);
    }
    ost_status code = read_scalar(p, w->next, add_node(p, w, name));
    w->next++;
    return code;
}

/* What follows a value inside an array or object: one more, or the end. */
static OST_ALWAYS_INLINE ost_status read_next(ost_json_state *p, walk *w)
{
    char c = look(w);
    if (c == w->in->end) {
        return close_node(p, w);
    }
    bool object = w->in->end == '}';
    if (OST_UNLIKELY(c != ',')) {
        return unexpected(p, w->next, object ? "',' or '}'" : "',' or ']'");
    }
    w->next++;
    if (!object) {
        return read_value(p, w, OST_NAME_NONE);
    }
    ost_status code = read_name(p, w);
    return code == OST_OK ? read_value(p, w, w->name) : code;
}

static ost_status parse_values(ost_json_state *p)
{
    ost_tree *tree = p->tree;
    walk w = {
        .text = p->text, .next = p->index, .nodes = tree->nodes, .in = p->open, .count = p->first};
    ost_status code = read_value(p, &w, OST_NAME_NONE);
    while (code == OST_OK && w.in != p->open) {
        code = read_next(p, &w);
    }
    tree->count = w.count;
    if (code == OST_OK && w.next != p->index + p->count) {
        code = unexpected(p, w.next, "the end of the text");
    }
    return code;
}

/* The documents so far and this one, with its padding, in memory of our own. */
static bool copy_source(ost_json_state *p, size_t want)
{
    ost_tree *tree = p->tree;
    bool first = tree->copied == NULL;
    char *text = ost_arena_grow_raw(tree->arena, tree->copied, &tree->copied_capacity, want, 1);
    if (text == NULL) {
        return false;
    }
    if (first && tree->text_len > 0) {
        memcpy(text, tree->text, tree->text_len);
    }
    if (p->source.len > 0) {
        memcpy(text + tree->text_len, p->source.ptr, p->source.len);
    }
    memset(text + tree->text_len + p->source.len, 0, OST_JSON_PADDING);
    tree->copied = text;
    tree->text = text;
    return true;
}

static ost_status take_source(ost_json_state *p)
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
    bool keep = p->kept && tree->copied == NULL && tree->text_len == 0;
    if (!make_reader(tree) || (!keep && !copy_source(p, want))) {
        return ost_err_memory(p->error, tree->arena);
    }
    tree->text = keep ? p->source.ptr : tree->text;
    p->base = (uint32_t)tree->text_len;
    p->text = tree->text + tree->text_len;
    p->reader = tree->reader;
    return OST_OK;
}

static ost_status parse_document(ost_json_state *p)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    ost_status code = take_source(p);
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

static ost_status parse(ost_tree *tree, ost_str source, bool kept, uint32_t *root, ost_error *error)
{
    ost_json_state p;
    p.tree = tree;
    p.reader = NULL;
    p.source = source;
    p.kept = kept;
    p.text = NULL;
    p.index = NULL;
    p.base = p.count = p.at = 0;
    p.first = (uint32_t)tree->count;
    p.error = error;
    size_t count = tree->count, escaped_len = tree->escaped_len, own_count = tree->own_count;
    ost_status code = parse_document(&p);
    if (code != OST_OK) {
        tree->count = count;
        tree->escaped_len = escaped_len;
        if (tree->own_count > own_count) {
            /* Ids of the lost names may not be remembered. */
            forget_names(tree->reader);
            tree->own_count = own_count;
        }
        return code;
    }
    tree->text_len += source.len;
    *root = (uint32_t)count;
    return OST_OK;
}

ost_status ost_json_parse(ost_tree *tree, ost_str source, uint32_t *root, ost_error *error)
{
    return parse(tree, source, false, root, error);
}

ost_status ost_json_parse_kept(ost_tree *tree, ost_str source, uint32_t *root, ost_error *error)
{
    return parse(tree, source, true, root, error);
}

bool ost_json_add_null(ost_tree *tree)
{
    ost_node *nodes = ost_arena_grow_raw(tree->arena, tree->nodes, &tree->capacity, tree->count + 1,
                                         sizeof *nodes);
    if (nodes == NULL) {
        return false;
    }
    tree->nodes = nodes;
    nodes[tree->count] = (ost_node){
        .text = (uint32_t)tree->text_len, .end = (uint32_t)tree->count + 1, .kind = OST_JSON_NULL};
    tree->count++;
    return true;
}
