// Calls to one database: transport, context, what this server's models look like. The verbs are built on it.
#pragma once

#include <mutex>
#include <shared_mutex>

#include "odoo/detail/call.hpp"
#include "odoo/detail/line.hpp"
#include "odoo/detail/pacer.hpp"

namespace syncline::odoo::detail {

enum class Purpose { kRead, kWrite };

// Thread safe.
class Session {
public:
    Session(net::HttpClient& http, Clock& clock, Random& random, Settings settings);

    // Asks anew.
    Result<ServerInfo> probe();
    // As remembered, else probes.
    Result<ServerInfo> info();

    // One HTTP call, never repeated.
    Result<json::Value> once(Call call, Purpose purpose);
    // The same for one list of records, unparsed.
    Result<RawAnswer> ask_text(const Call& call);
    // Repeated while the failure passes. `lost_too`: also after an answer that never came.
    Result<json::Value> ask(const Call& call, bool lost_too = true);

    using SharedFields = std::shared_ptr<const FieldInfos>;
    Result<SharedFields> fields(const std::string& model);

    Pacer& pacer() { return pacer_; }
    Line& line() { return *line_; }
    Clock& clock() { return clock_; }

private:
    struct Exchange {
        Peer peer;
        Transport transport = Transport::kJson2;
        net::HttpResponse response;
    };
    Result<Exchange> exchange(Call call, Purpose purpose);
    Result<RawAnswer> once_text(const Call& call);
    Result<Peer> peer() const;
    json::Object context(json::Object given, Purpose purpose) const;
    Error redacted(Error error) const;

    Clock& clock_;
    const Settings settings_;
    Pacer pacer_;
    std::string base_;  // "" when the address was no good; then address_problem_ says why
    Error address_problem_;
    std::unique_ptr<Line> line_;
    std::mutex probe_mutex_;  // one probe at a time
    mutable std::shared_mutex info_mutex_;
    std::optional<ServerInfo> info_;
    std::mutex fields_mutex_;
    std::map<std::string, SharedFields, std::less<>> fields_;
};

}  // namespace syncline::odoo::detail
