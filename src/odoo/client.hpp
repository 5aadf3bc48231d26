// A client of one Odoo database: JSON-2 for 19 and later, JSON-RPC for 14 to 18, chosen by probe().
// Knows HTTP only through net::HttpClient, time only through Clock: the same client runs over the network, over
// recordings and against the simulator. Safe from many threads; writes to one record are serialised.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "json/json.hpp"
#include "net/http.hpp"
#include "vault/secret.hpp"

namespace syncline::odoo {

inline constexpr std::size_t kReadBatch = 1000;  // ids per read; halved when the connection drops
inline constexpr int kReadTriesMax = 4;
inline constexpr int kWriteTriesMax = 3;  // for errors that Odoo says had no effect (serialisation failures)

struct Settings {
    std::string url;  // "https://erp.example.com"
    std::string database;
    std::string login;                    // needed for JSON-RPC only (14 to 18)
    vault::Secret key;                    // API key
    bool quiet = true;                    // writes ask Odoo for no mails and no change tracking (halves their cost)
    double calls_per_s_max = 0;           // 0: none, but 1/s for hosts under odoo.com
    std::vector<std::int64_t> companies;  // allowed_company_ids; empty: Odoo's default
};

enum class Transport { kJson2, kJsonRpc };

struct ServerInfo {
    std::string version;  // "19.0"
    int major = 0;
    Transport transport = Transport::kJson2;
    std::int64_t uid = 0;  // who we are there
    std::string login;
};

struct FieldInfo {
    std::string type;  // "many2one", "char", …
    std::string relation;
    bool stored = true;
    bool readonly = false;
    bool company_dependent = false;
    std::vector<std::pair<std::string, std::string>> selection;
};
using FieldInfos = std::map<std::string, FieldInfo, std::less<>>;

struct Stamp {
    std::int64_t id = 0;
    std::string write_date;  // as Odoo shows it, whole seconds
    bool active = true;
};

// One list of records as it came over the wire: under "result" when `wrapped`. Not parsed yet (json/bulk.hpp).
struct RawAnswer {
    std::string body;
    bool wrapped = false;
};

using net::CallCounts;  // by "model/method"

// Errors are classified by Odoo's exception name, never by HTTP status alone; details: "exception", "status".
// No message ever holds the key or Odoo's debug trace. Names that exist for the caller: Errc.
class Client {
public:
    Client(net::HttpClient& http, Clock& clock, Random& random, Settings settings);
    ~Client();

    // Finds out version and transport, checks key and database. kNotConfigured when the answer is HTML (wrong URL or
    // database), kUnauthorized for a bad key. Every other call does it first when needed.
    Result<ServerInfo> probe();

    // The fields that this key may see; asked once per model, then remembered. kNotFound for an unknown model.
    Result<FieldInfos> fields(const std::string& model);

    // All ids and write_dates in one call, archived ones included, ordered by id.
    Result<std::vector<Stamp>> stamps(const std::string& model, const json::Array& domain);
    Result<std::vector<std::int64_t>> search(const std::string& model, const json::Array& domain,
                                             bool archived_too = true);

    // The records that still exist, in chunks, many2one as plain ids, datetimes as text; fields that this server does
    // not have are left out of the question. A dropped connection halves the chunk.
    Result<std::vector<json::Object>> read(const std::string& model, const std::vector<std::int64_t>& ids,
                                           const std::vector<std::string>& fields);

    // For bulk. One question each, a `kReadBatch` at most; `companies` are the allowed ones of this question, the first
    // is the current one ({}: as in the settings). The first `limit` of id > `after`, in order of id, archived too:
    Result<std::vector<std::int64_t>> search_page(const std::string& model, const json::Array& domain,
                                                  std::int64_t after, int limit,
                                                  const std::vector<std::int64_t>& companies = {});
    Result<std::vector<Stamp>> stamps_page(const std::string& model, const json::Array& domain, std::int64_t after,
                                           int limit, const std::vector<std::int64_t>& companies = {});
    Result<std::int64_t> search_count(const std::string& model, const json::Array& domain,
                                      const std::vector<std::int64_t>& companies = {});
    // The raw answer of read(ids, fields), whose form is not looked at but for its beginning. kOutcomeUnknown when the
    // connection dropped: ask for fewer.
    Result<RawAnswer> read_text(const std::string& model, const std::vector<std::int64_t>& ids,
                                const std::vector<std::string>& fields,
                                const std::vector<std::int64_t>& companies = {});

    // Writes and answers only when the outcome is known: after a lost answer it reads the record back, and repeats the
    // write when the values are not there. kNotFound when the record is gone, kMoved when somebody else wrote it
    // meanwhile.
    Result<void> write(const std::string& model, std::int64_t id, const json::Object& values);

    // Creates at most once per `external_key` (kept in Odoo as the external id "__syncline__.<key>"), whatever happens
    // to the connection. `values` in write() form. Answers the id, the existing one when there is one.
    Result<std::int64_t> create(const std::string& model, const std::string& external_key, const json::Object& values);

    // Any public method by named arguments ("ids" and "context" included). `reads_only` allows a repeat.
    Result<json::Value> call(const std::string& model, const std::string& method, const json::Object& arguments,
                             bool reads_only);

    // Calls made from this thread from now on carry this name (net/correlation.hpp); "" = none.
    void correlate(std::string id);

    // Server time minus our time, from the Date headers; zero until the first answer. Resolution one second.
    Micros clock_skew() const;
    CallCounts calls() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace syncline::odoo
