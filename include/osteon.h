/* Osteon: from her record to her options. The one public header.
 *
 * Every fallible function returns an ost_status (0 or a negative OST_E_ code) and fills the ost_error
 * passed last. Opaque structs are made and freed by the library. Text results are owned by the object
 * they come from and live as long as it does. Compiled content is read-only after it is opened and may
 * be shared by threads; a record and an assessment belong to one thread at a time. */
#ifndef OSTEON_H
#define OSTEON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OST_API        __attribute__((visibility("default")))
#define OST_MUST_CHECK __attribute__((warn_unused_result))
#else
#define OST_API
#define OST_MUST_CHECK
#endif

typedef enum ost_status {
    OST_OK = 0,
    OST_E_SYNTAX = -1,      /* text that is not in its grammar: JSON, CQL, a date */
    OST_E_TYPE = -2,        /* CQL that does not pass the type checker */
    OST_E_UNSUPPORTED = -3, /* well-formed, but not something this version does */
    OST_E_DATA = -4,        /* a record that can't be used: no patient, two patients */
    OST_E_LIMIT = -5,       /* a documented limit was exceeded */
    OST_E_IO = -6,          /* a file or stream could not be read or written */
    OST_E_MEMORY = -7,      /* an allocation failed */
    OST_E_UNIT = -8,        /* units that are unknown or not of one dimension */
    OST_E_RUNTIME = -9,     /* a CQL run-time error */
    OST_E_NOT_FOUND = -10,  /* a named library, definition, option or file does not exist */
    OST_E_INTERNAL = -11    /* always our bug */
} ost_status;

enum { OST_SOURCE_MAX = 160, OST_MESSAGE_MAX = 240, OST_HINT_MAX = 120 };

/* What went wrong, where, and what to do. Filled by the callee, owned by the caller, no allocation. */
typedef struct ost_error {
    ost_status code;
    char source[OST_SOURCE_MAX];   /* library id, resource path or file name; may be empty */
    uint32_t line, column;         /* 1-based, 0 = unknown; column counts code points */
    uint32_t offset;               /* byte offset, for tools */
    char message[OST_MESSAGE_MAX]; /* what happened, with the value; no full stop at its end */
    char hint[OST_HINT_MAX];       /* what to do; may be empty */
} ost_error;

#ifdef __cplusplus
}
#endif
#endif
