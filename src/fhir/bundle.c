/* From texts to resources: what a text is, and every resource that lies in a document. A bundle may
 * be of any type and may hold bundles; what is not a resource is a message, and the rest is still
 * read. FHIR R4, section 2.36 (Bundle). */
#include "fhir/record_detail.h"

static bool next_line(ost_str *rest, ost_str *line)
{
    while (ost_str_next(rest, '\n', line)) {
        if (ost_str_trim(*line).len > 0) {
            return true;
        }
    }
    return false;
}

static bool is_whole_object(ost_str line)
{
    return line.ptr[0] == '{' && line.len > 1 && line.ptr[line.len - 1] == '}';
}

/* NDJSON: a line that looks like a whole object, and one after it that starts another; JSON would
 * need a comma between. The first line may be a broken one, so the next two are looked at as
 * well. */
ost_text_form ost_text_form_of(ost_str text)
{
    ost_str rest = text, lines[3];
    size_t count = 0;
    while (count < 3 && next_line(&rest, &lines[count])) {
        lines[count] = ost_str_trim(lines[count]);
        count++;
    }
    if (count > 0 && ost_str_starts(lines[0], OST_STR("\xEF\xBB\xBF"))) {
        lines[0] = ost_str_trim(ost_str_sub(lines[0], 3, lines[0].len));
    }
    char first = count > 0 && lines[0].len > 0 ? lines[0].ptr[0] : '{';
    if (first != '{' && first != '[') {
        return OST_TEXT_CASE;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (lines[i].len > 0 && is_whole_object(lines[i]) && lines[i + 1].ptr[0] == '{') {
            return OST_TEXT_NDJSON;
        }
    }
    return OST_TEXT_JSON;
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

static ost_str member_text(const ost_reading *in, uint32_t object, uint32_t name)
{
    uint32_t node = ost_tree_member(in->tree, object, name);
    if (node == 0 || in->tree->nodes[node].kind != OST_JSON_STRING) {
        return (ost_str){NULL, 0};
    }
    return ost_tree_text(in->tree, node);
}

static uint32_t member_string(const ost_reading *in, uint32_t object, uint32_t name)
{
    uint32_t node = ost_tree_member(in->tree, object, name);
    return node != 0 && in->tree->nodes[node].kind == OST_JSON_STRING ? node : 0;
}

/* What the server said went wrong: the reader should know that the record may be incomplete. */
static void note_outcome(ost_reading *in, uint32_t outcome, ost_str path)
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
    ost_reading_note(
        in, OST_LEVEL_WARNING, path, outcome,
        "the source reports a problem (OperationOutcome): %.*s; the record may be incomplete",
        OST_STR_ARG(text));
}

static void add_resource(ost_reading *in, uint32_t node, ost_str full_url, ost_str place)
{
    const ost_model *model = in->model;
    ost_str type_name = member_text(in, node, model->known.resourceType);
    if (type_name.ptr == NULL) {
        ost_reading_note(in, OST_LEVEL_WARNING, place, node,
                         "this has no resourceType, so it is not a FHIR resource, and is not used");
        return;
    }
    uint32_t type = ost_model_type_id(model, type_name);
    if (ost_str_is(type_name, "OperationOutcome")) {
        note_outcome(in, node, place);
        return;
    }
    if (type == OST_TYPE_NONE ||
        !ost_model_is(model, type, ost_model_type_id(model, OST_STR("Resource")))) {
        ost_reading_note(in, OST_LEVEL_WARNING, place, node,
                         "\"%.*s\" is not a resource type of FHIR R4, and is not used",
                         OST_STR_ARG(type_name));
        return;
    }
    ost_found found = {.origin = node,
                       .node = node,
                       .type = type,
                       .full_url = full_url,
                       .counts = true,
                       .path = place};
    found.id = member_text(in, node, model->known.id);
    if (found.id.len > 0) {
        found.path =
            ost_reading_text(in, "%.*s/%.*s", OST_STR_ARG(type_name), OST_STR_ARG(found.id));
    }
    uint32_t meta = ost_tree_member(in->tree, node, model->known.meta);
    if (meta != 0) {
        found.version = member_string(in, meta, model->known.versionId);
        found.updated = member_string(in, meta, model->known.lastUpdated);
    }
    ost_found *all =
        ost_arena_grow(in->arena, in->found, &in->found_capacity, in->found_count + 1, sizeof *all);
    if (all == NULL) {
        in->failed = true;
        return;
    }
    in->found = all;
    all[in->found_count++] = found;
}

