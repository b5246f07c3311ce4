/* A small judge of XML for tests: is the text well formed, and is every id in it its own? */
#ifndef OST_DRAW_TEST_XML_H
#define OST_DRAW_TEST_XML_H

#include "base/map.h"

enum { TEST_XML_DEPTH = 64 };

static bool test_xml_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == ':';
}

/* Content or an attribute value: no markup, only known references, no control characters. */
static bool test_xml_plain(ost_str text)
{
    static const char *const references[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool known = c != '&';
        for (size_t k = 0; !known && k < OST_ARRAY_LEN(references); k++) {
            known = ost_str_starts(ost_str_sub(text, i, text.len - i), ost_str_of(references[k]));
        }
        if (!known || c == '<' || (c < 0x20 && c != '\n' && c != '\t' && c != '\r')) {
            return false;
        }
    }
    return true;
}

/* name="value" pairs of one tag; false when malformed, or when a name or an id comes twice. */
static bool test_xml_attributes(ost_arena *arena, ost_map *ids, ost_str text)
{
    ost_map names = ost_map_init(arena);
    size_t at = 0;
    while (at < text.len) {
        if (text.ptr[at++] != ' ') {
            return false;
        }
        size_t from = at;
        while (at < text.len && test_xml_name_char(text.ptr[at])) {
            at++;
        }
        ost_str name = ost_str_sub(text, from, at - from);
        if (name.len == 0 || at + 1 >= text.len || text.ptr[at] != '=' || text.ptr[at + 1] != '"') {
            return false;
        }
        size_t end = ost_str_find(text, OST_STR("\""), at + 2);
        if (end == SIZE_MAX || ost_map_get(&names, name) != OST_MAP_NONE) {
            return false;
        }
        ost_str value = ost_str_sub(text, at + 2, end - at - 2);
        bool is_id = ost_str_is(name, "id");
        if (!test_xml_plain(value) || (is_id && ost_map_get(ids, value) != OST_MAP_NONE)) {
            return false;
        }
        if (!ost_map_put(&names, name, 1) || (is_id && !ost_map_put(ids, value, 1))) {
            return false;
        }
        at = end + 1;
    }
    return true;
}

/* True for a sequence of elements with text between them, all closed, no id twice. */
static bool test_xml_is_well_formed(ost_arena *arena, ost_str text)
{
    ost_map ids = ost_map_init(arena);
    ost_str open[TEST_XML_DEPTH];
    size_t depth = 0, at = 0;
    while (at < text.len) {
        size_t tag = ost_str_find(text, OST_STR("<"), at);
        size_t stop = tag == SIZE_MAX ? text.len : tag;
        if (!test_xml_plain(ost_str_sub(text, at, stop - at))) {
            return false;
        }
        if (tag == SIZE_MAX) {
            break;
        }
        size_t end = ost_str_find(text, OST_STR(">"), tag);
        if (end == SIZE_MAX || depth + 1 >= TEST_XML_DEPTH) {
            return false;
        }
        bool closing = text.ptr[tag + 1] == '/', empty = text.ptr[end - 1] == '/';
        size_t from = tag + (closing ? 2 : 1), to = from;
        while (to < end && test_xml_name_char(text.ptr[to])) {
            to++;
        }
        ost_str name = ost_str_sub(text, from, to - from);
        if (closing) {
            if (to != end || depth == 0 || !ost_str_equal(open[--depth], name)) {
                return false;
            }
        } else if (name.len == 0 ||
                   !test_xml_attributes(arena, &ids,
                                        ost_str_sub(text, to, end - to - (empty ? 1 : 0)))) {
            return false;
        } else if (!empty) {
            open[depth++] = name;
        }
        at = end + 1;
    }
    return depth == 0;
}

#endif
