/* CQL text to tokens (CQL 1.5.3 "Lexical Elements"). The whole text is cut before parsing, so
 * that the parser may look as far ahead as it needs. A token that is not well formed is kept as
 * OST_TOKEN_BAD with its problem in `id`; the parser reports it when it gets there. */
#ifndef OST_CQL_LEX_H
#define OST_CQL_LEX_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

typedef enum ost_token_kind {
    OST_TOKEN_END,
    OST_TOKEN_NAME,      /* abc */
    OST_TOKEN_QUOTED,    /* "abc" */
    OST_TOKEN_DELIMITED, /* `abc` */
    OST_TOKEN_STRING,    /* 'abc' */
    OST_TOKEN_NUMBER,    /* 5, 5.0 */
    OST_TOKEN_LONG,      /* 5L */
    OST_TOKEN_DATE,
    OST_TOKEN_DATETIME,
    OST_TOKEN_TIME,
    OST_TOKEN_VARIABLE, /* $this */
    OST_TOKEN_WORD,     /* keyword; id = ost_word */
    OST_TOKEN_SIGN,     /* id = ost_sign or the character itself */
    OST_TOKEN_BAD       /* id = ost_lex_problem */
} ost_token_kind;

#define WORD(id, text, reserved) OST_WORD_##id,
typedef enum ost_word {
#include "cql/lex_words.h"
    OST_WORD_COUNT
} ost_word;

/* Signs of one character are that character; WRONG ones exist in other languages and give a
 * hint. */
typedef enum ost_sign {
    OST_SIGN_LESS_OR_EQUAL = 1,
    OST_SIGN_GREATER_OR_EQUAL,
    OST_SIGN_NOT_EQUAL,
    OST_SIGN_NOT_EQUIVALENT,
    OST_SIGN_ARROW,
    OST_SIGN_WRONG
} ost_sign;

typedef enum ost_lex_problem {
    OST_LEX_UNCLOSED_STRING,
    OST_LEX_UNCLOSED_QUOTED,
    OST_LEX_UNCLOSED_DELIMITED,
    OST_LEX_UNCLOSED_COMMENT,
    OST_LEX_ESCAPE,
    OST_LEX_DATE,
    OST_LEX_TIME_OFFSET,
    OST_LEX_VARIABLE,
    OST_LEX_CHARACTER,
    OST_LEX_UTF8
} ost_lex_problem;

#define OST_TOKEN_NO_MATCH UINT32_MAX

typedef struct ost_token {
    uint8_t kind, id;
    uint32_t offset, length, line, column;
    uint32_t match; /* of a bracket: index of its partner ('(' and '[' may close each other) */
} ost_token;

/* All tokens of `source` (at most OST_CQL_MAX_BYTES, checked by the caller) and one END. False when
 * memory is short. */
bool ost_lex(ost_arena *arena, ost_str source, ost_token **tokens, size_t *count);

/* Text of a string or name token without its quotes, escapes resolved; the source's bytes where
 * there is no escape. ptr NULL when memory is short. */
ost_str ost_lex_text(ost_arena *arena, ost_str source, const ost_token *token);

ost_str ost_word_text(ost_word word);
bool ost_word_reserved(ost_word word);
/* OST_WORD_COUNT when `text` is no keyword. */
ost_word ost_word_find(ost_str text);
/* The keyword at most one slip (a letter more, less, other, or two swapped) away from `text`, else
 * OST_WORD_COUNT. */
ost_word ost_word_near(ost_str text);

#endif
