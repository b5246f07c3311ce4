/* Selectors and literals: everything that writes a value down (CQL 1.5.3 "Literals and
 * Selectors"). */
#include "cql/check.h"

static bool fail(ost_check *check, const ost_ast *ast, const char *what)
{
    ost_check_error(check, OST_E_SYNTAX, ast, "%s: %.*s", what, OST_STR_ARG(ast->text));
    return false;
}

/* Whole number literal within limits; text has digits only, a minus is an operator of its own. */
static bool whole_number(ost_str text, uint64_t limit, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(text.ptr[i] - '0');
        if (digit > 9 || value > (limit - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return text.len > 0;
}

static ost_str singular(ost_str unit)
{
    static const char *const words[] = {"year", "month",  "week",   "day",
                                        "hour", "minute", "second", "millisecond"};
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        ost_str word = ost_str_of(words[i]);
        if (ost_str_starts(unit, word) && unit.len == word.len + 1 && unit.ptr[word.len] == 's') {
            return word;
        }
    }
    return unit;
}

static bool quantity(ost_check *check, const ost_ast *ast, ost_quantity *out)
{
    /* The suite wants a quantity with more than 8 decimals to be taken; it is rounded. */
    if (!ost_decimal_parse(ast->text, false, true, &out->value)) {
        return fail(check, ast, "not a number of at most 28 digits");
    }
    ost_str unit = singular(ast->unit);
    if (unit.len == 0) {
        unit = OST_STR("1");
    }
    if (ost_time_unit_of(unit, false) == OST_UNIT_NONE && check->program->ucum &&
        !ost_ucum_valid(check->program->ucum, unit)) {
        ost_error *error =
            ost_check_error(check, OST_E_UNIT, ast, "'%.*s' is not a UCUM unit", OST_STR_ARG(unit));
        ost_err_hint(error, "write units in UCUM, for example 'mg/dL' or 'mL/min'");
        return false;
    }
    out->unit = unit;
    return true;
}

static bool when_literal(ost_check *check, const ost_ast *ast, ost_kind kind, ost_value *out)
{
    ost_when when;
    if (!ost_when_parse(ast->text, (int)kind, &when)) {
        return fail(check, ast, "not a date or time of the calendar");
    }
    *out = ost_when_value(kind, when);
    return true;
}

static bool number_literal(ost_check *check, const ost_ast *ast, ost_value *out)
{
    uint64_t whole = 0;
    ost_decimal decimal;
    if (ast->kind == OST_AST_INTEGER) {
        if (!whole_number(ast->text, (uint64_t)INT32_MAX, &whole)) {
            return fail(check, ast, "outside the range of Integer");
        }
        *out = ost_integer((int32_t)whole);
        return true;
    }
    if (ast->kind == OST_AST_LONG) {
        if (!whole_number(ast->text, (uint64_t)INT64_MAX, &whole)) {
            return fail(check, ast, "outside the range of Long");
        }
        *out = ost_long((int64_t)whole);
        return true;
    }
    if (!ost_decimal_parse(ast->text, false, false, &decimal)) {
        return fail(check, ast, "not a Decimal of at most 28 digits and 8 decimals");
    }
    *out = ost_decimal_value(decimal);
    return true;
}

static bool quantity_literal(ost_check *check, const ost_ast *ast, ost_value *out)
{
    ost_quantity parts[2] = {{.unit = {NULL, 0}}, {.unit = {NULL, 0}}};
    if (ast->kind == OST_AST_QUANTITY) {
        if (!quantity(check, ast, &parts[0])) {
            return false;
        }
        *out = ost_quantity_value(check->program->arena, parts[0].value, parts[0].unit);
        return true;
    }
    if (!quantity(check, ast->kids[0], &parts[0]) || !quantity(check, ast->kids[1], &parts[1])) {
        return false;
    }
    *out = (ost_value){.kind = OST_RATIO};
    out->ratio = ost_arena_copy(check->program->arena, parts, sizeof parts);
    return true;
}

bool ost_check_literal(ost_check *check, const ost_ast *ast, ost_value *out, const ost_type **type)
{
    bool good = true;
    switch ((int)ast->kind) {
    case OST_AST_NULL:
        *out = ost_null();
        *type = check->types->any;
        return true;
    case OST_AST_BOOLEAN:
        *out = ost_boolean(ost_str_is(ast->text, "true"));
        break;
    case OST_AST_INTEGER:
    case OST_AST_LONG:
    case OST_AST_DECIMAL:
        good = number_literal(check, ast, out);
        break;
    case OST_AST_STRING:
        *out = ost_string(ast->text);
        break;
    case OST_AST_DATE:
        good = when_literal(check, ast, OST_DATE, out);
        break;
    case OST_AST_DATETIME:
        good = when_literal(check, ast, OST_DATETIME, out);
        break;
    case OST_AST_TIME:
        good = when_literal(check, ast, OST_TIME, out);
        break;
    case OST_AST_QUANTITY:
    case OST_AST_RATIO:
        good = quantity_literal(check, ast, out);
        break;
    default:
        return false;
    }
    if (!good) {
        return false;
    }
    *type = ost_type_system(check->types, (ost_kind)out->kind);
    return true;
}

static const ost_type *interval(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    uint32_t ends = ost_check_slots(check, 2);
    const ost_type *low = ost_check_expression(check, ast->kids[0], ends);
    const ost_type *high = ost_check_expression(check, ast->kids[1], ends + 1);
    if (!low || !high) {
        return NULL;
    }
    const ost_type *point = ost_type_common(check->types, ost_type_to_system(check->types, low),
                                            ost_type_to_system(check->types, high));
    if (!point || (point->form != OST_TYPE_SYSTEM && point->form != OST_TYPE_ANY)) {
        ost_check_error(check, OST_E_TYPE, ast, "the ends of an interval are %.*s and %.*s",
                        OST_STR_ARG(low->name), OST_STR_ARG(high->name));
        return NULL;
    }
    if (!ost_check_convert(check, ast->kids[0], low, point, ends) ||
        !ost_check_convert(check, ast->kids[1], high, point, ends + 1)) {
        return NULL;
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_INTERVAL, dst, ends, 0);
    step->count = (uint16_t)(((ast->flags & OST_AST_F_LOW_CLOSED) ? 1 : 0) |
                             ((ast->flags & OST_AST_F_HIGH_CLOSED) ? 2 : 0));
    step->type = point;
    return ost_type_interval(check->types, point);
}

static const ost_type *list(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *element = ast->kids[0] ? ost_check_type(check, ast->kids[0]) : NULL;
    size_t count = ast->count - 1;
    if (ast->kids[0] && !element) {
        return NULL;
    }
    if (count > UINT16_MAX) {
        ost_check_error(check, OST_E_LIMIT, ast, "a list literal of more than 65535 items");
        return NULL;
    }
    uint32_t first = ost_check_slots(check, (uint32_t)count);
    const ost_type **types = ost_arena_array(check->program->arena, count, sizeof *types);
    const ost_type *joined = element;
    if (!types) {
        check->program->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        types[i] = ost_check_expression(check, ast->kids[i + 1], first + (uint32_t)i);
        if (!types[i]) {
            return NULL;
        }
        if (!element) {
            joined = joined ? ost_type_join(check->types, joined, types[i]) : types[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!ost_check_convert(check, ast->kids[i + 1], types[i], joined, first + (uint32_t)i)) {
            return NULL;
        }
    }
    ost_check_emit(check, ast, OST_STEP_LIST, dst, first, 0)->count = (uint16_t)count;
    return ost_type_list(check->types, joined ? joined : check->types->any);
}

/* Values of FIELD nodes into slots, sorted by name. False after an error. */
static bool fields(ost_check *check, ost_ast *const *nodes, size_t count, ost_str *names,
                   const ost_type **types, uint32_t first)
{
    for (size_t i = 0; i < count; i++) {
        size_t rank = 0;
        for (size_t j = 0; j < count; j++) {
            int order = ost_str_compare(nodes[j]->text, nodes[i]->text);
            if (order == 0 && j != i) {
                ost_check_error(check, OST_E_SYNTAX, nodes[i], "element '%.*s' is given twice",
                                OST_STR_ARG(nodes[i]->text));
                return false;
            }
            rank += order < 0;
        }
        names[rank] = nodes[i]->text;
        types[rank] = ost_check_expression(check, nodes[i]->kids[0], first + (uint32_t)rank);
        if (!types[rank]) {
            return false;
        }
    }
    return true;
}

static const ost_type *tuple(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    size_t count = ast->count;
    ost_str *names = ost_arena_array(check->program->arena, count, sizeof *names);
    const ost_type **types = ost_arena_array(check->program->arena, count, sizeof *types);
    uint32_t first = ost_check_slots(check, (uint32_t)count);
    if (!names || !types || !fields(check, ast->kids, count, names, types, first)) {
        return NULL;
    }
    const ost_type *type = ost_type_tuple(check->types, names, types, count);
    ost_step *step = ost_check_emit(check, ast, OST_STEP_TUPLE, dst, first, 0);
    step->count = (uint16_t)count;
    step->shape = type->shape;
    return type;
}

/* Elements of the System classes and their types. */
static const struct class_element {
    ost_kind kind;
    const char *name, *type;
} class_elements[] = {
    {OST_QUANTITY, "value", "Decimal"},    {OST_QUANTITY, "unit", "String"},
    {OST_RATIO, "numerator", "Quantity"},  {OST_RATIO, "denominator", "Quantity"},
    {OST_CODE, "code", "String"},          {OST_CODE, "system", "String"},
    {OST_CODE, "version", "String"},       {OST_CODE, "display", "String"},
    {OST_CONCEPT, "codes", "List<Code>"},  {OST_CONCEPT, "display", "String"},
    {OST_VALUESET, "id", "String"},        {OST_VALUESET, "version", "String"},
    {OST_VALUESET, "name", "String"},      {OST_CODESYSTEM, "id", "String"},
    {OST_CODESYSTEM, "version", "String"}, {OST_CODESYSTEM, "name", "String"},
};

static const ost_type *class_element(ost_check *check, const ost_type *type, ost_str name)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(class_elements); i++) {
        if (ost_type_is_kind(type, class_elements[i].kind) &&
            ost_str_is(name, class_elements[i].name)) {
            return ost_type_parse(check->types, ost_str_of(class_elements[i].type));
        }
    }
    return NULL;
}

