/* Opens a case: its record is read, then the facts that it names are replaced. */
#include "cases.h"

#include "base/file.h"
#include "guide/patients.h"

enum { RECORD_MAX = 64 << 20 };

/* "creatinine=3.2;pregnant=unknown" */
static bool replace_facts(ost_run *run, ost_str facts, ost_buf *problems)
{
    ost_str one;
    while (ost_str_next(&facts, ';', &one)) {
        size_t equals = ost_str_find(one, OST_STR("="), 0);
        ost_str id = ost_str_trim(ost_str_sub(one, 0, equals == SIZE_MAX ? one.len : equals));
        ost_str text =
            ost_str_trim(equals == SIZE_MAX ? (ost_str){0} : ost_str_sub(one, equals + 1, one.len));
        uint32_t fact = ost_map_get(&run->content->fact_ids, id);
        ost_value value;
        if (id.len == 0) {
            continue;
        }
        if (fact == OST_MAP_NONE || !ost_run_parse_value(run, fact, text, &value)) {
            ost_buf_printf(problems, "#   not a fact or not its value: %.*s\n", OST_STR_ARG(one));
            return false;
        }
        ost_run_what_if(run, fact, value);
    }
    ost_run_reread(run);
    return true;
}

bool case_open(const ost_content *content, const test_case *c, ost_arena *arena, opened_case *out,
               ost_buf *problems)
{
    ost_assess_options options = OST_ASSESS_OPTIONS_INIT;
    *out = (opened_case){0};
    options.as_of = ost_str_copy(arena, c->as_of).ptr;
    ost_status status = ost_file_read(arena, c->record.ptr, RECORD_MAX, &out->text, &out->error);
    status = status == OST_OK ? ost_patients_from_text(content, out->text.ptr, out->text.len,
                                                       &out->patients, &out->error)
                              : status;
    status = status == OST_OK
                 ? ost_run_open(content, out->patients, 0, &options, arena, &out->run, &out->error)
                 : status;
    if (status != OST_OK) {
        ost_buf_printf(problems, "#   %s: %s\n", out->error.source, out->error.message);
        return false;
    }
    return replace_facts(&out->run, c->facts, problems);
}

void case_close(opened_case *open)
{
    ost_run_close(&open->run);
    ost_patients_free(open->patients);
}
