#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// What is asked of the site and what it answers, without sockets.

struct UrlQuery {
  std::multimap<std::string, std::string> values;

  /// The first value, or `otherwise` where there is none or it is empty, as of a field that was left so.
  std::string get(const std::string& name, const std::string& otherwise = {}) const;
  std::vector<std::string> all(const std::string& name) const;
  bool has(const std::string& name) const { return values.contains(name); }
  /// A whole number within [least, most]; `otherwise` where it isn't given. Throws ConfigError.
  std::int64_t number(const std::string& name, std::int64_t otherwise, std::int64_t least,
                      std::int64_t most) const;
  /// The same with one value changed; an empty one takes it away.
  UrlQuery with(const std::string& name, const std::string& value) const;
  /// "?a=1&b=2", or "".
  std::string text() const;
};

/// As it stands in an address; everything but letters, digits, -._~ is written as %XX.
std::string percent_encoded(std::string_view text);

/// "a=1&b=2" as a form sends it. What is no such text gives what can be read of it.
UrlQuery form_values(std::string_view body);

struct WebRequest {
  std::string method = "GET";
  std::string path = "/";
  UrlQuery query;
  std::string body;
  std::string body_type;      ///< Content-Type
  std::string host;           ///< header Host
  std::string authorization;  ///< header Authorization
  std::string cookie;         ///< header Cookie
  std::string origin;         ///< header Origin
  std::string fetch_site;     ///< header Sec-Fetch-Site: whose page asks
  std::string fetch_mode;     ///< header Sec-Fetch-Mode: "navigate" where a person opens the page
};

struct WebResponse {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

WebResponse html_response(std::string body, int status = 200);
WebResponse json_response(std::string body, int status = 200);

/// What is wrong in words: as JSON where the API was asked, else as plain text.
WebResponse plain_refusal(const std::string& path, int status, const std::string& why);

inline constexpr std::string_view kApi = "/api/v1/";

}  // namespace rnnbench
