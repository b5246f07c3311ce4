/* Reads a case file line by line (docs/record.md):
 *
 *   id: anna
 *   bone: l3 left since 2024-03-01 as l3 "seen on MRI"
 *   sins-pain: 3 2026-05-01 of l3
 *
 * A line is a key, a value, and from its end backwards dates, names and a note. What a key and a
 * value mean is in content/model/case-words.csv, not here. Whatever is not understood is an error
 * with its place. */
#include "fhir/case.h"

#include "base/utf8.h"
#include "fhir/case_detail.h"
#include "value/value.h"

#include <stdarg.h>
#include <stdio.h>

static ost_status fail(const ost_case_reader *r, const ost_case_line *line, const char *format, ...)
    OST_PRINTF(3, 4);

static ost_status fail(const ost_case_reader *r, const ost_case_line *line, const char *format, ...)
{
    char message[OST_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ost_err_set(r->error, OST_E_SYNTAX, "%s", message);
    ost_err_place(r->error, (ost_str){NULL, 0}, line->number, line->value_column, 0);
    return OST_E_SYNTAX;
}

static void suggest(const ost_case_reader *r, ost_str nearest)
{
    if (nearest.len > 0) {
        ost_err_hint(r->error, "did you mean \"%.*s\"?", OST_STR_ARG(nearest));
    }
}

/* ---- Words ---- */

/* Cuts the last word off; false when there is none. */
static bool cut_last(ost_str *text, ost_str *word)
{
    *text = ost_str_trim(*text);
    size_t at = text->len;
    while (at > 0 && text->ptr[at - 1] != ' ' && text->ptr[at - 1] != '\t') {
        at--;
    }
    *word = ost_str_sub(*text, at, text->len);
    *text = ost_str_trim(ost_str_sub(*text, 0, at));
    return word->len > 0;
}

static bool cut_first(ost_str *text, ost_str *word)
{
    *text = ost_str_trim(*text);
    size_t at = 0;
    while (at < text->len && text->ptr[at] != ' ' && text->ptr[at] != '\t') {
        at++;
    }
    *word = ost_str_sub(*text, 0, at);
    *text = ost_str_trim(ost_str_sub(*text, at, text->len));
    return word->len > 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "2026-05" and longer; a bare year needs "on", since "2026" may be a value. */
static bool looks_like_date(ost_str word)
{
    return word.len >= 6 && is_digit(word.ptr[0]) && is_digit(word.ptr[1]) &&
           is_digit(word.ptr[2]) && is_digit(word.ptr[3]) && word.ptr[4] == '-' &&
           is_digit(word.ptr[5]);
}

static bool is_date(ost_str word)
{
    ost_when when;
    return ost_when_parse(word, OST_DATETIME, &when) && word.ptr[word.len - 1] != 'T';
}

/* A JSON number without exponent. */
static bool is_decimal(ost_str word)
{
    size_t at = ost_str_starts(word, OST_STR("-")) ? 1 : 0, digits = 0, dots = 0;
    bool zero = at + 1 < word.len && word.ptr[at] == '0' && is_digit(word.ptr[at + 1]);
    for (; at < word.len; at++) {
        if (word.ptr[at] == '.' && dots == 0 && digits > 0 && at + 1 < word.len) {
            dots++;
        } else if (is_digit(word.ptr[at])) {
            digits++;
        } else {
            return false;
        }
    }
    return digits > 0 && !zero;
}

/* FHIR's rule for ids. */
static bool is_id(ost_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !is_digit(c) && c != '-' && c != '.') {
            return false;
        }
    }
    return word.len > 0 && word.len <= 64;
}

/* ---- The ends of a line ---- */

static ost_str *slot_of(ost_case_line *line, ost_str keyword)
{
    if (ost_str_is(keyword, "since")) {
        return &line->since;
    }
    if (ost_str_is(keyword, "until")) {
        return &line->until;
    }
    if (ost_str_is(keyword, "on")) {
        return &line->on;
    }
    if (ost_str_is(keyword, "of")) {
        return &line->of;
    }
    return ost_str_is(keyword, "as") ? &line->as : NULL;
}

static bool is_known_lesion(const ost_case_reader *r, ost_str name)
{
    for (size_t i = 0; i < r->lesion_count; i++) {
        if (ost_str_equal(r->lesions[i], name)) {
            return true;
        }
    }
    return false;
}

