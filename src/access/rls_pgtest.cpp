// Walks the catalog: every table that any migration ever adds must keep the orgs apart, and this test finds it by
// itself.
#include <algorithm>
#include <map>
#include <set>

#include "pg/testing/pg_fixture.hpp"

namespace syncline::access {
namespace {

using pg::Param;
using pg::Params;
using pg::Rows;
using pg::testing::kOrg;
using pg::testing::kOtherOrg;

constexpr std::string_view kOurTables =
    "select c.oid, c.oid::regclass::text as name, c.relkind::text as kind, c.relrowsecurity as enabled,"
    " c.relforcerowsecurity as forced, obj_description(c.oid, 'pg_class') as purpose, c.reloptions::text as options"
    " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', "
    "'f')"
    " and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 2";

// Tables that belong to no org, each with its reason.
const std::map<std::string, std::string, std::less<>> kWithoutOrg = {
    {"syncline.migrations", "about the store itself; the app has no right on it"},
};
// Unique rules over all orgs, each with its reason.
const std::set<std::string, std::less<>> kUniqueOverAllOrgs = {
    "orgs_slug_key",  // a slug is how an org is named from outside, before anybody knows which org it is
};
// Tables whose rows cannot be made from their columns' types alone, each with its reason. Add a name here only when
// sample() below cannot learn the type.
const std::map<std::string, std::string, std::less<>> kNoSample = {};
// Tables whose rows nobody changes or removes, whichever org asks: triggers refuse it.
const std::set<std::string, std::less<>> kAppendOnly = {"ledger.entries", "ledger.conflicts", "ledger.heads"};

struct Column {
    std::string name;
    std::string type;
    bool needed = false;  // not null, no default
};

class RowSecurityTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        add_org();
        const Rows rows = run_as_owner(kOurTables);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows.text(i, "kind") == "r" || rows.text(i, "kind") == "p") tables_.emplace_back(rows.text(i, "name"));
        }
    }

    // The tables that keep rows of orgs.
    std::vector<std::string> org_tables() const {
        std::vector<std::string> names = tables_;
        std::erase_if(names, [](const std::string& name) { return kWithoutOrg.contains(name); });
        return names;
    }

    std::vector<Column> columns(const std::string& table) {
        const Rows rows = run_as_owner(
            "select attname as name, format_type(atttypid, null) as type,"
            " attnotnull and not atthasdef and attidentity = '' as needed from pg_attribute"
            " where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
            {table});
        std::vector<Column> found;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            found.push_back(
                {std::string(rows.text(i, "name")), std::string(rows.text(i, "type")), rows.boolean(i, "needed")});
        }
        return found;
    }

    // A value that the column's checks allow: the first word of an "in" list, or one that fits its type.
    std::string sample(const std::string& table, const Column& column) {
        const Rows allowed = run_as_owner(
            "select (regexp_match(pg_get_constraintdef(oid), '''([^'']+)''::text'))[1] as word from pg_constraint"
            " where conrelid = $1::regclass and contype = 'c'"
            " and conkey = array[(select attnum from pg_attribute where attrelid = $1::regclass and attname = $2)]"
            " and pg_get_constraintdef(oid) like '%= ANY%'",
            {table, column.name});
        if (!allowed.empty() && !allowed.is_null(0, "word")) return std::string(allowed.text(0, "word"));
        static const std::map<std::string, std::string, std::less<>> kByType = {
            {"uuid", "11111111-1111-4111-8111-111111111111"},
            {"text", "sample"},
            {"character varying", "sample"},
            {"bytea", "\\x01"},
            {"boolean", "t"},
            {"smallint", "1"},
            {"integer", "1"},
            {"bigint", "1"},
            {"numeric", "1"},
            {"double precision", "1"},
            {"real", "1"},
            {"json", "{}"},
            {"jsonb", "{}"},
            {"date", "2026-01-02"},
            {"interval", "1 second"},
            {"inet", "127.0.0.1"},
            {"timestamp with time zone", "2026-01-02 03:04:05+00"},
            {"timestamp without time zone", "2026-01-02 03:04:05"},
        };
        if (column.type.ends_with("[]")) return "{}";
        const auto found = kByType.find(column.type);
        EXPECT_NE(found, kByType.end()) << table << "." << column.name << " is a " << column.type
                                        << ": teach sample() it";
        return found == kByType.end() ? "" : found->second;
    }

    // An INSERT of one row with the columns that must be given; the org is $1. Foreign keys are off in the session that
    // runs it as the owner, so that each table stands alone.
    std::pair<std::string, Params> insert_of(const std::string& table, std::string_view org) {
        std::string names = "org_id";
        std::string marks = "$1";
        Params values = {org};
        for (const Column& column : columns(table)) {
            if (!column.needed || column.name == "org_id") continue;
            values.emplace_back(sample(table, column));
            names += ", " + column.name;
            marks += ", $" + std::to_string(values.size());
        }
        return {"insert into " + table + " (" + names + ") values (" + marks + ")", values};
    }

    Result<void> insert_as_owner(const std::string& table, std::string_view org) {
        const auto [sql, values] = insert_of(table, org);
        return database().run_as_owner([&, &text = sql, &given = values](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("set local session_replication_role = replica"));
            TRY(tx.exec(text, given));
            return {};
        });
    }

    // What a statement did as an org; it is rolled back, so that the next one finds the same rows.
    Result<std::int64_t> touched(const std::string& sql, const Params& params, std::string_view org) {
        std::int64_t rows = 0;
        const Result<void> done = database().run(org, [&](pg::Transaction& tx) -> Result<void> {
            const Rows answer = TRY(tx.exec(sql, params));
            rows = answer.affected();
            return make_error(Errc::kCancelled, "undo");
        });
        if (done.error().code != Errc::kCancelled) return done.error();
        return rows;
    }

    std::vector<std::string> tables_;
};

