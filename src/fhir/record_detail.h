/* What the files that read a record share.
 *
 *   texts ──▶ parts ──▶ tree ──bundle.c──▶ found ──select.c──▶ which count ──index.c──▶ record
 *
 * A part is one JSON document: a bundle, a resource, a line of NDJSON. Memory failures are sticky
 * (`failed`), so that most functions have no result; record.c looks once at the end. */
#ifndef OST_FHIR_RECORD_DETAIL_H
#define OST_FHIR_RECORD_DETAIL_H

#include "base/compat.h"
#include "fhir/index.h"
#include "fhir/record.h"

/* Tree and text are larger than the processor's near memory: loops over resources fetch what they
 * will read next or so many places ahead. Measured on a bundle of 1.8 MB: a tenth of all of it. */
enum { OST_READING_AHEAD = 8, OST_READING_TYPES = 64, OST_CACHE_LINE = 64 };

static inline void ost_fetch(const void *from, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += OST_CACHE_LINE) {
        OST_PREFETCH((const char *)from + at);
    }
}

static inline void ost_reading_fetch(const ost_tree *tree, uint32_t node, size_t count)
{
    size_t left = tree->count - node;
    ost_fetch(&tree->nodes[node], (count < left ? count : left) * sizeof tree->nodes[0]);
}

/* The text that begins where the node's does. */
static inline void ost_reading_fetch_text(const ost_tree *tree, uint32_t node, size_t bytes)
{
    size_t at = ost_tree_offset(tree, node), left = tree->text_len - at;
    ost_fetch(tree->text + at, bytes < left ? bytes : left);
}

typedef struct ost_part {
    ost_str text;     /* as given, borrowed */
    ost_str full_url; /* of the bundle entry that it was cut from; may be empty */
    ost_str name;     /* for messages: file name or empty */
    uint32_t line;    /* of its first byte in its file, 1-based */
    size_t base;      /* offset of its copy in tree.text; of the next one's when it is bad */
    bool bad;         /* it could not be parsed */
} ost_part;

typedef struct ost_found {
    uint32_t node, type;
    uint32_t origin; /* the node it was read from; another than `node` when it was rewritten */
    /* Members, 0 = none; subject: else patient, else beneficiary. */
    uint32_t subject, status, verification, modifier, code;
    ost_str id, full_url;
    uint64_t id_head; /* the first eight bytes of the id as a number that sorts as they do */
    ost_str place;    /* where it stands, when it has no id */
    ost_when date;
    uint32_t first_coding, coding_count; /* into ost_reading.codings */
    bool refers;                         /* its code may be that of another resource */
    bool counts;
} ost_found;

typedef struct ost_note {
    ost_message message;
    uint32_t node; /* its line is found at the end */
} ost_note;

typedef struct ost_reading {
    ost_arena *arena; /* the record's */
    const ost_model *model;
    const ost_read_options *options;
    ost_tree *tree;
    ost_part *parts;
    size_t part_count, part_capacity;
    ost_found *found;
    size_t found_count, found_capacity;
    uint32_t *sorted; /* after sorting: where in `found` the first, second, ... found one is */
    ost_note *notes;
    size_t note_count, note_capacity;
    size_t patient;                          /* index into found */
    struct ost_date_row *dates;              /* by type; NULL = dates are not wanted */
    const ost_model_element **code_elements; /* by type, as far as looked up; NULL = no codes */
    struct {
        uint32_t concept, coding, reference;
    } code_types;
    ost_code_table codes;
    uint32_t *codings; /* numbers of codes */
    size_t coding_count, coding_capacity;
    /* The types that were looked up last, by a hash of their names. */
    struct {
        ost_str name;
        uint32_t type;
    } last_types[OST_READING_TYPES];
    bool failed;     /* memory was short */
    bool incomplete; /* something could not be read, and may have been about her */
    bool kept;       /* the only part has padding and lives as long as the record */
    /* Called after each document, may add parts; NULL = none. */
    void (*more)(const void *data, struct ost_reading *in, uint32_t root);
    const void *more_data;
} ost_reading;

