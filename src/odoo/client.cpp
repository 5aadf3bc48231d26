#include "odoo/client.hpp"

#include "odoo/detail/writer.hpp"

namespace syncline::odoo {

struct Client::Impl {
    Impl(net::HttpClient& http, Clock& clock, Random& random, Settings settings)
        : session(http, clock, random, std::move(settings)), reader(session), writer(session, reader) {}

    detail::Session session;
    detail::Reader reader;
    detail::Writer writer;
};

Client::Client(net::HttpClient& http, Clock& clock, Random& random, Settings settings)
    : impl_(std::make_unique<Impl>(http, clock, random, std::move(settings))) {}

Client::~Client() = default;

Result<ServerInfo> Client::probe() { return impl_->session.probe(); }

Result<FieldInfos> Client::fields(const std::string& model) { return FieldInfos(*TRY(impl_->session.fields(model))); }

Result<std::vector<Stamp>> Client::stamps(const std::string& model, const json::Array& domain) {
    return impl_->reader.stamps(model, domain);
}

Result<std::vector<std::int64_t>> Client::search(const std::string& model, const json::Array& domain,
                                                 bool archived_too) {
    return impl_->reader.search(model, domain, archived_too);
}

Result<std::vector<json::Object>> Client::read(const std::string& model, const std::vector<std::int64_t>& ids,
                                               const std::vector<std::string>& fields) {
    return impl_->reader.read(model, ids, fields);
}

Result<std::vector<std::int64_t>> Client::search_page(const std::string& model, const json::Array& domain,
                                                      std::int64_t after, int limit,
                                                      const std::vector<std::int64_t>& companies) {
    return impl_->reader.search_page(model, domain, after, limit, companies);
}

Result<std::vector<Stamp>> Client::stamps_page(const std::string& model, const json::Array& domain, std::int64_t after,
                                               int limit, const std::vector<std::int64_t>& companies) {
    return impl_->reader.stamps_page(model, domain, after, limit, companies);
}

Result<std::int64_t> Client::search_count(const std::string& model, const json::Array& domain,
                                          const std::vector<std::int64_t>& companies) {
    return impl_->reader.search_count(model, domain, companies);
}

Result<RawAnswer> Client::read_text(const std::string& model, const std::vector<std::int64_t>& ids,
                                    const std::vector<std::string>& fields,
                                    const std::vector<std::int64_t>& companies) {
    return impl_->reader.read_text(model, ids, fields, companies);
}

Result<void> Client::write(const std::string& model, std::int64_t id, const json::Object& values) {
    return impl_->writer.write(model, id, values);
}

Result<std::int64_t> Client::create(const std::string& model, const std::string& external_key,
                                    const json::Object& values) {
    return impl_->writer.create(model, external_key, values);
}

Result<json::Value> Client::call(const std::string& model, const std::string& method, const json::Object& arguments,
                                 bool reads_only) {
    const detail::Call call{model, method, arguments};
    if (reads_only) return impl_->session.ask(call);
    TRY(impl_->session.info());  // outside the loop: the probe has tries of its own
    // Repeated only where Odoo says that nothing happened: what the method does is not known here.
    for (int tries = 1;; ++tries) {
        Result<json::Value> answer = impl_->session.once(call, detail::Purpose::kWrite);
        if (answer.ok() || answer.error().code == Errc::kOutcomeUnknown) return answer;
        if (!impl_->session.pacer().again(tries, kWriteTriesMax, answer.error())) return answer;
    }
}

void Client::correlate(std::string id) { impl_->session.line().correlation().use(std::move(id)); }

Micros Client::clock_skew() const { return impl_->session.line().clock_skew(); }

CallCounts Client::calls() const { return impl_->session.line().calls(); }

}  // namespace syncline::odoo
