/* Equivalence, "~" (CQL 1.5.3 Reference "Equivalent"): always true or false, null is equivalent to
 * null.
 *
 * Looser than "=": strings ignore case and kinds of white space, decimals are rounded to the
 * coarser of the two, codes ignore version and display, concepts need one code in common, ratios
 * are reduced, and calendar years and months are taken for 'a' and 'mo', or for 365 and 30 days. */
#include "cql/op/compare_detail.h"
#include "cql/op/interval_detail.h"

#include "base/utf8.h"

static bool is_space(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static uint32_t next_folded(ost_str s, size_t *at)
{
    uint32_t c = ost_utf8_next(s, at);

    return is_space(c) ? ' ' : ost_utf8_lower(c);
}

static bool equivalent_texts(ost_str a, ost_str b)
{
    size_t i = 0, j = 0;

    while (i < a.len && j < b.len) {
        if (next_folded(a, &i) != next_folded(b, &j)) {
            return false;
        }
    }
    return i == a.len && j == b.len;
}

/* Digits after the point without trailing zeros. */
static int needed_scale(ost_decimal d)
{
    ost_i128 steps = ost_decimal_steps(d);
    int scale = OST_DECIMAL_SCALE;

    while (scale > 0 && steps % 10 == 0) {
        steps /= 10;
        scale--;
    }
    return scale;
}

static bool equivalent_decimals(ost_decimal a, ost_decimal b)
{
    int a_scale = needed_scale(a), b_scale = needed_scale(b);
    int scale = a_scale < b_scale ? a_scale : b_scale;

    return ost_decimal_round(a, scale, &a) && ost_decimal_round(b, scale, &b) &&
           ost_decimal_compare(a, b) == 0;
}

static bool equivalent_codes(const ost_code *a, const ost_code *b)
{
    return ost_str_equal(a->code, b->code) && ost_str_equal(a->system, b->system);
}

static bool concept_has(const ost_concept *concept, const ost_code *code)
{
    for (size_t i = 0; i < concept->count; i++) {
        if (equivalent_codes(&concept->codes[i], code)) {
            return true;
        }
    }
    return false;
}

static bool equivalent_concepts(const ost_concept *a, const ost_concept *b)
{
    for (size_t i = 0; i < b->count; i++) {
        if (concept_has(a, &b->codes[i])) {
            return true;
        }
    }
    return a->count == 0 && b->count == 0;
}

/* a's value in b's unit. */
static bool in_unit_of(const ost_call *call, const ost_quantity *a, const ost_quantity *b,
                       ost_decimal *out)
{
    if (ost_str_equal(a->unit, b->unit)) {
        *out = a->value;
        return true;
    }
    return call->ucum != NULL &&
           ost_ucum_convert(call->ucum, a->value, a->unit, b->unit, out, NULL) == OST_OK;
}

/* 1:2 ~ 5:10, by cross multiplication in b's units. */
static bool equivalent_ratios(const ost_call *call, const ost_ratio *a, const ost_ratio *b)
{
    ost_decimal numerator, denominator, left, right;

    return in_unit_of(call, &a->numerator, &b->numerator, &numerator) &&
           in_unit_of(call, &a->denominator, &b->denominator, &denominator) &&
           ost_decimal_mul(numerator, b->denominator.value, &left) &&
           ost_decimal_mul(b->numerator.value, denominator, &right) &&
           ost_decimal_compare(left, right) == 0;
}

static bool equivalent_lists(ost_call *call, const ost_value *a, const ost_value *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ost_call_step(call, 1) || !ost_equivalent(call, a[i], b[i])) {
            return false;
        }
    }
    return true;
}

static bool equivalent_tuples(ost_call *call, ost_value a, ost_value b)
{
    const ost_tuple_shape *left = a.tuple.shape, *right = b.tuple.shape;

    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (!ost_str_equal(left->names[i], right->names[i])) {
            return false;
        }
    }
    return equivalent_lists(call, a.tuple.items, b.tuple.items, left->count);
}

/* Also for a whole number known as a range, which is written like an interval. */
static bool equivalent_intervals(ost_call *call, ost_value a, ost_value b)
{
    return ost_equivalent(call, ost_interval_edge(call, a, true, b),
                          ost_interval_edge(call, b, true, a)) &&
           ost_equivalent(call, ost_interval_edge(call, a, false, b),
                          ost_interval_edge(call, b, false, a));
}

static bool equivalent_of_kind(ost_call *call, ost_value a, ost_value b)
{
    switch ((ost_kind)a.kind) {
    case OST_NULL:
        return true;
    case OST_DECIMAL:
        return equivalent_decimals(a.decimal, b.decimal);
    case OST_STRING:
        return equivalent_texts(a.string, b.string);
    case OST_QUANTITY:
        return ost_compare_durations(call, a.quantity, b.quantity) == OST_SAME;
    case OST_RATIO:
        return equivalent_ratios(call, a.ratio, b.ratio);
    case OST_CODE:
        return equivalent_codes(a.code, b.code);
    case OST_CONCEPT:
        return equivalent_concepts(a.concept, b.concept);
    case OST_VALUESET:
    case OST_CODESYSTEM:
        return ost_str_equal(a.vocabulary->id, b.vocabulary->id);
    case OST_INTERVAL:
    case OST_UNCERTAIN:
        return equivalent_intervals(call, a, b);
    case OST_LIST:
        return a.list.count == b.list.count &&
               equivalent_lists(call, a.list.items, b.list.items, a.list.count);
    case OST_TUPLE:
        return equivalent_tuples(call, a, b);
    case OST_BOOLEAN:
    case OST_INTEGER:
    case OST_LONG:
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
    case OST_OBJECT:
        return ost_equal(call, a, b) == OST_TRI_TRUE;
    }
    return false;
}

bool ost_equivalent(ost_call *call, ost_value a, ost_value b)
{
    if (a.kind == b.kind) {
        return equivalent_of_kind(call, a, b);
    }
    if (ost_is_number(a) && ost_is_number(b)) {
        return equivalent_decimals(ost_number_decimal(a), ost_number_decimal(b));
    }
    if (a.kind == OST_CODE && b.kind == OST_CONCEPT) {
        return concept_has(b.concept, a.code);
    }
    if (a.kind == OST_CONCEPT && b.kind == OST_CODE) {
        return concept_has(a.concept, b.code);
    }
    if ((a.kind == OST_UNCERTAIN && b.kind == OST_INTERVAL) ||
        (a.kind == OST_INTERVAL && b.kind == OST_UNCERTAIN)) {
        return equivalent_intervals(call, a, b);
    }
    return false;
}
