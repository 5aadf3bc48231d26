#include "app/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>

#include "base/text.hpp"

namespace syncline::app {

namespace {

constexpr std::size_t kAnswerBytesMax = 4096;

void write_all(std::FILE* stream, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fflush(stream);
}

std::string read_line() {
    std::string line;
    int c = 0;
    while (line.size() < kAnswerBytesMax && (c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
    return std::string(trim(line));
}

}  // namespace

bool out_is_terminal() { return isatty(STDOUT_FILENO) == 1; }
bool error_is_terminal() { return isatty(STDERR_FILENO) == 1; }
void print(std::string_view text) { write_all(stdout, text); }
void print_error(std::string_view text) { write_all(stderr, text); }

std::string program_path() {
    char path[PATH_MAX];
    const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string("syncline");
}

cli::Style style_of(const cli::Globals& globals) {
    cli::Style style;
    const char* no_color = std::getenv("NO_COLOR");
    style.color = globals.color && out_is_terminal() && (!no_color || !*no_color);
    if (!globals.home.empty()) style.program += " --home " + cli::shell_word(globals.home);
    if (!globals.profile.empty()) style.program += " --profile " + cli::shell_word(globals.profile);
    return style;
}

std::string ask(std::string_view question) {
    if (isatty(STDIN_FILENO) != 1) return {};
    print_error(question);
    return read_line();
}

vault::Secret ask_secret(std::string_view question) {
    if (isatty(STDIN_FILENO) != 1) return {};
    termios before{};
    if (tcgetattr(STDIN_FILENO, &before) != 0) return {};
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    print_error(question);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    vault::Secret secret(read_line());
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    print_error("\n");
    return secret;
}

}  // namespace syncline::app
