/* Retrieves at run time: by the record's index when the path is the type's own code path, else by
 * looking at each resource of the type. Results come in the record's order, so that they never
 * depend on how the codes of a value set are listed. A terminology that is null or can't be found
 * gives an empty list. */
#include "cql/eval.h"

#include "cql/fhir.h"

typedef struct codes {
    const ost_code *items;
    size_t count;
    const ost_valueset *set; /* sorted: membership by search; NULL = look through items */
} codes;

static bool code_matches(const ost_code *wanted, ost_str system, ost_str code)
{
    return ost_str_equal(wanted->code, code) &&
           (wanted->system.len == 0 || ost_str_equal(wanted->system, system));
}

static bool has_code(const codes *c, ost_str system, ost_str code)
{
    if (c->set) {
        return ost_valueset_has(c->set, system, code);
    }
    for (size_t i = 0; i < c->count; i++) {
        if (code_matches(&c->items[i], system, code)) {
            return true;
        }
    }
    return false;
}

static bool read_codes(ost_eval *eval, ost_value terminology, codes *out)
{
    ost_error error = {.code = OST_OK};
    *out = (codes){NULL, 0, NULL};
    if (terminology.kind == OST_CODE) {
        *out = (codes){terminology.code, 1, NULL};
    } else if (terminology.kind == OST_CONCEPT) {
        *out = (codes){terminology.concept->codes, terminology.concept->count, NULL};
    } else if (terminology.kind == OST_LIST) {
        ost_code *list = ost_arena_array(eval->arena, terminology.list.count, sizeof *list);
        for (size_t i = 0; list && i < terminology.list.count; i++) {
            if (terminology.list.items[i].kind == OST_CODE) {
                list[out->count++] = *terminology.list.items[i].code;
            }
        }
        out->items = list;
    } else if (terminology.kind == OST_VALUESET) {
        if (!eval->program->term ||
            ost_term_valueset(eval->program->term, terminology.vocabulary->id,
                              terminology.vocabulary->version, &out->set, &error) != OST_OK) {
            (void)ost_call_fail(&eval->call, OST_E_NOT_FOUND, "value set %.*s is not loaded",
                                OST_STR_ARG(terminology.vocabulary->id));
            return false;
        }
        out->items = out->set->codes;
        out->count = out->set->count;
    }
    return true;
}

static bool value_matches(ost_eval *eval, const codes *c, ost_value value)
{
    if (value.kind == OST_LIST) {
        for (size_t i = 0; i < value.list.count; i++) {
            if (value_matches(eval, c, value.list.items[i])) {
                return true;
            }
        }
        return false;
    }
    if (value.kind != OST_OBJECT) {
        return false;
    }
    ost_value concept = ost_fhir_concept_of(&eval->call, eval->program->model, value);
    for (size_t i = 0; concept.kind == OST_CONCEPT && i < concept.concept->count; i++) {
        const ost_code *code = &concept.concept->codes[i];
        if (has_code(c, code->system, code->code)) {
            return true;
        }
    }
    return false;
}

static ost_value object(const ost_eval *eval, uint32_t type, uint32_t resource)
{
    ost_value value = {.kind = OST_OBJECT, .type = (uint16_t)type};
    value.object.record = eval->record;
    value.object.node = eval->record->resources[resource].node;
    return value;
}

/* Marks the resources that have one of the codes. */
static bool find_by_index(ost_eval *eval, const ost_retrieve *retrieve, const codes *c, bool *found)
{
    for (size_t i = 0; i < c->count; i++) {
        const uint32_t *indices;
        size_t count = ost_record_of_code(eval->record, retrieve->type, c->items[i].system,
                                          c->items[i].code, &indices);
        for (size_t j = 0; j < count; j++) {
            found[indices[j]] = true;
        }
    }
    return ost_call_step(&eval->call, c->count);
}

static bool find_by_scan(ost_eval *eval, const ost_retrieve *retrieve, const codes *c,
                         const uint32_t *all, size_t count, bool *found)
{
    for (size_t i = 0; i < count; i++) {
        ost_value resource = object(eval, retrieve->type, all[i]);
        ost_value path =
            ost_fhir_property(&eval->call, eval->program->model, resource, retrieve->element);
        found[all[i]] = value_matches(eval, c, path);
    }
    return ost_call_step(&eval->call, count);
}

ost_value ost_run_retrieve(ost_eval *eval, const ost_retrieve *retrieve,
                           const ost_value *terminology)
{
    const uint32_t *all = NULL;
    size_t count = eval->record ? ost_record_of_type(eval->record, retrieve->type, &all) : 0;
    ost_value *items = ost_arena_array(eval->arena, count, sizeof *items);
    bool *found = ost_arena_array(eval->arena, eval->record ? eval->record->resource_count : 0, 1);
    size_t used = 0;
    codes c;
    if (!items || !found) {
        return ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
    }
    if (terminology) {
        if (!read_codes(eval, *terminology, &c)) {
            return ost_null();
        }
        bool done = count == 0          ? true
                    : retrieve->primary ? find_by_index(eval, retrieve, &c, found)
                                        : find_by_scan(eval, retrieve, &c, all, count, found);
        if (!done) {
            return ost_null();
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!terminology || found[all[i]]) {
            items[used] = object(eval, retrieve->type, all[i]);
            items[used++].sources = ost_trace_resource(all[i]);
        }
    }
    ost_value list = ost_list(items, used);
    ost_trace_looked(eval, retrieve, count);
    list.sources = ost_trace_items(eval, items, used);
    return list;
}
