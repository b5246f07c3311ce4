/* Compares an assessment with what a case expects. Numbers to 0.005; lists by containment. The
 * comparison is made here, from the written numbers, never by the engine's own operators. */
#include "cases.h"

static void problem(ost_buf *out, const expectation *e, ost_str got)
{
    ost_buf_printf(out, "#   %.*s%s%.*s: expected %.*s, got %.*s\n", OST_STR_ARG(e->subject),
                   e->part.len > 0 ? "." : "", OST_STR_ARG(e->part), OST_STR_ARG(e->value),
                   OST_STR_ARG(got));
}

static ost_str printed(ost_buf *out, ost_value value)
{
    ost_buf text = ost_buf_init(out->arena);
    char number[OST_DECIMAL_TEXT_MAX];
    switch ((ost_kind)value.kind) {
    case OST_NULL:
        return OST_STR("none");
    case OST_BOOLEAN:
        return value.boolean ? OST_STR("true") : OST_STR("false");
    case OST_STRING:
        return value.string;
    case OST_DECIMAL:
        ost_buf_add(&text, (ost_str){number, ost_decimal_format(value.decimal, number)});
        return ost_buf_str(&text);
    case OST_QUANTITY:
        ost_buf_add(&text, (ost_str){number, ost_decimal_format(value.quantity->value, number)});
        return ost_buf_str(&text);
    case OST_DATE:
    case OST_DATETIME:
        ost_buf_add(&text, (ost_str){number, ost_when_format(value.when, value.kind, number)});
        return ost_buf_str(&text);
    case OST_INTEGER:
    case OST_LONG:
    case OST_TIME:
    case OST_RATIO:
    case OST_CODE:
    case OST_CONCEPT:
    case OST_VALUESET:
    case OST_CODESYSTEM:
    case OST_INTERVAL:
    case OST_UNCERTAIN:
    case OST_LIST:
    case OST_TUPLE:
    case OST_OBJECT:
        break;
    }
    ost_value_print(&text, value);
    return ost_buf_str(&text);
}

static bool same(ost_str expected, ost_str got)
{
    ost_decimal a, b, difference, margin;
    if (ost_decimal_parse(expected, false, true, &a) && ost_decimal_parse(got, false, true, &b)) {
        return ost_decimal_parse(OST_STR("0.005"), false, false, &margin) &&
               ost_decimal_sub(a, b, &difference) && ost_decimal_compare(difference, margin) <= 0 &&
               ost_decimal_sub(b, a, &difference) && ost_decimal_compare(difference, margin) <= 0;
    }
    return ost_str_equal(expected, got);
}

static const ost_option *find_option(const ost_assessment *a, ost_str id)
{
    for (size_t i = 0; i < a->option_count; i++) {
        if (ost_str_equal(a->options[i].id, id)) {
            return &a->options[i];
        }
    }
    return NULL;
}

