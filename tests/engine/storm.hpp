// A storm: people edit both sides at random while syncs run, calls fail and the program dies; then it is quiet. What
// must hold then is checked against what the people did, never against what the engine thinks.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/engine/rig.hpp"

namespace syncline::testing {

// What Odoo's screens show of each task; the engine may move the stage and nothing else.
using Screenshot = std::map<std::int64_t, json::Object>;
Screenshot take_screenshot(const Rig& rig);

// A value that somebody typed and that another side's owner may overwrite: then the ledger must have it.
struct Typed {
    std::int64_t task = 0;
    std::string item;         // "" when it was typed in Odoo
    std::string field;        // name, priority, due, state
    std::string value;        // in the product's words
    bool superseded = false;  // somebody typed over it, or ended the record, before anybody else could
};

class Storm {
public:
    Storm(const std::string& dsn, std::uint64_t seed);

    void run();
    const std::vector<std::string>& violations() const { return violations_; }
    std::string story() const;  // the seed and every step

private:
    // People.
    void edit();
    void edit_odoo(std::int64_t task);
    void write(std::int64_t task, const json::Object& values, std::string_view what);
    void move_stage(std::int64_t task);
    void change_links(std::int64_t task);
    void create_task();
    void end_task(std::int64_t task);
    void edit_around();
    void edit_plane(const std::string& item);
    void edit_words(const std::string& item);
    void type_plane(const std::string& item, std::string_view field, std::string_view attribute, std::string_view value,
                    std::string_view shown);
    void end_item(const std::string& item);
    void edit_meanwhile();

    // Time, syncs, faults, deaths.
    void step();
    void sync(bool calm);
    void sync_with_death(sync::Look look);
    void approve(const sync::Report& report);
    void calm_down();

    // Afterwards.
    void check_ownership(std::string_view when);
    void check_nothing_deleted();
    void check_in_step();
    void check_task(std::int64_t task, const std::map<std::string, std::set<std::string>>& parked);
    void check_kept();
    void check_rest();

    void say(std::string text) { story_.push_back(std::move(text)); }
    void violation(std::string text);
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
    template <typename T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }
    std::vector<std::int64_t> tasks_of_project(std::int64_t project) const;
    std::vector<std::string> living_items() const;
    std::string shown_value(const Typed& typed) const;
    // The other side shows it, too: from then on it is no single side's any more.
    bool arrived(const Typed& typed) const;
    void remember(Typed typed);
    void note_arrivals();
    void supersede(std::int64_t task, const std::string& item, std::string_view field);
    std::set<std::string> losers(const Typed& typed);

    std::uint64_t seed_;
    Rig rig_;
    SeededRandom random_;
    bool in_sync_ = false;
    int names_ = 0;
    Screenshot screenshot_;
    std::set<std::string> deleted_;  // items that people deleted in Plane
    std::set<std::string> items_;    // all items ever seen there
    std::deque<Typed> typed_;
    std::vector<std::string> story_;
    std::vector<std::string> violations_;
};

// In the product's words, from either side's screen.
std::string priority_word(std::string_view odoo);
std::string state_key(std::string stage_or_state);

}  // namespace syncline::testing
