// What an error of a peer means for the run and for the link. Pure.
#pragma once

#include "base/error.hpp"

namespace syncline::sync {

struct Failure {
    bool ends_run = false;    // the peer or the store is of no use now
    bool vanished = false;    // the record is not there any more
    bool for_good = false;    // the same request will be refused again
    std::string_view reason;  // profile/reasons.hpp
};
Failure judge(const Error& error);

}  // namespace syncline::sync
