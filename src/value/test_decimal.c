/* Decimals: text, exact arithmetic, rounding, limits, and the functions with guard digits. Expected
 * values of Exp, Ln, Log and roots were computed independently with 60 digits. */
#include "base/test.h"
#include "value/decimal.h"
#include "value/decimal_detail.h"
#include "value/wide.h"

#define MAX_TEXT "99999999999999999999.99999999"

static ost_decimal dec(const char *text)
{
    ost_decimal d = {0};

    if (!ost_decimal_parse(ost_str_of(text), false, false, &d)) {
        fail_msg("not a decimal: %s", text);
    }
    return d;
}

static void assert_text(const char *name, bool ok, ost_decimal d, const char *want)
{
    char text[OST_DECIMAL_TEXT_MAX];

    if (ok != (want != NULL)) {
        fail_msg("%s: %s", name, ok ? "expected no result" : "no result");
    }
    if (want != NULL) {
        size_t len = ost_decimal_format(d, text);
        ost_str got = {text, len};
        if (!ost_str_is(got, want)) {
            fail_msg("%s: got %.*s, want %s", name, OST_STR_ARG(got), want);
        }
    }
}

static void test_parse(void **state)
{
    static const struct row {
        const char *name, *text;
        bool exponent, round;
        const char *want;
    } rows[] = {
        {"whole", "5", false, false, "5"},
        {"scale is kept", "1.58700", false, false, "1.58700"},
        {"minus", "-0.5", false, false, "-0.5"},
        {"plus", "+25.5", false, false, "25.5"},
        {"minus zero", "-0.0", false, false, "0.0"},
        {"leading zeros", "000000000000000000000000000001.0", false, false, "1.0"},
        {"largest", MAX_TEXT, false, false, MAX_TEXT},
        {"smallest", "-" MAX_TEXT, false, false, "-" MAX_TEXT},
        {"one digit too many", "100000000000000000000", false, false, NULL},
        {"eight places", "0.00000001", false, false, "0.00000001"},
        {"nine places", "0.000000001", false, false, NULL},
        {"nine places, zeros", "1.000000000", false, false, NULL},
        {"nine places, rounded", "1.000000005", false, true, "1.00000001"},
        {"just below half", "1.0000000049999999999", false, true, "1.00000000"},
        {"negative half", "-1.000000005", false, true, "-1.00000001"},
        {"rounding leaves the range", MAX_TEXT "5", false, true, NULL},
        {"exponent", "1.5e3", true, false, "1500"},
        {"exponent, negative", "15E-2", true, false, "0.15"},
        {"exponent, plus", "1e+19", true, false, "10000000000000000000"},
        {"exponent too large", "1e20", true, false, NULL},
        {"zero with a huge exponent", "0e999999999999999999999", true, false, "0"},
        {"tiny, rounded", "1e-999999999999", true, true, "0.00000000"},
        {"tiny, exact", "1e-9", true, false, NULL},
        {"exponent not allowed", "1e3", false, false, NULL},
        {"exponent without digits", "1e", true, false, NULL},
        {"exponent with rubbish", "1e3x", true, false, NULL},
        {"empty", "", false, false, NULL},
        {"sign only", "-", false, false, NULL},
        {"point only", ".", false, false, NULL},
        {"no digits before the point", ".5", false, false, NULL},
        {"no digits after the point", "5.", false, false, NULL},
        {"two points", "1.2.3", false, false, NULL},
        {"space", " 1", false, false, NULL},
        {"letters", "abc", false, false, NULL},
        {"two signs", "--1", false, false, NULL},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal d = {0};
        bool ok = ost_decimal_parse(ost_str_of(rows[i].text), rows[i].exponent, rows[i].round, &d);
        assert_text(rows[i].name, ok, d, rows[i].want);
    }
}

