/* Tables of the content: RFC 4180, places of problems. */
#include "guide/csv.h"

#include "base/test.h"

#include <stdio.h>

static const struct row {
    const char *name, *text, *expected; /* fields as "a|b/c|d"; NULL = an error */
    const char *message;
    uint32_t line;
} rows[] = {
    {"plain", "a,b\n1,2\n", "a|b/1|2", NULL, 0},
    {"no line break at the end", "a,b\n1,2", "a|b/1|2", NULL, 0},
    {"carriage returns", "a,b\r\n1,2\r\n", "a|b/1|2", NULL, 0},
    {"empty fields", "a,b\n,\n", "a|b/|", NULL, 0},
    {"one empty quoted field is a row", "a\n\"\"\n", "a/", NULL, 0},
    {"empty lines are skipped", "\na\n\n1\n\n", "a/1", NULL, 0},
    {"comma in quotes", "a,b\n\"1,5\",2\n", "a|b/1,5|2", NULL, 0},
    {"line break in quotes", "a,b\n\"1\n5\",2\n", "a|b/1\n5|2", NULL, 0},
    {"doubled quote", "a\n\"say \"\"no\"\"\"\n", "a/say \"no\"", NULL, 0},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a\n1\n",
     "a/1", NULL, 0},
    {"empty text", "", "", NULL, 0},
    {"too few fields", "a,b\n1,2\n3\n", NULL, "1 fields where the first row has 2", 3},
    {"too many fields", "a\n1,2\n", NULL, "2 fields where the first row has 1", 2},
    {"open quote", "a\n\"1\n", NULL, "a quote is not closed", 3},
    {"text after a quote", "a\n\"1\"2\n", NULL, "text after a closing quote", 2},
    {"quote inside", "a\n1\"2\n", NULL, "a quote inside a field that does not begin with one", 2},
    {"line counts through quotes", "a,b\n\"1\n\n\",2\n3\n", NULL,
     "1 fields where the first row has 2", 5},
};

static void put_row(ost_buf *out, const ost_str *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ost_buf_text(out, i > 0 ? "|" : "");
        ost_buf_add(out, fields[i]);
    }
}

static void check_row(const struct row *row)
{
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_csv csv;
    ost_buf out = ost_buf_init(arena);
    ost_status status = ost_csv_read(arena, OST_STR("t.csv"), ost_str_of(row->text), &csv, &error);
    if (!row->expected) {
        assert_int_equal(status, OST_E_SYNTAX);
        assert_string_equal(error.message, row->message);
        assert_string_equal(error.source, "t.csv");
        assert_int_equal(error.line, row->line);
    } else {
        assert_int_equal(status, OST_OK);
        put_row(&out, csv.columns, csv.column_count);
        for (size_t i = 0; i < csv.row_count; i++) {
            ost_buf_char(&out, '/');
            put_row(&out, csv.rows[i].fields, csv.column_count);
        }
        ost_str text = out.len > 0 ? ost_buf_str(&out) : OST_STR("");
        assert_string_equal(text.ptr, row->expected);
    }
    ost_arena_free(arena);
}

static void reads_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        check_row(&rows[i]);
    }
}

static void limits_columns(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    for (size_t columns = OST_CSV_MAX_COLUMNS; columns <= OST_CSV_MAX_COLUMNS + 1; columns++) {
        ost_buf text = ost_buf_init(arena);
        ost_error error = {0};
        ost_csv csv;
        for (size_t i = 1; i < columns; i++) {
            ost_buf_char(&text, ',');
        }
        ost_buf_text(&text, "x\n");
        ost_status status = ost_csv_read(arena, OST_STR("t"), ost_buf_str(&text), &csv, &error);
        assert_int_equal(status, columns > OST_CSV_MAX_COLUMNS ? OST_E_SYNTAX : OST_OK);
    }
    ost_arena_free(arena);
}

static void finds_columns_and_splits_lists(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_error error = {0};
    ost_csv csv;
    assert_int_equal(ost_csv_read(arena, OST_STR("t"), OST_STR("id,text\n"), &csv, &error), OST_OK);
    assert_int_equal(ost_csv_column(&csv, "text"), 1);
    assert_true(ost_csv_column(&csv, "tex") == SIZE_MAX);
    ost_text_list list = ost_csv_split(arena, OST_STR(" a || b|c d |"), '|');
    assert_int_equal(list.count, 3);
    assert_true(ost_str_is(list.items[0], "a") && ost_str_is(list.items[2], "c d"));
    assert_int_equal(ost_csv_split(arena, OST_STR(""), '|').count, 0);
    ost_arena_free(arena);
}

static void memory_failures_are_errors(void **state)
{
    (void)state;
    for (size_t nth = 1; nth < 40; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_error error = {0};
        ost_csv csv;
        ost_arena_fail_at(arena, nth);
        ost_status status =
            ost_csv_read(arena, OST_STR("t"), OST_STR("a,b\n\"x\"\"y\",2\n3,4\n"), &csv, &error);
        assert_true(status == OST_OK || status == OST_E_MEMORY);
        ost_arena_free(arena);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(reads_tables),
    cmocka_unit_test(limits_columns),
    cmocka_unit_test(finds_columns_and_splits_lists),
    cmocka_unit_test(memory_failures_are_errors),
};

OST_TEST_MAIN("guide-csv", tests)
