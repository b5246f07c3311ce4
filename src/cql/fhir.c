/* Members and conversions of FHIR objects. FHIR R4 JSON; FHIRHelpers 4.0.1 (signatures); design.md
 * section 7.
 *
 * An object is a node of the record's tree with its FHIR type. A primitive is its JSON scalar; what
 * else FHIR knows of it (extensions, id) stands in the sibling member "_name", which is looked up
 * only when asked for. Limit: a primitive that has only a "_name" and no value is absent here. */
#include "cql/fhir.h"

enum { NAME_MAX_LEN = 128 };

static const ost_tree *tree_of(ost_value object)
{
    const ost_record *record = object.object.record;
    return &record->tree;
}

static ost_value object_of(ost_value parent, uint32_t node, uint32_t type)
{
    ost_value value = {.kind = OST_OBJECT, .type = (uint16_t)type};
    value.object.record = parent.object.record;
    value.object.node = node;
    return value;
}

static ost_value no_memory(ost_call *call)
{
    return ost_call_fail(call, OST_E_MEMORY, "memory is short");
}

/* ---- System values ---- */

static ost_value read_integer(ost_str text)
{
    int64_t value = 0;
    bool negative = text.len > 0 && text.ptr[0] == '-';
    size_t at = negative ? 1 : 0;
    if (text.len == at || text.len - at > 10) {
        return ost_null();
    }
    for (; at < text.len; at++) {
        if (text.ptr[at] < '0' || text.ptr[at] > '9') {
            return ost_null();
        }
        value = value * 10 + (text.ptr[at] - '0');
    }
    value = negative ? -value : value;
    return value >= INT32_MIN && value <= INT32_MAX ? ost_integer((int32_t)value) : ost_null();
}

static ost_value read_decimal(ost_str text)
{
    ost_decimal value;
    return ost_decimal_parse(text, true, true, &value) ? ost_decimal_value(value) : ost_null();
}

static ost_value read_when(ost_str text, ost_kind kind)
{
    ost_when when;
    return ost_when_parse(text, (int)kind, &when) ? ost_when_value(kind, when) : ost_null();
}

/* A JSON scalar as the System type of that name; null when it is not one. */
static ost_value scalar(const ost_tree *tree, uint32_t node, ost_str type)
{
    static const struct when_type {
        const char *name;
        ost_kind kind;
    } whens[] = {
        {"System.DateTime", OST_DATETIME}, {"System.Date", OST_DATE}, {"System.Time", OST_TIME}};
    ost_json_kind kind = (ost_json_kind)tree->nodes[node].kind;
    if (kind == OST_JSON_TRUE || kind == OST_JSON_FALSE) {
        return ost_str_is(type, "System.Boolean") ? ost_boolean(kind == OST_JSON_TRUE) : ost_null();
    }
    ost_str text = ost_tree_text(tree, node);
    if (kind == OST_JSON_NUMBER) {
        return ost_str_is(type, "System.Decimal")   ? read_decimal(text)
               : ost_str_is(type, "System.Integer") ? read_integer(text)
                                                    : ost_null();
    }
    if (kind != OST_JSON_STRING) {
        return ost_null();
    }
    if (ost_str_is(type, "System.String")) {
        return ost_string(text);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(whens); i++) {
        if (ost_str_is(type, whens[i].name)) {
            return read_when(text, whens[i].kind);
        }
    }
    return ost_null();
}

ost_value ost_fhir_value(ost_call *call, const ost_model *model, ost_value object)
{
    (void)call;
    if (object.kind != OST_OBJECT || !model->types[object.type].primitive) {
        return ost_null();
    }
    const ost_model_element *element = ost_model_find(model, object.type, model->known.value);
    uint32_t type = model->choices[element->first_choice].type;
    return scalar(tree_of(object), object.object.node, model->types[type].name);
}

/* ---- Members ---- */

