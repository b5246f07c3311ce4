/* The syntax tree of a CQL library: one node kind for everything, children as an array.
 *
 * The parser is faithful and knows no types. Operators become OST_AST_OP with the operator's
 * canonical name from ops.h ("Add" for +, "Equal" for =, "In" for `in`, ...). Timing phrases keep
 * their parts in ost_ast_timing, because what they mean depends on types; check_timing.c turns them
 * into operators. Every node has the place of its first token. Children that are optional and
 * absent are NULL. */
#ifndef OST_CQL_AST_H
#define OST_CQL_AST_H

#include "base/arena.h"
#include "base/err.h"
#include "value/when.h"

typedef enum ost_ast_kind {
    /* Literals: text = as written without quotes and @, escapes resolved for strings. */
    OST_AST_NULL,
    OST_AST_BOOLEAN, /* text "true" or "false" */
    OST_AST_INTEGER,
    OST_AST_LONG, /* text without the L */
    OST_AST_DECIMAL,
    OST_AST_STRING,
    OST_AST_DATE,     /* "2014-01" */
    OST_AST_DATETIME, /* "2014T", "2014-01-01T10:00+01:00" */
    OST_AST_TIME,     /* "T10:30" */
    OST_AST_QUANTITY, /* text = number; unit = 'mg' or a calendar word as written */
    OST_AST_RATIO,    /* kids: two quantities */

    /* References. */
    OST_AST_REF,      /* text = identifier, or "$this", "$index", "$total" */
    OST_AST_MEMBER,   /* kids[0] . text */
    OST_AST_INDEX,    /* kids[0] [ kids[1] ] */
    OST_AST_INVOKE,   /* text = name; kids[0] = left of the dot or NULL; kids[1..] arguments */
    OST_AST_EXTERNAL, /* %name: text */

    /* Operators and control. */
    OST_AST_OP,      /* text = name in ops.h; kids = operands; precision if any */
    OST_AST_TIMING,  /* timing = details; kids[0] left, kids[1] right */
    OST_AST_IF,      /* kids: condition, then, else */
    OST_AST_CASE,    /* kids: comparand or NULL, when1, then1, when2, then2, ..., else */
    OST_AST_IS,      /* kids: operand, type */
    OST_AST_AS,      /* kids: operand, type; flag STRICT for `cast x as T` */
    OST_AST_CONVERT, /* kids: operand, type; or operand alone with unit = target unit text */
    OST_AST_MINIMUM, /* kids: type */
    OST_AST_MAXIMUM,

    /* Selectors. */
    OST_AST_INTERVAL, /* kids: low, high; flags LOW_CLOSED, HIGH_CLOSED */
    OST_AST_LIST,     /* kids[0] = element type or NULL; kids[1..] = items */
    OST_AST_TUPLE,    /* kids = FIELD */
    OST_AST_INSTANCE, /* kids[0] = type; kids[1..] = FIELD */
    OST_AST_FIELD,    /* text = name; kids[0] = value */
    OST_AST_CODE,     /* text = code; kids[0] = the code system; unit = display or ptr NULL */
    OST_AST_CONCEPT,  /* kids = CODE; unit = display */

    /* Queries: kids of QUERY in order are SOURCE+, LET*, WITH/WITHOUT*, WHERE?, RETURN or
     * AGGREGATE?, SORT?. */
    OST_AST_QUERY,
    OST_AST_SOURCE, /* text = alias; kids[0] = expression */
    OST_AST_LET,    /* text = name; kids[0] = expression */
    OST_AST_WITH,   /* text = alias; kids: source expression, condition */
    OST_AST_WITHOUT,
    OST_AST_WHERE,     /* kids[0] */
    OST_AST_RETURN,    /* kids[0]; flags ALL or DISTINCT (DISTINCT also when neither is written) */
    OST_AST_AGGREGATE, /* text = accumulator; kids: start or NULL, expression; flags as RETURN */
    OST_AST_SORT,      /* kids = SORT_ITEM */
    OST_AST_SORT_ITEM, /* kids[0] = expression or NULL (the items); flag DESCENDING */
    OST_AST_RETRIEVE,  /* kids: type, context or NULL, terminology or NULL; text = code path;
                          unit = comparator "in", "~" or "=" as written, default "in" */

    /* Type specifiers. */
    OST_AST_TYPE, /* text = name; unit = model qualifier ("System", "FHIR"), ptr NULL if none */
    OST_AST_TYPE_LIST,     /* kids[0] */
    OST_AST_TYPE_INTERVAL, /* kids[0] */
    OST_AST_TYPE_CHOICE,   /* kids */
    OST_AST_TYPE_TUPLE,    /* kids = FIELD whose kids[0] is a type */

    /* Declarations: kids of the library. text = name. */
    OST_AST_USING,       /* unit = version or empty; alias = local name or empty */
    OST_AST_INCLUDE,     /* text = full name; unit = version; alias = local name */
    OST_AST_CODESYSTEM,  /* unit = version; uri */
    OST_AST_VALUESET,    /* unit = version; uri; kids = REF or MEMBER of code systems */
    OST_AST_CODE_DEF,    /* uri = code; kids[0] = code system; unit = display */
    OST_AST_CONCEPT_DEF, /* kids = REF or MEMBER of codes; unit = display */
    OST_AST_PARAMETER,   /* kids: type or NULL, default or NULL */
    OST_AST_DEFINE,   /* kids[0] = expression; unit = context in force ("Patient", "Unfiltered") */
    OST_AST_FUNCTION, /* kids: body or NULL (external), result type or NULL, OPERAND...;
                           flag FLUENT; unit = context */
    OST_AST_OPERAND   /* text = name; kids[0] = type */
} ost_ast_kind;

