#include "mirror/reading.hpp"

#include <algorithm>
#include <deque>

#include "json/bulk.hpp"
#include "mirror/detail/patience.hpp"
#include "vault/base64.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror {
namespace {

constexpr std::string_view kCompanies = "_companies";

using Texts = std::map<std::string, std::string>;  // by company: its columns, canonical

json::Array leaf(std::string_view field, std::string_view operation, json::Value value) {
    return json::Array{field, operation, std::move(value)};
}

// {company: {column: value}} of each record, canonical.
using ByCompany = std::map<std::int64_t, Texts>;

Error no_records(const ReadingPlan& plan, const Error& error) {
    return make_error(Errc::kUpstream, plan.scope.model + "/read: " + error.message);
}

Result<void> walk(const ReadingPlan& plan, std::vector<odoo::RawAnswer>& bodies, const json::BulkReader::Each& each) {
    json::BulkReader reader;
    for (odoo::RawAnswer& answer : bodies) {
        const Result<void> read = reader.read(answer.body, answer.wrapped ? "result" : "", each);
        if (!read.ok()) return no_records(plan, read.error());
    }
    return ok();
}

// A key, and where it stood among the sorted members of the record before: there it mostly stands in the next.
struct Field {
    std::string_view key = {};
    std::size_t at = 0;
};

// Where it stands, or would stand.
std::size_t place(std::span<const json::Member> members, Field& field) {
    const bool same = field.at <= members.size() &&
                      (field.at == members.size() || field.key <= members[field.at].key) &&
                      (field.at == 0 || members[field.at - 1].key < field.key);
    if (!same) {
        field.at = std::size_t(std::ranges::lower_bound(members, field.key, {}, &json::Member::key) - members.begin());
    }
    return field.at;
}

bool is_at(std::span<const json::Member> members, std::size_t at, std::string_view key) {
    return at < members.size() && members[at].key == key;
}

// "" where there is none of that key.
std::string_view value(std::span<const json::Member> members, Field& field) {
    const std::size_t at = place(members, field);
    return is_at(members, at, field.key) ? members[at].value : std::string_view();
}

Result<ByCompany> read_companies(const ReadingPlan& plan, RawChunk& chunk) {
    ByCompany values;
    for (std::size_t i = 0; i < chunk.by_company.size(); ++i) {
        const std::string company = std::to_string(plan.scope.companies[i + 1]);
        Field id{"id"};
        TRY(walk(plan, chunk.by_company[i], [&](std::span<const json::Member> members) -> Result<void> {
            std::vector<json::Member> own;
            std::ranges::copy_if(members, std::back_inserter(own), [](const json::Member& m) { return m.key != "id"; });
            json::append_object(values[json::integer_of(value(members, id))][company], own);
            return ok();
        }));
    }
    return values;
}

std::string object_of(const Texts& texts) {
    std::vector<json::Member> members;
    for (const auto& [key, value] : texts) members.push_back({key, value});
    std::string out;
    json::append_object(out, members);
    return out;
}

std::string hash_text(std::string_view kind, std::string_view hex) {
    return "{\"" + std::string(kind) + "\":\"" + std::string(hex) + "\"}";
}

// Makes rows of one chunk's records. One thread at a time.
class Rows {
public:
    Rows(const ReadingPlan& plan, const RawChunk& chunk, ByCompany by_company)
        : plan_(plan),
          chunk_(chunk),
          by_company_(std::move(by_company)),
          hashed_(fields_kept(plan.columns, Kept::kHash)) {
        rows_.reserve(chunk.ids.size());
        for (const std::string& field : hashed_) no_hashes_.push_back({field, "false"});
        const Entity& entity = *plan.scope.entity;
        for (const std::string_view field : entity.name_fields) names_.push_back({field});
        sku_.key = entity.sku_field;
        email_.key = entity.email_field;
        number_.key = entity.number_field;
    }

    Result<void> add(std::span<const json::Member> members) {
        const std::int64_t id = json::integer_of(value(members, id_));
        if (id <= 0) return make_error(Errc::kInvalid, "a record without an id");
        more_.assign(no_hashes_.begin(), no_hashes_.end());
        texts_.clear();
        put_hashes(id, members);
        if (!chunk_.by_company.empty()) {
            const auto found = by_company_.find(id);
            // Gone between the two questions: the sweep will tell.
            if (found == by_company_.end() || found->second.size() != chunk_.by_company.size()) return ok();
            put(kCompanies, object_of(found->second));
        }
        Row row;
        row.id = id;
        row.data.reserve(size_ + kLonger);
        spell(row.data, members);
        size_ = row.data.size();
        row.hash = vault::sha256(row.data);
        row.stamp = json::text_of(value(members, stamp_)).substr(0, kStampSize);
        row.active = value(members, active_) != "false";
        for (Field& field : names_) {
            if (row.name = text(members, field); !row.name.empty()) break;
        }
        row.sku = text(members, sku_);
        row.email = text(members, email_);
        row.number = text(members, number_);
        rows_.push_back(std::move(row));
        return ok();
    }

