/* UCUM: which texts are units, which units convert, exact values, products and quotients, hostile
 * input. */
#include "base/test.h"

#include "value/test_table.h"

struct fixture {
    ost_arena *arena;
    const ost_ucum *ucum;
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fixture.arena = ost_arena_new(0);
    fixture.ucum = test_load_ucum(fixture.arena);
    *state = &fixture;
    return fixture.ucum == NULL;
}

static int tear_down(void **state)
{
    ost_arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static void test_valid(void **state)
{
    static const struct row {
        const char *unit;
        bool valid;
    } rows[] = {
        {"1", true},
        {"mg", true},
        {"mg/dL", true},
        {"mmol/L", true},
        {"umol/L", true},
        {"10*3/uL", true},
        {"10*-3", true},
        {"10^9/L", true},
        {"[iU]", true},
        {"[iU]/L", true},
        {"m[iU]/mL", true},
        {"Cel", true},
        {"mCel", true},
        {"[degF]", true},
        {"%", true},
        {"/min", true},
        {"/(12.h)", true},
        {"mL/min/{1.73_m2}", true},
        {"mL/min/1.73.m2", true}, /* by the grammar: (mL/min/1) times 73 m2 */
        {"mL/min/(173.10*-2.m2)", true},
        {"{eskimo_kisses}", true},
        {"{}", true},
        {"m{a}{b}", false},
        {"kg/m2", true},
        {"kg.m-2", true},
        {"m+2", true},
        {"cal_[15]", true},
        {"mm[Hg]", true},
        {"B[10.nV]", true},
        {"Kiby", false},
        {"KiBy", true},
        {"d", true},
        {"dar", true},
        {"k[lb_av]", false}, /* not metric */
        {"", false},
        {" ", false},
        {"mg ", false},
        {"mg/", false},
        {"/", false},
        {"//m", false},
        {".m", false},
        {"m..s", false},
        {"(m", false},
        {"m)", false},
        {"()", false},
        {"{a", false},
        {"a}", false},
        {"{a{b}}", false},
        {"[iU", false},
        {"iU]", false},
        {"[[iU]]", false},
        {"mmolar", false},
        {"IU", false},
        {"MG", true}, /* megagauss */
        {"MG/DL", false},
        {"2-3", false},
        {"0", false},
        {"-2", false},
        {"m2-", false},
        {"Cel/min", false},
        {"[pH]2", false},
        {"Cel-1", false},
        {"KiCel", false},
        {"year", false},
        {"m1000", false},
        {"m999", true},
        {"\xc2\xb5g", false},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_ucum_valid(f->ucum, ost_str_of(rows[i].unit)) != rows[i].valid) {
            fail_msg("'%s' should be %s", rows[i].unit, rows[i].valid ? "valid" : "invalid");
        }
    }
}

