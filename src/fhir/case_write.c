/* Writes the resource of one line of a case file as FHIR R4 JSON, on the same line of the
 * bundle. */
#include "fhir/case_detail.h"

void ost_case_go_to_line(ost_case_reader *reader, uint32_t number)
{
    while (reader->out_line < number) {
        ost_buf_char(&reader->out, '\n');
        reader->out_line++;
    }
}

static void member(ost_buf *out, const char *name, ost_str text)
{
    if (text.len > 0) {
        ost_buf_printf(out, ",\"%s\":", name);
        ost_buf_json(out, text);
    }
}

static void coding(ost_buf *out, ost_case_code code)
{
    ost_buf_text(out, "{\"code\":");
    ost_buf_json(out, code.code);
    member(out, "system", code.system);
    member(out, "display", code.title);
    ost_buf_char(out, '}');
}

static void concept(ost_buf *out, const char *name, ost_case_code code)
{
    ost_buf_printf(out, ",\"%s\":{\"coding\":[", name);
    coding(out, code);
    ost_buf_text(out, "]}");
}

/* One of FHIR's own status systems. */
static void status_concept(ost_buf *out, const char *name, const char *system, ost_str code)
{
    ost_buf_printf(
        out,
        ",\"%s\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/%s\",\"code\":",
        name, system);
    ost_buf_json(out, code);
    ost_buf_text(out, "}]}");
}

static void text_concept(ost_buf *out, const char *name, ost_str text)
{
    ost_buf_printf(out, ",\"%s\":{\"text\":", name);
    ost_buf_json(out, text);
    ost_buf_char(out, '}');
}

static void period(ost_buf *out, const char *name, ost_str start, ost_str end)
{
    if (start.len == 0 && end.len == 0) {
        return;
    }
    ost_buf_printf(out, ",\"%s\":{", name);
    if (start.len > 0) {
        ost_buf_text(out, "\"start\":");
        ost_buf_json(out, start);
    }
    if (end.len > 0) {
        ost_buf_text(out, start.len > 0 ? ",\"end\":" : "\"end\":");
        ost_buf_json(out, end);
    }
    ost_buf_char(out, '}');
}

static void open_resource(ost_case_reader *r, const char *type, const ost_case_line *line,
                          const char *subject)
{
    ost_case_go_to_line(r, line->number);
    ost_buf_printf(&r->out, ",{\"resource\":{\"resourceType\":\"%s\",\"id\":\"", type);
    if (line->as.len > 0) {
        ost_buf_add(&r->out, line->as);
    } else {
        ost_buf_printf(&r->out, "%.*s-%u", OST_STR_ARG(line->key), (unsigned)line->number);
    }
    /* An id has only letters, digits, '-' and '.', so it needs no escapes. */
    ost_buf_printf(&r->out, "\",\"%s\":{\"reference\":\"Patient/%.*s\"}", subject,
                   OST_STR_ARG(r->id));
}

static void close_resource(ost_case_reader *r, const ost_case_line *line)
{
    if (line->note.len > 0) {
        ost_buf_text(&r->out, ",\"note\":[{\"text\":");
        ost_buf_json(&r->out, line->note);
        ost_buf_text(&r->out, "}]");
    }
    ost_buf_text(&r->out, "}}");
}

static ost_str date_of(const ost_case_reader *r, const ost_case_line *line)
{
    return line->on.len > 0 ? line->on : line->since.len > 0 ? line->since : r->date;
}

