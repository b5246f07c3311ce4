/* How a unit is held inside ucum*.c: scanned terms, and the measure they multiply to. */
#ifndef OST_VALUE_UCUM_DETAIL_H
#define OST_VALUE_UCUM_DETAIL_H

#include "base/map.h"
#include "value/ucum.h"
#include "value/wide.h"

enum {
    OST_UCUM_TEXT_MAX = 400, /* bytes of a unit expression */
    OST_UCUM_TERM_MAX = 64,
    OST_UCUM_DEPTH_MAX = 16, /* parentheses */
    OST_UCUM_EXPONENT_MAX = 999,
    OST_UCUM_POWER_MAX = 4000, /* decimal exponent of a factor */
    OST_UCUM_BASES = 7,
    OST_UCUM_ARBITRARY_MAX = 4
};

/* "mL2{x}" is symbol "mL", exponent 2, annotation "{x}". A term may be an annotation alone. */
typedef struct ost_ucum_term {
    ost_str symbol, annotation;
    int32_t exponent; /* minus after "/" */
} ost_ucum_term;

typedef struct ost_ucum_terms {
    ost_ucum_term items[OST_UCUM_TERM_MAX];
    size_t count;
} ost_ucum_terms;

typedef enum ost_ucum_function {
    OST_UCUM_LINEAR,
    OST_UCUM_OFFSET, /* base = (value + offset) * factor */
    OST_UCUM_LOG,    /* value = times * log_base(base / factor) */
    OST_UCUM_TAN,    /* known and valid, but converts only to itself */
    OST_UCUM_SQRT
} ost_ucum_function;

/* One unit reduced: numerator / denominator * 10^power * pi^pi, times base units. A special unit
 * has its function; `scale` applies to the value before the function does. */
typedef struct ost_ucum_measure {
    ost_wide numerator, denominator;
    int32_t power, pi;
    int32_t dims[OST_UCUM_BASES];
    struct {
        uint32_t id;
        int32_t exponent;
    } arbitrary[OST_UCUM_ARBITRARY_MAX]; /* sorted by id, exponents not zero */
    size_t arbitrary_count;
    ost_ucum_function function;
    ost_decimal argument;               /* offset, or base of the logarithm (0 = e) */
    int32_t times;                      /* of the logarithm */
    int32_t scale;                      /* decimal exponent of a prefix on a special unit */
    const struct ost_ucum_row *special; /* the special unit itself; NULL for others */
} ost_ucum_measure;

/* The same special unit however it is spelt: "[x]" and "[x]1". */
static inline bool ost_ucum_same_special(const ost_ucum_measure *a, const ost_ucum_measure *b)
{
    return a->special != NULL && a->special == b->special && a->scale == b->scale;
}

typedef struct ost_ucum_row {
    ost_str code;
    bool metric;
    ost_ucum_measure measure;
} ost_ucum_row;

typedef struct ost_ucum_prefix {
    ost_str code;
    ost_wide factor;
    int32_t power;
} ost_ucum_prefix;

struct ost_ucum {
    ost_ucum_row *rows;
    size_t count, capacity;
    ost_ucum_prefix *prefixes;
    size_t prefix_count, prefix_capacity;
    ost_map codes;    /* code -> row */
    ost_wide pi;      /* digits of pi, */
    int32_t pi_power; /* times 10^this */
};

/* ucum_parse.c. OST_E_UNIT with the place for bad syntax and unknown codes, OST_E_LIMIT. */
OST_MUST_CHECK ost_status ost_ucum_scan(ost_str unit, ost_ucum_terms *out, ost_error *error);
OST_MUST_CHECK ost_status ost_ucum_reduce(const ost_ucum *ucum, ost_str unit, ost_ucum_measure *out,
                                          ost_error *error);
bool ost_ucum_is_number(ost_str symbol); /* digits only */
/* "7000", "254e-2", "6.0221367": digits without a point and a power of ten. */
bool ost_ucum_read_factor(ost_str text, ost_wide *digits, int32_t *power);
bool ost_ucum_same_dimension(const ost_ucum_measure *a, const ost_ucum_measure *b);
/* False for tan and sqrt units, which convert only to themselves. */
bool ost_ucum_has_inverse(const ost_ucum_measure *m);

#endif