static void test_convert(void **state)
{
    static const struct row {
        const char *name, *value, *from, *to, *want;
        ost_status status;
    } rows[] = {
        {"mg to g", "500", "mg", "g", "0.5", OST_OK},
        {"calcium mg/dL", "14", "mg/dL", "g/L", "0.14", OST_OK},
        {"mass is not volume", "1", "mg", "mL", NULL, OST_E_UNIT},
        {"mass is not amount", "10.2", "mg/dL", "mmol/L", NULL, OST_E_UNIT},
        {"creatinine", "88.4", "umol/L", "mmol/L", "0.0884", OST_OK},
        {"same unit", "1.50", "mg/dL", "mg/dL", "1.50", OST_OK},
        {"platelets", "150", "10*3/uL", "10*9/L", "150", OST_OK},
        {"annotation", "60", "mL/min/{1.73_m2}", "mL/min", "60", OST_OK},
        {"percent", "5", "%", "1", "0.05", OST_OK},
        {"leading slash", "60", "/min", "Hz", "1", OST_OK},
        {"slash binds one part", "1", "/s.m", "m/s", "1", OST_OK},
        {"left to right", "1", "kg/m.s", "kg.s/m", "1", OST_OK},
        {"parentheses", "1", "kg/(m.s)", "kg/m/s", "1", OST_OK},
        {"parentheses after slash, slash inside", "1", "kg/(m/s)", "kg.s/m", "1", OST_OK},
        {"fever", "38.5", "Cel", "[degF]", "101.3", OST_OK},
        {"fever back", "101.3", "[degF]", "Cel", "38.5", OST_OK},
        {"minus forty", "-40", "[degF]", "Cel", "-40", OST_OK},
        {"kelvin", "0", "K", "Cel", "-273.15", OST_OK},
        {"prefix on a special unit", "36600", "mCel", "Cel", "36.6", OST_OK},
        {"to a prefix on a special unit", "36.6", "Cel", "mCel", "36600.0", OST_OK},
        {"pH", "7.4", "[pH]", "nmol/L", "39.81071706", OST_OK},
        {"pH back", "40", "nmol/L", "[pH]", "7.39794001", OST_OK},
        {"bel to neper", "1", "B", "Np", "2.30258509", OST_OK},
        {"no logarithm of zero", "0", "mol/L", "[pH]", NULL, OST_E_LIMIT},
        {"degrees, pi cancels", "180", "deg", "circ", "0.5", OST_OK},
        {"degrees to radians", "180", "deg", "rad", "3.14159265", OST_OK},
        {"pounds", "1", "[lb_av]", "kg", "0.45359237", OST_OK},
        {"height", "70", "[in_i]", "cm", "177.8", OST_OK},
        {"pressure", "120", "mm[Hg]", "kPa", "15.99864", OST_OK},
        {"international units", "5", "m[iU]/mL", "[iU]/L", "5", OST_OK},
        {"two names of one unit", "5", "[iU]", "[IU]", "5", OST_OK},
        {"arbitrary is not enzyme", "5", "[iU]", "U", NULL, OST_E_UNIT},
        {"arbitrary is not a number", "5", "[iU]", "1", NULL, OST_E_UNIT},
        {"arbitrary is not another", "5", "[USP'U]", "[iU]", NULL, OST_E_UNIT},
        {"rounds once", "1", "/3", "1", "0.33333333", OST_OK},
        {"half away from zero", "-0.00000005", "dm", "m", "-0.00000001", OST_OK},
        {"vanishes", "0.00000001", "mg", "kg", "0.00000000", OST_OK},
        {"too large", "99999999999999999999", "kg", "mg", NULL, OST_E_LIMIT},
        {"huge factor", "1", "Ym99", "ym99", NULL, OST_E_LIMIT},
        {"factor with too many tens", "1", "Ym999", "m", NULL, OST_E_LIMIT},
        {"factor with too many digits", "1", "[mi_us]99", "m", NULL, OST_E_LIMIT},
        {"too many pi", "1", "[pi]99", "1", NULL, OST_E_LIMIT},
        {"too many parts of arbitrary units", "1", "[iU].[USP'U].[PFU].[CFU].[Lf]", "1", NULL,
         OST_E_LIMIT},
        {"arbitrary units cancel", "6", "[iU].[PFU]/[iU]", "[PFU]", "6", OST_OK},
        {"arbitrary units in another order", "6", "[PFU].[iU]", "[iU].[PFU]", "6", OST_OK},
        {"arbitrary unit with another exponent", "6", "[iU]2", "[iU]", NULL, OST_E_UNIT},
        {"more acid than there is", "-1000", "[pH]", "mol/L", NULL, OST_E_LIMIT},
        {"no acid at all", "1000", "[pH]", "mol/L", "0", OST_OK},
        {"binary prefix", "1", "KiBy", "bit", "8192", OST_OK},
        {"tangent does not convert", "1", "%[slope]", "deg", NULL, OST_E_UNIT},
        {"tangent to itself", "1", "%[slope]", "%[slope]", "1", OST_OK},
        {"unknown from", "1", "foo", "m", NULL, OST_E_UNIT},
        {"unknown to", "1", "m", "foo", NULL, OST_E_UNIT},
        {"a month is not a UCUM word", "1", "month", "d", NULL, OST_E_UNIT},
        {"a year", "1", "a", "d", "365.25", OST_OK},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal value, got = {0};
        ost_error error = {0};
        char text[OST_DECIMAL_TEXT_MAX];
        assert_true(ost_decimal_parse(ost_str_of(rows[i].value), false, false, &value));
        ost_status status = ost_ucum_convert(f->ucum, value, ost_str_of(rows[i].from),
                                             ost_str_of(rows[i].to), &got, &error);
        ost_str shown = {text, ost_decimal_format(got, text)};
        if (status != rows[i].status ||
            (rows[i].want != NULL && !ost_str_is(shown, rows[i].want))) {
            fail_msg("%s: got %.*s, status %d %s", rows[i].name, OST_STR_ARG(shown), status,
                     error.message);
        }
        assert_int_equal(error.code, status);
    }
}

