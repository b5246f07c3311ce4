/* The checker's state while it turns one unit's syntax tree into steps. Private to check_*.c.
 *
 * One pass: ost_check_expression(check, node, dst) emits the steps that leave the node's value in
 * slot `dst` and returns its static type, or NULL after it has reported an error. Slots are a
 * stack: arguments of a call lie next to each other, temporary slots are given back when an
 * expression is done. */
#ifndef OST_CQL_CHECK_H
#define OST_CQL_CHECK_H

#include "cql/program.h"

typedef struct ost_scope {
    ost_str
        name; /* alias, let, operand, "$this" ...; empty name: members of the value are in scope */
    const ost_type *type;
    uint32_t slot;
    const struct ost_scope *outer;
} ost_scope;

typedef struct ost_check {
    ost_program *program;
    ost_types *types;
    ost_unit *unit;
    ost_diagnostics *diagnostics;
    const ost_scope *scope;
    uint32_t next_slot, next_collector;
    uint32_t depth;
} ost_check;

const ost_type *ost_check_expression(ost_check *check, const ost_ast *ast, uint32_t dst);
/* Also converts to `want`; reports when there is no way. Returns want. */
const ost_type *ost_check_expecting(ost_check *check, const ost_ast *ast, const ost_type *want,
                                    uint32_t dst);
/* Converts the value in `slot`, in place. */
const ost_type *ost_check_convert(ost_check *check, const ost_ast *at, const ost_type *from,
                                  const ost_type *to, uint32_t slot);

/* check_call.c */
const ost_type *ost_check_operator(ost_check *check, const ost_ast *ast, ost_str name,
                                   ost_ast *const *arguments, size_t count, ost_time_unit precision,
                                   uint32_t dst);
const ost_type *ost_check_invoke(ost_check *check, const ost_ast *ast, uint32_t dst);
/* Types of a function's operands, read once (check_function.c). */
bool ost_check_operands(ost_check *check, ost_unit *unit);
/* Calls an operator whose arguments already lie in slots first.. with these types. */
const ost_type *ost_check_call_slots(ost_check *check, const ost_ast *ast, ost_str name,
                                     const ost_type **types, uint32_t first, size_t count,
                                     ost_time_unit precision, uint32_t dst);
/* check_query.c, check_retrieve.c, check_timing.c, check_type.c, check_select.c,
 * check_reference.c */
const ost_type *ost_check_query(ost_check *check, const ost_ast *ast, uint32_t dst);
const ost_type *ost_check_retrieve(ost_check *check, const ost_ast *ast, uint32_t dst);
const ost_type *ost_check_timing(ost_check *check, const ost_ast *ast, uint32_t dst);
const ost_type *ost_check_type(ost_check *check,
                               const ost_ast *ast); /* type specifier; NULL + error */
const ost_type *ost_check_selector(ost_check *check, const ost_ast *ast, uint32_t dst);
const ost_type *ost_check_reference(ost_check *check, const ost_ast *ast, uint32_t dst);
const ost_type *ost_check_member(ost_check *check, const ost_ast *ast, uint32_t dst);
/* Member `name` of the value in slot `from`, which has `type`; NULL without an error when there is
 * none. */
const ost_type *ost_check_class_member(ost_check *check, const ost_ast *ast, const ost_type *type,
                                       ost_str name, uint32_t from, uint32_t dst);
const ost_type *ost_check_member_of(ost_check *check, const ost_ast *ast, const ost_type *type,
                                    ost_str name, uint32_t from, uint32_t dst);
/* A literal node's value without a plan: false when it is not a literal. */
bool ost_check_literal(ost_check *check, const ost_ast *ast, ost_value *out, const ost_type **type);
/* Value of a code system, value set, code or concept declaration. */
const ost_value *ost_check_terminology(ost_check *check, const ost_module *module,
                                       ost_symbol *symbol);

/* Emitting. */
ost_step *ost_check_emit(ost_check *check, const ost_ast *at, ost_step_op op, uint32_t dst,
                         uint32_t a, uint32_t b);
void ost_check_emit_constant(ost_check *check, const ost_ast *at, uint32_t dst, ost_value value);
/* Index of the next step, for jumps. */
uint32_t ost_check_here(const ost_check *check);
/* Lets the jump at step `from` go to the next step. */
void ost_check_land(ost_check *check, uint32_t from);
uint32_t ost_check_slots(ost_check *check, uint32_t count);
void ost_check_use(ost_check *check, uint32_t define);
ost_error *ost_check_error(ost_check *check, ost_status code, const ost_ast *at, const char *format,
                           ...) OST_PRINTF(4, 5);

#endif
