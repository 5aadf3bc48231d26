#include "sim/plane/server.hpp"

#include <gtest/gtest.h>