static ost_status check_slot(const ost_case_reader *r, const ost_case_line *line,
                             const ost_str *slot, ost_str word)
{
    if (slot->len > 0) {
        return fail(r, line, "there are two values like \"%.*s\"", OST_STR_ARG(word));
    }
    if (slot == &line->of && !is_known_lesion(r, word)) {
        ost_status code =
            fail(r, line, "no line before this one is named \"%.*s\"", OST_STR_ARG(word));
        ost_err_hint(r->error, "name the lesion with \"as %.*s\" on its line", OST_STR_ARG(word));
        return code;
    }
    if (slot == &line->as && (!is_id(word) || is_known_lesion(r, word))) {
        return fail(
            r, line,
            "\"%.*s\" is not a new name of letters, digits, '-' and '.', at most 64 of them",
            OST_STR_ARG(word));
    }
    if (slot != &line->of && slot != &line->as && !is_date(word)) {
        return fail(r, line, "\"%.*s\" is not a date like 2026-05-31", OST_STR_ARG(word));
    }
    return OST_OK;
}

/* Names of drugs and free texts may hold "of" and "as" themselves. */
static bool may_name_lesions(const ost_case_reader *r, ost_str name)
{
    const ost_case_key *key = ost_case_find_key(&r->table, name, false);
    return key == NULL || key->form <= OST_CASE_DATE || key->form == OST_CASE_CONDITION ||
           key->form == OST_CASE_PROCEDURE;
}

/* Takes the note in quotes and, from the end backwards, "since DATE", "of NAME", a bare date and so
 * on. */
static ost_status read_ends(const ost_case_reader *r, ost_case_line *line)
{
    size_t quote = ost_str_find(line->value, OST_STR("\""), 0);
    if (quote != SIZE_MAX) {
        ost_str rest = ost_str_sub(line->value, quote + 1, line->value.len);
        if (!ost_str_ends(rest, OST_STR("\""))) {
            return fail(r, line,
                        "the note does not end with a double quote at the end of the line");
        }
        line->note = ost_str_sub(rest, 0, rest.len - 1);
        line->value = ost_str_sub(line->value, 0, quote);
    }
    bool names = may_name_lesions(r, line->key);
    for (;;) {
        ost_str rest = line->value, word, keyword;
        if (!cut_last(&rest, &word)) {
            return OST_OK;
        }
        ost_str before = rest;
        ost_str *slot = cut_last(&before, &keyword) ? slot_of(line, keyword) : NULL;
        if (slot == NULL || (!names && (slot == &line->of || slot == &line->as))) {
            if (!looks_like_date(word)) {
                return OST_OK;
            }
            slot = &line->on;
            before = rest;
        }
        ost_status code = check_slot(r, line, slot, word);
        if (code != OST_OK) {
            return code;
        }
        *slot = word;
        line->value = before;
    }
}

/* ---- Values by form ---- */

static ost_status read_number(const ost_case_reader *r, const ost_case_key *key,
                              ost_case_line *line)
{
    ost_str rest = line->value, number;
    if (!cut_first(&rest, &number) || !is_decimal(number)) {
        ost_status code = fail(r, line, "%.*s needs a number, not \"%.*s\"", OST_STR_ARG(line->key),
                               OST_STR_ARG(line->value));
        if (ost_str_find(number, OST_STR(","), 0) != SIZE_MAX) {
            ost_err_hint(r->error, "write a point, not a comma: 0.9");
        }
        return code;
    }
    if (key->form == OST_CASE_INTEGER) {
        if (rest.len > 0 || ost_str_find(number, OST_STR("."), 0) != SIZE_MAX || number.len > 9) {
            return fail(r, line, "%.*s is a whole number without unit, not \"%.*s\"",
                        OST_STR_ARG(line->key), OST_STR_ARG(line->value));
        }
    } else if (rest.len == 0 && !key->unit_is_default) {
        ost_status code = fail(r, line, "%.*s has no unit", OST_STR_ARG(line->key));
        if (key->unit.len > 0) {
            ost_err_hint(r->error, "for example: %.*s: %.*s %.*s", OST_STR_ARG(line->key),
                         OST_STR_ARG(number), OST_STR_ARG(key->unit));
        } else {
            ost_err_hint(r->error, "write its UCUM unit, or 1 for a pure number");
        }
        return code;
    }
    line->unit = rest.len > 0 ? rest : key->unit;
    line->value = number;
    return OST_OK;
}

