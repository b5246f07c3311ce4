/* Dates, date-times and times with partial precision (CQL 1.5.3, "Date, DateTime and Time").
 *
 * One struct for the three kinds; `precision` says how many components are known. Years 1..9999. A
 * DateTime without an offset takes the offset of the request; the functions that compare or
 * subtract get it as `request_offset_min`. */
#ifndef OST_VALUE_WHEN_H
#define OST_VALUE_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Also used as the "precision" argument of timing operators; OST_UNIT_NONE = not given.
 * OST_UNIT_WEEK is only an argument, never a precision of a value. */
typedef enum ost_time_unit {
    OST_UNIT_NONE,
    OST_UNIT_YEAR,
    OST_UNIT_MONTH,
    OST_UNIT_WEEK,
    OST_UNIT_DAY,
    OST_UNIT_HOUR,
    OST_UNIT_MINUTE,
    OST_UNIT_SECOND,
    OST_UNIT_MILLISECOND
} ost_time_unit;

typedef struct ost_when {
    int16_t year;       /* 1..9999; 0 for a time */
    uint8_t month, day; /* 1-based; 0 when not known */
    uint8_t hour, minute, second;
    uint8_t precision; /* ost_time_unit of the last known component */
    uint16_t millisecond;
    int16_t offset_min; /* only with has_offset */
    bool has_offset;
} ost_when;

enum { OST_WHEN_TEXT_MAX = 40 };

/* Three answers of a comparison of partial values. */
typedef enum ost_order {
    OST_LESS = -1,
    OST_SAME = 0,
    OST_GREATER = 1,
    OST_UNCERTAIN_ORDER = 2
} ost_order;

/* ISO text without '@': "2014", "2014-01-05", "2014-01-05T10:00:00.000+01:00", "2014T" (a DateTime
 * of year precision), "T10:30" or "10:30" (time). `kind` is an ost_kind: OST_DATE, OST_DATETIME,
 * OST_TIME. Checks ranges and calendar. FHIR texts are read by the same function. */
bool ost_when_parse(ost_str text, int kind, ost_when *out);
size_t ost_when_format(ost_when w, int kind,
                       char *out); /* CQL literal form without '@'; bytes written */

/* Days since 0001-01-01 of the first day the value can mean. */
int64_t ost_when_days(ost_when w);
int ost_days_in_month(int year, int month);
/* Moves a full-precision-to-minute date-time to another offset; unchanged below hour precision. */
ost_when ost_when_at_offset(ost_when w, int offset_min, int request_offset_min);
/* Earliest / latest full value that a partial one can mean (to milliseconds; to days for a
 * date). */
ost_when ost_when_low(ost_when w, int kind);
ost_when ost_when_high(ost_when w, int kind);

/* Clears what is finer than `precision` (not OST_UNIT_NONE or _WEEK) and makes that the
 * precision. */
ost_when ost_when_truncate(ost_when w, ost_time_unit precision);
/* Value of one component (year .. millisecond), known or not. */
int ost_when_component(ost_when w, ost_time_unit unit);

/* Component-wise comparison up to `precision` (OST_UNIT_NONE = the finest of either). Offsets are
 * normalised to the request's for hour precision and finer. */
ost_order ost_when_compare(ost_when a, ost_when b, int kind, ost_time_unit precision,
                           int request_offset_min);

/* Adds `amount` of `unit`; months clip the day, weeks are 7 days; on coarser values the amount is
 * converted down with truncation (CQL "Add"). False when the result leaves years 1..9999; times
 * wrap. */
bool ost_when_add(ost_when w, int kind, int64_t amount, ost_time_unit unit, ost_when *out);
/* Next / previous value at the value's own precision; false at the ends of the range. */
bool ost_when_successor(ost_when w, int kind, ost_when *out);
bool ost_when_predecessor(ost_when w, int kind, ost_when *out);

/* Boundaries crossed ("difference") or whole periods ("duration") from a to b: low <= high,
 * different when the inputs are too imprecise. */
bool ost_when_difference(ost_when a, ost_when b, int kind, ost_time_unit unit,
                         int request_offset_min, int64_t *low, int64_t *high);
bool ost_when_duration(ost_when a, ost_when b, int kind, ost_time_unit unit, int request_offset_min,
                       int64_t *low, int64_t *high);

/* "year", "years" -> OST_UNIT_YEAR ... ; also the UCUM code for definite durations ("d", "h",
 * "min", "s", "ms", "wk"; 'a' and 'mo' give OST_UNIT_NONE unless `ucum_above_week`). */
ost_time_unit ost_time_unit_of(ost_str text, bool ucum_above_week);
const char *ost_time_unit_name(ost_time_unit unit); /* "year" */

#endif
