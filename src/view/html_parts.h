/* Pieces of HTML: escaped elements, numbers with their machine-readable value, the style sheet. */
#ifndef OST_VIEW_HTML_PARTS_H
#define OST_VIEW_HTML_PARTS_H

#include "view/view.h"

/* <tag class="name">escaped text</tag>; name may be NULL. */
void ost_html_element(ost_buf *out, const char *tag, const char *name, ost_str text);
/* <dt>label</dt><dd>text</dd>; an empty text is written as "none". */
void ost_html_pair(const ost_view *v, ost_phrase label, ost_str text);
/* <dt>label</dt><dd><ul><li>...; an empty list is written as one item "none". */
void ost_html_list(const ost_view *v, ost_phrase label, ost_text_list list);
/* Opens an element that carries data-osteon-key="prefix.id.part" and data-osteon-value. */
void ost_html_open_value(ost_buf *out, const char *tag, const char *prefix, ost_str id,
                         const char *part, ost_value value);
/* The whole <style> element. */
void ost_html_style(ost_buf *out);
/* One card; the same elements in the same order for every option (G-08). */
void ost_html_card(const ost_view *v, const ost_option *option);
/* Table of the facts with (known) or without a value. */
void ost_html_facts(const ost_view *v, bool known);

/* Skeleton map with its table. */
void ost_html_map(const ost_view *v);
/* All scores as cards. */
void ost_html_scores(const ost_view *v);

#endif
