/* A small reader of CQL literals and the runner of operator tables; see test_literals.h. It is
 * apart from the real parser so that tests of operators do not depend on it. */
#include "cql/op/test_literals.h"

#include "base/file.h"

enum { MAX_ITEMS = 32 };

typedef struct reader {
    ost_test_call *t;
    ost_str text;
    size_t at;
} reader;

static ost_value read_value(reader *r);

static void skip_space(reader *r)
{
    while (r->at < r->text.len && r->text.ptr[r->at] == ' ') {
        r->at++;
    }
}

static bool take(reader *r, const char *word)
{
    ost_str w = ost_str_of(word);

    skip_space(r);
    if (!ost_str_starts(ost_str_sub(r->text, r->at, r->text.len), w)) {
        return false;
    }
    r->at += w.len;
    return true;
}

static void need(reader *r, const char *word)
{
    if (!take(r, word)) {
        fail_msg("'%s' expected at %zu of %.*s", word, r->at, OST_STR_ARG(r->text));
    }
}

static ost_str read_while(reader *r, const char *set)
{
    size_t start = r->at;

    while (r->at < r->text.len && strchr(set, r->text.ptr[r->at]) != NULL) {
        r->at++;
    }
    return ost_str_sub(r->text, start, r->at - start);
}

static ost_str read_quoted(reader *r)
{
    size_t start;

    need(r, "'");
    start = r->at;
    while (r->at < r->text.len && r->text.ptr[r->at] != '\'') {
        r->at++;
    }
    need(r, "'");
    return ost_str_sub(r->text, start, r->at - 1 - start);
}

static ost_value read_when(reader *r)
{
    ost_str s = read_while(r, "0123456789-+:.TZ");
    ost_kind kind = s.ptr[0] == 'T'                                ? OST_TIME
                    : ost_str_find(s, OST_STR("T"), 0) != SIZE_MAX ? OST_DATETIME
                                                                   : OST_DATE;
    ost_when w;

    if (!ost_when_parse(s, (int)kind, &w)) {
        fail_msg("no date: %.*s", OST_STR_ARG(s));
    }
    return ost_when_value(kind, w);
}

static ost_str read_unit(reader *r)
{
    ost_str none = {0};

    skip_space(r);
    if (r->at < r->text.len && r->text.ptr[r->at] == '\'') {
        return read_quoted(r);
    }
    size_t start = r->at;
    ost_time_unit unit = ost_time_unit_of(read_while(r, "abcdefghijklmnopqrstuvwxyz"), false);
    if (unit == OST_UNIT_NONE) {
        r->at = start;
        return none;
    }
    return ost_str_of(ost_time_unit_name(unit));
}

static ost_value read_number(reader *r)
{
    ost_str digits = read_while(r, "-0123456789.");
    ost_decimal d;

    if (!ost_decimal_parse(digits, false, false, &d)) {
        fail_msg("no number at %zu of %.*s", r->at, OST_STR_ARG(r->text));
    }
    if (r->at < r->text.len && r->text.ptr[r->at] == 'L') {
        r->at++;
        return ost_long((int64_t)ost_decimal_truncate(d));
    }
    ost_str unit = read_unit(r);
    if (unit.len == 0) {
        return d.scale > 0 ? ost_decimal_value(d) : ost_integer((int32_t)ost_decimal_truncate(d));
    }
    ost_value q = ost_quantity_value(r->t->call.arena, d, unit);
    if (take(r, ":")) {
        ost_value other = read_number(r);
        ost_ratio ratio = {*q.quantity, *other.quantity};
        q.kind = OST_RATIO;
        q.ratio = ost_arena_copy(r->t->call.arena, &ratio, sizeof ratio);
    }
    return q;
}

static ost_kind read_type(reader *r)
{
    static const ost_kind kinds[] = {OST_INTEGER, OST_LONG, OST_DECIMAL,  OST_DATETIME,
                                     OST_DATE,    OST_TIME, OST_QUANTITY, OST_STRING};

    if (take(r, "as ")) {
        for (size_t i = 0; i < OST_ARRAY_LEN(kinds); i++) {
            if (take(r, ost_kind_name(kinds[i]))) {
                return kinds[i];
            }
        }
        fail_msg("no type at %zu of %.*s", r->at, OST_STR_ARG(r->text));
    }
    return OST_NULL;
}

