/* The Assessment as JSON: exactly the members of design.md section 4, in that order.
 *
 * Decimals are written as digits, never through a double. Absent is null. One document, no line
 * breaks, so that several patients are one line each. docs/api/assessment.schema.json is its
 * schema. */
#include "view/json.h"

#include "view/view.h"

/* Name of the next member, with the comma before it. */
void ost_json_name(ost_buf *out, const char *name)
{
    char last = out->len > 0 ? out->ptr[out->len - 1] : '{';
    if (last != '{' && last != '[') {
        ost_buf_char(out, ',');
    }
    ost_buf_json(out, ost_str_of(name));
    ost_buf_char(out, ':');
}

void ost_json_item(ost_buf *out)
{
    char last = out->len > 0 ? out->ptr[out->len - 1] : '[';
    if (last != '[') {
        ost_buf_char(out, ',');
    }
}

void ost_json_text(ost_buf *out, const char *name, ost_str text)
{
    ost_json_name(out, name);
    if (text.len > 0) {
        ost_buf_json(out, text);
    } else {
        ost_buf_text(out, "null");
    }
}

void ost_json_texts(ost_buf *out, const char *name, ost_text_list list)
{
    ost_json_name(out, name);
    ost_buf_char(out, '[');
    for (size_t i = 0; i < list.count; i++) {
        ost_json_item(out);
        ost_buf_json(out, list.items[i]);
    }
    ost_buf_char(out, ']');
}

static void write_when(ost_buf *out, ost_when when, int kind)
{
    char text[OST_WHEN_TEXT_MAX];
    size_t length = ost_when_format(when, kind, text);
    ost_buf_json(out, (ost_str){text, length});
}

void ost_json_decimal(ost_buf *out, ost_decimal d)
{
    char text[OST_DECIMAL_TEXT_MAX];
    ost_buf_add(out, (ost_str){text, ost_decimal_format(d, text)});
}

void ost_json_value(ost_buf *out, ost_value value)
{
    switch ((ost_kind)value.kind) {
    case OST_BOOLEAN:
        ost_buf_text(out, value.boolean ? "true" : "false");
        return;
    case OST_INTEGER:
        ost_buf_printf(out, "%d", value.integer);
        return;
    case OST_LONG:
        ost_buf_printf(out, "%lld", (long long)value.integer64);
        return;
    case OST_DECIMAL:
        ost_json_decimal(out, value.decimal);
        return;
    case OST_QUANTITY:
        ost_json_decimal(out, value.quantity->value);
        return;
    case OST_STRING:
        ost_buf_json(out, value.string);
        return;
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        write_when(out, value.when, value.kind);
        return;
    case OST_LIST:
        ost_buf_char(out, '[');
        for (size_t i = 0; i < value.list.count; i++) {
            ost_json_item(out);
            ost_json_value(out, value.list.items[i]);
        }
        ost_buf_char(out, ']');
        return;
    case OST_NULL:
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
    ost_buf_text(out, "null");
}

static void member_value(ost_buf *out, const char *name, ost_value value)
{
    ost_json_name(out, name);
    ost_json_value(out, value);
}

void ost_json_fact(const ost_view *v, const ost_fact *fact)
{
    ost_buf *out = v->out;
    ost_buf_char(out, '{');
    ost_json_text(out, "id", fact->id);
    ost_json_text(out, "title", ost_view_fact_title(v, fact));
    ost_json_text(out, "state", ost_str_of(ost_state_text(fact->state)));
    member_value(out, "value", fact->value);
    ost_json_text(out, "unit", fact->unit);
    ost_json_name(out, "date");
    if (fact->date.precision == OST_UNIT_NONE) {
        ost_buf_text(out, "null");
    } else {
        write_when(out, fact->date, fact->date_kind);
    }
    ost_json_texts(out, "sources", fact->sources);
    ost_json_text(out, "define", fact->define);
    if (fact->lesion.len > 0) {
        ost_json_text(out, "lesion", fact->lesion);
    }
    ost_json_texts(out, "labels", fact->labels);
    ost_buf_char(out, '}');
}

static void write_facts(const ost_view *v)
{
    ost_json_name(v->out, "facts");
    ost_buf_char(v->out, '[');
    for (size_t i = 0; i < v->a->fact_count; i++) {
        if (ost_view_shows_fact(v, &v->a->facts[i])) {
            ost_json_item(v->out);
            ost_json_fact(v, &v->a->facts[i]);
        }
    }
    ost_buf_char(v->out, ']');
}

static void write_score_items(const ost_view *v, const ost_score *score)
{
    ost_buf *out = v->out;
    ost_json_name(out, "items");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < score->item_count; i++) {
        const ost_score_item *item = &score->items[i];
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "id", item->id);
        member_value(out, "value", item->value);
        member_value(out, "points", item->points);
        ost_json_text(out, "state", item->state);
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
}

