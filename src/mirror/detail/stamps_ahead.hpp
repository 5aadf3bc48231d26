// Odoo's list of ids and write_dates, page by page, each page asked for while the one before it is worked on: the
// server is not left idle between them.
#pragma once

#include <functional>
#include <future>

#include "odoo/client.hpp"

namespace syncline::mirror::detail {

// Begins to ask when it is made, and waits for the answer under way when it goes. One thread at a time.
class StampsAhead {
public:
    using Page = Result<std::vector<odoo::Stamp>>;
    // Called with the last id of the page before, from another thread.
    using Ask = std::function<Page(std::int64_t after)>;
    StampsAhead(Ask ask, int page) : ask_(std::move(ask)), page_(page) { begin(0); }

    // The next page in order of id; one that is shorter than `page` is the last. Errors of `ask`.
    Page next();
    bool more() const { return asked_.valid(); }

private:
    void begin(std::int64_t after);

    const Ask ask_;
    const int page_;
    std::future<Page> asked_;
};

}  // namespace syncline::mirror::detail
