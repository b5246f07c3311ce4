/* Stage 1 of reading JSON: the UTF-8 check and the structural index, made by simdjson. A C header
 * over the only C++ file of the tree.
 *
 * The index holds the byte offsets of { } [ ] : , and of the first byte of every string, number and
 * literal, in order: 200,000 of them in a bundle of 1.8 MB. Everything else is checked by
 * json.c. */
#ifndef OST_FHIR_JSON_SIMD_H
#define OST_FHIR_JSON_SIMD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ost_json_simd ost_json_simd;

typedef enum ost_json_stage1 {
    OST_JSON_STAGE1_OK,
    OST_JSON_STAGE1_BAD,   /* not UTF-8, a control character in a string, or an open string */
    OST_JSON_STAGE1_MEMORY /* no room for the index */
} ost_json_stage1;

enum { OST_JSON_PADDING = 64 }; /* readable bytes after the text */

ost_json_simd *ost_json_simd_new(void); /* NULL when memory is short; owned by the caller */
void ost_json_simd_free(ost_json_simd *simd);
/* text: `len` bytes and OST_JSON_PADDING readable ones after them. The index belongs to `simd`,
 * lives until its next use, and has `len` as one more item at its end. */
ost_json_stage1 ost_json_simd_index(ost_json_simd *simd, const char *text, size_t len,
                                    const uint32_t **index, uint32_t *count);

#ifdef __cplusplus
}
#endif
#endif
