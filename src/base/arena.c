/* The arena: chunks of zeroed memory, filled from the bottom, released together.
 *
 *   arena ──▶ chunk (current) ──▶ chunk ──▶ ...        chunk: | header | used ... | zero ... |
 *
 * Memory above `used` is always zero (calloc, and reset clears what was used of the chunk it
 * keeps), so an allocation is an addition and a comparison. Large pieces get a chunk of their own,
 * behind the current one, so that its rest is not lost; only such a chunk may be raw, since it is
 * full at once. With OST_DEBUG_ARENA every allocation is a
 * chunk: memory checkers then see each end and each use after reset. */
#include "base/arena.h"

#include "base/compat.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_CHUNK = 8 * 1024, LARGEST_CHUNK = 1024 * 1024, POISON = 0xA5 };

typedef struct chunk {
    struct chunk *next;
    size_t capacity, used; /* bytes after the header */
    size_t spare;          /* keeps the header a multiple of ALIGNMENT */
} chunk;

typedef struct cleanup {
    struct cleanup *next;
    void (*run)(void *data);
    void *data;
} cleanup;

struct ost_arena {
    chunk *chunks; /* the first one is current */
    cleanup *cleanups;
    size_t used, limit, next_chunk;
    size_t fail_in; /* test hook: 0 = off */
    bool limit_hit, refused;
};

static unsigned char *chunk_bytes(chunk *c)
{
    return (unsigned char *)(c + 1);
}

ost_arena *ost_arena_new(size_t limit_bytes)
{
    ost_arena *arena = calloc(1, sizeof *arena);
    if (arena != NULL) {
        arena->limit = limit_bytes == 0 ? SIZE_MAX : limit_bytes;
        arena->next_chunk = FIRST_CHUNK;
    }
    return arena;
}

static void run_cleanups(ost_arena *arena)
{
    cleanup *next = arena->cleanups;
    arena->cleanups = NULL;
    while (next != NULL) {
        cleanup *now = next;
        next = now->next;
        now->run(now->data);
    }
}

static void release(chunk *c)
{
    while (c != NULL) {
        chunk *next = c->next;
#ifdef OST_DEBUG_ARENA
        memset(chunk_bytes(c), POISON, c->used);
#endif
        free(c);
        c = next;
    }
}

void ost_arena_free(ost_arena *arena)
{
    if (arena != NULL) {
        run_cleanups(arena);
        release(arena->chunks);
        free(arena);
    }
}

void ost_arena_reset(ost_arena *arena)
{
    run_cleanups(arena);
    chunk *kept = arena->chunks;
#ifdef OST_DEBUG_ARENA
    release(kept);
    kept = NULL;
#else
    if (kept != NULL) {
        release(kept->next);
        kept->next = NULL;
        memset(chunk_bytes(kept), 0, kept->used);
        kept->used = 0;
    }
#endif
    arena->chunks = kept;
    arena->used = 0;
    arena->limit_hit = false;
    arena->refused = false;
}

static chunk *new_chunk(size_t capacity, bool raw)
{
    size_t bytes;
    if (!ost_size_add(sizeof(chunk), capacity, &bytes)) {
        return NULL;
    }
    chunk *c = raw ? malloc(bytes) : calloc(1, bytes);
    if (c != NULL) {
        *c = (chunk){.capacity = capacity};
    }
    return c;
}

/* A chunk with at least `size` free bytes, linked into the arena; NULL when memory is short. */
static chunk *chunk_for(ost_arena *arena, size_t size, bool raw)
{
    chunk *current = arena->chunks;
#ifdef OST_DEBUG_ARENA
    bool own = true;
#else
    if (current != NULL && current->capacity - current->used >= size) {
        return current;
    }
    bool own = size > arena->next_chunk / 4;
#endif
    chunk *c = new_chunk(own ? size : arena->next_chunk, own && raw);
    if (c == NULL) {
        return NULL;
    }
    if (own && current != NULL) {
        c->next = current->next;
        current->next = c;
    } else {
        c->next = current;
        arena->chunks = c;
        if (arena->next_chunk < LARGEST_CHUNK) {
            arena->next_chunk *= 2;
        }
    }
    return c;
}

