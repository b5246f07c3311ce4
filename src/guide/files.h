/* The files of a content folder, from the binary or from disk, and their hash. */
#ifndef OST_GUIDE_FILES_H
#define OST_GUIDE_FILES_H

#include "base/err.h"

enum { OST_FILES_MAX_DEPTH = 8 };
#define OST_FILES_MAX_BYTES ((size_t)64 << 20)

typedef struct ost_content_file {
    ost_str path; /* below the folder, with '/': "facts/Labs.cql" */
    ost_str text;
} ost_content_file;

typedef struct ost_files {
    const ost_content_file *items; /* sorted by path in byte order */
    size_t count;
    char hash[65]; /* SHA-256 as src/guide/embedded.h says */
} ost_files;

/* The files that the build packed into the library; nothing is copied. */
OST_MUST_CHECK ost_status ost_files_embedded(ost_arena *arena, ost_files *out, ost_error *error);
/* Every .csv, .json and .cql file below a folder; folders named cases/ are left out. */
OST_MUST_CHECK ost_status ost_files_folder(ost_arena *arena, const char *folder, ost_files *out,
                                           ost_error *error);
/* Text of a file by path; ptr NULL when there is none. */
ost_str ost_files_get(const ost_files *files, const char *path);

#endif
