/* Facts, scores and verdicts of single lesions (docs/design/lesions.md). Private to guide.
 *
 * Each lesion has a scope of its own: an evaluation in which the definition `Lesion.Current lesion`
 * is overridden with its id, and the facts as they are for it. Scope 0 is the woman as a whole.
 * Entering a scope is a change of pointers, so nothing that was evaluated is lost. */
#ifndef OST_GUIDE_LESIONS_H
#define OST_GUIDE_LESIONS_H

#include "guide/run.h"

/* Finds the lesions, opens their scopes and reads their facts; call after ost_run_facts. */
void ost_run_lesions(ost_run *run);
/* From now on evaluation, facts and overrides of the run are those of lesion `index`. */
void ost_run_enter_lesion(ost_run *run, size_t index);
/* Back to the woman as a whole. */
void ost_run_leave_lesion(ost_run *run);
/* Contradictions in the record become warnings (problems.c). */
void ost_run_problems(ost_run *run);
void ost_run_free_lesions(ost_run *run);
/* Names the lesions, when their facts are what they will be. */
void ost_run_name_lesions(ost_run *run);
/* Name of the lesion that is entered: its facts labelled "names the lesion" that are known, else
 * its id; with its id where another lesion has the same name. */
ost_str ost_run_lesion_name(ost_run *run, ost_audience audience);
/* Names and places of the lesions, in their order. */
const ost_lesion *ost_run_lesion_list(ost_run *run, size_t *count);
const ost_score *ost_run_scores(ost_run *run, size_t *count);
ost_score ost_run_score(ost_run *run, const ost_score_def *def, ost_str lesion);
/* All facts for the assessment: of the woman, then those of each lesion. */
ost_fact *ost_run_all_facts(ost_run *run, size_t *count);

#endif
