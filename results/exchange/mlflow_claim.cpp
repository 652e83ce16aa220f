#include "results/exchange/mlflow_claim.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "results/exchange/mlflow_batches.hpp"

namespace rnnbench {
namespace {

/// The value of the first param of a run that isn't kept.
constexpr const char* kOusted = "another export sends this run";

std::string quoted(const std::string& text) {
  std::string literal;
  for (const char letter : text)
    literal += letter == '\'' || letter == '\\' ? std::string{'\\', letter} : std::string{letter};
  return fmt::format("'{}'", literal);
}

}  // namespace

std::string uid_filter(const std::string& uid) { return fmt::format("tags.`{}` = {}", kUidTag, quoted(uid)); }

std::vector<MlflowRun> MlflowClaim::runs_there() {
  std::vector<MlflowRun> runs;
  server_.each_run(experiment_, uid_filter(run_.tag(kUidTag)), /*with_deleted=*/false,
                   [&](MlflowRun run) { runs.push_back(std::move(run)); });
  std::ranges::sort(runs, {}, &MlflowRun::id);  // the same order for all exports
  return runs;
}

std::optional<std::string> MlflowClaim::find() {
  const std::vector<MlflowRun> runs = runs_there();
  return runs.empty() ? std::nullopt : std::optional(runs.front().id);
}

// Of two exports the one that searches later sees both runs. If that is the one of the lower id, it ousts the
// other's run, unless that was claimed in between; if it is the other, it gives up.
bool MlflowClaim::is_ahead(const std::string& id) {
  const std::vector<MlflowRun> runs = runs_there();
  const auto own = std::ranges::find(runs, id, &MlflowRun::id);
  if (own != runs.end() && is_claimed(*own)) return true;  // by an export that found it before this one
  const bool is_kept = std::ranges::all_of(
      runs, [&](const MlflowRun& run) { return run.id == id || (run.id > id && oust(run.id)); });
  if (!is_kept) server_.delete_run(id);
  return is_kept;
}

bool MlflowClaim::is_lost(const std::string& id) {
  const std::vector<MlflowRun> runs = runs_there();
  const auto own = std::ranges::find(runs, id, &MlflowRun::id);
  if (own != runs.end() && !is_ousted(*own)) return false;
  server_.delete_run(id);
  return true;
}

bool MlflowClaim::is_claimed(const MlflowRun& run) const {
  return run.params.contains(run_.params.begin()->first) && !is_ousted(run);
}

bool MlflowClaim::is_ousted(const MlflowRun& run) const {
  const auto found = run.params.find(run_.params.begin()->first);
  return found != run.params.end() && found->second == kOusted;
}

bool MlflowClaim::oust(const std::string& id) {
  const MlflowRun ousted{
      .id = id, .name = "", .status = "", .params = {{run_.params.begin()->first, kOusted}}};
  try {
    for (const Json& batch : log_batches(id, ousted)) server_.log_batch(batch);
  } catch (const MlflowRefusal&) {
    return std::ranges::none_of(runs_there(), [&](const MlflowRun& run) { return run.id == id; });
  }
  server_.delete_run(id);
  return true;
}

}  // namespace rnnbench
