/* Operators and system functions: overload resolution, conversions, thresholds.
 *
 * Each overload is tried: its type variables are bound to what the arguments have in common, then
 * the cost of converting every argument is added up; the cheapest wins, the first in ops.h among
 * equals. */
#include "cql/check.h"

enum { MAX_ARGUMENTS = 8, MAX_VARIABLES = 128 };

typedef struct binding {
    const ost_type *variables[MAX_VARIABLES]; /* by letter */
    bool joins;                               /* items of two types become a choice of both */
} binding;

static bool bind(ost_check *check, binding *b, const ost_type *pattern, const ost_type *type);

static bool bind_variable(ost_check *check, binding *b, const ost_type *pattern,
                          const ost_type *type)
{
    const ost_type **bound = &b->variables[pattern->variable];
    const ost_type *common = type;
    if (*bound) {
        common = b->joins ? ost_type_join(check->types, *bound, type)
                          : ost_type_common(check->types, *bound, type);
    }
    if (!common) {
        return false;
    }
    *bound = common;
    return true;
}

/* A choice binds to a pattern when just one of its alternatives does. */
static bool bind_choice(ost_check *check, binding *b, const ost_type *pattern, const ost_type *type)
{
    size_t fits = 0;
    binding kept = *b;
    for (size_t i = 0; i < type->count; i++) {
        binding tried = *b;
        if (bind(check, &tried, pattern, type->parts[i])) {
            kept = tried;
            fits++;
        }
    }
    *b = kept;
    return fits == 1;
}

static bool bind(ost_check *check, binding *b, const ost_type *pattern, const ost_type *type)
{
    if (pattern->form == OST_TYPE_VARIABLE) {
        return bind_variable(check, b, pattern, type);
    }
    if (pattern->form != OST_TYPE_LIST && pattern->form != OST_TYPE_INTERVAL) {
        return true; /* a fixed type: the cost decides */
    }
    if (type->form == OST_TYPE_ANY) {
        return true;
    }
    if (type->form == OST_TYPE_FHIR) {
        type = ost_type_to_system(check->types, type); /* Period, Range */
    }
    if (type->form == OST_TYPE_CHOICE) {
        return bind_choice(check, b, pattern, type);
    }
    if (ost_type_is_kind(type, OST_VALUESET) && pattern->form == OST_TYPE_LIST) {
        return bind(check, b, pattern->element, ost_type_system(check->types, OST_CODE));
    }
    return type->form == pattern->form && bind(check, b, pattern->element, type->element);
}

static const ost_type *substitute(ost_check *check, const binding *b, const ost_type *pattern)
{
    if (pattern->form == OST_TYPE_VARIABLE) {
        const ost_type *bound = b->variables[pattern->variable];
        return bound ? bound : check->types->any;
    }
    if (pattern->form == OST_TYPE_LIST) {
        return ost_type_list(check->types, substitute(check, b, pattern->element));
    }
    if (pattern->form == OST_TYPE_INTERVAL) {
        return ost_type_interval(check->types, substitute(check, b, pattern->element));
    }
    return pattern;
}

typedef struct resolved {
    const ost_overload *overload;
    const ost_type *parameters[MAX_ARGUMENTS];
    const ost_type *result;
    int cost;
} resolved;

/* Comparing FHIR values means comparing what they stand for: 1.0 and 1.00, not their texts. */
static bool compares_values(ost_str name)
{
    return ost_str_is(name, "Equal") || ost_str_is(name, "NotEqual") ||
           ost_str_is(name, "Equivalent") || ost_str_is(name, "NotEquivalent") ||
           ost_str_is(name, "SameAs") || ost_str_is(name, "Before") || ost_str_is(name, "After") ||
           ost_str_is(name, "SameOrBefore") || ost_str_is(name, "SameOrAfter");
}

/* CQL 1.5.3, Union: lists of different types give a list of a choice of both. */
static bool joins_lists(const ost_operator *operator, const ost_overload * overload)
{
    return ost_str_is(operator->name, "Union") && overload->parameters[0]->form == OST_TYPE_LIST;
}

static bool try_overload(ost_check *check, const ost_operator *operator,
                         const ost_overload * overload, const ost_type *const *types, size_t count,
                         resolved *out)
{
    binding b = {.joins = joins_lists(operator, overload)};
    *out = (resolved){.overload = overload};
    if (count < overload->minimum || count > overload->maximum) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const ost_type *type =
            compares_values(operator->name) ? ost_type_to_system(check->types, types[i]) : types[i];
        if (!bind(check, &b, overload->parameters[i], type)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const ost_conversion *ignored = NULL;
        out->parameters[i] = substitute(check, &b, overload->parameters[i]);
        int cost = ost_conversion_find(check->types, types[i], out->parameters[i], &ignored);
        if (cost == OST_COST_NONE) {
            return false;
        }
        out->cost += cost;
    }
    out->result = substitute(check, &b, overload->result);
    return true;
}

