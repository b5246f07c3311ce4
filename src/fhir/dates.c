/* The clinical date of each resource, by the table of content/model/clinical-dates.csv: one line
 * per type, the type and the elements that may hold its date, in order of preference.
 *
 *   Observation,effectiveDateTime|effectivePeriod.start|issued */
#include "fhir/record_detail.h"

enum { MAX_STEPS = 4 };

/* Rows by type id: the paths as text, empty for a type without clinical date. */
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

/* The node at "collection.collectedPeriod.start"; of a list its first item. */
static uint32_t walk_path(const ost_tree *tree, uint32_t resource, ost_str path)
{
    uint32_t node = resource; /* may be node 0; a member never is */
    ost_str step;
    for (int i = 0; i < MAX_STEPS && ost_str_next(&path, '.', &step); i++) {
        node = ost_tree_member(tree, node, ost_tree_name_id(tree, step));
        if (node != 0 && tree->nodes[node].kind == OST_JSON_ARRAY) {
            node = ost_tree_first(tree, node);
        }
        if (node == 0) {
            return 0;
        }
    }
    return node;
}

static void find_date(ost_reading *in, ost_found *found, ost_str paths)
{
    const ost_tree *tree = in->tree;
    const ost_str all = paths;
    ost_str path;
    while (ost_str_next(&paths, '|', &path)) {
        uint32_t node = walk_path(tree, found->node, path);
        if (node == 0) {
            continue;
        }
        ost_str text = ost_tree_text(tree, node);
        if (tree->nodes[node].kind == OST_JSON_STRING &&
            ost_when_parse(text, OST_DATETIME, &found->date)) {
            return;
        }
        found->date = (ost_when){0};
        ost_reading_note(in, OST_LEVEL_WARNING, found->path, node, "%.*s: \"%.*s\" is not a date",
                         OST_STR_ARG(path), OST_STR_ARG(text));
    }
    ost_reading_note(in, OST_LEVEL_INFO, found->path, found->origin,
                     "undated: none of %.*s has a date", OST_STR_ARG(all));
}

ost_status ost_reading_dates(ost_reading *in, ost_error *error)
{
    ost_str *paths = ost_arena_array(in->arena, in->model->type_count, sizeof *paths);
    if (paths == NULL) {
        return ost_err_memory(error, in->arena);
    }
    ost_status code = load_rows(in, paths, error);
    for (size_t i = 0; code == OST_OK && i < in->found_count; i++) {
        ost_found *found = &in->found[i];
        if (paths[found->type].len > 0) {
            find_date(in, found, paths[found->type]);
        }
    }
    return code;
}
