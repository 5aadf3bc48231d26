// A very small Odoo for tests of the client: one model, either transport, load() and write() with the semantics that
// the client relies on. What the product's jobs need is in the simulator; this one only has to be obvious.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "base/text.hpp"
#include "json/json.hpp"
#include "net/http.hpp"
#include "odoo/detail/same_values.hpp"

namespace syncline::odoo::testdata {

inline constexpr const char* kKey = "0123456789abcdef0123456789abcdef01234567";

class FakeOdoo {
public:
    explicit FakeOdoo(std::string version = "19.0") : version_(std::move(version)) {}

    net::Handler handler() {
        return [this](const net::HttpRequest& request) { return handle(request); };
    }

    net::HttpResponse handle(const net::HttpRequest& request) {
        const std::lock_guard lock(mutex_);
        if (request.url == "/web/version") {
            if (version_ < "19") return {404, {{"Content-Type", "text/html"}}, "<!DOCTYPE html>no such page"};
            return reply({{"version", version_}});
        }
        const json::Value body = json::parse(request.body).value();
        if (request.url == "/jsonrpc") return reply(rpc(*json::find(body, "params")));
        const auto parts = split(request.url, '/');  // "", json, 2, model, method
        const json::Value answer = run(parts.at(4), body.as_object());
        const bool failed = !json::text_or(answer, "name").empty() && json::find(answer, "debug");
        return reply(answer, failed ? 404 : 200);
    }

    std::map<std::int64_t, json::Object> rows;
    std::map<std::string, std::int64_t> external_ids;
    std::map<std::string, int> effects;  // how many times each writing method had an effect
    json::Object last_context;
    std::int64_t writer = 2;
    std::string now = "2026-11-21 00:00:00";

private:
    static net::HttpResponse reply(const json::Value& body, int status = 200) {
        return {status,
                {{"Content-Type", "application/json"}, {"Date", "Sat, 21 Nov 2026 00:00:00 GMT"}},
                boost::json::serialize(body)};
    }

    static json::Value missing() {
        return {{"name", "odoo.exceptions.MissingError"}, {"message", "Record does not exist"}, {"debug", "…"}};
    }

    static const std::map<std::string, std::string, std::less<>>& types() {
        static const std::map<std::string, std::string, std::less<>> kTypes{
            {"id", "integer"},         {"name", "char"},          {"project_id", "many2one"},
            {"user_ids", "many2many"}, {"description", "html"},   {"date_deadline", "datetime"},
            {"active", "boolean"},     {"priority", "selection"}, {"allocated_hours", "float"},
            {"extra", "json"},         {"write_uid", "many2one"}, {"write_date", "datetime"}};
        return kTypes;
    }

    json::Value rpc(const json::Value& params) {
        const std::string_view method = json::text_or(params, "method");
        const json::Array& args = json::find(params, "args")->as_array();
        if (method == "version") return {{"result", {{"server_version", version_}}}};
        if (method == "authenticate") {
            if (args[2].as_string() != kKey) return {{"result", false}};
            return {{"result", 2}};
        }
        json::Object named = args[6].as_object();
        const std::string called(args[4].as_string());
        const json::Array& positional = args[5].as_array();
        std::vector<std::string> names;
        if (called == "search") names = {"domain"};
        if (called == "search_read") names = {"domain"};
        if (called == "read") names = {"ids", "fields"};
        if (called == "write") names = {"ids", "vals"};
        if (called == "load") names = {"fields", "data"};
        for (std::size_t i = 0; i < positional.size(); ++i) named[names.at(i)] = positional[i];
        const json::Value answer = run(called, named);
        if (json::find(answer, "debug")) return {{"error", {{"code", 200}, {"data", answer}}}};
        return {{"result", answer}};
    }

    json::Value run(const std::string& method, const json::Object& args) {
        const json::Value* context = args.if_contains("context");
        last_context = context ? context->as_object() : json::Object();
        if (method == "context_get") return {{"uid", 2}};
        if (method == "fields_get") return describe();
        if (method == "search" || method == "search_read") {
            json::Array found;
            for (const auto& [id, row] : rows) {
                if (method == "search") found.emplace_back(id);
                if (method == "search_read") found.emplace_back(row);
            }
            return found;
        }
        if (method == "read") return read(args);
        if (method == "write") return write(args);
        if (method == "load") return load(args);
        return {{"name", "werkzeug.exceptions.NotFound"}, {"message", "no such method"}, {"debug", "…"}};
    }

    static json::Object describe() {
        json::Object fields;
        for (const auto& [name, type] : types()) fields[name] = {{"type", type}, {"store", true}};
        return fields;
    }

    json::Value read(const json::Object& args) {
        json::Array found;
        for (const json::Value& id : args.at("ids").as_array()) {
            const auto row = rows.find(id.as_int64());
            if (row == rows.end()) continue;
            json::Object seen;
            for (const json::Value& field : args.at("fields").as_array()) {
                const json::Value* value = row->second.if_contains(field.as_string());
                seen[field.as_string()] = value ? *value : json::Value(false);
            }
            found.push_back(std::move(seen));
        }
        return found;
    }

    void put(json::Object& row, const json::Object& values) {
        for (const auto& [name, value] : values) {
            const std::string& type = types().find(std::string_view(name))->second;
            if (type == "many2many") {
                const auto ids = detail::ids_after(value, {});
                row[name] = ids ? json::Array(ids->begin(), ids->end()) : json::Array();
            } else {
                row[name] = value.is_null() ? json::Value(false) : value;
            }
        }
        row["write_date"] = now;
        row["write_uid"] = writer;
    }

    json::Value write(const json::Object& args) {
        const auto row = rows.find(args.at("ids").as_array().at(0).as_int64());
        if (row == rows.end()) return missing();
        ++effects["write"];
        put(row->second, args.at("vals").as_object());
        return true;
    }

    static json::Value from_cell(const std::string& type, const json::Value& cell) {
        const std::string text(cell.as_string());
        if (type == "boolean") return text == "1";
        if (text.empty()) return false;
        if (type == "many2one" || type == "float" || type == "integer") return json::parse(text).value();
        if (type == "many2many") return json::parse("[" + text + "]").value();
        return cell;
    }

    json::Value load(const json::Object& args) {
        const json::Array& fields = args.at("fields").as_array();
        const json::Array& cells = args.at("data").as_array().at(0).as_array();
        json::Object values;
        for (std::size_t i = 1; i < fields.size(); ++i) {
            const std::string name = split(fields[i].as_string(), '/').front();
            values[name] = from_cell(types().find(name)->second, cells.at(i));
        }
        const std::string key(cells.at(0).as_string());
        const auto known = external_ids.find(key);
        const std::int64_t id = known == external_ids.end() ? ++last_id_ : known->second;
        const bool keep = json::text_or(last_context, "mode") == "update" && json::bool_or(last_context, "noupdate");
        if (known == external_ids.end() || !keep) {
            ++effects["load"];
            json::Object& row = rows[id];
            row["id"] = id;
            if (known == external_ids.end()) row["user_ids"] = json::Array{2};  // Odoo assigns the caller by default
            row["active"] = true;
            put(row, values);
        }
        external_ids[key] = id;
        return {{"ids", json::Array{id}}, {"messages", json::Array()}};
    }

    const std::string version_;
    std::mutex mutex_;
    std::int64_t last_id_ = 100;
};

}  // namespace syncline::odoo::testdata
