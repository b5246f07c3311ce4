/* Status = indication AND NOT block, in three-valued logic (design.md section 4).
 *
 *   indication = entry condition of the topic AND condition of the option
 *   block      = any safety entry of level `block` OR any required prerequisite that is not done
 *
 *   block by safety true            -> does not apply, contraindicated; also when it is not
 *                                      indicated, because the danger must be seen
 *   indication false                -> does not apply, not indicated
 *   required prerequisite undone    -> does not apply, not yet
 *   anything else unknown           -> cannot tell yet, missing data
 *
 * Cautions and prerequisites that are only advised never change the status. */
#include "guide/lesions.h"

static ost_tri and_tri(ost_tri a, ost_tri b)
{
    if (a == OST_TRI_NO || b == OST_TRI_NO) {
        return OST_TRI_NO;
    }
    return a == OST_TRI_UNKNOWN || b == OST_TRI_UNKNOWN ? OST_TRI_UNKNOWN : OST_TRI_YES;
}

static ost_tri or_tri(ost_tri a, ost_tri b)
{
    if (a == OST_TRI_YES || b == OST_TRI_YES) {
        return OST_TRI_YES;
    }
    return a == OST_TRI_UNKNOWN || b == OST_TRI_UNKNOWN ? OST_TRI_UNKNOWN : OST_TRI_NO;
}

static ost_tri danger(ost_run *run, const ost_plan_option *option)
{
    ost_tri any = OST_TRI_NO;
    for (size_t i = 0; i < option->safety_count; i++) {
        if (option->safety[i].block) {
            any = or_tri(any, ost_run_tri(run, option->safety[i].define));
        }
    }
    return any;
}

static ost_tri undone(ost_run *run, const ost_plan_option *option)
{
    ost_tri any = OST_TRI_NO;
    for (size_t i = 0; i < option->first_count; i++) {
        if (!option->first[i].required) {
            continue;
        }
        ost_tri done = ost_run_tri(run, option->first[i].define);
        ost_tri not_done = done == OST_TRI_YES ? OST_TRI_NO : OST_TRI_YES;
        any = or_tri(any, done == OST_TRI_UNKNOWN ? OST_TRI_UNKNOWN : not_done);
    }
    return any;
}

static ost_verdict verdict_here(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    ost_tri indication = and_tri(ost_run_tri(run, plan->entry), ost_run_tri(run, option->define));
    ost_tri block = danger(run, option), wait = undone(run, option);
    if (block == OST_TRI_YES) {
        return (ost_verdict){OST_DOES_NOT_APPLY, OST_STR("contraindicated")};
    }
    if (indication == OST_TRI_NO) {
        return (ost_verdict){OST_DOES_NOT_APPLY, OST_STR("not indicated")};
    }
    if (wait == OST_TRI_YES) {
        return (ost_verdict){OST_DOES_NOT_APPLY, OST_STR("not yet")};
    }
    if (indication == OST_TRI_UNKNOWN || or_tri(block, wait) == OST_TRI_UNKNOWN) {
        return (ost_verdict){OST_CANNOT_TELL, OST_STR("missing data")};
    }
    return (ost_verdict){OST_APPLIES, {0}};
}

/* How near an option is to applying: done what is undone it may apply; a danger is more than no
 * indication, because it must be seen. */
static int nearness(ost_verdict verdict)
{
    static const char *const because[] = {"not indicated", "contraindicated", "not yet"};
    int near = 0;
    if (verdict.status != OST_DOES_NOT_APPLY) {
        return (int)OST_ARRAY_LEN(because) + (verdict.status == OST_APPLIES);
    }
    for (int i = 0; i < (int)OST_ARRAY_LEN(because); i++) {
        near = ost_str_is(verdict.because, because[i]) ? i : near;
    }
    return near;
}

/* An option of single lesions is as near as it is for any of them: it applies when it applies for
 * one; it can't be told when it can't be told for one and applies for none. Without lesions it is
 * judged as it stands. */
ost_verdict ost_run_verdict(ost_run *run, const ost_plan *plan, const ost_plan_option *option)
{
    if (!option->per_lesion || run->lesion_count == 0 || run->scope != 0) {
        return verdict_here(run, plan, option);
    }
    ost_verdict best = {0};
    for (size_t i = 0; i < run->lesion_count && (i == 0 || best.status != OST_APPLIES); i++) {
        ost_run_enter_lesion(run, i);
        ost_verdict one = verdict_here(run, plan, option);
        best = i == 0 || nearness(one) > nearness(best) ? one : best;
    }
    ost_run_leave_lesion(run);
    return best;
}

size_t ost_option_defines(const ost_plan *plan, const ost_plan_option *option, uint32_t *out)
{
    size_t count = 0;
    out[count++] = plan->entry;
    out[count++] = option->define;
    for (size_t i = 0; i < option->safety_count && count < OST_OPTION_DEFINES_MAX; i++) {
        if (option->safety[i].block) {
            out[count++] = option->safety[i].define;
        }
    }
    for (size_t i = 0; i < option->first_count && count < OST_OPTION_DEFINES_MAX; i++) {
        if (option->first[i].required) {
            out[count++] = option->first[i].define;
        }
    }
    return count;
}

bool ost_option_depends(const ost_content *content, const ost_plan *plan,
                        const ost_plan_option *option, uint32_t on)
{
    uint32_t defines[OST_OPTION_DEFINES_MAX];
    size_t count = ost_option_defines(plan, option, defines);
    for (size_t i = 0; i < count; i++) {
        bool given = defines[i] != OST_DEFINE_NONE; /* a red flag has no indication */
        if (given && (defines[i] == on || ost_program_depends(content->program, defines[i], on))) {
            return true;
        }
    }
    return false;
}
