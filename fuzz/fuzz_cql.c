/* CQL text from anywhere, read as a library and as an expression.
 *
 * Nothing may crash, hang or leave its limits, and these must hold: an error has a place inside the
 * text; what parses without error prints as text that parses and prints the same again, unless the
 * printed text, which has more brackets, meets a limit. */
#include "cql/ast.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 256 << 20, TEXT_MAX = 1 << 16 };

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* The text printed; ptr NULL when it has errors or memory is short. */
static ost_str print(ost_arena *arena, ost_str text, bool library, ost_diagnostics *diagnostics)
{
    ost_buf out = ost_buf_init(arena);
    ost_str none = {NULL, 0};

    if (library) {
        const ost_library *parsed = ost_cql_parse(arena, OST_STR("fuzz"), text, diagnostics);
        if (parsed == NULL || diagnostics->count > 0) {
            return none;
        }
        ost_library_print(&out, parsed);
    } else {
        const ost_ast *parsed = ost_cql_parse_expression(arena, OST_STR("fuzz"), text, diagnostics);
        if (parsed == NULL) {
            return none;
        }
        ost_ast_print(&out, parsed);
    }
    return ost_buf_str(&out);
}

static void check_places(const ost_diagnostics *diagnostics, ost_str text, ost_arena *arena)
{
    must(diagnostics->count <= OST_DIAGNOSTICS_MAX);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const ost_error *error = &diagnostics->items[i];
        ost_buf shown = ost_buf_init(arena);
        must(error->code == OST_E_SYNTAX || error->code == OST_E_LIMIT ||
             error->code == OST_E_MEMORY);
        must(error->line > 0 && error->column > 0 && error->offset <= text.len);
        must(error->message[0] != '\0');
        ost_diagnostic_print(&shown, error, text);
    }
}

static void check(ost_str text, bool library)
{
    ost_arena *arena = ost_arena_new(ARENA_BYTES);
    ost_diagnostics first = {.arena = arena}, second = {.arena = arena};

    if (arena == NULL) {
        return;
    }
    ost_str once = print(arena, text, library, &first);
    check_places(&first, text, arena);
    if (once.ptr != NULL) {
        ost_str again = print(arena, once, library, &second);
        bool limit =
            ost_arena_limit_hit(arena) || (second.count > 0 && second.items[0].code == OST_E_LIMIT);
        must(limit || (again.ptr != NULL && ost_str_equal(once, again)));
    }
    ost_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ost_str text = {(const char *)data, size};

    if (size <= TEXT_MAX) {
        check(text, true);
        check(text, false);
    }
    return 0;
}
