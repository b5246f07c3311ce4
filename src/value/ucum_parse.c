/* UCUM unit expressions: text to terms, terms to one measure (The Unified Code for Units of
 * Measure, sections 2.1 "Grammar" and 3 "Semantics").
 *
 *   "mL/min/{1.73_m2}"  scan    mL^1  min^-1  {1.73_m2}^-1
 *                       reduce  1e-6/60 m3.s-1
 *
 * Factors are rationals of wide integers with a power of ten and a power of pi kept apart, so that
 * every conversion between units with rational factors is exact. */
#include "value/ucum_detail.h"

#include <string.h>

/* ---- Text to terms ---- */

struct scanner {
    ost_str unit;
    size_t at;
    ost_ucum_terms *out;
    ost_error *error;
};

static ost_status bad_syntax(struct scanner *s, const char *what)
{
    return ost_err_set(s->error, OST_E_UNIT, "unit '%.*s' is not UCUM: %s at position %zu",
                       OST_STR_ARG(s->unit), what, s->at + 1);
}

static bool at_char(const struct scanner *s, char c)
{
    return s->at < s->unit.len && s->unit.ptr[s->at] == c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ost_ucum_is_number(ost_str symbol)
{
    for (size_t i = 0; i < symbol.len; i++) {
        if (!is_digit(symbol.ptr[i])) {
            return false;
        }
    }
    return symbol.len != 0;
}

/* Bytes of a symbol and its exponent: up to . / ( ) { }, with everything inside [ ] taken as it
 * is. */
static ost_status scan_token(struct scanner *s, ost_str *token)
{
    size_t start = s->at;
    bool inside = false;

    for (; s->at < s->unit.len; s->at++) {
        char c = s->unit.ptr[s->at];
        if ((unsigned char)c <= 0x20 || (unsigned char)c >= 0x7f) {
            return bad_syntax(s, "a character that no code has");
        }
        if (c == '[' || c == ']') {
            if (inside == (c == '[')) {
                return bad_syntax(s, "a bracket without its partner");
            }
            inside = c == '[';
        } else if (!inside && strchr("./(){}", c) != NULL) {
            break;
        }
    }
    if (inside) {
        return bad_syntax(s, "a bracket that is not closed");
    }
    *token = ost_str_sub(s->unit, start, s->at - start);
    return OST_OK;
}

/* Cuts "[+-]digits" off the end of a token; a token of digits only is a number and keeps them. */
static ost_status split_exponent(struct scanner *s, ost_str token, ost_ucum_term *term)
{
    size_t cut = token.len;
    int32_t value = 0;

    term->symbol = token;
    term->exponent = 1;
    while (cut > 0 && is_digit(token.ptr[cut - 1])) {
        cut--;
    }
    if (cut == token.len || cut == 0) {
        return OST_OK;
    }
    for (size_t i = cut; i < token.len; i++) {
        value = value * 10 + (token.ptr[i] - '0');
        if (value > OST_UCUM_EXPONENT_MAX) {
            return ost_err_set(s->error, OST_E_LIMIT, "unit '%.*s' has an exponent beyond %d",
                               OST_STR_ARG(s->unit), OST_UCUM_EXPONENT_MAX);
        }
    }
    char sign = token.ptr[cut - 1];
    if (sign == '-' || sign == '+') {
        cut--;
    }
    if (cut == 0) {
        return bad_syntax(s, "an exponent without a unit");
    }
    if (ost_ucum_is_number(ost_str_sub(token, 0, cut))) {
        return bad_syntax(s, "a number with an exponent");
    }
    term->symbol = ost_str_sub(token, 0, cut);
    term->exponent = sign == '-' ? -value : value;
    return OST_OK;
}

static ost_status scan_annotation(struct scanner *s, ost_str *annotation)
{
    size_t start = s->at;

    for (s->at++; s->at < s->unit.len && s->unit.ptr[s->at] != '}'; s->at++) {
        char c = s->unit.ptr[s->at];
        if (c == '{' || (unsigned char)c < 0x20 || c == 0x7f) {
            return bad_syntax(s, "a character that an annotation can't have");
        }
    }
    if (s->at == s->unit.len) {
        return bad_syntax(s, "an annotation that is not closed");
    }
    s->at++;
    *annotation = ost_str_sub(s->unit, start, s->at - start);
    return OST_OK;
}

static ost_status scan_expression(struct scanner *s, int32_t first, int32_t sign, unsigned depth);

static ost_status scan_component(struct scanner *s, int32_t sign, unsigned depth)
{
    ost_ucum_term term = {0};
    ost_str token = {0};
    ost_status status;

    if (at_char(s, '(')) {
        if (depth == OST_UCUM_DEPTH_MAX) {
            return ost_err_set(s->error, OST_E_LIMIT, "unit '%.*s' has more than %d parentheses",
                               OST_STR_ARG(s->unit), OST_UCUM_DEPTH_MAX);
        }
        s->at++;
        status = scan_expression(s, sign, sign, depth + 1);
        if (status != OST_OK) {
            return status;
        }
        if (!at_char(s, ')')) {
            return bad_syntax(s, "a parenthesis that is not closed");
        }
        s->at++;
        return OST_OK;
    }
    status = scan_token(s, &token);
    if (status == OST_OK && token.len != 0) {
        status = split_exponent(s, token, &term);
    } else {
        term.exponent = 1;
    }
    if (status == OST_OK && at_char(s, '{')) {
        status = scan_annotation(s, &term.annotation);
    }
    if (status != OST_OK) {
        return status;
    }
    if (term.symbol.len == 0 && term.annotation.len == 0) {
        return bad_syntax(s, "a unit is missing");
    }
    if (s->out->count == OST_UCUM_TERM_MAX) {
        return ost_err_set(s->error, OST_E_LIMIT, "unit '%.*s' has more than %d parts",
                           OST_STR_ARG(s->unit), OST_UCUM_TERM_MAX);
    }
    term.exponent *= sign;
    s->out->items[s->out->count++] = term;
    return OST_OK;
}

/* component (("." | "/") component)*: left to right, so that a/b.c is (a/b).c. `first` is the sign
 * of the first component only: /a.b is (1/a).b. */
static ost_status scan_expression(struct scanner *s, int32_t first, int32_t sign, unsigned depth)
{
    ost_status status = scan_component(s, first, depth);

    while (status == OST_OK && (at_char(s, '.') || at_char(s, '/'))) {
        int32_t next = at_char(s, '/') ? -sign : sign;
        s->at++;
        status = scan_component(s, next, depth);
    }
    return status;
}

ost_status ost_ucum_scan(ost_str unit, ost_ucum_terms *out, ost_error *error)
{
    struct scanner s = {.unit = unit, .out = out, .error = error};
    int32_t sign = 1;

    out->count = 0;
    if (unit.len > OST_UCUM_TEXT_MAX) {
        return ost_err_set(error, OST_E_LIMIT, "unit of %zu bytes, at most %d are read", unit.len,
                           OST_UCUM_TEXT_MAX);
    }
    if (at_char(&s, '/')) {
        s.at++;
        sign = -1;
    }
    ost_status status = scan_expression(&s, sign, 1, 0);
    if (status == OST_OK && s.at != unit.len) {
        return bad_syntax(&s, "text after the end");
    }
    return status;
}

/* ---- Terms to a measure ---- */

static bool add_exponent(int32_t *to, int64_t by)
{
    int64_t sum = *to + by;

    if (sum > OST_UCUM_POWER_MAX || sum < -OST_UCUM_POWER_MAX) {
        return false;
    }
    *to = (int32_t)sum;
    return true;
}

/* Adds an arbitrary unit, keeping the order by id and no zero exponents. */
static bool add_arbitrary(ost_ucum_measure *m, uint32_t id, int64_t exponent)
{
    size_t at = 0;

    while (at < m->arbitrary_count && m->arbitrary[at].id < id) {
        at++;
    }
    if (at == m->arbitrary_count || m->arbitrary[at].id != id) {
        if (m->arbitrary_count == OST_UCUM_ARBITRARY_MAX) {
            return false;
        }
        memmove(&m->arbitrary[at + 1], &m->arbitrary[at],
                (m->arbitrary_count - at) * sizeof(m->arbitrary[0]));
        m->arbitrary[at].id = id;
        m->arbitrary[at].exponent = 0;
        m->arbitrary_count++;
    }
    if (!add_exponent(&m->arbitrary[at].exponent, exponent)) {
        return false;
    }
    if (m->arbitrary[at].exponent == 0) {
        m->arbitrary_count--;
        memmove(&m->arbitrary[at], &m->arbitrary[at + 1],
                (m->arbitrary_count - at) * sizeof(m->arbitrary[0]));
    }
    return true;
}

/* m *= (factor * 10^power)^exponent */
static bool multiply_factor(ost_ucum_measure *m, const ost_wide *factor, int32_t power,
                            int32_t exponent)
{
    ost_wide raised;
    ost_wide *side = exponent < 0 ? &m->denominator : &m->numerator;
    uint64_t count = (uint64_t)(exponent < 0 ? -(int64_t)exponent : exponent);

    return ost_wide_pow(factor, count, &raised) && ost_wide_mul(side, &raised, side) &&
           add_exponent(&m->power, (int64_t)power * exponent);
}

static bool multiply_measure(ost_ucum_measure *m, const ost_ucum_measure *by, int32_t exponent)
{
    bool ok = multiply_factor(m, &by->numerator, by->power, exponent) &&
              multiply_factor(m, &by->denominator, 0, -exponent) &&
              add_exponent(&m->pi, (int64_t)by->pi * exponent);

    for (size_t i = 0; ok && i < OST_UCUM_BASES; i++) {
        ok = add_exponent(&m->dims[i], (int64_t)by->dims[i] * exponent);
    }
    for (size_t i = 0; ok && i < by->arbitrary_count; i++) {
        ok = add_arbitrary(m, by->arbitrary[i].id, (int64_t)by->arbitrary[i].exponent * exponent);
    }
    return ok;
}

bool ost_ucum_read_factor(ost_str text, ost_wide *digits, int32_t *power)
{
    ost_wide ten = ost_wide_of(10), value = {0};
    size_t at = 0;
    int32_t places = 0, exponent = 0;
    bool point = false, negative = false;

    for (; at < text.len && (is_digit(text.ptr[at]) || (text.ptr[at] == '.' && !point)); at++) {
        if (text.ptr[at] == '.') {
            point = true;
            continue;
        }
        ost_wide digit = ost_wide_of((ost_u128)(text.ptr[at] - '0'));
        if (!ost_wide_mul(&value, &ten, &value) || !ost_wide_add(&value, &digit, &value)) {
            return false;
        }
        places += point;
    }
    if (at == 0 || value.len == 0) {
        return false;
    }
    if (at < text.len && text.ptr[at] == 'e') {
        at++;
        negative = at < text.len && text.ptr[at] == '-';
        at += negative;
        if (at == text.len) {
            return false;
        }
        for (; at < text.len && is_digit(text.ptr[at]) && exponent < OST_UCUM_POWER_MAX; at++) {
            exponent = exponent * 10 + (text.ptr[at] - '0');
        }
    }
    *digits = value;
    *power = (negative ? -exponent : exponent) - places;
    return at == text.len;
}

/* The row of a symbol, and the prefix it was written with (NULL = none). */
static const ost_ucum_row *find(const ost_ucum *ucum, ost_str symbol,
                                const ost_ucum_prefix **prefix)
{
    uint32_t row = ost_map_get(&ucum->codes, symbol);

    *prefix = NULL;
    if (row != OST_MAP_NONE) {
        return &ucum->rows[row];
    }
    for (size_t i = 0; i < ucum->prefix_count; i++) {
        const ost_ucum_prefix *p = &ucum->prefixes[i];
        if (symbol.len > p->code.len && ost_str_starts(symbol, p->code)) {
            row = ost_map_get(&ucum->codes,
                              ost_str_sub(symbol, p->code.len, symbol.len - p->code.len));
            if (row != OST_MAP_NONE && ucum->rows[row].metric) {
                *prefix = p;
                return &ucum->rows[row];
            }
        }
    }
    return NULL;
}

/* A special unit stands alone: with another unit or an exponent its value would mean nothing. */
static ost_status take_special(const ost_ucum_row *row, const ost_ucum_prefix *prefix,
                               const ost_ucum_term *term, ost_ucum_measure *out, ost_error *error)
{
    if (term->exponent != 1) {
        return ost_err_set(error, OST_E_UNIT, "unit '%.*s' can't have an exponent",
                           OST_STR_ARG(term->symbol));
    }
    *out = row->measure;
    out->special = row;
    if (prefix != NULL) {
        ost_wide one = ost_wide_of(1);
        if (ost_wide_compare(&prefix->factor, &one) != 0) {
            return ost_err_set(error, OST_E_UNIT, "unit '%.*s' can't have a binary prefix",
                               OST_STR_ARG(term->symbol));
        }
        out->scale = prefix->power;
    }
    return OST_OK;
}

static ost_status too_large(ost_str unit, ost_error *error)
{
    return ost_err_set(error, OST_E_LIMIT, "unit '%.*s' has a factor that is too large",
                       OST_STR_ARG(unit));
}

static ost_status reduce_term(const ost_ucum *ucum, ost_str unit, const ost_ucum_term *term,
                              ost_ucum_measure *out, ost_error *error)
{
    const ost_ucum_prefix *prefix;
    ost_wide number;
    int32_t power;

    if (ost_ucum_is_number(term->symbol)) {
        if (!ost_ucum_read_factor(term->symbol, &number, &power)) {
            return ost_err_set(error, OST_E_UNIT,
                               "unit '%.*s': '%.*s' is not a positive whole number",
                               OST_STR_ARG(unit), OST_STR_ARG(term->symbol));
        }
        return multiply_factor(out, &number, power, term->exponent) ? OST_OK
                                                                    : too_large(unit, error);
    }
    const ost_ucum_row *row = find(ucum, term->symbol, &prefix);
    if (row == NULL) {
        return ost_err_set(error, OST_E_UNIT, "unit '%.*s': '%.*s' is not a UCUM code",
                           OST_STR_ARG(unit), OST_STR_ARG(term->symbol));
    }
    if (row->measure.function != OST_UCUM_LINEAR) {
        return ost_err_set(error, OST_E_UNIT, "unit '%.*s': '%.*s' can't be part of a product",
                           OST_STR_ARG(unit), OST_STR_ARG(term->symbol));
    }
    if ((prefix != NULL && !multiply_factor(out, &prefix->factor, prefix->power, term->exponent)) ||
        !multiply_measure(out, &row->measure, term->exponent)) {
        return too_large(unit, error);
    }
    return OST_OK;
}

ost_status ost_ucum_reduce(const ost_ucum *ucum, ost_str unit, ost_ucum_measure *out,
                           ost_error *error)
{
    ost_ucum_terms terms;
    ost_status status = ost_ucum_scan(unit, &terms, error);

    *out = (ost_ucum_measure){.numerator = ost_wide_of(1), .denominator = ost_wide_of(1)};
    if (status == OST_OK && terms.count == 1 && terms.items[0].symbol.len != 0) {
        const ost_ucum_prefix *prefix;
        const ost_ucum_row *row = find(ucum, terms.items[0].symbol, &prefix);
        if (row != NULL && row->measure.function != OST_UCUM_LINEAR) {
            return take_special(row, prefix, &terms.items[0], out, error);
        }
    }
    for (size_t i = 0; status == OST_OK && i < terms.count; i++) {
        if (terms.items[i].symbol.len != 0) {
            status = reduce_term(ucum, unit, &terms.items[i], out, error);
        }
    }
    return status;
}

bool ost_ucum_same_dimension(const ost_ucum_measure *a, const ost_ucum_measure *b)
{
    if (a->arbitrary_count != b->arbitrary_count) {
        return false;
    }
    for (size_t i = 0; i < OST_UCUM_BASES; i++) {
        if (a->dims[i] != b->dims[i]) {
            return false;
        }
    }
    for (size_t i = 0; i < a->arbitrary_count; i++) {
        if (a->arbitrary[i].id != b->arbitrary[i].id ||
            a->arbitrary[i].exponent != b->arbitrary[i].exponent) {
            return false;
        }
    }
    return true;
}
