#include "profile/html.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace syncline::profile {
namespace {

// Pairs that Plane's server was seen to store for what it was sent, and others that show the same.
TEST(CanonicalHtml, WhatPlaneAddsDoesNotCount) {
    const std::pair<const char*, const char*> pairs[] = {
        {"just text", "<p>just text</p>"},
        {"<p>a</p><p>b</p>", "<div><p>a</p><p>b</p></div>"},
        {"<h1>T</h1><p onclick=\"x()\">a &amp; b<br>\u00e9 <a href=\"javascript:alert(1)\">bad</a> "
         "<a href=\"https://x.y/?a=1&amp;b=2\">ok</a></p><ul><li>1</li></ul><table><tr><td>c</td></tr></table>"
         "<img src=\"http://x/y.png\" style=\"width:10px\">",
         "<div><h1>T</h1><p>a &amp; b<br>\u00e9 <a rel=\"noopener noreferrer\">bad</a> "
         "<a href=\"https://x.y/?a=1&amp;b=2\" rel=\"noopener noreferrer\">ok</a></p><ul><li>1</li></ul>"
         "<table><tbody><tr><td>c</td></tr></tbody></table><img src=\"http://x/y.png\" style=\"width:10px\"></div>"},
        {"<p>a</p><p><br></p><p></p>", "<p>a</p>"},
        {"<p>a  b\n c</p>", "<p> a b c </p>"},
        {"<p><b>a </b> b</p>", "<p><b>a </b>b</p>"},
        {"<img alt='x' src='/y'>", "<img src=\"/y\" alt=\"x\">"},
        {"<p>caf&eacute; &quot;x&quot;</p>", "<p>café \"x\"</p>"},
        {"<ul>\n <li>a</li>\n <li>b</li>\n</ul>", "<ul><li>a</li><li>b</li></ul>"},
        {"<p>a</p><script>x()</script><!-- note -->", "<p>a</p>"},
        {"<p data-oe-version=\"2.0\">a</p>", "<p>a</p>"},
        {"", "<p></p>"},
        {"<p>&nbsp;</p>", "<div><br></div>"},
    };
    for (const auto& [one, other] : pairs) EXPECT_EQ(canonical_html(one), canonical_html(other)) << one;
    EXPECT_EQ(canonical_html("<p><br></p>"), "");
    EXPECT_EQ(canonical_html("plain & <i>simple</i>"), "<p>plain &amp; <i>simple</i></p>");
}

TEST(CanonicalHtml, WhatAReaderSeesCounts) {
    const std::pair<const char*, const char*> pairs[] = {
        {"<p>a</p><p>b</p>", "<p>ab</p>"},
        {"<p>a b</p>", "<p>ab</p>"},
        {"<p><b>a</b></p>", "<p>a</p>"},
        {"<pre>a  b</pre>", "<pre>a b</pre>"},
        {"<p>a</p><img src=\"/x\">", "<p>a</p>"},
        {"<p><br></p><p>a</p>", "<p>a</p>"},
        {"<mention-component id=\"1\"></mention-component>", "<mention-component id=\"2\"></mention-component>"},
        {"<a href=\"https://a\">x</a>", "<a href=\"https://b\">x</a>"},
    };
    for (const auto& [one, other] : pairs) EXPECT_NE(canonical_html(one), canonical_html(other)) << one;
}

std::string random_html(Random& random) {
    static const char* kPieces[] = {"<p>",
                                    "</p>",
                                    "<div>",
                                    "</div>",
                                    "<b>",
                                    "</b>",
                                    "<i>",
                                    "</i>",
                                    "a",
                                    " ",
                                    "\n",
                                    "b &amp;",
                                    "<br>",
                                    "&nbsp;",
                                    "<ul>",
                                    "<li>",
                                    "</ul>",
                                    "<pre>",
                                    "</pre>",
                                    "<table>",
                                    "<tr><td>",
                                    "</table>",
                                    "<a href='/x'>",
                                    "</a>",
                                    "é",
                                    "<h2>",
                                    "</h2>",
                                    "<span class=''>",
                                    "</span>",
                                    "<!-- c -->",
                                    "<",
                                    ">",
                                    "<img src=x>",
                                    "&lt;"};
    std::string html;
    for (std::uint64_t n = random.below(14); n > 0; --n) html += kPieces[random.below(std::size(kPieces))];
    return html;
}

TEST(CanonicalHtml, IsItsOwnCanonicalForm) {
    SeededRandom random(7);
    for (int i = 0; i < 20000; ++i) {
        const std::string html = random_html(random);
        const std::string once = canonical_html(html);
        ASSERT_EQ(canonical_html(once), once) << html;
        ASSERT_EQ(html_to_text(once), html_to_text(html)) << html;
    }
}

TEST(CanonicalHtml, SurvivesHostileNesting) {
    std::string deep;
    for (int i = 0; i < 200'000; ++i) deep += "<div>";
    EXPECT_EQ(canonical_html(deep + "x"), "<p>x</p>");
    std::string formatting;
    for (int i = 0; i < 900; ++i) formatting += "<b id=" + std::to_string(i) + ">";
    for (int i = 0; i < 20'000; ++i) formatting += "<p>x";
    EXPECT_FALSE(canonical_html(formatting).empty());
}

TEST(SanitizeHtml, KeepsTextAndDropsDanger) {
    const std::pair<const char*, const char*> cases[] = {
        {"<p onclick=\"x()\">a</p><script>x()</script>", "<p>a</p>"},
        {"<a href=\"java\tscript:x()\">a</a>", "<a>a</a>"},
        {"<a href=\"https://x\" target=\"_blank\">a</a>", "<a href=\"https://x\" target=\"_blank\">a</a>"},
        {"<img src=\"data:image/svg+xml;base64,AA\">", "<img>"},
        {"<custom-thing><b>a</b></custom-thing>", "<b>a</b>"},
        {"<p style=\"background:url(http://x)\">a</p>", "<p>a</p>"},
        {"<iframe src=\"https://x\"></iframe>b", "b"},
    };
    for (const auto& [html, expected] : cases) EXPECT_EQ(sanitize_html(html), expected) << html;
}

TEST(HtmlText, ReadsAsAReaderWould) {
    EXPECT_EQ(html_to_text("<h1>T</h1><p>a<br>b &lt;c&gt;</p><ul><li>1</li><li>2</li></ul>"), "T\na\nb <c>\n1\n2");
    EXPECT_EQ(html_to_text("<table><tr><td>a</td><td>b</td></tr></table>"), "a b");
    EXPECT_EQ(html_to_text(escape_html("1 < 2 & \"x\"")), "1 < 2 & \"x\"");
}

}  // namespace
}  // namespace syncline::profile
