/* Evaluation with a net under it: values, errors, messages, words.
 *
 * Rule: nothing in one definition can stop the others. A run-time error gives null for that
 * definition, which is "unknown" for whatever rests on it, and a message that names the place in
 * the library. */
#include "guide/run.h"

void ost_run_fail(ost_run *run, ost_status status)
{
    if (run->status == OST_OK) {
        run->status = status;
    }
}

/* Whether a warning or error stands there already; what is only information is not looked up,
 * since there may be much of it. */
static bool is_told(const ost_run *run, ost_level level, ost_str path, ost_str text)
{
    for (size_t i = 0; level != OST_LEVEL_INFO && i < run->message_count; i++) {
        const ost_message *m = &run->messages[i];
        if (m->level == level && ost_str_equal(m->text, text) && ost_str_equal(m->path, path)) {
            return true;
        }
    }
    return false;
}

void ost_run_message(ost_run *run, ost_level level, ost_str path, ost_str text)
{
    if (is_told(run, level, path, text)) {
        return;
    }
    run->messages = ost_arena_grow(run->arena, run->messages, &run->message_capacity,
                                   run->message_count + 1, sizeof *run->messages);
    if (!run->messages) {
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    run->messages[run->message_count++] = (ost_message){.level = level, .text = text, .path = path};
}

static void report(ost_run *run, uint32_t define, const ost_error *error)
{
    ost_buf name = ost_buf_init(run->arena), place = ost_buf_init(run->arena);
    ost_buf text = ost_buf_init(run->arena);
    ost_define_info info = ost_program_define(run->content->program, define);
    if (run->reported[define]) {
        return;
    }
    run->reported[define] = true;
    ost_buf_printf(&name, "%.*s.%.*s", OST_STR_ARG(info.library), OST_STR_ARG(info.name));
    ost_buf_printf(&place, "%s:%u:%u", error->source, error->line, error->column);
    ost_word_pair pairs[] = {
        {"define", ost_buf_str(&name)},
        {"error", ost_str_copy(run->arena, ost_str_of(error->message))},
    };
    ost_words_fill(
        &text, ost_words_get(&run->content->words, OST_STR("message.not-computed"), run->audience),
        pairs, OST_ARRAY_LEN(pairs));
    ost_run_message(run, OST_LEVEL_ERROR, ost_buf_str(&place), ost_buf_str(&text));
}

ost_value ost_run_value(ost_run *run, uint32_t define)
{
    ost_value value = ost_null();
    ost_error error = {0};
    if (define == OST_DEFINE_NONE) {
        return value;
    }
    ost_status status = ost_eval_define(run->eval, define, &value, &error);
    if (status == OST_E_MEMORY || status == OST_E_LIMIT) {
        ost_run_fail(run, status);
    }
    if (status != OST_OK) {
        report(run, define, &error);
        return ost_null();
    }
    return value;
}

ost_tri ost_run_tri(ost_run *run, uint32_t define)
{
    if (define == OST_DEFINE_NONE) {
        return OST_TRI_NO;
    }
    ost_value value = ost_run_value(run, define);
    if (value.kind != OST_BOOLEAN) {
        return OST_TRI_UNKNOWN;
    }
    return value.boolean ? OST_TRI_YES : OST_TRI_NO;
}

static ost_value keep_list(ost_run *run, ost_value list)
{
    ost_value *items = ost_arena_array(run->arena, list.list.count, sizeof *items);
    if (!items) {
        ost_run_fail(run, OST_E_MEMORY);
        return ost_null();
    }
    for (size_t i = 0; i < list.list.count; i++) {
        items[i] = ost_run_keep(run, list.list.items[i]);
    }
    return ost_list(items, list.list.count);
}

/* Codes, quantities, texts and lists of them: what facts and doses are made of. Others give
 * null. */
ost_value ost_run_keep(ost_run *run, ost_value value)
{
    switch ((ost_kind)value.kind) {
    case OST_NULL:
    case OST_BOOLEAN:
    case OST_INTEGER:
    case OST_LONG:
    case OST_DECIMAL:
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        return value;
    case OST_STRING:
        return ost_string(ost_str_copy(run->arena, value.string));
    case OST_QUANTITY:
        return ost_quantity_value(run->arena, value.quantity->value,
                                  ost_str_copy(run->arena, value.quantity->unit));
    case OST_CODE:
        return ost_string(ost_str_copy(run->arena, value.code->code));
    case OST_CONCEPT:
        return value.concept
        ->count > 0 ? ost_string(ost_str_copy(run->arena, value.concept->codes[0].code))
                    : ost_null();
    case OST_LIST:
        return keep_list(run, value);
    case OST_RATIO:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    return ost_null();
}

void ost_run_add_text(ost_run *run, ost_text_builder *list, ost_str text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (ost_str_equal(list->items[i], text)) {
            return;
        }
    }
    list->items = ost_arena_grow(run->arena, list->items, &list->capacity, list->count + 1,
                                 sizeof *list->items);
    if (!list->items) {
        list->count = 0;
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    list->items[list->count++] = text;
}

ost_text_list ost_run_texts(const ost_text_builder *list)
{
    return (ost_text_list){list->items, list->count};
}

ost_str ost_resource_name(const ost_record *record, size_t index)
{
    const ost_resource *resource = &record->resources[index];
    ost_str type = record->tree.model->types[resource->type].name;
    if (resource->id.len == 0) {
        return resource->full_url.len > 0 ? resource->full_url : type;
    }
    ost_buf name = ost_buf_init(record->arena);
    ost_buf_add(&name, type);
    ost_buf_char(&name, '/');
    ost_buf_add(&name, resource->id);
    return ost_buf_str(&name);
}

/* Depth first over definitions that are null. visited: 1 = seen, 2 = some fact below was added. */
static bool walk_gaps(ost_run *run, uint32_t define, ost_text_builder *out)
{
    if (run->visited[define]) {
        return run->visited[define] == 2;
    }
    run->visited[define] = 1;
    if (!ost_is_null(ost_run_value(run, define))) {
        return false;
    }
    uint32_t fact = ost_content_fact_of(run->content, define);
    const ost_fact_def *def = fact == UINT32_MAX ? NULL : &run->content->facts[fact];
    bool found = false;
    if (!def || def->derived) {
        const uint32_t *uses;
        size_t count = ost_program_uses(run->content->program, define, &uses);
        for (size_t i = 0; i < count; i++) {
            found = walk_gaps(run, uses[i], out) || found;
        }
    }
    if (def && !found) {
        ost_run_add_text(run, out, def->id);
        found = true;
    }
    run->visited[define] = found ? 2 : 1;
    return found;
}

void ost_run_gaps(ost_run *run, uint32_t define, ost_text_builder *out)
{
    if (define != OST_DEFINE_NONE) {
        memset(run->visited, 0, ost_program_define_count(run->content->program));
        walk_gaps(run, define, out);
    }
}
