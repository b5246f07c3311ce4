/* Terms: arithmetic, extractors, conditionals, and what stands between brackets and dots
 * (grammar rules `expressionTerm` and `term`). From tight to loose: . and []; prefixes; ^; * /
 * div mod; + - &. */
#include "cql/parse.h"

enum { LEVEL_ADD, LEVEL_MULTIPLY, LEVEL_POWER, LEVEL_PREFIX };

static ost_ast *term(ost_parser *p, int level);

static const struct arithmetic {
    uint8_t kind, id;
    int8_t level;
    const char *name;
} arithmetics[] = {{OST_TOKEN_SIGN, '+', LEVEL_ADD, "Add"},
                   {OST_TOKEN_SIGN, '-', LEVEL_ADD, "Subtract"},
                   {OST_TOKEN_SIGN, '&', LEVEL_ADD, "Concatenate"},
                   {OST_TOKEN_SIGN, '*', LEVEL_MULTIPLY, "Multiply"},
                   {OST_TOKEN_SIGN, '/', LEVEL_MULTIPLY, "Divide"},
                   {OST_TOKEN_WORD, OST_WORD_DIV, LEVEL_MULTIPLY, "TruncatedDivide"},
                   {OST_TOKEN_WORD, OST_WORD_MOD, LEVEL_MULTIPLY, "Modulo"},
                   {OST_TOKEN_SIGN, '^', LEVEL_POWER, "Power"}};

/* `start of x` and the like: two words before a term. */
static const struct extractor {
    uint8_t first, second;
    const char *name;
} extractors[] = {{OST_WORD_START, OST_WORD_OF, "Start"},
                  {OST_WORD_END, OST_WORD_OF, "End"},
                  {OST_WORD_WIDTH, OST_WORD_OF, "Width"},
                  {OST_WORD_SUCCESSOR, OST_WORD_OF, "Successor"},
                  {OST_WORD_PREDECESSOR, OST_WORD_OF, "Predecessor"},
                  {OST_WORD_SINGLETON, OST_WORD_FROM, "SingletonFrom"},
                  {OST_WORD_POINT, OST_WORD_FROM, "PointFrom"},
                  {OST_WORD_DATE, OST_WORD_FROM, "DateFrom"},
                  {OST_WORD_TIME, OST_WORD_FROM, "TimeFrom"},
                  {OST_WORD_TIMEZONEOFFSET, OST_WORD_FROM, "TimezoneOffsetFrom"}};

static const struct arithmetic *at_arithmetic(const ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    for (size_t i = 0; i < OST_ARRAY_LEN(arithmetics); i++) {
        if (token->kind == arithmetics[i].kind && token->id == arithmetics[i].id) {
            return &arithmetics[i];
        }
    }
    return NULL;
}

static const char *at_extractor(const ost_parser *p)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(extractors); i++) {
        if (ost_parse_at_word(p, 0, (ost_word)extractors[i].first) &&
            ost_parse_at_word(p, 1, (ost_word)extractors[i].second)) {
            return extractors[i].name;
        }
    }
    if (ost_parse_unit_word(p, 0, false) != OST_UNIT_NONE &&
        ost_parse_at_word(p, 1, OST_WORD_FROM)) {
        return "ComponentFrom";
    }
    return NULL;
}

static ost_ast *extract(ost_parser *p, const char *name)
{
    ost_ast *node = ost_parse_operator(p, name, NULL);
    node->precision =
        ost_str_is(node->text, "ComponentFrom") ? ost_parse_unit_word(p, 0, false) : OST_UNIT_NONE;
    p->at += 2;
    ost_parse_add(p, node, term(p, LEVEL_PREFIX));
    return ost_parse_end(p, node);
}

/* duration in days of i: between its start and its end. */
static ost_ast *length_of(ost_parser *p)
{
    bool difference = ost_parse_at_word(p, 0, OST_WORD_DIFFERENCE);
    ost_ast *node =
        ost_parse_operator(p, difference ? "DifferenceBetween" : "DurationBetween", NULL);
    p->at++;
    ost_parse_expect_word(p, OST_WORD_IN);
    node->precision = ost_parse_unit_word(p, 0, true);
    if (node->precision == OST_UNIT_NONE) {
        ost_parse_expected(p, "a unit of time in the plural, for example days");
        return node;
    }
    p->at++;
    if (!ost_parse_take_word(p, OST_WORD_OF)) {
        ost_parse_expected(p, "'between' or 'of' after the unit of time");
        return node;
    }
    ost_ast *interval = term(p, LEVEL_PREFIX);
    ost_parse_weigh_shared(p, interval);
    ost_ast *start = ost_parse_operator(p, "Start", interval);
    ost_ast *end = ost_parse_operator(p, "End", interval);
    ost_parse_add(p, start, interval);
    ost_parse_add(p, end, interval);
    ost_parse_add(p, node, ost_parse_end(p, start));
    ost_parse_add(p, node, ost_parse_end(p, end));
    return ost_parse_end(p, node);
}

