/* Inside of a program: libraries, their symbols, the units of code and their plans. Private to
 * src/cql. */
#ifndef OST_CQL_PROGRAM_H
#define OST_CQL_PROGRAM_H

#include "cql/call.h"
#include "cql/convert.h"
#include "cql/engine.h"
#include "cql/type.h"

typedef enum ost_step_op {
#define STEP(id, synopsis) OST_STEP_##id,
#include "cql/steps.h"
    OST_STEP_COUNT
} ost_step_op;

/* Static data of RETRIEVE. */
typedef struct ost_retrieve {
    uint32_t type;                    /* FHIR type id */
    const ost_model_element *element; /* code path; NULL when the retrieve has no terminology */
    bool primary;                     /* the type's own code path: the index answers */
    ost_str type_name, terminology;   /* for "what did we look for" */
} ost_retrieve;

/* Static data of SORT. */
typedef struct ost_sort {
    const bool *descending; /* one per key */
} ost_sort;

typedef struct ost_operator {
    ost_str name;
    ost_op_function function;
    bool strict;
    const struct ost_overload *overloads;
    size_t overload_count;
} ost_operator;

typedef struct ost_overload {
    const ost_type *parameters[8];
    size_t minimum, maximum; /* number of arguments, the Precision argument not counted */
    bool precision;          /* an Integer with an ost_time_unit is passed last */
    const ost_type *result;
} ost_overload;

typedef struct ost_step {
    uint16_t op, count;
    uint32_t dst, a, b;
    uint32_t line, column;
    union {
        const ost_value *value;
        const ost_operator *operator;
        const ost_conversion *conversion;
        const ost_type *type;
        const struct ost_unit *function;
        const ost_str *name;
        const ost_model_element *element;
        const ost_tuple_shape *shape;
        const ost_retrieve *retrieve;
        const ost_sort *sort;
    };
} ost_step;

typedef enum ost_unit_state {
    OST_UNIT_NEW,
    OST_UNIT_BUSY,
    OST_UNIT_DONE,
    OST_UNIT_FAILED
} ost_unit_state;

typedef struct ost_threshold {
    uint32_t fact; /* define id compared */
    ost_value value;
} ost_threshold;

/* A definition, a function or an expression: something with a plan. */
typedef struct ost_unit {
    const struct ost_module *module;
    const ost_ast *ast;
    ost_str name;
    uint32_t define; /* define id; OST_DEFINE_NONE for functions and expressions */
    ost_unit_state state;
    const ost_type *type;      /* of the result, once DONE */
    const ost_type **operands; /* of a function */
    size_t operand_count;
    ost_step *steps;
    size_t step_count, step_capacity;
    uint32_t slots, collectors;
    uint32_t *uses; /* define ids, sorted, without repeats */
    size_t use_count, use_capacity;
    ost_threshold *thresholds;
    size_t threshold_count, threshold_capacity;
} ost_unit;

typedef enum ost_symbol_kind {
    OST_SYMBOL_DEFINE,
    OST_SYMBOL_FUNCTION,
    OST_SYMBOL_PARAMETER,
    OST_SYMBOL_CODESYSTEM,
    OST_SYMBOL_VALUESET,
    OST_SYMBOL_CODE,
    OST_SYMBOL_CONCEPT,
    OST_SYMBOL_INCLUDE
} ost_symbol_kind;

typedef struct ost_symbol {
    ost_symbol_kind kind;
    ost_str name;
    const ost_ast *ast;
    ost_unit *unit;                  /* DEFINE, FUNCTION */
    const struct ost_module *module; /* INCLUDE */
    uint32_t parameter;              /* PARAMETER: index into program->parameters */
    const ost_value *value;          /* CODESYSTEM, VALUESET, CODE, CONCEPT: once resolved */
    bool is_private;
    uint32_t next; /* next symbol of the same name (overloaded functions), or OST_MAP_NONE */
} ost_symbol;

typedef struct ost_parameter {
    const struct ost_module *module;
    ost_str name;
    const ost_type *type;
    ost_unit *initial; /* default, or NULL */
} ost_parameter;

typedef struct ost_module {
    ost_library *library;
    ost_symbol *symbols;
    size_t symbol_count, symbol_capacity;
    ost_map by_name;
    bool uses_fhir;
    bool fhir_helpers; /* the built-in library: its functions are the model's conversions */
} ost_module;

struct ost_program {
    ost_arena *arena;
    const ost_model *model;
    const ost_ucum *ucum;
    const ost_term *term;
    ost_types types;
    const ost_operator *operators;
    size_t operator_count;
    ost_map operator_ids;
    ost_module **modules;
    size_t module_count, module_capacity;
    ost_str (*sources)[2]; /* name, text */
    size_t source_count, source_capacity;
    ost_unit **defines;
    size_t define_count, define_capacity;
    ost_parameter *parameters;
    size_t parameter_count, parameter_capacity;
    uint64_t *closure; /* bit matrix: define_count rows of closure_words */
    size_t closure_words;
    /* The closure the other way round: who depends on definition d stands in dependents from
     * dependents_at[d] up to dependents_at[d + 1]. */
    uint32_t *dependents, *dependents_at;
    bool done, failed;
};

/* operators.c: parses the signatures of ops.h. False when memory is short. */
bool ost_program_load_operators(ost_program *program);
const ost_operator *ost_program_operator(const ost_program *program, ost_str name);
/* symbols.c: declarations to symbols; includes resolved. */
void ost_module_declare(ost_program *program, ost_module *module, ost_diagnostics *diagnostics);
void ost_module_link(ost_program *program, ost_module *module, ost_diagnostics *diagnostics);
/* The built-in FHIRHelpers library as a module. */
ost_module *ost_module_fhir_helpers(ost_program *program);
ost_symbol *ost_module_find(const ost_module *module, ost_str name);
ost_unit *ost_program_new_unit(ost_program *program, ost_module *module, const ost_ast *ast);

/* check.c: makes the plan of a unit (and, on demand, of those it uses). False when it has
 * errors. */
bool ost_check_unit(ost_program *program, ost_unit *unit, ost_diagnostics *diagnostics);
/* plan.c: bounds of slots, jumps, collectors. */
bool ost_plan_verify(const ost_program *program, const ost_unit *unit);
void ost_plan_print(ost_buf *out, const ost_program *program, const ost_unit *unit);

#endif
