/* The CQL engine as the rest of Osteon sees it: compile libraries into a program, evaluate
 * definitions of it over a record, replace definitions (overrides), and ask where an answer came
 * from (tracing).
 *
 * A program is read-only after ost_program_done and shared by threads. An evaluation belongs to one
 * record and one thread; definitions are evaluated when asked for, once (memo). */
#ifndef OST_CQL_ENGINE_H
#define OST_CQL_ENGINE_H

#include "cql/ast.h"
#include "fhir/record.h"
#include "term/term.h"
#include "value/ucum.h"

typedef struct ost_program ost_program;
typedef struct ost_eval ost_eval;
#define OST_DEFINE_NONE UINT32_MAX

/* model NULL: only the System types. All borrowed and must outlive the program. */
ost_program *ost_program_new(ost_arena *arena, const ost_model *model, const ost_ucum *ucum,
                             const ost_term *term);
/* Adds the source of a library; includes are resolved by name and version among the added ones when
 * the program is done. FHIRHelpers 4.0.1 is built in. */
OST_MUST_CHECK ost_status ost_program_add(ost_program *program, ost_str source_name,
                                          ost_str source);
/* Parses, checks and plans everything. Returns OST_OK, or the first error's code; all errors are in
 * `diagnostics`, each with source name, line and column. */
OST_MUST_CHECK ost_status ost_program_done(ost_program *program, ost_diagnostics *diagnostics);
/* Source text of an added library by source name; for carets and for "show me the line". */
ost_str ost_program_source(const ost_program *program, ost_str source_name);

/* Definitions have ids 0..count-1 in the order of libraries and of their text. */
size_t ost_program_define_count(const ost_program *program);
/* library may be empty for the unnamed library. OST_DEFINE_NONE when absent. */
uint32_t ost_program_find(const ost_program *program, ost_str library, ost_str name);
typedef struct ost_define_info {
    ost_str library, name, source_name, type; /* type in CQL form, "List<FHIR.Observation>" */
    uint32_t line, column;
    bool is_private;
} ost_define_info;
ost_define_info ost_program_define(const ost_program *program, uint32_t define);
/* Definitions that this one refers to directly (functions looked through), sorted by id. */
size_t ost_program_uses(const ost_program *program, uint32_t define, const uint32_t **uses);
/* True when `define` depends on `on`, directly or not; false for OST_DEFINE_NONE. */
bool ost_program_depends(const ost_program *program, uint32_t define, uint32_t on);
/* Constants that `define` (and what it depends on) compares the definition `fact` with by = != < <=
 * > >=, `between`, `in Interval[...]`: the thresholds for "what would change this". At most max;
 * their number. */
size_t ost_program_thresholds(const ost_program *program, uint32_t define, uint32_t fact,
                              ost_value *out, size_t max);
/* The plan as text: one step a line. */
void ost_program_explain(const ost_program *program, uint32_t define, ost_buf *out);

typedef struct ost_eval_options {
    size_t size;  /* sizeof(ost_eval_options) */
    ost_when now; /* Now() and Today(); full precision */
    int offset_min;
    bool trace;          /* keep provenance */
    uint64_t step_limit; /* 0 = default */
    size_t limit_bytes;  /* 0 = default */
    ost_buf *messages;   /* Message() output; may be NULL */
} ost_eval_options;

/* record NULL: retrieves give empty lists, Patient is null. NULL when memory is short. */
ost_eval *ost_eval_new(const ost_program *program, const ost_record *record,
                       const ost_eval_options *options);
void ost_eval_free(ost_eval *eval);
/* Null is a value. Run-time errors: OST_E_RUNTIME with the place in the library; other definitions
 * can still be evaluated. The value lives until ost_eval_free, ost_eval_override or
 * ost_eval_clear. */
OST_MUST_CHECK ost_status ost_eval_define(ost_eval *eval, uint32_t define, ost_value *out,
                                          ost_error *error);
/* Sets a parameter ("Library", "Name") before the first evaluation. */
OST_MUST_CHECK ost_status ost_eval_parameter(ost_eval *eval, ost_str library, ost_str name,
                                             ost_value value, ost_error *error);
/* From now on `define` has this value; memo entries that depend on it are dropped, others are kept.
 * The value is copied. */
OST_MUST_CHECK ost_status ost_eval_override(ost_eval *eval, uint32_t define, ost_value value);
/* Removes one override / all overrides and the memo entries that depend on them. */
void ost_eval_restore(ost_eval *eval, uint32_t define);
void ost_eval_restore_all(ost_eval *eval);
/* Arena for values made by the caller for overrides. */
ost_arena *ost_eval_arena(ost_eval *eval);

/* Stops to keep provenance, which takes time; what was made so far keeps its own. Begins again,
 * where it was not kept, by making everything anew. */
void ost_eval_trace(ost_eval *eval, bool on);
/* With tracing: the resources (indices into record->resources, sorted) that the value of `define`
 * rests on: those that passed the last filter; and what was looked for when nothing was found. */
typedef struct ost_looked {
    ost_str type;        /* "Observation" */
    ost_str terminology; /* value set or code as named in the library; may be empty */
    uint32_t considered; /* number of resources of that type and terminology */
} ost_looked;
size_t ost_eval_sources(ost_eval *eval, uint32_t define, const uint32_t **resources);
size_t ost_eval_looked(ost_eval *eval, uint32_t define, const ost_looked **looked);

/* One expression against an optional library of context (for $cql, the command line, the runner):
 * parsed, checked, planned in the eval's program scope. Types: System plus the model. */
OST_MUST_CHECK ost_status ost_eval_expression(const ost_program *program, const ost_record *record,
                                              const ost_eval_options *options, ost_arena *arena,
                                              ost_str source_name, ost_str text, ost_value *out,
                                              ost_str *type, ost_diagnostics *diagnostics);

#endif
