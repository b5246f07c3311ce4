/* Contradictions in the record, as the facts libraries list them: any definition called `Problems`
 * that gives a list of Tuple { lesion String, key String, detail String } (docs/design/lesions.md).
 * Each becomes a warning in the words of its key; the facts concerned are unknown already. */
#include "guide/lesions.h"

static ost_str text_of(ost_run *run, ost_value tuple, const char *name)
{
    ost_value value = ost_run_keep(run, ost_value_member(run->arena, tuple, ost_str_of(name)));
    return value.kind == OST_STRING ? value.string : (ost_str){0};
}

static void tell(ost_run *run, ost_value problem)
{
    ost_str words =
        ost_words_get(&run->content->words, text_of(run, problem, "key"), run->audience);
    ost_word_pair pairs[] = {{"detail", text_of(run, problem, "detail")}};
    ost_buf text = ost_buf_init(run->arena);
    if (words.len == 0) {
        return; /* nothing is said to her in a clinician's words */
    }
    ost_words_fill(&text, words, pairs, OST_ARRAY_LEN(pairs));
    ost_run_message(run, OST_LEVEL_WARNING, text_of(run, problem, "lesion"), ost_buf_str(&text));
}

void ost_run_problems(ost_run *run)
{
    const ost_program *program = run->content->program;
    for (uint32_t i = 0; i < ost_program_define_count(program) && run->status == OST_OK; i++) {
        ost_define_info info = ost_program_define(program, i);
        if (!ost_str_is(info.name, "Problems")) {
            continue;
        }
        ost_value list = ost_run_value(run, i);
        for (size_t k = 0; list.kind == OST_LIST && k < list.list.count; k++) {
            if (list.list.items[k].kind == OST_TUPLE) {
                tell(run, list.list.items[k]);
            }
        }
    }
}
