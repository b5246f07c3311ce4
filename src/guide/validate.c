/* What of a record was used: the provenance of all facts, turned around.
 *
 * A resource is used when a fact rests on it. Codes that are not understood: codes.c. Only
 * warnings and errors are findings; an unused resource or an unknown code is information, since
 * records hold much that is not about bone metastases. */
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

static void add_code(collector *c, size_t resource)
{
    ost_unknown_code code;
    if (!ost_run_unknown_code(c->run, resource, &code)) {
        return;
    }
    c->codes =
        ost_arena_grow(c->run->arena, c->codes, &c->capacity, c->count + 1, sizeof *c->codes);
    if (c->codes) {
        c->codes[c->count++] = code;
    }
}

static void find_codes(ost_run *run, ost_validation *out)
{
    collector c = {.run = run};
    size_t at = 0; /* in out->resources, which has those that count */
    for (size_t i = 0; i < run->record->resource_count && out->resources; i++) {
        if (run->record->resources[i].counts && out->resources[at++].facts.count == 0) {
            add_code(&c, i);
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
