/* The parser's entry and the declarations of a library (CQL 1.5.3 "Declarations"; grammar rules
 * `library`, `definition`, `statement`). An error ends its declaration; parsing goes on at the
 * next one. */
#include "cql/parse.h"

/* True where a declaration keyword stands, also when what follows it is wrong. */
static bool at_start(const ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    bool line_start = p->at == 0 || p->tokens[p->at - 1].line < token->line;
    return ost_parse_at_declaration(p) || (line_start && ost_parse_at_word(p, 0, OST_WORD_DEFINE));
}

/* True where the word stands that begins one, on whatever line: lines mean nothing to the grammar,
 * only to the search for a place to go on after an error. */
static bool at_next(const ost_parser *p)
{
    static const ost_word words[] = {OST_WORD_USING,      OST_WORD_INCLUDE,  OST_WORD_PARAMETER,
                                     OST_WORD_CONTEXT,    OST_WORD_PUBLIC,   OST_WORD_PRIVATE,
                                     OST_WORD_CODESYSTEM, OST_WORD_VALUESET, OST_WORD_CODE,
                                     OST_WORD_CONCEPT};
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (ost_parse_at_word(p, 0, words[i])) {
            return true;
        }
    }
    return at_start(p);
}

static void version(ost_parser *p, ost_str *out)
{
    if (ost_parse_take_word(p, OST_WORD_VERSION)) {
        *out = ost_parse_text(p, "the version as a text");
    }
}

static void display(ost_parser *p, ost_ast *node)
{
    if (ost_parse_take_word(p, OST_WORD_DISPLAY)) {
        node->unit = ost_parse_text(p, "the display text");
    }
}

static ost_ast *using(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_USING);
    p->at++;
    node->text = ost_parse_dotted(p, "the name of a model");
    version(p, &node->unit);
    if (ost_parse_take_word(p, OST_WORD_CALLED)) {
        node->alias = ost_parse_name(p, "a local name after 'called'");
    }
    return ost_parse_end(p, node);
}

/* Without `called` the local name is the last part of the full one. */
static ost_ast *include(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_INCLUDE);
    p->at++;
    node->text = ost_parse_dotted(p, "the name of a library");
    const ost_token *last = p->at > 0 ? &p->tokens[p->at - 1] : p->tokens;
    node->alias = ost_lex_text(p->arena, p->source, last);
    version(p, &node->unit);
    if (ost_parse_take_word(p, OST_WORD_CALLED)) {
        node->alias = ost_parse_name(p, "a local name after 'called'");
    }
    return ost_parse_end(p, node);
}

static ost_ast *codesystem(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CODESYSTEM);
    p->at++;
    node->text = ost_parse_name(p, "the name of the code system");
    ost_parse_expect_sign(p, ':', "the name");
    node->uri = ost_parse_text(p, "the URI of the code system as a text");
    version(p, &node->unit);
    return ost_parse_end(p, node);
}

/* { a, b.c } */
static void paths(ost_parser *p, ost_ast *node, const char *what)
{
    ost_parse_expect_sign(p, '{', "");
    do {
        ost_parse_add(p, node, ost_parse_path(p, what));
    } while (ost_parse_take_sign(p, ','));
    ost_parse_expect_sign(p, '}', "the names");
}

static ost_ast *valueset(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_VALUESET);
    p->at++;
    node->text = ost_parse_name(p, "the name of the value set");
    ost_parse_expect_sign(p, ':', "the name");
    node->uri = ost_parse_text(p, "the URI of the value set as a text");
    version(p, &node->unit);
    if (ost_parse_take_word(p, OST_WORD_CODESYSTEMS)) {
        paths(p, node, "the name of a code system");
    }
    return ost_parse_end(p, node);
}

static ost_ast *code(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CODE_DEF);
    p->at++;
    node->text = ost_parse_name(p, "the name of the code");
    ost_parse_expect_sign(p, ':', "the name");
    node->uri = ost_parse_text(p, "the code as a text");
    ost_parse_expect_word(p, OST_WORD_FROM);
    ost_parse_add(p, node, ost_parse_path(p, "the name of a code system"));
    display(p, node);
    return ost_parse_end(p, node);
}

static ost_ast *concept(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_CONCEPT_DEF);
    p->at++;
    node->text = ost_parse_name(p, "the name of the concept");
    ost_parse_expect_sign(p, ':', "the name");
    paths(p, node, "the name of a code");
    display(p, node);
    return ost_parse_end(p, node);
}

static ost_ast *parameter(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_PARAMETER);
    p->at++;
    node->text = ost_parse_name(p, "the name of the parameter");
    bool has_type =
        !ost_parse_at_word(p, 0, OST_WORD_DEFAULT) && !at_start(p) && ost_parse_at_type(p);
    ost_parse_add(p, node, has_type ? ost_parse_type(p) : NULL);
    ost_parse_add(p, node,
                  ost_parse_take_word(p, OST_WORD_DEFAULT) ? ost_parse_expression(p) : NULL);
    return ost_parse_end(p, node);
}

