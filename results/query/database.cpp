#include "results/query/database.hpp"

#include "results/query/aggregates.hpp"
#include "results/query/read_only_guard.hpp"
#include "results/store/connection.hpp"

namespace rnnbench {

Database::Database(const std::filesystem::path& path)
    : guard_(std::make_unique<ReadOnlyGuard>()),
      connection_(std::make_unique<Connection>(open_for_reading(path))) {
  add_aggregates(connection_->database.getHandle());
  guard_->install(connection_->database.getHandle());
}

Database::~Database() = default;

const std::filesystem::path& Database::path() const { return connection_->path; }

SQLite::Database& Database::connection() { return connection_->database; }

}  // namespace rnnbench
