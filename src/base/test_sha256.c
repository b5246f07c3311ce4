/* SHA-256 against the examples that NIST publishes for FIPS 180. */
#include "base/test.h"

#include "base/compat.h"
#include "base/sha256.h"

static void test_published_values(void **state)
{
    (void)state;
    static const struct row {
        const char *text, *hex;
        size_t repeat;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 1},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 1},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", 1},
        {"aaaaaaaaaa", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", 100000},
    };
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_sha256 hash = ost_sha256_init(), plain = ost_sha256_init();
        plain.plain = true;
        for (size_t k = 0; k < rows[i].repeat; k++) {
            ost_sha256_add(&hash, ost_str_of(rows[i].text));
            ost_sha256_add(&plain, ost_str_of(rows[i].text));
        }
        char hex[65];
        ost_sha256_hex(&hash, hex);
        assert_string_equal(hex, rows[i].hex);
        ost_sha256_hex(&plain, hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

static void test_pieces_do_not_matter(void **state)
{
    (void)state;
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (char)(i * 7);
    }
    for (size_t len = 0; len <= sizeof text; len += 5) {
        ost_sha256 whole = ost_sha256_init(), parts = ost_sha256_init();
        parts.plain = parts.plain || len % 2 == 0;
        ost_sha256_add(&whole, (ost_str){text, len});
        for (size_t at = 0; at < len; at += 13) {
            ost_sha256_add(&parts, (ost_str){text + at, len - at < 13 ? len - at : 13});
        }
        char a[65], b[65];
        ost_sha256_hex(&whole, a);
        ost_sha256_hex(&parts, b);
        assert_string_equal(a, b);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_published_values),
    cmocka_unit_test(test_pieces_do_not_matter),
};

OST_TEST_MAIN("base-sha256", tests)
