/* Wrapping for the terminal. Columns are counted in code points; a word longer than a line is
 * cut, behind a mark where there is one. */
#include "view/lines.h"

#include "base/utf8.h"

static void spaces(ost_buf *out, size_t count)
{
    while (count-- > 0) {
        ost_buf_char(out, ' ');
    }
}

/* Bytes of a word that fit into so many columns. */
static size_t fitting(ost_str word, size_t columns)
{
    static const ost_str marks = {"/|.,-", 5};
    size_t at = 0, mark = 0;
    for (size_t column = 0; column < columns && at < word.len; column++) {
        size_t start = at;
        ost_utf8_next(word, &at);
        mark = ost_str_find(marks, ost_str_sub(word, start, at - start), 0) != SIZE_MAX ? at : mark;
    }
    return at < word.len && mark > 0 ? mark : at;
}

static void break_line(ost_buf *out, size_t hang)
{
    ost_buf_char(out, '\n');
    spaces(out, hang);
}

/* Words from column `at` on; new lines start at column `hang`. */
static void wrap(ost_buf *out, size_t at, size_t hang, ost_str text)
{
    bool first = true;
    ost_str word;
    while (ost_str_next(&text, ' ', &word)) {
        if (word.len == 0) {
            continue;
        }
        size_t width = ost_utf8_count(word);
        if (!first && at + 1 + width > OST_COLUMNS) {
            break_line(out, hang);
            at = hang;
        } else if (!first) {
            ost_buf_char(out, ' ');
            at++;
        }
        while (at + width > OST_COLUMNS && hang < OST_COLUMNS / 2) {
            size_t length = fitting(word, OST_COLUMNS - at);
            ost_buf_add(out, ost_str_sub(word, 0, length));
            break_line(out, hang);
            word = ost_str_sub(word, length, word.len);
            width = ost_utf8_count(word);
            at = hang;
        }
        ost_buf_add(out, word);
        at += width;
        first = false;
    }
    ost_buf_char(out, '\n');
}

void ost_line_heading(ost_buf *out, ost_str text)
{
    ost_buf_char(out, '\n');
    for (size_t at = 0; at < text.len;) {
        char bytes[4];
        uint32_t upper = ost_utf8_upper(ost_utf8_next(text, &at));
        ost_buf_add(out, (ost_str){bytes, ost_utf8_put(upper, bytes)});
    }
    ost_buf_char(out, '\n');
}

void ost_line_text(ost_buf *out, size_t indent, ost_str lead, ost_str text)
{
    size_t hang = indent;
    spaces(out, indent);
    if (lead.len > 0) {
        ost_buf_add(out, lead);
        ost_buf_char(out, ' ');
        hang += ost_utf8_count(lead) + 1;
    }
    wrap(out, hang, hang, text);
}

void ost_line_pair(ost_buf *out, size_t indent, ost_str label, ost_str text)
{
    if (text.len == 0) {
        return;
    }
    ost_buf line = ost_buf_init(out->arena);
    ost_buf_add(&line, label);
    ost_buf_text(&line, ": ");
    ost_buf_add(&line, text);
    spaces(out, indent);
    wrap(out, indent, indent + 2, ost_buf_str(&line));
}

void ost_line_list(ost_buf *out, size_t indent, ost_str label, ost_text_list list)
{
    if (list.count == 1) {
        ost_line_pair(out, indent, label, list.items[0]);
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (i == 0) {
            spaces(out, indent);
            ost_buf_add(out, label);
            ost_buf_text(out, ":\n");
        }
        ost_line_text(out, indent + 2, OST_STR("-"), list.items[i]);
    }
}
