/* The words of the answers, from content/words/en*.csv.
 *
 * A key is looked up as "audience|key". The order of looking is: the audience itself, then
 * `patient` for the family, then `all`. A clinician's sentence never reaches her or her family
 * by falling back: then there is no text, and content check reports it. */
#include "guide/words.h"

static const char *const audience_words[OST_AUDIENCE_COUNT] = {"clinician", "patient", "family"};

const char *ost_audience_word(ost_audience audience)
{
    return audience_words[audience];
}

ost_words ost_words_init(ost_arena *arena)
{
    return (ost_words){.arena = arena, .ids = ost_map_init(arena)};
}

static bool known_audience(ost_str word)
{
    bool known = ost_str_is(word, "all");
    for (size_t i = 0; i < OST_ARRAY_LEN(audience_words); i++) {
        known = known || ost_str_is(word, audience_words[i]);
    }
    return known;
}

static ost_status refuse(ost_error *error, ost_str source, uint32_t line, const char *what,
                         ost_str word)
{
    ost_status status = ost_err_set(error, OST_E_DATA, "%s \"%.*s\"", what, OST_STR_ARG(word));
    ost_err_place(error, source, line, 0, 0);
    return status;
}

static ost_status add_text(ost_words *words, ost_str key, ost_str audience, ost_str text)
{
    ost_buf name = ost_buf_init(words->arena);
    ost_buf_add(&name, audience);
    ost_buf_char(&name, '|');
    ost_buf_add(&name, key);
    ost_str whole = ost_buf_str(&name);
    words->texts = ost_arena_grow(words->arena, words->texts, &words->capacity, words->count + 1,
                                  sizeof *words->texts);
    if (!whole.ptr || !words->texts || !ost_map_put(&words->ids, whole, (uint32_t)words->count)) {
        return OST_E_MEMORY;
    }
    words->texts[words->count++] = text;
    return OST_OK;
}

/* Text for exactly this audience. */
static ost_str look(const ost_words *words, ost_str key, const char *audience)
{
    char name[256];
    size_t length = strlen(audience);
    if (length + 1 + key.len > sizeof name) {
        return (ost_str){0};
    }
    memcpy(name, audience, length);
    name[length] = '|';
    if (key.len > 0) {
        memcpy(name + length + 1, key.ptr, key.len);
    }
    uint32_t id = ost_map_get(&words->ids, (ost_str){name, length + 1 + key.len});
    return id == OST_MAP_NONE ? (ost_str){0} : words->texts[id];
}

static ost_status add_row(ost_words *words, ost_str source, const ost_csv_row *row,
                          const size_t column[3], bool site, ost_error *error)
{
    ost_str key = ost_str_trim(row->fields[column[0]]);
    ost_str audience = ost_str_trim(row->fields[column[1]]);
    if (key.len == 0 || key.len > 200) {
        return refuse(error, source, row->line, "a key is empty or too long:", key);
    }
    if (!known_audience(audience)) {
        return refuse(error, source, row->line, "unknown audience", audience);
    }
    char word[16] = {0};
    memcpy(word, audience.ptr, audience.len < 15 ? audience.len : 15);
    if (!site && look(words, key, word).ptr) {
        return refuse(error, source, row->line, "a second text for key", key);
    }
    ost_status status = add_text(words, key, audience, row->fields[column[2]]);
    return status == OST_OK ? OST_OK : ost_err_memory(error, words->arena);
}

ost_status ost_words_add(ost_words *words, ost_str source, ost_str csv, bool site, ost_error *error)
{
    static const char *const names[3] = {"key", "audience", "text"};
    ost_csv table;
    size_t column[3];
    ost_status status = ost_csv_read(words->arena, source, csv, &table, error);
    for (size_t i = 0; status == OST_OK && i < 3; i++) {
        column[i] = ost_csv_column(&table, names[i]);
        if (column[i] == SIZE_MAX) {
            status = refuse(error, source, 1, "the table has no column", ost_str_of(names[i]));
        }
    }
    for (size_t i = 0; status == OST_OK && i < table.row_count; i++) {
        status = add_row(words, source, &table.rows[i], column, site, error);
    }
    return status;
}

ost_str ost_words_get(const ost_words *words, ost_str key, ost_audience audience)
{
    ost_str text = look(words, key, audience_words[audience]);
    if (!text.ptr && audience == OST_FOR_FAMILY) {
        text = look(words, key, audience_words[OST_FOR_PATIENT]);
    }
    return text.ptr ? text : look(words, key, "all");
}

ost_str ost_words_get_of(const ost_words *words, ost_arena *arena, const char *prefix, ost_str of,
                         ost_str id, ost_audience audience)
{
    ost_buf own = ost_buf_init(arena), common = ost_buf_init(arena);
    ost_buf_printf(&own, "%s%.*s.%.*s", prefix, OST_STR_ARG(of), OST_STR_ARG(id));
    ost_buf_printf(&common, "%s%.*s", prefix, OST_STR_ARG(id));
    ost_str text = ost_words_get(words, ost_buf_str(&own), audience);
    return text.ptr ? text : ost_words_get(words, ost_buf_str(&common), audience);
}

bool ost_words_has(const ost_words *words, ost_str key, ost_audience audience)
{
    return ost_words_get(words, key, audience).ptr != NULL;
}

static const ost_word_pair *find_pair(ost_str name, const ost_word_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ost_str_is(name, pairs[i].name)) {
            return &pairs[i];
        }
    }
    return NULL;
}

void ost_words_fill(ost_buf *out, ost_str text, const ost_word_pair *pairs, size_t count)
{
    size_t at = 0;
    while (at < text.len) {
        size_t open = ost_str_find(text, OST_STR("{"), at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : ost_str_find(text, OST_STR("}"), open);
        if (close == SIZE_MAX) {
            ost_buf_add(out, ost_str_sub(text, at, text.len - at));
            return;
        }
        ost_buf_add(out, ost_str_sub(text, at, open - at));
        const ost_word_pair *pair =
            find_pair(ost_str_sub(text, open + 1, close - open - 1), pairs, count);
        ost_buf_add(out, pair ? pair->value : ost_str_sub(text, open, close + 1 - open));
        at = close + 1;
    }
}
