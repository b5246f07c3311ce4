/* The slow and the careful parts of the JSON reader: numbers, escapes, and messages that say what
 * is wrong and where. RFC 8259 sections 6 (numbers) and 7 (strings). */
#include "fhir/json_detail.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

ost_status ost_json_fail(const ost_json_state *p, ost_status code, size_t offset,
                         const char *format, ...)
{
    char message[OST_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    uint32_t line, column;
    ost_err_locate(p->source, offset, &line, &column);
    (void)ost_err_set(p->error, code, "%s", message);
    ost_err_place(p->error, (ost_str){NULL, 0}, line, column, (uint32_t)offset);
    return code;
}

/* What stands at an offset, for a message: a visible character in quotes, or its code point. */
static void describe(ost_str source, size_t offset, char out[16])
{
    size_t at = offset;
    uint32_t c = ost_utf8_next(source, &at);
    if (c > ' ' && c != 0x7F && !(c >= 0x80 && c < 0xA0)) {
        (void)snprintf(out, 16, "'%.*s'", (int)(at - offset), source.ptr + offset);
    } else {
        (void)snprintf(out, 16, "U+%04X", (unsigned)c);
    }
}

ost_status ost_json_unexpected(const ost_json_state *p, const char *wanted)
{
    if (p->at >= p->count) {
        return ost_json_fail(p, OST_E_SYNTAX, p->source.len, "the text ends where %s is expected",
                             wanted);
    }
    char found[16];
    describe(p->source, p->index[p->at], found);
    return ost_json_fail(p, OST_E_SYNTAX, p->index[p->at], "%s is expected, not %s", wanted, found);
}

ost_status ost_json_explain_stage1(const ost_json_state *p)
{
    size_t bad = ost_utf8_check(p->source);
    if (bad != SIZE_MAX) {
        unsigned byte = (unsigned char)p->source.ptr[bad];
        ost_status code = ost_json_fail(p, OST_E_SYNTAX, bad, "the byte 0x%02X is not UTF-8", byte);
        ost_err_hint(p->error, "save the file as UTF-8");
        return code;
    }
    bool inside = false;
    size_t start = 0;
    for (size_t i = 0; i < p->source.len; i++) {
        unsigned char c = (unsigned char)p->source.ptr[i];
        if (c == '"') {
            inside = !inside;
            start = i;
        } else if (inside && c == '\\') {
            i++;
        } else if (inside && c < 0x20) {
            return ost_json_fail(
                p, OST_E_SYNTAX, i,
                "the control character U+%04X must be written as an escape in a string",
                (unsigned)c);
        }
    }
    if (inside) {
        return ost_json_fail(p, OST_E_SYNTAX, start, "a string starts here and does not end");
    }
    return ost_json_fail(p, OST_E_SYNTAX, 0, "there is no JSON value");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Moves over digits; false when there is none. */
static bool digits(const char *text, size_t *at)
{
    size_t from = *at;
    while (is_digit(text[*at])) {
        (*at)++;
    }
    return *at > from;
}

/* What may follow a number or a literal. */
static bool is_delimiter(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t' ||
           c == ':';
}

static bool number_grammar(const char *text, size_t *at)
{
    *at += text[*at] == '-' ? 1U : 0U;
    if (text[*at] == '0') {
        (*at)++;
    } else if (!digits(text, at)) {
        return false;
    }
    if (text[*at] == '.') {
        (*at)++;
        if (!digits(text, at)) {
            return false;
        }
    }
    if (text[*at] == 'e' || text[*at] == 'E') {
        (*at)++;
        *at += text[*at] == '+' || text[*at] == '-' ? 1U : 0U;
        return digits(text, at);
    }
    return true;
}

/* The padding after the text is zero, so reading one byte further is safe and ends every run. */
ost_status ost_json_number(const ost_json_state *p, size_t at, size_t *len)
{
    size_t end = at;
    bool good = number_grammar(p->text, &end);
    if (!good || (end < p->source.len && !is_delimiter(p->text[end]))) {
        size_t shown = at;
        while (shown < p->source.len && shown - at < 40 && !is_delimiter(p->source.ptr[shown])) {
            shown++;
        }
        ost_status code = ost_json_fail(
            p, OST_E_SYNTAX, at, "'%.*s' is not a JSON %s", (int)(shown - at), p->source.ptr + at,
            is_digit(p->text[at]) || p->text[at] == '-' ? "number" : "value");
        size_t digit = at + (p->text[at] == '-' ? 1U : 0U);
        if (p->text[digit] == '0' && is_digit(p->text[digit + 1])) {
            ost_err_hint(p->error, "a number has no leading zero");
        }
        return code;
    }
    if (end - at > OST_JSON_MAX_NUMBER) {
        return ost_json_fail(p, OST_E_LIMIT, at, "a number has more than %d characters",
                             OST_JSON_MAX_NUMBER);
    }
    *len = end - at;
    return OST_OK;
}

/* Four hex digits, or UINT32_MAX. */
static uint32_t hex4(const char *text)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = text[i];
        uint32_t digit;
        if (is_digit(c)) {
            digit = (uint32_t)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = (uint32_t)(c - 'a') + 10;
        } else if (c >= 'A' && c <= 'F') {
            digit = (uint32_t)(c - 'A') + 10;
        } else {
            return UINT32_MAX;
        }
        value = value << 4 | digit;
    }
    return value;
}

