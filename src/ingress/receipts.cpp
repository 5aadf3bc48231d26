#include "ingress/receipts.hpp"

#include <map>

#include "base/text.hpp"
#include "ingress/detail/receipt_rows.hpp"
#include "vault/digest.hpp"

namespace syncline::ingress {
namespace {

using Key = std::pair<std::string, std::string>;  // endpoint, digest

// One column of many receipts.
template <typename Read>
std::string column(const std::vector<Receipt>& receipts, Read read) {
    std::vector<std::string> values;
    values.reserve(receipts.size());
    for (const Receipt& receipt : receipts) values.push_back(read(receipt));
    return pg::array_literal(values);
}

// All bodies as one text, and where each of them lies in it: an array of them would be read character by character.
struct Bodies {
    std::string all = "\\x";
    std::vector<std::int64_t> from, size;
};
Bodies bodies_of(const std::vector<Receipt>& receipts) {
    Bodies bodies;
    std::int64_t from = 1;  // as substr() counts
    for (const Receipt& receipt : receipts) {
        bodies.all.append(to_hex(receipt.body));
        bodies.from.push_back(from);
        bodies.size.push_back(static_cast<std::int64_t>(receipt.body.size()));
        from += bodies.size.back();
    }
    return bodies;
}

// Those that were new, by their key.
Result<std::map<Key, std::int64_t>> insert(pg::Transaction& tx, const access::OrgId& org,
                                           const std::vector<Receipt>& receipts) {
    Bodies bodies = bodies_of(receipts);
    const pg::Rows rows = TRY(tx.exec(
        "insert into ingress.receipts (org_id, endpoint, source, digest, event_id, delivery_id, correlation, kind,"
        " quarantine, headers, body, received_at)"
        " select $1, g.endpoint, g.source, decode(g.digest, 'hex'), g.event_id, g.delivery_id, g.correlation, g.kind,"
        " g.quarantine, g.headers, substr($11::bytea, g.body_from, g.body_size), g.received_at"
        " from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[],"
        " $10::jsonb[], $12::integer[], $13::integer[], $14::timestamptz[]) as g (endpoint, source, digest, event_id,"
        " delivery_id, correlation, kind, quarantine, headers, body_from, body_size, received_at)"
        " on conflict do nothing returning receipt, endpoint, encode(digest, 'hex') as digest",
        {org.text(), column(receipts, [](const Receipt& r) { return r.endpoint; }),
         column(receipts, [](const Receipt& r) { return std::string(to_string(r.source)); }),
         column(receipts, [](const Receipt& r) { return r.digest; }),
         column(receipts, [](const Receipt& r) { return r.understood.event_id; }),
         column(receipts, [](const Receipt& r) { return r.understood.delivery_id; }),
         column(receipts, [](const Receipt& r) { return r.correlation; }),
         column(receipts, [](const Receipt& r) { return r.understood.kind; }),
         column(receipts, [](const Receipt& r) { return r.understood.quarantine; }),
         column(receipts, [](const Receipt& r) { return detail::headers_json(r.headers); }), std::move(bodies.all),
         pg::array_literal(bodies.from), pg::array_literal(bodies.size),
         column(receipts, [](const Receipt& r) { return format_iso(r.received_at); })}));
    std::map<Key, std::int64_t> inserted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        inserted.emplace(Key(rows.text(i, "endpoint"), rows.text(i, "digest")), rows.integer(i, "receipt"));
    }
    return inserted;
}

// Finds the first of each, counts this one, and notes its delivery id.
Result<void> note_duplicates(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& twins,
                             std::vector<Stored*> answers) {
    const pg::Rows rows = TRY(
        tx.exec("select (select min(f.receipt) from ("
                "  select r.receipt from ingress.receipts r"
                "  where r.org_id = $1 and r.endpoint = g.endpoint and r.digest = decode(g.digest, 'hex')"
                "  union all"
                "  select r.receipt from ingress.receipts r where r.org_id = $1 and r.endpoint = g.endpoint"
                "  and r.event_id = g.event_id and r.event_id <> '' and r.source <> 'odoo') f) as receipt"
                " from unnest($2::text[], $3::text[], $4::text[]) with ordinality as g (endpoint, digest, event_id, n)"
                " order by g.n",
                {org.text(), column(twins, [](const Receipt& r) { return r.endpoint; }),
                 column(twins, [](const Receipt& r) { return r.digest; }),
                 column(twins, [](const Receipt& r) { return r.understood.event_id; })}));
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < twins.size(); ++i) {
        if (rows.is_null(i, "receipt")) return make_error(Errc::kStore, "a receipt that is there cannot be found");
        ids.push_back(rows.integer(i, "receipt"));
        answers[i]->id = ids.back();
        answers[i]->duplicate = true;
    }
    const pg::Rows counted = TRY(tx.exec(
        "update ingress.receipts r set duplicates = r.duplicates + g.times from (select receipt, count(*) as times"
        " from unnest($2::bigint[]) as u (receipt) group by receipt order by receipt) g"
        " where r.org_id = $1 and r.receipt = g.receipt returning r.receipt, r.correlation",
        {org.text(), pg::array_literal(ids)}));
    std::map<std::int64_t, std::string> correlations;
    for (std::size_t i = 0; i < counted.size(); ++i) {
        correlations.emplace(counted.integer(i, "receipt"), counted.text(i, "correlation"));
    }
    for (Stored* answer : answers) answer->correlation = correlations[answer->id];
    TRY(
        tx.exec("insert into ingress.redeliveries (org_id, receipt, endpoint, delivery_id, received_at)"
                " select $1, g.* from unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[]) as g",
                {org.text(), pg::array_literal(ids), column(twins, [](const Receipt& r) { return r.endpoint; }),
                 column(twins, [](const Receipt& r) { return r.understood.delivery_id; }),
                 column(twins, [](const Receipt& r) { return format_iso(r.received_at); })}));
    return ok();
}

}  // namespace

std::string digest_of(Source source, const net::Headers& headers, std::string_view body) {
    if (source != Source::kCi && source != Source::kStandard) return vault::sha256_hex(body);
    return vault::sha256_hex(std::string(headers.get("webhook-id")) + "." + std::string(body));
}

Result<std::vector<Stored>> store(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& receipts) {
    std::vector<Stored> answers(receipts.size());
    if (receipts.empty()) return answers;
    std::map<Key, std::int64_t> inserted = TRY(insert(tx, org, receipts));
    std::vector<Receipt> fresh, twins;
    std::vector<Stored*> twins_answers;
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        const auto found = inserted.find(Key(receipts[i].endpoint, receipts[i].digest));
        if (found == inserted.end()) {
            twins.push_back(receipts[i]);
            twins_answers.push_back(&answers[i]);
            continue;
        }
        answers[i] = {found->second, false, receipts[i].correlation};
        fresh.push_back(receipts[i]);
        fresh.back().id = found->second;
        inserted.erase(found);  // another one with this key is its twin
    }
    if (!fresh.empty()) TRY(detail::add_to_inbox(tx, org, fresh, fresh.front().received_at));
    if (!twins.empty()) TRY(note_duplicates(tx, org, twins, std::move(twins_answers)));
    return answers;
}

}  // namespace syncline::ingress
