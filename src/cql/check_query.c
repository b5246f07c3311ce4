/* Queries (CQL 1.5.3 "Query"): nested loops over the sources, filters as jumps, collectors for
 * results.
 *
 *   sources -> s[loop]           next0: item0 <- next of loop0, else -> end
 *   COLLECT                        next1: item1 <- next of loop1, else -> next0
 *                                    let, with, where: a filter that is not true jumps to the
 *                                    inmost next
 *                                    return or aggregate; jump to the inmost next
 *   end: COLLECTED, SORT
 */
#include "cql/check.h"

enum { MAX_SOURCES = 16 };

typedef struct query {
    const ost_ast *ast;
    ost_scope sources[MAX_SOURCES];
    uint32_t loops[MAX_SOURCES], nexts[MAX_SOURCES];
    bool plural[MAX_SOURCES];
    size_t count;
    uint32_t collector;
    const ost_ast *output, *sort; /* RETURN or AGGREGATE; NULL = the items */
    bool any_plural;
} query;

static uint32_t new_collector(ost_check *check)
{
    uint32_t collector = check->next_collector++;
    if (check->next_collector > check->unit->collectors) {
        check->unit->collectors = check->next_collector;
    }
    return collector;
}

/* All sources are evaluated before the first loop starts. */
static bool open_sources(ost_check *check, query *q)
{
    for (size_t i = 0; i < q->ast->count && q->ast->kids[i]->kind == OST_AST_SOURCE; i++) {
        const ost_ast *source = q->ast->kids[i];
        if (q->count == MAX_SOURCES) {
            ost_check_error(check, OST_E_LIMIT, source, "more than %d sources", MAX_SOURCES);
            return false;
        }
        uint32_t loop = ost_check_slots(check, 2), item = ost_check_slots(check, 1);
        const ost_type *type = ost_check_expression(check, source->kids[0], loop);
        if (!type) {
            return false;
        }
        if (ost_type_is_kind(type, OST_VALUESET)) {
            const ost_type *codes =
                ost_type_list(check->types, ost_type_system(check->types, OST_CODE));
            type = ost_check_convert(check, source, type, codes, loop);
        }
        q->plural[q->count] = type->form == OST_TYPE_LIST;
        q->any_plural = q->any_plural || q->plural[q->count];
        q->loops[q->count] = loop;
        q->sources[q->count++] =
            (ost_scope){.name = source->text,
                        .type = type->form == OST_TYPE_LIST ? type->element : type,
                        .slot = item};
    }
    return true;
}

/* Starts the loops; a null source gives a null query. Returns the step that leaves on null. */
static void start_loops(ost_check *check, query *q, uint32_t *null_jumps)
{
    for (size_t i = 0; i < q->count; i++) {
        null_jumps[i] = ost_check_here(check);
        ost_check_emit(check, q->ast, OST_STEP_JUMP_NULL, 0, q->loops[i], 0);
        if (!q->plural[i]) {
            ost_check_emit(check, q->ast, OST_STEP_LIST, q->loops[i], q->loops[i], 0)->count = 1;
        }
    }
    ost_check_emit(check, q->ast, OST_STEP_COLLECT, 0, q->collector, 0);
    for (size_t i = 0; i < q->count; i++) {
        ost_check_emit(check, q->ast, OST_STEP_LOOP, 0, q->loops[i], 0);
        q->nexts[i] = ost_check_here(check);
        ost_check_emit(check, q->ast, OST_STEP_NEXT, q->sources[i].slot, q->loops[i], 0);
        q->sources[i].outer = check->scope;
        check->scope = &q->sources[i];
    }
}

