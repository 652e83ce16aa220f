#include "results/exchange/csv_import.hpp"

#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

class CsvImport : public ExchangeTest {
 protected:
  CsvImport() {
    write_csv(tables_, all_runs());
    Store{target_};
  }

  /// What is said where a part of a file of the export is another one; the database must be as before.
  std::string refusal(const std::string& file, const std::string& part, const std::string& by) {
    const fs::path path = tables_ / file;
    const std::string whole = read_file(path);
    write_file_atomically(path, replaced(whole, part, by));
    const auto before = rows_of(target_);
    std::string message = message_of<DataError>([&] { import_csv(tables_, target_, {}); });
    EXPECT_EQ(rows_of(target_), before);
    write_file_atomically(path, whole);
    return message;
  }

  const fs::path tables_ = folder_ / "tables", target_ = folder_ / "into.db";
};

TEST_F(CsvImport, RefusesWhatIsNoTableWithFileAndLine) {
  const std::string file = (tables_ / "run_tags.csv").string();
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,best,more"),
              HasSubstr(file + ":2: 3 fields where the first line has 2"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "one,best"),
              HasSubstr(file + ":2: 'one' in the column run_id is no INTEGER"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1.0,best"),
              HasSubstr("'1.0' in the column run_id is no INTEGER"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "99999999999999999999,best"), HasSubstr("is no INTEGER"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "99,best"),
              HasSubstr(file + ":2: the row refers to one that isn't there"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,best\n1,best"),
              AllOf(HasSubstr(file + ":3: run_tags can't hold this row"), HasSubstr("UNIQUE")));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,"), HasSubstr("NOT NULL"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,\xFF"),
              HasSubstr(file + ":2: '\\xff' in the column tag is no TEXT"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,base64:?"), HasSubstr("is no TEXT"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best", "1,\"best"), HasSubstr(file + ":"));
  EXPECT_THAT(refusal("run_tags.csv", "1,best\n", ""),
              HasSubstr("1 rows where manifest.json says 2: the file was cut"));
  EXPECT_THAT(refusal("run_tags.csv", "run_id,tag", "run_id,tog"),
              HasSubstr(file + ":1: run_tags has no column 'tog'; did you mean 'tag'?"));
  EXPECT_THAT(refusal("run_tags.csv", "run_id,tag", "run_id,run_id"),
              HasSubstr("the column run_id is there twice"));
  EXPECT_THAT(refusal("run_tags.csv", "run_id,tag", "run_id"),
              HasSubstr("the column tag of run_tags is missing"));
  EXPECT_THAT(refusal("timings.csv", "CgAAAAAAAAAe", "CgAAAAAAA"),
              HasSubstr("in the column samples is no BLOB"));
  EXPECT_THAT(refusal("metrics.csv", "0.875", "nan"), HasSubstr("'nan' in the column value is no REAL"));
  EXPECT_THAT(refusal("trials.csv", R"("{""engine)", R"("{engine)"),
              HasSubstr("its settings are not those that its trial's key stands for"));
}

TEST_F(CsvImport, RefusesAnotherManifest) {
  const std::string file = (tables_ / "manifest.json").string();
  EXPECT_THAT(refusal("manifest.json", "\"schema\": 6", "\"schema\": 7000"),
              HasSubstr(file + ": written by a newer rnnbench"));
  EXPECT_THAT(refusal("manifest.json", "\"schema\": 6", "\"schema\": 0"), HasSubstr("there is no schema 0"));
  EXPECT_THAT(refusal("manifest.json", "\"version\": 1", "\"version\": 2"), HasSubstr("newer"));
  for (const char* none : {"0", "-1"}) {
    EXPECT_THAT(refusal("manifest.json", "\"version\": 1", fmt::format("\"version\": {}", none)),
                HasSubstr(fmt::format("there is no version {}", none)));
  }
  EXPECT_THAT(refusal("manifest.json", "rnnbench tables", "other"),
              HasSubstr("its format is not 'rnnbench tables'"));
  EXPECT_THAT(refusal("manifest.json", "\"run_tags\": 2,", ""),
              HasSubstr("it says nothing of the table run_tags"));
  EXPECT_THAT(refusal("manifest.json", "\"run_tags\"", "\"run_tugs\""),
              HasSubstr("there is no table 'run_tugs'; did you mean 'run_tags'?"));
  EXPECT_THAT(refusal("manifest.json", "}", "]"), HasSubstr("it is not what `rnnbench export` writes"));
}

TEST_F(CsvImport, SaysWhatIsNotThere) {
  fs::remove(tables_ / "metrics.csv");
  EXPECT_THAT(message_of<EnvironmentError>([&] { import_csv(tables_, target_, {}); }),
              HasSubstr("metrics.csv"));
  EXPECT_THAT(message_of<EnvironmentError>([&] { import_csv(folder_, target_, {}); }),
              HasSubstr("manifest.json"));
}

TEST_F(CsvImport, TakesColumnsInAnyOrder) {
  write_file_atomically(tables_ / "run_tags.csv", "tag,run_id\r\nbest,1\r\n\"x\"\"y\",7\r\n");
  EXPECT_EQ(import_csv(tables_, target_, {}).added, 5);
  EXPECT_EQ(scalar(target_, "SELECT group_concat(run_id || tag) FROM run_tags"), "1best,5x\"y");
}

TEST_F(CsvImport, StopsWhereItIsAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(import_csv(tables_, target_, stop.get_token()), Interrupted);
  EXPECT_EQ(scalar(target_, "SELECT count(*) FROM runs"), "0");
}

}  // namespace
}  // namespace rnnbench
