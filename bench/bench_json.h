/* The yardstick of the JSON benchmark: simdjson's own DOM parser. */
#ifndef OST_BENCH_JSON_H
#define OST_BENCH_JSON_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_dom bench_dom;

/* text: `len` bytes and 64 readable ones after them. NULL when memory is short. */
bench_dom *bench_dom_new(void);
void bench_dom_free(bench_dom *dom);
/* Parses the whole text; the number of its top-level members, or -1. */
int bench_dom_parse(bench_dom *dom, const char *text, size_t len);

#ifdef __cplusplus
}
#endif
#endif
