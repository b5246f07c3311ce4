/* Declarations of a library: names to symbols, includes to libraries, terminology to values. */
#include "cql/program.h"

static ost_symbol *add_symbol(ost_program *program, ost_module *module, ost_symbol_kind kind,
                              ost_str name, const ost_ast *ast, ost_diagnostics *diagnostics)
{
    ost_symbol *symbols = ost_arena_grow(program->arena, module->symbols, &module->symbol_capacity,
                                         module->symbol_count + 1, sizeof *symbols);
    if (!symbols) {
        program->failed = true;
        return NULL;
    }
    module->symbols = symbols;
    uint32_t before = ost_map_get(&module->by_name, name);
    if (before != OST_MAP_NONE &&
        (kind != OST_SYMBOL_FUNCTION || symbols[before].kind != OST_SYMBOL_FUNCTION)) {
        ost_diagnostics_add(diagnostics, OST_E_TYPE, module->library->source_name, ast,
                            "'%.*s' is already declared in line %u", OST_STR_ARG(name),
                            symbols[before].ast->line);
        return NULL;
    }
    ost_symbol *symbol = &symbols[module->symbol_count];
    *symbol = (ost_symbol){.kind = kind,
                           .name = name,
                           .ast = ast,
                           .next = before,
                           .is_private = (ast->flags & OST_AST_F_PRIVATE) != 0};
    if (!ost_map_put(&module->by_name, name, (uint32_t)module->symbol_count)) {
        program->failed = true;
    }
    module->symbol_count++;
    return symbol;
}

ost_unit *ost_program_new_unit(ost_program *program, ost_module *module, const ost_ast *ast)
{
    ost_unit *unit = ost_arena_alloc(program->arena, sizeof *unit);
    if (!unit) {
        program->failed = true;
        return NULL;
    }
    *unit = (ost_unit){.module = module, .ast = ast, .name = ast->text, .define = OST_DEFINE_NONE};
    return unit;
}

static ost_unit *new_define(ost_program *program, ost_module *module, const ost_ast *ast)
{
    ost_unit *unit = ost_program_new_unit(program, module, ast);
    ost_unit **defines = ost_arena_grow(program->arena, program->defines, &program->define_capacity,
                                        program->define_count + 1, sizeof(ost_unit *));
    if (!unit || !defines) {
        program->failed = true;
        return unit;
    }
    program->defines = defines;
    unit->define = (uint32_t)program->define_count;
    defines[program->define_count++] = unit;
    return unit;
}

static uint32_t new_parameter(ost_program *program, ost_module *module, const ost_ast *ast)
{
    ost_parameter *parameters =
        ost_arena_grow(program->arena, program->parameters, &program->parameter_capacity,
                       program->parameter_count + 1, sizeof *parameters);
    if (!parameters) {
        program->failed = true;
        return 0;
    }
    program->parameters = parameters;
    parameters[program->parameter_count] = (ost_parameter){
        .module = module,
        .name = ast->text,
        .initial = ast->kids[1] ? ost_program_new_unit(program, module, ast) : NULL};
    return (uint32_t)program->parameter_count++;
}

static void declare_using(ost_program *program, ost_module *module, const ost_ast *ast,
                          ost_diagnostics *diagnostics)
{
    if (ost_str_is(ast->text, "System")) {
        return;
    }
    bool known = ost_str_is(ast->text, "FHIR") && program->model;
    if (!known || (ast->unit.len > 0 && !ost_str_is(ast->unit, "4.0.1"))) {
        ost_error *error = ost_diagnostics_add(
            diagnostics, OST_E_UNSUPPORTED, module->library->source_name, ast,
            "model %.*s %.*s is not known", OST_STR_ARG(ast->text), OST_STR_ARG(ast->unit));
        ost_err_hint(error, "this engine knows System and FHIR version '4.0.1'");
        return;
    }
    module->uses_fhir = true;
}

