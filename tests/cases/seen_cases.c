/* Whether the cases of the content and of the examples show everything that it decides: each
 * condition true, false and null, each status of each option, both sides of each threshold
 * (style.md B11). TAP on stdout. usage: seen_cases ROOT */
#include "seen.h"

#include "base/file.h"

#include <stdio.h>

static bool note_all(seen_content *all, const case_list *cases, ost_buf *problems)
{
    bool good = true;
    for (size_t i = 0; i < cases->count; i++) {
        ost_arena *arena = ost_arena_new(0);
        opened_case open = {0};
        if (!arena) {
            return false;
        }
        if (case_open(all->content, &cases->cases[i], arena, &open, problems)) {
            seen_content_note(all, &cases->cases[i], &open.run);
        } else {
            good = false;
        }
        case_close(&open);
        ost_arena_free(arena);
    }
    return good;
}

static int report(seen_list *list, ost_str root, ost_buf *problems)
{
    size_t number = 0;
    ost_str path = ost_file_join(list->arena, root, OST_STR("tests/cases/never_seen.csv"));
    bool good = seen_excuse(list, path, problems);
    printf("%sok %zu - never_seen.csv is not stale\n%.*s", good ? "" : "not ", ++number,
           OST_STR_ARG(ost_buf_str(problems)));
    size_t failed = seen_report(list, &number);
    printf("1..%zu\n", number);
    return failed > 0 || !good;
}

int main(int argc, char **argv)
{
    ost_error error = {0};
    ost_content_options options = OST_CONTENT_OPTIONS_INIT;
    ost_content *content = NULL;
    ost_arena *arena = ost_arena_new(0);
    if (argc != 2 || !arena) {
        fputs("usage: seen_cases ROOT\n", stderr);
        return 2;
    }
    ost_status status = ost_content_open(&options, &content, &error);
    case_list list = {.arena = arena, .content = content};
    status = status == OST_OK ? cases_find(&list, argv[1], &error) : status;
    ost_buf problems = ost_buf_init(arena);
    seen_content all;
    int code = 1;
    if (status != OST_OK) {
        printf("Bail out! %s:%u: %s\n", error.source, error.line, error.message);
    } else if (!seen_content_list(&all, arena, content) || !note_all(&all, &list, &problems)) {
        printf("Bail out! a case can't be opened\n%.*s", OST_STR_ARG(ost_buf_str(&problems)));
    } else {
        code = report(&all.list, ost_str_of(argv[1]), &problems);
    }
    ost_content_free(content);
    ost_arena_free(arena);
    return code;
}
