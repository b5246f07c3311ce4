/* A syntax tree as CQL, every operator in parentheses, so that parsing the text again gives the
 * same tree. Names that the grammar might read as something else are quoted. */
#include "cql/ast_print.h"

#include "cql/lex.h"

static void print_quoted(ost_buf *out, ost_str text, char quote)
{
    static const char named[] = "\n\r\t\f", letters[] = "nrtf";
    ost_buf_char(out, quote);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *found = c ? strchr(named, c) : NULL;
        if (c == quote || c == '\\') {
            ost_buf_char(out, '\\');
            ost_buf_char(out, c);
        } else if (found) {
            ost_buf_char(out, '\\');
            ost_buf_char(out, letters[found - named]);
        } else if ((unsigned char)c < 0x20) {
            ost_buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
        } else {
            ost_buf_char(out, c);
        }
    }
    ost_buf_char(out, quote);
}

void ost_ast_print_text(ost_buf *out, ost_str text)
{
    print_quoted(out, text, '\'');
}

static bool is_plain(ost_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (i == 0 || c < '0' || c > '9')) {
            return false;
        }
    }
    /* Words that start a phrase in some places only. */
    static const char *const phrases[] = {"included", "such",   "on",      "less",
                                          "more",     "Choice", "returns", "external"};
    for (size_t i = 0; i < OST_ARRAY_LEN(phrases); i++) {
        if (ost_str_is(name, phrases[i])) {
            return false;
        }
    }
    return name.len > 0 && ost_word_find(name) == OST_WORD_COUNT;
}

void ost_ast_print_name(ost_buf *out, ost_str name, bool quoted)
{
    if (quoted || !is_plain(name)) {
        print_quoted(out, name, '"');
    } else {
        ost_buf_add(out, name);
    }
}

void ost_ast_print_dotted(ost_buf *out, ost_str name)
{
    ost_str part, rest = name;
    bool first = true;
    if (name.len == 0 || name.ptr[0] == '.' || name.ptr[name.len - 1] == '.' ||
        ost_str_find(name, OST_STR(".."), 0) != SIZE_MAX) {
        ost_ast_print_name(out, name, true); /* it was one quoted name */
        return;
    }
    while (ost_str_next(&rest, '.', &part)) {
        ost_buf_text(out, first ? "" : ".");
        ost_ast_print_name(out, part, false);
        first = false;
    }
}

/* How an operator is written: before, between and after its operands. `unit`: the plural or
 * singular of the precision goes in front. */
static const struct form {
    const char *name, *before, *between, *after;
} forms[] = {{"And", "", " and ", ""},
             {"Or", "", " or ", ""},
             {"Xor", "", " xor ", ""},
             {"Implies", "", " implies ", ""},
             {"Not", "not ", "", ""},
             {"IsNull", "", "", " is null"},
             {"IsTrue", "", "", " is true"},
             {"IsFalse", "", "", " is false"},
             {"Equal", "", " = ", ""},
             {"NotEqual", "", " != ", ""},
             {"Equivalent", "", " ~ ", ""},
             {"NotEquivalent", "", " !~ ", ""},
             {"Less", "", " < ", ""},
             {"LessOrEqual", "", " <= ", ""},
             {"Greater", "", " > ", ""},
             {"GreaterOrEqual", "", " >= ", ""},
             {"Add", "", " + ", ""},
             {"Subtract", "", " - ", ""},
             {"Concatenate", "", " & ", ""},
             {"Multiply", "", " * ", ""},
             {"Divide", "", " / ", ""},
             {"TruncatedDivide", "", " div ", ""},
             {"Modulo", "", " mod ", ""},
             {"Power", "", " ^ ", ""},
             {"Negate", "-", "", ""},
             {"Exists", "exists ", "", ""},
             {"Union", "", " union ", ""},
             {"Intersect", "", " intersect ", ""},
             {"Except", "", " except ", ""},
             {"In", "", " in ", ""},
             {"Contains", "", " contains ", ""},
             {"ProperIn", "", " properly in ", ""},
             {"ProperContains", "", " properly contains ", ""},
             {"Start", "start of ", "", ""},
             {"End", "end of ", "", ""},
             {"Width", "width of ", "", ""},
             {"Successor", "successor of ", "", ""},
             {"Predecessor", "predecessor of ", "", ""},
             {"SingletonFrom", "singleton from ", "", ""},
             {"PointFrom", "point from ", "", ""},
             {"DateFrom", "date from ", "", ""},
             {"TimeFrom", "time from ", "", ""},
             {"TimezoneOffsetFrom", "timezoneoffset from ", "", ""},
             {"ComponentFrom", " from ", "", ""},
             {"DurationBetween", "s between ", " and ", ""},
             {"DifferenceBetween", "s between ", " and ", ""},
             {"Distinct", "distinct ", "", ""},
             {"Flatten", "flatten ", "", ""},
             {"Collapse", "collapse ", " per ", ""},
             {"Expand", "expand ", " per ", ""}};

