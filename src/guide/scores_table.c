/* Reads content/score/scores.csv. Definitions are looked up in the program, points are whole
 * numbers in rising order; a line with a problem is reported and the content is refused as a
 * whole. */
#include "guide/scores.h"

typedef struct table {
    ost_arena *arena;
    const ost_program *program;
    ost_csv csv;
    size_t column[13];
    ost_diagnostics *diagnostics;
} table;

enum {
    C_ID,
    C_SCOPE,
    C_LIBRARY,
    C_WHEN,
    C_TOTAL,
    C_CLASS,
    C_AUDIENCE,
    C_ITEMS,
    C_LIMITS,
    C_SOURCE,
    C_YEAR,
    C_URL,
    C_ROWS
};

static const char *const columns[] = {"id",    "scope",    "library", "when",   "total",
                                      "class", "audience", "items",   "limits", "source",
                                      "year",  "url",      "rows"};
static const char file[] = "score/scores.csv";

static void complain(const table *t, uint32_t line, const char *what, ost_str value)
{
    ost_ast at = {.line = line, .column = 1};
    ost_diagnostics_add(t->diagnostics, OST_E_DATA, OST_STR(file), &at, "%s: \"%.*s\"", what,
                        OST_STR_ARG(value));
}

static ost_str field(const table *t, const ost_csv_row *row, int column)
{
    return ost_str_trim(row->fields[t->column[column]]);
}

static uint32_t find(const table *t, const ost_csv_row *row, ost_str name)
{
    uint32_t define = ost_program_find(t->program, field(t, row, C_LIBRARY), name);
    if (define == OST_DEFINE_NONE) {
        complain(t, row->line, "there is no definition", name);
    }
    return define;
}

static bool whole_number(ost_str text, int32_t *out)
{
    ost_decimal d;
    if (!ost_decimal_parse(ost_str_trim(text), false, false, &d) || d.scale != 0) {
        return false;
    }
    *out = (int32_t)ost_decimal_truncate(d);
    return true;
}

static void read_points(const table *t, const ost_csv_row *row, ost_score_item_def *item,
                        ost_str points)
{
    ost_str one;
    while (ost_str_next(&points, '/', &one)) {
        int32_t value = 0;
        bool good = item->possible_count < OST_SCORE_POINTS_MAX && whole_number(one, &value) &&
                    (item->possible_count == 0 || value > item->possible[item->possible_count - 1]);
        if (!good) {
            complain(t, row->line, "points are whole numbers that rise", one);
            return;
        }
        item->possible[item->possible_count++] = value;
    }
}

/* "<name> value" and the like; OST_DEFINE_NONE when the library has none. */
static uint32_t companion(const table *t, const ost_csv_row *row, ost_str name, const char *suffix)
{
    ost_buf buf = ost_buf_init(t->arena);
    ost_buf_add(&buf, name);
    ost_buf_text(&buf, suffix);
    return ost_program_find(t->program, field(t, row, C_LIBRARY), ost_buf_str(&buf));
}

/* "item-id=Define name=0/1/2/3" */
static void read_item(const table *t, const ost_csv_row *row, ost_score_item_def *item,
                      ost_str text)
{
    ost_str id, name;
    if (!ost_str_next(&text, '=', &id) || !ost_str_next(&text, '=', &name)) {
        complain(t, row->line, "an item is id=Define name=points", text);
        return;
    }
    item->id = ost_str_trim(id);
    name = ost_str_trim(name);
    item->points = find(t, row, name);
    item->value = companion(t, row, name, " value");
    item->narrowed = companion(t, row, name, " possible");
    read_points(t, row, item, text);
}

static void read_items(const table *t, const ost_csv_row *row, ost_score_def *score)
{
    ost_str items = field(t, row, C_ITEMS), one;
    while (ost_str_next(&items, '|', &one)) {
        if (score->item_count == OST_SCORE_ITEMS_MAX) {
            complain(t, row->line, "too many items", one);
            return;
        }
        read_item(t, row, &score->items[score->item_count++], ost_str_trim(one));
    }
}

static void read_row(const table *t, const ost_csv_row *row, ost_score_def *score)
{
    int32_t year = 0;
    ost_str scope = field(t, row, C_SCOPE), audience = field(t, row, C_AUDIENCE);
    *score = (ost_score_def){.id = field(t, row, C_ID),
                             .limits = field(t, row, C_LIMITS),
                             .rows = field(t, row, C_ROWS),
                             .per_lesion = ost_str_is(scope, "lesion"),
                             .clinician_only = ost_str_is(audience, "clinician"),
                             .when = find(t, row, field(t, row, C_WHEN)),
                             .total = find(t, row, field(t, row, C_TOTAL)),
                             .class_define = find(t, row, field(t, row, C_CLASS))};
    if (!score->per_lesion && !ost_str_is(scope, "patient")) {
        complain(t, row->line, "scope is lesion or patient", scope);
    }
    if (!score->clinician_only && !ost_str_is(audience, "all")) {
        complain(t, row->line, "audience is all or clinician", audience);
    }
    if (field(t, row, C_SOURCE).len == 0 ||
        (field(t, row, C_YEAR).len > 0 && !whole_number(field(t, row, C_YEAR), &year))) {
        complain(t, row->line, "a score has a source, its year is a number or not told",
                 field(t, row, C_SOURCE));
    }
    score->source = (ost_source){
        .label = field(t, row, C_SOURCE), .url = field(t, row, C_URL), .year = (int)year};
    read_items(t, row, score);
}

ost_status ost_scores_read(ost_arena *arena, const ost_program *program, ost_str csv,
                           const ost_score_def **out, size_t *count, ost_diagnostics *diagnostics)
{
    ost_error error = {0};
    table t = {.arena = arena, .program = program, .diagnostics = diagnostics};
    size_t before = diagnostics->count;
    *count = 0;
    if (csv.len == 0) {
        return OST_OK;
    }
    if (ost_csv_read(arena, OST_STR(file), csv, &t.csv, &error) != OST_OK) {
        complain(&t, error.line, error.message, (ost_str){0});
        return error.code;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(columns); i++) {
        t.column[i] = ost_csv_column(&t.csv, columns[i]);
        if (t.column[i] == SIZE_MAX) {
            complain(&t, 1, "the table has no column", ost_str_of(columns[i]));
            return OST_E_DATA;
        }
    }
    ost_score_def *scores = ost_arena_array(arena, t.csv.row_count, sizeof *scores);
    if (!scores) {
        return OST_E_MEMORY;
    }
    for (size_t i = 0; i < t.csv.row_count; i++) {
        read_row(&t, &t.csv.rows[i], &scores[i]);
    }
    *out = scores;
    *count = t.csv.row_count;
    return diagnostics->count > before ? OST_E_DATA : OST_OK;
}
