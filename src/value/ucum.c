/* The table of UCUM units, and what can be asked without a number.
 *
 * content/model/ucum.csv is read once: rows use earlier rows only, so each row is reduced to base
 * units when it is read and no row can be circular. After that the table is read-only. */
#include "value/ucum.h"

#include "base/buf.h"
#include "value/ucum_detail.h"

enum { COLUMNS = 6 };

/* code, kind, metric, factor, unit, function */
struct line {
    ost_str cell[COLUMNS];
    uint32_t number;
};

struct loader {
    ost_arena *arena;
    ost_ucum *ucum;
    ost_error *error;
    int32_t bases; /* base units so far */
};

static ost_status bad_line(struct loader *l, const struct line *line, const char *what)
{
    ost_status status = ost_err_set(l->error, OST_E_DATA, "unit table: '%.*s': %s",
                                    OST_STR_ARG(line->cell[0]), what);
    ost_err_place(l->error, OST_STR("ucum.csv"), line->number, 1, 0);
    return status;
}

static ost_status add_prefix(struct loader *l, const struct line *line)
{
    ost_ucum *u = l->ucum;
    ost_ucum_prefix *grown = ost_arena_grow(l->arena, u->prefixes, &u->prefix_capacity,
                                            u->prefix_count + 1, sizeof(*u->prefixes));

    if (grown == NULL) {
        return ost_err_memory(l->error, l->arena);
    }
    u->prefixes = grown;
    ost_ucum_prefix *prefix = &u->prefixes[u->prefix_count];
    prefix->code = line->cell[0];
    if (!ost_ucum_read_factor(line->cell[3], &prefix->factor, &prefix->power)) {
        return bad_line(l, line, "the factor is not a number");
    }
    u->prefix_count++;
    return OST_OK;
}

/* "offset 273.15", "log 10 -1", "log e 1", "tan", "sqrt". */
static bool read_function(ost_str text, ost_ucum_measure *m)
{
    ost_str name = {0}, first = {0}, second = {0};
    ost_decimal times;

    if (!ost_str_next(&text, ' ', &name)) {
        return false;
    }
    if (ost_str_is(name, "tan") || ost_str_is(name, "sqrt")) {
        m->function = ost_str_is(name, "tan") ? OST_UCUM_TAN : OST_UCUM_SQRT;
        return true;
    }
    if (!ost_str_next(&text, ' ', &first)) {
        return false;
    }
    if (ost_str_is(name, "offset")) {
        m->function = OST_UCUM_OFFSET;
        return ost_decimal_parse(first, false, false, &m->argument);
    }
    if (!ost_str_is(name, "log") || !ost_str_next(&text, ' ', &second) ||
        !ost_decimal_parse(second, false, false, &times)) {
        return false;
    }
    m->function = OST_UCUM_LOG;
    m->times = (int32_t)ost_decimal_truncate(times);
    return m->times != 0 &&
           (ost_str_is(first, "e") || ost_decimal_parse(first, false, false, &m->argument));
}

static ost_status read_defined(struct loader *l, const struct line *line, ost_ucum_measure *m)
{
    ost_wide factor;
    int32_t power;
    ost_status status = ost_ucum_reduce(l->ucum, line->cell[4], m, l->error);

    if (status != OST_OK) {
        ost_err_place(l->error, OST_STR("ucum.csv"), line->number, 1, 0);
        return status;
    }
    if (m->function != OST_UCUM_LINEAR || !ost_ucum_read_factor(line->cell[3], &factor, &power) ||
        !ost_wide_mul(&m->numerator, &factor, &m->numerator)) {
        return bad_line(l, line, "the factor or unit can't be used");
    }
    m->power += power;
    if (ost_str_is(line->cell[1], "special") && !read_function(line->cell[5], m)) {
        return bad_line(l, line, "the function is not known");
    }
    return OST_OK;
}

static ost_status read_measure(struct loader *l, const struct line *line, ost_ucum_measure *m)
{
    ost_str kind = line->cell[1];

    *m = (ost_ucum_measure){.numerator = ost_wide_of(1), .denominator = ost_wide_of(1)};
    if (ost_str_is(kind, "base")) {
        if (l->bases == OST_UCUM_BASES) {
            return bad_line(l, line, "more than seven base units");
        }
        m->dims[l->bases++] = 1;
        return OST_OK;
    }
    if (ost_str_is(kind, "arbitrary")) {
        m->arbitrary[0].id = (uint32_t)l->ucum->count;
        m->arbitrary[0].exponent = 1;
        m->arbitrary_count = 1;
        return OST_OK;
    }
    if (ost_str_is(kind, "pi")) {
        m->pi = 1;
        return ost_ucum_read_factor(line->cell[3], &l->ucum->pi, &l->ucum->pi_power)
                   ? OST_OK
                   : bad_line(l, line, "the factor is not a number");
    }
    if (ost_str_is(kind, "atom") || ost_str_is(kind, "special")) {
        return read_defined(l, line, m);
    }
    return bad_line(l, line, "the kind is not known");
}

static ost_status add_row(struct loader *l, const struct line *line)
{
    ost_ucum *u = l->ucum;
    ost_ucum_row *grown =
        ost_arena_grow(l->arena, u->rows, &u->capacity, u->count + 1, sizeof(*u->rows));

    if (grown == NULL) {
        return ost_err_memory(l->error, l->arena);
    }
    u->rows = grown;
    if (ost_map_get(&u->codes, line->cell[0]) != OST_MAP_NONE) {
        return bad_line(l, line, "the code is there twice");
    }
    ost_ucum_row *row = &u->rows[u->count];
    row->code = line->cell[0];
    row->metric = ost_str_is(line->cell[2], "metric");
    ost_status status = read_measure(l, line, &row->measure);
    if (status == OST_OK && !ost_map_put(&u->codes, row->code, (uint32_t)u->count)) {
        status = ost_err_memory(l->error, l->arena);
    }
    u->count += status == OST_OK;
    return status;
}

