/* Collapse: intervals that overlap or meet, or that lie no further apart than `per`, become one
 * (CQL 1.5.3 Reference "Collapse"). They are sorted by their start, then merged from left to right.
 * Null intervals and intervals of which neither end is known are left out. */
#include "cql/op/interval_detail.h"
#include "cql/op/list_detail.h"
#include "cql/op/number.h"

/* Sorts stably by the earliest start; starts that can't be compared keep their order. Merge sort
 * over `scratch` of the same length. */
static void sort_by_start(ost_call *call, ost_extent *items, ost_extent *scratch, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = middle + width < count ? middle + width : count;
            size_t a = start, b = middle;
            for (size_t k = start; k < end; k++) {
                bool right =
                    a == middle || (b < end && ost_compare(call, items[b].low.min, items[a].low.min,
                                                           OST_UNIT_NONE) == OST_LESS);
                scratch[k] = right ? items[b++] : items[a++];
            }
        }
        memcpy(items, scratch, count * sizeof *items);
    }
}

/* A date moved on; the end of its type when that lies beyond, as for a time that goes round. */
static ost_value when_moved_on(ost_call *call, ost_value v, const ost_quantity *per)
{
    ost_i128 amount = ost_decimal_truncate(per->value);
    ost_time_unit unit = ost_time_unit_of(per->unit, true);
    ost_when out;

    if (unit == OST_UNIT_NONE || amount <= 0) {
        return v;
    }
    if (amount > INT32_MAX || !ost_when_add(v.when, v.kind, (int64_t)amount, unit, &out) ||
        ost_when_compare(out, v.when, v.kind, OST_UNIT_NONE, call->offset_min) == OST_LESS) {
        return ost_maximum_of(call, (ost_kind)v.kind);
    }
    return ost_when_value((ost_kind)v.kind, out);
}

/* A point moved on by `per`; null when it does not fit. */
static ost_value moved_on(ost_call *call, ost_value v, const ost_quantity *per)
{
    ost_value pair[2] = {v, ost_null()};

    if (v.kind == OST_DATE || v.kind == OST_DATETIME || v.kind == OST_TIME) {
        return when_moved_on(call, v, per);
    }
    pair[1].kind = OST_QUANTITY;
    pair[1].quantity = per;
    if (v.kind == OST_INTEGER || v.kind == OST_LONG || v.kind == OST_DECIMAL) {
        pair[0] = ost_decimal_value(v.kind == OST_DECIMAL ? v.decimal
                                    : v.kind == OST_LONG  ? ost_decimal_of_int(v.integer64)
                                                          : ost_decimal_of_int(v.integer));
        pair[1] = ost_decimal_value(per->value);
    } else if (v.kind == OST_QUANTITY && ost_str_is(per->unit, "1")) {
        pair[1] = ost_call_quantity(call, per->value, v.quantity->unit);
    }
    return ost_op_add(call, pair, 2);
}

/* Whether b, which does not start before a, continues it. */
static bool continues(ost_call *call, const ost_extent *a, const ost_extent *b,
                      const ost_quantity *per)
{
    if (ost_bound_less_or_same(call, &b->low, &a->high, OST_UNIT_NONE) == OST_TRI_TRUE ||
        ost_extent_meets(call, a, b, OST_UNIT_NONE) == OST_TRI_TRUE) {
        return true;
    }
    if (per == NULL || !a->high.exact || !b->low.exact || a->high.endless) {
        return false;
    }
    ost_order order =
        ost_compare(call, b->low.min, moved_on(call, a->high.min, per), OST_UNIT_NONE);
    return order == OST_LESS || order == OST_SAME;
}

/* The usable intervals of a list as extents; their number, or SIZE_MAX when memory is short. */
static size_t collect(ost_call *call, ost_value list, ost_extent **items)
{
    size_t count = 0;

    *items = ost_arena_array(call->arena, list.list.count * 2 + 1, sizeof **items);
    if (*items == NULL) {
        (void)ost_call_memory(call);
        return SIZE_MAX;
    }
    for (size_t i = 0; i < list.list.count; i++) {
        ost_value v = list.list.items[i];
        if (v.kind != OST_INTERVAL) {
            continue;
        }
        ost_extent e = ost_extent_of(call, v, ost_null());
        if (!e.untyped && (e.low.exact || e.high.exact)) {
            (*items)[count++] = e;
        }
    }
    return count;
}

ost_value ost_op_collapse(ost_call *call, const ost_value *args, size_t count)
{
    const ost_quantity *per = count > 1 && args[1].kind == OST_QUANTITY ? args[1].quantity : NULL;
    ost_builder out = ost_builder_init(call);
    ost_extent *items;
    size_t n;

    if (args[0].kind != OST_LIST) {
        return ost_null();
    }
    n = collect(call, args[0], &items);
    if (n == SIZE_MAX || !ost_call_step(call, n)) {
        return ost_null();
    }
    sort_by_start(call, items, items + args[0].list.count, n);
    for (size_t i = 0; i < n;) {
        ost_extent run = items[i++];
        for (; i < n && continues(call, &run, &items[i], per); i++) {
            if (ost_bound_less(call, &run.high, &items[i].high, OST_UNIT_NONE) != OST_TRI_FALSE) {
                run.high = items[i].high;
            }
        }
        if (!ost_builder_add(&out, ost_extent_value(call, &run.low, &run.high, run.kind))) {
            return ost_null();
        }
    }
    return ost_builder_list(&out);
}