static void test_messages(void **state)
{
    static const struct row {
        const char *from, *to, *message;
    } rows[] = {
        {"mg/dL", "mmol/L", "'mg/dL' does not convert to 'mmol/L'"},
        {"mg/foo", "g", "unit 'mg/foo': 'foo' is not a UCUM code"},
        {"mg//mL", "g", "unit 'mg//mL' is not UCUM: a unit is missing at position 4"},
        {"Cel/min", "K", "unit 'Cel/min': 'Cel' can't be part of a product"},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_error error = {0};
        ost_decimal out;
        assert_int_equal(ost_ucum_convert(f->ucum, ost_decimal_of_int(1), ost_str_of(rows[i].from),
                                          ost_str_of(rows[i].to), &out, &error),
                         OST_E_UNIT);
        assert_string_equal(error.message, rows[i].message);
    }
}

static void test_compare(void **state)
{
    static const struct row {
        const char *name, *a, *unit_a, *b, *unit_b;
        bool comparable;
        int order;
    } rows[] = {
        {"g and mg", "1", "g", "1000", "mg", true, 0},
        {"less", "1", "g", "1001", "mg", true, -1},
        {"greater", "1.001", "g", "1000", "mg", true, 1},
        {"minus", "-2", "g", "-1000", "mg", true, -1},
        {"signs differ", "-1", "g", "1", "mg", true, -1},
        {"zero", "0", "g", "0", "mg", true, 0},
        {"below what 8 places show", "0.00000001", "mg", "0.00000000", "kg", true, 1},
        {"temperature", "37", "Cel", "98.6", "[degF]", true, 0},
        {"angle", "180", "deg", "0.5", "circ", true, 0},
        {"angle, irrational", "180", "deg", "3.14159265", "rad", true, 1},
        {"angle, two names", "1", "circ", "360", "deg", true, 0},
        {"same text", "1", "[pH]", "2", "[pH]", true, -1},
        {"mass and amount", "1", "g", "1", "mol", false, 0},
        {"mass and amount by volume", "1", "mg/dL", "1", "mmol/L", false, 0},
        {"unknown", "1", "foo", "1", "foo", false, 0},
    };
    const struct fixture *f = *state;
    int logarithmic = 0;

    /* Lower pH is more acid: an order across a logarithm would depend on the side that is
     * converted. */
    assert_true(ost_ucum_comparable(f->ucum, OST_STR("[pH]"), OST_STR("nmol/L")));
    assert_false(ost_ucum_compare(f->ucum, ost_decimal_of_int(7), OST_STR("[pH]"),
                                  ost_decimal_of_int(100), OST_STR("nmol/L"), &logarithmic));
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal a, b;
        int order = 0;
        ost_str unit_a = ost_str_of(rows[i].unit_a), unit_b = ost_str_of(rows[i].unit_b);
        assert_true(ost_decimal_parse(ost_str_of(rows[i].a), false, false, &a));
        assert_true(ost_decimal_parse(ost_str_of(rows[i].b), false, false, &b));
        bool ok = ost_ucum_compare(f->ucum, a, unit_a, b, unit_b, &order);
        if (ok != rows[i].comparable || order != rows[i].order) {
            fail_msg("%s: %d, order %d", rows[i].name, ok, order);
        }
        assert_int_equal(ost_ucum_comparable(f->ucum, unit_a, unit_b), rows[i].comparable);
    }
}

