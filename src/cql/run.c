/* Runs a plan: one loop over steps, values in slots, null as data.
 *
 * A switch is the dispatch (computed goto gave nothing worth its cost here: most time goes into
 * operators). Everything that is more than a move lives in its own function. A run-time error is
 * set once in eval->error; the loop looks at it after each step that can fail and leaves with
 * null. */
#include "cql/eval.h"

#include "cql/fhir.h"
#include "cql/op/op.h"

typedef struct frame {
    ost_value *slots;
    ost_collector *collectors;
} frame;

static bool failed(const ost_eval *eval)
{
    return eval->error.code != OST_OK;
}

static void place_error(ost_eval *eval, const ost_unit *unit, const ost_step *step)
{
    if (eval->error.line == 0) {
        ost_err_place(&eval->error, unit->module->library->source_name, step->line, step->column,
                      0);
    }
}

static bool any_null(const ost_value *args, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ost_is_null(args[i])) {
            return true;
        }
    }
    return false;
}

static ost_value run_call(ost_eval *eval, const ost_step *step, const ost_value *args)
{
    ost_value result = step->operator->strict && any_null(args, step->count)
                           ? ost_null()
                           : step->operator->function(&eval->call, args, step->count);
    ost_trace_call(eval, step, args, &result);
    return result;
}

static ost_value run_cast(ost_eval *eval, const ost_step *step, ost_value value)
{
    if (ost_is_null(value) || ost_type_has(&eval->program->types, step->type, value)) {
        return value;
    }
    if (step->count == 1) {
        return ost_call_fail(&eval->call, OST_E_RUNTIME, "the value is not a %.*s",
                             OST_STR_ARG(step->type->name));
    }
    return ost_null();
}

static ost_value run_list(ost_eval *eval, const ost_step *step, const ost_value *items)
{
    ost_value *copy = ost_arena_array(eval->arena, step->count, sizeof *copy);
    if (!copy) {
        return ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
    }
    memcpy(copy, items, step->count * sizeof *copy);
    return ost_list(copy, step->count);
}

static ost_value run_tuple(ost_eval *eval, const ost_step *step, const ost_value *items)
{
    ost_value list = run_list(eval, step, items), value = {.kind = OST_TUPLE};
    value.tuple.shape = step->shape;
    value.tuple.items = list.list.items;
    return failed(eval) ? ost_null() : value;
}

static ost_value member(const ost_step *step, const ost_value *items, const char *name)
{
    for (size_t i = 0; i < step->count; i++) {
        if (ost_str_is(step->shape->names[i], name)) {
            return items[i];
        }
    }
    return ost_null();
}

static ost_str text_member(const ost_step *step, const ost_value *items, const char *name)
{
    ost_value value = member(step, items, name);
    return value.kind == OST_STRING ? value.string : (ost_str){NULL, 0};
}

static ost_value run_concept(ost_eval *eval, const ost_step *step, const ost_value *items)
{
    ost_value codes = member(step, items, "codes"), value = {.kind = OST_CONCEPT};
    ost_concept *concept = ost_arena_alloc(eval->arena, sizeof *concept);
    size_t count = codes.kind == OST_LIST ? codes.list.count : 0;
    ost_code *list = ost_arena_array(eval->arena, count, sizeof *list);
    if (!concept || !list) {
        return ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
    }
    for (size_t i = 0; i < count; i++) {
        if (codes.list.items[i].kind == OST_CODE) {
            list[concept->count++] = *codes.list.items[i].code;
        }
    }
    concept->codes = list;
    concept->display = text_member(step, items, "display");
    value.concept = concept;
    return value;
}

