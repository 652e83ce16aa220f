// Catches: word vectors that are skipped, read for other words or lost on the way to an engine; trials that
// are done taken for new ones when a file moved, and new ones for done when it changed.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstring>

#include "harness/core/files.hpp"
#include "harness/model/parameters.hpp"
#include "harness/runner/artifacts.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Vector = std::vector<float>;
/// Three words of the toy reviews and one that they don't have.
const std::vector<std::pair<std::string, Vector>> kVectors = {{"zebra", {9, 9, 9, 9}},
                                                              {"great", {0.5F, -1, 2, 0.25F}},
                                                              {"plot", {-0.125F, 1, 0, 3}},
                                                              {"awful", {-0.5F, 1, -2, 0.1F}}};

std::string as_text() {
  std::string text;
  for (const auto& [word, vector] : kVectors) {
    text += word;
    for (const float value : vector) text += fmt::format(" {}", value);
    text += '\n';
  }
  return text;
}

std::string as_binary() {
  std::string bytes = "4 4\n";
  for (const auto& [word, vector] : kVectors) {
    std::string numbers(vector.size() * sizeof(float), '\0');
    std::memcpy(numbers.data(), vector.data(), numbers.size());
    bytes += word + " " + numbers + "\n";
  }
  return bytes;
}

/// A frozen embedding of the vectors "news", one seed.
std::string experiment(const std::string& engines = R"(["eigen"])") {
  std::string config = small_experiment();
  const auto replace = [&](const std::string& what, const std::string& with) {
    config.replace(config.find(what), what.size(), with);
  };
  replace("seeds = [1, 2]", "seeds = [1]");
  replace("[\"eigen\"]", engines);
  replace("[10, 20]", "[10]");
  replace("epochs = 3", "epochs = 2\nthreads = 1");
  replace("{ size = 8 }", R"({ size = 4, trainable = false, vectors = "news" })");
  return config;
}

class Vectors : public ProgramTest {
 protected:
  Vectors() { program_.environment["RNNBENCH_VECTORS"] = ""; }

  ProgramResult run(std::vector<std::string> more = {}, const char* command = "run") {
    more.insert(more.begin(), {command, config_});
    return program_.run(more);
  }
  std::filesystem::path artifact(const std::string& run, const std::string& kind) {
    return database().parent_path() /
           ask(fmt::format("SELECT path FROM artifacts WHERE run_id = {} AND kind = '{}'", run, kind));
  }
  /// Expects the rows of the words to be their vectors and all others zero.
  void expect_vectors_in(const std::string& run) {
    const Tensor table = read_parameters(artifact(run, "parameters_last")).at("embedding.weight");
    const std::vector<std::string> words = read_vocabulary(artifact(run, "vocabulary"));
    std::vector<double> expected(table.values.size());
    for (std::size_t rank = 0; rank < words.size(); ++rank) {
      for (const auto& [word, vector] : kVectors) {
        if (word == words[rank]) std::copy(vector.begin(), vector.end(), expected.begin() + 4 * (rank + 2));
      }
    }
    EXPECT_EQ(table.values, expected) << "run " << run;
    EXPECT_EQ(ask(fmt::format("SELECT round(value * {}, 6) || unit FROM metrics WHERE name = 'vectors_found' "
                              "AND run_id = {}",
                              words.size(), run)),
              "3.0fraction");
  }

  std::string config_ = program_.write("news.toml", experiment());
};

TEST_F(Vectors, AreWhatAFrozenEmbeddingHoldsAfterTraining) {
  const auto text = program_.write("a.txt", as_text());
  const auto binary = program_.write("b.bin", as_binary());
  ASSERT_EQ(run({"--vectors", text}).exit_code, 0);
  ASSERT_EQ(run({"--vectors", binary}).exit_code, 0);
  expect_vectors_in("1");
  expect_vectors_in("2");
  EXPECT_EQ(ask("SELECT group_concat(json_extract(engine_details, '$.word_vectors.format')) FROM runs"),
            "\"GloVe,word2vec binary\"");
  EXPECT_THAT(program_.run({"show", "1"}).out, AllOf(HasSubstr("vectors_found"), HasSubstr("\"a.txt\"")));
}