/* with/without X such that condition: looks for one partner. */
static bool relation(ost_check *check, const query *q, const ost_ast *ast)
{
    uint32_t loop = ost_check_slots(check, 2), item = ost_check_slots(check, 1);
    uint32_t test = ost_check_slots(check, 1);
    bool with = ast->kind == OST_AST_WITH;
    const ost_type *type = ost_check_expression(check, ast->kids[0], loop);
    if (!type) {
        return false;
    }
    if (type->form != OST_TYPE_LIST) {
        ost_check_emit(check, ast, OST_STEP_LIST, loop, loop, 0)->count = 1;
    }
    ost_scope scope = {.name = ast->text,
                       .type = type->form == OST_TYPE_LIST ? type->element : type,
                       .slot = item,
                       .outer = check->scope};
    uint32_t inmost = q->nexts[q->count - 1];
    ost_check_emit(check, ast, OST_STEP_LOOP, 0, loop, 0);
    uint32_t next = ost_check_here(check);
    ost_check_emit(check, ast, OST_STEP_NEXT, item, loop, 0);
    check->scope = &scope;
    const ost_type *condition =
        ost_check_expecting(check, ast->kids[1], ost_type_system(check->types, OST_BOOLEAN), test);
    check->scope = scope.outer;
    ost_check_emit(check, ast, OST_STEP_JUMP_NOT_TRUE, 0, test, next);
    if (with) { /* found: go on behind the loop; used up: next item of the query */
        uint32_t found = ost_check_here(check);
        ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, 0);
        ost_check_land(check, next);
        ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, inmost);
        ost_check_land(check, found);
    } else {
        ost_check_emit(check, ast, OST_STEP_JUMP, 0, 0, inmost);
        ost_check_land(check, next);
    }
    return condition != NULL;
}

/* lets, relations and where, in the order of the text. lets are computed for every item that comes
 * so far. */
static bool filters(ost_check *check, query *q, ost_scope *lets)
{
    bool good = true;
    for (size_t i = q->count; i < q->ast->count; i++) {
        const ost_ast *kid = q->ast->kids[i];
        if (kid->kind == OST_AST_LET) {
            uint32_t slot = ost_check_slots(check, 1);
            lets[i] = (ost_scope){.name = kid->text, .slot = slot, .outer = check->scope};
            lets[i].type = ost_check_expression(check, kid->kids[0], slot);
            if (!lets[i].type) {
                return false;
            }
            check->scope = &lets[i];
        } else if (kid->kind == OST_AST_WITH || kid->kind == OST_AST_WITHOUT) {
            good = relation(check, q, kid) && good;
        } else if (kid->kind == OST_AST_WHERE) {
            uint32_t test = ost_check_slots(check, 1);
            good = ost_check_expecting(check, kid->kids[0],
                                       ost_type_system(check->types, OST_BOOLEAN), test) &&
                   good;
            ost_check_emit(check, kid, OST_STEP_JUMP_NOT_TRUE, 0, test, q->nexts[q->count - 1]);
        } else if (kid->kind == OST_AST_RETURN || kid->kind == OST_AST_AGGREGATE) {
            q->output = kid;
        } else if (kid->kind == OST_AST_SORT) {
            q->sort = kid;
        }
    }
    return good;
}

/* What one round of the inmost loop gives, in `slot`. */
static const ost_type *row(ost_check *check, const query *q, uint32_t slot)
{
    if (q->output) {
        return ost_check_expression(check, q->output->kids[0], slot);
    }
    if (q->count == 1) {
        ost_check_emit(check, q->ast, OST_STEP_MOVE, slot, q->sources[0].slot, 0);
        return q->sources[0].type;
    }
    ost_str names[MAX_SOURCES];
    const ost_type *types[MAX_SOURCES];
    for (size_t i = 0; i < q->count; i++) {
        names[i] = q->sources[i].name;
        types[i] = q->sources[i].type;
    }
    const ost_type *type = ost_type_tuple(check->types, names, types, q->count);
    uint32_t first = ost_check_slots(check, (uint32_t)q->count);
    for (size_t i = 0; i < q->count; i++) {
        for (size_t j = 0; j < q->count; j++) {
            if (ost_str_equal(type->shape->names[i], names[j])) {
                ost_check_emit(check, q->ast, OST_STEP_MOVE, first + (uint32_t)i,
                               q->sources[j].slot, 0);
            }
        }
    }
    ost_step *step = ost_check_emit(check, q->ast, OST_STEP_TUPLE, slot, first, 0);
    step->count = (uint16_t)q->count;
    step->shape = type->shape;
    return type;
}

