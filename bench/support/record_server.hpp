// Odoo's JSON-2 answers for one model of any number of records, made from one record of the simulated Odoo by printing
// other ids and names into its text: so fast that it is the client that is measured.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "odoo/client.hpp"
#include "support/process.hpp"

namespace syncline::bench {

struct RecordServerOptions {
    std::string model = "product.template";
    std::int64_t records = 50'000;  // ids 1 to this
    bool narrow = false;            // of each record only its id, name and write_date
};

// Over real HTTP on the loopback interface, in a process of its own. Make it before this process has threads.
class RecordServer {
public:
    explicit RecordServer(const RecordServerOptions& options);
    Result<void> ready();
    odoo::Settings settings() const;

private:
    ForkedChild child_;
    std::string url_;
};

}  // namespace syncline::bench
