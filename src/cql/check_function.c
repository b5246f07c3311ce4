/* Calls by name: functions of libraries (also fluent and overloaded), the built-in FHIRHelpers,
 * system functions, and the few system functions whose call is more than one operator (Coalesce,
 * ages). */
#include "cql/check.h"

/* Operand types of a function, read once, in the scope of its own library. */
bool ost_check_operands(ost_check *check, ost_unit *unit)
{
    if (unit->operands) {
        return true;
    }
    ost_check own = {.program = check->program,
                     .types = check->types,
                     .unit = unit,
                     .diagnostics = check->diagnostics};
    size_t count = unit->ast->count - 2;
    const ost_type **operands = ost_arena_array(check->program->arena, count, sizeof *operands);
    if (!operands) {
        check->program->failed = true;
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        operands[i] = ost_check_type(&own, unit->ast->kids[i + 2]->kids[0]);
        if (!operands[i]) {
            return false;
        }
    }
    unit->operands = operands;
    unit->operand_count = count;
    return true;
}

static int call_cost(ost_check *check, const ost_unit *unit, const ost_type *const *types,
                     size_t count)
{
    int cost = 0;
    if (unit->operand_count != count) {
        return OST_COST_NONE;
    }
    for (size_t i = 0; i < count; i++) {
        const ost_conversion *ignored = NULL;
        int one = ost_conversion_find(check->types, types[i], unit->operands[i], &ignored);
        if (one == OST_COST_NONE) {
            return one;
        }
        cost += one;
    }
    return cost;
}

/* Result type of a function that may be under way (recursion needs `returns`). */
static const ost_type *result_type(ost_check *check, const ost_ast *ast, ost_unit *unit)
{
    if (!unit->ast->kids[0]) {
        ost_check_error(check, OST_E_UNSUPPORTED, ast,
                        "function '%.*s' is external and not built in", OST_STR_ARG(unit->name));
        return NULL;
    }
    if (unit->state == OST_UNIT_BUSY) {
        ost_check own = {.program = check->program,
                         .types = check->types,
                         .unit = unit,
                         .diagnostics = check->diagnostics};
        if (unit->ast->kids[1]) {
            return ost_check_type(&own, unit->ast->kids[1]);
        }
        ost_check_error(check, OST_E_TYPE, ast,
                        "function '%.*s' calls itself without a declared result",
                        OST_STR_ARG(unit->name));
        return NULL;
    }
    return ost_check_unit(check->program, unit, check->diagnostics) ? unit->type : NULL;
}

static const ost_type *call_unit(ost_check *check, const ost_ast *ast, ost_unit *unit,
                                 const ost_type *const *types, uint32_t first, size_t count,
                                 uint32_t dst)
{
    const ost_type *result = result_type(check, ast, unit);
    if (!result) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ost_check_convert(check, ast, types[i], unit->operands[i], first + (uint32_t)i)) {
            return NULL;
        }
    }
    for (size_t i = 0; i < unit->use_count; i++) {
        ost_check_use(check, unit->uses[i]);
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_INVOKE, dst, first, 0);
    step->count = (uint16_t)count;
    step->function = unit;
    return result;
}

/* The cheapest function of this name in a library; *found says whether there is any of this
 * name. */
static ost_unit *pick(ost_check *check, const ost_ast *ast, const ost_module *module, bool fluent,
                      const ost_type *const *types, size_t count, bool *found, int *best)
{
    ost_unit *picked = NULL;
    bool tie = false;
    const ost_symbol *symbol = ost_module_find(module, ast->text);
    while (symbol && symbol->kind == OST_SYMBOL_FUNCTION) {
        bool visible = (!symbol->is_private || module == check->unit->module) &&
                       (!fluent || (symbol->ast->flags & OST_AST_F_FLUENT));
        if (visible && ost_check_operands(check, symbol->unit)) {
            *found = true;
            int cost = call_cost(check, symbol->unit, types, count);
            tie = cost == *best && cost != OST_COST_NONE;
            if (cost < *best) {
                *best = cost;
                picked = symbol->unit;
            }
        }
        symbol = symbol->next == OST_MAP_NONE ? NULL : &module->symbols[symbol->next];
    }
    if (tie) {
        ost_check_error(check, OST_E_TYPE, ast, "call of '%.*s' is ambiguous",
                        OST_STR_ARG(ast->text));
        return NULL;
    }
    return picked;
}

static void no_match(ost_check *check, const ost_ast *ast, const ost_type *const *types,
                     size_t count)
{
    ost_buf buf = ost_buf_init(check->program->arena);
    for (size_t i = 0; i < count; i++) {
        ost_buf_printf(&buf, "%s%.*s", i ? ", " : "", OST_STR_ARG(types[i]->name));
    }
    ost_check_error(check, OST_E_TYPE, ast, "no function '%.*s' takes (%.*s)",
                    OST_STR_ARG(ast->text), OST_STR_ARG(ost_buf_str(&buf)));
}

