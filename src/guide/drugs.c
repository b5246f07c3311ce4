/* Drugs in the record: text becomes a code, once, before anything is evaluated.
 *
 * A medication (CodeableConcept) that src/term/drug.h recognises gets one more coding per drug,
 * system OST_DRUG_SYSTEM, so that value sets find it; nothing is taken away. A coding that was
 * found by name carries the version "by-name": that is how later steps know it. A combination
 * that is recognised gets a coding for each of its drugs. Current drugs that stay unrecognised
 * stand first in the messages, since they make every "not taking ..." unknown (design.md section
 * 5, "Drugs"). */
#include "guide/drugs.h"

enum { CODES_MAX = 16 };
static const char by_name_mark[] = "by-name";

typedef struct medication {
    ost_code codes[CODES_MAX];
    size_t count;
    ost_str text;
} medication;

static ost_str text_of(const ost_tree *tree, uint32_t node, const char *name)
{
    uint32_t member = ost_tree_get(tree, node, name);
    bool text = member && tree->nodes[member].kind == OST_JSON_STRING;
    return text ? ost_tree_text(tree, member) : (ost_str){0};
}

static bool is_kind(const ost_tree *tree, uint32_t node, ost_json_kind kind)
{
    return node && tree->nodes[node].kind == (uint8_t)kind;
}

static void read_medication(const ost_tree *tree, uint32_t concept, medication *out)
{
    *out = (medication){.text = text_of(tree, concept, "text")};
    uint32_t codings = ost_tree_get(tree, concept, "coding");
    if (!is_kind(tree, codings, OST_JSON_ARRAY)) {
        return;
    }
    for (uint32_t n = ost_tree_first(tree, codings); n && out->count < CODES_MAX;
         n = ost_tree_next(tree, codings, n)) {
        if (is_kind(tree, n, OST_JSON_OBJECT)) {
            out->codes[out->count++] = (ost_code){.code = text_of(tree, n, "code"),
                                                  .system = text_of(tree, n, "system"),
                                                  .version = text_of(tree, n, "version"),
                                                  .display = text_of(tree, n, "display")};
        }
    }
}

static bool has_code(const medication *m, ost_str id)
{
    for (size_t i = 0; i < m->count; i++) {
        if (ost_str_is(m->codes[i].system, OST_DRUG_SYSTEM) &&
            ost_str_equal(m->codes[i].code, id)) {
            return true;
        }
    }
    return false;
}

static bool by_name(const medication *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (ost_str_is(m->codes[i].system, OST_DRUG_SYSTEM) &&
            ost_str_is(m->codes[i].version, by_name_mark)) {
            return true;
        }
    }
    return false;
}

/* Codings to add, as JSON objects with commas between; their number. */
static size_t new_codings(const ost_drugs *drugs, const ost_tree *tree, uint32_t concept,
                          ost_buf *out)
{
    medication m;
    ost_drug_hit hit;
    size_t added = 0;
    read_medication(tree, concept, &m);
    ost_drug_match(drugs, m.codes, m.count, m.text, &hit);
    for (size_t i = 0; i < hit.count; i++) {
        if (has_code(&m, hit.drugs[i]->id)) {
            continue;
        }
        ost_buf_text(out, added++ > 0 ? ",{\"system\":" : "{\"system\":");
        ost_buf_json(out, OST_STR(OST_DRUG_SYSTEM));
        if (hit.how == OST_DRUG_BY_NAME) {
            ost_buf_text(out, ",\"version\":");
            ost_buf_json(out, ost_str_of(by_name_mark));
        }
        ost_buf_text(out, ",\"code\":");
        ost_buf_json(out, hit.drugs[i]->id);
        ost_buf_text(out, ",\"display\":");
        ost_buf_json(out, hit.drugs[i]->display);
        ost_buf_char(out, '}');
    }
    return added;
}

static void open_member(ost_buf *out, const ost_tree *tree, uint32_t member, bool *first)
{
    if (!*first) {
        ost_buf_char(out, ',');
    }
    *first = false;
    ost_buf_json(out, ost_tree_name(tree, member));
    ost_buf_char(out, ':');
}

/* The concept with `codings` after its own. A "coding" that is no list holds no codes and is left
 * out. */