static void test_products(void **state)
{
    static const struct row {
        const char *a, *b, *product, *quotient;
    } rows[] = {
        {"cm", "cm", "cm2", "1"},
        {"mg", "mL", "mg.mL", "mg/mL"},
        {"g/cm3", "g/cm3", "g2/cm6", "1"},
        {"mg/mL", "mL", "mg", "mg/mL2"},
        {"1", "kg", "kg", "/kg"},
        {"kg", "1", "kg", "kg"},
        {"1", "1", "1", "1"},
        {"mL/min/{1.73_m2}", "min", "mL/{1.73_m2}", "mL/min2/{1.73_m2}"},
        {"10*3/uL", "L", "10*3.L/uL", "10*3/uL/L"},
        {"m{a}", "m", "m{a}.m", "m{a}/m"},
        {"/(12.h)", "12.h", "1", "/12/12/h2"},
        {"year", "1", "year", "year"},
        {"mg/", "mL", NULL, NULL},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_str a = ost_str_of(rows[i].a), b = ost_str_of(rows[i].b);
        ost_str product = ost_ucum_multiply(f->ucum, f->arena, a, b);
        ost_str quotient = ost_ucum_divide(f->ucum, f->arena, a, b);
        if (rows[i].product == NULL) {
            assert_null(product.ptr);
            assert_null(quotient.ptr);
            continue;
        }
        if (!ost_str_is(product, rows[i].product) || !ost_str_is(quotient, rows[i].quotient)) {
            fail_msg("%s and %s: %.*s, %.*s", rows[i].a, rows[i].b, OST_STR_ARG(product),
                     OST_STR_ARG(quotient));
        }
    }
}

/* Parentheses, parts and bytes at the limit and one beyond. */
static void test_limits(void **state)
{
    static const struct row {
        const char *name, *before, *middle, *after;
        size_t count;
        bool valid;
    } rows[] = {
        {"parentheses", "(", "m", ")", 16, true},
        {"too many parentheses", "(", "m", ")", 17, false},
        {"parts", "m.", "m", "", 63, true},
        {"too many parts", "m.", "m", "", 64, false},
        {"bytes", "1", "m", "", 400, false},
        {"digits", "9", "", "", 300, true},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        char text[1000] = "";
        for (size_t k = 0; k < rows[i].count; k++) {
            (void)strncat(text, rows[i].before, sizeof(text) - strlen(text) - 1);
        }
        (void)strncat(text, rows[i].middle, sizeof(text) - strlen(text) - 1);
        for (size_t k = 0; k < rows[i].count; k++) {
            (void)strncat(text, rows[i].after, sizeof(text) - strlen(text) - 1);
        }
        if (ost_ucum_valid(f->ucum, ost_str_of(text)) != rows[i].valid) {
            fail_msg("%s", rows[i].name);
        }
    }
    assert_false(ost_ucum_valid(f->ucum, (ost_str){"m\0g", 3}));
}

#define HEAD "code,kind,metric,factor,unit,function\n"
#define BASES                                                                                      \
    "a,base,,1,,\nb,base,,1,,\nc,base,,1,,\nd,base,,1,,\ne,base,,1,,\nf,base,,1,,\ng,base,,1,,\n"

