/* Views of ost_why_answer. */
#ifndef OST_VIEW_WHY_VIEW_H
#define OST_VIEW_WHY_VIEW_H

#include "guide/why.h"
#include "view/view.h"

void ost_why_write_text(const ost_view *v, const ost_why_answer *why);
void ost_why_write_json(const ost_view *v, const ost_why_answer *why);
ost_phrase ost_why_role(const char *role);
/* "If creatinine clearance were 30 mL/min: applies". */
ost_str ost_why_change_text(const ost_view *v, const ost_why_change *change);

#endif
