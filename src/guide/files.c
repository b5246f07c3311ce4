/* Content files from the binary or from a folder.
 *
 * Both ways give the same list in the same order and the same hash, so that a folder that was
 * not changed has the version of the binary. The walk is sorted at the end, since a folder sorts
 * before the files whose names continue its own ("a/x" and "a.csv"). Hidden files and folders
 * named cases/ are left out. */
#include "guide/files.h"

#include "base/file.h"
#include "base/sha256.h"
#include "guide/embedded.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct walk {
    ost_arena *arena;
    ost_content_file *items;
    size_t count, capacity;
    ost_error *error;
} walk;

ost_status ost_files_embedded(ost_arena *arena, ost_files *out, ost_error *error)
{
    ost_content_file *items = ost_arena_array(arena, ost_embedded_count, sizeof *items);
    if (!items) {
        return ost_err_memory(error, arena);
    }
    for (size_t i = 0; i < ost_embedded_count; i++) {
        const ost_embedded_file *file = &ost_embedded_files[i];
        items[i].path = ost_str_of(file->path);
        items[i].text = (ost_str){(const char *)file->bytes, file->length};
    }
    *out = (ost_files){.items = items, .count = ost_embedded_count};
    memcpy(out->hash, ost_embedded_hash, sizeof out->hash);
    return OST_OK;
}

static bool is_content(ost_str name)
{
    return ost_str_ends(name, OST_STR(".csv")) || ost_str_ends(name, OST_STR(".json")) ||
           ost_str_ends(name, OST_STR(".cql"));
}

static ost_status add_file(walk *w, ost_str full, ost_str path)
{
    ost_str text;
    ost_status status = ost_file_read(w->arena, full.ptr, OST_FILES_MAX_BYTES, &text, w->error);
    if (status != OST_OK) {
        return status;
    }
    w->items = ost_arena_grow(w->arena, w->items, &w->capacity, w->count + 1, sizeof *w->items);
    if (!w->items) {
        return ost_err_memory(w->error, w->arena);
    }
    w->items[w->count++] = (ost_content_file){path, text};
    return OST_OK;
}

static ost_status walk_folder(walk *w, ost_str folder, ost_str below, int depth)
{
    const ost_str *names;
    size_t count;
    if (depth > OST_FILES_MAX_DEPTH) {
        return ost_err_set(w->error, OST_E_LIMIT, "folders nested deeper than %d",
                           OST_FILES_MAX_DEPTH);
    }
    ost_status status = ost_file_list(w->arena, folder.ptr, &names, &count, w->error);
    for (size_t i = 0; status == OST_OK && i < count; i++) {
        ost_str full = ost_file_join(w->arena, folder, names[i]);
        ost_str path = below.len > 0 ? ost_file_join(w->arena, below, names[i]) : names[i];
        if (!full.ptr || !path.ptr) {
            return ost_err_memory(w->error, w->arena);
        }
        if (ost_file_is_folder(full.ptr)) {
            if (!ost_str_is(names[i], "cases")) {
                status = walk_folder(w, full, path, depth + 1);
            }
        } else if (is_content(names[i])) {
            status = add_file(w, full, path);
        }
    }
    return status;
}

static int by_path(const void *a, const void *b)
{
    const ost_content_file *x = a, *y = b;
    return ost_str_compare(x->path, y->path);
}

static void hash_files(ost_files *files)
{
    ost_sha256 hash = ost_sha256_init();
    for (size_t i = 0; i < files->count; i++) {
        char length[24];
        int digits = snprintf(length, sizeof length, "%zu", files->items[i].text.len);
        ost_sha256_add(&hash, files->items[i].path);
        ost_sha256_add(&hash, (ost_str){"", 1});
        ost_sha256_add(&hash, (ost_str){length, (size_t)digits + 1});
        ost_sha256_add(&hash, files->items[i].text);
    }
    ost_sha256_hex(&hash, files->hash);
}

ost_status ost_files_folder(ost_arena *arena, const char *folder, ost_files *out, ost_error *error)
{
    walk w = {.arena = arena, .error = error};
    if (!ost_file_is_folder(folder)) {
        return ost_err_set(error, OST_E_NOT_FOUND, "no such folder: %s", folder);
    }
    ost_status status = walk_folder(&w, ost_str_of(folder), (ost_str){0}, 0);
    if (status != OST_OK) {
        return status;
    }
    if (w.count > 0) {
        qsort(w.items, w.count, sizeof *w.items, by_path);
    }
    *out = (ost_files){.items = w.items, .count = w.count};
    hash_files(out);
    return OST_OK;
}

ost_str ost_files_get(const ost_files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++) {
        if (ost_str_is(files->items[i].path, path)) {
            return files->items[i].text;
        }
    }
    return (ost_str){0};
}
