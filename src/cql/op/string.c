/* Operators on strings (CQL 1.5.3, Appendix B, "String Operators").
 *
 * Positions count code points from 0. A position outside the string gives null, a text that is
 * not found gives -1. */
#include "base/utf8.h"
#include "cql/op/number.h"

/* Byte offset of the code point `index`; SIZE_MAX when the string is shorter. `index` may be
 * its length. */
static size_t offset_of(ost_str s, int64_t index)
{
    size_t at = 0;

    for (; index > 0 && at < s.len; index--) {
        (void)ost_utf8_next(s, &at);
    }
    return index == 0 ? at : SIZE_MAX;
}

static ost_value position(size_t offset, ost_str s)
{
    if (offset == SIZE_MAX) {
        return ost_integer(-1);
    }
    return ost_integer_or_null((ost_i128)ost_utf8_count(ost_str_sub(s, 0, offset)));
}

static ost_str text_of(ost_value v)
{
    return v.kind == OST_STRING ? v.string : (ost_str){"", 0};
}

ost_value ost_op_concatenate(ost_call *call, const ost_value *args, size_t count)
{
    ost_buf out = ost_buf_init(call->arena);

    for (size_t i = 0; i < count; i++) {
        ost_buf_add(&out, text_of(args[i]));
    }
    return ost_call_text(call, &out);
}

ost_value ost_op_combine(ost_call *call, const ost_value *args, size_t count)
{
    ost_buf out = ost_buf_init(call->arena);

    if (args[0].kind != OST_LIST || args[0].list.count == 0 ||
        (count > 1 && ost_is_null(args[1])) || !ost_call_step(call, args[0].list.count)) {
        return ost_null();
    }
    for (size_t i = 0; i < args[0].list.count; i++) {
        if (ost_is_null(args[0].list.items[i])) {
            return ost_null();
        }
        if (i > 0 && count > 1) {
            ost_buf_add(&out, text_of(args[1]));
        }
        ost_buf_add(&out, text_of(args[0].list.items[i]));
    }
    return ost_call_text(call, &out);
}

ost_value ost_op_split(ost_call *call, const ost_value *args, size_t count)
{
    ost_value *items = NULL;
    size_t used = 0, capacity = 0, from = 0, hit = 0;
    ost_str s = text_of(args[0]), separator = text_of(args[1]);

    (void)count;
    if (args[0].kind != OST_STRING) {
        return ost_null();
    }
    while (hit != SIZE_MAX) {
        hit = separator.len == 0 ? SIZE_MAX : ost_str_find(s, separator, from);
        items = ost_arena_grow(call->arena, items, &capacity, used + 1, sizeof(*items));
        if (items == NULL) {
            return ost_call_memory(call);
        }
        if (!ost_call_step(call, 1)) {
            return ost_null();
        }
        size_t end = hit == SIZE_MAX ? s.len : hit;
        items[used++] = ost_string(ost_str_sub(s, from, end - from));
        from = end + separator.len;
    }
    return ost_list(items, used);
}

/* Of a string or a list. A null has no kind any more, so that the length of a null list is null
 * too. */
ost_value ost_op_length(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return args[0].kind == OST_STRING
               ? ost_integer_or_null((ost_i128)ost_utf8_count(args[0].string))
               : ost_null();
}

static ost_value map_letters(ost_call *call, ost_str s, uint32_t (*map)(uint32_t))
{
    ost_buf out = ost_buf_init(call->arena);

    for (size_t at = 0; at < s.len;) {
        char bytes[4];
        size_t len = ost_utf8_put(map(ost_utf8_next(s, &at)), bytes);
        ost_buf_add(&out, (ost_str){bytes, len});
    }
    return ost_call_text(call, &out);
}

ost_value ost_op_upper(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return map_letters(call, args[0].string, ost_utf8_upper);
}

ost_value ost_op_lower(ost_call *call, const ost_value *args, size_t count)
{
    (void)count;
    return map_letters(call, args[0].string, ost_utf8_lower);
}

/* `length` code points from `start`; null when start lies outside. "" has a substring at 0: "". */
static ost_value substring(ost_str s, int64_t start, int64_t length)
{
    size_t from = start < 0 ? SIZE_MAX : offset_of(s, start);

    if (from == SIZE_MAX || (from == s.len && start != 0) || length < 0) {
        return ost_null();
    }
    ost_str rest = ost_str_sub(s, from, s.len - from);
    size_t len = offset_of(rest, length);
    return ost_string(ost_str_sub(rest, 0, len == SIZE_MAX ? rest.len : len));
}

ost_value ost_op_indexer(ost_call *call, const ost_value *args, size_t count)
{
    int32_t index = args[1].integer;

    (void)call;
    (void)count;
    if (args[0].kind == OST_LIST) {
        bool inside = index >= 0 && (size_t)index < args[0].list.count;
        return inside ? args[0].list.items[index] : ost_null();
    }
    ost_value one = substring(args[0].string, index, 1);
    return ost_is_null(one) || one.string.len == 0 ? ost_null() : one;
}

ost_value ost_op_position_of(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return position(ost_str_find(args[1].string, args[0].string, 0), args[1].string);
}

ost_value ost_op_last_position_of(ost_call *call, const ost_value *args, size_t count)
{
    ost_str pattern = args[0].string, s = args[1].string;

    (void)call;
    (void)count;
    if (pattern.len > s.len) {
        return ost_integer(-1);
    }
    for (size_t at = s.len - pattern.len + 1; at > 0; at--) {
        if (ost_str_equal(ost_str_sub(s, at - 1, pattern.len), pattern)) {
            return position(at - 1, s);
        }
    }
    return ost_integer(-1);
}

ost_value ost_op_substring(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    return substring(args[0].string, args[1].integer, count > 2 ? args[2].integer : INT64_MAX);
}

ost_value ost_op_starts_with(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_boolean(ost_str_starts(args[0].string, args[1].string));
}

ost_value ost_op_ends_with(ost_call *call, const ost_value *args, size_t count)
{
    (void)call;
    (void)count;
    return ost_boolean(ost_str_ends(args[0].string, args[1].string));
}

ost_value ost_op_to_chars(ost_call *call, const ost_value *args, size_t count)
{
    ost_str s = args[0].string;
    size_t used = 0;
    ost_value *items = ost_arena_array(call->arena, ost_utf8_count(s), sizeof(*items));

    (void)count;
    if (items == NULL) {
        return ost_call_memory(call);
    }
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        (void)ost_utf8_next(s, &at);
        items[used++] = ost_string(ost_str_sub(s, from, at - from));
    }
    return ost_list(items, used);
}
