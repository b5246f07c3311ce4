/* "Why" as JSON: the option as in an Assessment, its facts, its rules with their place and
 * result, the nearest changes, all sources. */
#include "view/json.h"
#include "view/why_view.h"

static void write_rule(const ost_view *v, const ost_why_rule *rule)
{
    static const char *const results[] = {
        [OST_TRI_NO] = "false", [OST_TRI_YES] = "true", [OST_TRI_UNKNOWN] = "null"};
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "role", ost_str_of(rule->role));
    ost_json_text(out, "library", rule->library);
    ost_json_text(out, "name", rule->name);
    ost_json_text(out, "file", rule->file);
    ost_json_name(out, "line");
    ost_buf_printf(out, "%u", rule->line);
    ost_json_text(out, "text", rule->text);
    ost_json_name(out, "value");
    ost_buf_text(out, results[rule->value]);
    if (rule->lesions.count > 0) {
        ost_json_texts(out, "lesions", rule->lesions);
    }
    ost_buf_char(out, '}');
}

static void write_change(const ost_view *v, const ost_why_change *change)
{
    const ost_fact *fact = change->fact;
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "fact", fact->id);
    ost_json_name(out, "from");
    ost_json_value(out, fact->value);
    ost_json_name(out, "to");
    ost_json_value(out, change->to);
    ost_json_text(out, "unit", fact->unit);
    ost_json_text(out, "status", ost_str_of(ost_status_text(change->status)));
    ost_json_text(out, "text", ost_why_change_text(v, change));
    ost_buf_char(out, '}');
}

void ost_why_write_json(const ost_view *v, const ost_why_answer *why)
{
    ost_buf *out = v->out;
    ost_buf_char(out, '{');
    ost_json_versions(v);
    ost_json_name(out, "option");
    ost_json_option(v, &why->option);
    ost_json_name(out, "facts");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < why->fact_count; i++) {
        ost_json_item(out);
        ost_json_fact(v, why->facts[i]);
    }
    ost_buf_char(out, ']');
    ost_json_name(out, "rules");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < why->rule_count; i++) {
        write_rule(v, &why->rules[i]);
    }
    ost_buf_char(out, ']');
    ost_json_name(out, "changes");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < why->change_count; i++) {
        write_change(v, &why->changes[i]);
    }
    ost_buf_char(out, ']');
    ost_json_name(out, "sources");
    ost_buf_char(out, '[');
    for (size_t i = 0; i < why->plan->source_count; i++) {
        ost_json_item(out);
        ost_json_source(v, NULL, &why->plan->sources[i]);
    }
    ost_buf_text(out, "]}");
}
