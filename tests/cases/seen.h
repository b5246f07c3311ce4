/* What was seen of everything that the content decides: a list of subjects (a condition, an
 * option, a flag ...), each with the ways in which it can go, and which of them some case took. */
#ifndef OST_TESTS_CASES_SEEN_H
#define OST_TESTS_CASES_SEEN_H

#include "cases.h"

enum { SEEN_WAYS = 4 };

/* Names of the ways, in the order of the bits; NULL after the last. */
typedef struct seen_kind {
    const char *name; /* "conditions" */
    const char *ways[SEEN_WAYS];
} seen_kind;

typedef struct seen_subject {
    const seen_kind *kind;
    ost_str group; /* "BoneAgents" */
    ost_str id;    /* "BoneAgents.Topic" */
    unsigned wanted, seen;
    unsigned never; /* nothing can take this way */
    unsigned open;  /* no case takes it yet */
} seen_subject;

typedef struct seen_list {
    ost_arena *arena;
    seen_subject *items;
    size_t count, capacity;
    ost_map ids;
    bool failed;
} seen_list;

/* A literal that the definition `define` is compared with. */
typedef struct seen_threshold {
    uint32_t define;
    ost_value literal;
    size_t subject;
} seen_threshold;

/* Everything that is looked at, as the content lists it. */
typedef struct seen_content {
    const ost_content *content;
    seen_list list;
    size_t *conditions; /* by define: its subject, SIZE_MAX for what is no Boolean */
    seen_threshold *thresholds;
    size_t threshold_count, threshold_capacity;
} seen_content;

seen_list seen_list_init(ost_arena *arena);
/* The index of the new subject, or of that which has its id. */
size_t seen_add(seen_list *list, const seen_kind *kind, ost_str group, ost_str id);
/* Way number `way` of a subject was seen; nothing when there is no such subject. */
void seen_mark(seen_list *list, ost_str id, size_t way);
/* Reads never_seen.csv (id, value, why): ways that nothing can take, and, where the reason begins
 * with "open:", ways that no case takes yet. Problems are lines in `problems`; false then. */
bool seen_excuse(seen_list *list, ost_str path, ost_buf *problems);
/* A test for each group, TAP on stdout; the number of those that failed. */
size_t seen_report(const seen_list *list, size_t *number);

bool seen_content_list(seen_content *all, ost_arena *arena, const ost_content *content);
/* What an opened case shows. */
void seen_content_note(seen_content *all, const test_case *c, ost_run *run);

#endif
