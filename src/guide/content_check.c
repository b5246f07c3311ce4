/* osteon content check, --coverage, --drafts.
 *
 * What needs the whole content at once and is not found when it is opened: libraries of
 * guideline/ and score/ only combine facts (no retrieve), every construct that can turn unknown
 * into false has a "// unknown:" comment on its line or the one before, units are UCUM, words
 * exist for both audiences, options have rows that coverage.csv ships. Each finding is
 * "file:line: what". Plans, facts and definitions are already checked by ost_content_open. */
#include "guide/content.h"
#include "guide/give.h"

typedef struct checker {
    const ost_content *content;
    ost_arena *arena;
    ost_buf out;
    size_t findings;
    const ost_library *library;
    ost_csv coverage;
    size_t row_at, status_at, reason_at, library_at;
} checker;

static void finding(checker *c, ost_str file, uint32_t line, const char *what, ost_str value)
{
    c->findings++;
    ost_buf_add(&c->out, file);
    if (line > 0) {
        ost_buf_printf(&c->out, ":%u", line);
    }
    ost_buf_printf(&c->out, ": %s", what);
    if (value.len > 0) {
        ost_buf_printf(&c->out, " \"%.*s\"", OST_STR_ARG(value));
    }
    ost_buf_char(&c->out, '\n');
}

static ost_str line_of(ost_str source, uint32_t number)
{
    ost_str line = {0};
    for (uint32_t i = 1; ost_str_next(&source, '\n', &line); i++) {
        if (i == number) {
            return line;
        }
    }
    return (ost_str){0};
}

/* "// unknown:" on the line or in the comment lines directly above it. */
static bool explained(ost_str source, uint32_t line)
{
    ost_str mark = OST_STR("// unknown:");
    if (ost_str_find(line_of(source, line), mark, 0) != SIZE_MAX) {
        return true;
    }
    for (uint32_t above = line - 1; line > 1 && above > 0; above--) {
        ost_str text = ost_str_trim(line_of(source, above));
        if (ost_str_starts(text, mark)) {
            return true;
        }
        if (!ost_str_starts(text, OST_STR("//"))) {
            return false;
        }
    }
    return false;
}

/* Name of a construct that can turn unknown into false; NULL for the others. */
static const char *hides_unknown(const ost_ast *node)
{
    static const char *const operators[] = {"Exists", "Coalesce", "Equivalent", "NotEquivalent",
                                            "IsNull", "IsTrue",   "IsFalse"};
    if (node->kind == OST_AST_WHERE) {
        return "where";
    }
    if (node->kind == OST_AST_IF) {
        return "if";
    }
    if (node->kind == OST_AST_CASE) {
        return "case";
    }
    bool named = node->kind == OST_AST_OP || node->kind == OST_AST_INVOKE;
    for (size_t i = 0; named && i < OST_ARRAY_LEN(operators); i++) {
        if (ost_str_is(node->text, operators[i])) {
            return operators[i];
        }
    }
    return NULL;
}

static void check_unit(checker *c, const ost_ast *node)
{
    bool calendar = ost_time_unit_of(node->unit, false) != OST_UNIT_NONE;
    if (node->kind == OST_AST_QUANTITY && node->unit.len > 0 && !calendar &&
        !ost_ucum_valid(c->content->ucum, node->unit)) {
        finding(c, c->library->source_name, node->line, "not a UCUM unit", node->unit);
    }
}

static void check_node(checker *c, const ost_ast *node, bool combines, int depth)
{
    if (!node || depth > OST_CQL_MAX_DEPTH) {
        return;
    }
    const char *hiding = combines ? hides_unknown(node) : NULL;
    if (combines && node->kind == OST_AST_RETRIEVE) {
        finding(c, c->library->source_name, node->line, "a retrieve outside facts/", (ost_str){0});
    }
    if (hiding && !explained(c->library->source, node->line)) {
        finding(c, c->library->source_name, node->line,
                "no \"// unknown:\" comment says what null does in", ost_str_of(hiding));
    }
    check_unit(c, node);
    for (size_t i = 0; i < node->count; i++) {
        check_node(c, node->kids[i], combines, depth + 1);
    }
}