static void print_operator(ost_buf *out, const ost_ast *node)
{
    const struct form *form = NULL;
    for (size_t i = 0; i < OST_ARRAY_LEN(forms) && !form; i++) {
        form = ost_str_is(node->text, forms[i].name) ? &forms[i] : NULL;
    }
    if (!form || node->count == 0) {
        return;
    }
    bool unit_first = node->precision != OST_UNIT_NONE && form->before[0];
    ost_buf_char(out, '(');
    ost_buf_text(out, ost_str_is(node->text, "DifferenceBetween") ? "difference in " : "");
    ost_buf_text(out, unit_first ? ost_time_unit_name(node->precision) : "");
    ost_buf_text(out, form->before);
    ost_ast_print(out, node->kids[0]);
    if (node->count > 1) {
        ost_buf_text(out, form->between);
        if (node->precision != OST_UNIT_NONE && !unit_first) {
            ost_buf_printf(out, "%s of ", ost_time_unit_name(node->precision));
        }
        ost_ast_print(out, node->kids[1]);
    }
    ost_buf_text(out, form->after);
    ost_buf_char(out, ')');
}

static void print_quantity(ost_buf *out, const ost_ast *node)
{
    ost_buf_add(out, node->text);
    if (!node->unit.ptr) {
        return;
    }
    ost_buf_char(out, ' ');
    /* A calendar word and the same text in quotes mean the same. */
    ost_word word = ost_word_find(node->unit);
    static const uint8_t units[] = {
        OST_WORD_YEAR,   OST_WORD_YEARS,   OST_WORD_MONTH,       OST_WORD_MONTHS,
        OST_WORD_WEEK,   OST_WORD_WEEKS,   OST_WORD_DAY,         OST_WORD_DAYS,
        OST_WORD_HOUR,   OST_WORD_HOURS,   OST_WORD_MINUTE,      OST_WORD_MINUTES,
        OST_WORD_SECOND, OST_WORD_SECONDS, OST_WORD_MILLISECOND, OST_WORD_MILLISECONDS};
    if (word != OST_WORD_COUNT && memchr(units, (int)word, sizeof units)) {
        ost_buf_add(out, node->unit);
    } else {
        ost_ast_print_text(out, node->unit);
    }
}

