/* The skeleton map: each region once and on her side of it, nothing guessed, nothing lost, XML for
 * any text, states that grey paper keeps apart. */
#include "base/test.h"

#include "draw/layout.h"
#include "draw/marks.h"
#include "draw/svg.h"
#include "draw/test_words.h"

#include "draw/test_xml.h"

enum { OLD_DAYS = 90 };

static ost_draw_lesion make_lesion(const char *region, ost_draw_side side, ost_draw_state state)
{
    return (ost_draw_lesion){.id = OST_STR("Condition/l"),
                             .region = ost_str_of(region),
                             .side = side,
                             .state = state,
                             .place = OST_STR("Some place"),
                             .detail = OST_STR("lytic"),
                             .modality = OST_STR("CT"),
                             .date = OST_STR("2026-11-20"),
                             .age_days = 4,
                             .age = OST_STR("4 days ago")};
}

static ost_draw_map make_map(const ost_draw_lesion *lesions, size_t count)
{
    return (ost_draw_map){.prefix = "p",
                          .words = &test_words,
                          .lesions = lesions,
                          .count = count,
                          .old_days = OLD_DAYS};
}

static ost_str draw(ost_arena *arena, const ost_draw_map *map)
{
    ost_buf out = ost_buf_init(arena);
    ost_draw_skeleton_svg(&out, map);
    ost_str text = ost_buf_str(&out);
    assert_non_null(text.ptr);
    return text;
}

static size_t count_of(ost_str text, const char *part)
{
    size_t count = 0, at = 0;
    while ((at = ost_str_find(text, ost_str_of(part), at)) != SIZE_MAX) {
        count++;
        at++;
    }
    return count;
}

static ost_str id_of(ost_arena *arena, const ost_draw_region *region, ost_draw_side side)
{
    ost_buf id = ost_buf_init(arena);
    ost_buf_printf(&id, "id=\"p-%s%s\"", region->id, ost_draw_side_end(region, side));
    return ost_buf_str(&id);
}

/* The tag that holds the id, up to ">". */
static ost_str tag_of(ost_str svg, ost_str id)
{
    size_t at = ost_str_find(svg, id, 0);
    assert_true(at != SIZE_MAX);
    return ost_str_sub(svg, at, ost_str_find(svg, OST_STR(">"), at) - at);
}

static bool holds(ost_str text, const char *part)
{
    return count_of(text, part) > 0;
}

static void test_region_table(void **state)
{
    (void)state;
    static const char *const single[] = {"skull", "mandible", "sternum", "C1", "C2", "C3",  "C4",
                                         "C5",    "C6",       "C7",      "T1", "T2", "T3",  "T4",
                                         "T5",    "T6",       "T7",      "T8", "T9", "T10", "T11",
                                         "T12",   "L1",       "L2",      "L3", "L4", "L5",  "S"};
    static const char *const paired[] = {
        "pelvis",         "ribs",        "humerus-proximal", "humerus-shaft", "humerus-distal",
        "femur-proximal", "femur-shaft", "femur-distal",     "scapula",       "clavicle",
        "tibia",          "fibula",      "forearm"};
    for (size_t i = 0; i < OST_ARRAY_LEN(single); i++) {
        const ost_draw_region *region = ost_draw_region_find(ost_str_of(single[i]));
        if (!region || region->paired || region->view == OST_DRAW_NOWHERE) {
            fail_msg("%s", single[i]);
        }
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(paired); i++) {
        const ost_draw_region *region = ost_draw_region_find(ost_str_of(paired[i]));
        if (!region || !region->paired || region->view == OST_DRAW_NOWHERE) {
            fail_msg("%s", paired[i]);
        }
    }
    assert_int_equal(ost_draw_region_find(OST_STR("other"))->view, OST_DRAW_NOWHERE);
    assert_int_equal(ost_draw_region_count, OST_ARRAY_LEN(single) + OST_ARRAY_LEN(paired) + 1);
    assert_null(ost_draw_region_find(OST_STR("")));
    assert_null(ost_draw_region_find((ost_str){NULL, 0}));
    assert_null(ost_draw_region_find(OST_STR("t7")));
}

