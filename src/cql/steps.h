/* The steps of a compiled plan: the one list. Include with STEP defined.
 *
 *   STEP(id, "synopsis")
 *
 * A step has a destination slot `dst`, operands `a`, `b`, `count`, and one piece of static data.
 * Slots hold values; s[n] below is slot n. A jump goes to step `b`. Null is data: unless the
 * synopsis says otherwise a step on null gives null. The enum, the disassembler and the verifier
 * are made from this list. */
#ifndef STEP
#error "define STEP(id, synopsis) before including steps.h"
#endif

STEP(CONSTANT, "s[dst] <- value")
STEP(MOVE, "s[dst] <- s[a]")
STEP(CALL, "s[dst] <- operator(s[a] .. s[a+count-1]); strict operators give null when any is null")
STEP(CONVERT, "s[dst] <- conversion(s[a])")
STEP(CAST, "s[dst] <- s[a] if it has the type, else null; an error when count is 1 (strict)")
STEP(IS, "s[dst] <- whether s[a] has the type; never null")
STEP(JUMP, "go to b")
STEP(JUMP_FALSE, "go to b if s[a] is false")
STEP(JUMP_TRUE, "go to b if s[a] is true")
STEP(JUMP_NOT_TRUE, "go to b if s[a] is false or null")
STEP(JUMP_NULL, "go to b if s[a] is null")
STEP(JUMP_NOT_NULL, "go to b if s[a] is not null")
STEP(DEFINE, "s[dst] <- definition a, evaluated once")
STEP(PARAMETER, "s[dst] <- parameter a")
STEP(INVOKE, "s[dst] <- function(s[a] .. s[a+count-1])")
STEP(CONTEXT, "s[dst] <- the patient of the record; null without a record")
STEP(MEMBER, "s[dst] <- member of the tuple or class in s[a]")
STEP(PROPERTY,
     "s[dst] <- element of the FHIR object in s[a]; of each item, flattened, when it is a list")
STEP(LIST, "s[dst] <- list of s[a] .. s[a+count-1]")
STEP(INTERVAL, "s[dst] <- interval from s[a] to s[a+1]; count bit 0 low closed, bit 1 high closed")
STEP(TUPLE, "s[dst] <- tuple of s[a] .. s[a+count-1] with the shape")
STEP(INSTANCE, "s[dst] <- System class of s[a] .. s[a+count-1] with the shape")
STEP(RETRIEVE, "s[dst] <- resources of a type; with count 1 those whose code path is in s[a]")
STEP(LOOP, "start a loop over the list in s[a]; s[a+1] is its counter; null counts as empty")
STEP(NEXT, "s[dst] <- next item of the loop at a, or go to b when there is none")
STEP(COLLECT, "empty collector a")
STEP(APPEND, "add s[b] to collector a")
STEP(COLLECTED, "s[dst] <- list of collector a; without repeats when count is 1")
STEP(SORT, "s[dst] <- list s[a] ordered by the keys in collectors b .. b+count-1")
STEP(PASS, "s[dst] rests on the item in s[a] too, which passed all filters (tracing only)")

#undef STEP
