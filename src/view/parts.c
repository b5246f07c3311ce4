/* Small things that several views share: words for states, a source in one line, the day of the
 * data. */
#include "view/view.h"

ost_phrase ost_view_status(ost_status_word status)
{
    switch (status) {
    case OST_APPLIES:
        return OST_SAY_APPLIES;
    case OST_DOES_NOT_APPLY:
        return OST_SAY_DOES_NOT_APPLY;
    case OST_CANNOT_TELL:
        break;
    }
    return OST_SAY_CANNOT_TELL;
}

ost_phrase ost_view_state(ost_fact_state state)
{
    switch (state) {
    case OST_FACT_KNOWN:
        return OST_SAY_STATE_KNOWN;
    case OST_FACT_CONFLICT:
        return OST_SAY_STATE_CONFLICT;
    case OST_FACT_STALE:
        return OST_SAY_STATE_STALE;
    case OST_FACT_UNKNOWN:
        break;
    }
    return OST_SAY_STATE_UNKNOWN;
}

const char *ost_status_text(ost_status_word status)
{
    static const char *const words[] = {[OST_APPLIES] = "applies",
                                        [OST_DOES_NOT_APPLY] = "does not apply",
                                        [OST_CANNOT_TELL] = "cannot tell yet"};
    return words[status];
}

const char *ost_state_text(ost_fact_state state)
{
    static const char *const words[] = {[OST_FACT_UNKNOWN] = "unknown",
                                        [OST_FACT_KNOWN] = "known",
                                        [OST_FACT_CONFLICT] = "conflict",
                                        [OST_FACT_STALE] = "stale"};
    return words[state];
}

static void add_part(ost_buf *out, ost_str part)
{
    if (part.len > 0) {
        ost_buf_text(out, ", ");
        ost_buf_add(out, part);
    }
}

ost_str ost_view_source(const ost_view *v, const ost_source *source)
{
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_add(&out, source->label);
    if (source->year > 0) {
        ost_buf_printf(&out, " %d", source->year);
    }
    add_part(&out, source->section);
    add_part(&out, source->grade);
    return ost_buf_str(&out);
}

ost_str ost_view_day(const ost_view *v)
{
    ost_str whole = v->a->as_of;
    size_t t = ost_str_find(whole, OST_STR("T"), 0);
    return ost_str_sub(whole, 0, t == SIZE_MAX ? whole.len : t);
}

ost_text_list ost_view_danger_signs(const ost_view *v)
{
    static const ost_phrase signs[] = {OST_SAY_DANGER_BACK,    OST_SAY_DANGER_LEGS,
                                       OST_SAY_DANGER_BLADDER, OST_SAY_DANGER_CONFUSED,
                                       OST_SAY_DANGER_BREAK,   OST_SAY_DANGER_FEVER};
    ost_str *items = ost_arena_array(v->arena, OST_ARRAY_LEN(signs), sizeof *items);
    ost_text_list list = {items, 0};
    for (size_t i = 0; items && i < OST_ARRAY_LEN(signs); i++) {
        items[list.count++] = ost_view_phrase(v, signs[i]);
    }
    return list;
}

ost_str ost_view_call(const ost_view *v)
{
    ost_str phone = v->a->content->site.phone;
    return phone.len > 0 ? ost_view_fill(v, OST_SAY_CALL_NUMBER, phone)
                         : ost_view_phrase(v, OST_SAY_CALL);
}

size_t ost_view_options(const ost_view *v, ost_status_word status, const ost_option ***out)
{
    static const char *const urgencies[] = {"now", "days", "weeks", "routine"};
    size_t count = 0;
    *out = ost_arena_array(v->arena, v->a->option_count, sizeof **out);
    for (size_t u = 0; *out && u <= OST_ARRAY_LEN(urgencies); u++) {
        for (size_t i = 0; i < v->a->option_count; i++) {
            const ost_option *option = &v->a->options[i];
            size_t rank = 0;
            while (rank < OST_ARRAY_LEN(urgencies) &&
                   !ost_str_is(option->urgency, urgencies[rank])) {
                rank++;
            }
            if (rank == u && option->status == status && ost_view_shows_option(v, option)) {
                (*out)[count++] = option;
            }
        }
    }
    return count;
}

ost_str ost_view_within(const ost_view *v, const ost_flag *flag)
{
    if (flag->within_hours <= 0) {
        return ost_view_phrase(v, OST_SAY_AT_ONCE);
    }
    return ost_view_fill(v, flag->within_hours == 1 ? OST_SAY_WITHIN_ONE : OST_SAY_WITHIN,
                         ost_view_count(v, (size_t)flag->within_hours));
}
