/* The lexer. One pass over the bytes; lines and columns (in code points) are counted on the way.
 * Brackets learn their partner, so that the parser can look behind a bracket in one step. */
#include "cql/lex.h"

#include "base/utf8.h"

typedef struct lexer {
    ost_str source;
    size_t at;
    uint32_t line, column;
    ost_arena *arena;
    ost_token *tokens;
    size_t count, capacity;
    uint32_t open; /* last bracket without partner; its `match` leads to the one before it */
    bool failed;
} lexer;

static int byte_at(const lexer *lex, size_t at)
{
    return at < lex->source.len ? (unsigned char)lex->source.ptr[at] : -1;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void move_to(lexer *lex, size_t end)
{
    for (; lex->at < end; lex->at++) {
        unsigned char c = (unsigned char)lex->source.ptr[lex->at];
        if (c == '\n') {
            lex->line++;
            lex->column = 1;
        } else if ((c & 0xC0) != 0x80) {
            lex->column++;
        }
    }
}

/* Adds the token from the current place to `end` and moves there. */
static void add(lexer *lex, ost_token_kind kind, unsigned id, size_t end)
{
    ost_token *tokens =
        ost_arena_grow(lex->arena, lex->tokens, &lex->capacity, lex->count + 1, sizeof *tokens);
    if (!tokens) {
        lex->failed = true;
        lex->at = lex->source.len;
        return;
    }
    lex->tokens = tokens;
    tokens[lex->count++] = (ost_token){.kind = (uint8_t)kind,
                                       .id = (uint8_t)id,
                                       .offset = (uint32_t)lex->at,
                                       .length = (uint32_t)(end - lex->at),
                                       .line = lex->line,
                                       .column = lex->column,
                                       .match = OST_TOKEN_NO_MATCH};
    move_to(lex, end);
}

/* White space and comments; an open comment becomes a bad token. */
static void skip_space(lexer *lex)
{
    for (;;) {
        int c = byte_at(lex, lex->at);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            move_to(lex, lex->at + 1);
        } else if (c == '/' && byte_at(lex, lex->at + 1) == '/') {
            size_t end = ost_str_find(lex->source, OST_STR("\n"), lex->at);
            move_to(lex, end == SIZE_MAX ? lex->source.len : end);
        } else if (c == '/' && byte_at(lex, lex->at + 1) == '*') {
            size_t end = ost_str_find(lex->source, OST_STR("*/"), lex->at + 2);
            if (end == SIZE_MAX) {
                add(lex, OST_TOKEN_BAD, OST_LEX_UNCLOSED_COMMENT, lex->source.len);
                return;
            }
            move_to(lex, end + 2);
        } else {
            return;
        }
    }
}

static int hex_digit(int c)
{
    return is_digit(c)              ? c - '0'
           : (c >= 'a' && c <= 'f') ? c - 'a' + 10
           : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                    : -1;
}

/* Four hexadecimal digits at s[at], or -1. */
static int unicode_escape(ost_str s, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < s.len ? hex_digit((unsigned char)s.ptr[i]) : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* Length of the escape at s[at] == '\\', 0 when there is no such escape; its code point in
 * *out. Two surrogates in a row are one character. */
static size_t read_escape(ost_str s, size_t at, uint32_t *out)
{
    static const char letters[] = "'\"`\\/fnrt", meanings[] = "'\"`\\/\f\n\r\t";
    int c = at + 1 < s.len ? (unsigned char)s.ptr[at + 1] : -1;
    const char *found = c > 0 ? strchr(letters, c) : NULL;
    if (found) {
        *out = (uint32_t)meanings[found - letters];
        return 2;
    }
    int unit = c == 'u' ? unicode_escape(s, at + 2) : -1;
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) {
        return 0;
    }
    if (unit < 0xD800 || unit > 0xDBFF) {
        *out = (uint32_t)unit;
        return 6;
    }
    bool more = at + 7 < s.len && s.ptr[at + 6] == '\\' && s.ptr[at + 7] == 'u';
    int second = more ? unicode_escape(s, at + 8) : -1;
    if (second < 0xDC00 || second > 0xDFFF) {
        return 0;
    }
    *out = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
    return 12;
}

/* 'text', "name" or `name`. Without a closing quote only the rest of the line is taken, so that
 * what follows is still read. */
