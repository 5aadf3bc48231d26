// Descriptions on their way in.
#include "sim/plane/detail/html.hpp"

#include <gtest/gtest.h>

#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

struct Treatment {
    std::string given, kept;
};

TEST(PlaneHtml, TheApisTreatment) {
    const std::vector<Treatment> cases = {
        {"<p>Do <b>it</b><script>alert(1)</script></p>", "<p>Do <b>it</b></p>"},
        {"just text", "<p>just text</p>"},
        {"a & b < c", "<p>a &amp; b &lt; c</p>"},
        {"a <b>b</b> c", "<p>a <b>b</b> c</p>"},
        {"<b>b</b> c", "<span><b>b</b> c</span>"},
        {"<b>b</b>", "<b>b</b>"},
        {"text<p>para</p>", "<div><p>text</p><p>para</p></div>"},
        {"<p>a</p><p>b</p>", "<div><p>a</p><p>b</p></div>"},
        {"<p>a</p>", "<p>a</p>"},
        {"<div><p>a</p><p>b</p></div>", "<div><p>a</p><p>b</p></div>"},
        {"<h1>T</h1><p onclick=\"x()\">a &amp; b<br>é <a href=\"javascript:alert(1)\">bad</a> "
         "<a href=\"https://x.y/?a=1&amp;b=2\">ok</a></p><ul><li>1</li></ul><table><tr><td>c</td></tr></table>"
         "<img src=\"http://x/y.png\" style=\"width:10px\">",
         "<div><h1>T</h1><p>a &amp; b<br>é <a rel=\"noopener noreferrer\">bad</a> "
         "<a href=\"https://x.y/?a=1&amp;b=2\" rel=\"noopener noreferrer\">ok</a></p><ul><li>1</li></ul>"
         "<table><tbody><tr><td>c</td></tr></tbody></table><img src=\"http://x/y.png\" style=\"width:10px\"></div>"},
        {"<p class=\"editor-paragraph-block\">x</p>", "<p class=\"editor-paragraph-block\">x</p>"},
        {"<p>a<!-- c --></p>", "<p>a</p>"},
        {"<p><a href=\"mailto:a@b\" target=\"_blank\" rel=\"x\">m</a></p>",
         "<p><a href=\"mailto:a@b\" target=\"_blank\" rel=\"noopener noreferrer\">m</a></p>"},
        {"<p><a href=\"/rel\">r</a></p>", "<p><a href=\"/rel\" rel=\"noopener noreferrer\">r</a></p>"},
        {"<p><blink>x</blink><font color=\"red\">y</font></p>", "<p>xy</p>"},
        {"<p><a href=\" java\tscript:x\">y</a></p>", "<p><a rel=\"noopener noreferrer\">y</a></p>"},
        {"<mention-component id=\"1\" entity_name=\"user\" x=\"y\"></mention-component>",
         "<mention-component id=\"1\" entity_name=\"user\"></mention-component>"},
        {"<p>\xC2\xA0</p>", "<p>&nbsp;</p>"},
    };
    for (const Treatment& each : cases) {
        const auto kept = api_html(each.given);
        ASSERT_TRUE(kept.has_value()) << each.given;
        EXPECT_EQ(*kept, each.kept) << each.given;
        // What the server gives back, it takes as it is.
        EXPECT_EQ(*api_html(*kept), *kept) << each.given;
    }
    EXPECT_FALSE(api_html("").has_value());
    EXPECT_FALSE(api_html(" \n").has_value());
    EXPECT_EQ(strip_tags("<p>Do <b>it</b> &amp; go</p>"), "Do it & go");
}

TEST(PlaneHtml, AnotherSanitiserCanBeAskedFor) {
    PlaneOptions options;
    options.sanitizer = [](std::string_view html) { return "<i>" + std::string(html.substr(0, 4)) + "</i>"; };
    Api api(options);
    const std::string p = api.project() + "work-items/";
    const Reply made = api.post(p, R"({"name":"a","description_html":"<p>text</p>"})");
    EXPECT_EQ(made.text("description_html"), "<i><p>t</i>");
    EXPECT_EQ(api.patch(p + made.text("id") + "/", R"({"description_html":""})").status, 400);
    api.server.set_sanitizer({});
    EXPECT_EQ(api.patch(p + made.text("id") + "/", R"({"description_html":"<p>text</p>"})").text("description_html"),
              "<p>text</p>");
}

}  // namespace
}  // namespace syncline::sim::plane