/* Each id stands once, inside the group of its view. */
static void test_each_region_once(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    ost_draw_map map = make_map(NULL, 0);
    ost_str svg = draw(arena, &map);
    size_t front = ost_str_find(svg, OST_STR("id=\"p-front\""), 0);
    size_t back = ost_str_find(svg, OST_STR("id=\"p-back\""), 0);
    assert_true(front < back && back != SIZE_MAX);
    size_t drawn = 0;
    for (size_t i = 0; i < ost_draw_region_count; i++) {
        const ost_draw_region *region = &ost_draw_regions[i];
        for (int side = OST_DRAW_NO_SIDE; side <= OST_DRAW_LEFT; side++) {
            ost_str id = id_of(arena, region, (ost_draw_side)side);
            bool expected =
                region->view != OST_DRAW_NOWHERE && region->paired == (side != OST_DRAW_NO_SIDE);
            if (!expected) {
                continue;
            }
            size_t at = ost_str_find(svg, id, 0);
            drawn++;
            if (count_of(svg, id.ptr) != 1 || at < front ||
                (region->view == OST_DRAW_BACK) != (at > back)) {
                fail_msg("%s", id.ptr);
            }
        }
    }
    assert_int_equal(count_of(svg, "data-region="), drawn);
    assert_int_equal(count_of(svg, "data-state="), 0);
    assert_int_equal(count_of(svg, "id=\"p-other"), 0);
    assert_true(holds(svg, "No lesion is recorded."));
    assert_false(holds(svg, "role=\"list\""));
    ost_arena_free(arena);
}

/* A lesion colours its bone and no other. */
static void test_each_region_lights_up(void **state)
{
    (void)state;
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < ost_draw_region_count; i++) {
        const ost_draw_region *region = &ost_draw_regions[i];
        for (int side = OST_DRAW_NO_SIDE; side <= OST_DRAW_LEFT; side++) {
            ost_draw_lesion lesion = make_lesion(region->id, (ost_draw_side)side, OST_DRAW_HIGH);
            ost_draw_map map = make_map(&lesion, 1);
            ost_str svg = draw(arena, &map);
            bool drawn =
                region->view != OST_DRAW_NOWHERE && (!region->paired || side != OST_DRAW_NO_SIDE);
            if (ost_draw_is_drawn(&lesion) != drawn ||
                count_of(svg, "data-state=") != (drawn ? 1 : 0) ||
                (drawn &&
                 !holds(tag_of(svg, id_of(arena, region, lesion.side)), "data-state=\"high\"")) ||
                holds(svg, test_words.listed.ptr) == drawn) {
                fail_msg("%s %d", region->id, side);
            }
        }
    }
    ost_arena_free(arena);
}

/* Front: her right is on the left of the paper. Back: her right is on the right. */
static void test_her_sides(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *region;
        ost_draw_side side;
        bool mirrored; /* drawn left of her midline on the paper */
        int column;
    } rows[] = {
        {"front, right", "femur-proximal", OST_DRAW_RIGHT, true, 0},
        {"front, left", "femur-proximal", OST_DRAW_LEFT, false, 1},
        {"back, right", "scapula", OST_DRAW_RIGHT, false, 3},
        {"back, left", "scapula", OST_DRAW_LEFT, true, 2},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        const ost_draw_region *region = ost_draw_region_find(ost_str_of(rows[i].region));
        ost_draw_lesion lesion = make_lesion(rows[i].region, rows[i].side, OST_DRAW_STABLE);
        ost_draw_map map = make_map(&lesion, 1);
        ost_draw_layout layout;
        assert_true(ost_draw_layout_make(arena, &map, &layout));
        ost_str tag = tag_of(draw(arena, &map), id_of(arena, region, rows[i].side));
        if (holds(tag, "scale(-1,1)") != rows[i].mirrored ||
            layout.labels[0].column != rows[i].column ||
            (layout.labels[0].x < layout.centre[region->view]) != rows[i].mirrored) {
            fail_msg("%s", rows[i].name);
        }
    }
    ost_draw_map none = make_map(NULL, 0);
    ost_str svg = draw(arena, &none);
    assert_int_equal(count_of(svg, ">Her right<"), 2);
    assert_int_equal(count_of(svg, ">Her left<"), 2);
    size_t back = ost_str_find(svg, OST_STR(">Back<"), 0);
    size_t right = ost_str_find(svg, OST_STR(">Her right<"), back);
    assert_true(ost_str_find(svg, OST_STR(">Her left<"), back) < right);
    ost_arena_free(arena);
}

