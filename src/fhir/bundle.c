/* From texts to resources: what a text is, and every resource that lies in a document. A bundle may
 * be of any type and may hold bundles; what is not a resource is a message, and the rest is still
 * read. FHIR R4, section 2.36 (Bundle). */
#include "fhir/record_detail.h"

/* The next line that is not blank, without the spaces around it. */
static bool next_line(ost_str *rest, ost_str *line)
{
    while (ost_str_next(rest, '\n', line)) {
        *line = ost_str_trim(*line);
        if (line->len > 0) {
            return true;
        }
    }
    return false;
}

/* The brackets outside of texts close at the end of the line and not before. */
static bool is_whole_object(ost_str line)
{
    size_t depth = 0;
    bool in_text = false;
    if (line.len < 2 || line.ptr[0] != '{' || line.ptr[line.len - 1] != '}') {
        return false;
    }
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (in_text) {
            i += c == '\\' ? 1 : 0;
            in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1 == line.len;
        }
    }
    return false;
}

static bool starts_json(ost_str line)
{
    return line.ptr[0] == '{' || line.ptr[0] == '[';
}

static bool has_whole_object(ost_str rest)
{
    ost_str line;
    while (next_line(&rest, &line)) {
        if (is_whole_object(line)) {
            return true;
        }
    }
    return false;
}

/* A byte order mark says nothing. */
static ost_str without_mark(ost_str text)
{
    return ost_str_starts(text, OST_STR("\xEF\xBB\xBF")) ? ost_str_sub(text, 3, text.len) : text;
}

/* JSON starts with an object or a list; a case file has no line that is an object. */
bool ost_text_is_case(ost_str text)
{
    ost_str rest = without_mark(text), line;
    return next_line(&rest, &line) && !starts_json(line) && !has_whole_object(rest);
}

/* In one JSON document a comma or a bracket follows an object, not another value. */
static bool ends_line_of_many(ost_str line, const ost_str *next)
{
    return is_whole_object(line) &&
           (next == NULL || (next->ptr[0] != ',' && next->ptr[0] != ']' && next->ptr[0] != '}'));
}

/* NDJSON: a whole object on a line of its own, and something before or after it. The first line may
 * be a broken one: one that starts no JSON at all, or an object that is cut. A document over
 * several lines starts like the latter, so then only the next two lines are looked at. */
ost_text_form ost_text_form_of(ost_str text)
{
    ost_str rest = without_mark(text), lines[4];
    size_t count = 0;
    while (count < OST_ARRAY_LEN(lines) && next_line(&rest, &lines[count])) {
        count++;
    }
    if (count == 0 || (count == 1 && starts_json(lines[0]))) {
        return OST_TEXT_JSON;
    }
    if (!starts_json(lines[0])) {
        return ost_text_is_case(text) ? OST_TEXT_CASE : OST_TEXT_NDJSON;
    }
    bool many = is_whole_object(lines[0]);
    for (size_t i = 1; i < count && i < OST_ARRAY_LEN(lines) - 1; i++) {
        many = many || ends_line_of_many(lines[i], i + 1 < count ? &lines[i + 1] : NULL);
    }
    return many ? OST_TEXT_NDJSON : OST_TEXT_JSON;
}

void ost_reading_add_part(ost_reading *in, ost_part part)
{
    ost_part *parts =
        ost_arena_grow(in->arena, in->parts, &in->part_capacity, in->part_count + 1, sizeof *parts);
    if (parts == NULL) {
        in->failed = true;
        return;
    }
    in->parts = parts;
    parts[in->part_count++] = part;
}

void ost_reading_add_text(ost_reading *in, ost_str text, ost_str name)
{
    if (ost_text_form_of(text) != OST_TEXT_NDJSON) {
        ost_reading_add_part(in, (ost_part){.text = text, .name = name, .line = 1});
        return;
    }
    ost_str rest = text, line;
    for (uint32_t number = 1; ost_str_next(&rest, '\n', &line); number++) {
        if (ost_str_trim(line).len > 0) {
            ost_reading_add_part(in, (ost_part){.text = line, .name = name, .line = number});
        }
    }
}

/* Where a resource stands: a chain from the inside outwards, whose text is made only when a message
 * needs it. NULL is the document itself. */
typedef struct place {
    const struct place *outer;
    enum { PLACE_BUNDLE, PLACE_ENTRY, PLACE_RESOURCE, PLACE_ITEM } kind;
    size_t index;
} place;

static void write_place(ost_buf *out, const place *p)
{
    if (p->outer != NULL) {
        write_place(out, p->outer);
    }
    switch (p->kind) {
    case PLACE_BUNDLE:
        ost_buf_text(out, "Bundle");
        return;
    case PLACE_ENTRY:
        ost_buf_printf(out, ".entry[%zu]", p->index);
        return;
    case PLACE_RESOURCE:
        ost_buf_text(out, ".resource");
        return;
    case PLACE_ITEM:
        ost_buf_printf(out, "[%zu]", p->index);
        return;
    }
}

