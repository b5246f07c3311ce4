/* Reading whole files and listing folders. Errors are values with the path as their source. */
#ifndef OST_BASE_FILE_H
#define OST_BASE_FILE_H

#include "base/err.h"

/* NULs after the bytes of a file, for readers that look ahead. */
enum { OST_FILE_PADDING = 64 };
/* The bytes of a file, or of stdin when path is "-", followed by OST_FILE_PADDING NULs that are not
 * counted. OST_E_LIMIT when there are more than limit_bytes, OST_E_NOT_FOUND when there is no such
 * file, else OST_E_IO. */
OST_MUST_CHECK ost_status ost_file_read(ost_arena *arena, const char *path, size_t limit_bytes,
                                        ost_str *out, ost_error *error);
/* A copy with the same padding; ptr NULL when memory is short. */
ost_str ost_file_padded(ost_arena *arena, ost_str text);
bool ost_file_is_folder(const char *path);
/* Names (not paths) of what is in a folder, in byte order, without those that start with a dot. */
OST_MUST_CHECK ost_status ost_file_list(ost_arena *arena, const char *folder, const ost_str **names,
                                        size_t *count, ost_error *error);
/* "folder/name", NUL-terminated; ptr NULL when memory is short. */
ost_str ost_file_join(ost_arena *arena, ost_str folder, ost_str name);

#endif
