/* Loads the table of FHIR types (content/model/fhir-4.0.1.csv) in one pass.
 *
 * Types and names get their ids when they are first mentioned, so that rows may refer to later
 * ones; at the end every type must have been defined and every chain of bases must end. The JSON
 * names of a choice are made here: "value" and "Quantity" give "valueQuantity". Facts: FHIR R4
 * (4.0.1), as published in the CQL model information. */
#include "fhir/model_detail.h"

enum { MAX_BASES = 16, MAX_FIELDS = 8, MAX_NAMES = 60000 };

typedef struct loader {
    ost_arena *arena;
    ost_model *model;
    ost_model_type *types;
    uint32_t *rows; /* by type id: line of its T row, 0 = only mentioned so far */
    ost_str *names;
    ost_model_element *elements;
    ost_model_choice *choices;
    ost_model_relation *relations;
    size_t type_capacity, row_capacity, name_capacity, element_capacity, choice_capacity,
        relation_capacity;
    uint32_t line;
    uint32_t type; /* of the last T row */
    bool failed;   /* memory was short */
    ost_error *error;
} loader;

static ost_status bad_row(loader *in, const char *what, ost_str text)
{
    ost_err_set(in->error, OST_E_SYNTAX, "FHIR model table: %s '%.*s'", what, OST_STR_ARG(text));
    ost_err_place(in->error, OST_STR("fhir-4.0.1.csv"), in->line, 1, 0);
    return OST_E_SYNTAX;
}

/* Room for one more item; false when memory is short. */
static bool room(loader *in, void **items, size_t *capacity, size_t count, size_t size)
{
    void *grown = ost_arena_grow(in->arena, *items, capacity, count + 1, size);
    if (!grown) {
        in->failed = true;
        return false;
    }
    *items = grown;
    return true;
}

static uint32_t intern_type(loader *in, ost_str name)
{
    uint32_t id = ost_map_get(&in->model->type_ids, name);
    if (id != OST_MAP_NONE) {
        return id;
    }
    id = in->model->type_count;
    void *types = in->types, *rows = in->rows;
    bool fits = id <= UINT16_MAX && /* an ost_value has room for that */
                room(in, &types, &in->type_capacity, id, sizeof *in->types) &&
                room(in, &rows, &in->row_capacity, id, sizeof *in->rows);
    if (!fits || !ost_map_put(&in->model->type_ids, name, id)) {
        in->failed = true;
        return OST_TYPE_NONE;
    }
    in->types = types;
    in->rows = rows;
    in->types[id] = (ost_model_type){.name = name};
    in->rows[id] = 0;
    in->model->type_count++;
    return id;
}

static uint32_t intern_name(loader *in, ost_str name)
{
    uint32_t id = ost_map_get(&in->model->name_ids, name);
    if (id != OST_MAP_NONE) {
        return id;
    }
    id = in->model->name_count;
    void *names = in->names;
    if (!room(in, &names, &in->name_capacity, id, sizeof *in->names) ||
        !ost_map_put(&in->model->name_ids, name, id)) {
        in->failed = true;
        return OST_NAME_NONE;
    }
    in->names = names;
    in->names[id] = name;
    in->model->name_count++;
    return id;
}

/* "value", "dateTime" -> "valueDateTime". */
static uint32_t intern_choice_name(loader *in, ost_str element, ost_str type)
{
    if (ost_str_is(type, "SimpleQuantity")) {
        type = OST_STR("Quantity"); /* a profile: JSON has the name of the type, "doseQuantity" */
    }
    char *text = ost_arena_alloc(in->arena, element.len + type.len);
    if (!text || type.len == 0) {
        in->failed = in->failed || !text;
        return OST_NAME_NONE;
    }
    memcpy(text, element.ptr, element.len);
    memcpy(text + element.len, type.ptr, type.len);
    char *first = text + element.len;
    if (*first >= 'a' && *first <= 'z') {
        *first = (char)(*first - 'a' + 'A');
    }
    return intern_name(in, (ost_str){text, element.len + type.len});
}

static ost_status add_type(loader *in, const ost_str *field, size_t count)
{
    if (count != 7 || field[1].len == 0) {
        return bad_row(in, "a type row needs 7 fields:", field[0]);
    }
    uint32_t id = intern_type(in, field[1]);
    uint32_t base = field[2].len > 0 ? intern_type(in, field[2]) : OST_TYPE_NONE;
    /* A path into another type ("device.code") has no element that an index could look at. */
    bool plain = field[4].len > 0 && ost_str_find(field[4], OST_STR("."), 0) == SIZE_MAX;
    uint32_t code_path = plain ? intern_name(in, field[4]) : OST_NAME_NONE;
    if (in->failed) {
        return ost_err_memory(in->error, in->arena);
    }
    if (in->rows[id] != 0) {
        return bad_row(in, "type defined twice:", field[1]);
    }
    in->rows[id] = in->line;
    in->type = id;
    in->types[id].base = base;
    in->types[id].retrievable = ost_str_is(field[3], "yes");
    in->types[id].code_path = code_path;
    in->types[id].first_element = in->model->element_count;
    if (field[5].len > 0) {
        in->types[id].conversion = field[5];
        in->types[id].converts_to = field[6];
    }
    return OST_OK;
}

