/* simdjson's DOM parse with its buffers reused, as its documentation recommends. */
#include "bench_json.h"

#include <new>
#include <simdjson.h>

struct bench_dom {
    simdjson::dom::parser parser;
};

bench_dom *bench_dom_new(void)
{
    return new (std::nothrow) bench_dom();
}

void bench_dom_free(bench_dom *dom)
{
    delete dom;
}

int bench_dom_parse(bench_dom *dom, const char *text, size_t len)
{
    simdjson::dom::element element;
    if (dom->parser.parse(text, len, false).get(element) != simdjson::SUCCESS) {
        return -1;
    }
    simdjson::dom::object object;
    return element.get(object) == simdjson::SUCCESS ? static_cast<int>(object.size()) : -1;
}
