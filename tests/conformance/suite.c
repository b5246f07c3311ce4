/* Reads the XML of the conformance tests with Expat (format: testSchema.xsd of the suite).
 * Elements that say something about a test but do not change it (capability, notes, group) are
 * passed over. */
#include "suite.h"

#include "base/buf.h"

#include <expat.h>

typedef struct reader {
    ost_arena *arena;
    suite *out;
    suite_test test;
    ost_str file;
    XML_Parser parser;
    ost_buf text;
    bool in_text, failed;
} reader;

static const char *attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return "";
}

static void start(void *data, const char *name, const char **attributes)
{
    reader *r = data;
    const char *const *list = (const char *const *)attributes;
    if (strcmp(name, "test") == 0) {
        r->test = (suite_test){.file = r->file,
                               .name = ost_str_copy(r->arena, ost_str_of(attribute(list, "name"))),
                               .line = (uint32_t)XML_GetCurrentLineNumber(r->parser)};
    }
    if (strcmp(name, "expression") == 0) {
        r->test.invalid = ost_str_copy(r->arena, ost_str_of(attribute(list, "invalid")));
    }
    if (strcmp(name, "expression") == 0 || strcmp(name, "output") == 0) {
        r->in_text = true;
        r->text = ost_buf_init(r->arena);
    }
}

static void characters(void *data, const char *text, int length)
{
    reader *r = data;
    if (r->in_text) {
        ost_buf_add(&r->text, (ost_str){text, (size_t)length});
    }
}

static void add_test(reader *r)
{
    suite_test *grown = ost_arena_grow(r->arena, r->out->tests, &r->out->capacity,
                                       r->out->count + 1, sizeof *grown);
    if (!grown) {
        r->failed = true;
        return;
    }
    r->out->tests = grown;
    grown[r->out->count++] = r->test;
}

static void end(void *data, const char *name)
{
    reader *r = data;
    if (strcmp(name, "expression") == 0) {
        r->test.expression = ost_buf_str(&r->text);
        r->in_text = false;
    } else if (strcmp(name, "output") == 0) {
        r->test.output = ost_buf_str(&r->text);
        r->in_text = false;
    } else if (strcmp(name, "test") == 0) {
        add_test(r);
    }
}

ost_status suite_read(ost_arena *arena, ost_str file, ost_str xml, suite *out, ost_error *error)
{
    reader r = {.arena = arena, .out = out, .file = file, .parser = XML_ParserCreate("UTF-8")};
    if (!r.parser || xml.len > INT32_MAX) {
        return ost_err_memory(error, arena);
    }
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, start, end);
    XML_SetCharacterDataHandler(r.parser, characters);
    ost_status status = OST_OK;
    if (XML_Parse(r.parser, xml.ptr, (int)xml.len, 1) == XML_STATUS_ERROR) {
        status =
            ost_err_set(error, OST_E_SYNTAX, "%s", XML_ErrorString(XML_GetErrorCode(r.parser)));
        ost_err_place(error, file, (uint32_t)XML_GetCurrentLineNumber(r.parser),
                      (uint32_t)XML_GetCurrentColumnNumber(r.parser) + 1, 0);
    } else if (r.failed) {
        status = ost_err_memory(error, arena);
    }
    XML_ParserFree(r.parser);
    return status;
}