    std::vector<Row> take() { return std::move(rows_); }

private:
    static constexpr std::size_t kLonger = 64;  // so much longer than the one before a record may be at no cost

    static std::string text(std::span<const json::Member> members, Field& field) {
        return field.key.empty() ? std::string() : label(json::text_of(value(members, field)));
    }

    void put_hashes(std::int64_t id, std::span<const json::Member> members) {
        for (const std::string& field : plan_.in_table) {
            Field column{field};
            const std::string base64 = json::text_of(value(members, column));
            if (base64.empty()) continue;
            put(field, hash_text("sha256", vault::sha256_hex(vault::from_base64(base64).value_or(base64))));
        }
        if (const auto found = chunk_.attached.find(id); found != chunk_.attached.end()) {
            for (const auto& [field, sha1] : found->second) put(field, hash_text("sha1", sha1));
        }
    }

    void put(std::string_view key, std::string text) {
        const std::string_view value = texts_.emplace_back(std::move(text));
        const auto at = std::ranges::lower_bound(more_, key, {}, &json::Member::key);
        if (at != more_.end() && at->key == key) {
            at->value = value;
        } else {
            more_.insert(at, {key, value});
        }
    }

    // Odoo's members and `more_`, which wins.
    void spell(std::string& out, std::span<const json::Member> members) {
        out += '{';
        places_.resize(more_.size());
        std::size_t from = 0;
        for (std::size_t i = 0; i < more_.size(); ++i) {
            places_[i].key = more_[i].key;
            const std::size_t to = place(members, places_[i]);
            json::append_members(out, members.subspan(from, to - from));
            json::append_members(out, {&more_[i], 1});
            from = to + (is_at(members, to, more_[i].key) ? 1 : 0);
        }
        json::append_members(out, members.subspan(from));
        out += '}';
    }

    const ReadingPlan& plan_;
    const RawChunk& chunk_;
    const ByCompany by_company_;
    const std::vector<std::string> hashed_;
    std::vector<json::Member> no_hashes_;  // each binary column, empty
    std::vector<json::Member> more_;       // of one record: what Odoo's own members do not say
    std::deque<std::string> texts_;        // what more_ points to
    std::vector<Field> places_;            // of each of more_ among Odoo's
    Field id_{"id"}, stamp_{"write_date"}, active_{"active"}, sku_, email_, number_;
    std::vector<Field> names_;
    std::size_t size_ = 0;  // of the last one: the next is about as long
    std::vector<Row> rows_;
};

// Odoo closes the connection without a word when a question needs too much time or memory: then it is asked for half.
// The smaller size stays: what was too much once would be again.
Result<void> read_parts(odoo::Client& client, const ReadingPlan& plan, const std::vector<std::int64_t>& ids,
                        const std::vector<std::string>& fields, const std::vector<std::int64_t>& companies,
                        std::vector<odoo::RawAnswer>& bodies) {
    int tries = 1;
    for (std::size_t from = 0; from < ids.size();) {
        const std::size_t count = std::min(plan.at_once->load(), ids.size() - from);
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(from);
        Result<odoo::RawAnswer> answer =
            client.read_text(plan.scope.model, {first, first + static_cast<std::ptrdiff_t>(count)}, fields, companies);
        if (!answer.ok()) {
            if (answer.error().code != Errc::kOutcomeUnknown) return answer.error();
            if (answer.error().detail("status") == "500") {  // not dropped: Odoo made no JSON of what a field holds
                return make_error(Errc::kRefused, answer.error().message);
            }
            // A server that is going down drops everything, however little is asked.
            json::Array one;  // a list of one: braces in braces would copy the inner one
            one.push_back(leaf("id", "=", ids[from]));
            const Result<std::int64_t> there = client.search_count(plan.scope.model, one, companies);
            if (!there.ok() && detail::is_outage(there.error())) return there.error();
            if (count == 1 && ++tries > odoo::kReadTriesMax) {
                return make_error(Errc::kUpstream, answer.error().message,
                                  "Odoo drops the connection: look at its log");
            }
            std::size_t expected = plan.at_once->load();
            while (expected > std::max<std::size_t>(1, count / 2) &&
                   !plan.at_once->compare_exchange_weak(expected, std::max<std::size_t>(1, count / 2))) {
            }
            continue;
        }
        bodies.push_back(std::move(*answer));
        from += count;
    }
    return ok();
}

Result<void> fetch_attached(odoo::Client& client, const ReadingPlan& plan, RawChunk& chunk) {
    if (plan.attached.empty()) return ok();
    const json::Array domain{leaf("res_model", "=", json::Value(plan.scope.model)),
                             leaf("res_field", "in", json::Array(plan.attached.begin(), plan.attached.end())),
                             leaf("res_id", "in", json::Array(chunk.ids.begin(), chunk.ids.end()))};
    const json::Value answer = TRY(client.call(
        "ir.attachment", "search_read",
        {{"domain", domain}, {"fields", json::Array{"res_id", "res_field", "checksum"}}, {"order", "id"}}, true));
    if (!answer.is_array()) return make_error(Errc::kUpstream, "ir.attachment/search_read: the answer is no list");
    for (const json::Value& row : answer.get_array()) {
        chunk.attached[json::integer_or(row, "res_id")][std::string(json::text_or(row, "res_field"))] =
            json::text_or(row, "checksum");
    }
    return ok();
}

}  // namespace

