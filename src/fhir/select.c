/* Whose record it is, and which of its resources count (design.md, "Which resources count"): not
 * those that were entered in error or cancelled, not older versions, not those of somebody else,
 * not those dated after the request. Each resource that is left out is a message. Nothing here
 * needs clinical knowledge. */
#include "fhir/record_detail.h"

#include <stdlib.h>

/* ---- The order of a record ---- */

static int compare_nodes(const ost_tree *tree, uint32_t a, uint32_t b)
{
    uint32_t count_a = tree->nodes[a].end - a, count_b = tree->nodes[b].end - b;
    for (uint32_t i = 0; i < count_a && i < count_b; i++) {
        const ost_node *x = &tree->nodes[a + i], *y = &tree->nodes[b + i];
        int order = (x->kind > y->kind) - (x->kind < y->kind);
        order = order != 0 || x->name == y->name
                    ? order
                    : ost_str_compare(ost_tree_name(tree, a + i), ost_tree_name(tree, b + i));
        order = order != 0
                    ? order
                    : ost_str_compare(ost_tree_text(tree, a + i), ost_tree_text(tree, b + i));
        if (order != 0) {
            return order;
        }
    }
    return (count_a > count_b) - (count_a < count_b);
}

/* Sorted by numbers first: type in the order of the names, then the first eight bytes of the id.
 * Only what is equal in both is compared as text. */
typedef struct sort_key {
    uint64_t id;
    uint32_t type, found;
} sort_key;

/* qsort has no context argument in POSIX, so each item carries the tree. */
typedef struct sortable {
    const ost_found *found;
    const ost_tree *tree;
    uint32_t index;
} sortable;

static int by_record_order(const void *a, const void *b)
{
    const sortable *x = a, *y = b;
    int order = 0;
    if (x->found->type != y->found->type) {
        const ost_model_type *types = x->tree->model->types;
        order = ost_str_compare(types[x->found->type].name, types[y->found->type].name);
    }
    order = order != 0 ? order : ost_str_compare(x->found->id, y->found->id);
    order = order != 0 ? order : compare_nodes(x->tree, x->found->node, y->found->node);
    return order != 0 ? order : ost_str_compare(x->found->full_url, y->found->full_url);
}

static unsigned byte_of(const sort_key *key, unsigned byte)
{
    uint64_t number = byte < 8 ? key->id >> (8 * byte) : (uint64_t)key->type >> (8 * (byte - 8));
    return (unsigned)(number & 0xFF);
}

/* One pass of a radix sort, stable. False when all keys have the same byte and nothing was
 * moved. */
static bool sort_by_byte(const sort_key *from, sort_key *to, size_t count, unsigned byte)
{
    size_t place[256] = {0}, sum = 0;
    for (size_t i = 0; i < count; i++) {
        place[byte_of(&from[i], byte)]++;
    }
    if (count == 0 || place[byte_of(&from[0], byte)] == count) {
        return false;
    }
    for (size_t i = 0; i < 256; i++) {
        size_t here = place[i];
        place[i] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++) {
        to[place[byte_of(&from[i], byte)]++] = from[i];
    }
    return true;
}

typedef struct type_name {
    ost_str name;
    uint32_t type;
} type_name;

static int by_name(const void *a, const void *b)
{
    const type_name *x = a, *y = b;
    return ost_str_compare(x->name, y->name);
}

/* rank[type]: the place of a type that the record has among their names. False when memory is
 * short. */
static bool rank_types(ost_reading *in, uint32_t *rank)
{
    type_name *names = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < in->found_count; i++) {
        uint32_t type = in->found[i].type;
        if (rank[type] != 0) {
            continue;
        }
        rank[type] = 1;
        names = ost_arena_grow(in->arena, names, &capacity, count + 1, sizeof *names);
        if (names == NULL) {
            return false;
        }
        names[count++] = (type_name){in->model->types[type].name, type};
    }
    if (count > 1) {
        qsort(names, count, sizeof *names, by_name);
    }
    for (size_t i = 0; i < count; i++) {
        rank[names[i].type] = (uint32_t)i;
    }
    return true;
}

