/* Strings: the published suite (CqlStringOperatorsTest), code points beyond ASCII, regular
 * expressions that would hang or are malformed. */
#include "cql/op/test_values.h"

#define U_ARROW "\xe2\x86\x92" /* one code point of three bytes */

static void test_parts(void **state)
{
    static const struct op_row rows[] = {
        {"concatenate", ost_op_concatenate, {"'a'", "'b'"}, "'ab'", OST_OK},
        {"concatenate nulls as empty", ost_op_concatenate, {"'a'", "null"}, "'a'", OST_OK},
        {"combine", ost_op_combine, {"{'a'; 'b'; 'c'}", "'-'"}, "'a-b-c'", OST_OK},
        {"combine without separator", ost_op_combine, {"{'a'; 'b'; 'c'}"}, "'abc'", OST_OK},
        {"combine null", ost_op_combine, {"null"}, "null", OST_OK},
        {"combine nothing", ost_op_combine, {"{}"}, "null", OST_OK},
        {"combine with a null", ost_op_combine, {"{'a'; null}"}, "null", OST_OK},
        {"combine, null separator", ost_op_combine, {"{'a'}", "null"}, "null", OST_OK},
        {"split", ost_op_split, {"'a,b'", "','"}, "{'a', 'b'}", OST_OK},
        {"split, ends", ost_op_split, {"',a,'", "','"}, "{'', 'a', ''}", OST_OK},
        {"split, not there", ost_op_split, {"'a,b'", "'-'"}, "{'a,b'}", OST_OK},
        {"split, no separator", ost_op_split, {"'a,b'", "null"}, "{'a,b'}", OST_OK},
        {"split, empty separator", ost_op_split, {"'a,b'", "''"}, "{'a,b'}", OST_OK},
        {"split null", ost_op_split, {"null", "','"}, "null", OST_OK},
        {"length", ost_op_length, {"'ab'"}, "2", OST_OK},
        {"length in code points", ost_op_length, {"'" U_ARROW "a'"}, "2", OST_OK},
        {"length of nothing", ost_op_length, {"''"}, "0", OST_OK},
        {"length of null", ost_op_length, {"null"}, "null", OST_OK},
        {"upper", ost_op_upper, {"'aB'"}, "'AB'", OST_OK},
        {"upper beyond ASCII", ost_op_upper, {"'\xc3\xa4'"}, "'\xc3\x84'", OST_OK},
        {"lower", ost_op_lower, {"'Ab'"}, "'ab'", OST_OK},
        {"lower of nothing", ost_op_lower, {"''"}, "''", OST_OK},
        {"indexer", ost_op_indexer, {"'ab'", "1"}, "'b'", OST_OK},
        {"indexer after a wide letter", ost_op_indexer, {"'" U_ARROW "b'", "1"}, "'b'", OST_OK},
        {"indexer at the end", ost_op_indexer, {"'ab'", "2"}, "null", OST_OK},
        {"indexer of nothing", ost_op_indexer, {"''", "0"}, "null", OST_OK},
        {"indexer, negative", ost_op_indexer, {"'ab'", "-1"}, "null", OST_OK},
        {"indexer of a list", ost_op_indexer, {"{7; 8}", "1"}, "8", OST_OK},
        {"indexer beyond a list", ost_op_indexer, {"{7; 8}", "2"}, "null", OST_OK},
        {"indexer before a list", ost_op_indexer, {"{7; 8}", "-1"}, "null", OST_OK},
        {"chars", ost_op_to_chars, {"'a" U_ARROW "'"}, "{'a', '" U_ARROW "'}", OST_OK},
        {"chars of nothing", ost_op_to_chars, {"''"}, "{}", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_search(void **state)
{
    static const struct op_row rows[] = {
        {"position", ost_op_position_of, {"'b'", "'ab'"}, "1", OST_OK},
        {"position, none", ost_op_position_of, {"'c'", "'ab'"}, "-1", OST_OK},
        {"position in code points", ost_op_position_of, {"'b'", "'" U_ARROW "b'"}, "1", OST_OK},
        {"last position", ost_op_last_position_of, {"'hi'", "'Say hi to Ohio!'"}, "11", OST_OK},
        {"last position, one",
         ost_op_last_position_of,
         {"'hi'", "'Ohio is the place to be!'"},
         "1",
         OST_OK},
        {"last position, none", ost_op_last_position_of, {"'x'", "'ab'"}, "-1", OST_OK},
        {"last position, longer", ost_op_last_position_of, {"'abc'", "'ab'"}, "-1", OST_OK},
        {"substring", ost_op_substring, {"'ab'", "1"}, "'b'", OST_OK},
        {"substring, length", ost_op_substring, {"'abc'", "1", "1"}, "'b'", OST_OK},
        {"substring, too long", ost_op_substring, {"'ab'", "0", "3"}, "'ab'", OST_OK},
        {"substring, no length", ost_op_substring, {"'ab'", "0", "0"}, "''", OST_OK},
        {"substring, negative length", ost_op_substring, {"'ab'", "0", "-1"}, "null", OST_OK},
        {"substring at the end", ost_op_substring, {"'ab'", "2"}, "null", OST_OK},
        {"substring beyond", ost_op_substring, {"'ab'", "3"}, "null", OST_OK},
        {"substring, negative", ost_op_substring, {"'ab'", "-1"}, "null", OST_OK},
        {"substring of nothing", ost_op_substring, {"''", "0"}, "''", OST_OK},
        {"starts", ost_op_starts_with, {"'Breathe'", "'Bre'"}, "true", OST_OK},
        {"starts, case", ost_op_starts_with, {"'Breathe'", "'bre'"}, "false", OST_OK},
        {"ends", ost_op_ends_with, {"'the man!!'", "'n!!'"}, "true", OST_OK},
        {"ends, not", ost_op_ends_with, {"'the man!!'", "'n!'"}, "false", OST_OK},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_matches(void **state)
{
    static const struct op_row rows[] = {
        {"no number", ost_op_matches, {"'Not all who wander'", "'.*\\d+'"}, "false", OST_OK},
        {"number", ost_op_matches, {"'circa 2017'", "'.*\\d+'"}, "true", OST_OK},
        {"all", ost_op_matches, {"'Not all'", "'.*'"}, "true", OST_OK},
        {"words", ost_op_matches, {"'Not all'", "'[\\w|\\s]+'"}, "true", OST_OK},
        {"words, dash", ost_op_matches, {"'Not - all'", "'^[\\w\\s]+$'"}, "false", OST_OK},
        {"white space", ost_op_matches, {"' \n\t'", "'\\s+'"}, "true", OST_OK},
        {"dot takes a new line", ost_op_matches, {"'a\nb'", "'a.b'"}, "true", OST_OK},
        {"whole string", ost_op_matches, {"'abc'", "'b'"}, "false", OST_OK},
        {"alternatives, whole string", ost_op_matches, {"'abc'", "'a|abc'"}, "true", OST_OK},
        {"nothing", ost_op_matches, {"''", "''"}, "true", OST_OK},
        {"case", ost_op_matches, {"'ABC'", "'abc'"}, "false", OST_OK},
        {"Unicode letters", ost_op_matches, {"'\xc3\xa4'", "'\\w'"}, "true", OST_OK},
        {"malformed", ost_op_matches, {"'abc'", "'('"}, "null", OST_E_RUNTIME},
        {"single byte matching", ost_op_matches, {"'abc'", "'\\C*'"}, "null", OST_E_RUNTIME},
        {"not UTF-8", ost_op_matches, {"'\xff'", "'.'"}, "null", OST_E_RUNTIME},
        {"would hang",
         ost_op_matches,
         {"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'", "'(a*)*[bc]'"},
         "null",
         OST_E_LIMIT},
        {"would hang, too",
         ost_op_matches,
         {"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'", "'(a|aa)+'"},
         "null",
         OST_E_LIMIT},
        {"would recurse for ever", ost_op_matches, {"'aaaaaaaa'", "'(?R)'"}, "null", OST_E_RUNTIME},
        {"replace",
         ost_op_replace_matches,
         {"'bop she bop'", "'bop'", "'bang'"},
         "'bang she bang'",
         OST_OK},
        {"replace, dollar sign",
         ost_op_replace_matches,
         {"'All that'", "'\\s'", "'\\$'"},
         "'All$that'",
         OST_OK},
        {"replace, groups",
         ost_op_replace_matches,
         {"'ab cd'", "'(\\w)(\\w)'", "'$2$1'"},
         "'ba dc'",
         OST_OK},
        {"replace, no such group",
         ost_op_replace_matches,
         {"'ab'", "'(a)|(b)'", "'<$2$7>'"},
         "'<><b>'",
         OST_OK},
        {"replace, plain dollar", ost_op_replace_matches, {"'ab'", "'b'", "'$'"}, "'a$'", OST_OK},
        {"replace, backslash at the end",
         ost_op_replace_matches,
         {"'ab'", "'b'", "'\\'"},
         "'a\\\\'",
         OST_OK},
        {"replace empty matches",
         ost_op_replace_matches,
         {"'abc'", "'x*'", "'-'"},
         "'-a-b-c-'",
         OST_OK},
        {"replace empty and not",
         ost_op_replace_matches,
         {"'" U_ARROW "x'", "'x*'", "'-'"},
         "'-" U_ARROW "--'",
         OST_OK},
        {"replace in nothing", ost_op_replace_matches, {"''", "'a'", "'b'"}, "''", OST_OK},
        {"replace, malformed",
         ost_op_replace_matches,
         {"'a'", "'['", "'b'"},
         "null",
         OST_E_RUNTIME},
        {"split", ost_op_split_on_matches, {"'a1b22c'", "'\\d+'"}, "{'a', 'b', 'c'}", OST_OK},
        {"split, ends", ost_op_split_on_matches, {"'1a2'", "'\\d'"}, "{'', 'a', ''}", OST_OK},
        {"split, empty matches",
         ost_op_split_on_matches,
         {"'abc'", "''"},
         "{'a', 'b', 'c'}",
         OST_OK},
        {"split, none", ost_op_split_on_matches, {"'abc'", "'x'"}, "{'abc'}", OST_OK},
        {"split nothing", ost_op_split_on_matches, {"''", "'x'"}, "{''}", OST_OK},
        {"split null", ost_op_split_on_matches, {"null", "'x'"}, "null", OST_OK},
        {"split on null", ost_op_split_on_matches, {"'abc'", "null"}, "{'abc'}", OST_OK},
        {"split, malformed", ost_op_split_on_matches, {"'abc'", "'*'"}, "null", OST_E_RUNTIME},
    };

    (void)state;
    run_op_rows(rows, OST_ARRAY_LEN(rows));
}

static void test_pattern_limit(void **state)
{
    static char pattern[4001];
    struct bench b;
    ost_value args[2];

    (void)state;
    bench_open(&b);
    memset(pattern, 'a', sizeof(pattern));
    args[0] = ost_string(OST_STR("b"));
    args[1] = ost_string((ost_str){pattern, 4000});
    assert_false(ost_is_null(ost_op_matches(&b.call, args, 2)));
    args[1] = ost_string((ost_str){pattern, 4001});
    assert_true(ost_is_null(ost_op_matches(&b.call, args, 2)));
    assert_int_equal(b.error.code, OST_E_LIMIT);
    bench_close(&b);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_parts),
    cmocka_unit_test(test_search),
    cmocka_unit_test(test_matches),
    cmocka_unit_test(test_pattern_limit),
};

OST_TEST_MAIN("op-string", tests)