static void test_nothing_is_guessed(void **state)
{
    (void)state;
    static const struct row {
        const char *name, *region;
        ost_draw_side side;
    } rows[] = {
        {"no region", "", OST_DRAW_NO_SIDE},
        {"spine, no level", "spine", OST_DRAW_NO_SIDE},
        {"no such level", "T13", OST_DRAW_LEFT},
        {"paired, no side", "pelvis", OST_DRAW_NO_SIDE},
        {"other bone", "other", OST_DRAW_LEFT},
        {"part of an id", "femur", OST_DRAW_LEFT},
        {"id with side", "pelvis-left", OST_DRAW_LEFT},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_draw_lesion lesion = make_lesion(rows[i].region, rows[i].side, OST_DRAW_POSSIBLE);
        ost_draw_map map = make_map(&lesion, 1);
        ost_buf out = ost_buf_init(arena);
        ost_draw_skeleton_table(&out, &map);
        ost_str svg = draw(arena, &map);
        if (ost_draw_is_drawn(&lesion) || holds(svg, "data-state=") ||
            count_of(svg, "role=\"listitem\"") != 1 || !holds(svg, test_words.listed.ptr) ||
            !holds(svg, "1: Some place, Possible risk, lytic, CT 2026-11-20") ||
            !holds(ost_buf_str(&out), "(not drawn)")) {
            fail_msg("%s", rows[i].name);
        }
    }
    ost_arena_free(arena);
}

static void test_old_images(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        int age_days;
        bool old;
    } rows[] = {{"today", 0, false},
                {"at the limit", OLD_DAYS, false},
                {"past the limit", OLD_DAYS + 1, true},
                {"age not known", -1, true}};
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_draw_lesion lesion = make_lesion("T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH);
        lesion.age_days = rows[i].age_days;
        lesion.age = OST_STR("so many days ago");
        ost_draw_map map = make_map(&lesion, 1);
        ost_str svg = draw(arena, &map);
        ost_buf table = ost_buf_init(arena);
        ost_draw_skeleton_table(&table, &map);
        bool grey = holds(tag_of(svg, OST_STR("id=\"p-T7\"")), "url(#p-fill-high-old)");
        if (grey != rows[i].old || count_of(svg, "so many days ago") != (rows[i].old ? 2 : 0) ||
            count_of(ost_buf_str(&table), "so many days ago") != (rows[i].old ? 1 : 0)) {
            fail_msg("%s", rows[i].name);
        }
    }
    ost_draw_lesion undated = make_lesion("T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH);
    undated.date = undated.age = (ost_str){NULL, 0};
    undated.age_days = -1;
    ost_draw_map map = make_map(&undated, 1);
    assert_true(holds(draw(arena, &map), ">CT no date<"));
    ost_arena_free(arena);
}

/* The worst state colours the bone whatever the order; of equals a recent one does. */
static void test_two_lesions_of_a_bone(void **state)
{
    (void)state;
    static const struct row {
        const char *name;
        ost_draw_state first, second;
        int first_age, second_age;
        const char *fill;
    } rows[] = {
        {"high after stable", OST_DRAW_STABLE, OST_DRAW_HIGH, 1, 1, "-fill-high)"},
        {"high before treated", OST_DRAW_HIGH, OST_DRAW_TREATED, 1, 1, "-fill-high)"},
        {"possible over unknown", OST_DRAW_UNKNOWN, OST_DRAW_POSSIBLE, 1, 1, "-fill-possible)"},
        {"unknown over stable", OST_DRAW_STABLE, OST_DRAW_UNKNOWN, 1, 1, "-fill-unknown)"},
        {"stable over treated", OST_DRAW_STABLE, OST_DRAW_TREATED, 1, 1, "-fill-stable)"},
        {"recent over old", OST_DRAW_HIGH, OST_DRAW_HIGH, 200, 1, "-fill-high)"},
        {"old high over recent", OST_DRAW_HIGH, OST_DRAW_STABLE, 200, 1, "-fill-high-old)"},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        ost_draw_lesion pair[] = {make_lesion("L2", OST_DRAW_NO_SIDE, rows[i].first),
                                  make_lesion("L2", OST_DRAW_NO_SIDE, rows[i].second)};
        pair[0].age_days = rows[i].first_age;
        pair[1].age_days = rows[i].second_age;
        ost_draw_map map = make_map(pair, 2);
        ost_str svg = draw(arena, &map);
        if (!holds(tag_of(svg, OST_STR("id=\"p-L2\"")), rows[i].fill) ||
            count_of(svg, "role=\"listitem\"") != 2) {
            fail_msg("%s", rows[i].name);
        }
    }
    ost_arena_free(arena);
}

