/* UTF-8 as RFC 3629 has it: no surrogates, nothing above U+10FFFF, no overlong forms. */
#include "base/utf8.h"

#define REPLACEMENT 0xFFFDU

/* Length of the well-formed sequence at s[at] and its code point; 0 when the bytes are bad. */
static size_t decode(ost_str s, size_t at, uint32_t *code_point)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    if (p[0] < 0x80) {
        *code_point = p[0];
        return 1;
    }
    size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || need > left) {
        return 0;
    }
    uint32_t c = p[0] & (0xFFU >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
        c = (c << 6) | (p[i] & 0x3FU);
    }
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < smallest[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        return 0;
    }
    *code_point = c;
    return need;
}

uint32_t ost_utf8_next(ost_str s, size_t *at)
{
    if (*at >= s.len) {
        return REPLACEMENT;
    }
    uint32_t code_point = REPLACEMENT;
    size_t len = decode(s, *at, &code_point);
    *at += len == 0 ? 1 : len;
    return len == 0 ? REPLACEMENT : code_point;
}

size_t ost_utf8_put(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = REPLACEMENT;
    }
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | (code_point >> 6));
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | (code_point >> 12));
        out[1] = (char)(0x80 | ((code_point >> 6) & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (code_point >> 18));
    out[1] = (char)(0x80 | ((code_point >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((code_point >> 6) & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t ost_utf8_check(ost_str s)
{
    size_t at = 0;
    while (at < s.len) {
        uint32_t code_point;
        size_t len = decode(s, at, &code_point);
        if (len == 0) {
            return at;
        }
        at += len;
    }
    return SIZE_MAX;
}

/* Bad bytes count as one each, as in ost_utf8_next. */
size_t ost_utf8_count(ost_str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        (void)ost_utf8_next(s, &at);
    }
    return count;
}
