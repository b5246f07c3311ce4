/* osteon validate: what of a record was used, unused, missing, malformed. Exit 1 when something
 * should be mended. */
#include "cli/cli.h"

#include <string.h>

static const ost_cli_option *const options[] = {
    &ost_option_as_of,   &ost_option_offset, &ost_option_short_format,
    &ost_option_patient, &ost_option_output, &ost_option_content,
    &ost_option_site,    &ost_option_timing, NULL};

static int validate_one(const ost_content *content, const ost_patients *patients, size_t index,
                        const ost_cli_args *args, ost_cli_output *out)
{
    ost_error error = {0};
    ost_assess_options how = ost_cli_assess_options(args);
    char *text = NULL;
    size_t len = 0, findings = 0;
    if (ost_validate(content, patients, index, &how, args->format ? args->format : "text", &text,
                     &len, &findings, &error) != OST_OK) {
        return ost_cli_fail_patient(args, patients, index, &error);
    }
    ost_cli_end_text(out, text, len);
    ost_text_free(text);
    return findings > 0 ? OST_EXIT_FINDING : OST_EXIT_OK;
}

/* Of many patients one that can't be read is a finding; the others are answered. */
static int validate_all(const ost_content *content, const ost_patients *patients,
                        const ost_cli_args *args)
{
    ost_cli_output out;
    size_t first, count, answers = 0;
    int code = OST_EXIT_OK;
    if (!ost_cli_choose(args, patients, true, &first, &count, &code) ||
        !ost_cli_open(args, &out, &code)) {
        return code;
    }
    for (size_t i = first; i < first + count; i++) {
        int one = validate_one(content, patients, i, args, &out);
        answers += one <= OST_EXIT_FINDING;
        code = one > code ? one : code;
    }
    code = answers > 0 && code == OST_EXIT_INPUT ? OST_EXIT_FINDING : code;
    return ost_cli_close(&out, answers > 0, code);
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
        code = validate_all(content, patients, args);
        ost_patients_free(patients);
    }
    ost_content_free(content);
    return code;
}

const ost_cli_command ost_command_validate = {
    .name = "validate",
    .usage = "validate RECORD [--as-of DATE] [--format text|json]",
    .help = "What of a record was used, unused, missing or malformed. Exit 1: something should be "
            "mended.",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .words_help = "RECORD: a file, a folder or -",
    .run = run};
