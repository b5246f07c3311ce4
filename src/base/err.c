/* Filling error values. Every text is cut so that it ends on a UTF-8 boundary. */
#include "base/err.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* The longest prefix of text[0..len) that does not end inside a code point. */
static size_t whole_prefix(const char *text, size_t len)
{
    size_t start = len;
    while (start > 0 && len - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
        start--;
    }
    if (start == 0) {
        return len;
    }
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return need > len - start + 1 ? start - 1 : len;
}

static void format_into(char *out, size_t size, const char *format, va_list args) OST_PRINTF(3, 0);

static void format_into(char *out, size_t size, const char *format, va_list args)
{
    int len = vsnprintf(out, size, format, args);
    if (len < 0) {
        out[0] = '\0';
    } else if ((size_t)len >= size) {
        size_t kept = whole_prefix(out, size - 4);
        memcpy(out + kept, "...", 4);
    }
}

ost_status ost_err_set(ost_error *error, ost_status code, const char *format, ...)
{
    if (error != NULL) {
        *error = (ost_error){.code = code};
        va_list args;
        va_start(args, format);
        format_into(error->message, sizeof error->message, format, args);
        va_end(args);
    }
    return code;
}

void ost_err_place(ost_error *error, ost_str source, uint32_t line, uint32_t column,
                   uint32_t offset)
{
    if (error != NULL) {
        size_t len = source.len;
        if (len >= sizeof error->source) {
            len = whole_prefix(source.ptr, sizeof error->source - 1);
        }
        if (len > 0) {
            memcpy(error->source, source.ptr, len);
        }
        error->source[len] = '\0';
        error->line = line;
        error->column = column;
        error->offset = offset;
    }
}

void ost_err_hint(ost_error *error, const char *format, ...)
{
    if (error != NULL) {
        va_list args;
        va_start(args, format);
        format_into(error->hint, sizeof error->hint, format, args);
        va_end(args);
    }
}

ost_status ost_err_memory(ost_error *error, const ost_arena *arena)
{
    if (arena != NULL && ost_arena_limit_hit(arena)) {
        return ost_err_set(error, OST_E_LIMIT, "this needs more memory than its limit allows");
    }
    return ost_err_set(error, OST_E_MEMORY, "memory is short");
}

void ost_err_locate(ost_str text, size_t offset, uint32_t *line, uint32_t *column)
{
    offset = offset > text.len ? text.len : offset;
    uint32_t lines = 1;
    size_t start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (text.ptr[i] == '\n') {
            lines++;
            start = i + 1;
        }
    }
    *line = lines;
    *column = (uint32_t)ost_utf8_count(ost_str_sub(text, start, offset - start)) + 1;
}

const char *ost_status_name(ost_status code)
{
    switch (code) {
    case OST_OK:
        return "ok";
    case OST_E_SYNTAX:
        return "syntax";
    case OST_E_TYPE:
        return "type";
    case OST_E_UNSUPPORTED:
        return "unsupported";
    case OST_E_DATA:
        return "data";
    case OST_E_LIMIT:
        return "limit";
    case OST_E_IO:
        return "io";
    case OST_E_MEMORY:
        return "memory";
    case OST_E_UNIT:
        return "unit";
    case OST_E_RUNTIME:
        return "runtime";
    case OST_E_NOT_FOUND:
        return "not-found";
    case OST_E_INTERNAL:
        return "internal";
    }
    return "unknown";
}
