/* The Assessment for a terminal: who, act now, what applies, what can't be told and why, facts,
 * messages, versions.
 *
 * Three states have three marks, [+] [?] and none (options that do not apply are only counted).
 * It never says that there is no red flag: it says what was looked for and what can't be
 * excluded. */
#include "view/lines.h"

static void write_head(const ost_view *v)
{
    const ost_assessment *a = v->a;
    ost_buf *out = v->out;
    ost_buf who = ost_buf_init(v->arena);
    ost_line_text(out, 0, (ost_str){0}, ost_view_phrase(v, OST_SAY_TITLE));
    ost_buf_add(&who, a->patient_name);
    ost_buf_printf(&who, "%s%.*s%s", a->patient_name.len > 0 ? " (" : "",
                   OST_STR_ARG(a->patient_id), a->patient_name.len > 0 ? ")" : "");
    ost_line_pair(out, 0, ost_view_phrase(v, OST_SAY_PATIENT), ost_buf_str(&who));
    ost_line_pair(out, 0, ost_view_phrase(v, OST_SAY_AS_OF), a->as_of);
    ost_line_text(out, 0, (ost_str){0}, ost_view_phrase(v, OST_SAY_NOT_A_DECISION));
}

static void write_raised(const ost_view *v, const ost_flag *flag)
{
    ost_buf line = ost_buf_init(v->arena);
    ost_buf_add(&line, ost_view_flag_title(v, flag));
    ost_buf_text(&line, ": ");
    ost_buf_add(&line, ost_view_phrase(v, flag->confirmed ? OST_SAY_CONFIRMED : OST_SAY_SUSPECTED));
    ost_buf_text(&line, ", ");
    ost_buf_add(&line, ost_view_within(v, flag));
    ost_line_text(v->out, 2, OST_STR("!!"), ost_buf_str(&line));
    ost_text_list actions = ost_view_actions(v, flag);
    for (size_t i = 0; i < actions.count; i++) {
        ost_line_text(v->out, 5, OST_STR("-"), actions.items[i]);
    }
}

static void write_checked(const ost_view *v, const ost_flag *flag)
{
    ost_buf line = ost_buf_init(v->arena);
    ost_str names = ost_view_fact_names(v, flag->missing);
    ost_buf_add(&line, ost_view_flag_title(v, flag));
    ost_buf_text(&line, ": ");
    ost_buf_add(&line, ost_view_phrase(v, flag->cannot_exclude ? OST_SAY_CANNOT_EXCLUDE
                                                               : OST_SAY_NOT_FOUND));
    if (names.len > 0) {
        ost_buf_text(&line, ". ");
        ost_buf_add(&line, ost_view_phrase(v, OST_SAY_MISSING));
        ost_buf_text(&line, ": ");
        ost_buf_add(&line, names);
    }
    ost_line_text(v->out, 4, flag->cannot_exclude ? OST_STR("?") : OST_STR("-"),
                  ost_buf_str(&line));
}

static void write_act_now(const ost_view *v)
{
    bool any = false, checked = false;
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_ACT_NOW));
    for (size_t i = 0; i < v->a->flag_count; i++) {
        if (v->a->flags[i].raised) {
            write_raised(v, &v->a->flags[i]);
            any = true;
        }
    }
    if (any && !ost_view_for_clinician(v)) {
        ost_line_text(v->out, 2, (ost_str){0}, ost_view_call(v));
    }
    for (size_t i = 0; i < v->a->flag_count; i++) {
        if (v->a->flags[i].raised) {
            continue;
        }
        if (!checked) {
            ost_line_text(v->out, 2, (ost_str){0}, ost_view_phrase(v, OST_SAY_CHECKED));
            checked = true;
        }
        write_checked(v, &v->a->flags[i]);
    }
}

static void write_danger_signs(const ost_view *v)
{
    ost_text_list signs = ost_view_danger_signs(v);
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_DANGER_TITLE));
    for (size_t i = 0; i < signs.count; i++) {
        ost_line_text(v->out, 2, OST_STR("-"), signs.items[i]);
    }
    ost_line_text(v->out, 2, (ost_str){0}, ost_view_call(v));
}

static void write_safety(const ost_view *v, const ost_option *option)
{
    ost_safety_list list = ost_view_safety(v, option);
    for (size_t i = 0; i < list.count; i++) {
        const ost_safety *safety = &list.items[i];
        ost_line_pair(v->out, 6,
                      ost_view_phrase(v, safety->block ? OST_SAY_BLOCK : OST_SAY_CAUTION),
                      safety->text);
    }
}

static void write_option(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    ost_str mark = option->status == OST_APPLIES ? OST_STR("[+]") : OST_STR("[?]");
    ost_buf title = ost_buf_init(v->arena);
    ost_buf_printf(&title, "%.*s (%.*s)", OST_STR_ARG(ost_view_option_title(v, option)),
                   OST_STR_ARG(option->id));
    ost_line_text(out, 2, mark, ost_buf_str(&title));
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_MISSING),
                  ost_view_fact_names(v, option->missing));
    ost_line_list(out, 6, ost_view_phrase(v, OST_SAY_WHY), ost_view_reasons(v, option));
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_DOSE), ost_view_dose_text(v, option));
    ost_line_list(out, 6, ost_view_phrase(v, OST_SAY_FIRST), ost_view_first(v, option));
    write_safety(v, option);
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_URGENCY),
                  ost_view_word(v, "urgency.", option->urgency));
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_STRENGTH), option->strength);
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_SOURCE), ost_view_source(v, &option->source));
    ost_line_pair(out, 6, ost_view_phrase(v, OST_SAY_WHERE_LICENSED), option->jurisdiction);
}

