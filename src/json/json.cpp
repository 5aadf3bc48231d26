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

namespace {

std::string_view text_of(const Value* member, std::string_view otherwise) {
    if (!member || !member->is_string()) return otherwise;
    const boost::json::string& text = member->get_string();
    return {text.data(), text.size()};
}

std::int64_t integer_of(const Value* member, std::int64_t otherwise) {
    if (!member) return otherwise;
    // Also a float that is whole, such as 5.0: the peers do not keep the two apart.
    boost::json::error_code inexact;
    const auto number = member->to_number<std::int64_t>(inexact);
    return inexact ? otherwise : number;
}

bool bool_of(const Value* member, bool otherwise) {
    return member && member->is_bool() ? member->get_bool() : otherwise;
}

}  // namespace

std::string_view text_or(const Value& value, std::string_view key, std::string_view otherwise) {
    return text_of(find(value, key), otherwise);
}

std::string_view text_or(const Object& object, std::string_view key, std::string_view otherwise) {
    return text_of(object.if_contains(key), otherwise);
}

std::int64_t integer_or(const Value& value, std::string_view key, std::int64_t otherwise) {
    return integer_of(find(value, key), otherwise);
}

std::int64_t integer_or(const Object& object, std::string_view key, std::int64_t otherwise) {
    return integer_of(object.if_contains(key), otherwise);
}

bool bool_or(const Value& value, std::string_view key, bool otherwise) { return bool_of(find(value, key), otherwise); }

bool bool_or(const Object& object, std::string_view key, bool otherwise) {
    return bool_of(object.if_contains(key), otherwise);
}

}  // namespace syncline::json
