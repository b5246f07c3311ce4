/* Value sets: read from FHIR JSON, then sorted once so that every question is a binary search.
 *
 * A set is a plain list. What would need a terminology server (filters, sets that include sets,
 * whole code systems, exclusions) is refused rather than half understood. A CodeSystem resource
 * becomes a set of its concepts under its own url. FHIR R4 ValueSet.compose and ValueSet.expansion;
 * design.md section 5. */
#include "term/term.h"

#include <stdlib.h>

enum { MAX_NESTING = 64 };

/* One code and one set that holds it; sorted by system, code, set. */
typedef struct membership {
    ost_str system, code;
    uint32_t set;
} membership;

struct ost_term {
    ost_arena *arena;
    ost_valueset *sets; /* sorted by url, then version, once done */
    size_t set_count, set_capacity;
    membership *members;
    size_t member_count;
};

/* The set that is being read. */
typedef struct reading {
    ost_term *term;
    const ost_tree *tree;
    ost_code *codes;
    size_t count, capacity;
    ost_str url;
    bool failed; /* memory was short */
    ost_error *error;
} reading;

static ost_status unsupported(reading *in, const char *what)
{
    ost_err_set(in->error, OST_E_UNSUPPORTED, "value set %.*s has %s", OST_STR_ARG(in->url), what);
    ost_err_hint(in->error, "list its codes in compose.include.concept or expansion.contains");
    return OST_E_UNSUPPORTED;
}

/* A string member copied into the arena; ptr NULL when absent or not a string. */
static ost_str text_member(reading *in, uint32_t object, const char *name)
{
    uint32_t node = ost_tree_get(in->tree, object, name);
    if (node == 0 || in->tree->nodes[node].kind != OST_JSON_STRING) {
        return (ost_str){NULL, 0};
    }
    ost_str copy = ost_str_copy(in->term->arena, ost_tree_text(in->tree, node));
    in->failed = in->failed || copy.ptr == NULL;
    return copy;
}

static ost_status add_code(reading *in, uint32_t concept, ost_str system, ost_str version)
{
    ost_code code = {.code = text_member(in, concept, "code"),
                     .system = system,
                     .version = version,
                     .display = text_member(in, concept, "display")};
    if (in->failed) {
        return ost_err_memory(in->error, in->term->arena);
    }
    if (code.code.len == 0 || system.len == 0) {
        return ost_err_set(in->error, OST_E_DATA, "value set %.*s has a concept without %s",
                           OST_STR_ARG(in->url), system.len == 0 ? "system" : "code");
    }
    ost_code *grown =
        ost_arena_grow(in->term->arena, in->codes, &in->capacity, in->count + 1, sizeof *grown);
    if (!grown) {
        return ost_err_memory(in->error, in->term->arena);
    }
    in->codes = grown;
    in->codes[in->count++] = code;
    return OST_OK;
}

/* compose.include[]: each with a system and its concepts. */
static ost_status read_includes(reading *in, uint32_t includes)
{
    const ost_tree *tree = in->tree;
    for (uint32_t i = ost_tree_first(tree, includes); i != 0;
         i = ost_tree_next(tree, includes, i)) {
        if (ost_tree_get(tree, i, "filter") || ost_tree_get(tree, i, "valueSet")) {
            return unsupported(in, "a filter or includes another value set");
        }
        uint32_t concepts = ost_tree_get(tree, i, "concept");
        if (concepts == 0) {
            return unsupported(in, "a whole code system");
        }
        ost_str system = text_member(in, i, "system"), version = text_member(in, i, "version");
        uint32_t c = ost_tree_first(tree, concepts);
        for (; c != 0; c = ost_tree_next(tree, concepts, c)) {
            ost_status status = add_code(in, c, system, version);
            if (status != OST_OK) {
                return status;
            }
        }
    }
    return OST_OK;
}

/* expansion.contains[] and CodeSystem.concept[], which nest under their own name. */
static ost_status read_nested(reading *in, uint32_t list, const char *name, ost_str system,
                              int depth)
{
    if (depth > MAX_NESTING) {
        return ost_err_set(in->error, OST_E_LIMIT, "value set %.*s: concepts nest deeper than %d",
                           OST_STR_ARG(in->url), MAX_NESTING);
    }
    const ost_tree *tree = in->tree;
    for (uint32_t c = ost_tree_first(tree, list); c != 0; c = ost_tree_next(tree, list, c)) {
        uint32_t abstract = ost_tree_get(tree, c, "abstract"), inner = ost_tree_get(tree, c, name);
        ost_status status = OST_OK;
        if (abstract == 0 || tree->nodes[abstract].kind != OST_JSON_TRUE) {
            ost_str own = system.len > 0 ? system : text_member(in, c, "system");
            status = add_code(in, c, own, text_member(in, c, "version"));
        }
        if (status == OST_OK && inner != 0) {
            status = read_nested(in, inner, name, system, depth + 1);
        }
        if (status != OST_OK) {
            return status;
        }
    }
    return OST_OK;
}