Result<ReadingPlan> plan_reading(odoo::Client& client, Scope scope, Columns columns) {
    ReadingPlan plan{std::move(scope), std::move(columns), {}, {}, {}};
    plan.at_once = std::make_shared<std::atomic<std::size_t>>(odoo::kReadBatch);
    const std::vector<std::string> hashed = fields_kept(plan.columns, Kept::kHash);
    if (hashed.empty()) return plan;
    const json::Value model(plan.scope.model);
    const auto attachments = [&](const std::vector<std::string>& fields) {
        return client.search_count(
            "ir.attachment",
            {leaf("res_model", "=", model), leaf("res_field", "in", json::Array(fields.begin(), fields.end()))});
    };
    json::Array any(hashed.size() - 1, "|");
    for (const std::string& field : hashed) any.push_back(leaf(field, "!=", false));
    if (TRY(client.search_count(plan.scope.model, any, plan.scope.companies)) == 0) return plan;
    for (const std::string& field : hashed) {
        if (TRY(attachments({field})) > 0) {
            plan.attached.push_back(field);
            continue;
        }
        json::Array holding;  // a list of one: braces in braces would copy the inner one
        holding.push_back(leaf(field, "!=", false));
        if (TRY(client.search_count(plan.scope.model, holding, plan.scope.companies)) > 0)
            plan.in_table.push_back(field);
    }
    return plan;
}

std::string plan_digest(const ReadingPlan& plan) {
    json::Array columns;
    for (const Column& column : plan.columns) {
        if (column.kept == Kept::kLeftOut) continue;
        columns.push_back(json::Array{column.field, column.type, to_string(column.kept), column.by_company});
    }
    const json::Array companies(plan.scope.companies.begin(), plan.scope.companies.end());
    return vault::sha256_hex(json::canonical(json::Array{plan.scope.model, plan.scope.domain, companies, columns}));
}

Result<RawChunk> fetch(odoo::Client& client, const ReadingPlan& plan, std::vector<std::int64_t> ids) {
    RawChunk chunk;
    chunk.ids = std::move(ids);
    std::vector<std::string> fields = fields_kept(plan.columns, Kept::kValue);
    fields.insert(fields.end(), plan.in_table.begin(), plan.in_table.end());
    TRY(read_parts(client, plan, chunk.ids, fields, plan.scope.companies, chunk.bodies));
    TRY(fetch_attached(client, plan, chunk));
    const std::vector<std::string> differing = fields_by_company(plan.columns);
    for (std::size_t i = 1; i < plan.scope.companies.size() && !differing.empty(); ++i) {
        // This company is the current one; the others stay allowed, so that no record is out of sight.
        std::vector<std::int64_t> order = plan.scope.companies;
        std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(i),
                    order.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        TRY(read_parts(client, plan, chunk.ids, differing, order, chunk.by_company.emplace_back()));
    }
    return chunk;
}

Result<std::vector<Row>> rows_of(const ReadingPlan& plan, RawChunk& chunk) {
    Rows rows(plan, chunk, TRY(read_companies(plan, chunk)));
    TRY(walk(plan, chunk.bodies, [&](std::span<const json::Member> members) { return rows.add(members); }));
    return rows.take();
}

}  // namespace syncline::mirror
