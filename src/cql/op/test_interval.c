/* Intervals: ends, relations, sets, collapse and expand; and the timing operators on points. */
#include "cql/op/test_literals.h"

#define NONE  OST_UNIT_NONE
#define DAY   OST_UNIT_DAY
#define MONTH OST_UNIT_MONTH

static void test_ends(void **state)
{
    static const ost_test_row rows[] = {
        {"start", ost_op_start, "Interval[1, 10]", "1", NONE},
        {"start of open", ost_op_start, "Interval(1, 10]", "2", NONE},
        {"end of open", ost_op_end, "Interval[1, 10)", "9", NONE},
        {"end of open decimal", ost_op_end, "Interval[1.0, 10.0)", "9.99999999", NONE},
        {"end of open quantity", ost_op_end, "Interval[1.0 'g', 10.0 'g')", "9.99999999 'g'", NONE},
        {"end of open day", ost_op_end, "Interval[@2012-01-01, @2012-03-01)", "@2012-02-29", NONE},
        {"start of everything", ost_op_start, "Interval[null, 5]", "-2147483648", NONE},
        {"end of everything", ost_op_end, "Interval[@2012-01-01, null]", "@9999-12-31", NONE},
        {"unknown start", ost_op_start, "Interval(null, 5]", "null", NONE},
        {"no type", ost_op_end, "Interval[null, null]", "null", NONE},
        {"null", ost_op_start, "null", "null", NONE},
        {"width", ost_op_width, "Interval[1, 10]", "9", NONE},
        {"width of open", ost_op_width, "Interval(1, 10)", "7", NONE},
        {"width of quantities", ost_op_width, "Interval[5.0 'g', 10.0 'g']", "5.0 'g'", NONE},
        {"width unknown", ost_op_width, "Interval[1, null)", "null", NONE},
        {"width too wide", ost_op_width, "Interval[null as Integer, null]", "null", NONE},
        {"width of dates", ost_op_width, "Interval[@2012-01-01, @2012-01-05]", "error", NONE},
        {"size", ost_op_size, "Interval[1, 10]", "10", NONE},
        {"size of longs", ost_op_size, "Interval[1L, 10L]", "10L", NONE},
        {"size of decimals", ost_op_size, "Interval[1.0, 2.0]", "1.00000001", NONE},
        {"size of quantities", ost_op_size, "Interval[1.0 'g', 2.0 'g']", "1.00000001 'g'", NONE},
        {"size with step", ost_op_size, "Interval[2, 10] ; 2 '1'", "10", NONE},
        {"size of decimals with step", ost_op_size, "Interval[1.0, 2.0] ; 0.5 '1'", "1.5", NONE},
        {"size of quantities with step", ost_op_size, "Interval[1.0 'g', 2.0 'g'] ; 500 'mg'",
         "1500.0 'mg'", NONE},
        {"step too large", ost_op_size, "Interval[1, 2] ; 3000000000.0 '1'", "null", NONE},
        {"size unknown", ost_op_size, "Interval[1, null)", "null", NONE},
        {"point", ost_op_point_from, "Interval[5, 5]", "5", NONE},
        {"point of open", ost_op_point_from, "Interval(4, 6)", "5", NONE},
        {"two points", ost_op_point_from, "Interval[5, 6]", "error", NONE},
        {"point unknown", ost_op_point_from, "Interval[5, null)", "null", NONE},
        {"point of no type", ost_op_point_from, "Interval[null, null]", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_timing(void **state)
{
    static const ost_test_row rows[] = {
        {"after", ost_op_after, "Interval[11, 20] ; Interval[1, 10]", "true", NONE},
        {"not after what it meets from below", ost_op_after, "Interval[1, 10] ; Interval[11, 20]",
         "false", NONE},
        {"point after", ost_op_after, "12 ; Interval[1, 12)", "true", NONE},
        {"after point", ost_op_after, "Interval[11, 20] ; 11", "false", NONE},
        {"unknown start still after", ost_op_after, "Interval(null, 5] ; 7", "false", NONE},
        {"unknown end may be before", ost_op_before, "Interval[1, null) ; 7", "null", NONE},
        {"unknown end is not before its start", ost_op_before, "Interval[8, null) ; 7", "false",
         NONE},
        {"for ever", ost_op_before, "Interval[@2012-01-01, null] ; @2020-01-01", "false", NONE},
        {"before", ost_op_before, "Interval[1.0 'g', 10.0 'g'] ; 12000.0 'mg'", "true", NONE},
        {"quantity without upper end", ost_op_before, "Interval[1.0 'g', null] ; 12.0 'g'", "false",
         NONE},
        {"quantity without lower end", ost_op_after, "Interval[null, 5.0 'g'] ; 12.0 'g'", "false",
         NONE},
        {"no type", ost_op_before, "Interval[null, null] ; 7", "null", NONE},
        {"before, partial", ost_op_before, "@2012 ; @2012-05", "null", NONE},
        {"before year of", ost_op_before, "@2003 ; @2004-10-10", "true", OST_UNIT_YEAR},
        {"before by day", ost_op_before, "@2012-05-05T10:00 ; @2012-05-05T11:00", "false", DAY},
        {"same day as", ost_op_same_as, "@2012-05-05T10:00 ; @2012-05-05T11:00", "true", DAY},
        {"same day, unknown day", ost_op_same_as, "@2012-05T ; @2012-05-05T", "null", DAY},
        {"same intervals", ost_op_same_as, "Interval[1, 5] ; Interval(0, 6)", "true", NONE},
        {"other intervals", ost_op_same_as, "Interval[1, 5] ; Interval[1, 6]", "false", NONE},
        {"same month intervals", ost_op_same_as,
         "Interval[@2012-01-01, @2012-02-01] ; Interval[@2012-01-31, @2012-02-28]", "true", MONTH},
        {"on or before", ost_op_same_or_before, "Interval[4, 6] ; 6", "true", NONE},
        {"point on or before start only", ost_op_same_or_before,
         "@2012-11-15 ; Interval[@2012-10-01, @2013-12-01]", "false", MONTH},
        {"on or after", ost_op_same_or_after, "2.5 'mg' ; Interval[1.666 'mg', 2.50000000 'mg']",
         "true", NONE},
        {"on or after by month", ost_op_same_or_after,
         "Interval[@2012-12-01, @2013-12-01] ; @2012-11-15", "true", MONTH},
        {"hours of two offsets", ost_op_after,
         "@2012-03-10T10:20:00.999+07:00 ; @2012-03-10T08:20:00.999+06:00", "true", OST_UNIT_HOUR},
        {"null", ost_op_after, "null ; Interval[1, 10]", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_relations(void **state)
{
    static const ost_test_row rows[] = {
        {"overlaps at a point", ost_op_overlaps, "Interval[10, 15] ; Interval[4, 10]", "true",
         NONE},
        {"open ends that touch", ost_op_overlaps, "Interval[4, 10) ; Interval(8, 20]", "true",
         NONE},
        {"open ends apart", ost_op_overlaps, "Interval[4, 10) ; Interval(9, 20]", "false", NONE},
        {"no type", ost_op_overlaps, "Interval[null, null] ; Interval[1, 10]", "null", NONE},
        {"months and days, may overlap", ost_op_overlaps,
         "Interval[@2012-01-25T, @2012-02-26T] ; Interval[@2012-02T, @2012-03-28T]", "true", MONTH},
        {"months and days, not known", ost_op_overlaps,
         "Interval[@2012-01-25T, @2012-02-26T] ; Interval[@2012-02T, @2012-03-28T]", "null", NONE},
        {"unknown end, overlap certain", ost_op_overlaps, "Interval[1, 10] ; Interval[5, null)",
         "true", NONE},
        {"unknown end, overlap open", ost_op_overlaps, "Interval[7, 10] ; Interval[5, null)",
         "null", NONE},
        {"overlaps before", ost_op_overlaps_before, "Interval(3, 10] ; Interval(4, 10]", "true",
         NONE},
        {"same start", ost_op_overlaps_before, "Interval(3, 10] ; Interval[4, 10]", "false", NONE},
        {"overlaps after", ost_op_overlaps_after, "Interval[4, 11) ; Interval[4, 10)", "true",
         NONE},
        {"same end", ost_op_overlaps_after, "Interval[4, 11) ; Interval[4, 10]", "false", NONE},
        {"meets", ost_op_meets, "Interval[1, 10] ; Interval[11, 20]", "true", NONE},
        {"meets from above", ost_op_meets, "Interval[11, 20] ; Interval[1, 10]", "true", NONE},
        {"a day between", ost_op_meets,
         "Interval[@2012-01-07, @2012-01-14] ; Interval[@2012-01-16, @2012-01-25]", "false", NONE},
        {"meets by day", ost_op_meets,
         "Interval[@2012-01-07T10:00, @2012-01-14T10:00] ; "
         "Interval[@2012-01-15T20:00, @2012-01-25T10:00]",
         "true", DAY},
        {"meets by week, as by day", ost_op_meets,
         "Interval[@2012-01-07T10:00, @2012-01-14T10:00] ; "
         "Interval[@2012-01-15T20:00, @2012-01-25T10:00]",
         "true", OST_UNIT_WEEK},
        {"not by minute", ost_op_meets,
         "Interval[@2012-01-07T10:00, @2012-01-14T10:00] ; "
         "Interval[@2012-01-15T20:00, @2012-01-25T10:00]",
         "false", NONE},
        {"meets before", ost_op_meets_before,
         "Interval[1.0, 5.00000001] ; Interval[5.00000002, 8.0]", "true", NONE},
        {"unknown starts", ost_op_meets_before, "Interval(null, 5] ; Interval(null, 25]", "null",
         NONE},
        {"unknown ends that can't meet", ost_op_meets_after,
         "Interval(null, 5] ; Interval[11, null)", "false", NONE},
        {"nothing after the last", ost_op_meets_before, "Interval[1, null] ; Interval[1, 2]",
         "false", NONE},
        {"starts", ost_op_starts, "Interval[4, 10] ; Interval[4, 15]", "true", NONE},
        {"starts, longer", ost_op_starts, "Interval[4, 20] ; Interval[4, 15]", "false", NONE},
        {"ends", ost_op_ends, "Interval[4, 10] ; Interval(0, 10]", "true", NONE},
        {"ends, starts earlier", ost_op_ends, "Interval[0, 10] ; Interval[1, 10]", "false", NONE},
        {"ends, not known", ost_op_ends, "Interval[1, 10] ; Interval(null, null)", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_membership(void **state)
{
    static const ost_test_row rows[] = {
        {"in", ost_op_in, "10 ; Interval[1, 10]", "true", NONE},
        {"not in open", ost_op_in, "10 ; Interval[1, 10)", "false", NONE},
        {"null point", ost_op_in, "null ; Interval[1, 10]", "null", NONE},
        {"null interval", ost_op_in, "5 ; null", "false", NONE},
        {"contains", ost_op_contains, "Interval[1.0 'g', 10.0 'g'] ; 2000 'mg'", "true", NONE},
        {"contains, no upper end", ost_op_contains, "Interval[@2012-01-05, null] ; @2030-01-01",
         "true", NONE},
        {"unknown end", ost_op_in, "7 ; Interval[1, null)", "null", NONE},
        {"unknown end, below", ost_op_in, "0 ; Interval[1, null)", "false", NONE},
        {"no type", ost_op_in, "5 ; Interval[null, null]", "false", NONE},
        {"no type, unknown", ost_op_in, "5 ; Interval(null, null)", "null", NONE},
        {"partial date", ost_op_in, "@2012-01 ; Interval[@2012-01-05, @2012-03-01]", "null", NONE},
        {"partial date by month", ost_op_in, "@2012-01 ; Interval[@2012-01-05, @2012-03-01]",
         "true", MONTH},
        {"a range", ost_op_in, "about 4 to 6 ; Interval[1, 10]", "true", NONE},
        {"a range over the end", ost_op_in, "about 4 to 16 ; Interval[1, 10]", "null", NONE},
        {"proper, start", ost_op_proper_in, "1 ; Interval[1, 10]", "false", NONE},
        {"proper", ost_op_proper_contains, "Interval[1, 10] ; 2", "true", NONE},
        {"includes itself", ost_op_includes, "Interval[1, 10] ; Interval[1, 10]", "true", NONE},
        {"includes", ost_op_includes, "Interval[1, 10] ; Interval[4, 11]", "false", NONE},
        {"includes null", ost_op_includes, "Interval[1, 10] ; null", "null", NONE},
        {"included, seconds", ost_op_included_in,
         "Interval[@2017-09-01T00:00:00, @2017-09-01T00:00:00] ; "
         "Interval[@2017-09-01T00:00:00.000, @2017-12-30T23:59:59.999]",
         "null", NONE},
        {"included by day", ost_op_included_in,
         "Interval[@2017-09-01T00:00:00, @2017-09-01T00:00:00] ; "
         "Interval[@2017-09-01T00:00:00.000, @2017-12-30T23:59:59.999]",
         "true", DAY},
        {"not properly itself", ost_op_proper_includes, "Interval[1, 10] ; Interval(0, 10]",
         "false", NONE},
        {"properly", ost_op_proper_included_in, "Interval[4, 10] ; Interval[1, 10]", "true", NONE},
        {"in everything", ost_op_proper_included_in, "Interval[1, 10] ; Interval[null, null]",
         "true", NONE},
        {"in all integers", ost_op_proper_includes,
         "Interval[null as Integer, null] ; Interval[1, 10]", "true", NONE},
        {"of no type", ost_op_included_in, "Interval[null, null] ; Interval[1, 10]", "null", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_sets(void **state)
{
    static const ost_test_row rows[] = {
        {"union", ost_op_union, "Interval[1, 10] ; Interval[4, 15)", "Interval[1, 14]", NONE},
        {"union of what meets", ost_op_union, "Interval[11, 20] ; Interval[1, 10]",
         "Interval[1, 20]", NONE},
        {"union with a gap", ost_op_union, "Interval[1, 10] ; Interval[12, 15]", "null", NONE},
        {"union without end", ost_op_union, "Interval[1, 10] ; Interval[4, null]",
         "Interval[1, null]", NONE},
        {"union, unknown end", ost_op_union, "Interval[1, 10] ; Interval[4, null)",
         "Interval[1, null)", NONE},
        {"union of no type", ost_op_union, "Interval[null, null] ; Interval[1, 10]", "null", NONE},
        {"union with null", ost_op_union, "Interval[1, 2] ; null", "null", NONE},
        {"intersect", ost_op_intersect, "Interval[1, 10] ; Interval(3, 20]", "Interval[4, 10]",
         NONE},
        {"intersect, apart", ost_op_intersect, "Interval[1, 10] ; Interval[11, 20]", "null", NONE},
        {"intersect, unknown end", ost_op_intersect, "Interval[1, 10] ; Interval[5, null)",
         "Interval[5, null)", NONE},
        {"intersect, no end", ost_op_intersect, "Interval[1, 10] ; Interval[5, null]",
         "Interval[5, 10]", NONE},
        {"except the end", ost_op_except, "Interval[1, 10] ; Interval[4, 12]", "Interval[1, 3]",
         NONE},
        {"except the start", ost_op_except,
         "Interval[@2012-01-07, @2012-01-16] ; "
         "Interval[@2012-01-05, @2012-01-12]",
         "Interval[@2012-01-13, @2012-01-16]", NONE},
        {"except the middle", ost_op_except, "Interval[1, 10] ; Interval[3, 7]", "null", NONE},
        {"except all", ost_op_except, "Interval[3, 7] ; Interval[1, 10]", "null", NONE},
        {"except nothing", ost_op_except, "Interval[1, 2] ; Interval[3, 7]", "Interval[1, 2]",
         NONE},
        {"except decimals", ost_op_except, "Interval[1.0, 10.0] ; Interval[4.0, 10.0]",
         "Interval[1.0, 3.99999999]", NONE},
        {"except, not known", ost_op_except, "Interval[1, 10] ; Interval[5, null)", "null", NONE},
        {"except what may overlap", ost_op_except, "Interval[7, 10] ; Interval[5, null)", "null",
         NONE},
        {"except of no type", ost_op_except, "Interval[null, null] ; Interval[null, null]", "null",
         NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_collapse(void **state)
{
    static const ost_test_row rows[] = {
        {"null", ost_op_collapse, "null", "null", NONE},
        {"empty", ost_op_collapse, "{}", "{}", NONE},
        {"null elements", ost_op_collapse, "{null, Interval(null, null), Interval[1, 2]}",
         "{Interval[1, 2]}", NONE},
        {"unsorted", ost_op_collapse, "{Interval[12, 19], Interval[1, 5], Interval[6, 7]}",
         "{Interval[1, 7], Interval[12, 19]}", NONE},
        {"one inside", ost_op_collapse, "{Interval[1, 9], Interval[3, 4], Interval[9, 12)}",
         "{Interval[1, 11]}", NONE},
        {"no end", ost_op_collapse, "{Interval[1, null], Interval[3, 4]}", "{Interval[1, null]}",
         NONE},
        {"days", ost_op_collapse,
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-16, @2012-05-25]}",
         "{Interval[@2012-01-01, @2012-05-25]}", NONE},
        {"a gap of two days", ost_op_collapse,
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-17, @2012-05-25]}",
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-17, @2012-05-25]}", NONE},
        {"the gap allowed", ost_op_collapse,
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-17, @2012-05-25]} ; 2 days",
         "{Interval[@2012-01-01, @2012-05-25]}", NONE},
        {"a gap up to the end of the calendar", ost_op_collapse,
         "{Interval[@9999-01-01, @9999-12-30], Interval[@2012-01-01, @9998-12-31]} ; 2 days",
         "{Interval[@2012-01-01, @9999-12-30]}", NONE},
        {"moved beyond the calendar", ost_op_collapse,
         "{Interval[@2012-01-01, @9999-12-20], Interval[@9999-12-30, @9999-12-31]} ; 1 year",
         "{Interval[@2012-01-01, @9999-12-31]}", NONE},
        {"times", ost_op_collapse,
         "{Interval[@T01:00, @T02:00], Interval[@T02:30, @T03:00]} ; 30 'min'",
         "{Interval[@T01:00, @T03:00]}", NONE},
        {"times up to midnight", ost_op_collapse,
         "{Interval[@T23:00, @T23:30], Interval[@T23:45, @T23:59]} ; 1 hour",
         "{Interval[@T23:00, @T23:59]}", NONE},
        {"quantities", ost_op_collapse,
         "{Interval[1.0 'g', 2.0 'g'], Interval[2.5 'g', 3.0 'g']} ; 500 'mg'",
         "{Interval[1.0 'g', 3.0 'g']}", NONE},
        {"a gap of numbers allowed", ost_op_collapse, "{Interval[1, 2], Interval[5, 6]} ; 3 '1'",
         "{Interval[1, 6]}", NONE},
        {"a gap of longs", ost_op_collapse, "{Interval[1L, 2L], Interval[5L, 6L]} ; 3 '1'",
         "{Interval[1L, 6L]}", NONE},
        {"a gap of quantities without unit", ost_op_collapse,
         "{Interval[1 'g', 2 'g'], Interval[5 'g', 6 'g']} ; 3 '1'", "{Interval[1 'g', 6 'g']}",
         NONE},
        {"a gap of days in grams", ost_op_collapse,
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-17, @2012-05-25]} ; 2 'g'",
         "{Interval[@2012-01-01, @2012-01-15], Interval[@2012-01-17, @2012-05-25]}", NONE},
        {"a gap of numbers too wide", ost_op_collapse, "{Interval[1, 2], Interval[5, 6]} ; 2 '1'",
         "{Interval[1, 2], Interval[5, 6]}", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_expand(void **state)
{
    static const ost_test_row rows[] = {
        {"null", ost_op_expand, "null", "null", NONE},
        {"empty", ost_op_expand, "{}", "{}", NONE},
        {"null element", ost_op_expand, "{null}", "{}", NONE},
        {"points", ost_op_expand, "Interval[1, 4)", "{1, 2, 3}", NONE},
        {"longs", ost_op_expand, "Interval[1L, 2L]", "{1L, 2L}", NONE},
        {"by two, the rest is left out", ost_op_expand, "Interval[1, 5] ; 2 '1'", "{1, 3}", NONE},
        {"pieces", ost_op_expand, "{Interval[1, 5]} ; 2 '1'", "{Interval[1, 2], Interval[3, 4]}",
         NONE},
        {"a whole number by tenths", ost_op_expand, "Interval[10, 10] ; 0.2 '1'",
         "{10.0, 10.2, 10.4, 10.6, 10.8}", NONE},
        {"decimals by one", ost_op_expand, "Interval[-1.5, 1.5] ; 1 '1'", "{-2.0, -1.0, 0.0, 1.0}",
         NONE},
        {"quantities", ost_op_expand, "Interval[1 'g', 2 'g'] ; 500 'mg'", "{1.0 'g', 1.5 'g'}",
         NONE},
        {"quantities, no unit of step", ost_op_expand, "Interval[1 'g', 2 'g'] ; 1 '1'",
         "{1 'g', 2 'g'}", NONE},
        {"other dimension", ost_op_expand, "Interval[1 'g', 2 'g'] ; 1 'cm'", "{}", NONE},
        {"days", ost_op_expand, "{Interval[@2018-01-01, @2018-01-05]} ; 2 days",
         "{Interval[@2018-01-01, @2018-01-02], Interval[@2018-01-03, @2018-01-04]}", NONE},
        {"weeks", ost_op_expand, "Interval[@2018-01-01, @2018-01-14] ; 1 week",
         "{@2018-01-01, @2018-01-08}", NONE},
        {"months of days", ost_op_expand, "Interval[@2018-01-31, @2018-03-02] ; 1 month",
         "{@2018-01, @2018-02, @2018-03}", NONE},
        {"hours of minutes", ost_op_expand, "{Interval[@T10:00, @T12:30)} ; 1 hour",
         "{Interval[@T10, @T10], Interval[@T11, @T11], Interval[@T12, @T12]}", NONE},
        {"end of the day", ost_op_expand, "Interval[@T22, @T23]", "{@T22, @T23}", NONE},
        {"end of the calendar", ost_op_expand, "Interval[@9998, @9999]", "{@9998, @9999}", NONE},
        {"not precise enough", ost_op_expand, "Interval[@T10, @T10] ; 1 minute", "{}", NONE},
        {"default is the coarser precision", ost_op_expand, "Interval[@2018-01, @2018-02-10]",
         "{@2018-01, @2018-02}", NONE},
        {"no end", ost_op_expand, "Interval[1, null]", "{}", NONE},
        {"overlapping intervals once", ost_op_expand, "{Interval[1, 2], Interval[2, 3]}",
         "{Interval[1, 1], Interval[2, 2], Interval[3, 3]}", NONE},
        {"no width", ost_op_expand, "Interval[1, 2] ; 0 '1'", "error", NONE},
        {"negative width", ost_op_expand, "Interval[@2018, @2019] ; -1 year", "error", NONE},
        {"width of another kind", ost_op_expand, "Interval[@2018, @2019] ; 1 'g'", "error", NONE},
        {"too many", ost_op_expand, "Interval[0, 2147483647]", "error", NONE},
    };
    (void)state;
    ost_test_rows(rows, OST_ARRAY_LEN(rows));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_ends),      cmocka_unit_test(test_timing),
    cmocka_unit_test(test_relations), cmocka_unit_test(test_membership),
    cmocka_unit_test(test_sets),      cmocka_unit_test(test_collapse),
    cmocka_unit_test(test_expand),
};
OST_TEST_MAIN("op-interval", tests)