/* System classes: Quantity { value: 5, unit: 'mg' } and so on. */
static ost_value run_instance(ost_eval *eval, const ost_step *step, const ost_value *items)
{
    ost_str type = step->shape->type_name;
    if (ost_str_is(type, "Quantity")) {
        ost_value value = member(step, items, "value");
        ost_str unit = text_member(step, items, "unit");
        return value.kind == OST_DECIMAL
                   ? ost_quantity_value(eval->arena, value.decimal, unit.len ? unit : OST_STR("1"))
                   : ost_null();
    }
    if (ost_str_is(type, "Code")) {
        return ost_code_value(eval->arena,
                              (ost_code){.code = text_member(step, items, "code"),
                                         .system = text_member(step, items, "system"),
                                         .version = text_member(step, items, "version"),
                                         .display = text_member(step, items, "display")});
    }
    if (ost_str_is(type, "Concept")) {
        return run_concept(eval, step, items);
    }
    if (ost_str_is(type, "Ratio")) {
        ost_value top = member(step, items, "numerator"),
                  bottom = member(step, items, "denominator");
        ost_ratio *ratio = ost_arena_alloc(eval->arena, sizeof *ratio);
        if (!ratio || top.kind != OST_QUANTITY || bottom.kind != OST_QUANTITY) {
            return ost_null();
        }
        *ratio = (ost_ratio){*top.quantity, *bottom.quantity};
        ost_value value = {.kind = OST_RATIO};
        value.ratio = ratio;
        return value;
    }
    ost_vocabulary vocabulary = {.id = text_member(step, items, "id"),
                                 .version = text_member(step, items, "version"),
                                 .name = text_member(step, items, "name")};
    ost_value value = {.kind = ost_str_is(type, "ValueSet") ? OST_VALUESET : OST_CODESYSTEM};
    value.vocabulary = ost_arena_copy(eval->arena, &vocabulary, sizeof vocabulary);
    return value.vocabulary ? value : ost_null();
}

static ost_value run_interval(ost_eval *eval, const ost_step *step, const ost_value *ends)
{
    bool low_closed = step->count & 1, high_closed = (step->count & 2) != 0;
    ost_kind point = step->type->form == OST_TYPE_SYSTEM ? step->type->kind : OST_NULL;
    if (!ost_is_null(ends[0]) && !ost_is_null(ends[1])) {
        ost_order order = ost_compare(&eval->call, ends[0], ends[1], OST_UNIT_NONE);
        if (order == OST_GREATER || (order == OST_SAME && !(low_closed && high_closed))) {
            return ost_call_fail(&eval->call, OST_E_RUNTIME,
                                 "an interval that ends before it starts or is empty");
        }
    }
    return ost_interval_value(eval->arena, ends[0], low_closed, ends[1], high_closed, point);
}

static ost_value run_property(ost_eval *eval, const ost_step *step, ost_value value)
{
    if (value.kind != OST_OBJECT) {
        return ost_null();
    }
    return ost_fhir_property(&eval->call, eval->program->model, value, step->element);
}

static ost_value run_context(const ost_eval *eval, const ost_step *step)
{
    if (!eval->record) {
        return ost_null();
    }
    ost_value value = {.kind = OST_OBJECT, .type = (uint16_t)step->type->fhir};
    value.object.record = eval->record;
    value.object.node = eval->record->resources[eval->record->patient].node;
    return value;
}

static void append(ost_eval *eval, ost_collector *collector, ost_value value)
{
    ost_value *items = ost_arena_grow(eval->arena, collector->items, &collector->capacity,
                                      collector->count + 1, sizeof *items);
    if (!items) {
        (void)ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
        return;
    }
    collector->items = items;
    items[collector->count++] = value;
}

static ost_value collected(ost_eval *eval, const ost_step *step, ost_collector *collector)
{
    ost_value list = ost_list(collector->items, collector->count);
    uint32_t sources = ost_trace_items(eval, collector->items, collector->count);
    *collector = (ost_collector){NULL, 0, 0};
    list = step->count == 1 ? ost_op_distinct(&eval->call, &list, 1) : list;
    list.sources = sources;
    return list;
}

/* Where dates are too imprecise to tell, the less precise one comes first. */
static int uncertain_order(ost_value a, ost_value b)
{
    if (a.kind != b.kind || a.kind < OST_DATE || a.kind > OST_TIME) {
        return 0;
    }
    ost_order low = ost_when_compare(ost_when_low(a.when, a.kind), ost_when_low(b.when, b.kind),
                                     a.kind, OST_UNIT_NONE, 0);
    return low == OST_LESS || low == OST_GREATER ? (int)low
                                                 : (int)a.when.precision - (int)b.when.precision;
}

/* Order of two items by all keys; null sorts before everything. */
static int key_order(ost_eval *eval, const ost_step *step, const ost_collector *keys, size_t a,
                     size_t b)
{
    for (size_t k = 0; k < step->count; k++) {
        ost_value x = keys[k].items[a], y = keys[k].items[b];
        int order = ost_is_null(x) ? (ost_is_null(y) ? 0 : -1) : ost_is_null(y) ? 1 : 0;
        if (!ost_is_null(x) && !ost_is_null(y)) {
            ost_order compared = ost_compare(&eval->call, x, y, OST_UNIT_NONE);
            order = compared == OST_UNCERTAIN_ORDER ? uncertain_order(x, y) : (int)compared;
        }
        if (order != 0) {
            return step->sort->descending[k] ? -order : order;
        }
    }
    return 0;
}

