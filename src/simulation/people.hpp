// What people do on both sides, each with chances of his own. They see what the screens show.
#pragma once

#include <functional>
#include <string>

#include "base/random.hpp"
#include "simulation/screens.hpp"

namespace syncline::simulation {

class People {
public:
    using Say = std::function<void(std::string)>;
    People(sim::OdooServer& odoo, sim::PlaneServer& plane, const Screens& screens, Say say)
        : odoo_(odoo), plane_(plane), screens_(screens), say_(std::move(say)) {}

    // Each does one thing, or nothing where there is nothing to do it to.
    void act_in_odoo(Random& random);
    void act_in_plane(Random& random);

private:
    // Odoo.
    void edit_task(Random& random, const OdooTask& task);
    void write(const OdooTask& task, const json::Object& values, std::string_view what);
    void move_stage(Random& random, const OdooTask& task);
    void change_links(Random& random, const OdooTask& task);
    void change_people(Random& random, const OdooTask& task);
    void change_tags(Random& random, const OdooTask& task);
    void move_to_project(Random& random, const OdooTask& task);
    void create_task(Random& random);
    void end_task(Random& random, const OdooTask& task);
    void edit_milestone(Random& random);
    void edit_tag(Random& random);
    void edit_project(Random& random);
    void attempt(const std::string& model, std::int64_t id, const json::Object& values, const std::string& what);

    // Plane.
    void edit_item(Random& random, const PlaneItem& item);
    void change(const PlaneItem& item, const json::Object& fields, std::string_view what);
    void reparent(Random& random, const PlaneItem& item);
    void relabel(Random& random, const PlaneItem& item);
    void reassign(Random& random, const PlaneItem& item);
    void move_to_cycle(Random& random, const PlaneItem& item);
    void block(Random& random, const PlaneItem& item);
    void end_item(Random& random, const PlaneItem& item);
    void add_item(Random& random);
    int call(const std::string& method, const std::string& path, const json::Object& body);

    sim::OdooServer& odoo_;
    sim::PlaneServer& plane_;
    const Screens& screens_;
    const Say say_;
};

}  // namespace syncline::simulation
