#include "harness/data/csv_reader.hpp"

#include <gmock/gmock.h>

#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CsvReader : public testing::Test {
 protected:
  std::vector<std::string> read(std::string_view content) {
    write_text(path_, content);
    return lines_of(read_csv(path_, std::stop_token()));
  }
  std::string error_of(std::string_view content) {
    return data_error_of([&] { read(content); });
  }

  TestFolder folder_;
  std::filesystem::path path_ = folder_.path() / "reviews.csv";
};

TEST_F(CsvReader, ReadsRowsInOrder) {
  EXPECT_THAT(read("review,sentiment\nGood,positive\n\"Bad, bad\",negative\n"),
              ElementsAre("none 1 0_0: Good", "none 0 1_0: Bad, bad"));
}

TEST_F(CsvReader, ReadsEveryFormOfRfc4180) {
  EXPECT_THAT(read("\xEF\xBB\xBF\"review\",sentiment\r\n"
                   "\"a \"\"word\"\",\r\n\nnext\",positive\r\n"
                   "\"\"\"\",negative\r\n"
                   ",negative\r\n"
                   "\r\n"
                   "last \xFF,\"positive\""),
              ElementsAre("none 1 0_0: a \"word\",\r\n\nnext", "none 0 1_0: \"",
                          "none 0 2_0: ", "none 1 3_0: last \xFF"));
}

TEST_F(CsvReader, NamesFileAndLine) {
  const std::string start = "review,sentiment\n\"two\nlines\",positive\n";  // the next record is on line 4
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"\"never closed,positive\n", ":4: the quote that opens here is never closed"},
      {"\"a\nclosed\" early,positive\n", ":5: text after a closing quote"},
      {"a \"bare\" quote,positive\n", ":4: a quote inside an unquoted field"},
      {"no label\n", ":4: 1 columns"},
      {"a,comma,positive\n", ":4: 3 columns"},
      {"text,Positive\n", ":4: unknown sentiment 'Positive'"},
      {"text,\n", ":4: unknown sentiment ''"},
      {std::string(10'000'001, 'a') + ",positive\n", ":4: a review of more than 10 MB"},
  };
  for (const auto& [line, message] : wrong) {
    EXPECT_THAT(error_of(start + line), HasSubstr(path_.string() + message)) << line.substr(0, 30);
  }
}

TEST_F(CsvReader, RefusesAnotherFile) {
  for (const char* content : {"", "\n", "text,label\nGood,1\n", "sentiment,review\npositive,Good\n",
                              "review,sentiment,id\nGood,positive,1\n", "Good,positive\n"}) {
    EXPECT_THAT(error_of(content), HasSubstr("header 'review,sentiment'")) << content;
  }
  EXPECT_THAT(error_of("review,sentiment\n"), HasSubstr("no review"));
  EXPECT_THAT(data_error_of([&] { read_csv(folder_.path() / "none.csv", std::stop_token()); }),
              HasSubstr("no such file"));
}

TEST_F(CsvReader, KnowsItsHeader) {
  for (const char* content :
       {"review,sentiment\n", "review,sentiment", "\xEF\xBB\xBFreview,sentiment\r\nx"}) {
    write_text(path_, content);
    EXPECT_TRUE(has_review_header(path_)) << content;
  }
  for (const char* content : {"", "id,review,sentiment\n", "\"review,sentiment\n", "review,sentiments\n"}) {
    write_text(path_, content);
    EXPECT_FALSE(has_review_header(path_)) << content;
  }
  EXPECT_FALSE(has_review_header(folder_.path()));
}

TEST_F(CsvReader, StopsWhenAsked) {
  write_text(path_, as_csv(sample_members()));
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(read_csv(path_, source.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