static const ost_type *instance(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_type *type = ost_check_type(check, ast->kids[0]);
    size_t count = ast->count - 1;
    ost_str *names = ost_arena_array(check->program->arena, count, sizeof *names);
    const ost_type **types = ost_arena_array(check->program->arena, count, sizeof *types);
    uint32_t first = ost_check_slots(check, (uint32_t)count);
    if (!type || !names || !types || !fields(check, ast->kids + 1, count, names, types, first)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const ost_type *want = class_element(check, type, names[i]);
        if (!want) {
            ost_check_error(check, type->form == OST_TYPE_SYSTEM ? OST_E_TYPE : OST_E_UNSUPPORTED,
                            ast, "%.*s has no element '%.*s' that can be set",
                            OST_STR_ARG(type->name), OST_STR_ARG(names[i]));
            return NULL;
        }
        uint32_t slot = first + (uint32_t)i;
        if (want->form == OST_TYPE_LIST && ost_type_is(check->types, types[i], want->element)) {
            /* Concept { codes: Code { ... } }: one code stands for a list of one. */
            ost_check_emit(check, ast, OST_STEP_LIST, slot, slot, 0)->count = 1;
            types[i] = want;
        }
        if (!ost_check_convert(check, ast, types[i], want, slot)) {
            return NULL;
        }
    }
    const ost_type *shape = ost_type_tuple(check->types, names, types, count);
    ost_tuple_shape *named = ost_arena_copy(check->program->arena, shape->shape, sizeof *named);
    if (!named) {
        check->program->failed = true;
        return NULL;
    }
    named->type_name = type->name;
    ost_step *step = ost_check_emit(check, ast, OST_STEP_INSTANCE, dst, first, 0);
    step->count = (uint16_t)count;
    step->shape = named;
    return type;
}

