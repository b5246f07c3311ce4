/* A small content of its own for the tests of guide and view: one topic, a few facts, made up.
 * It is written to a folder below the working directory, opened, and taken away again. */
#ifndef OST_GUIDE_TEST_FIXTURE_H
#define OST_GUIDE_TEST_FIXTURE_H

#include "guide/run.h"

#define FIXTURE_DAY "2026-11-24"
/* Resources for records, one a line. */
#define FIXTURE_ILL                                                                                \
    "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":"             \
    "\"http://c.example\",\"code\":\"ill\"}]},\"subject\":{\"reference\":\"Patient/p1\"}}\n"
#define FIXTURE_LEVEL(value, more)                                                                 \
    "{\"resourceType\":\"Observation\",\"id\":\"l1\",\"status\":\"final\",\"code\":{\"coding\":[{" \
    "\"system\":\"http://c.example\",\"code\":\"level\"}]},\"subject\":{\"reference\":"            \
    "\"Patient/p1\"}," more "\"valueQuantity\":{\"value\":" value                                  \
    ",\"unit\":\"mg/dL\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg/dL\"}}\n"
#define FIXTURE_DATED(day) "\"effectiveDateTime\":\"" day "\","
#define FIXTURE_YES_NO(id, code, value)                                                            \
    "{\"resourceType\":\"Observation\",\"id\":\"" id "\",\"status\":\"final\",\"code\":{"          \
    "\"coding\":[{\"system\":\"http://c.example\",\"code\":\"" code "\"}]},\"subject\":{"          \
    "\"reference\":\"Patient/p1\"},\"valueBoolean\":" value "}\n"

/* Replaces or adds one file of the content before it is opened: path, text; NULL path ends the
 * list. */
typedef struct fixture_file {
    const char *path, *text;
} fixture_file;

/* Opens the small content with changes; fails the test when the files can't be written. */
ost_status fixture_open(const fixture_file *changes, ost_content **out, ost_error *error);
/* The same as a set-up of cmocka: 0, or -1 and the error is printed. */
int fixture_set_up(const fixture_file *changes, ost_content **out);
/* Text of a file of the small content. */
const char *fixture_text(const char *path);
/* A bundle of Patient "p1" and resources, one a line. */
ost_str fixture_record(ost_arena *arena, const char *resources);
ost_patients *fixture_patients(const ost_content *content, const char *resources);
/* Assesses a record as of FIXTURE_DAY. Freed with ost_assessment_free. */
ost_assessment *fixture_assess(const ost_content *content, const char *resources,
                               const char *audience);
const ost_option *fixture_option(const ost_assessment *a, const char *id);
const ost_fact *fixture_fact(const ost_assessment *a, const char *id);

#endif
