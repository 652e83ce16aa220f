#include "harness/data/skip_gram_settings.hpp"

namespace rnnbench {

Json to_json(const SkipGramSettings& settings) {
  return {{"dimensions", settings.dimensions}, {"epochs", settings.epochs},
          {"window", settings.window},         {"min_count", settings.min_count},
          {"negative", settings.negative},     {"learning_rate", settings.learning_rate},
          {"sample", settings.sample},         {"seed", settings.seed},
          {"threads", settings.threads}};
}

SkipGramSettings skip_gram_settings(const Json& json) {
  return {.dimensions = json.at("dimensions"),
          .epochs = json.at("epochs"),
          .window = json.at("window"),
          .min_count = json.at("min_count"),
          .negative = json.at("negative"),
          .learning_rate = json.at("learning_rate"),
          .sample = json.at("sample"),
          .seed = json.at("seed"),
          .threads = json.at("threads")};
}

}  // namespace rnnbench
