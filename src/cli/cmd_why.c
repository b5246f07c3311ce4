/* osteon why: why an option applies, does not, or can't be told, and what would change it. */
#include "cli/cli.h"

static const ost_cli_option *const options[] = {&ost_option_as_of,        &ost_option_offset,
                                                &ost_option_short_format, &ost_option_audience,
                                                &ost_option_patient,      &ost_option_output,
                                                &ost_option_content,      &ost_option_site,
                                                &ost_option_timing,       NULL};

static int why(const ost_content *content, const ost_patients *patients, const ost_cli_args *args)
{
    ost_error error = {0};
    ost_assess_options how = ost_cli_assess_options(args);
    ost_cli_output out;
    size_t first, count, len = 0;
    char *text = NULL;
    int code = OST_EXIT_OK;
    if (!ost_cli_choose(args, patients, false, &first, &count, &code)) {
        return code;
    }
    if (ost_why(content, patients, first, &how, args->words[1],
                args->format ? args->format : "text", &text, &len, &error) != OST_OK) {
        return ost_cli_fail(&error);
    }
    if (ost_cli_open(args, &out, &code)) {
        ost_cli_end_text(&out, text, len);
        code = ost_cli_close(&out, true, code);
    }
    ost_text_free(text);
    return code;
}

static int run(ost_cli_args *args)
{
    int code = OST_EXIT_OK;
    ost_content *content;
    ost_patients *patients;
    if (!ost_cli_time(args, &code) || !ost_cli_content(args, &content, &code)) {
        return code;
    }
    if (ost_cli_patients(content, args, args->words[0], &patients, &code)) {
        code = why(content, patients, args);
        ost_patients_free(patients);
    }
    ost_content_free(content);
    return code;
}

const ost_cli_command ost_command_why = {
    .name = "why",
    .usage = "why RECORD OPTION [--as-of DATE] [--format text|json]",
    .help = "Why an option applies, does not apply or can't be told yet, and what would change it.",
    .options = options,
    .words_min = 2,
    .words_max = 2,
    .words_help = "RECORD and OPTION (an option id, as osteon assess shows it)",
    .run = run};