static void test_load_errors(void **state)
{
    static const struct row {
        const char *name, *csv;
        ost_status status;
        uint32_t line;
    } rows[] = {
        {"complete", "# note\n" HEAD BASES "[pi],pi,,3.14,1,\nx,atom,,2,a/b,", OST_OK, 0},
        {"empty", "", OST_E_DATA, 0},
        {"header only", HEAD, OST_E_DATA, 0},
        {"other columns", "code,kind\n", OST_E_DATA, 0},
        {"too few fields", HEAD "a,base\n", OST_E_DATA, 2},
        {"too many fields", HEAD "a,base,,1,,,\n", OST_E_DATA, 2},
        {"no code", HEAD ",base,,1,,\n", OST_E_DATA, 2},
        {"kind", HEAD "a,other,,1,,\n", OST_E_DATA, 2},
        {"eighth base", HEAD BASES "h,base,,1,,\n", OST_E_DATA, 9},
        {"code twice", HEAD "a,base,,1,,\na,base,,1,,\n", OST_E_DATA, 3},
        {"unknown unit", HEAD "x,atom,,2,y,\n", OST_E_UNIT, 2},
        {"factor with too many digits",
         HEAD "a,base,,1,,\nx,atom,,"
              "1e9999999999999,a,\n",
         OST_E_DATA, 3},
        {"factor", HEAD "a,base,,1,,\nx,atom,,two,a,\n", OST_E_DATA, 3},
        {"zero factor", HEAD "a,base,,1,,\nx,atom,,0,a,\n", OST_E_DATA, 3},
        {"prefix factor", HEAD "k,prefix,,,,\n", OST_E_DATA, 2},
        {"pi", HEAD "p,pi,,pi,1,\n", OST_E_DATA, 2},
        {"function", HEAD "a,base,,1,,\nx,special,,1,a,sin\n", OST_E_DATA, 3},
        {"function without argument", HEAD "a,base,,1,,\nx,special,,1,a,log\n", OST_E_DATA, 3},
        {"function missing", HEAD "a,base,,1,,\nx,special,,1,a,\n", OST_E_DATA, 3},
        {"prefix with a negative exponent", HEAD BASES "[pi],pi,,3.14,1,\nm,prefix,,1e-3,,\n",
         OST_OK, 0},
        {"logarithm times zero", HEAD "a,base,,1,,\nx,special,,1,a,log 10 0\n", OST_E_DATA, 3},
        {"special of special", HEAD "a,base,,1,,\nx,special,,1,a,tan\ny,special,,1,x,tan\n",
         OST_E_DATA, 4},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_ucum *ucum = NULL;
        ost_error error = {0};
        ost_status status = ost_ucum_load(arena, ost_str_of(rows[i].csv), &ucum, &error);
        if (status != rows[i].status || error.line != rows[i].line) {
            fail_msg("%s: status %d, line %u, %s", rows[i].name, status, (unsigned)error.line,
                     error.message);
        }
        assert_int_equal(ucum != NULL, status == OST_OK);
        ost_arena_free(arena);
    }
}

static void test_memory(void **state)
{
    bool loaded = false;

    (void)state;
    for (size_t nth = 1; !loaded; nth++) {
        ost_arena *arena = ost_arena_new(0);
        ost_ucum *ucum = NULL;
        ost_error error = {0};
        ost_arena_fail_at(arena, nth);
        ost_status status = ost_ucum_load(
            arena, OST_STR(HEAD BASES "[pi],pi,,3.14,1,\nk,prefix,,1e3,,\n"), &ucum, &error);
        loaded = status == OST_OK;
        assert_true(loaded || status == OST_E_MEMORY);
        assert_true(nth < 100);
        ost_arena_free(arena);
    }
}