/* "Bundle.entry[3].resource". */
static ost_str place_text(ost_reading *in, const place *p)
{
    if (p == NULL) {
        return (ost_str){NULL, 0};
    }
    ost_buf text = ost_buf_init(in->arena);
    write_place(&text, p);
    return ost_reading_text(in, "%.*s", OST_STR_ARG(ost_buf_str(&text)));
}

/* A note without a value in it; a warning is about what could not be read. */
static void note(ost_reading *in, ost_level level, const place *p, uint32_t node, const char *what)
{
    in->incomplete = in->incomplete || level == OST_LEVEL_WARNING;
    ost_reading_note(in, level, place_text(in, p), node, "%s", what);
}

/* What the server said went wrong: the reader should know that the record may be incomplete. */
static void note_outcome(ost_reading *in, uint32_t outcome, const place *p)
{
    const ost_tree *tree = in->tree;
    uint32_t issues = ost_tree_get(tree, outcome, "issue");
    ost_str text = {NULL, 0};
    if (issues != 0 && ost_tree_first(tree, issues) != 0) {
        uint32_t issue = ost_tree_first(tree, issues);
        uint32_t said = ost_tree_get(tree, issue, "diagnostics");
        said = said != 0 ? said : ost_tree_get(tree, issue, "code");
        text = said != 0 ? ost_tree_text(tree, said) : text;
    }
    in->incomplete = true;
    ost_reading_note(
        in, OST_LEVEL_WARNING, place_text(in, p), outcome,
        "the source reports a problem (OperationOutcome): %.*s; the record may be incomplete",
        OST_STR_ARG(text));
}

static uint64_t head_of(ost_str id)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++) {
        head = head << 8 | (i < id.len ? (unsigned char)id.ptr[i] : 0);
    }
    return head;
}

static void take_members(const ost_model *model, const ost_members *members, ost_found *found)
{
    uint32_t subject = members->node[model->known.subject];
    uint32_t patient = members->node[model->known.patient];
    found->subject = subject != 0   ? subject
                     : patient != 0 ? patient
                                    : members->node[model->known.beneficiary];
    found->status = members->node[model->known.status];
    found->verification = members->node[model->known.verificationStatus];
    found->modifier = members->node[model->known.modifierExtension];
    found->code = members->node[model->known.code];
}

void ost_reading_find_members(const ost_reading *in, ost_found *found)
{
    ost_members members;
    ost_tree_members(in->tree, found->node, &members);
    take_members(in->model, &members, found);
}

/* A record has a few types and many resources, so each is asked for again and again. The names of
 * the usual types differ in length, first and fifth letter. */
static uint32_t type_id(ost_reading *in, ost_str name)
{
    enum { LETTER = 4 };
    size_t at = name.len * 3;
    if (name.len > LETTER) {
        at += (size_t)(unsigned char)name.ptr[0] * 41 + (unsigned char)name.ptr[LETTER];
    }
    at %= OST_READING_TYPES;
    if (!ost_str_equal(in->last_types[at].name, name)) {
        uint32_t type = ost_model_type_id(in->model, name);
        ost_str known = type == OST_TYPE_NONE ? (ost_str){NULL, 0} : in->model->types[type].name;
        in->last_types[at].type = type;
        in->last_types[at].name = known;
    }
    return in->last_types[at].type;
}

static void add_resource(ost_reading *in, uint32_t node, const ost_members *members,
                         ost_str full_url, const place *p)
{
    const ost_model *model = in->model;
    ost_str type_name = ost_tree_string(in->tree, members->node[model->known.resourceType]);
    if (type_name.ptr == NULL) {
        note(in, OST_LEVEL_WARNING, p, node,
             "this has no resourceType, so it is not a FHIR resource, and is not used");
        return;
    }
    if (ost_str_is(type_name, "OperationOutcome")) {
        note_outcome(in, node, p);
        return;
    }
    uint32_t type = type_id(in, type_name);
    if (type == OST_TYPE_NONE || !ost_model_is(model, type, model->resource_type)) {
        in->incomplete = true;
        ost_reading_note(in, OST_LEVEL_WARNING, place_text(in, p), node,
                         "\"%.*s\" is not a resource type of FHIR R4, and is not used",
                         OST_STR_ARG(type_name));
        return;
    }
    ost_found *all = ost_arena_grow_raw(in->arena, in->found, &in->found_capacity,
                                        in->found_count + 1, sizeof *all);
    if (all == NULL) {
        in->failed = true;
        return;
    }
    in->found = all;
    ost_found *found = &all[in->found_count++];
    *found = (ost_found){
        .origin = node, .node = node, .type = type, .full_url = full_url, .counts = true};
    found->id = ost_tree_string(in->tree, members->node[model->known.id]);
    found->id_head = head_of(found->id);
    if (found->id.len == 0) {
        found->place = place_text(in, p);
    }
    take_members(model, members, found);
    if (in->dates != NULL) {
        ost_reading_date(in, found);
    }
    if (in->code_elements != NULL) {
        ost_reading_codes(in, found);
    }
}

