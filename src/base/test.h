/* cmocka with what it needs before it; the only header through which tests include it. */
#ifndef OST_BASE_TEST_H
#define OST_BASE_TEST_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

/* One group per executable, TAP output: two groups would print two plans. */
#define OST_TEST_MAIN(name, tests)                                                                 \
    int main(void)                                                                                 \
    {                                                                                              \
        cmocka_set_message_output(CM_OUTPUT_TAP);                                                  \
        return cmocka_run_group_tests_name(name, tests, NULL, NULL);                               \
    }

/* The same for tests that need something from outside: `reason` (an expression) tells why the whole
 * suite is skipped, or is NULL. cmocka's skip() prints "not ok", which readers of TAP take for a
 * failure, so it is not used. */
#define OST_TEST_MAIN_UNLESS(reason, name, tests)                                                  \
    int main(void)                                                                                 \
    {                                                                                              \
        const char *ost_skip_reason = (reason);                                                    \
        cmocka_set_message_output(CM_OUTPUT_TAP);                                                  \
        if (ost_skip_reason) {                                                                     \
            print_message("1..0 # SKIP %s\n", ost_skip_reason);                                    \
            return 0;                                                                              \
        }                                                                                          \
        return cmocka_run_group_tests_name(name, tests, NULL, NULL);                               \
    }

#endif
