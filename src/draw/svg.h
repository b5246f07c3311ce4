/* Text in SVG: escaped so that the result is XML whatever the record held, and cut into lines. */
#ifndef OST_DRAW_SVG_H
#define OST_DRAW_SVG_H

#include "base/buf.h"

/* Text for XML content and quoted attributes. What XML can't hold (most control characters, bytes
 * that are not UTF-8) becomes U+FFFD. */
void ost_svg_text(ost_buf *out, ost_str text);
/* Cuts the next line of at most `columns` code points off *rest, at a space where there is one.
 * False when nothing is left. columns is at least 1. */
bool ost_svg_next_line(ost_str *rest, size_t columns, ost_str *line);
/* The text, after `separator` unless the buffer is still empty; nothing for an empty text. */
void ost_svg_join(ost_buf *out, const char *separator, ost_str text);
/* The text of a buffer that was made on the way; sets *failed when memory was short for it. */
ost_str ost_svg_take(ost_buf *made, bool *failed);

#endif
