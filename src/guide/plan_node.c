/* Steps through the JSON of a plan.
 *
 * A place is a node with its path, so that each problem can say where it is. Nothing here knows
 * what an option is; plan.c does. */
#include "guide/plan_node.h"

#include <stdarg.h>
#include <stdio.h>

void ost_plan_complain(const ost_plan_reader *r, ost_str path, const char *format, ...)
{
    char text[OST_MESSAGE_MAX];
    static const ost_ast nowhere;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ost_diagnostics_add(r->diagnostics, OST_E_DATA, r->file, &nowhere, "%.*s: %s",
                        OST_STR_ARG(path), text);
}

ost_str ost_plan_text(const ost_plan_reader *r, uint32_t node, const char *name)
{
    uint32_t member = ost_tree_get(r->tree, node, name);
    if (!member) {
        return (ost_str){0};
    }
    ost_json_kind kind = (ost_json_kind)r->tree->nodes[member].kind;
    if (kind == OST_JSON_TRUE || kind == OST_JSON_FALSE) {
        return kind == OST_JSON_TRUE ? OST_STR("true") : OST_STR("false");
    }
    bool text = kind == OST_JSON_STRING || kind == OST_JSON_NUMBER;
    return text ? ost_tree_text(r->tree, member) : (ost_str){0};
}

ost_plan_at ost_plan_member(const ost_plan_reader *r, ost_plan_at at, const char *name)
{
    uint32_t member = ost_tree_get(r->tree, at.node, name);
    ost_buf path = ost_buf_init(r->arena);
    ost_buf_add(&path, at.path);
    ost_buf_char(&path, '.');
    ost_buf_text(&path, name);
    return (ost_plan_at){member, ost_buf_str(&path)};
}

bool ost_plan_next(const ost_plan_reader *r, ost_plan_at array, ost_plan_at *item, size_t *index)
{
    if (!array.node || r->tree->nodes[array.node].kind != OST_JSON_ARRAY) {
        return false;
    }
    *index = item->node ? *index + 1 : 0;
    item->node = item->node ? ost_tree_next(r->tree, array.node, item->node)
                            : ost_tree_first(r->tree, array.node);
    ost_buf path = ost_buf_init(r->arena);
    ost_buf_printf(&path, "%.*s[%zu]", OST_STR_ARG(array.path), *index);
    item->path = ost_buf_str(&path);
    return item->node != 0;
}

ost_str ost_plan_extension_name(const ost_plan_reader *r, uint32_t extension)
{
    ost_str url = ost_plan_text(r, extension, "url");
    ost_str prefix = OST_STR(OST_EXTENSION_PREFIX);
    return ost_str_starts(url, prefix) ? ost_str_sub(url, prefix.len, url.len - prefix.len) : url;
}

static ost_str concept_text(const ost_plan_reader *r, uint32_t concept)
{
    ost_str text = ost_plan_text(r, concept, "text");
    uint32_t codings = ost_tree_get(r->tree, concept, "coding");
    uint32_t first = codings ? ost_tree_first(r->tree, codings) : 0;
    if (text.len == 0 && first) {
        text = ost_plan_text(r, first, "display");
        text = text.len > 0 ? text : ost_plan_text(r, first, "code");
    }
    return text;
}

ost_str ost_plan_extension_value(const ost_plan_reader *r, uint32_t extension)
{
    for (uint32_t n = ost_tree_first(r->tree, extension); n;
         n = ost_tree_next(r->tree, extension, n)) {
        if (!ost_str_starts(ost_tree_name(r->tree, n), OST_STR("value"))) {
            continue;
        }
        ost_json_kind kind = (ost_json_kind)r->tree->nodes[n].kind;
        if (kind == OST_JSON_OBJECT) {
            return concept_text(r, n);
        }
        if (kind == OST_JSON_TRUE || kind == OST_JSON_FALSE) {
            return kind == OST_JSON_TRUE ? OST_STR("true") : OST_STR("false");
        }
        return ost_tree_text(r->tree, n);
    }
    return (ost_str){0};
}

