#include "harness/data/train_vectors.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/vector_files.hpp"
#include "harness/data/word_vectors.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Vectors of a few toy reviews, in a cache folder of this test.
class TrainVectors : public testing::Test {
 protected:
  TrainVectors() {
    ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
    ::unsetenv("RNNBENCH_VECTORS");
    request_.location.set = request_.data.set = "toy";
    request_.data.split = {.kind = SplitKind::kShuffled, .train = 0.8, .test = 0.2, .seed = 1};
    request_.data.limit.train = 300;
    request_.recipe.steps = {{"lower", "", ""}, {"split", "whitespace", ""}};
    request_.recipe.vocabulary = 100;
    request_.settings = {.dimensions = 6, .epochs = 2};
  }
  ~TrainVectors() override { ::unsetenv("XDG_CACHE_HOME"); }

  TrainedVectors train() { return train_vectors(request_, {}, {}, {}); }

  TestFolder folder_;
  VectorRequest request_;
};

TEST_F(TrainVectors, AreFoundByTheirNameAndReadBack) {
  const TrainedVectors trained = train();
  EXPECT_TRUE(trained.is_new);
  EXPECT_EQ(find_word_vectors(trained.name).path, trained.path);
  const std::vector<std::string> words = {"the", "zebra"};
  const WordVectors read = read_word_vectors(trained.path, {words, 0, 2, 6}, {});
  EXPECT_EQ(read.format, "word2vec binary");
  EXPECT_EQ(read.found, 1U);
}

TEST_F(TrainVectors, RecordSaysHowTheyCameAbout) {
  const Json record = Json::parse(read_file(train().path.string() + ".json"));
  EXPECT_EQ(record["settings"]["dimensions"], 6);
  EXPECT_EQ(record["settings"]["seed"], 1);
  EXPECT_EQ(record["reviews"]["training"], 300);
  EXPECT_EQ(record["reviews"]["unlabelled"], 0);
  EXPECT_EQ(record["reviews"]["unlabelled_from"], "");
  EXPECT_EQ(record["repeatable"], true);
  EXPECT_THAT(record["library"].get<std::string>(), HasSubstr("fastText"));
}

TEST_F(TrainVectors, ThatAreThereAreNotTrainedAgain) {
  const TrainedVectors first = train();
  const auto time = fs::last_write_time(first.path);
  const TrainedVectors second = train();
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(second.record, first.record);
  EXPECT_EQ(fs::last_write_time(first.path), time);
}

// Also: one thread gives the same bytes twice.
TEST_F(TrainVectors, ThatAreDamagedOrHalfThereAreTrainedAgain) {
  const TrainedVectors first = train();
  const std::string bytes = read_file(first.path);
  write_text(first.path, bytes.substr(0, bytes.size() - 1));
  EXPECT_TRUE(train().is_new);
  EXPECT_EQ(read_file(first.path), bytes);
  fs::remove(first.path.string() + ".json");
  EXPECT_TRUE(train().is_new);
  EXPECT_EQ(read_file(first.path), bytes);
  write_text(first.path.string() + ".json", "{\"settings\": 3");
  EXPECT_TRUE(train().is_new);
}

TEST_F(TrainVectors, OfOtherSettingsOrReviewsHaveAnotherName) {
  std::vector<std::string> names = {train().name};
  const auto expect_other = [&] {
    names.push_back(train().name);
    for (std::size_t i = 0; i + 1 < names.size(); ++i) EXPECT_NE(names[i], names.back());
  };
  request_.settings.seed = 2;
  expect_other();
  request_.data.split.seed = 2;
  expect_other();
  request_.recipe.steps.pop_back();
  request_.recipe.steps.push_back({"split", " ", ""});
  expect_other();
  request_.recipe.vocabulary = 50;  // makes no other words
  EXPECT_EQ(train().name, names.back());
}

TEST_F(TrainVectors, GoWhereTheyAreAskedFor) {
  request_.out = folder_.path() / "here" / "v.bin";
  EXPECT_EQ(train().path, *request_.out);
  EXPECT_FALSE(train().is_new);
  EXPECT_FALSE(fs::exists(vectors_folder()));
  write_text(*request_.out, "something else");
  EXPECT_THROW(train(), ConfigError);
  EXPECT_EQ(read_file(*request_.out), "something else");
}

TEST_F(TrainVectors, LeaveNothingWhereInterrupted) {
  std::stop_source source;
  EXPECT_THROW(train_vectors(
                   request_, [&](const Json&) { source.request_stop(); }, {}, source.get_token()),
               Interrupted);
  EXPECT_FALSE(fs::exists(vectors_folder()));
}

}  // namespace
}  // namespace rnnbench
