#include "harness/data/word_lists.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/word_list_texts.hpp"

namespace rnnbench {
namespace {

WordList parse(const WordListText& source) {
  WordList list{source.name, {}, sha256_hex(source.text)};
  for (std::string_view left(source.text); !left.empty();) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    if (end > 0) list.words.insert(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return list;
}

const std::vector<WordList>& all_lists() {
  static const std::vector<WordList> lists = [] {
    std::vector<WordList> parsed;
    for (const WordListText& source : word_list_texts()) parsed.push_back(parse(source));
    return parsed;
  }();
  return lists;
}

}  // namespace

const WordList& word_list(std::string_view name) {
  for (const WordList& list : all_lists()) {
    if (list.name == name) return list;
  }
  throw ConfigError(fmt::format("no word list '{}'{}", name, suggestion(name, word_list_names())));
}

std::vector<std::string> word_list_names() {
  std::vector<std::string> names;
  for (const WordList& list : all_lists()) names.push_back(list.name);
  return names;
}

}  // namespace rnnbench
