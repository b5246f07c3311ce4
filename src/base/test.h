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

#endif
