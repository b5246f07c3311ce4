/* From syntax tree to plan: the dispatch over node kinds, control flow, and emitting.
 *
 * Types, names and overloads are settled here, once; the steps that come out carry no types.
 * Three-valued logic is plain steps with jumps: `a and b` leaves false as soon as `a` is false, and
 * looks at `b` also when `a` is unknown. */
#include "cql/check.h"

#include <stdarg.h>
#include <stdio.h>

ost_error *ost_check_error(ost_check *check, ost_status code, const ost_ast *at, const char *format,
                           ...)
{
    char text[OST_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return ost_diagnostics_add(check->diagnostics, code, check->unit->module->library->source_name,
                               at, "%s", text);
}

uint32_t ost_check_here(const ost_check *check)
{
    return (uint32_t)check->unit->step_count;
}

ost_step *ost_check_emit(ost_check *check, const ost_ast *at, ost_step_op op, uint32_t dst,
                         uint32_t a, uint32_t b)
{
    static ost_step lost; /* written to when memory is short; the program then fails as a whole */
    ost_unit *unit = check->unit;
    ost_step *steps = ost_arena_grow(check->program->arena, unit->steps, &unit->step_capacity,
                                     unit->step_count + 1, sizeof *steps);
    if (!steps) {
        check->program->failed = true;
        return &lost;
    }
    unit->steps = steps;
    ost_step *step = &steps[unit->step_count++];
    *step = (ost_step){
        .op = (uint16_t)op, .dst = dst, .a = a, .b = b, .line = at->line, .column = at->column};
    return step;
}

void ost_check_emit_constant(ost_check *check, const ost_ast *at, uint32_t dst, ost_value value)
{
    ost_check_emit(check, at, OST_STEP_CONSTANT, dst, 0, 0)->value =
        ost_arena_copy(check->program->arena, &value, sizeof value);
}

void ost_check_land(ost_check *check, uint32_t from)
{
    if (from < check->unit->step_count) {
        check->unit->steps[from].b = ost_check_here(check);
    }
}

uint32_t ost_check_slots(ost_check *check, uint32_t count)
{
    uint32_t first = check->next_slot;
    check->next_slot += count;
    if (check->next_slot > check->unit->slots) {
        check->unit->slots = check->next_slot;
    }
    return first;
}

void ost_check_use(ost_check *check, uint32_t define)
{
    ost_unit *unit = check->unit;
    size_t at = 0;
    while (at < unit->use_count && unit->uses[at] < define) {
        at++;
    }
    if (at < unit->use_count && unit->uses[at] == define) {
        return;
    }
    uint32_t *uses = ost_arena_grow(check->program->arena, unit->uses, &unit->use_capacity,
                                    unit->use_count + 1, sizeof *uses);
    if (!uses) {
        check->program->failed = true;
        return;
    }
    unit->uses = uses;
    memmove(uses + at + 1, uses + at, (unit->use_count - at) * sizeof *uses);
    uses[at] = define;
    unit->use_count++;
}

const ost_type *ost_check_convert(ost_check *check, const ost_ast *at, const ost_type *from,
                                  const ost_type *to, uint32_t slot)
{
    const ost_conversion *conversion = NULL;
    if (ost_conversion_find(check->types, from, to, &conversion) == OST_COST_NONE) {
        ost_check_error(check, OST_E_TYPE, at, "expected %.*s, found %.*s", OST_STR_ARG(to->name),
                        OST_STR_ARG(from->name));
        return NULL;
    }
    if (conversion) {
        ost_check_emit(check, at, OST_STEP_CONVERT, slot, slot, 0)->conversion = conversion;
    }
    return to;
}

const ost_type *ost_check_expecting(ost_check *check, const ost_ast *ast, const ost_type *want,
                                    uint32_t dst)
{
    const ost_type *type = ost_check_expression(check, ast, dst);
    return type ? ost_check_convert(check, ast, type, want, dst) : NULL;
}

/* A branch of `if` or `case`: its type, and the step that will turn it into the common type. */
typedef struct branch {
    const ost_type *type;
    uint32_t step, slot;
} branch;

static branch check_branch(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    branch b = {.type = ost_check_expression(check, ast, dst), .slot = dst};
    b.step = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_CONVERT, dst, dst, 0); /* conversion NULL: as it is */
    return b;
}

