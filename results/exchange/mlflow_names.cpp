#include "results/exchange/mlflow_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/sha256.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kTaken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. /";

std::string lower(std::string text) {
  for (char& letter : text)
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  return text;
}

/// Each part of a path that is empty or only dots is "_" instead.
std::string plain_path(const std::string& path) {
  std::string plain;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    plain += part.find_first_not_of('.') == std::string::npos ? "_" : part;
    if (end == path.size()) return plain;
    plain += '/';
    begin = end + 1;
  }
}

std::string allowed(const std::string& name) {
  std::string key;
  for (const char letter : first_bytes(name, kMlflowNameBytes)) {
    key += kTaken.find(letter) == std::string_view::npos ? '_' : letter;
  }
  return plain_path(key);
}

std::string with_digest(std::string key, const std::string& name) {
  const std::string digest = fmt::format("-{}", sha256_hex(name).substr(0, 8));
  key.resize(std::min(key.size(), kMlflowNameBytes - digest.size()));
  return key + digest;
}

}  // namespace

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  constexpr std::size_t kMostOfACharacter = 4;
  for (std::size_t back = 0; back < kMostOfACharacter && back <= most; ++back) {
    if ((static_cast<unsigned char>(text[most - back]) & 0xC0U) != 0x80U) return text.substr(0, most - back);
  }
  return text.substr(0, most);
}

bool MlflowNames::is_free(const std::string& key) const {
  const std::string wanted = lower(key);
  if (taken_.contains(wanted)) return false;
  for (std::size_t slash = wanted.find('/'); slash != std::string::npos;
       slash = wanted.find('/', slash + 1)) {
    if (taken_.contains(wanted.substr(0, slash))) return false;
  }
  const auto below = taken_.lower_bound(wanted + "/");
  return below == taken_.end() || !below->starts_with(wanted + "/");
}

std::string MlflowNames::take(const std::string& name) {
  std::string key = allowed(name);
  if (key != name) key = with_digest(key, name);
  if (!is_free(key)) {
    std::ranges::replace(key, '/', '_');
    key = with_digest(key, name);
  }
  taken_.insert(lower(key));
  if (key != name) changes_.push_back(fmt::format("{} -> {}", visible_text(name), key));
  return key;
}

}  // namespace rnnbench
