/* Names: aliases and operands, definitions, parameters, terminology, members of values. */
#include "cql/check.h"

static const ost_scope *find_scope(const ost_check *check, ost_str name)
{
    for (const ost_scope *scope = check->scope; scope; scope = scope->outer) {
        if (ost_str_equal(scope->name, name)) {
            return scope;
        }
    }
    return NULL;
}

/* The system of a code: the id of a declared code system, or the version with it. */
static bool system_of(ost_check *check, const ost_module *module, const ost_ast *ref,
                      ost_code *code)
{
    ost_str name = ref->text;
    if (ref->kind == OST_AST_MEMBER && ref->kids[0] && ref->kids[0]->kind == OST_AST_REF) {
        const ost_symbol *include = ost_module_find(module, ref->kids[0]->text);
        module = include && include->kind == OST_SYMBOL_INCLUDE ? include->module : NULL;
    }
    ost_symbol *symbol = module ? ost_module_find(module, name) : NULL;
    if (!symbol || symbol->kind != OST_SYMBOL_CODESYSTEM) {
        ost_check_error(check, OST_E_NOT_FOUND, ref, "code system '%.*s' is not declared",
                        OST_STR_ARG(name));
        return false;
    }
    code->system = symbol->ast->uri;
    code->version = symbol->ast->unit;
    return true;
}

static bool code_of(ost_check *check, const ost_module *module, const ost_ast *ast, ost_code *code)
{
    *code = (ost_code){.code = ast->uri, .display = ast->unit};
    return system_of(check, module, ast->kids[0], code);
}

static ost_value concept_of(ost_check *check, const ost_module *module, const ost_ast *ast)
{
    ost_code *codes = ost_arena_array(check->program->arena, ast->count, sizeof *codes);
    ost_concept *concept = ost_arena_alloc(check->program->arena, sizeof *concept);
    ost_value value = {.kind = OST_CONCEPT};
    if (!codes || !concept) {
        check->program->failed = true;
        return ost_null();
    }
    for (size_t i = 0; i < ast->count; i++) {
        const ost_symbol *symbol = ost_module_find(module, ast->kids[i]->text);
        if (!symbol || symbol->kind != OST_SYMBOL_CODE) {
            ost_check_error(check, OST_E_NOT_FOUND, ast->kids[i], "code '%.*s' is not declared",
                            OST_STR_ARG(ast->kids[i]->text));
            return ost_null();
        }
        if (!code_of(check, module, symbol->ast, &codes[i])) {
            return ost_null();
        }
    }
    *concept = (ost_concept){.codes = codes, .count = ast->count, .display = ast->unit};
    value.concept = concept;
    return value;
}

/* A value set must exist when terminology is loaded: a misspelt one would silently find nothing. */
static bool valueset_exists(ost_check *check, const ost_ast *ast)
{
    const ost_valueset *set = NULL;
    ost_error error = {0};
    if (!check->program->term ||
        ost_term_valueset(check->program->term, ast->uri, ast->unit, &set, &error) == OST_OK) {
        return true;
    }
    ost_check_error(check, error.code, ast, "%s", error.message);
    return false;
}

const ost_value *ost_check_terminology(ost_check *check, const ost_module *module,
                                       ost_symbol *symbol)
{
    ost_value value = ost_null();
    ost_code code;
    if (symbol->value) {
        return symbol->value;
    }
    if (symbol->kind == OST_SYMBOL_CODE) {
        if (!code_of(check, module, symbol->ast, &code)) {
            return NULL;
        }
        value = ost_code_value(check->program->arena, code);
    } else if (symbol->kind == OST_SYMBOL_CONCEPT) {
        value = concept_of(check, module, symbol->ast);
    } else {
        ost_vocabulary vocabulary = {
            .id = symbol->ast->uri, .version = symbol->ast->unit, .name = symbol->name};
        if (symbol->kind == OST_SYMBOL_VALUESET && !valueset_exists(check, symbol->ast)) {
            return NULL;
        }
        value.kind = symbol->kind == OST_SYMBOL_VALUESET ? OST_VALUESET : OST_CODESYSTEM;
        value.vocabulary = ost_arena_copy(check->program->arena, &vocabulary, sizeof vocabulary);
    }
    if (!ost_is_null(value)) {
        symbol->value = ost_arena_copy(check->program->arena, &value, sizeof value);
    }
    return symbol->value;
}

static const ost_type *define_reference(ost_check *check, const ost_ast *ast, ost_unit *unit,
                                        uint32_t dst)
{
    if (unit->state == OST_UNIT_BUSY) {
        ost_check_error(check, OST_E_TYPE, ast, "'%.*s' is defined in terms of itself",
                        OST_STR_ARG(unit->name));
        return NULL;
    }
    if (!ost_check_unit(check->program, unit, check->diagnostics)) {
        return NULL; /* its own error has been reported */
    }
    ost_check_use(check, unit->define);
    ost_check_emit(check, ast, OST_STEP_DEFINE, dst, unit->define, 0);
    return unit->type;
}

