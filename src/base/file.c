/* Files and folders by POSIX calls. A file is read by its size plus one byte; when there is more
 * than the size said (pipes, stdin, files that grow) the room doubles. */
#include "base/file.h"

#include "base/compat.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static ost_status io_error(ost_error *error, const char *path, const char *what, int reason)
{
    ost_status code = OST_E_IO;
    ost_str name = ost_str_of(path);
    if (reason == ENOENT || reason == ENOTDIR) {
        code = ost_err_set(error, OST_E_NOT_FOUND, "there is no file or folder \"%.*s\"",
                           OST_STR_ARG(name));
    } else if (reason == EACCES) {
        ost_err_set(error, code, "\"%.*s\" may not be read by this user", OST_STR_ARG(name));
    } else if (reason == EISDIR) {
        ost_err_set(error, code, "\"%.*s\" is a folder, not a file", OST_STR_ARG(name));
    } else {
        ost_err_set(error, code, "\"%.*s\" can't be %s (error %d)", OST_STR_ARG(name), what,
                    reason);
    }
    ost_err_place(error, name, 0, 0, 0);
    return code;
}

/* Moves the bytes into a room of at least `want`; NULL when memory is short. The first room is
 * malloc's and not the arena's: of a stream only the last copy is then kept. */
static char *widen(char *bytes, size_t *room, size_t want)
{
    size_t next = *room > SIZE_MAX / 2 ? want : *room * 2;
    next = next < want ? want : next;
    char *moved = realloc(bytes, next);
    if (moved != NULL) {
        *room = next;
    }
    return moved;
}

typedef struct reading {
    char *bytes;
    size_t len, room;
} reading;

static ost_status read_all(int file, const char *path, size_t limit, reading *r, ost_error *error)
{
    for (;;) {
        if (r->len == r->room) {
            char *moved = widen(r->bytes, &r->room, r->len + 4096);
            if (moved == NULL) {
                return ost_err_memory(error, NULL);
            }
            r->bytes = moved;
        }
        ssize_t got = read(file, r->bytes + r->len, r->room - r->len);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return io_error(error, path, "read", errno);
        }
        if (got == 0) {
            return OST_OK;
        }
        r->len += (size_t)got;
        if (r->len > limit) {
            ost_status code =
                ost_err_set(error, OST_E_LIMIT, "the input has more than %zu bytes", limit);
            ost_err_place(error, ost_str_of(path), 0, 0, 0);
            return code;
        }
    }
}

ost_str ost_file_padded(ost_arena *arena, ost_str text)
{
    size_t bytes;
    char *copy =
        ost_size_add(text.len, OST_FILE_PADDING, &bytes) ? ost_arena_alloc(arena, bytes) : NULL;
    if (copy != NULL && text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    return (ost_str){copy, copy == NULL ? 0 : text.len};
}

ost_status ost_file_read(ost_arena *arena, const char *path, size_t limit_bytes, ost_str *out,
                         ost_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return io_error(error, path, "opened", errno);
    }
    struct stat about;
    reading r = {NULL, 0, 0};
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 &&
        (uintmax_t)about.st_size <= limit_bytes && (uintmax_t)about.st_size < SIZE_MAX) {
        r.room = (size_t)about.st_size + 1;
        r.bytes = malloc(r.room);
        r.room = r.bytes == NULL ? 0 : r.room;
    }
    ost_status code = read_all(file, path, limit_bytes, &r, error);
    if (code == OST_OK) {
        ost_str copy = ost_file_padded(arena, (ost_str){r.bytes, r.len});
        if (copy.ptr == NULL) {
            code = ost_err_memory(error, arena);
        } else {
            *out = copy;
        }
    }
    free(r.bytes);
    if (!standard) {
        (void)close(file);
    }
    return code;
}

bool ost_file_is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int by_bytes(const void *a, const void *b)
{
    return ost_str_compare(*(const ost_str *)a, *(const ost_str *)b);
}

static ost_status collect(ost_arena *arena, DIR *dir, const char *folder, ost_str **names,
                          size_t *count, ost_error *error)
{
    size_t capacity = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            return errno == 0 ? OST_OK : io_error(error, folder, "listed", errno);
        }
        if (entry->d_name[0] == '.') {
            continue;
        }
        ost_str *grown = ost_arena_grow(arena, *names, &capacity, *count + 1, sizeof **names);
        ost_str name = ost_str_copy(arena, ost_str_of(entry->d_name));
        if (grown == NULL || name.ptr == NULL) {
            return ost_err_memory(error, arena);
        }
        *names = grown;
        grown[(*count)++] = name;
    }
}

ost_status ost_file_list(ost_arena *arena, const char *folder, const ost_str **names, size_t *count,
                         ost_error *error)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return io_error(error, folder, "listed", errno);
    }
    ost_str *found = NULL;
    size_t found_count = 0;
    ost_status code = collect(arena, dir, folder, &found, &found_count, error);
    (void)closedir(dir);
    if (code == OST_OK) {
        if (found_count > 1) {
            qsort(found, found_count, sizeof *found, by_bytes);
        }
        *names = found;
        *count = found_count;
    }
    return code;
}

ost_str ost_file_join(ost_arena *arena, ost_str folder, ost_str name)
{
    bool slash = folder.len > 0 && folder.ptr[folder.len - 1] != '/';
    size_t len = folder.len + (slash ? 1 : 0) + name.len;
    char *path = ost_arena_alloc(arena, len + 1);
    if (path == NULL) {
        return (ost_str){NULL, 0};
    }
    if (folder.len > 0) {
        memcpy(path, folder.ptr, folder.len);
    }
    if (slash) {
        path[folder.len] = '/';
    }
    if (name.len > 0) {
        memcpy(path + len - name.len, name.ptr, name.len);
    }
    return (ost_str){path, len};
}