static void context(ost_parser *p)
{
    p->at++;
    ost_str name = ost_parse_name(p, "the name of a context");
    if (ost_parse_take_sign(p, '.')) {
        name = ost_parse_name(p, "the name of a context after '.'");
    }
    p->context = name;
}

static void operands(ost_parser *p, ost_ast *node)
{
    ost_parse_expect_sign(p, '(', "the name of the function");
    if (!ost_parse_at_sign(p, 0, ')')) {
        do {
            ost_ast *operand = ost_parse_node(p, OST_AST_OPERAND);
            operand->text = ost_parse_reference(p, "the name of an operand");
            ost_parse_add(p, operand, ost_parse_type(p));
            ost_parse_add(p, node, ost_parse_end(p, operand));
        } while (ost_parse_take_sign(p, ','));
    }
    ost_parse_expect_sign(p, ')', "the operands");
}

/* Any keyword may name a function. */
static ost_str function_name(ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0);
    if (token->kind == OST_TOKEN_WORD) {
        p->at++;
        return ost_lex_text(p->arena, p->source, token);
    }
    return ost_parse_name(p, "the name of the function");
}

static ost_ast *function(ost_parser *p, ost_ast *node)
{
    node->kind = OST_AST_FUNCTION;
    ost_parse_expect_word(p, OST_WORD_FUNCTION);
    node->text = function_name(p);
    ost_parse_add(p, node, NULL);
    ost_parse_add(p, node, NULL);
    operands(p, node);
    ost_ast *result = NULL, *body = NULL;
    if (ost_parse_at_text(p, 0, "returns")) {
        p->at++;
        result = ost_parse_type(p);
    }
    ost_parse_expect_sign(p, ':', "the operands");
    if (ost_parse_at_text(p, 0, "external")) {
        p->at++;
        node->flags |= OST_AST_F_EXTERNAL;
    } else {
        body = ost_parse_expression(p);
    }
    ost_parse_set(p, node, 0, body);
    ost_parse_set(p, node, 1, result);
    return ost_parse_end(p, node);
}

static ost_ast *define(ost_parser *p)
{
    ost_ast *node = ost_parse_node(p, OST_AST_DEFINE);
    p->at++;
    node->unit = p->context;
    if (ost_parse_take_word(p, OST_WORD_PRIVATE)) {
        node->flags |= OST_AST_F_PRIVATE;
    } else {
        (void)ost_parse_take_word(p, OST_WORD_PUBLIC);
    }
    if (ost_parse_take_word(p, OST_WORD_FLUENT)) {
        node->flags |= OST_AST_F_FLUENT;
        return function(p, node);
    }
    if (ost_parse_at_word(p, 0, OST_WORD_FUNCTION)) {
        return function(p, node);
    }
    node->text = ost_parse_name(p, "the name of the definition");
    ost_parse_expect_sign(p, ':', "the name");
    ost_parse_add(p, node, ost_parse_expression(p));
    return ost_parse_end(p, node);
}

static ost_ast *declaration(ost_parser *p)
{
    bool is_private = ost_parse_take_word(p, OST_WORD_PRIVATE);
    bool modified = is_private || ost_parse_take_word(p, OST_WORD_PUBLIC);
    static const struct row {
        ost_word word;
        ost_ast *(*parse)(ost_parser *p);
        bool modifier; /* public or private may stand before it */
    } rows[] = {{OST_WORD_USING, using, false},
                {OST_WORD_INCLUDE, include, false},
                {OST_WORD_CODESYSTEM, codesystem, true},
                {OST_WORD_VALUESET, valueset, true},
                {OST_WORD_CODE, code, true},
                {OST_WORD_CONCEPT, concept, true},
                {OST_WORD_PARAMETER, parameter, true},
                {OST_WORD_DEFINE, define, false}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_parse_at_word(p, 0, rows[i].word) && (!modified || rows[i].modifier)) {
            ost_ast *node = rows[i].parse(p);
            node->flags |= is_private ? OST_AST_F_PRIVATE : 0u;
            return node;
        }
    }
    size_t before = p->diagnostics->count;
    bool moved = modified && ost_parse_at_word(p, 0, OST_WORD_DEFINE);
    ost_parse_expected(p, modified ? "parameter, codesystem, valueset, code or concept"
                                   : "a declaration (define, valueset, code, parameter ...)");
    if (moved && p->diagnostics->count > before) {
        ost_err_hint(&p->diagnostics->items[before],
                     "write: define private ... or define public ...");
    }
    return p->spare;
}

/* Declarations of codes, parameters and other libraries stand before the first context or
 * define. */
