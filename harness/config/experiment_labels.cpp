#include "harness/config/experiment_labels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/utf8.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kLongestTag = 100;
constexpr std::size_t kLongestNote = 10'000;

bool is_blank_or_control(unsigned char letter) { return letter <= 0x20 || letter == 0x7F; }

}  // namespace

std::vector<std::string> read_tags(SettingsReader& reader) {
  std::vector<std::string> tags;
  if (!reader.has("tags")) return tags;
  const std::string expected = "give a list of words, as in [\"paper\", \"lstm\"]";
  if (!reader.value("tags").is_array()) reader.fail("tags", expected);
  for (const Json& tag : reader.value("tags")) {
    if (!tag.is_string()) reader.fail("tags", fmt::format("{} is no tag; {}", tag.dump(), expected));
    require_tag(tag.get<std::string>(), reader.place("tags"));
    if (std::find(tags.begin(), tags.end(), tag) != tags.end()) {
      reader.fail("tags", fmt::format("{} stands there twice; take one out", tag.dump()));
    }
    tags.push_back(tag.get<std::string>());
  }
  return tags;
}

std::string read_note(SettingsReader& reader) {
  std::string note = reader.text_or("note", "");
  require_note(note, reader.place("note"));
  return note;
}

void require_tag(const std::string& tag, const std::string& place) {
  const bool is_word = !tag.empty() && std::none_of(tag.begin(), tag.end(), is_blank_or_control);
  if (is_word && tag.size() <= kLongestTag && is_utf8(tag)) return;
  throw ConfigError(
      fmt::format("{}: a tag is one word of at most {} bytes in UTF-8, without blanks", place, kLongestTag));
}

void require_note(const std::string& note, const std::string& place) {
  if (note.size() <= kLongestNote && is_utf8(note)) return;
  throw ConfigError(fmt::format("{}: a note has at most {} bytes of UTF-8; this one has {}", place,
                                kLongestNote, is_utf8(note) ? fmt::to_string(note.size()) : "other bytes"));
}

}  // namespace rnnbench
