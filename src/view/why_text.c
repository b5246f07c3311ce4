/* "Why" for a terminal: one sentence, then facts, rules with their place, and what would change
 * the answer. */
#include "view/why_view.h"

#include "view/lines.h"

static ost_phrase sentence(const ost_option *option)
{
    static const struct {
        const char *because;
        ost_phrase phrase;
    } sentences[] = {{"contraindicated", OST_SAY_WHY_CONTRAINDICATED},
                     {"not yet", OST_SAY_WHY_NOT_YET},
                     {"not indicated", OST_SAY_WHY_NOT_INDICATED},
                     {"missing data", OST_SAY_WHY_MISSING}};
    for (size_t i = 0; i < OST_ARRAY_LEN(sentences); i++) {
        if (ost_str_is(option->because, sentences[i].because)) {
            return sentences[i].phrase;
        }
    }
    return OST_SAY_WHY_APPLIES;
}

ost_phrase ost_why_role(const char *role)
{
    static const struct {
        const char *role;
        ost_phrase phrase;
    } roles[] = {{"entry", OST_SAY_ROLE_ENTRY},
                 {"block", OST_SAY_ROLE_BLOCK},
                 {"first", OST_SAY_ROLE_FIRST}};
    for (size_t i = 0; i < OST_ARRAY_LEN(roles); i++) {
        if (strcmp(role, roles[i].role) == 0) {
            return roles[i].phrase;
        }
    }
    return OST_SAY_ROLE_INDICATION;
}

static ost_phrase result(ost_tri value)
{
    switch (value) {
    case OST_TRI_YES:
        return OST_SAY_RESULT_YES;
    case OST_TRI_NO:
        return OST_SAY_RESULT_NO;
    case OST_TRI_UNKNOWN:
        break;
    }
    return OST_SAY_RESULT_UNKNOWN;
}

static void write_head(const ost_view *v, const ost_why_answer *why)
{
    const ost_option *option = &why->option;
    ost_buf *out = v->out;
    ost_line_text(out, 0, (ost_str){0},
                  ost_view_fill(v, OST_SAY_WHY_TITLE, ost_view_option_title(v, option)));
    ost_line_pair(out, 0, ost_view_phrase(v, OST_SAY_AS_OF), v->a->as_of);
    ost_line_text(out, 0, (ost_str){0}, ost_view_phrase(v, sentence(option)));
    ost_line_pair(out, 2, ost_view_phrase(v, OST_SAY_MISSING),
                  ost_view_fact_names(v, option->missing));
    ost_safety_list list = ost_view_safety(v, option);
    for (size_t i = 0; i < list.count; i++) {
        const ost_safety *safety = &list.items[i];
        ost_line_pair(out, 2, ost_view_phrase(v, safety->block ? OST_SAY_BLOCK : OST_SAY_CAUTION),
                      safety->text);
    }
    ost_line_list(out, 2, ost_view_phrase(v, OST_SAY_FIRST), ost_view_first(v, option));
    ost_line_list(out, 2, ost_view_phrase(v, OST_SAY_WHY), ost_view_reasons(v, option));
    ost_line_pair(out, 2, ost_view_phrase(v, OST_SAY_DOSE), ost_view_dose_text(v, option));
    if (option->dose && ost_view_for_clinician(v)) {
        ost_line_pair(out, 2, ost_view_phrase(v, OST_SAY_DOSE_RULE), option->dose->rule);
    }
}

ost_str ost_why_change_text(const ost_view *v, const ost_why_change *change)
{
    const ost_fact *fact = change->fact;
    ost_word_pair pairs[] = {
        {"fact", ost_view_fact_title(v, fact)},
        {"to", ost_view_for_clinician(v) ? change->to_text : change->plain_to_text},
        {"status", ost_view_phrase(v, ost_view_status(change->status))},
    };
    return ost_view_fill_pairs(v, OST_SAY_WHY_CHANGE, pairs, OST_ARRAY_LEN(pairs));
}

