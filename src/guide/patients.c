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

ost_status ost_patients_open(const ost_content *content, const char *path, ost_patients **out,
                             ost_error *error)
{
    ost_patients *patients;
    ost_status status = new_patients(content, &patients, error);
    if (status != OST_OK) {
        return status;
    }
    status = ost_population_open(content->model, path, &patients->population, error);
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

ost_status ost_patients_from_text(const ost_content *content, const char *text, size_t len,
                                  ost_patients **out, ost_error *error)
{
    ost_patients *patients;
    ost_record *record;
    ost_status status = new_patients(content, &patients, error);
    if (status != OST_OK) {
        return status;
    }
    patients->text = ost_str_copy(patients->arena, (ost_str){text, len});
    if (!patients->text.ptr || !make_ids(patients, 1)) {
        status = ost_err_memory(error, patients->arena);
    } else {
        ost_read_options options = {.clinical_dates = content->clinical_dates};
        status = ost_patients_read(patients, 0, &options, &record, error);
    }
    if (status == OST_OK) {
        if (!keep_id(patients, 0, record->resources[record->patient].id)) {
            status = ost_err_memory(error, patients->arena);
        }
        ost_record_free(record);
    }
    if (status != OST_OK) {
        ost_patients_free(patients);
        return status;
    }
    *out = patients;
    return OST_OK;
}

ost_status ost_patients_read(const ost_patients *patients, size_t index,
                             const ost_read_options *options, ost_record **out, ost_error *error)
{
    if (index >= patients->count) {
        return ost_err_set(error, OST_E_NOT_FOUND, "there is no patient number %zu", index);
    }
    return patients->population
               ? ost_population_read(patients->population, index, options, out, error)
               : ost_record_read(patients->content->model, patients->text, options, out, error);
}

size_t ost_patients_count(const ost_patients *patients)
{
    return patients->count;
}

const char *ost_patients_id(const ost_patients *patients, size_t index)
{
    return index < patients->count ? patients->ids[index] : NULL;
}

void ost_patients_free(ost_patients *patients)
{
    if (patients) {
        ost_population_free(patients->population);
        ost_arena_free(patients->arena);
    }
}
