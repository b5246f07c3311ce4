/* Membership in value sets and code systems, and equality of nodes of a record. */
#include "base/file.h"
#include "cql/op/list_detail.h"
#include "cql/op/test_literals.h"
#include "fhir/record.h"

typedef struct fixture {
    ost_test_call t;
    const ost_model *model;
    ost_tree tree;
} fixture;

static void fixture_init(fixture *f)
{
    ost_str csv;

    ost_test_call_init(&f->t);
    assert_int_equal(ost_file_read(f->t.call.arena, OST_SOURCE_ROOT "/content/model/fhir-4.0.1.csv",
                                   1 << 24, &csv, &f->t.error),
                     OST_OK);
    assert_int_equal(ost_model_load(f->t.call.arena, csv, &f->model, &f->t.error), OST_OK);
    f->tree = ost_tree_init(f->t.call.arena, f->model);
}

static uint32_t parse(fixture *f, ost_tree *tree, const char *json)
{
    uint32_t root = 0;

    assert_int_equal(ost_json_parse(tree, ost_str_of(json), &root, &f->t.error), OST_OK);
    return root;
}

static ost_value vocabulary(ost_vocabulary *v, ost_kind kind)
{
    return (ost_value){.kind = (uint8_t)kind, .vocabulary = v};
}

static void load_sets(fixture *f)
{
    ost_term *term = ost_term_new(f->t.call.arena);
    uint32_t root =
        parse(f, &f->tree,
              "{\"resourceType\": \"ValueSet\", \"url\": \"u\", \"version\": \"1\","
              "\"compose\": {\"include\": ["
              "{\"system\": \"s\", \"concept\": [{\"code\": \"a\"}, {\"code\": \"b\"}]},"
              "{\"system\": \"t\", \"concept\": [{\"code\": \"b\"}]}]}}");

    assert_non_null(term);
    assert_int_equal(ost_term_add(term, &f->tree, root, &f->t.error), OST_OK);
    assert_int_equal(ost_term_done(term, &f->t.error), OST_OK);
    f->t.call.term = term;
}

static void test_valueset(void **state)
{
    static const struct row {
        const char *name;
        ost_op_function op;
        const char *arg, *want;
    } rows[] = {
        {"code", ost_op_in_value_set, "Code{'s' 'a'}", "true"},
        {"display is ignored", ost_op_in_value_set, "Code{'s' 'a' 'other words'}", "true"},
        {"other system", ost_op_in_value_set, "Code{'t' 'a'}", "false"},
        {"concept", ost_op_in_value_set, "Concept{Code{'x' 'y'}, Code{'t' 'b'}}", "true"},
        {"concept outside", ost_op_in_value_set, "Concept{Code{'x' 'y'}}", "false"},
        {"text", ost_op_in_value_set, "'a'", "true"},
        {"text outside", ost_op_in_value_set, "'c'", "false"},
        {"text of two systems", ost_op_in_value_set, "'b'", "error"},
        {"null", ost_op_in_value_set, "null", "false"},
        {"any", ost_op_any_in_value_set, "{null, Code{'x' 'y'}, Code{'s' 'b'}}", "true"},
        {"none", ost_op_any_in_value_set, "{Code{'x' 'y'}}", "false"},
        {"any of null", ost_op_any_in_value_set, "null", "false"},
    };
    ost_vocabulary u = {.id = OST_STR("u")};
    fixture f;
    (void)state;

    fixture_init(&f);
    load_sets(&f);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value args[] = {ost_test_read(&f.t, rows[i].arg), vocabulary(&u, OST_VALUESET)};
        f.t.error.code = OST_OK;
        ost_value got = rows[i].op(&f.t.call, args, 2);
        const char *text = f.t.error.code != OST_OK ? "error"
                           : ost_is_null(got)       ? "null"
                           : got.boolean            ? "true"
                                                    : "false";
        if (strcmp(text, rows[i].want) != 0) {
            fail_msg("%s: got %s", rows[i].name, text);
        }
    }
    ost_value set = vocabulary(&u, OST_VALUESET);
    ost_value all = ost_op_expand_value_set(&f.t.call, &set, 1);
    assert_int_equal(all.list.count, 3);
    assert_true(ost_equivalent(&f.t.call, all.list.items[2], ost_test_read(&f.t, "Code{'t' 'b'}")));
    ost_test_call_done(&f.t);
}

/* A set that is not there is an error and never an empty set. */
static void test_missing_set(void **state)
{
    ost_vocabulary v = {.id = OST_STR("v")};
    fixture f;
    (void)state;

    fixture_init(&f);
    for (int loaded = 0; loaded < 2; loaded++) {
        ost_value args[] = {ost_test_read(&f.t, "Code{'s' 'a'}"), vocabulary(&v, OST_VALUESET)};
        f.t.error.code = OST_OK;
        assert_true(ost_is_null(ost_op_in_value_set(&f.t.call, args, 2)));
        assert_int_equal(f.t.error.code, OST_E_NOT_FOUND);
        load_sets(&f);
    }
    ost_test_call_done(&f.t);
}

