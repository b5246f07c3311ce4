/* One record: texts -> parts -> tree -> resources -> which count -> index. The record owns an arena
 * in which all of it lies; freeing the record is one step. */
#include "fhir/record.h"

#include "base/sha256.h"
#include "fhir/case.h"
#include "fhir/record_detail.h"

#define DEFAULT_LIMIT ((size_t)4 << 30)

void ost_record_free(ost_record *record)
{
    if (record != NULL) {
        ost_arena_free(record->arena);
    }
}

/* The record lies in its own arena. */
ost_status ost_record_new(const ost_model *model, const ost_read_options *options, ost_record **out,
                          ost_reading *in, ost_error *error)
{
    ost_arena *arena =
        ost_arena_new(options->limit_bytes == 0 ? DEFAULT_LIMIT : options->limit_bytes);
    ost_record *record = arena == NULL ? NULL : ost_arena_alloc(arena, sizeof *record);
    if (record == NULL) {
        ost_status code = ost_err_memory(error, arena);
        ost_arena_free(arena);
        return code;
    }
    record->arena = arena;
    record->tree = ost_tree_init(arena, model);
    *in = (ost_reading){.arena = arena, .model = model, .options = options, .tree = &record->tree};
    /* Node 0 stands for "none" when a reference is resolved, so no resource may be there. */
    if (!ost_json_add_null(&record->tree)) {
        ost_status code = ost_err_memory(error, arena);
        ost_arena_free(arena);
        return code;
    }
    *out = record;
    return OST_OK;
}

/* Adds the part's place to an error of the JSON reader. */
static void place_error(const ost_reading *in, const ost_part *part, ost_error *error)
{
    if (error != NULL) {
        ost_str name = part->name.len > 0 ? part->name : in->options->source_name;
        uint32_t line = error->line == 0 ? 0 : error->line + part->line - 1;
        ost_err_place(error, name, line, error->column, error->offset);
    }
}

static ost_status parse_part(ost_reading *in, size_t i, ost_error *error)
{
    ost_part *part = &in->parts[i];
    ost_str text = part->text;
    /* Some editors put a byte order mark first; it says nothing. */
    size_t mark = ost_str_starts(text, OST_STR("\xEF\xBB\xBF")) ? 3 : 0;
    part->text = ost_str_sub(text, mark, text.len);
    part->base = in->tree->text_len;
    uint32_t root = 0;
    ost_status code = in->kept ? ost_json_parse_kept(in->tree, part->text, &root, error)
                               : ost_json_parse(in->tree, part->text, &root, error);
    if (code != OST_OK) {
        part->bad = true;
        place_error(in, part, error);
        return code;
    }
    ost_reading_collect(in, i, root);
    if (in->more != NULL) {
        in->more(in->more_data, in, root);
    }
    return OST_OK;
}

/* One bad document of many is a message; the only one is an error. */
ost_status ost_reading_parse(ost_reading *in, ost_error *error)
{
    for (size_t i = 0; i < in->part_count && !in->failed; i++) {
        ost_error local = {.code = OST_OK};
        ost_status code = parse_part(in, i, &local);
        if (code == OST_OK) {
            continue;
        }
        if (in->part_count == 1 || code == OST_E_MEMORY || code == OST_E_INTERNAL) {
            if (error != NULL) {
                *error = local;
            }
            return code;
        }
        in->incomplete = true;
        ost_reading_note(in, OST_LEVEL_ERROR, ost_str_of(local.source), UINT32_MAX,
                         "line %u, column %u is not read: %s", (unsigned)local.line,
                         (unsigned)local.column, local.message);
        if (!in->failed) {
            in->notes[in->note_count - 1].message.line = local.line;
        }
    }
    return in->failed ? ost_err_memory(error, in->arena) : OST_OK;
}

/* Resources that the caller wants to read otherwise: their new text is one more document of the
 * tree. */
