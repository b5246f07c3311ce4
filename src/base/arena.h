/* Memory with one owner: chunks that are released together.
 *
 * Three life spans use it: library (compiled content), request (one patient, one call), scratch
 * (one definition). There is no single free. An arena has a byte limit; past it, and when malloc
 * fails, allocation returns NULL, which callers turn into OST_E_MEMORY or OST_E_LIMIT.
 * In builds with OST_DEBUG_ARENA every allocation is its own malloc, so that memory checkers see
 * it. */
#ifndef OST_BASE_ARENA_H
#define OST_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ost_arena ost_arena;

/* limit_bytes: 0 = no limit. Returns NULL when memory is short. Owned by the caller. */
ost_arena *ost_arena_new(size_t limit_bytes);
void ost_arena_free(ost_arena *arena);
/* Releases all allocations and runs cleanups, keeps the arena for reuse. */
void ost_arena_reset(ost_arena *arena);

/* Zeroed, aligned to 16 bytes; NULL on failure. size 0 gives a unique non-NULL pointer. */
void *ost_arena_alloc(ost_arena *arena, size_t size);
/* count * size with overflow check. */
void *ost_arena_array(ost_arena *arena, size_t count, size_t size);
/* Like ost_arena_alloc, but large pieces are not zeroed: for what is filled at once. */
void *ost_arena_alloc_raw(ost_arena *arena, size_t size);
void *ost_arena_array_raw(ost_arena *arena, size_t count, size_t size);
/* Copy of `size` bytes, with a NUL after them that is not counted. */
void *ost_arena_copy(ost_arena *arena, const void *data, size_t size);
/* Grow an array to at least `want` items (doubling); moves it when needed. The old memory stays
 * until reset. Returns the array or NULL; *capacity is updated. */
void *ost_arena_grow(ost_arena *arena, void *items, size_t *capacity, size_t want,
                     size_t item_size);
/* The same; the new items are not zeroed. */
void *ost_arena_grow_raw(ost_arena *arena, void *items, size_t *capacity, size_t want,
                         size_t item_size);
/* Runs cleanup(data) at reset or free, last registered first. False when memory is short. */
bool ost_arena_on_reset(ost_arena *arena, void (*cleanup)(void *data), void *data);

size_t ost_arena_used(const ost_arena *arena);
/* True once an allocation was refused because of the byte limit (not of malloc). */
bool ost_arena_limit_hit(const ost_arena *arena);
/* True once any allocation was refused, for whatever reason. */
bool ost_arena_refused(const ost_arena *arena);

/* Test hook: the n-th allocation from now fails (1 = the next); 0 switches it off. */
void ost_arena_fail_at(ost_arena *arena, size_t nth);

#endif
