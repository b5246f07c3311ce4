/* osteon assess: the main job. One patient, or many as one JSON document a line. */
#include "cli/cli.h"

#include <string.h>

static const ost_cli_option *const options[] = {&ost_option_as_of,   &ost_option_offset,
                                                &ost_option_format,  &ost_option_audience,
                                                &ost_option_patient, &ost_option_output,
                                                &ost_option_content, &ost_option_site,
                                                &ost_option_timing,  NULL};

typedef struct job {
    ost_cli_args *args;
    ost_content *content;
    ost_patients *patients;
    ost_cli_output out;
    const char *format;
} job;

/* Appends one answer; several texts are apart by an empty line. */
static int assess_one(job *j, size_t index, bool first)
{
    ost_error error = {0};
    ost_assessment *assessment = NULL;
    ost_assess_options how = ost_cli_assess_options(j->args);
    const char *text = NULL;
    size_t len = 0;
    long long start = ost_cli_clock_us();
    ost_status status = ost_assess(j->content, j->patients, index, &how, &assessment, &error);
    ost_cli_timing(j->args, "assess", start);
    start = ost_cli_clock_us();
    if (status == OST_OK) {
        status = ost_assessment_render(assessment, j->format, &text, &len, &error);
        ost_cli_timing(j->args, "render", start);
    }
    if (status == OST_OK) {
        if (!first && strcmp(j->format, "text") == 0) {
            ost_cli_write(&j->out, "\n", 1);
        }
        ost_cli_end_text(&j->out, text, len);
    }
    ost_assessment_free(assessment);
    if (status == OST_OK) {
        return OST_EXIT_OK;
    }
    return ost_cli_fail_patient(j->args, j->patients, index, &error);
}

/* An answer was made: 0, though somebody else's record can't be read and stderr says so. What is
 * our own bug is not hidden by that. */
static int assess_all(job *j)
{
    size_t first, count, answers = 0;
    int code = OST_EXIT_OK;
    if (!ost_cli_choose(j->args, j->patients, true, &first, &count, &code)) {
        return code;
    }
    if (count > 1 && strcmp(j->format, "html") == 0) {
        return ost_cli_usage("--format html is one page for one patient; add --patient ID");
    }
    if (!ost_cli_open(j->args, &j->out, &code)) {
        return code;
    }
    for (size_t i = first; i < first + count && code != OST_EXIT_USAGE; i++) {
        int one = assess_one(j, i, answers == 0);
        answers += one == OST_EXIT_OK;
        code = one > code || one == OST_EXIT_USAGE ? one : code;
    }
    code = answers > 0 && code == OST_EXIT_INPUT ? OST_EXIT_OK : code;
    return ost_cli_close(&j->out, answers > 0, code);
}

static int run(ost_cli_args *args)
{
    int code = OST_EXIT_OK;
    job j = {.args = args, .format = args->format ? args->format : "text"};
    if (!ost_cli_time(args, &code) || !ost_cli_content(args, &j.content, &code)) {
        return code;
    }
    if (ost_cli_patients(j.content, args, args->words[0], &j.patients, &code)) {
        code = assess_all(&j);
        ost_patients_free(j.patients);
    }
    ost_content_free(j.content);
    return code;
}

const ost_cli_command ost_command_assess = {
    .name = "assess",
    .usage = "assess RECORD [--as-of DATE] [--format FORMAT] [--for AUDIENCE]",
    .help = "Which options apply to her, which do not, which can't be told yet, and why.\n"
            "RECORD: FHIR R4 Bundle, NDJSON, folder of resources, case file, or - for stdin.",
    .options = options,
    .words_min = 1,
    .words_max = 1,
    .words_help = "RECORD: a file, a folder or -",
    .run = run};
