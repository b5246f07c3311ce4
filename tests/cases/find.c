/* Finds the cases and reads both forms: expected.json beside a patient, and tables of one line a
 * case. */
#include "cases.h"

#include "base/file.h"

enum { FILE_MAX = 16 << 20 };

typedef struct expectations {
    ost_arena *arena;
    expectation *items;
    size_t count, capacity;
} expectations;

static void expect(expectations *e, ost_str subject, const char *part, ost_str value)
{
    e->items = ost_arena_grow(e->arena, e->items, &e->capacity, e->count + 1, sizeof *e->items);
    if (e->items) {
        e->items[e->count++] = (expectation){subject, ost_str_of(part), value};
    }
}

static ost_str joined(ost_arena *arena, const char *prefix, ost_str id)
{
    ost_buf out = ost_buf_init(arena);
    ost_buf_text(&out, prefix);
    ost_buf_add(&out, id);
    return ost_buf_str(&out);
}

/* Text of a JSON scalar as a table would write it. */
static ost_str scalar(const ost_tree *tree, uint32_t node)
{
    switch ((ost_json_kind)tree->nodes[node].kind) {
    case OST_JSON_TRUE:
        return OST_STR("true");
    case OST_JSON_FALSE:
        return OST_STR("false");
    case OST_JSON_NUMBER:
    case OST_JSON_STRING:
        return ost_tree_text(tree, node);
    case OST_JSON_NULL:
    case OST_JSON_ARRAY:
    case OST_JSON_OBJECT:
        break;
    }
    return OST_STR("none");
}

static void read_list(expectations *e, const ost_tree *tree, ost_str subject, const char *part,
                      uint32_t list)
{
    for (uint32_t n = list ? ost_tree_first(tree, list) : 0; n; n = ost_tree_next(tree, list, n)) {
        expect(e, subject, part, scalar(tree, n));
    }
}

static void read_dose(expectations *e, const ost_tree *tree, ost_str id, uint32_t dose)
{
    static const struct {
        const char *member, *part;
    } parts[] = {{"amount", "dose"}, {"unit", "unit"}, {"amount_high", "high"}};
    if (tree->nodes[dose].kind == OST_JSON_NULL) {
        expect(e, id, "dose", OST_STR("none"));
        return;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(parts); i++) {
        uint32_t member = ost_tree_get(tree, dose, parts[i].member);
        if (member) {
            expect(e, id, parts[i].part, scalar(tree, member));
        }
    }
}

static void read_option(expectations *e, const ost_tree *tree, uint32_t node)
{
    ost_str id = ost_tree_name(tree, node);
    for (uint32_t n = ost_tree_first(tree, node); n; n = ost_tree_next(tree, node, n)) {
        ost_str name = ost_tree_name(tree, n);
        if (ost_str_is(name, "status")) {
            expect(e, id, "", scalar(tree, n));
        } else if (ost_str_is(name, "because")) {
            expect(e, id, "because", scalar(tree, n));
        } else if (ost_str_is(name, "dose")) {
            read_dose(e, tree, id, n);
        } else if (ost_str_is(name, "missing")) {
            read_list(e, tree, id, "missing", n);
        } else if (ost_str_is(name, "reasons")) {
            read_list(e, tree, id, "reason", n);
        } else if (ost_str_is(name, "first") || ost_str_is(name, "safety")) {
            read_list(e, tree, id, ost_str_is(name, "first") ? "first" : "safety", n);
        } else {
            expect(e, id, "unknown member of expected.json", name);
        }
    }
}

static void read_fact(expectations *e, const ost_tree *tree, uint32_t node)
{
    ost_str subject = joined(e->arena, "fact:", ost_tree_name(tree, node));
    for (uint32_t n = ost_tree_first(tree, node); n; n = ost_tree_next(tree, node, n)) {
        ost_str name = ost_tree_name(tree, n);
        bool list = tree->nodes[n].kind == OST_JSON_ARRAY;
        if (list) {
            read_list(e, tree, subject, "item", n);
        } else {
            expect(e, subject, ost_str_is(name, "state") ? "state" : "value", scalar(tree, n));
        }
    }
}