static const ost_type *join_branches(ost_check *check, const branch *branches, size_t count)
{
    const ost_type *type = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!branches[i].type) {
            return NULL;
        }
        type = type ? ost_type_join(check->types, type, branches[i].type) : branches[i].type;
    }
    for (size_t i = 0; i < count; i++) {
        const ost_conversion *conversion = NULL;
        if (branches[i].step < check->unit->step_count &&
            ost_conversion_find(check->types, branches[i].type, type, &conversion) !=
                OST_COST_NONE) {
            check->unit->steps[branches[i].step].conversion = conversion;
        }
    }
    return type;
}

static const ost_type *check_if(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *boolean = ost_type_system(check->types, OST_BOOLEAN);
    const ost_type *condition = ost_check_expecting(check, ast->kids[0], boolean, dst);
    branch branches[2];
    uint32_t to_else = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP_NOT_TRUE, 0, dst, 0);
    branches[0] = check_branch(check, ast->kids[1], dst);
    uint32_t to_end = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, 0);
    ost_check_land(check, to_else);
    branches[1] = check_branch(check, ast->kids[2], dst);
    ost_check_land(check, to_end);
    const ost_type *type = join_branches(check, branches, 2);
    return condition ? type : NULL;
}

/* kids: comparand or NULL, when1, then1, ..., else. */
static const ost_type *check_case(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    uint32_t test = ost_check_slots(check, 1);
    uint32_t *ends = ost_arena_array(check->program->arena, ast->count, sizeof *ends);
    branch *branches = ost_arena_array(check->program->arena, ast->count, sizeof *branches);
    const ost_type *boolean = ost_type_system(check->types, OST_BOOLEAN);
    size_t count = 0;
    bool good = true;
    if (!ends || !branches) {
        check->program->failed = true;
        return NULL;
    }
    for (size_t i = 1; i + 1 < ast->count; i += 2) {
        ost_ast *arguments[2] = {ast->kids[0], ast->kids[i]};
        const ost_type *when = ast->kids[0]
                                   ? ost_check_operator(check, ast->kids[i], OST_STR("Equal"),
                                                        arguments, 2, OST_UNIT_NONE, test)
                                   : ost_check_expecting(check, ast->kids[i], boolean, test);
        good = good && when;
        uint32_t skip = ost_check_here(check);
        ost_check_emit(check, ast->kids[i], OST_STEP_JUMP_NOT_TRUE, 0, test, 0);
        branches[count] = check_branch(check, ast->kids[i + 1], dst);
        ends[count++] = ost_check_here(check);
        ost_check_emit(check, ast->kids[i], OST_STEP_JUMP, 0, 0, 0);
        ost_check_land(check, skip);
    }
    size_t end_count = count;
    branches[count++] = check_branch(check, ast->kids[ast->count - 1], dst);
    for (size_t i = 0; i < end_count; i++) {
        ost_check_land(check, ends[i]);
    }
    const ost_type *type = join_branches(check, branches, count);
    return good ? type : NULL;
}

static const ost_type *check_as(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *from = ost_check_expression(check, ast->kids[0], dst);
    const ost_type *to = ost_check_type(check, ast->kids[1]);
    if (!from || !to) {
        return NULL;
    }
    /* `O.value as Quantity` on a FHIR choice: the System type is reached through its conversion. */
    const ost_conversion *conversion = NULL;
    if (!ost_type_is(check->types, to, from) && from->form != OST_TYPE_ANY &&
        !(from->form == OST_TYPE_FHIR && to->form == OST_TYPE_FHIR) &&
        to->form == OST_TYPE_SYSTEM &&
        (from->form == OST_TYPE_CHOICE || from->form == OST_TYPE_FHIR) &&
        ost_conversion_find(check->types, from, to, &conversion) != OST_COST_NONE && conversion) {
        ost_check_emit(check, ast, OST_STEP_CONVERT, dst, dst, 0)->conversion = conversion;
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_CAST, dst, dst, 0);
    step->type = to;
    step->count = (ast->flags & OST_AST_F_STRICT) != 0;
    return to;
}

static const ost_type *check_is(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *from = ost_check_expression(check, ast->kids[0], dst);
    const ost_type *to = ost_check_type(check, ast->kids[1]);
    if (!from || !to) {
        return NULL;
    }
    ost_check_emit(check, ast, OST_STEP_IS, dst, dst, 0)->type = to;
    return ost_type_system(check->types, OST_BOOLEAN);
}

