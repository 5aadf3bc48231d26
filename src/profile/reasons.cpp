#include "profile/reasons.hpp"

#include <array>
#include <utility>

namespace syncline::profile::reasons {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kAdvice = {{
    {kWaitsForParent,
     "It refers to a record that is not linked yet; it goes over by itself once that record is. If that record is kept "
     "out of the synchronisation, take the reference out."},
    {kUserUnmapped,
     "This person has no counterpart on the other side; give both accounts the same e-mail address, or name the pair "
     "under [users] in the profile."},
    {kStateUnknown,
     "This stage or state is not in the profile's state table, or the project has none of its group; add it to a row "
     "of "
     "the table or to the project."},
    {kValueUnknown, "This value is not in the profile's value table; add it to the row that it means."},
    {kUnsupported,
     "The other system, or its edition, cannot do this; make the change there by hand, or leave the two sides as they "
     "are."},
    {kFrozen, "Plane does not let a completed cycle be edited; move its end date in Plane first, or leave it."},
    {kRefused, "The other system refused the value; correct it where it comes from, then it is tried again."},
    {kNotKept,
     "The other system said yes and stored something else. Plane drops assignees who are guests, or not active in the "
     "project, and labels of other projects: give the person the role of a member there, or take the value out."},
    {kParentElsewhere,
     "Plane wants parent and child in one project; move one of the two in Odoo, or take the parent out."},
    {kProjectMoved,
     "Plane cannot move an item between projects; move the task back in Odoo, or unlink it so that it is made anew."},
    {kOrphan,
     "It exists on one side only and the profile creates nothing on the other; link it to an existing record, dismiss "
     "it, or ask for its creation."},
    {kGoneInPlane,
     "It was deleted or archived in Plane while Odoo still has it; restore it in Plane, or archive it in Odoo too."},
    {kGoneInOdoo,
     "It was deleted or archived in Odoo while Plane still has it; restore it in Odoo, or archive it in Plane too."},
    {kNameTaken, "Another record has this name already; rename one of the two."},
    {kHeld, "The plan changes more than the guard allows; look at the plan and approve or refuse it."},
    {kFailed,
     "The other system failed; it is tried again at the next sync. If it lasts, look at that system's health."},
}};

}  // namespace

std::string_view advice(std::string_view reason) {
    for (const auto& [name, text] : kAdvice) {
        if (name == reason) return text;
    }
    return {};
}

}  // namespace syncline::profile::reasons