static bool holds(ost_text_list list, ost_str text)
{
    for (size_t i = 0; i < list.count; i++) {
        if (ost_str_find(list.items[i], text, 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool warns(ost_safety_list list, ost_str text)
{
    for (size_t i = 0; i < list.count; i++) {
        if (ost_str_find(list.items[i].text, text, 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static ost_str first_of(ost_text_list list)
{
    return list.count > 0 ? list.items[0] : OST_STR("an empty list");
}

static bool holds_exactly(ost_text_list list, ost_str text)
{
    for (size_t i = 0; i < list.count; i++) {
        if (ost_str_equal(list.items[i], text)) {
            return true;
        }
    }
    return false;
}

static ost_str status_of(const ost_option *option)
{
    static const char *const words[] = {[OST_APPLIES] = "applies",
                                        [OST_DOES_NOT_APPLY] = "does not apply",
                                        [OST_CANNOT_TELL] = "cannot tell yet"};
    return option ? ost_str_of(words[option->status]) : OST_STR("absent");
}

static bool check_option(const ost_assessment *a, const expectation *e, ost_buf *problems)
{
    const ost_option *option = find_option(a, e->subject);
    ost_str got = OST_STR("no such part");
    bool good = false;
    if (e->part.len == 0 || !option) {
        got = status_of(option);
        good = e->part.len == 0 && ost_str_equal(e->value, got);
    } else if (ost_str_is(e->part, "because")) {
        got = option->because.len > 0 ? option->because : OST_STR("none");
        good = ost_str_equal(e->value, got);
    } else if (ost_str_is(e->part, "dose")) {
        got = printed(problems, option->dose ? option->dose->amount : ost_null());
        good = same(e->value, got);
    } else if (ost_str_is(e->part, "high")) {
        got = printed(problems, option->dose ? option->dose->amount_high : ost_null());
        good = same(e->value, got);
    } else if (ost_str_is(e->part, "unit")) {
        got = option->dose ? option->dose->unit : OST_STR("none");
        good = ost_str_equal(e->value, got);
    } else if (ost_str_is(e->part, "missing")) {
        got = first_of(option->missing);
        good = holds_exactly(option->missing, e->value);
    } else if (ost_str_is(e->part, "reason")) {
        got = first_of(option->reasons);
        good = holds(option->reasons, e->value);
    } else if (ost_str_is(e->part, "first")) {
        got = first_of(option->first);
        good = holds(option->first, e->value);
    } else if (ost_str_is(e->part, "safety")) {
        got = option->safety.count > 0 ? option->safety.items[0].text : OST_STR("an empty list");
        good = warns(option->safety, e->value);
    }
    if (!good) {
        problem(problems, e, got);
    }
    return good;
}

static bool check_flag(const ost_assessment *a, const expectation *e, ost_buf *problems)
{
    ost_str id = ost_str_sub(e->subject, 5, e->subject.len), got = OST_STR("absent");
    for (size_t i = 0; i < a->flag_count; i++) {
        const ost_flag *flag = &a->flags[i];
        if (!ost_str_equal(flag->id, id)) {
            continue;
        }
        if (flag->raised) {
            got = flag->confirmed ? OST_STR("confirmed") : OST_STR("suspected");
        } else {
            got = flag->cannot_exclude ? OST_STR("cannot exclude") : OST_STR("not found");
        }
    }
    if (!ost_str_equal(got, e->value)) {
        problem(problems, e, got);
        return false;
    }
    return true;
}

static ost_str state_of(const ost_fact *fact)
{
    static const char *const words[] = {[OST_FACT_UNKNOWN] = "unknown",
                                        [OST_FACT_KNOWN] = "known",
                                        [OST_FACT_CONFLICT] = "conflict",
                                        [OST_FACT_STALE] = "stale"};
    return ost_str_of(words[fact->state]);
}

static bool has_item(const ost_fact *fact, ost_str item, ost_buf *problems)
{
    for (size_t i = 0; fact->value.kind == OST_LIST && i < fact->value.list.count; i++) {
        if (same(item, printed(problems, fact->value.list.items[i]))) {
            return true;
        }
    }
    return false;
}

static bool check_fact(const ost_assessment *a, const expectation *e, ost_buf *problems)
{
    ost_str id = ost_str_sub(e->subject, 5, e->subject.len), got = OST_STR("no such fact");
    bool good = false;
    for (size_t i = 0; i < a->fact_count; i++) {
        const ost_fact *fact = &a->facts[i];
        if (!ost_str_equal(fact->id, id)) {
            continue;
        }
        if (ost_str_is(e->part, "state") || ost_str_is(e->value, "unknown")) {
            got = state_of(fact);
            good = ost_str_equal(got, e->value);
        } else if (ost_str_is(e->part, "item")) {
            got = printed(problems, fact->value);
            good = has_item(fact, e->value, problems);
        } else {
            got = printed(problems, fact->value);
            good = same(e->value, got);
        }
    }
    if (!good) {
        problem(problems, e, got);
    }
    return good;
}

bool case_check(const test_case *c, const ost_assessment *a, ost_buf *problems)
{
    bool good = true;
    for (size_t i = 0; i < c->expected_count; i++) {
        const expectation *e = &c->expected[i];
        if (ost_str_starts(e->subject, OST_STR("flag:"))) {
            good = check_flag(a, e, problems) && good;
        } else if (ost_str_starts(e->subject, OST_STR("fact:"))) {
            good = check_fact(a, e, problems) && good;
        } else {
            good = check_option(a, e, problems) && good;
        }
    }
    return good;
}
