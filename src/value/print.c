/* CQL values as CQL literals (CQL 1.5.3, "Literals" and "Selectors").
 *
 * What is printed can be read again by the parser, with one exception: a node of a FHIR record
 * prints as its place, because its text belongs to fhir/. Nesting stops at a fixed depth. */
#include "value/value.h"

enum { PRINT_DEPTH = 64 };

static void print(ost_buf *out, ost_value v, unsigned depth);

static void print_string(ost_buf *out, ost_str s)
{
    static const struct {
        char c;
        const char *text;
    } escapes[] = {{'\'', "\\'"}, {'\\', "\\\\"}, {'\n', "\\n"},
                   {'\r', "\\r"}, {'\t', "\\t"},  {'\f', "\\f"}};

    ost_buf_char(out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        const char *escape = NULL;
        for (size_t k = 0; k < OST_ARRAY_LEN(escapes); k++) {
            if (s.ptr[i] == escapes[k].c) {
                escape = escapes[k].text;
            }
        }
        if (escape != NULL) {
            ost_buf_text(out, escape);
        } else if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f) {
            ost_buf_printf(out, "\\u%04x", (unsigned)(unsigned char)s.ptr[i]);
        } else {
            ost_buf_char(out, s.ptr[i]);
        }
    }
    ost_buf_char(out, '\'');
}

/* "5.0", never "5", which would be an Integer. */
static void print_decimal(ost_buf *out, ost_decimal d, uint8_t least_scale)
{
    char text[OST_DECIMAL_TEXT_MAX];

    if (d.scale < least_scale) {
        d.scale = least_scale;
    }
    ost_buf_add(out, (ost_str){text, ost_decimal_format(d, text)});
}

static bool is_calendar_word(ost_str unit)
{
    for (int u = OST_UNIT_YEAR; u <= OST_UNIT_MILLISECOND; u++) {
        if (ost_str_is(unit, ost_time_unit_name((ost_time_unit)u))) {
            return true;
        }
    }
    return false;
}

static void print_quantity(ost_buf *out, const ost_quantity *quantity)
{
    print_decimal(out, quantity->value, 0);
    ost_buf_char(out, ' ');
    if (!is_calendar_word(quantity->unit)) {
        print_string(out, quantity->unit);
        return;
    }
    ost_buf_add(out, quantity->unit);
    if (ost_decimal_compare(quantity->value, ost_decimal_of_int(1)) != 0) {
        ost_buf_char(out, 's');
    }
}

static void print_ratio(ost_buf *out, const ost_ratio *ratio)
{
    print_quantity(out, &ratio->numerator);
    ost_buf_text(out, " : ");
    print_quantity(out, &ratio->denominator);
}

struct field {
    const char *name;
    ost_str text;
};

/* "Code { code: 'x', system: 's' }"; absent texts are left out. */
static void print_fields(ost_buf *out, const char *type, const struct field *fields, size_t count)
{
    bool first = true;

    ost_buf_text(out, type);
    ost_buf_text(out, " {");
    for (size_t i = 0; i < count; i++) {
        if (fields[i].text.ptr != NULL) {
            ost_buf_text(out, first ? " " : ", ");
            ost_buf_text(out, fields[i].name);
            ost_buf_text(out, ": ");
            print_string(out, fields[i].text);
            first = false;
        }
    }
    ost_buf_text(out, " }");
}

static void print_code(ost_buf *out, const ost_code *code)
{
    const struct field fields[] = {{"code", code->code},
                                   {"system", code->system},
                                   {"version", code->version},
                                   {"display", code->display}};

    print_fields(out, "Code", fields, OST_ARRAY_LEN(fields));
}

static void print_concept(ost_buf *out, const ost_concept *concept)
{
    ost_buf_text(out, "Concept { codes: {");
    for (size_t i = 0; i < concept->count; i++) {
        ost_buf_text(out, i == 0 ? " " : ", ");
        print_code(out, &concept->codes[i]);
    }
    ost_buf_text(out, " }");
    if (concept->display.ptr != NULL) {
        ost_buf_text(out, ", display: ");
        print_string(out, concept->display);
    }
    ost_buf_text(out, " }");
}