TEST_F(RowSecurityTest, IsEnabledAndForcedOnEveryTable) {
    EXPECT_GE(org_tables().size(), 2u);
    const Rows rows = run_as_owner(kOurTables);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string name(rows.text(i, "name"));
        const std::string_view kind = rows.text(i, "kind");
        if (kWithoutOrg.contains(name)) continue;
        if (kind == "v") {
            // Another view would read with its owner's rights, past every policy.
            EXPECT_NE(rows.text(i, "options").find("security_invoker=true"), std::string_view::npos) << name;
            continue;
        }
        EXPECT_TRUE(kind == "r" || kind == "p")
            << name << ": materialised views and foreign tables know no row security";
        EXPECT_TRUE(rows.boolean(i, "enabled") && rows.boolean(i, "forced")) << name << ": call access.protect";
        EXPECT_FALSE(rows.is_null(i, "purpose")) << name << " says nothing about itself: comment on table";
    }
}

TEST_F(RowSecurityTest, EveryKeyStartsWithTheOrg) {
    for (const std::string& table : org_tables()) {
        const Rows key = run_as_owner(
            "select a.attname as first, format_type(a.atttypid, null) as type from pg_index i join pg_attribute a"
            " on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indrelid = $1::regclass and i.indisprimary",
            {table});
        ASSERT_EQ(key.size(), 1u) << table << " has no primary key";
        EXPECT_EQ(key.text(0, "first"), "org_id") << table;
        EXPECT_EQ(key.text(0, "type"), "uuid") << table;
    }
}

// A key without the org would tell one org what another one has, and cannot be spread over several servers.
TEST_F(RowSecurityTest, NoUniqueRuleOrForeignKeyCrossesOrgs) {
    for (const std::string& table : org_tables()) {
        const Rows unique = run_as_owner(
            "select i.indexrelid::regclass::text as index, c.relname as name from pg_index i"
            " join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass and i.indisunique and not exists"
            " (select 1 from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'org_id'"
            "  and a.attnum = any(i.indkey))",
            {table});
        for (std::size_t i = 0; i < unique.size(); ++i) {
            EXPECT_TRUE(kUniqueOverAllOrgs.contains(unique.text(i, "name"))) << table << ": " << unique.text(i, "name");
        }
        const Rows foreign = run_as_owner(
            "select conname as name from pg_constraint where conrelid = $1::regclass and contype = 'f' and not exists"
            " (select 1 from unnest(conkey, confkey) as k (here, there)"
            "  join pg_attribute a on a.attrelid = conrelid and a.attnum = here and a.attname = 'org_id'"
            "  join pg_attribute b on b.attrelid = confrelid and b.attnum = there and b.attname = 'org_id')",
            {table});
        for (std::size_t i = 0; i < foreign.size(); ++i) ADD_FAILURE() << table << ": " << foreign.text(i, "name");
    }
}

