#include "sync/observe_odoo.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "sync/links.hpp"
#include "sync/replan.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;
using Numbers = std::vector<std::int64_t>;
using NumbersByEntity = std::map<std::string, std::set<std::int64_t>, std::less<>>;

// Odoo shows write_date in whole seconds and a transaction's rows carry its start, so a second change may wear the
// stamp of the first. Each record is therefore read again once its second is over, and once more when no transaction
// that began in that second can still be running (Odoo ends a request after 120 s).
constexpr Micros kSecondOver = std::chrono::seconds(2);
constexpr Micros kTransactionOver = std::chrono::seconds(130);

// A look at one record may ask for another look at those that name it; what is left then is the next sweep's.
constexpr int kLookRoundsMax = 3;
constexpr std::size_t kReferrersMax = 1000;

bool read_again(const Seen& seen, const odoo::Stamp& stamp, Time server_now, bool named) {
    if (seen.stamp != stamp.write_date || seen.presence == Presence::kGone) return true;
    if ((seen.presence == Presence::kArchived) == stamp.active) return true;
    Result<Time> written = parse_time(stamp.write_date);
    if (!written) return false;
    // Somebody says that it changed, and the stamp could still be that of the change before.
    if (named && server_now < *written + kTransactionOver) return true;
    for (const Micros settled : {kSecondOver, kTransactionOver}) {
        const Time over = *written + settled;
        if (seen.seen_at < over && server_now >= over) return true;
    }
    return false;
}

// What a comparison of stamps tells.
struct Differences {
    Numbers changed;
    Ids vanished;
    Ids flipped;  // archived, taken back or vanished
};

Differences compare(const std::vector<odoo::Stamp>& stamps, const SeenById& before, Time server_now, bool named) {
    Differences differ;
    std::set<std::string, std::less<>> living;
    for (const odoo::Stamp& stamp : stamps) {
        const std::string id = std::to_string(stamp.id);
        const auto seen = before.find(id);
        if (seen == before.end() || read_again(seen->second, stamp, server_now, named)) {
            differ.changed.push_back(stamp.id);
        }
        if (seen != before.end() && (seen->second.presence == Presence::kPresent) != stamp.active) {
            differ.flipped.push_back(id);
        }
        living.insert(id);
    }
    for (const auto& [id, seen] : before) {
        if (seen.presence != Presence::kGone && !living.contains(id)) differ.vanished.push_back(id);
    }
    differ.flipped.insert(differ.flipped.end(), differ.vanished.begin(), differ.vanished.end());
    return differ;
}

Numbers numbers_in(const json::Object& record, const Ids& fields) {
    Numbers numbers;
    for (const std::string& field : fields) {
        const json::Value* value = record.if_contains(field);
        if (value && value->is_int64()) numbers.push_back(value->as_int64());
        if (!value || !value->is_array()) continue;
        for (const json::Value& id : value->as_array()) {
            if (id.is_int64()) numbers.push_back(id.as_int64());
        }
    }
    return numbers;
}

// People, stages and tags that these records did not name before, by list. What is known of them may be older than
// the record that names them now.
Result<NumbersByEntity> newly_named(Context& context, pg::Transaction& tx, const OdooModel& model,
                                    const std::vector<Observation>& records) {
    NumbersByEntity named;
    const profile::EntityMap* entity = context.profile.entity(model.entity);
    if (!entity || records.empty()) return named;
    Ids ids;
    for (const Observation& record : records) ids.push_back(record.id);
    std::map<std::string, json::Object, std::less<>> before;
    for (Observation& old : TRY(load_observations(tx, context.scope(), Peer::kOdoo, model.entity, ids))) {
        before.emplace(std::move(old.id), std::move(old.seen));
    }
    for (const OdooModel& list : odoo_lists()) {
        const Ids fields = fields_naming(*entity, context.profile, list);
        for (const Observation& record : records) {
            const auto old = before.find(record.id);
            const Numbers known = old == before.end() ? Numbers() : numbers_in(old->second, fields);
            for (const std::int64_t id : numbers_in(record.seen, fields)) {
                if (std::find(known.begin(), known.end(), id) == known.end()) named[list.entity].insert(id);
            }
        }
    }
    return named;
}

class Sweep {
public:
    Sweep(Context& context, const OdooModel& model, OdooSeen& report)
        : context_(context), model_(model), report_(report) {}

    // The whole model, or the records of `only`. Answers what has to be read besides, by entity: records that name
    // what is not what it was, and, of `only`, what they name that they did not name before. `before`, when there is
    // one, is what was seen of the whole model.
    Result<NumbersByEntity> run(const Numbers* only, std::optional<SeenById> before = std::nullopt);

private:
    Result<SeenById> load(const Numbers* only);
    Result<std::vector<Observation>> read(const Numbers& ids);
    Result<void> keep(pg::Transaction& tx, const std::vector<Observation>& records);
    Result<NumbersByEntity> finish(pg::Transaction& tx, const Differences& differ);
    Result<void> reconsider(pg::Transaction& tx, const Ids& differ);
    Result<NumbersByEntity> referrers(pg::Transaction& tx, const Ids& flipped);
    void note(const Ids& differ);

