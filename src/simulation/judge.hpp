// Watches what the program does to both peers and holds it to its promises, call by call:
//
//   P1  one version of a value is written at most once; nothing is made twice
//   P3  what somebody typed and the program overwrites is in the ledger as a loser
//   P7  no field is written against its owner; nothing is deleted; what is nobody's is left alone
//   P8  versions are carried over in the order in which they were typed; parents are made before their children
//
// What it knows of people's work it has from the screens alone. See verdict.hpp for what must hold in the end.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "net/http.hpp"
#include "simulation/hazard.hpp"
#include "simulation/screens.hpp"

namespace syncline::simulation {

// The names in a list as the screens show it, "a, b".
using Names = std::set<std::string, std::less<>>;
Names names_of(std::string_view joined);

struct Violation {
    std::string promise;  // "P3"
    std::string text;
};

// A value that somebody typed and that the program wrote over: the ledger must have it.
struct Loss {
    std::int64_t task = 0;
    Field field = kName;
    std::vector<std::string> spellings;  // of the value, as the ledger may show it; empty: any will do
    std::string text;
    // Somebody typed something else and then what had been there before, with no look of the program in between. What
    // changed is known from base alone, so nothing did: there is no conflict, and the entry of the write says what it
    // wrote over.
    bool put_back = false;
};

class Judge {
public:
    Judge(sim::OdooServer& odoo, sim::PlaneServer& plane) : odoo_(odoo), plane_(plane), screens_(odoo, plane) {}

    // The synced world is on the screens: from here on everything counts.
    void begin();
    // A person did something there.
    void people_acted(Place place);
    // The program is about to send this; the peer has just acted on it; the answer came through.
    void about_to_send(Place place, const net::HttpRequest& request);
    void acted(Place place, const net::HttpRequest& request, const net::HttpResponse& response);
    void answered(Place place, const net::HttpRequest& request, const net::HttpResponse& response);
    // While a person decides in the program, it may tell Odoo that a task is shipped.
    void person_decides(bool on) { person_decides_ = on; }

    const Screens& screens() const { return screens_; }
    Screens& screens() { return screens_; }
    const std::vector<Violation>& violations() const { return violations_; }
    void violation(std::string promise, std::string text);
    const std::vector<Loss>& losses() const { return losses_; }
    std::int64_t writes() const { return writes_; }        // calls of the program that may change a peer
    std::int64_t effective() const { return effective_; }  // fields of tasks and items that it changed
    std::int64_t unseen_losses() const { return unseen_losses_; }
    // A person changed it in Plane, and it is neither in Odoo nor overwritten.
    bool typed_in_plane(const std::string& item, Field field) const {
        return typed_.contains({Place::kPlane, item, field});
    }
    bool added_by_people(const std::string& item, const std::string& label) const {
        return people_labels_.contains({item, label});
    }

private:
    using Cell = std::pair<std::int64_t, Field>;  // a field of a task, wherever it is shown
    // The values that a field had on its owner's side, in their order.
    struct History {
        std::vector<std::string> versions;
        std::size_t applied = 0;
        bool target_edited = false;  // a person changed the other side since the last was carried over
    };
    struct Typed {
        std::string before, value;
        bool shown = false;  // the program has read the record since
        bool first = true;   // nobody had typed `before`
    };
    using TypedKey = std::tuple<Place, std::string, Field>;

    void note_odoo(const std::map<std::int64_t, OdooTask>& before);
    void note_plane(const std::map<std::string, PlaneItem>& before);
    void remember(Place place, const std::string& id, Field field, const std::string& before, const std::string& value);
    void push(std::int64_t task, Field field, const std::string& value);

    void acted_on_odoo(const net::HttpRequest& request);
    void acted_on_plane(const net::HttpRequest& request, const net::HttpResponse& response);
    void check_item(const std::string& id);
    void check_created(const PlaneItem& item);
    void check_put_away(const PlaneItem& before, const PlaneItem& now);
    void check_carried(std::int64_t task, Field field, const std::string& from, const std::string& to,
                       const std::string& where);
    void check_set(std::int64_t task, Field field, const std::string& from, const std::string& to,
                   const std::string& where, bool unseen);
    bool check_loss(Place place, const std::string& id, std::int64_t task, Field field, const std::string& from,
                    const std::string& to);
    void check_twins(const PlaneItem& item);
    void check_comments(const std::string& item);
    void note_arrivals();
    void mark_shown(Place place, const std::function<bool(const std::string& id, Field field)>& is_shown);

    sim::OdooServer& odoo_;
    sim::PlaneServer& plane_;
    Screens screens_;
    std::map<Cell, History> history_;
    std::map<TypedKey, Typed> typed_;
    std::set<std::int64_t> ever_shipped_;
    std::set<std::int64_t> ever_ended_;  // archived, deleted, without a project, or its project archived
    std::set<std::string> attempted_;    // external ids whose creation was tried
    std::set<std::pair<std::string, std::string>> people_labels_;  // by item: those that a person put there
    std::vector<Loss> losses_;
    std::vector<Violation> violations_;
    bool person_decides_ = false;
    std::int64_t writes_ = 0;
    std::int64_t effective_ = 0;
    std::int64_t unseen_losses_ = 0;
};

}  // namespace syncline::simulation