static void read_expected(expectations *e, const ost_tree *tree, uint32_t root)
{
    uint32_t options = ost_tree_get(tree, root, "options"),
             absent = ost_tree_get(tree, root, "absent");
    uint32_t facts = ost_tree_get(tree, root, "facts"), flags = ost_tree_get(tree, root, "flags");
    for (uint32_t n = options ? ost_tree_first(tree, options) : 0; n;
         n = ost_tree_next(tree, options, n)) {
        read_option(e, tree, n);
    }
    for (uint32_t n = absent ? ost_tree_first(tree, absent) : 0; n;
         n = ost_tree_next(tree, absent, n)) {
        expect(e, scalar(tree, n), "", OST_STR("absent"));
    }
    for (uint32_t n = facts ? ost_tree_first(tree, facts) : 0; n;
         n = ost_tree_next(tree, facts, n)) {
        read_fact(e, tree, n);
    }
    for (uint32_t n = flags ? ost_tree_first(tree, flags) : 0; n;
         n = ost_tree_next(tree, flags, n)) {
        expect(e, joined(e->arena, "flag:", ost_tree_name(tree, n)), "", scalar(tree, n));
    }
}

static test_case *new_case(case_list *list)
{
    list->cases = ost_arena_grow(list->arena, list->cases, &list->capacity, list->count + 1,
                                 sizeof *list->cases);
    return list->cases ? &list->cases[list->count++] : NULL;
}

static ost_status add_patient(case_list *list, ost_str name, ost_str folder, const char *record,
                              ost_error *error)
{
    ost_str path = ost_file_join(list->arena, folder, OST_STR("expected.json")), text;
    ost_tree *tree = ost_arena_alloc(list->arena, sizeof *tree);
    uint32_t root = 0;
    ost_status status = ost_file_read(list->arena, path.ptr, FILE_MAX, &text, error);
    if (status == OST_E_NOT_FOUND) {
        return OST_OK;
    }
    *tree = ost_tree_init(list->arena, list->content->model);
    status = status == OST_OK ? ost_json_parse(tree, text, &root, error) : status;
    test_case *c = status == OST_OK ? new_case(list) : NULL;
    if (!c) {
        return status == OST_OK ? OST_E_MEMORY : status;
    }
    expectations e = {.arena = list->arena};
    read_expected(&e, tree, root);
    uint32_t as_of = ost_tree_get(tree, root, "as_of");
    *c = (test_case){.name = name,
                     .record = ost_file_join(list->arena, folder, ost_str_of(record)),
                     .as_of = as_of ? scalar(tree, as_of) : (ost_str){0},
                     .expected = e.items,
                     .expected_count = e.count};
    return OST_OK;
}

/* "start-x.dose=3.3" */
static void read_expression(expectations *e, ost_str text)
{
    size_t equals = ost_str_find(text, OST_STR("="), 0);
    ost_str left = ost_str_trim(ost_str_sub(text, 0, equals == SIZE_MAX ? text.len : equals));
    ost_str value =
        equals == SIZE_MAX ? (ost_str){0} : ost_str_trim(ost_str_sub(text, equals + 1, text.len));
    if (left.len == 0) {
        return;
    }
    if (ost_str_starts(left, OST_STR("fact:"))) {
        expect(e, left, "value", value);
        return;
    }
    size_t dot = ost_str_find(left, OST_STR("."), 0);
    ost_str part = dot == SIZE_MAX ? OST_STR("") : ost_str_sub(left, dot + 1, left.len);
    ost_str subject = ost_str_sub(left, 0, dot == SIZE_MAX ? left.len : dot);
    e->items = ost_arena_grow(e->arena, e->items, &e->capacity, e->count + 1, sizeof *e->items);
    if (e->items) {
        e->items[e->count++] = (expectation){subject, part, value};
    }
}

