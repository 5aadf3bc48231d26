#include "mirror/detail/matches.hpp"

namespace syncline::mirror::detail {
namespace {

// Above every text that begins with what stands before it, in the order of bytes.
constexpr std::string_view kHighest = "\xF4\x8F\xBF\xBF";

class Parameters {
public:
    explicit Parameters(pg::Params& params) : params_(params) {}
    std::string text(pg::Param value) {
        params_.push_back(std::move(value));
        return "$" + std::to_string(params_.size()) + "::text";
    }

private:
    pg::Params& params_;
};

// `key <> ''` is what the index says of itself.
std::string equals(const std::string& key, const std::string& value) {
    return "(r." + key + " = " + value + " and r." + key + " <> '')";
}

}  // namespace

Result<Matches> matches(const Source& source, const Query& query) {
    for (const std::string* text : {&query.search, &query.sku, &query.email, &query.number}) {
        if (text->size() <= kSearchBytesMax) continue;
        return make_error(Errc::kInvalid, "what is looked for has " + std::to_string(text->size()) + " bytes",
                          "at most " + std::to_string(kSearchBytesMax));
    }
    Matches all;
    Parameters parameters(all.params);
    all.where = "r.org_id = " + parameters.text(source.org.text()) + "::uuid";
    all.where += " and r.connector = " + parameters.text(source.connector);
    all.where += " and r.entity = " + parameters.text(query.entity);
    if (query.status) all.where += " and r.status = " + parameters.text(to_string(*query.status));
    if (!query.archived_too) all.where += " and r.active";
    if (!query.sku.empty()) all.where += " and " + equals("sku_key", parameters.text(query.sku));
    if (!query.email.empty()) all.where += " and " + equals("email_key", "lower(" + parameters.text(query.email) + ")");
    if (!query.number.empty()) all.where += " and " + equals("number_key", parameters.text(query.number));
    if (query.search.empty()) return all;
    const std::string text = parameters.text(query.search);
    const std::string end = parameters.text(query.search + std::string(kHighest));
    all.found = {"(r.name_key >= lower(" + text + ") and r.name_key < lower(" + end + "))", equals("sku_key", text),
                 equals("email_key", "lower(" + text + ")"), equals("number_key", text)};
    return all;
}

std::string any_match(const Matches& matches) {
    if (matches.found.empty()) return matches.where;
    std::string any;
    for (const std::string& one : matches.found) any += (any.empty() ? "" : " or ") + one;
    return matches.where + " and (" + any + ")";
}

}  // namespace syncline::mirror::detail
