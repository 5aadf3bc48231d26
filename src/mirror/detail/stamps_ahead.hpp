// Odoo's list of ids and write_dates, page by page, each page asked for while the one before it is worked on: the
// server is not left idle between them.
#pragma once

#include <future>
#include <optional>

#include "mirror/scope.hpp"

namespace syncline::mirror::detail {

// Begins to ask when it is made, and waits for the answer under way when it goes. One thread at a time.
class StampsAhead {
public:
    StampsAhead(odoo::Client& client, const Scope& scope, int page);

    // The next page in order of id; one that is shorter than `page` is the last. Errors of Client::stamps_page.
    Result<std::vector<odoo::Stamp>> next();
    bool more() const { return asked_.valid(); }

private:
    void ask(std::int64_t after);

    odoo::Client& client_;
    const std::string model_;
    const json::Array domain_;
    const std::vector<std::int64_t> companies_;
    const int page_;
    std::future<Result<std::vector<odoo::Stamp>>> asked_;
};

}  // namespace syncline::mirror::detail
