/* osteon cql check, eval, explain: the engine with the content's model, units and value sets,
 * and libraries of the user. The first file is the main library; the other files and the facts
 * of the content can be included by it.
 *
 * Unlike an assessment, eval never filters resources by date, and a definition that fails is
 * reported in its place while the others are still evaluated. */
#include "base/file.h"
#include "guide/give.h"
#include "guide/patients.h"
#include "guide/run.h"
#include "guide/value_json.h"

#define SOURCE_MAX OST_CQL_MAX_BYTES

typedef struct tool {
    const ost_content *content;
    const ost_cql_request *request;
    ost_arena *arena;
    ost_program *program;
    const ost_record *record;
    ost_diagnostics diagnostics;
    ost_buf out;
    size_t findings;
    ost_when now;
    int offset_min;
    ost_error *error;
} tool;

static ost_status add_file(tool *t, const char *path, ost_str *name)
{
    ost_str text;
    ost_diagnostics ignored = {.arena = t->arena};
    ost_status status = ost_file_read(t->arena, path, SOURCE_MAX, &text, t->error);
    if (status != OST_OK) {
        return status;
    }
    const ost_library *library = ost_cql_parse(t->arena, ost_str_of(path), text, &ignored);
    *name = library ? library->name : (ost_str){0};
    status = ost_program_add(t->program, ost_str_of(path), text);
    return status == OST_OK ? OST_OK : ost_err_memory(t->error, t->arena);
}

/* "library Name ..." of a content file, without reading it all. */
static ost_str library_name(const tool *t, const ost_content_file *file)
{
    ost_diagnostics ignored = {.arena = t->arena};
    const ost_library *library = ost_cql_parse(t->arena, file->path, file->text, &ignored);
    return library ? library->name : (ost_str){0};
}

/* The content's libraries, except those that the user gave under the same name. */
static ost_status add_content(tool *t, const ost_str *given, size_t count)
{
    for (size_t i = 0; i < t->content->files.count; i++) {
        const ost_content_file *file = &t->content->files.items[i];
        if (!ost_str_ends(file->path, OST_STR(".cql"))) {
            continue;
        }
        ost_str name = library_name(t, file);
        bool taken = false;
        for (size_t k = 0; k < count; k++) {
            taken = taken || ost_str_equal(given[k], name);
        }
        if (!taken && ost_program_add(t->program, file->path, file->text) != OST_OK) {
            return ost_err_memory(t->error, t->arena);
        }
    }
    return OST_OK;
}

static ost_status compile(tool *t, ost_str *main_name)
{
    size_t count = t->request->path_count;
    ost_str *names = ost_arena_array(t->arena, count + 1, sizeof *names);
    t->program = ost_program_new(t->arena, t->content->model, t->content->ucum, t->content->term);
    if (!t->program || !names) {
        return ost_err_memory(t->error, t->arena);
    }
    for (size_t i = 0; i < count; i++) {
        ost_status status = add_file(t, t->request->paths[i], &names[i]);
        if (status != OST_OK) {
            return status;
        }
    }
    ost_status status = add_content(t, names, count);
    if (status != OST_OK) {
        return status;
    }
    *main_name = names[0];
    status = ost_program_done(t->program, &t->diagnostics);
    return t->diagnostics.count > 0 || status == OST_OK ? OST_OK
                                                        : ost_err_memory(t->error, t->arena);
}

static void print_diagnostics(tool *t)
{
    for (size_t i = 0; i < t->diagnostics.count; i++) {
        const ost_error *e = &t->diagnostics.items[i];
        ost_str source =
            t->program ? ost_program_source(t->program, ost_str_of(e->source)) : (ost_str){0};
        ost_diagnostic_print(&t->out, e, source);
    }
    t->findings += t->diagnostics.count;
}

static ost_status first_diagnostic(tool *t)
{
    if (t->error) {
        *t->error = t->diagnostics.items[0];
        if (t->diagnostics.count > 1) {
            ost_err_hint(t->error, "%zu more; osteon cql check shows all",
                         t->diagnostics.count - 1);
        }
    }
    return t->diagnostics.items[0].code;
}

/* True for definitions that are to be shown; *any is set when one was. */
static bool wanted(const tool *t, uint32_t define, ost_str main_name, bool *any)
{
    ost_define_info info = ost_program_define(t->program, define);
    bool asked = t->request->define ? ost_str_is(info.name, t->request->define) : !info.is_private;
    bool shown = asked && ost_str_equal(info.library, main_name);
    *any = *any || shown;
    return shown;
}

static ost_status no_such_define(tool *t)
{
    ost_status status = ost_err_set(t->error, OST_E_NOT_FOUND,
                                    "the library has no definition \"%s\"", t->request->define);
    ost_err_place(t->error, OST_STR("--define"), 0, 0, 0);
    return status;
}

static void print_value(tool *t, ost_str name, ost_value value, size_t shown)
{
    if (t->request->json) {
        ost_buf_text(&t->out, shown > 0 ? ",\n" : "\n");
        ost_buf_json(&t->out, name);
        ost_buf_char(&t->out, ':');
        ost_value_write_json(&t->out, value);
        return;
    }
    ost_buf_add(&t->out, name);
    ost_buf_text(&t->out, " = ");
    ost_value_print(&t->out, value);
    ost_buf_char(&t->out, '\n');
}

