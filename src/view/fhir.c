/* The Assessment as FHIR R4: a Bundle of one CarePlan and one GuidanceResponse for each topic.
 *
 *     Bundle (collection)
 *       CarePlan      draft, intent proposal; activity -> #options
 *         contained   RequestGroup "options": one action for each raised red flag and each option
 *                     that applies
 *                     MedicationRequest for each dose, draft, intent proposal
 *       GuidanceResponse   success, or data-required with the facts that are missing
 *
 * Nothing here is an order: every status is draft or proposal. Addresses are UUIDs made from the
 * input's hash, the date, the content and the audience, so that the same input gives the same
 * bytes. */
#include "base/sha256.h"
#include "view/json.h"

#include <stdio.h>

#define OST_URL "https://osteon.example/fhir/"

static void object(ost_buf *out, const char *name)
{
    ost_json_name(out, name);
    ost_buf_char(out, '{');
}

static void array(ost_buf *out, const char *name)
{
    ost_json_name(out, name);
    ost_buf_char(out, '[');
}

static void word(ost_buf *out, const char *name, const char *text)
{
    ost_json_text(out, name, ost_str_of(text));
}

/* FHIR has no null members. */
static void text(ost_buf *out, const char *name, ost_str value)
{
    if (value.len > 0) {
        ost_json_text(out, name, value);
    }
}

/* "urn:uuid:..." (RFC 9562, version 8: bits of our own choice, here of a SHA-256). */
static ost_str address(const ost_view *v, ost_str key)
{
    const ost_assessment *a = v->a;
    const ost_str parts[] = {a->input_hash,
                             a->as_of,
                             a->content_version,
                             a->site,
                             ost_str_of(ost_audience_word(a->audience)),
                             a->patient_id,
                             key};
    char hex[65];
    ost_sha256 hash = ost_sha256_init();
    for (size_t i = 0; i < OST_ARRAY_LEN(parts); i++) {
        ost_sha256_add(&hash, parts[i]);
        ost_sha256_add(&hash, (ost_str){"", 1});
    }
    ost_sha256_hex(&hash, hex);
    ost_buf out = ost_buf_init(v->arena);
    ost_buf_printf(&out, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15,
                   hex + 18);
    return ost_buf_str(&out);
}

static void subject(const ost_view *v)
{
    ost_buf reference = ost_buf_init(v->arena);
    object(v->out, "subject");
    if (v->a->patient_id.len > 0) {
        ost_buf_printf(&reference, "Patient/%.*s", OST_STR_ARG(v->a->patient_id));
        ost_json_text(v->out, "reference", ost_buf_str(&reference));
    } else {
        word(v->out, "type", "Patient");
    }
    ost_buf_char(v->out, '}');
}

static void joined(const ost_view *v, const char *name, ost_text_list list)
{
    ost_buf all = ost_buf_init(v->arena);
    for (size_t i = 0; i < list.count; i++) {
        ost_buf_text(&all, i > 0 ? " " : "");
        ost_buf_add(&all, list.items[i]);
    }
    text(v->out, name, ost_buf_str(&all));
}

static void extension(const ost_view *v, const char *name, const char *type, ost_str value)
{
    ost_buf url = ost_buf_init(v->arena);
    ost_buf_printf(&url, "%s%s", OST_EXTENSION_PREFIX, name);
    ost_json_item(v->out);
    ost_buf_char(v->out, '{');
    ost_json_text(v->out, "url", ost_buf_str(&url));
    ost_json_text(v->out, type, value);
    ost_buf_char(v->out, '}');
}

static const char *priority(ost_str urgency)
{
    static const struct {
        const char *urgency, *priority;
    } words[] = {{"now", "stat"}, {"days", "asap"}, {"weeks", "urgent"}};
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (ost_str_is(urgency, words[i].urgency)) {
            return words[i].priority;
        }
    }
    return "routine";
}

static void documentation(const ost_view *v, const ost_source *source)
{
    ost_buf *out = v->out;
    array(out, "documentation");
    ost_buf_char(out, '{');
    word(out, "type", "citation");
    ost_json_text(out, "label", source->label);
    text(out, "display", ost_view_source(v, source));
    text(out, "citation", source->citation);
    text(out, "url", ost_view_source_url(v, source));
    ost_buf_text(out, "}]");
}

