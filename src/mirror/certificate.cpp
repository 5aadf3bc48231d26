#include "mirror/certificate.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ledger/run_events.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror {
namespace {

constexpr std::size_t kIdsNamedMax = 10;

struct Sums {
    MerkleTree tree;
    vault::Sha256 ids;
    std::int64_t archived = 0;
};

Result<void> add_all(pg::Database& database, const Source& source, std::string_view entity, Time at, Sums& sums) {
    return witnesses(database, source, entity, at, [&](const Witness& record) -> Result<void> {
        sums.tree.add(record.external_id, record.hash);
        sums.ids.add(std::to_string(record.external_id) + "\n");
        if (!record.active) ++sums.archived;
        return ok();
    });
}

bool has_reason(const PullError& error, const std::vector<LeftOut>& left_out) {
    return error.id == 0 && std::ranges::any_of(left_out, [&](const LeftOut& field) {
               return field.field == error.field && !field.reason.empty();
           });
}

// Everything that is not proven, in words.
std::vector<std::string> doubts(const PullReport& report, const Certificate& made) {
    std::vector<std::string> reasons;
    const Closing& closing = report.closing;
    if (report.row.state != PullState::kDone) {
        reasons.push_back("the pull did not end: it is " + std::string(to_string(report.row.state)));
    }
    if (!closing.closed) {
        reasons.push_back("the last sweep left a difference: " +
                          (closing.why_open.empty() ? "it was not made" : closing.why_open));
    }
    if (!closing.unreadable.empty()) {
        std::string names;
        for (std::size_t i = 0; i < std::min(closing.unreadable.size(), kIdsNamedMax); ++i) {
            names += (i ? ", " : "") + std::to_string(closing.unreadable[i]);
        }
        if (closing.unreadable.size() > kIdsNamedMax) names += ", …";
        reasons.push_back(std::to_string(closing.unreadable.size()) +
                          " records could not be read, Odoo lists them and does not give them: " + names);
    }
    for (const LeftOut& field : closing.left_out) {
        if (field.reason.empty()) reasons.push_back("the field " + field.field + " was left out without a reason");
    }
    std::int64_t unexplained =
        std::max<std::int64_t>(0, report.errors - static_cast<std::int64_t>(report.row.errors.size()));
    for (const PullError& error : report.row.errors) unexplained += !has_reason(error, closing.left_out);
    if (unexplained > 0) reasons.push_back(std::to_string(unexplained) + " reads failed without a stated reason");
    if (!closing.contents_read && !closing.contents_at) {
        reasons.push_back("contents were never read whole: `mirror pull --full` does that");
    }
    if (closing.closed && made.ids != closing.ids) {
        reasons.push_back("Odoo listed " + std::to_string(closing.ids) + " records and the mirror holds " +
                          std::to_string(made.ids));
    }
    return reasons;
}

json::Array left_out_json(const std::vector<LeftOut>& fields) {
    json::Array list;
    for (const LeftOut& field : fields) list.push_back(json::Object{{"field", field.field}, {"reason", field.reason}});
    return list;
}

Result<void> store(pg::Transaction& tx, const Source& source, Certificate& made) {
    json::Array reasons;
    for (const std::string& reason : made.reasons) reasons.push_back(json::Value(reason));
    std::optional<std::string> contents_at;
    if (made.contents_at) contents_at = format_iso(*made.contents_at);
    const pg::Rows rows = TRY(tx.exec(
        "insert into odoo.certificates (org_id, connector, entity, run, status, reasons, cut, contents, contents_at,"
        " overlap_s, ids, archived, ids_digest, root, left_out, scope, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8,"
        " $9, $10, $11, $12, decode($13, 'hex'), decode($14, 'hex'), $15, $16, $17) returning certificate",
        {source.org.text(), source.connector, made.entity, made.run, made.certified ? "certified" : "refused",
         json::canonical(reasons), format_iso(made.cut), made.contents_read ? "read" : "stamps", contents_at,
         made.overlap_s, made.ids, made.archived, made.ids_digest, made.root,
         json::canonical(left_out_json(made.left_out)), json::canonical(made.scope), format_iso(made.made_at)}));
    made.number = rows.integer(0, "certificate");
    ledger::RunEvent event;
    event.run = made.run;
    event.at = made.made_at;
    event.level = made.certified ? "info" : "warn";
    event.kind = made.certified ? "mirror.certified" : "mirror.refused";
    event.message = made.certified
                        ? std::to_string(made.ids) + " " + made.entity + " certified as of " + format_iso(made.cut)
                        : made.entity + " is not certified: " + made.reasons.front();
    event.facts = {{"certificate", made.number}, {"entity", made.entity}, {"ids", made.ids}, {"root", made.root}};
    return ledger::append(tx, source.org, {event});
}

}  // namespace