static ost_status add_table(case_list *list, ost_str name, ost_str folder, ost_str file,
                            ost_error *error)
{
    static const char *const columns[] = {"case", "patient", "as_of", "facts", "expect", "why"};
    ost_str path = ost_file_join(list->arena, folder, file), text;
    ost_csv table;
    size_t at[OST_ARRAY_LEN(columns)];
    ost_status status = ost_file_read(list->arena, path.ptr, FILE_MAX, &text, error);
    status = status == OST_OK ? ost_csv_read(list->arena, path, text, &table, error) : status;
    for (size_t i = 0; status == OST_OK && i < OST_ARRAY_LEN(columns); i++) {
        at[i] = ost_csv_column(&table, columns[i]);
        if (at[i] == SIZE_MAX) {
            status = ost_err_set(error, OST_E_DATA, "%s has no column %s", path.ptr, columns[i]);
        }
    }
    for (size_t i = 0; status == OST_OK && i < table.row_count; i++) {
        const ost_str *row = table.rows[i].fields;
        expectations e = {.arena = list->arena};
        ost_str rest = row[at[4]], one;
        while (ost_str_next(&rest, ';', &one)) {
            read_expression(&e, one);
        }
        test_case *c = new_case(list);
        if (!c) {
            return OST_E_MEMORY;
        }
        ost_buf full = ost_buf_init(list->arena);
        ost_buf_printf(&full, "%.*s %.*s", OST_STR_ARG(name), OST_STR_ARG(row[at[0]]));
        *c = (test_case){.name = ost_buf_str(&full),
                         .as_of = row[at[2]],
                         .facts = row[at[3]],
                         .record = ost_file_join(list->arena, folder, row[at[1]]),
                         .expected = e.items,
                         .expected_count = e.count};
    }
    return status;
}

/* The folder cases/ of one topic. */
static ost_status add_topic(case_list *list, ost_str topic, ost_str folder, ost_error *error)
{
    const ost_str *names;
    size_t count;
    ost_status status = ost_file_list(list->arena, folder.ptr, &names, &count, error);
    for (size_t i = 0; status == OST_OK && i < count; i++) {
        ost_str path = ost_file_join(list->arena, folder, names[i]);
        ost_str name = ost_file_join(list->arena, topic, names[i]);
        if (ost_file_is_folder(path.ptr)) {
            status = add_patient(list, name, path, "patient.json", error);
        } else if (ost_str_ends(names[i], OST_STR(".csv"))) {
            status = add_table(list, name, folder, names[i], error);
        }
    }
    return status;
}

static ost_status add_topics(case_list *list, ost_str folder, ost_error *error)
{
    const ost_str *names;
    size_t count;
    if (!ost_file_is_folder(folder.ptr)) {
        return OST_OK;
    }
    ost_status status = ost_file_list(list->arena, folder.ptr, &names, &count, error);
    for (size_t i = 0; status == OST_OK && i < count; i++) {
        ost_str topic = ost_file_join(list->arena, folder, names[i]);
        ost_str cases = ost_file_join(list->arena, topic, OST_STR("cases"));
        if (ost_file_is_folder(cases.ptr)) {
            status = add_topic(list, names[i], cases, error);
        }
    }
    return status;
}

static ost_status add_examples(case_list *list, ost_str folder, ost_error *error)
{
    const ost_str *names;
    size_t count;
    if (!ost_file_is_folder(folder.ptr)) {
        return OST_OK;
    }
    ost_status status = ost_file_list(list->arena, folder.ptr, &names, &count, error);
    for (size_t i = 0; status == OST_OK && i < count; i++) {
        ost_str path = ost_file_join(list->arena, folder, names[i]);
        if (ost_file_is_folder(path.ptr)) {
            status = add_patient(list, ost_file_join(list->arena, OST_STR("examples"), names[i]),
                                 path, "record.json", error);
        }
    }
    return status;
}

ost_status cases_find(case_list *list, const char *root, ost_error *error)
{
    static const char *const folders[] = {"content/guideline", "content/score"};
    ost_status status = OST_OK;
    for (size_t i = 0; status == OST_OK && i < OST_ARRAY_LEN(folders); i++) {
        status = add_topics(
            list, ost_file_join(list->arena, ost_str_of(root), ost_str_of(folders[i])), error);
    }
    return status == OST_OK
               ? add_examples(
                     list, ost_file_join(list->arena, ost_str_of(root), OST_STR("examples")), error)
               : status;
}