static void write_options(const ost_view *v, ost_status_word status, ost_phrase heading)
{
    const ost_option **options;
    size_t count = ost_view_options(v, status, &options);
    ost_line_heading(v->out, ost_view_fill(v, heading, ost_view_count(v, count)));
    for (size_t i = 0; i < count; i++) {
        write_option(v, options[i]);
    }
    if (count == 0) {
        ost_line_text(v->out, 2, (ost_str){0}, ost_view_phrase(v, OST_SAY_OPTIONS_NONE));
    }
}

static void write_known(const ost_view *v)
{
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_FACTS_KNOWN));
    for (size_t i = 0; i < v->a->fact_count; i++) {
        const ost_fact *fact = &v->a->facts[i];
        if (ost_is_null(fact->value) || !ost_view_shows_fact(v, fact)) {
            continue;
        }
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, ost_view_fact_text(v, fact));
        if (fact->state != OST_FACT_KNOWN) {
            ost_buf_printf(&line, " [%.*s]",
                           OST_STR_ARG(ost_view_phrase(v, ost_view_state(fact->state))));
        }
        ost_line_pair(v->out, 2, ost_view_fact_title(v, fact), ost_buf_str(&line));
    }
}

static void write_unknown(const ost_view *v)
{
    ost_text_list missing = ost_view_fact_ids(v, v->a->missing);
    if (missing.count > 0) {
        ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_FACTS_MISSING));
    }
    for (size_t i = 0; i < missing.count; i++) {
        ost_buf lead = ost_buf_init(v->arena);
        ost_buf_printf(&lead, "%2zu.", i + 1);
        ost_line_text(v->out, 2, ost_buf_str(&lead), ost_view_fact_id_title(v, missing.items[i]));
    }
    ost_buf all = ost_buf_init(v->arena);
    for (size_t i = 0; i < v->a->fact_count; i++) {
        const ost_fact *fact = &v->a->facts[i];
        if (ost_is_null(fact->value) && ost_view_shows_fact(v, fact)) {
            ost_buf_text(&all, all.len > 0 ? "; " : "");
            ost_buf_add(&all, ost_view_fact_title(v, fact));
        }
    }
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_FACTS_UNKNOWN));
    ost_line_text(v->out, 2, (ost_str){0}, ost_buf_str(&all));
}

static void write_messages(const ost_view *v)
{
    static const char *const marks[] = {
        [OST_LEVEL_INFO] = "-", [OST_LEVEL_WARNING] = "*", [OST_LEVEL_ERROR] = "!"};
    bool any = false;
    for (size_t i = 0; i < v->a->message_count; i++) {
        const ost_message *message = &v->a->messages[i];
        if (!ost_view_shows_message(v, i)) {
            continue;
        }
        if (!any) {
            ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_MESSAGES));
            any = true;
        }
        ost_buf line = ost_buf_init(v->arena);
        ost_buf_add(&line, message->text);
        if (message->path.len > 0 && ost_view_for_clinician(v)) {
            ost_buf_printf(&line, " [%.*s]", OST_STR_ARG(message->path));
        }
        ost_line_text(v->out, 2, ost_str_of(marks[message->level]), ost_buf_str(&line));
    }
}

void ost_view_write_versions(const ost_view *v)
{
    const ost_assessment *a = v->a;
    ost_word_pair pairs[] = {{"engine", a->engine_version}, {"content", a->content_version}};
    ost_line_heading(v->out, ost_view_phrase(v, OST_SAY_VERSIONS));
    ost_line_text(v->out, 2, (ost_str){0},
                  ost_view_fill_pairs(v, OST_SAY_VERSION_LINE, pairs, OST_ARRAY_LEN(pairs)));
    ost_line_text(v->out, 2, (ost_str){0}, ost_view_fill(v, OST_SAY_SITE_LINE, a->site));
    ost_line_text(v->out, 2, (ost_str){0}, ost_view_fill(v, OST_SAY_INPUT_LINE, a->input_hash));
}

void ost_view_write_text(const ost_view *v)
{
    write_head(v);
    write_act_now(v);
    if (!ost_view_for_clinician(v)) {
        write_danger_signs(v);
    }
    write_options(v, OST_APPLIES, OST_SAY_OPTIONS_APPLY);
    write_options(v, OST_CANNOT_TELL, OST_SAY_OPTIONS_CANNOT_TELL);
    ost_buf_char(v->out, '\n');
    size_t rest = ost_view_count_status(v, OST_DOES_NOT_APPLY);
    ost_line_text(v->out, 0, (ost_str){0},
                  ost_view_fill(v, OST_SAY_OPTIONS_REST, ost_view_count(v, rest)));
    ost_view_write_scores(v);
    write_known(v);
    write_unknown(v);
    write_messages(v);
    ost_view_write_versions(v);
}
