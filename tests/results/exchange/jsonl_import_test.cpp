#include "results/exchange/jsonl_import.hpp"

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
namespace fs = std::filesystem;

class JsonlImport : public ExchangeTest {
 protected:
  JsonlImport() {
    write_jsonl(whole_, all_runs());
    Store{target_};
  }

  std::string refusal_of(const std::string& content) {
    write_file_atomically(changed_, content);
    const auto before = rows_of(target_);
    std::string message = message_of<DataError>([&] { import_jsonl(changed_, target_, {}); });
    EXPECT_EQ(rows_of(target_), before);
    return message;
  }
  std::string refusal(const std::string& part, const std::string& by) {
    return refusal_of(replaced(read_file(whole_), part, by));
  }
  /// The beginning of a message about some line.
  std::string at_a_line(const std::string& what) { return changed_.string() + ":[0-9]+: " + what + ".*"; }

  const fs::path whole_ = folder_ / "whole.jsonl", changed_ = folder_ / "changed.jsonl",
                 target_ = folder_ / "into.db";
};

// Catches: lists show an accuracy that no metric has.
TEST_F(JsonlImport, MakesCopiesOfMetricsAnew) {
  const std::string accuracy = scalar(path_, "SELECT test_accuracy FROM runs WHERE id = 1");
  write_file_atomically(
      changed_, replaced(read_file(whole_), "\"test_accuracy\":" + accuracy, "\"test_accuracy\":0.99999"));
  import_jsonl(changed_, target_, {});
  EXPECT_EQ(scalar(target_, "SELECT count(*) FROM runs WHERE test_accuracy = 0.99999"), "0");
}

TEST_F(JsonlImport, RefusesWhatIsNoRowWithFileAndLine) {
  const std::string row = R"({"table":"run_tags","row":{"run_id":1,"tag":"best"}})";
  const auto instead = [&](const std::string& by) { return refusal(row, by); };
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1,)"),
              MatchesRegex(at_a_line("the line is no JSON")));
  EXPECT_THAT(instead("{\"table\":\"run_tags\",\"row\":{\"run_id\":1,\"tag\":\"\xFF\"}}"),
              HasSubstr("bytes that are no UTF-8"));
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1e999,"tag":"a"}})"), HasSubstr("no JSON"));
  EXPECT_THAT(instead(R"({"table":"run_tugs","row":{}})"),
              MatchesRegex(at_a_line("there is no table 'run_tugs'; did you mean 'run_tags'")));
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1}})"),
              MatchesRegex(at_a_line("the row of run_tags lacks tag")));
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1,"tag":"a","tog":1}})"),
              HasSubstr("run_tags has no column 'tog'; did you mean 'tag'?"));
  for (const char* twice : {R"({"table":"run_tags","row":{"run_id":1,"tag":"best","tag":"worst"}})",
                            R"({"table":"run_tags","row":{"run_id":1,"tag":"best"},"table":"run_tags"})"}) {
    EXPECT_THAT(instead(twice), MatchesRegex(at_a_line("a key is there twice"))) << twice;
  }
  for (const char* value : {"1.5", "\"1\"", "true", "[]", "{}", "9223372036854775808", "[[[[1]]]]"}) {
    EXPECT_THAT(instead(fmt::format(R"({{"table":"run_tags","row":{{"run_id":{},"tag":"a"}}}})", value)),
                MatchesRegex(at_a_line("")))
        << value;
  }
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1,"tag":2}})"),
              HasSubstr("run_tags.tag holds TEXT, and this is none"));
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":1,"tag":null}})"), HasSubstr("NOT NULL"));
  EXPECT_THAT(instead(R"({"table":"run_tags","row":{"run_id":99,"tag":"a"}})"),
              HasSubstr("refers to one that isn't there"));
  EXPECT_THAT(instead(row + "\n" + row), HasSubstr("UNIQUE"));
  EXPECT_THAT(instead("[1]"), MatchesRegex(at_a_line("a line is ")));
  EXPECT_THAT(instead(std::string(200'000, '[')), MatchesRegex(at_a_line("")));
}

TEST_F(JsonlImport, RefusesAFileThatWasCutOrJoined) {
  const std::string whole = read_file(whole_);
  const std::size_t end = whole.rfind("{\"end\"");
  EXPECT_THAT(refusal_of(whole.substr(0, end)),
              HasSubstr("the last line, {\"end\":…}, is missing: the file was cut"));
  EXPECT_THAT(refusal_of(whole + whole), HasSubstr("there is more behind the last line"));
  EXPECT_THAT(refusal(R"({"table":"run_tags","row":{"run_id":1,"tag":"best"}})", ""),
              HasSubstr("the file was cut or changed"));
  for (std::size_t size = 0; size < whole.size() - 1; size += 997) {
    write_file_atomically(changed_, whole.substr(0, size));
    EXPECT_THROW(import_jsonl(changed_, target_, {}), DataError) << size;
  }
  EXPECT_EQ(scalar(target_, "SELECT count(*) FROM runs"), "0");
}

TEST_F(JsonlImport, RefusesAnotherFirstLine) {
  EXPECT_THAT(refusal("\"schema\":6", "\"schema\":7000"),
              HasSubstr(changed_.string() + ":1: written by a newer rnnbench"));
  EXPECT_THAT(refusal_of(""), HasSubstr(changed_.string() + ":1: it is not what"));
  EXPECT_THAT(refusal_of("{\"metrics\": []}\n"), HasSubstr(":1: it is not what"));
}

TEST_F(JsonlImport, TakesAnOlderSchema) {
  const std::string facts = R"({"table":"review_facts")";
  std::string older = replaced(read_file(whole_), "\"schema\":6", "\"schema\":4");
  const std::size_t begin = older.find(facts);
  older.erase(begin, older.find('\n', begin) + 1 - begin);
  const std::size_t rows = static_cast<std::size_t>(std::count(older.begin(), older.end(), '\n')) - 2;
  older.replace(older.rfind("{\"end\""), std::string::npos,
                fmt::format("{{\"end\":{{\"rows\":{}}}}}\n", rows));
  write_file_atomically(changed_, older);
  EXPECT_EQ(import_jsonl(changed_, target_, {}).added, 5);
}

// Catches: a pipe that is taken for an empty file, since its size is 0.
TEST_F(JsonlImport, TakesAPipe) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::jthread writer([&] { std::ofstream(pipe) << read_file(whole_); });
  EXPECT_EQ(import_jsonl(pipe, target_, {}).added, 5);
}

TEST_F(JsonlImport, RefusesAFolder) {
  EXPECT_THAT(message_of<EnvironmentError>([&] { import_jsonl(folder_, target_, {}); }),
              HasSubstr(folder_.string() + " is a folder"));
}

TEST_F(JsonlImport, StopsWhereItIsAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(import_jsonl(whole_, target_, stop.get_token()), Interrupted);
  EXPECT_EQ(scalar(target_, "SELECT count(*) FROM runs"), "0");
}

}  // namespace
}  // namespace rnnbench
