#include "app/program.hpp"

int main(int argc, char** argv) {
    return syncline::app::run_program(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
