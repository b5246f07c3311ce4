/* Runs every case of the content and of the examples: expectations, then the properties. TAP on
 * stdout. usage: run_cases ROOT [NAME_PART] */
#include "cases.h"

#include <stdio.h>

static bool run_case(const ost_content *content, const test_case *c, ost_arena *arena,
                     ost_buf *problems)
{
    ost_assessment assessment = {.arena = arena};
    opened_case open = {0};
    bool good = case_open(content, c, arena, &open, problems);
    if (good) {
        ost_run_assess(&open.run, &assessment);
        good = case_check(c, &assessment, problems);
        good = case_unknown_is_never_no(&open.run, problems) && good;
    }
    case_close(&open);
    test_case plain = *c;
    plain.as_of = ost_str_copy(arena, c->as_of);
    return good && (c->facts.len > 0 || case_is_stable(content, &plain, open.text, problems));
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
