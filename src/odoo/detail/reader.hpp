// Questions: ids, stamps, records. Nothing here changes anything in Odoo.
#pragma once

#include "odoo/detail/session.hpp"

namespace syncline::odoo::detail {

using Ids = std::vector<std::int64_t>;

// Safe from many threads.
class Reader {
public:
    explicit Reader(Session& session) : session_(session) {}

    Result<Ids> search(const std::string& model, const json::Array& domain, bool archived_too);
    Result<std::vector<Stamp>> stamps(const std::string& model, const json::Array& domain);
    Result<std::vector<json::Object>> read(const std::string& model, const Ids& ids,
                                           const std::vector<std::string>& fields);

private:
    // Answers with the rows of ids[from, from + count).
    Result<json::Array> read_chunk(const std::string& model, const Ids& ids, std::size_t from, std::size_t count,
                                   const json::Array& fields);
    Result<std::vector<Stamp>> stamps_in_chunks(const std::string& model, const json::Array& domain,
                                                const std::vector<std::string>& fields);

    Session& session_;
};

}  // namespace syncline::odoo::detail
