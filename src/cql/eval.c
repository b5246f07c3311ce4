/* An evaluation: memo of definitions, parameters, overrides. */
#include "cql/eval.h"

static bool allocate(ost_eval *eval)
{
    const ost_program *program = eval->program;
    eval->memos = ost_arena_array(eval->arena, program->define_count + 1, sizeof *eval->memos);
    eval->parameters =
        ost_arena_array(eval->arena, program->parameter_count + 1, sizeof *eval->parameters);
    eval->parameter_set =
        ost_arena_array(eval->arena, program->parameter_count + 1, sizeof *eval->parameter_set);
    eval->slots = ost_arena_array(eval->arena, OST_EVAL_MAX_SLOTS, sizeof *eval->slots);
    eval->collectors =
        ost_arena_array(eval->arena, OST_EVAL_MAX_COLLECTORS, sizeof *eval->collectors);
    return eval->memos && eval->parameters && eval->parameter_set && eval->slots &&
           eval->collectors;
}

ost_eval *ost_eval_new(const ost_program *program, const ost_record *record,
                       const ost_eval_options *options)
{
    const size_t default_limit = (size_t)1 << 30;
    ost_arena *arena = ost_arena_new(options->limit_bytes ? options->limit_bytes : default_limit);
    ost_eval *eval = arena ? ost_arena_alloc(arena, sizeof *eval) : NULL;
    if (!eval) {
        ost_arena_free(arena);
        return NULL;
    }
    eval->arena = arena;
    eval->program = program;
    eval->record = record;
    eval->tracing = options->trace && record;
    eval->call =
        (ost_call){.arena = arena,
                   .ucum = program->ucum,
                   .term = program->term,
                   .now = options->now,
                   .offset_min = options->offset_min,
                   .error = &eval->error,
                   .steps_left = options->step_limit ? options->step_limit : OST_EVAL_DEFAULT_STEPS,
                   .messages = options->messages};
    if (!allocate(eval)) {
        ost_arena_free(arena);
        return NULL;
    }
    return eval;
}

void ost_eval_free(ost_eval *eval)
{
    if (eval) {
        ost_arena_free(eval->arena);
    }
}

void ost_eval_trace(ost_eval *eval, bool on)
{
    bool again = on && !eval->tracing;
    eval->tracing = on && eval->record;
    for (uint32_t i = 0; again && i < eval->program->define_count; i++) {
        if (!eval->memos[i].overridden) {
            eval->memos[i] = (ost_memo){.state = OST_MEMO_NONE};
        }
    }
}

ost_arena *ost_eval_arena(ost_eval *eval)
{
    return eval->arena;
}

/* Runs a definition with a trace of its own. */
static void make_memo(ost_eval *eval, uint32_t define)
{
    ost_memo *memo = &eval->memos[define];
    ost_trace *outer = eval->trace;
    eval->trace = ost_trace_new(eval);
    memo->state = OST_MEMO_BUSY;
    memo->value = ost_run_unit(eval, eval->program->defines[define], NULL, 0);
    memo->trace = eval->trace;
    eval->trace = outer;
    memo->state = OST_MEMO_DONE;
    if (eval->error.code != OST_OK) {
        memo->state = OST_MEMO_ERROR;
        memo->value = ost_null();
        memo->error = ost_arena_copy(eval->arena, &eval->error, sizeof eval->error);
    }
}

ost_value ost_eval_memo(ost_eval *eval, uint32_t define)
{
    ost_memo *memo = &eval->memos[define];
    if (memo->state == OST_MEMO_NONE) {
        make_memo(eval, define);
    } else if (memo->state == OST_MEMO_BUSY) {
        return ost_call_fail(&eval->call, OST_E_INTERNAL, "a definition waits for itself");
    } else if (memo->state == OST_MEMO_ERROR && eval->error.code == OST_OK) {
        if (memo->error) {
            eval->error = *memo->error;
        } else {
            (void)ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
        }
    }
    if (memo->trace) {
        ost_trace_join(eval, memo->trace);
    }
    return memo->value;
}

ost_status ost_eval_define(ost_eval *eval, uint32_t define, ost_value *out, ost_error *error)
{
    *out = ost_null();
    if (define >= eval->program->define_count || !eval->program->done) {
        return ost_err_set(error, OST_E_NOT_FOUND, "there is no such definition");
    }
    eval->error = (ost_error){.code = OST_OK};
    *out = ost_eval_memo(eval, define);
    if (eval->error.code != OST_OK) {
        *out = ost_null();
        if (error) {
            *error = eval->error;
        }
        return eval->error.code;
    }
    return OST_OK;
}

static uint32_t find_parameter(const ost_program *program, ost_str library, ost_str name)
{
    for (uint32_t i = 0; i < program->parameter_count; i++) {
        if (ost_str_equal(program->parameters[i].name, name) &&
            ost_str_equal(program->parameters[i].module->library->name, library)) {
            return i;
        }
    }
    return OST_MAP_NONE;
}

