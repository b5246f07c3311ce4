/* Messages of a reading: everything that was left out, odd or malformed, in an order that does not
 * depend on the order of the input. */
#include "fhir/record_detail.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static ost_str print(ost_reading *in, const char *format, va_list args) OST_PRINTF(2, 0);

static ost_str print(ost_reading *in, const char *format, va_list args)
{
    char text[600];
    int len = vsnprintf(text, sizeof text, format, args);
    size_t used = len < 0 ? 0 : (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    ost_str copy = ost_str_copy(in->arena, (ost_str){text, used});
    in->failed = in->failed || copy.ptr == NULL;
    return copy;
}

ost_str ost_reading_text(ost_reading *in, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    ost_str text = print(in, format, args);
    va_end(args);
    return text;
}

void ost_reading_note(ost_reading *in, ost_level level, ost_str path, uint32_t node,
                      const char *format, ...)
{
    va_list args;
    va_start(args, format);
    ost_str text = print(in, format, args);
    va_end(args);
    ost_note *notes =
        ost_arena_grow(in->arena, in->notes, &in->note_capacity, in->note_count + 1, sizeof *notes);
    ost_str path_copy = ost_str_copy(in->arena, path);
    if (notes == NULL || path_copy.ptr == NULL) {
        in->failed = true;
        return;
    }
    in->notes = notes;
    notes[in->note_count++] = (ost_note){{level, text, path_copy, 0}, node};
}

ost_str ost_found_path(ost_reading *in, const ost_found *found)
{
    ost_str type = in->model->types[found->type].name;
    if (found->id.len == 0) {
        return found->place.len > 0 ? found->place : type;
    }
    return ost_reading_text(in, "%.*s/%.*s", OST_STR_ARG(type), OST_STR_ARG(found->id));
}

ost_str ost_reading_path(ost_reading *in, const ost_found *found, uint32_t node)
{
    const ost_tree *tree = in->tree;
    ost_buf path = ost_buf_init(in->arena);
    ost_buf_add(&path, ost_found_path(in, found));
    uint32_t at = found->node;
    while (at != node && node > at && node < tree->nodes[at].end) {
        bool list = tree->nodes[at].kind == OST_JSON_ARRAY;
        uint32_t child = at + 1;
        size_t index = 0;
        for (; tree->nodes[child].end <= node; child = tree->nodes[child].end) {
            index++;
        }
        if (list) {
            ost_buf_printf(&path, "[%zu]", index);
        } else {
            ost_buf_char(&path, '.');
            ost_buf_add(&path, ost_tree_name(tree, child));
        }
        at = child;
    }
    ost_str text = ost_buf_str(&path);
    in->failed = in->failed || text.ptr == NULL;
    return text;
}

static int by_node(const void *a, const void *b)
{
    const ost_note *x = a, *y = b;
    return (x->node > y->node) - (x->node < y->node);
}

static int by_path(const void *a, const void *b)
{
    const ost_message *x = a, *y = b;
    int order = ost_str_compare(x->path, y->path);
    order = order != 0 ? order : ost_str_compare(x->text, y->text);
    order = order != 0 ? order : (x->level > y->level) - (x->level < y->level);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static uint32_t newlines(ost_str text, size_t from, size_t to)
{
    uint32_t count = 0;
    while (from < to) {
        const char *hit = memchr(text.ptr + from, '\n', to - from);
        if (hit == NULL) {
            break;
        }
        count++;
        from = (size_t)(hit - text.ptr) + 1;
    }
    return count;
}

/* Notes are in the order of their nodes, and so of their bytes: one walk over each part finds all
 * lines. */
static void find_lines(ost_reading *in)
{
    size_t part = 0, at = 0;
    uint32_t line = 0;
    for (size_t i = 0; i < in->note_count; i++) {
        ost_note *note = &in->notes[i];
        if (note->message.line != 0 || note->node == UINT32_MAX) {
            continue;
        }
        size_t offset = ost_tree_offset(in->tree, note->node);
        while (part < in->part_count &&
               (in->parts[part].bad || offset >= in->parts[part].base + in->parts[part].text.len)) {
            part++;
            at = 0;
        }
        if (part == in->part_count) {
            return;
        }
        const ost_part *p = &in->parts[part];
        size_t local = offset - p->base;
        line = at == 0 ? p->line : line;
        line += newlines(p->text, at, local);
        at = local;
        note->message.line = line;
    }
}

const ost_message *ost_reading_messages(ost_reading *in)
{
    if (in->note_count > 1) {
        qsort(in->notes, in->note_count, sizeof *in->notes, by_node);
    }
    find_lines(in);
    ost_message *messages = ost_arena_array(in->arena, in->note_count, sizeof *messages);
    if (messages == NULL) {
        in->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < in->note_count; i++) {
        messages[i] = in->notes[i].message;
    }
    if (in->note_count > 1) {
        qsort(messages, in->note_count, sizeof *messages, by_path);
    }
    return messages;
}
