/* Quantities, ratios and texts (CQL 1.5.3, Appendix B, "Type Operators").
 *
 * The text of a quantity is a number, then a unit in quotes or a calendar word: "5.5 'cm'", "3
 * months", "2". The text of a ratio is two of them with a colon between. */
#include "cql/op/number.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(ost_str text, size_t *at)
{
    while (*at < text.len && is_space(text.ptr[*at])) {
        ++*at;
    }
}

/* Reads "'mg'" or "days" at *at; "1" when there is none. False for a unit that is not one. */
static bool read_unit(ost_call *call, ost_str text, size_t *at, ost_str *unit)
{
    size_t start = *at;

    if (*at < text.len && text.ptr[*at] == '\'') {
        size_t end = ost_str_find(text, OST_STR("'"), start + 1);
        if (end == SIZE_MAX) {
            return false;
        }
        *unit = ost_str_sub(text, start + 1, end - start - 1);
        *at = end + 1;
        return ost_ucum_valid(call->ucum, *unit) || ost_calendar_word(*unit) != OST_UNIT_NONE;
    }
    while (*at < text.len && text.ptr[*at] >= 'a' && text.ptr[*at] <= 'z') {
        ++*at;
    }
    if (*at == start) {
        *unit = OST_STR("1");
        return true;
    }
    ost_time_unit word = ost_calendar_word(ost_str_sub(text, start, *at - start));
    *unit = ost_str_of(ost_time_unit_name(word));
    return word != OST_UNIT_NONE;
}

static bool read_quantity(ost_call *call, ost_str text, size_t *at, ost_quantity *out)
{
    size_t start = *at;

    while (*at < text.len && !is_space(text.ptr[*at]) && text.ptr[*at] != '\'' &&
           text.ptr[*at] != ':') {
        ++*at;
    }
    if (!ost_decimal_parse(ost_str_sub(text, start, *at - start), false, false, &out->value)) {
        return false;
    }
    skip_space(text, at);
    return read_unit(call, text, at, &out->unit);
}

static ost_value quantity_of_text(ost_call *call, ost_str text)
{
    ost_quantity quantity;
    size_t at = 0;

    if (!read_quantity(call, text, &at, &quantity) || at != text.len) {
        return ost_null();
    }
    return ost_call_quantity(call, quantity.value, quantity.unit);
}

ost_value ost_op_to_quantity(ost_call *call, const ost_value *args, size_t count)
{
    ost_value v = args[0], top = {0}, bottom = {0};

    (void)count;
    if (v.kind == OST_QUANTITY) {
        return v;
    }
    if (v.kind == OST_STRING) {
        return quantity_of_text(call, v.string);
    }
    if (v.kind == OST_RATIO) {
        top.kind = bottom.kind = OST_QUANTITY;
        top.quantity = &v.ratio->numerator;
        bottom.quantity = &v.ratio->denominator;
        return ost_quantity_divide(call, top, bottom);
    }
    if (v.kind != OST_INTEGER && v.kind != OST_LONG && v.kind != OST_DECIMAL) {
        return ost_null();
    }
    return ost_call_quantity(call, ost_op_to_decimal(call, args, 1).decimal, OST_STR("1"));
}

ost_value ost_op_to_ratio(ost_call *call, const ost_value *args, size_t count)
{
    ost_ratio ratio;
    ost_value out = {0};
    size_t at = 0;

    (void)count;
    if (args[0].kind == OST_RATIO) {
        return args[0];
    }
    if (args[0].kind != OST_STRING) {
        return ost_null();
    }
    ost_str text = args[0].string;
    if (!read_quantity(call, text, &at, &ratio.numerator)) {
        return ost_null();
    }
    skip_space(text, &at);
    if (at == text.len || text.ptr[at] != ':') {
        return ost_null();
    }
    at++;
    skip_space(text, &at);
    if (!read_quantity(call, text, &at, &ratio.denominator) || at != text.len) {
        return ost_null();
    }
    out.ratio = ost_arena_copy(call->arena, &ratio, sizeof(ratio));
    if (out.ratio == NULL) {
        return ost_call_memory(call);
    }
    out.kind = OST_RATIO;
    return out;
}

/* ---- To text ---- */

static void add_when(ost_buf *out, ost_value v)
{
    char text[OST_WHEN_TEXT_MAX];
    ost_str s = {text, ost_when_format(v.when, v.kind, text)};

    /* The "T" marks literals only: of a time at its begin, of a date-time of day precision at
     * its end. */
    if (v.kind == OST_TIME && s.len > 0 && s.ptr[0] == 'T') {
        s = ost_str_sub(s, 1, s.len - 1);
    } else if (s.len > 0 && s.ptr[s.len - 1] == 'T') {
        s.len--;
    }
    ost_buf_add(out, s);
}

static void add_ratio(ost_buf *out, const ost_ratio *ratio)
{
    ost_value part = {0};

    part.kind = OST_QUANTITY;
    part.quantity = &ratio->numerator;
    ost_value_print(out, part);
    ost_buf_char(out, ':');
    part.quantity = &ratio->denominator;
    ost_value_print(out, part);
}

ost_value ost_op_to_string(ost_call *call, const ost_value *args, size_t count)
{
    ost_buf out = ost_buf_init(call->arena);
    ost_value v = args[0];

    (void)count;
    if (v.kind == OST_STRING) {
        return v;
    }
    if (v.kind == OST_LONG) {
        ost_buf_printf(&out, "%lld", (long long)v.integer64);
    } else if (v.kind == OST_DATE || v.kind == OST_DATETIME || v.kind == OST_TIME) {
        add_when(&out, v);
    } else if (v.kind == OST_RATIO) {
        add_ratio(&out, v.ratio);
    } else if (v.kind == OST_BOOLEAN || v.kind == OST_INTEGER || v.kind == OST_DECIMAL ||
               v.kind == OST_QUANTITY) {
        ost_value_print(&out, v);
    } else {
        return ost_null();
    }
    return ost_call_text(call, &out);
}

/* ---- Units ---- */

ost_value ost_op_convert_quantity(ost_call *call, const ost_value *args, size_t count)
{
    ost_time_unit word = ost_calendar_word(args[1].string);
    ost_decimal out = {0};

    (void)count;
    if (!ost_quantity_in(call, args[0].quantity, args[1].string, &out)) {
        return ost_null();
    }
    /* "months" is written in the singular inside a quantity. */
    return ost_call_quantity(
        call, out, word == OST_UNIT_NONE ? args[1].string : ost_str_of(ost_time_unit_name(word)));
}

ost_value ost_op_can_convert_quantity(ost_call *call, const ost_value *args, size_t count)
{
    ost_decimal out = {0};

    (void)count;
    return ost_boolean(ost_quantity_in(call, args[0].quantity, args[1].string, &out));
}
