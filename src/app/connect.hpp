// `syncline connect odoo|plane`: asks for what is not given, tries it, tells what was found, keeps it.
#pragma once

#include "app/config.hpp"
#include "base/result.hpp"
#include "cli/command.hpp"

namespace syncline::app {

Result<int> run_connect(const cli::Command& command);

// What a pasted address says: "https://erp.example.com/web?db=prod#action=…" is a server and a database. Pure.
Result<OdooConfig> odoo_from_url(const std::string& pasted);
// "https://plane.example.com/acme/projects/…" is a server and a workspace; the cloud's web address becomes its API's.
Result<PlaneConfig> plane_from_url(const std::string& pasted);

}  // namespace syncline::app