static ost_status read_codes(reading *in, uint32_t resource, bool code_system)
{
    const ost_tree *tree = in->tree;
    if (code_system) {
        uint32_t concepts = ost_tree_get(tree, resource, "concept");
        return concepts ? read_nested(in, concepts, "concept", in->url, 0) : OST_OK;
    }
    uint32_t compose = ost_tree_get(tree, resource, "compose");
    uint32_t includes = compose ? ost_tree_get(tree, compose, "include") : 0;
    uint32_t expansion = ost_tree_get(tree, resource, "expansion");
    uint32_t contains = expansion ? ost_tree_get(tree, expansion, "contains") : 0;
    /* An expansion is the answer of a terminology server to the whole compose. */
    if (contains != 0) {
        return read_nested(in, contains, "contains", (ost_str){NULL, 0}, 0);
    }
    if (compose != 0 && ost_tree_get(tree, compose, "exclude")) {
        return unsupported(in, "an exclusion");
    }
    if (includes == 0) {
        return ost_err_set(in->error, OST_E_DATA, "value set %.*s lists no codes",
                           OST_STR_ARG(in->url));
    }
    return read_includes(in, includes);
}

ost_term *ost_term_new(ost_arena *arena)
{
    ost_term *term = ost_arena_alloc(arena, sizeof *term);
    if (term) {
        term->arena = arena;
    }
    return term;
}

ost_status ost_term_add(ost_term *term, const ost_tree *tree, uint32_t resource, ost_error *error)
{
    reading in = {.term = term, .tree = tree, .error = error};
    ost_str type = text_member(&in, resource, "resourceType");
    if (in.failed) {
        return ost_err_memory(error, term->arena);
    }
    bool code_system = ost_str_is(type, "CodeSystem");
    if (!code_system && !ost_str_is(type, "ValueSet")) {
        return ost_err_set(error, OST_E_DATA, "expected a ValueSet or CodeSystem, got '%.*s'",
                           OST_STR_ARG(type));
    }
    in.url = text_member(&in, resource, "url");
    if (in.failed) {
        return ost_err_memory(error, term->arena);
    }
    if (in.url.len == 0) {
        return ost_err_set(error, OST_E_DATA, "%.*s without url", OST_STR_ARG(type));
    }
    ost_status status = read_codes(&in, resource, code_system);
    if (status != OST_OK) {
        return status;
    }
    ost_valueset set = {.url = in.url,
                        .version = text_member(&in, resource, "version"),
                        .name = text_member(&in, resource, "name"),
                        .title = text_member(&in, resource, "title"),
                        .codes = in.codes,
                        .count = in.count};
    ost_valueset *grown = ost_arena_grow(term->arena, term->sets, &term->set_capacity,
                                         term->set_count + 1, sizeof *grown);
    if (!grown || in.failed) {
        return ost_err_memory(error, term->arena);
    }
    term->sets = grown;
    term->sets[term->set_count++] = set;
    return OST_OK;
}

static int compare_sets(const void *left, const void *right)
{
    const ost_valueset *a = left, *b = right;
    int order = ost_str_compare(a->url, b->url);
    return order != 0 ? order : ost_str_compare(a->version, b->version);
}

static int compare_pair(ost_str system_a, ost_str code_a, ost_str system_b, ost_str code_b)
{
    int order = ost_str_compare(system_a, system_b);
    return order != 0 ? order : ost_str_compare(code_a, code_b);
}

static int compare_codes(const void *left, const void *right)
{
    const ost_code *a = left, *b = right;
    int order = compare_pair(a->system, a->code, b->system, b->code);
    /* The display decides which of two equal codes is kept, so that the input order does not. */
    return order != 0 ? order : ost_str_compare(a->display, b->display);
}

static int compare_members(const void *left, const void *right)
{
    const membership *a = left, *b = right;
    int order = compare_pair(a->system, a->code, b->system, b->code);
    return order != 0 ? order : (a->set > b->set) - (a->set < b->set);
}

/* Sorted copy without repeats. */
static bool sort_codes(ost_arena *arena, ost_valueset *set)
{
    ost_code *codes = ost_arena_array(arena, set->count, sizeof *codes);
    if (!codes) {
        return false;
    }
    if (set->count > 0) {
        memcpy(codes, set->codes, set->count * sizeof *codes);
        qsort(codes, set->count, sizeof *codes, compare_codes);
    }
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (kept == 0 || compare_pair(codes[kept - 1].system, codes[kept - 1].code, codes[i].system,
                                      codes[i].code) != 0) {
            codes[kept++] = codes[i];
        }
    }
    set->codes = codes;
    set->count = kept;
    return true;
}

