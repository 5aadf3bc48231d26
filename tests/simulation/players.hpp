// Players for tests, each on a database of its own.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "pg/testing/pg_fixture.hpp"
#include "simulation/player.hpp"

namespace syncline::simulation {

inline std::string profile_text() {
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::unique_ptr<Player> new_player(Mutant mutant = Mutant::kNone, bool careful = false) {
    const Result<std::string> dsn = pg::testing::fresh_database();
    EXPECT_TRUE(dsn.ok());
    Result<std::unique_ptr<Player>> player = Player::open({*dsn, profile_text(), mutant, false, careful});
    EXPECT_TRUE(player.ok()) << (player ? "" : player.error().message);
    return player ? std::move(*player) : nullptr;
}

}  // namespace syncline::simulation
