/* cql-conformance: runs the conformance tests of CQL and counts.
 *
 *   cql-conformance [-v] [DIR]
 *
 * DIR: the folder of XML files; default standards/cql-tests of the test data. -v: every failure.
 *
 * Prints a line a file and, last, `cql-tests: N passed, N failed, N skipped`. Skipped are the
 * tests of known-failures.txt; the run fails when one of them passes or does not exist.
 * conversions.txt names tests whose expected text has the right type only after an implicit
 * conversion. Exit 0 good, 1 failures, 2 usage, 3 unreadable input, 77 when the test data is
 * absent. */
#include "compare.h"
#include "suite.h"

#include "base/file.h"
#include "cql/engine.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_ABSENT = 77 };
#define FILE_MAX_BYTES ((size_t)64 << 20)
#define LISTS          OST_SOURCE_ROOT "/tests/conformance/"
#define NOW            OST_STR("2026-05-01T12:00:00.000+00:00")

typedef struct known {
    ost_str key, reason; /* "File/Test" */
    bool seen;
} known;

typedef struct known_list {
    known *items;
    size_t count, capacity;
} known_list;

typedef struct run {
    ost_arena *arena; /* program, tests, lists of known tests */
    ost_program *program;
    ost_eval_options options;
    known_list failures, conversions;
    size_t passed, failed, skipped, stale;
    bool verbose;
} run;

static bool load(ost_arena *arena, const char *path, ost_str *out)
{
    ost_error error = {.code = OST_OK};
    if (ost_file_read(arena, path, FILE_MAX_BYTES, out, &error) != OST_OK) {
        (void)fprintf(stderr, "cql-conformance: %s: %s\n", path, error.message);
        return false;
    }
    return true;
}

/* "File/Test  reason" lines; # starts a comment. */
static bool load_known(ost_arena *arena, const char *path, known_list *out)
{
    ost_str text, line;
    if (!load(arena, path, &text)) {
        return false;
    }
    while (ost_str_next(&text, '\n', &line)) {
        line = ost_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        size_t gap = ost_str_find(line, OST_STR(" "), 0);
        gap = gap == SIZE_MAX ? line.len : gap;
        known *grown =
            ost_arena_grow(arena, out->items, &out->capacity, out->count + 1, sizeof *grown);
        ost_str reason = ost_str_trim(ost_str_sub(line, gap, line.len));
        if (!grown || reason.len == 0) {
            (void)fprintf(stderr, "cql-conformance: %s: no reason given: %.*s\n", path,
                          OST_STR_ARG(line));
            return false;
        }
        out->items = grown;
        grown[out->count++] = (known){.key = ost_str_sub(line, 0, gap), .reason = reason};
    }
    return true;
}

static known *find_known(const known_list *list, const suite_test *test)
{
    for (size_t i = 0; i < list->count; i++) {
        ost_str key = list->items[i].key;
        size_t slash = test->file.len;
        if (key.len == slash + 1 + test->name.len && key.ptr[slash] == '/' &&
            ost_str_starts(key, test->file) && ost_str_ends(key, test->name)) {
            return &list->items[i];
        }
    }
    return NULL;
}

/* What happened to a test; `got` is for the reader. */
typedef struct outcome {
    bool passed;
    ost_buf got;
} outcome;

static void describe_errors(ost_buf *out, const ost_diagnostics *diagnostics, ost_status status)
{
    ost_buf_printf(out, "%s: %s", ost_status_name(status),
                   diagnostics->count ? diagnostics->items[0].message : "no diagnostic");
}

static bool parses(ost_arena *arena, ost_str text)
{
    ost_diagnostics diagnostics = {.arena = arena};
    return ost_cql_parse_expression(arena, OST_STR("test"), text, &diagnostics) != NULL;
}

/* An invalid test passes when the error comes at the stage that its mark asks for. */
static bool invalid_passed(ost_arena *arena, const suite_test *test, ost_status status)
{
    bool parsed = parses(arena, test->expression);
    if (ost_str_is(test->invalid, "syntax")) {
        return !parsed && status != OST_OK;
    }
    if (ost_str_is(test->invalid, "semantic")) {
        return parsed && status != OST_OK && status != OST_E_RUNTIME;
    }
    return status != OST_OK;
}

