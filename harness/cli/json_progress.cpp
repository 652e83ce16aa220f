#include "harness/cli/json_progress.hpp"

#include <cstdio>
#include <utility>

namespace rnnbench {

JsonProgress::JsonProgress(int workers) {
  for (int i = 0; i < workers; ++i) lanes_.emplace_back(i);
}

void JsonProgress::say(const std::string& event, Json fields) {
  fields["event"] = event;
  const std::string line = fields.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

Json JsonProgress::Lane::of_run() const {
  return {{"worker", index_}, {"run", position_.run}, {"trial", position_.trial}, {"seed", position_.seed}};
}

void JsonProgress::Lane::run_started(const MatrixPosition& position, int epochs) {
  position_ = position;
  Json fields = of_run();
  fields["runs"] = position.runs;
  fields["failed"] = position.failed;
  fields["epochs"] = epochs;
  say("run_started", std::move(fields));
}

void JsonProgress::Lane::begun_anew(const std::string& why) {
  Json fields = of_run();
  fields["reason"] = why;
  say("run_begun_anew", std::move(fields));
}

void JsonProgress::Lane::epoch_finished(const EpochRecord& epoch) {
  Json fields = of_run();
  fields["epoch"] = epoch.epoch;
  for (const MetricRecord& metric : epoch.metrics) {
    fields["metrics"][metric.split.empty() ? metric.name : metric.split + "_" + metric.name] = metric.value;
  }
  say("epoch_finished", std::move(fields));
}

void JsonProgress::Lane::run_finished(const RunEnd& end) {
  Json fields = of_run();
  fields["status"] = rnnbench::name_of(end.status);
  fields["reason"] = end.reason;
  say("run_finished", std::move(fields));
}

void JsonProgress::Lane::run_left() { say("run_left", of_run()); }

void JsonProgress::Lane::run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) {
  say("run_skipped", {{"trial", trial}, {"seed", seed}, {"reason", why}});
}

}  // namespace rnnbench
