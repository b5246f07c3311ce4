/* Provenance (design.md section 6): which resources a value rests on, and what was looked for.
 *
 * Every value carries a set of resources as a number (ost_value.sources), and each step gives what
 * it makes the sources of what it reads:
 *
 *     0                  none: a constant
 *     1 .. n             one of the record's n resources
 *     n + 1 ..           two sets joined; each pair is kept once, so equal work gives equal numbers
 *
 * An item that a filter drops takes its sources with it; what First, Max and the like choose keeps
 * its own. So what stays is what passed the last filter. The sources of a list are those of all
 * its items. A condition counts too ("if C then 'a'" rests on C): its sources are gathered in
 * eval->control, for the items of a query from the start of each round, else to the end of the
 * function. Nothing here changes a value. */
#include "cql/eval.h"

#include "cql/op/op.h"

enum { FIRST_PAIRS = 256, MOST_PAIRS = 1 << 22 };

/* ---- Sets ---- */

static uint32_t resource_count(const ost_eval *eval)
{
    return (uint32_t)eval->record->resource_count;
}

static const ost_source_pair *pair_of(const ost_eval *eval, uint32_t set)
{
    uint32_t leaves = resource_count(eval);
    return set > leaves ? &eval->sources.pairs[set - leaves - 1] : NULL;
}

static bool is_half(const ost_eval *eval, uint32_t whole, uint32_t half)
{
    const ost_source_pair *pair = pair_of(eval, whole);
    return pair && (pair->left == half || pair->right == half);
}

/* Where the pair stands or belongs in the table; its size is a power of two and never full. */
static size_t place_of(const ost_sources *sources, ost_source_pair pair)
{
    uint64_t hash = ((uint64_t)pair.left << 32 | pair.right) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (sources->table_size - 1);
    while (sources->table[at] != 0) {
        const ost_source_pair *there = &sources->pairs[sources->table[at] - 1];
        if (there->left == pair.left && there->right == pair.right) {
            break;
        }
        at = (at + 1) & (sources->table_size - 1);
    }
    return at;
}

static bool make_room(ost_eval *eval)
{
    ost_sources *sources = &eval->sources;
    if (sources->count < sources->capacity) {
        return true;
    }
    ost_sources grown = *sources;
    grown.capacity = sources->capacity ? 2 * sources->capacity : FIRST_PAIRS;
    grown.table_size = 2 * grown.capacity;
    if (grown.capacity > MOST_PAIRS) {
        return false;
    }
    grown.pairs = ost_arena_array(eval->arena, grown.capacity, sizeof *grown.pairs);
    grown.table = ost_arena_array(eval->arena, grown.table_size, sizeof *grown.table);
    if (!grown.pairs || !grown.table) {
        return false;
    }
    for (size_t i = 0; i < sources->count; i++) {
        grown.pairs[i] = sources->pairs[i];
        grown.table[place_of(&grown, grown.pairs[i])] = (uint32_t)i + 1;
    }
    *sources = grown;
    return true;
}

/* Both sets together. When there is no more room the sources are all resources: too many, never
 * too few. */
static uint32_t join_two(ost_eval *eval, uint32_t a, uint32_t b)
{
    if (a == OST_SOURCES_ALL || b == OST_SOURCES_ALL) {
        return OST_SOURCES_ALL;
    }
    if (is_half(eval, a, b)) {
        return a;
    }
    if (is_half(eval, b, a)) {
        return b;
    }
    ost_source_pair pair = {a < b ? a : b, a < b ? b : a};
    if (!make_room(eval)) {
        return OST_SOURCES_ALL;
    }
    ost_sources *sources = &eval->sources;
    size_t at = place_of(sources, pair);
    if (sources->table[at] == 0) {
        sources->pairs[sources->count++] = pair;
        sources->table[at] = (uint32_t)sources->count;
    }
    return resource_count(eval) + sources->table[at];
}

static inline uint32_t join(ost_eval *eval, uint32_t a, uint32_t b)
{
    return a == b || b == 0 ? a : a == 0 ? b : join_two(eval, a, b);
}

/* An object that nothing was told of rests on the resource that it is part of. */
static uint32_t of_object(const ost_eval *eval, const ost_value *object)
{
    size_t owner = object->object.record == eval->record
                       ? ost_record_owner(eval->record, object->object.node)
                       : SIZE_MAX;
    return owner == SIZE_MAX ? 0 : ost_trace_resource((uint32_t)owner);
}

static inline uint32_t of(const ost_eval *eval, const ost_value *value)
{
    return value->sources == 0 && value->kind == OST_OBJECT ? of_object(eval, value)
                                                            : value->sources;
}

