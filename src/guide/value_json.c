/* CQL values as JSON. Decimals are digits as computed, never doubles. Nesting is limited by the
 * engine's own limit on values; past OST_JSON_MAX_DEPTH null is written. */
#include "guide/value_json.h"

static void write_value(ost_buf *out, ost_value value, int depth);

static void write_text(ost_buf *out, const char *before, ost_str text)
{
    ost_buf_text(out, before);
    if (text.ptr) {
        ost_buf_json(out, text);
    } else {
        ost_buf_text(out, "null");
    }
}

static void write_decimal(ost_buf *out, ost_decimal d)
{
    char text[OST_DECIMAL_TEXT_MAX];
    ost_buf_add(out, (ost_str){text, ost_decimal_format(d, text)});
}

static void write_quantity(ost_buf *out, const ost_quantity *quantity)
{
    ost_buf_text(out, "{\"value\":");
    write_decimal(out, quantity->value);
    write_text(out, ",\"unit\":", quantity->unit);
    ost_buf_char(out, '}');
}

static void write_code(ost_buf *out, const ost_code *code)
{
    write_text(out, "{\"code\":", code->code);
    write_text(out, ",\"system\":", code->system);
    write_text(out, ",\"version\":", code->version);
    write_text(out, ",\"display\":", code->display);
    ost_buf_char(out, '}');
}

static void write_interval(ost_buf *out, const ost_interval *interval, bool uncertain, int depth)
{
    ost_buf_text(out, "{\"low\":");
    write_value(out, interval->low, depth + 1);
    if (!uncertain) {
        ost_buf_printf(out, ",\"lowClosed\":%s", interval->low_closed ? "true" : "false");
    }
    ost_buf_text(out, ",\"high\":");
    write_value(out, interval->high, depth + 1);
    if (!uncertain) {
        ost_buf_printf(out, ",\"highClosed\":%s", interval->high_closed ? "true" : "false");
    }
    ost_buf_char(out, '}');
}

static void write_list(ost_buf *out, ost_value list, int depth)
{
    ost_buf_char(out, '[');
    for (size_t i = 0; i < list.list.count; i++) {
        ost_buf_text(out, i > 0 ? "," : "");
        write_value(out, list.list.items[i], depth + 1);
    }
    ost_buf_char(out, ']');
}

static void write_tuple(ost_buf *out, ost_value tuple, int depth)
{
    ost_buf_char(out, '{');
    for (size_t i = 0; i < tuple.tuple.shape->count; i++) {
        ost_buf_text(out, i > 0 ? "," : "");
        ost_buf_json(out, tuple.tuple.shape->names[i]);
        ost_buf_char(out, ':');
        write_value(out, tuple.tuple.items[i], depth + 1);
    }
    ost_buf_char(out, '}');
}

static void write_concept(ost_buf *out, const ost_concept *concept)
{
    ost_buf_text(out, "{\"codes\":[");
    for (size_t i = 0; i < concept->count; i++) {
        ost_buf_text(out, i > 0 ? "," : "");
        write_code(out, &concept->codes[i]);
    }
    write_text(out, "],\"display\":", concept->display);
    ost_buf_char(out, '}');
}

static void write_vocabulary(ost_buf *out, const ost_vocabulary *vocabulary)
{
    write_text(out, "{\"id\":", vocabulary->id);
    write_text(out, ",\"version\":", vocabulary->version);
    write_text(out, ",\"name\":", vocabulary->name);
    ost_buf_char(out, '}');
}

static void write_when(ost_buf *out, ost_value value)
{
    char text[OST_WHEN_TEXT_MAX];
    size_t length = ost_when_format(value.when, value.kind, text);
    ost_buf_json(out, (ost_str){text, length});
}

static void write_ratio(ost_buf *out, const ost_ratio *ratio)
{
    ost_buf_text(out, "{\"numerator\":");
    write_quantity(out, &ratio->numerator);
    ost_buf_text(out, ",\"denominator\":");
    write_quantity(out, &ratio->denominator);
    ost_buf_char(out, '}');
}

static void write_value(ost_buf *out, ost_value value, int depth)
{
    if (depth > OST_JSON_MAX_DEPTH) {
        ost_buf_text(out, "null");
        return;
    }
    switch ((ost_kind)value.kind) {
    case OST_NULL:
        ost_buf_text(out, "null");
        return;
    case OST_BOOLEAN:
        ost_buf_text(out, value.boolean ? "true" : "false");
        return;
    case OST_INTEGER:
        ost_buf_printf(out, "%d", value.integer);
        return;
    case OST_LONG:
        ost_buf_printf(out, "%lld", (long long)value.integer64);
        return;
    case OST_DECIMAL:
        write_decimal(out, value.decimal);
        return;
    case OST_STRING:
        ost_buf_json(out, value.string);
        return;
    case OST_DATE:
    case OST_DATETIME:
    case OST_TIME:
        write_when(out, value);
        return;
    case OST_QUANTITY:
        write_quantity(out, value.quantity);
        return;
    case OST_RATIO:
        write_ratio(out, value.ratio);
        return;
    case OST_CODE:
        write_code(out, value.code);
        return;
    case OST_CONCEPT:
        write_concept(out, value.concept);
        return;
    case OST_VALUESET:
    case OST_CODESYSTEM:
        write_vocabulary(out, value.vocabulary);
        return;
    case OST_INTERVAL:
    case OST_UNCERTAIN:
        write_interval(out, value.interval, value.kind == OST_UNCERTAIN, depth);
        return;
    case OST_LIST:
        write_list(out, value, depth);
        return;
    case OST_TUPLE:
        write_tuple(out, value, depth);
        return;
    case OST_OBJECT:
        ost_tree_write(out, &((const ost_record *)value.object.record)->tree, value.object.node);
        return;
    }
}

void ost_value_write_json(ost_buf *out, ost_value value)
{
    write_value(out, value, 0);
}
