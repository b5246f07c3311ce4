/* ost_assess: one patient, one date, one audience -> an Assessment.
 *
 *     read the record as of the date -> facts -> options, red flags -> missing -> messages
 *
 * No clock is read and no order comes from a hash, so the same input gives the same bytes. The
 * record lives as long as the assessment's arena, because names of resources are borrowed from
 * it; the evaluation ends before. */
#include "guide/drugs.h"
#include "guide/lesions.h"
#include "guide/patients.h"
#include "guide/validate.h"

static void free_record(void *record)
{
    ost_record_free(record);
}

ost_status ost_read_as_of(ost_str text, int offset_min, ost_when *out, ost_error *error)
{
    ost_when when;
    bool date = ost_when_parse(text, OST_DATE, &when) && when.precision == OST_UNIT_DAY;
    if (!date && !(ost_when_parse(text, OST_DATETIME, &when) && when.precision >= OST_UNIT_DAY)) {
        ost_status status =
            ost_err_set(error, OST_E_SYNTAX, "not a date or dateTime: \"%.*s\"", OST_STR_ARG(text));
        ost_err_place(error, OST_STR("--as-of"), 0, 0, 0);
        ost_err_hint(error, "write 2026-11-24 or 2026-11-24T10:00:00+01:00");
        return status;
    }
    when = ost_when_high(when, OST_DATETIME);
    if (!when.has_offset) {
        when.has_offset = true;
        when.offset_min = (int16_t)offset_min;
    }
    *out = ost_when_at_offset(when, offset_min, offset_min);
    return OST_OK;
}

static ost_status read_audience(const ost_assess_options *options, ost_audience *out,
                                ost_error *error)
{
    *out = OST_FOR_CLINICIAN;
    for (int i = 0; options->audience && i < OST_AUDIENCE_COUNT; i++) {
        if (strcmp(options->audience, ost_audience_word((ost_audience)i)) == 0) {
            *out = (ost_audience)i;
            return OST_OK;
        }
    }
    if (!options->audience) {
        return OST_OK;
    }
    ost_status status =
        ost_err_set(error, OST_E_NOT_FOUND, "no such audience: \"%s\"", options->audience);
    ost_err_place(error, OST_STR("--for"), 0, 0, 0);
    ost_err_hint(error, "clinician, patient or family");
    return status;
}

ost_eval *ost_run_new_eval(const ost_run *run)
{
    ost_eval_options options = {
        .size = sizeof options, .now = run->as_of, .offset_min = run->offset_min, .trace = true};
    ost_eval *eval = ost_eval_new(run->content->program, run->record, &options);
    uint32_t whole = run->content->read_whole;
    bool told = !eval || !run->record->incomplete || whole == OST_DEFINE_NONE ||
                ost_eval_override(eval, whole, ost_boolean(false)) == OST_OK;
    if (!told) {
        ost_eval_free(eval);
    }
    return told ? eval : NULL;
}

static ost_status make_eval(ost_run *run)
{
    const ost_content *content = run->content;
    size_t defines = ost_program_define_count(content->program);
    run->facts = ost_arena_array(run->arena, content->fact_count, sizeof *run->facts);
    run->overridden = ost_arena_array(run->arena, content->fact_count, sizeof *run->overridden);
    run->base = ost_arena_array(run->arena, content->fact_count, sizeof *run->base);
    run->reported = ost_arena_array(run->arena, defines, sizeof *run->reported);
    run->visited = ost_arena_array(run->arena, defines, sizeof *run->visited);
    run->eval = ost_run_new_eval(run);
    bool good =
        run->facts && run->overridden && run->base && run->reported && run->visited && run->eval;
    return good ? OST_OK : ost_err_memory(run->error, run->arena);
}

ost_status ost_run_open(const ost_content *content, const ost_patients *patients, size_t index,
                        const ost_assess_options *options, ost_arena *arena, ost_run *run,
                        ost_error *error)
{
    ost_record *record;
    *run = (ost_run){.content = content, .arena = arena, .error = error};
    run->offset_min = options->offset_min != 0 ? options->offset_min : content->site.offset_min;
    ost_status status =
        ost_read_as_of(ost_str_of(options->as_of), run->offset_min, &run->as_of, error);
    status = status == OST_OK ? read_audience(options, &run->audience, error) : status;
    if (status != OST_OK) {
        return status;
    }
    ost_text_builder by_name = {0};
    ost_read_options read = {.as_of = run->as_of,
                             .offset_min = run->offset_min,
                             .clinical_dates = content->clinical_dates,
                             .case_words = content->case_words,
                             .rewrite = ost_drug_rewrite,
                             .rewrite_data = (void *)(uintptr_t)content};
    status = ost_patients_read(patients, index, &read, &record, error);
    if (status != OST_OK) {
        return status;
    }
    run->record = record;
    if (!ost_arena_on_reset(arena, free_record, record)) {
        ost_record_free(record);
        return ost_err_memory(error, arena);
    }
    status = make_eval(run);
    if (status != OST_OK) {
        return status;
    }
    ost_run_drug_messages(run, &by_name);
    ost_run_facts(run);
    ost_run_drug_labels(run, &by_name);
    ost_run_lesions(run);
    ost_run_problems(run);
    ost_run_code_messages(run);
    ost_run_trace(run, false); /* only facts name their sources */
    return run->status == OST_OK ? OST_OK : ost_err_memory(error, arena);
}

