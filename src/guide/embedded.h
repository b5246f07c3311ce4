/* The content that the build packed into the library: every .csv, .json and .cql file of content/
 * (folders named cases/ are left out), made by tools/embed_content. Read-only. */
#ifndef OST_GUIDE_EMBEDDED_H
#define OST_GUIDE_EMBEDDED_H

#include <stddef.h>

typedef struct ost_embedded_file {
    const char *path;           /* below content/, with '/': "facts/Labs.cql" */
    const unsigned char *bytes; /* `length` bytes, then one NUL that is not counted */
    size_t length;
} ost_embedded_file;

/* Sorted by path, in byte order. */
extern const ost_embedded_file ost_embedded_files[];
extern const size_t ost_embedded_count;

/* SHA-256, 64 lower-case hex digits, of all files in the order of the table. Of each file: its
 * path, one NUL, its length as decimal digits, one NUL, its bytes. A folder given at run time is
 * hashed in the same way. */
extern const char ost_embedded_hash[];

#endif
