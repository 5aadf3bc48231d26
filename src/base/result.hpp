// Result<T>: a value or an Error. No exception crosses a room's border; this does.
//
//   Result<int> port = parse_port(text);
//   if (!port) return port.error();
//   int p = TRY(parse_port(text));        // the same, in one expression
#pragma once

#include <cstdlib>
#include <utility>
#include <variant>

#include "base/error.hpp"

namespace syncline {

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Reading the value of a failed Result is a bug in the caller: the program stops.
    T& value() & { return require(), *std::get_if<0>(&state_); }
    const T& value() const& { return require(), *std::get_if<0>(&state_); }
    T&& value() && { return require(), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& { return *std::get_if<1>(&state_); }
    Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

private:
    void require() const {
        if (!ok()) std::abort();
    }
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)), failed_(true) {}

    bool ok() const { return !failed_; }
    explicit operator bool() const { return ok(); }
    void value() const {
        if (failed_) std::abort();
    }
    const Error& error() const& { return error_; }
    Error&& error() && { return std::move(error_); }

private:
    Error error_;
    bool failed_ = false;
};

inline Result<void> ok() { return {}; }

}  // namespace syncline

// Evaluates to the value of a Result, or returns its Error from the enclosing function. May be nested.
#define TRY(...) SYNCLINE_TRY_COUNTED(__COUNTER__, __VA_ARGS__)
#define SYNCLINE_TRY_COUNTED(counter, ...) SYNCLINE_TRY_NAMED(counter, __VA_ARGS__)
#define SYNCLINE_TRY_NAMED(counter, ...)                                                \
    __extension__({                                                                     \
        auto try_result_##counter = (__VA_ARGS__);                                      \
        if (!try_result_##counter.ok()) return std::move(try_result_##counter).error(); \
        std::move(try_result_##counter).value();                                        \
    })
