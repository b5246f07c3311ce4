/* Texts that leave the library: owned by the caller, freed with ost_text_free. */
#ifndef OST_GUIDE_GIVE_H
#define OST_GUIDE_GIVE_H

#include "base/err.h"

/* Copies `from`, NUL-terminated; ptr NULL (a buffer that failed) is OST_E_MEMORY. */
OST_MUST_CHECK ost_status ost_text_give(ost_str from, char **text, size_t *len, ost_error *error);

#endif