static void print_timing_phrase(ost_buf *out, const ost_ast_timing *t)
{
    static const char *const edges[] = {[OST_EDGE_NONE] = "",
                                        [OST_EDGE_START] = "starts ",
                                        [OST_EDGE_END] = "ends ",
                                        [OST_EDGE_OCCURS] = "occurs "};
    static const char *const words[] = {
        [OST_REL_SAME] = "same",          [OST_REL_BEFORE] = "before",
        [OST_REL_AFTER] = "after",        [OST_REL_INCLUDES] = "includes",
        [OST_REL_INCLUDED_IN] = "during", [OST_REL_WITHIN] = "within",
        [OST_REL_MEETS] = "meets",        [OST_REL_OVERLAPS] = "overlaps",
        [OST_REL_STARTS] = "starts",      [OST_REL_ENDS] = "ends"};
    ost_buf_text(out, edges[t->left_edge]);
    ost_buf_text(out, t->properly ? "properly " : "");
    if (t->quantity && t->relation != OST_REL_WITHIN) {
        ost_buf_text(out, t->bound == OST_BOUND_MORE_THAN   ? "more than "
                          : t->bound == OST_BOUND_LESS_THAN ? "less than "
                                                            : "");
        print_quantity(out, t->quantity);
        ost_buf_text(out, t->bound == OST_BOUND_OR_MORE   ? " or more "
                          : t->bound == OST_BOUND_OR_LESS ? " or less "
                                                          : " ");
    }
    ost_buf_text(out, t->or_same ? "on or " : "");
    ost_buf_text(out, words[t->relation]);
    if (t->quantity && t->relation == OST_REL_WITHIN) {
        ost_buf_char(out, ' ');
        print_quantity(out, t->quantity);
        ost_buf_text(out, " of");
    }
    ost_buf_text(out, t->side_before ? " before" : t->side_after ? " after" : "");
    if (t->precision != OST_UNIT_NONE) {
        ost_buf_printf(out, " %s%s", ost_time_unit_name(t->precision),
                       t->relation == OST_REL_SAME ? "" : " of");
    }
    if (t->relation == OST_REL_SAME) {
        ost_buf_text(out, t->or_before ? " or before" : t->or_after ? " or after" : " as");
    }
    ost_buf_text(out, t->right_edge == OST_EDGE_START ? " start of"
                      : t->right_edge == OST_EDGE_END ? " end of"
                                                      : "");
}

static void print_timing(ost_buf *out, const ost_ast *node)
{
    ost_buf_char(out, '(');
    ost_ast_print(out, node->kids[0]);
    ost_buf_char(out, ' ');
    print_timing_phrase(out, node->timing);
    ost_buf_char(out, ' ');
    ost_ast_print(out, node->kids[1]);
    ost_buf_char(out, ')');
}

/* kids[from..] with ", " between. */
static void print_kids(ost_buf *out, const ost_ast *node, size_t from)
{
    for (size_t i = from; i < node->count; i++) {
        ost_buf_text(out, i > from ? ", " : "");
        ost_ast_print(out, node->kids[i]);
    }
}

static void print_invoke(ost_buf *out, const ost_ast *node)
{
    if (node->kids[0]) {
        ost_ast_print(out, node->kids[0]);
        ost_buf_char(out, '.');
    }
    ost_ast_print_name(out, node->text, false);
    ost_buf_char(out, '(');
    print_kids(out, node, 1);
    ost_buf_char(out, ')');
}

static void print_case(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "(case");
    if (node->kids[0]) {
        ost_buf_char(out, ' ');
        ost_ast_print(out, node->kids[0]);
    }
    for (size_t i = 1; i + 1 < node->count; i++) {
        ost_buf_text(out, i % 2 ? " when " : " then ");
        ost_ast_print(out, node->kids[i]);
    }
    ost_buf_text(out, " else ");
    ost_ast_print(out, node->kids[node->count - 1]);
    ost_buf_text(out, " end)");
}

static void print_if(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "(if ");
    ost_ast_print(out, node->kids[0]);
    ost_buf_text(out, " then ");
    ost_ast_print(out, node->kids[1]);
    ost_buf_text(out, " else ");
    ost_ast_print(out, node->kids[2]);
    ost_buf_char(out, ')');
}

/* before kids[0] between kids[1]). */
static void print_two(ost_buf *out, const ost_ast *node, const char *before, const char *between)
{
    ost_buf_text(out, before);
    ost_ast_print(out, node->kids[0]);
    ost_buf_text(out, between);
    if (node->count > 1) {
        ost_ast_print(out, node->kids[1]);
    } else {
        ost_ast_print_text(out, node->unit);
    }
    ost_buf_char(out, ')');
}

