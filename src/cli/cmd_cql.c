/* osteon cql: the engine as a tool of its own. */
#include "cli/cli.h"

#include <string.h>

static const ost_cli_option *const options[] = {&ost_option_record,     &ost_option_define,
                                                &ost_option_expression, &ost_option_as_of,
                                                &ost_option_offset,     &ost_option_json,
                                                &ost_option_patient,    &ost_option_output,
                                                &ost_option_content,    NULL};

static int call(const ost_content *content, const ost_patients *patients, size_t index,
                const ost_cli_args *args)
{
    ost_error error = {0};
    ost_cql_request request = {.size = sizeof request,
                               .command = args->words[0],
                               .paths = args->words + 1,
                               .path_count = args->word_count - 1,
                               .define = args->define,
                               .expression = args->expression,
                               .as_of = args->as_of,
                               .offset_min = args->offset_min,
                               .json = args->json};
    ost_cli_output out;
    char *text = NULL;
    size_t len = 0, findings = 0;
    int code = OST_EXIT_OK;
    if (ost_cql(content, &request, patients, index, &text, &len, &findings, &error) != OST_OK) {
        return ost_cli_fail(&error);
    }
    if (findings > 0) {
        code = strcmp(request.command, "check") == 0 ? OST_EXIT_FINDING : OST_EXIT_INPUT;
    }
    if (ost_cli_open(args, &out, &code)) {
        ost_cli_write(&out, text, len);
        code = ost_cli_close(&out, true, code);
    }
    ost_text_free(text);
    return code;
}

static int with_record(const ost_content *content, const ost_cli_args *args)
{
    ost_patients *patients;
    size_t first, count;
    int code = OST_EXIT_OK;
    if (!ost_cli_patients(content, args, args->record, &patients, &code)) {
        return code;
    }
    if (ost_cli_choose(args, patients, false, &first, &count, &code)) {
        code = call(content, patients, first, args);
    }
    ost_patients_free(patients);
    return code;
}

static int run(ost_cli_args *args)
{
    static const char *const commands[] = {"check", "eval", "explain"};
    int code = OST_EXIT_OK;
    bool known = false;
    ost_content *content;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        known = known || strcmp(args->words[0], commands[i]) == 0;
    }
    if (!known) {
        return ost_cli_usage("osteon cql has no command \"%s\": check, eval or explain",
                             args->words[0]);
    }
    if (args->word_count < 2 && !args->expression) {
        return ost_cli_usage("osteon cql %s needs LIBRARY (a .cql file) or --expression",
                             args->words[0]);
    }
    bool eval = strcmp(args->words[0], "eval") == 0;
    if ((eval && !ost_cli_time(args, &code)) || !ost_cli_content(args, &content, &code)) {
        return code;
    }
    code = args->record ? with_record(content, args) : call(content, NULL, 0, args);
    ost_content_free(content);
    return code;
}

const ost_cli_command ost_command_cql = {
    .name = "cql",
    .usage =
        "cql check|eval|explain LIBRARY... [--record RECORD] [--define NAME] [--expression CQL]",
    .help = "check: errors with place and caret, exit 1 when there are any. eval: the value of "
            "each definition.\n"
            "explain: the plan. The first library is the main one, the others are included by it.",
    .options = options,
    .words_min = 1,
    .words_max = OST_CLI_WORDS_MAX,
    .words_help = "a command: check, eval or explain",
    .run = run};