static void observation_value(ost_case_reader *r, const ost_case_key *key,
                              const ost_case_line *line)
{
    ost_buf *out = &r->out;
    switch (key->form) {
    case OST_CASE_NUMBER:
        ost_buf_printf(out, ",\"valueQuantity\":{\"value\":%.*s", OST_STR_ARG(line->value));
        member(out, "unit", line->unit);
        ost_buf_text(out, ",\"system\":\"http://unitsofmeasure.org\"");
        member(out, "code", line->unit);
        ost_buf_char(out, '}');
        break;
    case OST_CASE_INTEGER:
        ost_buf_printf(out, ",\"valueInteger\":%.*s", OST_STR_ARG(line->value));
        break;
    case OST_CASE_YES_NO:
        ost_buf_printf(out, ",\"valueBoolean\":%s", line->yes ? "true" : "false");
        break;
    case OST_CASE_DATE:
        member(out, "valueDateTime", line->value);
        break;
    case OST_CASE_TEXT:
        member(out, "valueString", line->value);
        break;
    case OST_CASE_WORD:
        concept
        (out, "valueCodeableConcept", line->code);
        break;
    case OST_CASE_CONDITION:
    case OST_CASE_PROCEDURE:
    case OST_CASE_STATEMENT:
    case OST_CASE_NOT_TAKEN:
    case OST_CASE_ORDER:
    case OST_CASE_GIVEN:
    case OST_CASE_ALLERGY:
    case OST_CASE_PART:
        break;
    }
}

static void write_observation(ost_case_reader *r, const ost_case_key *key,
                              const ost_case_line *line)
{
    open_resource(r, "Observation", line, "subject");
    ost_buf_text(&r->out, ",\"status\":\"final\"");
    concept(&r->out, "code", key->code);
    member(&r->out, "effectiveDateTime", date_of(r, line));
    if (line->of.len > 0) {
        ost_buf_text(&r->out, ",\"focus\":[{\"reference\":\"Condition/");
        ost_buf_add(&r->out, line->of);
        ost_buf_text(&r->out, "\"}]");
    }
    observation_value(r, key, line);
    close_resource(r, line);
}

/* The place, the part of it and the side are codings of one body site. */
static void body_site(ost_buf *out, const ost_case_line *line)
{
    const ost_case_code codes[] = {line->site, line->part, line->side};
    bool any = false;
    for (size_t i = 0; i < OST_ARRAY_LEN(codes); i++) {
        if (codes[i].code.len > 0) {
            ost_buf_text(out, any ? "," : ",\"bodySite\":[{\"coding\":[");
            coding(out, codes[i]);
            any = true;
        }
    }
    ost_buf_text(out, any ? "]}]" : "");
}

static void write_condition(ost_case_reader *r, const ost_case_line *line)
{
    ost_buf *out = &r->out;
    open_resource(r, "Condition", line, "subject");
    bool refuted = ost_str_is(line->verification, "refuted");
    status_concept(out, "verificationStatus", "condition-ver-status",
                   line->verification.len > 0 ? line->verification : OST_STR("confirmed"));
    if (!refuted) {
        status_concept(out, "clinicalStatus", "condition-clinical",
                       line->clinical.len > 0 ? line->clinical : OST_STR("active"));
    }
    concept(out, "code", line->code);
    body_site(out, line);
    ost_str onset = line->since.len > 0 ? line->since : line->on;
    member(out, refuted ? "recordedDate" : "onsetDateTime", refuted ? date_of(r, line) : onset);
    member(out, "abatementDateTime", line->until);
    close_resource(r, line);
}

static void write_procedure(ost_case_reader *r, const ost_case_line *line)
{
    open_resource(r, "Procedure", line, "subject");
    ost_buf_text(&r->out, ",\"status\":\"completed\"");
    concept(&r->out, "code", line->code);
    if (line->until.len > 0) {
        period(&r->out, "performedPeriod", line->since, line->until);
    } else {
        member(&r->out, "performedDateTime", line->on.len > 0 ? line->on : line->since);
    }
    close_resource(r, line);
}