static void write_concept(ost_buf *out, const ost_tree *tree, uint32_t concept, ost_str codings)
{
    bool first = true;
    uint32_t list = ost_tree_get(tree, concept, "coding");
    ost_buf_char(out, '{');
    for (uint32_t n = ost_tree_first(tree, concept); n; n = ost_tree_next(tree, concept, n)) {
        if (n != list) {
            open_member(out, tree, n, &first);
            ost_tree_write(out, tree, n);
        }
    }
    ost_buf_text(out, first ? "\"coding\":[" : ",\"coding\":[");
    bool own = is_kind(tree, list, OST_JSON_ARRAY);
    for (uint32_t c = own ? ost_tree_first(tree, list) : 0; c; c = ost_tree_next(tree, list, c)) {
        ost_tree_write(out, tree, c);
        ost_buf_char(out, ',');
    }
    ost_buf_add(out, codings);
    ost_buf_text(out, "]}");
}

/* Writes a member that is a medication; false when nothing was added. */
static bool write_medication(ost_buf *out, const ost_drugs *drugs, const ost_tree *tree,
                             uint32_t concept)
{
    ost_buf codings = ost_buf_init(out->arena);
    bool object = is_kind(tree, concept, OST_JSON_OBJECT);
    if (!object || new_codings(drugs, tree, concept, &codings) == 0) {
        ost_tree_write(out, tree, concept);
        return false;
    }
    write_concept(out, tree, concept, ost_buf_str(&codings));
    return true;
}

static bool holds_medication(ost_str type, ost_str member)
{
    return ost_str_is(member, "medicationCodeableConcept") ||
           (ost_str_is(type, "Medication") && ost_str_is(member, "code"));
}

/* Writes a resource; medications inside `contained` are one level deeper. */
static bool write_resource(ost_buf *out, const ost_drugs *drugs, const ost_tree *tree,
                           uint32_t resource, bool contained)
{
    bool first = true, changed = false;
    ost_str type = text_of(tree, resource, "resourceType");
    ost_buf_char(out, '{');
    for (uint32_t n = ost_tree_first(tree, resource); n; n = ost_tree_next(tree, resource, n)) {
        ost_str name = ost_tree_name(tree, n);
        open_member(out, tree, n, &first);
        if (holds_medication(type, name)) {
            changed = write_medication(out, drugs, tree, n) || changed;
        } else if (!contained && ost_str_is(name, "contained") &&
                   is_kind(tree, n, OST_JSON_ARRAY)) {
            bool first_item = true;
            ost_buf_char(out, '[');
            for (uint32_t c = ost_tree_first(tree, n); c; c = ost_tree_next(tree, n, c)) {
                ost_buf_text(out, first_item ? "" : ",");
                first_item = false;
                if (is_kind(tree, c, OST_JSON_OBJECT)) {
                    changed = write_resource(out, drugs, tree, c, true) || changed;
                } else {
                    ost_tree_write(out, tree, c);
                }
            }
            ost_buf_char(out, ']');
        } else {
            ost_tree_write(out, tree, n);
        }
    }
    ost_buf_char(out, '}');
    return changed;
}

bool ost_drug_rewrite(void *data, const ost_tree *tree, uint32_t resource, ost_buf *replacement)
{
    const ost_content *content = data;
    ost_str type = text_of(tree, resource, "resourceType");
    if (!content->drugs || tree->nodes[resource].kind != OST_JSON_OBJECT ||
        !ost_str_starts(type, OST_STR("Medication"))) {
        return false;
    }
    return write_resource(replacement, content->drugs, tree, resource, false);
}

/* The medication of a request, statement or administration. One that can't be found has the text
 * of its reference. */
static void medication_of(const ost_record *record, uint32_t node, medication *out)
{
    const ost_tree *tree = &record->tree;
    uint32_t concept = ost_tree_get(tree, node, "medicationCodeableConcept");
    uint32_t reference = ost_tree_get(tree, node, "medicationReference");
    *out = (medication){0};
    if (!concept && reference) {
        ost_str target = text_of(tree, reference, "reference");
        ost_str display = text_of(tree, reference, "display");
        uint32_t medicine = target.len > 0 ? ost_record_resolve(record, target, node) : 0;
        concept = medicine ? ost_tree_get(tree, medicine, "code") : 0;
        out->text = display.len > 0 ? display : target;
    }
    if (is_kind(tree, concept, OST_JSON_OBJECT)) {
        read_medication(tree, concept, out);
    }
}

/* Which resources say that she has the drug now, as the content's definition lists them. One mark a
 * resource. */
