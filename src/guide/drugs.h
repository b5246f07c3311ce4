/* Drug texts made codes before the record is read, and messages about drugs that are not
 * understood. */
#ifndef OST_GUIDE_DRUGS_H
#define OST_GUIDE_DRUGS_H

#include "guide/run.h"

/* For ost_read_options.rewrite; data: the content. True when `replacement` holds the resource
 * with our own drug codes added to each medication that is recognised by code or name. */
bool ost_drug_rewrite(void *data, const ost_tree *tree, uint32_t resource, ost_buf *replacement);
/* Messages: first each current drug that is not recognised, then each drug that was recognised
 * by its name. `by_name` gets the names of the resources of the latter. */
void ost_run_drug_messages(ost_run *run, ost_text_builder *by_name);
/* Labels the facts that rest on a drug recognised by its name. */
void ost_run_drug_labels(ost_run *run, const ost_text_builder *by_name);

#endif
