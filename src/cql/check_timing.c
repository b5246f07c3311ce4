/* Timing phrases to operators (CQL 1.5.3 "Timing and Interval Operators", author's guide "Timing
 * Relationships"). What a phrase means depends on whether its sides are points, intervals or lists:
 *
 *   A starts before end of B            Before(Start(A), End(B))
 *   A 3 days or more before B           SameOrBefore(End(A), Start(B) - 3 days)
 *   A 3 days or less before B           In(End(A), Interval[Start(B) - 3 days, Start(B)))
 *   A within 3 days of B                In(A, Interval[Start(B) - 3 days, End(B) + 3 days])
 *   A during B                          In or IncludedIn
 */
#include "cql/check.h"

typedef struct side {
    const ost_type *type;
    uint32_t slot;
} side;

static bool is_interval(const side *s)
{
    return s->type->form == OST_TYPE_INTERVAL;
}

/* Slots for two operands, a precision and a spare, so that calls find their arguments side by
 * side. */
static const ost_type *call_two(ost_check *check, const ost_ast *ast, ost_str name, side left,
                                side right, ost_time_unit precision, uint32_t dst)
{
    uint32_t first = ost_check_slots(check, 4);
    const ost_type *types[2] = {left.type, right.type};
    ost_check_emit(check, ast, OST_STEP_MOVE, first, left.slot, 0);
    ost_check_emit(check, ast, OST_STEP_MOVE, first + 1, right.slot, 0);
    return ost_check_call_slots(check, ast, name, types, first, 2, precision, dst);
}

static bool take_edge(ost_check *check, const ost_ast *ast, side *s, ost_edge edge)
{
    if (edge == OST_EDGE_NONE || edge == OST_EDGE_OCCURS) {
        return true;
    }
    s->type =
        ost_check_call_slots(check, ast, edge == OST_EDGE_START ? OST_STR("Start") : OST_STR("End"),
                             &s->type, s->slot, 1, OST_UNIT_NONE, s->slot);
    return s->type != NULL;
}

static bool open_side(ost_check *check, const ost_ast *ast, ost_edge edge, side *s)
{
    s->slot = ost_check_slots(check, 2);
    s->type = ost_check_expression(check, ast, s->slot);
    if (!s->type) {
        return false;
    }
    const ost_type *system = ost_type_to_system(check->types, s->type);
    s->type = ost_check_convert(check, ast, s->type, system, s->slot);
    return s->type && take_edge(check, ast, s, edge);
}

/* Point `from` moved by the quantity; sign "Add" or "Subtract". */
static bool shift(ost_check *check, const ost_ast *ast, side from, side quantity, ost_str sign,
                  side *out)
{
    out->slot = ost_check_slots(check, 1);
    out->type = call_two(check, ast, sign, from, quantity, OST_UNIT_NONE, out->slot);
    return out->type != NULL;
}

static const ost_type *in_interval(ost_check *check, const ost_ast *ast, side point, side low,
                                   bool low_closed, side high, bool high_closed,
                                   ost_time_unit precision, uint32_t dst)
{
    uint32_t ends = ost_check_slots(check, 2);
    side range = {.slot = ost_check_slots(check, 1)};
    const ost_type *type = ost_type_common(check->types, low.type, high.type);
    if (!type) {
        ost_check_error(check, OST_E_TYPE, ast, "the two sides can't be compared");
        return NULL;
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, ends, low.slot, 0);
    ost_check_emit(check, ast, OST_STEP_MOVE, ends + 1, high.slot, 0);
    if (!ost_check_convert(check, ast, low.type, type, ends) ||
        !ost_check_convert(check, ast, high.type, type, ends + 1)) {
        return NULL;
    }
    ost_step *step = ost_check_emit(check, ast, OST_STEP_INTERVAL, range.slot, ends, 0);
    step->count = (uint16_t)((low_closed ? 1 : 0) | (high_closed ? 2 : 0));
    step->type = type;
    range.type = ost_type_interval(check->types, type);
    ost_str name = is_interval(&point) ? OST_STR("IncludedIn") : OST_STR("In");
    /* A null end would be read as "for ever"; here it means that the answer is not known. */
    ost_check_emit_constant(check, ast, dst, ost_null());
    uint32_t no_low = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP_NULL, 0, ends, 0);
    uint32_t no_high = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_JUMP_NULL, 0, ends + 1, 0);
    const ost_type *result = call_two(check, ast, name, point, range, precision, dst);
    ost_check_land(check, no_low);
    ost_check_land(check, no_high);
    return result;
}

