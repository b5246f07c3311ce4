/* Our units against an independent implementation: the npm package @lhncbc/ucum-lhc.
 *
 * OSTEON_UCUM_LHC names the package's folder; without it, or without node, the test is skipped and
 * says so. The package computes in binary floating point, so its results count to 11 digits. */
#include "base/test.h"

#include "value/test_table.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE_MAX_BYTES = 1000, LEAST_PAIRS = 1000 };

static FILE *run(const char *tool, const char *folder)
{
    char command[LINE_MAX_BYTES];
    int len =
        snprintf(command, sizeof(command), "'%s/tools/%s' '%s'", OST_SOURCE_ROOT, tool, folder);

    assert_true(len > 0 && (size_t)len < sizeof(command));
    assert_null(strchr(folder, '\''));
    return popen(command, "r");
}

static const char *package(void)
{
    return getenv("OSTEON_UCUM_LHC");
}

static const char *why_skipped(void)
{
    FILE *version = popen("node --version 2>/dev/null", "r");
    bool has_node = version != NULL && fgetc(version) == 'v';

    if (version != NULL) {
        (void)pclose(version);
    }
    return package() != NULL && has_node
               ? NULL
               : "needs node, and OSTEON_UCUM_LHC as the folder of @lhncbc/ucum-lhc";
}

/* |got - want| <= 2e-8 + |want| * 1e-11 */
static bool close_enough(ost_decimal got, ost_decimal want)
{
    ost_i128 a = ost_decimal_steps(got), b = ost_decimal_steps(want);
    ost_i128 difference = a < b ? b - a : a - b, size = b < 0 ? -b : b;

    return difference <= 2 + size / 100000000000;
}

/* Returns the number of conversions checked by this line: 0 or 1. */
static size_t check_line(const ost_ucum *ucum, char *line)
{
    ost_str rest = ost_str_of(line), cell[4] = {{NULL, 0}};
    ost_decimal value, want, got = {0};
    ost_error error = {0};
    size_t count = 0;

    while (count < 4 && ost_str_next(&rest, '\t', &cell[count])) {
        count++;
    }
    if (ost_str_is(cell[0], "valid")) {
        if (!ost_ucum_valid(ucum, cell[1])) {
            fail_msg("'%.*s' is a unit", OST_STR_ARG(cell[1]));
        }
        return 0;
    }
    assert_int_equal(count, 4);
    assert_true(ost_decimal_parse(cell[0], true, true, &value));
    assert_true(ost_decimal_parse(cell[3], true, true, &want));
    ost_status status = ost_ucum_convert(ucum, value, cell[1], cell[2], &got, &error);
    if (status != OST_OK || !close_enough(got, want)) {
        char text[OST_DECIMAL_TEXT_MAX];
        ost_str shown = {text, ost_decimal_format(got, text)};
        fail_msg("%.*s %.*s in %.*s: got %.*s (%s), want %.*s", OST_STR_ARG(cell[0]),
                 OST_STR_ARG(cell[1]), OST_STR_ARG(cell[2]), OST_STR_ARG(shown), error.message,
                 OST_STR_ARG(cell[3]));
    }
    return 1;
}

static void test_pairs(void **state)
{
    const char *folder = package();
    ost_arena *arena = ost_arena_new(0);
    const ost_ucum *ucum = test_load_ucum(arena);
    char line[LINE_MAX_BYTES];
    size_t pairs = 0;

    (void)state;
    assert_non_null(ucum);
    FILE *out = run("ucum_lhc_pairs", folder);
    assert_non_null(out);
    while (fgets(line, sizeof(line), out) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        pairs += check_line(ucum, line);
    }
    assert_int_equal(pclose(out), 0);
    assert_true(pairs >= LEAST_PAIRS);
    ost_arena_free(arena);
}

/* The table in the tree is what its generator makes. */
static void test_table_is_current(void **state)
{
    const char *folder = package();
    ost_arena *arena = ost_arena_new(0);
    ost_str want = test_read_file(arena, OST_SOURCE_ROOT "/content/model/ucum.csv");
    char line[LINE_MAX_BYTES];
    size_t at = 0;

    (void)state;
    assert_non_null(want.ptr);
    FILE *out = run("make_ucum", folder);
    assert_non_null(out);
    while (fgets(line, sizeof(line), out) != NULL) {
        size_t len = strlen(line);
        assert_true(want.len - at >= len && memcmp(want.ptr + at, line, len) == 0);
        at += len;
    }
    assert_int_equal(pclose(out), 0);
    assert_int_equal(at, want.len);
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_pairs),
    cmocka_unit_test(test_table_is_current),
};

OST_TEST_MAIN_UNLESS(why_skipped(), "value-ucum-lhc", tests)
