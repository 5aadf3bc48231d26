// What a company's people, projects and tasks are called.
#pragma once

#include <array>
#include <string_view>

namespace syncline::sim::odoo_detail {

struct PersonName {
    std::string_view name, email;  // before the @
};
extern const std::array<PersonName, 24> kPeople;

struct TagName {
    std::string_view name;
    int color;  // 1..11
};
extern const std::array<TagName, 12> kTagNames;

struct ProjectTheme {
    std::string_view name;
    std::string_view wbs;
    std::string_view portfolio;
    std::string_view purpose;
    std::array<std::string_view, 6> milestones;
    std::array<std::string_view, 8> packages;  // the upper level of the task trees
    std::array<std::string_view, 10> things;   // what the tasks are about
};
extern const std::array<ProjectTheme, 8> kThemes;

extern const std::array<std::string_view, 10> kTaskVerbs;
extern const std::array<std::string_view, 10> kStepForms;  // "{}" stands for the thing
extern const std::array<std::string_view, 6> kDepartments;
extern const std::array<std::string_view, 10> kNotes;

}  // namespace syncline::sim::odoo_detail