/* The type that a node really has: contained resources and bundle entries say it themselves. */
static uint32_t actual_type(const ost_model *model, const ost_tree *tree, uint32_t node,
                            uint32_t type)
{
    uint32_t name = ost_tree_member(tree, node, model->known.resourceType);
    if (name == 0 || tree->nodes[name].kind != OST_JSON_STRING) {
        return type;
    }
    uint32_t actual = ost_model_type_id(model, ost_tree_text(tree, name));
    return actual != OST_TYPE_NONE && ost_model_is(model, actual, type) ? actual : type;
}

static ost_value member_value(const ost_model *model, ost_value parent, uint32_t node,
                              uint32_t type)
{
    const ost_tree *tree = tree_of(parent);
    const ost_model_type *t = &model->types[type];
    ost_json_kind kind = (ost_json_kind)tree->nodes[node].kind;
    if (ost_str_starts(t->name, OST_STR("System."))) {
        return scalar(tree, node, t->name);
    }
    bool complex = kind == OST_JSON_OBJECT;
    if (kind == OST_JSON_NULL || kind == OST_JSON_ARRAY || complex == t->primitive) {
        return ost_null();
    }
    return object_of(parent, node, complex ? actual_type(model, tree, node, type) : type);
}

/* The object that holds a node; the node must not be a root. */
static uint32_t parent_of(const ost_tree *tree, uint32_t node)
{
    uint32_t at = node;
    while (at > 0) {
        at--;
        if (tree->nodes[at].end > node) {
            return at;
        }
    }
    return 0;
}

/* The "_name" object of a primitive, for its extensions; 0 when there is none. */
static uint32_t shadow_of(const ost_tree *tree, uint32_t node)
{
    uint32_t holder = parent_of(tree, node), named = node, position = 0;
    bool in_list = tree->nodes[holder].kind == OST_JSON_ARRAY;
    if (in_list) {
        named = holder;
        uint32_t item = ost_tree_first(tree, named);
        while (item != node && item != 0) {
            item = ost_tree_next(tree, named, item);
            position++;
        }
        holder = parent_of(tree, named);
    }
    char text[NAME_MAX_LEN];
    ost_str name = ost_tree_name(tree, named);
    if (name.len == 0 || name.len + 1 > sizeof text) {
        return 0;
    }
    text[0] = '_';
    memcpy(text + 1, name.ptr, name.len);
    uint32_t shadow =
        ost_tree_member(tree, holder, ost_tree_name_id(tree, (ost_str){text, name.len + 1}));
    if (shadow == 0 || !in_list) {
        return shadow;
    }
    uint32_t item = tree->nodes[shadow].kind == OST_JSON_ARRAY ? ost_tree_first(tree, shadow) : 0;
    for (; item != 0 && position > 0; position--) {
        item = ost_tree_next(tree, shadow, item);
    }
    return item;
}

/* All items of a list member; a member that is no array is a list of one. */
static ost_value list_value(ost_call *call, const ost_model *model, ost_value parent, uint32_t node,
                            uint32_t type)
{
    const ost_tree *tree = tree_of(parent);
    if (node == 0) {
        return ost_list(NULL, 0);
    }
    bool array = tree->nodes[node].kind == OST_JSON_ARRAY;
    size_t room = 0, used = 0;
    uint32_t first = array ? ost_tree_first(tree, node) : node;
    for (uint32_t i = first; i != 0; i = array ? ost_tree_next(tree, node, i) : 0) {
        room++;
    }
    ost_value *items = ost_arena_array(call->arena, room, sizeof *items);
    if (!items) {
        return no_memory(call);
    }
    for (uint32_t i = first; i != 0; i = array ? ost_tree_next(tree, node, i) : 0) {
        items[used] = member_value(model, parent, i, type);
        used += !ost_is_null(items[used]);
    }
    return ost_list(items, used);
}