static void test_binary(void **state)
{
    static const struct row {
        const char *name;
        bool (*function)(ost_decimal, ost_decimal, ost_decimal *);
        const char *a, *b, *want;
    } rows[] = {
        {"add", ost_decimal_add, "1.0", "1.0", "2.0"},
        {"add overflow", ost_decimal_add, MAX_TEXT, "0.00000001", NULL},
        {"add to the largest", ost_decimal_add, "99999999999999999999", "0.99999999", MAX_TEXT},
        {"sub", ost_decimal_sub, "2", "1.1", "0.9"},
        {"sub overflow", ost_decimal_sub, "-" MAX_TEXT, "0.00000001", NULL},
        {"mul", ost_decimal_mul, "1.0", "2.0", "2.0"},
        {"mul shows what it needs", ost_decimal_mul, "1.5", "1.5", "2.25"},
        {"mul rounds half away", ost_decimal_mul, "0.00000001", "0.5", "0.00000001"},
        {"mul rounds half away, minus", ost_decimal_mul, "-0.00000001", "0.5", "-0.00000001"},
        {"mul below half", ost_decimal_mul, "0.00000001", "0.49999999", "0.00000000"},
        {"mul of large", ost_decimal_mul, MAX_TEXT, "1.0", MAX_TEXT},
        {"mul of large and small", ost_decimal_mul, MAX_TEXT, "0.00000001",
         "1000000000000.00000000"},
        {"mul wide", ost_decimal_mul, "1234567890.12345678", "9876543210.98765432",
         "12193263113702179432.25118122"},
        {"mul overflow", ost_decimal_mul, "10000000000", "10000000000", NULL},
        {"mul overflow, largest", ost_decimal_mul, MAX_TEXT, "-" MAX_TEXT, NULL},
        {"div", ost_decimal_div, "10", "3", "3.33333333"},
        {"div rounds up", ost_decimal_div, "2", "3", "0.66666667"},
        {"div rounds half away", ost_decimal_div, "0.00000001", "2", "0.00000001"},
        {"div minus", ost_decimal_div, "-0.00000001", "2", "-0.00000001"},
        {"div exact", ost_decimal_div, "1.0", "4", "0.25"},
        {"div by zero", ost_decimal_div, "1", "0.0", NULL},
        {"div overflow", ost_decimal_div, MAX_TEXT, "0.1", NULL},
        {"div of large", ost_decimal_div, MAX_TEXT, MAX_TEXT, "1.00000000"},
        {"truncated", ost_decimal_truncated_div, "10.1", "-3.1", "-3.0"},
        {"truncated by zero", ost_decimal_truncated_div, "10.1", "0", NULL},
        {"truncated overflow", ost_decimal_truncated_div, MAX_TEXT, "0.00000001", NULL},
        {"mod", ost_decimal_mod, "3.5", "3", "0.5"},
        {"mod keeps the sign", ost_decimal_mod, "-3.5", "3", "-0.5"},
        {"mod by zero", ost_decimal_mod, "0", "0", NULL},
        {"log", ost_decimal_log, "16", "2", "4.0"},
        {"log of a part", ost_decimal_log, "0.125", "2", "-3.0"},
        {"log of 1", ost_decimal_log, "1", "100", "0.0"},
        {"log to base 1", ost_decimal_log, "2", "1", NULL},
        {"log to base 0", ost_decimal_log, "2", "0", NULL},
        {"log of minus", ost_decimal_log, "-2", "2", NULL},
        {"log, irrational", ost_decimal_log, "7", "3", "1.77124375"},
        {"power", ost_decimal_power, "2.0", "-2.0", "0.25"},
        {"power of zero", ost_decimal_power, "0", "0", "1"},
        {"power of zero, minus", ost_decimal_power, "0", "-1", NULL},
        {"power of zero, plus", ost_decimal_power, "0", "2.5", "0.0"},
        {"power of minus, odd", ost_decimal_power, "-2", "3", "-8"},
        {"power of minus, part", ost_decimal_power, "-2", "0.5", NULL},
        {"power, root", ost_decimal_power, "2", "0.5", "1.41421356"},
        {"power, exact root", ost_decimal_power, "4", "0.5", "2.0"},
        {"power overflow", ost_decimal_power, "10", "20", NULL},
        {"power to the edge", ost_decimal_power, "10", "19", "10000000000000000000"},
        {"power, huge exponent", ost_decimal_power, "1.00000001", "1000000000", "22026.46469348"},
        {"power, huge exponent, minus", ost_decimal_power, "-1.00000001", "1000000001",
         "-22026.46491375"},
        {"power, huge exponent overflow", ost_decimal_power, "2", "99999999999999999999", NULL},
        {"power, vanishing", ost_decimal_power, "2", "-99999999999999999999", "0"},
        {"power of one", ost_decimal_power, "1", "99999999999999999999", "1"},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal out = {0};
        bool ok = rows[i].function(dec(rows[i].a), dec(rows[i].b), &out);
        assert_text(rows[i].name, ok, out, rows[i].want);
    }
}

