// The activity list: everything but comments, oldest first unless asked otherwise.
#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

bool listable(const Row& row) {
    for (const std::string_view hidden : {"comment", "vote", "reaction", "draft"}) {
        if (row.text("field") == hidden) return false;
    }
    return true;
}

}  // namespace

Answer activities(Call& call) {
    Rows rows;
    if (!project_archived(call)) {
        for (const Row* row : call.b().activities.of(call.arg("item"))) rows.push_back(row);
    }
    std::erase_if(rows, [](const Row* row) { return !listable(*row); });
    const std::string_view order = call.param("order_by");
    if (!order_rows(rows, kActivityModel, order.empty() ? "created_at" : order)) return crashed();
    return page(call, rows, [&](const Row& row) { return show(call, kActivityModel, row); });
}

Answer activity(Call& call) {
    const Row* row = call.b().activities.find(call.arg("id"));
    if (row == nullptr || row->text("issue") != call.arg("item") || !listable(*row)) return missing();
    return ok(show(call, kActivityModel, *row));
}

}  // namespace syncline::sim::plane
