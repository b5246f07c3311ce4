/* Timing phrases (CQL 1.5.3 "Timing and Interval Operators"; grammar rule
 * `intervalOperatorPhrase`):
 *
 *   [starts|ends|occurs] same [day] as|or before|or after [start|end]
 *   [properly] includes [day of] [start|end]
 *   [starts|ends|occurs] [properly] during|included in [day of]
 *   [starts|ends|occurs] [3 days [or more|or less] | less than|more than 3 days]
 *       [on or] before|after [or on] [day of] [start|end]
 *   [starts|ends|occurs] [properly] within 3 days of [start|end]
 *   meets|overlaps [before|after] [day of]         starts|ends [day of]
 *
 * "before start of B" is also read as phrase plus expression `start of B`; both give the same
 * tree. */
#include "cql/parse.h"

static const struct unit_row {
    uint8_t singular, plural;
    ost_time_unit unit;
} units[] = {{OST_WORD_YEAR, OST_WORD_YEARS, OST_UNIT_YEAR},
             {OST_WORD_MONTH, OST_WORD_MONTHS, OST_UNIT_MONTH},
             {OST_WORD_WEEK, OST_WORD_WEEKS, OST_UNIT_WEEK},
             {OST_WORD_DAY, OST_WORD_DAYS, OST_UNIT_DAY},
             {OST_WORD_HOUR, OST_WORD_HOURS, OST_UNIT_HOUR},
             {OST_WORD_MINUTE, OST_WORD_MINUTES, OST_UNIT_MINUTE},
             {OST_WORD_SECOND, OST_WORD_SECONDS, OST_UNIT_SECOND},
             {OST_WORD_MILLISECOND, OST_WORD_MILLISECONDS, OST_UNIT_MILLISECOND}};

ost_time_unit ost_parse_unit_word(const ost_parser *p, size_t ahead, bool plural)
{
    const ost_token *token = ost_parse_peek(p, ahead);
    for (size_t i = 0; token->kind == OST_TOKEN_WORD && i < OST_ARRAY_LEN(units); i++) {
        if (token->id == (plural ? units[i].plural : units[i].singular)) {
            return units[i].unit;
        }
    }
    return OST_UNIT_NONE;
}

ost_time_unit ost_parse_precision_of(ost_parser *p)
{
    ost_time_unit unit = ost_parse_unit_word(p, 0, false);
    if (unit == OST_UNIT_NONE || !ost_parse_at_word(p, 1, OST_WORD_OF)) {
        return OST_UNIT_NONE;
    }
    p->at += 2;
    return unit;
}

/* "more than 3", "less than 3": the words alone may be names. */
static bool at_than(const ost_parser *p, size_t ahead)
{
    return (ost_parse_at_text(p, ahead, "more") || ost_parse_at_text(p, ahead, "less")) &&
           ost_parse_at_text(p, ahead + 1, "than");
}

static bool at_on_or(const ost_parser *p, size_t ahead)
{
    return ost_parse_at_text(p, ahead, "on") && ost_parse_at_word(p, ahead + 1, OST_WORD_OR);
}

/* What may follow starts, ends, occurs when they name an edge of the left side. */
static bool at_edge_phrase(const ost_parser *p, size_t ahead)
{
    return ost_parse_at_word(p, ahead, OST_WORD_SAME) ||
           ost_parse_at_word(p, ahead, OST_WORD_PROPERLY) ||
           ost_parse_at_word(p, ahead, OST_WORD_DURING) || ost_parse_at_included_in(p, ahead) ||
           ost_parse_at_word(p, ahead, OST_WORD_BEFORE) ||
           ost_parse_at_word(p, ahead, OST_WORD_AFTER) ||
           ost_parse_at_word(p, ahead, OST_WORD_WITHIN) || at_on_or(p, ahead) ||
           at_than(p, ahead) || ost_parse_peek(p, ahead)->kind == OST_TOKEN_NUMBER;
}