static void test_unary(void **state)
{
    static const struct row {
        const char *name;
        bool (*function)(ost_decimal, ost_decimal *);
        const char *a, *want;
    } rows[] = {
        {"negate", ost_decimal_negate, "-1.0", "1.0"},
        {"exp 0", ost_decimal_exp, "0", "1.0"},
        {"exp 1", ost_decimal_exp, "1", "2.71828183"},
        {"exp -1", ost_decimal_exp, "-1", "0.36787944"},
        {"exp 46", ost_decimal_exp, "46", "94961194206024488745.13364912"},
        {"exp 47", ost_decimal_exp, "47", NULL},
        {"exp 1000", ost_decimal_exp, "1000", NULL},
        {"exp -1000", ost_decimal_exp, "-1000", "0.0"},
        {"exp -20", ost_decimal_exp, "-20", "0.0"},
        {"exp -19", ost_decimal_exp, "-19", "0.00000001"},
        {"ln 1", ost_decimal_ln, "1", "0.0"},
        {"ln 1000", ost_decimal_ln, "1000", "6.90775528"},
        {"ln of the smallest", ost_decimal_ln, "0.00000001", "-18.42068074"},
        {"ln of the largest", ost_decimal_ln, MAX_TEXT, "46.05170186"},
        {"ln 0", ost_decimal_ln, "0", NULL},
        {"ln -1", ost_decimal_ln, "-1", NULL},
        {"sqrt 2", ost_decimal_sqrt, "2", "1.41421356"},
        {"sqrt 0", ost_decimal_sqrt, "0", "0"},
        {"sqrt of the largest", ost_decimal_sqrt, MAX_TEXT, "10000000000.00000000"},
        {"sqrt of the smallest", ost_decimal_sqrt, "0.00000001", "0.00010000"},
        {"sqrt 2.5", ost_decimal_sqrt, "2.5", "1.58113883"},
        {"sqrt -1", ost_decimal_sqrt, "-1", NULL},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal out = {0};
        bool ok = rows[i].function(dec(rows[i].a), &out);
        assert_text(rows[i].name, ok, out, rows[i].want);
    }
}

static void test_round(void **state)
{
    static const struct row {
        const char *name, *a;
        int places;
        const char *want;
    } rows[] = {
        {"half", "0.5", 0, "1"},
        {"below half", "0.4", 0, "0"},
        {"minus half", "-0.5", 0, "-1"},
        {"minus 0.4", "-0.4", 0, "0"},
        {"minus 1.5", "-1.5", 0, "-2"},
        {"places", "3.14159", 2, "3.14"},
        {"all places", "3.14159", 8, "3.14159000"},
        {"too many places", "1", 9, NULL},
        {"negative places", "1", -1, NULL},
        {"over the edge", MAX_TEXT, 0, NULL},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal out = {0};
        bool ok = ost_decimal_round(dec(rows[i].a), rows[i].places, &out);
        assert_text(rows[i].name, ok, out, rows[i].want);
    }
}

static void test_whole(void **state)
{
    static const struct row {
        const char *name, *a;
        int64_t truncated, floor, ceiling;
    } rows[] = {
        {"plus", "1.1", 1, 1, 2},
        {"minus", "-1.1", -1, -2, -1},
        {"whole", "-1.0", -1, -1, -1},
        {"zero", "0.0", 0, 0, 0},
        {"minus part", "-0.1", 0, -1, 0},
        {"beyond 32 bits", "2147483648.2", 2147483648, 2147483648, 2147483649},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal d = dec(rows[i].a);
        assert_true(ost_decimal_truncate(d) == rows[i].truncated);
        assert_true(ost_decimal_floor(d) == rows[i].floor);
        assert_true(ost_decimal_ceiling(d) == rows[i].ceiling);
    }
}

static void test_format_and_compare(void **state)
{
    char text[OST_DECIMAL_TEXT_MAX];

    (void)state;
    assert_int_equal(ost_decimal_format_short(dec("1.500"), text), 3);
    assert_memory_equal(text, "1.5", 3);
    assert_int_equal(ost_decimal_format_short(dec("-2.0"), text), 2);
    assert_memory_equal(text, "-2", 2);
    assert_text("a scale that lies", true, ost_decimal_of_steps(150000000, 0), "1.5");
    assert_text("of an integer", true, ost_decimal_of_int(INT64_MIN), "-9223372036854775808");
    assert_true(ost_decimal_compare(dec("1.0"), dec("1.00")) == 0);
    assert_true(ost_decimal_compare(dec("-1"), dec("1")) < 0);
    assert_true(ost_decimal_compare(dec(MAX_TEXT), dec("-" MAX_TEXT)) > 0);
}

