/* Cases of the content: a record, a date, replaced facts, and what the answer must say. Both
 * forms of content/guideline/README.md become the same list of expectations. */
#ifndef OST_TESTS_CASES_CASES_H
#define OST_TESTS_CASES_CASES_H

#include "guide/run.h"

/* "start-x" + "" = status; + "because", "dose", "unit", "high", "missing", "reason", "first",
 * "safety"; "flag:x";
 * "fact:x" + "value" or "state". */
typedef struct expectation {
    ost_str subject, part, value;
} expectation;

typedef struct test_case {
    ost_str name;   /* "bone-agents/dose.csv crcl-60" */
    ost_str record; /* path */
    ost_str as_of;
    ost_str facts; /* "creatinine=3.2;pregnant=true" */
    const expectation *expected;
    size_t expected_count;
} test_case;

typedef struct case_list {
    ost_arena *arena;
    const ost_content *content;
    test_case *cases;
    size_t count, capacity;
} case_list;

/* Finds all cases below root: content/guideline, content/score and examples. Problems are in
 * `error`. */
OST_MUST_CHECK ost_status cases_find(case_list *list, const char *root, ost_error *error);

/* A case whose record is read and whose facts are replaced. */
typedef struct opened_case {
    ost_str text; /* of the record */
    struct ost_patients *patients;
    ost_run run;
    ost_error error; /* of the run, which points here */
} opened_case;

/* False with lines in `problems` when it can't be; closed in either case. All memory is the
 * arena's. */
bool case_open(const ost_content *content, const test_case *c, ost_arena *arena, opened_case *out,
               ost_buf *problems);
void case_close(opened_case *open);

/* Writes a line for each expectation that is not met; true when all are. */
bool case_check(const test_case *c, const ost_assessment *a, ost_buf *problems);
/* A fact that becomes unknown may make a status "cannot tell yet", nothing else. */
bool case_unknown_is_never_no(ost_run *run, ost_buf *problems);
/* The same bytes twice and for another order of the resources. */
bool case_is_stable(const ost_content *content, const test_case *c, ost_str text,
                    ost_buf *problems);

#endif
