/* Operators of the expression level (CQL 1.5.3 "Operator Precedence"; grammar rule
 * `expression`), by precedence climbing. An operand is a prefix operator, a retrieve, a query
 * or a term; arithmetic binds tighter and lives in parse_term.c. Chains to the left are loops;
 * the height of the tree is limited where nodes are linked. */
#include "cql/parse.h"

typedef struct infix {
    uint8_t kind, id; /* of the token */
    ost_parse_level level;
    const char *name;
} infix;

static const infix infixes[] = {
    {OST_TOKEN_WORD, OST_WORD_UNION, OST_LEVEL_SET, "Union"},
    {OST_TOKEN_SIGN, '|', OST_LEVEL_SET, "Union"},
    {OST_TOKEN_WORD, OST_WORD_INTERSECT, OST_LEVEL_SET, "Intersect"},
    {OST_TOKEN_WORD, OST_WORD_EXCEPT, OST_LEVEL_SET, "Except"},
    {OST_TOKEN_WORD, OST_WORD_IMPLIES, OST_LEVEL_IMPLIES, "Implies"},
    {OST_TOKEN_WORD, OST_WORD_OR, OST_LEVEL_OR, "Or"},
    {OST_TOKEN_WORD, OST_WORD_XOR, OST_LEVEL_OR, "Xor"},
    {OST_TOKEN_WORD, OST_WORD_AND, OST_LEVEL_AND, "And"},
    {OST_TOKEN_SIGN, '=', OST_LEVEL_EQUAL, "Equal"},
    {OST_TOKEN_SIGN, OST_SIGN_NOT_EQUAL, OST_LEVEL_EQUAL, "NotEqual"},
    {OST_TOKEN_SIGN, '~', OST_LEVEL_EQUAL, "Equivalent"},
    {OST_TOKEN_SIGN, OST_SIGN_NOT_EQUIVALENT, OST_LEVEL_EQUAL, "NotEquivalent"},
    {OST_TOKEN_SIGN, '<', OST_LEVEL_ORDER, "Less"},
    {OST_TOKEN_SIGN, OST_SIGN_LESS_OR_EQUAL, OST_LEVEL_ORDER, "LessOrEqual"},
    {OST_TOKEN_SIGN, '>', OST_LEVEL_ORDER, "Greater"},
    {OST_TOKEN_SIGN, OST_SIGN_GREATER_OR_EQUAL, OST_LEVEL_ORDER, "GreaterOrEqual"}};

static const infix *at_infix(const ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    for (size_t i = 0; i < OST_ARRAY_LEN(infixes); i++) {
        if (token->kind == infixes[i].kind && token->id == infixes[i].id) {
            return &infixes[i];
        }
    }
    return NULL;
}

static ost_ast *binary(ost_parser *p, const infix *op, ost_ast *left)
{
    ost_ast *node = ost_parse_operator(p, op->name, left);
    p->at++;
    ost_parse_add(p, node, left);
    ost_parse_add(p, node, ost_parse_operators(p, (ost_parse_level)(op->level + 1)));
    return ost_parse_end(p, node);
}

/* "in", "contains", with `properly` before and "day of" behind. NULL when it does not stand
 * here. */
static const char *member_operator(const ost_parser *p, size_t *words)
{
    bool properly = ost_parse_at_word(p, 0, OST_WORD_PROPERLY);
    size_t at = properly ? 1 : 0;
    *words = at + 1;
    if (ost_parse_at_word(p, at, OST_WORD_IN)) {
        return properly ? "ProperIn" : "In";
    }
    if (ost_parse_at_word(p, at, OST_WORD_CONTAINS)) {
        return properly ? "ProperContains" : "Contains";
    }
    return NULL;
}