static ost_value read_interval(reader *r)
{
    bool low_closed = take(r, "["), high_closed;
    ost_value low, high;
    ost_kind kind;

    if (!low_closed) {
        need(r, "(");
    }
    low = read_value(r);
    kind = ost_is_null(low) ? read_type(r) : (ost_kind)low.kind;
    need(r, ",");
    high = read_value(r);
    ost_kind high_kind = ost_is_null(high) ? read_type(r) : (ost_kind)high.kind;
    kind = kind == OST_NULL ? high_kind : kind;
    high_closed = take(r, "]");
    if (!high_closed) {
        need(r, ")");
    }
    return ost_interval_value(r->t->call.arena, low, low_closed, high, high_closed, kind);
}

static ost_value read_list(reader *r)
{
    ost_value *items = ost_arena_array(r->t->call.arena, MAX_ITEMS, sizeof *items);
    size_t count = 0;

    assert_non_null(items);
    while (!take(r, "}")) {
        assert_true(count < MAX_ITEMS);
        items[count++] = read_value(r);
        (void)take(r, ",");
    }
    return ost_list(items, count);
}

/* Names in the order written, which must be their byte order. */
static ost_value read_tuple(reader *r)
{
    ost_arena *arena = r->t->call.arena;
    ost_tuple_shape *shape = ost_arena_alloc(arena, sizeof *shape);
    ost_str *names = ost_arena_array(arena, MAX_ITEMS, sizeof *names);
    ost_value *items = ost_arena_array(arena, MAX_ITEMS, sizeof *items);
    ost_value out = {.kind = OST_TUPLE};

    assert_true(shape != NULL && names != NULL && items != NULL);
    while (!take(r, "}")) {
        skip_space(r);
        names[shape->count] = read_while(r, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        need(r, ":");
        items[shape->count++] = read_value(r);
        (void)take(r, ",");
    }
    shape->names = names;
    out.tuple.shape = shape;
    out.tuple.items = items;
    return out;
}

static ost_value read_code(reader *r)
{
    ost_code code = {0};

    code.system = read_quoted(r);
    code.code = read_quoted(r);
    if (!take(r, "}")) {
        code.display = read_quoted(r);
        need(r, "}");
    }
    return ost_code_value(r->t->call.arena, code);
}

static ost_value read_concept(reader *r)
{
    ost_value list = read_list(r), out = {.kind = OST_CONCEPT};
    ost_concept *concept = ost_arena_alloc(r->t->call.arena, sizeof *concept);
    ost_code *codes = ost_arena_array(r->t->call.arena, MAX_ITEMS, sizeof *codes);

    assert_true(concept != NULL && codes != NULL);
    for (size_t i = 0; i < list.list.count; i++) {
        codes[i] = *list.list.items[i].code;
    }
    concept->codes = codes;
    concept->count = list.list.count;
    out.concept = concept;
    return out;
}

static ost_value read_about(reader *r)
{
    ost_value low, high;

    skip_space(r);
    low = read_number(r);
    need(r, "to");
    skip_space(r);
    high = read_number(r);
    return ost_uncertain(r->t->call.arena, low.integer, high.integer);
}

static ost_value read_value(reader *r)
{
    static const struct form {
        const char *start;
        ost_value (*read)(reader *r);
    } forms[] = {{"@", read_when},       {"Interval", read_interval}, {"{", read_list},
                 {"Tuple{", read_tuple}, {"Code{", read_code},        {"Concept{", read_concept},
                 {"about ", read_about}};

    for (size_t i = 0; i < OST_ARRAY_LEN(forms); i++) {
        if (take(r, forms[i].start)) {
            return forms[i].read(r);
        }
    }
    if (take(r, "null")) {
        return ost_null();
    }
    if (take(r, "true")) {
        return ost_boolean(true);
    }
    if (take(r, "false")) {
        return ost_boolean(false);
    }
    if (r->at < r->text.len && r->text.ptr[r->at] == '\'') {
        return ost_string(read_quoted(r));
    }
    return read_number(r);
}

ost_value ost_test_read(ost_test_call *t, const char *text)
{
    reader r = {t, ost_str_of(text), 0};
    ost_value v = read_value(&r);

    skip_space(&r);
    if (r.at != r.text.len) {
        fail_msg("text after a literal at %zu of %s", r.at, text);
    }
    return v;
}

void ost_test_call_init(ost_test_call *t)
{
    ost_ucum *ucum = NULL;
    ost_str csv;

    memset(t, 0, sizeof *t);
    t->call.arena = ost_arena_new(0);
    assert_non_null(t->call.arena);
    t->call.error = &t->error;
    t->call.steps_left = 100000;
    assert_true(
        ost_when_parse(OST_STR("2026-11-24T10:30:00.000+00:00"), OST_DATETIME, &t->call.now));
    assert_int_equal(ost_file_read(t->call.arena, OST_SOURCE_ROOT "/content/model/ucum.csv",
                                   1 << 20, &csv, &t->error),
                     OST_OK);
    assert_int_equal(ost_ucum_load(t->call.arena, csv, &ucum, &t->error), OST_OK);
    t->call.ucum = ucum;
}

void ost_test_call_done(ost_test_call *t)
{
    ost_arena_free(t->call.arena);
}

static ost_str print(ost_test_call *t, ost_value v)
{
    ost_buf buf = ost_buf_init(t->call.arena);

    ost_value_print(&buf, v);
    return ost_buf_str(&buf);
}

static size_t read_args(ost_test_call *t, const ost_test_row *row, ost_value *args)
{
    ost_str rest = ost_str_of(row->args), field;
    size_t count = 0;

    while (row->args[0] != '\0' && ost_str_next(&rest, ';', &field)) {
        ost_str copy = ost_str_copy(t->call.arena, ost_str_trim(field));
        assert_non_null(copy.ptr);
        args[count++] = ost_test_read(t, copy.ptr);
    }
    if (row->precision != OST_UNIT_NONE) {
        args[count++] = ost_integer((int32_t)row->precision);
    }
    return count;
}

/* The engine does not call a STRICT operator when an argument is null. */
static bool skipped_by_engine(const ost_test_row *row, const ost_value *args, size_t count)
{
    enum { SEES, STRICT };
    static const struct {
        ost_op_function op;
        int nulls;
    } modes[] = {
#define OP(name, id, nulls, section, signatures) {ost_op_##id, nulls},
#include "cql/ops.h"
    };
    bool strict = false, null = false;

    for (size_t i = 0; i < OST_ARRAY_LEN(modes); i++) {
        strict = strict || (modes[i].op == row->op && modes[i].nulls == STRICT);
    }
    for (size_t i = 0; i < count; i++) {
        null = null || ost_is_null(args[i]);
    }
    return strict && null;
}

/* When the n-th allocation fails the answer is either an error or still the right one. */
static void check_short_memory(ost_test_call *t, const ost_test_row *row, const ost_value *args,
                               size_t count, ost_str want)
{
    for (size_t nth = 1; nth <= 4; nth++) {
        t->error.code = OST_OK;
        t->call.steps_left = 1000;
        ost_arena_fail_at(t->call.arena, nth);
        ost_value got = row->op(&t->call, args, count);
        ost_arena_fail_at(t->call.arena, 0);
        if (t->error.code == OST_OK && !ost_str_equal(print(t, got), want)) {
            fail_msg("%s (%s): wrong answer when allocation %zu fails", row->name, row->args, nth);
        }
    }
}

void ost_test_rows(const ost_test_row *rows, size_t count)
{
    ost_test_call t;

    ost_test_call_init(&t);
    for (size_t i = 0; i < count; i++) {
        ost_value args[8] = {{0}};
        size_t n = read_args(&t, &rows[i], args);
        t.error.code = OST_OK;
        t.call.steps_left = 100000;
        ost_value got =
            skipped_by_engine(&rows[i], args, n) ? ost_null() : rows[i].op(&t.call, args, n);
        ost_str text = t.error.code != OST_OK ? OST_STR("error") : print(&t, got);
        ost_str want = ost_str_is(ost_str_of(rows[i].want), "error")
                           ? OST_STR("error")
                           : print(&t, ost_test_read(&t, rows[i].want));
        if (!ost_str_equal(text, want)) {
            fail_msg("%s (%s): got %.*s, want %.*s; %s", rows[i].name, rows[i].args,
                     OST_STR_ARG(text), OST_STR_ARG(want), t.error.message);
        }
        if (!skipped_by_engine(&rows[i], args, n)) {
            check_short_memory(&t, &rows[i], args, n, want);
        }
    }
    ost_test_call_done(&t);
}
