/* Opens the content: files -> model, units, value sets, words, CQL program, facts, plans.
 *
 * The order is that of the dependencies. Every problem names its file, and the line where there
 * is one; the first is returned and the number of the others is the hint. After ost_content_open
 * nothing changes any more, so threads share a content. */
#include "guide/content.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct loader {
    ost_content *content;
    ost_diagnostics diagnostics;
    ost_error *error;
} loader;

static bool in_folder(ost_str path, const char *folder, const char *ending)
{
    return ost_str_starts(path, ost_str_of(folder)) && ost_str_ends(path, ost_str_of(ending));
}

static ost_status missing_file(const loader *l, const char *path)
{
    return ost_err_set(l->error, OST_E_NOT_FOUND, "the content has no file %s", path);
}

static ost_status place_in(const loader *l, ost_status status, const char *path)
{
    if (status != OST_OK && l->error && l->error->source[0] == '\0') {
        ost_err_place(l->error, ost_str_of(path), l->error->line, l->error->column,
                      l->error->offset);
    }
    return status;
}

static ost_status load_model(loader *l)
{
    static const char model[] = "model/fhir-4.0.1.csv", units[] = "model/ucum.csv";
    ost_content *c = l->content;
    ost_str model_text = ost_files_get(&c->files, model),
            unit_text = ost_files_get(&c->files, units);
    if (!model_text.ptr || !unit_text.ptr) {
        return missing_file(l, model_text.ptr ? units : model);
    }
    ost_status status = ost_model_load(c->arena, model_text, &c->model, l->error);
    if (status != OST_OK) {
        return place_in(l, status, model);
    }
    c->clinical_dates = ost_files_get(&c->files, "model/clinical-dates.csv");
    c->case_words = ost_files_get(&c->files, "model/case-words.csv");
    return place_in(l, ost_ucum_load(c->arena, unit_text, &c->ucum, l->error), units);
}

static ost_status load_valuesets(loader *l)
{
    ost_content *c = l->content;
    ost_status status = OST_OK;
    c->term = ost_term_new(c->arena);
    ost_tree *tree = ost_arena_alloc(c->arena, sizeof *tree);
    if (!c->term || !tree) {
        return ost_err_memory(l->error, c->arena);
    }
    *tree = ost_tree_init(c->arena, c->model);
    for (size_t i = 0; status == OST_OK && i < c->files.count; i++) {
        const ost_content_file *file = &c->files.items[i];
        uint32_t root = 0;
        if (!in_folder(file->path, "valueset/", ".json")) {
            continue;
        }
        status = ost_json_parse(tree, file->text, &root, l->error);
        if (status == OST_OK) {
            status = ost_term_add(c->term, tree, root, l->error);
        }
        place_in(l, status, file->path.ptr);
    }
    return status == OST_OK ? ost_term_done(c->term, l->error) : status;
}

static ost_status load_drugs(loader *l)
{
    static const char path[] = "valueset/drugs.csv";
    ost_content *c = l->content;
    ost_str text = ost_files_get(&c->files, path);
    return text.ptr ? place_in(l, ost_drugs_load(c->arena, text, &c->drugs, l->error), path)
                    : OST_OK;
}

static ost_status load_words(loader *l)
{
    ost_content *c = l->content;
    ost_status status = OST_OK;
    c->words = ost_words_init(c->arena);
    for (size_t i = 0; status == OST_OK && i < c->files.count; i++) {
        const ost_content_file *file = &c->files.items[i];
        if (in_folder(file->path, "words/en", ".csv")) {
            status = ost_words_add(&c->words, file->path, file->text, false, l->error);
        }
    }
    return status;
}

static bool is_library(ost_str path)
{
    return in_folder(path, "facts/", ".cql") || in_folder(path, "score/", ".cql") ||
           in_folder(path, "guideline/", ".cql");
}

/* The first diagnostic as the error, the number of the others as its hint. */
static ost_status first_diagnostic(const loader *l)
{
    const ost_diagnostics *d = &l->diagnostics;
    if (d->count == 0) {
        return ost_err_memory(l->error, l->content->arena);
    }
    if (l->error) {
        *l->error = d->items[0];
        if (d->count > 1) {
            ost_err_hint(l->error, "%zu more problems in the content", d->count - 1);
        }
    }
    return d->items[0].code;
}