static ost_ast *membership(ost_parser *p, ost_ast *left)
{
    size_t words = 0;
    const char *name = member_operator(p, &words);
    ost_ast *node = ost_parse_operator(p, name, left);
    p->at += words;
    node->precision = ost_parse_precision_of(p);
    ost_parse_add(p, node, left);
    ost_parse_add(p, node, ost_parse_operators(p, (ost_parse_level)(OST_LEVEL_MEMBER + 1)));
    return ost_parse_end(p, node);
}

static ost_ast *wrap(ost_parser *p, const char *name, ost_ast *inner, const ost_ast *first)
{
    ost_ast *node = ost_parse_operator(p, name, first);
    ost_parse_add(p, node, inner);
    return ost_parse_end(p, node);
}

/* x is [not] null|true|false; x is T; x as T. */
static ost_ast *type_test(ost_parser *p, ost_ast *left)
{
    bool is = ost_parse_at_word(p, 0, OST_WORD_IS);
    p->at++;
    if (is) {
        static const struct truth_row {
            ost_word word;
            const char *name;
        } rows[] = {
            {OST_WORD_NULL, "IsNull"}, {OST_WORD_TRUE, "IsTrue"}, {OST_WORD_FALSE, "IsFalse"}};
        bool negated = ost_parse_take_word(p, OST_WORD_NOT);
        for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
            if (ost_parse_take_word(p, rows[i].word)) {
                ost_ast *test = wrap(p, rows[i].name, left, left);
                return negated ? wrap(p, "Not", test, left) : test;
            }
        }
        if (negated) {
            ost_parse_expected(p, "null, true or false after 'is not'");
            return left;
        }
    }
    ost_ast *node = ost_parse_node_from(p, is ? OST_AST_IS : OST_AST_AS, left);
    ost_parse_add(p, node, left);
    ost_parse_add(p, node, ost_parse_type(p));
    return ost_parse_end(p, node);
}

/* x between a and b: And(GreaterOrEqual(x, a), LessOrEqual(x, b)); `properly` without the
 * equals. */
static ost_ast *between(ost_parser *p, ost_ast *left)
{
    bool properly = ost_parse_take_word(p, OST_WORD_PROPERLY);
    p->at++;
    ost_parse_weigh_shared(p, left);
    ost_ast *both = ost_parse_operator(p, "And", left);
    ost_ast *low = ost_parse_operator(p, properly ? "Greater" : "GreaterOrEqual", left);
    ost_ast *high = ost_parse_operator(p, properly ? "Less" : "LessOrEqual", left);
    ost_parse_add(p, low, left);
    ost_parse_add(p, low, ost_parse_term(p));
    (void)ost_parse_end(p, low);
    ost_parse_expect_word(p, OST_WORD_AND);
    ost_parse_add(p, high, left);
    ost_parse_add(p, high, ost_parse_term(p));
    (void)ost_parse_end(p, high);
    ost_parse_add(p, both, low);
    ost_parse_add(p, both, high);
    return ost_parse_end(p, both);
}

/* [duration in] days between a and b; difference in days between a and b. */
static ost_ast *time_between(ost_parser *p, bool difference)
{
    ost_ast *node =
        ost_parse_operator(p, difference ? "DifferenceBetween" : "DurationBetween", NULL);
    if (ost_parse_at_word(p, 1, OST_WORD_IN)) {
        p->at += 2;
    }
    node->precision = ost_parse_unit_word(p, 0, true);
    p->at += 2;
    ost_parse_add(p, node, ost_parse_term(p));
    ost_parse_expect_word(p, OST_WORD_AND);
    ost_parse_add(p, node, ost_parse_term(p));
    return ost_parse_end(p, node);
}

/* True at "days between", "duration in days between", "difference in days between". */
static bool at_time_between(const ost_parser *p)
{
    bool named =
        ost_parse_at_word(p, 0, OST_WORD_DURATION) || ost_parse_at_word(p, 0, OST_WORD_DIFFERENCE);
    size_t at = named && ost_parse_at_word(p, 1, OST_WORD_IN) ? 2 : 0;
    return ost_parse_unit_word(p, at, true) != OST_UNIT_NONE &&
           ost_parse_at_word(p, at + 1, OST_WORD_BETWEEN);
}

