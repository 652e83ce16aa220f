#include "results/exchange/bundle_import.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/scratch_folder.hpp"
#include "results/exchange/bundle_manifest.hpp"
#include "results/exchange/foreign_database.hpp"
#include "results/query/database.hpp"
#include "results/query/query_table.hpp"
#include "results/store/merge.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> uids_in(const fs::path& path) {
  Database database(path);
  std::vector<std::string> uids;
  for (const auto& row : query_table(database, "SELECT uid FROM runs ORDER BY id").rows)
    uids.push_back(std::get<std::string>(row[0]));
  return uids;
}

}  // namespace

std::vector<RunId> import_bundle(const fs::path& file, const fs::path& target) {
  const std::vector<BundleMember> members = read_bundle_archive(file);
  check_bundle(file, members);
  const ScratchFolder place;
  const fs::path unpacked = place.path() / kBundleDatabase;
  for (const BundleMember& member : members)
    if (member.name == kBundleDatabase) write_file_atomically(unpacked, member.content);
  if (const std::string fault = settle_foreign_database(unpacked); !fault.empty()) refuse_bundle(file, fault);
  const std::vector<std::string> uids = uids_in(unpacked);
  if (uids.empty()) throw DataError(fmt::format("{}: there is no run in it", file.string()));
  const MergeReport report = merge_database(unpacked, target);
  if (report.differing > 0) {
    throw EnvironmentError(fmt::format("{}: {}; give another database with --db", file.string(),
                                       fmt::join(report.conflicts, "; ")));
  }
  Database database(target);
  std::vector<RunId> runs;
  for (const std::string& uid : uids) {
    const Table found = query_table(database, "SELECT id FROM runs WHERE uid = ?", {uid});
    if (found.rows.empty()) throw DataError(fmt::format("{}: its run {} is not over", file.string(), uid));
    runs.push_back(std::get<std::int64_t>(found.rows[0][0]));
  }
  return runs;
}

}  // namespace rnnbench
