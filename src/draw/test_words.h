/* Words for skeleton maps in tests. */
#ifndef OST_DRAW_TEST_WORDS_H
#define OST_DRAW_TEST_WORDS_H

#include "draw/skeleton.h"

#define WORDS(text)                                                                                \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }

static const ost_draw_words test_words = {
    .title = WORDS("Skeleton map"),
    .description = WORDS("Her skeleton from the front and from the back, with her lesions. "
                         "The table beside it says the same."),
    .front = WORDS("Front"),
    .back = WORDS("Back"),
    .her_right = WORDS("Her right"),
    .her_left = WORDS("Her left"),
    .states = {WORDS("Stable"), WORDS("Possible risk"), WORDS("High risk"), WORDS("Treated"),
               WORDS("Not known")},
    .old = WORDS("Grey: image older than 90 days, or no date"),
    .no_date = WORDS("no date"),
    .note = WORDS("A mark shows which bone, not the place in the bone."),
    .lesions = WORDS("Lesions"),
    .listed = WORDS("Not drawn, because the exact bone or side is not known"),
    .none = WORDS("No lesion is recorded."),
    .caption = WORDS("Lesions"),
    .number = WORDS("No."),
    .place = WORDS("Place"),
    .state = WORDS("State"),
    .imaging = WORDS("Imaging"),
    .detail = WORDS("Details"),
    .not_drawn = WORDS("not drawn"),
};

#endif