/* notes.c: messages. `path` and what the format makes are copied. */
void ost_reading_note(ost_reading *in, ost_level level, ost_str path, uint32_t node,
                      const char *format, ...) OST_PRINTF(5, 6);
/* "Observation/ca1.code.coding[0]": where a node of a resource stands. */
ost_str ost_reading_path(ost_reading *in, const ost_found *found, uint32_t node);
/* "Observation/ca1"; without an id where it stands, or its type. Made anew each time: most
 * resources never need it. */
ost_str ost_found_path(ost_reading *in, const ost_found *found);
ost_str ost_reading_text(ost_reading *in, const char *format, ...) OST_PRINTF(2, 3);
/* Sorted by path, text and level, with lines. */
const ost_message *ost_reading_messages(ost_reading *in);

/* bundle.c: what kind of text it is, and every resource in a document. */
typedef enum ost_text_form { OST_TEXT_JSON, OST_TEXT_NDJSON, OST_TEXT_CASE } ost_text_form;
ost_text_form ost_text_form_of(ost_str text);
/* The same as OST_TEXT_CASE. */
bool ost_text_is_case(ost_str text);
/* Cuts the text into parts (NDJSON: one per line that is not blank). */
void ost_reading_add_text(ost_reading *in, ost_str text, ost_str name);
void ost_reading_add_part(ost_reading *in, ost_part part);
void ost_reading_collect(ost_reading *in, size_t part, uint32_t root);
/* Finds the members of found->node that `found` has. */
void ost_reading_find_members(const ost_reading *in, ost_found *found);

/* select.c: whose record it is and which resources count. */
OST_MUST_CHECK ost_status ost_reading_choose_patient(ost_reading *in, ost_error *error);
void ost_reading_sort(ost_reading *in);
void ost_reading_select(ost_reading *in);

/* refs.c: who a resource is about, and the node that says so (the first of a list), 0 = none. ptr
 * NULL = no subject; text that names nobody is returned as it is. */
ost_str ost_subject_reference(const ost_tree *tree, const ost_model *model, const ost_found *found,
                              uint32_t *subject_node);
/* True when the reference names the resource with this type name, id and full URL. */
bool ost_reference_names(ost_str reference, ost_str type, ost_str id, ost_str full_url);
/* "Patient/1/_history/2" -> "Patient/1". */
ost_str ost_reference_without_version(ost_str reference);
/* The last two segments, "Patient/1"; empty when there are no two. */
ost_str ost_reference_tail(ost_str reference);

/* A resource's date and codes are read when it is found, while its nodes are at hand; only a
 * reading that becomes a record wants them. dates.c: by the table in the options. */
OST_MUST_CHECK ost_status ost_reading_want_dates(ost_reading *in, ost_error *error);
void ost_reading_date(ost_reading *in, ost_found *found);
/* codes.c: the codes that stand in the resource itself. */
OST_MUST_CHECK ost_status ost_reading_want_codes(ost_reading *in, ost_error *error);
void ost_reading_codes(ost_reading *in, ost_found *found);
/* Those of a CodeableConcept; `found` is the last resource that was given any. */
void ost_reading_add_concept(ost_reading *in, ost_found *found, uint32_t concept);

/* check.c: messages about parts of the resources that count and don't fit the FHIR model. */
void ost_reading_check(ost_reading *in);

/* index.c */
bool ost_record_build_index(ost_record *record, ost_reading *in);

/* record.c: parses the parts, then all the above. The reading's parts and tree are set. */
OST_MUST_CHECK ost_status ost_reading_parse(ost_reading *in, ost_error *error);
/* What was found becomes the record's resources; false when memory is short. */
bool ost_reading_copy_resources(ost_reading *in, ost_record *record);
OST_MUST_CHECK ost_status ost_record_from_parts(ost_record *record, ost_reading *in,
                                                ost_error *error);
OST_MUST_CHECK ost_status ost_record_new(const ost_model *model, const ost_read_options *options,
                                         ost_record **out, ost_reading *in, ost_error *error);

#endif
