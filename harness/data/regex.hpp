#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace rnnbench {

/// A compiled PCRE2 regular expression (UTF, just-in-time compiled where the machine allows). Texts may
/// hold invalid UTF-8: it matches nothing and is kept. Used from one thread at a time.
class Regex {
 public:
  /// Throws ConfigError with PCRE2's message and the offset in `pattern`.
  explicit Regex(std::string pattern);
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  /// Writes `text` to `out` with every match replaced by `with`, taken literally. Empty matches don't
  /// count. Throws ConfigError where the pattern exceeds PCRE2's limits on `text`.
  void replace_all(std::string_view text, std::string_view with, std::string& out) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace rnnbench
