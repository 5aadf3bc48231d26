// The two remote interfaces, after routing.
#pragma once

#include "net/http.hpp"
#include "sim/odoo/detail/database.hpp"

namespace syncline::sim::odoo_detail {

net::HttpResponse json_answer(int status, std::string body);
net::HttpResponse json_answer(int status, const json::Value& body);
net::HttpResponse html_answer(int status, std::string body);
net::HttpResponse failure_answer(const Failure& failure);
json::Object failure_body(const Failure& failure);

// POST /json/2/<model>/<method>
net::HttpResponse answer_json2(Database& database, const net::HttpRequest& request, const std::string& model,
                               const std::string& method);
// POST /jsonrpc
net::HttpResponse answer_jsonrpc(Database& database, const net::HttpRequest& request);

// What Python's json module says about a text that is not JSON.
std::string python_json_error(std::string_view text);

}  // namespace syncline::sim::odoo_detail
