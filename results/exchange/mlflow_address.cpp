#include "results/exchange/mlflow_address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

#include "harness/core/error.hpp"
#include "results/exchange/base64.hpp"

namespace rnnbench {
namespace {

constexpr const char* kRemedy =
    "give an address like http://127.0.0.1:5000 or https://user:password@host/path, characters of the "
    "password "
    "that have a meaning there as %40";

[[noreturn]] void refuse(const std::string& reason) {
  throw ConfigError(fmt::format("--mlflow: {}; {}", reason, kRemedy));
}

/// "a%40b" is "a@b".
std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    unsigned char byte = 0;
    const std::string_view digits = text.substr(i + 1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2)
      refuse("a % in it is no character");
    plain += static_cast<char>(byte);
    i += 2;
  }
  return plain;
}

std::string basic(const std::string& user_and_password) { return "Basic " + base64(user_and_password); }

std::string from_environment(const EnvironmentLookup& environment) {
  const std::string user = environment("MLFLOW_TRACKING_USERNAME"),
                    password = environment("MLFLOW_TRACKING_PASSWORD");
  if (!user.empty()) return basic(user + ":" + password);
  const std::string token = environment("MLFLOW_TRACKING_TOKEN");
  return token.empty() ? "" : "Bearer " + token;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char letter) { return letter > ' ' && letter < 0x7F; });
}

void check_host(std::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (host.empty() || colon == 0) refuse("it names no host");
  if (colon == std::string_view::npos) return;
  unsigned short port = 0;
  const char* end = host.data() + host.size();
  const auto [last, error] = std::from_chars(host.data() + colon + 1, end, port);
  if (error != std::errc() || last != end || port == 0) refuse("its port is no number from 1 to 65535");
}

}  // namespace

MlflowAddress mlflow_address(const std::string& url, const EnvironmentLookup& environment) {
  const std::size_t scheme = url.starts_with("http://") ? 7 : url.starts_with("https://") ? 8 : 0;
  if (scheme == 0) refuse("only http:// and https:// lead to a server");
  if (!is_plain(url)) refuse("there is a space or another character in it that no address has");
  if (url.find_first_of("?#") != std::string::npos) refuse("there is a ? or # in it");
  const std::size_t slash = std::min(url.find('/', scheme), url.size());
  std::string host = url.substr(scheme, slash - scheme);
  MlflowAddress address{"", url.substr(slash), from_environment(environment)};
  while (address.path.ends_with('/')) address.path.pop_back();
  const std::size_t at = host.rfind('@');
  if (at != std::string::npos) {
    const std::size_t colon = std::min(host.find(':'), at);
    const std::string password = colon < at ? host.substr(colon + 1, at - colon - 1) : "";
    address.authorization = basic(decoded(host.substr(0, colon)) + ":" + decoded(password));
    host = host.substr(at + 1);
  }
  check_host(host);
  address.origin = url.substr(0, scheme) + host;
  return address;
}

MlflowAddress mlflow_address(const std::string& url) {
  return mlflow_address(url, [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  });
}

}  // namespace rnnbench