bool ost_parse_at_timing(const ost_parser *p)
{
    static const uint8_t words[] = {OST_WORD_STARTS,   OST_WORD_ENDS,  OST_WORD_OCCURS,
                                    OST_WORD_INCLUDES, OST_WORD_MEETS, OST_WORD_OVERLAPS};
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (ost_parse_at_word(p, 0, (ost_word)words[i])) {
            return true;
        }
    }
    return at_edge_phrase(p, 0);
}

/* starts|ends|occurs before a phrase of its own. */
static ost_edge left_edge(ost_parser *p)
{
    static const struct edge_row {
        ost_word word;
        ost_edge edge;
    } rows[] = {{OST_WORD_STARTS, OST_EDGE_START},
                {OST_WORD_ENDS, OST_EDGE_END},
                {OST_WORD_OCCURS, OST_EDGE_OCCURS}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_parse_at_word(p, 0, rows[i].word) &&
            (rows[i].edge == OST_EDGE_OCCURS || at_edge_phrase(p, 1))) {
            p->at++;
            return rows[i].edge;
        }
    }
    return OST_EDGE_NONE;
}

/* A bare start|end behind the phrase; "start of B" is an expression. */
static ost_edge right_edge(ost_parser *p)
{
    bool start = ost_parse_at_word(p, 0, OST_WORD_START);
    if ((!start && !ost_parse_at_word(p, 0, OST_WORD_END)) ||
        ost_parse_at_word(p, 1, OST_WORD_OF)) {
        return OST_EDGE_NONE;
    }
    p->at++;
    return start ? OST_EDGE_START : OST_EDGE_END;
}

static void same(ost_parser *p, ost_ast_timing *t)
{
    p->at++;
    t->relation = OST_REL_SAME;
    t->precision = ost_parse_unit_word(p, 0, false);
    p->at += t->precision != OST_UNIT_NONE ? 1 : 0;
    if (ost_parse_take_word(p, OST_WORD_AS)) {
        return;
    }
    t->or_before = ost_parse_at_word(p, 1, OST_WORD_BEFORE);
    t->or_after = ost_parse_at_word(p, 1, OST_WORD_AFTER);
    if (!ost_parse_at_word(p, 0, OST_WORD_OR) || (!t->or_before && !t->or_after)) {
        ost_parse_expected(p, "'as', 'or before' or 'or after' after 'same'");
        return;
    }
    p->at += 2;
}

/* The distance before a before/after: returns with the parser at that word. */
static void distance(ost_parser *p, ost_ast_timing *t)
{
    if (at_than(p, 0)) {
        t->bound = ost_parse_at_text(p, 0, "more") ? OST_BOUND_MORE_THAN : OST_BOUND_LESS_THAN;
        p->at += 2;
        t->quantity = ost_parse_quantity(p);
    } else if (ost_parse_peek(p, 0)->kind == OST_TOKEN_NUMBER) {
        t->quantity = ost_parse_quantity(p);
        if (ost_parse_at_word(p, 0, OST_WORD_OR)) {
            bool more = ost_parse_at_text(p, 1, "more");
            if (!more && !ost_parse_at_text(p, 1, "less")) {
                ost_parse_expected(p, "'or more' or 'or less' after the distance");
                return;
            }
            t->bound = more ? OST_BOUND_OR_MORE : OST_BOUND_OR_LESS;
            p->at += 2;
        }
    }
}

static void before_or_after(ost_parser *p, ost_ast_timing *t)
{
    distance(p, t);
    if (at_on_or(p, 0)) {
        t->or_same = true;
        p->at += 2;
    }
    bool before = ost_parse_at_word(p, 0, OST_WORD_BEFORE);
    if (!before && !ost_parse_at_word(p, 0, OST_WORD_AFTER)) {
        ost_parse_expected(p, t->quantity ? "'before' or 'after' after the distance"
                                          : "'before' or 'after'");
        return;
    }
    p->at++;
    t->relation = before ? OST_REL_BEFORE : OST_REL_AFTER;
    if (!t->or_same && ost_parse_at_word(p, 0, OST_WORD_OR) && ost_parse_at_text(p, 1, "on")) {
        t->or_same = true;
        p->at += 2;
    }
    t->precision = ost_parse_precision_of(p);
}

