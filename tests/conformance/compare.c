/* Structural comparison of a syntax tree with a value. One function a kind of literal. */
#include "compare.h"

typedef struct comparison {
    ost_arena *arena;
    int request_offset_min;
    bool converts;
} comparison;

static bool same(const comparison *c, const ost_ast *expected, ost_value value);

/* The literal under any minus signs. */
static const ost_ast *unsigned_part(const ost_ast *node, bool *negative)
{
    *negative = false;
    while (node->kind == OST_AST_OP && ost_str_is(node->text, "Negate")) {
        *negative = !*negative;
        node = node->kids[0];
    }
    return node;
}

/* Whole number of at most 64 bits from digits. False when it does not fit. */
static bool whole(ost_str digits, bool negative, int64_t *out)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.ptr[i] - '0';
        if (digit < 0 || digit > 9 || value < (INT64_MIN + digit) / 10) {
            return false;
        }
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN) {
        return false;
    }
    *out = negative ? value : -value;
    return digits.len > 0;
}

/* rounds: more than 8 decimals are rounded, as in the value of a quantity. */
static bool same_decimal(ost_str text, bool negative, bool rounds, ost_decimal value)
{
    ost_decimal want, turned;
    return ost_decimal_parse(text, false, rounds, &want) && ost_decimal_negate(want, &turned) &&
           ost_decimal_compare(negative ? turned : want, value) == 0;
}

/* "years" and "year" are one unit; no unit is "1". */
static bool same_unit(ost_str a, ost_str b)
{
    ost_time_unit of_a = ost_time_unit_of(a, false), of_b = ost_time_unit_of(b, false);
    ost_str one = OST_STR("1");
    a = a.len ? a : one;
    b = b.len ? b : one;
    bool words =
        a.len > 3 && b.len > 3; /* UCUM codes of time are short and stay apart from words */
    return ost_str_equal(a, b) || (words && of_a != OST_UNIT_NONE && of_a == of_b);
}

static bool same_quantity(const ost_ast *expected, bool negative, const ost_quantity *value)
{
    bool number = expected->kind == OST_AST_QUANTITY || expected->kind == OST_AST_INTEGER ||
                  expected->kind == OST_AST_DECIMAL;
    return number && same_decimal(expected->text, negative, true, value->value) &&
           same_unit(expected->unit, value->unit);
}

static bool same_number(const comparison *c, const ost_ast *expected, ost_value value)
{
    bool negative = false;
    int64_t want = 0;
    const ost_ast *number = unsigned_part(expected, &negative);
    switch ((int)number->kind) {
    case OST_AST_INTEGER:
        if (c->converts && value.kind == OST_DECIMAL) {
            return same_decimal(number->text, negative, false, value.decimal);
        }
        return value.kind == OST_INTEGER && whole(number->text, negative, &want) &&
               value.integer == want;
    case OST_AST_LONG:
        return value.kind == OST_LONG && whole(number->text, negative, &want) &&
               value.integer64 == want;
    case OST_AST_DECIMAL:
        return value.kind == OST_DECIMAL &&
               same_decimal(number->text, negative, false, value.decimal);
    case OST_AST_QUANTITY:
        return value.kind == OST_QUANTITY && same_quantity(number, negative, value.quantity);
    default:
        return false;
    }
}

static bool same_when(const comparison *c, const ost_ast *expected, ost_kind kind, ost_value value)
{
    ost_when want;
    bool converts = c->converts && kind == OST_DATE && value.kind == OST_DATETIME;
    if ((value.kind != kind && !converts) || !ost_when_parse(expected->text, (int)kind, &want)) {
        return false;
    }
    ost_when got = value.when;
    int want_offset = want.has_offset ? want.offset_min : c->request_offset_min;
    int got_offset = got.has_offset ? got.offset_min : c->request_offset_min;
    bool offsets =
        kind != OST_DATETIME || want.precision < OST_UNIT_HOUR || want_offset == got_offset;
    return offsets && want.precision == got.precision && want.year == got.year &&
           want.month == got.month && want.day == got.day && want.hour == got.hour &&
           want.minute == got.minute && want.second == got.second &&
           want.millisecond == got.millisecond;
}

static bool same_list(const comparison *c, const ost_ast *expected, ost_value value)
{
    if (value.kind != OST_LIST || value.list.count != expected->count - 1) {
        return false;
    }
    for (size_t i = 0; i < value.list.count; i++) {
        if (!same(c, expected->kids[i + 1], value.list.items[i])) {
            return false;
        }
    }
    return true;
}

static bool same_tuple(const comparison *c, const ost_ast *expected, ost_value value)
{
    if (value.kind != OST_TUPLE || value.tuple.shape->count != expected->count) {
        return false;
    }
    for (size_t i = 0; i < expected->count; i++) {
        const ost_ast *field = expected->kids[i];
        size_t at = 0;
        while (at < value.tuple.shape->count &&
               !ost_str_equal(value.tuple.shape->names[at], field->text)) {
            at++;
        }
        if (at == value.tuple.shape->count || !same(c, field->kids[0], value.tuple.items[at])) {
            return false;
        }
    }
    return true;
}

