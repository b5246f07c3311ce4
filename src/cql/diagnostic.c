/* The list of diagnostics that parser and checker fill, and its printed form: place, message,
 * the source line with a caret under the column, the hint. */
#include "cql/ast.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_SHOWN = 160, CARET_BEFORE = 100 };

ost_error *ost_diagnostics_add(ost_diagnostics *diagnostics, ost_status code, ost_str source,
                               const ost_ast *at, const char *format, ...)
{
    if (diagnostics->count >= OST_DIAGNOSTICS_MAX) {
        return NULL;
    }
    ost_error *items =
        ost_arena_grow(diagnostics->arena, diagnostics->items, &diagnostics->capacity,
                       diagnostics->count + 1, sizeof *items);
    if (!items) {
        return NULL;
    }
    diagnostics->items = items;
    ost_error *error = &items[diagnostics->count++];
    char message[OST_MESSAGE_MAX * 2];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    *error = (ost_error){0};
    (void)ost_err_set(error, code, "%s", message);
    if (at) {
        ost_err_place(error, source, at->line, at->column, at->offset);
    } else {
        ost_err_place(error, source, 0, 0, 0);
    }
    return error;
}

/* The line that holds `offset`; long lines are cut around it. *before: bytes of it before
 * offset. */
static ost_str line_around(ost_str text, size_t offset, size_t *before)
{
    size_t from = offset < text.len ? offset : text.len;
    size_t to = from;
    size_t lowest = from > CARET_BEFORE ? from - CARET_BEFORE : 0;
    while (from > lowest && text.ptr[from - 1] != '\n') {
        from--;
    }
    size_t highest = from + LINE_SHOWN < text.len ? from + LINE_SHOWN : text.len;
    while (to < highest && text.ptr[to] != '\n' && text.ptr[to] != '\r') {
        to++;
    }
    while (from < to && ((unsigned char)text.ptr[from] & 0xC0) == 0x80) {
        from++;
    }
    while (to > from && to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80) {
        to--;
    }
    *before = offset > from ? (offset < to ? offset : to) - from : 0;
    return ost_str_sub(text, from, to - from);
}

/* Control characters would move the caret or the terminal. Tabs become one space. */
static void print_line(ost_buf *out, ost_str line)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];
        ost_buf_char(out, c < 0x20 || c == 0x7F ? ' ' : line.ptr[i]);
    }
}

void ost_diagnostic_print(ost_buf *out, const ost_error *error, ost_str source_text)
{
    if (error->source[0]) {
        ost_buf_printf(out, "%s:", error->source);
    }
    if (error->line > 0) {
        ost_buf_printf(out, "%u:%u:", (unsigned)error->line, (unsigned)error->column);
    }
    ost_buf_printf(out, "%s%s\n", error->source[0] || error->line > 0 ? " " : "", error->message);
    if (error->line > 0 && source_text.len > 0) {
        size_t before = 0;
        ost_str line = line_around(source_text, error->offset, &before);
        ost_buf_text(out, "    ");
        print_line(out, line);
        ost_buf_text(out, "\n    ");
        size_t columns = ost_utf8_count(ost_str_sub(line, 0, before));
        for (size_t i = 0; i < columns; i++) {
            ost_buf_char(out, ' ');
        }
        ost_buf_text(out, "^\n");
    }
    if (error->hint[0]) {
        ost_buf_printf(out, "    hint: %s\n", error->hint);
    }
}