static ost_status unknown_word(const ost_case_reader *r, const ost_case_key *key,
                               const ost_case_line *line, ost_str word)
{
    ost_status code = fail(r, line, "%.*s: \"%.*s\" is not one of its words",
                           OST_STR_ARG(line->key), OST_STR_ARG(word));
    ost_str nearest = ost_case_nearest_word(&r->table, key, word);
    if (nearest.len > 0) {
        suggest(r, nearest);
    } else if (key->word_count > 0) {
        ost_err_hint(r->error, "for example \"%.*s\"; docs/record.md says where all are listed",
                     OST_STR_ARG(r->table.words[key->first_word].word));
    }
    return code;
}

static ost_status read_word(const ost_case_reader *r, const ost_case_key *key, ost_case_line *line)
{
    const ost_case_word *word = ost_case_find_word(&r->table, key, line->value);
    if (word == NULL) {
        return unknown_word(r, key, line, line->value);
    }
    line->code = word->code;
    line->site = word->site;
    return OST_OK;
}

static ost_status read_yes_no(const ost_case_reader *r, ost_case_line *line)
{
    line->yes = ost_str_is(line->value, "yes");
    if (!line->yes && !ost_str_is(line->value, "no")) {
        return fail(r, line, "%.*s is yes or no, not \"%.*s\"", OST_STR_ARG(line->key),
                    OST_STR_ARG(line->value));
    }
    return OST_OK;
}

/* Words about how sure and how current a condition is, with the codes of FHIR's status systems. */
static bool read_state_word(ost_case_line *line, ost_str word)
{
    static const struct state {
        const char *word, *verification, *clinical;
    } states[] = {
        {"yes", "confirmed", ""},         {"no", "refuted", ""},
        {"confirmed", "confirmed", ""},   {"refuted", "refuted", ""},
        {"suspected", "provisional", ""}, {"active", "", "active"},
        {"resolved", "", "resolved"},     {"remission", "", "remission"},
        {"inactive", "", "inactive"},     {"recurrence", "", "recurrence"},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(states); i++) {
        if (ost_str_is(word, states[i].word)) {
            ost_str verification = ost_str_of(states[i].verification);
            ost_str clinical = ost_str_of(states[i].clinical);
            line->verification = verification.len > 0 ? verification : line->verification;
            line->clinical = clinical.len > 0 ? clinical : line->clinical;
            return true;
        }
    }
    return false;
}

static const ost_case_key *side_key(const ost_case_reader *r)
{
    for (size_t i = 0; i < r->table.key_count; i++) {
        if (ost_str_is(r->table.keys[i].name, "side")) {
            return &r->table.keys[i];
        }
    }
    return NULL;
}

static ost_status read_condition(const ost_case_reader *r, const ost_case_key *key,
                                 ost_case_line *line)
{
    ost_str rest = line->value, word;
    line->code = key->code;
    if (key->word_count > 0) {
        const ost_case_word *what =
            cut_first(&rest, &word) ? ost_case_find_word(&r->table, key, word) : NULL;
        if (what == NULL) {
            return unknown_word(r, key, line, word);
        }
        line->code = what->code;
        line->site = what->site;
        line->part = what->part;
    } else if (rest.len == 0 && key->code.code.len > 0) {
        return fail(r, line, "%.*s is yes, no or suspected", OST_STR_ARG(line->key));
    }
    const ost_case_key *sides = side_key(r);
    while (cut_first(&rest, &word)) {
        const ost_case_word *side =
            sides == NULL ? NULL : ost_case_find_word(&r->table, sides, word);
        if (side != NULL) {
            line->side = side->code;
        } else if (!read_state_word(line, word)) {
            ost_status code = fail(r, line, "\"%.*s\" is not understood here", OST_STR_ARG(word));
            ost_err_hint(r->error, "put what others should read in double quotes at the end");
            return code;
        }
    }
    return OST_OK;
}

