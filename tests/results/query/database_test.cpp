#include "results/query/database.hpp"

#include <fstream>

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST_F(StoreTest, DatabaseSaysWhatToRunFirst) {
  EXPECT_EQ(message_of<StoreError>([&] { Database database(path_); }),
            "no results yet at " + path_.string() + "; run `rnnbench run experiments/quick.toml` first");
}

TEST_F(StoreTest, DatabaseRefusesNewerSchemas) {
  { Store store(path_); }
  execute(path_, "PRAGMA user_version = 9");
  EXPECT_THAT(message_of<StoreError>([&] { Database database(path_); }),
              HasSubstr("schema 9; this one knows 6"));
}

TEST_F(QueryTest, SeesWhatAWriterAddsMeanwhile) {
  Store store(path_);
  const TableCell before = value("SELECT count(*) FROM runs");
  store.begin_run(a_start(50));
  EXPECT_EQ(std::get<std::int64_t>(value("SELECT count(*) FROM runs")), std::get<std::int64_t>(before) + 1);
}

TEST_F(QueryTest, SaysWhereAPageIsDamaged) {
  database_.reset();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(path_));
    file.seekp(4096);
    file << std::string(static_cast<std::size_t>(size - 4096), '\x5A');
  }
  EXPECT_THAT(message_of<StoreError>(
                  [&] { query_table(*std::make_unique<Database>(path_), "SELECT * FROM run_summary"); }),
              HasSubstr(path_.string() + ": it is damaged"));
}

}  // namespace
}  // namespace rnnbench
