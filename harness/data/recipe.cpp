#include "harness/data/recipe.hpp"

#include <algorithm>
#include <set>

#include "harness/core/error.hpp"
#include "harness/data/regex.hpp"
#include "harness/data/word_lists.hpp"

namespace rnnbench {
namespace {

constexpr long kMostVocabulary = 10'000'000;
constexpr long kMostLength = 10'000;
constexpr long kMostSpecialId = 1'000;

const std::vector<std::string> kEnds = {"front", "back"};

End end_of(const std::string& name) { return name == "front" ? End::kFront : End::kBack; }
const char* name_of(End end) { return end == End::kFront ? "front" : "back"; }

std::string read_pattern(SettingsReader& reader) {
  const std::string pattern = reader.text("pattern");
  if (pattern.empty()) reader.fail("pattern", "is empty; give a regular expression");
  thread_local std::set<std::string> known;  // the cells of a matrix share a few
  if (known.contains(pattern)) return pattern;
  try {
    const Regex compiles(pattern);
    known.insert(pattern);
  } catch (const ConfigError& error) {
    reader.fail("pattern", error.what());
  }
  return pattern;
}

std::string read_separator(SettingsReader& reader) {
  const std::string on = reader.text("on");
  const bool ascii = on.size() == 1 && static_cast<unsigned char>(on[0]) < 0x80;
  if (on != "whitespace" && !ascii) {
    reader.fail("on", "expected \"whitespace\" or one ASCII character, found \"" + on + "\"");
  }
  return on;
}

std::string read_word_list(SettingsReader& reader) {
  const std::string name = reader.choice("words", word_list_names(), "");
  const std::string recorded = reader.text_or("words_sha256", word_list(name).sha256);
  if (recorded != word_list(name).sha256) {
    reader.fail("words_sha256", "the list " + name + " has changed since this was recorded (then " +
                                    recorded + ", now " + word_list(name).sha256 +
                                    "); check out the revision of then");
  }
  return name;
}

RecipeStep read_step(SettingsReader reader) {
  RecipeStep step;
  step.kind = reader.choice("step", {"lower", "delete", "replace", "split", "drop", "stem"}, "");
  if (step.kind == "delete" || step.kind == "replace") step.argument = read_pattern(reader);
  if (step.kind == "replace") step.with = reader.text("with");
  if (step.kind == "split") step.argument = read_separator(reader);
  if (step.kind == "drop") step.argument = read_word_list(reader);
  if (step.kind == "stem") step.argument = reader.choice("algorithm", {"porter", "english"}, "");
  reader.finish();
  return step;
}

std::vector<RecipeStep> read_steps(SettingsReader& reader) {
  std::vector<RecipeStep> steps;
  bool split = false;
  for (SettingsReader& table : reader.tables("steps")) {
    const RecipeStep step = read_step(table);
    const bool on_tokens = step.kind == "drop" || step.kind == "stem";
    if (step.kind == "split" && split) table.fail("step", "a second split; a recipe has exactly one");
    if (split && !on_tokens && step.kind != "split") {
      table.fail("step", "'" + step.kind + "' changes the text; put it before the split");
    }
    if (!split && on_tokens) table.fail("step", "'" + step.kind + "' takes tokens; put it after the split");
    split = split || step.kind == "split";
    steps.push_back(step);
  }
  if (!split) reader.fail("steps", R"(no split; add { step = "split", on = "whitespace" })");
  return steps;
}

std::int32_t read_id(SettingsReader& ids, const std::string& key, std::int32_t fallback) {
  return static_cast<std::int32_t>(ids.integer_or(key, 0, kMostSpecialId, fallback));
}

void read_ids(SettingsReader ids, Recipe& recipe) {
  recipe.padding_id = read_id(ids, "padding", recipe.padding_id);
  if (ids.has("start")) recipe.start_id = read_id(ids, "start", recipe.start_id);
  recipe.unknown_id = read_id(ids, "unknown", recipe.unknown_id);
  recipe.first_word_id = read_id(ids, "first_word", recipe.first_word_id);
  ids.finish();
  if (recipe.unknown_id == recipe.padding_id) ids.fail("unknown", "the id of padding too; give it another");
  if (recipe.start_id == recipe.padding_id) ids.fail("start", "the id of padding too; give it another");
  if (recipe.start_id == recipe.unknown_id) ids.fail("start", "the id of unknown too; give it another");
  const std::int32_t largest = std::max({recipe.padding_id, recipe.start_id, recipe.unknown_id});
  if (recipe.first_word_id <= largest) {
    ids.fail("first_word", "must be larger than the special ids, at least " + std::to_string(largest + 1));
  }
}

Json to_json(const RecipeStep& step) {
  Json json = {{"step", step.kind}};
  if (step.kind == "delete" || step.kind == "replace") json["pattern"] = step.argument;
  if (step.kind == "replace") json["with"] = step.with;
  if (step.kind == "split") json["on"] = step.argument;
  if (step.kind == "drop") {
    json["words"] = step.argument;
    json["words_sha256"] = word_list(step.argument).sha256;
  }
  if (step.kind == "stem") json["algorithm"] = step.argument;
  return json;
}

}  // namespace

Recipe read_recipe(SettingsReader reader) {
  Recipe recipe;
  recipe.name = reader.text("name");
  reader.text_or("description", "");
  reader.text_or("source", "");
  recipe.steps = read_steps(reader);
  read_ids(reader.table("ids"), recipe);
  recipe.vocabulary =
      static_cast<int>(reader.integer("vocabulary", recipe.first_word_id + 1, kMostVocabulary));
  recipe.vocabulary_from_all = reader.choice("vocabulary_from", {"train", "all"}, "train") == "all";
  recipe.length = static_cast<int>(reader.integer("length", 1, kMostLength));
  recipe.padding = end_of(reader.choice("padding", kEnds, "back"));
  recipe.truncation = end_of(reader.choice("truncation", kEnds, "back"));
  reader.finish();
  return recipe;
}

Json to_json(const Recipe& recipe) {
  Json steps = Json::array();
  for (const RecipeStep& step : recipe.steps) steps.push_back(to_json(step));
  Json ids = {
      {"padding", recipe.padding_id}, {"unknown", recipe.unknown_id}, {"first_word", recipe.first_word_id}};
  if (recipe.start_id >= 0) ids["start"] = recipe.start_id;
  return {{"name", recipe.name},
          {"steps", std::move(steps)},
          {"vocabulary", recipe.vocabulary},
          {"vocabulary_from", recipe.vocabulary_from_all ? "all" : "train"},
          {"ids", std::move(ids)},
          {"length", recipe.length},
          {"padding", name_of(recipe.padding)},
          {"truncation", name_of(recipe.truncation)}};
}

}  // namespace rnnbench
