#include "results/query/progress_limit.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// Steps of SQLite's virtual machine between two questions: some tens of microseconds.
constexpr int kSteps = 2000;

}  // namespace

ProgressLimit::ProgressLimit(sqlite3* connection, const QueryLimits& limits)
    : connection_(connection), limits_(&limits), deadline_(std::chrono::steady_clock::now() + limits.time) {
  sqlite3_progress_handler(connection, kSteps, &ProgressLimit::must_stop, this);
}

ProgressLimit::~ProgressLimit() { sqlite3_progress_handler(connection_, 0, nullptr, nullptr); }

int ProgressLimit::must_stop(void* self) {
  const auto& limit = *static_cast<ProgressLimit*>(self);
  if (limit.limits_->stop && limit.limits_->stop()) return 1;
  return std::chrono::steady_clock::now() >= limit.deadline_ ? 1 : 0;
}

void ProgressLimit::throw_reason() const {
  if (std::chrono::steady_clock::now() < deadline_) throw Interrupted();
  throw ConfigError(
      fmt::format("the query took longer than {} and was stopped; narrow it with WHERE or LIMIT",
                  human_duration(std::chrono::duration<double>(limits_->time).count())));
}

}  // namespace rnnbench
