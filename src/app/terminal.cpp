#include "app/terminal.hpp"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <climits>
#include <csignal>
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

// What is typed: a terminal hands out whole lines. Empty when a signal that `let_in` does not block (null: as it
// stands) ended the waiting.
std::string read_line(const sigset_t* let_in = nullptr) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    if (ppoll(&input, 1, nullptr, let_in) != 1) return {};
    std::string line(kAnswerBytesMax, '\0');
    const ssize_t got = read(STDIN_FILENO, line.data(), line.size());
    line.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return std::string(trim(line));
}

volatile std::sig_atomic_t interrupted = 0;
void note_interrupt(int) { interrupted = 1; }

// No echo while it lives. Ctrl-C meanwhile ends the program as usual, but not before the terminal is as it was. It is
// let in while read_line() waits and nowhere else, so that one that comes a moment earlier wakes it all the same (no
// other thread runs then that could take it).
class EchoOff {
public:
    EchoOff() {
        sigset_t blocked;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGINT);
        pthread_sigmask(SIG_BLOCK, &blocked, &signals_);
        struct sigaction noting {};
        noting.sa_handler = note_interrupt;
        interrupted = 0;
        sigaction(SIGINT, &noting, &action_);
        ready_ = tcgetattr(STDIN_FILENO, &before_) == 0;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ready_ = ready_ && tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~EchoOff() {
        if (ready_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
        sigaction(SIGINT, &action_, nullptr);
        pthread_sigmask(SIG_SETMASK, &signals_, nullptr);
        if (interrupted) std::raise(SIGINT);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    bool ready() const { return ready_; }
    const sigset_t& signals_before() const { return signals_; }

private:
    sigset_t signals_{};
    termios before_{};
    struct sigaction action_ {};
    bool ready_ = false;
};

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
    // Before the question: whoever answers at once is not shown either.
    const EchoOff echo_off;
    if (!echo_off.ready()) return {};
    print_error(question);
    vault::Secret secret(read_line(&echo_off.signals_before()));
    print_error("\n");
    return secret;
}

}  // namespace syncline::app