static uint32_t of_all(ost_eval *eval, const ost_value *items, size_t count)
{
    uint32_t sources = 0;
    for (size_t i = 0; i < count; i++) {
        sources = join(eval, sources, of(eval, &items[i]));
    }
    return sources;
}

/* Of lists that become one: an empty one gives nothing to it. */
static uint32_t of_lists(ost_eval *eval, const ost_value *items, size_t count)
{
    uint32_t sources = 0;
    for (size_t i = 0; i < count; i++) {
        bool empty = items[i].kind == OST_LIST && items[i].list.count == 0;
        sources = empty ? sources : join(eval, sources, of(eval, &items[i]));
    }
    return sources;
}

/* ---- Steps ---- */

/* These give one of the items that they are given. */
static bool chooses(ost_op_function f)
{
    return f == ost_op_first || f == ost_op_last || f == ost_op_singleton_from ||
           f == ost_op_indexer || f == ost_op_min || f == ost_op_max;
}

/* The item that "x in list" or "list contains x" asks for; NULL for other operators. */
static const ost_value *item_of(ost_op_function f, const ost_value *args)
{
    if (f == ost_op_in && args[1].kind == OST_LIST) {
        return &args[0];
    }
    return f == ost_op_contains && args[0].kind == OST_LIST ? &args[1] : NULL;
}

void ost_trace_call(ost_eval *eval, const ost_step *step, const ost_value *args, ost_value *result)
{
    if (!eval->tracing) {
        return;
    }
    ost_op_function f = step->operator->function;
    if (chooses(f)) {
        result->sources = result->sources != 0 ? result->sources : of(eval, &args[0]);
        return;
    }
    if (f == ost_op_flatten && args[0].kind == OST_LIST) {
        result->sources = of_lists(eval, args[0].list.items, args[0].list.count);
        return;
    }
    if (f == ost_op_union) {
        result->sources = of_lists(eval, args, step->count);
        return;
    }
    const ost_value *item = item_of(f, args);
    uint32_t asked = item ? of(eval, item) : 0;
    bool found = result->kind == OST_BOOLEAN && result->boolean;
    result->sources = asked != 0 && found ? asked : of_all(eval, args, step->count);
}

uint32_t ost_trace_before(ost_eval *eval, const ost_step *step, const ost_value *s)
{
    switch ((int)step->op) {
    case OST_STEP_CONVERT:
    case OST_STEP_CAST:
    case OST_STEP_IS:
    case OST_STEP_MEMBER:
    case OST_STEP_PROPERTY:
    case OST_STEP_SORT:
    case OST_STEP_NEXT:
        return of(eval, &s[step->a]);
    case OST_STEP_LIST:
    case OST_STEP_TUPLE:
    case OST_STEP_INSTANCE:
        return of_all(eval, &s[step->a], step->count);
    case OST_STEP_INTERVAL:
        return of_all(eval, &s[step->a], 2);
    case OST_STEP_JUMP_FALSE:
    case OST_STEP_JUMP_TRUE:
    case OST_STEP_JUMP_NOT_TRUE:
    case OST_STEP_JUMP_NOT_NULL:
        /* Not JUMP_NULL: it only spares work, what is not null is read afterwards. */
        eval->control = join(eval, eval->control, of(eval, &s[step->a]));
        return 0;
    default:
        return 0;
    }
}

void ost_trace_after(ost_eval *eval, const ost_step *step, ost_value *s, uint32_t before)
{
    ost_value *made = &s[step->dst];
    switch ((int)step->op) {
    case OST_STEP_CONVERT:
    case OST_STEP_CAST:
    case OST_STEP_IS:
    case OST_STEP_SORT:
    case OST_STEP_LIST:
    case OST_STEP_TUPLE:
    case OST_STEP_INSTANCE:
    case OST_STEP_INTERVAL:
        made->sources = before;
        break;
    case OST_STEP_MEMBER:
    case OST_STEP_PROPERTY: /* a member of a tuple knows its own */
        made->sources = made->sources != 0 ? made->sources : before;
        break;
    case OST_STEP_CONTEXT:
        made->sources = of(eval, made);
        break;
    case OST_STEP_LOOP: /* the counter keeps what led to the loop */
        s[step->a + 1].sources = eval->control;
        break;
    case OST_STEP_NEXT:
        eval->control = s[step->a + 1].sources;
        made->sources = made->sources != 0 ? made->sources : before;
        break;
    case OST_STEP_PASS:
        made->sources = join(eval, made->sources, join(eval, of(eval, &s[step->a]), eval->control));
        break;
    default:
        break;
    }
}