static void flag_action(const ost_view *v, const ost_flag *flag)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "id", flag->id);
    array(out, "extension");
    extension(v, "state", "valueCode",
              flag->confirmed ? OST_STR("confirmed") : OST_STR("suspected"));
    ost_buf_char(out, ']');
    ost_json_text(out, "title", ost_view_flag_title(v, flag));
    joined(v, "description", ost_view_actions(v, flag));
    word(out, "priority", "stat");
    ost_buf_char(out, '}');
}

/* What an option would be written as: a drug dose as MedicationRequest; a referral, a test or
 * radiotherapy as ServiceRequest; advice as an action alone. */
typedef enum draft { DRAFT_NONE, DRAFT_DRUG, DRAFT_SERVICE } draft;

static draft draft_of(const ost_option *option)
{
    if (ost_str_is(option->kind, "refer") ||
        (ost_str_is(option->domain, "radiotherapy") && option->dose)) {
        return DRAFT_SERVICE;
    }
    return option->dose ? DRAFT_DRUG : DRAFT_NONE;
}

static ost_str draft_id(const ost_view *v, const ost_option *option)
{
    ost_buf id = ost_buf_init(v->arena);
    ost_buf_printf(&id, "draft-%.*s", OST_STR_ARG(option->id));
    return ost_buf_str(&id);
}

static void option_action(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "id", option->id);
    array(out, "extension");
    extension(v, "status", "valueString", ost_str_of(ost_status_text(option->status)));
    ost_safety_list safety = ost_view_safety(v, option);
    for (size_t i = 0; i < safety.count; i++) {
        extension(v, safety.items[i].block ? "block" : "caution", "valueString",
                  safety.items[i].text);
    }
    ost_text_list first = ost_view_first(v, option);
    for (size_t i = 0; i < first.count; i++) {
        extension(v, "first", "valueString", first.items[i]);
    }
    ost_buf_char(out, ']');
    ost_json_text(out, "title", ost_view_option_title(v, option));
    joined(v, "description", ost_view_reasons(v, option));
    word(out, "priority", priority(option->urgency));
    documentation(v, &option->source);
    if (draft_of(option) != DRAFT_NONE) {
        ost_buf reference = ost_buf_init(v->arena);
        ost_buf_printf(&reference, "#%.*s", OST_STR_ARG(draft_id(v, option)));
        object(out, "resource");
        ost_json_text(out, "reference", ost_buf_str(&reference));
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, '}');
}

static bool listed(const ost_view *v, const ost_option *option)
{
    return option->status == OST_APPLIES && ost_view_shows_option(v, option);
}

static void request_group(const ost_view *v)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    word(out, "resourceType", "RequestGroup");
    word(out, "id", "options");
    word(out, "status", "draft");
    word(out, "intent", "proposal");
    subject(v);
    ost_json_text(out, "authoredOn", v->a->as_of);
    size_t actions = 0;
    for (size_t i = 0; i < v->a->flag_count; i++) {
        actions += v->a->flags[i].raised;
    }
    actions += ost_view_count_status(v, OST_APPLIES);
    if (actions > 0) {
        array(out, "action");
        for (size_t i = 0; i < v->a->flag_count; i++) {
            if (v->a->flags[i].raised) {
                flag_action(v, &v->a->flags[i]);
            }
        }
        for (size_t i = 0; i < v->a->option_count; i++) {
            if (listed(v, &v->a->options[i])) {
                option_action(v, &v->a->options[i]);
            }
        }
        ost_buf_char(out, ']');
    }
    ost_buf_char(out, '}');
}

static void quantity(ost_buf *out, const char *name, ost_value value, ost_str unit)
{
    object(out, name);
    ost_json_name(out, "value");
    ost_json_value(out, value);
    if (unit.len > 0) {
        ost_json_text(out, "unit", unit);
        word(out, "system", "http://unitsofmeasure.org");
        ost_json_text(out, "code", unit);
    }
    ost_buf_char(out, '}');
}

