#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/errors/error_sections.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/run_subjects.hpp"

namespace rnnbench {
namespace {

constexpr const char* kErrorsFooter =
    "Subjects are given as to `compare`: runs, trials or conditions. A trial's call is what the mean "
    "probability\n"
    "of its seeds says. Texts are read from the data set where it is found and is the one that was "
    "tested.\n\n"
    "  rnnbench errors 12 17\n"
    "  rnnbench errors 1559c362 --only classification,totals\n"
    "  rnnbench errors 12 17 --only disagreements --format csv";

struct ErrorsOptions {
  DatabaseOption db;
  DataOption data;
  std::vector<std::string> subjects;
  std::vector<std::string> only;
  std::size_t sample = 20;
  std::uint64_t seed = 1;
  std::size_t top = 20;
  std::size_t width = 60;
  std::string format = "table";
};

std::vector<TableSection> sections_of(const TestedReviews& tested, const TestTexts& texts,
                                      const ErrorsOptions& options) {
  std::vector<TableSection> sections = {totals_section(tested), classification_section(tested),
                                        sample_section(tested, texts, options.sample, options.seed)};
  if (tested.subjects.size() > 1) sections.push_back(disagreements_section(tested, texts));
  sections.insert(sections.end(), {groups_section(tested, texts), calibration_section(tested),
                                   always_wrong_section(tested, texts)});
  for (TableSection& section : sections) {
    section.widest_text = options.width;
    const bool is_long = section.name == "disagreements" || section.name == "always-wrong";
    if (is_long) section.most_rows = options.top;
  }
  return sections;
}

/// Whether a section is asked for that shows texts or stars: reading them takes longer than all else.
bool needs_texts(const std::vector<std::string>& only) {
  constexpr std::string_view kWithout[] = {"totals", "classification", "calibration"};
  return only.empty() || std::ranges::any_of(only, [&](const std::string& name) {
           return std::ranges::find(kWithout, name) == std::end(kWithout);
         });
}

TestTexts texts_of(const TestedReviews& tested, const ErrorsOptions& options, const std::stop_token& stop) {
  if (!needs_texts(options.only)) return {.why_not = "not asked for"};
  TestTexts texts = find_test_texts(tested.settings, tested.digest, options.data.path, stop);
  if (!texts.are_there()) fmt::print(stderr, "without texts and stars: {}\n", visible_text(texts.why_not));
  return texts;
}

void show_errors(const ErrorsOptions& options, const std::stop_token& stop) {
  const TableFormat format = table_format(options.format);
  const bool wants_disagreements =
      std::find(options.only.begin(), options.only.end(), "disagreements") != options.only.end();
  if (wants_disagreements && options.subjects.size() < 2) {
    throw ConfigError("--only disagreements: they are of two runs or trials; give a second one");
  }
  Database database(options.db.path);
  std::vector<Subject> subjects;
  for (const std::string& text : options.subjects) subjects.push_back(find_subject(database, text));
  const TestedReviews tested = load_tested_reviews(database, subjects);
  const TestTexts texts = texts_of(tested, options, stop);
  fmt::print("{}", format_sections(sections_of(tested, texts, options), options.only, format));
}

}  // namespace

void add_errors_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ErrorsOptions>();
  CLI::App* command = app.add_subcommand(
      "errors",
      "What runs got wrong: a report by class, reviews, disagreements, kinds of reviews, calibration");
  command->add_option("subjects", options->subjects, "Runs, trials or filters, tested on the same reviews")
      ->required()
      ->type_name("RUN|TRIAL|FILTER");
  command
      ->add_option("--only", options->only,
                   "Only these sections: totals, classification, sample, disagreements, groups, calibration, "
                   "always-wrong")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--sample", options->sample, "How many reviews to draw")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of the drawing")->capture_default_str();
  command->add_option("--top", options->top, "Rows of long lists that the table shows; 0: all")
      ->capture_default_str();
  command->add_option("--width", options->width, "Columns of a text that the table shows; 0: all")
      ->capture_default_str();
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->data.add_to(*command);
  options->db.add_to(*command);
  command->footer(kErrorsFooter);
  command->callback([options, &session] { show_errors(*options, session.stop); });
}

}  // namespace rnnbench
