#pragma once

#include <string>

namespace rnnbench {

/// A text as a field of CSV (RFC 4180): quoted where it has to be, and where it is empty, so that it differs
/// from NULL, of which nothing is written.
std::string csv_field(const std::string& text);

}  // namespace rnnbench