static void dose_and_rate(ost_buf *out, const ost_dose *dose)
{
    array(out, "doseAndRate");
    ost_buf_char(out, '{');
    if (ost_is_null(dose->amount_high)) {
        quantity(out, "doseQuantity", dose->amount, dose->unit);
    } else {
        object(out, "doseRange");
        quantity(out, "low", dose->amount, dose->unit);
        quantity(out, "high", dose->amount_high, dose->unit);
        ost_buf_char(out, '}');
    }
    ost_buf_text(out, "}]");
}

static void draft_head(const ost_view *v, const ost_option *option, const char *type)
{
    ost_json_item(v->out);
    ost_buf_char(v->out, '{');
    word(v->out, "resourceType", type);
    ost_json_text(v->out, "id", draft_id(v, option));
    word(v->out, "status", "draft");
    word(v->out, "intent", "proposal");
}

/* A referral or a course of radiotherapy, with the facts that the receiver needs. */
static void service_request(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    draft_head(v, option, "ServiceRequest");
    word(out, "priority", priority(option->urgency));
    object(out, "code");
    ost_json_text(out, "text", ost_view_option_title(v, option));
    ost_buf_char(out, '}');
    ost_str dose = ost_view_dose_text(v, option);
    if (dose.len > 0) {
        array(out, "orderDetail");
        ost_buf_char(out, '{');
        ost_json_text(out, "text", dose);
        ost_buf_text(out, "}]");
    }
    subject(v);
    ost_json_text(out, "authoredOn", v->a->as_of);
    ost_text_list reasons = ost_view_reasons(v, option);
    if (reasons.count > 0) {
        array(out, "reasonCode");
        for (size_t i = 0; i < reasons.count; i++) {
            ost_json_item(out);
            ost_buf_char(out, '{');
            ost_json_text(out, "text", reasons.items[i]);
            ost_buf_char(out, '}');
        }
        ost_buf_char(out, ']');
    }
    if (option->resources.count > 0 && ost_view_for_clinician(v)) {
        array(out, "note");
        for (size_t i = 0; i < option->resources.count; i++) {
            ost_json_item(out);
            ost_buf_char(out, '{');
            ost_json_text(out, "text", option->resources.items[i]);
            ost_buf_char(out, '}');
        }
        ost_buf_char(out, ']');
    }
    ost_buf_char(out, '}');
}

/* A drug dose as a proposal. */
static void medication_request(const ost_view *v, const ost_option *option)
{
    ost_buf *out = v->out;
    const ost_dose *dose = option->dose;
    draft_head(v, option, "MedicationRequest");
    object(out, "medicationCodeableConcept");
    if (dose->drug.len > 0) {
        array(out, "coding");
        ost_buf_char(out, '{');
        word(out, "system", OST_DRUG_SYSTEM);
        ost_json_text(out, "code", dose->drug);
        ost_buf_text(out, "}]");
    }
    ost_json_text(out, "text", ost_view_option_title(v, option));
    ost_buf_char(out, '}');
    subject(v);
    array(out, "dosageInstruction");
    ost_buf_char(out, '{');
    ost_json_text(out, "text", ost_view_dose_text(v, option));
    if (dose->route.len > 0) {
        object(out, "route");
        ost_json_text(out, "text", dose->route);
        ost_buf_char(out, '}');
    }
    dose_and_rate(out, dose);
    ost_buf_text(out, "}]}");
}

static void care_plan(const ost_view *v, ost_str url)
{
    ost_buf *out = v->out;
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "fullUrl", url);
    object(out, "resource");
    word(out, "resourceType", "CarePlan");
    array(out, "contained");
    request_group(v);
    for (size_t i = 0; i < v->a->option_count; i++) {
        const ost_option *option = &v->a->options[i];
        draft kind = listed(v, option) ? draft_of(option) : DRAFT_NONE;
        if (kind == DRAFT_SERVICE) {
            service_request(v, option);
        } else if (kind == DRAFT_DRUG) {
            medication_request(v, option);
        }
    }
    ost_buf_char(out, ']');
    array(out, "extension");
    extension(v, "engine-version", "valueString", v->a->engine_version);
    extension(v, "content-version", "valueString", v->a->content_version);
    extension(v, "input-hash", "valueString", v->a->input_hash);
    extension(v, "site", "valueString", v->a->site);
    ost_buf_char(out, ']');
    word(out, "status", "draft");
    word(out, "intent", "proposal");
    ost_json_text(out, "title", ost_view_phrase(v, OST_SAY_TITLE));
    ost_json_text(out, "description", ost_view_phrase(v, OST_SAY_NOT_A_DECISION));
    subject(v);
    ost_json_text(out, "created", v->a->as_of);
    ost_buf_text(out, ",\"activity\":[{\"reference\":{\"reference\":\"#options\"}}]}}");
}

