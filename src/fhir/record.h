/* One woman's record: the JSON tree and an index. Read-only after it is built.
 *
 * Everything that says which resources count (design.md section 5) and that needs no clinical
 * knowledge is applied while indexing: entered-in-error and cancelled are left out of the index,
 * the newest version of one id is kept, resources of another subject are left out, resources dated
 * after `as_of` are left out when a date is given. Each thing left out or odd is a message. */
#ifndef OST_FHIR_RECORD_H
#define OST_FHIR_RECORD_H

#include "fhir/json.h"
#include "value/value.h"

typedef enum ost_level { OST_LEVEL_INFO, OST_LEVEL_WARNING, OST_LEVEL_ERROR } ost_level;

typedef struct ost_message {
    ost_level level;
    ost_str text;
    ost_str path;  /* "Observation/ca1", "Bundle.entry[3].resource.status"; may be empty */
    uint32_t line; /* of the source, 0 = unknown */
} ost_message;

typedef struct ost_resource {
    uint32_t node;
    uint32_t type;    /* FHIR type id */
    ost_str id;       /* may be empty */
    ost_str full_url; /* may be empty */
    ost_when date;    /* clinical date, precision OST_UNIT_NONE = undated */
    bool counts;      /* false: left out of retrieves, for the reason given in a message */
} ost_resource;

typedef struct ost_record {
    ost_arena *arena;
    ost_tree tree;
    const ost_resource
        *resources; /* sorted by type name, then id, then content: input order never matters */
    size_t resource_count;
    uint32_t patient; /* index into resources */
    const ost_message *messages;
    size_t message_count;
    const struct ost_record_index *index;
    /* Nodes before it are those of the only document, which begins in that line of its file; 0 when
     * there are several. */
    uint32_t document_end, document_line;
    bool incomplete;     /* what may be about her could not be read; a message says what */
    char input_hash[65]; /* SHA-256 of the source bytes, hex */
} ost_record;

typedef struct ost_read_options {
    ost_str source_name;    /* for messages */
    ost_str patient_id;     /* empty = the only patient */
    ost_when as_of;         /* precision OST_UNIT_NONE = no date filter */
    int offset_min;         /* request offset */
    ost_str clinical_dates; /* text of content/model/clinical-dates.csv */
    ost_str case_words;     /* text of content/model/case-words.csv, for case files */
    size_t limit_bytes;     /* arena limit, 0 = default 4 GiB */
    bool text_is_kept;      /* as ost_json_parse_kept asks: then the record does not copy it */
    /* Asked for each resource before it is indexed; true = `replacement` holds the text to read
     * instead, with the same resourceType and id (drug names made codes, for example). NULL =
     * nothing is replaced. */
    bool (*rewrite)(void *data, const ost_tree *tree, uint32_t resource, ost_buf *replacement);
    void *rewrite_data;
} ost_read_options;

/* From one text: a Bundle of any type, one resource, NDJSON, or a case file (docs/record.md).
 * With several patients and no patient_id: OST_E_DATA that lists the ids. Owned by the caller. */
OST_MUST_CHECK ost_status ost_record_read(const ost_model *model, ost_str text,
                                          const ost_read_options *options, ost_record **out,
                                          ost_error *error);
void ost_record_free(ost_record *record);

/* Several patients (NDJSON, a folder): first collect, then read one by one, by patient id. */
typedef struct ost_population ost_population;
/* path: file, folder or "-" for stdin. */
OST_MUST_CHECK ost_status ost_population_open(const ost_model *model, const char *path,
                                              ost_population **out, ost_error *error);
/* The same from memory; the bytes are copied. name: for messages. */
OST_MUST_CHECK ost_status ost_population_from_text(const ost_model *model, ost_str text,
                                                   ost_str name, ost_population **out,
                                                   ost_error *error);
/* True for one JSON document: several patients in it are then an error unless one is chosen. */
bool ost_population_is_one_bundle(const ost_population *population);
/* What could not be read, for all patients; the rest is there. */
size_t ost_population_messages(const ost_population *population, const ost_message **messages);
size_t ost_population_count(const ost_population *population);
ost_str ost_population_id(const ost_population *population, size_t index);
OST_MUST_CHECK ost_status ost_population_read(const ost_population *population, size_t index,
                                              const ost_read_options *options, ost_record **out,
                                              ost_error *error);
void ost_population_free(ost_population *population);

/* Resources of a type that count, in the record's order. type: FHIR type id. */
size_t ost_record_of_type(const ost_record *record, uint32_t type, const uint32_t **indices);
/* Of a type and one code ("system|code" of any coding in the primary code path, references to
 * Medication resources followed). */
size_t ost_record_of_code(const ost_record *record, uint32_t type, ost_str system, ost_str code,
                          const uint32_t **indices);
/* Relative, absolute, urn:uuid, or contained ("#id", looked up in the resource that holds
 * `from_node`). Returns a node, 0 when it can't be resolved. */
uint32_t ost_record_resolve(const ost_record *record, ost_str reference, uint32_t from_node);
/* The resource (index) that a node lies in; SIZE_MAX for none. */
size_t ost_record_owner(const ost_record *record, uint32_t node);

#endif
