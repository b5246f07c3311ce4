/* Strings as pointer and length: comparing, searching, cutting. Nothing here stops at a NUL
 * byte. */
#include "base/str.h"

int ost_str_compare(ost_str a, ost_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.ptr, b.ptr, shorter);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool ost_str_starts(ost_str s, ost_str prefix)
{
    return s.len >= prefix.len && ost_str_equal((ost_str){s.ptr, prefix.len}, prefix);
}

bool ost_str_ends(ost_str s, ost_str suffix)
{
    return s.len >= suffix.len &&
           ost_str_equal(ost_str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool ost_str_equal_ignoring_case(ost_str a, ost_str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

size_t ost_str_find(ost_str s, ost_str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from) {
        return SIZE_MAX;
    }
    if (needle.len == 0) {
        return from;
    }
    size_t last = s.len - needle.len;
    while (from <= last) {
        const char *hit = memchr(s.ptr + from, needle.ptr[0], last - from + 1);
        if (hit == NULL) {
            return SIZE_MAX;
        }
        from = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0) {
            return from;
        }
        from++;
    }
    return SIZE_MAX;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

ost_str ost_str_trim(ost_str s)
{
    while (s.len > 0 && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.ptr[s.len - 1])) {
        s.len--;
    }
    return s;
}

/* Positions past the end give an empty string at the end. */
ost_str ost_str_sub(ost_str s, size_t from, size_t len)
{
    from = from > s.len ? s.len : from;
    len = len > s.len - from ? s.len - from : len;
    return (ost_str){s.ptr == NULL ? NULL : s.ptr + from, len};
}

ost_str ost_str_copy(ost_arena *arena, ost_str s)
{
    char *copy = ost_arena_copy(arena, s.ptr, s.len);
    return (ost_str){copy, copy == NULL ? 0 : s.len};
}

uint64_t ost_str_hash(ost_str s, uint64_t seed)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ seed;
    for (size_t i = 0; i < s.len; i++) {
        hash = (hash ^ (unsigned char)s.ptr[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* "a,,b" gives "a", "", "b"; "a," gives "a", ""; an empty rest with a pointer is one empty field.
 * The rest's pointer becomes NULL when the last field was cut off. */
bool ost_str_next(ost_str *rest, char separator, ost_str *field)
{
    if (rest->ptr == NULL) {
        return false;
    }
    const char *hit = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    if (hit == NULL) {
        *field = *rest;
        *rest = (ost_str){NULL, 0};
        return true;
    }
    size_t len = (size_t)(hit - rest->ptr);
    *field = (ost_str){rest->ptr, len};
    *rest = (ost_str){hit + 1, rest->len - len - 1};
    return true;
}
