/* What of a record was used, unused, missing, malformed. */
#ifndef OST_GUIDE_VALIDATE_H
#define OST_GUIDE_VALIDATE_H

#include "guide/run.h"

/* A code of a resource that no value set knows. */
typedef struct ost_unknown_code {
    ost_str path;  /* "Observation/x1.code" */
    uint32_t line; /* 0 = unknown */
    ost_code code;
} ost_unknown_code;

typedef struct ost_used_resource {
    ost_str path;
    ost_text_list facts; /* ids of the facts that rest on it; empty = not used */
} ost_used_resource;

typedef struct ost_validation {
    ost_assessment *assessment; /* messages, missing, versions */
    const ost_used_resource *resources;
    size_t resource_count;
    const ost_unknown_code *codes;
    size_t code_count;
    size_t findings; /* messages of level warning and error */
} ost_validation;

/* True when no value set holds the code of the resource; `out` then is that code. */
bool ost_run_unknown_code(const ost_run *run, size_t resource, ost_unknown_code *out);
/* One message about all conditions of that kind. */
void ost_run_code_messages(ost_run *run);

OST_MUST_CHECK ost_status ost_validate_record(const ost_content *content,
                                              const ost_patients *patients, size_t index,
                                              const ost_assess_options *options, ost_arena *arena,
                                              ost_validation *out, ost_error *error);

#endif
