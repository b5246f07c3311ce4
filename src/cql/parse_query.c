/* Queries and retrieves (CQL 1.5.3 "Queries", "Retrieve"; grammar rules `query`, `retrieve`). */
#include "cql/parse.h"

/* Code path of a retrieve as text: the plain name, or as written when it has several parts or a
 * name that looks as if it had. */
static ost_str code_path(ost_parser *p, size_t end)
{
    const ost_token *only = ost_parse_peek(p, 0);
    ost_str raw = ost_str_sub(p->source, only->offset, only->length);
    if (end == p->at + 1 && !memchr(raw.ptr, '.', raw.len) && !memchr(raw.ptr, '[', raw.len)) {
        return ost_parse_reference(p, "a code path");
    }
    ost_buf buf = ost_buf_init(p->arena);
    for (; p->at < end; p->at++) {
        const ost_token *token = ost_parse_peek(p, 0);
        ost_buf_add(&buf, ost_str_sub(p->source, token->offset, token->length));
    }
    return ost_parse_copy(p, &buf);
}

/* Where a code path that starts here ends, when a comparator follows; else 0. */
static size_t code_path_end(const ost_parser *p)
{
    size_t at = 0;
    if (!ost_parse_is_reference(ost_parse_peek(p, 0))) {
        return 0;
    }
    for (at = 1;;) {
        uint8_t kind = ost_parse_peek(p, at + 1)->kind;
        bool literal = kind == OST_TOKEN_STRING || kind == OST_TOKEN_NUMBER;
        if (ost_parse_at_sign(p, at, '.') && ost_parse_is_reference(ost_parse_peek(p, at + 1))) {
            at += 2;
        } else if (ost_parse_at_sign(p, at, '[') && literal && ost_parse_at_sign(p, at + 2, ']')) {
            at += 3;
        } else {
            break;
        }
    }
    bool comparator = ost_parse_at_word(p, at, OST_WORD_IN) || ost_parse_at_sign(p, at, '=') ||
                      ost_parse_at_sign(p, at, '~');
    return comparator ? p->at + at : 0;
}

ost_ast *ost_parse_retrieve(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_RETRIEVE);
    ost_ast *context = NULL;
    size_t after = 0;
    p->at++;
    if (ost_parse_at_path(p, p->at, &after) && p->tokens[after].kind == OST_TOKEN_SIGN &&
        p->tokens[after].id == OST_SIGN_ARROW) {
        context = ost_parse_path(p, "a context");
        p->at++;
    }
    node->unit = OST_STR("in");
    ost_parse_add(p, node, ost_parse_named_type(p));
    ost_parse_add(p, node, context);
    ost_ast *terminology = NULL;
    if (ost_parse_take_sign(p, ':')) {
        size_t end = code_path_end(p);
        if (end) {
            node->text = code_path(p, end);
            node->unit = ost_parse_at_word(p, 0, OST_WORD_IN) ? OST_STR("in")
                         : ost_parse_at_sign(p, 0, '~')       ? OST_STR("~")
                                                              : OST_STR("=");
            p->at++;
        }
        terminology = ost_parse_inside(p);
    }
    ost_parse_add(p, node, terminology);
    ost_parse_expect_sign(p, ']', "the retrieve");
    return ost_parse_end(p, node);
}

/* Retrieve, path or parenthesised expression. */
static ost_ast *source_expression(ost_parser *p)
{
    if (ost_parse_at_sign(p, 0, '[')) {
        return ost_parse_retrieve(p);
    }
    if (ost_parse_at_sign(p, 0, '(')) {
        return ost_parse_paren(p);
    }
    return ost_parse_path(p, "a retrieve, a name or ( expression )");
}

static void add_alias(ost_parser *p, ost_ast *node)
{
    if (ost_parse_at_alias(p, 0)) {
        node->text = ost_parse_name(p, "an alias");
        return;
    }
    bool call = ost_parse_at_sign(p, 0, '(');
    size_t before = p->diagnostics->count;
    ost_parse_expected(p, "an alias for the source");
    if (call && p->diagnostics->count > before) {
        ost_err_hint(&p->diagnostics->items[before],
                     "put a source that is a function call in parentheses");
    }
}

static ost_ast *source(ost_parser *p, ost_ast *expression)
{
    ost_ast *node = expression ? ost_parse_node_from(p, OST_AST_SOURCE, expression)
                               : ost_parse_node(p, OST_AST_SOURCE);
    ost_parse_add(p, node, expression ? expression : source_expression(p));
    add_alias(p, node);
    return ost_parse_end(p, node);
}

/* After a comma: another source of this query, or the next item of an outer list? */
static bool at_source(const ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    size_t after = 0;
    if (token->kind == OST_TOKEN_SIGN && (token->id == '(' || token->id == '[')) {
        return token->match != OST_TOKEN_NO_MATCH && token->match > p->at &&
               ost_parse_at_alias(p, token->match + 1 - p->at);
    }
    return ost_parse_at_path(p, p->at, &after) && ost_parse_at_alias(p, after - p->at);
}

static void sources(ost_parser *p, ost_ast *query, ost_ast *first)
{
    bool from = !first && ost_parse_take_word(p, OST_WORD_FROM);
    ost_parse_add(p, query, source(p, first));
    while (ost_parse_at_sign(p, 0, ',')) {
        p->at++;
        if (!from && !at_source(p)) {
            p->at--;
            return;
        }
        ost_parse_add(p, query, source(p, NULL));
    }
}

