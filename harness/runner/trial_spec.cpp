#include "harness/runner/trial_spec.hpp"

namespace rnnbench {
namespace {

EvaluationSpec read_evaluation(SettingsReader reader) {
  EvaluationSpec spec;
  spec.test_every_epoch = reader.choice("test", {"last_epoch", "every_epoch"}, "last_epoch") == "every_epoch";
  spec.batch = static_cast<int>(reader.integer_or("batch", 1, 100'000, spec.batch));
  reader.finish();
  return spec;
}

Json to_json(const EvaluationSpec& spec) {
  return {{"test", spec.test_every_epoch ? "every_epoch" : "last_epoch"}, {"batch", spec.batch}};
}

/// Refuses what `key` watches where no part of the data validates.
void check_watched(const SettingsReader& reader, const std::string& key, WatchedMetric metric,
                   const DataSpec& data) {
  if (!is_of_validation(metric) || data.validation > 0 || data.split.validation > 0) return;
  reader.fail(key, std::string(name_of(metric)) +
                       " needs reviews to validate on; give data.validation = 0.2, say, or watch "
                       "\"train_loss\"");
}

/// All that a trial's engine may be.
std::vector<std::string> with_others(std::vector<std::string> engines) {
  engines.insert(engines.end(), baseline_names().begin(), baseline_names().end());
  engines.emplace_back(kCommandEngine);
  return engines;
}

void read_baseline(SettingsReader& reader, TrialSpec& spec) {
  for (const char* table : {"model", "training", "evaluation"}) reader.has(table);  // other cells'
  const bool validates = spec.data.validation > 0 || spec.data.split.validation > 0;
  spec.baseline = read_baseline_spec(reader.table("baseline"), spec.engine, validates);
  spec.recipe.length = 0;
  spec.training.epochs = 0;  // nobody knows
  reader.finish();
}

/// Whether a command is the whole trial. Refuses what else there is then.
bool is_alone(SettingsReader& reader) {
  if (reader.has("data")) return false;
  for (const char* table : {"recipe", "model", "training", "evaluation"}) {
    if (reader.has(table))
      reader.fail(table, "needs [data] beside it; a command takes all of these tables or none");
  }
  reader.finish();
  return true;
}

}  // namespace

TrialSpec read_trial_spec(const Json& settings, const Origins& origins,
                          const std::vector<std::string>& engines) {
  SettingsReader reader(settings, "", origins);
  TrialSpec spec;
  if (!reader.has("engine")) reader.fail("engine", "missing; give it as an axis or a fixed setting");
  spec.engine = reader.choice("engine", with_others(engines), "");
  spec.device = reader.choice("device", {"cpu", "cuda"}, "cpu") == "cuda" ? Device::kCuda : Device::kCpu;
  reader.has("command");  // another cell's, where the matrix has programs beside engines
  if (spec.is_command()) {
    spec.command = read_command_spec(reader.table("command"));
    if (is_alone(reader)) {
      spec.training.epochs = 0;  // nobody knows
      return spec;
    }
  }
  spec.data = read_data_spec(reader.table("data"));
  spec.recipe = read_recipe(reader.table("recipe"));
  reader.has("baseline");  // another cell's, as [command] may be
  if (spec.is_baseline()) {
    read_baseline(reader, spec);
    return spec;
  }
  spec.model = read_model_spec(reader.table("model"));
  spec.training = read_training_spec(reader.table("training"));
  spec.evaluation = read_evaluation(reader.table("evaluation"));
  reader.finish();
  if (spec.model.embedding.zero_padding && spec.recipe.padding_id != 0) {
    reader.fail("model.embedding.zero_padding", "needs a recipe whose padding id is 0");
  }
  if (spec.training.schedule.kind == ScheduleKind::kPlateau) {
    check_watched(reader, "training.schedule.metric", spec.training.schedule.metric, spec.data);
  }
  if (spec.training.early_stopping.is_on()) {
    check_watched(reader, "training.early_stopping.metric", spec.training.early_stopping.metric, spec.data);
  }
  return spec;
}

Json canonical_settings(const TrialSpec& spec, const std::string& data_fingerprint) {
  Json settings = {{"engine", spec.engine}, {"device", name_of(spec.device)}};
  if (spec.is_command()) settings["command"] = to_json(spec.command);
  if (spec.data.set.empty()) return settings;
  settings["data"] = to_json(spec.data);
  settings["data"]["fingerprint"] = data_fingerprint;
  settings["recipe"] = to_json(spec.recipe);
  if (spec.is_baseline()) {
    settings["recipe"].erase("length");
    settings["baseline"] = to_json(spec.baseline, spec.engine);
    return settings;
  }
  settings["model"] = to_json(spec.model);
  settings["training"] = to_json(spec.training);
  settings["evaluation"] = to_json(spec.evaluation);
  return settings;
}

TrialSpec trial_from_canonical(const Json& settings, const std::vector<std::string>& engines) {
  constexpr std::string_view kDigest = "sha256:";
  Json readable = settings;
  if (readable.contains("data")) readable.at("data").erase("fingerprint");
  if (readable.contains("baseline")) readable.at("recipe")["length"] = 1;  // which a recipe must have
  TrialSpec spec = read_trial_spec(readable, Origins{{"", "stored settings"}}, engines);
  EmbeddingSpec& embedding = spec.model.embedding;
  if (embedding.vectors.starts_with(kDigest))
    embedding.vectors_sha256 = embedding.vectors.substr(kDigest.size());
  return spec;
}

TrialRecord trial_record(const TrialSpec& spec, const std::string& key, const std::string& settings) {
  return {key,
          settings,
          spec.engine,
          cells_of(spec.model),
          name_of(spec.device),
          spec.data.set,
          spec.recipe.name,
          spec.recipe.vocabulary,
          spec.recipe.length};
}

}  // namespace rnnbench