/* Limits of numbers inside a unit, and special units spelt in two ways. */
static void test_convert_edges(void **state)
{
    static const struct row {
        const char *name, *value, *from, *to, *want;
        ost_status status;
    } rows[] = {
        {"special unit with an annotation", "7.4", "[pH]", "[pH]{blood}", "7.4", OST_OK},
        {"tangent with an annotation", "1.5", "%[slope]", "%[slope]{road}", "1.5", OST_OK},
        {"other way round", "1.5", "%[slope]{road}", "%[slope]", "1.5", OST_OK},
        {"to a tangent", "1", "deg", "%[slope]", NULL, OST_E_UNIT},
        {"decibel", "10", "dB", "B", "1", OST_OK},
        {"nepers to bel", "2.30258509", "Np", "B", "1.00000000", OST_OK},
        {"power of ten that is too large, to a temperature", "1", "Ym30/m30.K", "Cel", NULL,
         OST_E_LIMIT},
        {"power of ten that is too large, to a logarithm", "1", "Ym30/m30.mol/L", "[pH]", NULL,
         OST_E_LIMIT},
        {"factor and value together", "99999999999999999999", "[mi_us]80", "[ft_i]80", NULL,
         OST_E_LIMIT},
        {"nothing at all of a huge unit", "0", "Ym30/m30.K", "K", "0", OST_OK},
        {"powers of ten cancel", "3", "10*500.m", "10*499.m", "30", OST_OK},
        {"zero is no factor", "1", "0", "1", NULL, OST_E_UNIT},
        {"annotation in an annotation", "1", "m{a{b}}", "m", NULL, OST_E_UNIT},
        {"control character in an annotation", "1", "m{\x1f}", "m", NULL, OST_E_UNIT},
        {"delete in an annotation", "1", "m{\x7f}", "m", NULL, OST_E_UNIT},
        {"space in an annotation", "2", "m{of her}", "m", "2", OST_OK},
        {"space in a code", "1", "m m", "m", NULL, OST_E_UNIT},
        {"arbitrary unit with too large an exponent", "1",
         "[iU]999.[iU]999.[iU]999.[iU]999.[iU]999", "1", NULL, OST_E_LIMIT},
        {"powers of ten that are too many", "1", "10*999.10*999.10*999.10*999.10*999", "1", NULL,
         OST_E_LIMIT},
        {"as many negative ones", "1", "/10*999/10*999/10*999/10*999/10*999", "1", NULL,
         OST_E_LIMIT},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal got = {0};
        ost_error error = {0};
        char text[OST_DECIMAL_TEXT_MAX];
        ost_decimal value;
        assert_true(ost_decimal_parse(ost_str_of(rows[i].value), false, false, &value));
        ost_status status = ost_ucum_convert(f->ucum, value, ost_str_of(rows[i].from),
                                             ost_str_of(rows[i].to), &got, &error);
        ost_str shown = {text, ost_decimal_format(got, text)};
        if (status != rows[i].status ||
            (rows[i].want != NULL && !ost_str_is(shown, rows[i].want))) {
            fail_msg("%s: got %.*s, status %d %s", rows[i].name, OST_STR_ARG(shown), status,
                     error.message);
        }
    }
}

/* What can't be compared is told so; it is never an order. */
static void test_compare_edges(void **state)
{
    enum { NO_ORDER = 9 };
    static const struct row {
        const char *name, *a, *unit_a, *b, *unit_b;
        int order;
    } rows[] = {
        {"same special unit, two spellings", "1", "[pH]", "2", "[pH]{blood}", -1},
        {"plus against minus", "1", "g", "-1", "mg", 1},
        {"zero kelvin from below", "-273.15", "Cel", "0", "K", 0},
        {"zero kelvin from above", "0", "K", "-273.15", "Cel", 0},
        {"second unit unknown", "1", "g", "1", "foo", NO_ORDER},
        {"logarithm second", "100", "nmol/L", "7", "[pH]", NO_ORDER},
        {"tangent", "1", "%[slope]", "1", "deg", NO_ORDER},
        {"too large on the left", "1", "Ym30/m30.K", "1", "Cel", NO_ORDER},
        {"too large on the right", "1", "Cel", "1", "Ym30/m30.K", NO_ORDER},
        {"too far apart", "1", "10*500.m", "1", "m/10*500", NO_ORDER},
        {"too far apart, turned round", "1", "m/10*500", "1", "10*500.m", NO_ORDER},
        {"factor and value together", "99999999999999999999", "[mi_us]80", "1", "[ft_i]80",
         NO_ORDER},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal a, b;
        int order = NO_ORDER;
        assert_true(ost_decimal_parse(ost_str_of(rows[i].a), false, false, &a));
        assert_true(ost_decimal_parse(ost_str_of(rows[i].b), false, false, &b));
        bool ok = ost_ucum_compare(f->ucum, a, ost_str_of(rows[i].unit_a), b,
                                   ost_str_of(rows[i].unit_b), &order);
        if (ok != (rows[i].order != NO_ORDER) || order != rows[i].order) {
            fail_msg("%s: %d, order %d", rows[i].name, ok, order);
        }
    }
}