static void print_display(ost_buf *out, const ost_ast *node)
{
    if (node->unit.ptr) {
        ost_buf_text(out, " display ");
        ost_ast_print_text(out, node->unit);
    }
}

static void print_selector(ost_buf *out, const ost_ast *node)
{
    switch ((int)node->kind) {
    case OST_AST_INTERVAL:
        ost_buf_text(out, node->flags & OST_AST_F_LOW_CLOSED ? "Interval[" : "Interval(");
        print_kids(out, node, 0);
        ost_buf_char(out, node->flags & OST_AST_F_HIGH_CLOSED ? ']' : ')');
        break;
    case OST_AST_LIST:
        ost_buf_text(out, node->kids[0] ? "List<" : "");
        if (node->kids[0]) {
            ost_ast_print(out, node->kids[0]);
        }
        ost_buf_text(out, node->kids[0] ? "> { " : "{ ");
        print_kids(out, node, 1);
        ost_buf_text(out, node->count > 1 ? " }" : "}");
        break;
    case OST_AST_TUPLE:
        ost_buf_text(out, node->count > 0 ? "Tuple { " : "Tuple { :");
        print_kids(out, node, 0);
        ost_buf_text(out, " }");
        break;
    case OST_AST_INSTANCE:
        ost_ast_print(out, node->kids[0]);
        ost_buf_text(out, node->count > 1 ? " { " : " { :");
        print_kids(out, node, 1);
        ost_buf_text(out, " }");
        break;
    case OST_AST_CODE:
        ost_buf_text(out, "(Code ");
        ost_ast_print_text(out, node->text);
        ost_buf_text(out, " from ");
        ost_ast_print(out, node->kids[0]);
        print_display(out, node);
        ost_buf_char(out, ')');
        break;
    default:
        break;
    }
}

/* Codes of a concept stand without parentheses. */
static void print_concept(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "(Concept { ");
    for (size_t i = 0; i < node->count; i++) {
        const ost_ast *code = node->kids[i];
        ost_buf_text(out, i ? ", Code " : "Code ");
        ost_ast_print_text(out, code->text);
        ost_buf_text(out, " from ");
        ost_ast_print(out, code->kids[0]);
        print_display(out, code);
    }
    ost_buf_text(out, " }");
    print_display(out, node);
    ost_buf_char(out, ')');
}

static void print_sort(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->kids[0]->kids[0] ? "sort by " : "sort ");
    for (size_t i = 0; i < node->count; i++) {
        const ost_ast *item = node->kids[i];
        ost_buf_text(out, i ? ", " : "");
        if (item->kids[0]) {
            ost_ast_print(out, item->kids[0]);
            ost_buf_char(out, ' ');
        }
        ost_buf_text(out, item->flags & OST_AST_F_DESCENDING ? "desc" : "asc");
    }
}

static const char *all_or_distinct(const ost_ast *node)
{
    return node->flags & OST_AST_F_ALL        ? "all "
           : node->flags & OST_AST_F_DISTINCT ? "distinct "
                                              : "";
}

static void print_clause(ost_buf *out, const ost_ast *node)
{
    bool inclusion = node->kind == OST_AST_WITH || node->kind == OST_AST_WITHOUT;
    if (inclusion) {
        ost_buf_text(out, node->kind == OST_AST_WITH ? "with (" : "without (");
        ost_ast_print(out, node->kids[0]);
        ost_buf_text(out, ") ");
        ost_ast_print_name(out, node->text, false);
        ost_buf_text(out, " such that ");
        ost_ast_print(out, node->kids[1]);
    } else if (node->kind == OST_AST_WHERE) {
        ost_buf_text(out, "where ");
        ost_ast_print(out, node->kids[0]);
    } else if (node->kind == OST_AST_RETURN) {
        ost_buf_printf(out, "return %s", all_or_distinct(node));
        ost_ast_print(out, node->kids[0]);
    } else if (node->kind == OST_AST_AGGREGATE) {
        ost_buf_printf(out, "aggregate %s", all_or_distinct(node));
        ost_ast_print_name(out, node->text, false);
        if (node->kids[0]) {
            ost_buf_text(out, " starting (");
            ost_ast_print(out, node->kids[0]);
            ost_buf_char(out, ')');
        }
        ost_buf_text(out, ": ");
        ost_ast_print(out, node->kids[1]);
    } else {
        print_sort(out, node);
    }
}

