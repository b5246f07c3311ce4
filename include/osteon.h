/* Osteon: from her record to her options. The one public header.
 *
 * Every fallible function returns an ost_status (0 or a negative OST_E_ code) and fills the
 * ost_error passed last. Opaque structs are made and freed by the library. Text results are owned
 * by the object they come from and live as long as it does. Compiled content is read-only after it
 * is opened and may be shared by threads; a record and an assessment belong to one thread at a
 * time. */
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

/* What went wrong, where, and what to do. Filled by the callee, owned by the caller, no
 * allocation. */
typedef struct ost_error {
    ost_status code;
    char source[OST_SOURCE_MAX];   /* library id, resource path or file name; may be empty */
    uint32_t line, column;         /* 1-based, 0 = unknown; column counts code points */
    uint32_t offset;               /* byte offset, for tools */
    char message[OST_MESSAGE_MAX]; /* what happened, with the value; no full stop at its end */
    char hint[OST_HINT_MAX];       /* what to do; may be empty */
} ost_error;

/* ---- Knowledge: compiled once, read-only, shared by threads. ---- */
typedef struct ost_content ost_content;

typedef struct ost_content_options {
    size_t size;             /* sizeof(ost_content_options) */
    const char *content_dir; /* NULL = the content that was built in */
    const char *site_dir;    /* NULL = the default site policy */
} ost_content_options;
#define OST_CONTENT_OPTIONS_INIT                                                                   \
    {                                                                                              \
        sizeof(ost_content_options), NULL, NULL                                                    \
    }

OST_API OST_MUST_CHECK ost_status ost_content_open(const ost_content_options *options,
                                                   ost_content **out, ost_error *error);
OST_API void ost_content_free(ost_content *content);
OST_API const char *ost_content_version(const ost_content *content);
OST_API const char *ost_version(void);

/* ---- Records ---- */
typedef struct ost_patients ost_patients;

/* path: a file, a folder, or "-" for stdin. Bundle, NDJSON, resources, case file
 * (docs/record.md). */
OST_API OST_MUST_CHECK ost_status ost_patients_open(const ost_content *content, const char *path,
                                                    ost_patients **out, ost_error *error);
/* The same from memory; the bytes are copied. */
OST_API OST_MUST_CHECK ost_status ost_patients_from_text(const ost_content *content,
                                                         const char *text, size_t len,
                                                         ost_patients **out, ost_error *error);
OST_API size_t ost_patients_count(const ost_patients *patients);
OST_API const char *ost_patients_id(const ost_patients *patients, size_t index);
/* True when the input is one JSON document: then several patients in it are a mistake unless one is
 * asked for. */
OST_API bool ost_patients_one_document(const ost_patients *patients);
/* What of the input could not be read or given to a patient: the message, NULL past the last
 * one. */
OST_API const char *ost_patients_message(const ost_patients *patients, size_t index);
OST_API void ost_patients_free(ost_patients *patients);

/* ---- Assessment ---- */
typedef struct ost_assessment ost_assessment;

typedef struct ost_assess_options {
    size_t size;          /* sizeof(ost_assess_options) */
    const char *as_of;    /* date or dateTime; a date means the end of that day; must be given */
    int offset_min;       /* offset of the request, minutes east */
    const char *audience; /* "clinician" (default), "patient", "family" */
} ost_assess_options;
#define OST_ASSESS_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(ost_assess_options), NULL, 0, NULL                                                  \
    }

OST_API OST_MUST_CHECK ost_status ost_assess(const ost_content *content,
                                             const ost_patients *patients, size_t index,
                                             const ost_assess_options *options,
                                             ost_assessment **out, ost_error *error);
OST_API void ost_assessment_free(ost_assessment *assessment);
/* format: "text", "json", "html", "fhir". The text belongs to the assessment. */
OST_API OST_MUST_CHECK ost_status ost_assessment_render(ost_assessment *assessment,
                                                        const char *format, const char **text,
                                                        size_t *len, ost_error *error);
/* Why `option` applies, does not, or can't be told, and what would change it; format "text" or
 * "json". OST_E_NOT_FOUND with the nearest option ids when there is no such option. Free with
 * ost_text_free. */
OST_API OST_MUST_CHECK ost_status ost_why(const ost_content *content, const ost_patients *patients,
                                          size_t index, const ost_assess_options *options,
                                          const char *option, const char *format, char **text,
                                          size_t *len, ost_error *error);
/* What of a record was used, unused, missing, malformed; findings = number of things to mend. */
OST_API OST_MUST_CHECK ost_status ost_validate(const ost_content *content,
                                               const ost_patients *patients, size_t index,
                                               const ost_assess_options *options,
                                               const char *format, char **text, size_t *len,
                                               size_t *findings, ost_error *error);
OST_API void ost_text_free(char *text);

/* ---- Content checks and the CQL engine as a tool ---- */
/* what: "check", "coverage", "drafts". */
OST_API OST_MUST_CHECK ost_status ost_content_report(const ost_content *content, const char *what,
                                                     char **text, size_t *len, size_t *findings,
                                                     ost_error *error);
/* command: "check", "eval", "explain". libraries: `count` source files; define NULL = all public
 * ones. */
typedef struct ost_cql_request {
    size_t size;
    const char *command;
    const char *const *paths; /* CQL files; the first is the main library */
    size_t path_count;
    const char *define;     /* one definition, or NULL */
    const char *expression; /* an expression instead of a definition, or NULL */
    const char *as_of;
    int offset_min;
    bool json;
} ost_cql_request;
OST_API OST_MUST_CHECK ost_status ost_cql(const ost_content *content,
                                          const ost_cql_request *request,
                                          const ost_patients *patients, size_t index, char **text,
                                          size_t *len, size_t *findings, ost_error *error);

#ifdef __cplusplus
}
#endif
#endif
