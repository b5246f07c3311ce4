/* The parser's state and the pieces that its files give each other. Private to parse*.c.
 *
 * Recursive descent; operators by precedence climbing. Nothing returns NULL: after the first
 * error of a declaration the parser stands at the end of the text, so that every loop stops and
 * later complaints are silent; ost_library parsing then goes on at the next declaration. */
#ifndef OST_CQL_PARSE_H
#define OST_CQL_PARSE_H

#include "cql/ast.h"
#include "cql/lex.h"

/* Nesting of brackets, prefixes and operators while parsing. A printed tree needs up to two
 * levels for each level of the tree, whose height is at most OST_CQL_MAX_DEPTH. */
enum { OST_PARSE_MAX_NESTING = 2 * OST_CQL_MAX_DEPTH + 10 };
/* `between` and `duration of` use an operand twice; nested they would double the work of every
 * walk. */
enum { OST_PARSE_MAX_SHARED = 1 << 14 };

/* Levels of expression operators, loosest first (CQL 1.5.3 "Operator Precedence"). */
typedef enum ost_parse_level {
    OST_LEVEL_SET,
    OST_LEVEL_IMPLIES,
    OST_LEVEL_OR,
    OST_LEVEL_AND,
    OST_LEVEL_MEMBER,
    OST_LEVEL_EQUAL,
    OST_LEVEL_TIMING,
    OST_LEVEL_ORDER,
    OST_LEVEL_BETWEEN,
    OST_LEVEL_TYPE
} ost_parse_level;

typedef struct ost_parser {
    ost_arena *arena;
    ost_diagnostics *diagnostics;
    ost_str source_name, source;
    const ost_token *tokens;
    size_t count, at; /* tokens[count - 1] is END */
    size_t stop;      /* where the error of this declaration was found */
    uint32_t nesting;
    bool failed, no_memory;
    size_t negated;             /* token after the last minus sign, 0 = none */
    bool no_as;                 /* inside `cast ... as` */
    size_t open, close;         /* tokens of the last ( expression ) that was read */
    ost_str context;            /* context in force */
    const ost_library *library; /* so far; NULL for an expression */
    ost_ast *spare;             /* stands for nodes that could not be made */
} ost_parser;

/* ---- parse_state.c: tokens, errors, nodes ---- */
const ost_token *ost_parse_peek(const ost_parser *p, size_t ahead);
bool ost_parse_at_word(const ost_parser *p, size_t ahead, ost_word word);
bool ost_parse_at_sign(const ost_parser *p, size_t ahead, int sign);
/* A plain word that is no keyword, as written: "included", "such", "than", "Choice". */
bool ost_parse_at_text(const ost_parser *p, size_t ahead, const char *text);
/* "such that" and the like: a text followed by a keyword or another text. */
bool ost_parse_at_such_that(const ost_parser *p);
bool ost_parse_at_included_in(const ost_parser *p, size_t ahead);
/* Steps over the token when it is that one. */
bool ost_parse_take_word(ost_parser *p, ost_word word);
bool ost_parse_take_sign(ost_parser *p, int sign);
/* The same, an error when it is another one. */
void ost_parse_expect_word(ost_parser *p, ost_word word);
void ost_parse_expect_sign(ost_parser *p, int sign, const char *after);
/* "expected <what>, found <token>" at the current token. */
void ost_parse_expected(ost_parser *p, const char *what);
ost_error *ost_parse_fail(ost_parser *p, const ost_token *token, ost_status code,
                          const char *format, ...) OST_PRINTF(4, 5);
void ost_parse_bad_token(ost_parser *p, const ost_token *token);
void ost_parse_hint(ost_parser *p, ost_error *error, const ost_token *token);

/* True when a token may be a name: quoted or not (identifier); also a keyword that is not reserved
 * (referentialIdentifier). */