static void test_comparable(void **state)
{
    static const struct row {
        const char *from, *to;
        bool want;
    } rows[] = {
        {"m", "km", true},
        {"foo", "m", false},
        {"m", "foo", false},
        {"[pH]", "mol/L", true},
        {"%[slope]", "deg", false},
        {"deg", "%[slope]", false},
        {"%[slope]", "%[slope]{x}", true},
        {"[iU]", "[IU]", true},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (ost_ucum_comparable(f->ucum, ost_str_of(rows[i].from), ost_str_of(rows[i].to)) !=
            rows[i].want) {
            fail_msg("%s and %s", rows[i].from, rows[i].to);
        }
    }
}

static void test_limit_messages(void **state)
{
    static const struct row {
        const char *unit;
        ost_status status;
        const char *message;
    } rows[] = {
        {"m1000", OST_E_LIMIT, "unit 'm1000' has an exponent beyond 999"},
        {"((((((((((((((((((m", OST_E_LIMIT,
         "unit '((((((((((((((((((m' has more than 16 parentheses"},
        {"0", OST_E_UNIT, "unit '0': '0' is not a positive whole number"},
        {"Cel2", OST_E_UNIT, "unit 'Cel' can't have an exponent"},
        {"KiCel", OST_E_UNIT, "unit 'KiCel' can't have a binary prefix"},
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_error error = {0};
        ost_decimal out;
        ost_status status = ost_ucum_convert(f->ucum, ost_decimal_of_int(1),
                                             ost_str_of(rows[i].unit), OST_STR("1"), &out, &error);
        if (status != rows[i].status || strcmp(error.message, rows[i].message) != 0) {
            fail_msg("%s: status %d, %s", rows[i].unit, status, error.message);
        }
    }
}

/* The largest power of a unit that is still a unit: a long value times its factor leaves the
 * range, which is told; the other way it vanishes or is told. Neither is an order that was not
 * computed. */
static void test_largest_factor(void **state)
{
    static const char *const before[] = {"", "/"};
    const struct fixture *f = *state;
    ost_decimal value, out = {0};

    assert_true(ost_decimal_parse(OST_STR("99999999999999999999.99999999"), false, false, &value));
    for (size_t i = 0; i < OST_ARRAY_LEN(before); i++) {
        char large[40] = "", plain[40] = "";
        int n = 1, order = 9;
        for (char next[40]; n < 999; n++) {
            (void)snprintf(next, sizeof(next), "%s[mi_us]%d", before[i], n);
            if (!ost_ucum_valid(f->ucum, ost_str_of(next))) {
                break;
            }
            memcpy(large, next, sizeof(large));
        }
        assert_true(n > 40 && n < 999);
        (void)snprintf(plain, sizeof(plain), "%sm%d", before[i], n - 1);
        ost_str from = ost_str_of(i == 0 ? large : plain), to = ost_str_of(i == 0 ? plain : large);
        assert_int_equal(ost_ucum_convert(f->ucum, value, from, to, &out, NULL), OST_E_LIMIT);
        ost_status back = ost_ucum_convert(f->ucum, value, to, from, &out, NULL);
        assert_true(back == OST_E_LIMIT || (back == OST_OK && ost_decimal_truncate(out) == 0));
        bool compared = ost_ucum_compare(f->ucum, value, from, value, to, &order);
        assert_int_equal(order, compared ? 1 : 9);
        order = 9;
        compared = ost_ucum_compare(f->ucum, value, to, value, from, &order);
        assert_int_equal(order, compared ? -1 : 9);
    }
}

