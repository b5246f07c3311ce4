/* "Did you mean": the known words nearest to a misspelt one (Levenshtein distance, one row of
 * the table). */
#include "guide/content.h"

enum { WORD_MAX = 64, SUGGESTIONS = 3 };

size_t ost_edit_distance(ost_str a, ost_str b, size_t most)
{
    size_t row[WORD_MAX + 1];
    if (a.len > WORD_MAX || b.len > WORD_MAX) {
        return most + 1;
    }
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            size_t step = (above < row[j - 1] ? above : row[j - 1]) + 1;
            row[j] = change < step ? change : step;
            diagonal = above;
        }
    }
    return row[b.len] > most ? most + 1 : row[b.len];
}

/* Distance for ranking: 0 when one word holds the other. */
static size_t distance(ost_str asked, ost_str known, size_t most)
{
    if (asked.len >= 3 && ost_str_find(known, asked, 0) != SIZE_MAX) {
        return 0;
    }
    return ost_edit_distance(asked, known, most);
}

ost_str ost_nearest_option(const ost_content *content, ost_arena *arena, ost_str id)
{
    size_t most = id.len / 3 + 1, found = 0;
    ost_buf out = ost_buf_init(arena);
    for (size_t d = 0; d <= most && found < SUGGESTIONS; d++) {
        for (size_t p = 0; p < content->plan_count; p++) {
            const ost_plan *plan = &content->plans[p];
            for (size_t i = 0; i < plan->count && found < SUGGESTIONS; i++) {
                if (!plan->options[i].flag && distance(id, plan->options[i].id, most) == d) {
                    ost_buf_text(&out, found++ > 0 ? ", " : "");
                    ost_buf_add(&out, plan->options[i].id);
                }
            }
        }
    }
    return ost_buf_str(&out);
}
