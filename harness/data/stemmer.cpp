#include "harness/data/stemmer.hpp"

#include <fmt/format.h>
#include <libstemmer.h>

#include <limits>
#include <new>

#include "harness/core/error.hpp"

namespace rnnbench {

void Stemmer::Free::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(const std::string& algorithm) : stemmer_(sb_stemmer_new(algorithm.c_str(), "UTF_8")) {
  if (stemmer_ == nullptr)
    throw ConfigError(fmt::format("no stemming algorithm '{}'; known: porter, english", algorithm));
}

std::string_view Stemmer::stem(std::string_view word) const {
  if (word.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return word;
  const sb_symbol* stemmed = sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                                             static_cast<int>(word.size()));
  if (stemmed == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace rnnbench
