/* A program: sources in, checked plans out, and what can be asked about them. */
#include "cql/program.h"

ost_program *ost_program_new(ost_arena *arena, const ost_model *model, const ost_ucum *ucum,
                             const ost_term *term)
{
    ost_program *program = ost_arena_alloc(arena, sizeof *program);
    if (!program) {
        return NULL;
    }
    program->arena = arena;
    program->model = model;
    program->ucum = ucum;
    program->term = term;
    program->types = ost_types_init(arena, model);
    return ost_program_load_operators(program) ? program : NULL;
}

ost_status ost_program_add(ost_program *program, ost_str source_name, ost_str source)
{
    ost_str(*sources)[2] =
        ost_arena_grow(program->arena, program->sources, &program->source_capacity,
                       program->source_count + 1, sizeof *sources);
    if (!sources) {
        program->failed = true;
        return OST_E_MEMORY;
    }
    program->sources = sources;
    sources[program->source_count][0] = ost_str_copy(program->arena, source_name);
    sources[program->source_count][1] = ost_str_copy(program->arena, source);
    program->source_count++;
    return OST_OK;
}

static ost_module *new_module(ost_program *program, ost_library *library)
{
    ost_module *module = ost_arena_alloc(program->arena, sizeof *module);
    ost_module **modules =
        ost_arena_grow(program->arena, program->modules, &program->module_capacity,
                       program->module_count + 1, sizeof(ost_module *));
    if (!module || !modules || !library) {
        program->failed = true;
        return NULL;
    }
    program->modules = modules;
    module->library = library;
    modules[program->module_count++] = module;
    return module;
}

/* FHIRHelpers 4.0.1 is a library without text: its functions are the model's conversions. It comes
 * last, so that an added library of that name and version is found before it. */
static void add_fhir_helpers(ost_program *program)
{
    ost_library *library = ost_arena_alloc(program->arena, sizeof *library);
    if (!program->model || !library) {
        return;
    }
    library->source_name = OST_STR("FHIRHelpers (built in)");
    library->name = OST_STR("FHIRHelpers");
    library->version = OST_STR("4.0.1");
    ost_module *module = new_module(program, library);
    if (module) {
        module->by_name = ost_map_init(program->arena);
        module->fhir_helpers = true;
    }
}

static void two_of_one_name(ost_program *program, ost_diagnostics *diagnostics)
{
    for (size_t i = 0; i < program->module_count; i++) {
        const ost_library *a = program->modules[i]->library;
        for (size_t j = 0; j < i && a->name.len > 0 && !program->modules[i]->fhir_helpers; j++) {
            const ost_library *b = program->modules[j]->library;
            if (ost_str_equal(a->name, b->name) && ost_str_equal(a->version, b->version)) {
                ost_ast at = {.line = 1, .column = 1};
                ost_diagnostics_add(diagnostics, OST_E_TYPE, a->source_name, &at,
                                    "library %.*s %.*s is also in %.*s", OST_STR_ARG(a->name),
                                    OST_STR_ARG(a->version), OST_STR_ARG(b->source_name));
            }
        }
    }
}

static void check_all(ost_program *program, ost_diagnostics *diagnostics)
{
    for (size_t i = 0; i < program->define_count; i++) {
        (void)ost_check_unit(program, program->defines[i], diagnostics);
    }
    for (size_t i = 0; i < program->module_count; i++) {
        const ost_module *module = program->modules[i];
        for (size_t j = 0; j < module->symbol_count; j++) {
            const ost_symbol *symbol = &module->symbols[j];
            if (symbol->kind == OST_SYMBOL_FUNCTION && symbol->ast->kids[0]) {
                (void)ost_check_unit(program, symbol->unit, diagnostics);
            }
        }
    }
    for (size_t i = 0; i < program->parameter_count; i++) {
        if (program->parameters[i].initial) {
            (void)ost_check_unit(program, program->parameters[i].initial, diagnostics);
        }
    }
}

static void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static bool get_bit(const uint64_t *bits, uint32_t at)
{
    return (bits[at / 64] >> (at % 64)) & 1;
}

/* Row of a definition: everything it depends on. Definitions do not depend on themselves, so the
 * depth of the recursion is bounded by their number; `made` marks finished rows. */
static void close_row(ost_program *program, uint32_t define, bool *made)
{
    if (made[define]) {
        return;
    }
    made[define] = true;
    uint64_t *row = program->closure + define * program->closure_words;
    const ost_unit *unit = program->defines[define];
    for (size_t i = 0; i < unit->use_count; i++) {
        const uint64_t *other = program->closure + unit->uses[i] * program->closure_words;
        close_row(program, unit->uses[i], made);
        set_bit(row, unit->uses[i]);
        for (size_t w = 0; w < program->closure_words; w++) {
            row[w] |= other[w];
        }
    }
}

/* Calls back for every definition that row `define` of the closure holds. */
static void each_use(const ost_program *program, uint32_t define,
                     void (*found)(uint32_t use, uint32_t define, uint32_t *at, uint32_t *all),
                     uint32_t *at, uint32_t *all)
{
    const uint64_t *row = program->closure + define * program->closure_words;
    for (uint32_t w = 0; w < program->closure_words; w++) {
        uint32_t bit = 0;
        for (uint64_t bits = row[w]; bits; bits >>= 1, bit++) {
            if (bits & 1) {
                found(w * 64 + bit, define, at, all);
            }
        }
    }
}

static void count_use(uint32_t use, uint32_t define, uint32_t *at, uint32_t *all)
{
    (void)define;
    (void)all;
    at[use + 2]++;
}

