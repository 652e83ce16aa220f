#include "harness/cli/parity_seeds.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "harness/cli/seeds_table.hpp"
#include "harness/config/seed_list.hpp"
#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr int kMostEpochs = 3;

/// The smaller of two limits of which 0 is none.
int smaller_limit(int limit, int reviews) { return limit > 0 ? std::min(limit, reviews) : reviews; }

std::string epochs_text(int epochs) { return fmt::format("{} epoch{}", epochs, epochs == 1 ? "" : "s"); }

}  // namespace

void ParitySeedsOption::add_to(CLI::App& command) {
  CLI::Option* seeds =
      command
          .add_option(
              "--seeds", list_,
              "Then train both engines with each of these seeds, e.g. 1..5, and test whether the final "
              "accuracies are equivalent")
          ->type_name("LIST");
  command.add_option("--reviews", reviews_, "With --seeds: training reviews, and as many test reviews")
      ->capture_default_str()
      ->check(CLI::Range(2, 1'000'000))
      ->needs(seeds)
      ->type_name("N");
  command.add_option("--epochs", epochs_, "With --seeds: epochs [those of the spec, at most 3]")
      ->check(CLI::Range(1, 1'000'000))
      ->needs(seeds)
      ->type_name("N");
  command
      .add_option(
          "--margin", margin_,
          "With --seeds: the difference, in percentage points, that would matter; choose it before the "
          "runs")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 100.0))
      ->needs(seeds)
      ->type_name("POINTS");
}

SeedsRequest ParitySeedsOption::request_for(const ParitySubject& subject) const {
  SeedsRequest request;
  request.seeds = parse_seeds(*list_, "--seeds " + *list_);
  if (request.seeds.size() < 2) {
    throw ConfigError(
        fmt::format("--seeds {}: one seed shows no spread; give two or more, e.g. 1..5", *list_));
  }
  if (!std::isfinite(margin_)) {  // which a range lets through
    throw ConfigError("--margin: not a number; give percentage points, e.g. 1");
  }
  request.epochs = epochs_ > 0 ? epochs_ : std::min(subject.trial.training.epochs, kMostEpochs);
  request.margin = margin_;
  return request;
}

EncodedData ParitySeedsOption::load_subset(const ParitySubject& subject, const RunServices& services) const {
  TrialSpec trial = subject.trial;
  LimitSpec& limit = trial.data.limit;
  limit.train = smaller_limit(limit.train, reviews_);
  limit.validation = smaller_limit(limit.validation, reviews_);
  limit.test = smaller_limit(limit.test, reviews_);
  EncodedData data = services.load_data(trial);
  if (data.test.reviews() == 0) {
    throw ConfigError(
        fmt::format("{}: --seeds needs test reviews, and data.split leaves none", subject.label));
  }
  return data;
}

std::string seeds_plan(const ParityRequest& request, const SeedsRequest& seeds, const EncodedData& data) {
  return fmt::format(
      "Training {} and {} with {} seeds. Each starts both from the same initial parameters and lets them "
      "train\n"
      "by themselves in the same batches with shared dropout masks, so that dropout makes no difference:\n"
      "{} (the spec has {}) on {} reviews at a constant learning rate, then a test on {} reviews.\n"
      "Margin, fixed before the runs: {} of accuracy.\n",
      request.reference.name, request.candidate.name, seeds.seeds.size(), epochs_text(seeds.epochs),
      request.training.epochs, data.train.reviews(), data.test.reviews(), points_text(seeds.margin));
}

}  // namespace rnnbench
