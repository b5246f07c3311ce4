/* A plan as such: checked once after it is built, and printed for `osteon cql explain`. */
#include "cql/program.h"

static const char *const step_names[] = {
#define STEP(id, synopsis) #id,
#include "cql/steps.h"
};

static bool is_jump(uint16_t op)
{
    return (op >= OST_STEP_JUMP && op <= OST_STEP_JUMP_NOT_NULL) || op == OST_STEP_NEXT;
}

static bool uses_collector(uint16_t op)
{
    return op == OST_STEP_COLLECT || op == OST_STEP_APPEND || op == OST_STEP_COLLECTED;
}

/* Slots that a step reads from `a` on. */
static uint32_t reads(const ost_step *step)
{
    switch ((ost_step_op)step->op) {
    case OST_STEP_CALL:
    case OST_STEP_INVOKE:
    case OST_STEP_LIST:
    case OST_STEP_TUPLE:
    case OST_STEP_INSTANCE:
        return step->count;
    case OST_STEP_INTERVAL:
    case OST_STEP_LOOP:
    case OST_STEP_NEXT:
        return 2;
    case OST_STEP_MOVE:
    case OST_STEP_CONVERT:
    case OST_STEP_CAST:
    case OST_STEP_IS:
    case OST_STEP_JUMP_FALSE:
    case OST_STEP_JUMP_TRUE:
    case OST_STEP_JUMP_NOT_TRUE:
    case OST_STEP_JUMP_NULL:
    case OST_STEP_JUMP_NOT_NULL:
    case OST_STEP_MEMBER:
    case OST_STEP_PROPERTY:
    case OST_STEP_RETRIEVE:
    case OST_STEP_SORT:
    case OST_STEP_PASS:
        return 1;
    case OST_STEP_CONSTANT:
    case OST_STEP_JUMP:
    case OST_STEP_DEFINE:
    case OST_STEP_PARAMETER:
    case OST_STEP_CONTEXT:
    case OST_STEP_COLLECT:
    case OST_STEP_APPEND:
    case OST_STEP_COLLECTED:
    case OST_STEP_COUNT:
        break;
    }
    return 0;
}

bool ost_plan_verify(const ost_program *program, const ost_unit *unit)
{
    for (size_t i = 0; i < unit->step_count; i++) {
        const ost_step *step = &unit->steps[i];
        if (step->op >= OST_STEP_COUNT || step->dst >= unit->slots ||
            (reads(step) > 0 && step->a + reads(step) > unit->slots) ||
            (is_jump(step->op) && step->b > unit->step_count) ||
            (uses_collector(step->op) && step->a >= unit->collectors) ||
            (step->op == OST_STEP_APPEND && step->b >= unit->slots) ||
            (step->op == OST_STEP_SORT && step->b + step->count > unit->collectors) ||
            (step->op == OST_STEP_DEFINE && step->a >= program->define_count) ||
            (step->op == OST_STEP_PARAMETER && step->a >= program->parameter_count)) {
            return false;
        }
    }
    return true;
}

static void print_conversion(ost_buf *out, const ost_conversion *conversion)
{
    for (; conversion; conversion = conversion->next) {
        switch (conversion->form) {
        case OST_CONVERT_OPERATOR:
        case OST_CONVERT_FHIR:
            ost_buf_printf(out, " %.*s", OST_STR_ARG(conversion->name));
            break;
        case OST_CONVERT_LIST:
        case OST_CONVERT_INTERVAL:
            ost_buf_text(out, conversion->form == OST_CONVERT_LIST ? " each item" : " each end");
            print_conversion(out, conversion->inner);
            break;
        case OST_CONVERT_CAST:
            ost_buf_printf(out, " as %.*s", OST_STR_ARG(conversion->type->name));
            break;
        case OST_CONVERT_CASES:
            ost_buf_text(out, " by type:");
            for (size_t i = 0; i < conversion->count; i++) {
                ost_buf_printf(out, " %.*s", OST_STR_ARG(conversion->cases[i].type->name));
            }
            break;
        case OST_CONVERT_CHAIN:
            print_conversion(out, conversion->inner);
            break;
        }
    }
}

static void print_data(ost_buf *out, const ost_program *program, const ost_step *step)
{
    switch ((int)step->op) {
    case OST_STEP_CONSTANT:
        ost_buf_char(out, ' ');
        ost_value_print(out, *step->value);
        break;
    case OST_STEP_CALL:
        ost_buf_printf(out, " %.*s", OST_STR_ARG(step->operator->name));
        break;
    case OST_STEP_CONVERT:
        print_conversion(out, step->conversion);
        break;
    case OST_STEP_CAST:
    case OST_STEP_IS:
        ost_buf_printf(out, " %.*s", OST_STR_ARG(step->type->name));
        break;
    case OST_STEP_DEFINE:
        ost_buf_printf(out, " \"%.*s\"", OST_STR_ARG(program->defines[step->a]->name));
        break;
    case OST_STEP_INVOKE:
        ost_buf_printf(out, " %.*s", OST_STR_ARG(step->function->name));
        break;
    case OST_STEP_MEMBER:
        ost_buf_printf(out, " .%.*s", OST_STR_ARG(*step->name));
        break;
    case OST_STEP_PROPERTY:
        ost_buf_printf(out, " .%.*s", OST_STR_ARG(program->model->names[step->element->name]));
        break;
    case OST_STEP_RETRIEVE:
        ost_buf_printf(out, " %.*s%s%.*s%s", OST_STR_ARG(step->retrieve->type_name),
                       step->count ? " in \"" : "", OST_STR_ARG(step->retrieve->terminology),
                       step->count ? (step->retrieve->primary ? "\" by index" : "\" by scan") : "");
        break;
    default:
        break;
    }
}

void ost_plan_print(ost_buf *out, const ost_program *program, const ost_unit *unit)
{
    ost_buf_printf(out, "\"%.*s\": %.*s, %u slots, %zu steps\n", OST_STR_ARG(unit->name),
                   OST_STR_ARG(unit->type->name), unit->slots, unit->step_count);
    for (size_t i = 0; i < unit->step_count; i++) {
        const ost_step *step = &unit->steps[i];
        ost_buf_printf(out, "%4zu  %-13s", i, step_names[step->op]);
        if (step->op == OST_STEP_JUMP) {
            ost_buf_printf(out, " -> %u", step->b);
        } else {
            ost_buf_printf(out, " s%u", step->dst);
            if (reads(step) > 0) {
                ost_buf_printf(out, " <- s%u", step->a);
            }
            if (reads(step) > 1) {
                ost_buf_printf(out, "..s%u", step->a + reads(step) - 1);
            }
            if (is_jump(step->op)) {
                ost_buf_printf(out, " -> %u", step->b);
            }
        }
        print_data(out, program, step);
        ost_buf_printf(out, "   [%u:%u]\n", step->line, step->column);
    }
}
