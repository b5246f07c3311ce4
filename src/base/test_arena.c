/* The arena: alignment, zeroing, growth, limits, failures, cleanups. */
#include "base/test.h"

#include "base/arena.h"
#include "base/compat.h"

#include <string.h>

static bool all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void test_allocations_are_zeroed_and_aligned(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 4095, 8192, 100000, 3000000, 1, 0};
    ost_arena *arena = ost_arena_new(0);
    for (size_t turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < OST_ARRAY_LEN(sizes); i++) {
            unsigned char *p = ost_arena_alloc(arena, sizes[i]);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % 16, 0);
            assert_true(all_zero(p, sizes[i]));
            memset(p, 0xFF, sizes[i]);
        }
        ost_arena_reset(arena);
        assert_int_equal(ost_arena_used(arena), 0);
    }
    ost_arena_free(arena);
}

static void test_pieces_do_not_overlap(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    unsigned char *pieces[500];
    for (size_t i = 0; i < OST_ARRAY_LEN(pieces); i++) {
        pieces[i] = ost_arena_alloc(arena, i * 7);
        memset(pieces[i], (int)(i & 0xFF), i * 7);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(pieces); i++) {
        for (size_t k = 0; k < i * 7; k++) {
            assert_int_equal(pieces[i][k], i & 0xFF);
        }
    }
    assert_ptr_not_equal(ost_arena_alloc(arena, 0), ost_arena_alloc(arena, 0));
    ost_arena_free(arena);
}

static void test_byte_limit(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(64);
    assert_non_null(ost_arena_alloc(arena, 64));
    assert_false(ost_arena_limit_hit(arena));
    assert_null(ost_arena_alloc(arena, 1));
    assert_true(ost_arena_limit_hit(arena));
    ost_arena_reset(arena);
    assert_false(ost_arena_limit_hit(arena));
    assert_null(ost_arena_alloc(arena, 65));
    assert_non_null(ost_arena_alloc(arena, 48));
    assert_int_equal(ost_arena_used(arena), 48);
    ost_arena_free(arena);
}

/* For whatever reason, and until a reset. */
static void test_a_refusal_is_remembered(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(64);
    assert_non_null(ost_arena_alloc(arena, 16));
    assert_false(ost_arena_refused(arena));
    assert_null(ost_arena_alloc(arena, 64));
    assert_non_null(ost_arena_alloc(arena, 16));
    assert_true(ost_arena_refused(arena));
    ost_arena_reset(arena);
    assert_false(ost_arena_refused(arena));
    ost_arena_fail_at(arena, 1);
    assert_null(ost_arena_alloc_raw(arena, 16));
    assert_true(ost_arena_refused(arena));
    ost_arena_reset(arena);
    assert_null(ost_arena_alloc(arena, SIZE_MAX));
    assert_true(ost_arena_refused(arena));
    ost_arena_free(arena);
}

static void test_sizes_that_overflow(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    assert_null(ost_arena_alloc(arena, SIZE_MAX));
    assert_null(ost_arena_array(arena, SIZE_MAX / 2, 3));
    assert_null(ost_arena_copy(arena, "", SIZE_MAX));
    assert_non_null(ost_arena_array(arena, 0, SIZE_MAX));
    ost_arena_free(arena);
}

static void test_nth_allocation_fails(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    for (size_t nth = 1; nth <= 4; nth++) {
        ost_arena_fail_at(arena, nth);
        for (size_t i = 1; i <= 5; i++) {
            void *p = ost_arena_alloc(arena, 8);
            assert_true((p == NULL) == (i == nth));
        }
        assert_false(ost_arena_limit_hit(arena));
    }
    ost_arena_fail_at(arena, 1);
    ost_arena_fail_at(arena, 0);
    assert_non_null(ost_arena_alloc(arena, 8));
    ost_arena_free(arena);
}

static void test_grow_keeps_items(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    uint32_t *items = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        items = ost_arena_grow(arena, items, &capacity, i + 1, sizeof *items);
        assert_non_null(items);
        assert_true(capacity > i);
        items[i] = i;
    }
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i);
    }
    assert_ptr_equal(ost_arena_grow(arena, items, &capacity, capacity, sizeof *items), items);
    size_t before = capacity;
    ost_arena_fail_at(arena, 1);
    assert_null(ost_arena_grow(arena, items, &capacity, capacity + 1, sizeof *items));
    assert_int_equal(capacity, before);
    ost_arena_free(arena);
}

static void test_copy_ends_with_nul(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    const char *copy = ost_arena_copy(arena, "a\0b", 3);
    assert_memory_equal(copy, "a\0b\0", 4);
    assert_memory_equal(ost_arena_copy(arena, NULL, 0), "", 1);
    ost_arena_free(arena);
}

typedef struct order {
    char seen[8];
    size_t count;
} order;

static void note_a(void *data)
{
    order *o = data;
    o->seen[o->count++] = 'a';
}

static void note_b(void *data)
{
    order *o = data;
    o->seen[o->count++] = 'b';
}

static void test_cleanups_run_last_first(void **state)
{
    (void)state;
    order o = {{0}, 0};
    ost_arena *arena = ost_arena_new(0);
    assert_true(ost_arena_on_reset(arena, note_a, &o));
    assert_true(ost_arena_on_reset(arena, note_b, &o));
    ost_arena_reset(arena);
    assert_string_equal(o.seen, "ba");
    ost_arena_reset(arena);
    assert_string_equal(o.seen, "ba");
    assert_true(ost_arena_on_reset(arena, note_a, &o));
    ost_arena_fail_at(arena, 1);
    assert_false(ost_arena_on_reset(arena, note_b, &o));
    ost_arena_free(arena);
    assert_string_equal(o.seen, "baa");
    ost_arena_free(NULL);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_allocations_are_zeroed_and_aligned),
    cmocka_unit_test(test_pieces_do_not_overlap),
    cmocka_unit_test(test_byte_limit),
    cmocka_unit_test(test_a_refusal_is_remembered),
    cmocka_unit_test(test_sizes_that_overflow),
    cmocka_unit_test(test_nth_allocation_fails),
    cmocka_unit_test(test_grow_keeps_items),
    cmocka_unit_test(test_copy_ends_with_nul),
    cmocka_unit_test(test_cleanups_run_last_first),
};

OST_TEST_MAIN("base-arena", tests)
