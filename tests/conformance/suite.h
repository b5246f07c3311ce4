/* The conformance tests of CQL: XML files of tests, each an expression and the text of its
 * value. */
#ifndef OST_TESTS_CONFORMANCE_SUITE_H
#define OST_TESTS_CONFORMANCE_SUITE_H

#include "base/arena.h"
#include "base/err.h"

typedef struct suite_test {
    ost_str file, name; /* file without .xml */
    ost_str expression;
    ost_str invalid; /* "syntax", "semantic", "true"; empty or "false" when valid */
    ost_str output;  /* ptr NULL when there is none */
    uint32_t line;
} suite_test;

typedef struct suite {
    suite_test *tests;
    size_t count, capacity;
} suite;

/* Adds the tests of one file's text. OST_E_SYNTAX with the line when it is not well-formed. */
OST_MUST_CHECK ost_status suite_read(ost_arena *arena, ost_str file, ost_str xml, suite *out,
                                     ost_error *error);

#endif
