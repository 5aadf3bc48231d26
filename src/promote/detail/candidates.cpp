#include "promote/detail/candidates.hpp"

#include "base/text.hpp"
#include "promote/detail/sku_store.hpp"
#include "promote/identity.hpp"

namespace syncline::promote::detail {
namespace {

std::string code_of(const mirror::Record& record) {
    return std::string(trim(json::text_or(record.data, "default_code")));
}

std::string name_of(const mirror::Record& record) {
    for (const std::string* name : {&record.number, &record.name, &record.sku}) {
        if (!name->empty()) return *name;
    }
    for (const std::string_view field : {"complete_name", "name", "display_name", "default_code"}) {
        if (const std::string_view text = json::text_or(record.data, field); !text.empty()) return std::string(text);
    }
    return {};
}

// A row of the core that nobody of Odoo has yet and that has the record's SKU; taken out, so that one record gets it.
std::string adopted(std::string_view entity, const mirror::Record& record,
                    std::unordered_map<std::string, Unmapped>& unmapped) {
    const auto found = unmapped.find(code_of(record));
    if (found == unmapped.end() || !record.active) return {};
    return std::exchange(entity == "product" ? found->second.product : found->second.variant, "");
}

Result<std::unordered_map<std::string, Unmapped>> adoptable(pg::Transaction& tx, const mirror::Source& source,
                                                            std::string_view plan, std::string_view entity,
                                                            const std::vector<mirror::Record>& records,
                                                            const std::unordered_map<std::int64_t, RowRef>& own) {
    std::set<std::string> skus;
    for (const mirror::Record& record : records) {
        if (entity != "product" && entity != "variant") break;
        if (own.contains(record.external_id) || record.gone || !record.active) continue;
        if (std::string code = code_of(record); !code.empty()) skus.insert(std::move(code));
    }
    return unmapped_rows(tx, source, plan, skus);
}

Result<void> claim_skus(pg::Transaction& tx, const mirror::Source& source, std::string_view plan,
                        std::vector<Candidate>& all, std::int64_t pass_start) {
    std::set<std::string> skus;
    const auto sku_of = [](const Candidate& one) -> std::string {
        const bool claims = !one.refusal && !one.gone && json::bool_or(one.row, "active");
        return std::string(claims ? json::text_or(one.row, "sku") : std::string_view());
    };
    for (const Candidate& one : all) {
        if (std::string sku = sku_of(one); !sku.empty()) skus.insert(std::move(sku));
    }
    SkuBook book = TRY(sku_book(tx, source, plan, skus, pass_start));
    for (Candidate& one : all) {
        if (const std::string sku = sku_of(one); !sku.empty())
            one.refusal = book.claim(sku, {one.row_id, one.external_id});
    }
    return ok();
}

Candidate candidate_of(const mirror::Record& record, std::string_view entity, const RowRef* own) {
    Candidate one;
    one.external_id = record.external_id;
    one.version = record.version;
    one.name = name_of(record);
    one.gone = record.gone;
    one.table = own && record.gone ? &table_of(own->table) : &table_for(entity, record.data);
    if (own) one.row_id = own->id;
    if (own && own->table != one.table->core_table) {
        one.refusal = Refusal{Reason::kChangedKind, "it is one of core." + own->table + " and would be one of core." +
                                                        std::string(one.table->core_table) + " now"};
    }
    return one;
}

}  // namespace

Result<std::vector<Candidate>> candidates(pg::Transaction& tx, const mirror::Source& source, std::string_view plan,
                                          std::string_view entity, const std::vector<mirror::Record>& records,
                                          Lookups& lookups, std::int64_t pass_start) {
    const std::unordered_map<std::int64_t, RowRef> own = TRY(lookups.own_rows(entity, records));
    const Known* known = TRY(lookups.gather(entity, records));
    auto unmapped = TRY(adoptable(tx, source, plan, entity, records, own));
    std::vector<Candidate> all;
    all.reserve(records.size());
    for (const mirror::Record& record : records) {
        const auto row = own.find(record.external_id);
        Candidate one = candidate_of(record, entity, row == own.end() ? nullptr : &row->second);
        if (one.gone) {
            one.row = deleted_row(format_iso(record.seen_at));
        } else if (!one.refusal) {
            auto made = transform(*one.table, record.data, *known);
            if (Refusal* refusal = std::get_if<Refusal>(&made)) {
                one.refusal = std::move(*refusal);
            } else {
                one.row = std::move(std::get<json::Object>(made));
                if (one.row_id.empty()) one.row_id = adopted(entity, record, unmapped);
                if (one.row_id.empty()) one.row_id = internal_id(source, entity, record.external_id);
            }
        }
        all.push_back(std::move(one));
    }
    if (entity == "variant") TRY(claim_skus(tx, source, plan, all, pass_start));
    return all;
}

bool may_pass_later(const Candidate& candidate) {
    if (!candidate.refusal) return false;
    const bool means_its_own_kind = candidate.table->entity == "category" || candidate.table->core_table == "addresses";
    return candidate.refusal->reason == Reason::kSkuConflict ||
           (candidate.refusal->reason == Reason::kReferenceWaiting && means_its_own_kind);
}

}  // namespace syncline::promote::detail