static bool add_choice(loader *in, uint32_t json_name, ost_str type)
{
    uint32_t id = intern_type(in, type);
    void *choices = in->choices;
    if (!room(in, &choices, &in->choice_capacity, in->model->choice_count, sizeof *in->choices)) {
        return false;
    }
    in->choices = choices;
    in->choices[in->model->choice_count++] = (ost_model_choice){.json_name = json_name, .type = id};
    return !in->failed;
}

static ost_status add_element(loader *in, const ost_str *field, size_t count)
{
    bool list = count == 4 && ost_str_is(field[2], "list");
    bool choice = count == 4 && ost_str_is(field[2], "choice");
    if (count != 4 || in->type == OST_TYPE_NONE || field[1].len == 0 || field[3].len == 0 ||
        (field[2].len > 0 && !list && !choice)) {
        return bad_row(in, "an element row needs a type before it and 4 good fields:",
                       count > 1 ? field[1] : field[0]);
    }
    ost_model_element element = {
        .name = intern_name(in, field[1]), .list = list, .first_choice = in->model->choice_count};
    ost_str rest = field[3], type;
    while (ost_str_next(&rest, '|', &type)) {
        if (type.len == 0) {
            return bad_row(in, "empty type in", field[3]);
        }
        uint32_t json_name = choice ? intern_choice_name(in, field[1], type) : element.name;
        if (!add_choice(in, json_name, type)) {
            return ost_err_memory(in->error, in->arena);
        }
    }
    element.choice_count = in->model->choice_count - element.first_choice;
    if (element.choice_count > 1 && !choice) {
        return bad_row(in, "several types without being a choice:", field[3]);
    }
    void *elements = in->elements;
    if (!room(in, &elements, &in->element_capacity, in->model->element_count,
              sizeof *in->elements)) {
        return ost_err_memory(in->error, in->arena);
    }
    in->elements = elements;
    in->elements[in->model->element_count++] = element;
    in->types[in->type].element_count++;
    return OST_OK;
}

static ost_status add_relation(loader *in, const ost_str *field, size_t count)
{
    if (count != 3 || in->type == OST_TYPE_NONE || field[2].len == 0) {
        return bad_row(in, "a context row needs a type before it and 3 fields:", field[0]);
    }
    uint32_t context = intern_type(in, field[1]);
    void *relations = in->relations;
    if (!room(in, &relations, &in->relation_capacity, in->model->relation_count,
              sizeof *in->relations) ||
        in->failed) {
        return ost_err_memory(in->error, in->arena);
    }
    in->relations = relations;
    in->relations[in->model->relation_count++] =
        (ost_model_relation){.type = in->type, .context = context, .path = field[2]};
    return OST_OK;
}

static ost_status add_birth(loader *in, const ost_str *field, size_t count)
{
    if (count != 3) {
        return bad_row(in, "a birth date row needs 3 fields:", field[0]);
    }
    in->model->birth_type = intern_type(in, field[1]);
    in->model->birth_path = field[2];
    return in->failed ? ost_err_memory(in->error, in->arena) : OST_OK;
}

static ost_status add_row(loader *in, ost_str line)
{
    ost_str field[MAX_FIELDS] = {{NULL, 0}};
    size_t count = 0;
    ost_str rest = line;
    while (count < MAX_FIELDS && ost_str_next(&rest, ',', &field[count])) {
        count++;
    }
    static const struct row_kind {
        char letter;
        ost_status (*add)(loader *in, const ost_str *field, size_t count);
    } kinds[] = {{'E', add_element}, {'T', add_type}, {'C', add_relation}, {'B', add_birth}};
    for (size_t i = 0; i < OST_ARRAY_LEN(kinds) && field[0].len == 1; i++) {
        if (kinds[i].letter == field[0].ptr[0]) {
            return kinds[i].add(in, field, count);
        }
    }
    return bad_row(in, "unknown kind of row", field[0]);
}

