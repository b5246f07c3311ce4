/* Values and doses as a reader sees them, and sentences with values in them.
 *
 * Rounding for display is here and nowhere else: two decimals, half away from zero. The exact
 * value stays in the assessment; views put it beside the shown one. */
#include "guide/run.h"

enum { SHOWN_DECIMALS = 2 };

static ost_str phrase(const ost_content *content, const char *key, ost_audience audience)
{
    ost_str text = ost_words_get(&content->words, ost_str_of(key), audience);
    return text.ptr ? text : ost_str_of(key);
}

static void put_decimal(ost_buf *out, ost_decimal d)
{
    char text[OST_DECIMAL_TEXT_MAX];
    ost_decimal rounded = d;
    if (d.scale > SHOWN_DECIMALS && !ost_decimal_round(d, SHOWN_DECIMALS, &rounded)) {
        rounded = d;
    }
    size_t length = ost_decimal_format_short(rounded, text);
    ost_buf_add(out, (ost_str){text, length});
}

/* The word for a code ("value.positive"), else the code with spaces for hyphens. */
static void put_code(ost_buf *out, const ost_content *content, ost_str code, ost_audience audience)
{
    char key[96] = "value.";
    size_t prefix = strlen(key);
    if (code.len > 0 && prefix + code.len < sizeof key) {
        memcpy(key + prefix, code.ptr, code.len);
        ost_str text = ost_words_get(&content->words, (ost_str){key, prefix + code.len}, audience);
        if (text.ptr) {
            ost_buf_add(out, text);
            return;
        }
    }
    for (size_t i = 0; i < code.len; i++) {
        ost_buf_char(out, code.ptr[i] == '-' ? ' ' : code.ptr[i]);
    }
}

/* The unit as a reader knows it ("unit.[iU]" in the words), else the UCUM code. Annotations such as
 * {score} and the unit 1 are nothing that a reader needs. */
static void put_unit(ost_buf *out, const ost_content *content, ost_str unit, ost_audience audience)
{
    char key[96] = "unit.";
    size_t prefix = strlen(key);
    if (unit.len == 0 || unit.ptr[0] == '{' || ost_str_is(unit, "1")) {
        return;
    }
    ost_str text = {0};
    if (prefix + unit.len < sizeof key) {
        memcpy(key + prefix, unit.ptr, unit.len);
        text = ost_words_get(&content->words, (ost_str){key, prefix + unit.len}, audience);
    }
    ost_buf_char(out, ' ');
    ost_buf_add(out, text.ptr ? text : unit);
}

static void put_when(ost_buf *out, ost_when when)
{
    char text[OST_WHEN_TEXT_MAX];
    if (when.precision > OST_UNIT_DAY) {
        when = (ost_when){
            .year = when.year, .month = when.month, .day = when.day, .precision = OST_UNIT_DAY};
    }
    size_t length = ost_when_format(when, OST_DATE, text);
    ost_buf_add(out, (ost_str){text, length});
}

