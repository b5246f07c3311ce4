/* Runs every case of the content and of the examples: expectations, then the properties. TAP on
 * stdout. usage: run_cases ROOT [NAME_PART] */
#include "cases.h"

#include "base/file.h"
#include "guide/patients.h"

#include <stdio.h>

enum { RECORD_MAX = 64 << 20 };

/* "creatinine=3.2;pregnant=unknown" */
static bool replace_facts(ost_run *run, ost_str facts, ost_buf *problems)
{
    ost_str one;
    while (ost_str_next(&facts, ';', &one)) {
        size_t equals = ost_str_find(one, OST_STR("="), 0);
        ost_str id = ost_str_trim(ost_str_sub(one, 0, equals == SIZE_MAX ? one.len : equals));
        ost_str text =
            ost_str_trim(equals == SIZE_MAX ? (ost_str){0} : ost_str_sub(one, equals + 1, one.len));
        uint32_t fact = ost_map_get(&run->content->fact_ids, id);
        ost_value value;
        if (id.len == 0) {
            continue;
        }
        if (fact == OST_MAP_NONE || !ost_run_parse_value(run, fact, text, &value)) {
            ost_buf_printf(problems, "#   not a fact or not its value: %.*s\n", OST_STR_ARG(one));
            return false;
        }
        ost_run_what_if(run, fact, value);
    }
    ost_run_reread(run);
    return true;
}

static bool run_opened(const test_case *c, ost_run *run, ost_buf *problems)
{
    ost_assessment assessment = {.arena = run->arena};
    if (!replace_facts(run, c->facts, problems)) {
        return false;
    }
    ost_run_assess(run, &assessment);
    bool good = case_check(c, &assessment, problems);
    return case_unknown_is_never_no(run, problems) && good;
}

static bool run_case(const ost_content *content, const test_case *c, ost_arena *arena,
                     ost_buf *problems)
{
    ost_error error = {0};
    ost_str text;
    ost_patients *patients = NULL;
    ost_run run = {0};
    bool good = false;
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    ost_str as_of = ost_str_copy(arena, c->as_of);
    options.as_of = as_of.ptr;
    ost_status status = ost_file_read(arena, c->record.ptr, RECORD_MAX, &text, &error);
    status = status == OST_OK
                 ? ost_patients_from_text(content, text.ptr, text.len, &patients, &error)
                 : status;
    status = status == OST_OK ? ost_run_open(content, patients, 0, &options, arena, &run, &error)
                              : status;
    if (status == OST_OK) {
        good = run_opened(c, &run, problems);
    } else {
        ost_buf_printf(problems, "#   %s: %s\n", error.source, error.message);
    }
    ost_run_close(&run);
    ost_patients_free(patients);
    test_case plain = *c;
    plain.as_of = as_of;
    return good && (c->facts.len > 0 || case_is_stable(content, &plain, text, problems));
}

static int run_all(const case_list *list, const char *part)
{
    size_t number = 0, failed = 0;
    for (size_t i = 0; i < list->count; i++) {
        ost_arena *arena = ost_arena_new(0);
        if (!arena) {
            return 1;
        }
        ost_buf problems = ost_buf_init(arena);
        const test_case *c = &list->cases[i];
        if (!part || ost_str_find(c->name, ost_str_of(part), 0) != SIZE_MAX) {
            bool good = run_case(list->content, c, arena, &problems);
            printf("%sok %zu - %.*s\n%.*s", good ? "" : "not ", ++number, OST_STR_ARG(c->name),
                   OST_STR_ARG(ost_buf_str(&problems)));
            failed += !good;
        }
        ost_arena_free(arena);
    }
    printf("1..%zu\n", number);
    return failed > 0 || number == 0;
}

int main(int argc, char **argv)
{
    ost_error error = {0};
    ost_content_options options = OST_CONTENT_OPTIONS_INIT;
    ost_content *content = NULL;
    ost_arena *arena = ost_arena_new(0);
    if (argc < 2 || !arena) {
        fputs("usage: run_cases ROOT [NAME_PART]\n", stderr);
        return 2;
    }
    ost_status status = ost_content_open(&options, &content, &error);
    case_list list = {.arena = arena, .content = content};
    status = status == OST_OK ? cases_find(&list, argv[1], &error) : status;
    int code = 1;
    if (status == OST_OK) {
        code = run_all(&list, argc > 2 ? argv[2] : NULL);
    } else {
        printf("Bail out! %s:%u: %s\n", error.source, error.line, error.message);
    }
    ost_content_free(content);
    ost_arena_free(arena);
    return code;
}
