/* Literals (CQL 1.5.3 "Literals"): numbers, texts, dates, quantities, ratios. Values are not
 * made here; only the range of Integer and Long is checked, because the standard makes that a
 * matter of syntax. */
#include "cql/parse.h"

static ost_str token_text(ost_parser *p)
{
    ost_str text = ost_lex_text(p->arena, p->source, ost_parse_peek(p, 0));
    p->at++;
    return text;
}

bool ost_parse_at_unit(const ost_parser *p, size_t ahead)
{
    return ost_parse_peek(p, ahead)->kind == OST_TOKEN_STRING ||
           ost_parse_unit_word(p, ahead, false) != OST_UNIT_NONE ||
           ost_parse_unit_word(p, ahead, true) != OST_UNIT_NONE;
}

ost_str ost_parse_unit(ost_parser *p)
{
    return ost_parse_peek(p, 0)->kind == OST_TOKEN_STRING ? ost_parse_text(p, "a unit")
                                                          : token_text(p);
}

ost_ast *ost_parse_quantity(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_QUANTITY);
    if (ost_parse_peek(p, 0)->kind != OST_TOKEN_NUMBER) {
        ost_parse_expected(p, "a number with a unit, for example 3 days or 5 'mg'");
        return node;
    }
    node->text = token_text(p);
    if (ost_parse_at_unit(p, 0)) {
        node->unit = ost_parse_unit(p);
    }
    return ost_parse_end(p, node);
}

static ost_ast *ratio(ost_parser *p, ost_ast *numerator)
{
    ost_ast *node = ost_parse_node_from(p, OST_AST_RATIO, numerator);
    p->at++;
    ost_parse_add(p, node, numerator);
    ost_parse_add(p, node, ost_parse_quantity(p));
    return ost_parse_end(p, node);
}

/* Compares digits with a limit; after a minus the limit is one more. */
static bool fits(ost_str digits, const char *limit, const char *negative_limit, bool negative)
{
    ost_str highest = ost_str_of(negative ? negative_limit : limit);
    while (digits.len > 1 && digits.ptr[0] == '0') {
        digits = ost_str_sub(digits, 1, digits.len);
    }
    return digits.len < highest.len ||
           (digits.len == highest.len && ost_str_compare(digits, highest) <= 0);
}

static ost_ast *whole_number(ost_parser *p, ost_ast_kind kind, bool negative)
{
    ost_ast *node = ost_parse_node(p, kind);
    const ost_token *token = ost_parse_peek(p, 0);
    bool is_long = kind == OST_AST_LONG;
    node->text = token_text(p);
    if (is_long) {
        node->text.len--; /* the L */
    }
    bool good = is_long ? fits(node->text, "9223372036854775807", "9223372036854775808", negative)
                        : fits(node->text, "2147483647", "2147483648", negative);
    if (!good) {
        ost_error *error = ost_parse_fail(p, token, OST_E_SYNTAX,
                                          "%s%.*s is outside the range of %s", negative ? "-" : "",
                                          OST_STR_ARG(node->text), is_long ? "Long" : "Integer");
        if (error && !is_long) {
            ost_err_hint(error, "write %.*sL for a Long or %.*s.0 for a Decimal",
                         OST_STR_ARG(node->text), OST_STR_ARG(node->text));
        }
    }
    return ost_parse_end(p, node);
}

ost_ast *ost_parse_number(ost_parser *p, bool negative, bool may_be_ratio)
{
    ost_str text = ost_lex_text(p->arena, p->source, ost_parse_peek(p, 0));
    bool has_ratio = may_be_ratio && ost_parse_at_sign(p, 1, ':') &&
                     ost_parse_peek(p, 2)->kind == OST_TOKEN_NUMBER;
    if (ost_parse_at_unit(p, 1) || has_ratio) {
        ost_ast *quantity = ost_parse_quantity(p);
        bool more = may_be_ratio && ost_parse_at_sign(p, 0, ':') &&
                    ost_parse_peek(p, 1)->kind == OST_TOKEN_NUMBER;
        return more ? ratio(p, quantity) : quantity;
    }
    if (memchr(text.ptr, '.', text.len)) {
        ost_ast *node = ost_parse_node(p, OST_AST_DECIMAL);
        node->text = token_text(p);
        return ost_parse_end(p, node);
    }
    return whole_number(p, OST_AST_INTEGER, negative);
}

/* @2014T, @T10:00 and so on without the @. */
static ost_ast *when(ost_parser *p, ost_ast_kind kind)
{
    ost_ast *node = ost_parse_node(p, kind);
    ost_str text = token_text(p);
    node->text = ost_str_sub(text, 1, text.len);
    return ost_parse_end(p, node);
}

static ost_ast *word(ost_parser *p, ost_ast_kind kind)
{
    ost_ast *node = ost_parse_node(p, kind);
    node->text = token_text(p);
    return ost_parse_end(p, node);
}

ost_ast *ost_parse_literal(ost_parser *p, bool negative)
{
    const ost_token *token = ost_parse_peek(p, 0);
    switch ((int)token->kind) {
    case OST_TOKEN_NUMBER:
        return ost_parse_number(p, negative, true);
    case OST_TOKEN_LONG:
        return whole_number(p, OST_AST_LONG, negative);
    case OST_TOKEN_DATE:
        return when(p, OST_AST_DATE);
    case OST_TOKEN_DATETIME:
        return when(p, OST_AST_DATETIME);
    case OST_TOKEN_TIME:
        return when(p, OST_AST_TIME);
    case OST_TOKEN_STRING: {
        ost_ast *node = ost_parse_node(p, OST_AST_STRING);
        node->text = ost_parse_text(p, "a text");
        return ost_parse_end(p, node);
    }
    case OST_TOKEN_WORD:
        if (token->id == OST_WORD_NULL) {
            return word(p, OST_AST_NULL);
        }
        if (token->id == OST_WORD_TRUE || token->id == OST_WORD_FALSE) {
            return word(p, OST_AST_BOOLEAN);
        }
        break;
    default:
        break;
    }
    ost_parse_expected(p, "a literal");
    return p->spare;
}