static bool labels_are_apart(const ost_draw_layout *layout, size_t count)
{
    bool apart = layout->count == count;
    for (size_t i = 0; i < layout->count; i++) {
        const ost_draw_label *label = &layout->labels[i];
        apart = apart && label->y >= OST_DRAW_TOP && label->y + label->height <= layout->bottom &&
                label->x > 0 && label->x < layout->width;
        if (i + 1 < layout->count && label[1].column == label->column) {
            apart = apart && label->y + label->height <= label[1].y &&
                    label->target_y <= label[1].target_y;
        }
    }
    return apart;
}

/* 300 lesions, all regions: none lost in picture or table, no label over another. */
static void test_many(void **state)
{
    (void)state;
    enum { MANY = 300 };
    static ost_draw_lesion lesions[MANY];
    size_t drawn = 0;
    for (size_t i = 0; i < MANY; i++) {
        const ost_draw_region *region = &ost_draw_regions[i * 5 % ost_draw_region_count];
        lesions[i] = make_lesion(region->id, (ost_draw_side)(i % 3),
                                 (ost_draw_state)(i % OST_DRAW_STATE_COUNT));
        lesions[i].age_days = (int)i;
        drawn += ost_draw_is_drawn(&lesions[i]) ? 1 : 0;
    }
    ost_arena *arena = ost_arena_new(0);
    for (int compact = 0; compact <= 1; compact++) {
        ost_draw_map map = make_map(lesions, MANY);
        map.compact = compact == 1;
        ost_draw_layout layout;
        assert_true(ost_draw_layout_make(arena, &map, &layout));
        assert_true(drawn > MANY / 2 && drawn < MANY && labels_are_apart(&layout, drawn));
        ost_buf out = ost_buf_init(arena);
        ost_draw_skeleton(&out, &map);
        ost_str html = ost_buf_str(&out);
        assert_int_equal(count_of(html, "role=\"listitem\""), MANY);
        assert_int_equal(count_of(html, "<tr id="), MANY);
        assert_int_equal(count_of(html, "(not drawn)"), MANY - drawn);
        assert_int_equal(count_of(html, "id=\"p-lesion-300\""), 1);
        assert_true(test_xml_is_well_formed(arena, html));
        ost_buf again = ost_buf_init(arena);
        ost_draw_skeleton(&again, &map);
        assert_true(ost_str_equal(html, ost_buf_str(&again)));
    }
    ost_arena_free(arena);
}

static void test_xml_judge(void **state)
{
    (void)state;
    static const struct row {
        const char *text;
        bool good;
    } rows[] = {
        {"<a/>", true},          {"<a x=\"1\" id=\"b\">t<b/></a>", true},
        {"<a>", false},          {"<a></b>", false},
        {"<a x=1/>", false},     {"<a x=\"1\" x=\"2\"/>", false},
        {"<a>&x;</a>", false},   {"<a id=\"i\"/><b id=\"i\"/>", false},
        {"</a>", false},         {"<a>\x01</a>", false},
        {"<a x=\"<\"/>", false}, {"<a>&amp;&#39;</a>", true},
    };
    ost_arena *arena = ost_arena_new(0);
    for (size_t i = 0; i < OST_ARRAY_LEN(rows); i++) {
        if (test_xml_is_well_formed(arena, ost_str_of(rows[i].text)) != rows[i].good) {
            fail_msg("%s", rows[i].text);
        }
    }
    ost_arena_free(arena);
}

