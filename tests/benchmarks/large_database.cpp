#include "tests/benchmarks/large_database.hpp"

#include <SQLiteCpp/Database.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "harness/core/files.hpp"
#include "results/store/connection.hpp"

namespace rnnbench {
namespace {

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

class LargeDatabase {
 public:
  LargeDatabase() {
    const char* variable = std::getenv("RNNBENCH_QUERY_RUNS");
    const long runs = variable == nullptr ? 100'000 : std::max(10L, std::atol(variable));
    make_database(path, runs);
  }
  ~LargeDatabase() {
    std::error_code ignored;
    std::filesystem::remove_all(path.parent_path(), ignored);
  }

  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("large_database_" + std::to_string(::getpid())) / "results.db";
};

}  // namespace

void make_database(const std::filesystem::path& path, long runs) {
  std::string sql = read_file(RNNBENCH_SOURCE_DIR "/tests/benchmarks/query_benchmark.sql");
  replace(sql, "{runs}", std::to_string(runs));
  replace(sql, "{trials}", std::to_string(runs / 5));
  Connection connection = open_for_writing(path);
  connection.database.exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN");
  connection.database.exec(sql);
  connection.database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

const std::filesystem::path& large_database() {
  static const LargeDatabase kDatabase;
  return kDatabase.path;
}

}  // namespace rnnbench