/* Merge sort of positions: stable, n log n comparisons, and no trust in a callback's
 * consistency. */
static void merge_sort(ost_eval *eval, const ost_step *step, const ost_collector *keys,
                       uint32_t *at, uint32_t *spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = low + 2 * width < count ? low + 2 * width : count;
            size_t i = low, j = middle;
            for (size_t k = low; k < high; k++) {
                bool left =
                    i < middle && (j >= high || key_order(eval, step, keys, at[i], at[j]) <= 0);
                spare[k] = left ? at[i++] : at[j++];
            }
        }
        memcpy(at, spare, count * sizeof *at);
    }
}

static ost_value run_sort(ost_eval *eval, const ost_step *step, ost_value list, ost_collector *keys)
{
    if (list.kind != OST_LIST || list.list.count < 2 || keys[0].count != list.list.count) {
        return list;
    }
    size_t count = list.list.count;
    uint32_t *at = ost_arena_array(eval->arena, count, sizeof *at);
    uint32_t *spare = ost_arena_array(eval->arena, count, sizeof *spare);
    ost_value *items = ost_arena_array(eval->arena, count, sizeof *items);
    if (!at || !spare || !items || !ost_call_step(&eval->call, count)) {
        return ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
    }
    for (uint32_t i = 0; i < count; i++) {
        at[i] = i;
    }
    merge_sort(eval, step, keys, at, spare, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = list.list.items[at[i]];
    }
    return ost_list(items, count);
}

/* False when the loop has no more items. */
static bool next_item(ost_value *slots, const ost_step *step)
{
    ost_value list = slots[step->a];
    ost_value *counter = &slots[step->a + 1];
    if (list.kind != OST_LIST || (size_t)counter->integer64 >= list.list.count) {
        return false;
    }
    slots[step->dst] = list.list.items[counter->integer64++];
    return true;
}

static bool is_boolean(ost_value value, bool wanted)
{
    return value.kind == OST_BOOLEAN && value.boolean == wanted;
}

static bool jumps(const ost_step *step, const ost_value *slots)
{
    switch ((int)step->op) {
    case OST_STEP_JUMP:
        return true;
    case OST_STEP_JUMP_FALSE:
        return is_boolean(slots[step->a], false);
    case OST_STEP_JUMP_TRUE:
        return is_boolean(slots[step->a], true);
    case OST_STEP_JUMP_NOT_TRUE:
        return !is_boolean(slots[step->a], true);
    case OST_STEP_JUMP_NULL:
        return ost_is_null(slots[step->a]);
    default:
        return !ost_is_null(slots[step->a]);
    }
}

static bool is_one(uint64_t steps, const ost_step *step)
{
    return (steps >> step->op) & 1;
}