ost_text_list ost_plan_parts(const ost_plan_reader *r, ost_plan_at extension, const char *name)
{
    ost_plan_at list = ost_plan_member(r, extension, "extension"), item = {0};
    ost_str *items = NULL;
    size_t index = 0, count = 0, capacity = 0;
    while (ost_plan_next(r, list, &item, &index)) {
        if (!ost_str_is(ost_plan_extension_name(r, item.node), name)) {
            continue;
        }
        items = ost_arena_grow(r->arena, items, &capacity, count + 1, sizeof *items);
        if (!items) {
            return (ost_text_list){0};
        }
        items[count++] = ost_plan_extension_value(r, item.node);
    }
    return (ost_text_list){items, count};
}

ost_str ost_plan_part(const ost_plan_reader *r, ost_plan_at extension, const char *name)
{
    ost_text_list all = ost_plan_parts(r, extension, name);
    if (all.count > 1) {
        ost_plan_complain(r, extension.path, "\"%s\" is given more than once", name);
    }
    return all.count > 0 ? all.items[0] : (ost_str){0};
}

void ost_plan_check_parts(const ost_plan_reader *r, ost_plan_at extension, const char *const *names)
{
    ost_plan_at list = ost_plan_member(r, extension, "extension"), item = {0};
    size_t index = 0;
    while (ost_plan_next(r, list, &item, &index)) {
        ost_str name = ost_plan_extension_name(r, item.node);
        bool known = false;
        for (const char *const *n = names; *n; n++) {
            known = known || ost_str_is(name, *n);
        }
        if (!known) {
            ost_plan_complain(r, item.path, "unknown extension \"%.*s\"", OST_STR_ARG(name));
        }
    }
}

static uint32_t find_define(const ost_plan_reader *r, ost_str name)
{
    uint32_t define = ost_program_find(r->program, r->library, name);
    size_t dot = ost_str_find(name, OST_STR("."), 0);
    if (define == OST_DEFINE_NONE && dot != SIZE_MAX) {
        define = ost_program_find(r->program, ost_str_sub(name, 0, dot),
                                  ost_str_sub(name, dot + 1, name.len - dot - 1));
    }
    return define;
}

uint32_t ost_plan_define(const ost_plan_reader *r, ost_str path, ost_str name, bool boolean)
{
    if (name.len > 2 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"') {
        name = ost_str_sub(name, 1, name.len - 2);
    }
    uint32_t define = find_define(r, name);
    if (define == OST_DEFINE_NONE) {
        ost_plan_complain(r, path, "library %.*s has no definition \"%.*s\"",
                          OST_STR_ARG(r->library), OST_STR_ARG(name));
        return define;
    }
    ost_str type = ost_program_define(r->program, define).type;
    if (boolean && !ost_str_is(type, "System.Boolean") && !ost_str_is(type, "Boolean")) {
        ost_plan_complain(r, path, "\"%.*s\" is not a Boolean but %.*s", OST_STR_ARG(name),
                          OST_STR_ARG(type));
    }
    return define;
}

void ost_plan_check_code(const ost_plan_reader *r, ost_str path, ost_str value, const char *words)
{
    ost_str rest = ost_str_of(words), word;
    while (ost_str_next(&rest, '|', &word)) {
        if (ost_str_equal(word, value)) {
            return;
        }
    }
    ost_plan_complain(r, path, "\"%.*s\" is not one of %s", OST_STR_ARG(value), words);
}

void ost_plan_check_words(const ost_plan_reader *r, ost_str path, ost_str key, bool for_patient)
{
    if (key.len == 0) {
        ost_plan_complain(r, path, "the words key is missing");
        return;
    }
    for (int a = OST_FOR_CLINICIAN; a <= (for_patient ? OST_FOR_PATIENT : OST_FOR_CLINICIAN); a++) {
        if (!ost_words_has(r->words, key, (ost_audience)a)) {
            ost_plan_complain(r, path, "no words for \"%.*s\" (%s)", OST_STR_ARG(key),
                              ost_audience_word((ost_audience)a));
        }
    }
}

void ost_plan_check_fact(const ost_plan_reader *r, ost_str path, ost_str id)
{
    if (ost_map_get(r->facts, id) == OST_MAP_NONE) {
        ost_plan_complain(r, path, "facts.csv has no fact \"%.*s\"", OST_STR_ARG(id));
    }
}
