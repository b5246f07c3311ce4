/* What the commands share: errors and exit codes, content, time, the record, timings. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int exit_code_of(const ost_error *error)
{
    /* Mistakes on the command line name the option that they are about. */
    if (strncmp(error->source, "--", 2) == 0 || strcmp(error->source, "OPTION") == 0) {
        return OST_EXIT_USAGE;
    }
    return error->code == OST_E_INTERNAL || error->code == OST_E_MEMORY ? OST_EXIT_INTERNAL
                                                                        : OST_EXIT_INPUT;
}

int ost_cli_fail(const ost_error *error)
{
    fputs("osteon: ", stderr);
    if (error->source[0] != '\0') {
        fputs(error->source, stderr);
        if (error->line > 0) {
            fprintf(stderr, ":%u", error->line);
        }
        if (error->line > 0 && error->column > 0) {
            fprintf(stderr, ":%u", error->column);
        }
        fputs(": ", stderr);
    }
    fprintf(stderr, "%s\n", error->message);
    if (error->hint[0] != '\0') {
        fprintf(stderr, "  %s\n", error->hint);
    }
    return exit_code_of(error);
}

int ost_cli_fail_patient(const ost_cli_args *args, const ost_patients *patients, size_t index,
                         ost_error *error)
{
    if (ost_patients_count(patients) > 1) {
        fprintf(stderr, "osteon: patient %s:\n", ost_patients_id(patients, index));
    } else if (error->source[0] == '\0') {
        snprintf(error->source, sizeof error->source, "%s", args->words[0]);
    }
    return ost_cli_fail(error);
}

int ost_cli_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("osteon: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return OST_EXIT_USAGE;
}

bool ost_cli_content(const ost_cli_args *args, ost_content **out, int *exit_code)
{
    ost_error error = {0};
    ost_content_options options = OST_CONTENT_OPTIONS_INIT;
    long long start = ost_cli_clock_us();
    const char *folder = args->content ? args->content : getenv("OSTEON_CONTENT");
    options.content_dir = folder && folder[0] != '\0' ? folder : NULL;
    options.site_dir = args->site;
    if (ost_content_open(&options, out, &error) != OST_OK) {
        *exit_code = ost_cli_fail(&error);
        return false;
    }
    ost_cli_timing(args, "content", start);
    return true;
}

/* "+01:00", "-05:30". */
static bool read_offset(const char *text, int *minutes)
{
    static const char pattern[] = "+dd:dd";
    if (strlen(text) != strlen(pattern) || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return false;
    }
    for (size_t i = 1; i < strlen(pattern); i++) {
        if (pattern[i] == 'd' && (text[i] < '0' || text[i] > '9')) {
            return false;
        }
    }
    int hours = (text[1] - '0') * 10 + (text[2] - '0'),
        rest = (text[4] - '0') * 10 + (text[5] - '0');
    *minutes = (text[0] == '-' ? -1 : 1) * (hours * 60 + rest);
    return rest <= 59 && hours * 60 + rest <= 14 * 60;
}

bool ost_cli_time(ost_cli_args *args, int *exit_code)
{
    if (args->offset && !read_offset(args->offset, &args->offset_min)) {
        *exit_code = ost_cli_usage("--offset: not an offset: \"%s\"; write +01:00", args->offset);
        return false;
    }
    if (!args->as_of) {
        time_t now = time(NULL);
        struct tm utc;
        if (now == (time_t)-1 || !gmtime_r(&now, &utc) ||
            strftime(args->clock, sizeof args->clock, "%Y-%m-%dT%H:%M:%S+00:00", &utc) == 0) {
            *exit_code = OST_EXIT_INTERNAL;
            fputs("osteon: the clock could not be read; give --as-of\n", stderr);
            return false;
        }
        args->as_of = args->clock;
        fprintf(stderr, "osteon: as of %s (the clock; give --as-of to fix it)\n", args->as_of);
    }
    return true;
}

ost_assess_options ost_cli_assess_options(const ost_cli_args *args)
{
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    options.as_of = args->as_of;
    options.offset_min = args->offset_min;
    options.audience = args->audience;
    return options;
}

bool ost_cli_patients(const ost_content *content, const ost_cli_args *args, const char *path,
                      ost_patients **out, int *exit_code)
{
    ost_error error = {0};
    long long start = ost_cli_clock_us();
    if (ost_patients_open(content, path, out, &error) != OST_OK) {
        if (error.source[0] == '\0') {
            snprintf(error.source, sizeof error.source, "%s", path);
        }
        *exit_code = ost_cli_fail(&error);
        return false;
    }
    for (size_t i = 0; ost_patients_message(*out, i); i++) {
        fprintf(stderr, "osteon: %s\n", ost_patients_message(*out, i));
    }
    ost_cli_timing(args, "patients", start);
    return true;
}

static int list_ids(const ost_patients *patients, const char *what)
{
    size_t count = ost_patients_count(patients), shown = count < 20 ? count : 20;
    fprintf(stderr, "osteon: %s:", what);
    for (size_t i = 0; i < shown; i++) {
        fprintf(stderr, " %s", ost_patients_id(patients, i));
    }
    fprintf(stderr, "%s\n  choose one with --patient ID\n", shown < count ? " ..." : "");
    return OST_EXIT_INPUT;
}

bool ost_cli_choose(const ost_cli_args *args, const ost_patients *patients, bool many,
                    size_t *first, size_t *count, int *exit_code)
{
    *first = 0;
    *count = ost_patients_count(patients);
    for (size_t i = 0; args->patient && i < ost_patients_count(patients); i++) {
        if (strcmp(ost_patients_id(patients, i), args->patient) == 0) {
            *first = i;
            *count = 1;
            return true;
        }
    }
    if (args->patient) {
        fprintf(stderr, "osteon: there is no patient %s in the input\n", args->patient);
        *exit_code = list_ids(patients, "the patients are");
        return false;
    }
    if (*count > 1 && (!many || ost_patients_one_document(patients))) {
        *exit_code = list_ids(patients, "the input has several patients");
        return false;
    }
    return true;
}

long long ost_cli_clock_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return 0;
    }
    return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void ost_cli_timing(const ost_cli_args *args, const char *what, long long since_us)
{
    if (args->timing) {
        long long us = ost_cli_clock_us() - since_us;
        fprintf(stderr, "timing: %-10s %lld.%03lld ms\n", what, us / 1000, us % 1000);
    }
}
