#include "simulation/html.hpp"

namespace syncline::simulation {

namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string with_classes(std::string_view html) {
    return replaced(std::string(html), "<p>", "<p class=\"editor-paragraph-block\">");
}

std::string flattened(std::string_view html) {
    std::string out(html);
    for (const std::string_view tag : {"<b>", "</b>", "<strong>", "</strong>", "<i>", "</i>", "<em>", "</em>"}) {
        out = replaced(std::move(out), tag, "");
    }
    return replaced(std::move(out), "</p><p>", "</p>\n\n   <p>");
}

std::string wrapped(std::string_view html) { return "<div>" + std::string(html) + "</div>"; }

std::string respelled(std::string_view html) {
    return replaced(replaced(std::string(html), "'", "&#39;"), "</p>", "</p>\r\n");
}

}  // namespace

std::function<std::string(std::string_view)> html_normaliser(int number) {
    switch (number) {
        case 1: return with_classes;
        case 2: return flattened;
        case 3: return wrapped;
        case 4: return respelled;
        default: return {};
    }
}

}  // namespace syncline::simulation