/* Code { code: '1' } and the like: the listed elements agree, the others are null. A list
 * element may be written as its only item. */
static bool same_instance(const comparison *c, const ost_ast *expected, ost_value value)
{
    static const char *const elements[] = {"code",  "system", "version",   "display",     "codes",
                                           "value", "unit",   "numerator", "denominator", "id"};
    if (!ost_str_is(expected->kids[0]->text, ost_kind_name((ost_kind)value.kind))) {
        return false;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(elements); i++) {
        ost_value member = ost_value_member(c->arena, value, ost_str_of(elements[i]));
        const ost_ast *field = NULL;
        for (size_t k = 1; k < expected->count && !field; k++) {
            field = ost_str_is(expected->kids[k]->text, elements[i]) ? expected->kids[k] : NULL;
        }
        if (!field) {
            if (!ost_is_null(member)) {
                return false;
            }
            continue;
        }
        bool only = member.kind == OST_LIST && member.list.count == 1 &&
                    field->kids[0]->kind != OST_AST_LIST;
        if (!same(c, field->kids[0], only ? member.list.items[0] : member)) {
            return false;
        }
    }
    return true;
}

/* The next (or previous) point after an open end; false when there is none to compute. */
static bool neighbour(ost_value v, bool next, ost_value *out)
{
    *out = v;
    switch ((int)v.kind) {
    case OST_INTEGER:
        out->integer += next ? 1 : -1;
        return v.integer != (next ? INT32_MAX : INT32_MIN);
    case OST_LONG:
        out->integer64 += next ? 1 : -1;
        return v.integer64 != (next ? INT64_MAX : INT64_MIN);
    case OST_DECIMAL:
        out->decimal =
            ost_decimal_of_steps(ost_decimal_steps(v.decimal) + (next ? 1 : -1), OST_DECIMAL_SCALE);
        return true;
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        return next ? ost_when_successor(v.when, v.kind, &out->when)
                    : ost_when_predecessor(v.when, v.kind, &out->when);
    default:
        return false;
    }
}

/* One end: as written, or the same point when one side is open and the other closed. */
static bool same_end(const comparison *c, const ost_ast *expected, bool expected_closed,
                     ost_value value, bool value_closed, bool low)
{
    ost_value moved;
    if (expected_closed == value_closed) {
        return same(c, expected, value);
    }
    /* Open 1 at the low end is closed 2; a closed 2 is an open 1. */
    bool next = low ? expected_closed : !expected_closed;
    return neighbour(value, next, &moved) && same(c, expected, moved);
}

static bool same_interval(const comparison *c, const ost_ast *expected, ost_value value)
{
    if (value.kind != OST_INTERVAL && value.kind != OST_UNCERTAIN) {
        return false;
    }
    const ost_interval *got = value.interval;
    return same_end(c, expected->kids[0], (expected->flags & OST_AST_F_LOW_CLOSED) != 0, got->low,
                    got->low_closed, true) &&
           same_end(c, expected->kids[1], (expected->flags & OST_AST_F_HIGH_CLOSED) != 0, got->high,
                    got->high_closed, false);
}

static bool same_ratio(const ost_ast *expected, ost_value value)
{
    return value.kind == OST_RATIO &&
           same_quantity(expected->kids[0], false, &value.ratio->numerator) &&
           same_quantity(expected->kids[1], false, &value.ratio->denominator);
}

static bool same(const comparison *c, const ost_ast *expected, ost_value value)
{
    switch ((int)expected->kind) {
    case OST_AST_NULL:
        return ost_is_null(value);
    case OST_AST_BOOLEAN:
        return value.kind == OST_BOOLEAN && value.boolean == ost_str_is(expected->text, "true");
    case OST_AST_STRING:
        return value.kind == OST_STRING && ost_str_equal(value.string, expected->text);
    case OST_AST_DATE:
        return same_when(c, expected, OST_DATE, value);
    case OST_AST_DATETIME:
        return same_when(c, expected, OST_DATETIME, value);
    case OST_AST_TIME:
        return same_when(c, expected, OST_TIME, value);
    case OST_AST_RATIO:
        return same_ratio(expected, value);
    case OST_AST_LIST:
        return same_list(c, expected, value);
    case OST_AST_TUPLE:
        return same_tuple(c, expected, value);
    case OST_AST_INSTANCE:
        return same_instance(c, expected, value);
    case OST_AST_INTERVAL:
        return same_interval(c, expected, value);
    default:
        return same_number(c, expected, value);
    }
}

bool compare_value(ost_arena *arena, const ost_ast *expected, ost_value value,
                   int request_offset_min, bool converts)
{
    comparison c = {.arena = arena, .request_offset_min = request_offset_min, .converts = converts};
    return same(&c, expected, value);
}
