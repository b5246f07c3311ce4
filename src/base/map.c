/* The hash map: open addressing with linear steps, capacity a power of two, at most 3/4 full. The
 * seed is the address of the first slot array, so that nobody can prepare keys that all collide;
 * nothing that is seen outside depends on it, since the map is never iterated. */
#include "base/map.h"

#include "base/compat.h"

ost_map ost_map_init(ost_arena *arena)
{
    return (ost_map){.arena = arena};
}

static uint64_t load8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Both halves of the product, folded. */
static uint64_t mix(uint64_t a, uint64_t b)
{
    ost_u128 product = (ost_u128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Up to eight bytes as a number; the length tells apart what this does not. */
static uint64_t few_bytes(const char *bytes, size_t len)
{
    if (len >= 4) {
        uint32_t first, last;
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + len - 4, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    if (len == 0) {
        return 0;
    }
    uint64_t first = (unsigned char)bytes[0], middle = (unsigned char)bytes[len / 2];
    return first << 16 | middle << 8 | (unsigned char)bytes[len - 1];
}

/* Sixteen bytes a step, the last ones overlapping: keys are mostly URLs and ids of fifty bytes. */
uint64_t ost_map_hash(ost_str key, uint64_t seed)
{
    static const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15), other = UINT64_C(0xD6E8FEB86659FD93);
    uint64_t hash = mix(seed ^ odd, key.len ^ other);
    if (key.len <= 8) {
        return mix(hash ^ few_bytes(key.ptr, key.len), other);
    }
    const char *at = key.ptr;
    for (size_t left = key.len; left > 16; left -= 16, at += 16) {
        hash = mix(hash ^ load8(at), load8(at + 8) ^ odd);
    }
    size_t left = key.len - (size_t)(at - key.ptr);
    const char *last = key.ptr + key.len - 8;
    hash = mix(hash ^ load8(last), left > 8 ? load8(at) ^ odd : odd);
    return mix(hash, other);
}

/* The slot that holds the key, or the free one where it belongs. */
static ost_map_slot *slot_of(ost_map_slot *slots, size_t capacity, ost_str key)
{
    size_t mask = capacity - 1;
    size_t at = (size_t)ost_map_hash(key, (uint64_t)(uintptr_t)slots) & mask;
    while (slots[at].used && !ost_str_equal(slots[at].key, key)) {
        at = (at + 1) & mask;
    }
    return &slots[at];
}

static bool rehash(ost_map *map, size_t capacity)
{
    ost_map_slot *slots = ost_arena_array(map->arena, capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].used) {
            *slot_of(slots, capacity, map->slots[i].key) = map->slots[i];
        }
    }
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

bool ost_map_reserve(ost_map *map, size_t count)
{
    size_t capacity = map->capacity == 0 ? 16 : map->capacity;
    while (count > capacity / 4 * 3) {
        if (!ost_size_mul(capacity, 2, &capacity)) {
            return false;
        }
    }
    return capacity == map->capacity || rehash(map, capacity);
}

/* The slot of the key, which may be free; NULL when memory is short. */
static ost_map_slot *slot_to_fill(ost_map *map, ost_str key)
{
    return ost_map_reserve(map, map->count + 1) ? slot_of(map->slots, map->capacity, key) : NULL;
}

uint32_t *ost_map_enter(ost_map *map, ost_str key, uint32_t value)
{
    ost_map_slot *slot = slot_to_fill(map, key);
    if (slot == NULL) {
        return NULL;
    }
    if (!slot->used) {
        map->count++;
        *slot = (ost_map_slot){key, value, true};
    }
    return &slot->value;
}

bool ost_map_put(ost_map *map, ost_str key, uint32_t value)
{
    ost_map_slot *slot = slot_to_fill(map, key);
    if (slot == NULL) {
        return false;
    }
    map->count += slot->used ? 0 : 1;
    *slot = (ost_map_slot){key, value, true};
    return true;
}

uint32_t ost_map_get(const ost_map *map, ost_str key)
{
    if (map->count == 0) {
        return OST_MAP_NONE;
    }
    const ost_map_slot *slot = slot_of(map->slots, map->capacity, key);
    return slot->used ? slot->value : OST_MAP_NONE;
}
