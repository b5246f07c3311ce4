/* Means, medians and spread of lists (CQL 1.5.3, Appendix B, "Aggregate Functions").
 *
 * All values are taken in the unit of the first one. Sums and sums of squares are whole numbers
 * of decimal steps, so that each result is exact until it is rounded once to 8 places:
 *
 *   variance = (n * sum(x^2) - sum(x)^2) / (n * (n - 1))     population: / n^2
 *
 * Nulls in the list are ignored; without values, or with units that do not go together, the
 * result is null. */
#include "cql/op/number.h"
#include "value/decimal_detail.h"

/* The values of a list as steps of 1e-8 of `unit`. */
struct sample {
    ost_i128 *steps;
    size_t count;
    bool quantities;
    ost_str unit;
    uint8_t scale; /* the most places any value shows */
};

static bool take_value(ost_call *call, struct sample *s, ost_value v)
{
    ost_decimal d;

    if (v.kind == OST_DECIMAL) {
        d = v.decimal;
    } else if (v.kind == OST_QUANTITY) {
        if (s->count == 0) {
            s->quantities = true;
            s->unit = v.quantity->unit;
        }
        if (!s->quantities || !ost_quantity_in(call, v.quantity, s->unit, &d)) {
            return false;
        }
    } else {
        return false;
    }
    s->steps[s->count++] = ost_decimal_steps(d);
    s->scale = d.scale > s->scale ? d.scale : s->scale;
    return true;
}

/* False when there is no value or one that does not go with the others. */
static bool take_sample(ost_call *call, ost_value list, struct sample *s)
{
    *s = (struct sample){0};
    if (list.kind != OST_LIST || !ost_call_step(call, list.list.count)) {
        return false;
    }
    s->steps = ost_arena_array(call->arena, list.list.count, sizeof(*s->steps));
    if (s->steps == NULL) {
        (void)ost_call_memory(call);
        return false;
    }
    for (size_t i = 0; i < list.list.count; i++) {
        if (!ost_is_null(list.list.items[i]) && !take_value(call, s, list.list.items[i])) {
            return false;
        }
    }
    return s->count != 0;
}

static ost_value result(ost_call *call, const struct sample *s, bool ok, ost_decimal d,
                        ost_str unit)
{
    if (!ok) {
        return ost_null();
    }
    return s->quantities ? ost_call_quantity(call, d, unit) : ost_decimal_value(d);
}

static ost_i128 sum_of(const struct sample *s)
{
    ost_i128 sum = 0;

    /* 28 digits and fewer than 10^10 values fit 128 bits. */
    for (size_t i = 0; i < s->count; i++) {
        sum += s->steps[i];
    }
    return sum;
}

/* sum / divisor, rounded half away from zero. */
static bool divide_sum(ost_i128 sum, size_t divisor, uint8_t scale, ost_decimal *out)
{
    ost_wide top = ost_wide_of(ost_decimal_magnitude(sum)), bottom = ost_wide_of(divisor);
    ost_u128 steps;

    return ost_wide_div_round(&top, &bottom, &steps) &&
           ost_decimal_signed(steps, sum < 0, scale, out);
}

ost_value ost_op_avg(ost_call *call, const ost_value *args, size_t count)
{
    struct sample s;
    ost_decimal out = {0};

    (void)count;
    if (!take_sample(call, args[0], &s)) {
        return ost_null();
    }
    return result(call, &s, divide_sum(sum_of(&s), s.count, s.scale, &out), out, s.unit);
}

/* Heap sort: no recursion, and no bad case that a list could be made for. */
static void sift(ost_i128 *items, size_t root, size_t count)
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && items[child + 1] > items[child]) {
            child++;
        }
        if (items[root] >= items[child]) {
            return;
        }
        ost_i128 held = items[root];
        items[root] = items[child];
        items[child] = held;
        root = child;
    }
}