TEST_F(RowSecurityTest, NoOrgSeesOrTouchesTheRowsOfAnother) {
    std::size_t tried = 0;
    for (const std::string& table : org_tables()) {
        if (kNoSample.contains(table)) continue;
        SCOPED_TRACE(table);
        // access.orgs has its rows already: the two orgs themselves.
        if (table != "access.orgs") {
            const Result<void> made = insert_as_owner(table, kOrg);
            ASSERT_TRUE(made.ok()) << made.error().message;
        }
        const std::string all = "select * from " + table;
        const std::string update = "update " + table + " set org_id = org_id";
        const std::string remove = "delete from " + table + " where org_id = $1";
        EXPECT_EQ(touched(all + " where org_id = $1", {kOrg}, kOrg).value(), 1) << "its own row is there";
        EXPECT_EQ(touched(all + " where org_id = $1", {kOrg}, kOtherOrg).value(), 0);
        if (kAppendOnly.contains(table)) {
            for (const std::string_view org : {kOrg, kOtherOrg}) {
                EXPECT_EQ(touched(update + " where org_id = $1", {kOrg}, org).error().detail("sqlstate"), "42501");
                EXPECT_EQ(touched(remove, {kOrg}, org).error().detail("sqlstate"), "42501");
            }
        } else {
            EXPECT_EQ(touched(update + " where org_id = $1", {kOrg}, kOrg).value(), 1);
            EXPECT_EQ(touched(update + " where org_id = $1", {kOrg}, kOtherOrg).value(), 0);
            EXPECT_EQ(touched(remove, {kOrg}, kOtherOrg).value(), 0);
        }

        // Neither may a row be made for another org, nor given away to one.
        const auto [insert, values] = insert_of(table, "33333333-3333-4333-8333-333333333333");
        EXPECT_EQ(touched(insert, values, kOtherOrg).error().detail("sqlstate"), "42501");
        const Result<std::int64_t> given = touched("update " + table + " set org_id = $1 where org_id = $2",
                                                   {"33333333-3333-4333-8333-333333333333", kOrg}, kOrg);
        EXPECT_EQ(given.error().detail("sqlstate"), "42501");
        ++tried;
    }
    EXPECT_EQ(tried + kNoSample.size(), org_tables().size());
}

TEST_F(RowSecurityTest, WithoutAnOrgThereIsNothing) {
    for (const std::string& table : org_tables()) {
        const Result<void> looked = database().run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("set local role syncline_app"));
            const Rows rows = TRY(tx.exec("select 1 from " + table));
            EXPECT_TRUE(rows.empty()) << table;
            return {};
        });
        EXPECT_TRUE(looked.ok()) << table << ": " << looked.error().message;
    }
}

TEST_F(RowSecurityTest, TheAppHasNoWayAround) {
    const Rows role = run_as_owner(
        "select rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb as strong,"
        " exists (select 1 from pg_auth_members m where m.member = r.oid) as member"
        " from pg_roles r where rolname = 'syncline_app'");
    EXPECT_FALSE(role.boolean(0, "strong"));
    EXPECT_FALSE(role.boolean(0, "member"));
    for (const std::string& table : tables_) {
        // TRUNCATE asks no policy; a trigger or a foreign key of its own could carry values out.
        EXPECT_FALSE(
            run_as_owner("select has_table_privilege('syncline_app', $1, 'truncate, references, trigger') as may",
                         {table})
                .boolean(0, "may"))
            << table;
    }
    for (const auto& [table, reason] : kWithoutOrg) {
        EXPECT_FALSE(
            run_as_owner("select has_schema_privilege('syncline_app', split_part($1, '.', 1), 'usage') as may", {table})
                .boolean(0, "may"))
            << table;
    }
    const Rows functions = run_as_owner(
        "select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where p.prosecdef and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'");
    for (std::size_t i = 0; i < functions.size(); ++i) {
        ADD_FAILURE() << functions.text(i, "name") << " runs with its owner's rights";
    }
    const Rows owned =
        run_as_owner("select c.oid::regclass::text as name from pg_class c where c.relowner = 'syncline_app'::regrole");
    EXPECT_TRUE(owned.empty());
}