    Context& context_;
    const OdooModel& model_;
    OdooSeen& report_;
    Time server_now_{};
    bool first_time_ = false;
    bool new_ones_ = false;  // some record that is there was not planned yet: it may have no link
};

Ids texts_of(const Numbers& numbers) {
    Ids texts;
    texts.reserve(numbers.size());
    for (const std::int64_t number : numbers) texts.push_back(std::to_string(number));
    return texts;
}

Result<SeenById> Sweep::load(const Numbers* only) {
    return context_.transact([&](pg::Transaction& tx) {
        return only ? load_seen_of(tx, context_.scope(), Peer::kOdoo, model_.entity, texts_of(*only))
                    : load_seen(tx, context_.scope(), Peer::kOdoo, model_.entity);
    });
}

Result<std::vector<Observation>> Sweep::read(const Numbers& ids) {
    std::vector<Observation> found;
    for (json::Object& record : TRY(context_.odoo.read(model_.model, ids, model_.fields))) {
        found.push_back(odoo_observation(model_, std::move(record)));
    }
    return found;
}

void Sweep::note(const Ids& differ) {
    report_.changed += static_cast<std::int64_t>(differ.size());
    for (const std::string& id : differ) {
        if (report_.found.size() == kFoundMax) return;
        report_.found.push_back({Peer::kOdoo, model_.model, id, ""});
    }
}

Result<void> Sweep::keep(pg::Transaction& tx, const std::vector<Observation>& records) {
    const Ids differ = TRY(save_observations(tx, context_.scope(), Peer::kOdoo, records, server_now_));
    note(differ);
    if (model_.linked || differ.empty()) return ok();
    return reconsider(tx, differ);
}

// A tag or a stage was renamed, a user has another address: every record that names it may read differently now.
Result<void> Sweep::reconsider(pg::Transaction& tx, const Ids& differ) {
    if (model_.entity == "user") return match_people_again(context_, tx);
    return first_time_ ? ok() : replan_wearers(context_, tx, model_, differ);
}

// Odoo empties the fields that named a deleted record, and hides an archived one in lists, without touching the
// write_date of the records that named it: those are read again.
Result<NumbersByEntity> Sweep::referrers(pg::Transaction& tx, const Ids& flipped) {
    NumbersByEntity again;
    if (flipped.empty()) return again;
    for (const profile::EntityMap& entity : context_.profile.entities) {
        for (const std::string& id : TRY(forget_stamps(tx, context_.scope(), Peer::kOdoo, entity.name,
                                                       fields_naming(entity, context_.profile, model_), flipped))) {
            again[entity.name].insert(std::stoll(id));
        }
    }
    return again;
}

// Also when nothing changed: the program may have ended right after it had kept what it saw.
Result<NumbersByEntity> Sweep::finish(pg::Transaction& tx, const Differences& differ) {
    note(TRY(mark_presence(tx, context_.scope(), Peer::kOdoo, model_.entity, differ.vanished, merge::Presence::kGone)));
    if (!model_.linked && !differ.vanished.empty()) TRY(reconsider(tx, differ.vanished));
    if (model_.linked && new_ones_) report_.added += TRY(add_new_odoo_links(tx, context_.scope(), model_.entity));
    return referrers(tx, differ.flipped);
}

Result<NumbersByEntity> Sweep::run(const Numbers* only, std::optional<SeenById> before) {
    const SeenById seen_before = before ? std::move(*before) : TRY(load(only));
    first_time_ = !only && seen_before.empty();
    server_now_ = context_.clock.now() + context_.odoo.clock_skew();
    json::Array domain = model_.domain;
    if (only) domain.push_back(json::Array{"id", "in", json::Array(only->begin(), only->end())});
    const std::vector<odoo::Stamp> stamps = TRY(context_.odoo.stamps(model_.model, domain));
    report_.records += static_cast<std::int64_t>(stamps.size());
    const Differences differ = compare(stamps, seen_before, server_now_, only != nullptr);
    new_ones_ =
        only || !differ.changed.empty() || std::any_of(seen_before.begin(), seen_before.end(), [](const auto& entry) {
            return entry.second.dirty && entry.second.presence == Presence::kPresent;
        });

    // In pieces, so that memory stays flat and a long first read shows its progress; the last one is kept together
    // with what ends the sweep.
    const std::size_t total = differ.changed.size();
    std::vector<Observation> records;
    for (std::size_t from = 0; from < total; from += odoo::kReadBatch) {
        if (from > 0) TRY(context_.transact([&](pg::Transaction& tx) { return keep(tx, records); }));
        const std::size_t to = std::min(from + odoo::kReadBatch, total);
        records = TRY(read(Numbers(differ.changed.begin() + static_cast<std::ptrdiff_t>(from),
                                   differ.changed.begin() + static_cast<std::ptrdiff_t>(to))));
        context_.progress("reading Odoo " + model_.model, static_cast<std::int64_t>(to),
                          static_cast<std::int64_t>(total));
    }
    return context_.transact([&](pg::Transaction& tx) -> Result<NumbersByEntity> {
        NumbersByEntity named;
        if (only) named = TRY(newly_named(context_, tx, model_, records));
        TRY(keep(tx, records));
        NumbersByEntity again = TRY(finish(tx, differ));
        again.merge(named);  // lists: no record of theirs is among those that name others
        return again;
    });
}