static void write_scores(const ost_view *v)
{
    ost_buf *out = v->out;
    ost_json_name(out, "scores");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < v->a->score_count; i++) {
        const ost_score *score = &v->a->scores[i];
        if (!ost_view_shows_score(v, score)) {
            continue;
        }
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "id", score->id);
        ost_json_text(out, "lesion", score->lesion);
        write_score_items(v, score);
        member_value(out, "total", score->total);
        member_value(out, "total_low", score->total_low);
        member_value(out, "total_high", score->total_high);
        ost_json_text(out, "class", score->class_word);
        ost_json_text(out, "class_low", score->class_low);
        ost_json_text(out, "class_high", score->class_high);
        ost_json_texts(out, "sensitivity", score->sensitivity);
        ost_json_text(out, "limits", score->limits);
        ost_json_text(out, "audience",
                      score->clinician_only ? OST_STR("clinician") : OST_STR("all"));
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
}

void ost_json_source(const ost_view *v, const char *name, const ost_source *source)
{
    ost_buf *out = v->out;
    if (name) {
        ost_json_name(out, name);
    }
    ost_buf_char(out, '{');
    ost_json_text(out, "label", source->label);
    ost_json_name(out, "year");
    if (source->year > 0) {
        ost_buf_printf(out, "%d", source->year);
    } else {
        ost_buf_text(out, "null");
    }
    ost_json_text(out, "section", source->section);
    ost_json_text(out, "url", ost_view_source_url(v, source));
    ost_json_text(out, "grade", source->grade);
    ost_buf_char(out, '}');
}

static void write_safety(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    ost_safety_list list = ost_view_safety(v, option);
    ost_json_name(out, "safety");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < list.count; i++) {
        const ost_safety *safety = &list.items[i];
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "level", safety->block ? OST_STR("block") : OST_STR("caution"));
        ost_json_text(out, "text", safety->text);
        ost_json_text(out, "fact",
                      ost_view_shows_fact_id(v, safety->fact) ? safety->fact : (ost_str){0});
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
}

static void write_dose(const ost_view *v, const ost_dose *dose)
{
    ost_buf *out = v->out;
    ost_json_name(out, "dose");
    if (!dose) {
        ost_buf_text(out, "null");
        return;
    }
    ost_buf_char(out, '{');
    ost_json_text(out, "drug", dose->drug);
    member_value(out, "amount", dose->amount);
    member_value(out, "amount_high", dose->amount_high);
    ost_json_text(out, "unit", dose->unit);
    ost_json_text(out, "route", dose->route);
    member_value(out, "duration_min", dose->duration_min);
    member_value(out, "interval_days",
                 ost_is_null(dose->interval_days) ? ost_list(NULL, 0) : dose->interval_days);
    member_value(out, "fractions", dose->fractions);
    ost_json_texts(out, "basis", ost_view_fact_ids(v, dose->basis));
    ost_json_text(out, "rule", dose->rule);
    ost_buf_char(out, '}');
}

void ost_json_option(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    ost_buf_char(out, '{');
    ost_json_text(out, "id", option->id);
    ost_json_text(out, "topic", option->topic);
    ost_json_text(out, "title", ost_view_option_title(v, option));
    ost_json_text(out, "plain_title", option->plain_title);
    ost_json_text(out, "domain", option->domain);
    ost_json_text(out, "kind", option->kind);
    ost_json_text(out, "intent", option->intent);
    ost_json_text(out, "status", ost_str_of(ost_status_text(option->status)));
    ost_json_text(out, "because", option->because);
    ost_json_text(out, "urgency", option->urgency);
    ost_json_text(out, "strength", option->strength);
    ost_json_source(v, "source", &option->source);
    ost_json_texts(out, "reasons", ost_view_reasons(v, option));
    ost_json_texts(out, "missing", ost_view_fact_ids(v, option->missing));
    ost_json_texts(out, "first", ost_view_first(v, option));
    write_safety(v, option);
    write_dose(v, option->dose);
    ost_json_texts(out, "resources", option->resources);
    ost_json_text(out, "outlook", option->outlook);
    ost_json_text(out, "audience", option->clinician_only ? OST_STR("clinician") : OST_STR("all"));
    ost_buf_char(out, '}');
}