static void print_query(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "(from ");
    for (size_t i = 0; i < node->count; i++) {
        const ost_ast *kid = node->kids[i];
        bool again = i > 0 && node->kids[i - 1]->kind == kid->kind;
        if (kid->kind == OST_AST_SOURCE) {
            ost_buf_text(out, again ? ", (" : "(");
            ost_ast_print(out, kid->kids[0]);
            ost_buf_text(out, ") ");
            ost_ast_print_name(out, kid->text, false);
        } else if (kid->kind == OST_AST_LET) {
            ost_buf_text(out, again ? ", " : " let ");
            ost_ast_print_name(out, kid->text, false);
            ost_buf_text(out, ": ");
            ost_ast_print(out, kid->kids[0]);
        } else {
            ost_buf_char(out, ' ');
            print_clause(out, kid);
        }
    }
    ost_buf_char(out, ')');
}

static void print_retrieve(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, "([");
    if (node->kids[1]) {
        ost_ast_print(out, node->kids[1]);
        ost_buf_text(out, " -> ");
    }
    ost_ast_print(out, node->kids[0]);
    if (node->kids[2]) {
        ost_buf_text(out, ": ");
        if (node->text.len > 0) {
            /* A path of several parts kept its quotes. */
            if (memchr(node->text.ptr, '.', node->text.len) ||
                memchr(node->text.ptr, '[', node->text.len)) {
                ost_buf_add(out, node->text);
            } else {
                ost_ast_print_name(out, node->text, false);
            }
            ost_buf_char(out, ' ');
            ost_buf_add(out, node->unit);
            ost_buf_char(out, ' ');
        }
        ost_buf_char(out, '(');
        ost_ast_print(out, node->kids[2]);
        ost_buf_char(out, ')');
    }
    ost_buf_text(out, "])");
}

static void print_type(ost_buf *out, const ost_ast *node)
{
    switch ((int)node->kind) {
    case OST_AST_TYPE:
        if (node->unit.ptr) {
            ost_ast_print_name(out, node->unit, false);
            ost_buf_char(out, '.');
        }
        ost_ast_print_name(out, node->text, false);
        return;
    case OST_AST_TYPE_LIST:
        ost_buf_text(out, "List<");
        break;
    case OST_AST_TYPE_INTERVAL:
        ost_buf_text(out, "Interval<");
        break;
    case OST_AST_TYPE_CHOICE:
        ost_buf_text(out, "Choice<");
        break;
    default:
        ost_buf_text(out, "Tuple { ");
        for (size_t i = 0; i < node->count; i++) {
            ost_buf_text(out, i ? ", " : "");
            ost_ast_print_name(out, node->kids[i]->text, false);
            ost_buf_char(out, ' ');
            ost_ast_print(out, node->kids[i]->kids[0]);
        }
        ost_buf_text(out, " }");
        return;
    }
    print_kids(out, node, 0);
    ost_buf_char(out, '>');
}

