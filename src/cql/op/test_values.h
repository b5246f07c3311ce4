/* Tests of operators: values from short texts, a call to run them in, and a comparison of what
 * is printed.
 *
 * "5" Integer, "5L" Long, "5.0" Decimal, "'a'" String, "true", "null", "5.0 mg" Quantity,
 * "@2014-01" Date, "@2014T" DateTime, "@T10:30" Time, "~16..44" an uncertain Integer, "[1..5]"
 * a closed Interval, "{1; 2; null}" a list. */
#ifndef OST_CQL_OP_TEST_VALUES_H
#define OST_CQL_OP_TEST_VALUES_H

#include "base/test.h"

#include "cql/op/op.h"
#include "value/test_table.h"

struct bench {
    ost_arena *arena;
    ost_call call;
    ost_error error;
};

/* Loaded once; the arena lives as long as the process. */
static inline const ost_ucum *bench_ucum(void)
{
    static ost_arena *arena;
    static const ost_ucum *ucum;

    if (arena == NULL) {
        arena = ost_arena_new(0);
        ucum = test_load_ucum(arena);
    }
    return ucum;
}

static inline void bench_open(struct bench *b)
{
    *b = (struct bench){.arena = ost_arena_new(0)};
    b->call.arena = b->arena;
    b->call.ucum = bench_ucum();
    b->call.error = &b->error;
    b->call.steps_left = 100000;
    assert_non_null(b->call.ucum);
}

static inline void bench_close(struct bench *b)
{
    ost_arena_free(b->arena);
}

static inline ost_value test_number(ost_str s)
{
    ost_decimal d;
    bool is_long = s.len > 1 && s.ptr[s.len - 1] == 'L';

    if (is_long) {
        s.len--;
    }
    if (!ost_decimal_parse(s, false, false, &d)) {
        fail_msg("not a test value: %.*s", OST_STR_ARG(s));
    }
    if (ost_str_find(s, OST_STR("."), 0) != SIZE_MAX) {
        return ost_decimal_value(d);
    }
    return is_long ? ost_long((int64_t)ost_decimal_truncate(d))
                   : ost_integer((int32_t)ost_decimal_truncate(d));
}

static inline ost_value test_when(ost_str s)
{
    ost_kind kind = s.ptr[0] == 'T' ? OST_TIME : OST_DATE;
    ost_when w;

    if (kind == OST_DATE && ost_str_find(s, OST_STR("T"), 0) != SIZE_MAX) {
        kind = OST_DATETIME;
    }
    if (!ost_when_parse(s, (int)kind, &w)) {
        fail_msg("not a test value: %.*s", OST_STR_ARG(s));
    }
    return ost_when_value(kind, w);
}

static inline ost_value test_value(ost_arena *arena, ost_str s);

static inline ost_value test_list(ost_arena *arena, ost_str s)
{
    ost_value *items = ost_arena_array(arena, s.len + 1, sizeof(*items));
    size_t count = 0;
    ost_str item;

    s = ost_str_sub(s, 1, s.len - 2);
    while (s.len != 0 && ost_str_next(&s, ';', &item)) {
        items[count++] = test_value(arena, ost_str_trim(item));
    }
    return ost_list(items, count);
}

static inline ost_value test_value(ost_arena *arena, ost_str s)
{
    size_t space = ost_str_find(s, OST_STR(" "), 0), dots = ost_str_find(s, OST_STR(".."), 0);

    if (ost_str_is(s, "null")) {
        return ost_null();
    }
    if (ost_str_is(s, "true") || ost_str_is(s, "false")) {
        return ost_boolean(ost_str_is(s, "true"));
    }
    if (s.ptr[0] == '\'') {
        return ost_string(ost_str_sub(s, 1, s.len - 2));
    }
    if (s.ptr[0] == '{') {
        return test_list(arena, s);
    }
    if (s.ptr[0] == '@') {
        return test_when(ost_str_sub(s, 1, s.len - 1));
    }
    if (s.ptr[0] == '[') {
        ost_value low = test_value(arena, ost_str_sub(s, 1, dots - 1));
        ost_value high = test_value(arena, ost_str_sub(s, dots + 2, s.len - dots - 3));
        return ost_interval_value(arena, low, true, high, true, OST_INTEGER);
    }
    if (s.ptr[0] == '~') {
        return ost_uncertain(arena, test_number(ost_str_sub(s, 1, dots - 1)).integer,
                             test_number(ost_str_sub(s, dots + 2, s.len - dots - 2)).integer);
    }
    if (space != SIZE_MAX) {
        ost_decimal d = {0};
        assert_true(ost_decimal_parse(ost_str_sub(s, 0, space), false, false, &d));
        return ost_quantity_value(arena, d, ost_str_sub(s, space + 1, s.len - space - 1));
    }
    return test_number(s);
}

/* One call: arguments (NULL = not given) and the literal of the result, or an error code. */
struct op_row {
    const char *name;
    ost_op_function function;
    const char *args[3];
    const char *want;
    ost_status status;
};

/* The n-th allocation from the call on fails: the result is the same, or null with an error. */
static inline void run_short_of_memory(const struct op_row *row, size_t nth)
{
    struct bench b;
    ost_value args[3] = {{0}};
    size_t given = 0;

    bench_open(&b);
    for (; given < 3 && row->args[given] != NULL; given++) {
        args[given] = test_value(b.arena, ost_str_of(row->args[given]));
    }
    ost_arena_fail_at(b.arena, nth);
    ost_value got = row->function(&b.call, args, given);
    ost_arena_fail_at(b.arena, 0);
    if (ost_is_null(got) && b.error.code == OST_OK) {
        fail_msg("%s: allocation %zu fails unseen", row->name, nth);
    }
    bench_close(&b);
}

static inline void run_op_rows(const struct op_row *rows, size_t count)
{
    enum { ALLOCATIONS = 4 };

    for (size_t i = 0; i < count; i++) {
        struct bench b;
        ost_value args[3] = {{0}};
        size_t given = 0;

        bench_open(&b);
        while (given < 3 && rows[i].args[given] != NULL) {
            args[given] = test_value(b.arena, ost_str_of(rows[i].args[given]));
            given++;
        }
        ost_value got = rows[i].function(&b.call, args, given);
        ost_buf out = ost_buf_init(b.arena);
        ost_value_print(&out, got);
        ost_str text = ost_buf_str(&out);
        if (!ost_str_is(text, rows[i].want) || b.error.code != rows[i].status) {
            fail_msg("%s: got %.*s, want %s; %s", rows[i].name, OST_STR_ARG(text), rows[i].want,
                     b.error.message);
        }
        bench_close(&b);
        for (size_t nth = 1; strcmp(rows[i].want, "null") != 0 && nth <= ALLOCATIONS; nth++) {
            run_short_of_memory(&rows[i], nth);
        }
    }
}

#endif