static void print_vocabulary(ost_buf *out, const char *type, const ost_vocabulary *vocabulary)
{
    const struct field fields[] = {
        {"id", vocabulary->id}, {"version", vocabulary->version}, {"name", vocabulary->name}};

    print_fields(out, type, fields, OST_ARRAY_LEN(fields));
}

static void print_interval(ost_buf *out, const ost_interval *interval, unsigned depth)
{
    ost_buf_text(out, interval->low_closed ? "Interval[" : "Interval(");
    print(out, interval->low, depth);
    ost_buf_text(out, ", ");
    print(out, interval->high, depth);
    ost_buf_char(out, interval->high_closed ? ']' : ')');
}

static void print_tuple(ost_buf *out, const ost_tuple_shape *shape, const ost_value *items,
                        unsigned depth)
{
    ost_buf_add(out, shape->type_name.ptr != NULL ? shape->type_name : OST_STR("Tuple"));
    ost_buf_text(out, shape->count == 0 ? " {:" : " {");
    for (size_t i = 0; i < shape->count; i++) {
        ost_buf_text(out, i == 0 ? " " : ", ");
        ost_buf_add(out, shape->names[i]);
        ost_buf_text(out, ": ");
        print(out, items[i], depth);
    }
    ost_buf_text(out, " }");
}

static void print_list(ost_buf *out, const ost_value *items, size_t count, unsigned depth)
{
    ost_buf_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i != 0) {
            ost_buf_text(out, ", ");
        }
        print(out, items[i], depth);
    }
    ost_buf_char(out, '}');
}

static void print_when(ost_buf *out, ost_value v)
{
    char text[OST_WHEN_TEXT_MAX];

    ost_buf_char(out, '@');
    ost_buf_add(out, (ost_str){text, ost_when_format(v.when, v.kind, text)});
}

static void print(ost_buf *out, ost_value v, unsigned depth)
{
    if (depth == PRINT_DEPTH) {
        ost_buf_text(out, "...");
        return;
    }
    switch ((ost_kind)v.kind) {
    case OST_NULL:
        ost_buf_text(out, "null");
        break;
    case OST_BOOLEAN:
        ost_buf_text(out, v.boolean ? "true" : "false");
        break;
    case OST_INTEGER:
        ost_buf_printf(out, "%ld", (long)v.integer);
        break;
    case OST_LONG:
        ost_buf_printf(out, "%lldL", (long long)v.integer64);
        break;
    case OST_DECIMAL:
        print_decimal(out, v.decimal, 1);
        break;
    case OST_STRING:
        print_string(out, v.string);
        break;
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        print_when(out, v);
        break;
    case OST_QUANTITY:
        print_quantity(out, v.quantity);
        break;
    case OST_RATIO:
        print_ratio(out, v.ratio);
        break;
    case OST_CODE:
        print_code(out, v.code);
        break;
    case OST_CONCEPT:
        print_concept(out, v.concept);
        break;
    case OST_VALUESET:
    case OST_CODESYSTEM:
        print_vocabulary(out, ost_kind_name((ost_kind)v.kind), v.vocabulary);
        break;
    case OST_INTERVAL:
    case OST_UNCERTAIN:
        print_interval(out, v.interval, depth + 1);
        break;
    case OST_LIST:
        print_list(out, v.list.items, v.list.count, depth + 1);
        break;
    case OST_TUPLE:
        print_tuple(out, v.tuple.shape, v.tuple.items, depth + 1);
        break;
    case OST_OBJECT:
        ost_buf_printf(out, "Object { node: %lu }", (unsigned long)v.object.node);
        break;
    }
}

void ost_value_print(ost_buf *out, ost_value v)
{
    print(out, v, 0);
}
