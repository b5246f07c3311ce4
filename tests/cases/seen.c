/* The list of what must be seen, the excuses, and the report. */
#include "seen.h"

#include "base/file.h"

#include <stdio.h>

enum { FILE_MAX = 1 << 20 };

seen_list seen_list_init(ost_arena *arena)
{
    return (seen_list){.arena = arena, .ids = ost_map_init(arena)};
}

size_t seen_add(seen_list *list, const seen_kind *kind, ost_str group, ost_str id)
{
    uint32_t known = ost_map_get(&list->ids, id);
    if (known != OST_MAP_NONE) {
        return known;
    }
    list->items = ost_arena_grow(list->arena, list->items, &list->capacity, list->count + 1,
                                 sizeof *list->items);
    if (!list->items || !ost_map_put(&list->ids, id, (uint32_t)list->count)) {
        list->failed = true;
        list->count = 0;
        return SIZE_MAX;
    }
    seen_subject *subject = &list->items[list->count];
    *subject = (seen_subject){.kind = kind, .group = group, .id = id};
    for (size_t i = 0; i < SEEN_WAYS && kind->ways[i]; i++) {
        subject->wanted |= 1U << i;
    }
    return list->count++;
}

static seen_subject *find(const seen_list *list, ost_str id)
{
    uint32_t at = ost_map_get(&list->ids, id);
    return at < list->count ? &list->items[at] : NULL;
}

void seen_mark(seen_list *list, ost_str id, size_t way)
{
    seen_subject *subject = find(list, id);
    if (subject) {
        subject->seen |= 1U << way;
    }
}

static unsigned way_of(const seen_kind *kind, ost_str word)
{
    for (size_t i = 0; i < SEEN_WAYS && kind->ways[i]; i++) {
        if (ost_str_is(word, kind->ways[i])) {
            return 1U << i;
        }
    }
    return 0;
}

/* NULL when the line stands rightly in the table. */
static const char *excuse_one(const seen_list *list, ost_str id, ost_str word, ost_str why)
{
    seen_subject *subject = find(list, id);
    unsigned way = subject ? way_of(subject->kind, word) : 0;
    if (!subject) {
        return "names nothing of the content";
    }
    if ((way & subject->wanted) == 0) {
        return "has no such value";
    }
    if (why.len == 0) {
        return "has no reason";
    }
    if (way & subject->seen) {
        return "is seen";
    }
    if (way & (subject->never | subject->open)) {
        return "stands there twice";
    }
    if (ost_str_starts(why, OST_STR("open:"))) {
        subject->open |= way;
    } else {
        subject->never |= way;
    }
    return NULL;
}

bool seen_excuse(seen_list *list, ost_str path, ost_buf *problems)
{
    static const char *const columns[] = {"id", "value", "why"};
    ost_error error = {0};
    ost_str text;
    ost_csv table;
    size_t at[OST_ARRAY_LEN(columns)] = {0};
    bool good = true;
    ost_status status = ost_file_read(list->arena, path.ptr, FILE_MAX, &text, &error);
    status = status == OST_OK ? ost_csv_read(list->arena, path, text, &table, &error) : status;
    for (size_t i = 0; status == OST_OK && i < OST_ARRAY_LEN(columns); i++) {
        at[i] = ost_csv_column(&table, columns[i]);
        if (at[i] == SIZE_MAX) {
            status = ost_err_set(&error, OST_E_DATA, "no column %s", columns[i]);
        }
    }
    if (status != OST_OK) {
        ost_buf_printf(problems, "#   %s\n", error.message);
        return false;
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const ost_str *row = table.rows[i].fields;
        const char *what = excuse_one(list, row[at[0]], row[at[1]], row[at[2]]);
        if (what) {
            ost_buf_printf(problems, "#   %.*s, %.*s: %s\n", OST_STR_ARG(row[at[0]]),
                           OST_STR_ARG(row[at[1]]), what);
            good = false;
        }
    }
    return good;
}

static bool same_group(const seen_subject *a, const seen_subject *b)
{
    return a->kind == b->kind && ost_str_equal(a->group, b->group);
}

static unsigned unseen(const seen_subject *subject)
{
    return subject->wanted & ~subject->seen & ~subject->never & ~subject->open;
}

static void print_unseen(const seen_subject *subject)
{
    for (size_t i = 0; i < SEEN_WAYS; i++) {
        if (unseen(subject) & (1U << i)) {
            printf("#   %.*s: never %s\n", OST_STR_ARG(subject->id), subject->kind->ways[i]);
        }
    }
}

static size_t bits(unsigned set)
{
    size_t count = 0;
    for (; set; set &= set - 1) {
        count++;
    }
    return count;
}

typedef struct sums {
    size_t subjects, ways, seen, never, open, unseen;
} sums;

static void add_up(sums *sum, const seen_subject *subject)
{
    sum->subjects++;
    sum->ways += bits(subject->wanted);
    sum->seen += bits(subject->seen & subject->wanted);
    sum->never += bits(subject->never);
    sum->open += bits(subject->open);
    sum->unseen += bits(unseen(subject));
}

/* Subjects of one group stand together; the first of the next one. */
static size_t report_group(const seen_list *list, size_t from, size_t *number, sums *all)
{
    const seen_subject *first = &list->items[from];
    sums own = {0};
    size_t to = from;
    for (; to < list->count && same_group(first, &list->items[to]); to++) {
        add_up(&own, &list->items[to]);
        add_up(all, &list->items[to]);
    }
    printf("%sok %zu - %s of %.*s: %zu of %zu ways\n", own.unseen == 0 ? "" : "not ", ++*number,
           first->kind->name, OST_STR_ARG(first->group), own.seen, own.ways - own.never);
    for (size_t i = from; i < to; i++) {
        print_unseen(&list->items[i]);
    }
    return to;
}

static void print_sums(const char *name, const sums *sum)
{
    printf("# %s: %zu; of %zu ways %zu seen, %zu impossible, %zu without a case\n", name,
           sum->subjects, sum->ways, sum->seen, sum->never, sum->open + sum->unseen);
}

size_t seen_report(const seen_list *list, size_t *number)
{
    size_t at = 0;
    sums total = {0};
    while (at < list->count) {
        sums sum = {0};
        const seen_kind *kind = list->items[at].kind;
        while (at < list->count && list->items[at].kind == kind) {
            at = report_group(list, at, number, &sum);
        }
        print_sums(kind->name, &sum);
    }
    for (size_t i = 0; i < list->count; i++) {
        add_up(&total, &list->items[i]);
    }
    print_sums("all", &total);
    return total.unseen;
}
