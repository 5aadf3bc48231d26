#include "app/signals.hpp"

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>

namespace syncline::app {

namespace {

// A signal handler can reach nothing else.
std::atomic<int> asked{0};

extern "C" void on_signal(int) {
    if (++asked > 1) _exit(130);
}

}  // namespace

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

bool stop_asked() { return asked.load() > 0; }

void wait_for_signal(int milliseconds) {
    constexpr int kSliceMs = 50;  // the signal may be delivered to another thread, or just before poll
    for (int waited = 0; waited < milliseconds && !stop_asked(); waited += kSliceMs) {
        (void)poll(nullptr, 0, milliseconds - waited < kSliceMs ? milliseconds - waited : kSliceMs);
    }
}

}  // namespace syncline::app