/* The keys in order; NULL when memory is short. */
static const sort_key *sort_keys(ost_reading *in)
{
    size_t count = in->found_count;
    uint32_t *rank = ost_arena_array(in->arena, in->model->type_count, sizeof *rank);
    sort_key *keys = ost_arena_array_raw(in->arena, count, sizeof *keys);
    sort_key *other = ost_arena_array_raw(in->arena, count, sizeof *other);
    if (rank == NULL || keys == NULL || other == NULL || !rank_types(in, rank)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const ost_found *found = &in->found[i];
        keys[i] = (sort_key){found->id_head, rank[found->type], (uint32_t)i};
    }
    for (unsigned byte = 0; byte < 12; byte++) {
        if (sort_by_byte(keys, other, count, byte)) {
            sort_key *sorted = other;
            other = keys;
            keys = sorted;
        }
    }
    return keys;
}

static void sort_equal_keys(sortable *items, const sort_key *keys, size_t count)
{
    size_t from = 0;
    for (size_t i = 1; i <= count; i++) {
        if (i < count && keys[i].id == keys[from].id && keys[i].type == keys[from].type) {
            continue;
        }
        if (i - from > 1) {
            qsort(items + from, i - from, sizeof *items, by_record_order);
        }
        from = i;
    }
}

void ost_reading_sort(ost_reading *in)
{
    size_t count = in->found_count;
    const sort_key *keys = sort_keys(in);
    sortable *items = ost_arena_array_raw(in->arena, count, sizeof *items);
    ost_found *found = ost_arena_array_raw(in->arena, count, sizeof *found);
    uint32_t *sorted = ost_arena_array_raw(in->arena, count, sizeof *sorted);
    if (keys == NULL || items == NULL || found == NULL || sorted == NULL) {
        in->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = (sortable){&in->found[keys[i].found], in->tree, keys[i].found};
    }
    sort_equal_keys(items, keys, count);
    for (size_t i = 0; i < count; i++) {
        found[i] = *items[i].found;
        sorted[items[i].index] = (uint32_t)i;
    }
    in->found = found;
    in->found_capacity = count;
    in->sorted = sorted;
}

/* ---- The patient ---- */

static ost_status no_patient(ost_reading *in, ost_error *error)
{
    if (in->found_count == 0) {
        ost_err_set(error, OST_E_DATA, "the input has no FHIR resource that can be used");
        ost_err_hint(error, "%.*s",
                     OST_STR_ARG(in->note_count > 0 ? in->notes[0].message.text
                                                    : OST_STR("a record needs a Patient")));
        return OST_E_DATA;
    }
    ost_str path = ost_found_path(in, &in->found[0]);
    ost_err_set(
        error, OST_E_DATA,
        "there is no Patient: whose record this is is missing (%zu resource%s, the first is %.*s)",
        in->found_count, in->found_count == 1 ? "" : "s", OST_STR_ARG(path));
    ost_err_hint(error, "add the Patient resource to the bundle");
    return OST_E_DATA;
}

/* Sorted by id, so versions of one patient stand together. */
static ost_status several_patients(const ost_reading *in, size_t first, size_t count,
                                   ost_error *error)
{
    char list[160];
    size_t len = 0;
    ost_str last = {NULL, 0};
    for (size_t i = first; i < in->found_count && in->found[i].type == in->found[first].type; i++) {
        ost_str id = in->found[i].id;
        if (last.ptr != NULL && ost_str_equal(id, last)) {
            continue;
        }
        last = id;
        if (len + id.len + 6 >= sizeof list) {
            memcpy(list + len, ", ...", 6);
            len += 5;
            break;
        }
        memcpy(list + len, ", ", 2);
        memcpy(list + len + 2, id.ptr == NULL ? "" : id.ptr, id.len);
        len += 2 + id.len;
    }
    ost_err_set(error, OST_E_DATA, "the input has %zu patients: %.*s", count, (int)(len - 2),
                list + 2);
    ost_err_hint(error, "choose one with --patient ID");
    return OST_E_DATA;
}

static bool is_wanted(const ost_reading *in, const ost_found *patient)
{
    ost_str wanted = in->options->patient_id;
    if (ost_str_starts(wanted, OST_STR("Patient/"))) {
        wanted = ost_str_sub(wanted, 8, wanted.len);
    }
    return wanted.len == 0 || ost_str_equal(patient->id, wanted);
}

