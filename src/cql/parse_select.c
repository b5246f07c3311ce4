/* Selectors (CQL 1.5.3 "Selectors"): intervals, lists, tuples, instances, codes and concepts. */
#include "cql/parse.h"

ost_ast *ost_parse_interval(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_INTERVAL);
    p->at++;
    if (ost_parse_take_sign(p, '[')) {
        node->flags |= OST_AST_F_LOW_CLOSED;
    } else if (!ost_parse_take_sign(p, '(')) {
        ost_parse_expected(p, "'[' or '(' after Interval");
    }
    ost_parse_add(p, node, ost_parse_inside(p));
    ost_parse_expect_sign(p, ',', "the low end of the interval");
    ost_parse_add(p, node, ost_parse_inside(p));
    if (ost_parse_take_sign(p, ']')) {
        node->flags |= OST_AST_F_HIGH_CLOSED;
    } else if (!ost_parse_take_sign(p, ')')) {
        ost_parse_expected(p, "']' or ')' after the high end of the interval");
    }
    return ost_parse_end(p, node);
}

/* name: value, ... up to the closing brace, which is taken. `{:}` has none. */
static void fields(ost_parser *p, ost_ast *node)
{
    if (!ost_parse_take_sign(p, ':')) {
        do {
            ost_ast *field = ost_parse_node(p, OST_AST_FIELD);
            field->text = ost_parse_reference(p, "the name of an element");
            ost_parse_expect_sign(p, ':', "the name of the element");
            ost_parse_add(p, field, ost_parse_inside(p));
            ost_parse_add(p, node, ost_parse_end(p, field));
        } while (ost_parse_take_sign(p, ','));
    }
    ost_parse_expect_sign(p, '}', "the elements");
}

static ost_ast *tuple(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_TUPLE);
    (void)ost_parse_take_word(p, OST_WORD_TUPLE_TYPE);
    ost_parse_expect_sign(p, '{', "Tuple");
    fields(p, node);
    return ost_parse_end(p, node);
}

static ost_ast *list(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_LIST);
    ost_ast *type = NULL;
    if (ost_parse_take_word(p, OST_WORD_LIST_TYPE) && ost_parse_take_sign(p, '<')) {
        type = ost_parse_type(p);
        ost_parse_expect_sign(p, '>', "the type");
    }
    ost_parse_add(p, node, type);
    ost_parse_expect_sign(p, '{', "List");
    if (!ost_parse_at_sign(p, 0, '}')) {
        do {
            ost_parse_add(p, node, ost_parse_inside(p));
        } while (ost_parse_take_sign(p, ','));
    }
    ost_parse_expect_sign(p, '}', "the items of the list");
    return ost_parse_end(p, node);
}

ost_ast *ost_parse_braces(ost_parser *p)
{
    bool named = ost_parse_at_sign(p, 1, ':') ||
                 (ost_parse_is_reference(ost_parse_peek(p, 1)) && ost_parse_at_sign(p, 2, ':'));
    bool is_tuple =
        ost_parse_at_word(p, 0, OST_WORD_TUPLE_TYPE) || (ost_parse_at_sign(p, 0, '{') && named);
    return is_tuple ? tuple(p) : list(p);
}

ost_ast *ost_parse_instance(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_INSTANCE);
    ost_parse_add(p, node, ost_parse_named_type(p));
    ost_parse_expect_sign(p, '{', "the type");
    fields(p, node);
    return ost_parse_end(p, node);
}

static void display(ost_parser *p, ost_ast *node)
{
    if (ost_parse_take_word(p, OST_WORD_DISPLAY)) {
        node->unit = ost_parse_text(p, "the display text");
    }
}

ost_ast *ost_parse_code(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CODE);
    ost_parse_expect_word(p, OST_WORD_CODE_TYPE);
    node->text = ost_parse_text(p, "the code as a text");
    ost_parse_expect_word(p, OST_WORD_FROM);
    ost_parse_add(p, node, ost_parse_path(p, "the name of a code system"));
    display(p, node);
    return ost_parse_end(p, node);
}

ost_ast *ost_parse_concept(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CONCEPT);
    p->at++;
    ost_parse_expect_sign(p, '{', "Concept");
    do {
        ost_parse_add(p, node, ost_parse_code(p));
    } while (ost_parse_take_sign(p, ','));
    ost_parse_expect_sign(p, '}', "the codes");
    display(p, node);
    return ost_parse_end(p, node);
}
