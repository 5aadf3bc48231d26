// The only file that sees the TOML library.
#include "json/toml.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <vector>

namespace syncline::json {
namespace {

std::string at(std::string_view name, Position place) {
    return std::string(name) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

Position place_of(const toml::source_region& region) {
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

std::string pointer_to(const std::string& parent, std::string_view key) {
    std::string pointer = parent + "/";
    for (const char c : key) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer.push_back(c);
        }
    }
    return pointer;
}

template <typename T>
std::string toml_text(const T& moment) {
    std::ostringstream out;
    out << moment;
    return out.str();
}

class Converter {
public:
    Converter(TomlDocument& document, std::string_view name) : document_(document), name_(name) {}

    Result<Object> table(const toml::table& source, const std::string& pointer, std::size_t depth) {
        TRY(check_depth(depth, pointer));
        // The library sorts keys by name; people expect the order of the file.
        std::vector<std::pair<const toml::key*, const toml::node*>> members;
        for (auto&& [key, node] : source) members.emplace_back(&key, &node);
        std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
            return a.first->source().begin < b.first->source().begin;
        });
        Object object;
        for (const auto& [key, node] : members) {
            const std::string place = pointer_to(pointer, key->str());
            document_.positions[place] = place_of(key->source());
            object.emplace(key->str(), TRY(value(*node, place, depth + 1)));
        }
        return object;
    }

private:
    Result<void> check_depth(std::size_t depth, const std::string& pointer) const {
        if (depth <= kDepthMax) return ok();
        return toml_error(document_, name_, pointer, "tables and arrays nest deeper than " + std::to_string(kDepthMax));
    }

    Result<Value> array(const toml::array& source, const std::string& pointer, std::size_t depth) {
        TRY(check_depth(depth, pointer));
        Array array;
        for (std::size_t i = 0; i < source.size(); ++i) {
            const std::string place = pointer + "/" + std::to_string(i);
            document_.positions[place] = place_of(source[i].source());
            array.push_back(TRY(value(source[i], place, depth + 1)));
        }
        return Value(std::move(array));
    }

    Result<Value> value(const toml::node& node, const std::string& pointer, std::size_t depth) {
        if (const auto* const inner = node.as_table()) return Value(TRY(table(*inner, pointer, depth)));
        if (const auto* const inner = node.as_array()) return array(*inner, pointer, depth);
        if (const auto* const text = node.as_string()) return Value(text->get());
        if (const auto* const number = node.as_integer()) return Value(number->get());
        if (const auto* const truth = node.as_boolean()) return Value(truth->get());
        if (const auto* const number = node.as_floating_point()) {
            if (std::isfinite(number->get())) return Value(number->get());
            return toml_error(document_, name_, pointer, "a number must be finite");
        }
        if (const auto* const day = node.as_date()) return Value(toml_text(day->get()));
        if (const auto* const clock = node.as_time()) return Value(toml_text(clock->get()));
        if (const auto* const moment = node.as_date_time()) return Value(toml_text(moment->get()));
        return toml_error(document_, name_, pointer, "a value of an unknown kind");
    }

    TomlDocument& document_;
    std::string_view name_;
};

}  // namespace

Position TomlDocument::position(std::string_view pointer) const {
    for (;;) {
        if (const auto found = positions.find(pointer); found != positions.end()) return found->second;
        const std::size_t slash = pointer.rfind('/');
        if (slash == std::string_view::npos) return {1, 1};
        pointer = pointer.substr(0, slash);
    }
}

Result<TomlDocument> parse_toml(std::string_view text, std::string_view name) {
    const toml::parse_result parsed = toml::parse(text, name);
    if (!parsed) {
        const toml::parse_error& failure = parsed.error();
        return make_error(Errc::kInvalid,
                          at(name, place_of(failure.source())) + ": " + std::string(failure.description()));
    }
    TomlDocument document;
    document.positions[""] = {1, 1};
    document.root = TRY(Converter(document, name).table(parsed.table(), "", 0));
    return document;
}

Error toml_error(const TomlDocument& document, std::string_view name, std::string_view pointer, std::string message,
                 std::string hint) {
    return make_error(Errc::kInvalid, at(name, document.position(pointer)) + ": " + message, std::move(hint))
        .with("pointer", std::string(pointer));
}

}  // namespace syncline::json