ost_value ost_fhir_property(ost_call *call, const ost_model *model, ost_value object,
                            const ost_model_element *element)
{
    if (object.kind != OST_OBJECT) {
        return ost_null();
    }
    const ost_tree *tree = tree_of(object);
    uint32_t holder = object.object.node, node = 0, type = OST_TYPE_NONE;
    if (model->types[object.type].primitive) {
        if (element->name == model->known.value) {
            return ost_fhir_value(call, model, object);
        }
        holder = shadow_of(tree, holder);
    }
    for (uint32_t i = 0; i < element->choice_count; i++) {
        const ost_model_choice *choice = &model->choices[element->first_choice + i];
        uint32_t child = holder == 0 && model->types[object.type].primitive
                             ? 0
                             : ost_tree_member(tree, holder, choice->json_name);
        if (child != 0 && node != 0) {
            return ost_null();
        }
        node = child != 0 ? child : node;
        type = child != 0 || i == 0 ? choice->type : type;
    }
    if (element->list) {
        return list_value(call, model, object, node, type);
    }
    if (node != 0 && tree->nodes[node].kind == OST_JSON_ARRAY) {
        /* Not FHIR: one item is clear, several are not. */
        uint32_t first = ost_tree_first(tree, node);
        node = first != 0 && ost_tree_next(tree, node, first) == 0 ? first : 0;
    }
    return node == 0 ? ost_null() : member_value(model, object, node, type);
}

/* ---- Conversions ---- */

/* The text of a string member; ptr NULL when absent, empty or no string. */
static ost_str text_of(const ost_tree *tree, uint32_t node, uint32_t name)
{
    uint32_t member = ost_tree_member(tree, node, name);
    if (member == 0 || tree->nodes[member].kind != OST_JSON_STRING) {
        return (ost_str){NULL, 0};
    }
    ost_str text = ost_tree_text(tree, member);
    return text.len > 0 ? text : (ost_str){NULL, 0};
}

static uint32_t child_of(const ost_model *model, const ost_tree *tree, uint32_t node,
                         const char *name)
{
    return ost_tree_member(tree, node, ost_model_name_id(model, ost_str_of(name)));
}

/* UCUM codes of time as the calendar words that CQL arithmetic uses. */
static ost_str calendar_unit(ost_str unit)
{
    static const struct word {
        const char *code, *word;
    } words[] = {{"a", "year"}, {"mo", "month"},   {"wk", "week"},  {"d", "day"},
                 {"h", "hour"}, {"min", "minute"}, {"s", "second"}, {"ms", "millisecond"}};
    for (size_t i = 0; i < OST_ARRAY_LEN(words); i++) {
        if (ost_str_is(unit, words[i].code)) {
            return ost_str_of(words[i].word);
        }
    }
    return unit;
}

static bool is_unit_system(ost_str system)
{
    return system.len == 0 || ost_str_is(system, "http://unitsofmeasure.org") ||
           ost_str_is(system, "urn:oid:2.16.840.1.113883.6.8") ||
           ost_str_is(system, "http://hl7.org/fhirpath/CodeSystem/calendar-units");
}

static bool read_quantity(const ost_model *model, const ost_tree *tree, uint32_t node,
                          ost_quantity *out)
{
    uint32_t value = ost_tree_member(tree, node, model->known.value);
    uint32_t comparator = child_of(model, tree, node, "comparator");
    bool exact = comparator == 0 || tree->nodes[comparator].kind == OST_JSON_NULL;
    if (value == 0 || !exact || !is_unit_system(text_of(tree, node, model->known.system))) {
        return false;
    }
    ost_value number = scalar(tree, value, OST_STR("System.Decimal"));
    if (number.kind != OST_DECIMAL) {
        return false;
    }
    ost_str unit = text_of(tree, node, model->known.code);
    unit = unit.len > 0 ? unit : text_of(tree, node, model->known.unit);
    *out = (ost_quantity){number.decimal, unit.len > 0 ? calendar_unit(unit) : OST_STR("1")};
    return true;
}

