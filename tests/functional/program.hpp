// The program as a child process: run to its end, or kept running beside the test.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::testing {

struct Ran {
    int exit_code = -1;  // -1: killed by a signal, or by us after the limit
    std::string out;
    std::string error;
    json::Value json() const;       // standard output as one JSON value; fails the test when it is none
    std::string last_line() const;  // of standard output
};

using Arguments = std::vector<std::string>;
inline constexpr std::chrono::seconds kRunLimit{120};

Ran run(const Arguments& arguments, const std::string& input = {}, const Arguments& environment = {});

// Running beside the test; killed with it.
class Running {
public:
    explicit Running(const Arguments& arguments);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    pid_t pid() const { return pid_; }
    // The next line of its standard output that holds `part`; "" when it ends or the limit passes first.
    std::string wait_for(const std::string& part, std::chrono::seconds limit = kRunLimit);
    void signal(int number);
    bool ended() const;  // of itself; wait() then tells how
    // Its exit code; -1 when it was killed.
    int wait(std::chrono::seconds limit = kRunLimit);
    const std::string& output() const { return output_; }

private:
    bool read_some(std::chrono::milliseconds limit);
    pid_t pid_ = -1;
    int out_ = -1;
    std::size_t seen_ = 0;
    std::string output_;
};

// A folder of its own, gone with the object.
class Folder {
public:
    Folder();
    ~Folder();
    const std::string& path() const { return path_; }
    std::string file(const std::string& name, const std::string& text) const;

private:
    std::string path_;
};

// Command lines of all processes that mention `text`, this one's own excepted.
std::vector<std::string> processes_mentioning(const std::string& text);
// The same once they have had time to end.
std::vector<std::string> processes_left(const std::string& text);

// Both simulated peers, and a home that is connected to them.
struct World {
    explicit World(const std::string& odoo_key = "odoo-key-of-a-test",
                   const std::string& plane_key = "plane-key-of-a-test", int tasks = 16, std::string store = {});
    Ran syncline(Arguments arguments, const Arguments& environment = {}) const;
    // Adds to the settings.
    void configure(const std::string& toml) const;

    Folder folder;
    std::string home;
    std::string store;  // a DSN; "" = the private one
    std::string odoo_key_file;
    std::string plane_key_file;
    std::string hook_secret_file;  // what the simulated Plane signs with
    int hook_port;                 // where it tells what happens: /hooks/plane/main
    std::unique_ptr<Running> odoo;
    std::unique_ptr<Running> plane;
    std::string odoo_url;
    std::string plane_url;
};

}  // namespace syncline::testing
