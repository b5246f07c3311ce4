/* Fuzz target: dates and times. Byte 0 picks the kind and the unit, bytes 1..8 an amount, the rest
 * is two texts separated by a space. Properties: what is parsed is printed and read back the same;
 * low <= high; comparison is antisymmetric; arithmetic keeps values valid. */
#include "value/value.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
    if (!ok) {
        abort();
    }
}

static void check_stable(ost_when w, int kind)
{
    char first[OST_WHEN_TEXT_MAX], second[OST_WHEN_TEXT_MAX];
    size_t first_len = ost_when_format(w, kind, first), second_len;
    ost_when again;

    require(first_len <= sizeof first);
    require(ost_when_parse((ost_str){first, first_len}, kind, &again));
    second_len = ost_when_format(again, kind, second);
    require(ost_str_equal((ost_str){first, first_len}, (ost_str){second, second_len}));
    require(ost_when_compare(w, again, kind, OST_UNIT_NONE, 0) == OST_SAME);
}

static void check_one(ost_when w, int kind, int64_t amount, ost_time_unit unit)
{
    ost_when out, back;

    check_stable(w, kind);
    check_stable(ost_when_low(w, kind), kind);
    check_stable(ost_when_high(w, kind), kind);
    if (ost_when_add(w, kind, amount, unit, &out)) {
        require(out.precision == w.precision);
        check_stable(out, kind);
    }
    if (ost_when_successor(w, kind, &out)) {
        require(ost_when_compare(w, out, kind, OST_UNIT_NONE, 0) == OST_LESS);
        require(ost_when_predecessor(out, kind, &back));
        require(ost_when_compare(w, back, kind, OST_UNIT_NONE, 0) == OST_SAME);
    }
}

static void check_two(ost_when a, ost_when b, int kind, ost_time_unit unit, int request)
{
    int there = ost_when_compare(a, b, kind, unit, request);
    int back = ost_when_compare(b, a, kind, unit, request);
    int64_t low, high;

    require(there == OST_UNCERTAIN_ORDER ? back == there : back == -there);
    if (ost_when_duration(a, b, kind, unit, request, &low, &high)) {
        require(low <= high);
    }
    if (ost_when_difference(a, b, kind, unit, request, &low, &high)) {
        require(low <= high);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int kinds[] = {OST_DATE, OST_DATETIME, OST_TIME};
    int64_t amount;
    ost_when a, b;

    if (size < 9) {
        return 0;
    }
    int kind = kinds[data[0] % 3];
    ost_time_unit unit = (ost_time_unit)(data[0] / 3 % (OST_UNIT_MILLISECOND + 1));
    memcpy(&amount, data + 1, sizeof amount);
    ost_str rest = {(const char *)data + 9, size - 9}, text = rest;
    for (size_t i = 0; i < rest.len; i++) {
        if (rest.ptr[i] == ' ') {
            text.len = i;
            rest = (ost_str){rest.ptr + i + 1, rest.len - i - 1};
            break;
        }
    }
    if (!ost_when_parse(text, kind, &a)) {
        return 0;
    }
    check_one(a, kind, amount, unit);
    if (ost_when_parse(rest, kind, &b)) {
        check_two(a, b, kind, unit, (int)(amount % 840));
    }
    return 0;
}
