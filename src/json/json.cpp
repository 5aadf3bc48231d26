#include "json/json.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include "json/detail/value_builder.hpp"

namespace syncline::json {

Result<Value> parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = kDepthMax;
    boost::json::basic_parser<detail::ValueBuilder> parser(options);
    boost::json::error_code failure;
    try {
        const std::size_t consumed = parser.write_some(false, text.data(), text.size(), failure);
        if (!failure && consumed < text.size()) failure = boost::json::error::extra_data;
        if (!failure) return parser.handler().release();
        return make_error(Errc::kInvalid, "not JSON at byte " + std::to_string(consumed) + ": " + failure.message())
            .with("offset", std::to_string(consumed));
    } catch (const std::exception& refused) {
        // A text longer than the library can index, or no memory for it.
        return make_error(Errc::kInvalid, std::string("this JSON cannot be held: ") + refused.what());
    }
}

const Value* find(const Value& value, std::string_view key) {
    const Object* const object = value.if_object();
    return object ? object->if_contains(key) : nullptr;
}

std::string_view text_or(const Value& value, std::string_view key, std::string_view otherwise) {
    const Value* const member = find(value, key);
    if (!member || !member->is_string()) return otherwise;
    const boost::json::string& text = member->get_string();
    return {text.data(), text.size()};
}

std::int64_t integer_or(const Value& value, std::string_view key, std::int64_t otherwise) {
    const Value* const member = find(value, key);
    if (!member) return otherwise;
    // Also a float that is whole, such as 5.0: the peers do not keep the two apart.
    boost::json::error_code inexact;
    const auto number = member->to_number<std::int64_t>(inexact);
    return inexact ? otherwise : number;
}

bool bool_or(const Value& value, std::string_view key, bool otherwise) {
    const Value* const member = find(value, key);
    return member && member->is_bool() ? member->get_bool() : otherwise;
}

}  // namespace syncline::json
