/* Several patients: every source is scanned once for who is in it and which bytes belong to whom; a
 * record is made when it is asked for, from those bytes alone.
 *
 *   folder ──▶ sources ──scan──▶ entries ──▶ patients by id
 *                                bytes of one resource, its patient or none
 *
 * Resources of nobody (Medication, Practitioner, ...) go into a record when something in it refers
 * to them. */
#include "base/file.h"
#include "base/sha256.h"
#include "fhir/case.h"
#include "fhir/record_detail.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { NOBODY = -1 };

_Static_assert((size_t)OST_FILE_PADDING >= (size_t)OST_JSON_PADDING, "the JSON reader looks ahead");

typedef struct source {
    ost_str name, text;
} source;

typedef struct entry {
    ost_str text, full_url, subject; /* subject: the reference; ptr NULL = none */
    ost_str path, id;
    uint32_t source, line;
    bool is_patient, shared;
    bool is_case; /* text is a whole case file: the only entry of its patient */
} entry;

typedef struct person {
    ost_str id;
    uint32_t first, count; /* into of_person */
} person;

struct ost_population {
    ost_arena *arena;
    /* Itself and the records that read its text where it lies; the last one releases it. In the
     * arena, so that reading from a population changes nothing in it. */
    atomic_size_t *users;
    const ost_model *model;
    source *sources;
    size_t source_count, source_capacity;
    entry *entries;
    size_t entry_count, entry_capacity;
    person *people; /* by id */
    size_t person_count, person_capacity;
    uint32_t *of_person; /* entry indices, grouped by person */
    ost_map person_of;   /* "Patient/id", full URL -> person */
    ost_map shared_of;   /* "Medication/id", full URL -> entry */
    ost_message *messages;
    size_t message_count, message_capacity;
    bool failed;
    bool incomplete; /* something could not be read */
};

/* ---- Sources ---- */

static bool is_record_file(ost_str name)
{
    static const char *const endings[] = {".json", ".ndjson", ".jsonl", ".case"};
    for (size_t i = 0; i < OST_ARRAY_LEN(endings); i++) {
        if (ost_str_ends(name, ost_str_of(endings[i]))) {
            return true;
        }
    }
    return false;
}

static ost_status add_source(ost_population *p, ost_str path, ost_error *error)
{
    source *sources = ost_arena_grow(p->arena, p->sources, &p->source_capacity, p->source_count + 1,
                                     sizeof *sources);
    if (sources == NULL) {
        return ost_err_memory(error, p->arena);
    }
    p->sources = sources;
    source *s = &sources[p->source_count];
    s->name = path;
    ost_status code = ost_file_read(p->arena, path.ptr, OST_JSON_MAX_BYTES, &s->text, error);
    p->source_count += code == OST_OK ? 1 : 0;
    return code;
}

static ost_status add_folder(ost_population *p, ost_str folder, ost_error *error)
{
    const ost_str *names = NULL;
    size_t count = 0;
    ost_status code = ost_file_list(p->arena, folder.ptr, &names, &count, error);
    for (size_t i = 0; code == OST_OK && i < count; i++) {
        ost_str path = ost_file_join(p->arena, folder, names[i]);
        if (path.ptr == NULL) {
            return ost_err_memory(error, p->arena);
        }
        if (is_record_file(names[i]) && !ost_file_is_folder(path.ptr)) {
            code = add_source(p, path, error);
        }
    }
    if (code == OST_OK && p->source_count == 0) {
        code = ost_err_set(error, OST_E_DATA,
                           "the folder \"%.*s\" has no .json, .ndjson or .case file",
                           OST_STR_ARG(folder));
    }
    return code;
}

/* ---- Scanning ---- */

