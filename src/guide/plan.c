/* PlanDefinition JSON -> ost_plan.
 *
 * One outer action is the topic, its condition the entry condition; the inner actions are
 * options, or red flags when they carry the extension `flag`. Extensions are read by a table
 * from name to function; an extension that is not in the table is a problem, so that a misspelt
 * safety entry can't vanish. Everything is checked here, once; the rest of src/guide trusts a
 * plan. docs/design/content.md lists the members. */
#include "guide/plan.h"

#include "guide/plan_node.h"

static const char domains[] =
    "systemic|radiotherapy|bone-agent|surgery|palliative|symptom|safety|test|referral";
static const char kinds[] = "start|continue|change|hold|stop|test|refer|advise";
static const char intents[] = "relieve|prevent|stabilise|control|extend-life|comfort";
static const char urgencies[] = "now|days|weeks|routine";
static const char audiences[] = "clinician|all";

typedef struct option_builder {
    ost_plan_option option;
    ost_plan_safety *safety;
    ost_plan_first *first;
    ost_plan_reason *reasons;
    ost_str *resources, *rows;
    size_t safety_capacity, first_capacity, reason_capacity, resource_capacity, row_capacity;
    bool failed;
} option_builder;

typedef void extension_reader(const ost_plan_reader *r, option_builder *b, ost_plan_at at);

/* Appends one text to a growing list. */
static void add_text(const ost_plan_reader *r, option_builder *b, ost_str **items, size_t *capacity,
                     ost_text_list *list, ost_str text)
{
    *items = ost_arena_grow(r->arena, *items, capacity, list->count + 1, sizeof **items);
    if (!*items) {
        b->failed = true;
        return;
    }
    (*items)[list->count++] = text;
    list->items = *items;
}

static ost_str checked_code(const ost_plan_reader *r, ost_plan_at at, const char *words)
{
    ost_str value = ost_plan_extension_value(r, at.node);
    ost_plan_check_code(r, at.path, value, words);
    return value;
}

static void read_domain(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.domain = checked_code(r, at, domains);
}

static void read_kind(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.kind = checked_code(r, at, kinds);
}

static void read_intent(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.intent = checked_code(r, at, intents);
}

static void read_urgency(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.urgency = checked_code(r, at, urgencies);
}

static void read_audience(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.audience = checked_code(r, at, audiences);
}

static void read_strength(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.strength = ost_plan_extension_value(r, at.node);
}

static void read_jurisdiction(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    ost_str more = ost_plan_extension_value(r, at.node);
    ost_buf all = ost_buf_init(r->arena);
    ost_buf_add(&all, b->option.jurisdiction);
    ost_buf_text(&all, b->option.jurisdiction.len > 0 ? "; " : "");
    ost_buf_add(&all, more);
    b->option.jurisdiction = ost_buf_str(&all);
}

static void read_outlook(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.outlook = ost_plan_extension_value(r, at.node);
}

/* A sentence that is missing would take a caution with it. */
static void read_per_lesion(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    static const char *const words[] = {
        "option.lesions",
        "option.dose-differs",
        "option.reason.for-lesion",
        "option.reason.blocked-lesion",
        "option.reason.waiting-lesion",
        "option.reason.open-lesion",
        "option.reason.open-lesion-bare",
        "option.reason.dose-for-lesion",
        "option.reason.no-dose-for-lesion",
        "option.reason.no-dose-for-lesion-bare",
        "flag.suspected-lesion",
        "flag.open-lesion",
        "flag.open-lesion-bare",
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        ost_plan_check_words(r, at.path, ost_str_of(words[i]), true);
    }
    b->option.per_lesion = ost_str_is(ost_plan_extension_value(r, at.node), "true");
}

static void read_row(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    add_text(r, b, &b->rows, &b->row_capacity, &b->option.rows,
             ost_plan_extension_value(r, at.node));
}

static void read_resource(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    add_text(r, b, &b->resources, &b->resource_capacity, &b->option.resources,
             ost_plan_extension_value(r, at.node));
}

static void read_dose(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    b->option.dose = ost_plan_define(r, at.path, ost_plan_extension_value(r, at.node), false);
}