static ost_value to_quantity(ost_call *call, const ost_model *model, ost_value object)
{
    ost_quantity quantity;
    if (!read_quantity(model, tree_of(object), object.object.node, &quantity)) {
        return ost_null();
    }
    ost_value value = ost_quantity_value(call->arena, quantity.value, quantity.unit);
    return ost_is_null(value) ? no_memory(call) : value;
}

static ost_value to_ratio(ost_call *call, const ost_model *model, ost_value object)
{
    const ost_tree *tree = tree_of(object);
    uint32_t numerator = child_of(model, tree, object.object.node, "numerator");
    uint32_t denominator = child_of(model, tree, object.object.node, "denominator");
    ost_ratio ratio;
    if (numerator == 0 || denominator == 0 ||
        !read_quantity(model, tree, numerator, &ratio.numerator) ||
        !read_quantity(model, tree, denominator, &ratio.denominator)) {
        return ost_null();
    }
    ost_value value = {.kind = OST_RATIO};
    value.ratio = ost_arena_copy(call->arena, &ratio, sizeof ratio);
    return value.ratio ? value : no_memory(call);
}

static ost_code read_coding(const ost_model *model, const ost_tree *tree, uint32_t node)
{
    return (ost_code){.code = text_of(tree, node, model->known.code),
                      .system = text_of(tree, node, model->known.system),
                      .version = text_of(tree, node, model->known.version),
                      .display = text_of(tree, node, model->known.display)};
}

static ost_value to_code(ost_call *call, const ost_model *model, ost_value object)
{
    ost_value value =
        ost_code_value(call->arena, read_coding(model, tree_of(object), object.object.node));
    return ost_is_null(value) ? no_memory(call) : value;
}

static ost_value concept_value(ost_call *call, const ost_code *codes, size_t count, ost_str display)
{
    ost_concept concept = {codes, count, display};
    ost_value value = {.kind = OST_CONCEPT};
    value.concept = ost_arena_copy(call->arena, &concept, sizeof concept);
    return value.concept ? value : no_memory(call);
}

static ost_value to_concept(ost_call *call, const ost_model *model, ost_value object)
{
    const ost_tree *tree = tree_of(object);
    uint32_t node = object.object.node, list = ost_tree_member(tree, node, model->known.coding);
    bool array = list != 0 && tree->nodes[list].kind == OST_JSON_ARRAY;
    uint32_t first = array ? ost_tree_first(tree, list) : list;
    size_t room = 0, count = 0;
    for (uint32_t i = first; i != 0; i = array ? ost_tree_next(tree, list, i) : 0) {
        room++;
    }
    ost_code *codes = ost_arena_array(call->arena, room, sizeof *codes);
    if (!codes) {
        return no_memory(call);
    }
    for (uint32_t i = first; i != 0; i = array ? ost_tree_next(tree, list, i) : 0) {
        if (tree->nodes[i].kind == OST_JSON_OBJECT) {
            codes[count++] = read_coding(model, tree, i);
        }
    }
    return concept_value(call, codes, count, text_of(tree, node, model->known.text));
}

/* Both ends are known to be in order or can't be compared. */
static bool in_order(ost_call *call, ost_value low, ost_value high)
{
    int order = 0;
    if (low.kind == OST_DATETIME && high.kind == OST_DATETIME) {
        return ost_when_compare(low.when, high.when, OST_DATETIME, OST_UNIT_NONE,
                                call->offset_min) != OST_GREATER;
    }
    if (low.kind != OST_QUANTITY || high.kind != OST_QUANTITY) {
        return true;
    }
    const ost_quantity *a = low.quantity, *b = high.quantity;
    if (ost_str_equal(a->unit, b->unit)) {
        return ost_decimal_compare(a->value, b->value) <= 0;
    }
    return !call->ucum ||
           !ost_ucum_compare(call->ucum, a->value, a->unit, b->value, b->unit, &order) ||
           order <= 0;
}

