/* Runs a fuzz target over the files and folders named on the command line, so that every corpus is
 * a regression test without libFuzzer. A target reports a broken promise by ending the process. */
#include "base/file.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT = 1 << 26 };

static bool run_file(ost_arena *arena, const char *path, size_t *count)
{
    ost_str bytes;
    ost_error error;
    if (ost_file_read(arena, path, LARGEST_INPUT, &bytes, &error) != OST_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return false;
    }
    (void)fprintf(stderr, "%s\n", path);
    (void)LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
    (*count)++;
    return true;
}

static bool run_folder(ost_arena *arena, const char *folder, size_t *count)
{
    const ost_str *names = NULL;
    size_t name_count = 0;
    ost_error error;
    if (ost_file_list(arena, folder, &names, &name_count, &error) != OST_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return false;
    }
    for (size_t i = 0; i < name_count; i++) {
        ost_str path = ost_file_join(arena, ost_str_of(folder), names[i]);
        if (path.ptr == NULL || !run_file(arena, path.ptr, count)) {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    ost_arena *arena = ost_arena_new(0);
    size_t count = 0;
    bool good = arena != NULL && argc > 1;
    for (int i = 1; good && i < argc; i++) {
        good = ost_file_is_folder(argv[i]) ? run_folder(arena, argv[i], &count)
                                           : run_file(arena, argv[i], &count);
    }
    ost_arena_free(arena);
    printf("%zu inputs\n", count);
    return good && count > 0 ? 0 : 1;
}
