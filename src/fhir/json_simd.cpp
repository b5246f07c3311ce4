/* simdjson's stage 1 behind json_simd.h. It is an internal interface of that library: only 3.0 is
 * known to fit, and anything else does not compile. The library picks the kernel for the processor
 * at run time. */
#include "fhir/json_simd.h"

#include <memory>
#include <new>
#include <simdjson.h>

static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3 && simdjson::SIMDJSON_VERSION_MINOR == 0,
              "json_simd.cpp is written for simdjson 3.0");
static_assert(OST_JSON_PADDING >= simdjson::SIMDJSON_PADDING, "the padding is too short");

using simdjson::internal::dom_parser_implementation;

struct ost_json_simd {
    std::unique_ptr<dom_parser_implementation> parser;
};

ost_json_simd *ost_json_simd_new(void)
{
    return new (std::nothrow) ost_json_simd();
}

void ost_json_simd_free(ost_json_simd *simd)
{
    delete simd;
}

/* Room for `len` bytes; it grows by half, so that a row of documents does not allocate each
 * time. */
static bool reserve(ost_json_simd *simd, size_t len)
{
    if (simd->parser != nullptr && len <= simd->parser->capacity()) {
        return true;
    }
    size_t capacity = len < 4096 ? 4096 : len;
    if (simd->parser == nullptr) {
        const simdjson::implementation *kernel = simdjson::get_active_implementation();
        return kernel->create_dom_parser_implementation(capacity, 1, simd->parser) ==
               simdjson::SUCCESS;
    }
    return simd->parser->set_capacity(capacity + capacity / 2) == simdjson::SUCCESS;
}

ost_json_stage1 ost_json_simd_index(ost_json_simd *simd, const char *text, size_t len,
                                    const uint32_t **index, uint32_t *count)
{
    if (!reserve(simd, len)) {
        return OST_JSON_STAGE1_MEMORY;
    }
    dom_parser_implementation &parser = *simd->parser;
    simdjson::error_code code =
        parser.stage1(reinterpret_cast<const uint8_t *>(text), len, simdjson::stage1_mode::regular);
    if (code != simdjson::SUCCESS) {
        return code == simdjson::MEMALLOC ? OST_JSON_STAGE1_MEMORY : OST_JSON_STAGE1_BAD;
    }
    /* The library allocates nine items more than there are bytes. */
    parser.structural_indexes[parser.n_structural_indexes] = static_cast<uint32_t>(len);
    *index = parser.structural_indexes.get();
    *count = parser.n_structural_indexes;
    return OST_JSON_STAGE1_OK;
}
