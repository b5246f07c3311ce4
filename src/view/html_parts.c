/* Pieces of the page. Everything from the record or the content is escaped; nothing is ever
 * inserted as HTML.
 *
 * Cards: all options have the same elements in the same order with the same weight, empty ones
 * say "none", so that no option looks better documented than another. States are shown by word
 * and shape, not by colour alone. */
#include "view/html_parts.h"

#include "view/json.h"

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark;--ink:#1a1a1a;--paper:#ffffff;--line:#6b6b6b;--soft:#f2f2f2;"
    "--mark:#004a80;--alarm:#8a1c00}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#f0f0f0;--paper:#161616;--line:#a0a0a0;"
    "--soft:#262626;--mark:#8ec8ff;--alarm:#ffb199}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:60rem;padding:1rem;font:1.05rem/1.5 system-ui,sans-serif;"
    "color:var(--ink);background:var(--paper)}\n"
    "a{color:var(--mark)}\n"
    ".skip{display:inline-block;padding:.7rem}\n"
    "h1{font-size:1.5rem;margin:.3rem 0}h2{font-size:1.25rem;margin:1.5rem 0 .5rem}"
    "h3{font-size:1.1rem;margin:0 0 .5rem}\n"
    ".alarm{border:.25rem double var(--alarm);padding:.5rem 1rem}\n"
    ".card,.score{border:.125rem solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0;"
    "break-inside:avoid}\n"
    ".card.cannot-tell{border-style:dashed}\n"
    ".status{font-weight:bold;border:.125rem solid;border-radius:1rem;padding:.1rem .7rem}\n"
    ".cannot-tell .status{border-style:dashed;border-radius:0}\n"
    "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.3rem 1rem;margin:.7rem 0}\n"
    "dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}dd ul{margin:0;padding-left:1.2rem}\n"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold}"
    "th,td{border:.0625rem solid var(--line);padding:.3rem "
    ".5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}\n"
    "thead th{overflow-wrap:normal}\n"
    "summary{min-height:2.75rem;padding:.6rem 0;cursor:pointer}\n"
    "pre{white-space:pre-wrap;background:var(--soft);padding:.5rem;overflow-wrap:anywhere}\n"
    ":focus-visible{outline:.2rem solid var(--mark);outline-offset:.1rem}\n"
    "@media (max-width:30rem){dl{grid-template-columns:1fr}}\n"
    "@media print{.skip{display:none}body{max-width:none;color:#000;background:#fff}"
    "details::details-content{content-visibility:visible;block-size:auto}"
    "a[href^=http]::after{content:\" (\" attr(href) \")\"}}\n"
    "</style>\n";

void ost_html_style(ost_buf *out)
{
    ost_buf_text(out, style);
}

void ost_html_element(ost_buf *out, const char *tag, const char *name, ost_str text)
{
    ost_buf_printf(out, "<%s", tag);
    if (name) {
        ost_buf_printf(out, " class=\"%s\"", name);
    }
    ost_buf_char(out, '>');
    ost_buf_html(out, text);
    ost_buf_printf(out, "</%s>", tag);
}

static ost_str or_none(const ost_view *v, ost_str text)
{
    return text.len > 0 ? text : ost_view_phrase(v, OST_SAY_NOTHING);
}

void ost_html_pair(const ost_view *v, ost_phrase label, ost_str text)
{
    ost_html_element(v->out, "dt", NULL, ost_view_phrase(v, label));
    ost_html_element(v->out, "dd", NULL, or_none(v, text));
    ost_buf_char(v->out, '\n');
}

void ost_html_list(const ost_view *v, ost_phrase label, ost_text_list list)
{
    ost_html_element(v->out, "dt", NULL, ost_view_phrase(v, label));
    ost_buf_text(v->out, "<dd><ul>");
    for (size_t i = 0; i < list.count; i++) {
        ost_html_element(v->out, "li", NULL, list.items[i]);
    }
    if (list.count == 0) {
        ost_html_element(v->out, "li", NULL, ost_view_phrase(v, OST_SAY_NOTHING));
    }
    ost_buf_text(v->out, "</ul></dd>\n");
}

void ost_html_open_value(ost_buf *out, const char *tag, const char *prefix, ost_str id,
                         const char *part, ost_value value)
{
    ost_buf exact = ost_buf_init(out->arena);
    ost_json_value(&exact, value);
    ost_buf_printf(out, "<%s data-osteon-key=\"%s.", tag, prefix);
    ost_buf_html(out, id);
    ost_buf_text(out, part);
    ost_buf_text(out, "\" data-osteon-value=\"");
    ost_buf_html(out, ost_buf_str(&exact));
    ost_buf_text(out, "\">");
}