/* "NAME 120 mg": the last two words are the dose when the first of them is a number. */
static ost_status read_drug(const ost_case_reader *r, ost_case_line *line)
{
    if (line->value.len == 0) {
        return fail(r, line, "%.*s needs a name", OST_STR_ARG(line->key));
    }
    ost_str rest = line->value, unit, number;
    if (cut_last(&rest, &unit) && cut_last(&rest, &number) && is_decimal(number) && rest.len > 0) {
        line->unit = (ost_str){number.ptr, (size_t)(unit.ptr + unit.len - number.ptr)};
    }
    return OST_OK;
}

static ost_status read_date(const ost_case_reader *r, ost_case_line *line)
{
    if (line->value.len == 0) {
        line->value = line->on;
    }
    return is_date(line->value)
               ? OST_OK
               : fail(r, line, "\"%.*s\" is not a date like 2026-05-31", OST_STR_ARG(line->value));
}

static ost_status read_text(const ost_case_reader *r, ost_case_line *line)
{
    if (line->value.len == 0) {
        line->value = line->note;
        line->note = (ost_str){NULL, 0};
    }
    return line->value.len > 0 ? OST_OK
                               : fail(r, line, "%.*s needs a text", OST_STR_ARG(line->key));
}

static ost_status read_value(const ost_case_reader *r, const ost_case_key *key, ost_case_line *line)
{
    switch (key->form) {
    case OST_CASE_NUMBER:
    case OST_CASE_INTEGER:
        return read_number(r, key, line);
    case OST_CASE_WORD:
    case OST_CASE_PROCEDURE:
        return read_word(r, key, line);
    case OST_CASE_YES_NO:
        return read_yes_no(r, line);
    case OST_CASE_DATE:
        return read_date(r, line);
    case OST_CASE_TEXT:
        return read_text(r, line);
    case OST_CASE_CONDITION:
        return read_condition(r, key, line);
    case OST_CASE_STATEMENT:
    case OST_CASE_NOT_TAKEN:
    case OST_CASE_ORDER:
    case OST_CASE_GIVEN:
    case OST_CASE_ALLERGY:
        return read_drug(r, line);
    case OST_CASE_PART:
        break;
    }
    return fail(r, line, "\"%.*s\" can't stand alone", OST_STR_ARG(line->key));
}

/* ---- Keys ---- */

/* "loinc|2160-0": the system by its short name or its URL. */
static ost_status read_explicit_code(const ost_case_reader *r, const ost_case_line *line,
                                     ost_str text, ost_case_code *code)
{
    size_t bar = ost_str_find(text, OST_STR("|"), 0);
    ost_str system = ost_str_sub(text, 0, bar == SIZE_MAX ? 0 : bar);
    const ost_str *url = ost_case_find_system(&r->table, system);
    bool own_url = ost_str_find(system, OST_STR(":"), 0) != SIZE_MAX;
    if (bar == SIZE_MAX || bar + 1 == text.len || (url == NULL && !own_url)) {
        ost_status status = fail(r, line, "\"%.*s\" is not system|code", OST_STR_ARG(text));
        ost_err_hint(r->error, "for example loinc|2160-0, snomed|94222008");
        return status;
    }
    *code = (ost_case_code){
        url == NULL ? system : *url, ost_str_sub(text, bar + 1, text.len), {NULL, 0}};
    return OST_OK;
}

/* observation: and diagnosis: carry their code; the form follows from the value. */
static ost_status read_explicit(ost_case_reader *r, ost_case_line *line)
{
    ost_case_key key = {.name = line->key, .form = OST_CASE_CONDITION};
    ost_str rest = line->value, word;
    (void)cut_first(&rest, &word);
    ost_status code = read_explicit_code(r, line, word, &key.code);
    if (code != OST_OK) {
        return code;
    }
    line->value = rest;
    if (ost_str_is(line->key, "diagnosis")) {
        line->value = rest.len == 0 ? OST_STR("confirmed") : rest;
        code = read_condition(r, &key, line);
    } else {
        ost_str unit = rest, number;
        bool numeric = cut_first(&unit, &number) && is_decimal(number);
        key.form = numeric && unit.len > 0                                        ? OST_CASE_NUMBER
                   : numeric && ost_str_find(number, OST_STR("."), 0) == SIZE_MAX ? OST_CASE_INTEGER
                   : ost_str_is(rest, "yes") || ost_str_is(rest, "no")            ? OST_CASE_YES_NO
                   : ost_str_find(rest, OST_STR("|"), 0) != SIZE_MAX              ? OST_CASE_WORD
                   : numeric                                                      ? OST_CASE_NUMBER
                                                                                  : OST_CASE_TEXT;
        code = key.form == OST_CASE_WORD ? read_explicit_code(r, line, rest, &line->code)
                                         : read_value(r, &key, line);
    }
    if (code == OST_OK) {
        ost_case_write_line(r, &key, line);
    }
    return code;
}