static ost_status read_line(struct loader *l, ost_str text, uint32_t number)
{
    struct line line = {.number = number};
    ost_str rest = text, extra;
    size_t count = 0;

    while (count < COLUMNS && ost_str_next(&rest, ',', &line.cell[count])) {
        count++;
    }
    /* The last cell may be empty and is then not a field of its own for some writers. */
    if (count < COLUMNS - 1 || ost_str_next(&rest, ',', &extra) || line.cell[0].len == 0) {
        return bad_line(l, &line, "a line has six fields");
    }
    return ost_str_is(line.cell[1], "prefix") ? add_prefix(l, &line) : add_row(l, &line);
}

ost_status ost_ucum_load(ost_arena *arena, ost_str csv, ost_ucum **out, ost_error *error)
{
    struct loader l = {.arena = arena, .error = error};
    ost_str rest = csv, line;
    bool header = true;

    l.ucum = ost_arena_alloc(arena, sizeof(*l.ucum));
    if (l.ucum == NULL) {
        return ost_err_memory(error, arena);
    }
    l.ucum->codes = ost_map_init(arena);
    for (uint32_t number = 1; ost_str_next(&rest, '\n', &line); number++) {
        line = ost_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        if (header) {
            header = false;
            if (!ost_str_is(line, "code,kind,metric,factor,unit,function")) {
                return ost_err_set(error, OST_E_DATA,
                                   "unit table: the first line names other columns");
            }
            continue;
        }
        ost_status status = read_line(&l, line, number);
        if (status != OST_OK) {
            return status;
        }
    }
    if (l.bases != OST_UCUM_BASES || l.ucum->pi.len == 0) {
        return ost_err_set(error, OST_E_DATA, "unit table: base units or pi are missing");
    }
    *out = l.ucum;
    return OST_OK;
}

bool ost_ucum_valid(const ost_ucum *ucum, ost_str unit)
{
    ost_ucum_measure measure;

    return ost_ucum_reduce(ucum, unit, &measure, NULL) == OST_OK;
}

bool ost_ucum_comparable(const ost_ucum *ucum, ost_str from, ost_str to)
{
    ost_ucum_measure a, b;

    if (ost_ucum_reduce(ucum, from, &a, NULL) != OST_OK ||
        ost_ucum_reduce(ucum, to, &b, NULL) != OST_OK || !ost_ucum_same_dimension(&a, &b)) {
        return false;
    }
    return ost_ucum_same_special(&a, &b) || (ost_ucum_has_inverse(&a) && ost_ucum_has_inverse(&b));
}

/* ---- Units of products and quotients ---- */

/* Terms of `b` joined to those of `a`, equal symbols added up; false when there are too many. */
static bool join(ost_ucum_terms *a, const ost_ucum_terms *b, int32_t sign)
{
    for (size_t i = 0; i < b->count; i++) {
        ost_ucum_term term = b->items[i];
        size_t at = 0;
        while (at < a->count && (!ost_str_equal(a->items[at].symbol, term.symbol) ||
                                 !ost_str_equal(a->items[at].annotation, term.annotation))) {
            at++;
        }
        if (at == OST_UCUM_TERM_MAX) {
            return false;
        }
        if (at == a->count) {
            a->items[a->count++] =
                (ost_ucum_term){.symbol = term.symbol, .annotation = term.annotation};
        }
        a->items[at].exponent += sign * term.exponent;
    }
    return true;
}

static void write_term(ost_buf *out, const ost_ucum_term *term)
{
    uint32_t size = (uint32_t)(term->exponent < 0 ? -term->exponent : term->exponent);
    /* A number or a lone annotation has no exponent: it is written as often as it counts. */
    bool repeats = term->symbol.len == 0 || ost_ucum_is_number(term->symbol);

    for (uint32_t i = 0; i < (repeats ? size : 1); i++) {
        if (term->exponent < 0) {
            ost_buf_char(out, '/');
        } else if (out->len != 0) {
            ost_buf_char(out, '.');
        }
        ost_buf_add(out, term->symbol);
        if (!repeats && size != 1) {
            ost_buf_printf(out, "%lu", (unsigned long)size);
        }
        ost_buf_add(out, term->annotation);
    }
}

static ost_str combine(ost_arena *arena, ost_str a, ost_str b, int32_t sign)
{
    ost_ucum_terms left, right, sum = {.count = 0};
    ost_buf out = ost_buf_init(arena);

    if (ost_ucum_scan(a, &left, NULL) != OST_OK || ost_ucum_scan(b, &right, NULL) != OST_OK ||
        !join(&sum, &left, 1) || !join(&sum, &right, sign)) {
        return (ost_str){NULL, 0};
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sum.count; i++) {
            bool one = ost_str_is(sum.items[i].symbol, "1") && sum.items[i].annotation.len == 0;
            if (!one && sum.items[i].exponent != 0 && (sum.items[i].exponent < 0) == (pass == 1)) {
                write_term(&out, &sum.items[i]);
            }
        }
    }
    if (out.len == 0) {
        ost_buf_char(&out, '1');
    }
    return ost_buf_str(&out);
}

ost_str ost_ucum_multiply(const ost_ucum *ucum, ost_arena *arena, ost_str a, ost_str b)
{
    (void)ucum;
    return combine(arena, a, b, 1);
}

ost_str ost_ucum_divide(const ost_ucum *ucum, ost_arena *arena, ost_str a, ost_str b)
{
    (void)ucum;
    return combine(arena, a, b, -1);
}
