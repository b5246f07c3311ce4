/* Text in SVG.
 *
 * SVG has no line breaking that all readers know, so lines are cut here by counting code points.
 * XML 1.0 section 2.2 says which characters may stand in a document. */
#include "draw/svg.h"

#include "base/utf8.h"

static bool is_xml_char(uint32_t c)
{
    if (c < 0x20) {
        return c == '\t' || c == '\n' || c == '\r';
    }
    return c != 0xFFFE && c != 0xFFFF;
}

void ost_svg_text(ost_buf *out, ost_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = ost_utf8_next(text, &at);
        char bytes[4];
        size_t len = ost_utf8_put(is_xml_char(c) ? c : 0xFFFD, bytes);
        ost_buf_html(out, (ost_str){bytes, len});
    }
}

bool ost_svg_next_line(ost_str *rest, size_t columns, ost_str *line)
{
    ost_str text = ost_str_trim(*rest);
    if (text.len == 0) {
        *rest = *line = (ost_str){NULL, 0};
        return false;
    }
    size_t at = 0, space = 0, count = 0;
    while (at < text.len && count < columns) {
        if (text.ptr[at] == ' ') {
            space = at;
        }
        ost_utf8_next(text, &at);
        count++;
    }
    size_t end = at;
    if (at < text.len && text.ptr[at] != ' ' && space > 0) {
        end = space;
    }
    *line = ost_str_trim(ost_str_sub(text, 0, end));
    *rest = ost_str_sub(text, end, text.len - end);
    return true;
}

void ost_svg_join(ost_buf *out, const char *separator, ost_str text)
{
    if (text.len == 0) {
        return;
    }
    if (out->len > 0) {
        ost_buf_text(out, separator);
    }
    ost_buf_add(out, text);
}

ost_str ost_svg_take(ost_buf *made, bool *failed)
{
    ost_str text = ost_buf_str(made);
    *failed = *failed || !text.ptr;
    return text;
}
