#include "record/link_key.hpp"

#include <gtest/gtest.h>

namespace syncline::record {
namespace {

TEST(LinkKey, RoundTrip) {
    for (const char* text : {"task/odoo/42", "objective/plane/4106db3a-c031-440d-8d83-e898297d887e", "user/odoo/a/b"}) {
        const Result<LinkKey> key = parse_link_key(text);
        ASSERT_TRUE(key.ok()) << text;
        EXPECT_EQ(key->text(), text);
    }
    EXPECT_EQ(parse_link_key("task/plane/7")->origin, Peer::kPlane);
}

TEST(LinkKey, RefusesOtherText) {
    for (const char* text : {"", "task", "task/", "task/odoo", "task/odoo/", "/odoo/1", "task/jira/1", "task//1"}) {
        EXPECT_FALSE(parse_link_key(text).ok()) << text;
    }
}

TEST(LinkKey, PeersHaveNames) {
    EXPECT_EQ(*parse_peer(to_string(Peer::kOdoo)), Peer::kOdoo);
    EXPECT_EQ(*parse_peer(to_string(Peer::kPlane)), Peer::kPlane);
    EXPECT_FALSE(parse_peer("Odoo").ok());
    EXPECT_EQ(other(Peer::kOdoo), Peer::kPlane);
}

}  // namespace
}  // namespace syncline::record