void ost_run_close(ost_run *run)
{
    ost_run_free_lesions(run);
    ost_eval_free(run->eval);
    run->eval = NULL;
}

/* "Anna Berg" from the first name of the Patient; empty when there is none. */
static ost_str patient_name(const ost_run *run)
{
    const ost_tree *tree = &run->record->tree;
    uint32_t node = run->record->resources[run->record->patient].node;
    uint32_t names = ost_tree_get(tree, node, "name");
    uint32_t first = names ? ost_tree_first(tree, names) : 0;
    uint32_t text = first ? ost_tree_get(tree, first, "text") : 0;
    uint32_t given = first ? ost_tree_get(tree, first, "given") : 0;
    uint32_t family = first ? ost_tree_get(tree, first, "family") : 0;
    ost_buf out = ost_buf_init(run->arena);
    if (text) {
        return ost_tree_text(tree, text);
    }
    for (uint32_t n = given ? ost_tree_first(tree, given) : 0; n;
         n = ost_tree_next(tree, given, n)) {
        ost_buf_add(&out, ost_tree_text(tree, n));
        ost_buf_char(&out, ' ');
    }
    if (family) {
        ost_buf_add(&out, ost_tree_text(tree, family));
    }
    return ost_str_trim(ost_buf_str(&out));
}

/* Facts of the woman, then of each lesion, with their texts. */
static void set_facts(ost_run *run, ost_assessment *a)
{
    ost_fact *facts = ost_run_all_facts(run, &a->fact_count);
    a->facts = facts;
    for (size_t i = 0; i < a->fact_count; i++) {
        ost_fact *fact = &facts[i];
        fact->text = ost_fact_text(run->content, run->arena, fact, OST_FOR_CLINICIAN);
        fact->plain_text = ost_fact_text(run->content, run->arena, fact, OST_FOR_PATIENT);
    }
}

/* Messages of the run (drugs first), then those of reading the record. */
static void set_messages(ost_run *run, ost_assessment *a)
{
    a->own_message_count = run->message_count;
    for (size_t i = 0; i < run->record->message_count; i++) {
        const ost_message *m = &run->record->messages[i];
        ost_run_message(run, m->level, m->path, m->text);
    }
    a->messages = run->messages;
    a->message_count = run->message_count;
}

static ost_str text_of(ost_run *run, const char *prefix, const char *text)
{
    ost_buf out = ost_buf_init(run->arena);
    ost_buf_text(&out, prefix);
    ost_buf_text(&out, text);
    return ost_buf_str(&out);
}

void ost_run_assess(ost_run *run, ost_assessment *a)
{
    char when[OST_WHEN_TEXT_MAX];
    size_t length = ost_when_format(run->as_of, OST_DATETIME, when);
    const ost_record *record = run->record;
    a->content = run->content;
    a->as_of = ost_str_copy(run->arena, (ost_str){when, length});
    a->engine_version = ost_str_of(ost_version());
    a->content_version = ost_str_of(run->content->version);
    a->site = run->content->site.name;
    a->input_hash = text_of(run, "sha256:", record->input_hash);
    a->patient_id = record->resources[record->patient].id;
    a->patient_name = patient_name(run);
    a->audience = run->audience;
    set_facts(run, a);
    ost_run_name_lesions(run);
    a->lesions = ost_run_lesion_list(run, &a->lesion_count);
    a->scores = ost_run_scores(run, &a->score_count);
    a->options = ost_run_options(run, &a->option_count);
    a->flags = ost_run_flags(run, &a->flag_count);
    a->missing = ost_run_missing(run, a->options, a->option_count, a->flags, a->flag_count);
    set_messages(run, a);
}

ost_status ost_assess(const ost_content *content, const ost_patients *patients, size_t index,
                      const ost_assess_options *options, ost_assessment **out, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    ost_assessment *assessment = arena ? ost_arena_alloc(arena, sizeof *assessment) : NULL;
    ost_run run;
    if (!assessment) {
        ost_arena_free(arena);
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    assessment->arena = arena;
    ost_status status = ost_run_open(content, patients, index, options, arena, &run, error);
    if (status == OST_OK) {
        ost_run_assess(&run, assessment);
        status = run.status == OST_OK ? OST_OK : ost_err_memory(error, arena);
    }
    ost_run_close(&run);
    if (status != OST_OK) {
        ost_arena_free(arena);
        return status;
    }
    *out = assessment;
    return OST_OK;
}

void ost_assessment_free(ost_assessment *assessment)
{
    if (assessment) {
        ost_arena_free(assessment->arena);
    }
}
