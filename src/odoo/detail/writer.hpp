// Writes whose outcome is known when they return.
#pragma once

#include <array>
#include <mutex>

#include "odoo/detail/reader.hpp"

namespace syncline::odoo::detail {

// Odoo lets concurrent writers of one row fail and retries with random pauses of seconds: queueing here is far quicker.
inline constexpr std::size_t kStripes = 64;

// Safe from many threads; two calls for the same record (or the same external key) run one after the other.
class Writer {
public:
    Writer(Session& session, Reader& reader) : session_(session), reader_(reader) {}

    Result<void> write(const std::string& model, std::int64_t id, const json::Object& values);
    Result<std::int64_t> create(const std::string& model, const std::string& external_key, const json::Object& values);

private:
    std::mutex& stripe(std::string_view model, std::string_view record);
    Result<void> write_held(const std::string& model, std::int64_t id, const json::Object& values);
    enum class Landed { kYes, kNo };
    Result<Landed> look(const std::string& model, std::int64_t id, const json::Object& values, Time sent);
    Result<void> finish(const std::string& model, std::int64_t id, const json::Object& rest);

    Session& session_;
    Reader& reader_;
    std::array<std::mutex, kStripes> stripes_;
};

}  // namespace syncline::odoo::detail
