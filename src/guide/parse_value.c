/* Values of facts from text: cases and what-if. */
#include "guide/run.h"

static bool is_type(ost_str type, const char *name)
{
    ost_str system = OST_STR("System.");
    return ost_str_is(type, name) ||
           (ost_str_starts(type, system) &&
            ost_str_is(ost_str_sub(type, system.len, type.len - system.len), name));
}

static ost_str type_of(const ost_run *run, size_t fact)
{
    return ost_program_define(run->content->program, run->content->facts[fact].define).type;
}

ost_value ost_fact_number(ost_run *run, size_t fact, ost_decimal d)
{
    const ost_fact_def *def = &run->content->facts[fact];
    if (is_type(type_of(run, fact), "Integer")) {
        return ost_integer((int32_t)ost_decimal_truncate(d));
    }
    return def->unit.len > 0 ? ost_quantity_value(run->arena, d, def->unit) : ost_decimal_value(d);
}

static bool parse_date(const ost_run *run, size_t fact, ost_str text, ost_value *out)
{
    ost_when when;
    ost_kind kind = is_type(type_of(run, fact), "Date") ? OST_DATE : OST_DATETIME;
    if (!ost_when_parse(text, (int)kind, &when)) {
        return false;
    }
    *out = ost_when_value(kind, when);
    return true;
}

static bool parse_list(ost_run *run, ost_str text, ost_value *out)
{
    ost_text_list words = ost_csv_split(run->arena, text, '|');
    ost_value *items = ost_arena_array(run->arena, words.count, sizeof *items);
    for (size_t i = 0; items && i < words.count; i++) {
        items[i] = ost_string(words.items[i]);
    }
    *out = ost_list(items, items ? words.count : 0);
    return items != NULL;
}

static bool parse_number(ost_run *run, size_t fact, ost_str text, ost_value *out)
{
    ost_decimal d;
    if (!ost_decimal_parse(text, false, false, &d)) {
        return false;
    }
    *out = ost_fact_number(run, fact, d);
    return true;
}

bool ost_run_parse_value(ost_run *run, size_t fact, ost_str text, ost_value *out)
{
    if (ost_str_is(text, "unknown")) {
        *out = ost_null();
        return true;
    }
    switch (run->content->facts[fact].type) {
    case OST_FACT_BOOLEAN:
        *out = ost_boolean(ost_str_is(text, "true"));
        return ost_str_is(text, "true") || ost_str_is(text, "false");
    case OST_FACT_QUANTITY:
    case OST_FACT_INTEGER:
    case OST_FACT_DECIMAL:
        return parse_number(run, fact, text, out);
    case OST_FACT_CODE:
    case OST_FACT_STRING:
        *out = is_type(type_of(run, fact), "Code")
                   ? ost_code_value(run->arena, (ost_code){.code = text})
                   : ost_string(text);
        return true;
    case OST_FACT_DATE:
        return parse_date(run, fact, text, out);
    case OST_FACT_LIST:
        return parse_list(run, text, out);
    }
    return false;
}
