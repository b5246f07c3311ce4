/* The command line: tables of commands and options, from which parsing, help and errors come. */
#ifndef OST_CLI_CLI_H
#define OST_CLI_CLI_H

#include "osteon.h"

#include <stdio.h>

enum {
    OST_EXIT_OK = 0,
    OST_EXIT_FINDING = 1,
    OST_EXIT_USAGE = 2,
    OST_EXIT_INPUT = 3,
    OST_EXIT_INTERNAL = 4
};
enum { OST_CLI_WORDS_MAX = 64 };

/* All options of all commands; each command accepts those of its table. */
typedef struct ost_cli_args {
    const char *words[OST_CLI_WORDS_MAX]; /* what is not an option */
    size_t word_count;
    const char *as_of, *offset, *format, *audience, *patient, *content, *site, *output, *define,
        *expression, *record;
    bool timing, help, json, coverage, drafts;
    int offset_min;
    char clock[40]; /* as_of when it was read from the clock */
} ost_cli_args;

typedef struct ost_cli_option {
    const char *name;  /* "--as-of" */
    const char *value; /* what help calls its value; NULL = a switch */
    const char *help;
    size_t offset; /* of the member in ost_cli_args: const char * or bool */
} ost_cli_option;

typedef struct ost_cli_command {
    const char *name, *usage, *help;
    const ost_cli_option *const *options; /* NULL-terminated */
    size_t words_min, words_max;
    const char *words_help; /* what is missing when there are too few: "RECORD" */
    int (*run)(ost_cli_args *args);
} ost_cli_command;

/* options.c */
extern const ost_cli_option ost_option_as_of, ost_option_offset, ost_option_format,
    ost_option_short_format, ost_option_audience, ost_option_patient, ost_option_content,
    ost_option_site, ost_option_output, ost_option_timing, ost_option_json, ost_option_define,
    ost_option_expression, ost_option_record, ost_option_coverage, ost_option_drafts;
/* False after an error message on stderr. */
bool ost_cli_parse(const ost_cli_command *command, int argc, char **argv, ost_cli_args *args);
void ost_cli_help(const ost_cli_command *command, FILE *out);

/* common.c */
/* "place: message" and the hint, on stderr; returns the exit code for the status. */
int ost_cli_fail(const ost_error *error);
/* The same about one patient: of many, her id comes first; of one, the name of the input. */
int ost_cli_fail_patient(const ost_cli_args *args, const ost_patients *patients, size_t index,
                         ost_error *error);
/* As ost_cli_fail, for a mistake on the command line. */
int ost_cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Content named by --content, OSTEON_CONTENT or built in, with --site. */
bool ost_cli_content(const ost_cli_args *args, ost_content **out, int *exit_code);
/* Reads --as-of and --offset; without --as-of the clock, once, and says so on stderr. */
bool ost_cli_time(ost_cli_args *args, int *exit_code);
ost_assess_options ost_cli_assess_options(const ost_cli_args *args);
/* Opens a record; says what of it was not read. */
bool ost_cli_patients(const ost_content *content, const ost_cli_args *args, const char *path,
                      ost_patients **out, int *exit_code);
/* Indices to work on: all, or --patient. False when there is none or too many. */
bool ost_cli_choose(const ost_cli_args *args, const ost_patients *patients, bool many,
                    size_t *first, size_t *count, int *exit_code);
/* Milliseconds since `start` on stderr when --timing was given; start NULL only reads the clock. */
long long ost_cli_clock_us(void);
void ost_cli_timing(const ost_cli_args *args, const char *what, long long since_us);

/* output.c: stdout, or a file that is complete or not there at all. */
typedef struct ost_cli_output {
    FILE *file;
    const char *path; /* NULL = stdout */
    char *temporary;  /* NULL = written to as it is */
    bool failed;
} ost_cli_output;
bool ost_cli_open(const ost_cli_args *args, ost_cli_output *out, int *exit_code);
void ost_cli_write(ost_cli_output *out, const char *text, size_t len);
/* A line break unless the text ends in one. */
void ost_cli_end_text(ost_cli_output *out, const char *text, size_t len);
/* keep false: a file is taken away. Returns the exit code. */
int ost_cli_close(ost_cli_output *out, bool keep, int exit_code);

extern const ost_cli_command ost_command_assess, ost_command_why, ost_command_validate,
    ost_command_cql, ost_command_content;

#endif