static void put_value(ost_buf *out, const ost_content *content, ost_value value,
                      ost_audience audience)
{
    switch ((ost_kind)value.kind) {
    case OST_BOOLEAN:
        ost_buf_add(out, phrase(content, value.boolean ? "value.yes" : "value.no", audience));
        return;
    case OST_INTEGER:
        ost_buf_printf(out, "%d", value.integer);
        return;
    case OST_LONG:
        ost_buf_printf(out, "%lld", (long long)value.integer64);
        return;
    case OST_DECIMAL:
        put_decimal(out, value.decimal);
        return;
    case OST_QUANTITY:
        put_decimal(out, value.quantity->value);
        return;
    case OST_STRING:
        put_code(out, content, value.string, audience);
        return;
    case OST_DATE:
    case OST_DATETIME:
        put_when(out, value.when);
        return;
    case OST_LIST:
        for (size_t i = 0; i < value.list.count; i++) {
            ost_buf_text(out, i > 0 ? ", " : "");
            put_value(out, content, value.list.items[i], audience);
        }
        if (value.list.count == 0) {
            ost_buf_add(out, phrase(content, "value.none", audience));
        }
        return;
    case OST_NULL:
    case OST_TIME:
    case OST_RATIO:
    case OST_CODE:
    case OST_CONCEPT:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    ost_buf_add(out, phrase(content, "value.unknown", audience));
}

ost_str ost_fact_value_text(const ost_content *content, ost_arena *arena, const ost_fact *fact,
                            ost_audience audience)
{
    ost_buf out = ost_buf_init(arena);
    put_value(&out, content, fact->value, audience);
    return ost_buf_str(&out);
}

ost_str ost_fact_text(const ost_content *content, ost_arena *arena, const ost_fact *fact,
                      ost_audience audience)
{
    ost_buf out = ost_buf_init(arena);
    put_value(&out, content, fact->value, audience);
    if (!ost_is_null(fact->value)) {
        put_unit(&out, content, fact->unit, audience);
    }
    bool dated = fact->value.kind == OST_QUANTITY || fact->state == OST_FACT_STALE;
    if (dated && fact->date.precision != OST_UNIT_NONE) {
        ost_buf_text(&out, " (");
        put_when(&out, fact->date);
        ost_buf_char(&out, ')');
    }
    return ost_buf_str(&out);
}

static void put_days(ost_buf *out, const ost_content *content, ost_value days,
                     ost_audience audience)
{
    for (size_t i = 0; i < days.list.count; i++) {
        ost_str between = phrase(content, "dose.or", audience);
        if (i > 0) {
            ost_buf_printf(out, i + 1 < days.list.count ? ", " : " %.*s ", OST_STR_ARG(between));
        }
        put_value(out, content, days.list.items[i], audience);
    }
}

static void put_part(ost_buf *out, const ost_content *content, const char *key, ost_value value,
                     ost_audience audience)
{
    if (ost_is_null(value) || (value.kind == OST_LIST && value.list.count == 0)) {
        return;
    }
    ost_buf text = ost_buf_init(out->arena);
    if (value.kind == OST_LIST) {
        put_days(&text, content, value, audience);
    } else {
        put_value(&text, content, value, audience);
    }
    ost_word_pair pair = {"value", ost_buf_str(&text)};
    ost_buf_text(out, ", ");
    ost_words_fill(out, phrase(content, key, audience), &pair, 1);
}

ost_str ost_dose_text(const ost_content *content, ost_arena *arena, const ost_dose *dose,
                      ost_audience audience)
{
    ost_buf out = ost_buf_init(arena);
    put_value(&out, content, dose->amount, audience);
    if (!ost_is_null(dose->amount_high)) {
        ost_buf_printf(&out, " %.*s ", OST_STR_ARG(phrase(content, "dose.to", audience)));
        put_value(&out, content, dose->amount_high, audience);
    }
    put_unit(&out, content, dose->unit, audience);
    if (dose->route.len > 0) {
        ost_buf_char(&out, ' ');
        put_code(&out, content, dose->route, audience);
    }
    put_part(&out, content, "dose.minutes", dose->duration_min, audience);
    put_part(&out, content, "dose.fractions", dose->fractions, audience);
    put_part(&out, content, "dose.days", dose->interval_days, audience);
    return ost_buf_str(&out);
}

/* Value of a placeholder: "fact:creatinine" or "dose". */
static ost_str placeholder(ost_run *run, ost_str name, ost_audience audience, const ost_dose *dose)
{
    ost_str prefix = OST_STR("fact:");
    if (ost_str_starts(name, prefix)) {
        ost_str id = ost_str_sub(name, prefix.len, name.len - prefix.len);
        uint32_t index = ost_map_get(&run->content->fact_ids, id);
        return index == OST_MAP_NONE
                   ? (ost_str){0}
                   : ost_fact_text(run->content, run->arena, &run->facts[index], audience);
    }
    if (ost_str_is(name, "dose") && dose) {
        return ost_dose_text(run->content, run->arena, dose, audience);
    }
    return phrase(run->content, "value.unknown", audience);
}

ost_str ost_run_words(ost_run *run, ost_str key, ost_audience audience, const ost_dose *dose)
{
    ost_str text = ost_words_get(&run->content->words, key, audience);
    ost_buf out = ost_buf_init(run->arena);
    for (size_t at = 0; at < text.len;) {
        size_t open = ost_str_find(text, OST_STR("{"), at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : ost_str_find(text, OST_STR("}"), open);
        if (close == SIZE_MAX) {
            ost_buf_add(&out, ost_str_sub(text, at, text.len - at));
            break;
        }
        ost_buf_add(&out, ost_str_sub(text, at, open - at));
        ost_buf_add(
            &out, placeholder(run, ost_str_sub(text, open + 1, close - open - 1), audience, dose));
        at = close + 1;
    }
    return ost_buf_str(&out);
}
