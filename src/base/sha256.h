/* SHA-256 (FIPS 180-4): names the input and the content in every answer. */
#ifndef OST_BASE_SHA256_H
#define OST_BASE_SHA256_H

#include "base/str.h"

typedef struct ost_sha256 {
    uint32_t state[8];
    uint64_t len; /* bytes so far */
    unsigned char block[64];
    bool plain; /* without the processor's own instructions; tests set it */
} ost_sha256;

ost_sha256 ost_sha256_init(void);
void ost_sha256_add(ost_sha256 *hash, ost_str bytes);
/* Writes 64 lower-case hex digits and a NUL; the hash is used up. */
void ost_sha256_hex(ost_sha256 *hash, char out[65]);

#endif
