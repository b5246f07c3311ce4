/* Files and folders: whole reads, limits, errors as values. */
#include "base/test.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *make_folder(char *pattern)
{
    return mkdtemp(pattern);
}

static void put_file(const char *folder, const char *name, const char *bytes, size_t len)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *folder, const char *name)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static void test_read_and_list(void **state)
{
    (void)state;
    char pattern[] = "osteon-test-XXXXXX";
    const char *folder = make_folder(pattern);
    assert_non_null(folder);
    put_file(folder, "b.json", "12\000345", 6);
    put_file(folder, "a.json", "", 0);
    put_file(folder, ".hidden", "x", 1);
    ost_arena *arena = ost_arena_new(0);
    ost_error e;

    const ost_str *names;
    size_t count;
    assert_int_equal(ost_file_list(arena, folder, &names, &count, &e), OST_OK);
    assert_int_equal(count, 2);
    assert_true(ost_str_is(names[0], "a.json"));
    assert_true(ost_str_is(names[1], "b.json"));
    assert_true(ost_file_is_folder(folder));

    ost_str bytes, path = ost_file_join(arena, ost_str_of(folder), names[1]);
    assert_false(ost_file_is_folder(path.ptr));
    assert_int_equal(ost_file_read(arena, path.ptr, 6, &bytes, &e), OST_OK);
    assert_int_equal(bytes.len, 6);
    assert_memory_equal(bytes.ptr, "12\000345", 7);
    assert_int_equal(ost_file_read(arena, path.ptr, 5, &bytes, &e), OST_E_LIMIT);
    assert_string_equal(e.message, "the input has more than 5 bytes");
    assert_string_equal(e.source, path.ptr);
    path = ost_file_join(arena, ost_str_of(folder), names[0]);
    assert_int_equal(ost_file_read(arena, path.ptr, 0, &bytes, &e), OST_OK);
    assert_int_equal(bytes.len, 0);
    ost_arena_fail_at(arena, 1);
    assert_int_equal(ost_file_read(arena, path.ptr, 9, &bytes, &e), OST_E_MEMORY);
    ost_arena_free(arena);
    remove_file(folder, "a.json");
    remove_file(folder, "b.json");
    remove_file(folder, ".hidden");
    assert_int_equal(rmdir(folder), 0);
}

static void test_errors(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_error e;
    ost_str bytes;
    const ost_str *names;
    size_t count;
    assert_int_equal(ost_file_read(arena, "no-such-file", 9, &bytes, &e), OST_E_NOT_FOUND);
    assert_string_equal(e.message, "there is no file or folder \"no-such-file\"");
    assert_int_equal(ost_file_read(arena, "/", 9, &bytes, &e), OST_E_IO);
    assert_string_equal(e.message, "\"/\" is a folder, not a file");
    assert_int_equal(ost_file_list(arena, "no-such-folder", &names, &count, &e), OST_E_NOT_FOUND);
    assert_false(ost_file_is_folder("no-such-folder"));
    ost_arena_free(arena);
}

static void test_join(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    assert_string_equal(ost_file_join(arena, OST_STR("a"), OST_STR("b")).ptr, "a/b");
    assert_string_equal(ost_file_join(arena, OST_STR("a/"), OST_STR("b")).ptr, "a/b");
    assert_string_equal(ost_file_join(arena, OST_STR(""), OST_STR("b")).ptr, "b");
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_read_and_list),
    cmocka_unit_test(test_errors),
    cmocka_unit_test(test_join),
};

OST_TEST_MAIN("base-file", tests)
