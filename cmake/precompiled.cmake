# What nearly every file includes, compiled once for the product and once, less optimised and with GoogleTest, for the
# tests. A file says all the same what it needs: the preset `debug` compiles each file alone and without this.
set(SYNCLINE_COMMON_HEADERS <algorithm> <array> <chrono> <functional> <map> <memory> <mutex> <optional> <set> <span>
    <string> <string_view> <thread> <vector> <fmt/format.h> <boost/json.hpp>)

# How these are linked decides how they are read, so it is said to all who read them.
target_link_libraries(syncline_options INTERFACE fmt::fmt Boost::json)

# GCC 12 gives false alarms inside its own std::string, and does not silence them where that is precompiled.
if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    target_compile_options(syncline_options INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
        -Wno-stringop-overread)
endif()

file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "// Made by the build.\n")
foreach(kind product tests)
    add_library(syncline_precompiled_${kind} STATIC ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(syncline_precompiled_${kind} PRIVATE syncline_options)
    target_precompile_headers(syncline_precompiled_${kind} PRIVATE ${SYNCLINE_COMMON_HEADERS})
endforeach()
target_precompile_headers(syncline_precompiled_tests PRIVATE <gtest/gtest.h>)
target_link_libraries(syncline_precompiled_tests PRIVATE GTest::gtest)
target_compile_options(syncline_precompiled_tests PRIVATE ${SYNCLINE_TEST_OPTIMISATION})
