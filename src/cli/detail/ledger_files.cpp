#include "cli/detail/ledger_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>

#include "cli/detail/say.hpp"

namespace syncline::cli::detail {

namespace {

constexpr mode_t kExportMode = 0600;  // it holds what people typed

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

Error unwritable(const std::string& path) {
    return make_error(Errc::kInvalid, "cannot write " + path + ": " + std::strerror(errno),
                      "give --out another place, with enough room");
}

Result<void> put(std::FILE* file, std::string_view line, const std::string& path) {
    const bool done = std::fwrite(line.data(), 1, line.size(), file) == line.size() && std::fputc('\n', file) != EOF;
    return done ? ok() : Result<void>(unwritable(path));
}

// A half-written file under the name that was asked for would pass for a whole one.
Result<actions::ExportReport> export_to(actions::Services& services, const std::string& path) {
    const std::string part = path + ".part";
    const int descriptor = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kExportMode);
    if (descriptor < 0) return unwritable(path);
    const File file(fdopen(descriptor, "w"));
    Result<actions::ExportReport> report =
        actions::ledger_export(services, [&](std::string_view line) { return put(file.get(), line, path); });
    if (report && (std::fflush(file.get()) != 0 || fsync(descriptor) != 0 || rename(part.c_str(), path.c_str()) != 0)) {
        report = unwritable(path);
    }
    if (!report) unlink(part.c_str());
    return report;
}

}  // namespace

Result<Answer> export_ledger(actions::Services& services, const Command& command, const Style& style) {
    if (command.ledger.out.empty()) {
        TRY(actions::ledger_export(services,
                                   [](std::string_view line) { return put(stdout, line, "standard output"); }));
        return std::fflush(stdout) == 0 ? Result<Answer>(Answer{kOk, ""}) : unwritable("standard output");
    }
    actions::ExportReport report = TRY(export_to(services, command.ledger.out));
    report.file = command.ledger.out;
    return say(report, command, style);
}

Result<Answer> verify_file(const Command& command, const Style& style) {
    std::ifstream file(command.ledger.file, std::ios::binary);
    if (!file) {
        return make_error(Errc::kNotFound, "cannot read " + command.ledger.file,
                          "`syncline ledger export --out FILE` makes one");
    }
    const actions::VerifyReport report = TRY(actions::verify_export(file, {command.ledger.head}));
    return say(report, command, style, report.good ? kOk : kFailed);
}

}  // namespace syncline::cli::detail