/* Literals and references. */
static void print_leaf(ost_buf *out, const ost_ast *node)
{
    switch ((int)node->kind) {
    case OST_AST_LONG:
        ost_buf_add(out, node->text);
        ost_buf_char(out, 'L');
        break;
    case OST_AST_STRING:
        ost_ast_print_text(out, node->text);
        break;
    case OST_AST_DATE:
    case OST_AST_DATETIME:
    case OST_AST_TIME:
        ost_buf_char(out, '@');
        ost_buf_add(out, node->text);
        break;
    case OST_AST_QUANTITY:
        ost_buf_char(out, '(');
        print_quantity(out, node);
        ost_buf_char(out, ')');
        break;
    case OST_AST_RATIO:
        ost_buf_char(out, '(');
        print_quantity(out, node->kids[0]);
        ost_buf_text(out, " : ");
        print_quantity(out, node->kids[1]);
        ost_buf_char(out, ')');
        break;
    case OST_AST_REF:
        if (node->text.len > 0 && node->text.ptr[0] == '$' && !(node->flags & OST_AST_F_QUOTED)) {
            ost_buf_add(out, node->text);
        } else {
            ost_ast_print_name(out, node->text, (node->flags & OST_AST_F_QUOTED) != 0);
        }
        break;
    case OST_AST_EXTERNAL:
        ost_buf_char(out, '%');
        ost_ast_print_text(out, node->text);
        break;
    default:
        ost_buf_add(out, node->text);
        break;
    }
}

static void print_member(ost_buf *out, const ost_ast *node)
{
    ost_ast_print(out, node->kids[0]);
    ost_buf_char(out, '.');
    ost_ast_print_name(out, node->text, false);
}

static void print_index(ost_buf *out, const ost_ast *node)
{
    ost_ast_print(out, node->kids[0]);
    ost_buf_char(out, '[');
    ost_ast_print(out, node->kids[1]);
    ost_buf_char(out, ']');
}

static void print_is(ost_buf *out, const ost_ast *node)
{
    print_two(out, node, "(", " is ");
}

static void print_as(ost_buf *out, const ost_ast *node)
{
    print_two(out, node, node->flags & OST_AST_F_STRICT ? "(cast " : "(", " as ");
}

static void print_convert(ost_buf *out, const ost_ast *node)
{
    print_two(out, node, "(convert ", " to ");
}

static void print_extent(ost_buf *out, const ost_ast *node)
{
    ost_buf_text(out, node->kind == OST_AST_MINIMUM ? "(minimum " : "(maximum ");
    ost_ast_print(out, node->kids[0]);
    ost_buf_char(out, ')');
}

static void print_field(ost_buf *out, const ost_ast *node)
{
    ost_ast_print_name(out, node->text, false);
    ost_buf_text(out, ": ");
    ost_ast_print(out, node->kids[0]);
}

/* Kinds that are not listed are literals and references, or parts that are printed with their
 * query. */
static void (*const printers[])(ost_buf *out, const ost_ast *node) = {
    [OST_AST_MEMBER] = print_member,
    [OST_AST_INDEX] = print_index,
    [OST_AST_INVOKE] = print_invoke,
    [OST_AST_OP] = print_operator,
    [OST_AST_TIMING] = print_timing,
    [OST_AST_IF] = print_if,
    [OST_AST_CASE] = print_case,
    [OST_AST_IS] = print_is,
    [OST_AST_AS] = print_as,
    [OST_AST_CONVERT] = print_convert,
    [OST_AST_MINIMUM] = print_extent,
    [OST_AST_MAXIMUM] = print_extent,
    [OST_AST_INTERVAL] = print_selector,
    [OST_AST_LIST] = print_selector,
    [OST_AST_TUPLE] = print_selector,
    [OST_AST_INSTANCE] = print_selector,
    [OST_AST_CODE] = print_selector,
    [OST_AST_CONCEPT] = print_concept,
    [OST_AST_FIELD] = print_field,
    [OST_AST_QUERY] = print_query,
    [OST_AST_RETRIEVE] = print_retrieve,
    [OST_AST_TYPE] = print_type,
    [OST_AST_TYPE_LIST] = print_type,
    [OST_AST_TYPE_INTERVAL] = print_type,
    [OST_AST_TYPE_CHOICE] = print_type,
    [OST_AST_TYPE_TUPLE] = print_type,
};

void ost_ast_print(ost_buf *out, const ost_ast *node)
{
    bool listed = node->kind < OST_ARRAY_LEN(printers) && printers[node->kind];
    if (listed) {
        printers[node->kind](out, node);
    } else {
        print_leaf(out, node);
    }
}
