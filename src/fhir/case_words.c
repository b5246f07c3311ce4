/* The table of content/model/case-words.csv: systems, keys with their form and code, words of each
 * key. */
#include "fhir/case_detail.h"

/* Fields of a row S, K and W. */
enum { SYSTEM_FIELDS = 3, KEY_FIELDS = 7, WORD_FIELDS = 11, MAX_FIELDS = WORD_FIELDS };
enum { MAX_DISTANCE = 2, MAX_WORD = 64 };

static const struct form_name {
    const char *name;
    ost_case_form form;
} forms[] = {
    {"number", OST_CASE_NUMBER},       {"integer", OST_CASE_INTEGER},
    {"word", OST_CASE_WORD},           {"yes-no", OST_CASE_YES_NO},
    {"date", OST_CASE_DATE},           {"text", OST_CASE_TEXT},
    {"condition", OST_CASE_CONDITION}, {"procedure", OST_CASE_PROCEDURE},
    {"statement", OST_CASE_STATEMENT}, {"not-taken", OST_CASE_NOT_TAKEN},
    {"order", OST_CASE_ORDER},         {"given", OST_CASE_GIVEN},
    {"allergy", OST_CASE_ALLERGY},     {"part", OST_CASE_PART},
};

static bool find_form(ost_str name, ost_case_form *form)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(forms); i++) {
        if (ost_str_is(name, forms[i].name)) {
            *form = forms[i].form;
            return true;
        }
    }
    return false;
}

const ost_str *ost_case_find_system(const ost_case_table *table, ost_str name)
{
    for (size_t i = 0; i < table->system_count; i++) {
        if (ost_str_equal(table->systems[i].name, name)) {
            return &table->systems[i].url;
        }
    }
    return NULL;
}

/* Three fields from `at`: system, code, title. False when the system has no row S before. */
static bool read_code(const ost_case_table *table, const ost_str fields[MAX_FIELDS], size_t at,
                      ost_case_code *code)
{
    if (fields[at].len == 0) {
        return true;
    }
    const ost_str *url = ost_case_find_system(table, fields[at]);
    if (url == NULL) {
        return false;
    }
    *code = (ost_case_code){*url, fields[at + 1], fields[at + 2]};
    return true;
}

static void *room(ost_arena *arena, void *items, size_t *capacity, size_t count, size_t size)
{
    return ost_arena_grow(arena, items, capacity, count + 1, size);
}

static ost_status add_system(ost_arena *arena, ost_case_table *t, const ost_str f[MAX_FIELDS])
{
    struct ost_case_system *systems =
        room(arena, t->systems, &t->system_capacity, t->system_count, sizeof *systems);
    if (systems == NULL) {
        return OST_E_MEMORY;
    }
    t->systems = systems;
    systems[t->system_count++] = (struct ost_case_system){f[1], f[2]};
    return OST_OK;
}

static ost_status add_key(ost_arena *arena, ost_case_table *t, const ost_str f[MAX_FIELDS])
{
    ost_case_key key = {.name = f[1], .first_word = t->word_count, .unit = f[6]};
    if (!find_form(f[2], &key.form) || !read_code(t, f, 3, &key.code)) {
        return OST_E_SYNTAX;
    }
    if (ost_str_starts(key.unit, OST_STR("="))) {
        key.unit = ost_str_sub(key.unit, 1, key.unit.len);
        key.unit_is_default = true;
    }
    ost_case_key *keys = room(arena, t->keys, &t->key_capacity, t->key_count, sizeof *keys);
    if (keys == NULL) {
        return OST_E_MEMORY;
    }
    t->keys = keys;
    keys[t->key_count++] = key;
    return OST_OK;
}

static ost_status add_word(ost_arena *arena, ost_case_table *t, const ost_str f[MAX_FIELDS])
{
    ost_case_word word = {.word = f[1]};
    if (t->key_count == 0 || !read_code(t, f, 2, &word.code) || !read_code(t, f, 5, &word.site) ||
        !read_code(t, f, 8, &word.part)) {
        return OST_E_SYNTAX;
    }
    ost_case_word *words = room(arena, t->words, &t->word_capacity, t->word_count, sizeof *words);
    if (words == NULL) {
        return OST_E_MEMORY;
    }
    t->words = words;
    words[t->word_count++] = word;
    t->keys[t->key_count - 1].word_count++;
    return OST_OK;
}

