/* The Assessment as one self-contained page: style inside, no script, no request to anywhere.
 *
 * Order of experience.md 3.2: who, act now, options, what is missing, facts, messages, versions.
 * For her and her family the fixed list of danger signs stands near the top. Readable without
 * colour, on paper and by a screen reader: language, headings in order, table headers with
 * scope, a skip link. */
#include "view/html_parts.h"

static void open_section(const ost_view *v, const char *id, ost_str heading)
{
    ost_buf_printf(v->out,
                   "<section id=\"%s\" aria-labelledby=\"%s-heading\"><h2 id=\"%s-heading\">", id,
                   id, id);
    ost_buf_html(v->out, heading);
    ost_buf_text(v->out, "</h2>\n");
}

static void close_section(const ost_view *v)
{
    ost_buf_text(v->out, "</section>\n");
}

static void write_head(const ost_view *v)
{
    const ost_assessment *a = v->a;
    ost_buf *out = v->out;
    ost_buf_text(
        out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
    ost_buf_html(out, ost_view_phrase(v, OST_SAY_TITLE));
    ost_buf_text(out, "</title>\n");
    ost_html_style(out);
    ost_buf_text(out, "</head>\n<body>\n<a class=\"skip\" href=\"#applies\">");
    ost_buf_html(out, ost_view_phrase(v, OST_SAY_SKIP));
    ost_buf_text(out, "</a>\n<header>");
    ost_html_element(out, "h1", NULL, ost_view_phrase(v, OST_SAY_TITLE));
    ost_buf_text(out, "<dl>\n");
    ost_buf who = ost_buf_init(v->arena);
    ost_buf_printf(&who, "%.*s [%.*s]", OST_STR_ARG(a->patient_name), OST_STR_ARG(a->patient_id));
    ost_html_pair(v, OST_SAY_PATIENT, ost_buf_str(&who));
    ost_html_pair(v, OST_SAY_AS_OF, a->as_of);
    ost_buf_text(out, "</dl>\n");
    ost_html_element(out, "p", NULL, ost_view_phrase(v, OST_SAY_NOT_A_DECISION));
    ost_buf_text(out, "</header>\n<main>\n");
}

static void write_raised(const ost_view *v, const ost_flag *flag)
{
    ost_buf *out = v->out;
    ost_text_list actions = ost_view_actions(v, flag);
    ost_buf_text(out, "<div class=\"alarm\"><h3><span aria-hidden=\"true\">!! </span>");
    ost_buf_html(out, ost_view_flag_title(v, flag));
    ost_buf_text(out, "</h3><p>");
    ost_buf_html(out, ost_view_phrase(v, flag->confirmed ? OST_SAY_CONFIRMED : OST_SAY_SUSPECTED));
    ost_buf_text(out, ", ");
    ost_html_open_value(out, "span", "flag", flag->id, ".within_hours",
                        ost_integer(flag->within_hours));
    ost_buf_html(out, ost_view_within(v, flag));
    ost_buf_text(out, "</span></p><ul>");
    for (size_t i = 0; i < actions.count; i++) {
        ost_html_element(out, "li", NULL, actions.items[i]);
    }
    ost_buf_text(out, "</ul></div>\n");
}

static void write_checked(const ost_view *v)
{
    ost_buf *out = v->out;
    bool open = false;
    for (size_t i = 0; i < v->a->flag_count; i++) {
        const ost_flag *flag = &v->a->flags[i];
        if (flag->raised) {
            continue;
        }
        if (!open) {
            ost_html_element(out, "p", NULL, ost_view_phrase(v, OST_SAY_CHECKED));
            ost_buf_text(out, "<ul>\n");
            open = true;
        }
        ost_str names = ost_view_fact_names(v, flag->missing);
        ost_buf_text(out, "<li>");
        ost_buf_html(out, ost_view_flag_title(v, flag));
        ost_buf_text(out, ": ");
        ost_buf_html(out, ost_view_phrase(v, flag->cannot_exclude ? OST_SAY_CANNOT_EXCLUDE
                                                                  : OST_SAY_NOT_FOUND));
        if (names.len > 0) {
            ost_buf_text(out, ". ");
            ost_buf_html(out, ost_view_phrase(v, OST_SAY_MISSING));
            ost_buf_text(out, ": ");
            ost_buf_html(out, names);
        }
        ost_buf_text(out, "</li>\n");
    }
    ost_buf_text(out, open ? "</ul>\n" : "");
}

static void write_danger_signs(const ost_view *v)
{
    ost_text_list signs = ost_view_danger_signs(v);
    open_section(v, "danger-signs", ost_view_phrase(v, OST_SAY_DANGER_TITLE));
    ost_buf_text(v->out, "<ul>");
    for (size_t i = 0; i < signs.count; i++) {
        ost_html_element(v->out, "li", NULL, signs.items[i]);
    }
    ost_buf_text(v->out, "</ul>\n");
    ost_html_element(v->out, "p", NULL, ost_view_call(v));
    close_section(v);
}

static void write_act_now(const ost_view *v)
{
    bool any = false;
    open_section(v, "act-now", ost_view_phrase(v, OST_SAY_ACT_NOW));
    for (size_t i = 0; i < v->a->flag_count; i++) {
        if (v->a->flags[i].raised) {
            write_raised(v, &v->a->flags[i]);
            any = true;
        }
    }
    if (any && !ost_view_for_clinician(v)) {
        ost_html_element(v->out, "p", NULL, ost_view_call(v));
    }
    write_checked(v);
    close_section(v);
}

static void write_options(const ost_view *v, const char *id, ost_status_word status,
                          ost_phrase heading)
{
    const ost_option **options;
    size_t count = ost_view_options(v, status, &options);
    open_section(v, id, ost_view_fill(v, heading, ost_view_count(v, count)));
    for (size_t i = 0; i < count; i++) {
        ost_html_card(v, options[i]);
    }
    if (count == 0) {
        ost_html_element(v->out, "p", NULL, ost_view_phrase(v, OST_SAY_OPTIONS_NONE));
    }
    close_section(v);
}

static void write_rest(const ost_view *v)
{
    size_t rest = ost_view_count_status(v, OST_DOES_NOT_APPLY);
    ost_html_open_value(v->out, "p", "count", OST_STR("does-not-apply"), "",
                        ost_integer((int32_t)rest));
    ost_buf_html(v->out, ost_view_fill(v, OST_SAY_OPTIONS_REST, ost_view_count(v, rest)));
    ost_buf_text(v->out, "</p>\n");
}

static void write_missing(const ost_view *v)
{
    ost_text_list missing = ost_view_fact_ids(v, v->a->missing);
    open_section(v, "missing", ost_view_phrase(v, OST_SAY_FACTS_MISSING));
    ost_buf_text(v->out, "<ol>");
    for (size_t i = 0; i < missing.count; i++) {
        ost_html_element(v->out, "li", NULL, ost_view_fact_id_title(v, missing.items[i]));
    }
    ost_buf_text(v->out, "</ol>\n");
    if (missing.count == 0) {
        ost_html_element(v->out, "p", NULL, ost_view_phrase(v, OST_SAY_NOTHING));
    }
    close_section(v);
}

static void write_messages(const ost_view *v)
{
    open_section(v, "messages", ost_view_phrase(v, OST_SAY_MESSAGES));
    ost_buf_text(v->out, "<ul>\n");
    size_t shown = 0;
    for (size_t i = 0; i < v->a->message_count; i++) {
        const ost_message *message = &v->a->messages[i];
        if (!ost_view_shows_message(v, i)) {
            continue;
        }
        shown++;
        ost_buf_text(v->out, "<li>");
        ost_buf_html(v->out, message->text);
        if (message->path.len > 0 && ost_view_for_clinician(v)) {
            ost_buf_text(v->out, " [");
            ost_buf_html(v->out, message->path);
            ost_buf_char(v->out, ']');
        }
        ost_buf_text(v->out, "</li>\n");
    }
    if (shown == 0) {
        ost_html_element(v->out, "li", NULL, ost_view_phrase(v, OST_SAY_NOTHING));
    }
    ost_buf_text(v->out, "</ul>\n");
    close_section(v);
}

static void write_foot(const ost_view *v)
{
    const ost_assessment *a = v->a;
    ost_word_pair pairs[] = {{"engine", a->engine_version}, {"content", a->content_version}};
    ost_buf_text(v->out, "</main>\n<footer>");
    ost_html_element(v->out, "h2", NULL, ost_view_phrase(v, OST_SAY_VERSIONS));
    ost_html_element(v->out, "p", NULL,
                     ost_view_fill_pairs(v, OST_SAY_VERSION_LINE, pairs, OST_ARRAY_LEN(pairs)));
    ost_html_element(v->out, "p", NULL, ost_view_fill(v, OST_SAY_SITE_LINE, a->site));
    ost_html_element(v->out, "p", NULL, ost_view_fill(v, OST_SAY_INPUT_LINE, a->input_hash));
    ost_buf_text(v->out, "</footer>\n</body>\n</html>\n");
}

void ost_view_write_html(const ost_view *v)
{
    write_head(v);
    write_act_now(v);
    if (!ost_view_for_clinician(v)) {
        write_danger_signs(v);
    }
    if (v->a->lesion_count > 0) {
        open_section(v, "map", ost_view_phrase(v, OST_SAY_MAP));
        ost_html_map(v);
        close_section(v);
    }
    write_options(v, "applies", OST_APPLIES, OST_SAY_OPTIONS_APPLY);
    write_options(v, "cannot-tell", OST_CANNOT_TELL, OST_SAY_OPTIONS_CANNOT_TELL);
    write_rest(v);
    if (v->a->score_count > 0 && ost_view_for_clinician(v)) {
        open_section(v, "scores", ost_view_phrase(v, OST_SAY_SCORES));
        ost_html_scores(v);
        close_section(v);
    }
    write_missing(v);
    open_section(v, "facts", ost_view_phrase(v, OST_SAY_FACTS_KNOWN));
    ost_html_facts(v, true);
    ost_html_facts(v, false);
    close_section(v);
    write_messages(v);
    write_foot(v);
}