/* convert x to T, convert q to 'unit'. Explicit conversions are the To<Type> operators. */
static const ost_type *check_convert(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    if (ast->count < 2 || !ast->kids[1]) {
        uint32_t first = ost_check_slots(check, 2);
        const ost_type *types[2] = {ost_check_expression(check, ast->kids[0], first),
                                    ost_type_system(check->types, OST_STRING)};
        ost_check_emit_constant(check, ast, first + 1, ost_string(ast->unit));
        return types[0] ? ost_check_call_slots(check, ast, OST_STR("ConvertQuantity"), types, first,
                                               2, OST_UNIT_NONE, dst)
                        : NULL;
    }
    const ost_type *to = ost_check_type(check, ast->kids[1]);
    uint32_t slot = ost_check_slots(check, 1);
    const ost_type *from = ost_check_expression(check, ast->kids[0], slot);
    if (!from || !to) {
        return NULL;
    }
    const ost_conversion *conversion = NULL;
    char name[64];
    int len = snprintf(name, sizeof name, "To%.*s", OST_STR_ARG(to->name));
    if (to->form == OST_TYPE_SYSTEM && len > 0 && (size_t)len < sizeof name &&
        ost_program_operator(check->program, ost_str_of(name))) {
        return ost_check_call_slots(check, ast, ost_str_of(name), &from, slot, 1, OST_UNIT_NONE,
                                    dst);
    }
    if (ost_conversion_find(check->types, from, to, &conversion) == OST_COST_NONE) {
        ost_check_error(check, OST_E_TYPE, ast, "%.*s can't be converted to %.*s",
                        OST_STR_ARG(from->name), OST_STR_ARG(to->name));
        return NULL;
    }
    if (conversion) {
        ost_check_emit(check, ast, OST_STEP_CONVERT, slot, slot, 0)->conversion = conversion;
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, dst, slot, 0);
    return to;
}

static const ost_type *check_limit(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *type = ost_check_type(check, ast->kids[0]);
    if (!type) {
        return NULL;
    }
    ost_call call = {.arena = check->program->arena};
    ost_value value = ast->kind == OST_AST_MINIMUM ? ost_minimum_of(&call, type->kind)
                                                   : ost_maximum_of(&call, type->kind);
    if (type->form != OST_TYPE_SYSTEM || ost_is_null(value)) {
        ost_check_error(check, OST_E_TYPE, ast, "%.*s has no %s", OST_STR_ARG(type->name),
                        ast->kind == OST_AST_MINIMUM ? "minimum" : "maximum");
        return NULL;
    }
    ost_check_emit_constant(check, ast, dst, value);
    return type;
}

static const ost_type *check_literal(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    ost_value value = ost_null();
    const ost_type *type = NULL;
    if (!ost_check_literal(check, ast, &value, &type)) {
        return NULL;
    }
    ost_check_emit_constant(check, ast, dst, value);
    return type;
}

static const ost_type *dispatch(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    switch (ast->kind) {
    case OST_AST_NULL:
    case OST_AST_BOOLEAN:
    case OST_AST_INTEGER:
    case OST_AST_LONG:
    case OST_AST_DECIMAL:
    case OST_AST_STRING:
    case OST_AST_DATE:
    case OST_AST_DATETIME:
    case OST_AST_TIME:
    case OST_AST_QUANTITY:
    case OST_AST_RATIO:
        return check_literal(check, ast, dst);
    case OST_AST_REF:
    case OST_AST_EXTERNAL:
        return ost_check_reference(check, ast, dst);
    case OST_AST_MEMBER:
        return ost_check_member(check, ast, dst);
    case OST_AST_INDEX:
        return ost_check_operator(check, ast, OST_STR("Indexer"), ast->kids, 2, OST_UNIT_NONE, dst);
    case OST_AST_INVOKE:
        return ost_check_invoke(check, ast, dst);
    case OST_AST_OP:
        return ost_check_operator(check, ast, ast->text, ast->kids, ast->count, ast->precision,
                                  dst);
    case OST_AST_TIMING:
        return ost_check_timing(check, ast, dst);
    case OST_AST_IF:
        return check_if(check, ast, dst);
    case OST_AST_CASE:
        return check_case(check, ast, dst);
    case OST_AST_IS:
        return check_is(check, ast, dst);
    case OST_AST_AS:
        return check_as(check, ast, dst);
    case OST_AST_CONVERT:
        return check_convert(check, ast, dst);
    case OST_AST_MINIMUM:
    case OST_AST_MAXIMUM:
        return check_limit(check, ast, dst);
    case OST_AST_INTERVAL:
    case OST_AST_LIST:
    case OST_AST_TUPLE:
    case OST_AST_INSTANCE:
    case OST_AST_CODE:
    case OST_AST_CONCEPT:
        return ost_check_selector(check, ast, dst);
    case OST_AST_QUERY:
        return ost_check_query(check, ast, dst);
    case OST_AST_RETRIEVE:
        return ost_check_retrieve(check, ast, dst);
    case OST_AST_FIELD:
    case OST_AST_SOURCE:
    case OST_AST_LET:
    case OST_AST_WITH:
    case OST_AST_WITHOUT:
    case OST_AST_WHERE:
    case OST_AST_RETURN:
    case OST_AST_AGGREGATE:
    case OST_AST_SORT:
    case OST_AST_SORT_ITEM:
    case OST_AST_TYPE:
    case OST_AST_TYPE_LIST:
    case OST_AST_TYPE_INTERVAL:
    case OST_AST_TYPE_CHOICE:
    case OST_AST_TYPE_TUPLE:
    case OST_AST_USING:
    case OST_AST_INCLUDE:
    case OST_AST_CODESYSTEM:
    case OST_AST_VALUESET:
    case OST_AST_CODE_DEF:
    case OST_AST_CONCEPT_DEF:
    case OST_AST_PARAMETER:
    case OST_AST_DEFINE:
    case OST_AST_FUNCTION:
    case OST_AST_OPERAND:
        break;
    }
    ost_check_error(check, OST_E_INTERNAL, ast, "a node that is no expression");
    return NULL;
}

