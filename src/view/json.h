/* Writing JSON members and the parts of an Assessment that more than one JSON document has. */
#ifndef OST_VIEW_JSON_H
#define OST_VIEW_JSON_H

#include "view/view.h"

/* A comma where one is needed, then "name": */
void ost_json_name(ost_buf *out, const char *name);
/* A comma before an array's item where one is needed. */
void ost_json_item(ost_buf *out);
/* Empty text is null. */
void ost_json_text(ost_buf *out, const char *name, ost_str text);
void ost_json_texts(ost_buf *out, const char *name, ost_text_list list);
void ost_json_decimal(ost_buf *out, ost_decimal d);
/* Boolean, number, text, date, list of these; a Quantity as its number; others null. */
void ost_json_value(ost_buf *out, ost_value value);
void ost_json_source(const ost_view *v, const char *name, const ost_source *source);
void ost_json_fact(const ost_view *v, const ost_fact *fact);
void ost_json_option(const ost_view *v, const ost_option *option);
void ost_json_messages(const ost_view *v);
/* as_of, versions, site, input, audience, patient. */
void ost_json_versions(const ost_view *v);

#endif
