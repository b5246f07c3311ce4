/* A CQL value: 32 bytes, passed by copy; larger parts live in an arena and are never changed.
 *
 * Null is data, not an error: kind OST_NULL. OST_UNCERTAIN stands for a whole number that lies
 * somewhere in a range (CQL "Uncertainty"), static type Integer; it flows through arithmetic and
 * comparison. OST_OBJECT is a node of a FHIR record; only fhir/ and cql/ look inside. */
#ifndef OST_VALUE_VALUE_H
#define OST_VALUE_VALUE_H

#include "value/decimal.h"
#include "value/when.h"

typedef enum ost_kind {
    OST_NULL,
    OST_BOOLEAN,
    OST_INTEGER,
    OST_LONG,
    OST_DECIMAL,
    OST_STRING,
    OST_DATE,
    OST_DATETIME,
    OST_TIME,
    OST_QUANTITY,
    OST_RATIO,
    OST_CODE,
    OST_CONCEPT,
    OST_VALUESET, /* reference to a value set; members are looked up in term/ */
    OST_CODESYSTEM,
    OST_INTERVAL,
    OST_UNCERTAIN,
    OST_LIST,
    OST_TUPLE,
    OST_OBJECT
} ost_kind;

typedef struct ost_value ost_value;

typedef struct ost_quantity {
    ost_decimal value;
    ost_str unit; /* UCUM, or a calendar word in the singular ("year"); "1" when none was given */
} ost_quantity;

typedef struct ost_ratio {
    ost_quantity numerator, denominator;
} ost_ratio;

typedef struct ost_code {
    ost_str code, system, version, display; /* ptr NULL = absent */
} ost_code;

typedef struct ost_concept {
    const ost_code *codes;
    size_t count;
    ost_str display;
} ost_concept;

/* A ValueSet or CodeSystem as a value. */
typedef struct ost_vocabulary {
    ost_str id, version, name;
} ost_vocabulary;

typedef struct ost_tuple_shape {
    size_t count;
    const ost_str *names; /* sorted by byte order */
    ost_str type_name;    /* "System.Quantity" and so on for class instances; ptr NULL for tuples */
} ost_tuple_shape;

struct ost_value {
    uint8_t kind;       /* ost_kind */
    uint8_t point_kind; /* OST_INTERVAL: ost_kind of its points, also when both ends are null */
    uint16_t type;      /* OST_OBJECT: FHIR type id (fhir/model.h); else 0 */
    uint32_t sources;   /* where it comes from, for provenance (cql/trace.c); 0 = not told */
    union {
        bool boolean;
        int32_t integer;
        int64_t integer64;
        ost_decimal decimal;
        ost_str string;
        ost_when when;
        const ost_quantity *quantity;
        const ost_ratio *ratio;
        const ost_code *code;
        const ost_concept *concept;
        const ost_vocabulary *vocabulary;
        const struct ost_interval *interval; /* also OST_UNCERTAIN: closed, Integer ends */
        struct {
            const ost_value *items;
            size_t count;
        } list;
        struct {
            const ost_tuple_shape *shape;
            const ost_value *items;
        } tuple;
        struct {
            const void *record;
            uint32_t node;
        } object;
    };
};

typedef struct ost_interval {
    ost_value low, high; /* null low with low_closed = from the minimum; open = unknown */
    bool low_closed, high_closed;
} ost_interval;

static inline ost_value ost_null(void)
{
    ost_value v = {0};
    return v;
}

static inline bool ost_is_null(ost_value v)
{
    return v.kind == OST_NULL;
}

static inline ost_value ost_boolean(bool b)
{
    ost_value v = {0};
    v.kind = OST_BOOLEAN;
    v.boolean = b;
    return v;
}

static inline ost_value ost_integer(int32_t i)
{
    ost_value v = {0};
    v.kind = OST_INTEGER;
    v.integer = i;
    return v;
}

static inline ost_value ost_long(int64_t i)
{
    ost_value v = {0};
    v.kind = OST_LONG;
    v.integer64 = i;
    return v;
}

static inline ost_value ost_decimal_value(ost_decimal d)
{
    ost_value v = {0};
    v.kind = OST_DECIMAL;
    v.decimal = d;
    return v;
}

static inline ost_value ost_string(ost_str s)
{
    ost_value v = {0};
    v.kind = OST_STRING;
    v.string = s;
    return v;
}

static inline ost_value ost_when_value(ost_kind kind, ost_when w)
{
    ost_value v = {0};
    v.kind = (uint8_t)kind;
    v.when = w;
    return v;
}

static inline ost_value ost_list(const ost_value *items, size_t count)
{
    ost_value v = {0};
    v.kind = OST_LIST;
    v.list.items = items;
    v.list.count = count;
    return v;
}

/* These copy into the arena; null value when memory is short (the arena remembers). */
ost_value ost_quantity_value(ost_arena *arena, ost_decimal value, ost_str unit);
ost_value ost_interval_value(ost_arena *arena, ost_value low, bool low_closed, ost_value high,
                             bool high_closed, ost_kind point_kind);
ost_value ost_uncertain(ost_arena *arena, int32_t low, int32_t high); /* Integer when low == high */
ost_value ost_code_value(ost_arena *arena, ost_code code);

const char *ost_kind_name(ost_kind kind); /* "Integer" */
/* One member by name; null when absent. Works for Tuple, Quantity, Code, Concept, Ratio, Interval
 * (low, high, lowClosed, highClosed), ValueSet and CodeSystem. */
ost_value ost_value_member(ost_arena *arena, ost_value v, ost_str name);
/* CQL literal form ("1.0", "'text'", "@2014-01-01", "5 'mg'", "Interval[1, 5]", "{1, 2}",
 * "Tuple { a: 1 }"), for messages, the text output of `osteon cql eval` and the conformance
 * runner. */
#include "base/buf.h"
void ost_value_print(ost_buf *out, ost_value v);

#endif