static void add_message(ost_population *p, ost_message message)
{
    ost_message *messages = ost_arena_grow(p->arena, p->messages, &p->message_capacity,
                                           p->message_count + 1, sizeof *messages);
    ost_str text = ost_str_copy(p->arena, message.text),
            path = ost_str_copy(p->arena, message.path);
    if (messages == NULL || text.ptr == NULL || path.ptr == NULL) {
        p->failed = true;
        return;
    }
    p->messages = messages;
    messages[p->message_count++] = (ost_message){message.level, text, path, message.line};
}

/* Copies what outlives the scan's own arena; the bytes stay in the source. */
static void add_entry(ost_population *p, ost_reading *in, uint32_t source_index,
                      const ost_part *part, const ost_found *found)
{
    entry *entries = ost_arena_grow(p->arena, p->entries, &p->entry_capacity, p->entry_count + 1,
                                    sizeof *entries);
    if (entries == NULL) {
        p->failed = true;
        return;
    }
    p->entries = entries;
    const ost_node *node = &in->tree->nodes[found->node];
    size_t from = node->text - part->base;
    uint32_t subject_node = 0;
    ost_str subject = ost_subject_reference(in->tree, p->model, found, &subject_node);
    entry e = {.text = ost_str_sub(part->text, from, node->len), .source = source_index};
    e.line = part->line;
    e.is_patient = ost_str_is(p->model->types[found->type].name, "Patient");
    e.shared = subject_node == 0 && !e.is_patient;
    e.full_url = ost_str_copy(p->arena, found->full_url);
    e.subject = subject_node == 0 ? (ost_str){NULL, 0} : ost_str_copy(p->arena, subject);
    e.path = ost_str_copy(p->arena, ost_found_path(in, found));
    e.id = ost_str_copy(p->arena, found->id.len > 0 ? found->id : found->full_url);
    p->failed = p->failed || e.full_url.ptr == NULL || e.path.ptr == NULL || e.id.ptr == NULL;
    entries[p->entry_count++] = e;
}

/* A case file is about one person; its lines are read when her record is. */
static ost_status add_case(ost_population *p, uint32_t index, ost_error *error)
{
    const source *s = &p->sources[index];
    ost_str id = ost_case_id(s->text);
    if (id.len == 0) {
        ost_status code = ost_err_set(error, OST_E_SYNTAX,
                                      "this is neither JSON nor a case file with a "
                                      "line \"id:\"");
        ost_err_place(error, s->name, 1, 1, 0);
        ost_err_hint(error, "a record is FHIR JSON, NDJSON or a case file (docs/record.md)");
        return code;
    }
    entry *entries = ost_arena_grow(p->arena, p->entries, &p->entry_capacity, p->entry_count + 1,
                                    sizeof *entries);
    if (entries == NULL) {
        return ost_err_memory(error, p->arena);
    }
    p->entries = entries;
    entry e = {.text = s->text, .id = id, .path = id, .source = index, .line = 1};
    e.is_patient = true;
    e.is_case = true;
    entries[p->entry_count++] = e;
    return OST_OK;
}

/* The part of a node: parts and nodes are in the same order. */
static const ost_part *part_of(const ost_reading *in, uint32_t node)
{
    size_t offset = ost_tree_offset(in->tree, node), low = 0, high = in->part_count;
    const ost_part *best = NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->parts[middle].base <= offset) {
            best = &in->parts[middle];
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return best;
}

static ost_status scan_json(ost_population *p, uint32_t index, ost_error *error)
{
    static const ost_read_options no_options = {.offset_min = 0};
    ost_reading in;
    ost_record *scratch = NULL;
    ost_status code = ost_record_new(p->model, &no_options, &scratch, &in, error);
    if (code != OST_OK) {
        return code;
    }
    ost_reading_add_text(&in, p->sources[index].text, p->sources[index].name);
    in.kept = in.part_count == 1;
    code = in.failed ? ost_err_memory(error, in.arena) : ost_reading_parse(&in, error);
    for (size_t i = 0; code == OST_OK && i < in.found_count; i++) {
        add_entry(p, &in, index, part_of(&in, in.found[i].node), &in.found[i]);
    }
    p->incomplete = p->incomplete || in.incomplete;
    const ost_message *messages = code == OST_OK ? ost_reading_messages(&in) : NULL;
    for (size_t i = 0; messages != NULL && i < in.note_count; i++) {
        add_message(p, messages[i]);
    }
    code = code == OST_OK && in.failed ? ost_err_memory(error, in.arena) : code;
    ost_record_free(scratch);
    return code;
}