/* A [q] before/after B. */
static const ost_type *before_after(ost_check *check, const ost_ast *ast, side left, side right,
                                    uint32_t dst)
{
    const ost_ast_timing *t = ast->timing;
    bool before = t->relation == OST_REL_BEFORE;
    ost_str strict = before ? OST_STR("Before") : OST_STR("After");
    ost_str or_same = before ? OST_STR("SameOrBefore") : OST_STR("SameOrAfter");
    if (!t->quantity) {
        return call_two(check, ast, t->or_same ? or_same : strict, left, right, t->precision, dst);
    }
    side quantity = {.slot = ost_check_slots(check, 1)}, moved;
    quantity.type = ost_check_expression(check, t->quantity, quantity.slot);
    if (!quantity.type ||
        (is_interval(&left) &&
         !take_edge(check, ast, &left, before ? OST_EDGE_END : OST_EDGE_START)) ||
        (is_interval(&right) &&
         !take_edge(check, ast, &right, before ? OST_EDGE_START : OST_EDGE_END)) ||
        !shift(check, ast, right, quantity, before ? OST_STR("Subtract") : OST_STR("Add"),
               &moved)) {
        return NULL;
    }
    bool less = t->bound == OST_BOUND_OR_LESS || t->bound == OST_BOUND_LESS_THAN;
    if (!less) {
        ost_str name = t->bound == OST_BOUND_OR_MORE     ? or_same
                       : t->bound == OST_BOUND_MORE_THAN ? strict
                                                         : OST_STR("SameAs");
        return call_two(check, ast, name, left, moved, t->precision, dst);
    }
    bool far_closed = t->bound == OST_BOUND_OR_LESS;
    return before ? in_interval(check, ast, left, moved, far_closed, right, t->or_same,
                                t->precision, dst)
                  : in_interval(check, ast, left, right, t->or_same, moved, far_closed,
                                t->precision, dst);
}

static const ost_type *within(ost_check *check, const ost_ast *ast, side left, side right,
                              uint32_t dst)
{
    const ost_ast_timing *t = ast->timing;
    side quantity = {.slot = ost_check_slots(check, 1)}, low = right, high = right;
    quantity.type = ost_check_expression(check, t->quantity, quantity.slot);
    if (!quantity.type) {
        return NULL;
    }
    if (is_interval(&right)) {
        high.slot = ost_check_slots(check, 2);
        ost_check_emit(check, ast, OST_STEP_MOVE, high.slot, right.slot, 0);
        if (!take_edge(check, ast, &low, OST_EDGE_START) ||
            !take_edge(check, ast, &high, OST_EDGE_END)) {
            return NULL;
        }
    }
    side from, to;
    if (!shift(check, ast, low, quantity, OST_STR("Subtract"), &from) ||
        !shift(check, ast, high, quantity, OST_STR("Add"), &to)) {
        return NULL;
    }
    return in_interval(check, ast, left, from, !t->properly, to, !t->properly, t->precision, dst);
}

static bool is_set(const side *s)
{
    return s->type->form == OST_TYPE_INTERVAL || s->type->form == OST_TYPE_LIST;
}

/* includes, during: between a set and a point, or between two sets. */
static ost_str set_operator(const ost_ast_timing *t, const side *left, const side *right)
{
    bool includes = t->relation == OST_REL_INCLUDES;
    const side *part = includes ? right : left, *whole = includes ? left : right;
    /* A null part is a null set, but an item beside "properly"; an interval in a list of intervals
     * is an item too. */
    bool item_of_list = whole->type->form == OST_TYPE_LIST && part->type->form == OST_TYPE_INTERVAL;
    bool null_set = part->type->form == OST_TYPE_ANY && !t->properly;
    bool point = (!is_set(part) && !null_set) || item_of_list;
    if (includes) {
        return point ? (t->properly ? OST_STR("ProperContains") : OST_STR("Contains"))
                     : (t->properly ? OST_STR("ProperIncludes") : OST_STR("Includes"));
    }
    return point ? (t->properly ? OST_STR("ProperIn") : OST_STR("In"))
                 : (t->properly ? OST_STR("ProperIncludedIn") : OST_STR("IncludedIn"));
}

static ost_str sided(const ost_ast_timing *t, const char *plain, const char *before,
                     const char *after)
{
    return ost_str_of(t->side_before ? before : t->side_after ? after : plain);
}

static ost_str operator_name(const ost_ast_timing *t, const side *left, const side *right)
{
    switch (t->relation) {
    case OST_REL_SAME:
        return t->or_before  ? OST_STR("SameOrBefore")
               : t->or_after ? OST_STR("SameOrAfter")
                             : OST_STR("SameAs");
    case OST_REL_INCLUDES:
    case OST_REL_INCLUDED_IN:
        return set_operator(t, left, right);
    case OST_REL_MEETS:
        return sided(t, "Meets", "MeetsBefore", "MeetsAfter");
    case OST_REL_OVERLAPS:
        return sided(t, "Overlaps", "OverlapsBefore", "OverlapsAfter");
    case OST_REL_STARTS:
        return OST_STR("Starts");
    case OST_REL_ENDS:
        return OST_STR("Ends");
    case OST_REL_BEFORE:
    case OST_REL_AFTER:
    case OST_REL_WITHIN:
        break;
    }
    return OST_STR("");
}

const ost_type *ost_check_timing(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    const ost_ast_timing *t = ast->timing;
    side left, right;
    bool good = open_side(check, ast->kids[0], t->left_edge, &left);
    good = open_side(check, ast->kids[1], t->right_edge, &right) && good;
    if (!good) {
        return NULL;
    }
    if (t->relation == OST_REL_BEFORE || t->relation == OST_REL_AFTER) {
        return before_after(check, ast, left, right, dst);
    }
    if (t->relation == OST_REL_WITHIN) {
        return within(check, ast, left, right, dst);
    }
    return call_two(check, ast, operator_name(t, &left, &right), left, right, t->precision, dst);
}
