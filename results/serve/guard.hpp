#pragma once

#include <optional>
#include <string>

#include "results/serve/web.hpp"

namespace rnnbench {

/// Who may ask.
struct Access {
  std::string address = "127.0.0.1";  ///< that the server listens at
  int port = 0;
  std::string token;  ///< "": none is needed
};

/// Whether an address is of this machine alone: 127.0.0.0/8, ::1, localhost.
bool is_loopback(const std::string& address);

/// The name of the cookie that keeps the token: cookies of all ports of a machine are one heap.
std::string token_cookie(int port);

/// Compares in a time that depends on the lengths alone.
bool is_same_secret(const std::string& given, const std::string& expected);

/// Why a request is refused: its Host is none of the server's (a page of another name that resolves to this
/// address: DNS rebinding), another site's form sent it, or the token is missing or wrong; nothing where it
/// may pass.
std::optional<WebResponse> refuse(const WebRequest& request, const Access& access);

/// Of every answer: nothing is loaded from elsewhere, no inline script, no frame around it, no guessing of
/// types.
std::vector<std::pair<std::string, std::string>> security_headers();

}  // namespace rnnbench
