/* Reads the tables of content/: facts, words, coverage.
 *
 * One pass over the text. A field without quotes is a slice of the text; a quoted field is a
 * slice too unless it holds a doubled quote. RFC 4180. It does not write CSV and knows no types. */
#include "guide/csv.h"

#include <string.h>

typedef struct reader {
    ost_arena *arena;
    ost_str source, text;
    size_t at;
    uint32_t line;
    ost_str fields[OST_CSV_MAX_COLUMNS];
    size_t count;
    ost_error *error;
} reader;

static ost_status fail(reader *r, const char *what)
{
    ost_status status = ost_err_set(r->error, OST_E_SYNTAX, "%s", what);
    ost_err_place(r->error, r->source, r->line, 0, (uint32_t)r->at);
    return status;
}

/* Copies text between quotes with each doubled quote made one. */
static ost_str undouble(ost_arena *arena, ost_str raw)
{
    char *out = ost_arena_alloc(arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; out && i < raw.len; i++) {
        out[len++] = raw.ptr[i];
        if (raw.ptr[i] == '"') {
            i++;
        }
    }
    return (ost_str){out, out ? len : 0};
}

static ost_status quoted_field(reader *r, ost_str *out)
{
    size_t start = ++r->at;
    bool doubled = false;
    for (;; r->at++) {
        if (r->at >= r->text.len) {
            return fail(r, "a quote is not closed");
        }
        char c = r->text.ptr[r->at];
        if (c == '\n') {
            r->line++;
        }
        if (c == '"') {
            if (r->at + 1 < r->text.len && r->text.ptr[r->at + 1] == '"') {
                doubled = true;
                r->at++;
            } else {
                break;
            }
        }
    }
    *out = ost_str_sub(r->text, start, r->at - start);
    r->at++;
    if (r->at < r->text.len && !strchr(",\r\n", r->text.ptr[r->at])) {
        return fail(r, "text after a closing quote");
    }
    if (doubled) {
        *out = undouble(r->arena, *out);
        if (!out->ptr) {
            return ost_err_memory(r->error, r->arena);
        }
    }
    return OST_OK;
}

static ost_status plain_field(reader *r, ost_str *out)
{
    size_t start = r->at;
    while (r->at < r->text.len && !strchr(",\r\n", r->text.ptr[r->at])) {
        if (r->text.ptr[r->at] == '"') {
            return fail(r, "a quote inside a field that does not begin with one");
        }
        r->at++;
    }
    *out = ost_str_sub(r->text, start, r->at - start);
    return OST_OK;
}

static void end_line(reader *r)
{
    if (r->at < r->text.len && r->text.ptr[r->at] == '\r') {
        r->at++;
    }
    if (r->at < r->text.len && r->text.ptr[r->at] == '\n') {
        r->at++;
    }
    r->line++;
}

/* One row into r->fields; count 0 for an empty line. */
static ost_status read_row(reader *r)
{
    r->count = 0;
    for (;;) {
        if (r->count == OST_CSV_MAX_COLUMNS) {
            return fail(r, "too many columns");
        }
        bool quoted = r->at < r->text.len && r->text.ptr[r->at] == '"';
        ost_str field = {0};
        ost_status status = quoted ? quoted_field(r, &field) : plain_field(r, &field);
        if (status != OST_OK) {
            return status;
        }
        r->fields[r->count++] = field;
        if (r->at < r->text.len && r->text.ptr[r->at] == ',') {
            r->at++;
            continue;
        }
        if (r->count == 1 && field.len == 0 && !quoted) {
            r->count = 0;
        }
        end_line(r);
        return OST_OK;
    }
}

static ost_status keep_row(reader *r, uint32_t line, ost_csv *csv, ost_csv_row **rows,
                           size_t *capacity)
{
    ost_str *fields = ost_arena_copy(r->arena, r->fields, r->count * sizeof *fields);
    if (!fields) {
        return ost_err_memory(r->error, r->arena);
    }
    if (!csv->columns) {
        csv->columns = fields;
        csv->column_count = r->count;
        return OST_OK;
    }
    if (r->count != csv->column_count) {
        ost_status status =
            ost_err_set(r->error, OST_E_SYNTAX, "%zu fields where the first row has %zu", r->count,
                        csv->column_count);
        ost_err_place(r->error, r->source, line, 0, 0);
        return status;
    }
    if (csv->row_count == OST_CSV_MAX_ROWS) {
        return ost_err_set(r->error, OST_E_LIMIT, "more than %d rows", OST_CSV_MAX_ROWS);
    }
    *rows = ost_arena_grow(r->arena, *rows, capacity, csv->row_count + 1, sizeof **rows);
    if (!*rows) {
        return ost_err_memory(r->error, r->arena);
    }
    (*rows)[csv->row_count++] = (ost_csv_row){fields, line};
    return OST_OK;
}

ost_status ost_csv_read(ost_arena *arena, ost_str source, ost_str text, ost_csv *out,
                        ost_error *error)
{
    reader r = {.arena = arena, .source = source, .text = text, .line = 1, .error = error};
    ost_csv csv = {0};
    ost_csv_row *rows = NULL;
    size_t capacity = 0;
    if (ost_str_starts(text, OST_STR("\xEF\xBB\xBF"))) {
        r.at = 3;
    }
    while (r.at < text.len) {
        uint32_t line = r.line;
        ost_status status = read_row(&r);
        if (status == OST_OK && r.count > 0) {
            status = keep_row(&r, line, &csv, &rows, &capacity);
        }
        if (status != OST_OK) {
            return status;
        }
    }
    csv.rows = rows;
    *out = csv;
    return OST_OK;
}

size_t ost_csv_column(const ost_csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        if (ost_str_is(csv->columns[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

ost_text_list ost_csv_split(ost_arena *arena, ost_str text, char separator)
{
    size_t most = 1;
    for (size_t i = 0; i < text.len; i++) {
        most += text.ptr[i] == separator;
    }
    ost_str *items = ost_arena_array(arena, most, sizeof *items);
    ost_text_list list = {items, 0};
    ost_str field;
    while (items && ost_str_next(&text, separator, &field)) {
        field = ost_str_trim(field);
        if (field.len > 0) {
            items[list.count++] = field;
        }
    }
    return list;
}
