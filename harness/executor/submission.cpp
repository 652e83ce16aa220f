#include "harness/executor/submission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kState = "submission.json";

void move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error)
    throw EnvironmentError(
        fmt::format("can't move {} to {}: {}", from.string(), to.string(), error.message()));
}

Json read_state(const fs::path& folder) {
  const Json state = Json::parse(read_file(folder / kState), nullptr, /*allow_exceptions=*/false);
  const bool is_sound = state.is_object() && state.value("tasks", Json()).is_number_integer() &&
                        state.value("attempts", Json()).is_number_integer() &&
                        state.value("job", Json()).is_string() && state.value("token", Json()).is_string() &&
                        state.value("cancelled", Json()).is_boolean() &&
                        state.value("over", Json()).is_boolean();
  if (is_sound) return state;
  throw EnvironmentError(
      fmt::format("{} is no description of tasks; remove {}, whose shards/*/results.db `rnnbench "
                  "merge` takes",
                  (folder / kState).string(), folder.string()));
}

/// The numbers that entries of a folder are named by, rising.
std::vector<int> numbers_in(const fs::path& folder) {
  std::vector<int> numbers;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename();
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size()) numbers.push_back(number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

/// Of the newest submission; 0 where there is none.
int last_number(const fs::path& root) {
  const std::vector<int> numbers = numbers_in(root);
  return numbers.empty() ? 0 : numbers.back();
}

}  // namespace

std::optional<Submission> Submission::read(fs::path folder) {
  std::error_code none;
  if (!fs::exists(folder / kState, none)) return std::nullopt;  // its making was cut short
  const Json state = read_state(folder);
  Submission found(std::move(folder));
  found.token_ = state["token"];
  found.job_ = state["job"];
  found.tasks_ = state["tasks"];
  found.attempts_ = state["attempts"];
  found.is_cancelled_ = state["cancelled"];
  found.is_over_ = state["over"];
  return found;
}

std::optional<Submission> Submission::open_in(const fs::path& root) {
  const int last = last_number(root);
  if (last == 0) return std::nullopt;
  std::optional<Submission> found = read(fs::absolute(root) / std::to_string(last));
  return found && !found->is_over_ ? found : std::nullopt;
}

std::vector<Submission> Submission::over_in(const fs::path& root) {
  std::vector<Submission> over;
  for (const int number : numbers_in(root)) {
    try {
      std::optional<Submission> found = read(fs::absolute(root) / std::to_string(number));
      if (found && found->is_over_) over.push_back(std::move(*found));
    } catch (const EnvironmentError&) {  // a damaged one that is over stands in nobody's way
    }
  }
  return over;
}

Submission Submission::create_in(const fs::path& root, const Runs& runs, int tasks) {
  Submission made(fs::absolute(root) / std::to_string(last_number(root) + 1));
  made.tasks_ = tasks;
  made.token_ = fmt::format("{:08x}", std::random_device()());
  for (const char* folder : {"shards", "merged", "damaged", "ends", "logs"})
    make_folder(made.folder_ / folder);
  std::string lines;
  for (const auto& [trial, seed] : runs) lines += fmt::format("{} {}\n", trial, seed);
  write_file_atomically(made.runs_file(), lines);
  return made;
}

fs::path Submission::part(int task) const { return folder_ / "shards" / fmt::format("{}.part", task); }
fs::path Submission::shard(int task) const { return folder_ / "shards" / std::to_string(task); }

std::vector<int> Submission::pending() const {
  const std::vector<int> merged = numbers_in(folder_ / "merged");
  std::vector<int> tasks;
  for (int task = 1; task <= tasks_; ++task) {
    if (!std::ranges::binary_search(merged, task)) tasks.push_back(task);
  }
  return tasks;
}

std::vector<int> Submission::whole() const { return numbers_in(folder_ / "shards"); }

std::string Submission::next_name() const {
  return fmt::format("rnnbench-{}-{}-{}", folder_.parent_path().filename().string(), token_, attempts_ + 1);
}

void Submission::begins(const std::vector<int>& tasks) {
  std::error_code none;
  for (const int task : tasks) fs::remove(folder_ / "ends" / std::to_string(task), none);
  job_.clear();
  save();
}

std::optional<int> Submission::end_of(int task) const {
  std::ifstream file(folder_ / "ends" / std::to_string(task));
  int status = 0;
  return file >> status ? std::optional(status) : std::nullopt;
}

void Submission::cancelled() {
  is_cancelled_ = true;
  save();
}

std::string Submission::last_words(int task) const {
  std::ifstream log(folder_ / "logs" / fmt::format("{}.txt", task));
  std::string last;
  for (std::string line; std::getline(log, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) last = line;
  }
  return last;
}

void Submission::handed_over(const std::string& job) {
  job_ = job;
  ++attempts_;
  save();
}

void Submission::merged(int task, Files files) {
  const fs::path to = folder_ / "merged" / std::to_string(task);
  move(shard(task), to);
  if (files == Files::kKeep) return;
  std::error_code stays;  // what can't be removed takes room, no more
  for (const auto& entry : fs::directory_iterator(to, stays)) fs::remove_all(entry.path(), stays);
}

void Submission::set_aside(int task, const fs::path& shard) {
  const fs::path damaged = folder_ / "damaged";
  std::error_code none;
  int number = 1;
  while (fs::exists(damaged / fmt::format("{}.{}", task, number), none)) ++number;
  move(shard, damaged / fmt::format("{}.{}", task, number));
}

void Submission::close() {
  is_over_ = true;
  save();
}

void Submission::save() const {
  write_file_atomically(folder_ / kState, Json({{"token", token_},
                                                {"job", job_},
                                                {"tasks", tasks_},
                                                {"attempts", attempts_},
                                                {"cancelled", is_cancelled_},
                                                {"over", is_over_}})
                                              .dump(2));
}

Submission::Runs read_runs_file(const fs::path& path) {
  std::istringstream lines(read_file(path));
  Submission::Runs runs;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string trial, more;
    std::uint64_t seed = 0;
    if (!(words >> trial >> seed) || trial.size() != 64 || words >> more)
      throw ConfigError(fmt::format("{}:{}: expected a trial and a seed", path.string(), runs.size() + 1));
    runs.emplace_back(std::move(trial), seed);
  }
  return runs;
}

}  // namespace rnnbench