const ost_type *ost_check_expression(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    if (!ast) {
        return NULL;
    }
    if (check->depth >= OST_CQL_MAX_DEPTH * 4) {
        ost_check_error(check, OST_E_LIMIT, ast, "expression is nested too deeply");
        return NULL;
    }
    uint32_t slot = check->next_slot, collector = check->next_collector;
    check->depth++;
    const ost_type *type = dispatch(check, ast, dst);
    check->depth--;
    check->next_slot = slot;
    check->next_collector = collector;
    return type;
}

/* Body of a function: operands lie in the first slots. */
static bool check_function(ost_check *check, const ost_unit *unit, const ost_ast *body,
                           ost_scope *scopes)
{
    for (size_t i = 0; i < unit->operand_count; i++) {
        scopes[i] = (ost_scope){.name = unit->ast->kids[i + 2]->text,
                                .type = unit->operands[i],
                                .slot = (uint32_t)i,
                                .outer = check->scope};
        check->scope = &scopes[i];
    }
    check->next_slot = 0;
    uint32_t result = ost_check_slots(check, (uint32_t)unit->operand_count + 1);
    result += (uint32_t)unit->operand_count;
    const ost_type *type = ost_check_expression(check, body, result);
    const ost_type *declared =
        unit->ast->kids[1] ? ost_check_type(check, unit->ast->kids[1]) : NULL;
    if (type && declared) {
        type = ost_check_convert(check, body, type, declared, result);
    }
    if (type) {
        ost_check_emit(check, body, OST_STEP_MOVE, 0, result, 0);
    }
    check->unit->type = type;
    return type != NULL;
}

bool ost_check_unit(ost_program *program, ost_unit *unit, ost_diagnostics *diagnostics)
{
    if (unit->state != OST_UNIT_NEW) {
        return unit->state == OST_UNIT_DONE;
    }
    unit->state = OST_UNIT_BUSY;
    ost_check check = {
        .program = program, .types = &program->types, .unit = unit, .diagnostics = diagnostics};
    bool good = true;
    if (unit->ast->kind == OST_AST_FUNCTION) {
        good = ost_check_operands(&check, unit);
        ost_scope *scopes =
            ost_arena_array(program->arena, unit->operand_count + 1, sizeof *scopes);
        good = good && scopes &&
               (!unit->ast->kids[0] || check_function(&check, unit, unit->ast->kids[0], scopes));
    } else {
        const ost_ast *body = unit->ast->kind == OST_AST_DEFINE      ? unit->ast->kids[0]
                              : unit->ast->kind == OST_AST_PARAMETER ? unit->ast->kids[1]
                                                                     : unit->ast;
        uint32_t result = ost_check_slots(&check, 1);
        unit->type = ost_check_expression(&check, body, result);
        good = unit->type != NULL;
    }
    /* A unit that uses one with errors fails without an error of its own: one mistake, one
     * message. */
    if (!good && diagnostics->count == 0) {
        ost_check_error(&check, OST_E_INTERNAL, unit->ast, "'%.*s' can't be compiled",
                        OST_STR_ARG(unit->name));
    }
    if (good && !ost_plan_verify(program, unit)) {
        ost_check_error(&check, OST_E_INTERNAL, unit->ast, "the plan of '%.*s' is not well formed",
                        OST_STR_ARG(unit->name));
        good = false;
    }
    unit->state = good ? OST_UNIT_DONE : OST_UNIT_FAILED;
    return good;
}
