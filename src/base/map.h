/* String -> uint32 hash map in an arena: open addressing, keys borrowed, insertion order kept by
 * the caller's ids. Iteration is not offered: order must never come from a hash. */
#ifndef OST_BASE_MAP_H
#define OST_BASE_MAP_H

#include "base/str.h"

typedef struct ost_map_slot {
    ost_str key;
    uint32_t value;
    bool used;
} ost_map_slot;

typedef struct ost_map {
    ost_arena *arena;
    ost_map_slot *slots;
    size_t count, capacity;
} ost_map;

#define OST_MAP_NONE UINT32_MAX

ost_map ost_map_init(ost_arena *arena);
/* Adds or replaces. False when memory is short. The key's bytes must live as long as the map. */
bool ost_map_put(ost_map *map, ost_str key, uint32_t value);
/* Makes room for `count` keys in all, so that they are put without moving the others. */
bool ost_map_reserve(ost_map *map, size_t count);
/* The value of the key, which is put with `value` when it is new. NULL when memory is short; valid
 * until the next put. */
uint32_t *ost_map_enter(ost_map *map, ost_str key, uint32_t value);
/* The map's own hash, for tables whose keys have several parts. */
uint64_t ost_map_hash(ost_str key, uint64_t seed);
/* OST_MAP_NONE when absent. */
uint32_t ost_map_get(const ost_map *map, ost_str key);

#endif