static void sort(ost_i128 *items, size_t count)
{
    for (size_t i = count / 2; i > 0; i--) {
        sift(items, i - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        ost_i128 held = items[0];
        items[0] = items[end - 1];
        items[end - 1] = held;
        sift(items, 0, end - 1);
    }
}

ost_value ost_op_median(ost_call *call, const ost_value *args, size_t count)
{
    struct sample s;
    ost_decimal out = {0};

    (void)count;
    if (!take_sample(call, args[0], &s)) {
        return ost_null();
    }
    sort(s.steps, s.count);
    ost_i128 low = s.steps[(s.count - 1) / 2], high = s.steps[s.count / 2];
    return result(call, &s, divide_sum(low + high, 2, s.scale, &out), out, s.unit);
}

/* Variance as a fraction of squared steps; false when there are too few values. */
static bool variance_of(const struct sample *s, bool population, ost_wide *top, ost_wide *bottom)
{
    ost_wide squares = {0}, n = ost_wide_of(s->count);
    ost_wide below = ost_wide_of(population ? s->count : s->count - 1);
    ost_wide square = ost_wide_of(ost_decimal_magnitude(sum_of(s)));

    if (!population && s->count < 2) {
        return false;
    }
    for (size_t i = 0; i < s->count; i++) {
        ost_wide x = ost_wide_of(ost_decimal_magnitude(s->steps[i]));
        if (!ost_wide_mul(&x, &x, &x) || !ost_wide_add(&squares, &x, &squares)) {
            return false;
        }
    }
    if (!ost_wide_mul(&squares, &n, &squares) || !ost_wide_mul(&square, &square, &square) ||
        !ost_wide_mul(&n, &below, bottom)) {
        return false;
    }
    /* Never negative (Cauchy and Schwarz). */
    *top = ost_wide_sub(&squares, &square);
    return true;
}

static ost_value variance(ost_call *call, ost_value list, bool population)
{
    struct sample s;
    ost_wide top, bottom, one = ost_wide_of(OST_DECIMAL_ONE);
    ost_u128 steps;
    ost_decimal out = {0};

    if (!take_sample(call, list, &s) || !variance_of(&s, population, &top, &bottom)) {
        return ost_null();
    }
    /* Squared steps are 1e-16. */
    bool ok = ost_wide_mul(&bottom, &one, &bottom) && ost_wide_div_round(&top, &bottom, &steps) &&
              ost_decimal_signed(steps, false, s.scale, &out);
    ost_value value = result(call, &s, ok, out, s.unit);
    if (value.kind != OST_QUANTITY) {
        return value;
    }
    /* The unit is squared: as a product with 1 of it. */
    ost_value one_unit = ost_call_quantity(call, ost_decimal_of_int(1), s.unit);
    return ost_is_null(one_unit) ? one_unit : ost_quantity_multiply(call, value, one_unit);
}

ost_value ost_op_variance(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return variance(call, args[0], false);
}

ost_value ost_op_population_variance(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return variance(call, args[0], true);
}

/* factor * root^2 * bottom <= limit */
static bool root_fits(ost_u128 root, const ost_wide *bottom, const ost_wide *limit)
{
    ost_wide r = ost_wide_of(root);

    return ost_wide_mul(&r, &r, &r) && ost_wide_mul(&r, bottom, &r) &&
           ost_wide_compare(&r, limit) <= 0;
}

/* sqrt(top / bottom), rounded half up: one bit of the root at a time. */
static ost_u128 square_root(const ost_wide *top, const ost_wide *bottom)
{
    ost_wide four = ost_wide_of(4), limit = *top;
    ost_u128 root = 0;

    for (ost_u128 bit = (ost_u128)1 << 100; bit != 0; bit >>= 1) {
        if (root_fits(root + bit, bottom, top)) {
            root += bit;
        }
    }
    /* The root is at least root + 1/2 when (2 root + 1)^2 bottom <= 4 top. */
    if (ost_wide_mul(top, &four, &limit) && root_fits(2 * root + 1, bottom, &limit)) {
        root++;
    }
    return root;
}

static ost_value deviation(ost_call *call, ost_value list, bool population)
{
    struct sample s;
    ost_wide top, bottom;
    ost_decimal out = {0};

    if (!take_sample(call, list, &s) || !variance_of(&s, population, &top, &bottom)) {
        return ost_null();
    }
    bool ok = ost_decimal_signed(square_root(&top, &bottom), false, s.scale, &out);
    return result(call, &s, ok, out, s.unit);
}

ost_value ost_op_std_dev(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return deviation(call, args[0], false);
}

ost_value ost_op_population_std_dev(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return deviation(call, args[0], true);
}

/* e^(mean of logarithms); 0 when a value is 0, null when one is negative. */
ost_value ost_op_geometric_mean(ost_call *call, const ost_value *args, size_t count)
{
    struct sample s;
    ost_wide one = ost_wide_of(OST_DECIMAL_ONE), unit = ost_wide_of(1);
    ost_fixed sum = {0}, term, n;
    ost_decimal out = {0};
    bool zero = false;

    (void)count;
    if (!take_sample(call, args[0], &s)) {
        return ost_null();
    }
    for (size_t i = 0; i < s.count; i++) {
        ost_wide x = ost_wide_of(ost_decimal_magnitude(s.steps[i]));
        if (s.steps[i] < 0) {
            return ost_null();
        }
        zero = zero || s.steps[i] == 0;
        if (!zero && (!ost_fixed_of(&x, &one, false, &term) || !ost_fixed_ln(&term, &term) ||
                      !ost_fixed_add(&sum, &term, &sum))) {
            return ost_null();
        }
    }
    if (zero) {
        return result(call, &s, ost_decimal_signed(0, false, s.scale, &out), out, s.unit);
    }
    ost_wide divisor = ost_wide_of(s.count);
    bool ok = ost_fixed_of(&divisor, &unit, false, &n) && ost_fixed_div(&sum, &n, &sum) &&
              ost_fixed_exp(&sum, &sum) && ost_fixed_round(&sum, s.scale, &out);
    return result(call, &s, ok, out, s.unit);
}