/* The first names of all, so that their ids are small. */
static bool add_known_names(loader *in)
{
    ost_model *m = in->model;
    const struct known_name {
        uint32_t *id;
        const char *name;
    } known[] = {
        {&m->known.resourceType, "resourceType"},
        {&m->known.id, "id"},
        {&m->known.meta, "meta"},
        {&m->known.versionId, "versionId"},
        {&m->known.lastUpdated, "lastUpdated"},
        {&m->known.contained, "contained"},
        {&m->known.reference, "reference"},
        {&m->known.subject, "subject"},
        {&m->known.patient, "patient"},
        {&m->known.code, "code"},
        {&m->known.coding, "coding"},
        {&m->known.system, "system"},
        {&m->known.version, "version"},
        {&m->known.display, "display"},
        {&m->known.text, "text"},
        {&m->known.value, "value"},
        {&m->known.unit, "unit"},
        {&m->known.extension, "extension"},
        {&m->known.url, "url"},
        {&m->known.entry, "entry"},
        {&m->known.resource, "resource"},
        {&m->known.fullUrl, "fullUrl"},
        {&m->known.status, "status"},
        {&m->known.identifier, "identifier"},
        {&m->known.beneficiary, "beneficiary"},
        {&m->known.verificationStatus, "verificationStatus"},
        {&m->known.modifierExtension, "modifierExtension"},
        {&m->known.search, "search"},
        {&m->known.request, "request"},
    };
    _Static_assert(OST_ARRAY_LEN(known) < OST_KNOWN_NAMES, "room for each known name");
    for (size_t i = 0; i < OST_ARRAY_LEN(known); i++) {
        *known[i].id = intern_name(in, ost_str_of(known[i].name));
    }
    return !in->failed;
}

/* A primitive has its own "value" of a System type: FHIR.string, FHIR.ObservationStatus. */
static bool is_primitive(const loader *in, const ost_model_type *type)
{
    for (uint32_t i = 0; i < type->element_count; i++) {
        const ost_model_element *element = &in->elements[type->first_element + i];
        if (element->name == in->model->known.value) {
            ost_str target = in->types[in->choices[element->first_choice].type].name;
            return element->choice_count == 1 && ost_str_starts(target, OST_STR("System."));
        }
    }
    return false;
}

static ost_status finish(loader *in)
{
    ost_model *m = in->model;
    for (uint32_t id = 1; id < m->type_count; id++) {
        in->line = in->rows[id];
        if (in->line == 0) {
            return bad_row(in, "type used but not defined:", in->types[id].name);
        }
        in->types[id].primitive = is_primitive(in, &in->types[id]);
        uint32_t up = in->types[id].base, steps = 0;
        for (; up != OST_TYPE_NONE && steps < MAX_BASES; steps++) {
            up = in->types[up].base;
        }
        if (up != OST_TYPE_NONE) {
            return bad_row(in, "endless chain of bases of", in->types[id].name);
        }
    }
    if (m->name_count > MAX_NAMES) {
        return ost_err_set(in->error, OST_E_LIMIT, "FHIR model table: %u names, at most %d",
                           (unsigned)m->name_count, MAX_NAMES);
    }
    m->types = in->types;
    m->names = in->names;
    m->elements = in->elements;
    m->choices = in->choices;
    m->relations = in->relations;
    m->resource_type = ost_model_type_id(m, OST_STR("Resource"));
    return ost_model_add_members(in->arena, m) ? OST_OK : ost_err_memory(in->error, in->arena);
}

static ost_status load(loader *in, ost_str csv)
{
    /* Id 0 means none in both tables. */
    if (intern_type(in, OST_STR("")) != OST_TYPE_NONE || in->failed ||
        intern_name(in, OST_STR("")) != OST_NAME_NONE || in->failed || !add_known_names(in)) {
        return ost_err_memory(in->error, in->arena);
    }
    ost_str line;
    while (ost_str_next(&csv, '\n', &line)) {
        in->line++;
        if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
            line.len--;
        }
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        ost_status status = add_row(in, line);
        if (status != OST_OK) {
            return status;
        }
    }
    return finish(in);
}

ost_status ost_model_load(ost_arena *arena, ost_str csv, const ost_model **out, ost_error *error)
{
    ost_model *model = ost_arena_alloc(arena, sizeof *model);
    if (!model) {
        return ost_err_memory(error, arena);
    }
    model->type_ids = ost_map_init(arena);
    model->name_ids = ost_map_init(arena);
    loader in = {.arena = arena, .model = model, .error = error};
    ost_status status = load(&in, csv);
    if (status == OST_OK) {
        *out = model;
    }
    return status;
}

uint32_t ost_model_type_id(const ost_model *model, ost_str name)
{
    uint32_t id = ost_map_get(&model->type_ids, name);
    return id == OST_MAP_NONE ? OST_TYPE_NONE : id;
}

uint32_t ost_model_name_id(const ost_model *model, ost_str name)
{
    uint32_t id = ost_map_get(&model->name_ids, name);
    return id == OST_MAP_NONE ? OST_NAME_NONE : id;
}

const ost_model_element *ost_model_find(const ost_model *model, uint32_t type, uint32_t name)
{
    while (type != OST_TYPE_NONE && name != OST_NAME_NONE) {
        const ost_model_type *t = &model->types[type];
        for (uint32_t i = 0; i < t->element_count; i++) {
            if (model->elements[t->first_element + i].name == name) {
                return &model->elements[t->first_element + i];
            }
        }
        type = t->base;
    }
    return NULL;
}

bool ost_model_is(const ost_model *model, uint32_t type, uint32_t base)
{
    while (type != OST_TYPE_NONE && type != base) {
        type = model->types[type].base;
    }
    return type != OST_TYPE_NONE;
}
