#include "odoo/detail/reader.hpp"

#include <algorithm>
#include <unordered_set>

namespace syncline::odoo::detail {
namespace {

Error no_list(const std::string& what) {
    return make_error(Errc::kUpstream, what + ": the answer is not the list that was asked for");
}

Stamp stamp_of(const json::Value& row) {
    Stamp stamp;
    stamp.id = json::integer_or(row, "id");
    stamp.write_date = json::text_or(row, "write_date");
    stamp.active = json::bool_or(row, "active", true);
    return stamp;
}

Result<Ids> ids_of(const std::string& what, const json::Value& answer) {
    if (!answer.is_array()) return no_list(what);
    Ids ids;
    ids.reserve(answer.get_array().size());
    for (const json::Value& id : answer.get_array()) {
        if (!id.is_int64()) return no_list(what);
        ids.push_back(id.get_int64());
    }
    return ids;
}

Result<std::vector<Stamp>> stamps_of(const std::string& what, const json::Value& answer) {
    if (!answer.is_array()) return no_list(what);
    std::vector<Stamp> stamps;
    stamps.reserve(answer.get_array().size());
    for (const json::Value& row : answer.get_array()) stamps.push_back(stamp_of(row));
    return stamps;
}

json::Object asking(const Ids& companies) {
    json::Object context{{"active_test", false}};
    if (!companies.empty()) context["allowed_company_ids"] = json::Array(companies.begin(), companies.end());
    return context;
}

// A page by id: no page moves when a record comes or goes meanwhile.
json::Array from_id(const json::Array& domain, std::int64_t after) {
    json::Array page = domain;
    page.push_back(json::Array{"id", ">", after});
    return page;
}

// Ids given twice would come back as two rows.
Ids without_repeats(const Ids& ids) {
    Ids once;
    std::unordered_set<std::int64_t> seen;
    once.reserve(ids.size());
    for (const std::int64_t id : ids) {
        if (seen.insert(id).second) once.push_back(id);
    }
    return once;
}

}  // namespace

Result<Ids> Reader::search(const std::string& model, const json::Array& domain, bool archived_too) {
    Call call{model, "search", {{"domain", domain}, {"order", "id"}}};  // models have default orders of their own
    if (archived_too) call.arguments["context"] = {{"active_test", false}};
    return ids_of(call.name(), TRY(session_.ask(call)));
}

Result<Ids> Reader::search_page(const std::string& model, const json::Array& domain, std::int64_t after, int limit,
                                const Ids& companies) {
    const Call call{
        model,
        "search",
        {{"domain", from_id(domain, after)}, {"order", "id"}, {"limit", limit}, {"context", asking(companies)}}};
    return ids_of(call.name(), TRY(session_.ask(call)));
}

Result<std::int64_t> Reader::search_count(const std::string& model, const json::Array& domain, const Ids& companies) {
    const Call call{model, "search_count", {{"domain", domain}, {"context", asking(companies)}}};
    const json::Value answer = TRY(session_.ask(call));
    if (!answer.is_int64()) return make_error(Errc::kUpstream, call.name() + ": the answer is no number");
    return answer.get_int64();
}

Result<json::Array> Reader::stamp_fields(const std::string& model) {
    const auto known = TRY(session_.fields(model));
    json::Array fields{"id"};
    for (const char* field : {"write_date", "active"}) {
        if (known->contains(field)) fields.emplace_back(field);  // not every model has them
    }
    return fields;
}

Result<std::vector<Stamp>> Reader::stamps_page(const std::string& model, const json::Array& domain, std::int64_t after,
                                               int limit, const Ids& companies) {
    const json::Array fields = TRY(stamp_fields(model));
    const Call call{model,
                    "search_read",
                    {{"domain", from_id(domain, after)},
                     {"fields", fields},
                     {"order", "id"},
                     {"limit", limit},
                     {"context", asking(companies)}}};
    return stamps_of(call.name(), TRY(session_.ask(call)));
}

Result<RawAnswer> Reader::read_text(const std::string& model, const Ids& ids, const std::vector<std::string>& fields,
                                    const Ids& companies) {
    json::Array wanted{"id"};  // never empty: Odoo takes an empty list for "all fields", computed ones too
    for (const std::string& field : fields) {
        if (field != "id") wanted.emplace_back(field);
    }
    Call call{model, "read", {{"ids", json::Array(ids.begin(), ids.end())}, {"fields", wanted}, {"load", ""}}};
    if (!companies.empty()) call.arguments["context"] = asking(companies);
    return session_.ask_text(call);
}

Result<std::vector<Stamp>> Reader::stamps(const std::string& model, const json::Array& domain) {
    const json::Array fields = TRY(stamp_fields(model));
    const Call call{model,
                    "search_read",
                    {{"domain", domain}, {"fields", fields}, {"order", "id"}, {"context", {{"active_test", false}}}}};
    const Result<json::Value> answer = session_.ask(call);
    // Every try was lost: the table may be too large for one request of Odoo's time limit.
    if (!answer.ok() && answer.error().code == Errc::kUpstream) return stamps_in_chunks(model, domain, fields);
    if (!answer.ok()) return answer.error();
    return stamps_of(call.name(), *answer);
}

Result<std::vector<Stamp>> Reader::stamps_in_chunks(const std::string& model, const json::Array& domain,
                                                    const json::Array& fields) {
    const Ids ids = TRY(search(model, domain, true));
    std::vector<std::string> names;
    for (const json::Value& field : fields) names.emplace_back(field.get_string());
    std::vector<Stamp> stamps;
    for (const json::Object& row : TRY(read(model, ids, names))) stamps.push_back(stamp_of(row));
    return stamps;
}

Result<json::Array> Reader::read_chunk(const std::string& model, const Ids& ids, std::size_t from, std::size_t count,
                                       const json::Array& fields) {
    const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
    // load "": a many2one as its plain id, which also spares Odoo the display names.
    const Call call{
        model,
        "read",
        {{"ids", json::Array(first, first + static_cast<std::ptrdiff_t>(count))}, {"fields", fields}, {"load", ""}}};
    json::Value answer = TRY(session_.ask(call, count == 1));
    if (!answer.is_array()) return no_list(call.name());
    return std::move(answer.get_array());
}

Result<std::vector<json::Object>> Reader::read(const std::string& model, const Ids& asked,
                                               const std::vector<std::string>& fields) {
    std::vector<json::Object> records;
    const Ids ids = without_repeats(asked);
    if (ids.empty()) return records;
    const auto known = TRY(session_.fields(model));
    json::Array visible{"id"};  // never empty: Odoo takes an empty list for "all fields", computed ones too
    for (const std::string& field : fields) {
        if (field != "id" && known->contains(field)) visible.emplace_back(field);
    }
    records.reserve(ids.size());
    std::size_t chunk = kReadBatch;
    for (std::size_t from = 0; from < ids.size();) {
        const std::size_t count = std::min(chunk, ids.size() - from);
        Result<json::Array> rows = read_chunk(model, ids, from, count, visible);
        if (!rows.ok() && rows.error().code == Errc::kOutcomeUnknown && count > 1) {
            // Odoo closes the connection without a word when a request needs too much time or memory. The smaller size
            // stays for the rest: what was too much once would be again.
            chunk = count / 2;
            continue;
        }
        if (!rows.ok()) return rows.error();
        for (json::Value& row : *rows) {
            if (row.is_object()) records.push_back(std::move(row.get_object()));
        }
        from += count;
    }
    return records;
}

}  // namespace syncline::odoo::detail