/* Any text in any place stays text; two maps of a page share no id. */
static void test_hostile_text(void **state)
{
    (void)state;
    static const char hostile[] = "</text><script>alert('1')</script>\"&amp;\x01\x02\xFF]]> <!--";
    ost_str text = {hostile, sizeof hostile}; /* with its NUL */
    ost_draw_lesion lesions[] = {make_lesion("T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH),
                                 make_lesion(hostile, OST_DRAW_LEFT, OST_DRAW_UNKNOWN)};
    for (size_t i = 0; i < OST_ARRAY_LEN(lesions); i++) {
        ost_draw_lesion *l = &lesions[i];
        l->id = l->place = l->detail = l->modality = l->date = l->age = text;
        l->age_days = -1;
    }
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_draw_map first = make_map(lesions, 2), second = first;
    second.prefix = "q";
    ost_draw_skeleton(&out, &first);
    ost_draw_skeleton(&out, &second);
    ost_str html = ost_buf_str(&out);
    assert_true(test_xml_is_well_formed(arena, html));
    assert_false(holds(html, "<script"));
    assert_true(holds(html, "&lt;script&gt;"));
    second.prefix = "p";
    ost_draw_skeleton(&out, &second);
    assert_false(test_xml_is_well_formed(arena, ost_buf_str(&out)));
    ost_arena_free(arena);
}

/* A long name is cut in the figure and says so; the accessible name and the table have it whole. */
static void test_long_names(void **state)
{
    (void)state;
    ost_draw_lesion lesion = make_lesion("femur-shaft", OST_DRAW_LEFT, OST_DRAW_STABLE);
    lesion.place = OST_STR("Left femur, middle third of the shaft, on its inner side, near the old "
                           "plate that was put in after the fall");
    lesion.modality = OST_STR("Bone scan with SPECT-CT of the pelvis and both thighs");
    ost_draw_map map = make_map(&lesion, 1);
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_draw_skeleton(&out, &map);
    ost_str html = ost_buf_str(&out);
    assert_int_equal(count_of(html, "\xE2\x80\xA6"), 2);          /* place and imaging */
    assert_int_equal(count_of(html, "put in after the fall"), 4); /* title, name, row twice */
    assert_true(holds(html, "both thighs 2026-11-20"));
    ost_arena_free(arena);
}

static double root_of(double x, int n)
{
    double y = 1;
    for (int i = 0; i < 200; i++) {
        double power = 1;
        for (int k = 1; k < n; k++) {
            power *= y;
        }
        y = ((n - 1) * y + x / power) / n;
    }
    return y;
}

static double linear(unsigned byte)
{
    double v = byte / 255.0;
    if (v <= 0.04045) {
        return v / 12.92;
    }
    double fifth = root_of((v + 0.055) / 1.055, 5), power = 1;
    for (int i = 0; i < 12; i++) { /* to the power of 12/5 */
        power *= fifth;
    }
    return power;
}

/* Relative luminance of sRGB (IEC 61966-2-1). */
static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
           0.0722 * linear(rgb & 255);
}

/* CIE L*, 0 to 100. */
static double lightness(uint32_t rgb)
{
    double y = luminance(rgb);
    return y > 0.008856 ? 116 * root_of(y, 3) - 16 : 903.3 * y;
}