Result<void> witnesses(pg::Database& database, const Source& source, std::string_view entity, Time at,
                       const std::function<Result<void>(const Witness&)>& each) {
    std::int64_t after = 0;
    for (;;) {
        // What was there then is there now, or is among the versions that ended later. Both by their keys, in order.
        const pg::Rows rows = TRY(database.transact(source.org.text(), [&](pg::Transaction& tx) {
            return tx.exec(
                "select external_id, hash, sha256(convert_to(sync_data::text, 'UTF8')) = hash as intact,"
                " sync_data->>'active' is distinct from 'false' as active from ("
                "(select external_id, hash, sync_data from odoo.records where org_id = $1 and connector = $2"
                " and entity = $3 and external_id > $5 and seen_at <= $4 and gone_at is null order by external_id"
                " limit $6::integer) union all"
                " (select external_id, hash, sync_data from odoo.versions where org_id = $1 and connector = $2"
                " and entity = $3 and external_id > $5 and seen_at <= $4 and until > $4 and not gone"
                " order by external_id limit $6::integer)) w order by external_id limit $6::integer",
                {source.org.text(), source.connector, entity, format_iso(at), after, kCertifyPage});
        }));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            after = rows.integer(i, "external_id");
            TRY(each({after, rows.bytes(i, "hash"), rows.boolean(i, "intact"), rows.boolean(i, "active")}));
        }
        if (rows.size() < static_cast<std::size_t>(kCertifyPage)) return ok();
    }
}

Result<Certificate> certify(pg::Database& database, const Source& source, const PullReport& report, Clock& clock) {
    const Closing& closing = report.closing;
    Certificate made;
    made.entity = report.row.entity;
    made.run = report.row.run;
    made.cut = closing.closed ? closing.cut : report.row.cut;
    made.contents_read = closing.contents_read;
    made.contents_at = closing.contents_at;
    made.overlap_s = closing.overlap_s;
    made.left_out = closing.left_out;
    made.scope = closing.scope;
    made.made_at = clock.now();
    Sums sums;
    TRY(add_all(database, source, made.entity, made.made_at, sums));
    made.ids = sums.tree.leaves();
    made.archived = sums.archived;
    made.ids_digest = to_hex(sums.ids.finish());
    made.root = to_hex(sums.tree.root());
    made.reasons = doubts(report, made);
    made.certified = made.reasons.empty();
    TRY(database.run(source.org.text(), [&](pg::Transaction& tx) { return store(tx, source, made); }));
    return made;
}

Result<Certificate> newest_certificate(pg::Transaction& tx, const Source& source, std::string_view entity) {
    const pg::Rows rows =
        TRY(tx.exec("select certificate, run, status, reasons, cut, contents, contents_at, overlap_s, ids, archived,"
                    " encode(ids_digest, 'hex') as ids_digest, encode(root, 'hex') as root, left_out, scope, made_at"
                    " from odoo.certificates where org_id = $1 and connector = $2 and entity = $3"
                    " order by certificate desc limit 1",
                    {source.org.text(), source.connector, entity}));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "there is no certificate of " + std::string(entity),
                          "`syncline mirror pull " + std::string(entity) + "` makes one");
    }
    Certificate found;
    found.number = rows.integer(0, "certificate");
    found.entity = entity;
    found.run = rows.text(0, "run");
    found.certified = rows.text(0, "status") == "certified";
    const json::Value reasons = TRY(json::parse(rows.text(0, "reasons")));
    for (const json::Value& reason : reasons.as_array()) found.reasons.emplace_back(reason.as_string());
    found.cut = TRY(parse_time(rows.text(0, "cut")));
    found.contents_read = rows.text(0, "contents") == "read";
    if (!rows.is_null(0, "contents_at")) found.contents_at = TRY(parse_time(rows.text(0, "contents_at")));
    found.overlap_s = static_cast<int>(rows.integer(0, "overlap_s"));
    found.ids = rows.integer(0, "ids");
    found.archived = rows.integer(0, "archived");
    found.ids_digest = rows.text(0, "ids_digest");
    found.root = rows.text(0, "root");
    const json::Value left_out = TRY(json::parse(rows.text(0, "left_out")));
    for (const json::Value& field : left_out.as_array()) {
        found.left_out.push_back(
            {std::string(json::text_or(field, "field")), std::string(json::text_or(field, "reason"))});
    }
    if (json::Value scope = TRY(json::parse(rows.text(0, "scope"))); scope.is_object()) found.scope = scope.as_object();
    found.made_at = TRY(parse_time(rows.text(0, "made_at")));
    return found;
}

Result<Proven> prove(pg::Database& database, const Source& source, std::string_view entity, std::int64_t external_id) {
    Proven proven;
    proven.certificate = TRY(database.transact(
        source.org.text(), [&](pg::Transaction& tx) { return newest_certificate(tx, source, entity); }));
    MerkleTree tree(external_id);
    TRY(witnesses(database, source, entity, proven.certificate.made_at, [&](const Witness& record) -> Result<void> {
        tree.add(record.external_id, record.hash);
        if (record.external_id == external_id) proven.hash = to_hex(record.hash);
        return ok();
    }));
    if (to_hex(tree.root()) != proven.certificate.root) {
        return make_error(Errc::kMoved, "the store does not hold what was certified",
                          "`syncline mirror verify " + std::string(entity) + "` says what was changed");
    }
    std::optional<Proof> proof = tree.proof();
    if (!proof) {
        return make_error(Errc::kNotFound, std::string(entity) + " " + std::to_string(external_id) +
                                               " is not under the certificate of " +
                                               format_iso(proven.certificate.cut));
    }
    proven.proof = std::move(*proof);
    return proven;
}

}  // namespace syncline::mirror