/* Call after sorting. */
ost_status ost_reading_choose_patient(ost_reading *in, ost_error *error)
{
    uint32_t type = ost_model_type_id(in->model, OST_STR("Patient"));
    size_t first = in->found_count, count = 0, distinct = 0;
    for (size_t i = 0; i < in->found_count; i++) {
        if (in->found[i].type != type) {
            continue;
        }
        first = first == in->found_count ? i : first;
        bool version_of_last = i > first && in->found[i].id.len > 0 &&
                               ost_str_equal(in->found[i].id, in->found[i - 1].id);
        distinct += version_of_last ? 0 : 1;
        if (is_wanted(in, &in->found[i])) {
            in->patient = count == 0 ? i : in->patient;
            count += version_of_last && count > 0 ? 0 : 1;
        }
    }
    if (first == in->found_count) {
        return no_patient(in, error);
    }
    if (count == 1) {
        return OST_OK;
    }
    ost_status code = several_patients(in, first, distinct, error);
    if (count == 0) {
        ost_error listed = *error;
        code = ost_err_set(error, OST_E_DATA, "there is no patient \"%.*s\": %s",
                           OST_STR_ARG(in->options->patient_id), listed.message);
    }
    return code;
}

/* ---- What counts ---- */

static void leave_out(ost_reading *in, ost_found *found, ost_level level, const char *why)
{
    if (found->counts) {
        found->counts = false;
        in->incomplete = in->incomplete || level == OST_LEVEL_WARNING;
        ost_reading_note(in, level, ost_found_path(in, found), found->origin, "not used: %s", why);
    }
}

/* The status itself, or the code of a verification status (Condition, AllergyIntolerance). */
static ost_str status_code(const ost_tree *tree, uint32_t node)
{
    if (node != 0 && tree->nodes[node].kind == OST_JSON_OBJECT) {
        uint32_t coding = ost_tree_member(tree, node, tree->model->known.coding);
        coding = coding == 0 ? 0 : ost_tree_first(tree, coding);
        node = coding == 0 ? 0 : ost_tree_member(tree, coding, tree->model->known.code);
    }
    return ost_tree_string(tree, node);
}

static void check_status(ost_reading *in, ost_found *found)
{
    const uint32_t members[] = {found->status, found->verification};
    for (size_t i = 0; i < OST_ARRAY_LEN(members); i++) {
        ost_str code = status_code(in->tree, members[i]);
        if (ost_str_is(code, "entered-in-error")) {
            leave_out(in, found, OST_LEVEL_INFO, "it was entered in error");
        } else if (ost_str_is(code, "cancelled")) {
            leave_out(in, found, OST_LEVEL_INFO, "it was cancelled");
        }
    }
    /* FHIR R4, 2.4.4: a modifier extension may turn the meaning round, so one that is not
     * understood may not be passed over. */
    if (found->modifier != 0) {
        leave_out(in, found, OST_LEVEL_WARNING,
                  "it has a modifierExtension, which may change its meaning and is not understood");
    }
}

static bool is_number(ost_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
    }
    return text.len > 0;
}

/* Whole numbers of any length: <0, 0, >0. */
static int compare_numbers(ost_str a, ost_str b)
{
    while (a.len > 1 && a.ptr[0] == '0') {
        a = ost_str_sub(a, 1, a.len);
    }
    while (b.len > 1 && b.ptr[0] == '0') {
        b = ost_str_sub(b, 1, b.len);
    }
    return a.len != b.len ? (a.len > b.len) - (a.len < b.len) : ost_str_compare(a, b);
}

/* meta.versionId or meta.lastUpdated. */
static ost_str meta_text(const ost_reading *in, const ost_found *found, uint32_t name)
{
    uint32_t meta = ost_tree_member(in->tree, found->node, in->model->known.meta);
    return ost_tree_string(in->tree, meta == 0 ? 0 : ost_tree_member(in->tree, meta, name));
}

/* Which of two resources with one id is newer: by version number, else by lastUpdated; 0 = can't
 * tell. */