/* M-02: shapes and patterns all differ; next to each other in the legend, so does the grey tone. */
static void test_states_on_grey_paper(void **state)
{
    (void)state;
    enum { LEAST_STEP = 20 };
    assert_true(lightness(0xFFFFFF) > 99.9 && lightness(0x777777) > 49 && lightness(0x777777) < 51);
    for (int i = 0; i < OST_DRAW_STATE_COUNT; i++) {
        const ost_draw_mark *one = &ost_draw_marks[i];
        for (int k = i + 1; k < OST_DRAW_STATE_COUNT; k++) {
            const ost_draw_mark *other = &ost_draw_marks[k];
            bool shape = strcmp(one->shape, other->shape) != 0;
            bool pattern =
                strcmp(one->pattern ? one->pattern : "", other->pattern ? other->pattern : "") != 0;
            if (!shape || !pattern || one->rank == other->rank || strcmp(one->id, other->id) == 0) {
                fail_msg("%s and %s look alike", one->id, other->id);
            }
        }
        uint32_t next = i + 1 < OST_DRAW_STATE_COUNT ? one[1].fill : 0x000000;
        double step = lightness(one->fill) - lightness(next);
        if (step < LEAST_STEP && step > -LEAST_STEP) {
            fail_msg("%s and the next state have nearly one grey", one->id);
        }
        double fill = luminance(one->fill), ink = luminance(one->ink);
        double contrast =
            (fill > ink ? fill + 0.05 : ink + 0.05) / (fill > ink ? ink + 0.05 : fill + 0.05);
        if (contrast < 3) { /* WCAG 2.2, 1.4.11 */
            fail_msg("%s: the pattern has a contrast of %d/10", one->id, (int)(contrast * 10));
        }
    }
}

/* Memory short at any point: either the whole picture or a failure, never a part of it. */
static void test_short_memory(void **state)
{
    (void)state;
    ost_draw_lesion lesions[] = {make_lesion("T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH),
                                 make_lesion("", OST_DRAW_LEFT, OST_DRAW_UNKNOWN)};
    lesions[0].place =
        OST_STR("A place with a name that is longer than the label beside it has room");
    ost_draw_map map = make_map(lesions, 2);
    ost_arena *whole_arena = ost_arena_new(0);
    ost_buf whole = ost_buf_init(whole_arena);
    ost_draw_skeleton(&whole, &map);
    assert_false(whole.failed);
    bool failed = true;
    size_t n = 1;
    for (; failed && n < 1000; n++) {
        ost_arena *arena = ost_arena_new(0);
        ost_buf out = ost_buf_init(arena);
        ost_arena_fail_at(arena, n);
        ost_draw_skeleton(&out, &map);
        failed = out.failed;
        if (!failed) {
            ost_arena_fail_at(arena, 0);
            assert_true(ost_str_equal(ost_buf_str(&out), ost_buf_str(&whole)));
        }
        ost_arena_free(arena);
    }
    assert_true(n > 15 && !failed);
    ost_arena_free(whole_arena);
}

static void test_style(void **state)
{
    (void)state;
    ost_draw_lesion lesions[] = {make_lesion("T7", OST_DRAW_NO_SIDE, OST_DRAW_HIGH),
                                 make_lesion("T8", OST_DRAW_NO_SIDE, OST_DRAW_HIGH)};
    ost_draw_map map = make_map(lesions, 2);
    ost_arena *arena = ost_arena_new(0);
    ost_buf out = ost_buf_init(arena);
    ost_draw_skeleton_style(&out);
    ost_draw_skeleton_pairs(&out, &map);
    ost_str css = ost_buf_str(&out);
    assert_int_equal(count_of(css, "{"), count_of(css, "}"));
    assert_false(holds(css, "<"));
    assert_int_equal(count_of(css, ":has(#p-row-2:target"), 1);
    assert_int_equal(count_of(css, ":has(#p-lesion-2:target"), 1);
    assert_int_equal(count_of(css, "#p-row-3"), 0);
    ost_arena_free(arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_region_table),
    cmocka_unit_test(test_each_region_once),
    cmocka_unit_test(test_each_region_lights_up),
    cmocka_unit_test(test_her_sides),
    cmocka_unit_test(test_nothing_is_guessed),
    cmocka_unit_test(test_old_images),
    cmocka_unit_test(test_two_lesions_of_a_bone),
    cmocka_unit_test(test_many),
    cmocka_unit_test(test_xml_judge),
    cmocka_unit_test(test_hostile_text),
    cmocka_unit_test(test_long_names),
    cmocka_unit_test(test_states_on_grey_paper),
    cmocka_unit_test(test_short_memory),
    cmocka_unit_test(test_style),
};

OST_TEST_MAIN("draw-skeleton", tests)
