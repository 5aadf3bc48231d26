#include "sim/odoo/detail/query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.hpp"
#include "sim/odoo/detail/domain.hpp"

namespace syncline::sim::odoo_detail {
namespace {

struct OrderBy {
    const Field* field = nullptr;
    const Model* comodel = nullptr;  // a many2one sorts as its records do
    bool descending = false;
};

Failure bad_order(std::string_view order) {
    return user_error(
        fmt::format("Invalid \"order\" specified (\"{}\"). A valid \"order\" specification is a comma-separated list "
                    "of valid field names "
                    "(optionally followed by asc/desc for the direction)",
                    order));
}

std::vector<OrderBy> parse_order(const Env& env, const Model& model, std::string_view order) {
    std::vector<OrderBy> all;
    for (const std::string& part : split(order, ',')) {
        std::vector<std::string> words;
        for (const std::string& word : split(trim(part), ' ')) {
            if (!word.empty()) words.push_back(word);
        }
        if (words.empty() || words.size() == 3 || words.size() > 4) throw bad_order(order);
        OrderBy by;
        by.field = model.find(words[0]);
        if (by.field == nullptr) {
            throw value_error(fmt::format("Invalid field {} on model '{}'", python_quote(words[0]), model.name));
        }
        if (!by.field->sortable) {
            throw value_error(
                fmt::format("Cannot convert {}.{} to SQL because it is not stored", model.name, by.field->name));
        }
        if (words.size() > 1) {
            if (!iequals(words[1], "asc") && !iequals(words[1], "desc")) throw bad_order(order);
            by.descending = iequals(words[1], "desc");
        }
        if (by.field->type == Type::kMany2one) by.comodel = env.registry.find(by.field->relation);
        all.push_back(by);
    }
    return all;
}

int compare_text(const std::string& a, const std::string& b) {
    const int folded = to_lower(a).compare(to_lower(b));
    return folded != 0 ? folded : a.compare(b);
}

int compare(const Cell& a, const Cell& b) {
    if (a.index() != b.index()) return a.index() < b.index() ? -1 : 1;
    if (const auto* left = std::get_if<std::string>(&a)) return compare_text(*left, std::get<std::string>(b));
    return a < b ? -1 : b < a ? 1 : 0;
}

bool null_in_database(const Field& field, const Cell& cell) {
    const bool never = field.type == Type::kInteger || field.type == Type::kFloat || field.type == Type::kBoolean;
    return !never && empty(cell);
}

// The usual orders of a client that pages: by kept instants, numbers and ids. False when it is another.
bool sort_by_words(const Env& env, const Model& model, Ids& ids, const std::vector<OrderBy>& by) {
    constexpr std::size_t kKeysMax = 3;
    if (by.size() > kKeysMax) return false;
    for (const OrderBy& each : by) {
        const bool word = each.field->type == Type::kDatetime || each.field->type == Type::kInteger;
        if (!word || each.descending || each.field->compute != nullptr || !each.field->related.empty()) return false;
    }
    struct Row {
        std::array<std::int64_t, kKeysMax> keys{};
        std::int64_t id = 0;
    };
    const Table& table = env.store.rows_of(model);
    std::vector<Row> rows;
    rows.reserve(ids.size());
    for (const std::int64_t id : ids) {
        Row row;
        row.id = id;
        const std::size_t place = table.place_of(id);
        for (std::size_t i = 0; i < by.size(); ++i) {
            const bool is_id = by[i].field->name == "id";
            std::int64_t key = is_id ? id : table.word(place, by[i].field->slot);
            if (key == Table::kNone)
                key = by[i].field->type == Type::kInteger ? 0 : std::numeric_limits<std::int64_t>::max();
            row.keys[i] = key;
        }
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.keys < b.keys; });
    for (std::size_t i = 0; i < rows.size(); ++i) ids[i] = rows[i].id;
    return true;
}

}  // namespace

void sort_ids(const Env& env, const Model& model, Ids& ids, std::string_view order) {
    const std::vector<OrderBy> by = parse_order(env, model, order);
    if (by.size() == 1 && by[0].field->name == "id") {
        if (!std::is_sorted(ids.begin(), ids.end())) std::sort(ids.begin(), ids.end());
        if (by[0].descending) std::reverse(ids.begin(), ids.end());
        return;
    }
    if (sort_by_words(env, model, ids, by)) return;
    struct Row {
        std::int64_t id;
        std::vector<Cell> keys;
    };
    std::vector<Row> rows;
    rows.reserve(ids.size());
    for (const std::int64_t id : ids) {
        const Found record = env.store.find(model, id);
        if (record == nullptr) continue;
        Row row{id, {}};
        for (const OrderBy& each : by) {
            Cell key = env.get(model, *record, *each.field);
            if (each.comodel != nullptr && !empty(key)) key = env.display_name(*each.comodel, integer(key));
            if (each.field->type == Type::kBoolean) key = truth(key);
            if (each.field->type == Type::kInteger) key = integer(key);
            row.keys.push_back(std::move(key));
        }
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        for (std::size_t i = 0; i < by.size(); ++i) {
            const bool a_null = null_in_database(*by[i].field, a.keys[i]);
            const bool b_null = null_in_database(*by[i].field, b.keys[i]);
            int sign = a_null != b_null ? (a_null ? 1 : -1) : a_null ? 0 : compare(a.keys[i], b.keys[i]);
            if (by[i].descending) sign = -sign;
            if (sign != 0) return sign < 0;
        }
        return false;
    });
    ids.clear();
    for (const Row& row : rows) ids.push_back(row.id);
}

Ids search(const Env& env, const Model& model, const Search& query) {
    const Domain domain(env, model, query.domain);
    const std::string_view order = query.order.empty() ? std::string_view(model.order) : std::string_view(query.order);
    const Field* active =
        env.context.active_test && model.has_active && !domain.names_field("active") ? model.find("active") : nullptr;
    // Files behind the binary fields of records are shown only to those who ask for them.
    const Field* hidden = model.name == "ir.attachment" && !domain.names_field("res_field") && !domain.names_field("id")
                              ? model.find("res_field")
                              : nullptr;
    const bool kept = active != nullptr && active->stored && active->compute == nullptr && active->related.empty();
    Ids found;
    const auto consider = [&](const Record& record) {
        if (kept && record.table->word(record.place, active->slot) != 1) return;
        if (active != nullptr && !kept && !truth(env.get(model, record, *active))) return;
        if (hidden != nullptr && !text(record.get(hidden->slot)).empty()) return;
        if (domain.matches(record)) found.push_back(record.id);
    };
    if (const auto candidates = domain.candidates()) {
        for (const std::int64_t id : *candidates) {
            if (const Found record = env.store.find(model, id)) consider(*record);
        }
    } else {
        // In the order of ids there is no need to look further than the page.
        const bool by_id = order == "id" || order == "id asc";
        const std::int64_t enough = by_id && query.limit > 0 ? query.offset + query.limit : 0;
        const Table& table = env.store.rows_of(model);
        for (const auto& [id, record] : Rows(table, table.first_at_or_after(domain.least_id()))) {
            consider(record);
            if (enough > 0 && static_cast<std::int64_t>(found.size()) >= enough) break;
        }
    }
    sort_ids(env, model, found, order);
    const auto size = static_cast<std::int64_t>(found.size());
    const std::int64_t from = std::clamp<std::int64_t>(query.offset, 0, size);
    const std::int64_t to = query.limit > 0 ? std::min(size, from + query.limit) : size;
    return {found.begin() + from, found.begin() + to};
}

}  // namespace syncline::sim::odoo_detail
