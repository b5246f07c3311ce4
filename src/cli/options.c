/* Options: one table entry each; parsing and help are made from it. "--name value" and
 * "--name=value" are the same; "--" ends the options; "-" is a word (stdin). */
#include "cli/cli.h"

#include <stddef.h>
#include <string.h>

#define MEMBER(name) offsetof(ost_cli_args, name)

const ost_cli_option ost_option_as_of = {
    "--as-of", "DATE", "what is known at that date or dateTime; a date means the end of the day",
    MEMBER(as_of)};
const ost_cli_option ost_option_offset = {
    "--offset", "+HH:MM", "offset of times without one; default: the site's, else +00:00",
    MEMBER(offset)};
const ost_cli_option ost_option_format = {"--format", "FORMAT",
                                          "text (default), json, html or fhir", MEMBER(format)};
const ost_cli_option ost_option_short_format = {"--format", "FORMAT", "text (default) or json",
                                                MEMBER(format)};
const ost_cli_option ost_option_audience = {
    "--for", "AUDIENCE", "clinician (default), patient or family", MEMBER(audience)};
const ost_cli_option ost_option_patient = {"--patient", "ID", "only the patient with this id",
                                           MEMBER(patient)};
const ost_cli_option ost_option_content = {
    "--content", "DIR", "knowledge from a folder instead of the built-in one", MEMBER(content)};
const ost_cli_option ost_option_site = {"--site", "DIR", "a site's policy and words", MEMBER(site)};
const ost_cli_option ost_option_output = {
    "-o", "FILE", "write there instead of stdout; whole or not at all", MEMBER(output)};
const ost_cli_option ost_option_timing = {"--timing", NULL, "times of the steps, on stderr",
                                          MEMBER(timing)};
const ost_cli_option ost_option_json = {"--json", NULL, "values as JSON", MEMBER(json)};
const ost_cli_option ost_option_define = {"--define", "NAME", "one definition instead of all",
                                          MEMBER(define)};
const ost_cli_option ost_option_expression = {
    "--expression", "CQL", "an expression instead of definitions", MEMBER(expression)};
const ost_cli_option ost_option_record = {"--record", "RECORD", "the patient's record",
                                          MEMBER(record)};
const ost_cli_option ost_option_coverage = {
    "--coverage", NULL, "every row of the compendium: shipped or draft", MEMBER(coverage)};
const ost_cli_option ost_option_drafts = {
    "--drafts", NULL, "the rows that are drafts, with the reason", MEMBER(drafts)};

static const ost_cli_option option_help = {"--help", NULL, "this text", MEMBER(help)};

static const ost_cli_option *find_option(const ost_cli_command *command, const char *text,
                                         size_t length)
{
    if (length == strlen(option_help.name) && strncmp(text, option_help.name, length) == 0) {
        return &option_help;
    }
    for (const ost_cli_option *const *o = command->options; *o; o++) {
        if (strlen((*o)->name) == length && strncmp(text, (*o)->name, length) == 0) {
            return *o;
        }
    }
    return NULL;
}

static void set(ost_cli_args *args, const ost_cli_option *option, const char *value)
{
    char *member = (char *)args + option->offset;
    if (option->value) {
        memcpy(member, &value, sizeof value);
    } else {
        bool yes = true;
        memcpy(member, &yes, sizeof yes);
    }
}

/* Takes one option; *at is moved to its last argument. */
static bool take_option(const ost_cli_command *command, int argc, char **argv, int *at,
                        ost_cli_args *args)
{
    const char *text = argv[*at], *equals = strchr(text, '=');
    bool attached = strncmp(text, "--", 2) == 0 && equals;
    size_t length = attached ? (size_t)(equals - text) : strlen(text);
    const ost_cli_option *option = find_option(command, text, length);
    if (!option) {
        ost_cli_usage("osteon %s has no option %.*s; see osteon %s --help", command->name,
                      (int)length, text, command->name);
        return false;
    }
    if (!option->value && attached) {
        ost_cli_usage("%s takes no value", option->name);
        return false;
    }
    const char *value = attached ? equals + 1 : NULL;
    if (option->value && !attached) {
        if (*at + 1 >= argc) {
            ost_cli_usage("%s needs a value: %s %s", option->name, option->name, option->value);
            return false;
        }
        value = argv[++*at];
    }
    set(args, option, value);
    return true;
}

bool ost_cli_parse(const ost_cli_command *command, int argc, char **argv, ost_cli_args *args)
{
    bool words_only = false;
    for (int i = 0; i < argc; i++) {
        bool option = !words_only && argv[i][0] == '-' && argv[i][1] != '\0';
        if (option && strcmp(argv[i], "--") == 0) {
            words_only = true;
        } else if (option) {
            if (!take_option(command, argc, argv, &i, args)) {
                return false;
            }
        } else if (args->word_count >= command->words_max) {
            ost_cli_usage("one word too many: %s", argv[i]);
            return false;
        } else {
            args->words[args->word_count++] = argv[i];
        }
    }
    if (!args->help && args->word_count < command->words_min) {
        ost_cli_usage("osteon %s needs %s", command->name, command->words_help);
        return false;
    }
    return true;
}

void ost_cli_help(const ost_cli_command *command, FILE *out)
{
    fprintf(out, "usage: osteon %s\n%s\n\n", command->usage, command->help);
    for (const ost_cli_option *const *o = command->options; *o; o++) {
        char left[40];
        snprintf(left, sizeof left, "%s %s", (*o)->name, (*o)->value ? (*o)->value : "");
        fprintf(out, "  %-22s %s\n", left, (*o)->help);
    }
    fprintf(out, "  %-22s %s\n", option_help.name, option_help.help);
}
