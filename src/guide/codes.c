/* Codes that are not understood: no value set of the content holds any code of the primary code
 * element of a resource, so nothing can be found by it.
 *
 * For a clinician the conditions of that kind stand in the messages, in one line: a cancer under a
 * code that is not in the lists would otherwise be "none recorded" without a word. */
#include "guide/validate.h"

enum { NAMED_MAX = 30 };

static ost_str text_of(const ost_tree *tree, uint32_t node, const char *name)
{
    return ost_tree_string(tree, ost_tree_get(tree, node, name));
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

/* Line of a node of the record's only document; 0 when it has several. */
static uint32_t line_of(const ost_record *record, uint32_t node)
{
    if (node >= record->document_end) {
        return 0;
    }
    uint32_t line = record->document_line;
    for (uint32_t i = 0; i < ost_tree_offset(&record->tree, node); i++) {
        line += record->tree.text[i] == '\n';
    }
    return line;
}

/* The codings of a concept that are not understood; 0 when they are, or when there are none. */
static uint32_t unknown_codings(const ost_run *run, uint32_t concept)
{
    const ost_tree *tree = &run->record->tree;
    uint32_t codings = concept ? ost_tree_get(tree, concept, "coding") : 0;
    bool list = codings && tree->nodes[codings].kind == OST_JSON_ARRAY;
    uint32_t first = list ? ost_tree_first(tree, codings) : 0;
    bool object = first && tree->nodes[first].kind == OST_JSON_OBJECT;
    return object && !understood(run->content->term, tree, codings) ? codings : 0;
}

bool ost_run_unknown_code(const ost_run *run, size_t resource, ost_unknown_code *out)
{
    const ost_tree *tree = &run->record->tree;
    const ost_model *model = tree->model;
    const ost_resource *r = &run->record->resources[resource];
    uint32_t path = model->types[r->type].code_path;
    const ost_model_element *element = path ? ost_model_find(model, r->type, path) : NULL;
    for (uint32_t i = 0; element && i < element->choice_count; i++) {
        uint32_t name = model->choices[element->first_choice + i].json_name;
        uint32_t concept = ost_tree_member(tree, r->node, name);
        uint32_t codings = unknown_codings(run, concept);
        if (codings) {
            uint32_t first = ost_tree_first(tree, codings);
            ost_buf text = ost_buf_init(run->arena);
            ost_buf_add(&text, ost_resource_name(run->record, resource));
            ost_buf_char(&text, '.');
            ost_buf_add(&text, model->names[name]);
            *out = (ost_unknown_code){.path = ost_buf_str(&text),
                                      .line = line_of(run->record, concept),
                                      .code = {.code = text_of(tree, first, "code"),
                                               .system = text_of(tree, first, "system"),
                                               .display = text_of(tree, first, "display")}};
            return true;
        }
    }
    return false;
}

void ost_run_code_messages(ost_run *run)
{
    const ost_record *record = run->record;
    ost_buf list = ost_buf_init(run->arena), text = ost_buf_init(run->arena);
    ost_unknown_code code, first = {0};
    size_t count = 0;
    for (size_t i = 0; run->audience == OST_FOR_CLINICIAN && i < record->resource_count; i++) {
        const ost_resource *r = &record->resources[i];
        if (!r->counts || !ost_str_is(record->tree.model->types[r->type].name, "Condition") ||
            !ost_run_unknown_code(run, i, &code)) {
            continue;
        }
        first = count == 0 ? code : first;
        if (count++ < NAMED_MAX) {
            ost_buf_text(&list, count > 1 ? ", " : "");
            ost_buf_printf(&list, "%.*s|%.*s", OST_STR_ARG(code.code.system),
                           OST_STR_ARG(code.code.code));
        }
    }
    ost_str words =
        ost_words_get(&run->content->words, OST_STR("message.code-unknown"), run->audience);
    if (count == 0 || words.len == 0) {
        return;
    }
    ost_buf number = ost_buf_init(run->arena);
    ost_buf_printf(&number, "%zu", count);
    ost_word_pair pairs[] = {{"count", ost_buf_str(&number)},
                             {"codes", ost_buf_str(&list)},
                             {"more", count > NAMED_MAX ? OST_STR(" ...") : (ost_str){0}}};
    ost_words_fill(&text, words, pairs, OST_ARRAY_LEN(pairs));
    ost_run_message(run, OST_LEVEL_INFO, first.path, ost_buf_str(&text));
}
