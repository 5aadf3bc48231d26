// Builds a Value from the parser's events. It is here because Boost.JSON 1.81 reads decimals with rounding of its own:
// 17-digit numbers, which is how Python prints many floats, come out one unit off, and a number that is read, written
// and read again drifts. Every float is therefore converted again from its text, correctly rounded.
#pragma once

#include <boost/json/basic_parser.hpp>
#include <charconv>

#include "json/json.hpp"

namespace syncline::json::detail {

class ValueBuilder {
public:
    using Code = boost::json::error_code;
    using Text = boost::json::string_view;

    // The names are Boost's: its parser asks for them. NOLINTBEGIN(readability-identifier-naming)
    static constexpr std::size_t max_object_size = Object::max_size();
    static constexpr std::size_t max_array_size = Array::max_size();
    static constexpr std::size_t max_key_size = boost::json::string::max_size();
    static constexpr std::size_t max_string_size = boost::json::string::max_size();
    // NOLINTEND(readability-identifier-naming)

    ValueBuilder() { stack_.reset(); }
    Value release() { return stack_.release(); }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return true; }
    bool on_array_begin(Code&) { return true; }
    bool on_object_end(std::size_t count, Code&) { return stack_.push_object(count), true; }
    bool on_array_end(std::size_t count, Code&) { return stack_.push_array(count), true; }
    bool on_key_part(Text part, std::size_t, Code&) { return stack_.push_chars(part), true; }
    bool on_key(Text part, std::size_t, Code&) { return stack_.push_key(part), true; }
    bool on_string_part(Text part, std::size_t, Code&) { return stack_.push_chars(part), true; }
    bool on_string(Text part, std::size_t, Code&) { return stack_.push_string(part), true; }
    bool on_number_part(Text part, Code&) { return number_.append(part.data(), part.size()), true; }
    bool on_int64(std::int64_t number, Text, Code&) { return number_.clear(), stack_.push_int64(number), true; }
    bool on_uint64(std::uint64_t number, Text, Code&) { return number_.clear(), stack_.push_uint64(number), true; }
    bool on_bool(bool truth, Code&) { return stack_.push_bool(truth), true; }
    bool on_null(Code&) { return stack_.push_null(), true; }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }

    bool on_double(double rough, Text part, Code& failure) {
        number_.append(part.data(), part.size());
        double exact = 0;
        const auto read = std::from_chars(number_.data(), number_.data() + number_.size(), exact);
        number_.clear();
        if (read.ec == std::errc::result_out_of_range) {
            // Too small is as good as nothing; too large has no honest value.
            if (rough > 1 || rough < -1) return failure = boost::json::error::exponent_overflow, false;
            exact = 0;
        }
        return stack_.push_double(exact), true;
    }

private:
    boost::json::value_stack stack_;
    std::string number_;  // the text of the number being read
};

}  // namespace syncline::json::detail
