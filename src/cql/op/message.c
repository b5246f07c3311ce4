/* Message (CQL 1.5.3, Appendix B, "Errors and Messages"): answers its source; writes the text
 * when the condition holds; severity Error ends the evaluation. */
#include "cql/op/op.h"

enum { SOURCE, CONDITION, CODE, SEVERITY, TEXT, ARGUMENTS };

static ost_str text_or(ost_value v, ost_str otherwise)
{
    return v.kind == OST_STRING ? v.string : otherwise;
}

ost_value ost_op_message(ost_call *call, const ost_value *args, size_t count)
{
    if (count != ARGUMENTS || args[CONDITION].kind != OST_BOOLEAN || !args[CONDITION].boolean) {
        return args[SOURCE];
    }
    ost_str code = text_or(args[CODE], OST_STR(""));
    ost_str severity = text_or(args[SEVERITY], OST_STR("Message"));
    ost_str text = text_or(args[TEXT], OST_STR(""));
    if (ost_str_equal_ignoring_case(severity, OST_STR("Error"))) {
        return ost_call_fail(call, OST_E_RUNTIME, "%.*s%s%.*s", OST_STR_ARG(code),
                             code.len == 0 ? "" : ": ", OST_STR_ARG(text));
    }
    if (call->messages != NULL) {
        ost_buf_add(call->messages, severity);
        ost_buf_char(call->messages, ' ');
        ost_buf_add(call->messages, code);
        ost_buf_text(call->messages, ": ");
        ost_buf_add(call->messages, text);
        ost_buf_char(call->messages, '\n');
    }
    return args[SOURCE];
}