static void lets(ost_parser *p, ost_ast *query)
{
    bool more = ost_parse_take_word(p, OST_WORD_LET);
    while (more) {
        ost_ast *node = ost_parse_node(p, OST_AST_LET);
        node->text = ost_parse_name(p, "a name after 'let'");
        ost_parse_expect_sign(p, ':', "the name");
        ost_parse_add(p, node, ost_parse_expression(p));
        ost_parse_add(p, query, ost_parse_end(p, node));
        more = ost_parse_at_sign(p, 0, ',') && ost_parse_is_name(ost_parse_peek(p, 1)) &&
               ost_parse_at_sign(p, 2, ':');
        p->at += more ? 1 : 0;
    }
}

static void inclusions(ost_parser *p, ost_ast *query)
{
    while (ost_parse_at_word(p, 0, OST_WORD_WITH) || ost_parse_at_word(p, 0, OST_WORD_WITHOUT)) {
        bool with = ost_parse_at_word(p, 0, OST_WORD_WITH);
        ost_ast *node = ost_parse_node(p, with ? OST_AST_WITH : OST_AST_WITHOUT);
        p->at++;
        ost_parse_add(p, node, source_expression(p));
        add_alias(p, node);
        if (ost_parse_at_such_that(p)) {
            p->at += 2;
        } else {
            ost_parse_expected(p, "'such that'");
        }
        ost_parse_add(p, node, ost_parse_expression(p));
        ost_parse_add(p, query, ost_parse_end(p, node));
    }
}

static uint32_t all_or_distinct(ost_parser *p, uint32_t otherwise)
{
    if (ost_parse_take_word(p, OST_WORD_ALL)) {
        return OST_AST_F_ALL;
    }
    /* `return distinct x` is the clause's word, as in the grammar, never the operator. */
    return ost_parse_take_word(p, OST_WORD_DISTINCT) ? OST_AST_F_DISTINCT : otherwise;
}

static ost_ast *starting(ost_parser *p)
{
    if (ost_parse_at_sign(p, 0, '(')) {
        return ost_parse_paren(p);
    }
    if (ost_parse_peek(p, 0)->kind == OST_TOKEN_STRING) {
        return ost_parse_literal(p, false);
    }
    if (ost_parse_peek(p, 0)->kind != OST_TOKEN_NUMBER) {
        ost_parse_expected(p, "a number, a text, a quantity or ( expression ) after 'starting'");
        return p->spare;
    }
    return ost_parse_number(p, false, false); /* "starting 1: 2 + x" is no ratio */
}

static void aggregate(ost_parser *p, ost_ast *query)
{
    ost_ast *node = ost_parse_node(p, OST_AST_AGGREGATE);
    p->at++;
    node->flags |= all_or_distinct(p, 0);
    node->text = ost_parse_name(p, "a name for the running result after 'aggregate'");
    ost_parse_add(p, node, ost_parse_take_word(p, OST_WORD_STARTING) ? starting(p) : NULL);
    ost_parse_expect_sign(p, ':', "the name of the running result");
    ost_parse_add(p, node, ost_parse_expression(p));
    ost_parse_add(p, query, ost_parse_end(p, node));
}

static bool direction(ost_parser *p, ost_ast *item)
{
    if (ost_parse_take_word(p, OST_WORD_ASC) || ost_parse_take_word(p, OST_WORD_ASCENDING)) {
        return true;
    }
    if (ost_parse_take_word(p, OST_WORD_DESC) || ost_parse_take_word(p, OST_WORD_DESCENDING)) {
        item->flags |= OST_AST_F_DESCENDING;
        return true;
    }
    return false;
}

static void sort(ost_parser *p, ost_ast *query)
{
    ost_ast *node = ost_parse_node(p, OST_AST_SORT);
    p->at++;
    if (!ost_parse_take_word(p, OST_WORD_BY)) {
        ost_ast *item = ost_parse_node(p, OST_AST_SORT_ITEM);
        ost_parse_add(p, item, NULL);
        if (!direction(p, item)) {
            ost_parse_expected(p, "'asc', 'desc' or 'by' after 'sort'");
        }
        ost_parse_add(p, node, ost_parse_end(p, item));
    } else {
        do {
            ost_ast *item = ost_parse_node(p, OST_AST_SORT_ITEM);
            ost_parse_add(p, item, ost_parse_term(p));
            (void)direction(p, item);
            ost_parse_add(p, node, ost_parse_end(p, item));
        } while (ost_parse_take_sign(p, ','));
    }
    ost_parse_add(p, query, ost_parse_end(p, node));
}

ost_ast *ost_parse_query(ost_parser *p, ost_ast *first_source)
{
    ost_ast *query = first_source ? ost_parse_node_from(p, OST_AST_QUERY, first_source)
                                  : ost_parse_node(p, OST_AST_QUERY);
    sources(p, query, first_source);
    lets(p, query);
    inclusions(p, query);
    if (ost_parse_at_word(p, 0, OST_WORD_WHERE)) {
        ost_ast *where = ost_parse_node(p, OST_AST_WHERE);
        p->at++;
        ost_parse_add(p, where, ost_parse_expression(p));
        ost_parse_add(p, query, ost_parse_end(p, where));
    }
    if (ost_parse_at_word(p, 0, OST_WORD_RETURN)) {
        ost_ast *result = ost_parse_node(p, OST_AST_RETURN);
        p->at++;
        result->flags |= all_or_distinct(p, OST_AST_F_DISTINCT);
        ost_parse_add(p, result, ost_parse_expression(p));
        ost_parse_add(p, query, ost_parse_end(p, result));
    } else if (ost_parse_at_word(p, 0, OST_WORD_AGGREGATE)) {
        aggregate(p, query);
    }
    if (ost_parse_at_word(p, 0, OST_WORD_SORT)) {
        sort(p, query);
    }
    return ost_parse_end(p, query);
}