static ost_status unknown_key(const ost_case_reader *r, const ost_case_line *line)
{
    ost_status code = fail(r, line, "\"%.*s\" is not a key of a case file", OST_STR_ARG(line->key));
    ost_err_place(r->error, (ost_str){NULL, 0}, line->number, 1, 0);
    suggest(r, ost_case_nearest_key(&r->table, line->key));
    return code;
}

/* The lines about the person herself. *known: whether it was one. */
static ost_status read_person(ost_case_reader *r, const ost_case_line *line, bool *known)
{
    const struct person {
        const char *key;
        ost_str *value;
        bool date;
    } keys[] = {
        {"id", &r->id, false},   {"name", &r->name, false}, {"born", &r->born, true},
        {"sex", &r->sex, false}, {"died", &r->died, true},  {"date", &r->date, true},
    };
    static const char *const sexes[] = {"female", "male", "other", "unknown"};
    for (size_t i = 0; i < OST_ARRAY_LEN(keys); i++) {
        if (!ost_str_is(line->key, keys[i].key)) {
            continue;
        }
        *known = true;
        if (keys[i].value->len > 0 && keys[i].value != &r->date) {
            return fail(r, line, "there are two lines \"%s:\"", keys[i].key);
        }
        if (keys[i].date && !is_date(line->value)) {
            return fail(r, line, "\"%.*s\" is not a date like 2026-05-31",
                        OST_STR_ARG(line->value));
        }
        if (keys[i].value == &r->id && !is_id(line->value)) {
            return fail(r, line, "an id has letters, digits, '-' and '.', at most 64 of them");
        }
        bool fits = keys[i].value != &r->sex;
        for (size_t k = 0; k < OST_ARRAY_LEN(sexes); k++) {
            fits = fits || ost_str_is(line->value, sexes[k]);
        }
        if (!fits) {
            return fail(r, line, "sex is female, male, other or unknown, not \"%.*s\"",
                        OST_STR_ARG(line->value));
        }
        *keys[i].value = line->value;
    }
    return OST_OK;
}

static ost_status remember_lesion(ost_case_reader *r, const ost_case_line *line)
{
    if (line->as.len == 0) {
        return OST_OK;
    }
    ost_str *lesions = ost_arena_grow(r->arena, r->lesions, &r->lesion_capacity,
                                      r->lesion_count + 1, sizeof *lesions);
    if (lesions == NULL) {
        return ost_err_memory(r->error, r->arena);
    }
    r->lesions = lesions;
    lesions[r->lesion_count++] = line->as;
    return OST_OK;
}

static ost_status read_entry(ost_case_reader *r, ost_case_line *line)
{
    if (r->id.len == 0) {
        ost_status code = fail(r, line, "the line \"id:\" must come before what is said about her");
        ost_err_hint(r->error, "for example: id: anna");
        return code;
    }
    ost_status code = read_ends(r, line);
    if (code != OST_OK) {
        return code;
    }
    line->value = ost_str_trim(line->value);
    if (ost_str_is(line->key, "observation") || ost_str_is(line->key, "diagnosis")) {
        code = read_explicit(r, line);
        return code == OST_OK ? remember_lesion(r, line) : code;
    }
    bool number =
        line->value.len > 0 && (is_digit(line->value.ptr[0]) || line->value.ptr[0] == '-');
    const ost_case_key *key = ost_case_find_key(&r->table, line->key, number);
    if (key == NULL) {
        return unknown_key(r, line);
    }
    code = read_value(r, key, line);
    if (code == OST_OK) {
        ost_case_write_line(r, key, line);
        code = remember_lesion(r, line);
    }
    return code;
}