static bool index_members(ost_term *term)
{
    size_t total = 0;
    for (size_t i = 0; i < term->set_count; i++) {
        total += term->sets[i].count;
    }
    term->members = ost_arena_array(term->arena, total, sizeof *term->members);
    if (!term->members) {
        return false;
    }
    for (size_t i = 0; i < term->set_count; i++) {
        for (size_t k = 0; k < term->sets[i].count; k++) {
            const ost_code *code = &term->sets[i].codes[k];
            term->members[term->member_count++] =
                (membership){code->system, code->code, (uint32_t)i};
        }
    }
    if (total > 0) {
        qsort(term->members, total, sizeof *term->members, compare_members);
    }
    return true;
}

ost_status ost_term_done(ost_term *term, ost_error *error)
{
    if (term->set_count > 0) {
        qsort(term->sets, term->set_count, sizeof *term->sets, compare_sets);
    }
    for (size_t i = 0; i < term->set_count; i++) {
        if (i > 0 && compare_sets(&term->sets[i - 1], &term->sets[i]) == 0) {
            return ost_err_set(error, OST_E_DATA, "value set %.*s version '%.*s' is loaded twice",
                               OST_STR_ARG(term->sets[i].url), OST_STR_ARG(term->sets[i].version));
        }
        if (!sort_codes(term->arena, &term->sets[i])) {
            return ost_err_memory(error, term->arena);
        }
    }
    return index_members(term) ? OST_OK : ost_err_memory(error, term->arena);
}

/* First set whose url is not below `url`. */
static size_t first_of_url(const ost_term *term, ost_str url)
{
    size_t low = 0, high = term->set_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ost_str_compare(term->sets[middle].url, url) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

ost_status ost_term_valueset(const ost_term *term, ost_str reference, ost_str version,
                             const ost_valueset **out, ost_error *error)
{
    *out = NULL;
    size_t bar = ost_str_find(reference, OST_STR("|"), 0);
    ost_str url = bar == SIZE_MAX ? reference : ost_str_sub(reference, 0, bar);
    ost_str wanted = bar == SIZE_MAX ? version : ost_str_sub(reference, bar + 1, reference.len);
    if (version.len > 0 && !ost_str_equal(version, wanted)) {
        return ost_err_set(error, OST_E_DATA, "value set %.*s is asked for as version '%.*s' too",
                           OST_STR_ARG(reference), OST_STR_ARG(version));
    }
    size_t versions = 0;
    for (size_t i = first_of_url(term, url);
         i < term->set_count && ost_str_equal(term->sets[i].url, url); i++) {
        versions++;
        if (wanted.len == 0 || ost_str_equal(term->sets[i].version, wanted)) {
            if (*out) {
                *out = NULL;
                ost_err_set(error, OST_E_DATA, "value set %.*s is loaded in several versions",
                            OST_STR_ARG(url));
                ost_err_hint(error, "name the version, for example %.*s|%.*s", OST_STR_ARG(url),
                             OST_STR_ARG(term->sets[i].version));
                return OST_E_DATA;
            }
            *out = &term->sets[i];
        }
    }
    if (!*out) {
        ost_err_set(error, OST_E_NOT_FOUND, "value set %.*s%s%.*s is not loaded", OST_STR_ARG(url),
                    wanted.len > 0 ? "|" : "", OST_STR_ARG(wanted));
        if (versions > 0) {
            ost_err_hint(error, "another version of it is loaded");
        }
        return OST_E_NOT_FOUND;
    }
    return OST_OK;
}

bool ost_valueset_has(const ost_valueset *set, ost_str system, ost_str code)
{
    size_t low = 0, high = system.len == 0 ? 0 : set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ost_code *at = &set->codes[middle];
        int order = compare_pair(at->system, at->code, system, code);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

size_t ost_term_sets_of(const ost_term *term, ost_str system, ost_str code,
                        const ost_valueset **out, size_t max)
{
    size_t low = 0, high = system.len == 0 ? 0 : term->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const membership *at = &term->members[middle];
        if (compare_pair(at->system, at->code, system, code) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t count = 0;
    for (; low < term->member_count && system.len > 0; low++) {
        const membership *at = &term->members[low];
        if (compare_pair(at->system, at->code, system, code) != 0) {
            break;
        }
        if (count < max) {
            out[count] = &term->sets[at->set];
        }
        count++;
    }
    return count;
}