static void no_overload(ost_check *check, const ost_ast *ast, const ost_operator *operator,
                        const ost_type * const * types, size_t count)
{
    ost_buf buf = ost_buf_init(check->program->arena);
    for (size_t i = 0; i < count; i++) {
        ost_buf_printf(&buf, "%s%.*s", i ? ", " : "", OST_STR_ARG(types[i]->name));
    }
    ost_error *error = ost_check_error(check, OST_E_TYPE, ast, "%.*s does not take (%.*s)",
                                       OST_STR_ARG(operator->name), OST_STR_ARG(ost_buf_str(&buf)));
    if (count == 2 &&
        ost_type_is_kind(types[0], OST_STRING) != ost_type_is_kind(types[1], OST_STRING)) {
        ost_err_hint(error, "text and other types are not converted into each other by themselves");
    }
}

const ost_type *ost_check_call_slots(ost_check *check, const ost_ast *ast, ost_str name,
                                     const ost_type **types, uint32_t first, size_t count,
                                     ost_time_unit precision, uint32_t dst)
{
    const ost_operator *operator= ost_program_operator(check->program, name);
    resolved best = {.cost = OST_COST_NONE}, tried;
    if (!operator) {
        ost_check_error(check, OST_E_NOT_FOUND, ast, "there is no function '%.*s'",
                        OST_STR_ARG(name));
        return NULL;
    }
    for (size_t i = 0; i < operator->overload_count; i++) {
        if (try_overload(check, operator, & operator->overloads[i], types, count, &tried) &&
            tried.cost < best.cost) {
            best = tried;
        }
    }
    if (best.cost == OST_COST_NONE) {
        no_overload(check, ast, operator, types, count);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ost_check_convert(check, ast, types[i], best.parameters[i], first + (uint32_t)i)) {
            return NULL;
        }
    }
    if (best.overload->precision) {
        /* The slot after the arguments is free: callers reserve one more. */
        ost_check_emit_constant(check, ast, first + (uint32_t)count,
                                ost_integer((int32_t)precision));
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_CALL, dst, first, 0);
    step->count = (uint16_t)(count + best.overload->precision);
    step->operator= operator;
    return best.result;
}

/* The definition that a node refers to, OST_DEFINE_NONE for anything else. */
static uint32_t referenced_define(const ost_check *check, const ost_ast *ast)
{
    const ost_module *module = check->unit->module;
    if (ast->kind == OST_AST_MEMBER && ast->kids[0]->kind == OST_AST_REF) {
        const ost_symbol *include = ost_module_find(module, ast->kids[0]->text);
        module = include && include->kind == OST_SYMBOL_INCLUDE ? include->module : NULL;
    } else if (ast->kind != OST_AST_REF) {
        return OST_DEFINE_NONE;
    }
    const ost_symbol *symbol = module ? ost_module_find(module, ast->text) : NULL;
    return symbol && symbol->kind == OST_SYMBOL_DEFINE ? symbol->unit->define : OST_DEFINE_NONE;
}

static void add_threshold(ost_check *check, uint32_t fact, const ost_ast *literal)
{
    ost_unit *unit = check->unit;
    ost_threshold threshold = {.fact = fact};
    const ost_type *type = NULL;
    if (literal->kind == OST_AST_INTERVAL) {
        add_threshold(check, fact, literal->kids[0]);
        add_threshold(check, fact, literal->kids[1]);
        return;
    }
    if (literal->kind > OST_AST_QUANTITY || literal->kind == OST_AST_NULL ||
        !ost_check_literal(check, literal, &threshold.value, &type)) {
        return;
    }
    ost_threshold *all =
        ost_arena_grow(check->program->arena, unit->thresholds, &unit->threshold_capacity,
                       unit->threshold_count + 1, sizeof *all);
    if (!all) {
        check->program->failed = true;
        return;
    }
    unit->thresholds = all;
    all[unit->threshold_count++] = threshold;
}

/* Remembers `fact < 30 'mL/min'` for "what would change this". */
static void note_threshold(ost_check *check, ost_str name, ost_ast *const *arguments, size_t count)
{
    static const char *const comparisons[] = {"Less",           "LessOrEqual", "Greater",
                                              "GreaterOrEqual", "Equal",       "NotEqual",
                                              "Equivalent",     "In"};
    for (size_t i = 0; count == 2 && i < OST_ARRAY_LEN(comparisons); i++) {
        if (!ost_str_is(name, comparisons[i])) {
            continue;
        }
        for (size_t side = 0; side < 2; side++) {
            uint32_t fact = referenced_define(check, arguments[side]);
            if (fact != OST_DEFINE_NONE) {
                add_threshold(check, fact, arguments[1 - side]);
            }
        }
    }
}

