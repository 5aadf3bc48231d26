#include "sim/odoo/detail/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.hpp"
#include "sim/odoo/detail/files.hpp"
#include "sim/odoo/detail/like.hpp"
#include "sim/odoo/detail/moments.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::array<std::string_view, 20> kOperators{
    "=",        "!=",        "in",    "not in", "<",         ">",          "<=",       ">=",        "like", "ilike",
    "not like", "not ilike", "=like", "=ilike", "not =like", "not =ilike", "child_of", "parent_of", "any",  "not any"};

bool negative(std::string_view op) { return op == "!=" || op.starts_with("not "); }

std::string positive_of(const std::string& op) {
    if (op == "!=") return "in";
    return op.starts_with("not ") ? op.substr(4) : op;
}

}  // namespace

Condition::Condition(const Env& env, const Model& model, const json::Array& term)
    : model_(&model), value_(term[2]), now_(env.now) {
    const std::string path = term[0].is_string() ? std::string(term[0].get_string()) : python_repr(term[0]);
    op_ = term[1].is_string() ? std::string(term[1].get_string()) : "";
    if (op_ == "<>") op_ = "!=";
    if (op_ == "==") op_ = "=";
    const std::string shown =
        fmt::format("({}, {}, {})", python_repr(term[0]), python_repr(term[1]), python_repr(term[2]));
    if (std::find(kOperators.begin(), kOperators.end(), op_) == kOperators.end()) {
        throw value_error("Invalid operator in condition " + shown);
    }
    const std::size_t dot = path.find('.');
    first_ = model.find(path.substr(0, dot));
    if (first_ == nullptr)
        throw value_error(fmt::format("Invalid field {}.{} in condition {}", model.name, path, shown));
    if (!first_->stored && !first_->searchable) {
        throw value_error(
            fmt::format("Cannot convert {}.{} to SQL because it is not stored", model.name, first_->name));
    }
    comodel_ = env.registry.find(first_->relation);
    if (dot != std::string::npos && comodel_ != nullptr) {
        rest_ = std::make_shared<Condition>(env, *comodel_, json::Array{path.substr(dot + 1), term[1], term[2]});
        return;
    }
    prepare(env);
}

void Condition::prepare(const Env& env) {
    if (op_ == "any" || op_ == "not any") {
        if (comodel_ != nullptr && value_.is_array())
            sub_ = std::make_shared<Domain>(env, *comodel_, value_.get_array());
        return;
    }
    if (op_ == "=" || op_ == "!=") {
        const bool list = value_.is_array();
        wanted_ = list ? value_.get_array() : json::Array{value_};
        op_ = op_ == "=" ? "in" : "not in";
    } else if (op_ == "in" || op_ == "not in") {
        // A boolean in place of a list asks whether there is a value at all.
        if (value_.is_bool() || value_.is_null()) {
            const bool any = value_.is_bool() && value_.get_bool();
            op_ = (op_ == "in") == any ? "not in" : "in";
            wanted_ = {false};
        } else {
            wanted_ = value_.is_array() ? value_.get_array() : json::Array{value_};
        }
    }
    const bool numbers =
        first_->type == Type::kInteger || first_->type == Type::kMany2one || first_->type == Type::kReference;
    const bool all_ids = std::all_of(wanted_.begin(), wanted_.end(),
                                     [](const json::Value& each) { return each.is_int64() && each.get_int64() != 0; });
    if (numbers && all_ids && wanted_.size() > 8) {
        for (const json::Value& each : wanted_) wanted_ids_.insert(each.get_int64());
    }
    if (first_->type == Type::kDatetime && op_.find("like") == std::string::npos) {
        for (const json::Value& value : wanted_.empty() ? json::Array{value_} : wanted_)
            bounds_.push_back(bound(value));
    }
    if (op_ == "child_of" || op_ == "parent_of") {
        const Ids all = family(env);
        family_ = {all.begin(), all.end()};
    }
}

