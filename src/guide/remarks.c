/* Texts and the lesions that they hold for. */
#include "guide/remarks.h"

#include <stdlib.h>

static void hold(ost_run *run, ost_remark *remark)
{
    if (remark->count > 0 && remark->scopes[remark->count - 1] == run->scope) {
        return;
    }
    remark->scopes = ost_arena_grow(run->arena, remark->scopes, &remark->capacity,
                                    remark->count + 1, sizeof *remark->scopes);
    if (!remark->scopes) {
        remark->count = 0;
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    remark->scopes[remark->count++] = run->scope;
}

void ost_remarks_add(ost_run *run, ost_remarks *remarks, ost_remark remark)
{
    for (size_t i = 0; i < remarks->count; i++) {
        ost_remark *old = &remarks->items[i];
        if (old->block == remark.block && ost_str_equal(old->text, remark.text)) {
            old->place = remark.place < old->place ? remark.place : old->place;
            hold(run, old);
            return;
        }
    }
    remarks->items = ost_arena_grow(run->arena, remarks->items, &remarks->capacity,
                                    remarks->count + 1, sizeof *remarks->items);
    if (!remarks->items) {
        remarks->count = 0;
        ost_run_fail(run, OST_E_MEMORY);
        return;
    }
    remark.scopes = NULL;
    remark.count = remark.capacity = 0;
    remarks->items[remarks->count++] = remark;
    hold(run, &remarks->items[remarks->count - 1]);
}

static int by_place(const void *a, const void *b)
{
    const ost_remark *x = a, *y = b;
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    if (x->count > 0 && y->count > 0 && x->scopes[0] != y->scopes[0]) {
        return x->scopes[0] < y->scopes[0] ? -1 : 1;
    }
    return ost_str_compare(x->text, y->text);
}

void ost_remarks_sort(ost_remarks *remarks)
{
    if (remarks->count > 1) {
        qsort(remarks->items, remarks->count, sizeof *remarks->items, by_place);
    }
}

static ost_str names_of(ost_run *run, const ost_remark *remark, ost_audience audience)
{
    ost_buf names = ost_buf_init(run->arena);
    for (size_t i = 0; i < remark->count && remark->scopes[i] > 0; i++) {
        ost_run_enter_lesion(run, remark->scopes[i] - 1);
        ost_buf_text(&names, i > 0 ? ", " : "");
        ost_buf_add(&names, ost_run_lesion_name(run, audience));
        ost_run_leave_lesion(run);
    }
    return ost_buf_str(&names);
}

ost_str ost_remark_in(ost_run *run, const ost_remark *remark, ost_remark_form form,
                      ost_audience audience)
{
    ost_word_pair pairs[] = {{"lesions", names_of(run, remark, audience)},
                             {form.value, remark->text}};
    ost_str key = ost_str_of(remark->text.len > 0 ? form.key : form.bare);
    ost_buf out = ost_buf_init(run->arena);
    ost_words_fill(&out, ost_words_get(&run->content->words, key, audience), pairs,
                   OST_ARRAY_LEN(pairs));
    return ost_buf_str(&out);
}

ost_str ost_remark_text(ost_run *run, const ost_remark *remark, size_t members,
                        ost_audience audience)
{
    static const ost_remark_form some = {"option.reason.for-lesion", "reason", "option.lesions"};
    return remark->count == members ? remark->text : ost_remark_in(run, remark, some, audience);
}

void ost_remarks_in(ost_run *run, const ost_remarks *remarks, ost_remark_form form,
                    ost_audience audience, ost_text_builder *out)
{
    for (size_t i = 0; i < remarks->count; i++) {
        ost_run_add_text(run, out, ost_remark_in(run, &remarks->items[i], form, audience));
    }
}

void ost_remarks_text(ost_run *run, const ost_remarks *remarks, size_t members,
                      ost_audience audience, ost_text_builder *out)
{
    for (size_t i = 0; i < remarks->count; i++) {
        ost_run_add_text(run, out, ost_remark_text(run, &remarks->items[i], members, audience));
    }
}

ost_str ost_run_fact_names(ost_run *run, ost_text_list ids, ost_audience audience)
{
    ost_buf out = ost_buf_init(run->arena);
    for (size_t i = 0; i < ids.count; i++) {
        const ost_fact *fact = &run->facts[ost_map_get(&run->content->fact_ids, ids.items[i])];
        if (audience != OST_FOR_CLINICIAN && fact->clinician_only) {
            continue;
        }
        ost_buf_text(&out, out.len > 0 ? "; " : "");
        ost_buf_add(&out, audience == OST_FOR_CLINICIAN ? fact->title : fact->plain_title);
    }
    return ost_buf_str(&out);
}

ost_audience ost_run_plain_audience(const ost_run *run)
{
    return run->audience == OST_FOR_FAMILY ? OST_FOR_FAMILY : OST_FOR_PATIENT;
}