static int compare_versions(const ost_reading *in, const ost_found *a, const ost_found *b)
{
    ost_str x = meta_text(in, a, in->model->known.versionId);
    ost_str y = meta_text(in, b, in->model->known.versionId);
    if (is_number(x) && is_number(y) && compare_numbers(x, y) != 0) {
        return compare_numbers(x, y);
    }
    ost_when when_a, when_b;
    if (!ost_when_parse(meta_text(in, a, in->model->known.lastUpdated), OST_DATETIME, &when_a) ||
        !ost_when_parse(meta_text(in, b, in->model->known.lastUpdated), OST_DATETIME, &when_b)) {
        return 0;
    }
    ost_order order =
        ost_when_compare(when_a, when_b, OST_DATETIME, OST_UNIT_NONE, in->options->offset_min);
    return order == OST_LESS ? -1 : order == OST_GREATER ? 1 : 0;
}

/* found[from..to) have one type and id. Equal copies merge; of the rest the newest stays. When
 * nobody can tell which is the newest, all of the newest stay and disagree where the facts are
 * made. */
static void keep_newest(ost_reading *in, size_t from, size_t to)
{
    size_t newest = from;
    for (size_t i = from + 1; i < to; i++) {
        if (compare_nodes(in->tree, in->found[i - 1].node, in->found[i].node) == 0) {
            leave_out(in, &in->found[i], OST_LEVEL_INFO, "it is in the input twice, word for word");
        } else if (compare_versions(in, &in->found[i], &in->found[newest]) > 0) {
            newest = i;
        }
    }
    bool conflict = false;
    for (size_t i = from; i < to; i++) {
        ost_found *found = &in->found[i];
        if (i == newest || !found->counts) {
            continue;
        }
        if (compare_versions(in, found, &in->found[newest]) < 0) {
            leave_out(in, found, OST_LEVEL_INFO, "there is a newer version of it");
        } else {
            conflict = true;
        }
    }
    if (conflict) {
        ost_reading_note(
            in, OST_LEVEL_WARNING, ost_found_path(in, &in->found[newest]), in->found[newest].origin,
            "conflict: there are different texts with this id, and neither versionId nor "
            "lastUpdated tells which is newer");
    }
}

static void check_versions(ost_reading *in)
{
    size_t from = 0;
    for (size_t i = 1; i <= in->found_count; i++) {
        bool same = i < in->found_count && in->found[i].id.len > 0 &&
                    in->found[i].type == in->found[from].type &&
                    ost_str_equal(in->found[i].id, in->found[from].id);
        if (!same) {
            if (i - from > 1) {
                keep_newest(in, from, i);
            }
            from = i;
        }
    }
}

/* A logical reference: an identifier instead of a link. */
static bool identifier_is_ours(const ost_reading *in, uint32_t subject)
{
    const ost_tree *tree = in->tree;
    const ost_model *model = in->model;
    uint32_t wanted = ost_tree_member(tree, subject, model->known.identifier);
    uint32_t list = ost_tree_member(tree, in->found[in->patient].node, model->known.identifier);
    if (wanted == 0 || list == 0 || tree->nodes[list].kind != OST_JSON_ARRAY) {
        return false;
    }
    uint32_t system = ost_tree_member(tree, wanted, model->known.system);
    uint32_t value = ost_tree_member(tree, wanted, model->known.value);
    for (uint32_t own = ost_tree_first(tree, list); own != 0;
         own = ost_tree_next(tree, list, own)) {
        uint32_t own_system = ost_tree_member(tree, own, model->known.system);
        uint32_t own_value = ost_tree_member(tree, own, model->known.value);
        if (system != 0 && value != 0 && own_system != 0 && own_value != 0 &&
            ost_str_equal(ost_tree_text(tree, system), ost_tree_text(tree, own_system)) &&
            ost_str_equal(ost_tree_text(tree, value), ost_tree_text(tree, own_value))) {
            return true;
        }
    }
    return false;
}

typedef struct others {
    ost_map ids; /* reference -> index of counts */
    struct other {
        ost_str reference;
        uint32_t node;
        size_t count;
    } * items;
    size_t count, capacity;
} others;

