/* osteon content: what is shipped, from which row, and what is not. */
#include "cli/cli.h"

#include <string.h>

static const ost_cli_option *const options[] = {&ost_option_coverage, &ost_option_drafts,
                                                &ost_option_output,   &ost_option_content,
                                                &ost_option_site,     NULL};

static int report(const ost_content *content, const char *what, const ost_cli_args *args)
{
    ost_error error = {0};
    ost_cli_output out;
    char *text = NULL;
    size_t len = 0, findings = 0;
    int code = OST_EXIT_OK;
    if (ost_content_report(content, what, &text, &len, &findings, &error) != OST_OK) {
        return ost_cli_fail(&error);
    }
    if (ost_cli_open(args, &out, &code)) {
        ost_cli_write(&out, text, len);
        code = ost_cli_close(&out, true, findings > 0 ? OST_EXIT_FINDING : OST_EXIT_OK);
    }
    ost_text_free(text);
    return code;
}

static int run(ost_cli_args *args)
{
    const char *what = args->coverage ? "coverage" : args->drafts ? "drafts" : NULL;
    int code = OST_EXIT_OK;
    ost_content *content;
    if (args->word_count > 0 && strcmp(args->words[0], "check") != 0) {
        return ost_cli_usage("osteon content has no command \"%s\": check, --coverage or --drafts",
                             args->words[0]);
    }
    if (args->word_count == 0 && !what) {
        return ost_cli_usage("osteon content needs check, --coverage or --drafts");
    }
    if (!ost_cli_content(args, &content, &code)) {
        return code;
    }
    code = report(content, args->word_count > 0 ? "check" : what, args);
    ost_content_free(content);
    return code;
}

const ost_cli_command ost_command_content = {
    .name = "content",
    .usage = "content check | content --coverage | content --drafts",
    .help = "check: everything that the content must be, exit 1 when it is not.\n"
            "--coverage, --drafts: the rows of the compendium, tab-separated.",
    .options = options,
    .words_min = 0,
    .words_max = 1,
    .words_help = "check, --coverage or --drafts",
    .run = run};
