/* The hash map: put, replace, get, many keys, memory failures. */
#include "base/test.h"

#include "base/map.h"

#include <stdio.h>

static void test_put_and_get(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_map map = ost_map_init(arena);
    assert_int_equal(ost_map_get(&map, OST_STR("a")), OST_MAP_NONE);
    assert_true(ost_map_put(&map, OST_STR("a"), 1));
    assert_true(ost_map_put(&map, OST_STR(""), 2));
    assert_true(ost_map_put(&map, (ost_str){"a\0", 2}, 3));
    assert_int_equal(ost_map_get(&map, OST_STR("a")), 1);
    assert_int_equal(ost_map_get(&map, (ost_str){NULL, 0}), 2);
    assert_int_equal(ost_map_get(&map, (ost_str){"a\0", 2}), 3);
    assert_true(ost_map_put(&map, OST_STR("a"), 4));
    assert_int_equal(ost_map_get(&map, OST_STR("a")), 4);
    assert_int_equal(map.count, 3);
    ost_arena_free(arena);
}

static void test_many_keys(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_map map = ost_map_init(arena);
    char key[16];
    for (uint32_t i = 0; i < 20000; i++) {
        int len = snprintf(key, sizeof key, "key%u", (unsigned)i);
        assert_true(ost_map_put(&map, ost_str_copy(arena, (ost_str){key, (size_t)len}), i));
    }
    for (uint32_t i = 0; i < 20000; i++) {
        int len = snprintf(key, sizeof key, "key%u", (unsigned)i);
        assert_int_equal(ost_map_get(&map, (ost_str){key, (size_t)len}), i);
    }
    assert_int_equal(ost_map_get(&map, OST_STR("key20000")), OST_MAP_NONE);
    assert_true(map.count < map.capacity);
    ost_arena_free(arena);
}

static void test_memory_failure_keeps_the_map(void **state)
{
    (void)state;
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "g",
                                       "h", "i", "j", "k", "l", "m"};
    ost_arena *arena = ost_arena_new(0);
    ost_map map = ost_map_init(arena);
    ost_arena_fail_at(arena, 1);
    assert_false(ost_map_put(&map, OST_STR("a"), 1));
    for (uint32_t i = 0; i < 12; i++) {
        assert_true(ost_map_put(&map, ost_str_of(keys[i]), i));
    }
    ost_arena_fail_at(arena, 1);
    assert_false(ost_map_put(&map, ost_str_of(keys[12]), 12));
    for (uint32_t i = 0; i < 12; i++) {
        assert_int_equal(ost_map_get(&map, ost_str_of(keys[i])), i);
    }
    assert_int_equal(ost_map_get(&map, ost_str_of(keys[12])), OST_MAP_NONE);
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_put_and_get),
    cmocka_unit_test(test_many_keys),
    cmocka_unit_test(test_memory_failure_keeps_the_map),
};

OST_TEST_MAIN("base-map", tests)
