/* Tokens, errors and nodes for the parser. Errors say what was found and what was expected;
 * hints name the usual slips: a misspelt keyword, a missing quote, the sign of another
 * language. */
#include "cql/parse.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* Node with what only the parser needs: room for kids, height and size of its tree. */
typedef struct parse_node {
    ost_ast ast;
    size_t capacity;
    uint32_t height, weight;
} parse_node;

enum { SHOWN_MAX = 40, WEIGHT_MAX = 1 << 30 };

const ost_token *ost_parse_peek(const ost_parser *p, size_t ahead)
{
    size_t at = p->at + ahead;
    return &p->tokens[at < p->count ? at : p->count - 1];
}

bool ost_parse_at_word(const ost_parser *p, size_t ahead, ost_word word)
{
    const ost_token *token = ost_parse_peek(p, ahead);
    return token->kind == OST_TOKEN_WORD && token->id == word;
}

bool ost_parse_at_sign(const ost_parser *p, size_t ahead, int sign)
{
    const ost_token *token = ost_parse_peek(p, ahead);
    return token->kind == OST_TOKEN_SIGN && token->id == sign;
}

static ost_str raw_text(const ost_parser *p, const ost_token *token)
{
    return ost_str_sub(p->source, token->offset, token->length);
}

bool ost_parse_at_text(const ost_parser *p, size_t ahead, const char *text)
{
    const ost_token *token = ost_parse_peek(p, ahead);
    return token->kind == OST_TOKEN_NAME && ost_str_is(raw_text(p, token), text);
}

bool ost_parse_at_such_that(const ost_parser *p)
{
    return ost_parse_at_text(p, 0, "such") && ost_parse_at_text(p, 1, "that");
}

bool ost_parse_at_included_in(const ost_parser *p, size_t ahead)
{
    return ost_parse_at_text(p, ahead, "included") && ost_parse_at_word(p, ahead + 1, OST_WORD_IN);
}

bool ost_parse_take_word(ost_parser *p, ost_word word)
{
    bool here = ost_parse_at_word(p, 0, word);
    p->at += here ? 1 : 0;
    return here;
}

bool ost_parse_take_sign(ost_parser *p, int sign)
{
    bool here = ost_parse_at_sign(p, 0, sign);
    p->at += here ? 1 : 0;
    return here;
}

void ost_parse_expect_word(ost_parser *p, ost_word word)
{
    if (!ost_parse_take_word(p, word)) {
        char what[24];
        (void)snprintf(what, sizeof what, "'%.*s'", OST_STR_ARG(ost_word_text(word)));
        ost_parse_expected(p, what);
    }
}

void ost_parse_expect_sign(ost_parser *p, int sign, const char *after)
{
    if (!ost_parse_take_sign(p, sign)) {
        char what[80];
        (void)snprintf(what, sizeof what, "'%c'%s%s", sign, *after ? " after " : "", after);
        ost_parse_expected(p, what);
    }
}

