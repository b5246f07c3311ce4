/* The text buffer. One byte of room is always kept for the NUL that ost_buf_str adds. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

ost_buf ost_buf_init(ost_arena *arena)
{
    return (ost_buf){.arena = arena};
}

/* Room for `more` bytes and a NUL; false (and failed for good) when there is none. */
static bool reserve(ost_buf *buf, size_t more)
{
    size_t want;
    if (buf->failed || !ost_size_add(buf->len, more, &want) || !ost_size_add(want, 1, &want)) {
        buf->failed = true;
        return false;
    }
    if (want <= buf->capacity) {
        return true;
    }
    size_t capacity = buf->capacity;
    char *grown = ost_arena_grow(buf->arena, buf->ptr, &capacity, want < 64 ? 64 : want, 1);
    if (grown == NULL) {
        buf->failed = true;
        return false;
    }
    buf->ptr = grown;
    buf->capacity = capacity;
    return true;
}

void ost_buf_add(ost_buf *buf, ost_str s)
{
    if (reserve(buf, s.len) && s.len > 0) {
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
        buf->len += s.len;
    }
}

void ost_buf_text(ost_buf *buf, const char *text)
{
    ost_buf_add(buf, ost_str_of(text));
}

void ost_buf_char(ost_buf *buf, char c)
{
    if (reserve(buf, 1)) {
        buf->ptr[buf->len++] = c;
    }
}

void ost_buf_printf(ost_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0) {
        buf->failed = true;
    } else if (reserve(buf, (size_t)len)) {
        (void)vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

/* The escape of one byte in a JSON string, or NULL when it stands for itself. `out` holds
 * \u00XX. */
static const char *json_escape(unsigned char c, char out[7])
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    if (c >= 0x20 && c != 0x7F) {
        return NULL;
    }
    static const char hex[] = "0123456789abcdef";
    memcpy(out, "\\u00", 4);
    out[4] = hex[c >> 4];
    out[5] = hex[c & 15];
    out[6] = '\0';
    return out;
}

void ost_buf_json(ost_buf *buf, ost_str s)
{
    ost_buf_char(buf, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        char room[7];
        const char *escape = json_escape((unsigned char)s.ptr[i], room);
        if (escape != NULL) {
            ost_buf_add(buf, ost_str_sub(s, from, i - from));
            ost_buf_text(buf, escape);
            from = i + 1;
        }
    }
    ost_buf_add(buf, ost_str_sub(s, from, s.len - from));
    ost_buf_char(buf, '"');
}

/* NUL can't stand in HTML: it becomes U+FFFD, as browsers do. */
static const char *html_escape(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\0':
        return "\xEF\xBF\xBD";
    default:
        return NULL;
    }
}

void ost_buf_html(ost_buf *buf, ost_str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *escape = html_escape(s.ptr[i]);
        if (escape != NULL) {
            ost_buf_add(buf, ost_str_sub(s, from, i - from));
            ost_buf_text(buf, escape);
            from = i + 1;
        }
    }
    ost_buf_add(buf, ost_str_sub(s, from, s.len - from));
}

ost_str ost_buf_str(ost_buf *buf)
{
    if (!reserve(buf, 0)) {
        return (ost_str){NULL, 0};
    }
    buf->ptr[buf->len] = '\0';
    return (ost_str){buf->ptr, buf->len};
}