/* A one that is counted is not a bare one. */
static void test_annotated_one(void **state)
{
    const struct fixture *f = *state;

    assert_true(ost_str_is(ost_ucum_multiply(f->ucum, f->arena, OST_STR("1{cell}"), OST_STR("1")),
                           "1{cell}"));
    assert_true(ost_str_is(ost_ucum_divide(f->ucum, f->arena, OST_STR("1"), OST_STR("1{cell}")),
                           "/1{cell}"));
}

/* A product of 64 different parts is written; one more is none. */
static void test_product_limit(void **state)
{
    const struct fixture *f = *state;
    char text[400];
    size_t len = 0;

    for (char c = '0'; c < '0' + 64; c++) {
        const char part[] = {'.', '{', c, '}'};
        memcpy(text + len, part, sizeof(part));
        len += sizeof(part);
    }
    ost_str many = {text + 1, len - 1};
    ost_str same = ost_ucum_multiply(f->ucum, f->arena, many, OST_STR("1"));
    assert_null(same.ptr);
    assert_true(ost_str_equal(
        ost_ucum_multiply(f->ucum, f->arena, ost_str_sub(many, 0, many.len - 4), OST_STR("{o}")),
        many));
    assert_null(ost_ucum_divide(f->ucum, f->arena, OST_STR("m"), OST_STR("m/")).ptr);
}

static void test_load_more_errors(void **state)
{
    static const struct row {
        const char *name, *csv;
        ost_status status;
        uint32_t line;
    } rows[] = {
        {"no pi", HEAD BASES, OST_E_DATA, 0},
        {"a base unit is missing", HEAD "a,base,,1,,\n[pi],pi,,3.14,1,\n", OST_E_DATA, 0},
        {"exponent without digits", HEAD "a,base,,1,,\nx,atom,,2e,a,\n", OST_E_DATA, 3},
        {"exponent with a plus", HEAD "a,base,,1,,\nx,atom,,2e+3,a,\n", OST_E_DATA, 3},
        {"exponent that is too large", HEAD "a,base,,1,,\nx,atom,,2e99999,a,\n", OST_E_DATA, 3},
        {"two points", HEAD "a,base,,1,,\nx,atom,,1.2.3,a,\n", OST_E_DATA, 3},
        {"text after the factor", HEAD "a,base,,1,,\nx,atom,,2e3x,a,\n", OST_E_DATA, 3},
        {"point only", HEAD "a,base,,1,,\nx,atom,,.,a,\n", OST_E_DATA, 3},
        {"unknown function with arguments", HEAD "a,base,,1,,\nx,special,,1,a,sin 1 2\n",
         OST_E_DATA, 3},
        {"logarithm without times", HEAD "a,base,,1,,\nx,special,,1,a,log 10\n", OST_E_DATA, 3},
        {"times is no number", HEAD "a,base,,1,,\nx,special,,1,a,log 10 x\n", OST_E_DATA, 3},
        {"base is no number", HEAD "a,base,,1,,\nx,special,,1,a,log x 1\n", OST_E_DATA, 3},
        {"offset is no number", HEAD "a,base,,1,,\nx,special,,1,a,offset x\n", OST_E_DATA, 3},
        {"natural logarithm", HEAD BASES "[pi],pi,,3.14,1,\nx,special,,1,a,log e 1\n", OST_OK, 0},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_arena *arena = ost_arena_new(0);
        ost_ucum *ucum = NULL;
        ost_error error = {0};
        ost_status status = ost_ucum_load(arena, ost_str_of(rows[i].csv), &ucum, &error);
        if (status != rows[i].status || error.line != rows[i].line) {
            fail_msg("%s: status %d, line %u, %s", rows[i].name, status, (unsigned)error.line,
                     error.message);
        }
        ost_arena_free(arena);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_valid, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_convert, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_messages, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_compare, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_products, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test(test_load_errors),
    cmocka_unit_test(test_memory),
    cmocka_unit_test_setup_teardown(test_convert_edges, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_compare_edges, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_comparable, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limit_messages, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_largest_factor, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_annotated_one, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_product_limit, set_up, tear_down),
    cmocka_unit_test(test_load_more_errors),
};

OST_TEST_MAIN("value-ucum", tests)