/* (q * b + r) / b gives q and r back, over sizes that reach all branches of the division. */
static void test_wide_division(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (uint32_t round = 0; round < 4000; round++) {
        ost_wide q = {.len = 1 + round % 7}, b = {.len = 1 + round % 5}, r, product, gotq, gotr;
        for (uint32_t i = 0; i < q.len; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            q.limb[i] = round % 3 == 0 ? UINT32_MAX : (uint32_t)(seed >> 32) | 1;
        }
        for (uint32_t i = 0; i < b.len; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            b.limb[i] = round % 4 == 0 ? UINT32_MAX : (uint32_t)(seed >> 33) | 1;
        }
        ost_wide one = ost_wide_of(1);
        r = ost_wide_sub(&b, &one);
        assert_true(ost_wide_mul(&q, &b, &product));
        assert_true(ost_wide_add(&product, &r, &product));
        ost_wide_div(&product, &b, &gotq, &gotr);
        assert_int_equal(ost_wide_compare(&gotq, &q), 0);
        assert_int_equal(ost_wide_compare(&gotr, &r), 0);
    }
}

static void test_wide_limits(void **state)
{
    ost_wide one = ost_wide_of(1), big, out, zero = {0};
    ost_u128 small;

    (void)state;
    assert_true(ost_wide_shift_up(&one, 2047, &big));
    assert_int_equal(ost_wide_bits(&big), 2048);
    assert_false(ost_wide_shift_up(&one, 2048, &out));
    assert_false(ost_wide_add(&big, &big, &out));
    assert_false(ost_wide_mul(&big, &big, &out));
    assert_false(ost_wide_get(&big, &small));
    assert_false(ost_wide_div_round(&big, &one, &small));
    assert_false(ost_wide_div_round(&one, &zero, &small));
    assert_false(ost_wide_mul_pow10(&one, 1000, &out));
    assert_true(ost_wide_mul_pow10(&zero, 1000, &out));
    out = ost_wide_shift_down(&big, 2047);
    assert_int_equal(ost_wide_compare(&out, &one), 0);
    big = ost_wide_of(~(ost_u128)0);
    assert_true(ost_wide_div_round(&big, &one, &small) && small == ~(ost_u128)0);
}

/* Text of the greatest length that is read, and one byte more. */
static void test_parse_length(void **state)
{
    static char text[OST_DECIMAL_INPUT_MAX + 1];
    ost_decimal d = {0};

    (void)state;
    memset(text, '0', sizeof(text));
    text[OST_DECIMAL_INPUT_MAX - 1] = '7';
    bool ok = ost_decimal_parse((ost_str){text, OST_DECIMAL_INPUT_MAX}, false, false, &d);
    assert_text("longest", ok, d, "7");
    assert_false(ost_decimal_parse((ost_str){text, sizeof(text)}, false, false, &d));
}

static void test_exponents(void **state)
{
    static const struct row {
        const char *text;
        bool exponent;
        const char *want;
    } rows[] = {
        {"1e2", true, "100"}, {"1E2", true, "100"},  {"1e2", false, NULL},   {"1x2", true, NULL},
        {"1e", true, NULL},   {"1e+2", true, "100"}, {"1E-2", true, "0.01"}, {"1e2.0", true, NULL},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal d = {0};
        bool ok = ost_decimal_parse(ost_str_of(rows[i].text), rows[i].exponent, false, &d);
        assert_text(rows[i].text, ok, d, rows[i].want);
    }
}

static void test_binary_edges(void **state)
{
    static const struct row {
        const char *name;
        bool (*function)(ost_decimal, ost_decimal, ost_decimal *);
        const char *a, *b, *want;
    } rows[] = {
        {"truncated overflow below", ost_decimal_truncated_div, "-" MAX_TEXT, "0.00000001", NULL},
        {"large times one", ost_decimal_mul, "999999999999.5", "1", "999999999999.5"},
        {"one times large", ost_decimal_mul, "1", "-999999999999.5", "-999999999999.5"},
        {"largest times largest", ost_decimal_mul, MAX_TEXT, MAX_TEXT, NULL},
        {"log of zero", ost_decimal_log, "0", "10", NULL},
        {"log to base zero", ost_decimal_log, "10", "0", NULL},
        {"log to base one", ost_decimal_log, "10", "1", NULL},
        {"log to a negative base", ost_decimal_log, "10", "-2", NULL},
        {"power that is too large", ost_decimal_power, "2", "3000", NULL},
        {"fraction of a power that is too large", ost_decimal_power, "2", "3000.5", NULL},
        {"exponent beyond 64 bits", ost_decimal_power, "2", "50000000000000000000", NULL},
        {"one to any power", ost_decimal_power, "1", "50000000000000000000", "1"},
        {"minus one to a huge even power", ost_decimal_power, "-1", "50000000000000000000", "1"},
        {"minus one to a huge odd power", ost_decimal_power, "-1", "50000000000000000001", "-1"},
        {"half to a huge power vanishes", ost_decimal_power, "0.5", "50000000000000000000", "0.0"},
        {"two to minus a huge power vanishes", ost_decimal_power, "2", "-50000000000000000000",
         "0"},
    };

    (void)state;
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_decimal d = {0};
        bool ok = rows[i].function(dec(rows[i].a), dec(rows[i].b), &d);
        assert_text(rows[i].name, ok, d, rows[i].want);
    }
}

