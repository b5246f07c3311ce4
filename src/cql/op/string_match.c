/* Matches, ReplaceMatches, SplitOnMatches (CQL 1.5.3, Appendix B, "String Operators").
 *
 * Regular expressions are PCRE2 with Unicode, case-sensitive, "." matching every character.
 * Matches asks for the whole string. No expression can hang: a callout before each item of the
 * pattern takes a step from a budget, and the engine's own limits on matching, depth and memory
 * hold besides. All memory comes from the arena of the call. */
#include "base/utf8.h"
#include "cql/op/number.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PATTERN_MAX = 4000, /* bytes of an expression */
    ITEM_MAX = 2000000, /* items tried in one operator call */
    MATCH_MAX = 2000000,
    DEPTH_MAX = 10000,
    HEAP_KIB_MAX = 20000,
    STEPS_PER_BUDGET = 1000, /* items that count as one evaluation step */
    GROUP_MAX = 99
};

struct matcher {
    ost_call *call;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    ost_str subject;
    uint32_t items_left;
    bool checked; /* the subject is known to be UTF-8 */
};

/* A subject is never NULL, so that its end can be pointed at. */
static ost_str subject_of(ost_value v)
{
    return v.kind == OST_STRING && v.string.ptr != NULL ? v.string : (ost_str){"", 0};
}

static void *take_memory(PCRE2_SIZE size, void *arena)
{
    return ost_arena_alloc(arena, size);
}

/* The arena gives all back at once. */
static void keep_memory(void *block, void *arena)
{
    (void)block;
    (void)arena;
}

static int count_item(pcre2_callout_block *block, void *matcher)
{
    struct matcher *m = matcher;

    (void)block;
    if (m->items_left == 0) {
        return PCRE2_ERROR_CALLOUT;
    }
    m->items_left--;
    return 0;
}

static bool compile(struct matcher *m, ost_str pattern, uint32_t options)
{
    int error;
    PCRE2_SIZE at;
    pcre2_general_context *memory =
        pcre2_general_context_create(take_memory, keep_memory, m->call->arena);

    if (pattern.len > PATTERN_MAX) {
        (void)ost_call_fail(m->call, OST_E_LIMIT,
                            "a regular expression of %zu bytes, at most %d are read", pattern.len,
                            PATTERN_MAX);
        return false;
    }
    pcre2_compile_context *compiling = memory == NULL ? NULL : pcre2_compile_context_create(memory);
    m->context = memory == NULL ? NULL : pcre2_match_context_create(memory);
    if (compiling == NULL || m->context == NULL) {
        (void)ost_call_memory(m->call);
        return false;
    }
    m->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                            PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_AUTO_CALLOUT |
                                PCRE2_NEVER_BACKSLASH_C | options,
                            &error, &at, compiling);
    if (m->code == NULL && error == PCRE2_ERROR_HEAP_FAILED) {
        (void)ost_call_memory(m->call);
        return false;
    }
    if (m->code == NULL) {
        char text[120];
        (void)pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof(text));
        (void)ost_call_fail(m->call, OST_E_RUNTIME, "regular expression '%.*s', position %zu: %s",
                            OST_STR_ARG(pattern), at + 1, text);
        return false;
    }
    m->data = pcre2_match_data_create_from_pattern(m->code, memory);
    if (m->data == NULL) {
        (void)ost_call_memory(m->call);
        return false;
    }
    m->items_left = ITEM_MAX;
    (void)pcre2_set_callout(m->context, count_item, m);
    (void)pcre2_set_match_limit(m->context, MATCH_MAX);
    (void)pcre2_set_depth_limit(m->context, DEPTH_MAX);
    (void)pcre2_set_heap_limit(m->context, HEAP_KIB_MAX);
    return true;
}

/* 1 = a match at or after `from`, 0 = none, -1 = an error was recorded. */
static int match(struct matcher *m, size_t from, uint32_t options)
{
    uint32_t before = m->items_left;

    options |= m->checked ? PCRE2_NO_UTF_CHECK : 0;
    int found = pcre2_match(m->code, (PCRE2_SPTR)m->subject.ptr, m->subject.len, from, options,
                            m->data, m->context);

    if (!ost_call_step(m->call, 1 + (before - m->items_left) / STEPS_PER_BUDGET)) {
        return -1;
    }
    if (found >= 0 || found == PCRE2_ERROR_NOMATCH) {
        m->checked = true;
        return found >= 0;
    }
    if (found == PCRE2_ERROR_NOMEMORY) {
        (void)ost_call_memory(m->call);
    } else if (found == PCRE2_ERROR_CALLOUT || found == PCRE2_ERROR_MATCHLIMIT ||
               found == PCRE2_ERROR_DEPTHLIMIT || found == PCRE2_ERROR_HEAPLIMIT) {
        (void)ost_call_fail(m->call, OST_E_LIMIT, "a regular expression takes too many steps");
    } else {
        (void)ost_call_fail(m->call, OST_E_RUNTIME, "a string is not UTF-8");
    }
    return -1;
}

