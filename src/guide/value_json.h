/* CQL values as JSON, for `osteon cql eval --json`. */
#ifndef OST_GUIDE_VALUE_JSON_H
#define OST_GUIDE_VALUE_JSON_H

#include "fhir/record.h"

/* Quantity {value, unit}, Code {code, system, version, display}, Interval {low, lowClosed, high,
 * highClosed}, Tuple an object, dates ISO texts, FHIR nodes their JSON; an uncertain Integer
 * {low, high}. */
void ost_value_write_json(ost_buf *out, ost_value value);

#endif
