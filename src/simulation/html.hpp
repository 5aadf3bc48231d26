// What servers do to HTML on its way in, to plague those who compare it. The words stay.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace syncline::simulation {

// 0: none, which means Plane's own way. 1: every tag gets a class. 2: what is bold or slanted loses it, blanks are
// many. 3: it is wrapped once more each time that it is written. 4: entities and line ends are spelled otherwise.
std::function<std::string(std::string_view)> html_normaliser(int number);

}  // namespace syncline::simulation
