#include "harness/data/http_get.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <charconv>
#include <chrono>
#include <exception>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr int kMostRedirects = 5;
constexpr std::chrono::seconds kConnectTimeout{10};
constexpr std::chrono::seconds kReadTimeout{30};
constexpr std::string_view kHttp = "http://";
constexpr std::string_view kHttps = "https://";

/// "https://host:1/a?b" is origin "https://host:1" and path "/a?b".
struct Address {
  std::string origin;
  std::string path;
};

Address parse_address(const std::string& url) {
  const std::size_t scheme = url.starts_with(kHttps)  ? kHttps.size()
                             : url.starts_with(kHttp) ? kHttp.size()
                                                      : std::string::npos;
  if (scheme == std::string::npos || url.size() == scheme) {
    throw ConfigError(fmt::format("can't fetch from '{}'; an http or https address is needed", url));
  }
  const std::size_t slash = std::min(url.find('/', scheme), url.size());
  return {url.substr(0, slash), slash == url.size() ? "/" : url.substr(slash)};
}

std::string resolve(const Address& from, const std::string& location) {
  return location.starts_with('/') ? from.origin + location : location;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

HttpAnswer answer_of(const httplib::Response& response) {
  HttpAnswer answer;
  answer.status = response.status;
  answer.length = number(response.get_header_value("Content-Length"));
  const std::string range = response.get_header_value("Content-Range");  // bytes FIRST-LAST/TOTAL
  const std::size_t dash = range.find('-');
  const std::size_t slash = range.find('/');
  if (range.starts_with("bytes ") && dash != std::string::npos && slash != std::string::npos) {
    answer.range_start = number(std::string_view(range).substr(6, dash - 6));
    answer.range_total = number(std::string_view(range).substr(slash + 1));
  }
  return answer;
}

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

struct Hop {
  std::string failure;
  std::string redirect;
};

Hop get_once(const Address& address, std::int64_t from, const HttpReceiver& receiver,
             const std::stop_token& stop) {
  httplib::Client client(address.origin);
  client.set_connection_timeout(kConnectTimeout);
  client.set_read_timeout(kReadTimeout);
  client.set_decompress(false);
  const std::stop_callback break_off(stop, [&] { client.stop(); });
  httplib::Headers headers = {{"User-Agent", "rnnbench"}, {"Accept-Encoding", "identity"}};
  if (from > 0) headers.emplace("Range", fmt::format("bytes={}-", from));

  Hop hop;
  std::exception_ptr thrown;  // an exception through httplib's frames would leave its client locked
  const auto guarded = [&](const auto& action) {
    try {
      if (stop.stop_requested()) throw Interrupted();
      action();
      return true;
    } catch (...) {
      thrown = std::current_exception();
      return false;
    }
  };
  const httplib::Result result = client.Get(
      address.path, headers,
      [&](const httplib::Response& response) {
        if (is_redirect(response.status)) {
          hop.redirect = resolve(address, response.get_header_value("Location"));
          return false;
        }
        bool wanted = true;
        return guarded([&] { wanted = receiver.on_answer(answer_of(response)); }) && wanted;
      },
      [&](const char* data, std::size_t size) {
        return guarded([&] { receiver.on_content({data, size}); });
      });
  if (thrown) std::rethrow_exception(thrown);
  if (stop.stop_requested()) throw Interrupted();
  if (!result && hop.redirect.empty()) {
    hop.failure =
        fmt::format("{}: connection failed ({})", address.origin, httplib::to_string(result.error()));
  }
  return hop;
}

}  // namespace

std::string http_get(const std::string& url, std::int64_t from, const HttpReceiver& receiver,
                     const std::stop_token& stop) {
  std::string current = url;
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    const Hop hop = get_once(parse_address(current), from, receiver, stop);
    if (hop.redirect.empty()) return hop.failure;
    if (current.starts_with(kHttps) && !hop.redirect.starts_with(kHttps)) {
      throw DataError(fmt::format("{} leads to {}, which isn't encrypted; refused", current, hop.redirect));
    }
    current = hop.redirect;
  }
  throw DataError(fmt::format("{}: more than {} redirects; check the address", url, kMostRedirects));
}

}  // namespace rnnbench
