/* What of a record was used: the provenance of all facts, turned around.
 *
 * A resource is used when a fact rests on it. A code is "not understood" when no fact rests on the
 * resource and no value set of the content holds any code of its primary code element: then
 * nothing can be found by it. Only warnings and errors are findings; an unused resource or an
 * unknown code is information, since records hold much that is not about bone metastases. */
#include "guide/validate.h"

typedef struct collector {
    ost_run *run;
    ost_unknown_code *codes;
    size_t count, capacity;
} collector;

static bool rests_on(const ost_fact *fact, ost_str path)
{
    for (size_t i = 0; i < fact->sources.count; i++) {
        if (ost_str_equal(fact->sources.items[i], path)) {
            return true;
        }
    }
    return false;
}

static void find_uses(ost_run *run, ost_validation *out)
{
    const ost_record *record = run->record;
    ost_used_resource *list = ost_arena_array(run->arena, record->resource_count, sizeof *list);
    if (!list) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    for (size_t i = 0; i < record->resource_count; i++) {
        ost_text_builder facts = {0};
        if (!record->resources[i].counts) {
            continue;
        }
        ost_str path = ost_resource_name(record, i);
        for (size_t f = 0; f < run->content->fact_count; f++) {
            if (rests_on(&run->facts[f], path)) {
                ost_run_add_text(run, &facts, run->facts[f].id);
            }
        }
        list[out->resource_count++] = (ost_used_resource){path, ost_run_texts(&facts)};
    }
    out->resources = list;
}

static ost_str text_of(const ost_tree *tree, uint32_t node, const char *name)
{
    uint32_t member = ost_tree_get(tree, node, name);
    bool text = member && tree->nodes[member].kind == OST_JSON_STRING;
    return text ? ost_tree_text(tree, member) : (ost_str){0};
}

static bool understood(const ost_term *term, const ost_tree *tree, uint32_t codings)
{
    const ost_valueset *set;
    for (uint32_t n = ost_tree_first(tree, codings); n; n = ost_tree_next(tree, codings, n)) {
        bool object = tree->nodes[n].kind == OST_JSON_OBJECT;
        if (object && ost_term_sets_of(term, text_of(tree, n, "system"), text_of(tree, n, "code"),
                                       &set, 1) > 0) {
            return true;
        }
    }
    return false;
}

/* Line of a node in the first document, which is the whole input unless that is NDJSON. */
static uint32_t line_of(const ost_tree *tree, uint32_t node)
{
    uint32_t line = 1;
    if (node >= tree->nodes[0].end) {
        return 0;
    }
    for (uint32_t i = 0; i < ost_tree_offset(tree, node) && i < tree->text_len; i++) {
        line += tree->text[i] == '\n';
    }
    return line;
}

static void add_code(collector *c, size_t resource, ost_str element, uint32_t concept,
                     uint32_t codings)
{
    const ost_tree *tree = &c->run->record->tree;
    uint32_t first = ost_tree_first(tree, codings);
    ost_buf path = ost_buf_init(c->run->arena);
    c->codes =
        ost_arena_grow(c->run->arena, c->codes, &c->capacity, c->count + 1, sizeof *c->codes);
    if (!c->codes || !first || tree->nodes[first].kind != OST_JSON_OBJECT) {
        return;
    }
    ost_buf_add(&path, ost_resource_name(c->run->record, resource));
    ost_buf_char(&path, '.');
    ost_buf_add(&path, element);
    c->codes[c->count++] = (ost_unknown_code){.path = ost_buf_str(&path),
                                              .line = line_of(tree, concept),
                                              .code = {.code = text_of(tree, first, "code"),
                                                       .system = text_of(tree, first, "system"),
                                                       .display = text_of(tree, first, "display")}};
}

/* The element of a resource's primary code path, as the JSON member that stands there. */
static void look_at_code(collector *c, size_t resource)
{
    const ost_record *record = c->run->record;
    const ost_tree *tree = &record->tree;
    const ost_model *model = tree->model;
    const ost_resource *r = &record->resources[resource];
    uint32_t path = model->types[r->type].code_path;
    const ost_model_element *element = path ? ost_model_find(model, r->type, path) : NULL;
    for (uint32_t i = 0; element && i < element->choice_count; i++) {
        uint32_t name = model->choices[element->first_choice + i].json_name;
        uint32_t concept = ost_tree_member(tree, r->node, name);
        uint32_t codings = concept ? ost_tree_get(tree, concept, "coding") : 0;
        bool list = codings && tree->nodes[codings].kind == OST_JSON_ARRAY;
        if (list && !understood(c->run->content->term, tree, codings)) {
            add_code(c, resource, model->names[name], concept, codings);
        }
    }
}

static void find_codes(ost_run *run, ost_validation *out)
{
    collector c = {.run = run};
    size_t at = 0; /* in out->resources, which has those that count */
    for (size_t i = 0; i < run->record->resource_count && out->resources; i++) {
        if (run->record->resources[i].counts && out->resources[at++].facts.count == 0) {
            look_at_code(&c, i);
        }
    }
    out->codes = c.codes;
    out->code_count = c.count;
}

ost_status ost_validate_record(const ost_content *content, const ost_patients *patients,
                               size_t index, const ost_assess_options *options, ost_arena *arena,
                               ost_validation *out, ost_error *error)
{
    ost_run run;
    *out = (ost_validation){0};
    ost_status status = ost_run_open(content, patients, index, options, arena, &run, error);
    out->assessment = ost_arena_alloc(arena, sizeof *out->assessment);
    if (status == OST_OK && !out->assessment) {
        status = ost_err_memory(error, arena);
    }
    if (status == OST_OK) {
        out->assessment->arena = arena;
        ost_run_assess(&run, out->assessment);
        find_uses(&run, out);
        find_codes(&run, out);
        for (size_t i = 0; i < run.message_count; i++) {
            out->findings += run.messages[i].level != OST_LEVEL_INFO;
        }
        status = run.status == OST_OK ? OST_OK : ost_err_memory(error, arena);
    }
    ost_run_close(&run);
    return status;
}
