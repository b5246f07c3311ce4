/* UTF-8: decoding, encoding, checking, counting. */
#ifndef OST_BASE_UTF8_H
#define OST_BASE_UTF8_H

#include "base/str.h"

/* Decodes the code point at s[*at] and moves *at past it. 0xFFFD, one byte further, for bad
 * bytes. */
uint32_t ost_utf8_next(ost_str s, size_t *at);
/* Writes 1 to 4 bytes; returns their number. */
size_t ost_utf8_put(uint32_t code_point, char out[4]);
/* SIZE_MAX when valid, else the offset of the first bad byte. */
size_t ost_utf8_check(ost_str s);
size_t ost_utf8_count(ost_str s);
/* Simple case mapping of all letters that map one to one (Unicode's simple mapping for Latin, Greek
 * and Cyrillic; others unchanged). */
uint32_t ost_utf8_lower(uint32_t code_point);
uint32_t ost_utf8_upper(uint32_t code_point);

#endif