static const ost_type *code(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    uint32_t slot = ost_check_slots(check, 1);
    const ost_type *system = ost_check_expression(check, ast->kids[0], slot);
    if (!system || !ost_type_is_kind(system, OST_CODESYSTEM)) {
        ost_check_error(check, OST_E_TYPE, ast, "a code needs a declared code system");
        return NULL;
    }
    const ost_step *last = &check->unit->steps[check->unit->step_count - 1];
    ost_code value = {.code = ast->text,
                      .system = last->value->vocabulary->id,
                      .version = last->value->vocabulary->version,
                      .display = ast->unit};
    ost_check_emit_constant(check, ast, dst, ost_code_value(check->program->arena, value));
    return ost_type_system(check->types, OST_CODE);
}

static const ost_type *concept(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    uint32_t first = ost_check_slots(check, (uint32_t)ast->count);
    ost_code *codes = ost_arena_array(check->program->arena, ast->count, sizeof *codes);
    ost_concept *made = ost_arena_alloc(check->program->arena, sizeof *made);
    if (!codes || !made) {
        check->program->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < ast->count; i++) {
        if (!code(check, ast->kids[i], first)) {
            return NULL;
        }
        codes[i] = *check->unit->steps[check->unit->step_count - 1].value->code;
    }
    *made = (ost_concept){.codes = codes, .count = ast->count, .display = ast->unit};
    ost_value value = {.kind = OST_CONCEPT};
    value.concept = made;
    ost_check_emit_constant(check, ast, dst, value);
    return ost_type_system(check->types, OST_CONCEPT);
}

