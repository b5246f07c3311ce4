/* References: who a resource is about, and what a reference points to. FHIR R4, section 2.3
 * (references) and 2.36.4 (resolving them in a bundle). */
#include "fhir/record_detail.h"

#include "fhir/index.h"

ost_str ost_reference_without_version(ost_str reference)
{
    size_t at = ost_str_find(reference, OST_STR("/_history/"), 0);
    return at == SIZE_MAX ? reference : ost_str_sub(reference, 0, at);
}

ost_str ost_reference_tail(ost_str reference)
{
    size_t slashes = 0;
    for (size_t i = reference.len; i > 0; i--) {
        if (reference.ptr[i - 1] == '/' && ++slashes == 2) {
            return ost_str_sub(reference, i, reference.len);
        }
    }
    return slashes == 1 ? reference : (ost_str){NULL, 0};
}

static bool is_absolute(ost_str reference)
{
    return ost_str_find(reference, OST_STR(":"), 0) != SIZE_MAX;
}

static bool is_rest_url(ost_str url)
{
    return ost_str_starts(url, OST_STR("http:")) || ost_str_starts(url, OST_STR("https:"));
}

/* An absolute URL names a resource of that server: it fits by type and id only when we don't know
 * where ours is from. */
bool ost_reference_names(ost_str reference, ost_str type, ost_str id, ost_str full_url)
{
    reference = ost_reference_without_version(reference);
    if (full_url.len > 0 && ost_str_equal(reference, full_url)) {
        return true;
    }
    if (id.len == 0) {
        return false;
    }
    if (ost_str_starts(reference, OST_STR("urn:uuid:"))) {
        return full_url.len == 0 && ost_str_equal(ost_str_sub(reference, 9, reference.len), id);
    }
    ost_str tail = ost_reference_tail(reference);
    bool same = tail.len == type.len + 1 + id.len && ost_str_starts(tail, type) &&
                tail.ptr[type.len] == '/' && ost_str_ends(tail, id);
    return same && (!is_absolute(reference) || !is_rest_url(full_url));
}

static ost_str text_of(const ost_tree *tree, uint32_t object, uint32_t name)
{
    return ost_tree_string(tree, ost_tree_member(tree, object, name));
}

ost_str ost_subject_reference(const ost_tree *tree, const ost_model *model, const ost_found *found,
                              uint32_t *subject_node)
{
    uint32_t subject = found->subject;
    if (subject != 0 && tree->nodes[subject].kind == OST_JSON_ARRAY) {
        subject = ost_tree_first(tree, subject);
    }
    *subject_node = subject;
    if (subject == 0) {
        return (ost_str){NULL, 0};
    }
    ost_str reference = text_of(tree, subject, model->known.reference);
    return reference.ptr == NULL ? OST_STR("") : reference;
}

size_t ost_record_owner(const ost_record *record, uint32_t node)
{
    const ost_record_index *index = record->index;
    size_t low = 0, high = record->resource_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t i = index->by_node[middle];
        if (record->tree.nodes[record->resources[i].node].end <= node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == record->resource_count || record->resources[index->by_node[low]].node > node) {
        return SIZE_MAX;
    }
    return index->by_node[low];
}

static uint32_t find_contained(const ost_record *record, ost_str id, uint32_t from_node)
{
    const ost_tree *tree = &record->tree;
    size_t owner = ost_record_owner(record, from_node);
    if (owner == SIZE_MAX) {
        return 0;
    }
    uint32_t resource = record->resources[owner].node;
    if (id.len == 0) {
        return resource;
    }
    uint32_t list = ost_tree_member(tree, resource, tree->model->known.contained);
    for (uint32_t item = list == 0 ? 0 : ost_tree_first(tree, list); item != 0;
         item = ost_tree_next(tree, list, item)) {
        if (ost_str_equal(text_of(tree, item, tree->model->known.id), id)) {
            return item;
        }
    }
    return 0;
}

uint32_t ost_record_resolve(const ost_record *record, ost_str reference, uint32_t from_node)
{
    if (reference.len == 0) {
        return 0;
    }
    if (reference.ptr[0] == '#') {
        return find_contained(record, ost_str_sub(reference, 1, reference.len), from_node);
    }
    reference = ost_reference_without_version(reference);
    uint32_t found = ost_map_get(&record->index->by_url, reference);
    if (found != OST_MAP_NONE) {
        return record->resources[found].node;
    }
    ost_str key = ost_reference_tail(reference);
    if (ost_str_starts(reference, OST_STR("urn:uuid:"))) {
        found = ost_map_get(&record->index->by_id, ost_str_sub(reference, 9, reference.len));
    } else {
        ost_str id = key, type_name = {NULL, 0};
        (void)ost_str_next(&id, '/', &type_name);
        found = ost_record_with_id(record, ost_model_type_id(record->tree.model, type_name), id);
    }
    if (found == OST_MAP_NONE) {
        return 0;
    }
    const ost_resource *r = &record->resources[found];
    ost_str type = record->tree.model->types[r->type].name;
    bool fits = ost_reference_names(reference, type, r->id, r->full_url);
    return fits ? r->node : 0;
}
