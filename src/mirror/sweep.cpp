#include "mirror/sweep.hpp"

#include <limits>

#include "mirror/keeper.hpp"

namespace syncline::mirror {
namespace {

struct Stored {
    std::int64_t id = 0;
    std::string stamp;
    bool active = true;
    bool gone = false;
};

Result<std::vector<Stored>> stored_between(pg::Database& database, const Source& source, std::string_view entity,
                                           std::int64_t after, std::int64_t last) {
    return database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<std::vector<Stored>> {
        const pg::Rows rows = TRY(
            tx.exec("select external_id, stamp, active, gone_at is not null from odoo.records where org_id = $1 and "
                    "connector = $2 and entity = $3 and external_id > $4 and external_id <= $5 order by external_id",
                    {source.org.text(), source.connector, entity, after, last}));
        std::vector<Stored> stored(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            stored[i] = {rows.integer(i, 0), std::string(rows.text(i, 1)), rows.boolean(i, 2), rows.boolean(i, 3)};
        }
        return stored;
    });
}

class Comparison {
public:
    explicit Comparison(const std::function<Result<void>(const Difference&)>& each) : each_(each) {}

    // Both in order of id.
    Result<void> page(const std::vector<odoo::Stamp>& live, const std::vector<Stored>& stored) {
        auto mine = stored.begin();
        for (const odoo::Stamp& theirs : live) {
            for (; mine != stored.end() && mine->id < theirs.id; ++mine) TRY(missing(*mine));
            ++counts_.ids;
            counts_.archived += theirs.active ? 0 : 1;
            if (mine == stored.end() || mine->id != theirs.id) {
                TRY(tell({Difference::Kind::kNew, theirs.id, theirs.write_date}, counts_.created));
            } else {
                if (mine->gone || differs(*mine, theirs))
                    TRY(tell({Difference::Kind::kChanged, theirs.id, theirs.write_date}, counts_.changed));
                ++mine;
            }
        }
        for (; mine != stored.end(); ++mine) TRY(missing(*mine));
        return ok();
    }

    const SweepCounts& counts() const { return counts_; }

private:
    static bool differs(const Stored& mine, const odoo::Stamp& theirs) {
        return mine.stamp != std::string_view(theirs.write_date).substr(0, kStampSize) || mine.active != theirs.active;
    }
    Result<void> missing(const Stored& mine) {
        if (mine.gone) return ok();
        return tell({Difference::Kind::kMissing, mine.id, {}}, counts_.missing);
    }
    Result<void> tell(const Difference& difference, std::int64_t& count) {
        ++count;
        return each_(difference);
    }

    const std::function<Result<void>(const Difference&)>& each_;
    SweepCounts counts_;
};

}  // namespace

Result<SweepCounts> sweep(odoo::Client& client, pg::Database& database, const Source& source, const Scope& scope,
                          const std::function<Result<void>(const Difference&)>& each) {
    const auto ask = [&](std::int64_t after) {
        return client.stamps_page(scope.model, scope.domain, after, kSweepPage, scope.companies);
    };
    detail::StampsAhead pages(ask, kSweepPage);
    return sweep(pages, database, source, scope.entity->name, each);
}

Result<SweepCounts> sweep(detail::StampsAhead& pages, pg::Database& database, const Source& source,
                          std::string_view entity, const std::function<Result<void>(const Difference&)>& each) {
    Comparison comparison(each);
    std::int64_t after = 0;
    while (pages.more()) {
        const std::vector<odoo::Stamp> live = TRY(pages.next());
        const std::int64_t last = pages.more() ? live.back().id : std::numeric_limits<std::int64_t>::max();
        TRY(comparison.page(live, TRY(stored_between(database, source, entity, after, last))));
        after = last;
    }
    return comparison.counts();
}

Result<std::vector<std::int64_t>> out_of_scope(odoo::Client& client, const Scope& scope,
                                               const std::vector<std::int64_t>& ids) {
    if (ids.empty()) return std::vector<std::int64_t>{};
    json::Array domain;  // a list of one: braces in braces would copy the inner one
    domain.push_back(json::Array{"id", "in", json::Array(ids.begin(), ids.end())});
    return client.search(scope.model, domain);
}

}  // namespace syncline::mirror