static bool *mark_current(ost_run *run)
{
    const ost_record *record = run->record;
    bool *current = ost_arena_array(run->arena, record->resource_count, sizeof *current);
    uint32_t define = run->content->current_drugs;
    ost_value list = define == OST_DEFINE_NONE ? ost_null() : ost_run_value(run, define);
    for (size_t i = 0; current && list.kind == OST_LIST && i < list.list.count; i++) {
        ost_value item = list.list.items[i];
        size_t owner =
            item.kind == OST_OBJECT ? ost_record_owner(record, item.object.node) : SIZE_MAX;
        if (owner != SIZE_MAX) {
            current[owner] = true;
        }
    }
    return current;
}

static ost_str shown_name(const medication *m)
{
    if (m->text.len > 0 || m->count == 0) {
        return m->text;
    }
    return m->codes[0].display.len > 0 ? m->codes[0].display : m->codes[0].code;
}

static void message(ost_run *run, const char *key, ost_level level, size_t resource, ost_str drug,
                    ost_str other)
{
    ost_buf text = ost_buf_init(run->arena);
    ost_word_pair pairs[] = {{"drug", drug}, {"other", other}};
    ost_words_fill(&text, ost_words_get(&run->content->words, ost_str_of(key), run->audience),
                   pairs, OST_ARRAY_LEN(pairs));
    ost_run_message(run, level, ost_resource_name(run->record, resource), ost_buf_str(&text));
}

/* Of a drug without words or code: what its reference says, else the resource itself. */
static ost_str name_elsewhere(const ost_run *run, size_t resource)
{
    const ost_tree *tree = &run->record->tree;
    uint32_t reference =
        ost_tree_get(tree, run->record->resources[resource].node, "medicationReference");
    bool object = is_kind(tree, reference, OST_JSON_OBJECT);
    ost_str name = object ? text_of(tree, reference, "display") : (ost_str){0};
    if (object && name.len == 0) {
        name = text_of(tree, reference, "reference");
    }
    return name.len > 0 ? name : ost_resource_name(run->record, resource);
}

static void report_unrecognised(ost_run *run, size_t resource, const medication *m)
{
    ost_str name = shown_name(m);
    ost_drug_hit hit;
    ost_drug_match(run->content->drugs, m->codes, m->count, m->text, &hit);
    if (hit.how != OST_DRUG_UNRECOGNISED) {
        return;
    }
    message(run,
            hit.suggestion.len > 0 ? "message.drug-unrecognised-did-you-mean"
                                   : "message.drug-unrecognised",
            OST_LEVEL_WARNING, resource, name.len > 0 ? name : name_elsewhere(run, resource),
            hit.suggestion);
}

static void report_by_name(ost_run *run, size_t resource, const medication *m,
                           ost_text_builder *names)
{
    for (size_t i = 0; i < m->count; i++) {
        if (ost_str_is(m->codes[i].version, by_name_mark)) {
            message(run, "message.drug-by-name", OST_LEVEL_INFO, resource, shown_name(m),
                    m->codes[i].display);
            ost_run_add_text(run, names, ost_resource_name(run->record, resource));
        }
    }
}

void ost_run_drug_messages(ost_run *run, ost_text_builder *names)
{
    const ost_record *record = run->record;
    const bool *current = mark_current(run);
    for (int pass = 0; run->content->drugs && pass < 2; pass++) {
        for (size_t i = 0; i < record->resource_count; i++) {
            const ost_resource *resource = &record->resources[i];
            if (!resource->counts) {
                continue;
            }
            medication m;
            medication_of(record, resource->node, &m);
            if (pass == 0 && current && current[i] && !by_name(&m)) {
                report_unrecognised(run, i, &m);
            } else if (pass == 1 && by_name(&m)) {
                report_by_name(run, i, &m, names);
            }
        }
    }
}

static bool rests_on(const ost_fact *fact, const ost_text_builder *names)
{
    for (size_t i = 0; i < fact->sources.count; i++) {
        for (size_t k = 0; k < names->count; k++) {
            if (ost_str_equal(fact->sources.items[i], names->items[k])) {
                return true;
            }
        }
    }
    return false;
}

void ost_run_drug_labels(ost_run *run, const ost_text_builder *names)
{
    for (size_t i = 0; i < run->content->fact_count; i++) {
        ost_fact *fact = &run->facts[i];
        if (!rests_on(fact, names)) {
            continue;
        }
        ost_text_builder labels = {0};
        for (size_t k = 0; k < fact->labels.count; k++) {
            ost_run_add_text(run, &labels, fact->labels.items[k]);
        }
        ost_run_add_text(run, &labels, OST_STR("matched by name"));
        fact->labels = ost_run_texts(&labels);
    }
}
