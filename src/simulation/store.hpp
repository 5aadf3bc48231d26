// The store of one schedule: a real PostgreSQL, in which the whole schedule is one transaction that is undone in the
// end, so that the next one finds the synced world again at no cost. What the program takes for a transaction is a
// savepoint here.
//
// A third of all that the store is asked would be about savepoints, and hardly a schedule in hundreds undoes anything:
// so they are first played boldly, without any, and again from the start when something was to be undone.
//
// One thread. A transaction that is open while others begin and end (the engine's lock is held like that) keeps what it
// did before they began, as if it had been committed then. Advisory locks belong to the transaction that took them, as
// in PostgreSQL, although all share one session here.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "pg/database.hpp"

namespace syncline::simulation {

class Savepoints {
public:
    // `whole` is the schedule's transaction, begun as `org`. `bold`: without savepoints.
    Savepoints(pg::Transaction& whole, std::string org, bool bold)
        : whole_(whole), role_(std::move(org)), bold_(bold) {}

    // As pg::Database::run(); an empty `org` is the store's owner.
    Result<void> run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body);
    // From now on statements that hold this text do nothing: for planted faults.
    void leave_out(std::string text) { left_out_ = std::move(text); }
    // What was done boldly had to be undone: from then on each transaction fails, and what came of it is worth nothing.
    bool stuck() const { return stuck_; }
    std::int64_t transactions() const { return transactions_; }
    std::int64_t statements() const { return statements_; }

private:
    class Frame;
    enum class Kind { kReads, kWrites, kUnknown };
    Result<void> hand_over(Frame& frame, const std::string& role);
    Result<void> undo();
    bool changed_nothing(std::string_view sql, const pg::Rows& answer);

    pg::Transaction& whole_;
    std::string role_;         // for whom the session speaks: an org, "" = the owner
    Frame* holder_ = nullptr;  // whose work stands above the savepoint
    Frame* inmost_ = nullptr;  // the last one that began and has not ended
    const bool bold_;
    bool stuck_ = false;
    bool savepoint_ = false;  // there is one
    bool dirty_ = false;      // something was done since it was set
    std::map<std::string, const Frame*, std::less<>> locks_;
    std::unordered_map<std::string, Kind> kinds_;  // by SQL text
    std::string left_out_;
    std::int64_t transactions_ = 0;
    std::int64_t statements_ = 0;
};

}  // namespace syncline::simulation