static ost_status load_program(loader *l)
{
    ost_content *c = l->content;
    c->program = ost_program_new(c->arena, c->model, c->ucum, c->term);
    if (!c->program) {
        return ost_err_memory(l->error, c->arena);
    }
    for (size_t i = 0; i < c->files.count; i++) {
        const ost_content_file *file = &c->files.items[i];
        if (is_library(file->path) &&
            ost_program_add(c->program, file->path, file->text) != OST_OK) {
            return ost_err_memory(l->error, c->arena);
        }
    }
    ost_status status = ost_program_done(c->program, &l->diagnostics);
    return status == OST_OK ? OST_OK : first_diagnostic(l);
}

static ost_status load_site(loader *l, const char *site_dir)
{
    static const char policy[] = "site/policy.csv";
    ost_content *c = l->content;
    ost_str text = ost_files_get(&c->files, policy);
    ost_files site;
    if (text.ptr) {
        ost_status status = ost_site_read(c->arena, OST_STR(policy), text, &c->site, l->error);
        if (status != OST_OK) {
            return status;
        }
    }
    if (!site_dir) {
        return OST_OK;
    }
    ost_status status = ost_files_folder(c->arena, site_dir, &site, l->error);
    for (size_t i = 0; status == OST_OK && i < site.count; i++) {
        const ost_content_file *file = &site.items[i];
        if (ost_str_is(file->path, "policy.csv")) {
            status = ost_site_read(c->arena, file->path, file->text, &c->site, l->error);
        } else if (ost_str_is(file->path, "words.csv")) {
            status = ost_words_add(&c->words, file->path, file->text, true, l->error);
        } else {
            status = ost_err_set(l->error, OST_E_UNSUPPORTED,
                                 "a site folder has policy.csv and words.csv only");
            ost_err_place(l->error, file->path, 0, 0, 0);
        }
    }
    ost_buf name = ost_buf_init(c->arena);
    ost_buf_printf(&name, "%.*s sha256:%s", OST_STR_ARG(c->site.name), site.hash);
    c->site.name = ost_buf_str(&name);
    return status;
}

static ost_status load_plan(loader *l, ost_tree *tree, const ost_content_file *file, ost_plan *plan)
{
    ost_content *c = l->content;
    uint32_t root = 0;
    ost_status status = ost_json_parse(tree, file->text, &root, l->error);
    if (status != OST_OK) {
        return place_in(l, status, file->path.ptr);
    }
    status = ost_plan_read(c->arena, tree, root, file->path, c->program, &c->words, &c->fact_ids,
                           plan, &l->diagnostics);
    return status == OST_OK ? OST_OK : first_diagnostic(l);
}

static ost_status load_plans(loader *l)
{
    ost_content *c = l->content;
    ost_tree *tree = ost_arena_alloc(c->arena, sizeof *tree);
    ost_plan *plans = ost_arena_array(c->arena, c->files.count + 1, sizeof *plans);
    if (!tree || !plans) {
        return ost_err_memory(l->error, c->arena);
    }
    *tree = ost_tree_init(c->arena, c->model);
    for (size_t i = 0; i < c->files.count; i++) {
        const ost_content_file *file = &c->files.items[i];
        if (in_folder(file->path, "guideline/", "/plan.json")) {
            ost_status status = load_plan(l, tree, file, &plans[c->plan_count]);
            if (status != OST_OK) {
                return status;
            }
            c->plan_count++;
        }
    }
    c->plans = plans;
    return OST_OK;
}

/* Option ids are used as keys everywhere: two topics can't have the same. */
static ost_status check_ids(loader *l)
{
    const ost_content *c = l->content;
    ost_map ids = ost_map_init(c->arena);
    for (size_t p = 0; p < c->plan_count; p++) {
        const ost_plan *plan = &c->plans[p];
        for (size_t i = 0; i < plan->count; i++) {
            ost_str id = plan->options[i].id;
            if (ost_map_get(&ids, id) != OST_MAP_NONE) {
                ost_status status =
                    ost_err_set(l->error, OST_E_DATA, "a second option \"%.*s\"", OST_STR_ARG(id));
                ost_err_place(l->error, plan->file, 0, 0, 0);
                return status;
            }
            if (!ost_map_put(&ids, id, (uint32_t)i)) {
                return ost_err_memory(l->error, c->arena);
            }
        }
    }
    return OST_OK;
}

