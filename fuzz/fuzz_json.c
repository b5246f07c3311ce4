/* JSON, NDJSON, bundles and case files from anywhere, read as a tree and as a record.
 *
 * Nothing may crash, hang or leave its limits, and these must hold: an error has a place inside the
 * text and leaves the tree as it was; what is read writes as text that reads and writes the same
 * again; every node belongs to the resource that the index names; the same bytes give the same
 * record. */
#include "base/file.h"
#include "fhir/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 256 << 20, TEXT_MAX = 1 << 20 };

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

typedef struct tables {
    ost_arena *arena;
    ost_str model_csv, dates, words;
    const ost_model *model;
} tables;

static ost_str read_table(ost_arena *arena, const char *path)
{
    ost_str text = {NULL, 0};
    ost_error error;
    must(ost_file_read(arena, path, 1U << 26, &text, &error) == OST_OK);
    return text;
}

/* Read once and then shared by all inputs. */
static const tables *get_tables(void)
{
    static tables t;
    if (t.arena == NULL) {
        ost_error error;
        t.arena = ost_arena_new(0);
        must(t.arena != NULL);
        t.model_csv = read_table(t.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv");
        t.dates = read_table(t.arena, OST_SOURCE_ROOT "/content/model/clinical-dates.csv");
        t.words = read_table(t.arena, OST_SOURCE_ROOT "/content/model/case-words.csv");
        must(ost_model_load(t.arena, t.model_csv, &t.model, &error) == OST_OK);
    }
    return &t;
}

static ost_str write_node(ost_arena *arena, const ost_tree *tree, uint32_t node)
{
    ost_buf out = ost_buf_init(arena);
    ost_tree_write(&out, tree, node);
    return ost_buf_str(&out);
}

static void check_tree(const ost_model *model, ost_str text)
{
    ost_arena *arena = ost_arena_new(ARENA_BYTES);
    must(arena != NULL);
    ost_tree tree = ost_tree_init(arena, model);
    uint32_t root = 0, again = 0;
    ost_error error;
    ost_status code = ost_json_parse(&tree, text, &root, &error);
    if (code != OST_OK) {
        must(error.code == code && error.message[0] != '\0' && tree.count == 0 &&
             tree.own_count == 0);
        must(code != OST_E_INTERNAL && error.offset <= text.len);
        must(code != OST_E_SYNTAX || (error.line > 0 && error.column > 0));
    } else {
        must(tree.nodes[root].end == tree.count);
        ost_str first = write_node(arena, &tree, root);
        must(ost_json_parse(&tree, first, &again, &error) == OST_OK);
        must(ost_str_equal(write_node(arena, &tree, again), first));
    }
    ost_arena_free(arena);
}

/* Read where it lies, a text gives the same tree and the same errors as a copy of it. */
static void check_kept(const ost_model *model, ost_str text)
{
    ost_arena *arena = ost_arena_new(ARENA_BYTES);
    must(arena != NULL);
    ost_tree copied = ost_tree_init(arena, model), kept = ost_tree_init(arena, model);
    uint32_t root = 0, same = 0;
    ost_error error, other;
    ost_status code = ost_json_parse(&copied, text, &root, &error);
    must(ost_json_parse_kept(&kept, ost_file_padded(arena, text), &same, &other) == code);
    if (code != OST_OK) {
        must(strcmp(error.message, other.message) == 0 && error.offset == other.offset);
    } else {
        must(ost_str_equal(write_node(arena, &copied, root), write_node(arena, &kept, same)));
        for (uint32_t node = 0; node < copied.count; node++) {
            must(ost_tree_offset(&copied, node) == ost_tree_offset(&kept, node));
        }
    }
    ost_arena_free(arena);
}

static void check_record(const ost_record *record)
{
    must(record->patient < record->resource_count);
    for (size_t i = 0; i < record->resource_count; i++) {
        uint32_t from = record->resources[i].node, to = record->tree.nodes[from].end;
        must(ost_record_owner(record, from) == i && ost_record_owner(record, to - 1) == i);
        for (uint32_t node = from; node < to; node++) {
            if (record->tree.nodes[node].kind == OST_JSON_STRING) {
                uint32_t target =
                    ost_record_resolve(record, ost_tree_text(&record->tree, node), node);
                must(target < record->tree.count);
            }
        }
    }
    const uint32_t *indices;
    for (uint32_t type = 0; type < record->tree.model->type_count; type++) {
        size_t count = ost_record_of_type(record, type, &indices);
        for (size_t i = 0; i < count; i++) {
            must(record->resources[indices[i]].type == type &&
                 record->resources[indices[i]].counts);
        }
    }
}

static void check_reading(const tables *t, ost_str text)
{
    ost_read_options options = {.source_name = OST_STR("fuzz"),
                                .clinical_dates = t->dates,
                                .case_words = t->words,
                                .limit_bytes = ARENA_BYTES};
    must(ost_when_parse(OST_STR("2026-05-01"), OST_DATE, &options.as_of));
    ost_record *record = NULL, *again = NULL;
    ost_error error;
    ost_status code = ost_record_read(t->model, text, &options, &record, &error);
    if (code != OST_OK) {
        must(record == NULL && error.message[0] != '\0' && code != OST_E_INTERNAL);
        return;
    }
    check_record(record);
    must(ost_record_read(t->model, text, &options, &again, &error) == OST_OK);
    must(again->resource_count == record->resource_count &&
         again->message_count == record->message_count);
    ost_record_free(again);
    ost_record_free(record);
}

static void check_population(const tables *t, ost_str text)
{
    ost_read_options options = {.clinical_dates = t->dates, .case_words = t->words};
    ost_population *population = NULL;
    ost_error error;
    if (ost_population_from_text(t->model, text, OST_STR("fuzz"), &population, &error) != OST_OK) {
        return;
    }
    ost_record *last = NULL;
    size_t count = ost_population_count(population);
    for (size_t i = 0; i < count && i < 8; i++) {
        ost_record *record = NULL;
        if (ost_population_read(population, i, &options, &record, &error) == OST_OK) {
            ost_record_free(last);
            last = record;
            check_record(record);
        }
    }
    /* A record may live longer than the population that it was read from. */
    ost_population_free(population);
    if (last != NULL) {
        check_record(last);
    }
    ost_record_free(last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > TEXT_MAX) {
        return 0;
    }
    const tables *t = get_tables();
    ost_str text = {(const char *)data, size};
    check_tree(NULL, text);
    check_tree(t->model, text);
    check_kept(t->model, text);
    check_reading(t, text);
    check_population(t, text);
    return 0;
}
