/* How a state looks. Shape, pattern, sign and grey tone all differ, so that no reader depends on
 * colour (test_skeleton.c computes the differences). */
#include "draw/marks.h"

enum { OLD_FILL = 0xD9D9D9, OLD_INK = 0x4D4D4D };

const ost_draw_mark ost_draw_marks[OST_DRAW_STATE_COUNT] = {
    [OST_DRAW_STABLE] = {.id = "stable",
                         .fill = 0xB8E2FA,
                         .ink = 0x10405F,
                         .shape = "M-10,0 A10,10 0 1 1 10,0 A10,10 0 1 1 -10,0 Z",
                         .rank = 2},
    [OST_DRAW_POSSIBLE] = {.id = "possible",
                           .fill = 0xDE9500,
                           .ink = 0x3D2A00,
                           .pattern = "M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5",
                           .pattern_width = "1.3",
                           .shape = "M0,-10 L11,9 L-11,9 Z",
                           .rank = 4},
    [OST_DRAW_HIGH] = {.id = "high",
                       .fill = 0xC04A06,
                       .ink = 0x2B0F00,
                       .pattern = "M0,0 L6,6 M6,0 L0,6",
                       .pattern_width = "0.9",
                       .shape = "M0,-12 L12,0 L0,12 L-12,0 Z",
                       .sign = "M0,-6 L0,1 M0,5 L0,5.5",
                       .rank = 5},
    [OST_DRAW_TREATED] = {.id = "treated",
                          .fill = 0x003F66,
                          .ink = 0xFFFFFF,
                          .pattern = "M1.5,1.5 L1.5,1.6 M4.5,4.5 L4.5,4.6",
                          .pattern_width = "1.4",
                          .shape = "M-9,-9 L9,-9 L9,9 L-9,9 Z",
                          .sign = "M-5,0 L-1,4 L5,-4",
                          .rank = 1},
    [OST_DRAW_UNKNOWN] = {.id = "unknown",
                          .fill = 0xFFFFFF,
                          .ink = 0x1A1A1A,
                          .pattern = "M1.5,0 L1.5,3 M4.5,3 L4.5,6",
                          .pattern_width = "1.1",
                          .shape = "M-6,-10 L6,-10 L11,0 L6,10 L-6,10 L-11,0 Z",
                          .sign = "M-3,-3 C-3,-7 4,-7 4,-3 C4,0 0,-1 0,2 M0,5.5 L0,6",
                          .dashed = true,
                          .rank = 3},
};

static uint32_t fill_of(ost_draw_state state, bool old)
{
    return old && state != OST_DRAW_UNKNOWN ? OLD_FILL : ost_draw_marks[state].fill;
}

static uint32_t ink_of(ost_draw_state state, bool old)
{
    return old ? OLD_INK : ost_draw_marks[state].ink;
}

void ost_draw_mark_patterns(ost_buf *out, const char *prefix)
{
    ost_buf_text(out, "<defs>\n");
    for (int i = 0; i < OST_DRAW_STATE_COUNT * 2; i++) {
        ost_draw_state state = (ost_draw_state)(i / 2);
        bool old = i % 2 == 1;
        const ost_draw_mark *mark = &ost_draw_marks[state];
        ost_buf_printf(out,
                       "<pattern id=\"%s-fill-%s%s\" width=\"6\" height=\"6\" "
                       "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
                       "fill=\"#%06x\"/>",
                       prefix, mark->id, old ? "-old" : "", (unsigned)fill_of(state, old));
        if (mark->pattern) {
            ost_buf_printf(out,
                           "<path d=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%s\" "
                           "stroke-linecap=\"round\"/>",
                           mark->pattern, (unsigned)ink_of(state, old), mark->pattern_width);
        }
        ost_buf_text(out, "</pattern>\n");
    }
    ost_buf_text(out, "</defs>\n");
}

void ost_draw_mark_bone(ost_buf *out, const char *prefix, ost_draw_state state, bool old)
{
    const ost_draw_mark *mark = &ost_draw_marks[state];
    ost_buf_printf(out, " fill=\"url(#%s-fill-%s%s)\" stroke=\"#1a1a1a\" stroke-width=\"%s\"%s",
                   prefix, mark->id, old ? "-old" : "", state == OST_DRAW_HIGH ? "2.6" : "1.8",
                   mark->dashed ? " stroke-dasharray=\"4 2\"" : "");
}

void ost_draw_mark_shape(ost_buf *out, ost_draw_state state, bool old, int x, int y, int size)
{
    const ost_draw_mark *mark = &ost_draw_marks[state];
    ost_buf_printf(out, "<g transform=\"translate(%d,%d) scale(%d.%d)\">", x, y, size / 10,
                   size % 10);
    ost_buf_printf(out,
                   "<path d=\"%s\" fill=\"#%06x\" stroke=\"#1a1a1a\" stroke-width=\"1.8\" "
                   "stroke-linejoin=\"round\"%s/>",
                   mark->shape, (unsigned)fill_of(state, old),
                   mark->dashed ? " stroke-dasharray=\"4 2\"" : "");
    if (mark->sign) {
        bool dark = old || state == OST_DRAW_UNKNOWN;
        ost_buf_printf(out,
                       "<path d=\"%s\" fill=\"none\" stroke=\"#%s\" stroke-width=\"2.6\" "
                       "stroke-linecap=\"round\" stroke-linejoin=\"round\"/>",
                       mark->sign, dark ? "1a1a1a" : "ffffff");
    }
    ost_buf_text(out, "</g>");
}