/* A \uXXXX escape at text[at], one of a pair taken together with its other half. */
static ost_status unescape_unicode(const ost_json_state *p, size_t at, size_t end,
                                   uint32_t *code_point, size_t *used)
{
    uint32_t c = end - at < 6 ? UINT32_MAX : hex4(p->text + at + 2);
    if (c == UINT32_MAX) {
        return ost_json_fail(p, OST_E_SYNTAX, at, "\\u must be followed by four hex digits");
    }
    *used = 6;
    if (c >= 0xD800 && c <= 0xDBFF && end - at >= 12 && p->text[at + 6] == '\\' &&
        p->text[at + 7] == 'u') {
        uint32_t low = hex4(p->text + at + 8);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *code_point = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            *used = 12;
            return OST_OK;
        }
    }
    if (c >= 0xD800 && c <= 0xDFFF) {
        return ost_json_fail(p, OST_E_SYNTAX, at, "\\u%04X is half of a surrogate pair",
                             (unsigned)c);
    }
    *code_point = c;
    return OST_OK;
}

/* One escape at text[*from], written to `to`; both move. */
static ost_status unescape_one(const ost_json_state *p, size_t *from, size_t end, char *to,
                               size_t *written)
{
    static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    char c = *from + 1 < end ? p->text[*from + 1] : '\0';
    const char *hit = c == '\0' ? NULL : memchr(names, c, sizeof names - 1);
    if (hit != NULL) {
        to[0] = bytes[hit - names];
        *written = 1;
        *from += 2;
        return OST_OK;
    }
    if (c != 'u') {
        char found[16];
        describe(p->source, *from + 1, found);
        return ost_json_fail(p, OST_E_SYNTAX, *from, "a backslash can't be followed by %s", found);
    }
    uint32_t code_point = 0;
    size_t used = 0;
    ost_status code = unescape_unicode(p, *from, end, &code_point, &used);
    if (code == OST_OK) {
        *written = ost_utf8_put(code_point, to);
        *from += used;
    }
    return code;
}

/* Room for the offset, the bytes and what may be read after them. */
static char *room_for(ost_tree *tree, size_t len)
{
    enum { READ_AFTER = 8 };
    size_t want;
    if (!ost_size_add(tree->escaped_len, sizeof(uint32_t) + len + READ_AFTER, &want) ||
        want > UINT32_MAX) {
        return NULL;
    }
    char *room = ost_arena_grow(tree->arena, tree->escaped, &tree->escaped_capacity, want, 1);
    tree->escaped = room == NULL ? tree->escaped : room;
    return room;
}

/* The result is never longer than the escapes. */
ost_status ost_json_unescape(const ost_json_state *p, size_t at, size_t *start, size_t *len)
{
    ost_tree *tree = p->tree;
    char *room = room_for(tree, *len);
    if (room == NULL) {
        return ost_err_memory(p->error, tree->arena);
    }
    uint32_t offset = p->base + (uint32_t)at;
    memcpy(room + tree->escaped_len, &offset, sizeof offset);
    *start = tree->escaped_len + sizeof offset;
    size_t end = at + *len, to = *start, from = at;
    while (from < end) {
        if (p->text[from] != '\\') {
            room[to++] = p->text[from++];
            continue;
        }
        size_t written = 0;
        ost_status code = unescape_one(p, &from, end, room + to, &written);
        if (code != OST_OK) {
            return code;
        }
        to += written;
    }
    *len = to - *start;
    tree->escaped_len = to;
    return OST_OK;
}

/* Every node has one token that starts it; a name has one as well, and a colon after it. */
size_t ost_json_name_offset(const ost_json_state *p, uint32_t node)
{
    uint32_t seen = p->first;
    for (uint32_t i = 0; i < p->count; i++) {
        char c = p->source.ptr[p->index[i]];
        bool name = c == '"' && i + 1 < p->count && p->source.ptr[p->index[i + 1]] == ':';
        if (name || c == ':' || c == ',' || c == '}' || c == ']') {
            continue;
        }
        if (seen == node) {
            return p->index[i >= 2 ? i - 2 : i];
        }
        seen++;
    }
    return 0;
}