const ost_type *ost_check_selector(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    switch ((int)ast->kind) {
    case OST_AST_INTERVAL:
        return interval(check, ast, dst);
    case OST_AST_LIST:
        return list(check, ast, dst);
    case OST_AST_TUPLE:
        return tuple(check, ast, dst);
    case OST_AST_INSTANCE:
        return instance(check, ast, dst);
    case OST_AST_CODE:
        return code(check, ast, dst);
    default:
        return concept
        (check, ast, dst);
    }
}

const ost_type *ost_check_class_member(ost_check *check, const ost_ast *ast, const ost_type *type,
                                       ost_str name, uint32_t from, uint32_t dst)
{
    const ost_type *result = NULL;
    if (type->form == OST_TYPE_SYSTEM) {
        result = class_element(check, type, name);
    } else if (type->form == OST_TYPE_INTERVAL) {
        bool closed = ost_str_is(name, "lowClosed") || ost_str_is(name, "highClosed");
        bool end = ost_str_is(name, "low") || ost_str_is(name, "high");
        result = closed ? ost_type_system(check->types, OST_BOOLEAN) : end ? type->element : NULL;
    } else if (type->form == OST_TYPE_TUPLE) {
        for (size_t i = 0; i < type->count; i++) {
            if (ost_str_equal(type->shape->names[i], name)) {
                result = type->parts[i];
            }
        }
    }
    if (result) {
        ost_check_emit(check, ast, OST_STEP_MEMBER, dst, from, 0)->name =
            ost_arena_copy(check->program->arena, &name, sizeof name);
    }
    return result;
}