static void collect_node(ost_reading *in, uint32_t node, ost_str full_url, ost_str place);

/* Outcomes of a search are about the search; a deleted entry has no resource. */
static void collect_entry(ost_reading *in, uint32_t entry, ost_str place)
{
    const ost_tree *tree = in->tree;
    if (tree->nodes[entry].kind != OST_JSON_OBJECT) {
        ost_reading_note(in, OST_LEVEL_WARNING, place, entry, "an entry must be an object");
        return;
    }
    uint32_t search = ost_tree_get(tree, entry, "search");
    uint32_t mode = search == 0 ? 0 : ost_tree_get(tree, search, "mode");
    if (mode != 0 && ost_str_is(ost_tree_text(tree, mode), "outcome")) {
        return;
    }
    uint32_t resource = ost_tree_member(tree, entry, in->model->known.resource);
    if (resource == 0) {
        uint32_t request = ost_tree_get(tree, entry, "request");
        uint32_t method = request == 0 ? 0 : ost_tree_get(tree, request, "method");
        bool deleted = method != 0 && ost_str_is(ost_tree_text(tree, method), "DELETE");
        ost_reading_note(in, OST_LEVEL_WARNING, place, entry,
                         deleted ? "the entry deletes a resource, which is not followed"
                                 : "the entry has no resource");
        return;
    }
    ost_str full_url = member_text(in, entry, in->model->known.fullUrl);
    collect_node(in, resource, full_url, ost_reading_text(in, "%.*s.resource", OST_STR_ARG(place)));
}

static void collect_bundle(ost_reading *in, uint32_t bundle, ost_str place)
{
    const ost_tree *tree = in->tree;
    uint32_t entries = ost_tree_member(tree, bundle, in->model->known.entry);
    if (entries == 0) {
        return;
    }
    if (tree->nodes[entries].kind != OST_JSON_ARRAY) {
        ost_reading_note(in, OST_LEVEL_WARNING, place, entries, "Bundle.entry must be a list");
        return;
    }
    size_t index = 0;
    for (uint32_t entry = ost_tree_first(tree, entries); entry != 0;
         entry = ost_tree_next(tree, entries, entry)) {
        collect_entry(in, entry,
                      ost_reading_text(in, "%.*s.entry[%zu]", OST_STR_ARG(place), index));
        index++;
    }
}

/* As deep as the document, which has at most OST_JSON_MAX_DEPTH levels. */
static void collect_node(ost_reading *in, uint32_t node, ost_str full_url, ost_str place)
{
    if (in->tree->nodes[node].kind != OST_JSON_OBJECT) {
        ost_reading_note(in, OST_LEVEL_WARNING, place, node,
                         "a FHIR resource is an object, this is not used");
        return;
    }
    ost_str type = member_text(in, node, in->model->known.resourceType);
    if (!ost_str_is(type, "Bundle")) {
        add_resource(in, node, full_url, place);
        return;
    }
    bool inner = place.len > 0;
    if (inner) {
        ost_reading_note(in, OST_LEVEL_INFO, place, node,
                         "a bundle inside a bundle: its entries are read as well");
    }
    collect_bundle(in, node, inner ? place : OST_STR("Bundle"));
}

/* A document: a resource, a bundle, or a list of these. */
void ost_reading_collect(ost_reading *in, size_t part, uint32_t root)
{
    const ost_tree *tree = in->tree;
    const ost_part *p = &in->parts[part];
    if (tree->nodes[root].kind != OST_JSON_ARRAY) {
        collect_node(in, root, p->full_url, (ost_str){NULL, 0});
        return;
    }
    size_t index = 0;
    for (uint32_t item = ost_tree_first(tree, root); item != 0;
         item = ost_tree_next(tree, root, item)) {
        collect_node(in, item, (ost_str){NULL, 0}, ost_reading_text(in, "[%zu]", index++));
    }
}
