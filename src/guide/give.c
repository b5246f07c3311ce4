/* Copies a result out of its arena for the caller of the public API. */
#include "guide/give.h"

#include <stdlib.h>

ost_status ost_text_give(ost_str from, char **text, size_t *len, ost_error *error)
{
    char *copy = from.ptr ? malloc(from.len + 1) : NULL;
    if (!copy) {
        return ost_err_set(error, OST_E_MEMORY, "memory is short");
    }
    memcpy(copy, from.ptr, from.len);
    copy[from.len] = '\0';
    *text = copy;
    *len = from.len;
    return OST_OK;
}

void ost_text_free(char *text)
{
    free(text);
}