/* The dose stands in the drug's text ("NAME 120 mg") and, when there is one, as a quantity too. */
static void write_drug(ost_case_reader *r, const ost_case_key *key, const ost_case_line *line)
{
    bool given = key->form == OST_CASE_GIVEN, order = key->form == OST_CASE_ORDER;
    bool not_taken = key->form == OST_CASE_NOT_TAKEN, ended = line->until.len > 0;
    ost_buf *out = &r->out;
    open_resource(r,
                  given   ? "MedicationAdministration"
                  : order ? "MedicationRequest"
                          : "MedicationStatement",
                  line, "subject");
    if (not_taken) {
        ost_buf_text(out, ",\"status\":\"not-taken\"");
    } else {
        ost_buf_printf(out, ",\"status\":\"%s\"",
                       given || (ended && !order) ? "completed"
                       : ended                    ? "stopped"
                                                  : "active");
    }
    text_concept(out, "medicationCodeableConcept", line->value);
    ost_str start = line->since.len > 0 ? line->since : line->on;
    if (order) {
        ost_buf_text(out, ",\"intent\":\"order\"");
        member(out, "authoredOn", start);
    } else if (given) {
        member(out, "effectiveDateTime", start);
    } else if (not_taken) {
        member(out, "effectiveDateTime", date_of(r, line));
    } else {
        period(out, "effectivePeriod", start, line->until);
    }
    if (line->unit.len > 0) {
        ost_buf_text(out, given   ? ",\"dosage\":{\"dose\":{"
                          : order ? ",\"dosageInstruction\":[{\"doseAndRate\":[{\"doseQuantity\":{"
                                  : ",\"dosage\":[{\"doseAndRate\":[{\"doseQuantity\":{");
        size_t space = ost_str_find(line->unit, OST_STR(" "), 0);
        ost_str unit = ost_str_sub(line->unit, space + 1, line->unit.len);
        ost_buf_printf(out, "\"value\":%.*s", (int)space, line->unit.ptr);
        member(out, "unit", unit);
        ost_buf_text(out, ",\"system\":\"http://unitsofmeasure.org\"");
        member(out, "code", unit);
        ost_buf_text(out, given ? "}}" : "}}]}]");
    }
    close_resource(r, line);
}

static void write_allergy(ost_case_reader *r, const ost_case_line *line)
{
    open_resource(r, "AllergyIntolerance", line, "patient");
    status_concept(&r->out, "clinicalStatus", "allergyintolerance-clinical", OST_STR("active"));
    status_concept(&r->out, "verificationStatus", "allergyintolerance-verification",
                   OST_STR("confirmed"));
    text_concept(&r->out, "code", line->value);
    member(&r->out, "recordedDate", date_of(r, line));
    close_resource(r, line);
}

void ost_case_write_line(ost_case_reader *reader, const ost_case_key *key,
                         const ost_case_line *line)
{
    switch (key->form) {
    case OST_CASE_NUMBER:
    case OST_CASE_INTEGER:
    case OST_CASE_WORD:
    case OST_CASE_YES_NO:
    case OST_CASE_DATE:
    case OST_CASE_TEXT:
        write_observation(reader, key, line);
        break;
    case OST_CASE_CONDITION:
        write_condition(reader, line);
        break;
    case OST_CASE_PROCEDURE:
        write_procedure(reader, line);
        break;
    case OST_CASE_STATEMENT:
    case OST_CASE_NOT_TAKEN:
    case OST_CASE_ORDER:
    case OST_CASE_GIVEN:
        write_drug(reader, key, line);
        break;
    case OST_CASE_ALLERGY:
        write_allergy(reader, line);
        break;
    case OST_CASE_PART:
        break;
    }
}

void ost_case_write_patient(ost_case_reader *reader)
{
    ost_buf *out = &reader->out;
    ost_buf_text(out, "{\"resource\":{\"resourceType\":\"Patient\"");
    member(out, "id", reader->id);
    if (reader->name.len > 0) {
        ost_buf_text(out, ",\"name\":[{\"text\":");
        ost_buf_json(out, reader->name);
        ost_buf_text(out, "}]");
    }
    member(out, "birthDate", reader->born);
    member(out, "gender", reader->sex);
    member(out, "deceasedDateTime", reader->died);
    ost_buf_text(out, "}}");
}
