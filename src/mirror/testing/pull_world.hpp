// A simulated Odoo, a store and a clock, and between them everything that can go wrong while a pull is on its way.
#pragma once

#include <atomic>
#include <mutex>

#include "mirror/pull.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::mirror::testing {

inline const PullOptions kFull{.kind = PullKind::kFull};

// Dies at a transaction: before its COMMIT or right after. From then on nothing works, as for a process that is dead.
class MortalDatabase final : public pg::Database {
public:
    explicit MortalDatabase(pg::Database& inner) : inner_(inner) {}
    Result<void> run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) override {
        const int number = ++begun;
        if (dead) return gone();
        if (number != dies_at) return inner_.run(org, body);
        const Result<void> done = inner_.run(org, [&](pg::Transaction& tx) -> Result<void> {
            TRY(body(tx));
            if (before_commit) return gone();
            return ok();
        });
        dead = true;
        return gone();
    }
    Result<void> run_as_owner(const std::function<Result<void>(pg::Transaction&)>& body) override {
        return inner_.run_as_owner(body);
    }

    std::atomic<int> begun = 0;
    std::atomic<bool> dead = false;
    int dies_at = -1;
    bool before_commit = true;

private:
    static Error gone() { return make_error(Errc::kUnreachable, "the process is dead"); }
    pg::Database& inner_;
};

class PullTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        map(source, {1});
        clock.advance(Micros(60'000'000));
    }

    void map(const Source& of, const std::vector<std::int64_t>& ids) {
        std::vector<Company> list;
        for (const std::int64_t id : ids) list.push_back({id, "Company"});
        const Result<void> mapped =
            database().run(of.org.text(), [&](pg::Transaction& tx) { return map_companies(tx, of, server, list); });
        ASSERT_TRUE(mapped.ok()) << mapped.error().message;
    }

    // One pull by a process of its own.
    Result<PullReport> try_pull(std::string_view entity, PullOptions options = {}, pg::Database* store = nullptr) {
        sim::OdooOptions names;
        odoo::Settings settings;
        settings.url = "http://odoo.test";
        settings.database = names.database;
        settings.key = vault::Secret(names.key);
        settings.login = login;
        net::HandlerClient http([this](const net::HttpRequest& request) { return answer(request); });
        Meter meter(http, clock, quota);
        odoo::Client client(meter, clock, random, settings);
        PullerSettings how;
        how.source = source;
        how.server = server;
        how.chunk = chunk;
        Puller puller(store ? *store : database(), client, meter, clock, random, how);
        return puller.pull(**entity_named(entity), options);
    }
    PullReport pull(std::string_view entity, PullOptions options = {}) {
        Result<PullReport> report = try_pull(entity, std::move(options));
        EXPECT_TRUE(report.ok()) << report.error().message;
        return report.ok() ? std::move(*report) : PullReport{};
    }

    // In front of the server: `meddle` sees each request and may act, or answer itself.
    net::HttpResponse answer(const net::HttpRequest& request) {
        {
            const std::lock_guard lock(mutex);
            if (request.url.ends_with("/product.template/read")) ++reads;
            if (meddle) {
                if (auto own = meddle(request)) return std::move(*own);
            }
        }
        return peer->handle(request);
    }

    std::int64_t count(std::string_view condition = "true", std::string_view org = pg::testing::kOrg) {
        return run("select count(*) from odoo.records where " + std::string(condition), {}, org).integer(0, 0);
    }
    // What is stored, beside what Odoo holds: the same ids, write_dates and contents, with hashes that are right.
    void expect_same(std::string_view entity) {
        odoo::Settings settings;
        settings.url = "http://odoo.test";
        settings.database = "demo";
        settings.key = vault::Secret(sim::OdooOptions{}.key);
        net::HandlerClient http(odoo.handler());
        odoo::Client client(http, clock, random, settings);
        const Entity& what = **entity_named(entity);
        const Scope scope = scope_of(client, what, {{1, ""}}).value();
        std::vector<std::string> fields = fields_kept(choose_columns(scope.model, scope.fields), Kept::kValue);
        std::map<std::int64_t, std::string> live;
        const std::vector<std::int64_t> ids = client.search(scope.model, scope.domain).value();
        json::Value records = client
                                  .call(scope.model, "read",
                                        {{"ids", json::Array(ids.begin(), ids.end())},
                                         {"fields", json::Array(fields.begin(), fields.end())},
                                         {"load", ""},
                                         {"context", {{"active_test", false}}}},
                                        true)
                                  .value();
        for (json::Value& one : records.as_array()) {
            json::Object& record = one.as_object();
            for (const std::string& field : fields_kept(choose_columns(scope.model, scope.fields), Kept::kHash)) {
                record[field] = false;
            }
            live[json::integer_or(record, "id")] = json::canonical(record);
        }
        const pg::Rows rows =
            run("select external_id, sync_data, hash = sha256(convert_to(sync_data::text, 'UTF8')) from odoo.records "
                "where entity = $1 and gone_at is null order by external_id",
                {what.name});
        ASSERT_EQ(rows.size(), live.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ASSERT_EQ(rows.text(i, 1), live[rows.integer(i, 0)]);
            ASSERT_TRUE(rows.boolean(i, 2));
        }
    }

    std::vector<std::int64_t> add_products(int how_many) {
        json::Array list;
        for (int i = 0; i < how_many; ++i) {
            list.push_back(json::Object{{"name", "Größe \"" + std::to_string(i) + "\"\\/"},
                                        {"list_price", i * 0.37},
                                        {"default_code", "SKU-" + std::to_string(i)}});
        }
        return odoo.create("product.template", list);
    }

    static constexpr std::string_view kServer = "http://odoo.test demo";
    VirtualClock clock{*parse_time("2026-11-21 08:00:00.300000")};
    SystemRandom random;
    sim::OdooServer odoo{{}, clock};
    sim::OdooServer* peer = &odoo;
    std::string login;  // what an older server wants to know besides the key
    Source source;
    std::string server{kServer};
    Quota quota;
    std::size_t chunk = 100;
    std::mutex mutex;
    int reads = 0;
    std::function<std::optional<net::HttpResponse>(const net::HttpRequest&)> meddle;
};

}  // namespace syncline::mirror::testing
