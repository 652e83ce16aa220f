#include "results/serve/guard.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rnnbench {
namespace {

constexpr std::string_view kBearer = "bearer ";

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// "[::1]:8000" → "[::1]", "localhost:8000" → "localhost"; lower case.
std::string host_name(const std::string& as_sent) {
  std::string host = lower_case(as_sent);
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) host.resize(colon);
  return host;
}

bool is_own_name(const std::string& host, const Access& access) {
  const std::string name = host_name(host);
  if (name == "localhost" || name == "127.0.0.1" || name == "[::1]" || name == access.address) return true;
  // At another address the machine's names aren't known; the token stands between then.
  return !is_loopback(access.address) && !name.empty();
}

bool has_port(const std::string& host, int port) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  const bool named = colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
  return named ? host.substr(colon + 1) == std::to_string(port) : port == 80;
}

/// In a header, the address or a cookie: an old cookie must not stand in the way of a new address.
bool has_token(const WebRequest& request, const Access& access) {
  const std::string scheme =
      lower_case(request.authorization.substr(0, kBearer.size()));  // RFC 9110, section 11.1
  if (scheme == kBearer && is_same_secret(request.authorization.substr(kBearer.size()), access.token))
    return true;
  if (is_same_secret(request.query.get("token"), access.token)) return true;
  const std::string name = token_cookie(access.port) + "=";
  for (std::size_t at = request.cookie.find(name); at != std::string::npos;
       at = request.cookie.find(name, at + 1)) {
    const std::size_t begin = at + name.size();
    if (is_same_secret(request.cookie.substr(begin, request.cookie.find(';', begin) - begin), access.token))
      return true;
  }
  return false;
}

}  // namespace

std::string token_cookie(int port) { return "rnnbench_token_" + std::to_string(port); }

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

bool is_same_secret(const std::string& given, const std::string& expected) {
  unsigned char different = given.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char other = expected.empty() ? '\0' : expected[i % expected.size()];
    different = static_cast<unsigned char>(different | (given[i] ^ other));
  }
  return different == 0;
}

std::optional<WebResponse> refuse(const WebRequest& request, const Access& access) {
  if (!is_own_name(request.host, access) || !has_port(request.host, access.port))
    return plain_refusal(request.path, 421,
                         "this server is not called so; open the address that rnnbench serve printed");
  if (!request.origin.empty() && request.origin != "http://" + request.host)
    return plain_refusal(request.path, 403, "a page of another site sent this");
  // Links from elsewhere are followed; pictures, scripts and frames of other pages only cost us work.
  const bool is_elsewhere = request.fetch_site == "cross-site" || request.fetch_site == "same-site";
  if (is_elsewhere && request.fetch_mode != "navigate")
    return plain_refusal(request.path, 403, "a page of another site asks for this");
  if (!access.token.empty() && !has_token(request, access))
    return plain_refusal(
        request.path, 401,
        "the token is missing or wrong: open the address that rnnbench serve printed, or send "
        "Authorization: Bearer TOKEN");
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> security_headers() {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
       "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"}};
}

}  // namespace rnnbench