static void within(ost_parser *p, ost_ast_timing *t)
{
    p->at++;
    t->relation = OST_REL_WITHIN;
    t->quantity = ost_parse_quantity(p);
    ost_parse_expect_word(p, OST_WORD_OF);
}

/* meets, overlaps: with a side; starts, ends: without. */
static void touching(ost_parser *p, ost_ast_timing *t, ost_relation relation)
{
    p->at++;
    t->relation = relation;
    if (relation == OST_REL_MEETS || relation == OST_REL_OVERLAPS) {
        t->side_before = ost_parse_take_word(p, OST_WORD_BEFORE);
        t->side_after = !t->side_before && ost_parse_take_word(p, OST_WORD_AFTER);
    }
    t->precision = ost_parse_precision_of(p);
}

/* The words of the phrase after the left edge. */
static void phrase(ost_parser *p, ost_ast_timing *t)
{
    static const struct touch_row {
        ost_word word;
        ost_relation relation;
    } rows[] = {{OST_WORD_MEETS, OST_REL_MEETS},
                {OST_WORD_OVERLAPS, OST_REL_OVERLAPS},
                {OST_WORD_STARTS, OST_REL_STARTS},
                {OST_WORD_ENDS, OST_REL_ENDS}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows) && t->left_edge == OST_EDGE_NONE; i++) {
        if (ost_parse_at_word(p, 0, rows[i].word)) {
            touching(p, t, rows[i].relation);
            return;
        }
    }
    t->properly = ost_parse_take_word(p, OST_WORD_PROPERLY);
    if (ost_parse_take_word(p, OST_WORD_DURING) || ost_parse_at_included_in(p, 0)) {
        p->at += ost_parse_at_included_in(p, 0) ? 2 : 0;
        t->relation = OST_REL_INCLUDED_IN;
        t->precision = ost_parse_precision_of(p);
    } else if (t->left_edge == OST_EDGE_NONE && ost_parse_take_word(p, OST_WORD_INCLUDES)) {
        t->relation = OST_REL_INCLUDES;
        t->precision = ost_parse_precision_of(p);
    } else if (ost_parse_at_word(p, 0, OST_WORD_WITHIN)) {
        within(p, t);
    } else if (t->properly) {
        ost_parse_expected(p, "'includes', 'included in', 'during', 'within', 'between', 'in' or "
                              "'contains' after 'properly'");
    } else if (ost_parse_at_word(p, 0, OST_WORD_SAME)) {
        same(p, t);
    } else {
        before_or_after(p, t);
    }
}

static bool has_right_edge(ost_relation relation)
{
    return relation == OST_REL_SAME || relation == OST_REL_BEFORE || relation == OST_REL_AFTER ||
           relation == OST_REL_INCLUDES || relation == OST_REL_WITHIN;
}

ost_ast *ost_parse_timing(ost_parser *p, ost_ast *left)
{
    ost_ast *node = ost_parse_node_from(p, OST_AST_TIMING, left);
    ost_ast_timing *t = ost_arena_alloc(p->arena, sizeof *t);
    if (!t) {
        p->no_memory = true;
        (void)ost_parse_fail(p, ost_parse_peek(p, 0), OST_E_MEMORY, "memory is short");
        return node;
    }
    node->timing = t;
    t->left_edge = left_edge(p);
    phrase(p, t);
    bool edge = has_right_edge(t->relation);
    t->right_edge = edge ? right_edge(p) : OST_EDGE_NONE;
    ost_ast *right = ost_parse_operators(p, (ost_parse_level)(OST_LEVEL_TIMING + 1));
    if (edge && t->right_edge == OST_EDGE_NONE && right->kind == OST_AST_OP && right->count == 1 &&
        (ost_str_is(right->text, "Start") || ost_str_is(right->text, "End"))) {
        t->right_edge = ost_str_is(right->text, "Start") ? OST_EDGE_START : OST_EDGE_END;
        right = right->kids[0];
    }
    ost_parse_add(p, node, left);
    ost_parse_add(p, node, right);
    return ost_parse_end(p, node);
}