/* Ends every loop: the inmost goes round, an outer one that is used up leaves the query. */
static void end_loops(ost_check *check, const query *q)
{
    ost_check_emit(check, q->ast, OST_STEP_JUMP, 0, 0, q->nexts[q->count - 1]);
    ost_check_land(check, q->nexts[0]);
    for (size_t i = 1; i < q->count && q->nexts[i] < check->unit->step_count; i++) {
        check->unit->steps[q->nexts[i]].b = q->nexts[i - 1];
    }
}

/* One key per sort item and list item, collected side by side, then one SORT. */
static bool sort_result(ost_check *check, const query *q, const ost_type *element, uint32_t dst)
{
    size_t keys = q->sort->count;
    uint32_t loop = ost_check_slots(check, 2), item = ost_check_slots(check, 1);
    uint32_t key = ost_check_slots(check, 1), first = check->next_collector;
    bool *descending = ost_arena_array(check->program->arena, keys, sizeof *descending);
    ost_sort *sort = ost_arena_alloc(check->program->arena, sizeof *sort);
    if (!descending || !sort) {
        check->program->failed = true;
        return false;
    }
    for (size_t i = 0; i < keys; i++) {
        ost_check_emit(check, q->sort, OST_STEP_COLLECT, 0, new_collector(check), 0);
    }
    ost_check_emit(check, q->sort, OST_STEP_MOVE, loop, dst, 0);
    ost_check_emit(check, q->sort, OST_STEP_LOOP, 0, loop, 0);
    uint32_t next = ost_check_here(check);
    ost_check_emit(check, q->sort, OST_STEP_NEXT, item, loop, 0);
    ost_scope whole = {
        .name = OST_STR("$this"), .type = element, .slot = item, .outer = check->scope};
    ost_scope members = {.name = OST_STR(""), .type = element, .slot = item, .outer = &whole};
    check->scope = &members;
    bool good = true;
    for (size_t i = 0; i < keys; i++) {
        const ost_ast *by = q->sort->kids[i];
        const ost_type *type = element;
        descending[i] = (by->flags & OST_AST_F_DESCENDING) != 0;
        if (by->kids[0]) {
            type = ost_check_expression(check, by->kids[0], key);
        } else {
            ost_check_emit(check, by, OST_STEP_MOVE, key, item, 0);
        }
        /* FHIR dates and numbers are ordered as what they stand for. */
        good = good && type &&
               ost_check_convert(check, by, type, ost_type_to_system(check->types, type), key);
        ost_check_emit(check, by, OST_STEP_APPEND, 0, first + (uint32_t)i, key);
    }
    check->scope = whole.outer;
    ost_check_emit(check, q->sort, OST_STEP_JUMP, 0, 0, next);
    ost_check_land(check, next);
    sort->descending = descending;
    ost_step *step = ost_check_emit(check, q->sort, OST_STEP_SORT, dst, dst, first);
    step->count = (uint16_t)keys;
    step->sort = sort;
    return good;
}

/* aggregate A starting x: expression. The accumulator is a slot that every round writes. */
static const ost_type *aggregate(ost_check *check, query *q, uint32_t total, ost_scope *scope,
                                 const ost_type *start)
{
    const ost_ast *ast = q->output;
    *scope = (ost_scope){.name = ast->text, .type = start, .slot = total, .outer = check->scope};
    check->scope = scope;
    uint32_t fresh = ost_check_slots(check, 1);
    const ost_type *type = ost_check_expression(check, ast->kids[1], fresh);
    if (type && start->form != OST_TYPE_ANY) {
        type = ost_check_convert(check, ast, type, ost_type_join(check->types, start, type), fresh);
    }
    ost_check_emit(check, ast, OST_STEP_MOVE, total, fresh, 0);
    for (size_t i = 0; i < q->count; i++) {
        ost_check_emit(check, ast, OST_STEP_PASS, total, q->sources[i].slot, 0);
    }
    return type;
}

static const ost_ast *find_kid(const ost_ast *ast, ost_ast_kind kind)
{
    for (size_t i = 0; i < ast->count; i++) {
        if (ast->kids[i]->kind == kind) {
            return ast->kids[i];
        }
    }
    return NULL;
}

/* `aggregate distinct` goes over the different rows: all combinations of the sources' different
 * items. */
