/* "Did you mean": the known words nearest to a misspelt one (Levenshtein distance, one row of
 * the table). Of ids a part counts as well, since people leave out "start" or "continue". */
#include "guide/content.h"

enum { WORD_MAX = 64, SUGGESTIONS = 3 };

/* Fills the last row of the table: changes from `a` to the first j letters of `b`, or with `part`
 * to a part of `b` that ends there. */
static void measure(ost_str a, ost_str b, bool part, size_t row[WORD_MAX + 1])
{
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = part ? 0 : j;
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
}

size_t ost_edit_distance(ost_str a, ost_str b, size_t most)
{
    size_t row[WORD_MAX + 1];
    if (a.len > WORD_MAX || b.len > WORD_MAX) {
        return most + 1;
    }
    measure(a, b, false, row);
    return row[b.len] > most ? most + 1 : row[b.len];
}

/* Distance for ranking: that of the nearest part when at most one letter of five is wrong. */
static size_t distance(ost_str asked, ost_str known, size_t most)
{
    size_t row[WORD_MAX + 1], best = asked.len;
    if (asked.len < 3 || asked.len > WORD_MAX || known.len > WORD_MAX) {
        return ost_edit_distance(asked, known, most);
    }
    measure(asked, known, true, row);
    for (size_t j = 0; j <= known.len; j++) {
        best = row[j] < best ? row[j] : best;
    }
    size_t whole = ost_edit_distance(asked, known, most);
    return best <= asked.len / 5 && best < whole ? best : whole;
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
