#include "dispatch/detail/trace_handles.hpp"

#include <algorithm>

#include "dispatch/trace.hpp"

namespace syncline::dispatch {

namespace {

constexpr std::size_t kUuidSize = 36;
constexpr std::size_t kNumberDigitsMax = 18;

bool is_uuid(std::string_view text) {
    return text.size() == kUuidSize && text.find_first_not_of("0123456789abcdef-") == std::string_view::npos &&
           std::count(text.begin(), text.end(), '-') == 4 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
           text[23] == '-';
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= kNumberDigitsMax &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

class Finder {
public:
    Finder(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile)
        : tx_(tx), scope_(scope), profile_(profile) {}

    Result<TraceHandles> find(const std::string& id) {
        const std::size_t slash = id.find('/');
        const std::string_view first = std::string_view(id).substr(0, slash);
        const std::string_view rest = slash == std::string::npos ? "" : std::string_view(id).substr(slash + 1);
        if (is_uuid(id)) {
            TRY(by_uuid(id));
        } else if (first == "receipt" && is_number(rest)) {
            TRY(by_receipt(rest));
        } else if (first == "job" && is_number(rest)) {
            TRY(by_job(rest));
        } else if (is_number(id)) {
            TRY(by_receipt(id));
            if (found_.kind.empty()) TRY(by_record(id));
        } else if (slash != std::string::npos) {
            TRY(by_name(id));
        }
        return std::move(found_);
    }

private:
    // The texts of a column, into a set; whether there were any. $1 is the org.
    Result<bool> add(std::set<std::string>& into, std::string_view sql, std::vector<pg::Param> params) {
        params.insert(params.begin(), pg::Param(scope_.org.text()));
        params.emplace_back(kTraceHandlesMax);
        const pg::Rows rows = TRY(tx_.exec(sql, params));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!rows.is_null(i, std::size_t(0))) into.emplace(rows.text(i, std::size_t(0)));
        }
        return !rows.empty();
    }

    Result<void> by_uuid(const std::string& id) {
        if (TRY(add(found_.runs,
                    "select run from ledger.runs where org_id = $1 and run = $2::uuid union "
                    "select run from ledger.entries where org_id = $1 and run = $2::uuid limit $3",
                    {id}))) {
            found_.kind = "run";
            return from_runs();
        }
        TRY(add(found_.correlations,
                "select correlation from ingress.receipts where org_id = $1 and correlation = $2::uuid union "
                "select correlation from ledger.runs where org_id = $1 and correlation = $2::uuid union "
                "select correlation from ops.run_events where org_id = $1 and correlation = $2::uuid union "
                "select correlation from jobs.queue where org_id = $1 and correlation = $2::uuid union "
                "select correlation from jobs.running where org_id = $1 and correlation = $2::uuid union "
                "select correlation from jobs.dead where org_id = $1 and correlation = $2::uuid union "
                "select correlation from jobs.dropped where org_id = $1 and correlation = $2::uuid limit $3",
                {id}));
        if (found_.correlations.empty()) return by_record(id);
        found_.kind = "correlation";
        return from_correlations();
    }

    Result<void> by_receipt(std::string_view number) {
        TRY(add(found_.receipts, "select receipt from ingress.receipts where org_id = $1 and receipt = $2 limit $3",
                {number}));
        if (found_.receipts.empty()) return ok();
        found_.kind = "receipt";
        TRY(add(found_.correlations,
                "select correlation from ingress.receipts where org_id = $1 and receipt = $2 limit $3", {number}));
        return from_correlations();
    }

    Result<void> by_job(std::string_view number) {
        TRY(add(found_.correlations,
                "select correlation from jobs.queue where org_id = $1 and id = $2 union "
                "select correlation from jobs.running where org_id = $1 and id = $2 union "
                "select correlation from jobs.dead where org_id = $1 and id = $2 union "
                "select correlation from jobs.dropped where org_id = $1 and id = $2 limit $3",
                {number}));
        if (found_.correlations.empty()) return ok();
        found_.kind = "job";
        return from_correlations();
    }

    // A link key, or a subject.
    Result<void> by_name(const std::string& id) {
        found_.of_record = true;
        if (TRY(add(found_.links,
                    "select link from sync.links where org_id = $1 and profile = $2 and link = $3 union "
                    "select link from ledger.entries where org_id = $1 and profile = $2 and link = $3 limit $4",
                    {scope_.profile, id}))) {
            found_.kind = "link";
            TRY(subjects_of_links());
            return from_subjects();
        }
        const bool known = TRY(add(found_.subjects,
                                   "select subject from ingress.inbox where org_id = $1 and subject = $2 union "
                                   "select subject from jobs.queue where org_id = $1 and subject = $2 union "
                                   "select subject from jobs.running where org_id = $1 and subject = $2 union "
                                   "select subject from jobs.dead where org_id = $1 and subject = $2 limit $3",
                                   {id}));
        found_.subjects.insert(id);
        TRY(links_of_subjects());
        if (!known && found_.links.empty()) return ok();
        found_.kind = "subject";
        TRY(subjects_of_links());  // the other side's
        return from_subjects();
    }

    // A record's id at its peer. Odoo counts each model from 1: there may be several.
    Result<void> by_record(const std::string& id) {
        TRY(add(found_.links,
                "select link from sync.links where org_id = $1 and profile = $2 and (plane_id = $3 or "
                "odoo_id::text = $3) limit $4",
                {scope_.profile, id}));
        if (is_uuid(id)) {
            const std::set<std::string> named = {"plane/item/" + id, "plane/project/" + id, "plane/cycle/" + id};
            TRY(add(found_.subjects,
                    "select subject from ingress.inbox where org_id = $1 and subject = any($2::text[]) limit $3",
                    {pg::array_literal(named)}));
        }
        if (found_.links.empty() && found_.subjects.empty()) return ok();
        found_.kind = "record";
        found_.of_record = true;
        TRY(subjects_of_links());
        return from_subjects();
    }

