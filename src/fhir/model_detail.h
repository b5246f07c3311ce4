/* What the files that load the FHIR model share. */
#ifndef OST_FHIR_MODEL_DETAIL_H
#define OST_FHIR_MODEL_DETAIL_H

#include "fhir/model.h"

/* model_members.c: makes the table of members from types, elements and choices. False when memory
 * is short. */
bool ost_model_add_members(ost_arena *arena, ost_model *model);

#endif