static void lex_quoted(lexer *lex, int quote)
{
    ost_token_kind kind = quote == '\''  ? OST_TOKEN_STRING
                          : quote == '"' ? OST_TOKEN_QUOTED
                                         : OST_TOKEN_DELIMITED;
    size_t i = lex->at + 1;
    bool bad_escape = false;
    for (int c = byte_at(lex, i); c != quote; c = byte_at(lex, i)) {
        if (c < 0) {
            size_t end = ost_str_find(lex->source, OST_STR("\n"), lex->at);
            ost_lex_problem problem = quote == '\''  ? OST_LEX_UNCLOSED_STRING
                                      : quote == '"' ? OST_LEX_UNCLOSED_QUOTED
                                                     : OST_LEX_UNCLOSED_DELIMITED;
            add(lex, OST_TOKEN_BAD, problem, end == SIZE_MAX ? lex->source.len : end);
            return;
        }
        uint32_t ignored = 0;
        size_t length = c == '\\' ? read_escape(lex->source, i, &ignored) : 1;
        bad_escape = bad_escape || length == 0;
        i += length ? length : 2;
    }
    if (bad_escape) {
        add(lex, OST_TOKEN_BAD, OST_LEX_ESCAPE, i + 1);
    } else {
        add(lex, kind, 0, i + 1);
    }
}

static void lex_number(lexer *lex)
{
    size_t i = lex->at;
    while (is_digit(byte_at(lex, i))) {
        i++;
    }
    if (byte_at(lex, i) == 'L') {
        add(lex, OST_TOKEN_LONG, 0, i + 1);
        return;
    }
    if (byte_at(lex, i) == '.' && is_digit(byte_at(lex, i + 1))) {
        do {
            i++;
        } while (is_digit(byte_at(lex, i)));
    }
    add(lex, OST_TOKEN_NUMBER, 0, i);
}

/* Moves *at over `digits` digits after the character `before` (0 = none). */
static bool take_digits(const lexer *lex, size_t *at, int before, unsigned digits)
{
    size_t i = *at;
    if (before) {
        if (byte_at(lex, i) != before) {
            return false;
        }
        i++;
    }
    for (unsigned k = 0; k < digits; k++, i++) {
        if (!is_digit(byte_at(lex, i))) {
            return false;
        }
    }
    *at = i;
    return true;
}

static bool take_clock(const lexer *lex, size_t *at)
{
    if (!take_digits(lex, at, 0, 2)) {
        return false;
    }
    if (take_digits(lex, at, ':', 2) && take_digits(lex, at, ':', 2) &&
        take_digits(lex, at, '.', 1)) {
        while (is_digit(byte_at(lex, *at))) {
            (*at)++;
        }
    }
    return true;
}

static bool take_offset(const lexer *lex, size_t *at)
{
    size_t i = *at;
    if (byte_at(lex, i) == 'Z') {
        i++;
    } else {
        bool hours = take_digits(lex, &i, '+', 2) || take_digits(lex, &i, '-', 2);
        if (!hours || !take_digits(lex, &i, ':', 2)) {
            return false;
        }
    }
    *at = i;
    return true;
}

/* Moves over what can't follow a date or time: "@2014-1" would be read as a subtraction. */
static bool take_rest(const lexer *lex, size_t *at)
{
    int next = byte_at(lex, *at);
    bool sign = next == '-' || next == '.' || next == ':';
    if (!is_digit(next) && !is_letter(next) && !(sign && is_digit(byte_at(lex, *at + 1)))) {
        return false;
    }
    for (; is_digit(next) || is_letter(next) || next == '-' || next == ':' || next == '.';
         next = byte_at(lex, *at)) {
        (*at)++;
    }
    return true;
}

/* @2014-01, @2014-01-01T10:00+01:00, @T10:00. A literal that stops in the middle of a component
 * is refused. */
static void lex_when(lexer *lex)
{
    size_t i = lex->at + 1;
    ost_token_kind kind = OST_TOKEN_DATE;
    ost_lex_problem problem = OST_LEX_DATE;
    bool good = true;
    if (byte_at(lex, i) == 'T') {
        kind = OST_TOKEN_TIME;
        i++;
        good = take_clock(lex, &i);
        size_t offset_end = i;
        if (good && take_offset(lex, &offset_end)) {
            good = false;
            problem = OST_LEX_TIME_OFFSET;
            i = offset_end;
        }
    } else {
        good = take_digits(lex, &i, 0, 4);
        if (good && take_digits(lex, &i, '-', 2)) {
            (void)take_digits(lex, &i, '-', 2);
        }
        if (good && byte_at(lex, i) == 'T') {
            kind = OST_TOKEN_DATETIME;
            i++;
            (void)take_clock(lex, &i);
            (void)take_offset(lex, &i);
        }
    }
    good = !take_rest(lex, &i) && good;
    add(lex, good ? kind : OST_TOKEN_BAD, good ? 0 : problem, i);
}