static ost_status load_facts(loader *l)
{
    static const char path[] = "facts/facts.csv";
    ost_content *c = l->content;
    ost_str text = ost_files_get(&c->files, path);
    if (!text.ptr) {
        return missing_file(l, path);
    }
    return ost_facts_read(c, text, &l->diagnostics) == OST_OK ? OST_OK : first_diagnostic(l);
}

/* Scores and lesions are optional: a content without them has none. */
static ost_status load_scores(loader *l)
{
    ost_content *c = l->content;
    ost_str text = ost_files_get(&c->files, "score/scores.csv");
    ost_status status =
        ost_scores_read(c->arena, c->program, text, &c->scores, &c->score_count, &l->diagnostics);
    c->lesions = ost_program_find(c->program, OST_STR("Lesion"), OST_STR("Lesions"));
    c->current_lesion = ost_program_find(c->program, OST_STR("Lesion"), OST_STR("Current lesion"));
    c->read_whole = ost_program_find(c->program, OST_STR("Drugs"), OST_STR("Input was read whole"));
    c->current_drugs = ost_program_find(c->program, OST_STR("Drugs"), OST_STR("Current drugs"));
    if (c->current_lesion == OST_DEFINE_NONE) {
        c->lesions = OST_DEFINE_NONE;
    }
    ost_str places = ost_files_get(&c->files, "model/skeleton-places.csv");
    if (status == OST_OK && places.len > 0) {
        return ost_csv_read(c->arena, OST_STR("model/skeleton-places.csv"), places, &c->places,
                            l->error);
    }
    return status == OST_OK ? OST_OK : first_diagnostic(l);
}

static ost_status load_all(loader *l, const ost_content_options *options)
{
    ost_content *c = l->content;
    ost_status status = options->content_dir
                            ? ost_files_folder(c->arena, options->content_dir, &c->files, l->error)
                            : ost_files_embedded(c->arena, &c->files, l->error);
    ost_status (*const steps[])(loader *) = {load_model, load_valuesets, load_drugs, load_words,
                                             load_program};
    for (size_t i = 0; status == OST_OK && i < OST_ARRAY_LEN(steps); i++) {
        status = steps[i](l);
    }
    status = status == OST_OK ? load_site(l, options->site_dir) : status;
    status = status == OST_OK ? load_facts(l) : status;
    status = status == OST_OK ? load_scores(l) : status;
    status = status == OST_OK ? load_plans(l) : status;
    return status == OST_OK ? check_ids(l) : status;
}

ost_status ost_content_open(const ost_content_options *options, ost_content **out, ost_error *error)
{
    static const ost_content_options defaults = OST_CONTENT_OPTIONS_INIT;
    ost_arena *arena = ost_arena_new(0);
    ost_content *content = arena ? ost_arena_alloc(arena, sizeof *content) : NULL;
    if (!content) {
        ost_arena_free(arena);
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    content->arena = arena;
    content->site = (ost_site){.name = OST_STR("default")};
    ost_error local = {0};
    loader l = {
        .content = content, .diagnostics = {.arena = arena}, .error = error ? error : &local};
    *l.error = local;
    ost_status status = load_all(&l, options ? options : &defaults);
    if (status != OST_OK) {
        ost_content_free(content);
        return status;
    }
    snprintf(content->version, sizeof content->version, "sha256:%s", content->files.hash);
    *out = content;
    return OST_OK;
}

void ost_content_free(ost_content *content)
{
    if (content) {
        ost_arena_free(content->arena);
    }
}

const char *ost_content_version(const ost_content *content)
{
    return content->version;
}

const char *ost_version(void)
{
    return "0.1.0";
}

const ost_fact_def *ost_content_fact(const ost_content *content, ost_str id)
{
    uint32_t index = ost_map_get(&content->fact_ids, id);
    return index == OST_MAP_NONE ? NULL : &content->facts[index];
}

uint32_t ost_content_fact_of(const ost_content *content, uint32_t define)
{
    return define == OST_DEFINE_NONE ? UINT32_MAX : content->fact_of[define];
}

bool ost_content_option(const ost_content *content, ost_str id, const ost_plan **plan,
                        const ost_plan_option **option)
{
    for (size_t p = 0; p < content->plan_count; p++) {
        for (size_t i = 0; i < content->plans[p].count; i++) {
            const ost_plan_option *o = &content->plans[p].options[i];
            if (!o->flag && ost_str_equal(o->id, id)) {
                *plan = &content->plans[p];
                *option = o;
                return true;
            }
        }
    }
    return false;
}
