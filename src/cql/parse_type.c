/* Type specifiers (CQL 1.5.3 "Types"; grammar rule `typeSpecifier`). A name of several parts
 * has a model qualifier when its first part is System, FHIR or a model that the library uses;
 * else it is the name of an inner type, "Observation.Component". */
#include "cql/parse.h"

/* Code and Concept are reserved, but also type names. */
static bool is_type_name(const ost_token *token)
{
    return ost_parse_is_reference(token) ||
           (token->kind == OST_TOKEN_WORD &&
            (token->id == OST_WORD_CODE_TYPE || token->id == OST_WORD_CONCEPT_TYPE));
}

bool ost_parse_at_type(const ost_parser *p)
{
    return is_type_name(ost_parse_peek(p, 0)) || ost_parse_at_word(p, 0, OST_WORD_LIST_TYPE) ||
           ost_parse_at_word(p, 0, OST_WORD_INTERVAL_TYPE) ||
           ost_parse_at_word(p, 0, OST_WORD_TUPLE_TYPE);
}

static ost_str type_part(ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    if (token->kind == OST_TOKEN_WORD && is_type_name(token)) {
        p->at++;
        return ost_lex_text(p->arena, p->source, token);
    }
    return ost_parse_reference(p, "the name of a type");
}

static bool is_model(const ost_parser *p, ost_str name)
{
    if (ost_str_is(name, "System") || ost_str_is(name, "FHIR")) {
        return true;
    }
    for (size_t i = 0; p->library && i < p->library->count; i++) {
        const ost_ast *using = p->library->declarations[i];
        if (using->kind == OST_AST_USING &&
            (ost_str_equal(using->text, name) || ost_str_equal(using->alias, name))) {
            return true;
        }
    }
    return false;
}

ost_ast *ost_parse_named_type(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_TYPE);
    node->text = type_part(p);
    if (!ost_parse_at_sign(p, 0, '.')) {
        return ost_parse_end(p, node);
    }
    bool model = is_model(p, node->text);
    ost_buf buf = ost_buf_init(p->arena);
    if (model) {
        node->unit = node->text;
    } else {
        ost_buf_add(&buf, node->text);
    }
    while (ost_parse_take_sign(p, '.')) {
        if (buf.len > 0) {
            ost_buf_char(&buf, '.');
        }
        ost_buf_add(&buf, type_part(p));
    }
    node->text = ost_parse_copy(p, &buf);
    return ost_parse_end(p, node);
}

/* The types between < and >, one or more. */
static void type_arguments(ost_parser *p, ost_ast *node, bool many, const char *after)
{
    ost_parse_expect_sign(p, '<', after);
    do {
        ost_parse_add(p, node, ost_parse_type(p));
    } while (many && ost_parse_take_sign(p, ','));
    ost_parse_expect_sign(p, '>', "the type");
}

static ost_ast *tuple_type(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_TYPE_TUPLE);
    p->at++;
    ost_parse_expect_sign(p, '{', "Tuple");
    do {
        ost_ast *field = ost_parse_node(p, OST_AST_FIELD);
        field->text = ost_parse_reference(p, "the name of an element");
        ost_parse_add(p, field, ost_parse_type(p));
        ost_parse_add(p, node, ost_parse_end(p, field));
    } while (ost_parse_take_sign(p, ','));
    ost_parse_expect_sign(p, '}', "the elements");
    return ost_parse_end(p, node);
}

static ost_ast *generic_type(ost_parser *p, ost_ast_kind kind, const char *name)
{
    ost_ast *node = ost_parse_node(p, kind);
    p->at++;
    type_arguments(p, node, kind == OST_AST_TYPE_CHOICE, name);
    return ost_parse_end(p, node);
}

ost_ast *ost_parse_type(ost_parser *p)
{
    if (!ost_parse_enter(p)) {
        return p->spare;
    }
    ost_ast *node = p->spare;
    if (ost_parse_at_word(p, 0, OST_WORD_LIST_TYPE)) {
        node = generic_type(p, OST_AST_TYPE_LIST, "List");
    } else if (ost_parse_at_word(p, 0, OST_WORD_INTERVAL_TYPE)) {
        node = generic_type(p, OST_AST_TYPE_INTERVAL, "Interval");
    } else if (ost_parse_at_text(p, 0, "Choice") && ost_parse_at_sign(p, 1, '<')) {
        node = generic_type(p, OST_AST_TYPE_CHOICE, "Choice");
    } else if (ost_parse_at_word(p, 0, OST_WORD_TUPLE_TYPE)) {
        node = tuple_type(p);
    } else if (ost_parse_at_type(p)) {
        node = ost_parse_named_type(p);
    } else {
        ost_parse_expected(p, "a type");
    }
    ost_parse_leave(p);
    return node;
}