/* "key: value"; "lab " before a key says nothing. False when there is no colon. */
static bool split_line(ost_str text, ost_str *key, ost_str *value)
{
    size_t colon = ost_str_find(text, OST_STR(":"), 0);
    if (colon == SIZE_MAX || colon == 0) {
        return false;
    }
    *key = ost_str_trim(ost_str_sub(text, 0, colon));
    if (ost_str_starts(*key, OST_STR("lab "))) {
        *key = ost_str_trim(ost_str_sub(*key, 4, key->len));
    }
    *value = ost_str_trim(ost_str_sub(text, colon + 1, text.len));
    return true;
}

static ost_status read_line(ost_case_reader *r, ost_str text, uint32_t number)
{
    ost_case_line line = {.number = number, .value_column = 1};
    if (!split_line(text, &line.key, &line.value)) {
        ost_status code =
            fail(r, &line, "\"%.*s\" is not \"key: value\"", OST_STR_ARG(ost_str_sub(text, 0, 40)));
        ost_err_hint(r->error, "a record is FHIR JSON, NDJSON or a case file (docs/record.md)");
        return code;
    }
    uint32_t ignored;
    size_t offset = line.value.ptr == NULL ? 0 : (size_t)(line.value.ptr - text.ptr);
    ost_err_locate(text, offset, &ignored, &line.value_column);
    bool known = false;
    ost_status code = read_person(r, &line, &known);
    return known || code != OST_OK ? code : read_entry(r, &line);
}

static ost_status finish(ost_case_reader *r, ost_str *json)
{
    if (r->id.len == 0) {
        ost_err_set(r->error, OST_E_SYNTAX, "the case file has no line \"id:\"");
        ost_err_place(r->error, (ost_str){NULL, 0}, 1, 1, 0);
        return OST_E_SYNTAX;
    }
    ost_str entries = ost_buf_str(&r->out);
    r->out = ost_buf_init(r->arena);
    ost_buf_text(&r->out, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
    ost_case_write_patient(r);
    ost_buf_add(&r->out, entries);
    ost_buf_text(&r->out, "]}\n");
    *json = ost_buf_str(&r->out);
    return json->ptr == NULL || entries.ptr == NULL ? ost_err_memory(r->error, r->arena) : OST_OK;
}

/* An editor's byte order mark says nothing. */
static ost_str without_mark(ost_str text)
{
    return ost_str_starts(text, OST_STR("\xEF\xBB\xBF")) ? ost_str_sub(text, 3, text.len) : text;
}

ost_status ost_case_to_fhir(ost_arena *arena, ost_str words, ost_str text, ost_str *json,
                            ost_error *error)
{
    ost_case_reader *r = ost_arena_alloc(arena, sizeof *r);
    if (r == NULL) {
        return ost_err_memory(error, arena);
    }
    *r = (ost_case_reader){
        .arena = arena, .out = ost_buf_init(arena), .out_line = 1, .error = error};
    size_t bad = ost_utf8_check(text);
    if (bad != SIZE_MAX) {
        uint32_t line, column;
        ost_err_locate(text, bad, &line, &column);
        ost_err_set(error, OST_E_SYNTAX, "the byte 0x%02X is not UTF-8",
                    (unsigned char)text.ptr[bad]);
        ost_err_place(error, (ost_str){NULL, 0}, line, column, (uint32_t)bad);
        return OST_E_SYNTAX;
    }
    ost_status code = ost_case_load_words(arena, words, &r->table, error);
    ost_str rest = without_mark(text), line;
    for (uint32_t number = 1; code == OST_OK && ost_str_next(&rest, '\n', &line); number++) {
        ost_str used = ost_str_trim(line);
        if (used.len > 0 && used.ptr[0] != '#') {
            code = read_line(r, used, number);
        }
    }
    return code == OST_OK ? finish(r, json) : code;
}

ost_str ost_case_id(ost_str text)
{
    ost_str rest = without_mark(text), line, key, value;
    while (ost_str_next(&rest, '\n', &line)) {
        line = ost_str_trim(line);
        if (line.len > 0 && line.ptr[0] != '#' && split_line(line, &key, &value) &&
            ost_str_is(key, "id")) {
            return value;
        }
    }
    return (ost_str){NULL, 0};
}