static void declare_one(ost_program *program, ost_module *module, const ost_ast *ast,
                        ost_diagnostics *diagnostics)
{
    static const struct kind_of {
        ost_ast_kind node;
        ost_symbol_kind symbol;
    } kinds[] = {
        {OST_AST_DEFINE, OST_SYMBOL_DEFINE},       {OST_AST_FUNCTION, OST_SYMBOL_FUNCTION},
        {OST_AST_PARAMETER, OST_SYMBOL_PARAMETER}, {OST_AST_CODESYSTEM, OST_SYMBOL_CODESYSTEM},
        {OST_AST_VALUESET, OST_SYMBOL_VALUESET},   {OST_AST_CODE_DEF, OST_SYMBOL_CODE},
        {OST_AST_CONCEPT_DEF, OST_SYMBOL_CONCEPT}, {OST_AST_INCLUDE, OST_SYMBOL_INCLUDE},
    };
    if (ast->kind == OST_AST_USING) {
        declare_using(program, module, ast, diagnostics);
        return;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(kinds); i++) {
        if (kinds[i].node != ast->kind) {
            continue;
        }
        ost_str name = ast->kind == OST_AST_INCLUDE && ast->alias.len > 0 ? ast->alias : ast->text;
        ost_symbol *symbol = add_symbol(program, module, kinds[i].symbol, name, ast, diagnostics);
        if (symbol && ast->kind == OST_AST_DEFINE) {
            symbol->unit = new_define(program, module, ast);
        } else if (symbol && ast->kind == OST_AST_FUNCTION) {
            symbol->unit = ost_program_new_unit(program, module, ast);
        } else if (symbol && ast->kind == OST_AST_PARAMETER) {
            symbol->parameter = new_parameter(program, module, ast);
        }
    }
}

void ost_module_declare(ost_program *program, ost_module *module, ost_diagnostics *diagnostics)
{
    module->by_name = ost_map_init(program->arena);
    for (size_t i = 0; i < module->library->count; i++) {
        declare_one(program, module, module->library->declarations[i], diagnostics);
    }
}

static const ost_module *find_module(const ost_program *program, const ost_ast *include)
{
    for (size_t i = 0; i < program->module_count; i++) {
        const ost_library *library = program->modules[i]->library;
        if (ost_str_equal(library->name, include->text) &&
            (include->unit.len == 0 || ost_str_equal(library->version, include->unit))) {
            return program->modules[i];
        }
    }
    return NULL;
}

static void missing_include(const ost_program *program, const ost_module *module,
                            const ost_ast *include, ost_diagnostics *diagnostics)
{
    ost_error *error =
        ost_diagnostics_add(diagnostics, OST_E_NOT_FOUND, module->library->source_name, include,
                            "library %.*s%s%.*s is not there", OST_STR_ARG(include->text),
                            include->unit.len ? " version " : "", OST_STR_ARG(include->unit));
    for (size_t i = 0; i < program->module_count; i++) {
        const ost_library *library = program->modules[i]->library;
        if (ost_str_equal(library->name, include->text)) {
            ost_err_hint(error, "there is version %.*s", OST_STR_ARG(library->version));
        }
    }
}

/* Whether `from` includes `wanted`, directly or not. Depth is bounded by the number of
 * libraries. */
static bool reaches(const ost_module *from, const ost_module *wanted, size_t depth)
{
    if (from == wanted || depth == 0) {
        return from == wanted;
    }
    for (size_t i = 0; i < from->symbol_count; i++) {
        if (from->symbols[i].kind == OST_SYMBOL_INCLUDE && from->symbols[i].module &&
            reaches(from->symbols[i].module, wanted, depth - 1)) {
            return true;
        }
    }
    return false;
}

void ost_module_link(ost_program *program, ost_module *module, ost_diagnostics *diagnostics)
{
    for (size_t i = 0; i < module->symbol_count; i++) {
        ost_symbol *symbol = &module->symbols[i];
        if (symbol->kind != OST_SYMBOL_INCLUDE) {
            continue;
        }
        const ost_module *found = find_module(program, symbol->ast);
        if (!found) {
            missing_include(program, module, symbol->ast, diagnostics);
        } else if (reaches(found, module, program->module_count)) {
            ost_diagnostics_add(diagnostics, OST_E_TYPE, module->library->source_name, symbol->ast,
                                "circular include: %.*s includes %.*s, which leads back to it",
                                OST_STR_ARG(module->library->name), OST_STR_ARG(symbol->ast->text));
        } else {
            symbol->module = found;
        }
    }
}

ost_symbol *ost_module_find(const ost_module *module, ost_str name)
{
    uint32_t at = ost_map_get(&module->by_name, name);
    return at == OST_MAP_NONE ? NULL : &module->symbols[at];
}
