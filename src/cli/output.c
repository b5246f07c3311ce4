/* Output that is whole or not there: a file is written under another name in its folder and
 * renamed at the end. What is not a file (a device, a pipe) is written to as it is. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Why a file could not be opened, in words of our own: strerror shares its text between threads. */
static const char *reason(void)
{
    switch (errno) {
    case ENOENT:
        return "its folder does not exist";
    case EACCES:
    case EROFS:
        return "it may not be written";
    default:
        return "cannot be written";
    }
}

static bool fail(ost_cli_output *out, const char *what, int *exit_code)
{
    fprintf(stderr, "osteon: %s: %s\n", out->path, what);
    free(out->temporary);
    out->temporary = NULL;
    *exit_code = OST_EXIT_INPUT;
    return false;
}

static bool open_beside(const ost_cli_args *args, ost_cli_output *out, int *exit_code)
{
    static const char ending[] = ".XXXXXX";
    size_t length = strlen(args->output);
    out->temporary = malloc(length + sizeof ending);
    if (!out->temporary) {
        return fail(out, "memory is short", exit_code);
    }
    memcpy(out->temporary, args->output, length);
    memcpy(out->temporary + length, ending, sizeof ending);
    int descriptor = mkstemp(out->temporary);
    if (descriptor < 0) {
        return fail(out, reason(), exit_code);
    }
    out->file = fdopen(descriptor, "wb");
    if (!out->file) {
        close(descriptor);
        unlink(out->temporary);
        return fail(out, "cannot be written", exit_code);
    }
    return true;
}

bool ost_cli_open(const ost_cli_args *args, ost_cli_output *out, int *exit_code)
{
    struct stat there;
    *out = (ost_cli_output){.file = stdout, .path = args->output};
    if (!args->output || strcmp(args->output, "-") == 0) {
        out->path = NULL;
        return true;
    }
    if (stat(args->output, &there) != 0 || S_ISREG(there.st_mode)) {
        return open_beside(args, out, exit_code);
    }
    if (S_ISDIR(there.st_mode)) {
        return fail(out, "is a folder", exit_code);
    }
    out->file = fopen(args->output, "wb");
    return out->file || fail(out, reason(), exit_code);
}

void ost_cli_write(ost_cli_output *out, const char *text, size_t len)
{
    out->failed = out->failed || fwrite(text, 1, len, out->file) != len;
}

void ost_cli_end_text(ost_cli_output *out, const char *text, size_t len)
{
    ost_cli_write(out, text, len);
    if (len == 0 || text[len - 1] != '\n') {
        ost_cli_write(out, "\n", 1);
    }
}

/* mkstemp makes files that only the owner may read; a result gets what the user's mask allows. */
static bool set_mode(const char *path)
{
    mode_t mask = umask(0);
    umask(mask);
    return chmod(path, (mode_t)(0666 & ~mask)) == 0;
}

int ost_cli_close(ost_cli_output *out, bool keep, int exit_code)
{
    bool failed = out->failed || fflush(out->file) != 0;
    if (!out->path) {
        if (failed) {
            fputs("osteon: stdout could not be written\n", stderr);
        }
        return failed ? OST_EXIT_INPUT : exit_code;
    }
    failed = fclose(out->file) != 0 || failed;
    bool done =
        keep && !failed &&
        (!out->temporary || (set_mode(out->temporary) && rename(out->temporary, out->path) == 0));
    if (!done && out->temporary) {
        unlink(out->temporary);
    }
    if (keep && !done) {
        fprintf(stderr, "osteon: %s: cannot be written\n", out->path);
        exit_code = OST_EXIT_INPUT;
    }
    free(out->temporary);
    return exit_code;
}
