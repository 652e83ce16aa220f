#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Reads `tags`, a list of distinct words; none where it is missing. Throws ConfigError.
std::vector<std::string> read_tags(SettingsReader& reader);

/// Reads `note`, a text; "" where it is missing. Throws ConfigError.
std::string read_note(SettingsReader& reader);

/// Throws ConfigError, at `place`, for a tag that is no word of at most 100 bytes of UTF-8: lists join tags
/// by blanks.
void require_tag(const std::string& tag, const std::string& place);

/// Throws ConfigError, at `place`, for a note of more than 10,000 bytes or that is no UTF-8.
void require_note(const std::string& note, const std::string& place);

}  // namespace rnnbench
