/* Conversions to numbers, Boolean, dates, lists (CQL 1.5.3, Appendix B, "Type Operators").
 *
 * What can't be converted is null, never an error; ConvertsToX asks whether ToX gives a value.
 * Texts are read exactly as the standard writes them: no white space around, no exponents. */
#include "cql/op/number.h"

ost_value ost_op_to_boolean(ost_call *call, const ost_value *args, size_t count)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = {{"true", true},   {"t", true},  {"yes", true}, {"y", true},  {"1", true},
                 {"false", false}, {"f", false}, {"no", false}, {"n", false}, {"0", false}};
    ost_value v = args[0];
    ost_i128 number = -1;

    (void)call;
    (void)count;
    if (v.kind == OST_BOOLEAN) {
        return v;
    }
    if (v.kind == OST_STRING) {
        for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
            if (ost_str_equal_ignoring_case(v.string, ost_str_of(words[i].text))) {
                return ost_boolean(words[i].value);
            }
        }
        return ost_null();
    }
    if (v.kind == OST_INTEGER) {
        number = v.integer;
    } else if (v.kind == OST_LONG) {
        number = v.integer64;
    } else if (v.kind == OST_DECIMAL &&
               ost_decimal_ceiling(v.decimal) == ost_decimal_floor(v.decimal)) {
        number = ost_decimal_truncate(v.decimal);
    }
    return number == 0 || number == 1 ? ost_boolean(number == 1) : ost_null();
}

/* Digits with a sign; false for anything else or beyond 64 bits. */
static bool whole_of_text(ost_str text, ost_i128 *out)
{
    size_t at = 0;
    bool negative = false;
    ost_i128 value = 0;

    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) {
        negative = text.ptr[at++] == '-';
    }
    if (at == text.len) {
        return false;
    }
    for (; at < text.len; at++) {
        if (text.ptr[at] < '0' || text.ptr[at] > '9') {
            return false;
        }
        value = value * 10 + (text.ptr[at] - '0');
        if (value > (ost_i128)INT64_MAX + 1) {
            return false;
        }
    }
    *out = negative ? -value : value;
    return true;
}

/* The whole number that a value stands for. */
static bool whole_of(ost_value v, ost_i128 *out)
{
    if (v.kind == OST_STRING) {
        return whole_of_text(v.string, out);
    }
    if (v.kind == OST_BOOLEAN) {
        *out = v.boolean;
    } else if (v.kind == OST_INTEGER) {
        *out = v.integer;
    } else if (v.kind == OST_LONG) {
        *out = v.integer64;
    } else if (v.kind == OST_DECIMAL &&
               ost_decimal_ceiling(v.decimal) == ost_decimal_floor(v.decimal)) {
        *out = ost_decimal_truncate(v.decimal);
    } else {
        return false;
    }
    return true;
}

ost_value ost_op_to_integer(ost_call *call, const ost_value *args, size_t count)
{
    ost_i128 value;

    (void)call;
    (void)count;
    if (args[0].kind == OST_UNCERTAIN) {
        return args[0];
    }
    return whole_of(args[0], &value) ? ost_integer_or_null(value) : ost_null();
}

ost_value ost_op_to_long(ost_call *call, const ost_value *args, size_t count)
{
    ost_i128 value;

    (void)call;
    (void)count;
    return whole_of(args[0], &value) ? ost_long_or_null(value) : ost_null();
}

ost_value ost_op_to_decimal(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};
    ost_i128 value;

    (void)call;
    (void)count;
    if (args[0].kind == OST_DECIMAL) {
        return args[0];
    }
    if (args[0].kind == OST_STRING) {
        return ost_decimal_parse(args[0].string, false, false, &out) ? ost_decimal_value(out)
                                                                     : ost_null();
    }
    return whole_of(args[0], &value) ? ost_decimal_value(ost_decimal_of_int((int64_t)value))
                                     : ost_null();
}

/* ---- Dates ---- */

/* Without what is finer than a day. */
static ost_when date_part(ost_when w)
{
    ost_when out = {.year = w.year, .month = w.month, .day = w.day, .precision = w.precision};

    if (out.precision > OST_UNIT_DAY) {
        out.precision = OST_UNIT_DAY;
    }
    return out;
}

ost_value ost_op_to_date(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w;

    (void)call;
    (void)count;
    if (args[0].kind == OST_DATE) {
        return args[0];
    }
    if (args[0].kind == OST_DATETIME) {
        return ost_when_value(OST_DATE, date_part(args[0].when));
    }
    if (args[0].kind != OST_STRING) {
        return ost_null();
    }
    return ost_when_parse(args[0].string, OST_DATE, &w) ? ost_when_value(OST_DATE, w) : ost_null();
}