/* and, or, implies leave early when the left side settles the answer. */
static const ost_type *logical(ost_check *check, const ost_ast *ast, ost_str name,
                               ost_ast *const *arguments, uint32_t dst)
{
    const ost_type *boolean = ost_type_system(check->types, OST_BOOLEAN);
    uint32_t first = ost_check_slots(check, 3);
    const ost_type *types[2];
    types[0] = ost_check_expecting(check, arguments[0], boolean, first);
    bool and = ost_str_is(name, "And"), or = ost_str_is(name, "Or");
    uint32_t leave = ost_check_here(check);
    if (!ost_str_is(name, "Xor")) {
        ost_check_emit(check, ast, or ? OST_STEP_JUMP_TRUE : OST_STEP_JUMP_FALSE, 0, first, 0);
    }
    types[1] = ost_check_expecting(check, arguments[1], boolean, first + 1);
    if (!types[0] || !types[1] ||
        !ost_check_call_slots(check, ast, name, types, first, 2, OST_UNIT_NONE, dst)) {
        return NULL;
    }
    if (ost_str_is(name, "Xor")) {
        return boolean;
    }
    uint32_t end = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, 0);
    ost_check_land(check, leave);
    ost_check_emit_constant(check, ast, dst, ost_boolean(!and));
    ost_check_land(check, end);
    return boolean;
}

/* `x in y` and `y contains x` where y is a value set or code system. */
static ost_str membership(ost_check *check, const ost_ast *ast, ost_str name,
                          const ost_type **types, size_t count, uint32_t first)
{
    size_t set = ost_str_is(name, "In") ? 1 : 0;
    if (count != 2 || (!ost_str_is(name, "In") && !ost_str_is(name, "Contains")) ||
        (!ost_type_is_kind(types[set], OST_VALUESET) &&
         !ost_type_is_kind(types[set], OST_CODESYSTEM))) {
        return name;
    }
    if (set == 0) { /* the operators want the set last */
        const ost_type *swap = types[0];
        types[0] = types[1];
        types[1] = swap;
        ost_check_emit(check, ast, OST_STEP_MOVE, first + 2, first, 0);
        ost_check_emit(check, ast, OST_STEP_MOVE, first, first + 1, 0);
        ost_check_emit(check, ast, OST_STEP_MOVE, first + 1, first + 2, 0);
    }
    if (ost_type_is_kind(types[1], OST_CODESYSTEM)) {
        return OST_STR("InCodeSystem");
    }
    return types[0]->form == OST_TYPE_LIST ? OST_STR("AnyInValueSet") : OST_STR("InValueSet");
}

const ost_type *ost_check_operator(ost_check *check, const ost_ast *ast, ost_str name,
                                   ost_ast *const *arguments, size_t count, ost_time_unit precision,
                                   uint32_t dst)
{
    const ost_type *types[MAX_ARGUMENTS];
    bool good = true;
    if (count > MAX_ARGUMENTS - 1) {
        ost_check_error(check, OST_E_TYPE, ast, "%.*s with %zu arguments", OST_STR_ARG(name),
                        count);
        return NULL;
    }
    if (count == 2 && (ost_str_is(name, "And") || ost_str_is(name, "Or") ||
                       ost_str_is(name, "Implies") || ost_str_is(name, "Xor"))) {
        return logical(check, ast, name, arguments, dst);
    }
    if (count == 1 && ost_str_is(name, "Negate") && arguments[0]->kind == OST_AST_INTEGER &&
        ost_str_is(arguments[0]->text, "2147483648")) {
        ost_check_emit_constant(check, ast, dst, ost_integer(INT32_MIN));
        return ost_type_system(check->types, OST_INTEGER);
    }
    if (count == 1 && ost_str_is(name, "Negate") && arguments[0]->kind == OST_AST_LONG &&
        ost_str_is(arguments[0]->text, "9223372036854775808")) {
        ost_check_emit_constant(check, ast, dst, ost_long(INT64_MIN));
        return ost_type_system(check->types, OST_LONG);
    }
    note_threshold(check, name, arguments, count);
    uint32_t first = ost_check_slots(check, (uint32_t)count + 2);
    for (size_t i = 0; i < count; i++) {
        types[i] = ost_check_expression(check, arguments[i], first + (uint32_t)i);
        good = good && types[i];
    }
    if (!good) {
        return NULL;
    }
    name = membership(check, ast, name, types, count, first);
    return ost_check_call_slots(check, ast, name, types, first, count, precision, dst);
}