/* The dose in one sentence; each number of it has its own element around it. */
static void write_dose(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    ost_html_element(out, "dt", NULL, ost_view_phrase(v, OST_SAY_DOSE));
    ost_buf_text(out, "<dd>");
    if (!option->dose) {
        bool open = option->dosed && option->status != OST_DOES_NOT_APPLY;
        ost_phrase none = open ? OST_SAY_DOSE_MISSING : OST_SAY_NOTHING;
        ost_str differs = ost_view_dose_text(v, option);
        ost_buf_html(out, differs.len > 0 ? differs : ost_view_phrase(v, none));
        ost_buf_text(out, "</dd>\n");
        return;
    }
    const struct {
        const char *part;
        ost_value value;
    } numbers[] = {{".dose.amount", option->dose->amount},
                   {".dose.amount_high", option->dose->amount_high},
                   {".dose.duration_min", option->dose->duration_min},
                   {".dose.fractions", option->dose->fractions},
                   {".dose.interval_days", option->dose->interval_days}};
    size_t open = 0;
    for (size_t i = 0; i < OST_ARRAY_LEN(numbers); i++) {
        if (!ost_is_null(numbers[i].value)) {
            ost_html_open_value(out, "span", "option", option->id, numbers[i].part,
                                numbers[i].value);
            open++;
        }
    }
    ost_buf_html(out, ost_view_dose_text(v, option));
    while (open-- > 0) {
        ost_buf_text(out, "</span>");
    }
    ost_buf_text(out, "</dd>\n");
}

static ost_text_list safety_texts(const ost_view *v, const ost_option *option, bool block)
{
    ost_safety_list all = ost_view_safety(v, option);
    ost_str *items = ost_arena_array(v->arena, all.count, sizeof *items);
    ost_text_list list = {items, 0};
    for (size_t i = 0; items && i < all.count; i++) {
        if (all.items[i].block == block) {
            items[list.count++] = all.items[i].text;
        }
    }
    return list;
}

/* Facts that the indication rests on: "Creatinine: 1.2 mg/dL (2026-11-03)". */
static ost_text_list facts_of(const ost_view *v, const ost_option *option)
{
    const ost_content *content = v->a->content;
    ost_str *items = ost_arena_array(v->arena, v->a->fact_count, sizeof *items);
    ost_text_list list = {items, 0};
    for (size_t i = 0; items && i < v->a->fact_count; i++) {
        const ost_fact *fact = &v->a->facts[i];
        const ost_fact_def *def = ost_content_fact(content, fact->id);
        bool used = def && ost_program_depends(content->program, option->define, def->define);
        if (!used || !ost_view_shows_fact(v, fact)) {
            continue;
        }
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_printf(&line, "%.*s: %.*s", OST_STR_ARG(ost_view_fact_title(v, fact)),
                       OST_STR_ARG(ost_view_fact_text(v, fact)));
        for (size_t k = 0; k < fact->sources.count && ost_view_for_clinician(v); k++) {
            ost_buf_printf(&line, "%s%.*s", k > 0 ? ", " : " <- ",
                           OST_STR_ARG(fact->sources.items[k]));
        }
        items[list.count++] = ost_buf_str(&line);
    }
    return list;
}

static void write_why(const ost_view *v, const ost_option *option)
{
    ost_define_info info = ost_program_define(v->a->content->program, option->define);
    ost_buf rule = ost_buf_init(v->arena);
    ost_buf_text(v->out, "<details>");
    ost_html_element(v->out, "summary", NULL, ost_view_phrase(v, OST_SAY_EXTRA));
    ost_buf_text(v->out, "<dl>\n");
    ost_html_list(v, OST_SAY_FACT, facts_of(v, option));
    ost_buf_printf(&rule, "%.*s.\"%.*s\", %.*s:%u", OST_STR_ARG(info.library),
                   OST_STR_ARG(info.name), OST_STR_ARG(info.source_name), info.line);
    ost_html_pair(v, OST_SAY_RULE, ost_buf_str(&rule));
    ost_html_pair(v, OST_SAY_DOSE_RULE, option->dose ? option->dose->rule : (ost_str){0});
    ost_buf_text(v->out, "</dl></details>\n");
}

static void write_source(const ost_view *v, const ost_source *source)
{
    ost_buf *out = v->out;
    ost_str url = ost_view_source_url(v, source);
    bool link = ost_str_starts(url, OST_STR("https://")) || ost_str_starts(url, OST_STR("http://"));
    ost_html_element(out, "dt", NULL, ost_view_phrase(v, OST_SAY_SOURCE));
    ost_buf_text(out, "<dd>");
    if (link) {
        ost_buf_text(out, "<a rel=\"noreferrer\" href=\"");
        ost_buf_html(out, url);
        ost_buf_text(out, "\">");
    }
    ost_buf_html(out, or_none(v, ost_view_source(v, source)));
    ost_buf_text(out, link ? "</a></dd>\n" : "</dd>\n");
}

