/* A site's policy: `key,value` lines of site/policy.csv over the defaults of the content.
 *
 * Keys: name, phone, jurisdiction, max_age_days (for facts whose age limit is "site"),
 * image_old_days, offset_min (of times without an offset), long-bone-lead (which of two scores
 * of a long bone is shown first; it decides nothing else). A key that is not known is an error,
 * so that a misspelt rule can't be silently off. */
#include "guide/content.h"

static ost_status refuse(ost_error *error, ost_str source, uint32_t line, const char *what,
                         ost_str value)
{
    ost_status status = ost_err_set(error, OST_E_DATA, "%s \"%.*s\"", what, OST_STR_ARG(value));
    ost_err_place(error, source, line, 0, 0);
    return status;
}

static bool whole(ost_str text, int low, int high, int *out)
{
    ost_decimal d;
    if (!ost_decimal_parse(text, false, false, &d) || d.scale != 0 ||
        ost_decimal_compare(d, ost_decimal_of_int(low)) < 0 ||
        ost_decimal_compare(d, ost_decimal_of_int(high)) > 0) {
        return false;
    }
    *out = (int)ost_decimal_truncate(d);
    return true;
}

/* The scores that long-bone-lead can name, by their ids in scores.csv. */
static const char *const leads[] = {"mirels", "cortical-involvement"};

static bool is_lead(ost_str word)
{
    for (size_t i = 0; i < OST_ARRAY_LEN(leads); i++) {
        if (ost_str_is(word, leads[i])) {
            return true;
        }
    }
    return false;
}

int ost_site_lead_rank(const ost_site *site, ost_str score)
{
    if (!is_lead(score) || !is_lead(site->long_bone_lead)) {
        return -1;
    }
    return ost_str_equal(score, site->long_bone_lead) ? 0 : 1;
}

static ost_status read_row(ost_str source, const ost_csv_row *row, size_t key_at, size_t value_at,
                           ost_site *site, ost_error *error)
{
    const struct {
        const char *key;
        ost_str *text;
        int *number;
        int low, high;
    } keys[] = {{"name", &site->name, NULL, 0, 0},
                {"phone", &site->phone, NULL, 0, 0},
                {"jurisdiction", &site->jurisdiction, NULL, 0, 0},
                {"max_age_days", NULL, &site->max_age_days, 1, 36500},
                {"image_old_days", NULL, &site->image_old_days, 1, 36500},
                {"offset_min", NULL, &site->offset_min, -840, 840}};
    ost_str key = ost_str_trim(row->fields[key_at]), value = ost_str_trim(row->fields[value_at]);
    if (ost_str_is(key, "long-bone-lead")) {
        site->long_bone_lead = value;
        return is_lead(value) || ost_str_is(value, "both")
                   ? OST_OK
                   : refuse(error, source, row->line, "not a score of long bones or both:", value);
    }
    for (size_t i = 0; i < OST_ARRAY_LEN(keys); i++) {
        if (!ost_str_is(key, keys[i].key)) {
            continue;
        }
        if (keys[i].text) {
            *keys[i].text = value;
        } else if (!whole(value, keys[i].low, keys[i].high, keys[i].number)) {
            return refuse(error, source, row->line, "not a number in its range:", value);
        }
        return OST_OK;
    }
    return refuse(error, source, row->line, "unknown policy", key);
}

ost_status ost_site_read(ost_arena *arena, ost_str source, ost_str csv, ost_site *site,
                         ost_error *error)
{
    ost_csv table;
    ost_status status = ost_csv_read(arena, source, csv, &table, error);
    size_t key = SIZE_MAX, value = SIZE_MAX;
    if (status == OST_OK) {
        key = ost_csv_column(&table, "key");
        value = ost_csv_column(&table, "value");
        if (key == SIZE_MAX || value == SIZE_MAX) {
            status = refuse(error, source, 1, "the table has no column", OST_STR("key or value"));
        }
    }
    for (size_t i = 0; status == OST_OK && i < table.row_count; i++) {
        status = read_row(source, &table.rows[i], key, value, site, error);
    }
    return status;
}