static bool expected_value(ost_arena *arena, const suite_test *test,
                           const ost_eval_options *options, ost_value value, bool converts)
{
    ost_diagnostics diagnostics = {.arena = arena};
    if (!test->output.ptr) {
        return true; /* the suite asks only that it can be evaluated */
    }
    const ost_ast *expected =
        ost_cql_parse_expression(arena, OST_STR("output"), test->output, &diagnostics);
    return expected && compare_value(arena, expected, value, options->offset_min, converts);
}

static outcome run_test(const run *r, ost_arena *arena, const suite_test *test)
{
    outcome result = {.got = ost_buf_init(arena)};
    ost_diagnostics diagnostics = {.arena = arena};
    ost_value value = ost_null();
    ost_str type = {NULL, 0};
    ost_status status = ost_eval_expression(r->program, NULL, &r->options, arena, OST_STR("test"),
                                            test->expression, &value, &type, &diagnostics);
    bool invalid = test->invalid.len > 0 && !ost_str_is(test->invalid, "false");
    if (status != OST_OK) {
        describe_errors(&result.got, &diagnostics, status);
    } else {
        ost_value_print(&result.got, value);
        ost_buf_printf(&result.got, " (%.*s)", OST_STR_ARG(type));
    }
    if (invalid) {
        result.passed = invalid_passed(arena, test, status);
    } else {
        known *converts = find_known(&r->conversions, test);
        result.passed = status == OST_OK && expected_value(arena, test, &r->options, value, false);
        if (converts && !result.passed) {
            converts->seen = true;
            result.passed =
                status == OST_OK && expected_value(arena, test, &r->options, value, true);
        }
    }
    return result;
}

static void print_failure(const suite_test *test, outcome *result)
{
    bool invalid = test->invalid.len > 0 && !ost_str_is(test->invalid, "false");
    ost_str expression = ost_str_trim(test->expression), output = ost_str_trim(test->output);
    ost_str got = ost_buf_str(&result->got);
    (void)printf("  %.*s/%.*s\n    expression: %.*s\n", OST_STR_ARG(test->file),
                 OST_STR_ARG(test->name), OST_STR_ARG(expression));
    if (invalid) {
        (void)printf("    expected:   an error (%.*s)\n", OST_STR_ARG(test->invalid));
    } else {
        (void)printf("    expected:   %.*s\n", OST_STR_ARG(output));
    }
    (void)printf("    got:        %.*s\n", OST_STR_ARG(got));
}

/* Runs the tests from..to of one file and prints its line. */
static bool run_file(run *r, const suite *tests, size_t from, size_t to)
{
    size_t passed = 0, failed = 0, skipped = 0;
    for (size_t i = from; i < to; i++) {
        const suite_test *test = &tests->tests[i];
        ost_arena *arena = ost_arena_new((size_t)256 << 20);
        if (!arena) {
            return false;
        }
        outcome result = run_test(r, arena, test);
        known *listed = find_known(&r->failures, test);
        if (listed) {
            listed->seen = true;
            skipped++;
            if (result.passed) {
                r->stale++;
                (void)printf("  %.*s/%.*s passes but is listed as a known failure\n",
                             OST_STR_ARG(test->file), OST_STR_ARG(test->name));
            }
        } else if (result.passed) {
            passed++;
        } else {
            failed++;
            if (r->verbose) {
                print_failure(test, &result);
            }
        }
        ost_arena_free(arena);
    }
    (void)printf("%.*s: %zu passed, %zu failed, %zu skipped\n",
                 OST_STR_ARG(tests->tests[from].file), passed, failed, skipped);
    r->passed += passed;
    r->failed += failed;
    r->skipped += skipped;
    return true;
}