enum {
    OST_AST_F_STRICT = 1,
    OST_AST_F_LOW_CLOSED = 2,
    OST_AST_F_HIGH_CLOSED = 4,
    OST_AST_F_ALL = 8,
    OST_AST_F_DISTINCT = 16,
    OST_AST_F_DESCENDING = 32,
    OST_AST_F_FLUENT = 64,
    OST_AST_F_PRIVATE = 128,
    OST_AST_F_QUOTED = 256, /* a REF written as "quoted" or `delimited` identifier */
    OST_AST_F_EXTERNAL = 512
};

typedef enum ost_relation {
    OST_REL_SAME, /* same [precision] as | or before | or after */
    OST_REL_BEFORE,
    OST_REL_AFTER,
    OST_REL_INCLUDES,    /* includes [start|end] */
    OST_REL_INCLUDED_IN, /* during, included in */
    OST_REL_WITHIN,      /* [properly] within quantity of */
    OST_REL_MEETS,
    OST_REL_OVERLAPS,
    OST_REL_STARTS,
    OST_REL_ENDS
} ost_relation;

typedef enum ost_edge { OST_EDGE_NONE, OST_EDGE_START, OST_EDGE_END, OST_EDGE_OCCURS } ost_edge;
typedef enum ost_bound {
    OST_BOUND_NONE,    /* no quantity, or "3 days before": exactly that distance */
    OST_BOUND_OR_MORE, /* 3 days or more before */
    OST_BOUND_OR_LESS,
    OST_BOUND_MORE_THAN, /* more than 3 days before */
    OST_BOUND_LESS_THAN
} ost_bound;

/* "A starts 3 days or less before end of B": left_edge START, relation BEFORE, quantity, bound
 * OR_LESS, right_edge END. "starts"/"ends"/"occurs" stand left; "start of"/"end of"/"start"/"end"
 * right. */
typedef struct ost_ast_timing {
    ost_relation relation;
    ost_edge left_edge, right_edge;
    ost_time_unit precision; /* "day of", "same day as"; NONE if absent */
    bool properly;
    bool or_before, or_after; /* same or before; before or on; on or after: or_same below */
    bool or_same;             /* "on or before", "before or on": BEFORE/AFTER with same allowed */
    bool side_before, side_after; /* meets before, overlaps after */
    struct ost_ast *quantity;     /* offset or the distance of within; NULL if absent */
    ost_bound bound;
} ost_ast_timing;

typedef struct ost_ast {
    ost_ast_kind kind;
    uint32_t flags;
    uint32_t line, column, offset, length; /* of the whole node in the source */
    ost_str text, unit, alias, uri;
    ost_time_unit precision;
    ost_ast_timing *timing;
    struct ost_ast **kids;
    size_t count;
} ost_ast;

/* One library. `declarations` in source order. */
typedef struct ost_library {
    ost_str source_name; /* file, for messages */
    ost_str source;
    ost_str name, version; /* empty for an unnamed library */
    ost_ast **declarations;
    size_t count;
} ost_library;

/* A diagnostic list that parser and checker fill; at most OST_DIAGNOSTICS_MAX, then they stop. */
enum { OST_DIAGNOSTICS_MAX = 100, OST_CQL_MAX_DEPTH = 200 };
#define OST_CQL_MAX_BYTES ((size_t)16 << 20)

typedef struct ost_diagnostics {
    ost_arena *arena;
    ost_error *items;
    size_t count, capacity;
} ost_diagnostics;

/* Adds one (dropped past the maximum); returns its slot so that a hint can be set, or NULL. */
ost_error *ost_diagnostics_add(ost_diagnostics *diagnostics, ost_status code, ost_str source,
                               const ost_ast *at, const char *format, ...) OST_PRINTF(5, 6);
/* "file:line:column: message", the source line, a caret, the hint. */
#include "base/buf.h"
void ost_diagnostic_print(ost_buf *out, const ost_error *error, ost_str source_text);

/* Parses a whole library; errors are collected and parsing goes on at the next declaration. Returns
 * the library even when there are errors (check diagnostics->count); NULL only when memory is
 * short. */
ost_library *ost_cql_parse(ost_arena *arena, ost_str source_name, ost_str source,
                           ost_diagnostics *diagnostics);
/* Parses one expression (for --expression, $cql and the conformance runner). NULL when it has
 * errors. */
ost_ast *ost_cql_parse_expression(ost_arena *arena, ost_str source_name, ost_str source,
                                  ost_diagnostics *diagnostics);
/* Prints a tree as fully parenthesised CQL; parse -> print -> parse is stable (a fuzzing
 * property). */
void ost_ast_print(ost_buf *out, const ost_ast *node);
void ost_library_print(ost_buf *out, const ost_library *library);

#endif
