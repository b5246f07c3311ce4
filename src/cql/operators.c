/* The operators of ops.h with their signatures parsed once per program. */
#include "cql/op/op.h"
#include "cql/program.h"

#define STRICT true
#define SEES   false

static const struct row {
    const char *name;
    ost_op_function function;
    bool strict;
    const char *signatures;
} rows[] = {
#define OP(name, id, nulls, section, signatures) {name, ost_op_##id, nulls, signatures},
#include "cql/ops.h"
};

/* One overload: "Integer,Integer?,Precision:Boolean". */
static bool parse_overload(ost_program *program, ost_str text, ost_overload *out)
{
    size_t colon = ost_str_find(text, OST_STR(":"), 0);
    ost_str parameters = ost_str_sub(text, 0, colon), one;
    out->result = ost_type_parse(&program->types, ost_str_sub(text, colon + 1, text.len));
    while (ost_str_next(&parameters, ',', &one)) {
        one = ost_str_trim(one);
        if (one.len == 0) {
            continue;
        }
        if (ost_str_is(one, "Precision")) {
            out->precision = true;
            continue;
        }
        bool optional = one.ptr[one.len - 1] == '?';
        one.len -= optional;
        out->minimum += !optional;
        out->parameters[out->maximum] = ost_type_parse(&program->types, one);
        if (!out->parameters[out->maximum++]) {
            return false;
        }
    }
    return out->result != NULL;
}

static bool parse_operator(ost_program *program, const struct row *row, ost_operator *out)
{
    ost_str signatures = ost_str_of(row->signatures), one;
    size_t room = 1;
    for (size_t i = 0; i < signatures.len; i++) {
        room += signatures.ptr[i] == ';';
    }
    ost_overload *overloads = ost_arena_array(program->arena, room, sizeof *overloads);
    *out = (ost_operator){.name = ost_str_of(row->name),
                          .function = row->function,
                          .strict = row->strict,
                          .overloads = overloads};
    while (overloads && ost_str_next(&signatures, ';', &one)) {
        if (!parse_overload(program, one, &overloads[out->overload_count])) {
            return false;
        }
        out->overload_count++;
    }
    return overloads != NULL;
}

bool ost_program_load_operators(ost_program *program)
{
    ost_operator *operators =
        ost_arena_array(program->arena, OST_ARRAY_LEN(rows), sizeof *operators);
    program->operator_ids = ost_map_init(program->arena);
    if (!operators) {
        return false;
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (!parse_operator(program, &rows[i], &operators[i]) ||
            !ost_map_put(&program->operator_ids, operators[i].name, (uint32_t)i)) {
            return false;
        }
    }
    program->operators = operators;
    program->operator_count = OST_ARRAY_LEN(rows);
    return !program->types.failed;
}

const ost_operator *ost_program_operator(const ost_program *program, ost_str name)
{
    uint32_t at = ost_map_get(&program->operator_ids, name);
    return at == OST_MAP_NONE ? NULL : &program->operators[at];
}
