/* What the two files of the printer give each other. Private to ast_print*.c. */
#ifndef OST_CQL_AST_PRINT_H
#define OST_CQL_AST_PRINT_H

#include "cql/ast.h"

/* A name as the grammar takes it everywhere: quoted when it is no plain word, a keyword, or
 * asked for. */
void ost_ast_print_name(ost_buf *out, ost_str name, bool quoted);
/* a.b.c, each part a name. */
void ost_ast_print_dotted(ost_buf *out, ost_str name);
void ost_ast_print_text(ost_buf *out, ost_str text); /* 'text' */

#endif
