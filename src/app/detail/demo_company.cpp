#include "app/detail/demo_company.hpp"

#include "sim/odoo/company.hpp"

namespace syncline::app::detail {

namespace {

constexpr const char* kCompanyEmail = "%@acme.example";

// build_company() knows no errors: this one leaves it.
struct Refused {
    Error error;
};

std::vector<std::int64_t> create(odoo::Client& odoo, const std::string& model, const json::Array& values_list) {
    const Result<json::Value> made = odoo.call(model, "create", {{"vals_list", values_list}}, false);
    if (!made) throw Refused{made.error()};
    std::vector<std::int64_t> ids;
    if (made->is_array()) {
        for (const json::Value& id : made->get_array()) ids.push_back(id.to_number<std::int64_t>());
    }
    if (ids.size() != values_list.size()) {
        throw Refused{make_error(Errc::kUpstream, model + ": Odoo did not make all records that it was asked for")};
    }
    return ids;
}

}  // namespace

Result<bool> fill_real_odoo(odoo::Client& odoo, const cli::DemoArgs& args) {
    json::Array domain;
    domain.push_back(json::Array{"login", "=like", kCompanyEmail});
    if (!TRY(odoo.search("res.users", domain)).empty()) return false;
    const bool addon = TRY(odoo.fields("project.task")).contains("is_shipped");
    const sim::Creator creator = [&](const std::string& model, const json::Array& values) {
        return create(odoo, model, values);
    };
    try {
        sim::build_company(creator, args.seed, {args.projects, args.milestones, args.tasks}, addon);
    } catch (const Refused& refused) {
        return Error(refused.error).during("making the company");
    }
    return true;
}

Result<People> people_for_plane(odoo::Client& odoo) {
    json::Array domain;
    domain.push_back(json::Array{"share", "=", false});
    const std::vector<std::int64_t> ids = TRY(odoo.search("res.users", domain, false));
    json::Array people;
    std::string last;
    for (const json::Object& user : TRY(odoo.read("res.users", ids, {"name", "login", "email"}))) {
        std::string email(json::text_or(user, "email"));
        if (email.empty()) email = json::text_or(user, "login");
        if (email.find('@') == std::string::npos) continue;
        const std::string name(json::text_or(user, "name"));
        const std::size_t space = name.find(' ');
        people.push_back(json::Object{{"email", email},
                                      {"first_name", name.substr(0, space)},
                                      {"last_name", space == std::string::npos ? "" : name.substr(space + 1)}});
        last = name;
    }
    if (people.size() > 1) {
        people.pop_back();
    } else {
        last.clear();
    }
    return People{json::canonical(people), last};
}

}  // namespace syncline::app::detail
