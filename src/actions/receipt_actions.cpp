// inbox.list, inbox.show
#include <algorithm>

#include "actions/detail/advice.hpp"
#include "actions/detail/receipts.hpp"
#include "actions/detail/rows.hpp"
#include "actions/detail/subjects.hpp"
#include "actions/handlers.hpp"
#include "ingress/receipts.hpp"
#include "ledger/entries.hpp"

namespace syncline::actions {

namespace {

constexpr int kCausedMax = 200;
constexpr int kRunEntriesMax = 10'000;

std::vector<CausedView> caused_by(const std::vector<ledger::Entry>& entries, const detail::NamedSubjects& named) {
    std::map<std::string_view, std::string_view> titles;
    for (const auto& [subject, it] : named) titles.emplace(it.link, it.title);
    std::vector<CausedView> caused;
    for (const ledger::Entry& entry : entries) {
        const auto title = titles.find(entry.link);
        if (title == titles.end()) continue;
        caused.push_back({format_iso(entry.at), entry.link, std::string(title->second), entry.side, entry.action,
                          entry.changes, entry.detail});
        if (caused.size() == kCausedMax) break;
    }
    return caused;
}

}  // namespace

Result<ReceiptList> inbox_list(Services& services, const InboxInput& input) {
    ingress::Filter filter;
    filter.state = input.state;
    filter.endpoint = input.endpoint;
    filter.subject = input.subject;
    if (input.before > 0) filter.before = input.before;
    filter.rows_max = TRY(detail::rows_of(input.rows_max)) + 1;
    std::vector<ingress::Receipt> receipts =
        TRY(services.transact([&](pg::Transaction& tx) { return ingress::list(tx, services.scope.org, filter); }));
    ReceiptList list;
    list.more = static_cast<std::int64_t>(receipts.size()) > input.rows_max;
    if (list.more) receipts.resize(static_cast<std::size_t>(input.rows_max));
    for (const ingress::Receipt& receipt : receipts) list.receipts.push_back(detail::receipt_row(receipt));
    return list;
}

Result<ReceiptView> inbox_show(Services& services, const NumberInput& input) {
    return services.transact([&](pg::Transaction& tx) -> Result<ReceiptView> {
        const ingress::Receipt receipt = TRY(detail::load_receipt(tx, services.scope, input.id));
        ReceiptView view;
        view.receipt = detail::receipt_row(receipt);
        view.meaning = detail::meaning_of_state(receipt.state);
        view.digest = receipt.digest;
        view.event_id = receipt.understood.event_id;
        view.delivery_id = receipt.understood.delivery_id;
        view.run = receipt.run;
        for (const auto& [name, value] : receipt.headers) view.headers.push_back({name, value});
        view.body_kept = !receipt.body.empty();
        Result<json::Value> body = json::parse(receipt.body);
        if (view.body_kept) view.body = body ? std::move(*body) : json::Value(receipt.body);
        if (receipt.run.empty()) return view;
        const detail::NamedSubjects named =
            TRY(detail::name_subjects(tx, services.scope, services.profile, view.receipt.subjects));
        view.caused = caused_by(TRY(ledger::entries_of_run(tx, services.scope, receipt.run, kRunEntriesMax)), named);
        return view;
    });
}

}  // namespace syncline::actions
