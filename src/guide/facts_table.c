/* Reads content/facts/facts.csv into ost_fact_def.
 *
 * Each line is checked whole: the type, the unit against UCUM, the domain against the type,
 * `open` or `closed: reason`, the numbers, and that the definition exists. The companion
 * definition with the reading of a dated measurement is found by its name, "<Define name>
 * reading" (docs/design/content.md). */
#include "guide/content.h"

typedef struct table {
    ost_content *content;
    ost_csv csv;
    size_t column[11];
    ost_diagnostics *diagnostics;
} table;

enum {
    C_ID,
    C_DEFINE,
    C_TYPE,
    C_UNIT,
    C_DOMAIN,
    C_ABSENCE,
    C_CHANGE,
    C_AGE,
    C_LOW,
    C_HIGH,
    C_LABELS
};

static const char *const columns[] = {
    "id",         "define",       "type",          "unit",           "domain", "absence",
    "changeable", "max_age_days", "plausible_low", "plausible_high", "labels"};
static const char file[] = "facts/facts.csv";

static const struct {
    const char *name;
    ost_fact_type type;
} types[] = {
    {"boolean", OST_FACT_BOOLEAN}, {"quantity", OST_FACT_QUANTITY}, {"integer", OST_FACT_INTEGER},
    {"decimal", OST_FACT_DECIMAL}, {"code", OST_FACT_CODE},         {"date", OST_FACT_DATE},
    {"string", OST_FACT_STRING},   {"list", OST_FACT_LIST},
};

static void complain(const table *t, uint32_t line, const char *what, ost_str value)
{
    ost_ast at = {.line = line, .column = 1};
    ost_diagnostics_add(t->diagnostics, OST_E_DATA, OST_STR(file), &at, "%s: \"%.*s\"", what,
                        OST_STR_ARG(value));
}

static bool number(ost_str text, ost_decimal *out)
{
    return ost_decimal_parse(ost_str_trim(text), false, false, out);
}

static void read_type(const table *t, ost_fact_def *fact, ost_str word)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(types); i++) {
        if (ost_str_is(word, types[i].name)) {
            fact->type = types[i].type;
            return;
        }
    }
    complain(t, fact->line, "unknown type", word);
}

static bool is_numeric(ost_fact_type type)
{
    return type == OST_FACT_QUANTITY || type == OST_FACT_INTEGER || type == OST_FACT_DECIMAL;
}

static void read_domain(const table *t, ost_fact_def *fact, ost_str domain)
{
    size_t dots = ost_str_find(domain, OST_STR(".."), 0);
    if (domain.len == 0) {
        return;
    }
    if (!is_numeric(fact->type)) {
        fact->domain = ost_csv_split(t->content->arena, domain, '|');
        return;
    }
    if (dots == SIZE_MAX || !number(ost_str_sub(domain, 0, dots), &fact->low) ||
        !number(ost_str_sub(domain, dots + 2, domain.len - dots - 2), &fact->high) ||
        ost_decimal_compare(fact->low, fact->high) >= 0) {
        complain(t, fact->line, "the domain of a number is low..high", domain);
        return;
    }
    fact->has_range = true;
}

static void read_absence(const table *t, ost_fact_def *fact, ost_str text)
{
    ost_str prefix = OST_STR("closed:");
    fact->absence = text;
    fact->closed = ost_str_starts(text, prefix);
    bool reason = fact->closed && ost_str_trim(ost_str_sub(text, prefix.len, text.len)).len > 0;
    if (!reason && !ost_str_is(text, "open")) {
        complain(t, fact->line, "absence is \"open\" or \"closed: reason\"", text);
    }
}

static void read_limit(const table *t, const ost_fact_def *fact, ost_str text, bool *has,
                       ost_decimal *out)
{
    *has = text.len > 0 && number(text, out);
    if (text.len > 0 && !*has) {
        complain(t, fact->line, "not a number", text);
    }
}

static void read_age(const table *t, ost_fact_def *fact, ost_str text)
{
    ost_decimal days;
    if (ost_str_is(text, "site")) {
        fact->max_age_days = t->content->site.max_age_days;
    } else if (text.len > 0) {
        bool good = number(text, &days) && days.scale == 0 &&
                    ost_decimal_compare(days, ost_decimal_of_int(0)) > 0 &&
                    ost_decimal_compare(days, ost_decimal_of_int(100000)) < 0;
        fact->max_age_days = good ? (int)ost_decimal_truncate(days) : 0;
        if (!good) {
            complain(t, fact->line, "max_age_days is a whole number of days, or site", text);
        }
    }
}

static void read_unit(const table *t, ost_fact_def *fact, ost_str unit)
{
    fact->unit = unit;
    if ((fact->type == OST_FACT_QUANTITY) != (unit.len > 0)) {
        complain(t, fact->line, "a quantity has a unit, nothing else has", unit);
    } else if (unit.len > 0 && !ost_ucum_valid(t->content->ucum, unit)) {
        complain(t, fact->line, "not a UCUM unit", unit);
    }
}

