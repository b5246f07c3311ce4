/* Reading and writing dates, date-times and times.
 *
 *   2014   2014-01   2014-01-05            Date, and DateTime as FHIR writes it
 *   2014T  2014-01T  2014-01-05T           DateTime of CQL
 *   2014-01-05T10[:30[:15[.250]]][Z|+01:00] DateTime
 *   [T]10[:30[:15[.250]]]                  Time
 *
 * Digits of a fraction beyond the third are dropped, as the third is the finest CQL knows.
 * CQL 1.5.3, lexical elements "Date", "DateTime", "Time". */
#include "value/value.h"
#include "value/when.h"

typedef struct scanner {
    ost_str text;
    size_t at;
} scanner;

static bool at_end(const scanner *s)
{
    return s->at == s->text.len;
}

static bool take(scanner *s, char c)
{
    if (at_end(s) || s->text.ptr[s->at] != c) {
        return false;
    }
    s->at++;
    return true;
}

static bool at_digit(const scanner *s)
{
    return !at_end(s) && s->text.ptr[s->at] >= '0' && s->text.ptr[s->at] <= '9';
}

/* Exactly `digits` digits with a value from low to high. */
static bool take_number(scanner *s, size_t digits, int low, int high, int *out)
{
    if (s->text.len - s->at < digits) {
        return false;
    }
    const char *from = s->text.ptr + s->at;
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (from[i] < '0' || from[i] > '9') {
            return false;
        }
        value = value * 10 + (from[i] - '0');
    }
    s->at += digits;
    *out = value;
    return value >= low && value <= high;
}

static bool take_date(scanner *s, ost_when *w)
{
    int value;

    if (!take_number(s, 4, 1, 9999, &value)) {
        return false;
    }
    w->year = (int16_t)value;
    w->precision = OST_UNIT_YEAR;
    if (!take(s, '-')) {
        return true;
    }
    if (!take_number(s, 2, 1, 12, &value)) {
        return false;
    }
    w->month = (uint8_t)value;
    w->precision = OST_UNIT_MONTH;
    if (!take(s, '-')) {
        return true;
    }
    if (!take_number(s, 2, 1, ost_days_in_month(w->year, w->month), &value)) {
        return false;
    }
    w->day = (uint8_t)value;
    w->precision = OST_UNIT_DAY;
    return true;
}

static bool take_fraction(scanner *s, ost_when *w)
{
    int value = 0, scale = 100;

    if (!at_digit(s)) {
        return false;
    }
    for (; at_digit(s); s->at++) {
        value += (s->text.ptr[s->at] - '0') * scale;
        scale /= 10;
    }
    w->millisecond = (uint16_t)value;
    w->precision = OST_UNIT_MILLISECOND;
    return true;
}

static bool take_clock(scanner *s, ost_when *w)
{
    int value;

    if (!take_number(s, 2, 0, 23, &value)) {
        return false;
    }
    w->hour = (uint8_t)value;
    w->precision = OST_UNIT_HOUR;
    if (!take(s, ':')) {
        return true;
    }
    if (!take_number(s, 2, 0, 59, &value)) {
        return false;
    }
    w->minute = (uint8_t)value;
    w->precision = OST_UNIT_MINUTE;
    if (!take(s, ':')) {
        return true;
    }
    if (!take_number(s, 2, 0, 59, &value)) {
        return false;
    }
    w->second = (uint8_t)value;
    w->precision = OST_UNIT_SECOND;
    return !take(s, '.') || take_fraction(s, w);
}

/* "Z", "+hh:mm", "-hh:mm" or nothing; at most 14 hours, as in CQL and ISO 8601 practice. */
static bool take_offset(scanner *s, ost_when *w)
{
    int hours, minutes, sign = 1;

    if (at_end(s)) {
        return true;
    }
    w->has_offset = true;
    if (take(s, 'Z')) {
        return true;
    }
    if (!take(s, '+')) {
        sign = -1;
        if (!take(s, '-')) {
            return false;
        }
    }
    if (!take_number(s, 2, 0, 14, &hours) || !take(s, ':') || !take_number(s, 2, 0, 59, &minutes)) {
        return false;
    }
    w->offset_min = (int16_t)(sign * (hours * 60 + minutes));
    return hours * 60 + minutes <= 14 * 60;
}

bool ost_when_parse(ost_str text, int kind, ost_when *out)
{
    scanner s = {text, 0};
    ost_when w = {0};
    bool ok;

    if (kind == OST_TIME) {
        (void)take(&s, 'T');
        ok = take_clock(&s, &w);
    } else {
        ok = take_date(&s, &w);
        if (ok && kind == OST_DATETIME && take(&s, 'T') && !at_end(&s)) {
            ok = w.precision == OST_UNIT_DAY && take_clock(&s, &w) && take_offset(&s, &w);
        }
    }
    if (!ok || !at_end(&s)) {
        return false;
    }
    *out = w;
    return true;
}

static size_t put_number(char *out, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return (size_t)digits;
}

static size_t put_part(char *out, char before, int value, int digits)
{
    out[0] = before;
    return 1 + put_number(out + 1, value, digits);
}

static size_t put_date(char *out, ost_when w)
{
    size_t n = put_number(out, w.year, w.year > 9999 ? 5 : 4);

    if (w.precision >= OST_UNIT_MONTH) {
        n += put_part(out + n, '-', w.month, 2);
    }
    if (w.precision >= OST_UNIT_DAY) {
        n += put_part(out + n, '-', w.day, 2);
    }
    return n;
}

static size_t put_clock(char *out, ost_when w)
{
    size_t n = put_number(out, w.hour, 2);

    if (w.precision >= OST_UNIT_MINUTE) {
        n += put_part(out + n, ':', w.minute, 2);
    }
    if (w.precision >= OST_UNIT_SECOND) {
        n += put_part(out + n, ':', w.second, 2);
    }
    if (w.precision >= OST_UNIT_MILLISECOND) {
        n += put_part(out + n, '.', w.millisecond, 3);
    }
    return n;
}

size_t ost_when_format(ost_when w, int kind, char *out)
{
    size_t n = 0;

    if (kind != OST_TIME) {
        n = put_date(out, w);
        if (kind == OST_DATE) {
            return n;
        }
    }
    out[n++] = 'T';
    if (w.precision >= OST_UNIT_HOUR) {
        n += put_clock(out + n, w);
        if (kind == OST_DATETIME && w.has_offset) {
            int minutes = w.offset_min < 0 ? -w.offset_min : w.offset_min;
            n += put_part(out + n, w.offset_min < 0 ? '-' : '+', minutes / 60, 2);
            n += put_part(out + n, ':', minutes % 60, 2);
        }
    }
    return n;
}
