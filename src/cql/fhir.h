/* From FHIR to CQL: the members of FHIR objects, and the conversions of the library FHIRHelpers
 * 4.0.1 as functions of our own, which `FHIRHelpers.ToX` and implicit conversions use.
 *
 * Bad text, a malformed member and two spellings of one choice element ("valueString" beside
 * "valueQuantity") give null: unknown, never an error and never a guess. */
#ifndef OST_CQL_FHIR_H
#define OST_CQL_FHIR_H

#include "cql/call.h"
#include "fhir/record.h"

/* A member of an object, typed by the model: OST_OBJECT (primitives too), a System value where the
 * model has one (`value` of a primitive, `id` of an element), a list when the element is one (then
 * never null; null items are left out), else null. `extension` and `id` of a primitive come from
 * its "_name" sibling. */
ost_value ost_fhir_property(ost_call *call, const ost_model *model, ost_value object,
                            const ost_model_element *element);
/* The System value of a FHIR primitive. Decimals are rounded half away from zero to 8 places. */
ost_value ost_fhir_value(ost_call *call, const ost_model *model, ost_value object);
/* function: "ToQuantity", "ToConcept" ... of FHIRHelpers 4.0.1; null when it is not one or does not
 * fit.
 *
 * ToQuantity: the unit is the code, else the unit text, else '1'; "d" becomes day and so on. A
 * comparator ("<", ">") makes the value null, since it is not a number; so does a system other than
 * UCUM. ToInterval: of a Period or Range. Without start (low) the boundary is open, that is
 * unknown; without end (high) it is closed, that is not yet ended; an end that can't be read is
 * open. */
ost_value ost_fhir_convert(ost_call *call, const ost_model *model, ost_str function,
                           ost_value object);
/* Concept of a CodeableConcept, Coding or code, for retrieves; else null. */
ost_value ost_fhir_concept_of(ost_call *call, const ost_model *model, ost_value object);

#endif