static const ost_type *parameter_reference(ost_check *check, const ost_ast *ast,
                                           const ost_symbol *symbol, uint32_t dst)
{
    ost_parameter *parameter = &check->program->parameters[symbol->parameter];
    if (!parameter->type && symbol->ast->kids[0]) {
        parameter->type = ost_check_type(check, symbol->ast->kids[0]);
    }
    if (parameter->initial &&
        !ost_check_unit(check->program, parameter->initial, check->diagnostics)) {
        return NULL;
    }
    if (!parameter->type && parameter->initial) {
        parameter->type = parameter->initial->type;
    }
    ost_check_emit(check, ast, OST_STEP_PARAMETER, dst, symbol->parameter, 0);
    return parameter->type ? parameter->type : check->types->any;
}

static const ost_type *symbol_reference(ost_check *check, const ost_ast *ast,
                                        const ost_module *module, ost_symbol *symbol, uint32_t dst)
{
    const ost_value *value;
    if (symbol->is_private && module != check->unit->module) {
        ost_check_error(check, OST_E_TYPE, ast, "'%.*s' is private to library %.*s",
                        OST_STR_ARG(symbol->name), OST_STR_ARG(module->library->name));
        return NULL;
    }
    switch (symbol->kind) {
    case OST_SYMBOL_DEFINE:
        return define_reference(check, ast, symbol->unit, dst);
    case OST_SYMBOL_PARAMETER:
        return parameter_reference(check, ast, symbol, dst);
    case OST_SYMBOL_CODESYSTEM:
    case OST_SYMBOL_VALUESET:
    case OST_SYMBOL_CODE:
    case OST_SYMBOL_CONCEPT:
        value = ost_check_terminology(check, module, symbol);
        if (!value) {
            return NULL;
        }
        ost_check_emit(check, ast, OST_STEP_CONSTANT, dst, 0, 0)->value = value;
        return ost_type_system(check->types, (ost_kind)value->kind);
    case OST_SYMBOL_FUNCTION:
    case OST_SYMBOL_INCLUDE:
        break;
    }
    ost_check_error(check, OST_E_TYPE, ast, "'%.*s' is %s, not a value", OST_STR_ARG(symbol->name),
                    symbol->kind == OST_SYMBOL_FUNCTION ? "a function" : "a library");
    return NULL;
}

/* "Patient": the resource that the context is about. */
static const ost_type *context_reference(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    if (!check->unit->module->uses_fhir || !ost_str_is(ast->text, "Patient")) {
        return NULL;
    }
    const ost_type *type = ost_type_named(check->types, OST_STR("FHIR"), ast->text);
    if (type) {
        ost_check_emit(check, ast, OST_STEP_CONTEXT, dst, 0, 0)->type = type;
    }
    return type;
}

static void not_found(ost_check *check, const ost_ast *ast)
{
    ost_error *error = ost_check_error(check, OST_E_NOT_FOUND, ast, "'%.*s' is not declared",
                                       OST_STR_ARG(ast->text));
    const ost_module *module = check->unit->module;
    for (size_t i = 0; i < module->symbol_count; i++) {
        if (ost_str_equal_ignoring_case(module->symbols[i].name, ast->text)) {
            ost_err_hint(error, "did you mean \"%.*s\"", OST_STR_ARG(module->symbols[i].name));
        }
    }
}

const ost_type *ost_check_reference(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_scope *scope = find_scope(check, ast->text);
    if (scope) {
        ost_check_emit(check, ast, OST_STEP_MOVE, dst, scope->slot, 0);
        return scope->type;
    }
    /* Inside `sort by` the members of the item are in scope. */
    const ost_scope *item = find_scope(check, OST_STR(""));
    if (item) {
        const ost_type *type =
            ost_check_member_of(check, ast, item->type, ast->text, item->slot, dst);
        if (type) {
            return type;
        }
    }
    ost_symbol *symbol = ost_module_find(check->unit->module, ast->text);
    if (symbol) {
        return symbol_reference(check, ast, check->unit->module, symbol, dst);
    }
    const ost_type *type = context_reference(check, ast, dst);
    if (!type) {
        not_found(check, ast);
    }
    return type;
}

static const ost_type *choice_type(ost_check *check, const ost_model_element *element)
{
    const ost_model *model = check->program->model;
    const ost_type **parts =
        ost_arena_array(check->program->arena, element->choice_count, sizeof *parts);
    if (!parts) {
        check->program->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < element->choice_count; i++) {
        parts[i] = ost_type_fhir(check->types, model->choices[element->first_choice + i].type);
    }
    return ost_type_choice(check->types, parts, element->choice_count);
}

static const ost_type *fhir_member(ost_check *check, const ost_ast *ast, const ost_type *type,
                                   ost_str name, uint32_t from, uint32_t dst)
{
    const ost_model *model = check->program->model;
    const ost_model_element *element =
        ost_model_find(model, type->fhir, ost_model_name_id(model, name));
    if (!element) {
        return NULL;
    }
    ost_check_emit(check, ast, OST_STEP_PROPERTY, dst, from, 0)->element = element;
    const ost_type *item = choice_type(check, element);
    return item && element->list ? ost_type_list(check->types, item) : item;
}