static void print_failure(tool *t, ost_str name, const ost_error *error, size_t shown)
{
    ost_buf text = ost_buf_init(t->arena);
    t->findings++;
    ost_buf_printf(&text, "%s:%u:%u: %s", error->source, error->line, error->column,
                   error->message);
    if (t->request->json) {
        ost_buf_text(&t->out, shown > 0 ? ",\n" : "\n");
        ost_buf_json(&t->out, name);
        ost_buf_text(&t->out, ":{\"error\":");
        ost_buf_json(&t->out, ost_buf_str(&text));
        ost_buf_char(&t->out, '}');
        return;
    }
    ost_buf_printf(&t->out, "%.*s: error: %.*s\n", OST_STR_ARG(name),
                   OST_STR_ARG(ost_buf_str(&text)));
}

static ost_eval_options eval_options(const tool *t)
{
    return (ost_eval_options){
        .size = sizeof(ost_eval_options), .now = t->now, .offset_min = t->offset_min};
}

static ost_status eval_defines(tool *t, ost_str main_name)
{
    ost_eval_options options = eval_options(t);
    ost_eval *eval = ost_eval_new(t->program, t->record, &options);
    size_t shown = 0;
    bool any = false;
    if (!eval) {
        return ost_err_memory(t->error, t->arena);
    }
    ost_buf_text(&t->out, t->request->json ? "{" : "");
    for (uint32_t i = 0; i < ost_program_define_count(t->program); i++) {
        ost_error error = {0};
        ost_value value;
        if (!wanted(t, i, main_name, &any)) {
            continue;
        }
        ost_str name = ost_program_define(t->program, i).name;
        if (ost_eval_define(eval, i, &value, &error) == OST_OK) {
            print_value(t, name, value, shown++);
        } else {
            print_failure(t, name, &error, shown++);
        }
    }
    ost_buf_text(&t->out, t->request->json ? "\n}\n" : "");
    ost_eval_free(eval);
    return any || !t->request->define ? OST_OK : no_such_define(t);
}

static ost_status eval_expression(tool *t)
{
    ost_eval_options options = eval_options(t);
    ost_value value;
    ost_str type;
    ost_str text = ost_str_of(t->request->expression);
    ost_status status =
        ost_eval_expression(t->program, t->record, &options, t->arena, OST_STR("expression"), text,
                            &value, &type, &t->diagnostics);
    if (t->diagnostics.count > 0) {
        return first_diagnostic(t);
    }
    if (status != OST_OK) {
        return ost_err_set(t->error, status, "the expression could not be evaluated");
    }
    if (t->request->json) {
        ost_value_write_json(&t->out, value);
    } else {
        ost_value_print(&t->out, value);
    }
    ost_buf_char(&t->out, '\n');
    return OST_OK;
}

static ost_status explain(tool *t, ost_str main_name)
{
    bool any = false;
    for (uint32_t i = 0; i < ost_program_define_count(t->program); i++) {
        if (wanted(t, i, main_name, &any)) {
            ost_define_info info = ost_program_define(t->program, i);
            ost_buf_printf(&t->out, "%.*s: %.*s (line %u)\n", OST_STR_ARG(info.name),
                           OST_STR_ARG(info.type), info.line);
            ost_program_explain(t->program, i, &t->out);
        }
    }
    return any || !t->request->define ? OST_OK : no_such_define(t);
}

static ost_status run_command(tool *t)
{
    ost_str main_name = {0};
    const char *command = t->request->command;
    ost_status status = compile(t, &main_name);
    if (status != OST_OK) {
        return status;
    }
    if (strcmp(command, "check") == 0) {
        print_diagnostics(t);
        return OST_OK;
    }
    if (t->diagnostics.count > 0) {
        return first_diagnostic(t);
    }
    if (strcmp(command, "explain") == 0) {
        return explain(t, main_name);
    }
    if (strcmp(command, "eval") == 0) {
        return t->request->expression ? eval_expression(t) : eval_defines(t, main_name);
    }
    return ost_err_set(t->error, OST_E_NOT_FOUND, "no such command: \"%s\"", command);
}

/* Time and record; a date filter is not set. */
static ost_status prepare(tool *t, const ost_patients *patients, size_t index, ost_record **record)
{
    ost_read_options read = {.offset_min = t->request->offset_min,
                             .clinical_dates = t->content->clinical_dates,
                             .case_words = t->content->case_words};
    t->offset_min = t->request->offset_min;
    if (t->request->as_of) {
        ost_status status =
            ost_read_as_of(ost_str_of(t->request->as_of), t->offset_min, &t->now, t->error);
        if (status != OST_OK) {
            return status;
        }
    }
    if (!patients) {
        return OST_OK;
    }
    ost_status status = ost_patients_read(patients, index, &read, record, t->error);
    t->record = status == OST_OK ? *record : NULL;
    return status;
}

ost_status ost_cql(const ost_content *content, const ost_cql_request *request,
                   const ost_patients *patients, size_t index, char **text, size_t *len,
                   size_t *findings, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    ost_record *record = NULL;
    if (!arena) {
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    tool t = {.content = content,
              .request = request,
              .arena = arena,
              .diagnostics = {.arena = arena},
              .out = ost_buf_init(arena),
              .error = error};
    ost_status status = prepare(&t, patients, index, &record);
    status = status == OST_OK ? run_command(&t) : status;
    if (status == OST_OK) {
        *findings = t.findings;
        status = ost_text_give(t.out.len > 0 ? ost_buf_str(&t.out) : OST_STR(""), text, len, error);
    }
    if (record) {
        ost_record_free(record);
    }
    ost_arena_free(arena);
    return status;
}