static void check_order(ost_parser *p, bool statement, bool *statements)
{
    if (statement) {
        *statements = true;
    } else if (*statements) {
        const ost_token *token = ost_parse_peek(p, 0);
        ost_error *error = ost_parse_fail(p, token, OST_E_SYNTAX, "'%.*s' after a definition",
                                          (int)token->length, p->source.ptr + token->offset);
        if (error) {
            ost_err_hint(error, "using, include, codes and parameters stand before context and "
                                "define");
        }
    }
}

/* Skips to the next declaration; bad tokens on the way are reported. `from`: first token of the
 * one that failed. */
static void resynchronise(ost_parser *p, size_t from)
{
    p->at = p->stop > from ? p->stop : from + 1;
    p->failed = false;
    p->no_as = false;
    p->nesting = 0;
    bool first = p->at == p->stop;
    while (ost_parse_peek(p, 0)->kind != OST_TOKEN_END && !at_start(p)) {
        const ost_token *token = ost_parse_peek(p, 0);
        if (token->kind == OST_TOKEN_BAD && !first) {
            size_t at = p->at;
            ost_parse_bad_token(p, token);
            p->at = at;
            p->failed = false;
        }
        first = false;
        p->at++;
    }
}

static void add_declaration(ost_parser *p, ost_library *library, size_t *capacity, ost_ast *node)
{
    ost_ast **grown = ost_arena_grow(p->arena, library->declarations, capacity, library->count + 1,
                                     sizeof(ost_ast *));
    if (!grown) {
        p->no_memory = true;
        return;
    }
    library->declarations = grown;
    grown[library->count++] = node;
}

static void parse_declarations(ost_parser *p, ost_library *library)
{
    size_t capacity = 0;
    bool statements = false;
    if (ost_parse_take_word(p, OST_WORD_LIBRARY)) {
        library->name = ost_parse_dotted(p, "the name of the library");
        version(p, &library->version);
        if (p->failed) {
            resynchronise(p, 0);
        }
    }
    while (ost_parse_peek(p, 0)->kind != OST_TOKEN_END && !p->no_memory &&
           p->diagnostics->count < OST_DIAGNOSTICS_MAX) {
        size_t from = p->at;
        bool is_context = ost_parse_at_word(p, 0, OST_WORD_CONTEXT);
        bool statement = is_context || ost_parse_at_word(p, 0, OST_WORD_DEFINE);
        if (statement || at_start(p)) {
            check_order(p, statement, &statements);
        }
        ost_ast *node = NULL;
        if (p->failed) {
            resynchronise(p, from);
            continue;
        }
        if (is_context) {
            context(p);
        } else {
            node = declaration(p);
        }
        if (!p->failed && ost_parse_peek(p, 0)->kind != OST_TOKEN_END && !at_next(p)) {
            ost_parse_expected(p, node && node->kind == OST_AST_DEFINE
                                      ? "an operator or the next declaration"
                                      : "the next declaration");
        }
        if (p->failed) {
            resynchronise(p, from);
        } else if (node) {
            add_declaration(p, library, &capacity, node);
        }
    }
}

/* False when there is nothing to parse: too long (reported) or memory is short. */
static bool prepare(ost_parser *p, ost_arena *arena, ost_str source_name, ost_str source,
                    ost_diagnostics *diagnostics)
{
    *p = (ost_parser){.arena = arena,
                      .diagnostics = diagnostics,
                      .source_name = source_name,
                      .source = source,
                      .context = OST_STR("Unfiltered")};
    if (source.len > OST_CQL_MAX_BYTES) {
        (void)ost_diagnostics_add(diagnostics, OST_E_LIMIT, source_name, NULL,
                                  "%zu bytes of CQL; at most %zu are read", source.len,
                                  OST_CQL_MAX_BYTES);
        return false;
    }
    ost_token *tokens = NULL;
    p->spare = ost_arena_alloc(arena, sizeof(ost_ast));
    p->no_memory = !p->spare || !ost_lex(arena, source, &tokens, &p->count);
    p->tokens = tokens;
    return !p->no_memory;
}

ost_library *ost_cql_parse(ost_arena *arena, ost_str source_name, ost_str source,
                           ost_diagnostics *diagnostics)
{
    ost_parser p;
    ost_library *library = ost_arena_alloc(arena, sizeof *library);
    if (!library) {
        return NULL;
    }
    library->source_name = source_name;
    library->source = source;
    if (prepare(&p, arena, source_name, source, diagnostics)) {
        p.library = library;
        parse_declarations(&p, library);
    }
    return p.no_memory ? NULL : library;
}

ost_ast *ost_cql_parse_expression(ost_arena *arena, ost_str source_name, ost_str source,
                                  ost_diagnostics *diagnostics)
{
    ost_parser p;
    if (!prepare(&p, arena, source_name, source, diagnostics)) {
        return NULL;
    }
    ost_ast *node = ost_parse_expression(&p);
    if (!p.failed && ost_parse_peek(&p, 0)->kind != OST_TOKEN_END) {
        ost_parse_expected(&p, "an operator or the end of the expression");
    }
    return p.failed || p.no_memory ? NULL : node;
}