static void write_options(const ost_view *v)
{
    ost_json_name(v->out, "options");
    ost_buf_char(v->out, '[');
    for (size_t i = 0; i < v->a->option_count; i++) {
        if (ost_view_shows_option(v, &v->a->options[i])) {
            ost_json_item(v->out);
            ost_json_option(v, &v->a->options[i]);
        }
    }
    ost_buf_char(v->out, ']');
}

static void write_raised(const ost_view *v, const ost_flag *flag)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "id", flag->id);
    ost_json_text(out, "title", ost_view_flag_title(v, flag));
    ost_json_text(out, "state", flag->confirmed ? OST_STR("confirmed") : OST_STR("suspected"));
    ost_json_name(out, "within_hours");
    ost_buf_printf(out, "%d", flag->within_hours);
    ost_json_texts(out, "actions", ost_view_actions(v, flag));
    ost_json_texts(out, "facts", ost_view_fact_ids(v, flag->facts));
    ost_buf_char(out, '}');
}

static void write_checked(const ost_view *v, const ost_flag *flag)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "id", flag->id);
    ost_json_text(out, "state",
                  flag->cannot_exclude ? OST_STR("cannot exclude") : OST_STR("not found"));
    ost_json_texts(out, "missing", ost_view_fact_ids(v, flag->missing));
    ost_buf_char(out, '}');
}

static void write_flags(const ost_view *v, const char *name, bool raised)
{
    ost_json_name(v->out, name);
    ost_buf_char(v->out, '[');
    for (size_t i = 0; i < v->a->flag_count; i++) {
        const ost_flag *flag = &v->a->flags[i];
        if (flag->raised != raised) {
            continue;
        }
        if (raised) {
            write_raised(v, flag);
        } else {
            write_checked(v, flag);
        }
    }
    ost_buf_char(v->out, ']');
}

void ost_json_messages(const ost_view *v)
{
    static const char *const levels[] = {
        [OST_LEVEL_INFO] = "info", [OST_LEVEL_WARNING] = "warning", [OST_LEVEL_ERROR] = "error"};
    ost_buf *out = v->out;
    ost_json_name(out, "messages");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < v->a->message_count; i++) {
        const ost_message *message = &v->a->messages[i];
        if (!ost_view_shows_message(v, i)) {
            continue;
        }
        ost_json_item(out);
        ost_buf_char(out, '{');
        ost_json_text(out, "level", ost_str_of(levels[message->level]));
        ost_json_text(out, "text", message->text);
        ost_json_text(out, "path", message->path);
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
}

void ost_json_versions(const ost_view *v)
{
    const ost_assessment *a = v->a;
    ost_json_text(v->out, "as_of", a->as_of);
    ost_json_text(v->out, "engine_version", a->engine_version);
    ost_json_text(v->out, "content_version", a->content_version);
    ost_json_text(v->out, "site", a->site);
    ost_json_text(v->out, "input_hash", a->input_hash);
    ost_json_text(v->out, "audience", ost_str_of(ost_audience_word(a->audience)));
    ost_json_text(v->out, "patient", a->patient_id);
}

void ost_view_write_json(const ost_view *v)
{
    ost_buf_char(v->out, '{');
    ost_json_versions(v);
    write_facts(v);
    write_scores(v);
    write_options(v);
    write_flags(v, "red_flags", true);
    write_flags(v, "flags_checked", false);
    ost_json_texts(v->out, "missing", ost_view_fact_ids(v, v->a->missing));
    ost_json_messages(v);
    ost_json_text(v->out, "outlook", (ost_str){0});
    ost_buf_char(v->out, '}');
}