static void *refuse(ost_arena *arena)
{
    arena->refused = true;
    return NULL;
}

static OST_ALWAYS_INLINE void *allocate(ost_arena *arena, size_t size, bool raw)
{
    if (arena->fail_in > 0 && --arena->fail_in == 0) {
        return refuse(arena);
    }
    size_t padded, total;
    if (!ost_size_add(size == 0 ? 1 : size, ALIGNMENT - 1, &padded)) {
        return refuse(arena);
    }
    padded &= ~(size_t)(ALIGNMENT - 1);
    if (!ost_size_add(arena->used, padded, &total) || total > arena->limit) {
        arena->limit_hit = true;
        return refuse(arena);
    }
#ifdef OST_DEBUG_ARENA
    size_t taken = size == 0 ? 1 : size; /* not padded: a checker sees the true end */
#else
    size_t taken = padded;
#endif
    chunk *c = chunk_for(arena, taken, raw);
    if (c == NULL) {
        return refuse(arena);
    }
    void *result = chunk_bytes(c) + c->used;
    c->used += taken;
    arena->used = total;
    return result;
}

void *ost_arena_alloc(ost_arena *arena, size_t size)
{
    return allocate(arena, size, false);
}

void *ost_arena_alloc_raw(ost_arena *arena, size_t size)
{
    return allocate(arena, size, true);
}

void *ost_arena_array(ost_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (!ost_size_mul(count, size, &bytes)) {
        return NULL;
    }
    return ost_arena_alloc(arena, bytes);
}

void *ost_arena_array_raw(ost_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    return ost_size_mul(count, size, &bytes) ? ost_arena_alloc_raw(arena, bytes) : NULL;
}

void *ost_arena_copy(ost_arena *arena, const void *data, size_t size)
{
    size_t bytes;
    if (!ost_size_add(size, 1, &bytes)) {
        return NULL;
    }
    char *copy = ost_arena_alloc(arena, bytes);
    if (copy != NULL && size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

static void *grow(ost_arena *arena, void *items, size_t *capacity, size_t want, size_t item_size,
                  bool raw)
{
    if (items != NULL && want <= *capacity) {
        return items;
    }
    size_t room = *capacity > SIZE_MAX / 2 ? want : *capacity * 2;
    room = room < want ? want : room;
    room = room < 8 ? 8 : room;
    size_t bytes;
    void *moved = ost_size_mul(room, item_size, &bytes) ? allocate(arena, bytes, raw) : NULL;
    if (moved == NULL) {
        return NULL;
    }
    if (items != NULL && *capacity > 0) {
        memcpy(moved, items, *capacity * item_size);
    }
    *capacity = room;
    return moved;
}

void *ost_arena_grow(ost_arena *arena, void *items, size_t *capacity, size_t want, size_t item_size)
{
    return grow(arena, items, capacity, want, item_size, false);
}

void *ost_arena_grow_raw(ost_arena *arena, void *items, size_t *capacity, size_t want,
                         size_t item_size)
{
    return grow(arena, items, capacity, want, item_size, true);
}

bool ost_arena_on_reset(ost_arena *arena, void (*run)(void *data), void *data)
{
    cleanup *entry = ost_arena_alloc(arena, sizeof *entry);
    if (entry == NULL) {
        return false;
    }
    *entry = (cleanup){arena->cleanups, run, data};
    arena->cleanups = entry;
    return true;
}

size_t ost_arena_used(const ost_arena *arena)
{
    return arena->used;
}

bool ost_arena_limit_hit(const ost_arena *arena)
{
    return arena->limit_hit;
}

bool ost_arena_refused(const ost_arena *arena)
{
    return arena->refused;
}

void ost_arena_fail_at(ost_arena *arena, size_t nth)
{
    arena->fail_in = nth;
}