static void lex_name(lexer *lex)
{
    size_t i = lex->at;
    while (is_letter(byte_at(lex, i)) || is_digit(byte_at(lex, i))) {
        i++;
    }
    ost_word word = ost_word_find(ost_str_sub(lex->source, lex->at, i - lex->at));
    add(lex, word == OST_WORD_COUNT ? OST_TOKEN_NAME : OST_TOKEN_WORD,
        word == OST_WORD_COUNT ? 0 : word, i);
}

static void lex_variable(lexer *lex)
{
    size_t i = lex->at + 1;
    while (is_letter(byte_at(lex, i)) || is_digit(byte_at(lex, i))) {
        i++;
    }
    ost_str text = ost_str_sub(lex->source, lex->at, i - lex->at);
    bool known =
        ost_str_is(text, "$this") || ost_str_is(text, "$index") || ost_str_is(text, "$total");
    add(lex, known ? OST_TOKEN_VARIABLE : OST_TOKEN_BAD, known ? 0 : OST_LEX_VARIABLE, i);
}

/* Gives the bracket that was just added its partner. */
static void match_bracket(lexer *lex)
{
    if (lex->failed) {
        return;
    }
    uint32_t here = (uint32_t)lex->count - 1;
    ost_token *token = &lex->tokens[here];
    if (strchr("([{", token->id)) {
        token->match = lex->open;
        lex->open = here;
    } else if (lex->open != OST_TOKEN_NO_MATCH &&
               (lex->tokens[lex->open].id == '{') == (token->id == '}')) {
        uint32_t partner = lex->open;
        lex->open = lex->tokens[partner].match;
        lex->tokens[partner].match = here;
        token->match = partner;
    }
}

static void lex_sign(lexer *lex, int c)
{
    static const struct pair {
        char text[3];
        uint8_t id;
    } pairs[] = {{"<=", OST_SIGN_LESS_OR_EQUAL}, {">=", OST_SIGN_GREATER_OR_EQUAL},
                 {"!=", OST_SIGN_NOT_EQUAL},     {"!~", OST_SIGN_NOT_EQUIVALENT},
                 {"->", OST_SIGN_ARROW},         {"==", OST_SIGN_WRONG},
                 {"<>", OST_SIGN_WRONG},         {"&&", OST_SIGN_WRONG},
                 {"||", OST_SIGN_WRONG}};
    for (size_t i = 0; i < OST_ARRAY_LEN(pairs); i++) {
        if (c == pairs[i].text[0] && byte_at(lex, lex->at + 1) == pairs[i].text[1]) {
            add(lex, OST_TOKEN_SIGN, pairs[i].id, lex->at + 2);
            return;
        }
    }
    if (c == '!') {
        add(lex, OST_TOKEN_SIGN, OST_SIGN_WRONG, lex->at + 1);
        return;
    }
    if (c > 0 && strchr("()[]{}<>=~+-*/^&|.,:%", c)) {
        add(lex, OST_TOKEN_SIGN, (unsigned)c, lex->at + 1);
        if (strchr("()[]{}", c)) {
            match_bracket(lex);
        }
        return;
    }
    size_t end = lex->at;
    (void)ost_utf8_next(lex->source, &end);
    add(lex, OST_TOKEN_BAD, OST_LEX_CHARACTER, end);
}

static void lex_one(lexer *lex)
{
    int c = byte_at(lex, lex->at);
    if (is_letter(c)) {
        lex_name(lex);
    } else if (is_digit(c)) {
        lex_number(lex);
    } else if (c == '\'' || c == '"' || c == '`') {
        lex_quoted(lex, c);
    } else if (c == '@') {
        lex_when(lex);
    } else if (c == '$') {
        lex_variable(lex);
    } else {
        lex_sign(lex, c);
    }
}

