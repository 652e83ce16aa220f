#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace rnnbench {

/// A stemming algorithm of libstemmer; "porter" is Porter 1980, "english" his second version. Used from one
/// thread.
class Stemmer {
 public:
  /// Throws ConfigError for an unknown algorithm.
  explicit Stemmer(const std::string& algorithm);

  /// Valid until the next call.
  std::string_view stem(std::string_view word) const;

 private:
  struct Free {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Free> stemmer_;
};

}  // namespace rnnbench
