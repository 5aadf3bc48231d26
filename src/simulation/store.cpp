#include "simulation/store.hpp"

#include <algorithm>
#include <array>

namespace syncline::simulation {

namespace {

constexpr std::string_view kTryLock = "pg_try_advisory_xact_lock(";

// "jobs.enqueue(": a function of ours may do anything.
bool calls_ours(std::string_view sql) {
    const auto word = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    for (std::size_t dot = sql.find('.'); dot != std::string_view::npos; dot = sql.find('.', dot + 1)) {
        std::size_t end = dot + 1;
        while (end < sql.size() && word(sql[end])) ++end;
        if (end > dot + 1 && end < sql.size() && sql[end] == '(') return true;
    }
    return false;
}

}  // namespace

// What the program takes for a transaction.
class Savepoints::Frame final : public pg::Transaction {
public:
    Frame(Savepoints& store, std::string_view role) : store_(store), role_(role), outer_(store.inmost_) {
        store_.inmost_ = this;
    }
    // Without a commit before: the body failed or threw.
    ~Frame() override {
        store_.inmost_ = outer_;
        std::erase_if(store_.locks_, [this](const auto& lock) { return lock.second == this; });
        if (store_.holder_ == this) (void)store_.undo();
    }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    Result<pg::Rows> exec(std::string_view sql, const pg::Params& params) override {
        TRY(prepare());
        if (sql.find(kTryLock) != std::string_view::npos && !params.empty()) return try_lock(params.front().text());
        ++store_.statements_;
        if (!store_.left_out_.empty() && sql.find(store_.left_out_) != std::string_view::npos) {
            return store_.whole_.exec("select 1 where false");
        }
        Result<pg::Rows> answer = noted(store_.whole_.exec(sql, params));
        store_.dirty_ = store_.dirty_ || !(answer && store_.changed_nothing(sql, *answer));
        return answer;
    }
    Result<std::int64_t> copy_in(std::string_view table_and_columns, const std::vector<pg::Params>& rows) override {
        TRY(prepare());
        ++store_.statements_;
        store_.dirty_ = true;
        return noted(store_.whole_.copy_in(table_and_columns, rows));
    }
    Result<void> commit() {
        if (failure_) return *failure_;  // as PostgreSQL: a transaction in which a statement failed keeps nothing
        if (store_.holder_ == this) store_.holder_ = nullptr;
        return ok();
    }

private:
    Result<void> prepare() {
        if (store_.inmost_ != this) {
            return make_error(Errc::kInternal, "a transaction was used while a later one was open");
        }
        return store_.holder_ == this ? ok() : store_.hand_over(*this, role_);
    }
    Result<pg::Rows> try_lock(const std::string& name) {
        const bool mine = store_.locks_.try_emplace(name, this).first->second == this;
        ++store_.statements_;
        return store_.whole_.exec("select $1::boolean as mine", {mine});
    }
    template <typename T>
    Result<T> noted(Result<T> answer) {
        if (!answer && !failure_) failure_ = answer.error();
        return answer;
    }

    Savepoints& store_;
    const std::string role_;
    Frame* const outer_;
    std::optional<Error> failure_;
};

// Most statements that keep nothing are known by their text, or by the rows that they did not touch: then the savepoint
// can serve again.
bool Savepoints::changed_nothing(std::string_view sql, const pg::Rows& answer) {
    auto place = kinds_.find(std::string(sql));
    if (place == kinds_.end()) {
        static constexpr std::array<std::string_view, 6> kActs = {"for update", "for no key", "nextval",
                                                                  "advisory",   "notify",     "set_config"};
        const bool acts = calls_ours(sql) || std::any_of(kActs.begin(), kActs.end(), [&](std::string_view act) {
                              return sql.find(act) != std::string_view::npos;
                          });
        const bool writes = sql.starts_with("insert ") || sql.starts_with("update ") || sql.starts_with("delete ");
        const Kind kind = acts                         ? Kind::kUnknown
                          : sql.starts_with("select ") ? Kind::kReads
                          : writes                     ? Kind::kWrites
                                                       : Kind::kUnknown;
        place = kinds_.emplace(std::string(sql), kind).first;
    }
    return place->second == Kind::kReads || (place->second == Kind::kWrites && answer.affected() == 0);
}

Result<void> Savepoints::hand_over(Frame& frame, const std::string& role) {
    if (role != role_) {
        // Below the savepoint: what is undone later must not undo this.
        if (savepoint_) TRY(whole_.exec("release savepoint step"));
        savepoint_ = false;
        TRY(whole_.exec("select set_config('app.org', $1, true), set_config('role', $2, true)",
                        {role, role.empty() ? "none" : "syncline_app"}));
        role_ = role;
    }
    if (!bold_) {
        if (!savepoint_) TRY(whole_.exec("savepoint step"));
        if (savepoint_ && dirty_) TRY(whole_.exec("release savepoint step; savepoint step"));
        savepoint_ = true;
    }
    dirty_ = false;
    holder_ = &frame;
    return ok();
}

Result<void> Savepoints::undo() {
    holder_ = nullptr;
    if (!dirty_) return ok();
    dirty_ = false;
    if (bold_) {
        stuck_ = true;
        return ok();
    }
    TRY(whole_.exec("rollback to savepoint step"));
    return ok();
}

Result<void> Savepoints::run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) {
    if (stuck_)
        return make_error(Errc::kInternal, "something was to be undone that cannot be: play it again, carefully");
    ++transactions_;
    Frame frame(*this, org);
    TRY(body(frame));
    return frame.commit();
}

}  // namespace syncline::simulation