static ost_ast *cast(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_AS);
    node->flags |= OST_AST_F_STRICT;
    p->at++;
    bool outer = p->no_as;
    p->no_as = true;
    ost_parse_add(p, node, ost_parse_expression(p));
    p->no_as = outer;
    ost_parse_expect_word(p, OST_WORD_AS);
    ost_parse_add(p, node, ost_parse_type(p));
    return ost_parse_end(p, node);
}

static ost_ast *prefix(ost_parser *p, const char *name)
{
    ost_ast *node = ost_parse_operator(p, name, NULL);
    p->at++;
    ost_parse_add(p, node, ost_parse_operators(p, OST_LEVEL_TYPE));
    return ost_parse_end(p, node);
}

/* A path or something in parentheses, which may be the source of a query when a name follows. */
static bool is_source(const ost_parser *p, const ost_ast *node, size_t from)
{
    size_t after = 0;
    if (p->tokens[from].kind == OST_TOKEN_SIGN && p->tokens[from].id == '(') {
        return p->open == from && p->close + 1 == p->at;
    }
    return (node->kind == OST_AST_REF || node->kind == OST_AST_MEMBER) &&
           ost_parse_at_path(p, from, &after) && after == p->at;
}

static ost_ast *operand(ost_parser *p)
{
    if (ost_parse_at_word(p, 0, OST_WORD_NOT)) {
        return prefix(p, "Not");
    }
    if (ost_parse_at_word(p, 0, OST_WORD_EXISTS)) {
        return prefix(p, "Exists");
    }
    if (ost_parse_at_word(p, 0, OST_WORD_CAST)) {
        return cast(p);
    }
    if (ost_parse_at_word(p, 0, OST_WORD_FROM)) {
        return ost_parse_query(p, NULL);
    }
    if (at_time_between(p)) {
        return time_between(p, ost_parse_at_word(p, 0, OST_WORD_DIFFERENCE));
    }
    size_t from = p->at;
    bool retrieve = ost_parse_at_sign(p, 0, '[');
    ost_ast *node = retrieve ? ost_parse_retrieve(p) : ost_parse_term(p);
    if (ost_parse_at_alias(p, 0) && (retrieve || is_source(p, node, from))) {
        return ost_parse_query(p, node);
    }
    return node;
}

ost_ast *ost_parse_operators(ost_parser *p, ost_parse_level level)
{
    if (!ost_parse_enter(p)) {
        return p->spare;
    }
    ost_ast *left = operand(p);
    while (!p->failed) {
        size_t words = 0;
        bool properly = ost_parse_at_word(p, 0, OST_WORD_PROPERLY);
        const infix *op = at_infix(p);
        if (ost_parse_at_word(p, 0, OST_WORD_IS) ||
            (ost_parse_at_word(p, 0, OST_WORD_AS) && !p->no_as)) {
            left = type_test(p, left);
        } else if (op && op->level >= level) {
            left = binary(p, op, left);
        } else if (level <= OST_LEVEL_BETWEEN &&
                   ost_parse_at_word(p, properly ? 1 : 0, OST_WORD_BETWEEN)) {
            left = between(p, left);
        } else if (level <= OST_LEVEL_MEMBER && member_operator(p, &words)) {
            left = membership(p, left);
        } else if (level <= OST_LEVEL_TIMING && ost_parse_at_timing(p)) {
            left = ost_parse_timing(p, left);
        } else {
            break;
        }
    }
    ost_parse_leave(p);
    return left;
}

ost_ast *ost_parse_expression(ost_parser *p)
{
    return ost_parse_operators(p, OST_LEVEL_SET);
}

ost_ast *ost_parse_inside(ost_parser *p)
{
    bool outer = p->no_as;
    p->no_as = false;
    ost_ast *node = ost_parse_expression(p);
    p->no_as = outer;
    return node;
}