/* The token for a message: one line, not too long. */
static ost_str shown(const ost_parser *p, const ost_token *token, const char **cut)
{
    ost_str text = raw_text(p, token);
    size_t line = ost_str_find(text, OST_STR("\n"), 0);
    size_t length = line < text.len ? line : text.len;
    if (length > SHOWN_MAX) {
        length = SHOWN_MAX;
        while (length > 0 && ((unsigned char)text.ptr[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    *cut = length < text.len ? "..." : "";
    return ost_str_sub(text, 0, length);
}

static const char *sign_hint(ost_str text)
{
    static const struct hint_row {
        const char *sign, *hint;
    } rows[] = {{"==", "'is equal' is written = in CQL"},
                {"<>", "'is not equal' is written != in CQL"},
                {"&&", "write the word: and"},
                {"||", "write the word: or"},
                {"!", "write the word: not"}};
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_str_is(text, rows[i].sign)) {
            return rows[i].hint;
        }
    }
    return NULL;
}

static bool many_lines(const ost_parser *p, const ost_token *token)
{
    bool quoted = token->kind == OST_TOKEN_STRING || token->kind == OST_TOKEN_QUOTED;
    return quoted && ost_str_find(raw_text(p, token), OST_STR("\n"), 0) != SIZE_MAX;
}

/* True when a name right after `before` may be meant as the alias of a query source. */
static bool may_be_source(const ost_token *before)
{
    bool bracket = before->kind == OST_TOKEN_SIGN && (before->id == ')' || before->id == ']');
    return bracket || ost_parse_is_reference(before);
}

/* A misspelt keyword at `token`, or before it: "A ande B" reads as a source with the alias
 * `ande`. */
static void hint_of_slip(ost_parser *p, ost_error *error, const ost_token *token)
{
    const ost_token *before = token > p->tokens ? token - 1 : token;
    bool alias = before > p->tokens && before != token && may_be_source(before - 1);
    for (int i = 0; i < (alias ? 2 : 1); i++) {
        const ost_token *one = i == 0 ? token : before;
        ost_str text = raw_text(p, one);
        ost_word near = one->kind == OST_TOKEN_NAME ? ost_word_near(text) : OST_WORD_COUNT;
        if (near != OST_WORD_COUNT) {
            ost_err_hint(error, "did you mean '%.*s' instead of '%.*s'?",
                         OST_STR_ARG(ost_word_text(near)), OST_STR_ARG(text));
            return;
        }
    }
    if (ost_parse_is_name(token) && may_be_source(before)) {
        ost_err_hint(error, "the source of a query is a name, a retrieve or in ( ): (source) %.*s",
                     OST_STR_ARG(raw_text(p, token)));
    }
}

void ost_parse_hint(ost_parser *p, ost_error *error, const ost_token *token)
{
    const ost_token *before = token > p->tokens ? token - 1 : token;
    const char *sign = token->kind == OST_TOKEN_SIGN ? sign_hint(raw_text(p, token)) : NULL;
    if (error == NULL) {
        return;
    }
    if (sign) {
        ost_err_hint(error, "%s", sign);
        return;
    }
    if (many_lines(p, token) || many_lines(p, before)) {
        const ost_token *text = many_lines(p, token) ? token : before;
        ost_err_hint(error,
                     "the text that starts in line %u goes over several lines: is a quote "
                     "missing?",
                     (unsigned)text->line);
        return;
    }
    hint_of_slip(p, error, token);
}

/* Stops the declaration: the parser stands at the end of the text from now on. */
static void stop(ost_parser *p)
{
    if (!p->failed) {
        p->failed = true;
        p->stop = p->at;
        p->at = p->count - 1;
    }
}

ost_error *ost_parse_fail(ost_parser *p, const ost_token *token, ost_status code,
                          const char *format, ...)
{
    if (p->failed) {
        return NULL;
    }
    stop(p);
    char message[OST_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ost_ast at = {.line = token->line,
                  .column = token->column,
                  .offset = token->offset,
                  .length = token->length};
    return ost_diagnostics_add(p->diagnostics, code, p->source_name, &at, "%s", message);
}

/* Place of the first wrong escape of a string or name token. */
static ost_token escape_place(const ost_parser *p, const ost_token *token)
{
    ost_str raw = raw_text(p, token);
    ost_token place = *token;
    for (size_t i = 1; i + 1 < raw.len; i++) {
        if (raw.ptr[i] != '\\') {
            continue;
        }
        bool known = strchr("'\"`\\/fnrt", raw.ptr[i + 1]) != NULL;
        if (!known) {
            place.offset = token->offset + (uint32_t)i;
            place.length = 2;
            ost_err_locate(p->source, place.offset, &place.line, &place.column);
            bool unicode = raw.ptr[i + 1] == 'u';
            size_t digits = 0;
            while (unicode && digits < 4 && i + 2 + digits < raw.len &&
                   strchr("0123456789abcdefABCDEF", raw.ptr[i + 2 + digits])) {
                digits++;
            }
            if (digits < 4) {
                break;
            }
        }
        i++;
    }
    return place;
}

void ost_parse_bad_token(ost_parser *p, const ost_token *token)
{
    static const struct problem_row {
        const char *message, *hint;
    } rows[] = {
        [OST_LEX_UNCLOSED_STRING] = {"text without closing quote", "close it with '"},
        [OST_LEX_UNCLOSED_QUOTED] = {"name without closing quote", "close it with \""},
        [OST_LEX_UNCLOSED_DELIMITED] = {"name without closing quote", "close it with `"},
        [OST_LEX_UNCLOSED_COMMENT] = {"comment without end", "close it with */"},
        [OST_LEX_ESCAPE] =
            {"unknown escape in a text",
             "a backslash is written \\\\; known are \\' \\\" \\` \\n \\r \\t \\f \\/ "
             "and \\u with four digits"},
        [OST_LEX_DATE] = {"not a date or time", "write @2014-01-05, @2014-01-05T10:30 or @T10:30"},
        [OST_LEX_TIME_OFFSET] = {"a time has no offset from UTC", "only a DateTime has one"},
        [OST_LEX_VARIABLE] = {"unknown variable", "there are $this, $index and $total"},
        [OST_LEX_CHARACTER] = {"this character has no meaning in CQL", ""},
        [OST_LEX_UTF8] = {"bytes that are not UTF-8", "save the file as UTF-8"}};
    const struct problem_row *row = &rows[token->id];
    ost_token place = token->id == OST_LEX_ESCAPE ? escape_place(p, token) : *token;
    const char *cut = "";
    ost_str text = shown(p, &place, &cut);
    ost_error *error = ost_parse_fail(p, &place, OST_E_SYNTAX, "%s%s%.*s%s", row->message,
                                      text.len ? ": " : "", OST_STR_ARG(text), cut);
    if (error && row->hint[0]) {
        ost_err_hint(error, "%s", row->hint);
    }
}

void ost_parse_expected(ost_parser *p, const char *what)
{
    const ost_token *token = ost_parse_peek(p, 0);
    if (p->failed) {
        return;
    }
    if (token->kind == OST_TOKEN_BAD) {
        ost_parse_bad_token(p, token);
        return;
    }
    const char *cut = "";
    ost_str text = shown(p, token, &cut);
    bool quoted = token->kind == OST_TOKEN_STRING || token->kind == OST_TOKEN_QUOTED ||
                  token->kind == OST_TOKEN_DELIMITED;
    const char *quote = quoted ? "" : "'";
    ost_error *error =
        token->kind == OST_TOKEN_END
            ? ost_parse_fail(p, token, OST_E_SYNTAX, "expected %s, found the end of the text", what)
            : ost_parse_fail(p, token, OST_E_SYNTAX, "expected %s, found %s%.*s%s%s", what, quote,
                             OST_STR_ARG(text), cut, quote);
    ost_parse_hint(p, error, token);
}

bool ost_parse_is_name(const ost_token *token)
{
    return token->kind == OST_TOKEN_NAME || token->kind == OST_TOKEN_QUOTED ||
           token->kind == OST_TOKEN_DELIMITED;
}

bool ost_parse_is_reference(const ost_token *token)
{
    return ost_parse_is_name(token) ||
           (token->kind == OST_TOKEN_WORD && !ost_word_reserved((ost_word)token->id));
}

bool ost_parse_at_alias(const ost_parser *p, size_t ahead)
{
    static const struct phrase_row {
        const char *first, *second;
    } rows[] = {
        {"included", "in"}, {"such", "that"}, {"on", "or"}, {"less", "than"}, {"more", "than"}};
    const ost_token *token = ost_parse_peek(p, ahead);
    if (token->kind != OST_TOKEN_NAME) {
        return ost_parse_is_name(token);
    }
    ost_str text = raw_text(p, token), next = raw_text(p, ost_parse_peek(p, ahead + 1));
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_str_is(text, rows[i].first) && ost_str_is(next, rows[i].second)) {
            return false;
        }
    }
    return true;
}

static ost_str take_text(ost_parser *p)
{
    ost_str text = ost_lex_text(p->arena, p->source, ost_parse_peek(p, 0));
    p->at++;
    if (!text.ptr) {
        p->no_memory = true;
        stop(p);
    }
    return text;
}

/* Texts and names are often exchanged; a reserved word may stand for a name when quoted. */
static ost_str wrong_name(ost_parser *p, const char *what)
{
    const ost_token *token = ost_parse_peek(p, 0);
    size_t before = p->diagnostics->count;
    bool silent = p->failed, declaration = ost_parse_at_declaration(p);
    ost_parse_expected(p, what);
    if (!silent && p->diagnostics->count > before) {
        ost_error *error = &p->diagnostics->items[p->diagnostics->count - 1];
        if (token->kind == OST_TOKEN_WORD && !declaration) {
            ost_err_hint(error,
                         "'%.*s' is a word of the language; as a name it is written \"%.*s\"",
                         OST_STR_ARG(raw_text(p, token)), OST_STR_ARG(raw_text(p, token)));
        } else if (token->kind == OST_TOKEN_STRING || token->kind == OST_TOKEN_QUOTED) {
            ost_err_hint(error, "names stand in \"double quotes\", texts in 'single quotes'");
        }
    }
    return OST_STR("");
}

static ost_str take_name(ost_parser *p)
{
    if (ost_parse_peek(p, 0)->kind != OST_TOKEN_NAME && ost_parse_peek(p, 0)->length == 2 &&
        ost_parse_is_name(ost_parse_peek(p, 0))) {
        (void)ost_parse_fail(p, ost_parse_peek(p, 0), OST_E_SYNTAX, "a name without letters");
        return OST_STR("");
    }
    return take_text(p);
}

ost_str ost_parse_name(ost_parser *p, const char *what)
{
    return ost_parse_is_name(ost_parse_peek(p, 0)) ? take_name(p) : wrong_name(p, what);
}

ost_str ost_parse_reference(ost_parser *p, const char *what)
{
    return ost_parse_is_reference(ost_parse_peek(p, 0)) ? take_name(p) : wrong_name(p, what);
}

ost_str ost_parse_text(ost_parser *p, const char *what)
{
    return ost_parse_peek(p, 0)->kind == OST_TOKEN_STRING ? take_text(p) : wrong_name(p, what);
}

ost_str ost_parse_copy(ost_parser *p, ost_buf *buf)
{
    ost_str text = ost_buf_str(buf);
    if (!text.ptr) {
        p->no_memory = true;
        stop(p);
        return OST_STR("");
    }
    return text;
}

ost_str ost_parse_dotted(ost_parser *p, const char *what)
{
    ost_str first = ost_parse_name(p, what);
    if (!ost_parse_at_sign(p, 0, '.')) {
        return first;
    }
    ost_buf buf = ost_buf_init(p->arena);
    ost_buf_add(&buf, first);
    while (ost_parse_take_sign(p, '.')) {
        ost_buf_char(&buf, '.');
        ost_buf_add(&buf, ost_parse_name(p, what));
    }
    return ost_parse_copy(p, &buf);
}

bool ost_parse_at_declaration(const ost_parser *p)
{
    const ost_token *token = ost_parse_peek(p, 0), *next = ost_parse_peek(p, 1);
    bool line_start = p->at == 0 || p->tokens[p->at - 1].line < token->line;
    if (token->kind != OST_TOKEN_WORD) {
        return false;
    }
    switch ((int)token->id) {
    case OST_WORD_DEFINE:
        return ost_parse_is_name(next) ||
               (next->kind == OST_TOKEN_WORD &&
                (next->id == OST_WORD_FUNCTION || next->id == OST_WORD_FLUENT ||
                 next->id == OST_WORD_PUBLIC || next->id == OST_WORD_PRIVATE));
    case OST_WORD_CODE:
    case OST_WORD_CODESYSTEM:
    case OST_WORD_CONCEPT:
    case OST_WORD_VALUESET:
        return ost_parse_is_name(next) && (line_start || ost_parse_at_sign(p, 2, ':'));
    case OST_WORD_LIBRARY:
    case OST_WORD_USING:
    case OST_WORD_INCLUDE:
    case OST_WORD_PARAMETER:
    case OST_WORD_CONTEXT:
        return line_start && ost_parse_is_name(next);
    case OST_WORD_PUBLIC:
    case OST_WORD_PRIVATE:
        return line_start && next->kind == OST_TOKEN_WORD &&
               (next->id == OST_WORD_PARAMETER || next->id == OST_WORD_CODE ||
                next->id == OST_WORD_CODESYSTEM || next->id == OST_WORD_CONCEPT ||
                next->id == OST_WORD_VALUESET);
    default:
        return false;
    }
}

bool ost_parse_enter(ost_parser *p)
{
    if (p->nesting >= OST_PARSE_MAX_NESTING) {
        (void)ost_parse_fail(p, ost_parse_peek(p, 0), OST_E_LIMIT, "nested deeper than %d levels",
                             (int)OST_PARSE_MAX_NESTING);
        return false;
    }
    p->nesting++;
    return true;
}

void ost_parse_leave(ost_parser *p)
{
    p->nesting--;
}

static ost_ast *new_node(ost_parser *p, ost_ast_kind kind)
{
    parse_node *node = p->failed ? NULL : ost_arena_alloc(p->arena, sizeof *node);
    if (!node) {
        p->no_memory = p->no_memory || !p->failed;
        stop(p);
        *p->spare = (ost_ast){.kind = OST_AST_NULL};
        return p->spare;
    }
    node->ast.kind = kind;
    node->height = 1;
    node->weight = 1;
    return &node->ast;
}

ost_ast *ost_parse_node(ost_parser *p, ost_ast_kind kind)
{
    ost_ast *node = new_node(p, kind);
    const ost_token *token = ost_parse_peek(p, 0);
    node->line = token->line;
    node->column = token->column;
    node->offset = token->offset;
    return node;
}

ost_ast *ost_parse_node_from(ost_parser *p, ost_ast_kind kind, const ost_ast *first)
{
    ost_ast *node = new_node(p, kind);
    node->line = first->line;
    node->column = first->column;
    node->offset = first->offset;
    return node;
}

/* Counts the kid into height and size of its parent. */
static void link_kid(ost_parser *p, ost_ast *node, const ost_ast *kid)
{
    parse_node *parent = (parse_node *)(void *)node;
    const parse_node *child = (const parse_node *)(const void *)kid;
    parent->height = child->height + 1 > parent->height ? child->height + 1 : parent->height;
    parent->weight =
        child->weight > WEIGHT_MAX - parent->weight ? WEIGHT_MAX : parent->weight + child->weight;
    if (parent->height > OST_CQL_MAX_DEPTH) {
        ost_token at = {
            .line = node->line, .column = node->column, .offset = node->offset, .length = 1};
        ost_error *error = ost_parse_fail(
            p, &at, OST_E_LIMIT, "an expression of more than %d levels", (int)OST_CQL_MAX_DEPTH);
        ost_err_hint(error, "give parts of it names with define");
    }
}

void ost_parse_add(ost_parser *p, ost_ast *node, ost_ast *kid)
{
    if (p->failed) {
        return;
    }
    parse_node *parent = (parse_node *)(void *)node;
    ost_ast **kids =
        ost_arena_grow(p->arena, node->kids, &parent->capacity, node->count + 1, sizeof(ost_ast *));
    if (!kids) {
        p->no_memory = true;
        stop(p);
        return;
    }
    node->kids = kids;
    kids[node->count++] = kid;
    if (kid) {
        link_kid(p, node, kid);
    }
}

void ost_parse_set(ost_parser *p, ost_ast *node, size_t index, ost_ast *kid)
{
    if (!p->failed && kid) {
        node->kids[index] = kid;
        link_kid(p, node, kid);
    }
}

void ost_parse_weigh_shared(ost_parser *p, const ost_ast *node)
{
    if (p->failed) {
        return;
    }
    if (((const parse_node *)(const void *)node)->weight > OST_PARSE_MAX_SHARED) {
        ost_token at = {
            .line = node->line, .column = node->column, .offset = node->offset, .length = 1};
        (void)ost_parse_fail(p, &at, OST_E_LIMIT,
                             "an operand of more than %d parts that is used twice",
                             (int)OST_PARSE_MAX_SHARED);
    }
}

ost_ast *ost_parse_end(ost_parser *p, ost_ast *node)
{
    if (!p->failed && p->at > 0) {
        const ost_token *last = &p->tokens[p->at - 1];
        node->length = last->offset + last->length - node->offset;
    }
    return node;
}

ost_ast *ost_parse_operator(ost_parser *p, const char *name, const ost_ast *first)
{
    ost_ast *node =
        first ? ost_parse_node_from(p, OST_AST_OP, first) : ost_parse_node(p, OST_AST_OP);
    node->text = ost_str_of(name);
    return node;
}
