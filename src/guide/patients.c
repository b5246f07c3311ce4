/* Patients of a file, a folder, stdin or a text; each is read when it is assessed, since what
 * counts depends on the date that is asked about. */
#include "guide/patients.h"

static ost_status new_patients(const ost_content *content, ost_patients **out, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    ost_patients *patients = arena ? ost_arena_alloc(arena, sizeof *patients) : NULL;
    if (!patients) {
        ost_arena_free(arena);
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    patients->arena = arena;
    patients->content = content;
    *out = patients;
    return OST_OK;
}

static bool keep_id(ost_patients *patients, size_t index, ost_str id)
{
    ost_str copy = ost_str_copy(patients->arena, id);
    patients->ids[index] = copy.ptr;
    return copy.ptr != NULL;
}

static bool make_ids(ost_patients *patients, size_t count)
{
    patients->ids = ost_arena_array(patients->arena, count, sizeof *patients->ids);
    patients->count = patients->ids ? count : 0;
    return patients->ids != NULL;
}

/* Ids of the population, or the status of opening it; frees the patients when that failed. */
static ost_status finish(ost_patients *patients, ost_status status, ost_patients **out,
                         ost_error *error)
{
    if (status == OST_OK && !make_ids(patients, ost_population_count(patients->population))) {
        status = ost_err_memory(error, patients->arena);
    }
    for (size_t i = 0; status == OST_OK && i < patients->count; i++) {
        if (!keep_id(patients, i, ost_population_id(patients->population, i))) {
            status = ost_err_memory(error, patients->arena);
        }
    }
    if (status != OST_OK) {
        ost_patients_free(patients);
        return status;
    }
    *out = patients;
    return OST_OK;
}

ost_status ost_patients_open(const ost_content *content, const char *path, ost_patients **out,
                             ost_error *error)
{
    ost_patients *patients;
    ost_status status = new_patients(content, &patients, error);
    if (status != OST_OK) {
        return status;
    }
    status = ost_population_open(content->model, path, &patients->population, error);
    return finish(patients, status, out, error);
}

ost_status ost_patients_from_text(const ost_content *content, const char *text, size_t len,
                                  ost_patients **out, ost_error *error)
{
    ost_patients *patients;
    ost_status status = new_patients(content, &patients, error);
    if (status != OST_OK) {
        return status;
    }
    status = ost_population_from_text(content->model, (ost_str){text, len}, OST_STR("text"),
                                      &patients->population, error);
    return finish(patients, status, out, error);
}

ost_status ost_patients_read(const ost_patients *patients, size_t index,
                             const ost_read_options *options, ost_record **out, ost_error *error)
{
    return ost_population_read(patients->population, index, options, out, error);
}

size_t ost_patients_count(const ost_patients *patients)
{
    return patients->count;
}

const char *ost_patients_id(const ost_patients *patients, size_t index)
{
    return index < patients->count ? patients->ids[index] : NULL;
}

bool ost_patients_one_document(const ost_patients *patients)
{
    return ost_population_is_one_bundle(patients->population);
}

const char *ost_patients_message(const ost_patients *patients, size_t index)
{
    const ost_message *messages;
    size_t count = ost_population_messages(patients->population, &messages);
    if (index >= count) {
        return NULL;
    }
    ost_buf text = ost_buf_init(patients->arena);
    ost_buf_add(&text, messages[index].path);
    if (messages[index].line > 0) {
        ost_buf_printf(&text, ":%u", messages[index].line);
    }
    ost_buf_text(&text, text.len > 0 ? ": " : "");
    ost_buf_add(&text, messages[index].text);
    return ost_buf_str(&text).ptr;
}

void ost_patients_free(ost_patients *patients)
{
    if (patients) {
        if (patients->population) {
            ost_population_free(patients->population);
        }
        ost_arena_free(patients->arena);
    }
}