/* Facts that options of the topic miss. */
static ost_text_list missing_of(const ost_view *v, ost_str topic)
{
    ost_str *items = ost_arena_array(v->arena, v->a->missing.count, sizeof *items);
    ost_text_list list = {items, 0}, all = ost_view_fact_ids(v, v->a->missing);
    for (size_t m = 0; items && m < all.count; m++) {
        bool wanted = false;
        for (size_t i = 0; i < v->a->option_count; i++) {
            const ost_option *option = &v->a->options[i];
            bool look = ost_str_equal(option->topic, topic) && ost_view_shows_option(v, option);
            for (size_t k = 0; look && k < option->missing.count; k++) {
                wanted = wanted || ost_str_equal(option->missing.items[k], all.items[m]);
            }
        }
        if (wanted) {
            items[list.count++] = all.items[m];
        }
    }
    return list;
}

static void data_requirement(const ost_view *v, ost_text_list missing)
{
    ost_buf *out = v->out;
    array(out, "dataRequirement");
    for (size_t i = 0; i < missing.count; i++) {
        ost_json_item(out);
        ost_buf_char(out, '{');
        array(out, "extension");
        extension(v, "fact", "valueCode", missing.items[i]);
        extension(v, "title", "valueString", ost_view_fact_id_title(v, missing.items[i]));
        ost_buf_char(out, ']');
        word(out, "type", "Resource");
        ost_buf_char(out, '}');
    }
    ost_buf_char(out, ']');
}

static void guidance_response(const ost_view *v, const ost_plan *plan, ost_str care_plan_url)
{
    ost_buf *out = v->out;
    ost_text_list missing = missing_of(v, plan->topic);
    ost_buf module = ost_buf_init(v->arena);
    ost_buf_printf(&module, OST_URL "PlanDefinition/%.*s%s%.*s", OST_STR_ARG(plan->topic),
                   plan->version.len > 0 ? "|" : "", OST_STR_ARG(plan->version));
    ost_json_item(out);
    ost_buf_char(out, '{');
    ost_json_text(out, "fullUrl", address(v, plan->topic));
    object(out, "resource");
    word(out, "resourceType", "GuidanceResponse");
    ost_json_text(out, "moduleCanonical", ost_buf_str(&module));
    word(out, "status", missing.count > 0 ? "data-required" : "success");
    subject(v);
    ost_json_text(out, "occurrenceDateTime", v->a->as_of);
    object(out, "result");
    ost_json_text(out, "reference", care_plan_url);
    ost_buf_char(out, '}');
    if (missing.count > 0) {
        data_requirement(v, missing);
    }
    ost_buf_text(out, "}}");
}

static bool topic_is_shown(const ost_view *v, ost_str topic)
{
    for (size_t i = 0; i < v->a->option_count; i++) {
        if (ost_str_equal(v->a->options[i].topic, topic)) {
            return true;
        }
    }
    return false;
}

void ost_view_write_fhir(const ost_view *v)
{
    ost_buf *out = v->out;
    ost_str url = address(v, OST_STR("care-plan"));
    ost_buf_char(out, '{');
    word(out, "resourceType", "Bundle");
    word(out, "type", "collection");
    ost_json_text(out, "timestamp", v->a->as_of);
    array(out, "entry");
    care_plan(v, url);
    for (size_t p = 0; p < v->a->content->plan_count; p++) {
        const ost_plan *plan = &v->a->content->plans[p];
        if (topic_is_shown(v, plan->topic)) {
            guidance_response(v, plan, url);
        }
    }
    ost_buf_text(out, "]}");
}