/* One bad line of many is a message; a file that can't be read at all is one too, unless it is the
 * only. */
static ost_status scan_source(ost_population *p, uint32_t index, ost_error *error)
{
    const source *s = &p->sources[index];
    ost_error local = {.code = OST_OK};
    ost_status code = ost_text_form_of(s->text) == OST_TEXT_CASE ? add_case(p, index, &local)
                                                                 : scan_json(p, index, &local);
    if (p->failed) {
        return ost_err_memory(error, p->arena);
    }
    if (code == OST_OK || (p->source_count > 1 && code != OST_E_MEMORY && code != OST_E_INTERNAL)) {
        if (code != OST_OK) {
            ost_str message = ost_str_of(local.message);
            p->incomplete = true;
            add_message(p, (ost_message){OST_LEVEL_ERROR, message, s->name, local.line});
        }
        return OST_OK;
    }
    if (error != NULL) {
        *error = local;
    }
    return code;
}

/* ---- People ---- */

static int by_id(const void *a, const void *b)
{
    const person *x = a, *y = b;
    return ost_str_compare(x->id, y->id);
}

static void find_people(ost_population *p)
{
    for (size_t i = 0; i < p->entry_count; i++) {
        if (!p->entries[i].is_patient) {
            continue;
        }
        person *people = ost_arena_grow(p->arena, p->people, &p->person_capacity,
                                        p->person_count + 1, sizeof *people);
        if (people == NULL) {
            p->failed = true;
            return;
        }
        p->people = people;
        people[p->person_count++] = (person){p->entries[i].id, 0, 0};
    }
    if (p->person_count > 1) {
        qsort(p->people, p->person_count, sizeof *p->people, by_id);
    }
    size_t kept = 0;
    for (size_t i = 0; i < p->person_count; i++) {
        if (kept == 0 || by_id(&p->people[kept - 1], &p->people[i]) != 0) {
            p->people[kept++] = p->people[i];
        }
    }
    p->person_count = kept;
}