static ost_ast *extent(ost_parser *p)
{
    bool low = ost_parse_at_word(p, 0, OST_WORD_MINIMUM);
    ost_ast *node = ost_parse_node(p, low ? OST_AST_MINIMUM : OST_AST_MAXIMUM);
    p->at++;
    ost_parse_add(p, node, ost_parse_named_type(p));
    return ost_parse_end(p, node);
}

static ost_ast *convert(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CONVERT);
    p->at++;
    ost_parse_add(p, node, ost_parse_expression(p));
    ost_parse_expect_word(p, OST_WORD_TO);
    if (ost_parse_at_unit(p, 0)) {
        node->unit = ost_parse_unit(p);
    } else if (ost_parse_at_type(p)) {
        ost_parse_add(p, node, ost_parse_type(p));
    } else {
        ost_parse_expected(p, "a type or a unit after 'to'");
    }
    return ost_parse_end(p, node);
}

static ost_ast *if_then_else(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_IF);
    p->at++;
    ost_parse_add(p, node, ost_parse_expression(p));
    ost_parse_expect_word(p, OST_WORD_THEN);
    ost_parse_add(p, node, ost_parse_expression(p));
    ost_parse_expect_word(p, OST_WORD_ELSE);
    ost_parse_add(p, node, ost_parse_expression(p));
    return ost_parse_end(p, node);
}

static ost_ast *case_of(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CASE);
    p->at++;
    bool plain = ost_parse_at_word(p, 0, OST_WORD_WHEN);
    ost_parse_add(p, node, plain ? NULL : ost_parse_expression(p));
    do {
        ost_parse_expect_word(p, OST_WORD_WHEN);
        ost_parse_add(p, node, ost_parse_expression(p));
        ost_parse_expect_word(p, OST_WORD_THEN);
        ost_parse_add(p, node, ost_parse_expression(p));
    } while (ost_parse_at_word(p, 0, OST_WORD_WHEN));
    if (!ost_parse_take_word(p, OST_WORD_ELSE)) {
        ost_parse_expected(p, "'when' or 'else'");
    }
    ost_parse_add(p, node, ost_parse_expression(p));
    ost_parse_expect_word(p, OST_WORD_END);
    return ost_parse_end(p, node);
}

/* distinct x, flatten x; collapse x [per y], expand x [per y]. `per day` means per 1 day. */
static ost_ast *list_prefix(ost_parser *p, const char *name, bool per)
{
    ost_ast *node = ost_parse_operator(p, name, NULL);
    p->at++;
    ost_parse_add(p, node, ost_parse_expression(p));
    if (!per || !ost_parse_take_word(p, OST_WORD_PER)) {
        return ost_parse_end(p, node);
    }
    if (ost_parse_unit_word(p, 0, false) != OST_UNIT_NONE &&
        !ost_parse_at_word(p, 1, OST_WORD_FROM)) {
        ost_ast *step = ost_parse_node(p, OST_AST_QUANTITY);
        step->text = OST_STR("1");
        step->unit = ost_parse_unit(p);
        ost_parse_add(p, node, ost_parse_end(p, step));
    } else {
        ost_parse_add(p, node, ost_parse_expression(p));
    }
    return ost_parse_end(p, node);
}

static ost_ast *polarity(ost_parser *p)
{
    bool minus = ost_parse_at_sign(p, 0, '-');
    if (!minus) {
        p->at++;
        return term(p, LEVEL_PREFIX);
    }
    ost_ast *node = ost_parse_operator(p, "Negate", NULL);
    p->at++;
    p->negated = p->at;
    ost_parse_add(p, node, term(p, LEVEL_PREFIX));
    return ost_parse_end(p, node);
}

