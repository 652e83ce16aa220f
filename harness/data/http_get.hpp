#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace rnnbench {

/// What a server says before the content (RFC 9110).
struct HttpAnswer {
  int status = 0;
  std::optional<std::int64_t> length;       ///< Content-Length
  std::optional<std::int64_t> range_start;  ///< first byte of Content-Range
  std::optional<std::int64_t> range_total;  ///< full length in Content-Range
};

/// Takes the answer of a request, says whether its content is wanted, and takes that piece by piece. What
/// they throw ends the transfer and comes out of http_get.
struct HttpReceiver {
  std::function<bool(const HttpAnswer&)> on_answer;
  std::function<void(std::string_view)> on_content;
};

/// GET of an http or https address from byte `from` on, following at most five redirects and none from
/// https to http; certificates are checked. Returns "" when the content came as long as was said, else why
/// it didn't. Throws ConfigError for an address it can't use, DataError for a redirect that leads nowhere
/// good, and Interrupted: at once when connected, else within ten seconds.
std::string http_get(const std::string& url, std::int64_t from, const HttpReceiver& receiver,
                     const std::stop_token& stop);

}  // namespace rnnbench