static ost_str missing_of(const ost_view *v, const ost_option *option)
{
    ost_str names = ost_view_fact_names(v, option->missing);
    bool elsewhere = names.len == 0 && option->open_elsewhere;
    return elsewhere ? ost_view_phrase(v, OST_SAY_MISSING_ELSEWHERE) : names;
}

void ost_html_card(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    bool applies = option->status == OST_APPLIES;
    ost_buf_printf(out, "<article class=\"card %s\" id=\"option-",
                   applies ? "applies" : "cannot-tell");
    ost_buf_html(out, option->id);
    ost_buf_text(out, "\">");
    ost_html_element(out, "h3", NULL, ost_view_option_title(v, option));
    ost_buf_text(out, "<p><span class=\"status\"><span aria-hidden=\"true\">");
    ost_buf_text(out, applies ? "+ " : "? ");
    ost_buf_text(out, "</span>");
    ost_buf_html(out, ost_view_phrase(v, ost_view_status(option->status)));
    ost_buf_text(out, "</span></p>\n<dl>\n");
    ost_html_list(v, OST_SAY_WHY, ost_view_reasons(v, option));
    ost_html_pair(v, OST_SAY_MISSING, missing_of(v, option));
    write_dose(v, option);
    ost_html_list(v, OST_SAY_FIRST, ost_view_first(v, option));
    ost_html_list(v, OST_SAY_BLOCK, safety_texts(v, option, true));
    ost_html_list(v, OST_SAY_CAUTION, safety_texts(v, option, false));
    ost_html_pair(v, OST_SAY_URGENCY, ost_view_word(v, "urgency.", option->urgency));
    ost_html_pair(v, OST_SAY_STRENGTH, option->strength);
    write_source(v, &option->source);
    ost_html_pair(v, OST_SAY_WHERE_LICENSED, option->jurisdiction);
    ost_html_list(v, OST_SAY_RESOURCES, option->resources);
    ost_buf_text(out, "</dl>\n");
    write_why(v, option);
    ost_buf_text(out, "</article>\n");
}

static void write_head_row(const ost_view *v, bool known)
{
    static const ost_phrase names[] = {OST_SAY_FACT, OST_SAY_VALUE, OST_SAY_STATE};
    ost_buf *out = v->out;
    ost_buf_text(out, "<thead><tr>");
    for (size_t i = 0; i < OST_ARRAY_LEN(names); i++) {
        ost_buf_text(out, "<th scope=\"col\">");
        ost_buf_html(out, ost_view_phrase(v, names[i]));
        ost_buf_text(out, "</th>");
    }
    ost_buf_text(out, "<th scope=\"col\">");
    ost_buf_html(out, ost_view_phrase(v, known ? OST_SAY_FOUND_IN : OST_SAY_LOOKED_FOR));
    ost_buf_text(out, "</th></tr></thead><tbody>\n");
}

/* "creatinine", of a lesion "lesion-level@femur-metastasis". */
static ost_str fact_key(const ost_view *v, const ost_fact *fact)
{
    ost_buf key = ost_buf_init(v->arena);
    ost_buf_add(&key, fact->id);
    if (fact->lesion.len > 0) {
        ost_buf_char(&key, '@');
        ost_buf_add(&key, fact->lesion);
    }
    return ost_buf_str(&key);
}

static void write_fact_row(const ost_view *v, const ost_fact *fact)
{
    ost_buf *out = v->out;
    ost_text_list from = fact->sources.count > 0 ? fact->sources : fact->looked;
    ost_buf_text(out, "<tr><th scope=\"row\">");
    ost_buf_html(out, ost_view_fact_title(v, fact));
    ost_buf_text(out, "</th>");
    ost_html_open_value(out, "td", "fact", fact_key(v, fact), "", fact->value);
    ost_buf_html(out, ost_view_fact_text(v, fact));
    ost_buf_text(out, "</td><td>");
    ost_buf_html(out, ost_view_phrase(v, ost_view_state(fact->state)));
    ost_buf_text(out, "</td><td>");
    for (size_t i = 0; i < from.count; i++) {
        ost_buf_text(out, i > 0 ? "; " : "");
        ost_buf_html(out, from.items[i]);
    }
    ost_buf_text(out, "</td></tr>\n");
}

void ost_html_facts(const ost_view *v, bool known)
{
    ost_buf *out = v->out;
    ost_buf_text(out, "<table>");
    ost_html_element(out, "caption", NULL,
                     ost_view_phrase(v, known ? OST_SAY_FACTS_KNOWN : OST_SAY_FACTS_UNKNOWN));
    write_head_row(v, known);
    for (size_t i = 0; i < v->a->fact_count; i++) {
        const ost_fact *fact = &v->a->facts[i];
        if (ost_is_null(fact->value) != known && ost_view_shows_fact(v, fact)) {
            write_fact_row(v, fact);
        }
    }
    ost_buf_text(out, "</tbody></table>\n");
}