/* Terms that start with a keyword, and signs before a term. */
static ost_ast *prefixed(ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    const char *extractor = at_extractor(p);
    if (ost_parse_at_sign(p, 0, '-') || ost_parse_at_sign(p, 0, '+')) {
        return polarity(p);
    }
    if (extractor) {
        return extract(p, extractor);
    }
    switch (token->kind == OST_TOKEN_WORD ? (int)token->id : OST_WORD_COUNT) {
    case OST_WORD_DURATION:
    case OST_WORD_DIFFERENCE:
        return length_of(p);
    case OST_WORD_MINIMUM:
    case OST_WORD_MAXIMUM:
        return extent(p);
    case OST_WORD_CONVERT:
        return convert(p);
    case OST_WORD_IF:
        return if_then_else(p);
    case OST_WORD_CASE:
        return case_of(p);
    case OST_WORD_DISTINCT:
        return list_prefix(p, "Distinct", false);
    case OST_WORD_FLATTEN:
        return list_prefix(p, "Flatten", false);
    case OST_WORD_COLLAPSE:
        return list_prefix(p, "Collapse", true);
    case OST_WORD_EXPAND:
        return list_prefix(p, "Expand", true);
    default:
        return ost_parse_primary(p);
    }
}

static ost_ast *term(ost_parser *p, int level)
{
    if (!ost_parse_enter(p)) {
        return p->spare;
    }
    ost_ast *left = prefixed(p);
    for (const struct arithmetic *op = at_arithmetic(p); op && op->level >= level;
         op = at_arithmetic(p)) {
        ost_ast *node = ost_parse_operator(p, op->name, left);
        p->at++;
        ost_parse_add(p, node, left);
        ost_parse_add(p, node, term(p, op->level + 1));
        left = ost_parse_end(p, node);
    }
    ost_parse_leave(p);
    return left;
}

ost_ast *ost_parse_term(ost_parser *p)
{
    return term(p, LEVEL_ADD);
}

ost_ast *ost_parse_paren(ost_parser *p)
{
    size_t open = p->at++;
    ost_ast *node = ost_parse_inside(p);
    ost_parse_expect_sign(p, ')', "the expression");
    p->open = open;
    p->close = p->at - 1;
    return node;
}

/* name(arguments), the parser at the opening bracket. `node` is the INVOKE with its first kid. */
static ost_ast *arguments(ost_parser *p, ost_ast *node)
{
    p->at++;
    if (!ost_parse_at_sign(p, 0, ')')) {
        do {
            ost_parse_add(p, node, ost_parse_inside(p));
        } while (ost_parse_take_sign(p, ','));
    }
    ost_parse_expect_sign(p, ')', "the arguments");
    return ost_parse_end(p, node);
}

static ost_ast *reference(ost_parser *p)
{
    bool call = ost_parse_at_sign(p, 1, '(');
    ost_ast *node = ost_parse_node(p, call ? OST_AST_INVOKE : OST_AST_REF);
    uint8_t kind = ost_parse_peek(p, 0)->kind;
    node->text = ost_parse_reference(p, "a name");
    if (call) {
        ost_parse_add(p, node, NULL);
        return arguments(p, node);
    }
    if (kind == OST_TOKEN_QUOTED || kind == OST_TOKEN_DELIMITED) {
        node->flags |= OST_AST_F_QUOTED;
    }
    return ost_parse_end(p, node);
}

bool ost_parse_at_path(const ost_parser *p, size_t from, size_t *after)
{
    size_t at = from;
    if (!ost_parse_is_reference(&p->tokens[at])) {
        return false;
    }
    for (at++; p->tokens[at].kind == OST_TOKEN_SIGN && p->tokens[at].id == '.' &&
               ost_parse_is_reference(&p->tokens[at + 1]);
         at += 2) {
    }
    *after = at;
    return true;
}

ost_ast *ost_parse_path(ost_parser *p, const char *what)
{
    ost_ast *node = ost_parse_node(p, OST_AST_REF);
    uint8_t kind = ost_parse_peek(p, 0)->kind;
    node->text = ost_parse_reference(p, what);
    if (kind == OST_TOKEN_QUOTED || kind == OST_TOKEN_DELIMITED) {
        node->flags |= OST_AST_F_QUOTED;
    }
    (void)ost_parse_end(p, node);
    while (ost_parse_take_sign(p, '.')) {
        ost_ast *member = ost_parse_node_from(p, OST_AST_MEMBER, node);
        member->text = ost_parse_reference(p, "a name after '.'");
        ost_parse_add(p, member, node);
        node = ost_parse_end(p, member);
    }
    return node;
}

static ost_ast *external(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_EXTERNAL);
    p->at++;
    node->text = ost_parse_peek(p, 0)->kind == OST_TOKEN_STRING
                     ? ost_parse_text(p, "a name after '%'")
                     : ost_parse_name(p, "a name after '%'");
    return ost_parse_end(p, node);
}

