/* Retrieves: [Type], [Type: "value set"], [Type: path in "value set"], [Type: path ~ "code"]. */
#include "cql/check.h"

/* What the terminology is called in the library, for "what did we look for". */
static ost_str terminology_name(const ost_ast *ast)
{
    if (!ast) {
        return (ost_str){NULL, 0};
    }
    return ast->kind == OST_AST_REF || ast->kind == OST_AST_MEMBER ? ast->text : OST_STR("codes");
}

static bool code_path(ost_check *check, const ost_ast *ast, ost_retrieve *retrieve)
{
    const ost_model *model = check->program->model;
    const ost_model_type *type = &model->types[retrieve->type];
    uint32_t name = ast->text.len > 0 ? ost_model_name_id(model, ast->text) : type->code_path;
    retrieve->element = ost_model_find(model, retrieve->type, name);
    retrieve->primary = name == type->code_path;
    if (!retrieve->element) {
        ost_check_error(check, OST_E_TYPE, ast, "%.*s has no %s '%.*s'", OST_STR_ARG(type->name),
                        ast->text.len > 0 ? "element" : "primary code path",
                        OST_STR_ARG(ast->text));
        return false;
    }
    return true;
}

/* Value sets, code systems, codes and concepts are taken as they are; lists become lists of
 * codes. */
static bool terminology(ost_check *check, const ost_ast *ast, uint32_t slot)
{
    const ost_type *type = ost_check_expression(check, ast, slot);
    if (!type) {
        return false;
    }
    if (ost_type_is_kind(type, OST_VALUESET) || ost_type_is_kind(type, OST_CODE) ||
        ost_type_is_kind(type, OST_CONCEPT)) {
        return true;
    }
    const ost_type *codes = ost_type_list(check->types, ost_type_system(check->types, OST_CODE));
    const ost_conversion *ignored = NULL;
    if (type->form == OST_TYPE_FHIR ||
        ost_conversion_find(check->types, type, codes, &ignored) == OST_COST_NONE) {
        return ost_check_convert(check, ast, type, ost_type_system(check->types, OST_CONCEPT),
                                 slot);
    }
    return ost_check_convert(check, ast, type, codes, slot);
}

const ost_type *ost_check_retrieve(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *type = ost_check_type(check, ast->kids[0]);
    ost_retrieve *retrieve = ost_arena_alloc(check->program->arena, sizeof *retrieve);
    if (!type || !retrieve) {
        return NULL;
    }
    if (type->form != OST_TYPE_FHIR || !check->program->model->types[type->fhir].retrievable) {
        ost_check_error(check, OST_E_TYPE, ast, "%.*s can't be retrieved", OST_STR_ARG(type->name));
        return NULL;
    }
    const ost_ast *codes = ast->count > 2 ? ast->kids[2] : NULL;
    if (ast->count > 1 && ast->kids[1]) {
        ost_check_error(check, OST_E_UNSUPPORTED, ast,
                        "retrieves of another context are not supported");
        return NULL;
    }
    *retrieve = (ost_retrieve){.type = type->fhir,
                               .type_name = check->program->model->types[type->fhir].name,
                               .terminology = terminology_name(codes)};
    uint32_t slot = ost_check_slots(check, 1);
    if (codes && (!code_path(check, ast, retrieve) || !terminology(check, codes, slot))) {
        return NULL;
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_RETRIEVE, dst, slot, 0);
    step->count = codes != NULL;
    step->retrieve = retrieve;
    return ost_type_list(check->types, type);
}