Condition::Bound Condition::bound(const json::Value& value) const {
    Bound bound;
    bound.none = !value.is_string() || value.get_string().empty();
    if (bound.none) return bound;
    const Span span = read_moment(std::string(value.get_string()), now_);
    // Equality takes a bare day as its midnight; an inequality takes it whole.
    const bool inequality = op_ == "<" || op_ == ">" || op_ == "<=" || op_ == ">=";
    bound.low = span.low;
    bound.high = inequality ? span.high : span.low + 1'000'000;
    return bound;
}

Ids Condition::family(const Env& env) const {
    const Model& tree = first_->relation.empty() || comodel_ == nullptr ? *model_ : *comodel_;
    const Field* parent = tree.find("parent_id");
    Ids open;
    for (const json::Value& value : value_.is_array() ? value_.get_array() : json::Array{value_}) {
        if (value.is_int64()) open.push_back(value.get_int64());
    }
    Ids all;
    while (!open.empty()) {
        const std::int64_t id = open.back();
        open.pop_back();
        if (std::find(all.begin(), all.end(), id) != all.end()) continue;
        all.push_back(id);
        if (parent == nullptr) continue;
        if (op_ == "child_of") {
            const auto& below = env.store.referring(tree, *parent, id);
            open.insert(open.end(), below.begin(), below.end());
        } else if (const std::int64_t above = integer(env.get(tree, id, "parent_id")); above != 0) {
            open.push_back(above);
        }
    }
    return all;
}

bool Condition::equals(const Cell& value, const json::Value& wanted) const {
    const bool nothing = wanted.is_null() || (wanted.is_bool() && !wanted.get_bool());
    switch (first_->type) {
        case Type::kBoolean: return truth(value) == (wanted.is_bool() ? wanted.get_bool() : wanted != 0);
        case Type::kInteger:
        case Type::kReference:
        case Type::kMany2one:
            if (nothing) return integer(value) == 0;
            if (field_is_reference() && empty(value)) return false;
            return wanted.is_int64() && integer(value) == wanted.get_int64();
        case Type::kFloat: {
            const auto* number = std::get_if<double>(&value);
            const double own = number != nullptr ? *number : 0;
            return nothing ? own == 0 : wanted.is_number() && own == wanted.to_number<double>();
        }
        case Type::kDate: {
            if (nothing) return empty(value);
            return wanted.is_string() &&
                   text(value) ==
                       format_odoo(Time(Micros(read_moment(std::string(wanted.get_string()), now_).low))).substr(0, 10);
        }
        default:
            if (nothing || (wanted.is_string() && wanted.get_string().empty())) return text(value).empty();
            return !empty(value) && wanted.is_string() && text(value) == std::string_view(wanted.get_string());
    }
}

bool Condition::equals_any(const Env& env, const Cell& value) const {
    if (first_->type == Type::kDatetime) {
        return std::any_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) {
            if (bound.none) return empty(value);
            return !empty(value) && integer(value) >= bound.low && integer(value) < bound.high;
        });
    }
    if (!wanted_ids_.empty()) return !empty(value) && wanted_ids_.contains(integer(value));
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const json::Value& wanted) {
        // Relations may be asked for by the other record's name.
        if (first_->type == Type::kMany2one && wanted.is_string()) {
            return comodel_ != nullptr && !empty(value) &&
                   env.display_name(*comodel_, integer(value)) == std::string_view(wanted.get_string());
        }
        return equals(value, wanted);
    });
}