static void read_safety(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    static const char *const parts[] = {"level", "expression", "text", "fact", NULL};
    ost_plan_check_parts(r, at, parts);
    ost_str level = ost_plan_part(r, at, "level");
    ost_plan_safety entry = {
        .block = ost_str_is(level, "block"),
        .define = ost_plan_define(r, at.path, ost_plan_part(r, at, "expression"), true),
        .text = ost_plan_part(r, at, "text"),
        .fact = ost_plan_part(r, at, "fact")};
    ost_plan_check_code(r, at.path, level, "block|caution");
    ost_plan_check_words(r, at.path, entry.text, true);
    ost_plan_check_fact(r, at.path, entry.fact);
    ost_plan_option *o = &b->option;
    b->safety = ost_arena_grow(r->arena, b->safety, &b->safety_capacity, o->safety_count + 1,
                               sizeof *b->safety);
    b->failed = b->failed || !b->safety;
    if (b->safety) {
        b->safety[o->safety_count++] = entry;
    }
    o->safety = b->safety;
}

static void read_first(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    static const char *const parts[] = {"expression", "text", "fact", "required", NULL};
    ost_plan_check_parts(r, at, parts);
    ost_str required = ost_plan_part(r, at, "required");
    ost_plan_first entry = {
        .required = ost_str_is(required, "true"),
        .define = ost_plan_define(r, at.path, ost_plan_part(r, at, "expression"), true),
        .text = ost_plan_part(r, at, "text"),
        .fact = ost_plan_part(r, at, "fact")};
    ost_plan_check_code(r, at.path, required, "true|false");
    ost_plan_check_words(r, at.path, entry.text, true);
    ost_plan_check_fact(r, at.path, entry.fact);
    ost_plan_option *o = &b->option;
    b->first = ost_arena_grow(r->arena, b->first, &b->first_capacity, o->first_count + 1,
                              sizeof *b->first);
    b->failed = b->failed || !b->first;
    if (b->first) {
        b->first[o->first_count++] = entry;
    }
    o->first = b->first;
}

static void read_reason(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    static const char *const parts[] = {"text", "expression", NULL};
    ost_plan_check_parts(r, at, parts);
    ost_str expression = ost_plan_part(r, at, "expression");
    ost_plan_reason entry = {.define = OST_DEFINE_NONE, .text = ost_plan_part(r, at, "text")};
    if (expression.len > 0) {
        entry.define = ost_plan_define(r, at.path, expression, true);
    }
    ost_plan_check_words(r, at.path, entry.text, true);
    ost_plan_option *o = &b->option;
    b->reasons = ost_arena_grow(r->arena, b->reasons, &b->reason_capacity, o->reason_count + 1,
                                sizeof *b->reasons);
    b->failed = b->failed || !b->reasons;
    if (b->reasons) {
        b->reasons[o->reason_count++] = entry;
    }
    o->reasons = b->reasons;
}

static uint32_t optional_define(const ost_plan_reader *r, ost_plan_at at, const char *part)
{
    ost_str name = ost_plan_part(r, at, part);
    return name.len > 0 ? ost_plan_define(r, at.path, name, true) : OST_DEFINE_NONE;
}

static bool whole_number(ost_str text, int *out)
{
    ost_decimal d;
    if (!ost_decimal_parse(text, false, false, &d) || d.scale != 0) {
        return false;
    }
    ost_i128 whole = ost_decimal_truncate(d);
    if (whole < 0 || whole > 100000) {
        return false;
    }
    *out = (int)whole;
    return true;
}

static void read_flag(const ost_plan_reader *r, option_builder *b, ost_plan_at at)
{
    static const char *const parts[] = {"confirmed", "suspected", "within_hours",
                                        "text",      "fact",      NULL};
    ost_plan_flag *flag = ost_arena_alloc(r->arena, sizeof *flag);
    ost_plan_check_parts(r, at, parts);
    if (!flag) {
        b->failed = true;
        return;
    }
    flag->confirmed = optional_define(r, at, "confirmed");
    flag->suspected = optional_define(r, at, "suspected");
    flag->text = ost_plan_parts(r, at, "text");
    flag->facts = ost_plan_parts(r, at, "fact");
    if (flag->confirmed == OST_DEFINE_NONE && flag->suspected == OST_DEFINE_NONE) {
        ost_plan_complain(r, at.path, "a flag needs \"confirmed\" or \"suspected\"");
    }
    if (!whole_number(ost_plan_part(r, at, "within_hours"), &flag->within_hours)) {
        ost_plan_complain(r, at.path, "\"within_hours\" is not a whole number of hours");
    }
    for (size_t i = 0; i < flag->text.count; i++) {
        ost_plan_check_words(r, at.path, flag->text.items[i], false);
    }
    for (size_t i = 0; i < flag->facts.count; i++) {
        ost_plan_check_fact(r, at.path, flag->facts.items[i]);
    }
    b->option.flag = flag;
}

