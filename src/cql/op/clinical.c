/* Membership of codes in value sets and code systems (CQL 1.5.3 Reference "Clinical Operators"). By
 * system and code; version and display are ignored. A null code is in nothing: false, never null. A
 * value set that is not loaded is a run-time error: it must not look like an empty one. */
#include "cql/op/list_detail.h"
#include "cql/op/op.h"

static const ost_valueset *find_set(ost_call *call, ost_value v)
{
    const ost_valueset *set = NULL;
    ost_error error = {0};

    if (call->term == NULL) {
        (void)ost_call_fail(call, OST_E_NOT_FOUND, "no value sets are loaded; %.*s is needed",
                            OST_STR_ARG(v.vocabulary->id));
    } else if (ost_term_valueset(call->term, v.vocabulary->id, v.vocabulary->version, &set,
                                 &error) != OST_OK) {
        (void)ost_call_fail(call, error.code, "%s", error.message);
        return NULL;
    }
    return set;
}

/* A text without system: true when it is a code of the set. Of two systems it would be
 * ambiguous. */
static bool set_has_text(ost_call *call, const ost_valueset *set, ost_str code)
{
    const ost_code *found = NULL;

    for (size_t i = 0; i < set->count; i++) {
        if (!ost_str_equal(set->codes[i].code, code)) {
            continue;
        }
        if (found != NULL && !ost_str_equal(found->system, set->codes[i].system)) {
            (void)ost_call_fail(call, OST_E_RUNTIME,
                                "code '%.*s' belongs to more than one system of %.*s",
                                OST_STR_ARG(code), OST_STR_ARG(set->url));
            return false;
        }
        found = &set->codes[i];
    }
    return found != NULL;
}

static bool set_has(ost_call *call, const ost_valueset *set, ost_value v)
{
    if (v.kind == OST_CODE) {
        return ost_valueset_has(set, v.code->system, v.code->code);
    }
    if (v.kind == OST_STRING) {
        return set_has_text(call, set, v.string);
    }
    for (size_t i = 0; v.kind == OST_CONCEPT && i < v.concept->count; i++) {
        if (ost_valueset_has(set, v.concept->codes[i].system, v.concept->codes[i].code)) {
            return true;
        }
    }
    return false;
}

ost_value ost_op_in_value_set(ost_call *call, const ost_value *args, size_t count)
{
    const ost_valueset *set;

    (void)count;
    if (args[1].kind != OST_VALUESET) {
        return ost_null();
    }
    if (ost_is_null(args[0])) {
        return ost_boolean(false);
    }
    set = find_set(call, args[1]);
    return set == NULL ? ost_null() : ost_boolean(set_has(call, set, args[0]));
}

ost_value ost_op_any_in_value_set(ost_call *call, const ost_value *args, size_t count)
{
    const ost_valueset *set;

    (void)count;
    if (args[1].kind != OST_VALUESET) {
        return ost_null();
    }
    if (args[0].kind != OST_LIST) {
        return ost_boolean(false);
    }
    set = find_set(call, args[1]);
    for (size_t i = 0; set != NULL && i < args[0].list.count; i++) {
        if (set_has(call, set, args[0].list.items[i])) {
            return ost_boolean(true);
        }
    }
    return set == NULL ? ost_null() : ost_boolean(false);
}

/* Code systems are known by their name only, so that a code is in the system it says it is in, and
 * a text without system can't be decided. */
ost_value ost_op_in_code_system(ost_call *call, const ost_value *args, size_t count)
{
    ost_value v = args[0];

    (void)count;
    if (args[1].kind != OST_CODESYSTEM) {
        return ost_null();
    }
    ost_str system = args[1].vocabulary->id;
    if (v.kind == OST_STRING) {
        return ost_call_fail(call, OST_E_UNSUPPORTED,
                             "a code without system can't be looked up in code system %.*s",
                             OST_STR_ARG(system));
    }
    if (v.kind == OST_CODE) {
        return ost_boolean(ost_str_equal(v.code->system, system));
    }
    for (size_t i = 0; v.kind == OST_CONCEPT && i < v.concept->count; i++) {
        if (ost_str_equal(v.concept->codes[i].system, system)) {
            return ost_boolean(true);
        }
    }
    return ost_boolean(false);
}

ost_value ost_op_expand_value_set(ost_call *call, const ost_value *args, size_t count)
{
    const ost_valueset *set = find_set(call, args[0]);
    ost_builder out = ost_builder_init(call);

    (void)count;
    if (set == NULL) {
        return ost_null();
    }
    for (size_t i = 0; i < set->count; i++) {
        ost_value v = {.kind = OST_CODE, .code = &set->codes[i]};
        if (!ost_builder_add(&out, v)) {
            return ost_null();
        }
    }
    return ost_builder_list(&out);
}
