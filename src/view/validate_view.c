/* ost_validate: what of a record was used, as text or JSON. */
#include "guide/give.h"
#include "guide/validate.h"
#include "view/json.h"
#include "view/lines.h"

static void heading(const ost_view *v, ost_phrase phrase, size_t count)
{
    ost_line_heading(v->out, ost_view_fill(v, phrase, ost_view_count(v, count)));
}

static void write_resources(const ost_view *v, const ost_validation *validation, bool used,
                            ost_phrase phrase)
{
    size_t count = 0;
    for (size_t i = 0; i < validation->resource_count; i++) {
        count += (validation->resources[i].facts.count > 0) == used;
    }
    heading(v, phrase, count);
    for (size_t i = 0; i < validation->resource_count; i++) {
        const ost_used_resource *resource = &validation->resources[i];
        if ((resource->facts.count > 0) != used) {
            continue;
        }
        ost_buf facts = ost_buf_init(v->arena);
        for (size_t k = 0; k < resource->facts.count; k++) {
            ost_buf_text(&facts, k > 0 ? ", " : " -> ");
            ost_buf_add(&facts, resource->facts.items[k]);
        }
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, resource->path);
        ost_buf_add(&line, ost_buf_str(&facts));
        ost_line_text(v->out, 2, OST_STR("-"), ost_buf_str(&line));
    }
}

static void write_messages(const ost_view *v)
{
    static const char *const levels[] = {
        [OST_LEVEL_INFO] = "info", [OST_LEVEL_WARNING] = "warning", [OST_LEVEL_ERROR] = "error"};
    heading(v, OST_SAY_VALIDATE_MESSAGES, v->a->message_count);
    for (size_t i = 0; i < v->a->message_count; i++) {
        const ost_message *message = &v->a->messages[i];
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, message->path);
        if (message->line > 0) {
            ost_buf_printf(&line, " (line %u)", message->line);
        }
        ost_buf_printf(&line, "%s%s: ", line.len > 0 ? ": " : "", levels[message->level]);
        ost_buf_add(&line, message->text);
        ost_line_text(v->out, 2, OST_STR("-"), ost_buf_str(&line));
    }
}

static void write_codes(const ost_view *v, const ost_validation *validation)
{
    heading(v, OST_SAY_VALIDATE_CODES, validation->code_count);
    for (size_t i = 0; i < validation->code_count; i++) {
        const ost_unknown_code *code = &validation->codes[i];
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, code->path);
        if (code->line > 0) {
            ost_buf_printf(&line, " (line %u)", code->line);
        }
        ost_buf_printf(&line, ": %.*s|%.*s %.*s", OST_STR_ARG(code->code.system),
                       OST_STR_ARG(code->code.code), OST_STR_ARG(code->code.display));
        ost_line_text(v->out, 2, OST_STR("-"), ost_buf_str(&line));
    }
}

static void write_text(const ost_view *v, const ost_validation *validation)
{
    write_messages(v);
    write_resources(v, validation, true, OST_SAY_VALIDATE_USED);
    write_resources(v, validation, false, OST_SAY_VALIDATE_UNUSED);
    write_codes(v, validation);
    heading(v, OST_SAY_VALIDATE_MISSING, v->a->missing.count);
    for (size_t i = 0; i < v->a->missing.count; i++) {
        ost_line_pair(v->out, 2, v->a->missing.items[i],
                      ost_view_fact_id_title(v, v->a->missing.items[i]));
    }
    ost_view_write_versions(v);
}

static void write_json(const ost_view *v, const ost_validation *validation)
{
    ost_buf *out = v->out;
    ost_buf_char(out, '{');
    ost_json_versions(v);
    ost_json_name(out, "findings");
    ost_buf_printf(out, "%zu", validation->findings);
    ost_json_messages(v);
    ost_json_name(out, "resources");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < validation->resource_count; i++) {
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "path", validation->resources[i].path);
        ost_json_texts(out, "facts", validation->resources[i].facts);
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
    ost_json_name(out, "not_understood");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < validation->code_count; i++) {
        const ost_unknown_code *code = &validation->codes[i];
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "path", code->path);
        ost_json_name(out, "line");
        ost_buf_printf(out, code->line > 0 ? "%u" : "null", code->line);
        ost_json_text(out, "system", code->code.system);
        ost_json_text(out, "code", code->code.code);
        ost_json_text(out, "display", code->code.display);
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
    ost_json_texts(out, "missing", v->a->missing);
    ost_buf_char(out, '}');
}

ost_status ost_validate(const ost_content *content, const ost_patients *patients, size_t index,
                        const ost_assess_options *options, const char *format, char **text,
                        size_t *len, size_t *findings, ost_error *error)
{
    bool json = strcmp(format, "json") == 0;
    ost_validation validation;
    if (!json && strcmp(format, "text") != 0) {
        ost_status status = ost_err_set(error, OST_E_NOT_FOUND, "no such format: \"%s\"", format);
        ost_err_place(error, OST_STR("--format"), 0, 0, 0);
        ost_err_hint(error, "text or json");
        return status;
    }
    ost_arena *arena = ost_arena_new(0);
    if (!arena) {
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    ost_status status =
        ost_validate_record(content, patients, index, options, arena, &validation, error);
    if (status == OST_OK) {
        ost_buf out = ost_buf_init(arena);
        ost_view view = {validation.assessment, arena, &out};
        if (json) {
            write_json(&view, &validation);
        } else {
            write_text(&view, &validation);
        }
        *findings = validation.findings;
        status = ost_text_give(ost_buf_str(&out), text, len, error);
    }
    ost_arena_free(arena);
    return status;
}