TEST_F(Vectors, OfATrainableEmbeddingAreWhereItStarts) {
  const auto text = program_.write("a.txt", as_text());
  const std::vector<std::string> still = {"--vectors", text,
                                          "--set",     "model.embedding.trainable=true",
                                          "--set",     "training.optimizer.learning_rate=0"};
  ASSERT_EQ(run(still).exit_code, 0);
  expect_vectors_in("1");
  ASSERT_EQ(run({"--vectors", text, "--set", "model.embedding.trainable=true"}).exit_code, 0);
  EXPECT_NE(read_parameters(artifact("2", "parameters_last")).at("embedding.weight").values,
            read_parameters(artifact("1", "parameters_last")).at("embedding.weight").values);
}

TEST_F(Vectors, AreTheSameStartInBothEngines) {
  config_ = program_.write("both.toml", experiment(R"(["libtorch", "eigen"])"));
  const ProgramResult result = run({"--vectors", program_.write("a.txt", as_text())});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  if (result.out.find("1 skipped") != std::string::npos) GTEST_SKIP() << "this build has no LibTorch";
  expect_vectors_in("1");
  expect_vectors_in("2");
}

TEST_F(Vectors, ThatAreNotThereAreSkippedUntilTheyAre) {
  EXPECT_THAT(run({}, "plan").out, AllOf(HasSubstr("1 skipped"), HasSubstr("set RNNBENCH_VECTORS")));
  EXPECT_THAT(run({"--vectors", "none.bin"}, "plan").out, HasSubstr("--vectors none.bin doesn't exist"));
  EXPECT_THAT(run().out, HasSubstr("0 finished, 0 failed, 1 skipped"));
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE reason LIKE '%''news''%RNNBENCH_VECTORS%'"), "1");

  program_.write("folder/news.txt", as_text());
  program_.environment["RNNBENCH_VECTORS"] = (program_.folder() / "folder").string();
  const ProgramResult result = run();
  EXPECT_THAT(result.out, AllOf(HasSubstr("1 finished, 0 failed, 0 skipped"), HasSubstr("  finished ")));
  EXPECT_EQ(result.out.find("  skipped "), std::string::npos) << "the table still has the skipped trial";
}

TEST_F(Vectors, MakeTheTrialByContentAndNotByPlace) {
  const auto here = program_.write("here/a.txt", as_text());
  const auto there = program_.write("there/news.txt", as_text());
  ASSERT_EQ(run({"--vectors", here}).exit_code, 0);
  const char* done = "0 finished, 0 failed, 0 skipped, 1 were done already";
  EXPECT_THAT(run({"--vectors", there}).out, HasSubstr(done));
  EXPECT_THAT(run({"--vectors", there.parent_path()}).out, HasSubstr(done));
  EXPECT_THAT(run({"--set", "model.embedding.vectors=" + here.string()}).out, HasSubstr(done));
  EXPECT_THAT(run({"--vectors", here}, "plan").out, HasSubstr("1 of 1 runs are finished"));
  program_.write("here/a.txt", as_text() + "more 1 2 3 4\n");
  EXPECT_THAT(run({"--vectors", here}, "plan").out, HasSubstr("0 of 1 runs are finished, 1 to run"));
  EXPECT_THAT(run({"--vectors", here}).out, HasSubstr("1 finished"));
  EXPECT_EQ(ask("SELECT count(DISTINCT trial_id) FROM runs"), "2");
}

TEST_F(Vectors, LeaveTrialsWithoutThemAsTheyWere) {
  ASSERT_EQ(run({"--set", "model.embedding.vectors="}).exit_code, 0);
  EXPECT_THAT(run({"--set", "model.embedding.vectors=", "--vectors", program_.write("a.txt", as_text())}).out,
              HasSubstr("1 were done already"));
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'vectors_found'"), "0");
}