static void check_libraries(checker *c)
{
    for (size_t i = 0; i < c->content->files.count; i++) {
        const ost_content_file *file = &c->content->files.items[i];
        ost_diagnostics diagnostics = {.arena = c->arena};
        if (!ost_str_ends(file->path, OST_STR(".cql"))) {
            continue;
        }
        c->library = ost_cql_parse(c->arena, file->path, file->text, &diagnostics);
        bool combines = !ost_str_starts(file->path, OST_STR("facts/"));
        for (size_t k = 0; c->library && k < c->library->count; k++) {
            check_node(c, c->library->declarations[k], combines, 0);
        }
    }
}

static bool has_label(const ost_fact_def *fact, const char *label)
{
    for (size_t i = 0; i < fact->labels.count; i++) {
        if (ost_str_is(fact->labels.items[i], label)) {
            return true;
        }
    }
    return false;
}

static void check_facts(checker *c)
{
    for (size_t i = 0; i < c->content->fact_count; i++) {
        const ost_fact_def *fact = &c->content->facts[i];
        ost_buf key = ost_buf_init(c->arena);
        ost_buf_printf(&key, "fact.%.*s", OST_STR_ARG(fact->id));
        ost_str name = ost_buf_str(&key);
        if (!ost_words_has(&c->content->words, name, OST_FOR_CLINICIAN)) {
            finding(c, OST_STR("facts/facts.csv"), fact->line, "no words for clinicians:", name);
        }
        if (!has_label(fact, "clinician only") &&
            !ost_words_has(&c->content->words, name, OST_FOR_PATIENT)) {
            finding(c, OST_STR("facts/facts.csv"), fact->line, "no words for patients:", name);
        }
    }
}

static ost_str coverage_status(const checker *c, ost_str row)
{
    for (size_t i = 0; i < c->coverage.row_count; i++) {
        if (ost_str_equal(c->coverage.rows[i].fields[c->row_at], row)) {
            return c->coverage.rows[i].fields[c->status_at];
        }
    }
    return (ost_str){0};
}

static void check_option_rows(checker *c, const ost_plan *plan, const ost_plan_option *option)
{
    if (option->rows.count == 0) {
        finding(c, plan->file, 0, "no row of the compendium for", option->id);
    }
    for (size_t i = 0; i < option->rows.count && c->coverage.columns; i++) {
        ost_str status = coverage_status(c, option->rows.items[i]);
        if (!ost_str_is(status, "shipped")) {
            finding(c, plan->file, 0,
                    status.len > 0 ? "a shipped option rests on a draft row:"
                                   : "coverage.csv has no row",
                    option->rows.items[i]);
        }
    }
}

static void check_plans(checker *c)
{
    for (size_t p = 0; p < c->content->plan_count; p++) {
        const ost_plan *plan = &c->content->plans[p];
        for (size_t i = 0; i < plan->count; i++) {
            check_option_rows(c, plan, &plan->options[i]);
        }
    }
}

static ost_status read_coverage(checker *c, ost_error *error)
{
    static const char path[] = "coverage.csv";
    ost_str text = ost_files_get(&c->content->files, path);
    if (!text.ptr) {
        return OST_OK;
    }
    ost_status status = ost_csv_read(c->arena, OST_STR(path), text, &c->coverage, error);
    if (status != OST_OK) {
        return status;
    }
    c->row_at = ost_csv_column(&c->coverage, "row");
    c->status_at = ost_csv_column(&c->coverage, "status");
    c->reason_at = ost_csv_column(&c->coverage, "reason");
    c->library_at = ost_csv_column(&c->coverage, "library");
    if (c->row_at == SIZE_MAX || c->status_at == SIZE_MAX || c->reason_at == SIZE_MAX ||
        c->library_at == SIZE_MAX) {
        status = ost_err_set(error, OST_E_DATA, "the columns are row, status, reason, library");
        ost_err_place(error, OST_STR(path), 1, 0, 0);
    }
    return status;
}

