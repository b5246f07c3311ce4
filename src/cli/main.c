/* osteon: finds the command, reads its options, runs it. */
#include "cli/cli.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const ost_cli_command *const commands[] = {&ost_command_assess, &ost_command_why,
                                                  &ost_command_validate, &ost_command_cql,
                                                  &ost_command_content};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *out)
{
    fputs("osteon: from her record to her options. Breast cancer that has spread to bone.\n\n",
          out);
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *end = strchr(commands[i]->help, '\n');
        size_t length = end ? (size_t)(end - commands[i]->help) : strlen(commands[i]->help);
        fprintf(out, "  osteon %s\n      %.*s\n", commands[i]->usage, (int)length,
                commands[i]->help);
    }
    fputs("\n  osteon COMMAND --help    options of a command\n  osteon --version\n"
          "\nexit: 0 answered, 1 finding, 2 usage, 3 input, 4 internal\n",
          out);
}

/* Single-letter changes between two words of at most 30 letters. */
static size_t distance(const char *a, const char *b)
{
    size_t row[32], la = strlen(a), lb = strlen(b);
    if (la > 30 || lb > 30) {
        return 31;
    }
    for (size_t j = 0; j <= lb; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= la; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t above = row[j], change = diagonal + (a[i - 1] != b[j - 1]);
            size_t step = (above < row[j - 1] ? above : row[j - 1]) + 1;
            row[j] = change < step ? change : step;
            diagonal = above;
        }
    }
    return row[lb];
}

static int unknown_command(const char *word)
{
    const char *nearest = NULL;
    size_t best = 3;
    for (size_t i = 0; i < COMMANDS; i++) {
        size_t away = distance(word, commands[i]->name);
        if (away < best) {
            best = away;
            nearest = commands[i]->name;
        }
    }
    if (nearest) {
        return ost_cli_usage("no such command: %s; did you mean %s?", word, nearest);
    }
    return ost_cli_usage("no such command: %s; see osteon --help", word);
}

static const ost_cli_command *find_command(const char *word)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(word, commands[i]->name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

/* A stream that the caller closed would become the first file that is opened, and a message would
 * end up in a result. Opened the wrong way round, so that its use still fails. */
static void fill_closed_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int i = 0; i < 3; i++) {
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", modes[i]) < 0) {
            return;
        }
    }
}

static int end_stdout(void)
{
    ost_cli_output out = {.file = stdout};
    return ost_cli_close(&out, true, OST_EXIT_OK);
}

int main(int argc, char **argv)
{
    ost_cli_args args = {0};
    fill_closed_streams();
    if (argc < 2) {
        help(stderr);
        return OST_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return end_stdout();
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("osteon %s\n", ost_version());
        return end_stdout();
    }
    const ost_cli_command *command = find_command(argv[1]);
    if (!command) {
        return unknown_command(argv[1]);
    }
    if (!ost_cli_parse(command, argc - 2, argv + 2, &args)) {
        return OST_EXIT_USAGE;
    }
    if (args.help) {
        ost_cli_help(command, stdout);
        return end_stdout();
    }
    return command->run(&args);
}
