/* Equality and order (CQL 1.5.3 Reference "Comparison Operators").
 *
 * "=" has three answers. Two lists or tuples are compared element by element and the first element
 * that is not equal decides, with false or with null; two null elements are equal. Order is that of
 * two points; it is uncertain for dates that are not precise enough, for whole numbers known only
 * as a range and for units that do not compare. Equivalence ("~") is in compare_equivalent.c. */
#include "cql/op/compare_detail.h"
#include "cql/op/interval_detail.h"
#include "cql/op/op.h"

static ost_tri tri(bool b)
{
    return b ? OST_TRI_TRUE : OST_TRI_FALSE;
}

static ost_tri tri_not(ost_tri t)
{
    return t == OST_TRI_NULL ? t : tri(t == OST_TRI_FALSE);
}

static ost_order order_of(int sign)
{
    return sign < 0 ? OST_LESS : sign > 0 ? OST_GREATER : OST_SAME;
}

static ost_tri same(ost_order order)
{
    return order == OST_UNCERTAIN_ORDER ? OST_TRI_NULL : tri(order == OST_SAME);
}

/* ---- Order ---- */

static bool is_when(ost_value v)
{
    return v.kind == OST_DATE || v.kind == OST_DATETIME || v.kind == OST_TIME;
}

/* A number as the range it lies in: a point, but for OST_UNCERTAIN. */
static void range_of(ost_value v, ost_decimal *low, ost_decimal *high)
{
    if (v.kind == OST_UNCERTAIN) {
        *low = ost_number_decimal(v.interval->low);
        *high = ost_number_decimal(v.interval->high);
    } else {
        *low = *high = ost_number_decimal(v);
    }
}

static ost_order compare_ranges(ost_value a, ost_value b)
{
    ost_decimal a_low, a_high, b_low, b_high;

    range_of(a, &a_low, &a_high);
    range_of(b, &b_low, &b_high);
    if (ost_decimal_compare(a_high, b_low) < 0) {
        return OST_LESS;
    }
    return ost_decimal_compare(a_low, b_high) > 0 ? OST_GREATER : OST_UNCERTAIN_ORDER;
}

static ost_order compare_numbers(ost_value a, ost_value b)
{
    if (a.kind == OST_INTEGER && b.kind == OST_INTEGER) {
        return order_of((a.integer > b.integer) - (a.integer < b.integer));
    }
    if (a.kind == OST_LONG && b.kind == OST_LONG) {
        return order_of((a.integer64 > b.integer64) - (a.integer64 < b.integer64));
    }
    return order_of(ost_decimal_compare(ost_number_decimal(a), ost_number_decimal(b)));
}

ost_order ost_compare(ost_call *call, ost_value a, ost_value b, ost_time_unit precision)
{
    if (ost_is_number(a) && ost_is_number(b)) {
        return compare_numbers(a, b);
    }
    if ((a.kind == OST_UNCERTAIN && (ost_is_number(b) || b.kind == OST_UNCERTAIN)) ||
        (b.kind == OST_UNCERTAIN && ost_is_number(a))) {
        return compare_ranges(a, b);
    }
    if (a.kind != b.kind) {
        return OST_UNCERTAIN_ORDER;
    }
    if (is_when(a)) {
        return ost_when_compare(a.when, b.when, a.kind, precision, call->offset_min);
    }
    if (a.kind == OST_STRING) {
        return order_of(ost_str_compare(a.string, b.string));
    }
    if (a.kind == OST_QUANTITY) {
        return ost_compare_quantities(call, a.quantity, b.quantity);
    }
    return OST_UNCERTAIN_ORDER;
}

/* ---- Equality ---- */

/* Elements of lists and tuples: null equals null. */
static ost_tri equal_elements(ost_call *call, const ost_value *a, const ost_value *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ost_call_step(call, 1)) {
            return OST_TRI_NULL;
        }
        if (ost_is_null(a[i]) && ost_is_null(b[i])) {
            continue;
        }
        ost_tri t = ost_equal(call, a[i], b[i]);
        if (t != OST_TRI_TRUE) {
            return t;
        }
    }
    return OST_TRI_TRUE;
}

static bool same_shape(const ost_tuple_shape *a, const ost_tuple_shape *b)
{
    if (a == b) {
        return true;
    }
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!ost_str_equal(a->names[i], b->names[i])) {
            return false;
        }
    }
    return true;
}

/* Optional texts of codes and concepts, as elements of a tuple. */
static ost_tri equal_text(ost_str a, ost_str b)
{
    if (a.ptr == NULL || b.ptr == NULL) {
        return a.ptr == b.ptr ? OST_TRI_TRUE : OST_TRI_NULL;
    }
    return tri(ost_str_equal(a, b));
}

static ost_tri equal_texts(const ost_str *a, const ost_str *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ost_tri t = equal_text(a[i], b[i]);
        if (t != OST_TRI_TRUE) {
            return t;
        }
    }
    return OST_TRI_TRUE;
}

static ost_tri equal_codes(const ost_code *a, const ost_code *b)
{
    const ost_str left[] = {a->code, a->display, a->system, a->version};
    const ost_str right[] = {b->code, b->display, b->system, b->version};

    return equal_texts(left, right, OST_ARRAY_LEN(left));
}