Result<std::int64_t> number_of(const Hint& hint) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(hint.id.data(), hint.id.data() + hint.id.size(), number);
    if (failure != std::errc() || end != hint.id.data() + hint.id.size()) {
        return make_error(Errc::kInvalid, "'" + hint.id + "' is no id of an Odoo " + hint.kind);
    }
    return number;
}

}  // namespace

void OdooSeen::add(const OdooSeen& other) {
    records += other.records;
    changed += other.changed;
    added += other.added;
    const std::size_t room = std::min(kFoundMax - found.size(), other.found.size());
    found.insert(found.end(), other.found.begin(), other.found.begin() + static_cast<std::ptrdiff_t>(room));
}

Result<KnownFields> known_fields(Context& context) {
    KnownFields known;
    for (const profile::EntityMap& entity : context.profile.entities) {
        profile::OdooFields fields;
        for (const auto& [name, info] : TRY(context.odoo.fields(entity.odoo_model))) fields.emplace(name, info.type);
        known.emplace(entity.name, std::move(fields));
    }
    return known;
}

Result<OdooSeen> observe_odoo(Context& context, const KnownFields& known) {
    OdooSeen report;
    const std::vector<OdooModel> models = odoo_models(context, known);
    Ids entities;
    for (const OdooModel& model : models) entities.push_back(model.entity);
    // Of all models at once, because mostly nothing differs. What differs in one may ask for records of others to be
    // read again: from then on each is asked for when its turn comes.
    SeenByEntity before = TRY(
        context.transact([&](pg::Transaction& tx) { return load_seen(tx, context.scope(), Peer::kOdoo, entities); }));
    for (const OdooModel& model : models) {
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped while reading Odoo");
        const std::int64_t changed = report.changed;
        auto known_before = before.extract(model.entity);
        std::optional<SeenById> seen;
        if (!known_before.empty()) seen = std::move(known_before.mapped());
        const NumbersByEntity again = TRY(Sweep(context, model, report).run(nullptr, std::move(seen)));
        if (again.contains(model.entity)) TRY(Sweep(context, model, report).run(nullptr));
        if (report.changed != changed || !again.empty()) before.clear();
    }
    return report;
}

Result<OdooSeen> look_at_odoo(Context& context, const KnownFields& known, const std::vector<Hint>& hints) {
    OdooSeen report;
    const std::vector<OdooModel> models = odoo_models(context, known);
    NumbersByEntity wanted;
    for (const Hint& hint : hints) {
        if (hint.peer != Peer::kOdoo) continue;
        for (const OdooModel& model : models) {
            if (model.model == hint.kind) wanted[model.entity].insert(TRY(number_of(hint)));
        }
    }
    for (int round = 0; round < kLookRoundsMax && !wanted.empty(); ++round) {
        for (const OdooModel& model : models) {
            const auto named = wanted.extract(model.entity);
            if (named.empty()) continue;
            const Numbers ids(named.mapped().begin(), named.mapped().end());
            for (auto& [entity, again] : TRY(Sweep(context, model, report).run(model.linked ? &ids : nullptr))) {
                for (const std::int64_t id : again) {
                    if (wanted[entity].size() < kReferrersMax) wanted[entity].insert(id);
                }
            }
        }
    }
    return report;
}

Result<std::vector<Observation>> read_odoo_again(Context& context, const KnownFields& known,
                                                 const profile::EntityMap& entity,
                                                 const std::vector<std::int64_t>& ids) {
    for (const OdooModel& model : odoo_models(context, known)) {
        if (model.entity != entity.name) continue;
        std::vector<Observation> records;
        for (json::Object& record : TRY(context.odoo.read(model.model, ids, model.fields))) {
            records.push_back(odoo_observation(model, std::move(record)));
        }
        const Time server_now = context.clock.now() + context.odoo.clock_skew();
        const NumbersByEntity named = TRY(context.transact([&](pg::Transaction& tx) -> Result<NumbersByEntity> {
            NumbersByEntity lists = TRY(newly_named(context, tx, model, records));
            TRY(save_observations(tx, context.scope(), Peer::kOdoo, records, server_now));
            return lists;
        }));
        OdooSeen report;
        for (const OdooModel& list : odoo_lists()) {
            if (named.contains(list.entity)) TRY(Sweep(context, list, report).run(nullptr));
        }
        return records;
    }
    return make_error(Errc::kInternal, "entity " + entity.name + " is not in the profile");
}

}  // namespace syncline::sync