static void read_labels(const table *t, ost_fact_def *fact, ost_str text)
{
    fact->labels = ost_csv_split(t->content->arena, text, '|');
    for (size_t i = 0; i < fact->labels.count; i++) {
        fact->derived = fact->derived || ost_str_is(fact->labels.items[i], "derived");
        fact->clinician_only =
            fact->clinician_only || ost_str_is(fact->labels.items[i], "clinician only");
        fact->per_lesion = fact->per_lesion || ost_str_is(fact->labels.items[i], "per lesion");
        if (ost_str_starts(fact->labels.items[i], OST_STR("map: "))) {
            fact->map = ost_str_sub(fact->labels.items[i], 5, fact->labels.items[i].len);
        }
        fact->names_lesion =
            fact->names_lesion || ost_str_is(fact->labels.items[i], "names the lesion");
        fact->not_for_dosing =
            fact->not_for_dosing || ost_str_is(fact->labels.items[i], "not for dosing");
    }
}

static void find_defines(const table *t, ost_fact_def *fact)
{
    const ost_program *program = t->content->program;
    ost_str whole = fact->define_name;
    size_t dot = ost_str_find(whole, OST_STR("."), 0);
    ost_str library = ost_str_sub(whole, 0, dot == SIZE_MAX ? 0 : dot);
    ost_str name = dot == SIZE_MAX ? whole : ost_str_sub(whole, dot + 1, whole.len - dot - 1);
    ost_buf reading = ost_buf_init(t->content->arena);
    ost_buf_add(&reading, name);
    ost_buf_text(&reading, " reading");
    fact->define = ost_program_find(program, library, name);
    fact->reading = ost_program_find(program, library, ost_buf_str(&reading));
    if (fact->define == OST_DEFINE_NONE) {
        complain(t, fact->line, "there is no definition", whole);
    }
}

static ost_str field(const table *t, const ost_csv_row *row, int column)
{
    return ost_str_trim(row->fields[t->column[column]]);
}

static ost_status read_row(const table *t, const ost_csv_row *row, size_t index, ost_fact_def *fact)
{
    ost_content *content = t->content;
    *fact = (ost_fact_def){
        .line = row->line, .id = field(t, row, C_ID), .define_name = field(t, row, C_DEFINE)};
    read_type(t, fact, field(t, row, C_TYPE));
    read_unit(t, fact, field(t, row, C_UNIT));
    read_domain(t, fact, field(t, row, C_DOMAIN));
    read_absence(t, fact, field(t, row, C_ABSENCE));
    read_age(t, fact, field(t, row, C_AGE));
    read_limit(t, fact, field(t, row, C_LOW), &fact->has_plausible_low, &fact->plausible_low);
    read_limit(t, fact, field(t, row, C_HIGH), &fact->has_plausible_high, &fact->plausible_high);
    read_labels(t, fact, field(t, row, C_LABELS));
    find_defines(t, fact);
    ost_str changeable = field(t, row, C_CHANGE);
    fact->changeable = ost_str_is(changeable, "yes");
    if (!fact->changeable && !ost_str_is(changeable, "no")) {
        complain(t, fact->line, "changeable is yes or no", changeable);
    }
    if (ost_map_get(&content->fact_ids, fact->id) != OST_MAP_NONE) {
        complain(t, fact->line, "a second fact", fact->id);
    }
    if (fact->define != OST_DEFINE_NONE) {
        content->fact_of[fact->define] = (uint32_t)index;
    }
    return ost_map_put(&content->fact_ids, fact->id, (uint32_t)index) ? OST_OK : OST_E_MEMORY;
}

ost_status ost_facts_read(ost_content *content, ost_str csv, ost_diagnostics *diagnostics)
{
    ost_error error = {0};
    table t = {.content = content, .diagnostics = diagnostics};
    size_t before = diagnostics->count, defines = ost_program_define_count(content->program);
    if (ost_csv_read(content->arena, OST_STR(file), csv, &t.csv, &error) != OST_OK) {
        complain(&t, error.line, error.message, (ost_str){0});
        return error.code;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(columns); i++) {
        t.column[i] = ost_csv_column(&t.csv, columns[i]);
        if (t.column[i] == SIZE_MAX) {
            complain(&t, 1, "the table has no column", ost_str_of(columns[i]));
            return OST_E_DATA;
        }
    }
    ost_fact_def *facts = ost_arena_array(content->arena, t.csv.row_count, sizeof *facts);
    content->fact_of = ost_arena_array(content->arena, defines, sizeof *content->fact_of);
    content->fact_ids = ost_map_init(content->arena);
    if (!facts || !content->fact_of) {
        return OST_E_MEMORY;
    }
    memset(content->fact_of, 0xFF, defines * sizeof *content->fact_of);
    for (size_t i = 0; i < t.csv.row_count; i++) {
        if (read_row(&t, &t.csv.rows[i], i, &facts[i]) != OST_OK) {
            return OST_E_MEMORY;
        }
    }
    content->facts = facts;
    content->fact_count = t.csv.row_count;
    return diagnostics->count > before ? OST_E_DATA : OST_OK;
}
