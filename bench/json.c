/* How long reading takes, as multiples of simdjson's DOM parse of the same bytes in the same
 * process: medians over the runs of processor time, in which the stages take turns so that a busy
 * machine slows all of them alike.
 *
 *   bench-json FHIR-TABLE CLINICAL-DATES FILE...
 *
 * check compares what was read with the FHIR model, which makes messages and no index; hash is
 * SHA-256 of the input. Goal: in memory and indexed in at most twice the time of the DOM parse. */
#include "fhir/json.h"
#include "base/file.h"
#include "base/sha256.h"
#include "bench_json.h"
#include "fhir/json_simd.h"
#include "fhir/record_detail.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 31 };

enum { DOM, STAGE_1, TREE, HASH, READ, STAGES };

/* Of one reading, in this order. form: is it one document; parse: the tree, the resources in it, their dates and codes;
 * build: the index by type, node, URL and code. */
enum { FORM, PARSE, SORT, SELECT, CHECK, INDEX, MESSAGES, FREE, STEPS };

typedef struct subject {
    ost_str text; /* padded */
    const ost_model *model;
    ost_str dates;
    bench_dom *dom;
    ost_json_simd *simd;
} subject;

/* Of this process: what others do on the machine in the meantime does not count. */
static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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
    bool good = ost_json_parse_kept(&tree, s->text, &root, &error) == OST_OK;
    ost_arena_free(arena);
    return good;
}

static bool run_hash(const subject *s)
{
    char hex[65];
    ost_sha256 hash = ost_sha256_init();
    ost_sha256_add(&hash, s->text);
    ost_sha256_hex(&hash, hex);
    return hex[0] != '\0';
}

static bool run_read(const subject *s)
{
    ost_read_options options = {
        .source_name = OST_STR("bench"), .clinical_dates = s->dates, .text_is_kept = true};
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

static double median_of(double times[RUNS])
{
    qsort(times, RUNS, sizeof times[0], by_value);
    return times[RUNS / 2];
}

typedef struct reading {
    const subject *subject;
    ost_record *record;
    ost_reading in;
    ost_error error;
} reading;

static bool step_form(reading *r)
{
    ost_reading_add_text(&r->in, r->subject->text, (ost_str){NULL, 0});
    r->in.kept = true;
    return !r->in.failed;
}

static bool step_parse(reading *r)
{
    return ost_reading_want_dates(&r->in, &r->error) == OST_OK &&
           ost_reading_want_codes(&r->in, &r->error) == OST_OK &&
           ost_reading_parse(&r->in, &r->error) == OST_OK;
}

static bool step_sort(reading *r)
{
    ost_reading_sort(&r->in);
    return !r->in.failed && ost_reading_choose_patient(&r->in, &r->error) == OST_OK;
}

static bool step_select(reading *r)
{
    ost_reading_select(&r->in);
    return !r->in.failed;
}

static bool step_check(reading *r)
{
    ost_reading_check(&r->in);
    return !r->in.failed;
}

static bool step_index(reading *r)
{
    return ost_reading_copy_resources(&r->in, r->record) &&
           ost_record_build_index(r->record, &r->in);
}

static bool step_messages(reading *r)
{
    return ost_reading_messages(&r->in) != NULL;
}

static bool step_free(reading *r)
{
    ost_record_free(r->record);
    return true;
}

/* The steps of ost_record_read one by one. A failure leaves the record to the end of the
 * process. */
static bool run_steps(const subject *s, double us[STEPS])
{
    static bool (*const steps[STEPS])(reading *) = {step_form,     step_parse, step_sort,
                                                    step_select,   step_check, step_index,
                                                    step_messages, step_free};
    ost_read_options options = {
        .source_name = OST_STR("bench"), .clinical_dates = s->dates, .text_is_kept = true};
    reading r = {.subject = s};
    if (ost_record_new(s->model, &options, &r.record, &r.in, &r.error) != OST_OK) {
        return false;
    }
    for (size_t i = 0; i < STEPS; i++) {
        double start = now_us();
        if (!steps[i](&r)) {
            return false;
        }
        us[i] = now_us() - start;
    }
    return true;
}

static bool measure(const subject *s, double median[STAGES], double step_median[STEPS])
{
    static bool (*const stages[STAGES])(const subject *) = {run_dom, run_stage1, run_tree, run_hash,
                                                            run_read};
    double times[STAGES][RUNS], step_times[STEPS][RUNS];
    for (size_t run = 0; run < RUNS; run++) {
        for (size_t stage = 0; stage < STAGES; stage++) {
            double start = now_us();
            if (!stages[stage](s)) {
                return false;
            }
            times[stage][run] = now_us() - start;
        }
        double us[STEPS];
        if (!run_steps(s, us)) {
            return false;
        }
        for (size_t step = 0; step < STEPS; step++) {
            step_times[step][run] = us[step];
        }
    }
    for (size_t stage = 0; stage < STAGES; stage++) {
        median[stage] = median_of(times[stage]);
    }
    for (size_t step = 0; step < STEPS; step++) {
        step_median[step] = median_of(step_times[step]);
    }
    return true;
}

static void print_medians(const char *name, size_t bytes, const double m[STAGES],
                          const double steps[STEPS])
{
    static const char *const names[STEPS] = {"form",  "parse", "sort",     "select",
                                             "check", "build", "messages", "free"};
    double sum = 0;
    for (size_t i = 0; i <= MESSAGES; i++) {
        sum += i == CHECK ? 0 : steps[i];
    }
    printf("%s: %.0f kB, DOM %.0f us = 1.00\n", name, (double)bytes / 1e3, m[DOM]);
    printf("  in memory and indexed %.2f  =", sum / m[DOM]);
    for (size_t i = 0; i <= MESSAGES; i++) {
        if (i != CHECK) {
            printf(" %s %.2f", names[i], steps[i] / m[DOM]);
        }
    }
    printf("\n  beside it: check %.2f, free %.2f, hash %.2f; all of it in one: %.2f\n",
           steps[CHECK] / m[DOM], steps[FREE] / m[DOM], m[HASH] / m[DOM], m[READ] / m[DOM]);
    printf("  the tree alone %.2f = stage 1 %.2f, stage 2 %.2f\n", m[TREE] / m[DOM],
           m[STAGE_1] / m[DOM], (m[TREE] - m[STAGE_1]) / m[DOM]);
}

static bool bench_file(subject *s, ost_arena *arena, const char *path)
{
    ost_str text;
    ost_error error;
    if (ost_file_read(arena, path, OST_JSON_MAX_BYTES, &text, &error) != OST_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return false;
    }
    s->text = text; /* with padding, as both readers want it */
    double m[STAGES], steps[STEPS];
    if (!measure(s, m, steps)) {
        return false;
    }
    const char *name = strrchr(path, '/');
    print_medians(name == NULL ? path : name + 1, text.len, m, steps);
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