/* A member that several alternatives of a choice have: one after the other, the first that is
 * there. */
static const ost_type *choice_member(ost_check *check, const ost_ast *ast, const ost_type *type,
                                     ost_str name, uint32_t from, uint32_t dst)
{
    const ost_type *result = NULL;
    uint32_t part = ost_check_slots(check, 1), value = ost_check_slots(check, 1);
    uint32_t out = ost_check_slots(check, 1);
    ost_check_emit_constant(check, ast, out, ost_null());
    for (size_t i = 0; i < type->count; i++) {
        size_t before = check->unit->step_count;
        ost_check_emit(check, ast, OST_STEP_CAST, part, from, 0)->type = type->parts[i];
        uint32_t skip = ost_check_here(check);
        ost_check_emit(check, ast, OST_STEP_JUMP_NULL, 0, part, 0);
        const ost_type *one =
            type->parts[i]->form == OST_TYPE_FHIR
                ? fhir_member(check, ast, type->parts[i], name, part, value)
                : ost_check_class_member(check, ast, type->parts[i], name, part, value);
        if (!one) {
            check->unit->step_count = before;
            continue;
        }
        ost_check_emit(check, ast, OST_STEP_MOVE, out, value, 0);
        ost_check_land(check, skip);
        result = result ? ost_type_join(check->types, result, one) : one;
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, dst, out, 0);
    return result;
}

const ost_type *ost_check_member_of(ost_check *check, const ost_ast *ast, const ost_type *type,
                                    ost_str name, uint32_t from, uint32_t dst)
{
    if (type->form == OST_TYPE_FHIR) {
        return fhir_member(check, ast, type, name, from, dst);
    }
    if (type->form == OST_TYPE_CHOICE) {
        return choice_member(check, ast, type, name, from, dst);
    }
    if (type->form == OST_TYPE_ANY) {
        /* A member of null is null; nothing else has the static type Any without a cast. */
        ost_check_emit_constant(check, ast, dst, ost_null());
        return type;
    }
    return ost_check_class_member(check, ast, type, name, from, dst);
}

/* Through a list: the member of every item, flattened, nulls left out. */
static const ost_type *list_member(ost_check *check, const ost_ast *ast, const ost_type *type,
                                   uint32_t from, uint32_t dst)
{
    uint32_t loop = ost_check_slots(check, 2), item = ost_check_slots(check, 1);
    uint32_t value = ost_check_slots(check, 1), collector = check->next_collector++;
    if (check->next_collector > check->unit->collectors) {
        check->unit->collectors = check->next_collector;
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, loop, from, 0);
    ost_check_emit(check, ast, OST_STEP_LOOP, 0, loop, 0);
    ost_check_emit(check, ast, OST_STEP_COLLECT, 0, collector, 0);
    uint32_t next = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_NEXT, item, loop, 0);
    const ost_type *one = ost_check_member_of(check, ast, type->element, ast->text, item, value);
    if (!one) {
        return NULL;
    }
    uint32_t skip = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP_NULL, 0, value, 0);
    ost_check_emit(check, ast, OST_STEP_APPEND, 0, collector, value);
    ost_check_land(check, skip);
    ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, next);
    ost_check_land(check, next);
    ost_check_emit(check, ast, OST_STEP_COLLECTED, dst, collector, 0);
    if (one->form != OST_TYPE_LIST) {
        return ost_type_list(check->types, one);
    }
    const ost_type *nested = ost_type_list(check->types, one);
    ost_check_emit(check, ast, OST_STEP_MOVE, value, dst, 0);
    return ost_check_call_slots(check, ast, OST_STR("Flatten"), &nested, value, 1, OST_UNIT_NONE,
                                dst);
}

const ost_type *ost_check_member(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_ast *left = ast->kids[0];
    if (left->kind == OST_AST_REF && !find_scope(check, left->text)) {
        const ost_symbol *include = ost_module_find(check->unit->module, left->text);
        if (include && include->kind == OST_SYMBOL_INCLUDE) {
            ost_symbol *symbol =
                include->module ? ost_module_find(include->module, ast->text) : NULL;
            if (!symbol) {
                ost_check_error(check, OST_E_NOT_FOUND, ast, "library %.*s has no '%.*s'",
                                OST_STR_ARG(left->text), OST_STR_ARG(ast->text));
                return NULL;
            }
            return symbol_reference(check, ast, include->module, symbol, dst);
        }
    }
    uint32_t from = ost_check_slots(check, 1);
    const ost_type *type = ost_check_expression(check, left, from);
    if (!type) {
        return NULL;
    }
    const ost_type *result = type->form == OST_TYPE_LIST
                                 ? list_member(check, ast, type, from, dst)
                                 : ost_check_member_of(check, ast, type, ast->text, from, dst);
    if (!result) {
        ost_check_error(check, OST_E_NOT_FOUND, ast, "%.*s has no element '%.*s'",
                        OST_STR_ARG(type->name), OST_STR_ARG(ast->text));
    }
    return result;
}
