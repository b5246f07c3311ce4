/* What the files of the JSON reader share: the state of one parse, and its error messages. */
#ifndef OST_FHIR_JSON_DETAIL_H
#define OST_FHIR_JSON_DETAIL_H

#include "fhir/json.h"
#include "fhir/json_simd.h"

/* A memory of the names seen: FHIR repeats a few dozen. When it is half full it starts anew. */
typedef struct ost_json_name {
    uint64_t head, tail; /* the first and the last eight bytes, or all of them twice */
    uint64_t mask;       /* which bytes of head and tail are the name's */
    uint64_t bit;        /* 1 << (id mod 64) */
    const char *ptr;     /* NULL = empty entry */
    uint32_t len, tail_at, id;
} ost_json_name;

enum { OST_JSON_NAME_SLOTS = 1024, OST_JSON_LIKELY_SLOTS = 4096 };

struct ost_json_reader {
    ost_json_simd *simd;
    ost_json_name names[1 + OST_JSON_NAME_SLOTS]; /* [0]: none */
    uint16_t likely[OST_JSON_LIKELY_SLOTS];       /* which of `names` came last after two others */
    size_t name_count;
    uint32_t *seen; /* by name id: the serial of the object that had it last */
    size_t seen_capacity;
    uint32_t serial;
};

/* An open array or object. */
typedef struct ost_json_open {
    uint64_t names;      /* bit (name id mod 64) of the names so far */
    uint64_t repeated;   /* bits that two names share, so two may be equal */
    uint32_t node, name; /* name: the last one */
    char end;            /* '}' or ']' */
} ost_json_open;

typedef struct ost_json_state {
    ost_tree *tree;
    struct ost_json_reader *reader;
    ost_str source;                             /* as given */
    bool kept;                                  /* it may stay where it is */
    const char *text;                           /* the same bytes in tree->text, with padding */
    uint32_t base;                              /* their offset there */
    const uint32_t *index;                      /* index[count] == source.len */
    uint32_t count, at;                         /* at: the token that a message is about */
    uint32_t first;                             /* the document's root node */
    ost_json_open open[OST_JSON_MAX_DEPTH + 1]; /* what is open, from the outside; [0]: nothing */
    ost_error *error;
} ost_json_state;

/* Sets the error with the place of a byte offset in the source. */
ost_status ost_json_fail(const ost_json_state *p, ost_status code, size_t offset,
                         const char *format, ...) OST_PRINTF(4, 5);
/* "`wanted` is expected, not ...", at the present token. */
ost_status ost_json_unexpected(const ost_json_state *p, const char *wanted);
/* Finds out why stage 1 refused the text. */
ost_status ost_json_explain_stage1(const ost_json_state *p);
/* Checks text[at..) against the number grammar; *len is its length. */
ost_status ost_json_number(const ost_json_state *p, size_t at, size_t *len);
/* Appends the string text[at..at+len) without its escapes to tree->escaped; *start is its offset
 * there and *len becomes the shorter length. */
ost_status ost_json_unescape(const ost_json_state *p, size_t at, size_t *start, size_t *len);
/* The source offset of the name of a node that was just read. */
size_t ost_json_name_offset(const ost_json_state *p, uint32_t node);

#endif
