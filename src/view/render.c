/* The public doors to the views: ost_assessment_render, ost_why. */
#include "view/view.h"

#include "guide/give.h"
#include "view/why_view.h"

static const struct {
    const char *name;
    void (*write)(const ost_view *v);
} formats[] = {
    {"text", ost_view_write_text},
    {"json", ost_view_write_json},
    {"html", ost_view_write_html},
    {"fhir", ost_view_write_fhir},
};

static ost_status no_such_format(ost_error *error, const char *format, const char *known)
{
    ost_status status = ost_err_set(error, OST_E_NOT_FOUND, "no such format: \"%s\"", format);
    ost_err_place(error, OST_STR("--format"), 0, 0, 0);
    ost_err_hint(error, "%s", known);
    return status;
}

ost_status ost_assessment_render(ost_assessment *assessment, const char *format, const char **text,
                                 size_t *len, ost_error *error)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(formats); i++) {
        if (strcmp(format, formats[i].name) != 0) {
            continue;
        }
        ost_buf out = ost_buf_init(assessment->arena);
        ost_view view = {assessment, assessment->arena, &out};
        formats[i].write(&view);
        ost_str all = ost_buf_str(&out);
        if (!all.ptr) {
            return ost_err_memory(error, assessment->arena);
        }
        *text = all.ptr;
        *len = all.len;
        return OST_OK;
    }
    return no_such_format(error, format, "text, json, html or fhir");
}

ost_status ost_why(const ost_content *content, const ost_patients *patients, size_t index,
                   const ost_assess_options *options, const char *option, const char *format,
                   char **text, size_t *len, ost_error *error)
{
    bool json = strcmp(format, "json") == 0;
    ost_why_answer why;
    if (!json && strcmp(format, "text") != 0) {
        return no_such_format(error, format, "text or json");
    }
    ost_arena *arena = ost_arena_new(0);
    if (!arena) {
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    ost_status status = ost_why_find(content, patients, index, options, option, arena, &why, error);
    if (status == OST_OK) {
        ost_buf out = ost_buf_init(arena);
        ost_view view = {why.assessment, arena, &out};
        if (json) {
            ost_why_write_json(&view, &why);
        } else {
            ost_why_write_text(&view, &why);
        }
        status = ost_text_give(ost_buf_str(&out), text, len, error);
    }
    ost_arena_free(arena);
    return status;
}
