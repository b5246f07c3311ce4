/* Properties that every case must have (design.md section 8).
 *
 * Unknown is never no: each fact in turn is made unknown; the status of an option may stay or
 * become "cannot tell yet". Options of kind `test` are excepted, since they exist because a fact
 * is unknown. Same input, same bytes: twice, and with the resources in another order. */
#include "cases.h"

#include <stdlib.h>

/* Status of every option; absent options have listed = false. */
typedef struct snapshot {
    ost_status_word status;
    bool listed;
} snapshot;

enum { OPTIONS_MAX = 1024 };

static snapshot look(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    bool listed = !option->flag && ost_run_tri(run, plan->entry) != OST_TRI_NO;
    return (snapshot){option->flag ? OST_DOES_NOT_APPLY : ost_run_verdict(run, plan, option).status,
                      listed};
}

static void take(ost_run *run, snapshot *out)
{
    const ost_content *content = run->content;
    size_t count = 0;
    for (size_t p = 0; p < content->plan_count; p++) {
        for (size_t i = 0; i < content->plans[p].count && count < OPTIONS_MAX; i++) {
            out[count++] = look(run, &content->plans[p], &content->plans[p].options[i]);
        }
    }
}

/* A listed option may stay or become cannot-tell; one that was not listed must not begin to
 * apply. */
static bool allowed(snapshot before, snapshot now)
{
    if (!before.listed) {
        return !now.listed || now.status != OST_APPLIES;
    }
    return now.listed && (now.status == before.status || now.status == OST_CANNOT_TELL);
}

static bool compare_one(ost_run *run, snapshot before, const ost_plan *plan,
                        const ost_plan_option *option, size_t fact, ost_buf *problems)
{
    static const char *const words[] = {[OST_APPLIES] = "applies",
                                        [OST_DOES_NOT_APPLY] = "does not apply",
                                        [OST_CANNOT_TELL] = "cannot tell yet"};
    snapshot now = look(run, plan, option);
    if (ost_str_is(option->kind, "test") || allowed(before, now)) {
        return true;
    }
    ost_buf_printf(problems, "#   %.*s unknown: %.*s was %s%s, is %s%s\n",
                   OST_STR_ARG(run->content->facts[fact].id), OST_STR_ARG(option->id),
                   words[before.status], before.listed ? "" : " (absent)", words[now.status],
                   now.listed ? "" : " (absent)");
    return false;
}

/* Only options that depend on the fact can change. */
static bool compare(ost_run *run, const snapshot *before, size_t fact, ost_buf *problems)
{
    const ost_content *content = run->content;
    bool good = true;
    size_t at = 0;
    for (size_t p = 0; p < content->plan_count; p++) {
        const ost_plan *plan = &content->plans[p];
        for (size_t i = 0; i < plan->count && at < OPTIONS_MAX; i++, at++) {
            if (ost_option_depends(content, plan, &plan->options[i], content->facts[fact].define)) {
                good =
                    compare_one(run, before[at], plan, &plan->options[i], fact, problems) && good;
            }
        }
    }
    return good;
}

/* Known for the woman or for one of her lesions. */
static bool is_known(const ost_run *run, size_t fact)
{
    for (size_t k = 0; k <= run->lesion_count; k++) {
        const ost_fact *one = &run->scopes[k].facts[fact];
        if (!ost_is_null(one->value) && one->state == OST_FACT_KNOWN) {
            return true;
        }
    }
    return false;
}

bool case_unknown_is_never_no(ost_run *run, ost_buf *problems)
{
    snapshot before[OPTIONS_MAX];
    bool good = true;
    take(run, before);
    for (size_t f = 0; f < run->content->fact_count; f++) {
        if (!is_known(run, f)) {
            continue;
        }
        ost_run_try(run, f, ost_null());
        good = compare(run, before, f, problems) && good;
        ost_run_untry(run, f);
    }
    return good;
}

