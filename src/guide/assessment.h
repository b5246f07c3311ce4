/* The Assessment: what one evaluation says about one woman. The one thing that every view is fed
 * by; nothing downstream computes a clinical value again. Members and words are those of design.md
 * section 4. All memory belongs to the assessment's arena. Absent numbers are null values, absent
 * texts have len 0. */
#ifndef OST_GUIDE_ASSESSMENT_H
#define OST_GUIDE_ASSESSMENT_H

#include "fhir/record.h"
#include "value/value.h"

typedef enum ost_fact_state {
    OST_FACT_UNKNOWN,
    OST_FACT_KNOWN,
    OST_FACT_CONFLICT,
    OST_FACT_STALE
} ost_fact_state;
typedef enum ost_status_word { OST_APPLIES, OST_DOES_NOT_APPLY, OST_CANNOT_TELL } ost_status_word;
typedef enum ost_audience { OST_FOR_CLINICIAN, OST_FOR_PATIENT, OST_FOR_FAMILY } ost_audience;
enum { OST_AUDIENCE_COUNT = 3 };

typedef struct ost_text_list {
    const ost_str *items;
    size_t count;
} ost_text_list;

typedef struct ost_fact {
    ost_str id, title, plain_title, unit, define, lesion;
    ost_fact_state state;
    ost_value value;       /* null unless known or stale; Quantities already in `unit` */
    ost_when date;         /* precision OST_UNIT_NONE = no date */
    int date_kind;         /* OST_DATE or OST_DATETIME */
    ost_text_list sources; /* "Observation/cr1" */
    ost_text_list
        looked; /* when nothing was found: what was looked for and how many were looked at */
    ost_text_list labels;     /* "design rule", "matched by name" */
    ost_str text, plain_text; /* value with unit and date as a reader sees it */
    bool clinician_only;      /* rests on expected survival */
} ost_fact;

typedef struct ost_source {
    ost_str label, section, url, grade, citation;
    bool clinician_url; /* its address itself speaks of survival: not for her and her family */
    int year;           /* 0 = not given */
} ost_source;

typedef struct ost_safety {
    bool block; /* else caution */
    ost_str text, fact;
} ost_safety;

typedef struct ost_safety_list {
    const ost_safety *items;
    size_t count;
} ost_safety_list;

typedef struct ost_dose {
    ost_str drug, unit, route, rule;
    ost_value amount, amount_high, duration_min, fractions; /* Decimal or Integer, or null */
    ost_value interval_days;                                /* List<Integer> */
    ost_text_list basis;
} ost_dose;

typedef struct ost_option {
    ost_str id, topic, title, plain_title, domain, kind, intent, urgency, strength, outlook,
        jurisdiction;
    ost_status_word status;
    ost_str because; /* "contraindicated", "not yet", "not indicated", "missing data", "" */
    ost_source source;
    ost_text_list reasons, plain_reasons, missing, first, plain_first, resources, rows;
    ost_safety_list safety, plain_safety;
    const ost_dose *dose; /* NULL = none, or not the same for all lesions that it applies to */
    bool clinician_only;
    bool open_elsewhere; /* it applies, and for another lesion it can't be told */
    bool dosed;          /* the plan names a dose, whether it can be computed or not */
    /* The dose as a reader sees it; without a dose empty, or that it is not the same for all. */
    ost_str dose_text, plain_dose_text;
    uint32_t define; /* definition of the indication, for `why` */
} ost_option;

typedef struct ost_flag {
    ost_str id, title, plain_title;
    bool raised, confirmed; /* raised and not confirmed = suspected */
    bool cannot_exclude;    /* not raised, and something needed is unknown */
    int within_hours;
    ost_text_list actions, plain_actions, facts, missing;
} ost_flag;

typedef struct ost_score_item {
    ost_str id, title, state;
    ost_value value, points;
} ost_score_item;

typedef struct ost_score {
    ost_str id, title, lesion, class_word, class_low, class_high, limits;
    const ost_score_item *items;
    size_t item_count;
    bool sum; /* false: the totals are null whatever is known */
    ost_value total, total_low, total_high;
    ost_text_list sensitivity;
    ost_source source;
    bool clinician_only;
} ost_score;

/* One bone lesion as it is drawn and named. */
typedef struct ost_lesion {
    ost_str id, name, plain_name;
    ost_str
        region;   /* of the skeleton map ("T11", "femur-shaft"); empty when not known well enough */
    ost_str side; /* left, right, both, midline; may be empty */
    ost_str state;    /* stable, possible, high, treated; empty = not known */
    ost_str modality; /* of the last image */
    ost_when date;    /* precision OST_UNIT_NONE = no date */
    int age_days;     /* of the last image at as-of, -1 = not known */
} ost_lesion;

struct ost_assessment {
    ost_arena *arena;
    ost_str as_of, engine_version, content_version, site, input_hash, patient_id, patient_name;
    ost_audience audience;
    const ost_fact *facts;
    size_t fact_count;
    const ost_lesion *lesions;
    size_t lesion_count;
    const ost_score *scores;
    size_t score_count;
    const ost_option *options;
    size_t option_count;
    const ost_flag *flags;
    size_t flag_count;
    ost_text_list missing; /* fact ids, most influential first */
    const ost_message *messages;
    size_t message_count;
    /* The first ones, in the audience's words; the others tell how reading went. */
    size_t own_message_count;
    const struct ost_content *content; /* words and site of the views */
};

#endif
