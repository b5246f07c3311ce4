/* Loads the drug table: ids, names and codes into maps, strength rules into a list.
 *
 *   id,names,brands,rxnorm,atc,classes,rule,set,source   a bar between several values
 *   ~salt,hydrochloride|sodium,,,,,,,             words that say nothing about which drug it is
 *
 * The matching is in drug_match.c. */
#include "term/drug.h"

#include "term/drug_detail.h"

enum { FIELDS = 9, ID = 0, NAMES, BRANDS, RXNORM, ATC, CLASSES, RULE };

#define RXNORM_SYSTEM "http://www.nlm.nih.gov/research/umls/rxnorm"
#define ATC_SYSTEM    "http://www.whocc.no/atc"

typedef struct loader {
    ost_drugs *drugs;
    uint32_t line;
    ost_error *error;
} loader;

static ost_status bad_row(loader *in, const char *what, ost_str text)
{
    ost_err_set(in->error, OST_E_SYNTAX, "drug table: %s '%.*s'", what, OST_STR_ARG(text));
    ost_err_place(in->error, OST_STR("drugs.csv"), in->line, 1, 0);
    return OST_E_SYNTAX;
}

static ost_status no_memory(loader *in)
{
    return ost_err_memory(in->error, in->drugs->arena);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* "120mg/1.7 mL" -> 120, mg, 1.7, ml: a number ends at a letter; a word that starts with a letter
 * keeps its digits ("q4w", "d3"). Everything else separates. */
void ost_drug_cut_words(ost_str text, ost_drug_words *out)
{
    out->count = 0;
    out->cut = text.len > OST_DRUG_TEXT_MAX;
    size_t at = 0, used = 0, end = out->cut ? OST_DRUG_TEXT_MAX : text.len;
    while (at < end) {
        size_t start = used;
        bool number = is_digit((unsigned char)text.ptr[at]);
        for (; at < end; at++) {
            unsigned char c = (unsigned char)text.ptr[at];
            c = (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            bool point =
                number && c == '.' && at + 1 < end && is_digit((unsigned char)text.ptr[at + 1]);
            if (!is_digit(c) && !point && (number || !is_letter(c))) {
                break;
            }
            out->buffer[used++] = (char)c;
        }
        if (used == start) {
            at++;
            continue;
        }
        if (out->count == OST_DRUG_WORD_MAX) {
            out->cut = true;
            return;
        }
        out->words[out->count++] = (ost_str){out->buffer + start, used - start};
        out->buffer[used++] = ' ';
    }
}

ost_str ost_drug_join(const ost_drug_words *words, size_t at, size_t count)
{
    ost_str first = words->words[at], last = words->words[at + count - 1];
    return (ost_str){first.ptr, (size_t)(last.ptr - first.ptr) + last.len};
}

/* A cell as a list for ost_str_next: an empty cell has no item. */
static ost_str list_of(ost_str cell)
{
    return cell.len == 0 ? (ost_str){NULL, 0} : cell;
}

/* The words of a listed name as a string in the arena; ptr NULL when memory is short. */
static ost_str key_of(loader *in, ost_str name)
{
    ost_drug_words words;
    ost_drug_cut_words(name, &words);
    if (words.count == 0 || words.cut || words.count > OST_DRUG_NAME_WORDS) {
        return OST_STR("");
    }
    return ost_str_copy(in->drugs->arena, ost_drug_join(&words, 0, words.count));
}

static ost_status add_name(loader *in, ost_str text, uint32_t drug)
{
    ost_drugs *d = in->drugs;
    ost_str key = key_of(in, text);
    if (key.ptr && key.len == 0) {
        return bad_row(in, "not a name:", text);
    }
    ost_drug_name *names =
        ost_arena_grow(d->arena, d->names, &d->name_capacity, d->name_count + 1, sizeof *names);
    if (!key.ptr || !names) {
        return no_memory(in);
    }
    d->names = names;
    uint32_t known = ost_map_get(&d->by_name, key);
    if (known != OST_MAP_NONE) {
        return known == drug ? OST_OK : bad_row(in, "a name of two rows:", text);
    }
    if (drug != OST_DRUG_IGNORED) {
        d->names[d->name_count++] = (ost_drug_name){text, key, drug};
    }
    return ost_map_put(&d->by_name, key, drug) ? OST_OK : no_memory(in);
}

static ost_status add_names(loader *in, ost_str list, uint32_t drug)
{
    ost_str name;
    while (ost_str_next(&list, '|', &name)) {
        ost_status status = add_name(in, name, drug);
        if (status != OST_OK) {
            return status;
        }
    }
    return OST_OK;
}

static bool add_code(loader *in, ost_str system, ost_str code, uint32_t drug)
{
    ost_drugs *d = in->drugs;
    ost_buf key = ost_buf_init(d->arena);
    ost_buf_add(&key, system);
    ost_buf_char(&key, '|');
    ost_buf_add(&key, code);
    ost_str text = ost_buf_str(&key);
    ost_drug_code *codes =
        ost_arena_grow(d->arena, d->codes, &d->code_capacity, d->code_count + 1, sizeof *codes);
    if (!text.ptr || !codes) {
        return false;
    }
    d->codes = codes;
    d->codes[d->code_count] = (ost_drug_code){drug, ost_map_get(&d->by_code, text)};
    return ost_map_put(&d->by_code, text, (uint32_t)d->code_count++);
}

static bool add_codes(loader *in, const char *system, ost_str list, uint32_t drug)
{
    ost_str code;
    while (ost_str_next(&list, '|', &code)) {
        if (!add_code(in, ost_str_of(system), code, drug)) {
            return false;
        }
    }
    return true;
}

static bool add_classes(loader *in, ost_drug *drug, ost_str list)
{
    size_t capacity = 0;
    ost_str *classes = NULL, name;
    while (ost_str_next(&list, '|', &name)) {
        classes = ost_arena_grow(in->drugs->arena, classes, &capacity, drug->class_count + 1,
                                 sizeof *classes);
        if (!classes) {
            return false;
        }
        classes[drug->class_count++] = name;
    }
    drug->classes = classes;
    return true;
}

/* "120=product-120|60=product-60"; the product may be a later row, so it is looked up at the
 * end. */
static ost_status add_rules(loader *in, ost_str list, uint32_t drug)
{
    ost_drugs *d = in->drugs;
    ost_str one;
    while (ost_str_next(&list, '|', &one)) {
        size_t equal = ost_str_find(one, OST_STR("="), 0);
        uint32_t product = equal == SIZE_MAX
                               ? OST_MAP_NONE
                               : ost_map_get(&d->ids, ost_str_sub(one, equal + 1, one.len));
        if (product == OST_MAP_NONE || product == drug) {
            return bad_row(in, "a rule without a drug that is listed:", one);
        }
        ost_drug_rule *rules =
            ost_arena_grow(d->arena, d->rules, &d->rule_capacity, d->rule_count + 1, sizeof *rules);
        if (!rules) {
            return no_memory(in);
        }
        d->rules = rules;
        d->rules[d->rule_count++] = (ost_drug_rule){drug, product, ost_str_sub(one, 0, equal)};
        d->bases[product] = drug;
    }
    return OST_OK;
}

static ost_status add_drug(loader *in, const ost_str *field)
{
    ost_drugs *d = in->drugs;
    uint32_t id = (uint32_t)d->count;
    if (ost_map_get(&d->ids, field[ID]) != OST_MAP_NONE) {
        return bad_row(in, "listed twice:", field[ID]);
    }
    ost_drug *items = ost_arena_grow(d->arena, d->items, &d->capacity, d->count + 1, sizeof *items);
    uint32_t *bases =
        ost_arena_grow(d->arena, d->bases, &d->base_capacity, d->count + 1, sizeof *bases);
    if (!items || !bases || !ost_map_put(&d->ids, field[ID], id)) {
        return no_memory(in);
    }
    d->items = items;
    d->bases = bases;
    d->bases[id] = OST_MAP_NONE;
    ost_str names = field[field[NAMES].len > 0 ? NAMES : BRANDS], display = names;
    if (!ost_str_next(&names, '|', &display) || display.len == 0) {
        return bad_row(in, "a drug without names:", field[ID]);
    }
    d->items[id] = (ost_drug){.id = field[ID], .display = display};
    d->count++;
    ost_status status = add_names(in, list_of(field[NAMES]), id);
    if (status == OST_OK) {
        status = add_names(in, list_of(field[BRANDS]), id);
    }
    if (status != OST_OK) {
        return status;
    }
    bool stored = add_codes(in, RXNORM_SYSTEM, list_of(field[RXNORM]), id) &&
                  add_codes(in, ATC_SYSTEM, list_of(field[ATC]), id) &&
                  add_codes(in, OST_DRUG_SYSTEM, field[ID], id) &&
                  add_classes(in, &d->items[id], list_of(field[CLASSES]));
    return stored ? OST_OK : no_memory(in);
}

/* Splits the next row that is not a comment, a heading or empty; false at the end. */
static bool next_row(loader *in, ost_str *rest, ost_str *field, size_t *count)
{
    ost_str line;
    while (ost_str_next(rest, '\n', &line)) {
        in->line++;
        line = ost_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#' || ost_str_starts(line, OST_STR("id,"))) {
            continue;
        }
        ost_str cells = line, extra;
        *count = 0;
        while (*count < FIELDS && ost_str_next(&cells, ',', &field[*count])) {
            ++*count;
        }
        if (*count == FIELDS && ost_str_next(&cells, ',', &extra)) {
            ++*count;
        }
        return true;
    }
    return false;
}

static ost_status read_rows(loader *in, ost_str csv, bool rules)
{
    ost_str field[FIELDS] = {{NULL, 0}};
    size_t count = 0;
    in->line = 0;
    while (next_row(in, &csv, field, &count)) {
        ost_status status = OST_OK;
        bool ignored = field[ID].len > 0 && field[ID].ptr[0] == '~';
        if (count != FIELDS || field[ID].len == 0) {
            status = bad_row(in, "a row needs 9 fields:", field[ID]);
        } else if (rules) {
            uint32_t drug = ost_map_get(&in->drugs->ids, field[ID]);
            status = ignored ? OST_OK : add_rules(in, list_of(field[RULE]), drug);
        } else if (ignored) {
            status = add_names(in, list_of(field[NAMES]), OST_DRUG_IGNORED);
        } else {
            status = add_drug(in, field);
        }
        if (status != OST_OK) {
            return status;
        }
    }
    return OST_OK;
}

ost_status ost_drugs_load(ost_arena *arena, ost_str csv, const ost_drugs **out, ost_error *error)
{
    ost_drugs *drugs = ost_arena_alloc(arena, sizeof *drugs);
    if (!drugs) {
        return ost_err_memory(error, arena);
    }
    *drugs = (ost_drugs){.arena = arena,
                         .ids = ost_map_init(arena),
                         .by_name = ost_map_init(arena),
                         .by_code = ost_map_init(arena)};
    loader in = {.drugs = drugs, .error = error};
    ost_status status = read_rows(&in, csv, false);
    if (status == OST_OK) {
        status = read_rows(&in, csv, true);
    }
    if (status == OST_OK) {
        *out = drugs;
    }
    return status;
}

const ost_drug *ost_drug_find(const ost_drugs *drugs, ost_str id)
{
    uint32_t found = ost_map_get(&drugs->ids, id);
    return found == OST_MAP_NONE ? NULL : &drugs->items[found];
}
