// States and labels of a project.
#include "plane/detail/impl.hpp"

namespace syncline::plane {

Result<std::vector<json::Object>> Client::states(const std::string& project) {
    return impl_->list(TRY(impl_->in_project(project, "states/")));
}

Result<std::vector<json::Object>> Client::labels(const std::string& project) {
    return impl_->list(TRY(impl_->in_project(project, "labels/")));
}

// Names are unique in a project: a repeat after a lost answer is a 409 with the id of the first.
Result<json::Object> Client::create_label(const std::string& project, const std::string& name,
                                          const std::string& color) {
    const detail::Route route = TRY(impl_->in_project(project, "labels/"));
    json::Object body{{"name", name}};
    if (!color.empty()) body["color"] = color;
    return impl_->create_unique("label " + project + " " + name, route, std::move(body), detail::Repeat::kSafe);
}

}  // namespace syncline::plane
