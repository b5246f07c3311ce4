/* One assessment in the making: the record under evaluation, the facts, the messages. Private to
 * guide.
 *
 * Reading order: facts.c fills `facts`, verdict.c says what an option's status is, trial.c tries
 * other values of a fact, options.c, flags.c and missing.c make the parts of the assessment
 * (dose.c reads a dose, remarks.c brings together what lesions say),
 * why.c the nearest change. */
#ifndef OST_GUIDE_RUN_H
#define OST_GUIDE_RUN_H

#include "guide/content.h"

/* The woman as a whole, or one lesion of hers (lesions.c). */
typedef struct ost_run_scope {
    ost_str lesion; /* empty for the whole */
    ost_str names[OST_AUDIENCE_COUNT];
    ost_eval *eval;
    ost_fact *facts;
    bool *overridden;
    ost_value *base;
} ost_run_scope;

typedef struct ost_run {
    const ost_content *content;
    ost_arena *arena; /* of the result */
    const ost_record *record;
    ost_eval *eval;
    ost_when as_of;
    int offset_min;
    ost_audience audience;
    ost_fact *facts;  /* one for each of content->facts */
    bool *overridden; /* by fact: its definition is overridden with `base` */
    ost_value *base;
    bool *reported;        /* by define: its run-time error is in the messages */
    uint8_t *visited;      /* by define: scratch of ost_run_gaps */
    ost_run_scope *scopes; /* [0] the whole, then the lesions; NULL before they are read */
    size_t lesion_count;
    size_t scope; /* the one entered */
    ost_message *messages;
    size_t message_count, message_capacity;
    ost_status status; /* the first failure (memory, limit); sticky */
    ost_error *error;
} ost_run;

/* What an option's conditions give. because: one of the words of assessment.h, empty when it
 * applies. */
typedef struct ost_verdict {
    ost_status_word status;
    ost_str because;
} ost_verdict;

typedef enum ost_tri { OST_TRI_NO, OST_TRI_YES, OST_TRI_UNKNOWN } ost_tri;

/* A list of distinct texts that grows. */
typedef struct ost_text_builder {
    ost_str *items;
    size_t count, capacity;
} ost_text_builder;

/* Value of a definition; run-time errors become a message once and give null. */
ost_value ost_run_value(ost_run *run, uint32_t define);
/* OST_DEFINE_NONE is `no`. */
ost_tri ost_run_tri(ost_run *run, uint32_t define);
/* Copy of a value into the run's arena, so that it outlives the evaluation. */
ost_value ost_run_keep(ost_run *run, ost_value value);
void ost_run_message(ost_run *run, ost_level level, ost_str path, ost_str text);
void ost_run_fail(ost_run *run, ost_status status);
void ost_run_add_text(ost_run *run, ost_text_builder *list, ost_str text);
ost_text_list ost_run_texts(const ost_text_builder *list);
/* Text for a words key: placeholders {fact:id} and {dose} filled. Empty when there is no text. */
ost_str ost_run_words(ost_run *run, ost_str key, ost_audience audience, const ost_dose *dose);
/* The value of a fact as a reader sees it: "34 mL/min (2026-11-03)". */
ost_str ost_fact_text(const ost_content *content, ost_arena *arena, const ost_fact *fact,
                      ost_audience audience);
/* Value without date and unit. */
ost_str ost_fact_value_text(const ost_content *content, ost_arena *arena, const ost_fact *fact,
                            ost_audience audience);
/* "4 mg intravenous ..." from words. */
ost_str ost_dose_text(const ost_content *content, ost_arena *arena, const ost_dose *dose,
                      ost_audience audience);
/* "Observation/ca1", else its address, else its type. */
ost_str ost_resource_name(const ost_record *record, size_t index);

/* Replaces the definition of a fact, as if the record said so; null = not known. Call
 * ost_run_reread after the last one, so that the facts that rest on it are read again. */
