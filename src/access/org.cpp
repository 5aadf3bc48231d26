#include "access/org.hpp"

namespace syncline::access {

Result<OrgId> OrgId::parse(std::string_view text) {
    static constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool fine = text.size() == kShape.size();
    for (std::size_t i = 0; fine && i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        fine = kShape[i] == 'x' ? digit : c == kShape[i];
    }
    if (fine) return OrgId(std::string(text));
    return make_error(Errc::kInvalid, "an org is named by a UUID in lower case", "such as " + default_org().text());
}

OrgId default_org() { return OrgId("00000000-0000-0000-0000-000000000001"); }

}  // namespace syncline::access