static void count_other(ost_reading *in, others *o, ost_str reference, uint32_t node)
{
    uint32_t at = ost_map_get(&o->ids, reference);
    if (at == OST_MAP_NONE) {
        struct other *items =
            ost_arena_grow(in->arena, o->items, &o->capacity, o->count + 1, sizeof *items);
        at = (uint32_t)o->count;
        if (items == NULL || !ost_map_put(&o->ids, reference, at)) {
            in->failed = true;
            return;
        }
        o->items = items;
        items[o->count++] = (struct other){reference, node, 0};
    }
    o->items[at].count++;
}

/* last: the reference that named her last; most resources repeat it. */
static void check_subject(ost_reading *in, ost_found *found, others *o, ost_str *last)
{
    const ost_found *patient = &in->found[in->patient];
    uint32_t node = 0;
    ost_str reference = ost_subject_reference(in->tree, in->model, found, &node);
    if (found->type == patient->type) {
        if (!ost_str_equal(found->id, patient->id)) {
            leave_out(in, found, OST_LEVEL_INFO, "it is another patient");
        }
        return;
    }
    if (node == 0 || (reference.len > 0 && ost_str_equal(reference, *last))) {
        return;
    }
    if (ost_reference_names(reference, OST_STR("Patient"), patient->id, patient->full_url)) {
        *last = reference;
        return;
    }
    if (reference.len == 0 && identifier_is_ours(in, node)) {
        return;
    }
    if (reference.len == 0 || reference.ptr[0] == '#') {
        leave_out(in, found, OST_LEVEL_WARNING,
                  "its subject does not say which patient it is about");
        return;
    }
    if (found->counts) {
        found->counts = false;
        count_other(in, o, reference, found->origin);
    }
}

static void check_subjects(ost_reading *in)
{
    others o = {.ids = ost_map_init(in->arena)};
    ost_str last = {NULL, 0};
    for (size_t i = 0; i < in->found_count && !in->failed; i++) {
        check_subject(in, &in->found[i], &o, &last);
    }
    for (size_t i = 0; i < o.count; i++) {
        ost_reading_note(in, OST_LEVEL_WARNING, o.items[i].reference, o.items[i].node,
                         "%zu resource%s about somebody else, %.*s, and %s not used",
                         o.items[i].count, o.items[i].count == 1 ? " is" : "s are",
                         OST_STR_ARG(o.items[i].reference), o.items[i].count == 1 ? "is" : "are");
    }
}

/* Left out when even its earliest meaning is after the latest meaning of the request's date. */
static void check_dates(ost_reading *in)
{
    ost_when as_of = in->options->as_of;
    if (as_of.precision == OST_UNIT_NONE) {
        return;
    }
    ost_when limit = ost_when_high(as_of, OST_DATETIME);
    for (size_t i = 0; i < in->found_count; i++) {
        ost_found *found = &in->found[i];
        if (found->date.precision == OST_UNIT_NONE) {
            continue;
        }
        ost_order order = ost_when_compare(ost_when_low(found->date, OST_DATETIME), limit,
                                           OST_DATETIME, OST_UNIT_NONE, in->options->offset_min);
        if (order == OST_GREATER && found->counts) {
            char date[OST_WHEN_TEXT_MAX];
            int kind = found->date.precision <= OST_UNIT_DAY ? OST_DATE : OST_DATETIME;
            size_t len = ost_when_format(found->date, kind, date);
            found->counts = false;
            ost_reading_note(in, OST_LEVEL_INFO, ost_found_path(in, found), found->origin,
                             "not used: its date %.*s is after the date of the request", (int)len,
                             date);
        }
    }
}

void ost_reading_select(ost_reading *in)
{
    check_subjects(in);
    check_versions(in);
    for (size_t i = 0; i < in->found_count; i++) {
        check_status(in, &in->found[i]);
    }
    check_dates(in);
    /* Her newest version is the one that the record is about. */
    for (size_t i = in->patient;
         i < in->found_count && in->found[i].type == in->found[in->patient].type &&
         ost_str_equal(in->found[i].id, in->found[in->patient].id);
         i++) {
        if (in->found[i].counts) {
            in->patient = i;
            return;
        }
    }
}