static void note_use(uint32_t use, uint32_t define, uint32_t *at, uint32_t *all)
{
    all[at[use + 1]++] = define;
}

/* Turns the closure round: count, sum up, fill. The lists are rising. */
static void list_dependents(ost_program *program)
{
    uint32_t count = (uint32_t)program->define_count;
    uint32_t *at = ost_arena_array(program->arena, (size_t)count + 3, sizeof *at);
    for (uint32_t i = 0; at && i < count; i++) {
        each_use(program, i, count_use, at, NULL);
    }
    for (uint32_t i = 1; at && i < count + 3; i++) {
        at[i] += at[i - 1];
    }
    uint32_t *all =
        at ? ost_arena_array(program->arena, (size_t)at[count + 2] + 1, sizeof *all) : NULL;
    if (!all) {
        program->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        each_use(program, i, note_use, at, all);
    }
    program->dependents = all;
    program->dependents_at = at;
}

static void close_all(ost_program *program)
{
    program->closure_words = program->define_count / 64 + 1;
    program->closure =
        ost_arena_array(program->arena, program->define_count * program->closure_words + 1,
                        sizeof *program->closure);
    bool *made = ost_arena_array(program->arena, program->define_count + 1, sizeof *made);
    if (!program->closure || !made) {
        program->failed = true;
        return;
    }
    for (uint32_t i = 0; i < program->define_count; i++) {
        close_row(program, i, made);
    }
    list_dependents(program);
}

ost_status ost_program_done(ost_program *program, ost_diagnostics *diagnostics)
{
    size_t before = diagnostics->count;
    for (size_t i = 0; i < program->source_count; i++) {
        (void)new_module(program, ost_cql_parse(program->arena, program->sources[i][0],
                                                program->sources[i][1], diagnostics));
    }
    if (program->failed) {
        return OST_E_MEMORY;
    }
    for (size_t i = 0; i < program->module_count; i++) {
        ost_module_declare(program, program->modules[i], diagnostics);
    }
    add_fhir_helpers(program);
    two_of_one_name(program, diagnostics);
    for (size_t i = 0; i < program->module_count; i++) {
        ost_module_link(program, program->modules[i], diagnostics);
    }
    check_all(program, diagnostics);
    close_all(program);
    if (program->failed || program->types.failed) {
        return OST_E_MEMORY;
    }
    program->done = diagnostics->count == before;
    return program->done ? OST_OK : diagnostics->items[before].code;
}

ost_str ost_program_source(const ost_program *program, ost_str source_name)
{
    for (size_t i = 0; i < program->source_count; i++) {
        if (ost_str_equal(program->sources[i][0], source_name)) {
            return program->sources[i][1];
        }
    }
    return (ost_str){NULL, 0};
}

size_t ost_program_define_count(const ost_program *program)
{
    return program->define_count;
}

uint32_t ost_program_find(const ost_program *program, ost_str library, ost_str name)
{
    for (size_t i = 0; i < program->module_count; i++) {
        if (!ost_str_equal(program->modules[i]->library->name, library)) {
            continue;
        }
        const ost_symbol *symbol = ost_module_find(program->modules[i], name);
        if (symbol && symbol->kind == OST_SYMBOL_DEFINE) {
            return symbol->unit->define;
        }
    }
    return OST_DEFINE_NONE;
}

ost_define_info ost_program_define(const ost_program *program, uint32_t define)
{
    const ost_unit *unit = program->defines[define];
    const ost_library *library = unit->module->library;
    return (ost_define_info){.library = library->name,
                             .name = unit->name,
                             .source_name = library->source_name,
                             .type = unit->type ? unit->type->name : OST_STR("Any"),
                             .line = unit->ast->line,
                             .column = unit->ast->column,
                             .is_private = (unit->ast->flags & OST_AST_F_PRIVATE) != 0};
}

size_t ost_program_uses(const ost_program *program, uint32_t define, const uint32_t **uses)
{
    *uses = program->defines[define]->uses;
    return program->defines[define]->use_count;
}

bool ost_program_depends(const ost_program *program, uint32_t define, uint32_t on)
{
    return define < program->define_count && on < program->define_count &&
           get_bit(program->closure + define * program->closure_words, on);
}

static bool known_already(const ost_program *program, const ost_value *values, size_t count,
                          ost_value value)
{
    ost_error error = {.code = OST_OK};
    ost_call call = {
        .arena = program->arena, .ucum = program->ucum, .error = &error, .steps_left = 1000};
    for (size_t i = 0; i < count; i++) {
        if (values[i].kind == value.kind &&
            ost_compare(&call, values[i], value, OST_UNIT_NONE) == OST_SAME) {
            return true;
        }
    }
    return false;
}

size_t ost_program_thresholds(const ost_program *program, uint32_t define, uint32_t fact,
                              ost_value *out, size_t max)
{
    size_t count = 0;
    for (uint32_t i = 0; i < program->define_count; i++) {
        const ost_unit *unit = program->defines[i];
        if (i != define && !ost_program_depends(program, define, i)) {
            continue;
        }
        for (size_t t = 0; t < unit->threshold_count && count < max; t++) {
            if (unit->thresholds[t].fact == fact &&
                !known_already(program, out, count, unit->thresholds[t].value)) {
                out[count++] = unit->thresholds[t].value;
            }
        }
    }
    return count;
}

void ost_program_explain(const ost_program *program, uint32_t define, ost_buf *out)
{
    ost_plan_print(out, program, program->defines[define]);
}
