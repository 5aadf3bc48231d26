// What the files of Client share: the settings, the caller, what the edition is, and how lists are read.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "plane/client.hpp"
#include "plane/detail/caller.hpp"
#include "plane/detail/edition.hpp"
#include "plane/detail/keyed_locks.hpp"
#include "plane/detail/walk.hpp"

namespace syncline::plane {

struct Client::Impl {
    Impl(net::HttpClient& http, Clock& clock, Random& random, Settings given, std::shared_ptr<Budget> budget);

    Settings settings;
    detail::Caller caller;
    detail::Edition edition;
    detail::KeyedLocks creating;

    using Ids = std::initializer_list<std::string_view>;
    Result<detail::Route> in_workspace(std::string_view pattern, Ids ids = {}) const;
    Result<detail::Route> in_project(std::string_view project, std::string_view pattern, Ids ids = {}) const;
    // Below "work-items/" or, on a server before 1.1, "issues/"; asks the edition first. `pattern` is the rest: "{}/".
    Result<detail::Route> in_items(const std::string& project, std::string_view pattern, Ids ids = {});

    // A whole list, newest first as Plane gives it.
    Result<std::vector<json::Object>> list(const detail::Route& route, const net::Query& query = {});
    // The same, up to the first row for which `stop` is true.
    Result<std::vector<json::Object>> list_until(const detail::Route& route, const net::Query& query,
                                                 const detail::Stop& stop);

    // A creation whose repeat Plane answers with 409 and the id of the first one, because its name or external pair is
    // unique there: repeated without looking, and the existing object read. `key` is locked meanwhile.
    Result<json::Object> create_unique(const std::string& key, const detail::Route& route, json::Object body,
                                       detail::Repeat repeat);

    Result<std::optional<json::Object>> find_item(const std::string& project, const std::string& source,
                                                  const std::string& external_id);
    // `fields` with our external_source where it has an external_id and no source.
    json::Object with_source(const json::Object& fields) const;

private:
    using Paged = std::function<Result<std::vector<json::Object>>(int page_size)>;
    Result<std::vector<json::Object>> paged(const Paged& read_all);
    detail::ReadPage reader(const detail::Route& route, const net::Query& query);
    Result<json::Object> existing(const detail::Route& route, const std::string& id, const Error& conflict);
    Result<std::optional<json::Object>> scan_for(const std::string& project, const std::string& source,
                                                 const std::string& external_id, const Error& why);
};

}  // namespace syncline::plane
