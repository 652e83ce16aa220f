#include "results/store/run_copies.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace rnnbench {
namespace {

std::string last_value(const char* name, const char* split) {
  return fmt::format(
      "(SELECT value FROM metrics WHERE run_id = runs.id AND name = '{}' AND split = '{}' ORDER BY epoch "
      "DESC LIMIT 1)",
      name, split);
}

/// The newest epoch of a run without a training loss, from all of its metrics.
constexpr const char* kNewestEpoch = "(SELECT max(epoch) FROM metrics WHERE run_id = runs.id)";

/// Each column with its source; `newest` is what kNewestEpoch is, or the same by other means.
std::array<std::pair<const char*, std::string>, 4> copies(const char* newest = kNewestEpoch) {
  return {
      {{"epochs", fmt::format("coalesce((SELECT max(epoch) FROM metrics WHERE run_id = runs.id AND name = "
                              "'loss' AND split = 'train'), {}, 0)",
                              newest)},
       {"validation_accuracy", last_value("accuracy", "validation")},
       {"test_accuracy", last_value("accuracy", "test")},
       {"test_loss", last_value("loss", "test")}}};
}

std::string joined(const char* comparison, const char* separator, const char* newest = kNewestEpoch) {
  std::vector<std::string> parts;
  for (const auto& [column, source] : copies(newest))
    parts.push_back(fmt::format("{} {} {}", column, comparison, source));
  return fmt::format("{}", fmt::join(parts, separator));
}

}  // namespace

const std::string& update_copies_sql() {
  static const std::string sql = "UPDATE runs SET " + joined("=", ", ") + " WHERE id = ?1";
  return sql;
}

const std::string& follow_copies_sql() {
  static const std::string sql =
      "UPDATE runs SET " + joined("=", ", ", "nullif(max(epochs, ?2), 0)") + " WHERE id = ?1";
  return sql;
}

const std::string& differing_copies_sql() {
  static const std::string sql = "SELECT id FROM runs WHERE " + joined("IS NOT", " OR ") + " ORDER BY id";
  return sql;
}

int remake_copies(SQLite::Database& database) {
  std::vector<std::int64_t> runs;
  SQLite::Statement select(database, differing_copies_sql());
  while (select.executeStep()) runs.push_back(select.getColumn(0).getInt64());
  SQLite::Statement update(database, update_copies_sql());
  for (const std::int64_t run : runs) {
    update.bind(1, run);
    update.exec();
    update.reset();
  }
  return static_cast<int>(runs.size());
}

}  // namespace rnnbench