bool Condition::ordered(const Cell& value) const {
    const auto decide = [&](auto own, auto low, auto high) {
        if (op_ == "<") return own < low;
        if (op_ == "<=") return own < high;
        if (op_ == ">") return own >= high;
        return own >= low;
    };
    const auto plain = [&](const auto& own, const auto& other) {
        if (op_ == "<") return own < other;
        if (op_ == "<=") return own <= other;
        if (op_ == ">") return own > other;
        return own >= other;
    };
    switch (first_->type) {
        case Type::kDatetime:
            if (empty(value) || bounds_.empty() || bounds_.front().none) return false;
            return decide(integer(value), bounds_.front().low, bounds_.front().high);
        case Type::kDate: {
            if (empty(value) || !value_.is_string()) return false;
            const Span span = read_moment(std::string(value_.get_string()), now_);
            return plain(text(value), format_odoo(Time(Micros(span.low))).substr(0, 10));
        }
        case Type::kInteger:
        case Type::kReference:
        case Type::kMany2one: return value_.is_number() && plain(double(integer(value)), value_.to_number<double>());
        case Type::kFloat: {
            const auto* number = std::get_if<double>(&value);
            return value_.is_number() && plain(number != nullptr ? *number : 0.0, value_.to_number<double>());
        }
        default: return !empty(value) && value_.is_string() && plain(text(value), std::string(value_.get_string()));
    }
}

bool Condition::like(const std::string& value) const {
    const std::string pattern = value_.is_string() ? std::string(value_.get_string()) : "";
    const std::string op = positive_of(op_);
    const bool fold = op.find("ilike") != std::string::npos;
    const bool anchored = op.starts_with('=');
    return sql_like(value, anchored ? pattern : "%" + pattern + "%", fold);
}

bool Condition::compare_relation(const Env& env, const Record& record) const {
    const Ids others = env.raw_ids(*model_, record, *first_);
    if (sub_ != nullptr) {
        return std::any_of(others.begin(), others.end(), [&](std::int64_t id) {
            const Found other = env.store.find(*comodel_, id);
            return other != nullptr && sub_->matches(*other);
        });
    }
    if (positive_of(op_) == "in") {
        return std::any_of(wanted_.begin(), wanted_.end(), [&](const json::Value& wanted) {
            if (wanted.is_int64()) return std::find(others.begin(), others.end(), wanted.get_int64()) != others.end();
            if (!wanted.is_string()) return others.empty();
            return std::any_of(others.begin(), others.end(), [&](std::int64_t id) {
                return comodel_ != nullptr && env.display_name(*comodel_, id) == std::string_view(wanted.get_string());
            });
        });
    }
    return std::any_of(others.begin(), others.end(), [&](std::int64_t id) {
        if (!family_.empty()) return family_.contains(id);
        return comodel_ != nullptr && like(env.display_name(*comodel_, id));
    });
}

bool Condition::compare(const Env& env, const Record& record) const {
    if (first_->x2many()) return compare_relation(env, record);
    Cell computed = env.get(*model_, record, *first_);
    if (first_->attached && empty(computed) && file_of(env, *model_, record.id, first_->name) != 0) {
        computed = std::string(first_->name);  // only whether there is one can be asked for
    }
    if (sub_ != nullptr) {
        const Found other = comodel_ == nullptr ? Found{} : env.store.find(*comodel_, integer(computed));
        return other != nullptr && sub_->matches(*other);
    }
    const std::string op = positive_of(op_);
    if (op == "in") return equals_any(env, computed);
    if (op == "child_of" || op == "parent_of")
        return family_.contains(first_->name == "id" ? record.id : integer(computed));
    if (op.find("like") != std::string::npos) {
        if (first_->type == Type::kMany2one) {
            return comodel_ != nullptr && !empty(computed) && like(env.display_name(*comodel_, integer(computed)));
        }
        return like(text(computed));
    }
    return ordered(computed);
}

bool Condition::matches(const Env& env, const Record& record) const {
    if (rest_ == nullptr) return compare(env, record) != negative(op_);
    // A path asks whether any record at its next step satisfies the rest; nothing there satisfies nothing.
    const Cell value =
        first_->x2many() ? Cell{env.raw_ids(*model_, record, *first_)} : env.get(*model_, record, *first_);
    const Ids steps = first_->x2many() ? ids(value) : empty(value) ? Ids{} : Ids{integer(value)};
    return std::any_of(steps.begin(), steps.end(), [&](std::int64_t id) {
        const Found other = env.store.find(*comodel_, id);
        return other != nullptr && rest_->matches(env, *other);
    });
}

}  // namespace syncline::sim::odoo_detail