static ost_ast *variable(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_REF);
    node->text = ost_lex_text(p->arena, p->source, ost_parse_peek(p, 0));
    p->at++;
    return ost_parse_end(p, node);
}

/* Keywords of selectors and literals. */
static ost_ast *word_primary(ost_parser *p)
{
    switch ((int)ost_parse_peek(p, 0)->id) {
    case OST_WORD_NULL:
    case OST_WORD_TRUE:
    case OST_WORD_FALSE:
        return ost_parse_literal(p, false);
    case OST_WORD_INTERVAL_TYPE:
        return ost_parse_interval(p);
    case OST_WORD_LIST_TYPE:
    case OST_WORD_TUPLE_TYPE:
        return ost_parse_braces(p);
    case OST_WORD_CODE_TYPE:
        return ost_parse_at_sign(p, 1, '{') ? ost_parse_instance(p) : ost_parse_code(p);
    case OST_WORD_CONCEPT_TYPE:
        return ost_parse_at_sign(p, 1, '{') && ost_parse_at_word(p, 2, OST_WORD_CODE_TYPE) &&
                       ost_parse_peek(p, 3)->kind == OST_TOKEN_STRING
                   ? ost_parse_concept(p)
                   : ost_parse_instance(p);
    default:
        ost_parse_expected(p, "an expression");
        return p->spare;
    }
}

/* The name of a type and a brace: `Quantity {`, `System.Code {`. */
static bool at_instance(const ost_parser *p)
{
    size_t after = 0;
    if (!ost_parse_at_path(p, p->at, &after)) {
        return false;
    }
    after -= p->at;
    bool reserved = ost_parse_at_word(p, after + 1, OST_WORD_CODE_TYPE) ||
                    ost_parse_at_word(p, after + 1, OST_WORD_CONCEPT_TYPE);
    after += ost_parse_at_sign(p, after, '.') && reserved ? 2 : 0;
    return ost_parse_at_sign(p, after, '{');
}

static ost_ast *first_of_primary(ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    if (ost_parse_at_declaration(p)) {
        ost_parse_expected(p, "an expression before the next declaration");
        return p->spare;
    }
    if (ost_parse_is_reference(token)) {
        return at_instance(p) ? ost_parse_instance(p) : reference(p);
    }
    switch ((int)token->kind) {
    case OST_TOKEN_WORD:
        return word_primary(p);
    case OST_TOKEN_VARIABLE:
        return variable(p);
    case OST_TOKEN_SIGN:
        switch (token->id) {
        case '(':
            return ost_parse_paren(p);
        case '{':
            return ost_parse_braces(p);
        case '%':
            return external(p);
        default:
            break;
        }
        break;
    case OST_TOKEN_STRING:
    case OST_TOKEN_NUMBER:
    case OST_TOKEN_LONG:
    case OST_TOKEN_DATE:
    case OST_TOKEN_DATETIME:
    case OST_TOKEN_TIME:
        return ost_parse_literal(p, p->negated > 0 && p->negated == p->at);
    default:
        break;
    }
    ost_parse_expected(p, "an expression");
    return p->spare;
}

/* After a dot any keyword may name a function, only the not reserved ones an element. */
static ost_ast *after_dot(ost_parser *p, ost_ast *left)
{
    p->at++;
    bool call = ost_parse_at_sign(p, 1, '(');
    ost_ast *node = ost_parse_node_from(p, call ? OST_AST_INVOKE : OST_AST_MEMBER, left);
    if (call && ost_parse_peek(p, 0)->kind == OST_TOKEN_WORD) {
        node->text = ost_lex_text(p->arena, p->source, ost_parse_peek(p, 0));
        p->at++;
    } else {
        node->text = ost_parse_reference(p, "a name after '.'");
    }
    ost_parse_add(p, node, left);
    return call ? arguments(p, node) : ost_parse_end(p, node);
}

ost_ast *ost_parse_primary(ost_parser *p)
{
    ost_ast *left = first_of_primary(p);
    for (;;) {
        if (ost_parse_at_sign(p, 0, '.')) {
            left = after_dot(p, left);
        } else if (ost_parse_at_sign(p, 0, '[')) {
            ost_ast *node = ost_parse_node_from(p, OST_AST_INDEX, left);
            p->at++;
            ost_parse_add(p, node, left);
            ost_parse_add(p, node, ost_parse_inside(p));
            ost_parse_expect_sign(p, ']', "the index");
            left = ost_parse_end(p, node);
        } else {
            return left;
        }
    }
}
