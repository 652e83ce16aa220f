#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/review_judge.hpp"
#include "harness/core/error.hpp"
#include "results/errors/test_texts.hpp"
#include "results/errors/tested_reviews.hpp"
#include "results/query/database.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/prediction_source.hpp"
#include "results/query/table_sections.hpp"

namespace rnnbench {
namespace {

struct PredictOptions {
  DatabaseOption db;
  std::int64_t run = 0;
  DataOption data;
  std::vector<std::string> texts;
  std::int64_t review = 0;  // counts from 1; 0: none
  bool words = false;
  std::size_t top = 20;
  std::string weights = "best";
  std::string format = "table";
};

/// The text of a review that the run was tested on; says its label.
std::string test_review(Database& database, const PredictOptions& options, const std::stop_token& stop) {
  const TestedReviews tested =
      load_tested_reviews(database, {find_subject(database, std::to_string(options.run))});
  if (options.review < 1 || options.review > std::ssize(tested.labels)) {
    throw ConfigError(fmt::format("--review {}: run {} was tested on reviews 1 to {}", options.review,
                                  options.run, tested.reviews()));
  }
  const TestTexts texts = find_test_texts(tested.settings, tested.digest, options.data.path, stop);
  if (!texts.are_there()) throw DataError(texts.why_not);
  const Review& review = texts[static_cast<std::size_t>(options.review - 1)];
  fmt::print(stderr, "test review {}, labelled {}: {}\n", options.review,
             review.label == 1 ? "POSITIVE" : "NEGATIVE", visible_text(review.text));
  return std::string(review.text);
}

void print_call(const Prediction& prediction) {
  fmt::print("{} (probability of positive {:.3f}; {} of {} words known)\n",
             prediction.positive >= 0.5 ? "POSITIVE" : "NEGATIVE", prediction.positive,
             prediction.known_words, prediction.words);
}

/// The words by how much the probability changes without them.
TableSection words_section(std::vector<WordErasure> erasures, double positive, std::size_t top) {
  std::ranges::stable_sort(erasures, std::greater(),
                           [&](const WordErasure& word) { return std::abs(positive - word.positive); });
  TableSection section{"words",
                       "Words by what the probability of positive loses without them (below 0: gains)",
                       {{"position", "word", "known", "influence", "p_without"}, {}}};
  for (const WordErasure& word : erasures) {
    section.table.rows.push_back({static_cast<std::int64_t>(word.position + 1), word.token,
                                  std::string(word.known ? "yes" : "no"), positive - word.positive,
                                  word.positive});
  }
  section.most_rows = top;
  return section;
}

void predict(const PredictOptions& options, const std::stop_token& stop) {
  const TableFormat format = table_format(options.format);
  if (options.texts.empty() && options.review == 0) throw ConfigError("give a text, or --review N");
  Database database(options.db.path);
  const PredictionSource source = run_for_prediction(database, options.run);
  std::vector<std::string> texts = options.texts;
  if (options.review != 0) texts.push_back(test_review(database, options, stop));
  if (options.words && texts.size() > 1) throw ConfigError("--words takes one text");
  const ReviewJudge judge = review_judge(source, options.weights);
  if (options.words && !judge.erasures) {
    throw ConfigError(fmt::format("run {} is a baseline's; --words takes a run of a net", options.run));
  }
  for (const std::string& text : texts) {
    const Prediction prediction = judge.predict(text);
    const bool for_programs = format == TableFormat::kCsv || format == TableFormat::kJson;
    if (!options.words || !for_programs) print_call(prediction);
    if (!options.words) continue;
    const TableSection section = words_section(judge.erasures(text), prediction.positive, options.top);
    fmt::print("{}{}", for_programs ? "" : "\n", format_sections({section}, {}, format));
  }
}

}  // namespace

void add_predict_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<PredictOptions>();
  CLI::App* command =
      app.add_subcommand("predict", "Call a review POSITIVE or NEGATIVE with a finished run's model");
  command->add_option("run", options->run, "Number of a finished run, see `list`")
      ->required()
      ->type_name("RUN");
  command->add_option("text", options->texts, "The review, in quotes; several are judged one by one")
      ->type_name("TEXT");
  command->add_option("--weights", options->weights, "Weights of the best epoch (by validation) or the last")
      ->check(CLI::IsMember({"best", "last"}))
      ->capture_default_str();
  command->add_option("--review", options->review, "Judge this review of the run's test set; the first is 1")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->type_name("N");
  command->add_flag("--words", options->words, "Also each word's influence: the text judged without it");
  command->add_option("--top", options->top, "Words that the table shows; 0: all")->capture_default_str();
  command->add_option("--format", options->format, "Of --words: table, csv, json or markdown")
      ->capture_default_str();
  options->data.add_to(*command);
  options->db.add_to(*command);
  command->callback([options, &session] { predict(*options, session.stop); });
}

}  // namespace rnnbench
