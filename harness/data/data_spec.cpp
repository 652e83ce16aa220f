#include "harness/data/data_spec.hpp"

#include <cmath>
#include <limits>
#include <vector>

namespace rnnbench {
namespace {

constexpr long kMostReviews = 1'000'000'000;
const std::vector<std::string> kKinds = {"official", "in_order", "shuffled"};

const char* name_of(SplitKind kind) { return kKinds[static_cast<std::size_t>(kind)].c_str(); }

std::uint64_t read_seed(SettingsReader& reader) {
  return static_cast<std::uint64_t>(reader.integer_or("seed", 0, std::numeric_limits<long>::max(), 0));
}

SplitSpec read_split(SettingsReader reader) {
  SplitSpec split;
  const std::string kind = reader.choice("kind", kKinds, "official");
  if (kind == "in_order") split.kind = SplitKind::kInOrder;
  if (kind == "shuffled") split.kind = SplitKind::kShuffled;
  if (split.kind != SplitKind::kOfficial) {
    split.train = reader.number("train", 0, 1);
    split.validation = reader.number_or("validation", 0, 1, 0);
    split.test = reader.number("test", 0, 1);
    const double sum = split.train + split.validation + split.test;
    if (std::abs(sum - 1) > 1e-9) {
      reader.fail("train", "train, validation and test add up to " + std::to_string(sum) + "; make it 1");
    }
    if (split.train == 0) reader.fail("train", "is 0; some reviews must train");
  }
  if (split.kind == SplitKind::kShuffled) split.seed = read_seed(reader);
  reader.finish();
  return split;
}

LimitSpec read_limit(SettingsReader reader) {
  LimitSpec limit;
  limit.train = static_cast<int>(reader.integer_or("train", 0, kMostReviews, 0));
  limit.validation = static_cast<int>(reader.integer_or("validation", 0, kMostReviews, 0));
  limit.test = static_cast<int>(reader.integer_or("test", 0, kMostReviews, 0));
  limit.seed = read_seed(reader);
  reader.finish();
  return limit;
}

Json to_json(const SplitSpec& split) {
  Json json = {{"kind", name_of(split.kind)}};
  if (split.kind != SplitKind::kOfficial) {
    json["train"] = split.train;
    json["validation"] = split.validation;
    json["test"] = split.test;
  }
  if (split.kind == SplitKind::kShuffled) json["seed"] = split.seed;
  return json;
}

}  // namespace

DataSpec read_data_spec(SettingsReader reader) {
  DataSpec spec;
  reader.text("set");
  spec.set = reader.choice("set", {"imdb", "toy"}, "");
  spec.split = read_split(reader.table("split"));
  spec.validation = reader.number_or("validation", 0, 0.999, 0);
  if (spec.validation > 0 && spec.split.validation > 0) {
    reader.fail("validation", "the split gives a validation part already; remove one of the two");
  }
  spec.drop_repeats = reader.choice("repeats", {"keep", "drop"}, "keep") == "drop";
  spec.limit = read_limit(reader.table("limit"));
  reader.finish();
  return spec;
}

Json to_json(const DataSpec& spec) {
  Json json = {{"set", spec.set},
               {"split", to_json(spec.split)},
               {"validation", spec.validation},
               {"limit",
                {{"train", spec.limit.train},
                 {"validation", spec.limit.validation},
                 {"test", spec.limit.test},
                 {"seed", spec.limit.seed}}}};
  if (spec.drop_repeats) json["repeats"] = "drop";  // absent otherwise, as in trials from before it existed
  return json;
}

}  // namespace rnnbench
