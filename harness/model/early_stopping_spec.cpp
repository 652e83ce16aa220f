#include "harness/model/early_stopping_spec.hpp"

#include "harness/model/names.hpp"

namespace rnnbench {

EarlyStoppingSpec read_early_stopping_spec(SettingsReader reader) {
  constexpr long kMostEpochs = 1'000'000;
  EarlyStoppingSpec spec;
  spec.patience = static_cast<int>(reader.integer("patience", 0, kMostEpochs));
  spec.metric = read_name(reader, "metric", kWatchedNames, spec.metric);
  spec.min_delta = reader.number_or("min_delta", 0, 1e9, spec.min_delta);
  spec.restore_best = reader.flag_or("restore_best", spec.restore_best);
  reader.finish();
  return spec;
}

Json to_json(const EarlyStoppingSpec& spec) {
  return {{"metric", name_of(spec.metric)},
          {"patience", spec.patience},
          {"min_delta", spec.min_delta},
          {"restore_best", spec.restore_best}};
}

}  // namespace rnnbench
