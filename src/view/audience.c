/* Who may see what: the one place that decides (design.md section 4, "Audience and survival").
 *
 * For clinicians everything, marked. For her and her family: no option, reason, fact or score
 * that rests on expected survival, her own words instead of the clinician's, no drug dose in red
 * flags, and no technical message about how the record was read. A sentence that exists for
 * clinicians only is left out, never borrowed. */
#include "view/view.h"

static const char *const keys[] = {
#define PHRASE(name, key) key,
#include "view/phrases.h"
#undef PHRASE
};

const char *ost_view_key(ost_phrase phrase)
{
    return keys[phrase];
}

ost_str ost_view_phrase(const ost_view *v, ost_phrase phrase)
{
    ost_str text = ost_words_get(&v->a->content->words, ost_str_of(keys[phrase]), v->a->audience);
    return text.ptr ? text : ost_str_of(keys[phrase]);
}

ost_str ost_view_fill_pairs(const ost_view *v, ost_phrase phrase, const ost_word_pair *pairs,
                            size_t count)
{
    ost_buf out = ost_buf_init(v->arena);
    ost_words_fill(&out, ost_view_phrase(v, phrase), pairs, count);
    return ost_buf_str(&out);
}

ost_str ost_view_fill(const ost_view *v, ost_phrase phrase, ost_str value)
{
    ost_word_pair pair = {"value", value};
    return ost_view_fill_pairs(v, phrase, &pair, 1);
}

ost_str ost_view_word(const ost_view *v, const char *prefix, ost_str id)
{
    ost_buf key = ost_buf_init(v->arena);
    ost_buf_text(&key, prefix);
    ost_buf_add(&key, id);
    ost_str text = ost_words_get(&v->a->content->words, ost_buf_str(&key), v->a->audience);
    return text.ptr ? text : id;
}

ost_str ost_view_count(const ost_view *v, size_t count)
{
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_printf(&out, "%zu", count);
    return ost_buf_str(&out);
}

bool ost_view_for_clinician(const ost_view *v)
{
    return v->a->audience == OST_FOR_CLINICIAN;
}

bool ost_view_shows_fact(const ost_view *v, const ost_fact *fact)
{
    return ost_view_for_clinician(v) || !fact->clinician_only;
}

static const ost_fact *find_fact(const ost_view *v, ost_str id)
{
    for (size_t i = 0; i < v->a->fact_count; i++) {
        if (ost_str_equal(v->a->facts[i].id, id)) {
            return &v->a->facts[i];
        }
    }
    return NULL;
}

bool ost_view_shows_fact_id(const ost_view *v, ost_str id)
{
    const ost_fact *fact = find_fact(v, id);
    return fact ? ost_view_shows_fact(v, fact) : ost_view_for_clinician(v);
}

bool ost_view_shows_option(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) || !option->clinician_only;
}

bool ost_view_shows_score(const ost_view *v, const ost_score *score)
{
    return ost_view_for_clinician(v) || !score->clinician_only;
}

bool ost_view_shows_message(const ost_view *v, size_t index)
{
    return v->a->messages[index].text.len > 0 &&
           (ost_view_for_clinician(v) || index < v->a->own_message_count);
}

ost_str ost_view_lesion_name(const ost_view *v, ost_str lesion)
{
    for (size_t i = 0; i < v->a->lesion_count; i++) {
        const ost_lesion *one = &v->a->lesions[i];
        if (ost_str_equal(one->id, lesion)) {
            return ost_view_for_clinician(v) ? one->name : one->plain_name;
        }
    }
    return lesion;
}

ost_str ost_view_fact_title(const ost_view *v, const ost_fact *fact)
{
    ost_str title = ost_view_for_clinician(v) ? fact->title : fact->plain_title;
    if (fact->lesion.len == 0) {
        return title;
    }
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_add(&out, ost_view_lesion_name(v, fact->lesion));
    ost_buf_text(&out, ": ");
    ost_buf_add(&out, title);
    return ost_buf_str(&out);
}

ost_str ost_view_fact_id_title(const ost_view *v, ost_str id)
{
    const ost_fact *fact = find_fact(v, id);
    if (!fact) {
        return id;
    }
    return ost_view_for_clinician(v) ? fact->title : fact->plain_title;
}

ost_str ost_view_fact_text(const ost_view *v, const ost_fact *fact)
{
    return ost_view_for_clinician(v) ? fact->text : fact->plain_text;
}

ost_str ost_view_option_title(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) ? option->title : option->plain_title;
}

ost_text_list ost_view_reasons(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) ? option->reasons : option->plain_reasons;
}

ost_text_list ost_view_first(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) ? option->first : option->plain_first;
}

ost_safety_list ost_view_safety(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) ? option->safety : option->plain_safety;
}

ost_str ost_view_dose_text(const ost_view *v, const ost_option *option)
{
    return ost_view_for_clinician(v) ? option->dose_text : option->plain_dose_text;
}

ost_str ost_view_flag_title(const ost_view *v, const ost_flag *flag)
{
    return ost_view_for_clinician(v) ? flag->title : flag->plain_title;
}

ost_text_list ost_view_actions(const ost_view *v, const ost_flag *flag)
{
    return ost_view_for_clinician(v) ? flag->actions : flag->plain_actions;
}

ost_text_list ost_view_fact_ids(const ost_view *v, ost_text_list ids)
{
    ost_str *kept = ost_arena_array(v->arena, ids.count, sizeof *kept);
    ost_text_list out = {kept, 0};
    for (size_t i = 0; kept && i < ids.count; i++) {
        if (ost_view_shows_fact_id(v, ids.items[i])) {
            kept[out.count++] = ids.items[i];
        }
    }
    return out;
}

ost_str ost_view_fact_names(const ost_view *v, ost_text_list ids)
{
    ost_buf out = ost_buf_init(v->arena);
    ost_text_list shown = ost_view_fact_ids(v, ids);
    for (size_t i = 0; i < shown.count; i++) {
        ost_buf_text(&out, i > 0 ? "; " : "");
        ost_buf_add(&out, ost_view_fact_id_title(v, shown.items[i]));
    }
    return ost_buf_str(&out);
}

size_t ost_view_count_status(const ost_view *v, ost_status_word status)
{
    size_t count = 0;
    for (size_t i = 0; i < v->a->option_count; i++) {
        const ost_option *option = &v->a->options[i];
        count += option->status == status && ost_view_shows_option(v, option);
    }
    return count;
}

ost_str ost_view_source_url(const ost_view *v, const ost_source *source)
{
    return source->clinician_url && !ost_view_for_clinician(v) ? (ost_str){0} : source->url;
}