static ost_tri equal_concepts(const ost_concept *a, const ost_concept *b)
{
    if (a->count != b->count) {
        return OST_TRI_FALSE;
    }
    for (size_t i = 0; i < a->count; i++) {
        ost_tri t = equal_codes(&a->codes[i], &b->codes[i]);
        if (t != OST_TRI_TRUE) {
            return t;
        }
    }
    return equal_text(a->display, b->display);
}

static ost_tri equal_ratios(const ost_call *call, const ost_ratio *a, const ost_ratio *b)
{
    ost_tri t = same(ost_compare_quantities(call, &a->numerator, &b->numerator));

    return t != OST_TRI_TRUE ? t
                             : same(ost_compare_quantities(call, &a->denominator, &b->denominator));
}

static ost_tri equal_vocabularies(const ost_vocabulary *a, const ost_vocabulary *b)
{
    const ost_str left[] = {a->id, a->version}, right[] = {b->id, b->version};

    return equal_texts(left, right, OST_ARRAY_LEN(left));
}

static ost_tri equal_intervals(ost_call *call, ost_value a, ost_value b)
{
    ost_extent left = ost_extent_of(call, a, b), right = ost_extent_of(call, b, a);
    ost_tri low, high;

    if (left.untyped || right.untyped) {
        return OST_TRI_NULL;
    }
    low = ost_bound_same(call, &left.low, &right.low, OST_UNIT_NONE);
    high = ost_bound_same(call, &left.high, &right.high, OST_UNIT_NONE);
    return ost_tri_and(low, high);
}

/* Two values of one kind. */
static ost_tri equal_of_kind(ost_call *call, ost_value a, ost_value b)
{
    switch ((ost_kind)a.kind) {
    case OST_BOOLEAN:
        return tri(a.boolean == b.boolean);
    case OST_INTEGER:
    case OST_LONG:
    case OST_DECIMAL:
    case OST_STRING:
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
    case OST_QUANTITY:
    case OST_UNCERTAIN:
        return same(ost_compare(call, a, b, OST_UNIT_NONE));
    case OST_RATIO:
        return equal_ratios(call, a.ratio, b.ratio);
    case OST_CODE:
        return equal_codes(a.code, b.code);
    case OST_CONCEPT:
        return equal_concepts(a.concept, b.concept);
    case OST_VALUESET:
    case OST_CODESYSTEM:
        return equal_vocabularies(a.vocabulary, b.vocabulary);
    case OST_INTERVAL:
        return equal_intervals(call, a, b);
    case OST_LIST:
        return a.list.count != b.list.count
                   ? OST_TRI_FALSE
                   : equal_elements(call, a.list.items, b.list.items, a.list.count);
    case OST_TUPLE:
        return !same_shape(a.tuple.shape, b.tuple.shape)
                   ? OST_TRI_FALSE
                   : equal_elements(call, a.tuple.items, b.tuple.items, a.tuple.shape->count);
    case OST_OBJECT:
        return tri(ost_objects_equal(call, a, b));
    case OST_NULL:
        break;
    }
    return OST_TRI_NULL;
}

ost_tri ost_equal(ost_call *call, ost_value a, ost_value b)
{
    if (ost_is_null(a) || ost_is_null(b)) {
        return OST_TRI_NULL;
    }
    if (a.kind != b.kind) {
        bool numbers = (ost_is_number(a) || a.kind == OST_UNCERTAIN) &&
                       (ost_is_number(b) || b.kind == OST_UNCERTAIN);
        return numbers ? same(ost_compare(call, a, b, OST_UNIT_NONE)) : OST_TRI_FALSE;
    }
    return equal_of_kind(call, a, b);
}

/* ---- Operators ---- */

ost_value ost_op_equal(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(ost_equal(call, args[0], args[1]));
}

ost_value ost_op_not_equal(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(tri_not(ost_equal(call, args[0], args[1])));
}

ost_value ost_op_equivalent(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_boolean(ost_equivalent(call, args[0], args[1]));
}

ost_value ost_op_not_equivalent(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_boolean(!ost_equivalent(call, args[0], args[1]));
}

/* a < b. The two sides may be certain although their order is not: 4..5 <= 5 is true. */
static ost_tri less(ost_call *call, ost_value a, ost_value b, bool or_equal)
{
    ost_order order;

    if (a.kind == OST_UNCERTAIN || b.kind == OST_UNCERTAIN) {
        ost_decimal a_low, a_high, b_low, b_high;
        range_of(a, &a_low, &a_high);
        range_of(b, &b_low, &b_high);
        int far = ost_decimal_compare(a_high, b_low), near = ost_decimal_compare(a_low, b_high);
        if (far < 0 || (or_equal && far == 0)) {
            return OST_TRI_TRUE;
        }
        return near > 0 || (!or_equal && near == 0) ? OST_TRI_FALSE : OST_TRI_NULL;
    }
    order = ost_compare(call, a, b, OST_UNIT_NONE);
    if (order == OST_UNCERTAIN_ORDER) {
        return OST_TRI_NULL;
    }
    return tri(order == OST_LESS || (or_equal && order == OST_SAME));
}

ost_value ost_op_less(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(less(call, args[0], args[1], false));
}

ost_value ost_op_less_or_equal(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(less(call, args[0], args[1], true));
}

ost_value ost_op_greater(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(less(call, args[1], args[0], false));
}

ost_value ost_op_greater_or_equal(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_tri_value(less(call, args[1], args[0], true));
}