static void make_distinct(ost_check *check, const query *q)
{
    for (size_t i = 0; i < q->count; i++) {
        if (!q->plural[i]) {
            continue;
        }
        const ost_type *list = ost_type_list(check->types, q->sources[i].type);
        uint32_t slot = ost_check_slots(check, 2);
        ost_check_emit(check, q->ast, OST_STEP_MOVE, slot, q->loops[i], 0);
        (void)ost_check_call_slots(check, q->ast, OST_STR("Distinct"), &list, slot, 1,
                                   OST_UNIT_NONE, q->loops[i]);
    }
}

static const ost_type *aggregate_query(ost_check *check, query *q, const ost_ast *ast,
                                       ost_scope *lets, uint32_t *null_jumps, uint32_t total)
{
    const ost_type *start = check->types->any;
    if (ast->kids[0]) {
        start = ost_check_expression(check, ast->kids[0], total);
    } else {
        ost_check_emit_constant(check, ast, total, ost_null());
    }
    if (ast->flags & OST_AST_F_DISTINCT) {
        make_distinct(check, q);
    }
    start_loops(check, q, null_jumps);
    ost_scope accumulator;
    bool good = start && filters(check, q, lets);
    const ost_type *type = good ? aggregate(check, q, total, &accumulator, start) : NULL;
    end_loops(check, q);
    for (size_t i = 0; i < q->count; i++) {
        ost_check_land(check, null_jumps[i]); /* no source: the starting value */
    }
    return type;
}

static const ost_type *list_query(ost_check *check, query *q, ost_scope *lets, uint32_t *null_jumps,
                                  uint32_t dst)
{
    uint32_t slot = ost_check_slots(check, 1), result = ost_check_slots(check, 1);
    start_loops(check, q, null_jumps);
    bool good = filters(check, q, lets);
    const ost_type *item = good ? row(check, q, slot) : NULL;
    ost_check_emit(check, q->ast, OST_STEP_APPEND, 0, q->collector, slot);
    end_loops(check, q);
    if (!item) {
        return NULL;
    }
    ost_step *step = ost_check_emit(check, q->ast, OST_STEP_COLLECTED, result, q->collector, 0);
    step->count = q->output && (q->output->flags & OST_AST_F_DISTINCT);
    const ost_scope *inner = check->scope;
    check->scope = q->sources[0].outer;
    if (q->sort && !sort_result(check, q, item, result)) {
        return NULL;
    }
    check->scope = inner;
    const ost_type *type = ost_type_list(check->types, item);
    if (!q->any_plural) { /* single source, single result */
        const ost_type *whole = type;
        type = ost_check_call_slots(check, q->ast, OST_STR("First"), &whole, result, 1,
                                    OST_UNIT_NONE, result);
    }
    ost_check_emit(check, q->ast, OST_STEP_MOVE, dst, result, 0);
    uint32_t end = ost_check_here(check);
    ost_check_emit(check, q->ast, OST_STEP_JUMP, 0, 0, 0);
    for (size_t i = 0; i < q->count; i++) {
        ost_check_land(check, null_jumps[i]);
    }
    ost_check_emit_constant(check, q->ast, dst, ost_null());
    ost_check_land(check, end);
    return type;
}

const ost_type *ost_check_query(ost_check *check, const ost_ast *ast, uint32_t dst)
{
    query q = {.ast = ast};
    uint32_t null_jumps[MAX_SOURCES];
    const ost_scope *outer = check->scope;
    ost_scope *lets = ost_arena_array(check->program->arena, ast->count, sizeof *lets);
    if (!lets || !open_sources(check, &q)) {
        return NULL;
    }
    q.collector = new_collector(check);
    const ost_ast *aggregating = find_kid(ast, OST_AST_AGGREGATE);
    const ost_type *type;
    if (aggregating) {
        uint32_t total = ost_check_slots(check, 1);
        type = aggregate_query(check, &q, aggregating, lets, null_jumps, total);
        ost_check_emit(check, ast, OST_STEP_MOVE, dst, total, 0);
    } else {
        type = list_query(check, &q, lets, null_jumps, dst);
    }
    check->scope = outer;
    return type;
}
