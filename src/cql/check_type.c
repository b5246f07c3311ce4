/* Type specifiers (CQL 1.5.3 "Types"): names, lists, intervals, tuples, choices. */
#include "cql/check.h"

static const ost_type *named(ost_check *check, const ost_ast *ast)
{
    bool fhir = check->unit->module->uses_fhir;
    const ost_type *type = ost_type_named(check->types, ast->unit, ast->text);
    if (type && type->form == OST_TYPE_FHIR && !fhir) {
        type = NULL;
    }
    if (!type) {
        ost_error *error = ost_check_error(check, OST_E_NOT_FOUND, ast, "type '%.*s' is not known",
                                           OST_STR_ARG(ast->text));
        if (!fhir) {
            ost_err_hint(error, "add: using FHIR version '4.0.1'");
        }
    }
    return type;
}

static const ost_type *composed(ost_check *check, const ost_ast *ast)
{
    const ost_type **parts = ost_arena_array(check->program->arena, ast->count, sizeof *parts);
    ost_str *names = ost_arena_array(check->program->arena, ast->count, sizeof *names);
    if (!parts || !names) {
        check->program->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < ast->count; i++) {
        bool tuple = ast->kind == OST_AST_TYPE_TUPLE;
        names[i] = ast->kids[i]->text;
        parts[i] = ost_check_type(check, tuple ? ast->kids[i]->kids[0] : ast->kids[i]);
        if (!parts[i]) {
            return NULL;
        }
    }
    return ast->kind == OST_AST_TYPE_TUPLE ? ost_type_tuple(check->types, names, parts, ast->count)
                                           : ost_type_choice(check->types, parts, ast->count);
}

const ost_type *ost_check_type(ost_check *check, const ost_ast *ast)
{
    const ost_type *element;
    switch ((int)ast->kind) {
    case OST_AST_TYPE:
        return named(check, ast);
    case OST_AST_TYPE_LIST:
        element = ost_check_type(check, ast->kids[0]);
        return element ? ost_type_list(check->types, element) : NULL;
    case OST_AST_TYPE_INTERVAL:
        element = ost_check_type(check, ast->kids[0]);
        return element ? ost_type_interval(check->types, element) : NULL;
    case OST_AST_TYPE_CHOICE:
    case OST_AST_TYPE_TUPLE:
        return composed(check, ast);
    default:
        ost_check_error(check, OST_E_INTERNAL, ast, "a node that is no type");
        return NULL;
    }
}