ost_value ost_trace_row(ost_eval *eval, ost_value value)
{
    if (eval->tracing) {
        value.sources = join(eval, of(eval, &value), eval->control);
    }
    return value;
}

uint32_t ost_trace_items(ost_eval *eval, const ost_value *items, size_t count)
{
    return eval->tracing ? of_all(eval, items, count) : 0;
}

static ost_value *without(ost_arena *arena, const ost_value *items, size_t count)
{
    ost_value *copy = ost_arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = ost_trace_without(arena, items[i]);
    }
    return copy;
}

ost_value ost_trace_without(ost_arena *arena, ost_value value)
{
    value.sources = 0;
    if (value.kind == OST_LIST) {
        value.list.items = without(arena, value.list.items, value.list.count);
        return value.list.items ? value : ost_null();
    }
    if (value.kind == OST_TUPLE) {
        value.tuple.items = without(arena, value.tuple.items, value.tuple.shape->count);
        return value.tuple.items ? value : ost_null();
    }
    return value;
}

/* ---- What was looked for ---- */

ost_trace *ost_trace_new(ost_eval *eval)
{
    return eval->tracing ? ost_arena_alloc(eval->arena, sizeof(ost_trace)) : NULL;
}

static bool same_looked(const ost_looked *a, const ost_looked *b)
{
    return ost_str_equal(a->type, b->type) && ost_str_equal(a->terminology, b->terminology);
}

static void add_looked(ost_eval *eval, const ost_looked *looked)
{
    ost_trace *trace = eval->trace;
    for (size_t i = 0; i < trace->looked_count; i++) {
        if (same_looked(&trace->looked[i], looked)) {
            return;
        }
    }
    ost_looked *all = ost_arena_grow(eval->arena, trace->looked, &trace->looked_capacity,
                                     trace->looked_count + 1, sizeof *all);
    if (all) {
        trace->looked = all;
        all[trace->looked_count++] = *looked;
    }
}

void ost_trace_join(ost_eval *eval, const ost_trace *other)
{
    if (!eval->trace || !other || other == eval->trace) {
        return;
    }
    for (size_t i = 0; i < other->looked_count; i++) {
        add_looked(eval, &other->looked[i]);
    }
}

void ost_trace_looked(ost_eval *eval, const ost_retrieve *retrieve, size_t considered)
{
    if (eval->trace) {
        ost_looked looked = {.type = retrieve->type_name,
                             .terminology = retrieve->terminology,
                             .considered = (uint32_t)considered};
        add_looked(eval, &looked);
    }
}

/* ---- What can be asked ---- */

/* Marks the resources of a set. A pair is older than what it was joined into, so one walk from the
 * newest to the oldest is enough. False when memory is short. */
static bool mark(ost_eval *eval, uint32_t set)
{
    ost_sources *sources = &eval->sources;
    uint32_t leaves = resource_count(eval), newest = set > leaves ? set : leaves;
    bool *marked = ost_arena_grow(eval->arena, sources->marked, &sources->marked_capacity,
                                  (size_t)newest + 1, sizeof *marked);
    if (!marked) {
        return false;
    }
    sources->marked = marked;
    memset(marked, 0, (size_t)newest + 1);
    marked[set] = true;
    for (uint32_t i = set; i > leaves; i--) {
        const ost_source_pair *pair = &sources->pairs[i - leaves - 1];
        if (marked[i]) {
            marked[pair->left] = true;
            marked[pair->right] = true;
        }
    }
    return true;
}

size_t ost_eval_sources(ost_eval *eval, uint32_t define, const uint32_t **resources)
{
    *resources = NULL;
    if (define >= eval->program->define_count || !eval->record) {
        return 0;
    }
    uint32_t set = of(eval, &eval->memos[define].value), leaves = resource_count(eval);
    uint32_t *list = ost_arena_array(eval->arena, leaves, sizeof *list);
    bool all = set == OST_SOURCES_ALL;
    if (set == 0 || !list || (!all && !mark(eval, set))) {
        return 0;
    }
    size_t count = 0;
    for (uint32_t i = 0; i < leaves; i++) {
        if (all || eval->sources.marked[i + 1]) {
            list[count++] = i;
        }
    }
    *resources = list;
    return count;
}

size_t ost_eval_looked(ost_eval *eval, uint32_t define, const ost_looked **looked)
{
    *looked = NULL;
    if (define >= eval->program->define_count || !eval->memos[define].trace) {
        return 0;
    }
    *looked = eval->memos[define].trace->looked;
    return eval->memos[define].trace->looked_count;
}
