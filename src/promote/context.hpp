// What promotion works with. Made by the caller; references only.
#pragma once

#include <functional>

#include "access/scope.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "mirror/records.hpp"
#include "mirror/source.hpp"
#include "pg/database.hpp"

namespace syncline::promote {

struct Settings {
    int batch_rows = mirror::kBatchRows;        // read, compared and written together
    Micros plan_life = std::chrono::hours(24);  // then it has to be made again
};

struct Context {
    pg::Database& store;
    Clock& clock;
    Random& random;
    access::Scope scope;
    mirror::Source source;
    Settings settings = {};
    std::function<void(std::string_view phase, std::int64_t done, std::int64_t total)> progress = {};  // may be empty
    std::function<bool()> stop = {};  // true: end soon, keep what is done; may be empty

    template <typename Body>
    auto transact(Body&& body) {
        return store.transact(source.org.text(), std::forward<Body>(body));
    }
    void tell(std::string_view phase, std::int64_t done, std::int64_t total) const {
        if (progress) progress(phase, done, total);
    }
    bool stopping() const { return stop && stop(); }
};

}  // namespace syncline::promote
