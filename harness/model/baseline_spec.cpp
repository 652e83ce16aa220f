#include "harness/model/baseline_spec.hpp"

#include <algorithm>

namespace rnnbench {
namespace {

constexpr long kMany = 1'000'000;

int whole(SettingsReader& reader, const char* key, long least, long most, int fallback) {
  return static_cast<int>(reader.integer_or(key, least, most, fallback));
}

BoostedTreesSpec read_trees(SettingsReader reader, bool validates) {
  BoostedTreesSpec spec;
  spec.rounds = whole(reader, "rounds", 1, kMany, spec.rounds);
  spec.depth = whole(reader, "depth", 1, 30, spec.depth);
  spec.learning_rate = reader.number_or("learning_rate", 1e-6, 1, spec.learning_rate);
  spec.subsample = reader.number_or("subsample", 1e-3, 1, spec.subsample);
  spec.columns = reader.number_or("columns", 1e-3, 1, spec.columns);
  spec.l2 = reader.number_or("l2", 0, 1e9, spec.l2);
  spec.min_child_weight = reader.number_or("min_child_weight", 0, 1e9, spec.min_child_weight);
  spec.bins = whole(reader, "bins", 2, 65'536, spec.bins);
  spec.patience = whole(reader, "patience", 0, kMany, validates ? spec.patience : 0);
  if (spec.patience > 0 && !validates) {
    reader.fail("patience",
                "early stopping needs reviews to validate on; give data.validation = 0.2, say, or take it "
                "out: then all rounds are taken");
  }
  spec.threads = whole(reader, "threads", 0, 1024, spec.threads);
  reader.finish();
  return spec;
}

TfidfLogisticSpec read_logistic(SettingsReader reader) {
  TfidfLogisticSpec spec;
  spec.ngrams = whole(reader, "ngrams", 1, 2, spec.ngrams);
  spec.min_documents = whole(reader, "min_documents", 1, kMany, spec.min_documents);
  spec.max_features = whole(reader, "max_features", 0, 100 * kMany, spec.max_features);
  spec.sublinear = reader.flag_or("sublinear", spec.sublinear);
  spec.cost = reader.number_or("cost", 1e-9, 1e9, spec.cost);
  spec.tolerance = reader.number_or("tolerance", 1e-12, 0.1, spec.tolerance);
  spec.rounds = whole(reader, "rounds", 1, kMany, spec.rounds);
  reader.finish();
  return spec;
}

Json to_json(const BoostedTreesSpec& spec) {
  return {{"rounds", spec.rounds},
          {"depth", spec.depth},
          {"learning_rate", spec.learning_rate},
          {"subsample", spec.subsample},
          {"columns", spec.columns},
          {"l2", spec.l2},
          {"min_child_weight", spec.min_child_weight},
          {"bins", spec.bins},
          {"patience", spec.patience},
          {"threads", spec.threads}};
}

Json to_json(const TfidfLogisticSpec& spec) {
  return {{"ngrams", spec.ngrams},
          {"min_documents", spec.min_documents},
          {"max_features", spec.max_features},
          {"sublinear", spec.sublinear},
          {"cost", spec.cost},
          {"tolerance", spec.tolerance},
          {"rounds", spec.rounds}};
}

}  // namespace

const std::vector<std::string>& baseline_names() {
  static const std::vector<std::string> names = {kBoostedTrees, kTfidfLogistic};
  return names;
}

bool is_baseline(const std::string& engine) {
  return std::ranges::find(baseline_names(), engine) != baseline_names().end();
}

BaselineSpec read_baseline_spec(SettingsReader reader, const std::string& engine, bool validates) {
  BaselineSpec spec;
  for (const std::string& other : baseline_names()) reader.has(other);
  if (reader.has("reviews")) reader.choice("reviews", {"whole"}, "whole");
  if (engine == kBoostedTrees) spec.trees = read_trees(reader.table(engine), validates);
  if (engine == kTfidfLogistic) spec.logistic = read_logistic(reader.table(engine));
  reader.finish();
  return spec;
}

Json to_json(const BaselineSpec& spec, const std::string& engine) {
  return {{"reviews", "whole"},
          {engine, engine == kBoostedTrees ? to_json(spec.trees) : to_json(spec.logistic)}};
}

}  // namespace rnnbench
