/* The unit table of the source tree, for tests. */
#ifndef OST_VALUE_TEST_TABLE_H
#define OST_VALUE_TEST_TABLE_H

#include <stdio.h>

#include "value/ucum.h"

/* Whole file into the arena; ptr NULL when it can't be read. */
static inline ost_str test_read_file(ost_arena *arena, const char *path)
{
    ost_str none = {NULL, 0};
    enum { MAX = 1 << 20 };
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return none;
    }
    char *text = ost_arena_alloc(arena, MAX);
    size_t len = text == NULL ? 0 : fread(text, 1, MAX, file);
    (void)fclose(file);
    return len == 0 || len == MAX ? none : (ost_str){text, len};
}

/* NULL when the table can't be read or loaded. */
static inline const ost_ucum *test_load_ucum(ost_arena *arena)
{
    ost_str csv = test_read_file(arena, OST_SOURCE_ROOT "/content/model/ucum.csv");
    ost_ucum *ucum = NULL;
    ost_error error = {0};

    if (csv.ptr == NULL || ost_ucum_load(arena, csv, &ucum, &error) != OST_OK) {
        (void)fprintf(stderr, "unit table, line %u: %s\n", (unsigned)error.line, error.message);
        return NULL;
    }
    return ucum;
}

#endif