static void test_code_system(void **state)
{
    ost_vocabulary s = {.id = OST_STR("s")};
    static const struct row {
        const char *arg;
        bool want;
    } rows[] = {
        {"Code{'s' 'anything'}", true},
        {"Code{'t' 'anything'}", false},
        {"Concept{Code{'t' 'a'}, Code{'s' 'a'}}", true},
        {"Concept{Code{'t' 'a'}}", false},
        {"null", false},
    };
    fixture f;
    (void)state;

    fixture_init(&f);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_value args[] = {ost_test_read(&f.t, rows[i].arg), vocabulary(&s, OST_CODESYSTEM)};
        assert_int_equal(ost_op_in_code_system(&f.t.call, args, 2).boolean, rows[i].want);
        assert_int_equal(f.t.error.code, OST_OK);
    }
    ost_value args[] = {ost_test_read(&f.t, "'a'"), vocabulary(&s, OST_CODESYSTEM)};
    assert_true(ost_is_null(ost_op_in_code_system(&f.t.call, args, 2)));
    assert_int_equal(f.t.error.code, OST_E_UNSUPPORTED);
    ost_test_call_done(&f.t);
}

static void test_vocabularies(void **state)
{
    ost_vocabulary a = {.id = OST_STR("u")}, b = {.id = OST_STR("u"), .version = OST_STR("1")};
    ost_vocabulary c = {.id = OST_STR("v")};
    ost_test_call t;
    (void)state;

    ost_test_call_init(&t);
    ost_value x = vocabulary(&a, OST_VALUESET), y = vocabulary(&b, OST_VALUESET);
    ost_value z = vocabulary(&c, OST_VALUESET);
    assert_int_equal(ost_equal(&t.call, x, x), OST_TRI_TRUE);
    assert_int_equal(ost_equal(&t.call, x, y), OST_TRI_NULL);
    assert_int_equal(ost_equal(&t.call, x, z), OST_TRI_FALSE);
    assert_true(ost_equivalent(&t.call, x, y));
    assert_false(ost_equivalent(&t.call, x, z));
    assert_true(ost_value_hash(x) == ost_value_hash(y));
    ost_test_call_done(&t);
}

static void test_objects(void **state)
{
    static const struct row {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"{\"value\": 1, \"unit\": \"mg\"}", "{\"unit\": \"mg\", \"value\": 1.0}", true},
        {"{\"value\": 1}", "{\"value\": 2}", false},
        {"{\"value\": 1}", "{\"value\": 1, \"unit\": \"mg\"}", false},
        {"{\"value\": 1, \"code\": 1}", "{\"value\": 1, \"unit\": 1}", false},
        {"{\"coding\": [{\"code\": \"a\"}, {\"code\": \"b\"}]}",
         "{\"coding\": [{\"code\": \"a\"}, {\"code\": \"b\"}]}", true},
        {"{\"coding\": [{\"code\": \"a\"}, {\"code\": \"b\"}]}",
         "{\"coding\": [{\"code\": \"b\"}, {\"code\": \"a\"}]}", false},
        {"{\"coding\": [{\"code\": \"a\"}]}", "{\"coding\": [{\"code\": \"a\"}, {}]}", false},
        {"{\"active\": true}", "{\"active\": false}", false},
        {"{\"active\": true, \"x-own\": null}", "{\"x-own\": null, \"active\": true}", true},
        {"{\"value\": \"1\"}", "{\"value\": 1}", false},
    };
    fixture f;
    (void)state;

    fixture_init(&f);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        /* In one record, and in two. */
        for (int two = 0; two < 2; two++) {
            ost_record left = {.tree = ost_tree_init(f.t.call.arena, f.model)};
            ost_record right = {.tree = ost_tree_init(f.t.call.arena, f.model)};
            ost_record *other = two ? &right : &left;
            ost_value a = {.kind = OST_OBJECT}, b = {.kind = OST_OBJECT};
            a.object.node = parse(&f, &left.tree, rows[i].a);
            b.object.node = parse(&f, &other->tree, rows[i].b);
            a.object.record = &left;
            b.object.record = other;
            if ((ost_equal(&f.t.call, a, b) == OST_TRI_TRUE) != rows[i].equal) {
                fail_msg("%s = %s", rows[i].a, rows[i].b);
            }
            assert_true(ost_equivalent(&f.t.call, a, b) == rows[i].equal);
            assert_true(!rows[i].equal || ost_value_hash(a) == ost_value_hash(b));
            assert_int_equal(ost_equal(&f.t.call, a, a), OST_TRI_TRUE);
        }
    }
    ost_test_call_done(&f.t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_valueset),    cmocka_unit_test(test_missing_set),
    cmocka_unit_test(test_code_system), cmocka_unit_test(test_vocabularies),
    cmocka_unit_test(test_objects),
};
OST_TEST_MAIN("op-clinical", tests)