static const struct {
    const char *name;
    extension_reader *read;
    bool many; /* may stand more than once */
} readers[] = {
    {"domain", read_domain, false},
    {"kind", read_kind, false},
    {"intent", read_intent, false},
    {"urgency", read_urgency, false},
    {"strength", read_strength, false},
    {"audience", read_audience, false},
    {"outlook", read_outlook, false},
    {"dose", read_dose, false},
    {"safety", read_safety, true},
    {"first", read_first, true},
    {"reason", read_reason, true},
    {"resource", read_resource, true},
    {"jurisdiction", read_jurisdiction, true},
    {"row", read_row, true},
    {"flag", read_flag, false},
    {"per-lesion", read_per_lesion, false},
};

static void read_extensions(const ost_plan_reader *r, option_builder *b, ost_plan_at action)
{
    ost_plan_at list = ost_plan_member(r, action, "extension"), item = {0};
    bool seen[OST_ARRAY_LEN(readers)] = {false};
    size_t index = 0;
    while (ost_plan_next(r, list, &item, &index)) {
        ost_str name = ost_plan_extension_name(r, item.node);
        size_t at = 0;
        while (at < OST_ARRAY_LEN(readers) && !ost_str_is(name, readers[at].name)) {
            at++;
        }
        if (at == OST_ARRAY_LEN(readers)) {
            ost_plan_complain(r, item.path, "unknown extension \"%.*s\"", OST_STR_ARG(name));
            continue;
        }
        if (seen[at] && !readers[at].many) {
            ost_plan_complain(r, item.path, "\"%s\" is given more than once", readers[at].name);
        }
        seen[at] = true;
        readers[at].read(r, b, item);
    }
}

static void read_sources(const ost_plan_reader *r, option_builder *b, ost_plan_at action)
{
    static const char *const parts[] = {"year", "section", "grade", "url-audience", NULL};
    ost_plan_at list = ost_plan_member(r, action, "documentation"), item = {0};
    ost_source *sources = NULL;
    size_t index = 0, count = 0, capacity = 0;
    while (ost_plan_next(r, list, &item, &index)) {
        ost_source source = {.label = ost_plan_text(r, item.node, "label"),
                             .citation = ost_plan_text(r, item.node, "citation"),
                             .url = ost_plan_text(r, item.node, "url"),
                             .section = ost_plan_part(r, item, "section"),
                             .grade = ost_plan_part(r, item, "grade")};
        ost_str year = ost_plan_part(r, item, "year");
        ost_str whose = ost_plan_part(r, item, "url-audience");
        source.clinician_url = ost_str_is(whose, "clinician");
        if (whose.len > 0 && !source.clinician_url) {
            ost_plan_complain(r, item.path, "the address is for \"%.*s\", not for clinician",
                              OST_STR_ARG(whose));
        }
        ost_plan_check_parts(r, item, parts);
        if (year.len > 0 && !whole_number(year, &source.year)) {
            ost_plan_complain(r, item.path, "the year \"%.*s\" is not a number", OST_STR_ARG(year));
        }
        if (source.label.len == 0) {
            ost_plan_complain(r, item.path, "a source without \"label\"");
        }
        sources = ost_arena_grow(r->arena, sources, &capacity, count + 1, sizeof *sources);
        if (!sources) {
            b->failed = true;
            return;
        }
        sources[count++] = source;
    }
    b->option.sources = sources;
    b->option.source_count = count;
}

/* Name of the definition in condition[0].expression.expression. */
static ost_str condition_of(const ost_plan_reader *r, ost_plan_at action)
{
    ost_plan_at list = ost_plan_member(r, action, "condition"), item = {0};
    size_t index = 0;
    if (!ost_plan_next(r, list, &item, &index)) {
        return (ost_str){0};
    }
    ost_plan_at second = item;
    if (ost_plan_next(r, list, &second, &index)) {
        ost_plan_complain(r, second.path, "an action has one condition");
    }
    uint32_t expression = ost_tree_get(r->tree, item.node, "expression");
    return expression ? ost_plan_text(r, expression, "expression") : (ost_str){0};
}

static void check_option(const ost_plan_reader *r, const ost_plan_option *o)
{
    const struct {
        const char *name;
        ost_str value;
    } needed[] = {{"id", o->id},          {"title", o->title}, {"textEquivalent", o->plain_title},
                  {"domain", o->domain},  {"kind", o->kind},   {"intent", o->intent},
                  {"urgency", o->urgency}};
    size_t count = o->flag ? 3 : OST_ARRAY_LEN(needed);
    for (size_t i = 0; i < count; i++) {
        if (needed[i].value.len == 0) {
            ost_plan_complain(r, o->path, "\"%s\" is missing", needed[i].name);
        }
    }
    if (!o->flag && o->define == OST_DEFINE_NONE) {
        ost_plan_complain(r, o->path, "an option needs a condition");
    }
    if (o->source_count == 0) {
        ost_plan_complain(r, o->path, "no source: \"documentation\" is missing");
    }
}