ost_value ost_op_to_date_time(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w;

    (void)call;
    (void)count;
    if (args[0].kind == OST_DATETIME) {
        return args[0];
    }
    if (args[0].kind == OST_DATE) {
        return ost_when_value(OST_DATETIME, args[0].when);
    }
    if (args[0].kind == OST_STRING && (ost_when_parse(args[0].string, OST_DATETIME, &w) ||
                                       ost_when_parse(args[0].string, OST_DATE, &w))) {
        return ost_when_value(OST_DATETIME, w);
    }
    return ost_null();
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Z" or "+05:30" at the end of a time says nothing about the time of day: cut off. */
static ost_str without_offset(ost_str s)
{
    if (s.len > 1 && s.ptr[s.len - 1] == 'Z') {
        return ost_str_sub(s, 0, s.len - 1);
    }
    if (s.len > 6) {
        const char *t = s.ptr + s.len - 6;
        if ((t[0] == '+' || t[0] == '-') && is_digit(t[1]) && is_digit(t[2]) && t[3] == ':' &&
            is_digit(t[4]) && is_digit(t[5])) {
            return ost_str_sub(s, 0, s.len - 6);
        }
    }
    return s;
}

ost_value ost_op_to_time(ost_call *call, const ost_value *args, size_t count)
{
    ost_when w;

    (void)call;
    (void)count;
    if (args[0].kind == OST_TIME) {
        return args[0];
    }
    if (args[0].kind == OST_STRING &&
        ost_when_parse(without_offset(args[0].string), OST_TIME, &w)) {
        return ost_when_value(OST_TIME, w);
    }
    if (args[0].kind != OST_DATETIME || args[0].when.precision < OST_UNIT_HOUR) {
        return ost_null();
    }
    w = args[0].when;
    w.year = 0;
    w.month = w.day = 0;
    w.has_offset = false;
    w.offset_min = 0;
    return ost_when_value(OST_TIME, w);
}

/* ---- Codes, intervals, lists ---- */

ost_value ost_op_to_concept(ost_call *call, const ost_value *args, size_t count)
{
    const ost_value *items = args[0].kind == OST_LIST ? args[0].list.items : args;
    size_t used = 0, total = args[0].kind == OST_LIST ? args[0].list.count : 1;
    ost_value out = {0};

    (void)count;
    if (args[0].kind == OST_CONCEPT) {
        return args[0];
    }
    ost_concept *concept = ost_arena_alloc(call->arena, sizeof(*concept));
    ost_code *codes = ost_arena_array(call->arena, total, sizeof(*codes));
    if (concept == NULL || codes == NULL) {
        return ost_call_memory(call);
    }
    for (size_t i = 0; i < total; i++) {
        if (items[i].kind == OST_CODE) {
            codes[used++] = *items[i].code;
        } else if (!ost_is_null(items[i])) {
            return ost_null();
        }
    }
    *concept = (ost_concept){.codes = codes, .count = used};
    /* One code names the concept; several may name different things. */
    if (used == 1) {
        concept->display = codes[0].display;
    }
    out.kind = OST_CONCEPT;
    out.concept = concept;
    return out;
}

ost_value ost_op_to_interval(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return ost_call_made(call, ost_interval_value(call->arena, args[0], true, args[0], true,
                                                  (ost_kind)args[0].kind));
}

ost_value ost_op_to_list(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    if (ost_is_null(args[0])) {
        return ost_list(NULL, 0);
    }
    ost_value *item = ost_arena_copy(call->arena, &args[0], sizeof(args[0]));
    return item == NULL ? ost_call_memory(call) : ost_list(item, 1);
}

/* ---- ConvertsTo ---- */

static ost_value converts(ost_call *call, const ost_value *args, ost_op_function to)
{
    return ost_boolean(!ost_is_null(to(call, args, 1)));
}

ost_value ost_op_converts_to_boolean(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_boolean);
}

ost_value ost_op_converts_to_integer(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_integer);
}

ost_value ost_op_converts_to_long(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_long);
}

ost_value ost_op_converts_to_decimal(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_decimal);
}

ost_value ost_op_converts_to_string(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_string);
}

ost_value ost_op_converts_to_date(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_date);
}

ost_value ost_op_converts_to_date_time(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_date_time);
}

ost_value ost_op_converts_to_time(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_time);
}

ost_value ost_op_converts_to_quantity(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_quantity);
}

ost_value ost_op_converts_to_ratio(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return converts(call, args, ost_op_to_ratio);
}
