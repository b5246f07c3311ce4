/* Shared by the when_*.c files: a value as days and milliseconds. */
#ifndef OST_VALUE_WHEN_DETAIL_H
#define OST_VALUE_WHEN_DETAIL_H

#include "value/when.h"

#define OST_WHEN_DAY_MS INT64_C(86400000)

/* Days of 0001-01-01 (0) and 9999-12-31. */
#define OST_WHEN_LAST_DAY INT64_C(3652058)

/* Milliseconds since midnight, unknown components taken as zero. */
int64_t ost_when_ms_of_day(ost_when w);
/* Milliseconds since 0001-01-01T00:00:00 on the value's own clock; of the day for a time. */
int64_t ost_when_ms(ost_when w);
/* Sets year, month and day from days since 0001-01-01; one day beyond either end is allowed. */
void ost_when_set_days(ost_when *w, int64_t days);
/* Sets hour .. millisecond from milliseconds since midnight. */
void ost_when_set_ms_of_day(ost_when *w, int64_t ms);
/* Whether both clocks run alike, so that nothing needs to be moved. */
bool ost_when_same_offset(ost_when a, ost_when b, int request_offset_min);

#endif
