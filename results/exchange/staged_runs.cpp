#include "results/exchange/staged_runs.hpp"

#include <fmt/format.h>

#include <optional>

#include "harness/core/error.hpp"
#include "results/exchange/trial_key.hpp"
#include "results/store/connection.hpp"
#include "results/store/run_copies.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {

namespace fs = std::filesystem;

class StagedRuns::Open {
 public:
  explicit Open(const fs::path& path)
      : connection_(open_for_writing(path)), statements_(connection_.database) {
    connection_.database.exec("PRAGMA synchronous = OFF");  // it is thrown away
    all_.emplace(statements_, WriteScope::Kind::kTransaction);
  }

  void add(const RunRecord& record) {
    try {
      WriteScope one(statements_, WriteScope::Kind::kPart);
      write_run(connection_.database, record);
      one.commit();
    } catch (const SQLite::Exception& error) {
      throw EnvironmentError(fmt::format("no results database can hold it ({})", error.what()));
    }
  }

  void commit() {
    remake_copies(connection_.database);  // whatever the records say of them
    all_->commit();
  }

 private:
  Connection connection_;
  StatementCache statements_;
  std::optional<WriteScope> all_;
};

StagedRuns::StagedRuns() : open_(std::make_unique<Open>(database())) {}

StagedRuns::~StagedRuns() = default;

fs::path StagedRuns::database() const { return folder_.path() / "staged.db"; }

void StagedRuns::add(const RunRecord& record) {
  const std::string fault =
      fault_of_trial(record.text_of("trial", "key"), record.text_of("trial", "settings"));
  if (!fault.empty()) throw EnvironmentError(fault);
  open_->add(record);
}

MergeReport StagedRuns::merge_into(const fs::path& target) {
  open_->commit();
  open_.reset();
  return merge_database(database(), target);
}

}  // namespace rnnbench
