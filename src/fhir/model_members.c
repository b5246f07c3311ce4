/* The table of the JSON members of each type, inherited ones included, so that checking a record
 * against the model is one look-up per value. FHIR R4, section 2.6.2 (JSON): a primitive is the
 * JSON value of its "value" element. */
#include "fhir/model_detail.h"

enum { LEAST_BITS = 4, MOST_BITS = 31 };

static ost_shape shape_of_system(ost_str name)
{
    if (ost_str_is(name, "System.Boolean")) {
        return OST_SHAPE_BOOLEAN;
    }
    bool number = ost_str_is(name, "System.Integer") || ost_str_is(name, "System.Decimal");
    return number ? OST_SHAPE_NUMBER : OST_SHAPE_STRING;
}

static ost_shape shape_of(const ost_model *model, uint32_t type)
{
    const ost_model_type *t = &model->types[type];
    if (ost_str_starts(t->name, OST_STR("System."))) {
        return shape_of_system(t->name);
    }
    if (!t->primitive) {
        return OST_SHAPE_OBJECT;
    }
    const ost_model_element *value = ost_model_find(model, type, model->known.value);
    return value == NULL || value->choice_count == 0
               ? OST_SHAPE_STRING
               : shape_of_system(model->types[model->choices[value->first_choice].type].name);
}

/* The spellings of all elements of a type and its bases. */
static size_t count_members(const ost_model *model, uint32_t type)
{
    size_t count = 0;
    for (; type != OST_TYPE_NONE; type = model->types[type].base) {
        const ost_model_type *t = &model->types[type];
        for (uint32_t i = 0; i < t->element_count; i++) {
            count += model->elements[t->first_element + i].choice_count;
        }
    }
    return count;
}

/* An own element stands before one of the same name in a base. */
static void add_member(const ost_model *model, ost_model_member *members, ost_model_member member)
{
    uint32_t mask = (UINT32_C(1) << model->member_bits) - 1;
    const ost_model_member *there = ost_model_find_member(model, member.owner, member.name);
    if (there != NULL) {
        return;
    }
    uint32_t at = ost_model_member_slot(model, member.owner, member.name);
    while (members[at].owner != OST_TYPE_NONE) {
        at = (at + 1) & mask;
    }
    members[at] = member;
}

static void add_members_of(const ost_model *model, ost_model_member *members, const uint8_t *shapes,
                           uint32_t owner)
{
    for (uint32_t type = owner; type != OST_TYPE_NONE; type = model->types[type].base) {
        const ost_model_type *t = &model->types[type];
        for (uint32_t i = 0; i < t->element_count; i++) {
            const ost_model_element *element = &model->elements[t->first_element + i];
            for (uint32_t k = 0; k < element->choice_count; k++) {
                const ost_model_choice *choice = &model->choices[element->first_choice + k];
                ost_model_member member = {.owner = owner,
                                           .name = choice->json_name,
                                           .type = choice->type,
                                           .list = element->list,
                                           .shape = shapes[choice->type]};
                member.resource = ost_model_is(model, choice->type, model->resource_type);
                add_member(model, members, member);
            }
        }
    }
}

bool ost_model_add_members(ost_arena *arena, ost_model *model)
{
    size_t count = 0;
    for (uint32_t type = 1; type < model->type_count; type++) {
        count += count_members(model, type);
    }
    model->member_bits = LEAST_BITS;
    while (model->member_bits < MOST_BITS && ((size_t)1 << model->member_bits) < 2 * count) {
        model->member_bits++;
    }
    size_t slots = (size_t)1 << model->member_bits;
    ost_model_member *members = ost_arena_array(arena, slots, sizeof *members);
    uint8_t *shapes = ost_arena_array(arena, model->type_count, sizeof *shapes);
    if (members == NULL || shapes == NULL || count >= slots) {
        return false;
    }
    model->members = members;
    for (uint32_t type = 1; type < model->type_count; type++) {
        shapes[type] = (uint8_t)shape_of(model, type);
    }
    for (uint32_t type = 1; type < model->type_count; type++) {
        add_members_of(model, members, shapes, type);
    }
    return true;
}
