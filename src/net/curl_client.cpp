#include "net/curl_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::net {
namespace {

// Requests under way at once; more wait for one of them to end.
constexpr std::size_t kHandlesMax = 64;
// Many servers close an idle connection without a word after a minute or so; a request that races with that has an
// unknown outcome, so connections are given up earlier.
constexpr long kIdleSecondsMax = 30;

struct EasyDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

// What the callbacks of one transfer know.
struct Transfer {
    HttpResponse response;
    std::size_t body_bytes_max = 0;
    bool repeatable = false;
    bool sent = false;        // from here on the peer may have acted
    bool too_long = false;    // the body was longer than allowed
    bool head_whole = false;  // the empty line after the headers came
    std::array<char, CURL_ERROR_SIZE> error{};
};

// Called with the connection ready and nothing sent yet. The library repeats a request by itself when a reused
// connection dies before the first byte of the answer, a POST too, although the peer may have done it: a second call
// within one transfer is such a repetition.
int before_request(void* user, char*, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (transfer.sent && !transfer.repeatable) return CURL_PREREQFUNC_ABORT;
    transfer.sent = true;
    return CURL_PREREQFUNC_OK;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (size > transfer.body_bytes_max - transfer.response.body.size()) {
        transfer.too_long = true;
        return 0;
    }
    transfer.response.body.append(data, size);
    return size;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string_view line = trim(std::string_view(data, size));
    if (line.empty()) {
        transfer.head_whole = true;
    } else if (line.starts_with("HTTP/")) {
        transfer.response.headers = {};  // what came before belonged to an interim answer
        transfer.head_whole = false;
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
        transfer.response.headers.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    }
    return size;
}

bool is_loopback(std::string_view host) { return host == "localhost" || host == "[::1]" || host.starts_with("127."); }

bool is_one_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos; }

Result<List> header_list(const HttpRequest& request) {
    curl_slist* raw = nullptr;
    List list;
    const auto append = [&](const std::string& line) {
        raw = curl_slist_append(list.get(), line.c_str());
        if (!raw) return false;
        static_cast<void>(list.release());  // the new list holds it
        list.reset(raw);
        return true;
    };
    // Two headers that the library would add by itself: a form's content type, and a question before large bodies.
    bool whole = (request.headers.has("Content-Type") || append("Content-Type:")) &&
                 (request.headers.has("Expect") || append("Expect:"));
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || !is_one_line(name) || !is_one_line(value) || name.find(':') != name.npos) {
            return make_error(Errc::kInvalid, "a header does not fit on one line: " + without_query(request));
        }
        // The library sends the length of the body itself, and spells an empty value with a semicolon.
        if (iequals(name, "Content-Length")) continue;
        whole = whole && append(value.empty() ? name + ";" : name + ": " + value);
    }
    if (!whole) return make_error(Errc::kInternal, "no memory for headers");
    return list;
}

void set_method(CURL* handle, const HttpRequest& request) {
    const bool carries_body =
        !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (carries_body) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    } else if (request.method == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

long milliseconds(std::chrono::milliseconds duration) {
    return static_cast<long>(std::max<std::chrono::milliseconds::rep>(1, duration.count()));
}

void set_up(CURL* handle, const HttpRequest& request, const Url& url, const CurlOptions& options, curl_slist* headers,
            Transfer& transfer) {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer.error.data());
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, kIdleSecondsMax);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds(request.timeout));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_timeout));
    curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(handle, CURLOPT_PREREQDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    if (is_loopback(url.host)) curl_easy_setopt(handle, CURLOPT_PROXY, "");
    set_method(handle, request);
}

Error explain(CURLcode code, const HttpRequest& request, const Transfer& transfer) {
    const std::string why = transfer.error[0] ? transfer.error.data() : curl_easy_strerror(code);
    const std::string what = without_query(request) + ": ";
    if (transfer.too_long) {
        return make_error(Errc::kInvalid,
                          what + "the answer is longer than " + std::to_string(transfer.body_bytes_max) + " bytes");
    }
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return make_error(Errc::kInvalid, what + why);
    if (!transfer.sent) {
        return make_error(Errc::kUnreachable, what + "nothing was sent: " + why,
                          "check the address, the network and the peer's certificate");
    }
    return make_error(Errc::kOutcomeUnknown, what + "sent, but no whole answer came: " + why);
}

class CurlClient final : public HttpClient {
public:
    explicit CurlClient(CurlOptions options) : options_(std::move(options)) { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~CurlClient() override {
        idle_.clear();
        curl_global_cleanup();
    }

    Result<HttpResponse> send(const HttpRequest& request) override {
        const Url url = TRY(parse_url(request.url));
        const List headers = TRY(header_list(request));
        Transfer transfer;
        transfer.body_bytes_max = options_.body_bytes_max;
        transfer.repeatable = request.method == "GET" || request.method == "HEAD";

        Easy handle = take();
        if (!handle) return give_back({}), make_error(Errc::kUnreachable, "no memory for a connection");
        set_up(handle.get(), request, url, options_, headers.get(), transfer);
        const CURLcode code = curl_easy_perform(handle.get());
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_easy_reset(handle.get());  // keeps the connection, forgets the pointers into this frame
        give_back(std::move(handle));

        if (code != CURLE_OK) return explain(code, request, transfer);
        // The library is content with headers that were cut off.
        if (!transfer.head_whole) return explain(CURLE_PARTIAL_FILE, request, transfer);
        transfer.response.status = static_cast<int>(status);
        if (!trim(transfer.response.headers.get("Content-Encoding")).empty()) {
            // These two describe the bytes on the wire; the body here is already unpacked.
            transfer.response.headers.remove("Content-Encoding");
            transfer.response.headers.remove("Content-Length");
        }
        return std::move(transfer.response);
    }

private:
    Easy take() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return busy_ < kHandlesMax; });
        ++busy_;
        if (idle_.empty()) return Easy(curl_easy_init());
        // The one used last has the warmest connection.
        Easy handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
    }

    void give_back(Easy handle) {
        {
            const std::lock_guard lock(mutex_);
            --busy_;
            if (handle) idle_.push_back(std::move(handle));
        }
        returned_.notify_one();
    }

    const CurlOptions options_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::size_t busy_ = 0;
    std::vector<Easy> idle_;
};

}  // namespace

std::unique_ptr<HttpClient> make_curl_client(CurlOptions options) {
    return std::make_unique<CurlClient>(std::move(options));
}

}  // namespace syncline::net
