#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "harness/cli/review_judge.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {

/// The models that were asked last, ready for the next text: loading one takes longer than judging with it.
/// Used from several threads, which judge one after the other.
class ModelShelf {
 public:
  explicit ModelShelf(std::filesystem::path database) : database_(std::move(database)) {}

  /// Throws what run_for_prediction() and review_judge() do.
  ReviewCall call(RunId run, const std::string& text, bool with_words);

 private:
  struct Model {
    RunId run = 0;
    std::string weights;  ///< their SHA-256: another one where the database was replaced
    ReviewJudge judge;
  };
  const ReviewJudge& judge_of(RunId run);

  std::filesystem::path database_;
  std::timed_mutex mutex_;
  std::list<Model> models_;  // the last used first
};

}  // namespace rnnbench
