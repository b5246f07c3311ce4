/* The clinical date of each resource, by the table of content/model/clinical-dates.csv: one line
 * per type, the type and the elements that may hold its date, in order of preference.
 *
 *   Observation,effectiveDateTime|effectivePeriod.start|issued */
#include "fhir/record_detail.h"

enum { MAX_STEPS = 4 };

/* One path, "collection.collectedPeriod.start", and the ids of its names. */
typedef struct date_path {
    ost_str text;
    uint32_t names[MAX_STEPS], count;
} date_path;

/* The paths of one type, in order of preference, without those that no resource here can have. */
typedef struct date_row {
    uint32_t type;
    ost_str text;
    date_path *paths;
    size_t count, capacity;
} date_row;

/* Rows by type id: the paths as text. */
static ost_status load_rows(ost_reading *in, ost_str *paths, ost_error *error)
{
    ost_str rest = in->options->clinical_dates, line;
    for (uint32_t number = 1; ost_str_next(&rest, '\n', &line); number++) {
        line = ost_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        ost_str type, fields = line;
        (void)ost_str_next(&fields, ',', &type);
        uint32_t id = ost_model_type_id(in->model, type);
        if (id == OST_TYPE_NONE || fields.len == 0) {
            ost_status code = ost_err_set(error, OST_E_SYNTAX,
                                          "clinical dates: \"%.*s\" is not a type "
                                          "and its paths",
                                          OST_STR_ARG(line));
            ost_err_place(error, OST_STR("clinical-dates.csv"), number, 1, 0);
            return code;
        }
        paths[id] = fields;
    }
    return OST_OK;
}

/* False when a name of the path stands nowhere in the tree. */
static bool find_names(const ost_tree *tree, date_path *path)
{
    ost_str rest = path->text, step;
    path->count = 0;
    while (path->count < MAX_STEPS && ost_str_next(&rest, '.', &step)) {
        uint32_t name = ost_tree_name_id(tree, step);
        if (name == OST_NAME_NONE) {
            return false;
        }
        path->names[path->count++] = name;
    }
    return true;
}

static void start_row(ost_reading *in, date_row *row, uint32_t type, ost_str text)
{
    row->type = type;
    row->text = text;
    row->count = 0;
    date_path path = {{NULL, 0}, {0}, 0};
    while (ost_str_next(&text, '|', &path.text)) {
        if (!find_names(in->tree, &path)) {
            continue;
        }
        date_path *paths =
            ost_arena_grow(in->arena, row->paths, &row->capacity, row->count + 1, sizeof *paths);
        if (paths == NULL) {
            in->failed = true;
            return;
        }
        row->paths = paths;
        paths[row->count++] = path;
    }
}

/* The node at the path; of a list its first item. */
static uint32_t walk_path(const ost_tree *tree, uint32_t resource, const date_path *path)
{
    uint32_t node = resource; /* may be node 0; a member never is */
    for (uint32_t i = 0; i < path->count; i++) {
        node = ost_tree_member(tree, node, path->names[i]);
        if (node != 0 && tree->nodes[node].kind == OST_JSON_ARRAY) {
            node = ost_tree_first(tree, node);
        }
        if (node == 0) {
            return 0;
        }
    }
    return node;
}

static void find_date(ost_reading *in, ost_found *found, const date_row *row)
{
    const ost_tree *tree = in->tree;
    for (size_t i = 0; i < row->count; i++) {
        uint32_t node = walk_path(tree, found->node, &row->paths[i]);
        if (node == 0) {
            continue;
        }
        ost_str text = ost_tree_text(tree, node);
        if (tree->nodes[node].kind == OST_JSON_STRING &&
            ost_when_parse(text, OST_DATETIME, &found->date)) {
            return;
        }
        found->date = (ost_when){0};
        ost_reading_note(in, OST_LEVEL_WARNING, ost_found_path(in, found), node,
                         "%.*s: \"%.*s\" is not a date", OST_STR_ARG(row->paths[i].text),
                         OST_STR_ARG(text));
    }
    ost_reading_note(in, OST_LEVEL_INFO, ost_found_path(in, found), found->origin,
                     "undated: none of %.*s has a date", OST_STR_ARG(row->text));
}

/* The resources are sorted by type, so each row is looked up once. */
ost_status ost_reading_dates(ost_reading *in, ost_error *error)
{
    ost_str *paths = ost_arena_array(in->arena, in->model->type_count, sizeof *paths);
    if (paths == NULL) {
        return ost_err_memory(error, in->arena);
    }
    ost_status code = load_rows(in, paths, error);
    date_row row = {.type = OST_TYPE_NONE};
    for (size_t i = 0; code == OST_OK && i < in->found_count && !in->failed; i++) {
        ost_found *found = &in->found[i];
        if (i + OST_READING_AHEAD < in->found_count) {
            ost_reading_fetch(in->tree, found[OST_READING_AHEAD].node);
        }
        if (paths[found->type].len == 0) {
            continue;
        }
        if (row.type != found->type) {
            start_row(in, &row, found->type, paths[found->type]);
        }
        find_date(in, found, &row);
    }
    return code == OST_OK && in->failed ? ost_err_memory(error, in->arena) : code;
}
