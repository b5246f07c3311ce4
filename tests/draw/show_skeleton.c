/* Writes a page with the skeleton map of three invented women, to be looked at: many lesions, one,
 * and one whose place is not known. usage: show_skeleton > page.html */
#include "draw/test_words.h"

#include <stdio.h>

#define LESION(id, region, side, state, place, detail, modality, date, days, age)                  \
    {                                                                                              \
        {id, sizeof(id) - 1}, {region, sizeof(region) - 1}, side, state,                           \
            {place, sizeof(place) - 1}, {detail, sizeof(detail) - 1},                              \
            {modality, sizeof(modality) - 1}, {date, sizeof(date) - 1}, days,                      \
        {                                                                                          \
            age, sizeof(age) - 1                                                                   \
        }                                                                                          \
    }

static const ost_draw_lesion many[] = {
    LESION("Condition/1", "T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH, "T7", "SINS 14, lytic, collapse",
           "MRI", "2026-11-20", 4, "4 days ago"),
    LESION("Condition/2", "T8", OST_DRAW_NO_SIDE, OST_DRAW_POSSIBLE, "T8", "SINS 8, mixed", "MRI",
           "2026-11-20", 4, "4 days ago"),
    LESION("Condition/3", "L2", OST_DRAW_NO_SIDE, OST_DRAW_TREATED, "L2", "8 Gy, 2 Oct 2026", "CT",
           "2026-10-02", 53, "53 days ago"),
    LESION("Condition/4", "L4", OST_DRAW_NO_SIDE, OST_DRAW_STABLE, "L4", "SINS 4, sclerotic", "CT",
           "2026-10-02", 53, "53 days ago"),
    LESION("Condition/5", "femur-proximal", OST_DRAW_LEFT, OST_DRAW_HIGH, "Left femur, upper part",
           "3.2 cm, lytic, Mirels 9", "CT", "2026-11-18", 6, "6 days ago"),
    LESION("Condition/6", "femur-shaft", OST_DRAW_RIGHT, OST_DRAW_POSSIBLE, "Right femur, shaft",
           "1.8 cm, mixed, Mirels 8", "X-ray", "2026-07-15", 132, "132 days ago"),
    LESION("Condition/7", "humerus-shaft", OST_DRAW_LEFT, OST_DRAW_UNKNOWN, "Left humerus, shaft",
           "size not recorded", "Bone scan", "2026-09-30", 55, "55 days ago"),
    LESION("Condition/8", "pelvis", OST_DRAW_RIGHT, OST_DRAW_STABLE, "Right ilium", "sclerotic",
           "CT", "2026-10-02", 53, "53 days ago"),
    LESION("Condition/9", "pelvis", OST_DRAW_LEFT, OST_DRAW_TREATED, "Left acetabulum",
           "20 Gy, May 2026", "CT", "2026-06-01", 176, "176 days ago"),
    LESION("Condition/10", "ribs", OST_DRAW_RIGHT, OST_DRAW_POSSIBLE, "Right ribs 6 and 7", "lytic",
           "PET-CT", "2026-11-02", 22, "22 days ago"),
    LESION("Condition/11", "ribs", OST_DRAW_LEFT, OST_DRAW_STABLE, "Left rib 4", "", "PET-CT",
           "2026-11-02", 22, "22 days ago"),
    LESION("Condition/12", "sternum", OST_DRAW_NO_SIDE, OST_DRAW_UNKNOWN, "Sternum", "", "", "", -1,
           ""),
    LESION("Condition/13", "skull", OST_DRAW_NO_SIDE, OST_DRAW_STABLE, "Skull, left parietal", "",
           "PET-CT", "2026-11-02", 22, "22 days ago"),
    LESION("Condition/14", "C5", OST_DRAW_NO_SIDE, OST_DRAW_STABLE, "C5", "SINS 5", "MRI",
           "2026-11-20", 4, "4 days ago"),
    LESION("Condition/15", "S", OST_DRAW_NO_SIDE, OST_DRAW_POSSIBLE, "Sacrum", "SINS 7", "MRI",
           "2026-11-20", 4, "4 days ago"),
    LESION("Condition/16", "scapula", OST_DRAW_RIGHT, OST_DRAW_TREATED, "Right scapula",
           "8 Gy, 3 Mar 2026", "CT", "2026-02-20", 277, "277 days ago"),
    LESION("Condition/17", "T12", OST_DRAW_NO_SIDE, OST_DRAW_UNKNOWN, "T12", "", "Bone scan",
           "2026-09-30", 55, "55 days ago"),
    LESION("Condition/18", "spine", OST_DRAW_NO_SIDE, OST_DRAW_UNKNOWN,
           "Thoracic spine, level not given", "from a letter", "", "", -1, ""),
    LESION("Condition/19", "femur-distal", OST_DRAW_NO_SIDE, OST_DRAW_POSSIBLE,
           "Femur, lower part, side not given", "", "X-ray", "2026-11-10", 14, "14 days ago"),
    LESION("Condition/20", "other", OST_DRAW_LEFT, OST_DRAW_STABLE, "Left third metacarpal", "",
           "X-ray", "2026-11-10", 14, "14 days ago"),
};

static const ost_draw_lesion one[] = {
    LESION("Condition/1", "femur-proximal", OST_DRAW_LEFT, OST_DRAW_HIGH, "Left femur, upper part",
           "3.2 cm, lytic, Mirels 9", "CT", "2026-11-18", 6, "6 days ago"),
};

static const ost_draw_lesion listed[] = {
    LESION("Condition/1", "", OST_DRAW_NO_SIDE, OST_DRAW_UNKNOWN, "Bone, place not given", "", "",
           "", -1, ""),
};

int main(void)
{
    static const struct {
        const char *heading;
        ost_draw_map map;
    } women[] = {
        {"Many lesions", {"many", &test_words, many, OST_ARRAY_LEN(many), false, 90}},
        {"Many lesions, numbers only",
         {"compact", &test_words, many, OST_ARRAY_LEN(many), true, 90}},
        {"One lesion", {"one", &test_words, one, OST_ARRAY_LEN(one), false, 90}},
        {"One lesion without a place",
         {"listed", &test_words, listed, OST_ARRAY_LEN(listed), false, 90}},
        {"No lesion", {"none", &test_words, NULL, 0, false, 90}},
    };
    ost_arena *arena = ost_arena_new(0);
    if (!arena) {
        return 1;
    }
    ost_buf page = ost_buf_init(arena);
    ost_buf_text(&page,
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                 "<title>Skeleton maps</title><style>\nbody{font:1rem/1.4 system-ui,sans-serif}\n");
    ost_draw_skeleton_style(&page);
    for (size_t i = 0; i < OST_ARRAY_LEN(women); i++) {
        ost_draw_skeleton_pairs(&page, &women[i].map);
    }
    ost_buf_text(&page, "</style></head><body><main><h1>Skeleton maps</h1>\n");
    for (size_t i = 0; i < OST_ARRAY_LEN(women); i++) {
        ost_buf_printf(&page, "<h2>%s</h2>\n", women[i].heading);
        ost_draw_skeleton(&page, &women[i].map);
    }
    ost_buf_text(&page, "</main></body></html>\n");
    ost_str text = ost_buf_str(&page);
    bool written = text.ptr && fwrite(text.ptr, 1, text.len, stdout) == text.len;
    ost_arena_free(arena);
    return written && fflush(stdout) == 0 ? 0 : 1;
}
