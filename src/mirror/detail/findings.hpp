// What a verification found: all is counted by the caller, some is kept, faults first.
#pragma once

#include "mirror/verify.hpp"

namespace syncline::mirror::detail {

class Findings {
public:
    explicit Findings(Verified& verified) : verified_(verified) {}
    void add(Finding finding);

private:
    Verified& verified_;
};

}  // namespace syncline::mirror::detail
