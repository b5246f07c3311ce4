/* Strings are pointer and length everywhere inside; NUL bytes are data. A str never owns its
 * bytes. */
#ifndef OST_BASE_STR_H
#define OST_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct ost_str {
    const char *ptr;
    size_t len;
} ost_str;

#define OST_STR(literal) ((ost_str){(literal), sizeof(literal) - 1})
/* For printf("%.*s"): cut at 4096 bytes, enough for any message. */
#define OST_STR_ARG(s) ost_str_arg_width(s), ost_str_arg_text(s)

static inline int ost_str_arg_width(ost_str s)
{
    return s.len > 4096 ? 4096 : (int)s.len;
}

static inline const char *ost_str_arg_text(ost_str s)
{
    return s.len ? s.ptr : "";
}

static inline ost_str ost_str_of(const char *text)
{
    return (ost_str){text, text ? strlen(text) : 0};
}

static inline bool ost_str_equal(ost_str a, ost_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool ost_str_is(ost_str a, const char *text)
{
    return ost_str_equal(a, ost_str_of(text));
}

/* Byte order: <0, 0, >0. For UTF-8 this is code point order. */
int ost_str_compare(ost_str a, ost_str b);
bool ost_str_starts(ost_str s, ost_str prefix);
bool ost_str_ends(ost_str s, ost_str suffix);
/* ASCII letters only; other bytes must be equal. */
bool ost_str_equal_ignoring_case(ost_str a, ost_str b);
/* First position of needle at or after `from`, or SIZE_MAX. */
size_t ost_str_find(ost_str s, ost_str needle, size_t from);
/* Without ASCII white space at both ends. */
ost_str ost_str_trim(ost_str s);
ost_str ost_str_sub(ost_str s, size_t from, size_t len);
/* Copies into the arena (NUL-terminated, not counted); ptr NULL when memory is short. */
ost_str ost_str_copy(ost_arena *arena, ost_str s);
/* FNV-1a, 64 bit, with a caller's seed. */
uint64_t ost_str_hash(ost_str s, uint64_t seed);

/* Cuts the next field up to `separator` off `*rest`; false when `*rest` is used up. */
bool ost_str_next(ost_str *rest, char separator, ost_str *field);

#endif