static int person_with_id(const ost_population *p, ost_str id)
{
    size_t low = 0, high = p->person_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ost_str_compare(p->people[middle].id, id);
        if (order == 0) {
            return (int)middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NOBODY;
}

static void name_entries(ost_population *p)
{
    for (uint32_t i = 0; i < p->entry_count && !p->failed; i++) {
        const entry *e = &p->entries[i];
        if (e->is_patient) {
            uint32_t who = (uint32_t)person_with_id(p, e->id);
            p->failed = !ost_map_put(&p->person_of, e->path, who) ||
                        (e->full_url.len > 0 && !ost_map_put(&p->person_of, e->full_url, who));
        } else if (e->shared) {
            p->failed = !ost_map_put(&p->shared_of, e->path, i) ||
                        (e->full_url.len > 0 && !ost_map_put(&p->shared_of, e->full_url, i));
        }
    }
}

static uint32_t look_up(const ost_map *map, ost_str reference)
{
    reference = ost_reference_without_version(reference);
    uint32_t found = ost_map_get(map, reference);
    return found != OST_MAP_NONE ? found : ost_map_get(map, ost_reference_tail(reference));
}

static int person_of_entry(const ost_population *p, const entry *e)
{
    if (e->is_patient) {
        return person_with_id(p, e->id);
    }
    if (e->shared) {
        return NOBODY;
    }
    uint32_t who = look_up(&p->person_of, e->subject);
    if (who == OST_MAP_NONE && ost_str_starts(e->subject, OST_STR("urn:uuid:"))) {
        return person_with_id(p, ost_str_sub(e->subject, 9, e->subject.len));
    }
    return who == OST_MAP_NONE ? NOBODY : (int)who;
}

/* Counts, then fills: the entries of each person in one run of of_person. */
static void group_entries(ost_population *p)
{
    int *who = ost_arena_array(p->arena, p->entry_count, sizeof *who);
    p->of_person = ost_arena_array(p->arena, p->entry_count, sizeof *p->of_person);
    if (who == NULL || p->of_person == NULL) {
        p->failed = true;
        return;
    }
    for (size_t i = 0; i < p->entry_count; i++) {
        const entry *e = &p->entries[i];
        who[i] = person_of_entry(p, e);
        if (who[i] != NOBODY) {
            p->people[who[i]].count++;
        } else if (!e->shared) {
            add_message(
                p, (ost_message){OST_LEVEL_WARNING,
                                 OST_STR("not used: the patient it is about is not in the input"),
                                 e->path, e->line});
        }
    }
    uint32_t first = 0;
    for (size_t i = 0; i < p->person_count; i++) {
        p->people[i].first = first;
        first += p->people[i].count;
        p->people[i].count = 0;
    }
    for (size_t i = 0; i < p->entry_count; i++) {
        if (who[i] != NOBODY) {
            person *one = &p->people[who[i]];
            p->of_person[one->first + one->count++] = (uint32_t)i;
        }
    }
}

static ost_status make_people(ost_population *p, ost_error *error)
{
    find_people(p);
    name_entries(p);
    if (!p->failed) {
        group_entries(p);
    }
    if (p->failed) {
        return ost_err_memory(error, p->arena);
    }
    if (p->person_count > 0) {
        return OST_OK;
    }
    if (p->entry_count == 0) {
        ost_err_set(error, OST_E_DATA, "the input has no FHIR resource that can be used");
        ost_err_hint(error, "%.*s",
                     OST_STR_ARG(p->message_count > 0 ? p->messages[0].text
                                                      : OST_STR("a record needs a Patient")));
        return OST_E_DATA;
    }
    ost_err_set(
        error, OST_E_DATA,
        "there is no Patient: whose record this is is missing (%zu resource%s, the first is %.*s)",
        p->entry_count, p->entry_count == 1 ? "" : "s", OST_STR_ARG(p->entries[0].path));
    ost_err_hint(error, "add the Patient resource to the input");
    return OST_E_DATA;
}

/* ---- Opening ---- */

static ost_status new_population(const ost_model *model, ost_population **out, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    ost_population *p = arena == NULL ? NULL : ost_arena_alloc(arena, sizeof *p);
    atomic_size_t *users = arena == NULL ? NULL : ost_arena_alloc(arena, sizeof *users);
    if (p == NULL || users == NULL) {
        ost_arena_free(arena);
        return ost_err_memory(error, NULL);
    }
    atomic_init(users, 1);
    p->arena = arena;
    p->users = users;
    p->model = model;
    p->person_of = ost_map_init(arena);
    p->shared_of = ost_map_init(arena);
    *out = p;
    return OST_OK;
}

static ost_status scan_all(ost_population *p, ost_error *error)
{
    ost_status code = OST_OK;
    for (uint32_t i = 0; code == OST_OK && i < p->source_count; i++) {
        code = scan_source(p, i, error);
    }
    return code == OST_OK ? make_people(p, error) : code;
}

ost_status ost_population_open(const ost_model *model, const char *path, ost_population **out,
                               ost_error *error)
{
    ost_population *p = NULL;
    ost_status code = new_population(model, &p, error);
    if (code != OST_OK) {
        return code;
    }
    ost_str copy = ost_str_copy(p->arena, ost_str_of(path));
    if (copy.ptr == NULL) {
        code = ost_err_memory(error, p->arena);
    } else if (ost_file_is_folder(path)) {
        code = add_folder(p, copy, error);
    } else {
        code = add_source(p, copy, error);
    }
    code = code == OST_OK ? scan_all(p, error) : code;
    if (code != OST_OK) {
        ost_population_free(p);
        return code;
    }
    *out = p;
    return OST_OK;
}

ost_status ost_population_from_text(const ost_model *model, ost_str text, ost_str name,
                                    ost_population **out, ost_error *error)
{
    ost_population *p = NULL;
    ost_status code = new_population(model, &p, error);
    if (code != OST_OK) {
        return code;
    }
    source *only = ost_arena_alloc(p->arena, sizeof *only);
    if (only != NULL) {
        *only = (source){ost_str_copy(p->arena, name), ost_file_padded(p->arena, text)};
    }
    if (only == NULL || only->name.ptr == NULL || only->text.ptr == NULL) {
        code = ost_err_memory(error, p->arena);
    } else {
        p->sources = only;
        p->source_count = p->source_capacity = 1;
        code = scan_all(p, error);
    }
    if (code != OST_OK) {
        ost_population_free(p);
        return code;
    }
    *out = p;
    return OST_OK;
}

void ost_population_free(ost_population *population)
{
    if (population != NULL && atomic_fetch_sub(population->users, 1) == 1) {
        ost_arena_free(population->arena);
    }
}

size_t ost_population_count(const ost_population *population)
{
    return population->person_count;
}

ost_str ost_population_id(const ost_population *population, size_t index)
{
    return population->people[index].id;
}

size_t ost_population_messages(const ost_population *population, const ost_message **messages)
{
    *messages = population->messages;
    return population->message_count;
}

bool ost_population_is_one_bundle(const ost_population *population)
{
    return population->source_count == 1 &&
           ost_text_form_of(population->sources[0].text) == OST_TEXT_JSON;
}

/* ---- One record ---- */

typedef struct gathering {
    const ost_population *population;
    bool *taken; /* by entry */
} gathering;

static void take_entry(ost_reading *in, const gathering *g, uint32_t index)
{
    const entry *e = &g->population->entries[index];
    if (!g->taken[index]) {
        g->taken[index] = true;
        ost_reading_add_part(in, (ost_part){.text = e->text,
                                            .full_url = e->full_url,
                                            .name = g->population->sources[e->source].name,
                                            .line = e->line});
    }
}

/* Adds the shared resources that the document at `root` refers to. */
static void take_referred(const void *data, ost_reading *in, uint32_t root)
{
    const gathering *g = data;
    const ost_tree *tree = in->tree;
    for (uint32_t node = root; node < tree->nodes[root].end; node++) {
        if (tree->nodes[node].name == in->model->known.reference &&
            tree->nodes[node].kind == OST_JSON_STRING) {
            uint32_t found = look_up(&g->population->shared_of, ost_tree_text(tree, node));
            if (found != OST_MAP_NONE) {
                take_entry(in, g, found);
            }
        }
    }
}

static int by_text(const void *a, const void *b)
{
    const ost_part *x = a, *y = b;
    return ost_str_compare(x->text, y->text);
}

/* Of the resources' texts in their byte order: the order of the input does not matter. */
static void hash_parts(const ost_reading *in, char out[65])
{
    if (in->part_count > 1) {
        qsort(in->parts, in->part_count, sizeof *in->parts, by_text);
    }
    ost_sha256 hash = ost_sha256_init();
    for (size_t i = 0; i < in->part_count; i++) {
        ost_sha256_add(&hash, in->parts[i].text);
        ost_sha256_add(&hash, OST_STR("\n"));
    }
    ost_sha256_hex(&hash, out);
}

static void release(void *population)
{
    ost_population_free(population);
}

/* The only source is the record of the only patient: it is read where it lies. */
static ost_status read_whole(const ost_population *population, ost_read_options *options,
                             ost_record **out, ost_error *error)
{
    ost_record *record = NULL;
    options->text_is_kept = true;
    ost_status code =
        ost_record_read(population->model, population->sources[0].text, options, &record, error);
    if (code != OST_OK) {
        return code;
    }
    atomic_fetch_add(population->users, 1);
    if (!ost_arena_on_reset(record->arena, release, (void *)(uintptr_t)population)) {
        atomic_fetch_sub(population->users, 1);
        code = ost_err_memory(error, record->arena);
        ost_record_free(record);
        return code;
    }
    *out = record;
    return OST_OK;
}

static ost_status read_person(const ost_population *population, size_t index, ost_read_options own,
                              ost_record **out, ost_error *error)
{
    const person *who = &population->people[index];
    for (uint32_t i = 0; i < who->count; i++) {
        const entry *e = &population->entries[population->of_person[who->first + i]];
        if (e->is_case && who->count == 1) {
            own.source_name = population->sources[e->source].name;
            return ost_record_read(population->model, e->text, &own, out, error);
        }
        if (e->is_case) {
            return ost_err_set(error, OST_E_DATA, "\"%.*s\" is in a case file and in another file",
                               OST_STR_ARG(who->id));
        }
    }
    ost_reading in;
    ost_record *record = NULL;
    ost_status code = ost_record_new(population->model, &own, &record, &in, error);
    if (code != OST_OK) {
        return code;
    }
    gathering g = {population, ost_arena_array(in.arena, population->entry_count, sizeof *g.taken)};
    in.more = take_referred;
    in.more_data = &g;
    for (uint32_t i = 0; g.taken != NULL && i < who->count; i++) {
        take_entry(&in, &g, population->of_person[who->first + i]);
    }
    code = in.failed || g.taken == NULL ? ost_err_memory(error, in.arena)
                                        : ost_record_from_parts(record, &in, error);
    if (code != OST_OK) {
        ost_record_free(record);
        return code;
    }
    hash_parts(&in, record->input_hash);
    *out = record;
    return OST_OK;
}

/* What of the input could not be read may have been about her: a message of her record too, one for
 * all, so that many bad lines do not make many messages for many patients. */
static bool tell_unread(const ost_population *population, ost_record *record)
{
    const ost_message *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < population->message_count; i++) {
        const ost_message *m = &population->messages[i];
        if (m->level == OST_LEVEL_ERROR) {
            first = first == NULL ? m : first;
            count++;
        }
    }
    if (count == 0) {
        return true;
    }
    ost_buf text = ost_buf_init(record->arena);
    ost_buf_add(&text, first->text);
    if (count > 1) {
        ost_buf_printf(&text, "; %zu more of the input %s not read", count - 1,
                       count == 2 ? "is" : "are");
    }
    ost_message *all = ost_arena_array(record->arena, record->message_count + 1, sizeof *all);
    ost_str path = ost_str_copy(record->arena, first->path);
    if (all == NULL || path.ptr == NULL || ost_buf_str(&text).ptr == NULL) {
        return false;
    }
    all[0] = (ost_message){OST_LEVEL_ERROR, ost_buf_str(&text), path, first->line};
    for (size_t i = 0; i < record->message_count; i++) {
        all[i + 1] = record->messages[i];
    }
    record->messages = all;
    record->message_count++;
    return true;
}

ost_status ost_population_read(const ost_population *population, size_t index,
                               const ost_read_options *options, ost_record **out, ost_error *error)
{
    if (index >= population->person_count) {
        return ost_err_set(error, OST_E_NOT_FOUND, "there is no patient number %zu", index);
    }
    ost_read_options own = *options;
    if (population->source_count == 1 && population->person_count == 1) {
        own.source_name = population->sources[0].name;
        return read_whole(population, &own, out, error);
    }
    ost_record *record = NULL;
    ost_status code = read_person(population, index, own, &record, error);
    if (code == OST_OK && !tell_unread(population, record)) {
        code = ost_err_memory(error, record->arena);
        ost_record_free(record);
    }
    if (code == OST_OK) {
        /* Of several patients nobody knows whose it was; the others stay whole. */
        record->incomplete =
            record->incomplete || (population->incomplete && population->person_count == 1);
        *out = record;
    }
    return code;
}
