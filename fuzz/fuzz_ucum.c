/* UCUM text from anywhere: two units on two lines, the value is 1.
 *
 * Nothing may crash, hang or leave its limits, and these must hold: a valid unit converts to
 * itself; what compares also converts, unless it does not fit; units of one dimension convert in
 * both directions; a product divided by one factor has the dimension of the other. */
#include "value/ucum.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ost_ucum *table(void)
{
    static const ost_ucum *loaded;
    static char text[1 << 16];

    if (loaded == NULL) {
        FILE *file = fopen(OST_SOURCE_ROOT "/content/model/ucum.csv", "rb");
        ost_ucum *ucum = NULL;
        size_t len = file == NULL ? 0 : fread(text, 1, sizeof(text), file);
        ost_arena *arena = ost_arena_new(0);
        if (file == NULL || ost_ucum_load(arena, (ost_str){text, len}, &ucum, NULL) != OST_OK) {
            abort();
        }
        (void)fclose(file);
        loaded = ucum;
    }
    return loaded;
}

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_pair(const ost_ucum *ucum, ost_str a, ost_str b)
{
    ost_decimal one = ost_decimal_of_int(1), out;
    ost_status there = ost_ucum_convert(ucum, one, a, b, &out, NULL);
    ost_status back = ost_ucum_convert(ucum, one, b, a, &out, NULL);
    bool both = ost_ucum_valid(ucum, a) && ost_ucum_valid(ucum, b);
    int order = 0, reverse = 0;

    must(!both || ((there == OST_E_UNIT) == (back == OST_E_UNIT)));
    must(!both || ost_ucum_comparable(ucum, a, b) == (there != OST_E_UNIT));
    if (ost_ucum_compare(ucum, one, a, one, b, &order)) {
        must(both && there != OST_E_UNIT);
        must(ost_ucum_compare(ucum, one, b, one, a, &reverse));
        must((order < 0) == (reverse > 0) && (order == 0) == (reverse == 0));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ost_ucum *ucum = table();
    ost_str rest = {(const char *)data, size}, a, b = {"1", 1};
    ost_arena *arena = ost_arena_new(1 << 20);
    ost_decimal one = ost_decimal_of_int(1), out;

    if (arena == NULL || size == 0 || !ost_str_next(&rest, '\n', &a)) {
        ost_arena_free(arena);
        return 0;
    }
    (void)ost_str_next(&rest, '\n', &b);
    if (ost_ucum_valid(ucum, a)) {
        must(ost_ucum_convert(ucum, one, a, a, &out, NULL) == OST_OK);
        must(ost_decimal_compare(one, out) == 0);
    }
    check_pair(ucum, a, b);
    ost_str product = ost_ucum_multiply(ucum, arena, a, b);
    if (product.ptr != NULL && ost_ucum_valid(ucum, product)) {
        ost_str left = ost_ucum_divide(ucum, arena, product, b);
        must(left.ptr == NULL || !ost_ucum_valid(ucum, left) || !ost_ucum_valid(ucum, a) ||
             ost_ucum_comparable(ucum, left, a));
    }
    ost_arena_free(arena);
    return 0;
}