ost_status ost_eval_parameter(ost_eval *eval, ost_str library, ost_str name, ost_value value,
                              ost_error *error)
{
    const ost_program *program = eval->program;
    uint32_t at = find_parameter(program, library, name);
    if (at == OST_MAP_NONE) {
        return ost_err_set(error, OST_E_NOT_FOUND, "library %.*s has no parameter '%.*s'",
                           OST_STR_ARG(library), OST_STR_ARG(name));
    }
    const ost_type *type = program->parameters[at].type;
    if (type && !ost_is_null(value) && !ost_type_has(&program->types, type, value)) {
        return ost_err_set(error, OST_E_TYPE, "parameter '%.*s' is %.*s", OST_STR_ARG(name),
                           OST_STR_ARG(type->name));
    }
    eval->parameters[at] = ost_trace_without(eval->arena, value);
    if (eval->parameters[at].kind != value.kind) {
        return ost_err_memory(error, eval->arena);
    }
    eval->parameter_set[at] = true;
    return OST_OK;
}

ost_value ost_eval_parameter_value(ost_eval *eval, uint32_t parameter)
{
    const ost_unit *initial = eval->program->parameters[parameter].initial;
    if (!eval->parameter_set[parameter] && initial) {
        eval->parameters[parameter] = ost_run_unit(eval, initial, NULL, 0);
        eval->parameter_set[parameter] = true;
    }
    return eval->parameters[parameter];
}

/* Forgets what depends on a definition, so that it is made again when asked for. */
static void forget_dependents(ost_eval *eval, uint32_t define)
{
    const ost_program *program = eval->program;
    for (uint32_t i = program->dependents_at[define]; i < program->dependents_at[define + 1]; i++) {
        ost_memo *memo = &eval->memos[program->dependents[i]];
        if (!memo->overridden && memo->state != OST_MEMO_NONE) {
            *memo = (ost_memo){.state = OST_MEMO_NONE};
        }
    }
}

ost_status ost_eval_override(ost_eval *eval, uint32_t define, ost_value value)
{
    if (define >= eval->program->define_count) {
        return OST_E_NOT_FOUND;
    }
    ost_value copy = ost_trace_without(eval->arena, value);
    if (copy.kind != value.kind) {
        return OST_E_MEMORY;
    }
    eval->memos[define] = (ost_memo){.state = OST_MEMO_DONE, .overridden = true, .value = copy};
    forget_dependents(eval, define);
    return OST_OK;
}

void ost_eval_restore(ost_eval *eval, uint32_t define)
{
    if (define < eval->program->define_count && eval->memos[define].overridden) {
        eval->memos[define] = (ost_memo){.state = OST_MEMO_NONE};
        forget_dependents(eval, define);
    }
}

void ost_eval_restore_all(ost_eval *eval)
{
    for (uint32_t i = 0; i < eval->program->define_count; i++) {
        ost_eval_restore(eval, i);
    }
}

ost_status ost_eval_expression(const ost_program *base, const ost_record *record,
                               const ost_eval_options *options, ost_arena *arena,
                               ost_str source_name, ost_str text, ost_value *out, ost_str *type,
                               ost_diagnostics *diagnostics)
{
    *out = ost_null();
    ost_program *program = ost_program_new(arena, base->model, base->ucum, base->term);
    ost_library *library = ost_arena_alloc(arena, sizeof *library);
    ost_module *module = ost_arena_alloc(arena, sizeof *module);
    size_t before = diagnostics->count;
    ost_ast *ast = ost_cql_parse_expression(arena, source_name, text, diagnostics);
    if (diagnostics->count > before) {
        return diagnostics->items[before].code;
    }
    if (!program || !library || !module || !ast) {
        return OST_E_MEMORY;
    }
    library->source_name = source_name;
    library->source = text;
    module->library = library;
    module->by_name = ost_map_init(arena);
    module->uses_fhir = base->model != NULL;
    ost_unit *unit = ost_program_new_unit(program, module, ast);
    if (!unit || !ost_check_unit(program, unit, diagnostics)) {
        return diagnostics->count > before ? diagnostics->items[before].code : OST_E_MEMORY;
    }
    *type = unit->type->name;
    program->done = true;
    ost_eval *eval = ost_eval_new(program, record, options);
    if (!eval) {
        return OST_E_MEMORY;
    }
    if (!ost_arena_on_reset(arena, (void (*)(void *))ost_eval_free, eval)) {
        ost_eval_free(eval);
        return OST_E_MEMORY;
    }
    *out = ost_run_unit(eval, unit, NULL, 0);
    if (eval->error.code != OST_OK) {
        ost_error *error = ost_diagnostics_add(diagnostics, eval->error.code, source_name, ast,
                                               "%s", eval->error.message);
        if (error) {
            *error = eval->error;
        }
        *out = ost_null();
        return eval->error.code;
    }
    return OST_OK;
}
