/* How long reading takes, as multiples of simdjson's DOM parse of the same bytes in the same
 * process: medians over the runs, in which the stages take turns so that a busy machine slows all
 * of them alike.
 *
 *   bench-json FHIR-TABLE CLINICAL-DATES FILE...
 *
 * stage 1: the structural index. stage 2: the tree without it. read: everything up to the indexed
 * record. */
#include "fhir/json.h"
#include "base/file.h"
#include "bench_json.h"
#include "fhir/json_simd.h"
#include "fhir/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 31, STAGES = 4 };

typedef struct subject {
    ost_str text; /* padded */
    const ost_model *model;
    ost_str dates;
    bench_dom *dom;
    ost_json_simd *simd;
} subject;

static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static bool run_dom(const subject *s)
{
    return bench_dom_parse(s->dom, s->text.ptr, s->text.len) >= 0;
}

static bool run_stage1(const subject *s)
{
    const uint32_t *index;
    uint32_t count;
    return ost_json_simd_index(s->simd, s->text.ptr, s->text.len, &index, &count) ==
           OST_JSON_STAGE1_OK;
}

static bool run_tree(const subject *s)
{
    ost_arena *arena = ost_arena_new(0);
    if (arena == NULL) {
        return false;
    }
    ost_tree tree = ost_tree_init(arena, s->model);
    uint32_t root;
    ost_error error;
    bool good = ost_json_parse(&tree, s->text, &root, &error) == OST_OK;
    ost_arena_free(arena);
    return good;
}

static bool run_read(const subject *s)
{
    ost_read_options options = {.source_name = OST_STR("bench"), .clinical_dates = s->dates};
    ost_record *record = NULL;
    ost_error error;
    if (ost_record_read(s->model, s->text, &options, &record, &error) != OST_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return false;
    }
    ost_record_free(record);
    return true;
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool measure(const subject *s, double median[STAGES])
{
    static bool (*const stages[STAGES])(const subject *) = {run_dom, run_stage1, run_tree,
                                                            run_read};
    double times[STAGES][RUNS];
    for (size_t run = 0; run < RUNS; run++) {
        for (size_t stage = 0; stage < STAGES; stage++) {
            double start = now_us();
            if (!stages[stage](s)) {
                return false;
            }
            times[stage][run] = now_us() - start;
        }
    }
    for (size_t stage = 0; stage < STAGES; stage++) {
        qsort(times[stage], RUNS, sizeof times[stage][0], by_value);
        median[stage] = times[stage][RUNS / 2];
    }
    return true;
}

static bool bench_file(subject *s, ost_arena *arena, const char *path)
{
    ost_str text;
    ost_error error;
    if (ost_file_read(arena, path, OST_JSON_MAX_BYTES, &text, &error) != OST_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return false;
    }
    char *padded = ost_arena_alloc(arena, text.len + OST_JSON_PADDING);
    if (padded == NULL) {
        return false;
    }
    memcpy(padded, text.ptr, text.len);
    s->text = (ost_str){padded, text.len};
    double m[STAGES];
    if (!measure(s, m)) {
        return false;
    }
    const char *name = strrchr(path, '/');
    printf("%-45s %7.0f kB  DOM %6.0f us = 1.00  stage 1 %.2f  stage 2 %.2f  tree %.2f  index %.2f"
           "  read %.2f\n",
           name == NULL ? path : name + 1, (double)text.len / 1e3, m[0], m[1] / m[0],
           (m[2] - m[1]) / m[0], m[2] / m[0], (m[3] - m[2]) / m[0], m[3] / m[0]);
    return true;
}

int main(int argc, char **argv)
{
    ost_arena *arena = ost_arena_new(0);
    subject s = {.dom = bench_dom_new(), .simd = ost_json_simd_new()};
    ost_str table;
    ost_error error = {.message = "usage: bench-json FHIR-TABLE CLINICAL-DATES FILE..."};
    bool good = argc > 3 && arena != NULL && s.dom != NULL && s.simd != NULL &&
                ost_file_read(arena, argv[1], OST_JSON_MAX_BYTES, &table, &error) == OST_OK &&
                ost_file_read(arena, argv[2], OST_JSON_MAX_BYTES, &s.dates, &error) == OST_OK &&
                ost_model_load(arena, table, &s.model, &error) == OST_OK;
    if (!good) {
        (void)fprintf(stderr, "%s\n", error.message);
    }
    for (int i = 3; good && i < argc; i++) {
        good = bench_file(&s, arena, argv[i]);
    }
    bench_dom_free(s.dom);
    ost_json_simd_free(s.simd);
    ost_arena_free(arena);
    return good ? 0 : 1;
}