static void run_steps(ost_eval *eval, const ost_unit *unit, frame f)
{
    const ost_step *steps = unit->steps;
    ost_value *s = f.slots;
    size_t at = 0;
    const uint64_t before_steps = eval->tracing ? OST_TRACED_READS | OST_TRACED_CONDITIONS : 0;
    const uint64_t after_steps = eval->tracing ? OST_TRACED_MAKES : 0;
    while (at < unit->step_count) {
        const ost_step *step = &steps[at++];
        if (eval->call.steps_left-- == 0) {
            eval->call.steps_left = 0;
            (void)ost_call_fail(&eval->call, OST_E_LIMIT, "the evaluation takes too many steps");
        }
        uint32_t before = is_one(before_steps, step) ? ost_trace_before(eval, step, s) : 0;
        switch ((ost_step_op)step->op) {
        case OST_STEP_CONSTANT:
            s[step->dst] = step->value ? *step->value : ost_null();
            break;
        case OST_STEP_MOVE:
            s[step->dst] = s[step->a];
            break;
        case OST_STEP_CALL:
            s[step->dst] = run_call(eval, step, &s[step->a]);
            break;
        case OST_STEP_CONVERT:
            s[step->dst] = ost_conversion_apply(&eval->call, &eval->program->types,
                                                step->conversion, s[step->a]);
            break;
        case OST_STEP_CAST:
            s[step->dst] = run_cast(eval, step, s[step->a]);
            break;
        case OST_STEP_IS:
            s[step->dst] = ost_boolean(ost_type_has(&eval->program->types, step->type, s[step->a]));
            break;
        case OST_STEP_JUMP:
        case OST_STEP_JUMP_FALSE:
        case OST_STEP_JUMP_TRUE:
        case OST_STEP_JUMP_NOT_TRUE:
        case OST_STEP_JUMP_NULL:
        case OST_STEP_JUMP_NOT_NULL:
            at = jumps(step, s) ? step->b : at;
            break;
        case OST_STEP_DEFINE:
            s[step->dst] = ost_eval_memo(eval, step->a);
            break;
        case OST_STEP_PARAMETER:
            s[step->dst] = ost_eval_parameter_value(eval, step->a);
            break;
        case OST_STEP_INVOKE:
            s[step->dst] = ost_run_unit(eval, step->function, &s[step->a], step->count);
            break;
        case OST_STEP_CONTEXT:
            s[step->dst] = run_context(eval, step);
            break;
        case OST_STEP_MEMBER:
            s[step->dst] = ost_value_member(eval->arena, s[step->a], *step->name);
            break;
        case OST_STEP_PROPERTY:
            s[step->dst] = run_property(eval, step, s[step->a]);
            break;
        case OST_STEP_LIST:
            s[step->dst] = run_list(eval, step, &s[step->a]);
            break;
        case OST_STEP_INTERVAL:
            s[step->dst] = run_interval(eval, step, &s[step->a]);
            break;
        case OST_STEP_TUPLE:
            s[step->dst] = run_tuple(eval, step, &s[step->a]);
            break;
        case OST_STEP_INSTANCE:
            s[step->dst] = run_instance(eval, step, &s[step->a]);
            break;
        case OST_STEP_RETRIEVE:
            s[step->dst] = ost_run_retrieve(eval, step->retrieve, step->count ? &s[step->a] : NULL);
            break;
        case OST_STEP_LOOP:
            s[step->a + 1] = ost_long(0);
            break;
        case OST_STEP_NEXT:
            at = next_item(s, step) ? at : step->b;
            break;
        case OST_STEP_COLLECT:
            f.collectors[step->a] = (ost_collector){NULL, 0, 0};
            break;
        case OST_STEP_APPEND:
            append(eval, &f.collectors[step->a], ost_trace_row(eval, s[step->b]));
            break;
        case OST_STEP_COLLECTED:
            s[step->dst] = collected(eval, step, &f.collectors[step->a]);
            break;
        case OST_STEP_SORT:
            s[step->dst] = run_sort(eval, step, s[step->a], &f.collectors[step->b]);
            break;
        case OST_STEP_PASS:
        case OST_STEP_COUNT:
            break;
        }
        if (is_one(after_steps, step)) {
            ost_trace_after(eval, step, s, before);
        }
        if (failed(eval)) {
            place_error(eval, unit, step);
            s[0] = ost_null();
            return;
        }
    }
}

ost_value ost_run_unit(ost_eval *eval, const ost_unit *unit, const ost_value *args, size_t count)
{
    if (failed(eval)) {
        return ost_null();
    }
    if (eval->calls >= OST_EVAL_MAX_CALLS || eval->slots_used + unit->slots > OST_EVAL_MAX_SLOTS ||
        eval->collectors_used + unit->collectors > OST_EVAL_MAX_COLLECTORS) {
        return ost_call_fail(&eval->call, OST_E_LIMIT, "calls are nested too deeply");
    }
    frame f = {eval->slots + eval->slots_used, eval->collectors + eval->collectors_used};
    memset(f.slots, 0, unit->slots * sizeof *f.slots);
    if (count > 0) {
        memcpy(f.slots, args, count * sizeof *args);
    }
    eval->slots_used += unit->slots;
    eval->collectors_used += unit->collectors;
    eval->calls++;
    uint32_t outer = eval->control;
    eval->control = 0;
    run_steps(eval, unit, f);
    /* Some values are null when memory is short; such a null must not pass for an answer. */
    if (!failed(eval) && ost_arena_refused(eval->arena)) {
        f.slots[0] = ost_call_fail(&eval->call, OST_E_MEMORY, "memory is short");
        if (unit->step_count > 0) {
            place_error(eval, unit, &unit->steps[0]);
        }
    }
    f.slots[0] = ost_trace_row(eval, f.slots[0]);
    eval->control = outer;
    eval->calls--;
    eval->slots_used -= unit->slots;
    eval->collectors_used -= unit->collectors;
    return f.slots[0];
}