static void check_coverage(checker *c)
{
    ost_map seen = ost_map_init(c->arena);
    if (!c->coverage.columns) {
        finding(c, OST_STR("coverage.csv"), 0, "the file is missing", (ost_str){0});
    }
    for (size_t i = 0; i < c->coverage.row_count; i++) {
        const ost_csv_row *row = &c->coverage.rows[i];
        ost_str id = row->fields[c->row_at], status = row->fields[c->status_at];
        if (!ost_str_is(status, "shipped") && !ost_str_is(status, "draft")) {
            finding(c, OST_STR("coverage.csv"), row->line, "not shipped or draft:", status);
        }
        if (ost_str_is(status, "draft") && ost_str_trim(row->fields[c->reason_at]).len == 0) {
            finding(c, OST_STR("coverage.csv"), row->line, "a draft without a reason:", id);
        }
        if (ost_map_get(&seen, id) != OST_MAP_NONE) {
            finding(c, OST_STR("coverage.csv"), row->line, "a second line for row", id);
        }
        if (!ost_map_put(&seen, id, (uint32_t)i)) {
            c->out.failed = true;
        }
    }
}

/* A content with drugs and without these would take every list of drugs for complete. */
static void check_drugs(checker *c)
{
    ost_str file = OST_STR("facts/Drugs.cql");
    if (c->content->drugs && c->content->current_drugs == OST_DEFINE_NONE) {
        finding(c, file, 0, "the program needs the definition", OST_STR("Current drugs"));
    }
    if (c->content->drugs && c->content->read_whole == OST_DEFINE_NONE) {
        finding(c, file, 0, "the program needs the definition", OST_STR("Input was read whole"));
    }
}

static void write_check(checker *c)
{
    check_libraries(c);
    check_drugs(c);
    check_facts(c);
    check_plans(c);
    check_coverage(c);
    size_t options = 0, flags = 0;
    for (size_t p = 0; p < c->content->plan_count; p++) {
        for (size_t i = 0; i < c->content->plans[p].count; i++) {
            flags += c->content->plans[p].options[i].flag != NULL;
            options += c->content->plans[p].options[i].flag == NULL;
        }
    }
    ost_buf_printf(
        &c->out,
        "%zu facts, %zu topics, %zu options, %zu red flags, %zu definitions: %zu findings\n",
        c->content->fact_count, c->content->plan_count, options, flags,
        ost_program_define_count(c->content->program), c->findings);
}

/* Rows tab-separated; of --coverage with the totals last. */
static void write_rows(checker *c, bool drafts_only)
{
    size_t shipped = 0, drafts = 0;
    for (size_t i = 0; i < c->coverage.row_count; i++) {
        const ost_str *fields = c->coverage.rows[i].fields;
        bool draft = ost_str_is(fields[c->status_at], "draft");
        drafts += draft;
        shipped += !draft;
        if (!draft && drafts_only) {
            continue;
        }
        ost_buf_printf(&c->out, "%.*s\t%.*s\t%.*s\t%.*s\n", OST_STR_ARG(fields[c->row_at]),
                       OST_STR_ARG(fields[c->status_at]), OST_STR_ARG(fields[c->reason_at]),
                       OST_STR_ARG(fields[c->library_at]));
    }
    if (!drafts_only) {
        ost_buf_printf(&c->out, "total\tshipped\t%zu\t\ntotal\tdraft\t%zu\t\n", shipped, drafts);
    }
}

ost_status ost_content_report(const ost_content *content, const char *what, char **text,
                              size_t *len, size_t *findings, ost_error *error)
{
    ost_arena *arena = ost_arena_new(0);
    if (!arena) {
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    checker c = {.content = content, .arena = arena, .out = ost_buf_init(arena)};
    ost_status status = read_coverage(&c, error);
    if (status == OST_OK && strcmp(what, "check") == 0) {
        write_check(&c);
    } else if (status == OST_OK && (strcmp(what, "coverage") == 0 || strcmp(what, "drafts") == 0)) {
        write_rows(&c, strcmp(what, "drafts") == 0);
    } else if (status == OST_OK) {
        status = ost_err_set(error, OST_E_NOT_FOUND, "no such report: \"%s\"", what);
    }
    if (status == OST_OK) {
        *findings = c.findings;
        status = c.out.len > 0 ? ost_text_give(ost_buf_str(&c.out), text, len, error)
                               : ost_text_give(OST_STR(""), text, len, error);
    }
    ost_arena_free(arena);
    return status;
}