static bool read_option(const ost_plan_reader *r, ost_plan_at action, ost_plan_option *out)
{
    option_builder b = {.option = {.define = OST_DEFINE_NONE, .dose = OST_DEFINE_NONE}};
    b.option.path = action.path;
    b.option.id = ost_plan_text(r, action.node, "id");
    b.option.title = ost_plan_text(r, action.node, "title");
    b.option.plain_title = ost_plan_text(r, action.node, "textEquivalent");
    ost_str condition = condition_of(r, action);
    if (condition.len > 0) {
        b.option.define = ost_plan_define(r, action.path, condition, true);
    }
    read_extensions(r, &b, action);
    read_sources(r, &b, action);
    check_option(r, &b.option);
    *out = b.option;
    return !b.failed;
}

static bool read_options(const ost_plan_reader *r, ost_plan_at topic, ost_plan *plan)
{
    ost_plan_at list = ost_plan_member(r, topic, "action"), item = {0};
    ost_plan_option *options = NULL;
    size_t index = 0, capacity = 0;
    while (ost_plan_next(r, list, &item, &index)) {
        options = ost_arena_grow(r->arena, options, &capacity, plan->count + 1, sizeof *options);
        if (!options || !read_option(r, item, &options[plan->count])) {
            return false;
        }
        plan->count++;
    }
    plan->options = options;
    return true;
}

/* "Library/BoneAgents|0.1.0" or a canonical url -> "BoneAgents". */
static ost_str library_name(ost_str reference)
{
    size_t bar = ost_str_find(reference, OST_STR("|"), 0);
    ost_str name = ost_str_sub(reference, 0, bar == SIZE_MAX ? reference.len : bar);
    for (size_t slash = ost_str_find(name, OST_STR("/"), 0); slash != SIZE_MAX;
         slash = ost_str_find(name, OST_STR("/"), 0)) {
        name = ost_str_sub(name, slash + 1, name.len - slash - 1);
    }
    return name;
}

static ost_str first_text(const ost_plan_reader *r, ost_plan_at array)
{
    uint32_t first = array.node ? ost_tree_first(r->tree, array.node) : 0;
    return first ? ost_tree_text(r->tree, first) : (ost_str){0};
}

/* "guideline/bone-agents/plan.json" -> "bone-agents". */
static ost_str folder_of(ost_str file)
{
    ost_str rest = file, part, folder = {0}, last = {0};
    while (ost_str_next(&rest, '/', &part)) {
        folder = last;
        last = part;
    }
    return folder;
}

ost_status ost_plan_read(ost_arena *arena, const ost_tree *tree, uint32_t root, ost_str file,
                         const ost_program *program, const ost_words *words, const ost_map *facts,
                         ost_plan *out, ost_diagnostics *diagnostics)
{
    size_t before = diagnostics->count;
    ost_plan_reader r = {.arena = arena,
                         .tree = tree,
                         .file = file,
                         .program = program,
                         .words = words,
                         .facts = facts,
                         .diagnostics = diagnostics};
    ost_plan_at top = {root, OST_STR("PlanDefinition")};
    *out = (ost_plan){.file = file, .topic = folder_of(file), .entry = OST_DEFINE_NONE};
    out->title = ost_plan_text(&r, root, "title");
    out->version = ost_plan_text(&r, root, "version");
    out->library = library_name(first_text(&r, ost_plan_member(&r, top, "library")));
    r.library = out->library;
    if (!ost_str_is(ost_plan_text(&r, root, "resourceType"), "PlanDefinition")) {
        ost_plan_complain(&r, top.path, "not a PlanDefinition");
        return OST_E_DATA;
    }
    ost_plan_at list = ost_plan_member(&r, top, "action"), topic = {0};
    size_t index = 0;
    if (!ost_plan_next(&r, list, &topic, &index)) {
        ost_plan_complain(&r, top.path, "no \"action\": one outer action is the topic");
        return OST_E_DATA;
    }
    ost_plan_at second = topic;
    if (ost_plan_next(&r, list, &second, &index)) {
        ost_plan_complain(&r, second.path, "only one outer action is read");
    }
    out->entry = ost_plan_define(&r, topic.path, condition_of(&r, topic), true);
    if (!read_options(&r, topic, out)) {
        return OST_E_MEMORY;
    }
    return diagnostics->count > before ? OST_E_DATA : OST_OK;
}
