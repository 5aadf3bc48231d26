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
        std::string text;   // unescaped
        std::string spelt;  // "text":
        bool plain = false;
    };
    struct Place {
        std::size_t begin = 0, value = 0, end = 0;  // in `text`
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
            if (!text.empty()) text += ',';
            const std::size_t begin = text.size();
            text += keys[places.size()].spelt;
            const std::size_t value = text.size();
            if (!put_value(field.value())) return std::move(problem);
            places.push_back({begin, value, text.size()});
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
        key.spelt = "\"" + key.text + "\":";
        if (key.plain) return ok();
        const Value read = TRY(parse("\"" + key.text + "\""));
        if (!read.is_string()) return make_error(Errc::kInvalid, "not a JSON list of records: a key is no text");
        key.text = read.get_string();
        key.spelt = canonical(read) + ":";
        return ok();
    }

    // False: `problem` says why. No Result for each of a record's values, of which there are many.
    bool put_value(simdjson::simdjson_result<ondemand::value> found) {
        ondemand::value value;
        std::string_view token;
        auto error = std::move(found).get(value);
        if (!error) token = value.raw_json_token();
        const char first = token.empty() ? '\0' : token.front();
        if (first == '[') {
            ondemand::array list;
            error = value.get_array().get(list);
            if (!error) error = list.raw_json().get(token);
        } else if (first == '{') {
            ondemand::object object;
            error = value.get_object().get(object);
            if (!error) error = object.raw_json().get(token);
        } else if (first == '"') {
            // Passed by as a text, or the walk would take it for a key where a colon follows by mistake.
            error = value.get_raw_json_string().error();
        }
        if (error) {
            problem = not_json(error);
            return false;
        }
        if (detail::spell_simply(text, token)) return true;
        Result<void> spelt = detail::spell(text, token);
        if (!spelt.ok()) problem = std::move(spelt).error();
        return spelt.ok();
    }

    void sort() {
        if (ordered != places.size() || order.empty()) find_order();
        members.resize(order.size());
        const char* const base = text.data();
        for (std::size_t at = 0; at < order.size(); ++at) {
            const Place& place = places[order[at]];
            members[at] = {keys[order[at]].text,
                           {base + place.value, place.end - place.value},
                           {base + place.begin, place.end - place.begin}};
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
    std::string text;                // "key":value,… of one record as it came
    Error problem;                   // of put_value()
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

namespace {

void append_key(std::string& out, std::string_view key) {
    const bool plain =
        std::ranges::none_of(key, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
    if (!plain) {
        out += canonical(Value(key));
        return;
    }
    out += '"';
    out += key;
    out += '"';
}

}  // namespace

void append_members(std::string& out, std::span<const Member> members) {
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (!out.ends_with('{')) out += ',';
        if (member->spelt.empty()) {
            append_key(out, member->key);
            out += ':';
            out += member->value;
            continue;
        }
        // Records mostly come nearly in order: what stands together is copied together.
        const char* const begin = member->spelt.data();
        const char* end = begin + member->spelt.size();
        for (; *end == ',' && member + 1 != members.end() && (member + 1)->spelt.data() == end + 1; ++member) {
            end += 1 + (member + 1)->spelt.size();
        }
        out.append(begin, end);
    }
}

void append_object(std::string& out, std::span<const Member> members) {
    out += '{';
    append_members(out, members);
    out += '}';
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
