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

/* The paths of one type, in order of preference; started: `paths` are made. */
struct ost_date_row {
    ost_str text;
    date_path *paths;
    size_t count, capacity;
    bool started;
};

typedef struct ost_date_row date_row;

/* One row per type id; `text` is empty when the type has no dates. */
static ost_status load_rows(ost_reading *in, date_row *rows, ost_error *error)
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
        rows[id].text = fields;
    }
    return OST_OK;
}

/* False when a name of the path is none of FHIR. */
static bool find_names(const ost_model *model, date_path *path)
{
    ost_str rest = path->text, step;
    path->count = 0;
    while (path->count < MAX_STEPS && ost_str_next(&rest, '.', &step)) {
        uint32_t name = ost_model_name_id(model, step);
        if (name == OST_NAME_NONE) {
            return false;
        }
        path->names[path->count++] = name;
    }
    return true;
}

static void start_row(ost_reading *in, date_row *row)
{
    row->started = true;
    date_path path = {{NULL, 0}, {0}, 0};
    ost_str text = row->text;
    while (ost_str_next(&text, '|', &path.text)) {
        if (!find_names(in->model, &path)) {
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

static bool is_date(const ost_tree *tree, uint32_t node, ost_when *out)
{
    return tree->nodes[node].kind == OST_JSON_STRING &&
           ost_when_parse(ost_tree_text(tree, node), OST_DATETIME, out);
}

/* What is no date is a message, and the next path is asked. */
void ost_reading_date(ost_reading *in, ost_found *found)
{
    const ost_tree *tree = in->tree;
    date_row *row = &in->dates[found->type];
    if (row->text.len == 0) {
        return;
    }
    if (!row->started) {
        start_row(in, row);
    }
    for (size_t i = 0; i < row->count; i++) {
        uint32_t node = walk_path(tree, found->node, &row->paths[i]);
        if (node == 0) {
            continue;
        }
        if (is_date(tree, node, &found->date)) {
            return;
        }
        ost_str text = ost_tree_text(tree, node);
        ost_reading_note(in, OST_LEVEL_WARNING, ost_found_path(in, found), node,
                         "%.*s: \"%.*s\" is not a date", OST_STR_ARG(row->paths[i].text),
                         OST_STR_ARG(text));
    }
    ost_reading_note(in, OST_LEVEL_INFO, ost_found_path(in, found), found->origin,
                     "undated: none of %.*s has a date", OST_STR_ARG(row->text));
}

ost_status ost_reading_want_dates(ost_reading *in, ost_error *error)
{
    in->dates = ost_arena_array(in->arena, in->model->type_count, sizeof *in->dates);
    return in->dates == NULL ? ost_err_memory(error, in->arena) : load_rows(in, in->dates, error);
}
