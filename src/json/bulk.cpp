// The only file that sees simdjson.
#include "json/bulk.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <numeric>

#include "json/detail/spell.hpp"

namespace syncline::json {
namespace {

namespace ondemand = simdjson::ondemand;

Error not_json(simdjson::error_code failure) {
    return make_error(Errc::kInvalid, std::string("not a JSON list of records: ") + simdjson::error_message(failure));
}

}  // namespace

struct BulkReader::Impl {
    struct Key {
        std::string text;  // unescaped
        bool plain = false;
    };
    struct Place {
        std::size_t value = 0, size = 0;  // in `text`
    };

    Result<void> list(ondemand::array records, const Each& each) {
        for (auto element : records) {
            ondemand::object record;
            if (const auto failure = element.get_object().get(record)) return not_json(failure);
            TRY(take(record));
            sort();
            TRY(each(members));
        }
        return ok();
    }

    Result<void> take(ondemand::object record) {
        text.clear();
        places.clear();
        for (auto field : record) {
            ondemand::raw_json_string raw_key;
            if (const auto failure = field.key().get(raw_key)) return not_json(failure);
            if (places.size() == keys.size()) keys.emplace_back();
            if (!is_the_same(keys[places.size()], raw_key.raw())) {
                order.clear();
                TRY(take_key(keys[places.size()], raw_key.raw()));
            }
            const std::size_t begin = text.size();
            TRY(put_value(field.value()));
            places.push_back({begin, text.size() - begin});
        }
        return ok();
    }

    // Records of one list mostly have the same keys in the same order. `raw` is what follows the opening quote.
    bool is_the_same(const Key& key, const char* raw) const {
        const std::size_t size = key.text.size();
        return key.plain && size < static_cast<std::size_t>(end - raw) && raw[size] == '"' &&
               std::memcmp(raw, key.text.data(), size) == 0;
    }

    Result<void> take_key(Key& key, const char* raw) {
        key = {};
        std::size_t size = 0;
        key.plain = true;
        for (; raw[size] != '"'; ++size) {
            if (raw[size] != '\\') continue;
            key.plain = false;
            ++size;
        }
        key.text.assign(raw, size);
        if (key.plain) return ok();
        const Value read = TRY(parse("\"" + key.text + "\""));
        if (!read.is_string()) return make_error(Errc::kInvalid, "not a JSON list of records: a key is no text");
        key.text = read.get_string();
        return ok();
    }

    Result<void> put_value(simdjson::simdjson_result<ondemand::value> found) {
        ondemand::value value;
        if (const auto failure = std::move(found).get(value)) return not_json(failure);
        ondemand::json_type type{};
        if (const auto failure = value.type().get(type)) return not_json(failure);
        std::string_view token;
        if (type == ondemand::json_type::array) {
            ondemand::array list;
            if (const auto failure = value.get_array().get(list)) return not_json(failure);
            if (const auto failure = list.raw_json().get(token)) return not_json(failure);
        } else if (type == ondemand::json_type::object) {
            ondemand::object object;
            if (const auto failure = value.get_object().get(object)) return not_json(failure);
            if (const auto failure = object.raw_json().get(token)) return not_json(failure);
        } else {
            token = value.raw_json_token();
            // Passed by as a text, or the walk would take it for a key where a colon follows by mistake.
            if (type == ondemand::json_type::string && value.get_raw_json_string().error()) {
                return make_error(Errc::kInvalid, "not a JSON list of records: a text has no end");
            }
        }
        return detail::spell(text, token);
    }

    void sort() {
        if (ordered != places.size() || order.empty()) find_order();
        members.clear();
        for (const std::size_t i : order) {
            const std::string_view value = std::string_view(text).substr(places[i].value, places[i].size);
            members.push_back({keys[i].text, value, keys[i].plain});
        }
    }

    // Of a key that comes twice the last one counts, as in parse().
    void find_order() {
        ordered = places.size();
        order.resize(ordered);
        std::iota(order.begin(), order.end(), 0);
        const auto key = [this](std::size_t i) -> const std::string& { return keys[i].text; };
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            const int compared = key(a).compare(key(b));
            return compared != 0 ? compared < 0 : a > b;
        });
        const auto again = std::ranges::unique(order, {}, key);
        order.erase(again.begin(), again.end());
    }

    ondemand::parser parser;
    const char* end = nullptr;       // of the list's text
    std::string text;                // the values of one record
    std::vector<Key> keys;           // of the last record, and those left of longer ones before it
    std::vector<Place> places;       // a value for each key
    std::vector<std::size_t> order;  // of the keys, each once
    std::size_t ordered = 0;         // keys that `order` was made from
    std::vector<Member> members;
};

BulkReader::BulkReader() : impl_(std::make_unique<Impl>()) {}
BulkReader::~BulkReader() = default;
BulkReader::BulkReader(BulkReader&&) noexcept = default;
BulkReader& BulkReader::operator=(BulkReader&&) noexcept = default;

Result<void> BulkReader::read(std::string& body, std::string_view under, const Each& each) {
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    const simdjson::padded_string_view padded(body.data(), body.size(), body.capacity());
    impl_->end = body.data() + body.size();
    ondemand::document document;
    if (const auto failure = impl_->parser.iterate(padded).get(document)) return not_json(failure);
    ondemand::array records;
    const auto failure = under.empty() ? document.get_array().get(records)
                                       : document.find_field_unordered(under).get_array().get(records);
    if (failure) return not_json(failure);
    TRY(impl_->list(records, each));
    const char* rest = nullptr;
    if (under.empty() && document.current_location().get(rest) == simdjson::SUCCESS) {
        return make_error(Errc::kInvalid, "not a JSON list of records: something follows it");
    }
    return ok();
}

void append_object(std::string& out, std::span<const Member> members) {
    char separator = '{';
    for (const Member& member : members) {
        out += separator;
        separator = ',';
        const bool plain = member.plain || std::ranges::none_of(member.key, [](char c) {
                               return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
                           });
        if (plain) {
            out += '"';
            out += member.key;
            out += '"';
        } else {
            out += canonical(Value(member.key));
        }
        out += ':';
        out += member.value;
    }
    out += members.empty() ? "{}" : "}";
}

std::string text_of(std::string_view value) {
    if (value.size() < 2 || value.front() != '"') return {};
    if (value.find('\\') == std::string_view::npos) return std::string(value.substr(1, value.size() - 2));
    const Result<Value> read = parse(value);
    return read.ok() && read->is_string() ? std::string(read->get_string()) : std::string();
}

std::int64_t integer_of(std::string_view value) {
    std::int64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    return read.ec == std::errc() && read.ptr == value.data() + value.size() ? number : 0;
}

}  // namespace syncline::json