static ost_value to_interval(ost_call *call, const ost_model *model, ost_value object)
{
    const ost_tree *tree = tree_of(object);
    uint32_t node = object.object.node;
    bool period = ost_model_is(model, object.type, ost_model_type_id(model, OST_STR("Period")));
    uint32_t from = child_of(model, tree, node, period ? "start" : "low");
    uint32_t to = child_of(model, tree, node, period ? "end" : "high");
    ost_value ends[2] = {ost_null(), ost_null()};
    for (size_t i = 0; i < 2; i++) {
        uint32_t at = i == 0 ? from : to;
        if (at != 0) {
            ends[i] = period ? scalar(tree, at, OST_STR("System.DateTime"))
                             : to_quantity(call, model, object_of(object, at, object.type));
        }
    }
    if (!in_order(call, ends[0], ends[1])) {
        return ost_null();
    }
    ost_value value =
        ost_interval_value(call->arena, ends[0], !ost_is_null(ends[0]), ends[1],
                           to == 0 || !ost_is_null(ends[1]), period ? OST_DATETIME : OST_QUANTITY);
    return ost_is_null(value) ? no_memory(call) : value;
}

static ost_value of_kind(ost_call *call, const ost_model *model, ost_value object, ost_kind kind)
{
    ost_value value = ost_fhir_value(call, model, object);
    return value.kind == kind ? value : ost_null();
}

typedef ost_value (*convert_function)(ost_call *call, const ost_model *model, ost_value object);

ost_value ost_fhir_convert(ost_call *call, const ost_model *model, ost_str function,
                           ost_value object)
{
    static const struct primitive {
        const char *name;
        ost_kind kind;
    } primitives[] = {{"ToString", OST_STRING},   {"ToBoolean", OST_BOOLEAN},
                      {"ToInteger", OST_INTEGER}, {"ToDecimal", OST_DECIMAL},
                      {"ToDate", OST_DATE},       {"ToDateTime", OST_DATETIME},
                      {"ToTime", OST_TIME}};
    static const struct complex_type {
        const char *name, *type;
        convert_function convert;
    } complex_types[] = {
        {"ToQuantity", "Quantity", to_quantity}, {"ToConcept", "CodeableConcept", to_concept},
        {"ToCode", "Coding", to_code},           {"ToInterval", "Period", to_interval},
        {"ToInterval", "Range", to_interval},    {"ToRatio", "Ratio", to_ratio}};
    if (object.kind != OST_OBJECT) {
        return ost_null();
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(primitives); i++) {
        if (ost_str_is(function, primitives[i].name)) {
            return of_kind(call, model, object, primitives[i].kind);
        }
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(complex_types); i++) {
        if (ost_str_is(function, complex_types[i].name) &&
            ost_model_is(model, object.type,
                         ost_model_type_id(model, ost_str_of(complex_types[i].type)))) {
            return complex_types[i].convert(call, model, object);
        }
    }
    return ost_null();
}

ost_value ost_fhir_concept_of(ost_call *call, const ost_model *model, ost_value object)
{
    if (object.kind != OST_OBJECT) {
        return ost_null();
    }
    ost_value concept = ost_fhir_convert(call, model, OST_STR("ToConcept"), object);
    if (!ost_is_null(concept)) {
        return concept;
    }
    ost_value code = ost_fhir_convert(call, model, OST_STR("ToCode"), object);
    if (ost_is_null(code)) {
        ost_value text = of_kind(call, model, object, OST_STRING);
        if (ost_is_null(text)) {
            return text;
        }
        code = ost_code_value(call->arena, (ost_code){.code = text.string});
    }
    return ost_is_null(code) ? no_memory(call)
                             : concept_value(call, code.code, 1, (ost_str){NULL, 0});
}