ost_value ost_op_matches(ost_call *call, const ost_value *args, size_t count)
{
    struct matcher m = {.call = call, .subject = subject_of(args[0])};

    (void)count;
    if (!compile(&m, args[1].string, PCRE2_ANCHORED | PCRE2_ENDANCHORED)) {
        return ost_null();
    }
    int found = match(&m, 0, 0);
    return found < 0 ? ost_null() : ost_boolean(found > 0);
}

/* The next match that is not the empty one just found: after an empty match at `from`, the
 * engine is asked for a longer one there, and if there is none the search goes on one character
 * further. */
static int next_match(struct matcher *m, size_t from, bool after_empty)
{
    if (!after_empty) {
        return match(m, from, 0);
    }
    int found = match(m, from, PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED);
    if (found != 0 || from >= m->subject.len) {
        return found;
    }
    (void)ost_utf8_next(m->subject, &from);
    return match(m, from, 0);
}

static ost_str group(const struct matcher *m, uint32_t number)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(m->data);

    if (number >= pcre2_get_ovector_count(m->data) || ends[2 * number] == PCRE2_UNSET) {
        return (ost_str){"", 0};
    }
    return ost_str_sub(m->subject, ends[2 * number], ends[2 * number + 1] - ends[2 * number]);
}

/* "$1" is a group, "\$" a dollar sign, "\\" a backslash. */
static void add_replacement(ost_buf *out, const struct matcher *m, ost_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' && i + 1 < text.len) {
            ost_buf_char(out, text.ptr[++i]);
        } else if (c == '$' && i + 1 < text.len && text.ptr[i + 1] >= '0' &&
                   text.ptr[i + 1] <= '9') {
            uint32_t number = 0;
            while (i + 1 < text.len && text.ptr[i + 1] >= '0' && text.ptr[i + 1] <= '9' &&
                   number * 10 <= GROUP_MAX) {
                number = number * 10 + (uint32_t)(text.ptr[++i] - '0');
            }
            ost_buf_add(out, group(m, number));
        } else {
            ost_buf_char(out, c);
        }
    }
}

ost_value ost_op_replace_matches(ost_call *call, const ost_value *args, size_t count)
{
    struct matcher m = {.call = call, .subject = subject_of(args[0])};
    ost_buf out = ost_buf_init(call->arena);
    size_t copied = 0, from = 0;
    bool after_empty = false;
    int found;

    (void)count;
    if (!compile(&m, args[1].string, 0)) {
        return ost_null();
    }
    while ((found = next_match(&m, from, after_empty)) > 0) {
        ost_str hit = group(&m, 0);
        size_t start = (size_t)(hit.ptr - m.subject.ptr);
        ost_buf_add(&out, ost_str_sub(m.subject, copied, start - copied));
        add_replacement(&out, &m, args[2].string);
        copied = from = start + hit.len;
        after_empty = hit.len == 0;
    }
    if (found < 0) {
        return ost_null();
    }
    ost_buf_add(&out, ost_str_sub(m.subject, copied, m.subject.len - copied));
    return ost_call_text(call, &out);
}

ost_value ost_op_split_on_matches(ost_call *call, const ost_value *args, size_t count)
{
    struct matcher m = {.call = call, .subject = subject_of(args[0])};
    ost_value *items = NULL;
    size_t used = 0, capacity = 0, copied = 0, from = 0;
    bool after_empty = false;
    int found = 1;

    (void)count;
    if (args[0].kind != OST_STRING) {
        return ost_null();
    }
    if (args[1].kind == OST_STRING && !compile(&m, args[1].string, 0)) {
        return ost_null();
    }
    while (found > 0) {
        found = m.code == NULL ? 0 : next_match(&m, from, after_empty);
        ost_str hit = found > 0 ? group(&m, 0) : (ost_str){m.subject.ptr + m.subject.len, 0};
        size_t start = (size_t)(hit.ptr - m.subject.ptr);
        items = ost_arena_grow(call->arena, items, &capacity, used + 1, sizeof(*items));
        if (items == NULL) {
            return ost_call_memory(call);
        }
        /* An empty match splits nothing at the ends. */
        bool splits = found <= 0 || hit.len != 0 || (start != 0 && start != m.subject.len);
        if (splits) {
            items[used++] = ost_string(ost_str_sub(m.subject, copied, start - copied));
            copied = start + hit.len;
        }
        from = start + hit.len;
        after_empty = found > 0 && hit.len == 0;
    }
    return found < 0 ? ost_null() : ost_list(items, used);
}