/* FHIRHelpers.ToX(value): the model's own conversion. */
static const ost_type *fhir_helper(ost_check *check, const ost_ast *ast, const ost_type *type,
                                   uint32_t slot, uint32_t dst)
{
    ost_str name = ast->text;
    const ost_type *target = NULL;
    if (ost_str_is(name, "ToInterval")) {
        target = ost_type_to_system(check->types, type);
    } else if (ost_str_starts(name, OST_STR("To"))) {
        target = ost_type_named(check->types, OST_STR("System"), ost_str_sub(name, 2, name.len));
    }
    if (!target) {
        ost_check_error(check, OST_E_NOT_FOUND, ast, "library FHIRHelpers has no function '%.*s'",
                        OST_STR_ARG(name));
        return NULL;
    }
    if (!ost_check_convert(check, ast, type, target, slot)) {
        return NULL;
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, dst, slot, 0);
    return target;
}

/* AgeInYears(), AgeInYearsAt(at), CalculateAgeInYears(birth), CalculateAgeInYearsAt(birth, at). */
static const ost_type *age(ost_check *check, const ost_ast *ast, const ost_type **types,
                           uint32_t first, size_t count, uint32_t dst, bool *found)
{
    ost_str rest = ast->text;
    bool calculate = ost_str_starts(rest, OST_STR("Calculate"));
    rest = ost_str_sub(rest, calculate ? 9 : 0, rest.len);
    bool at = ost_str_ends(rest, OST_STR("At"));
    rest.len -= at ? 2 : 0;
    if (!ost_str_starts(rest, OST_STR("AgeIn"))) {
        return NULL;
    }
    static const struct unit_name {
        const char *name;
        ost_time_unit unit;
    } units[] = {{"Years", OST_UNIT_YEAR},    {"Months", OST_UNIT_MONTH},
                 {"Weeks", OST_UNIT_WEEK},    {"Days", OST_UNIT_DAY},
                 {"Hours", OST_UNIT_HOUR},    {"Minutes", OST_UNIT_MINUTE},
                 {"Seconds", OST_UNIT_SECOND}};
    ost_time_unit unit = OST_UNIT_NONE;
    for (size_t i = 0; i < OST_ARRAY_LEN(units); i++) {
        unit = ost_str_is(ost_str_sub(rest, 5, rest.len), units[i].name) ? units[i].unit : unit;
    }
    if (unit == OST_UNIT_NONE || count != (size_t)(calculate + at)) {
        return NULL;
    }
    *found = true;
    uint32_t slots = ost_check_slots(check, 4);
    const ost_type *both[2];
    ost_ast patient = *ast;
    patient.text = OST_STR("Patient");
    if (calculate) {
        ost_check_emit(check, ast, OST_STEP_MOVE, slots, first, 0);
        both[0] = types[0];
    } else {
        const ost_type *type = ost_check_reference(check, &patient, slots);
        both[0] =
            type ? ost_check_member_of(check, ast, type, OST_STR("birthDate"), slots, slots) : NULL;
    }
    if (at) {
        ost_check_emit(check, ast, OST_STEP_MOVE, slots + 1, first + (uint32_t)count - 1, 0);
        both[1] = types[count - 1];
    } else {
        ost_str now = unit >= OST_UNIT_HOUR ? OST_STR("Now") : OST_STR("Today");
        both[1] =
            ost_check_call_slots(check, ast, now, NULL, slots + 1, 0, OST_UNIT_NONE, slots + 1);
    }
    return both[0] && both[1] ? ost_check_call_slots(check, ast, OST_STR("CalculateAgeAt"), both,
                                                     slots, 2, unit, dst)
                              : NULL;
}

/* Coalesce(a, b, ...): the first that is not null; later ones are not evaluated. */
static const ost_type *coalesce(ost_check *check, const ost_ast *ast, ost_ast *const *arguments,
                                size_t count, uint32_t dst)
{
    const ost_type *type = NULL;
    uint32_t *skips = ost_arena_array(check->program->arena, count, sizeof *skips);
    uint32_t *converts = ost_arena_array(check->program->arena, count, sizeof *converts);
    const ost_type **types = ost_arena_array(check->program->arena, count, sizeof *types);
    if (!skips || !converts || !types) {
        check->program->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        types[i] = ost_check_expression(check, arguments[i], dst);
        if (!types[i]) {
            return NULL;
        }
        type = type ? ost_type_join(check->types, type, types[i]) : types[i];
        converts[i] = ost_check_here(check);
        ost_check_emit(check, ast, OST_STEP_CONVERT, dst, dst, 0);
        skips[i] = ost_check_here(check);
        ost_check_emit(check, ast, OST_STEP_JUMP_NOT_NULL, 0, dst, 0);
    }
    for (size_t i = 0; i < count; i++) {
        const ost_conversion *conversion = NULL;
        if (ost_conversion_find(check->types, types[i], type, &conversion) != OST_COST_NONE) {
            check->unit->steps[converts[i]].conversion = conversion;
        }
        ost_check_land(check, skips[i]);
    }
    return type;
}