void ost_run_what_if(ost_run *run, size_t fact, ost_value value);
void ost_run_reread(ost_run *run);
/* A value as it is written in a table of cases or a form: "3.2" in the fact's unit, "true", a code
 * word, a date, words between bars for a list, "unknown". False when it does not fit the fact's
 * type. */
bool ost_run_parse_value(ost_run *run, size_t fact, ost_str text, ost_value *out);
/* A number in the type and unit of the fact's definition. */
ost_value ost_fact_number(ost_run *run, size_t fact, ost_decimal d);

/* Adds the facts that would have to be known for `define` to be known: the facts without a value
 * that it rests on through definitions that are null. */
void ost_run_gaps(ost_run *run, uint32_t define, ost_text_builder *out);

/* A new evaluation of the record; NULL when memory is short. */
ost_eval *ost_run_new_eval(const ost_run *run);
/* Whether the evaluations, of the woman and of each lesion, keep provenance. */
void ost_run_trace(ost_run *run, bool on);
void ost_run_facts(ost_run *run);
/* Reads the facts of single lesions (or, at first, all) for the lesion that is entered. */
void ost_run_read_facts(ost_run *run, bool of_lesion_only);
ost_verdict ost_run_verdict(ost_run *run, const ost_plan *plan, const ost_plan_option *option);
/* The dose that a definition gives; NULL when it gives none or has no amount. */
const ost_dose *ost_run_dose(ost_run *run, uint32_t define);
/* The same in every part; NULL is the same as NULL only. */
bool ost_dose_same(const ost_dose *a, const ost_dose *b);
const ost_option *ost_run_options(ost_run *run, size_t *count);
/* One option, also when its topic's entry condition is false (for `why`). */
ost_option ost_run_option(ost_run *run, const ost_plan *plan, const ost_plan_option *option);
const ost_flag *ost_run_flags(ost_run *run, size_t *count);
/* Facts ordered by how many options would change their status. */
ost_text_list ost_run_missing(ost_run *run, const ost_option *options, size_t option_count,
                              const ost_flag *flags, size_t flag_count);

/* The definitions that decide an option: entry, indication, blocks, prerequisites. */
enum { OST_OPTION_DEFINES_MAX = 64 };
size_t ost_option_defines(const ost_plan *plan, const ost_plan_option *option, uint32_t *out);
bool ost_option_depends(const ost_content *content, const ost_plan *plan,
                        const ost_plan_option *option, uint32_t on);

/* Other values that a fact could have: its domain, and both sides of each threshold that the
 * option compares it with. At most OST_TRIALS_MAX. */
enum { OST_TRIALS_MAX = 64 };
size_t ost_run_trials(ost_run *run, size_t fact, const ost_plan *plan,
                      const ost_plan_option *option, ost_value *out);
/* Sets the fact to a value, for the woman and each of her lesions, and back to what the record
 * gives. */
void ost_run_try(ost_run *run, size_t fact, ost_value value);
/* For one lesion only. */
void ost_run_try_lesion(ost_run *run, size_t lesion, size_t fact, ost_value value);
void ost_run_untry(ost_run *run, size_t fact);

/* A date means the end of that day; a dateTime keeps its moment and is moved to the request's
 * offset. OST_E_SYNTAX with "--as-of" as its place. */
OST_MUST_CHECK ost_status ost_read_as_of(ost_str text, int offset_min, ost_when *out,
                                         ost_error *error);
/* Opens the record of one patient and evaluates its facts; used by ost_assess, ost_why and
 * ost_validate. */
struct ost_patients;
OST_MUST_CHECK ost_status ost_run_open(const ost_content *content,
                                       const struct ost_patients *patients, size_t index,
                                       const ost_assess_options *options, ost_arena *arena,
                                       ost_run *run, ost_error *error);
void ost_run_close(ost_run *run);
/* Fills everything of an assessment but its arena. */
void ost_run_assess(ost_run *run, ost_assessment *a);

#endif
