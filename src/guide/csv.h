/* CSV as in RFC 4180: fields by comma, quotes around fields that hold commas, quotes or line
 * breaks, a doubled quote inside quotes. Lines end in LF or CRLF. The first row names the
 * columns. */
#ifndef OST_GUIDE_CSV_H
#define OST_GUIDE_CSV_H

#include "base/err.h"
#include "guide/assessment.h"

enum { OST_CSV_MAX_COLUMNS = 64, OST_CSV_MAX_ROWS = 1000000 };

typedef struct ost_csv_row {
    const ost_str *fields; /* as many as there are columns */
    uint32_t line;         /* 1-based line of the row's first character */
} ost_csv_row;

typedef struct ost_csv {
    const ost_str *columns;
    size_t column_count;
    const ost_csv_row *rows; /* without the row of names */
    size_t row_count;
} ost_csv;

/* source: name of the file for messages. A row with another number of fields than the first,
 * text after a closing quote and an open quote are OST_E_SYNTAX with the line. Lines that are
 * empty are skipped. Fields are borrowed from `text` where nothing was unquoted, else from the
 * arena. */
OST_MUST_CHECK ost_status ost_csv_read(ost_arena *arena, ost_str source, ost_str text, ost_csv *out,
                                       ost_error *error);
/* Column by name, SIZE_MAX when there is none. */
size_t ost_csv_column(const ost_csv *csv, const char *name);
/* The fields of a list between `separator`s, trimmed, without empty ones. */
ost_text_list ost_csv_split(ost_arena *arena, ost_str text, char separator);

#endif