static void write_changes(const ost_view *v, const ost_why_answer *why)
{
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_WHY_CHANGES));
    for (size_t i = 0; i < why->change_count; i++) {
        ost_line_text(v->out, 2, OST_STR("-"), ost_why_change_text(v, &why->changes[i]));
    }
    if (why->change_count == 0) {
        ost_line_text(v->out, 2, (ost_str){0}, ost_view_phrase(v, OST_SAY_WHY_NO_CHANGE));
    }
}

static void write_facts(const ost_view *v, const ost_why_answer *why)
{
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_WHY_FACTS));
    for (size_t i = 0; i < why->fact_count; i++) {
        const ost_fact *fact = why->facts[i];
        ost_buf line = ost_buf_init(v->arena);
        ost_text_list from = fact->sources.count > 0 ? fact->sources : fact->looked;
        ost_buf_add(&line, ost_view_fact_text(v, fact));
        if (fact->state != OST_FACT_KNOWN && fact->state != OST_FACT_UNKNOWN) {
            ost_buf_printf(&line, " [%.*s]",
                           OST_STR_ARG(ost_view_phrase(v, ost_view_state(fact->state))));
        }
        for (size_t k = 0; k < from.count && ost_view_for_clinician(v); k++) {
            ost_buf_printf(&line, "%s%.*s", k > 0 ? "; " : " <- ", OST_STR_ARG(from.items[k]));
        }
        ost_line_pair(v->out, 2, ost_view_fact_title(v, fact), ost_buf_str(&line));
    }
}

static void write_rules(const ost_view *v, const ost_why_answer *why)
{
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_WHY_RULES));
    for (size_t i = 0; i < why->rule_count; i++) {
        const ost_why_rule *rule = &why->rules[i];
        ost_buf line = ost_buf_init(v->arena);
        if (rule->lesions.count > 0) {
            ost_buf_printf(&line, "%.*s ", OST_STR_ARG(rule->lesion_names));
        }
        ost_buf_printf(&line, "%.*s.\"%.*s\" = %.*s (%.*s, %.*s:%u)", OST_STR_ARG(rule->library),
                       OST_STR_ARG(rule->name),
                       OST_STR_ARG(ost_view_phrase(v, result(rule->value))),
                       OST_STR_ARG(ost_view_phrase(v, ost_why_role(rule->role))),
                       OST_STR_ARG(rule->file), rule->line);
        ost_line_text(v->out, 2, OST_STR("-"), ost_buf_str(&line));
        bool told = i > 0 && ost_str_equal(why->rules[i - 1].text, rule->text);
        ost_str text = told ? (ost_str){0} : rule->text, source_line;
        while (ost_str_next(&text, '\n', &source_line)) {
            ost_buf_printf(v->out, "      | %.*s\n", OST_STR_ARG(source_line));
        }
    }
}

static void write_sources(const ost_view *v, const ost_why_answer *why)
{
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_SOURCE));
    for (size_t i = 0; i < why->plan->source_count; i++) {
        const ost_source *source = &why->plan->sources[i];
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, ost_view_source(v, source));
        if (source->citation.len > 0) {
            ost_buf_printf(&line, ": %.*s", OST_STR_ARG(source->citation));
        }
        ost_str url = ost_view_source_url(v, source);
        if (url.len > 0) {
            ost_buf_printf(&line, " <%.*s>", OST_STR_ARG(url));
        }
        ost_line_text(v->out, 2, OST_STR("-"), ost_buf_str(&line));
    }
    ost_line_pair(v->out, 2, ost_view_phrase(v, OST_SAY_STRENGTH), why->option.strength);
}

void ost_why_write_text(const ost_view *v, const ost_why_answer *why)
{
    write_head(v, why);
    write_changes(v, why);
    write_facts(v, why);
    if (ost_view_for_clinician(v)) {
        write_rules(v, why);
    }
    write_sources(v, why);
    ost_view_write_versions(v);
}
