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

    Result<Ids> search_page(const std::string& model, const json::Array& domain, std::int64_t after, int limit,
                            const Ids& companies);
    Result<std::vector<Stamp>> stamps_page(const std::string& model, const json::Array& domain, std::int64_t after,
                                           int limit, const Ids& companies);
    Result<std::int64_t> search_count(const std::string& model, const json::Array& domain, const Ids& companies);
    Result<RawAnswer> read_text(const std::string& model, const Ids& ids, const std::vector<std::string>& fields,
                                const Ids& companies);

private:
    // Answers with the rows of ids[from, from + count).
    Result<json::Array> read_chunk(const std::string& model, const Ids& ids, std::size_t from, std::size_t count,
                                   const json::Array& fields);
    Result<std::vector<Stamp>> stamps_in_chunks(const std::string& model, const json::Array& domain,
                                                const json::Array& fields);
    Result<json::Array> stamp_fields(const std::string& model);

    Session& session_;
};

}  // namespace syncline::odoo::detail