static ost_status add_row(ost_arena *arena, ost_case_table *t, ost_str line)
{
    ost_str fields[MAX_FIELDS] = {{NULL, 0}};
    ost_str rest = line;
    size_t count = 0;
    while (count < MAX_FIELDS && ost_str_next(&rest, ',', &fields[count])) {
        fields[count] = ost_str_trim(fields[count]);
        count++;
    }
    if (fields[1].len == 0 || rest.ptr != NULL) {
        return OST_E_SYNTAX;
    }
    if (ost_str_is(fields[0], "S") && count <= SYSTEM_FIELDS) {
        return add_system(arena, t, fields);
    }
    if (ost_str_is(fields[0], "K") && count <= KEY_FIELDS) {
        return add_key(arena, t, fields);
    }
    return ost_str_is(fields[0], "W") ? add_word(arena, t, fields) : OST_E_SYNTAX;
}

ost_status ost_case_load_words(ost_arena *arena, ost_str csv, ost_case_table *table,
                               ost_error *error)
{
    ost_str rest = csv, line;
    *table = (ost_case_table){.keys = NULL};
    for (uint32_t number = 1; ost_str_next(&rest, '\n', &line); number++) {
        line = ost_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        ost_status code = add_row(arena, table, line);
        if (code == OST_E_MEMORY) {
            return ost_err_memory(error, arena);
        }
        if (code != OST_OK) {
            ost_err_set(error, code, "case words: \"%.*s\" is not a row S, K or W",
                        OST_STR_ARG(line));
            ost_err_place(error, OST_STR("case-words.csv"), number, 1, 0);
            return code;
        }
    }
    return OST_OK;
}

static bool reads_numbers(ost_case_form form)
{
    return form == OST_CASE_NUMBER || form == OST_CASE_INTEGER;
}

const ost_case_key *ost_case_find_key(const ost_case_table *table, ost_str name, bool number)
{
    const ost_case_key *found = NULL;
    for (size_t i = 0; i < table->key_count; i++) {
        const ost_case_key *key = &table->keys[i];
        if (ost_str_equal(key->name, name) && key->form != OST_CASE_PART &&
            (found == NULL || reads_numbers(key->form) == number)) {
            found = key;
        }
    }
    return found;
}

const ost_case_word *ost_case_find_word(const ost_case_table *table, const ost_case_key *key,
                                        ost_str word)
{
    for (size_t i = 0; i < key->word_count; i++) {
        const ost_case_word *w = &table->words[key->first_word + i];
        if (ost_str_equal_ignoring_case(w->word, word)) {
            return w;
        }
    }
    return NULL;
}

/* Insertions, deletions and changes of bytes between two short words (Levenshtein). */
static size_t distance(ost_str a, ost_str b)
{
    size_t row[MAX_WORD + 1];
    if (a.len > MAX_WORD || b.len > MAX_WORD) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (a.ptr[i - 1] == b.ptr[j - 1] ? 0 : 1);
            size_t shorter = row[j] < row[j - 1] ? row[j] : row[j - 1];
            diagonal = row[j];
            row[j] = change < shorter + 1 ? change : shorter + 1;
        }
    }
    return row[b.len];
}

/* Better than the best so far, and more of the name right than wrong. */
static void consider(ost_str candidate, ost_str name, ost_str *best, size_t *best_distance)
{
    size_t d = distance(candidate, name);
    if (d < *best_distance && d < name.len - d) {
        *best = candidate;
        *best_distance = d;
    }
}

ost_str ost_case_nearest_key(const ost_case_table *table, ost_str name)
{
    static const char *const own[] = {"id",   "name",        "born",      "sex",
                                      "died", "observation", "diagnosis", "date"};
    ost_str best = {NULL, 0};
    size_t best_distance = MAX_DISTANCE + 1;
    for (size_t i = 0; i < table->key_count; i++) {
        if (table->keys[i].form != OST_CASE_PART) {
            consider(table->keys[i].name, name, &best, &best_distance);
        }
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(own); i++) {
        consider(ost_str_of(own[i]), name, &best, &best_distance);
    }
    return best;
}

ost_str ost_case_nearest_word(const ost_case_table *table, const ost_case_key *key, ost_str word)
{
    ost_str best = {NULL, 0};
    size_t best_distance = MAX_DISTANCE + 1;
    for (size_t i = 0; i < key->word_count; i++) {
        consider(table->words[key->first_word + i].word, word, &best, &best_distance);
    }
    return best;
}
