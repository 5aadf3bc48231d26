// The planner alone: decisions per second on one core, over links as the delivery profile has them. Beside it the least
// that any planner must do with the same bytes: copy them once, hash them once.
#include "base/random.hpp"
#include "benchmarks.hpp"
#include "merge/plan.hpp"
#include "support/installation.hpp"
#include "support/peers.hpp"
#include "support/timing.hpp"
#include "vault/digest.hpp"

namespace syncline::bench {

namespace {

constexpr int kLinks = 4096;
constexpr double kRateMin = 100'000;  // 100,000 links looked at in a second

std::string words(Random& random, std::size_t length) {
    std::string text;
    while (text.size() < length) text += std::to_string(random.next()) + " ";
    return text;
}

record::Value value_of(Random& random, const merge::FieldPolicy& field) {
    if (field.set != merge::SetRule::kNone) return record::make_set({words(random, 12), words(random, 12)});
    if (field.name == "description") return words(random, 400);
    if (field.name == "shipped") return false;
    return words(random, 24);
}

record::Fields fields_of(Random& random, const merge::Policy& policy) {
    record::Fields fields;
    for (const merge::FieldPolicy& field : policy.fields) fields[field.name] = value_of(random, field);
    return fields;
}

void edit(Random& random, const merge::Policy& policy, merge::Tree& tree, Time at) {
    const merge::FieldPolicy& field = policy.fields[random.below(policy.fields.size())];
    tree.fields[field.name] = value_of(random, field);
    tree.edited_at = at;
}

// A working day: of a hundred links that somebody must look at, 55 changed in nothing that matters, 25 in Odoo, 10 in
// Plane, 5 on both sides, and 5 are new.
merge::LinkInput link_of(Random& random, const merge::Policy& policy, int number) {
    const Time now(std::chrono::seconds(1'795'220'000));
    merge::LinkInput link;
    link.key = {"task", record::Peer::kOdoo, std::to_string(number)};
    link.create_in_plane = true;
    link.odoo.presence = merge::Presence::kPresent;
    link.odoo.fields = fields_of(random, policy);
    link.odoo.edited_at = now;
    const std::uint64_t dice = random.below(100);
    if (dice < 5) return link;
    link.base = link.odoo.fields;
    link.plane = link.odoo;
    if (dice < 35) edit(random, policy, link.odoo, now + std::chrono::seconds(1));
    if (dice < 10 || (dice >= 35 && dice < 45)) edit(random, policy, link.plane, now + std::chrono::seconds(20));
    return link;
}

std::string bytes_of(const merge::LinkInput& link) {
    json::Array trees{record::to_json(link.odoo.fields), record::to_json(link.plane.fields)};
    if (link.base) trees.emplace_back(record::to_json(*link.base));
    return json::canonical(trees);
}

}  // namespace

Result<void> bench_planner(Report& report) {
    const profile::Profile profile = TRY(delivery_profile());
    const profile::EntityMap* task = profile.entity("task");
    if (!task) return make_error(Errc::kInternal, "the delivery profile has no tasks");
    SeededRandom random(kSeed);
    std::vector<merge::LinkInput> links;
    std::vector<std::string> bytes;
    for (int i = 0; i < kLinks; ++i) {
        links.push_back(link_of(random, task->policy, i));
        bytes.push_back(bytes_of(links.back()));
    }
    const double copies = best_rate(kLinks, [&] {
        for (const merge::LinkInput& link : links) keep(merge::LinkInput(link));
    });
    const double hashes = best_rate(kLinks, [&] {
        for (const std::string& text : bytes) keep(vault::sha256_hex(text));
    });
    const double plans = best_rate(kLinks, [&] {
        for (const merge::LinkInput& link : links) keep(merge::plan_link(link, task->policy));
    });
    const double hashed = best_rate(kLinks, [&] {
        for (const merge::LinkInput& link : links) keep(merge::plan_link(link, task->policy).hash());
    });
    report.push_back({"planner: links decided", plans, "links/s", at_least(kRateMin),
                      Rival{"copying the same three trees", copies}, "one core"});
    report.push_back({"planner: links decided, plan hashed",
                      hashed,
                      "links/s",
                      {},
                      Rival{"SHA-256 of the same trees as JSON", hashes},
                      "one core"});
    return ok();
}

}  // namespace syncline::bench
