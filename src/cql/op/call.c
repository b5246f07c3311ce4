/* Run-time errors and the step limit of one evaluation. */
#include "cql/call.h"

#include "cql/op/number.h"

#include <stdarg.h>
#include <stdio.h>

ost_value ost_call_fail(ost_call *call, ost_status code, const char *format, ...)
{
    char text[OST_MESSAGE_MAX];
    va_list arguments;

    if (call->error != NULL && call->error->code == OST_OK) {
        va_start(arguments, format);
        (void)vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        (void)ost_err_set(call->error, code, "%s", text);
    }
    return ost_null();
}

bool ost_call_step(ost_call *call, uint64_t steps)
{
    if (call->steps_left < steps) {
        call->steps_left = 0;
        (void)ost_call_fail(call, OST_E_LIMIT, "the evaluation takes too many steps");
        return false;
    }
    call->steps_left -= steps;
    return true;
}

ost_value ost_call_memory(ost_call *call)
{
    if (ost_arena_limit_hit(call->arena)) {
        return ost_call_fail(call, OST_E_LIMIT, "the evaluation needs more memory than it may use");
    }
    return ost_call_fail(call, OST_E_MEMORY, "memory is short");
}

ost_value ost_call_text(ost_call *call, ost_buf *text)
{
    ost_str s = ost_buf_str(text);

    return s.ptr == NULL ? ost_call_memory(call) : ost_string(s);
}

ost_value ost_call_made(ost_call *call, ost_value made)
{
    return ost_is_null(made) ? ost_call_memory(call) : made;
}

ost_value ost_call_quantity(ost_call *call, ost_decimal value, ost_str unit)
{
    return ost_call_made(call, ost_quantity_value(call->arena, value, unit));
}