    Result<void> from_correlations() {
        TRY(add(found_.receipts,
                "select receipt from ingress.receipts where org_id = $1 and correlation = any($2::uuid[]) limit $3",
                {pg::array_literal(found_.correlations)}));
        TRY(add(found_.subjects,
                "select subject from ingress.inbox where org_id = $1 and receipt = any($2::bigint[]) union "
                "select subject from jobs.queue where org_id = $1 and correlation = any($3::uuid[]) union "
                "select subject from jobs.running where org_id = $1 and correlation = any($3::uuid[]) union "
                "select subject from jobs.dead where org_id = $1 and correlation = any($3::uuid[]) union "
                "select subject from jobs.dropped where org_id = $1 and correlation = any($3::uuid[]) limit $4",
                {pg::array_literal(found_.receipts), pg::array_literal(found_.correlations)}));
        TRY(add(found_.runs,
                "select run from ledger.runs where org_id = $1 and correlation = any($2::uuid[]) union "
                "select run from ingress.inbox where org_id = $1 and receipt = any($3::bigint[]) limit $4",
                {pg::array_literal(found_.correlations), pg::array_literal(found_.receipts)}));
        return links_of_subjects();
    }

    Result<void> from_runs() {
        TRY(add(found_.correlations,
                "select correlation from ledger.runs where org_id = $1 and run = any($2::uuid[]) limit $3",
                {pg::array_literal(found_.runs)}));
        TRY(add(found_.links,
                "select distinct link from ledger.entries where org_id = $1 and profile = $2 and run = any($3::uuid[]) "
                "limit $4",
                {scope_.profile, pg::array_literal(found_.runs)}));
        TRY(subjects_of_links());
        TRY(add(found_.receipts,
                "select receipt from ingress.inbox where org_id = $1 and subject = any($2::text[]) "
                "and run = any($3::uuid[]) union "
                "select receipt from ingress.receipts where org_id = $1 and correlation = any($4::uuid[]) limit $5",
                {pg::array_literal(found_.subjects), pg::array_literal(found_.runs),
                 pg::array_literal(found_.correlations)}));
        return ok();
    }

    Result<void> from_subjects() {
        const std::string subjects = pg::array_literal(found_.subjects);
        TRY(add(found_.receipts,
                "select receipt from ingress.inbox where org_id = $1 and subject = any($2::text[]) "
                "order by receipt desc limit $3",
                {subjects}));
        TRY(add(found_.correlations,
                "select correlation from ingress.receipts where org_id = $1 and receipt = any($2::bigint[]) limit $3",
                {pg::array_literal(found_.receipts)}));
        TRY(add(found_.runs,
                "select run from (select run, max(entry) as newest from ledger.entries where org_id = $1 "
                "and profile = $2 and link = any($3::text[]) group by run order by newest desc) r limit $4",
                {scope_.profile, pg::array_literal(found_.links)}));
        TRY(add(found_.runs,
                "select run from ingress.inbox where org_id = $1 and subject = any($2::text[]) and run is not null "
                "order by receipt desc limit $3",
                {subjects}));
        return ok();
    }

    Result<void> links_of_subjects() {
        for (const std::string& subject : found_.subjects) {
            const std::size_t kind = subject.find('/');
            const std::size_t id = subject.rfind('/');
            if (kind == std::string::npos || kind == id) continue;
            const std::string peer = subject.substr(0, kind);
            const std::string model = subject.substr(kind + 1, id - kind - 1);
            std::set<std::string> entities;
            for (const profile::EntityMap& entity : profile_.entities) {
                if (entity.odoo_model == model) entities.insert(entity.name);
            }
            if (peer == "odoo" && !is_number(subject.substr(id + 1))) continue;
            TRY(add(found_.links,
                    "select link from sync.links where org_id = $1 and profile = $2 and (($3 = 'plane' and "
                    "plane_id = $4) or ($3 = 'odoo' and entity = any($5::text[]) and odoo_id::text = $4)) limit $6",
                    {scope_.profile, peer, subject.substr(id + 1), pg::array_literal(entities)}));
        }
        return ok();
    }

    Result<void> subjects_of_links() {
        const pg::Rows rows =
            TRY(tx_.exec("select entity, odoo_id, plane_id from sync.links where org_id = $1 and profile = $2 "
                         "and link = any($3::text[]) limit $4",
                         {scope_.org.text(), scope_.profile, pg::array_literal(found_.links), kTraceHandlesMax}));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (const profile::EntityMap& entity : profile_.entities) {
                if (entity.name != rows.text(i, "entity")) continue;
                if (!rows.is_null(i, "odoo_id")) {
                    found_.subjects.insert("odoo/" + entity.odoo_model + "/" + std::string(rows.text(i, "odoo_id")));
                }
                if (!rows.is_null(i, "plane_id")) {
                    const std::string kind = entity.plane_kind == "work_item" ? "item" : entity.plane_kind;
                    found_.subjects.insert("plane/" + kind + "/" + std::string(rows.text(i, "plane_id")));
                }
            }
        }
        return ok();
    }

    pg::Transaction& tx_;
    const access::Scope& scope_;
    const profile::Profile& profile_;
    TraceHandles found_;
};

}  // namespace

Result<TraceHandles> find_handles(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                                  const std::string& id) {
    return Finder(tx, scope, profile).find(id);
}

}  // namespace syncline::dispatch