TEST_F(Vectors, OfAnotherSizeAreSkippedWithBothSizes) {
  const auto text = program_.write("a.txt", as_text());
  const auto reason = HasSubstr("a.txt: line 1 has vectors of 4 numbers, model.embedding.size is 5");
  EXPECT_THAT(run({"--vectors", text, "--set", "model.embedding.size=5"}, "plan").out, reason);
  EXPECT_THAT(run({"--vectors", text, "--set", "model.embedding.size=5"}).out, HasSubstr("1 skipped"));
  EXPECT_THAT(ask("SELECT reason FROM runs"), reason);
}

TEST_F(Vectors, ThatAreDamagedFailTheirRunAndTheMatrixGoesOn) {
  const auto cut = program_.write("cut.bin", as_binary().substr(0, as_binary().size() - 5));
  std::string both = experiment();
  both.erase(both.find(", vectors = \"news\""), std::string(", vectors = \"news\"").size());
  both.insert(both.find("[model]"), "\"model.embedding.vectors\" = [\"news\", \"\"]\n");
  config_ = program_.write("both.toml", both);
  const ProgramResult result = run({"--vectors", cut});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("1 finished, 1 failed, 0 skipped"));
  EXPECT_THAT(ask("SELECT reason FROM runs WHERE status = 'failed'"),
              AllOf(HasSubstr("cut.bin: ends after 3 of its 4 words"), HasSubstr("get the file")));
}

// Catches: escape codes of a file that a terminal acts on.
TEST_F(Vectors, TheirControlCharactersStayOffTheTerminal) {
  const ProgramResult result =
      run({"--vectors", program_.write("a\x1b[2J.txt", "the 0.1 \x1b[31mX 0.3 0.4\n")});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.err,
              AllOf(HasSubstr(R"(a\x1b[2J.txt: line 1: '\x1b[31mX' is no number)"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b")));
}

TEST_F(Vectors, AreNotNeededToPredict) {
  const auto text = program_.write("a.txt", as_text());
  ASSERT_EQ(run({"--vectors", text}).exit_code, 0);
  std::filesystem::remove(text);
  const ProgramResult result = program_.run({"predict", "1", "The plot was great."});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("4 of 4 words known"));
}

TEST_F(Vectors, AreWhereParityStartsIfTheyAreThere) {
  std::string both = experiment(R"(["libtorch", "eigen"])");
  const std::string layers = R"([{ cell = "rnn", units = 8 }])";
  both.replace(both.find(layers), layers.size(),
               "[{ cell = \"lstm\", units = 6, bidirectional = true }]\ninitializers = \"keras\"\n"
               "pooling = \"max\"");
  config_ = program_.write("both.toml", both);
  const auto text = program_.write("a.txt", as_text());
  const ProgramResult without = run({"--stride", "1"}, "parity");
  if (without.err.find("no LibTorch") != std::string::npos) GTEST_SKIP() << "this build has no LibTorch";
  EXPECT_EQ(without.exit_code, 0) << without.out << without.err;
  EXPECT_THAT(without.out, AllOf(HasSubstr("ordinary initial values"), HasSubstr("set RNNBENCH_VECTORS")));
  const ProgramResult with = run({"--stride", "1", "--vectors", text}, "parity");
  EXPECT_EQ(with.exit_code, 0) << with.out << with.err;
  EXPECT_THAT(with.out, HasSubstr("starts from the vectors news"));
  EXPECT_THAT(ask("SELECT json_extract(model, '$.embedding.vectors') FROM parity_records WHERE id = 2"),
              HasSubstr("sha256:"));
  EXPECT_EQ(run({"--stride", "1", "--vectors", text, "--set", "model.embedding.trainable=true"}, "parity")
                .exit_code,
            0);
}

}  // namespace
}  // namespace rnnbench
