// The simulated Plane as a stage for recorded calls: it gives it what a recording presupposes, under the recorded ids.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plane_records.hpp"
#include "replay.hpp"
#include "sim/plane/server.hpp"

namespace syncline::conformance {

class Scene {
public:
    Scene(const std::vector<Recording>& all);

    sim::PlaneServer& server() { return *server_; }
    VirtualClock& clock() { return *clock_; }

    // A recording with the ids that the simulator gave.
    Recording translated(const Recording& recording) const;
    // Learns from an answer what the simulator calls the things that the recording shows in the same places.
    void pair_up(const json::Value& recorded, const json::Value& answered);

    // Makes what must have been there before the call and is not. True when it made something.
    bool presuppose(const Recording& recording);
    // For a second try: also lays what is shown over what is there, where the request itself does not change it.
    void catch_up(const Recording& recording, const net::HttpResponse& answered);
    // After the call: what it shows holds.
    void settle(const Recording& recording);
    // The web app's API: the effect alone.
    void take_over(const Recording& recording);

    // What pair_up() learnt can be taken back.
    struct Learnt {
        Bindings ids;
        std::set<std::string> known;
        std::set<std::string> bound_targets;
    };
    Learnt learnt() const;
    void forget(const Learnt& since);

    // API keys to try, the likeliest first: nobody recorded whose key it was.
    std::vector<std::string> keys_for(const Recording& recording);
    void worked(const std::string& key) { last_key_ = key; }

private:
    struct Who {
        std::string user, key;
    };

    bool known(const std::string& id) const { return known_.contains(id); }
    void put(const std::string& kind, json::Object record);
    bool stand_in(const std::string& kind, const std::string& id, const std::string& project, const std::string& item,
                  const Recording& recording);
    void crew(const json::Object& record);
    bool want_user(const std::string& id);
    bool want_project(const std::string& id);
    bool want_state(const std::string& id, const std::string& project, const Recording& recording, bool finished);
    bool want_seat(const std::string& user, const std::string& project, int role);
    bool references(const json::Object& record, const std::string& project, const Recording& recording);
    bool path_records(const Recording& recording, const std::vector<Step>& steps);
    bool body_records(const Recording& recording, const std::vector<Step>& steps);
    bool shown_records(const Recording& recording, const std::vector<Step>& steps);
    bool conflict_records(const Recording& recording, const std::vector<Step>& steps, bool anyway);
    bool refusal_records(const Recording& recording, const std::vector<Step>& steps);
    void count_up(const std::string& kind, const json::Object& record, const std::string& project);
    void drop_excess(const std::string& kind, const std::vector<Step>& steps, std::int64_t excess);
    void fill_list(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered);
    void fill_places(const std::string& kind, const std::vector<Step>& steps, const json::Array& shown);
    void put_place(const std::string& kind, const std::string& item, const std::string& holder,
                   const std::string& project);
    void fill_people(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered);
    void fill_zone(const Recording& recording);
    void fill_project_zone(const Recording& recording, const std::vector<Step>& steps);
    void unseat(const std::string& user, const std::string& project);
    void line_up(const Recording& recording, const std::string& kind, const json::Array& shown);
    std::vector<std::string> ids_under(const Recording& recording);
    void replace_all(const Recording& recording, const std::string& kind, const std::vector<Step>& steps,
                     const json::Array& shown);
    void disguise(const std::vector<Step>& steps, const json::Array& shown);
    void free_names(const Recording& recording);
    void fill_counts(const Recording& recording, const json::Value& answered);
    void let_in(const Recording& recording, const std::vector<Step>& steps, const net::HttpResponse& answered);
    void lay_over(const Recording& recording, const std::vector<Step>& steps, const std::string& kind,
                  json::Object record);
    void fill_relations(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered);
    bool answers_itself(const Recording& recording, const std::vector<Step>& steps) const;
    std::vector<Who> people_of();
    void cast();
    void seat_everybody(const std::string& project);
    void want_outsider(const std::string& id);
    std::string fresh_id();
    std::string project_of(const std::vector<Step>& steps) const;

    std::unique_ptr<VirtualClock> clock_;
    std::unique_ptr<sim::PlaneServer> server_;
    Bindings ids_;
    std::set<std::string> known_;
    std::set<std::string> bound_targets_;
    std::vector<Who> people_;
    std::set<std::string> seats_;
    std::set<std::string> answers_conflict_;
    std::vector<std::string> users_;
    std::size_t keyed_ = 0;
    std::map<std::string, int> roles_;
    std::set<std::string> stand_in_projects_;
    std::string nobody_key_;
    std::string last_key_;
    int fresh_ = 0;
};

}  // namespace syncline::conformance
