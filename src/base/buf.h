/* A growing text buffer in an arena. Sticky: after a failed append all later appends do nothing,
 * and the caller checks once at the end. */
#ifndef OST_BASE_BUF_H
#define OST_BASE_BUF_H

#include "base/compat.h"
#include "base/str.h"

typedef struct ost_buf {
    ost_arena *arena;
    char *ptr;
    size_t len, capacity;
    bool failed;
} ost_buf;

ost_buf ost_buf_init(ost_arena *arena);
void ost_buf_add(ost_buf *buf, ost_str s);
void ost_buf_text(ost_buf *buf, const char *text);
void ost_buf_char(ost_buf *buf, char c);
void ost_buf_printf(ost_buf *buf, const char *format, ...) OST_PRINTF(2, 3);
/* A JSON string with quotes and escapes. */
void ost_buf_json(ost_buf *buf, ost_str s);
/* Text escaped for HTML content and double-quoted attributes. */
void ost_buf_html(ost_buf *buf, ost_str s);
/* The bytes so far, NUL-terminated (not counted). ptr NULL when an append failed. */
ost_str ost_buf_str(ost_buf *buf);

#endif
