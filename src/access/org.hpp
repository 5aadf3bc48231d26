// The tenant. Every row of the store belongs to one org, and every transaction is opened for one.
#pragma once

#include <compare>
#include <string>

#include "base/result.hpp"

namespace syncline::access {

// A UUID in its usual lower-case spelling. The one org of a single-tenant installation is kDefaultOrg.
class OrgId {
public:
    static Result<OrgId> parse(std::string_view text);
    const std::string& text() const { return text_; }
    auto operator<=>(const OrgId&) const = default;

private:
    explicit OrgId(std::string text) : text_(std::move(text)) {}
    friend OrgId default_org();
    std::string text_;
};

OrgId default_org();  // 00000000-0000-0000-0000-000000000001

}  // namespace syncline::access
