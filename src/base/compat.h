/* The only place for compiler extensions. */
#ifndef OST_BASE_COMPAT_H
#define OST_BASE_COMPAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 128-bit integers hold every scaled CQL decimal (28 digits); __extension__ keeps -Wpedantic
 * quiet. */
__extension__ typedef __int128 ost_i128;
__extension__ typedef unsigned __int128 ost_u128;

#define OST_PRINTF(format_arg, first_arg) __attribute__((format(printf, format_arg, first_arg)))
/* For the few functions of a measured inner loop (each says so). */
#define OST_ALWAYS_INLINE inline __attribute__((always_inline))
/* For loops whose next items lie far apart: the bytes at `address` will be read soon. */
#define OST_PREFETCH(address) __builtin_prefetch(address)
/* For what hardly ever happens in such a loop: the usual way stays straight. */
#define OST_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define OST_ARRAY_LEN(array)    (sizeof(array) / sizeof((array)[0]))

/* A function for processors that have more than the build asks for; the caller checks at run
 * time. */
#if defined(__x86_64__)
#define OST_X86             1
#define OST_TARGET(feature) __attribute__((target(feature)))
#else
#define OST_X86 0
#endif

/* Checked size arithmetic: false and `out` untouched when the result does not fit. */
static inline bool ost_size_add(size_t a, size_t b, size_t *out)
{
    if (a > SIZE_MAX - b) {
        return false;
    }
    *out = a + b;
    return true;
}

static inline bool ost_size_mul(size_t a, size_t b, size_t *out)
{
    if (b != 0 && a > SIZE_MAX / b) {
        return false;
    }
    *out = a * b;
    return true;
}

#endif
