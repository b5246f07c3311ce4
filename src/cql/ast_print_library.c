/* A whole library as CQL: its declarations in source order, the context where it changes. */
#include "cql/ast_print.h"

static void print_version(ost_buf *out, ost_str version)
{
    if (version.len > 0) {
        ost_buf_text(out, " version ");
        ost_ast_print_text(out, version);
    }
}

static void print_display(ost_buf *out, ost_str display)
{
    if (display.ptr) {
        ost_buf_text(out, " display ");
        ost_ast_print_text(out, display);
    }
}

static void print_paths(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "{ ");
    for (size_t i = 0; i < node->count; i++) {
        ost_buf_text(out, i ? ", " : "");
        ost_ast_print(out, node->kids[i]);
    }
    ost_buf_text(out, " }");
}

/* keyword "name": 'uri' */
static void print_head(ost_buf *out, const ost_ast *node, const char *keyword)
{
    ost_buf_text(out, node->flags & OST_AST_F_PRIVATE ? "private " : "");
    ost_buf_text(out, keyword);
    ost_buf_char(out, ' ');
    ost_ast_print_name(out, node->text, true);
    ost_buf_text(out, ": ");
    if (node->uri.ptr) {
        ost_ast_print_text(out, node->uri);
    }
}

static void print_terminology(ost_buf *out, const ost_ast *node)
{
    switch ((int)node->kind) {
    case OST_AST_CODESYSTEM:
        print_head(out, node, "codesystem");
        print_version(out, node->unit);
        break;
    case OST_AST_VALUESET:
        print_head(out, node, "valueset");
        print_version(out, node->unit);
        if (node->count > 0) {
            ost_buf_text(out, " codesystems ");
            print_paths(out, node);
        }
        break;
    case OST_AST_CODE_DEF:
        print_head(out, node, "code");
        ost_buf_text(out, " from ");
        ost_ast_print(out, node->kids[0]);
        print_display(out, node->unit);
        break;
    default:
        print_head(out, node, "concept");
        print_paths(out, node);
        print_display(out, node->unit);
        break;
    }
}

static void print_parameter(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->flags & OST_AST_F_PRIVATE ? "private parameter " : "parameter ");
    ost_ast_print_name(out, node->text, true);
    if (node->kids[0]) {
        ost_buf_char(out, ' ');
        ost_ast_print(out, node->kids[0]);
    }
    if (node->kids[1]) {
        ost_buf_text(out, " default ");
        ost_ast_print(out, node->kids[1]);
    }
}

static void print_function(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->flags & OST_AST_F_FLUENT ? "fluent function " : "function ");
    ost_ast_print_name(out, node->text, true);
    ost_buf_char(out, '(');
    for (size_t i = 2; i < node->count; i++) {
        ost_buf_text(out, i > 2 ? ", " : "");
        ost_ast_print_name(out, node->kids[i]->text, false);
        ost_buf_char(out, ' ');
        ost_ast_print(out, node->kids[i]->kids[0]);
    }
    ost_buf_char(out, ')');
    if (node->kids[1]) {
        ost_buf_text(out, " returns ");
        ost_ast_print(out, node->kids[1]);
    }
    ost_buf_text(out, ": ");
    if (node->kids[0]) {
        ost_ast_print(out, node->kids[0]);
    } else {
        ost_buf_text(out, "external");
    }
}

static void print_define(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->flags & OST_AST_F_PRIVATE ? "define private " : "define ");
    if (node->kind == OST_AST_FUNCTION) {
        print_function(out, node);
        return;
    }
    ost_ast_print_name(out, node->text, true);
    ost_buf_text(out, ": ");
    ost_ast_print(out, node->kids[0]);
}

static void print_reference(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->kind == OST_AST_USING ? "using " : "include ");
    ost_ast_print_dotted(out, node->text);
    print_version(out, node->unit);
    if (node->alias.len > 0) {
        ost_buf_text(out, " called ");
        ost_ast_print_name(out, node->alias, false);
    }
}

static void print_declaration(ost_buf *out, const ost_ast *node)
{
    switch ((int)node->kind) {
    case OST_AST_USING:
    case OST_AST_INCLUDE:
        print_reference(out, node);
        break;
    case OST_AST_PARAMETER:
        print_parameter(out, node);
        break;
    case OST_AST_DEFINE:
    case OST_AST_FUNCTION:
        print_define(out, node);
        break;
    default:
        print_terminology(out, node);
        break;
    }
    ost_buf_char(out, '\n');
}

void ost_library_print(ost_buf *out, const ost_library *library)
{
    ost_str context = {NULL, 0};
    if (library->name.len > 0) {
        ost_buf_text(out, "library ");
        ost_ast_print_dotted(out, library->name);
        print_version(out, library->version);
        ost_buf_char(out, '\n');
    }
    for (size_t i = 0; i < library->count; i++) {
        const ost_ast *node = library->declarations[i];
        bool statement = node->kind == OST_AST_DEFINE || node->kind == OST_AST_FUNCTION;
        if (statement && !ost_str_equal(node->unit, context)) {
            context = node->unit;
            ost_buf_text(out, "context ");
            ost_ast_print_name(out, context, false);
            ost_buf_char(out, '\n');
        }
        print_declaration(out, node);
    }
}