static ost_assessment *assess(const ost_content *content, const test_case *c, ost_str text,
                              const char *audience, ost_buf *problems)
{
    ost_error error = {0};
    ost_patients *patients = NULL;
    ost_assessment *assessment = NULL;
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    options.as_of = c->as_of.ptr;
    options.audience = audience;
    ost_status status = ost_patients_from_text(content, text.ptr, text.len, &patients, &error);
    status =
        status == OST_OK ? ost_assess(content, patients, 0, &options, &assessment, &error) : status;
    if (status != OST_OK) {
        ost_buf_printf(problems, "#   for %s: %s\n", audience, error.message);
    }
    ost_patients_free(patients);
    return assessment;
}

static char *render(ost_assessment *assessment, const char *format, ost_buf *problems)
{
    ost_error error = {0};
    const char *out = NULL;
    size_t len = 0;
    if (!assessment) {
        return NULL;
    }
    ost_status status = ost_assessment_render(assessment, format, &out, &len, &error);
    char *copy = status == OST_OK ? malloc(len + 1) : NULL;
    if (copy) {
        memcpy(copy, out, len + 1);
    } else {
        ost_buf_printf(problems, "#   %s: %s\n", format, error.message);
    }
    return copy;
}

/* The hash of the input names its bytes, so it differs when their order does. */
static void blank_hash(char *json)
{
    static const char name[] = "\"input_hash\":\"sha256:";
    char *at = json ? strstr(json, name) : NULL;
    if (at && strlen(at) > sizeof name + 64) {
        memset(at + sizeof name - 1, '0', 64);
    }
}

/* The bundle with its entries in reverse order; ptr NULL when it is not a bundle. */
static ost_str reversed(const ost_content *content, ost_arena *arena, ost_str text)
{
    ost_tree tree = ost_tree_init(arena, content->model);
    ost_error error;
    uint32_t root = 0;
    if (ost_json_parse(&tree, text, &root, &error) != OST_OK) {
        return (ost_str){0};
    }
    uint32_t entries = ost_tree_get(&tree, root, "entry");
    uint32_t *nodes = ost_arena_array(arena, tree.count, sizeof *nodes);
    size_t count = 0;
    for (uint32_t n = entries ? ost_tree_first(&tree, entries) : 0; nodes && n;
         n = ost_tree_next(&tree, entries, n)) {
        nodes[count++] = n;
    }
    ost_buf out = ost_buf_init(arena);
    ost_buf_text(&out, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
    for (size_t i = count; i > 0; i--) {
        ost_tree_write(&out, &tree, nodes[i - 1]);
        ost_buf_text(&out, i > 1 ? "," : "");
    }
    ost_buf_text(&out, "]}");
    return count > 0 ? ost_buf_str(&out) : (ost_str){0};
}

static bool equal(const char *a, const char *b, const char *what, ost_buf *problems)
{
    bool good = a && b && strcmp(a, b) == 0;
    if (!good) {
        ost_buf_printf(problems, "#   %s: other bytes\n", what);
    }
    return good;
}

bool case_is_stable(const ost_content *content, const test_case *c, ost_str text, ost_buf *problems)
{
    static const char *const formats[] = {"json", "text", "html", "fhir"};
    bool good = true;
    ost_assessment *one = assess(content, c, text, "clinician", problems);
    ost_assessment *two = assess(content, c, text, "clinician", problems);
    for (size_t i = 0; i < OST_ARRAY_LEN(formats); i++) {
        char *first = render(one, formats[i], problems);
        char *second = render(two, formats[i], problems);
        good = equal(first, second, formats[i], problems) && good;
        free(first);
        free(second);
    }
    ost_assessment_free(two);
    ost_str other = reversed(content, problems->arena, text);
    if (other.ptr) {
        two = assess(content, c, other, "clinician", problems);
        char *first = render(one, "json", problems);
        char *second = render(two, "json", problems);
        blank_hash(first);
        blank_hash(second);
        good = equal(first, second, "resources in another order", problems) && good;
        free(first);
        free(second);
        ost_assessment_free(two);
    }
    ost_assessment_free(one);
    return good;
}
