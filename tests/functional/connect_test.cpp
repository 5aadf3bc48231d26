// `connect` asks what it was not told, on a terminal as people have one. The key is never shown.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>

#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kOdooKey = "canaryOdoo51c7aa90e2";
constexpr const char* kPlaneKey = "canaryPlane9b03d4f671";

// The program on a terminal of its own. What is on the screen is what it wrote and what the terminal echoed.
class OnTerminal {
public:
    explicit OnTerminal(const Arguments& arguments) {
        pid_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (pid_ != 0) return;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::vector<char*> argv = {const_cast<char*>(SYNCLINE_BINARY)};
        for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        std::signal(SIGINT, SIG_DFL);  // whoever runs the tests in the background ignores it, and that is inherited
        execv(SYNCLINE_BINARY, argv.data());
        _exit(127);
    }
    ~OnTerminal() {
        if (pid_ > 0) kill(pid_, SIGKILL), waitpid(pid_, nullptr, 0);
        close(terminal_);
    }
    OnTerminal(const OnTerminal&) = delete;
    OnTerminal& operator=(const OnTerminal&) = delete;

    // Waits until `question` stands on the screen, then types.
    bool answer(const std::string& question, const std::string& text) {
        const Clock::time_point deadline = Clock::now() + kRunLimit;
        while (screen_.find(question, read_to_) == std::string::npos) {
            if (Clock::now() >= deadline || !read_some()) return false;
        }
        read_to_ = screen_.size();
        ++questions_;
        return write(terminal_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    }
    bool echoes() const {
        termios state{};
        return tcgetattr(terminal_, &state) == 0 && (state.c_lflag & ECHO) != 0;
    }
    // Its wait status; that of a killed one when it did not end.
    int wait() {
        const Clock::time_point deadline = Clock::now() + kRunLimit;
        bool held = true;
        while (held && Clock::now() < deadline) held = read_some();
        if (held) kill(pid_, SIGKILL);
        int status = -1;
        waitpid(pid_, &status, 0);
        pid_ = -1;
        return status;
    }
    const std::string& screen() const { return screen_; }
    int questions() const { return questions_; }

private:
    // False once nobody holds the terminal any more.
    bool read_some() {
        pollfd file{terminal_, POLLIN, 0};
        if (poll(&file, 1, 200) == 0) return true;
        char buffer[4096];
        const ssize_t got = read(terminal_, buffer, sizeof buffer);
        if (got > 0) screen_.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    }
    pid_t pid_ = -1;
    int terminal_ = -1;
    std::string screen_;
    std::size_t read_to_ = 0;
    int questions_ = 0;
};

class ConnectAsks : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world = new World(kOdooKey, kPlaneKey, 4); }
    static void TearDownTestSuite() {
        delete world;
        world = nullptr;
    }
    void expect_connected(OnTerminal& terminal, const char* key) {
        const int status = terminal.wait();
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << terminal.screen();
        EXPECT_NE(terminal.screen().find("connected"), std::string::npos) << terminal.screen();
        EXPECT_EQ(terminal.screen().find(key), std::string::npos) << "the key was shown:\n" << terminal.screen();
    }

    static World* world;
    const Folder folder_;
    const std::string home_ = folder_.path() + "/asked";
};
World* ConnectAsks::world = nullptr;

TEST_F(ConnectAsks, FiveQuestionsConnectBothSides) {
    OnTerminal odoo({"connect", "odoo", "--home", home_});
    EXPECT_TRUE(odoo.answer("Odoo's address: ", world->odoo_url + "\n")) << odoo.screen();
    EXPECT_TRUE(odoo.answer("API key", std::string(kOdooKey) + "\n")) << odoo.screen();
    expect_connected(odoo, kOdooKey);
    EXPECT_NE(odoo.screen().find(world->odoo_url), std::string::npos) << "what is no secret is shown as it is typed";
    EXPECT_NE(odoo.screen().find("connect plane"), std::string::npos) << "the next step";

    OnTerminal plane({"connect", "plane", "--home", home_, "--calls-per-minute", "0"});
    EXPECT_TRUE(plane.answer("Plane's address", world->plane_url + "\n")) << plane.screen();
    EXPECT_TRUE(plane.answer("Workspace", "acme\n")) << plane.screen();
    EXPECT_TRUE(plane.answer("API key", std::string(kPlaneKey) + "\n")) << plane.screen();
    expect_connected(plane, kPlaneKey);
    EXPECT_NE(plane.screen().find("plan"), std::string::npos);
    EXPECT_LE(odoo.questions() + plane.questions(), 5);

    const Ran synced = run({"sync", "--json", "--home", home_});
    EXPECT_EQ(synced.exit_code, 0) << synced.error;
    EXPECT_GE(json::integer_or(synced.json(), "created"), 4);
}

TEST_F(ConnectAsks, AWrongKeyIsRefusedAndNotShownEither) {
    OnTerminal odoo({"connect", "odoo", world->odoo_url, "--home", home_});
    EXPECT_TRUE(odoo.answer("API key", "canaryWrong0000\n")) << odoo.screen();
    const int status = odoo.wait();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 5) << odoo.screen();
    EXPECT_EQ(odoo.screen().find("canaryWrong"), std::string::npos) << odoo.screen();
    EXPECT_EQ(run({"sync", "--home", home_}).exit_code, 4) << "nothing was kept";
}

TEST_F(ConnectAsks, CtrlCAtTheKeyLeavesAnEchoingTerminal) {
    OnTerminal odoo({"connect", "odoo", world->odoo_url, "--home", home_});
    EXPECT_TRUE(odoo.answer("API key", "")) << odoo.screen();
    EXPECT_FALSE(odoo.echoes()) << "the terminal echoes while the key is asked for";
    EXPECT_TRUE(odoo.answer("", "canaryHalf\x03"));
    const int status = odoo.wait();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << odoo.screen();
    EXPECT_TRUE(odoo.echoes()) << "the terminal was left silent";
    EXPECT_EQ(odoo.screen().find("canaryHalf"), std::string::npos) << odoo.screen();
}

}  // namespace
}  // namespace syncline::testing