static ost_status rewrite_found(ost_reading *in, ost_error *error)
{
    for (size_t i = 0; in->options->rewrite != NULL && i < in->found_count; i++) {
        ost_found *found = &in->found[i];
        ost_buf text = ost_buf_init(in->arena);
        if (!in->options->rewrite(in->options->rewrite_data, in->tree, found->node, &text)) {
            continue;
        }
        ost_str replacement = ost_buf_str(&text);
        uint32_t root = 0;
        if (replacement.ptr == NULL) {
            return ost_err_memory(error, in->arena);
        }
        ost_status code = ost_json_parse(in->tree, replacement, &root, error);
        if (code != OST_OK) {
            return code;
        }
        found->node = root;
        ost_reading_find_members(in, found);
        ost_reading_codes(in, found);
    }
    return OST_OK;
}

bool ost_reading_copy_resources(ost_reading *in, ost_record *record)
{
    ost_resource *resources = ost_arena_array_raw(in->arena, in->found_count, sizeof *resources);
    if (resources == NULL) {
        return false;
    }
    for (size_t i = 0; i < in->found_count; i++) {
        const ost_found *f = &in->found[i];
        resources[i] = (ost_resource){f->node, f->type, f->id, f->full_url, f->date, f->counts};
    }
    record->resources = resources;
    record->resource_count = in->found_count;
    record->patient = (uint32_t)in->patient;
    if (in->part_count == 1) {
        record->document_end = record->tree.nodes[1].end;
        record->document_line = in->parts[0].line;
    }
    return true;
}

ost_status ost_record_from_parts(ost_record *record, ost_reading *in, ost_error *error)
{
    ost_status code = ost_reading_want_dates(in, error);
    code = code == OST_OK ? ost_reading_want_codes(in, error) : code;
    code = code == OST_OK ? ost_reading_parse(in, error) : code;
    code = code == OST_OK ? rewrite_found(in, error) : code;
    if (code != OST_OK) {
        return code;
    }
    ost_reading_sort(in);
    if (in->failed) {
        return ost_err_memory(error, in->arena);
    }
    code = ost_reading_choose_patient(in, error);
    if (code != OST_OK) {
        return code;
    }
    ost_reading_select(in);
    ost_reading_check(in);
    if (in->failed || !ost_reading_copy_resources(in, record) ||
        !ost_record_build_index(record, in)) {
        return ost_err_memory(error, in->arena);
    }
    record->incomplete = in->incomplete;
    record->messages = ost_reading_messages(in);
    record->message_count = in->note_count;
    return in->failed ? ost_err_memory(error, in->arena) : OST_OK;
}

ost_status ost_record_read(const ost_model *model, ost_str text, const ost_read_options *options,
                           ost_record **out, ost_error *error)
{
    ost_reading in;
    ost_record *record = NULL;
    ost_status code = ost_record_new(model, options, &record, &in, error);
    if (code != OST_OK) {
        return code;
    }
    ost_sha256 hash = ost_sha256_init();
    ost_sha256_add(&hash, text);
    ost_sha256_hex(&hash, record->input_hash);
    bool is_case = ost_text_is_case(text);
    if (is_case) {
        code = ost_case_to_fhir(record->arena, options->case_words, text, &text, error);
        if (code != OST_OK && error != NULL) {
            ost_str table = ost_str_of(error->source);
            ost_err_place(error, table.len > 0 ? table : options->source_name, error->line,
                          error->column, error->offset);
        }
    }
    if (code == OST_OK) {
        ost_reading_add_text(&in, text, (ost_str){NULL, 0});
        /* A case file was made into a text of its own. */
        in.kept = options->text_is_kept && in.part_count == 1 && !is_case;
        code = in.failed ? ost_err_memory(error, record->arena)
                         : ost_record_from_parts(record, &in, error);
        record->document_end = is_case ? 0 : record->document_end;
    }
    if (code != OST_OK) {
        ost_record_free(record);
        return code;
    }
    *out = record;
    return OST_OK;
}
