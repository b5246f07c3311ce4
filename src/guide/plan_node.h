/* Small steps through a JSON tree for plan.c: members, extensions and problems with their place. */
#ifndef OST_GUIDE_PLAN_NODE_H
#define OST_GUIDE_PLAN_NODE_H

#include "guide/plan.h"

typedef struct ost_plan_reader {
    ost_arena *arena;
    const ost_tree *tree;
    ost_str file, library;
    const ost_program *program;
    const ost_words *words;
    const ost_map *facts;
    ost_diagnostics *diagnostics;
} ost_plan_reader;

/* One place in the plan: a node and how it is written, "PlanDefinition.action[0].id". */
typedef struct ost_plan_at {
    uint32_t node;
    ost_str path;
} ost_plan_at;

void ost_plan_complain(const ost_plan_reader *r, ost_str path, const char *format, ...)
    OST_PRINTF(3, 4);
/* Text of a string, number or boolean member; len 0 when absent. */
ost_str ost_plan_text(const ost_plan_reader *r, uint32_t node, const char *name);
/* Member `name` of a node; node 0 when absent. */
ost_plan_at ost_plan_member(const ost_plan_reader *r, ost_plan_at at, const char *name);
/* Item of an array, in order: *node is 0 at first and after the last. */
bool ost_plan_next(const ost_plan_reader *r, ost_plan_at array, ost_plan_at *item, size_t *index);
/* Short name of an extension ("domain"): the url without our prefix. */
ost_str ost_plan_extension_name(const ost_plan_reader *r, uint32_t extension);
/* Text of the value[x] of an extension; for a CodeableConcept its text or first code. */
ost_str ost_plan_extension_value(const ost_plan_reader *r, uint32_t extension);
/* Value of a part of a complex extension; len 0 when absent. */
ost_str ost_plan_part(const ost_plan_reader *r, ost_plan_at extension, const char *name);
/* Values of all parts with that name. */
ost_text_list ost_plan_parts(const ost_plan_reader *r, ost_plan_at extension, const char *name);
/* Reports parts whose names are not in `names` (ended by NULL). */
void ost_plan_check_parts(const ost_plan_reader *r, ost_plan_at extension,
                          const char *const *names);
/* Definition by name in the plan's library, or "Library.Name"; reports a missing or non-Boolean
 * one. */
uint32_t ost_plan_define(const ost_plan_reader *r, ost_str path, ost_str name, bool boolean);
/* One of the words between bars, else reported. */
void ost_plan_check_code(const ost_plan_reader *r, ost_str path, ost_str value, const char *words);
void ost_plan_check_words(const ost_plan_reader *r, ost_str path, ost_str key, bool for_patient);
void ost_plan_check_fact(const ost_plan_reader *r, ost_str path, ost_str id);

#endif