bool ost_parse_is_name(const ost_token *token);
bool ost_parse_is_reference(const ost_token *token);
/* True at a name that may be an alias: not the first word of a phrase. */
bool ost_parse_at_alias(const ost_parser *p, size_t ahead);
ost_str ost_parse_name(ost_parser *p, const char *what);      /* identifier */
ost_str ost_parse_reference(ost_parser *p, const char *what); /* referentialIdentifier */
ost_str ost_parse_text(ost_parser *p, const char *what);      /* 'text' */
/* a.b.c joined with points. */
ost_str ost_parse_dotted(ost_parser *p, const char *what);
ost_str ost_parse_copy(ost_parser *p, ost_buf *buf);
/* A declaration starts here: a declaration keyword and what must follow it. */
bool ost_parse_at_declaration(const ost_parser *p);

/* Guards recursion; false, and the limit reported, when it is too deep. Leave only after true. */
bool ost_parse_enter(ost_parser *p);
void ost_parse_leave(ost_parser *p);

/* A new node at the current token / that starts where `first` starts. Never NULL. */
ost_ast *ost_parse_node(ost_parser *p, ost_ast_kind kind);
ost_ast *ost_parse_node_from(ost_parser *p, ost_ast_kind kind, const ost_ast *first);
void ost_parse_add(ost_parser *p, ost_ast *node, ost_ast *kid); /* kid NULL: absent */
/* Fills a place that was kept with a NULL kid. */
void ost_parse_set(ost_parser *p, ost_ast *node, size_t index, ost_ast *kid);
/* Sets the length: up to the last token that was read. Returns node. */
ost_ast *ost_parse_end(ost_parser *p, ost_ast *node);
ost_ast *ost_parse_operator(ost_parser *p, const char *name, const ost_ast *first);
void ost_parse_weigh_shared(ost_parser *p,
                            const ost_ast *node); /* node is about to be used twice */

/* ---- the grammar ---- */
ost_ast *ost_parse_expression(ost_parser *p);
ost_ast *ost_parse_inside(ost_parser *p); /* an expression within brackets */
ost_ast *ost_parse_operators(ost_parser *p, ost_parse_level level);
ost_ast *ost_parse_term(ost_parser *p);    /* expressionTerm */
ost_ast *ost_parse_primary(ost_parser *p); /* term with . and [] after it */
ost_ast *ost_parse_paren(ost_parser *p);
ost_ast *ost_parse_path(ost_parser *p, const char *what); /* a.b.c as REF and MEMBER */
bool ost_parse_at_path(const ost_parser *p, size_t from, size_t *after);

ost_ast *ost_parse_literal(ost_parser *p, bool negative); /* number, text, date, null ... */
ost_ast *ost_parse_number(ost_parser *p, bool negative, bool may_be_ratio);
ost_ast *ost_parse_quantity(ost_parser *p);
bool ost_parse_at_unit(const ost_parser *p, size_t ahead);
ost_str ost_parse_unit(ost_parser *p);

ost_ast *ost_parse_interval(ost_parser *p);
ost_ast *ost_parse_braces(ost_parser *p); /* list or tuple; also List<T> {} and Tuple {} */
ost_ast *ost_parse_instance(ost_parser *p);
ost_ast *ost_parse_code(ost_parser *p);
ost_ast *ost_parse_concept(ost_parser *p);

ost_ast *ost_parse_type(ost_parser *p);
ost_ast *ost_parse_named_type(ost_parser *p);
bool ost_parse_at_type(const ost_parser *p);

ost_ast *ost_parse_retrieve(ost_parser *p);
/* Query whose first source was read already, or NULL: starts at `from`. */
ost_ast *ost_parse_query(ost_parser *p, ost_ast *first_source);

bool ost_parse_at_timing(const ost_parser *p);
ost_ast *ost_parse_timing(ost_parser *p, ost_ast *left);
/* Time units at the current token: singular, plural; NONE when it is none. */
ost_time_unit ost_parse_unit_word(const ost_parser *p, size_t ahead, bool plural);
/* "day of" -> DAY, stepped over; NONE when it does not stand here. */
ost_time_unit ost_parse_precision_of(ost_parser *p);

#endif
