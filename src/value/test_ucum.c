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

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_valid, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_convert, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_messages, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_compare, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_products, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test(test_load_errors),
    cmocka_unit_test(test_memory),
};

OST_TEST_MAIN("value-ucum", tests)