/* The fixed point says when a number leaves 2048 bits; nothing is cut. */
static void test_fixed_limits(void **state)
{
    ost_wide one = ost_wide_of(1), three = ost_wide_of(3), none = ost_wide_of(0);
    ost_fixed huge = {0}, zero = {0}, third, out = {0};
    ost_decimal d = {0};

    (void)state;
    assert_true(ost_wide_shift_up(&one, OST_WIDE_LIMBS * 32 - 1, &huge.magnitude));
    assert_false(ost_fixed_of(&huge.magnitude, &one, false, &out));
    assert_false(ost_fixed_add(&huge, &huge, &out));
    assert_false(ost_fixed_mul(&huge, &huge, &out));
    assert_false(ost_fixed_div(&huge, &huge, &out));
    assert_false(ost_fixed_div(&huge, &zero, &out));
    assert_false(ost_fixed_round(&huge, 1, &d));
    assert_false(ost_fixed_ln(&zero, &out));
    assert_false(ost_fixed_exp(&huge, &out));
    huge.negative = true;
    assert_false(ost_fixed_ln(&huge, &out));
    assert_true(ost_fixed_exp(&huge, &out));
    assert_text("e to minus a huge number", ost_fixed_round(&out, 1, &d), d, "0.0");
    assert_true(ost_fixed_of(&one, &three, true, &third));
    assert_text("minus a third", ost_fixed_round(&third, 1, &d), d, "-0.33333333");
    huge.negative = false;
    assert_true(ost_fixed_ln(&huge, &out));
    /* ln 2^(2047 - 192) */
    assert_text("ln of the largest", ost_fixed_round(&out, 1, &d), d, "1285.78801994");
    assert_false(ost_wide_shift_up(&one, OST_WIDE_LIMBS * 32, &huge.magnitude));
    assert_false(ost_wide_shift_up(&one, OST_WIDE_LIMBS * 32 + 1, &huge.magnitude));
    assert_true(ost_wide_shift_up(&none, OST_WIDE_LIMBS * 32 + 1, &huge.magnitude));
    assert_int_equal(huge.magnitude.len, 0);
}

/* 2^129 - 1 halved is 2^128 - 1 and a half: rounded up it needs 129 bits. */
static void test_rounding_leaves_128_bits(void **state)
{
    ost_wide one = ost_wide_of(1), two = ost_wide_of(2), a, rest;
    ost_u128 out = 0;

    (void)state;
    assert_true(ost_wide_shift_up(&one, 129, &a));
    a = ost_wide_sub(&a, &one);
    assert_false(ost_wide_div_round(&a, &two, &out));
    a = ost_wide_sub(&a, &one);
    assert_true(ost_wide_div_round(&a, &two, &out));
    assert_true(out == ~(ost_u128)0);
    ost_wide_div(&a, &two, NULL, &rest);
    assert_int_equal(rest.len, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parse),
    cmocka_unit_test(test_binary),
    cmocka_unit_test(test_unary),
    cmocka_unit_test(test_round),
    cmocka_unit_test(test_whole),
    cmocka_unit_test(test_format_and_compare),
    cmocka_unit_test(test_wide_division),
    cmocka_unit_test(test_wide_limits),
    cmocka_unit_test(test_parse_length),
    cmocka_unit_test(test_exponents),
    cmocka_unit_test(test_binary_edges),
    cmocka_unit_test(test_fixed_limits),
    cmocka_unit_test(test_rounding_leaves_128_bits),
};

OST_TEST_MAIN("value-decimal", tests)