bool ost_lex(ost_arena *arena, ost_str source, ost_token **tokens, size_t *count)
{
    lexer lex = {
        .source = source, .arena = arena, .line = 1, .column = 1, .open = OST_TOKEN_NO_MATCH};
    size_t bad = ost_utf8_check(source);
    if (bad != SIZE_MAX) {
        lex.source.len = bad;
    } else if (ost_str_starts(source, OST_STR("\xEF\xBB\xBF"))) {
        lex.at = 3; /* a byte order mark is no character of the text */
    }
    for (skip_space(&lex); lex.at < lex.source.len; skip_space(&lex)) {
        lex_one(&lex);
    }
    if (bad != SIZE_MAX) {
        add(&lex, OST_TOKEN_BAD, OST_LEX_UTF8, lex.at);
    }
    add(&lex, OST_TOKEN_END, 0, lex.at);
    while (!lex.failed && lex.open != OST_TOKEN_NO_MATCH) {
        uint32_t outer = lex.tokens[lex.open].match;
        lex.tokens[lex.open].match = OST_TOKEN_NO_MATCH;
        lex.open = outer;
    }
    *tokens = lex.tokens;
    *count = lex.count;
    return !lex.failed;
}

ost_str ost_lex_text(ost_arena *arena, ost_str source, const ost_token *token)
{
    ost_str raw = ost_str_sub(source, token->offset, token->length);
    if (token->kind != OST_TOKEN_STRING && token->kind != OST_TOKEN_QUOTED &&
        token->kind != OST_TOKEN_DELIMITED) {
        return raw;
    }
    raw = ost_str_sub(raw, 1, raw.len - 2);
    if (raw.len == 0 || !memchr(raw.ptr, '\\', raw.len)) {
        return raw;
    }
    char *out = ost_arena_alloc(arena, raw.len); /* an escape is never shorter than what it means */
    if (!out) {
        return (ost_str){NULL, 0};
    }
    size_t length = 0;
    for (size_t i = 0; i < raw.len;) {
        uint32_t code_point = 0;
        size_t escape = raw.ptr[i] == '\\' ? read_escape(raw, i, &code_point) : 0;
        if (escape == 0) {
            out[length++] = raw.ptr[i++];
        } else {
            length += ost_utf8_put(code_point, out + length);
            i += escape;
        }
    }
    return (ost_str){out, length};
}

static const struct word_row {
    ost_str text;
    bool reserved;
} words[] = {
#define WORD(id, text, reserved) {{(text), sizeof(text) - 1}, (reserved)},
#include "cql/lex_words.h"
};

ost_str ost_word_text(ost_word word)
{
    return word < OST_WORD_COUNT ? words[word].text : (ost_str){NULL, 0};
}

bool ost_word_reserved(ost_word word)
{
    return word < OST_WORD_COUNT && words[word].reserved;
}

ost_word ost_word_find(ost_str text)
{
    size_t low = 0, high = OST_WORD_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ost_str_compare(text, words[middle].text);
        if (order == 0) {
            return (ost_word)middle;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return OST_WORD_COUNT;
}

typedef enum slip { SLIP_NONE, SLIP_LETTER, SLIP_SWAP } slip;

/* How a and b differ: one letter more, less or other; two letters swapped; *start letters in
 * front are the same. */
static slip slip_of(ost_str a, ost_str b, size_t *start)
{
    size_t i = 0, a_end = a.len, b_end = b.len;
    while (i < a_end && i < b_end && a.ptr[i] == b.ptr[i]) {
        i++;
    }
    while (a_end > i && b_end > i && a.ptr[a_end - 1] == b.ptr[b_end - 1]) {
        a_end--;
        b_end--;
    }
    size_t a_rest = a_end - i, b_rest = b_end - i;
    bool swapped =
        a_rest == 2 && b_rest == 2 && a.ptr[i] == b.ptr[i + 1] && a.ptr[i + 1] == b.ptr[i];
    *start = i;
    return swapped ? SLIP_SWAP : a_rest <= 1 && b_rest <= 1 ? SLIP_LETTER : SLIP_NONE;
}

/* Of several the one that starts most alike; of short words only a swap counts, as "abc" is no
 * slip of "asc". */
ost_word ost_word_near(ost_str text)
{
    ost_word best = OST_WORD_COUNT;
    size_t best_start = 0;
    for (size_t i = 0; i < OST_WORD_COUNT && text.len > 2; i++) {
        size_t start = 0;
        slip kind = slip_of(text, words[i].text, &start);
        bool near = kind == SLIP_SWAP || (kind == SLIP_LETTER && text.len > 3);
        if (near && (best == OST_WORD_COUNT || start > best_start)) {
            best = (ost_word)i;
            best_start = start;
        }
    }
    return best;
}
