/* Reads content/score/scores.csv. Definitions are looked up in the program, points are whole
 * numbers in rising order; a score whose column `total` is empty has no sum, and its items have
 * grades in the score's order, or nothing when it has no class either. A line with a problem is
 * reported and the content is refused as a whole. */
#include "guide/scores.h"

typedef struct table {
    ost_arena *arena;
    const ost_program *program;
    ost_csv csv;
    size_t column[14];
    ost_diagnostics *diagnostics;
} table;

enum {
    C_ID,
    C_SCOPE,
    C_LIBRARY,
    C_WHEN,
    C_TOTAL,
    C_CLASS,
    C_GROUP,
    C_AUDIENCE,
    C_ITEMS,
    C_LIMITS,
    C_SOURCE,
    C_YEAR,
    C_URL,
    C_ROWS
};

static const char *const columns[] = {"id",     "scope", "library",  "when",  "total",
                                      "class",  "group", "audience", "items", "limits",
                                      "source", "year",  "url",      "rows"};
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

/* An empty field is no definition. */
static uint32_t find_if_told(const table *t, const ost_csv_row *row, int column)
{
    ost_str name = field(t, row, column);
    return name.len > 0 ? find(t, row, name) : OST_DEFINE_NONE;
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

static bool add_points(ost_score_item_def *item, ost_str text)
{
    int32_t points = 0;
    if (!whole_number(text, &points) ||
        (item->possible_count > 0 && points <= item->possible[item->possible_count - 1].integer)) {
        return false;
    }
    item->possible[item->possible_count++] = ost_integer(points);
    return true;
}

static bool add_grade(ost_score_item_def *item, ost_str text)
{
    ost_str grade = ost_str_trim(text);
    bool good = grade.len > 0;
    for (size_t i = 0; i < item->possible_count; i++) {
        good = good && !ost_str_equal(item->possible[i].string, grade);
    }
    if (good) {
        item->possible[item->possible_count++] = ost_string(grade);
    }
    return good;
}

static void read_choices(const table *t, const ost_csv_row *row, bool sum, ost_score_item_def *item,
                         ost_str choices)
{
    ost_str one;
    while (ost_str_next(&choices, '/', &one)) {
        bool good = item->possible_count < OST_SCORE_CHOICES_MAX &&
                    (sum ? add_points(item, one) : add_grade(item, one));
        if (!good) {
            complain(t, row->line,
                     sum ? "points are whole numbers that rise" : "grades are different words",
                     one);
            return;
        }
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

/* A definition of another type would never be known. */
static void check_type(const table *t, const ost_csv_row *row, uint32_t define, const char *type)
{
    if (define != OST_DEFINE_NONE) {
        ost_define_info info = ost_program_define(t->program, define);
        if (!ost_str_is(info.type, type)) {
            complain(t, row->line, "the type of this definition does not fit the score", info.name);
        }
    }
}

/* "item-id=Define name=0/1/2/3" */
static void read_item(const table *t, const ost_csv_row *row, const ost_score_def *score,
                      ost_score_item_def *item, ost_str text)
{
    ost_str id, name;
    if (!ost_str_next(&text, '=', &id) || !ost_str_next(&text, '=', &name)) {
        complain(t, row->line, "an item is id=Define name=points or grades", text);
        return;
    }
    item->id = ost_str_trim(id);
    name = ost_str_trim(name);
    item->define = find(t, row, name);
    item->value = companion(t, row, name, " value");
    item->narrowed = companion(t, row, name, " possible");
    read_choices(t, row, score->sum, item, text);
    if (item->possible_count == 0) {
        if (score->sum || score->class_define != OST_DEFINE_NONE) {
            complain(t, row->line, "an item of a score with a class has points or grades",
                     item->id);
        }
        return;
    }
    check_type(t, row, item->define, score->sum ? "Integer" : "String");
}

static void read_items(const table *t, const ost_csv_row *row, ost_score_def *score)
{
    ost_str items = field(t, row, C_ITEMS), one;
    while (ost_str_next(&items, '|', &one)) {
        if (score->item_count == OST_SCORE_ITEMS_MAX) {
            complain(t, row->line, "too many items", one);
            return;
        }
        read_item(t, row, score, &score->items[score->item_count++], ost_str_trim(one));
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
                             .sum = field(t, row, C_TOTAL).len > 0,
                             .when = find(t, row, field(t, row, C_WHEN)),
                             .total = find_if_told(t, row, C_TOTAL),
                             .class_define = find_if_told(t, row, C_CLASS),
                             .group = find_if_told(t, row, C_GROUP)};
    if (score->sum && (field(t, row, C_CLASS).len == 0 || field(t, row, C_GROUP).len > 0)) {
        complain(t, row->line, "a sum has a class and no group", score->id);
    }
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
