/* Text for a terminal of 80 columns: headings, paragraphs with a hanging indent, pairs. */
#ifndef OST_VIEW_LINES_H
#define OST_VIEW_LINES_H

#include "view/view.h"

enum { OST_COLUMNS = 80 };

void ost_line_heading(ost_buf *out, ost_str text);
/* `lead` stands at column `indent`; `text` follows it and continues below its own first word. */
void ost_line_text(ost_buf *out, size_t indent, ost_str lead, ost_str text);
/* "Label: text" with the continuation 2 columns further in; nothing when text is empty. */
void ost_line_pair(ost_buf *out, size_t indent, ost_str label, ost_str text);
void ost_line_list(ost_buf *out, size_t indent, ost_str label, ost_text_list list);

#endif
