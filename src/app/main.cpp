#include "app/program.hpp"
#include "base/memory.hpp"

int main(int argc, char** argv) {
    syncline::share_heaps();
    return syncline::app::run_program(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