static bool open_program(run *r)
{
    ost_error error = {.code = OST_OK};
    ost_diagnostics diagnostics = {.arena = r->arena};
    const ost_model *model = NULL;
    ost_ucum *ucum = NULL;
    ost_str units, types;
    if (!load(r->arena, OST_SOURCE_ROOT "/content/model/ucum.csv", &units) ||
        !load(r->arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv", &types)) {
        return false;
    }
    if (ost_ucum_load(r->arena, units, &ucum, &error) != OST_OK ||
        ost_model_load(r->arena, types, &model, &error) != OST_OK) {
        (void)fprintf(stderr, "cql-conformance: %s\n", error.message);
        return false;
    }
    r->program = ost_program_new(r->arena, model, ucum, NULL);
    r->options = (ost_eval_options){.size = sizeof r->options};
    return r->program && ost_program_done(r->program, &diagnostics) == OST_OK &&
           ost_when_parse(NOW, OST_DATETIME, &r->options.now);
}

/* Every .xml file of the folder, in byte order. */
static int run_folder(run *r, const char *folder)
{
    const ost_str *names = NULL;
    size_t count = 0;
    ost_error error = {.code = OST_OK};
    suite tests = {.tests = NULL};
    if (ost_file_list(r->arena, folder, &names, &count, &error) != OST_OK) {
        (void)fprintf(stderr, "cql-conformance: %s: %s\n", folder, error.message);
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < count; i++) {
        size_t from = tests.count;
        ost_str xml, path = ost_file_join(r->arena, ost_str_of(folder), names[i]);
        if (!ost_str_ends(names[i], OST_STR(".xml"))) {
            continue;
        }
        if (!path.ptr || !load(r->arena, path.ptr, &xml)) {
            return EXIT_INPUT;
        }
        ost_str file = ost_str_sub(names[i], 0, names[i].len - 4);
        if (suite_read(r->arena, file, xml, &tests, &error) != OST_OK) {
            (void)fprintf(stderr, "cql-conformance: %s:%u: %s\n", path.ptr, (unsigned)error.line,
                          error.message);
            return EXIT_INPUT;
        }
        if (tests.count > from && !run_file(r, &tests, from, tests.count)) {
            return EXIT_INPUT;
        }
    }
    return tests.count > 0 ? 0 : EXIT_INPUT;
}

static void report_unseen(run *r, const known_list *list, const char *what)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!list->items[i].seen) {
            r->stale++;
            (void)printf("  %.*s is listed as %s\n", OST_STR_ARG(list->items[i].key), what);
        }
    }
}

static int finish(run *r)
{
    report_unseen(r, &r->failures, "a known failure but there is no such test");
    report_unseen(r, &r->conversions, "converted but there is no such test, or it needs none");
    (void)printf("cql-tests: %zu passed, %zu failed, %zu skipped\n", r->passed, r->failed,
                 r->skipped);
    return r->failed > 0 || r->stale > 0 ? EXIT_FAILED : 0;
}

/* The folder named on the command line, else that of the test data; NULL when memory is short. */
static const char *find_folder(ost_arena *arena, const char *named)
{
    const char *data = getenv("OSTEON_TEST_DATA");
    if (named) {
        return named;
    }
    ost_buf path = ost_buf_init(arena);
    ost_buf_text(&path, data && data[0] ? data : OST_SOURCE_ROOT "/../shared");
    ost_buf_text(&path, "/standards/cql-tests");
    return ost_buf_str(&path).ptr;
}

int main(int argc, char **argv)
{
    run r = {.arena = ost_arena_new(0)};
    const char *named = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            r.verbose = true;
        } else if (argv[i][0] == '-' || named) {
            (void)fprintf(stderr, "usage: cql-conformance [-v] [DIR]\n");
            ost_arena_free(r.arena);
            return EXIT_USAGE;
        } else {
            named = argv[i];
        }
    }
    const char *folder = r.arena ? find_folder(r.arena, named) : NULL;
    int result = EXIT_INPUT;
    if (folder && !ost_file_is_folder(folder)) {
        (void)printf("cql-tests: skipped, no folder %s\n", folder);
        result = named ? EXIT_INPUT : EXIT_ABSENT;
    } else if (folder && open_program(&r) &&
               load_known(r.arena, LISTS "known-failures.txt", &r.failures) &&
               load_known(r.arena, LISTS "conversions.txt", &r.conversions)) {
        result = run_folder(&r, folder);
        result = result == 0 ? finish(&r) : result;
    }
    ost_arena_free(r.arena);
    return result;
}