// Every table, every verb, both other kinds of role that a server may have: a stranger has no right on anything, a
// reader sees its org's rows of core and can change none.
TEST_F(RowSecurityTest, NoOtherRoleSeesOrTouchesAnything) {
    run_as_owner(
        "do $$ begin create role syncline_stranger nologin; exception when duplicate_object or unique_violation "
        "then null; end $$");
    std::size_t readable = 0;
    for (const std::string& table : tables_) {
        SCOPED_TRACE(table);
        for (const std::string_view role : {"syncline_stranger", "syncline_reader"}) {
            for (const std::string_view verb :
                 {"select", "insert", "update", "delete", "truncate", "references", "trigger"}) {
                const bool may = run_as_owner(
                                     "select has_table_privilege($1, $2, $3) and has_schema_privilege($1,"
                                     " (select relnamespace from pg_class where oid = $2::regclass), 'usage')"
                                     " as may",
                                     {role, table, verb})
                                     .boolean(0, "may");
                const bool wanted = role == "syncline_reader" && verb == "select" && table.starts_with("core.");
                EXPECT_EQ(may, wanted) << role << " " << verb;
                readable += may;
            }
        }
    }
    const Rows core = run_as_owner(
        "select count(*) as n from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'core' and c.relkind in ('r', 'p')");
    EXPECT_EQ(static_cast<std::int64_t>(readable), core.integer(0, "n"));
    const Rows strong = run_as_owner(
        "select rolsuper or rolbypassrls or rolcanlogin or rolcreaterole as strong, exists (select 1 from"
        " pg_auth_members m where m.member = r.oid) as member from pg_roles r where rolname = 'syncline_reader'");
    EXPECT_FALSE(strong.boolean(0, "strong"));
    EXPECT_FALSE(strong.boolean(0, "member"));
}

// A table of core as the next migration may make one.
TEST_F(RowSecurityTest, AReaderSeesTheRowsOfItsOrgOnly) {
    run_as_owner("create table core.shelf (org_id uuid not null, book text not null, primary key (org_id, book))");
    run_as_owner("call access.protect('core.shelf', 'For this test.')");
    run_as_owner("call access.open_to_readers('core.shelf')");
    run_as_owner("insert into core.shelf values ($1, 'mine'), ($2, 'theirs')", {kOrg, kOtherOrg});
    const auto as_reader = [&](const std::string& sql, std::string_view org) {
        Result<std::int64_t> seen = std::int64_t{0};
        (void)database().run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("grant syncline_reader to current_user"));
            TRY(tx.exec("select set_config('app.org', $1, true)", {org}));
            TRY(tx.exec("set local role syncline_reader"));
            const Result<Rows> rows = tx.exec(sql);
            if (rows) {
                seen = static_cast<std::int64_t>(rows->size());
            } else {
                seen = rows.error();
            }
            return make_error(Errc::kCancelled, "undo");
        });
        return seen;
    };
    EXPECT_EQ(as_reader("select * from core.shelf where book = 'mine'", kOrg).value(), 1);
    EXPECT_EQ(as_reader("select * from core.shelf", kOrg).value(), 1);
    EXPECT_EQ(as_reader("select * from core.shelf where book = 'mine'", kOtherOrg).value(), 0);
    EXPECT_EQ(as_reader("select * from core.shelf", "").value(), 0);
    for (const char* other : {"odoo.records", "vault.sealed", "sync.links", "ledger.entries"}) {
        EXPECT_EQ(as_reader(std::string("select * from ") + other, kOrg).error().detail("sqlstate"), "42501") << other;
    }
    EXPECT_EQ(as_reader("delete from core.shelf", kOrg).error().detail("sqlstate"), "42501");
    EXPECT_FALSE(database()
                     .run_as_owner([&](pg::Transaction& tx) -> Result<void> {
                         TRY(tx.exec("call access.open_to_readers('odoo.records')"));
                         return {};
                     })
                     .ok());
}

// The checks above must be able to fail: an unprotected table is found, and leaks.
TEST_F(RowSecurityTest, AnUnprotectedTableWouldBeNoticed) {
    run_as_owner("create table sync.leak (org_id uuid primary key)");
    run_as_owner("insert into sync.leak values ($1)", {kOrg});
    EXPECT_EQ(touched("select * from sync.leak", {}, kOtherOrg).value(), 1);
    const Rows rows = run_as_owner(kOurTables);
    bool noticed = false;
    for (std::size_t i = 0; i < rows.size(); ++i)
        noticed |= rows.text(i, "name") == "sync.leak" && !rows.boolean(i, "enabled");
    EXPECT_TRUE(noticed);
    run_as_owner("call access.protect('sync.leak', 'no more')");
    EXPECT_EQ(touched("select * from sync.leak", {}, kOtherOrg).value(), 0);
    EXPECT_EQ(touched("select * from sync.leak", {}, kOrg).value(), 1);
}

}  // namespace
}  // namespace syncline::access
