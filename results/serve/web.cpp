#include "results/serve/web.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
               hex_digit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(16 * hex_digit(text[i + 1]) + hex_digit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace

std::string UrlQuery::get(const std::string& name, const std::string& otherwise) const {
  const auto found = values.find(name);
  return found == values.end() || found->second.empty() ? otherwise : found->second;
}

std::vector<std::string> UrlQuery::all(const std::string& name) const {
  std::vector<std::string> found;
  const auto [first, last] = values.equal_range(name);
  for (auto at = first; at != last; ++at) found.push_back(at->second);
  return found;
}

std::int64_t UrlQuery::number(const std::string& name, std::int64_t otherwise, std::int64_t least,
                              std::int64_t most) const {
  const std::string text = get(name);
  if (text.empty()) return otherwise;
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value < least || value > most) {
    throw ConfigError(fmt::format("{} is a whole number from {} to {}, not '{}'", name, least, most,
                                  cut_to_width(visible_text(text), 40)));
  }
  return value;
}

UrlQuery UrlQuery::with(const std::string& name, const std::string& value) const {
  UrlQuery changed = *this;
  changed.values.erase(name);
  if (!value.empty()) changed.values.emplace(name, value);
  return changed;
}

std::string UrlQuery::text() const {
  std::string text;
  for (const auto& [name, value] : values)
    text += fmt::format("{}{}={}", text.empty() ? "?" : "&", percent_encoded(name), percent_encoded(value));
  return text;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain = "-._~";
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kPlain.find(c) != std::string_view::npos;
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

UrlQuery form_values(std::string_view body) {
  UrlQuery query;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view pair = body.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (!pair.empty()) {
      query.values.emplace(form_decoded(pair.substr(0, equals)),
                           equals == std::string_view::npos ? "" : form_decoded(pair.substr(equals + 1)));
    }
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return query;
}

WebResponse html_response(std::string body, int status) {
  WebResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

WebResponse json_response(std::string body, int status) {
  WebResponse response = html_response(std::move(body), status);
  response.type = "application/json";
  return response;
}

WebResponse plain_refusal(const std::string& path, int status, const std::string& why) {
  if (path.starts_with(kApi)) {
    const nlohmann::json json = {{"error", why}};
    return json_response(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n", status);
  }
  WebResponse response = html_response(why + "\n", status);
  response.type = "text/plain; charset=utf-8";
  return response;
}

}  // namespace rnnbench