static const ost_type *system_function(ost_check *check, const ost_ast *ast, const ost_type **types,
                                       uint32_t first, size_t count, uint32_t dst)
{
    bool found = false;
    const ost_type *result = age(check, ast, types, first, count, dst, &found);
    if (found) {
        return result;
    }
    ost_str name = ast->text;
    char capital[64];
    if (ast->kids[0] && name.len > 0 && name.len < sizeof capital) {
        /* value.exists(), value.toString(): the system function of that name */
        memcpy(capital, name.ptr, name.len);
        capital[0] = (char)(capital[0] >= 'a' && capital[0] <= 'z' ? capital[0] - 32 : capital[0]);
        name = (ost_str){capital, name.len};
    }
    if (ost_str_is(name, "Concatenate")) {
        name = OST_STR(
            "Add"); /* the function is `+`, where null makes null; `&` takes null as empty */
    }
    if (ost_str_is(name, "Length") && count == 1 && types[0]->form == OST_TYPE_LIST) {
        name = OST_STR("ListLength");
    }
    if (!ost_program_operator(check->program, name)) {
        ost_check_error(check, OST_E_NOT_FOUND, ast, "there is no function '%.*s'",
                        OST_STR_ARG(ast->text));
        return NULL;
    }
    return ost_check_call_slots(check, ast, name, types, first, count, OST_UNIT_NONE, dst);
}

/* Functions of this library, and for fluent calls also of the included ones. */
static ost_unit *find_function(ost_check *check, const ost_ast *ast, bool fluent,
                               const ost_type *const *types, size_t count, bool *found)
{
    int best = OST_COST_NONE;
    const ost_module *own = check->unit->module;
    ost_unit *picked = pick(check, ast, own, fluent, types, count, found, &best);
    for (size_t i = 0; fluent && i < own->symbol_count; i++) {
        if (own->symbols[i].kind == OST_SYMBOL_INCLUDE && own->symbols[i].module) {
            ost_unit *other =
                pick(check, ast, own->symbols[i].module, true, types, count, found, &best);
            picked = other ? other : picked;
        }
    }
    return picked;
}

static const ost_module *qualifier(const ost_check *check, const ost_ast *left)
{
    if (!left || left->kind != OST_AST_REF) {
        return NULL;
    }
    for (const ost_scope *scope = check->scope; scope; scope = scope->outer) {
        if (ost_str_equal(scope->name, left->text)) {
            return NULL;
        }
    }
    const ost_symbol *symbol = ost_module_find(check->unit->module, left->text);
    return symbol && symbol->kind == OST_SYMBOL_INCLUDE ? symbol->module : NULL;
}

const ost_type *ost_check_invoke(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    enum { MAX = 32 };
    const ost_module *library = qualifier(check, ast->kids[0]);
    bool fluent = ast->kids[0] && !library, found = false, good = true;
    ost_ast *const *arguments = fluent ? ast->kids : ast->kids + 1;
    size_t count = fluent ? ast->count : ast->count - 1;
    const ost_type *types[MAX];
    if (count >= MAX) {
        ost_check_error(check, OST_E_LIMIT, ast, "a call with more than %d arguments", MAX - 1);
        return NULL;
    }
    if (!ast->kids[0] && ost_str_is(ast->text, "Coalesce") && count > 1) {
        return coalesce(check, ast, arguments, count, dst);
    }
    uint32_t first = ost_check_slots(check, (uint32_t)count + 2);
    for (size_t i = 0; i < count; i++) {
        types[i] = ost_check_expression(check, arguments[i], first + (uint32_t)i);
        good = good && types[i];
    }
    if (!good) {
        return NULL;
    }
    if (library && library->fhir_helpers) {
        return count == 1 ? fhir_helper(check, ast, types[0], first, dst) : NULL;
    }
    int best = OST_COST_NONE;
    ost_unit *unit = library ? pick(check, ast, library, false, types, count, &found, &best)
                             : find_function(check, ast, fluent, types, count, &found);
    if (unit) {
        return call_unit(check, ast, unit, types, first, count, dst);
    }
    if (found || library) {
        no_match(check, ast, types, count);
        return NULL;
    }
    return system_function(check, ast, types, first, count, dst);
}
