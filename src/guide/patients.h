/* Where records come from: a path or a text, with one or many patients. */
#ifndef OST_GUIDE_PATIENTS_H
#define OST_GUIDE_PATIENTS_H

#include "guide/content.h"

struct ost_patients {
    ost_arena *arena;
    const ost_content *content;
    ost_population *population;
    const char **ids;
    size_t count;
};

/* Reads the record of one patient. */
OST_MUST_CHECK ost_status ost_patients_read(const ost_patients *patients, size_t index,
                                            const ost_read_options *options, ost_record **out,
                                            ost_error *error);

#endif
