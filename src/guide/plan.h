/* A PlanDefinition of content/guideline as a struct: topics, options, red flags
 * (docs/design/content.md). */
#ifndef OST_GUIDE_PLAN_H
#define OST_GUIDE_PLAN_H

#include "cql/engine.h"
#include "guide/words.h"

#define OST_EXTENSION_PREFIX "https://osteon.example/fhir/StructureDefinition/osteon-"

typedef struct ost_plan_safety {
    bool block; /* else caution */
    uint32_t define;
    ost_str text, fact;
} ost_plan_safety;

typedef struct ost_plan_first {
    bool required;
    uint32_t define;
    ost_str text, fact;
} ost_plan_first;

typedef struct ost_plan_reason {
    uint32_t define; /* OST_DEFINE_NONE = always shown */
    ost_str text;
} ost_plan_reason;

typedef struct ost_plan_flag {
    uint32_t confirmed, suspected; /* OST_DEFINE_NONE when not given */
    int within_hours;
    ost_text_list text, facts;
} ost_plan_flag;

typedef struct ost_plan_option {
    ost_str id, title, plain_title, domain, kind, intent, urgency, strength, audience, jurisdiction,
        outlook;
    ost_str path;    /* "PlanDefinition.action[0].action[3]" */
    uint32_t define; /* indication; OST_DEFINE_NONE for a flag without one */
    uint32_t dose;
    const ost_source *sources;
    size_t source_count;
    const ost_plan_safety *safety;
    size_t safety_count;
    const ost_plan_first *first;
    size_t first_count;
    const ost_plan_reason *reasons;
    size_t reason_count;
    ost_text_list resources, rows;
    bool per_lesion;           /* judged for each lesion (docs/design/lesions.md) */
    const ost_plan_flag *flag; /* NULL = an option */
} ost_plan_option;

typedef struct ost_plan {
    ost_str file, topic, title, version, library;
    uint32_t entry; /* entry condition of the topic */
    const ost_plan_option *options;
    size_t count;
} ost_plan;

/* Reads and checks one plan. Every problem (unknown extension, a define that does not exist, a
 * missing member, a key without words, an unknown code) is a diagnostic with file and path;
 * returns OST_E_DATA then. `facts`: ids of facts.csv. */
OST_MUST_CHECK ost_status ost_plan_read(ost_arena *arena, const ost_tree *tree, uint32_t root,
                                        ost_str file, const ost_program *program,
                                        const ost_words *words, const ost_map *facts, ost_plan *out,
                                        ost_diagnostics *diagnostics);

#endif
