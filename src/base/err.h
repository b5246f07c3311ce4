/* Filling an ost_error. All functions accept error == NULL. */
#ifndef OST_BASE_ERR_H
#define OST_BASE_ERR_H

#include "base/compat.h"
#include "base/str.h"
#include "osteon.h"

/* Sets code and message, clears place and hint; returns code, so that `return ost_err_set(...)`
 * works. Messages that are too long end in "..." on a UTF-8 boundary. */
ost_status ost_err_set(ost_error *error, ost_status code, const char *format, ...) OST_PRINTF(3, 4);
void ost_err_place(ost_error *error, ost_str source, uint32_t line, uint32_t column,
                   uint32_t offset);
void ost_err_hint(ost_error *error, const char *format, ...) OST_PRINTF(2, 3);
/* "memory is short" or, when the arena's byte limit was hit, OST_E_LIMIT. */
ost_status ost_err_memory(ost_error *error, const ost_arena *arena);
/* 1-based line and column (code points) of a byte offset. */
void ost_err_locate(ost_str text, size_t offset, uint32_t *line, uint32_t *column);
const char *ost_status_name(ost_status code);

#endif
