// Subjects of jobs and receipts ("plane/item/<uuid>", "odoo/project.task/42") and the links that they are about.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.hpp"
#include "actions/types.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"

namespace syncline::actions::detail {

// Whether it can be an id in Odoo.
bool is_number(std::string_view text);

// How a look at a link's record on each side is asked for; Odoo first. None for a side where the link has no record.
std::vector<std::string> subjects_of(const profile::Profile& profile, const LinkRow& row);

struct Named {
    std::string link;
    std::string title;
};
// By subject: the links they are about. What has no link is left out. Read only.
using NamedSubjects = std::map<std::string, Named, std::less<>>;
Result<NamedSubjects> name_subjects(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                                    const std::vector<std::string>& subjects);

}  // namespace syncline::actions::detail