static void collect_node(ost_reading *in, uint32_t node, ost_str full_url, const place *p);

static bool text_member_is(const ost_tree *tree, uint32_t object, const char *name,
                           const char *text)
{
    uint32_t node = object == 0 ? 0 : ost_tree_get(tree, object, name);
    return node != 0 && ost_str_is(ost_tree_text(tree, node), text);
}

/* Outcomes of a search are about the search; a deleted entry has no resource. */
static void collect_entry(ost_reading *in, uint32_t entry, const place *p)
{
    const ost_tree *tree = in->tree;
    if (tree->nodes[entry].kind != OST_JSON_OBJECT) {
        note(in, OST_LEVEL_WARNING, p, entry, "an entry must be an object");
        return;
    }
    ost_members members;
    ost_tree_members(tree, entry, &members);
    if (text_member_is(tree, members.node[in->model->known.search], "mode", "outcome")) {
        return;
    }
    uint32_t resource = members.node[in->model->known.resource];
    if (resource == 0) {
        uint32_t request = members.node[in->model->known.request];
        bool deleted = text_member_is(tree, request, "method", "DELETE");
        note(in, OST_LEVEL_WARNING, p, entry,
             deleted ? "the entry deletes a resource, which is not followed"
                     : "the entry has no resource");
        return;
    }
    ost_str full_url = ost_tree_string(in->tree, members.node[in->model->known.fullUrl]);
    const place inner = {p, PLACE_RESOURCE, 0};
    collect_node(in, resource, full_url, &inner);
}

/* About as much as a resource has. */
static void fetch_resource(const ost_tree *tree, uint32_t node)
{
    enum { NODES = 48, BYTES = 1024 };
    ost_reading_fetch(tree, node, NODES);
    ost_reading_fetch_text(tree, node, BYTES);
}

static void collect_bundle(ost_reading *in, uint32_t bundle, const place *p)
{
    const ost_tree *tree = in->tree;
    uint32_t entries = ost_tree_member(tree, bundle, in->model->known.entry);
    if (entries == 0) {
        return;
    }
    if (tree->nodes[entries].kind != OST_JSON_ARRAY) {
        note(in, OST_LEVEL_WARNING, p, entries, "Bundle.entry must be a list");
        return;
    }
    place inner = {p, PLACE_ENTRY, 0};
    uint32_t next = ost_tree_first(tree, entries);
    for (uint32_t entry = next; entry != 0; entry = next) {
        next = ost_tree_next(tree, entries, entry);
        fetch_resource(tree, next);
        collect_entry(in, entry, &inner);
        inner.index++;
    }
}

/* As deep as the document, which has at most OST_JSON_MAX_DEPTH levels. */
static void collect_node(ost_reading *in, uint32_t node, ost_str full_url, const place *p)
{
    if (in->tree->nodes[node].kind != OST_JSON_OBJECT) {
        note(in, OST_LEVEL_WARNING, p, node, "a FHIR resource is an object, this is not used");
        return;
    }
    ost_members members;
    ost_tree_members(in->tree, node, &members);
    if (!ost_str_is(ost_tree_string(in->tree, members.node[in->model->known.resourceType]),
                    "Bundle")) {
        add_resource(in, node, &members, full_url, p);
        return;
    }
    static const place outermost = {NULL, PLACE_BUNDLE, 0};
    if (p != NULL) {
        note(in, OST_LEVEL_INFO, p, node, "a bundle inside a bundle: its entries are read as well");
    }
    collect_bundle(in, node, p == NULL ? &outermost : p);
}

/* A document: a resource, a bundle, or a list of these. */
void ost_reading_collect(ost_reading *in, size_t part, uint32_t root)
{
    const ost_tree *tree = in->tree;
    ost_str full_url = in->parts[part].full_url;
    if (tree->nodes[root].kind != OST_JSON_ARRAY) {
        collect_node(in, root, full_url, NULL);
        return;
    }
    place item_place = {NULL, PLACE_ITEM, 0};
    for (uint32_t item = ost_tree_first(tree, root); item != 0;
         item = ost_tree_next(tree, root, item)) {
        collect_node(in, item, (ost_str){NULL, 0}, &item_place);
        item_place.index++;
    }
}
