#include "harness/cli/parity_check.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "harness/cli/doing_line.hpp"
#include "harness/cli/parity_seeds.hpp"
#include "harness/cli/parity_table.hpp"
#include "harness/cli/seeds_table.hpp"
#include "harness/cli/trial_vectors.hpp"
#include "harness/core/clock.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

ParityServices parity_services(const RunServices& services, const DoingLine& line) {
  return {.make_engine = services.make_engine,
          .progress = [&line](const std::string& doing) { line.show("  " + doing); },
          .stop = services.stop};
}

}  // namespace

ParityCheck::ParityCheck(const ParitySubject& subject, ParityRequest request, const RunServices& services,
                         const VectorsOption& vectors, Store& store)
    : subject_(subject), request_(std::move(request)), services_(services), option_(vectors), store_(store) {}

bool ParityCheck::run() {
  using Clock = std::chrono::steady_clock;
  fmt::print(stderr, "checking {}\n", subject_.label);
  const auto start = Clock::now();
  record_ = check();
  id_ = store_.add_parity(record_);
  print_settings();
  fmt::print("{}{} in {}; record {}\n\n", parity_table(record_),
             passed(record_) ? "Parity shown" : "Parity NOT shown",
             human_duration(std::chrono::duration<double>(Clock::now() - start).count()), id_);
  std::fflush(stdout);
  return passed(record_);
}

bool ParityCheck::train_seeds(const SeedsRequest& seeds, const EncodedData& data) {
  start_from_vectors(data);
  fmt::print("{}", seeds_plan(request_, seeds, data));
  std::fflush(stdout);
  ParitySeeds result;
  {
    const DoingLine line;
    result = check_seeds(request_, seeds, data, parity_services(services_, line));
  }
  store_.add_parity_seeds(id_, result);
  fmt::print("{}\n", seeds_table(record_, result));
  std::fflush(stdout);
  return result.verdict == kEquivalent;
}

ParityRecord ParityCheck::check() {
  const DoingLine line;
  const EncodedData data = services_.load_data(subject_.trial);
  start_from_vectors(data);
  ParityRecord record = check_parity(request_, data, parity_services(services_, line));
  record.data_set = subject_.trial.data.set;
  record.recipe = subject_.trial.recipe.name;
  record.environment = services_.environment.dump();
  return record;
}

/// Which words have which ids depends on the data.
void ParityCheck::start_from_vectors(const EncodedData& data) {
  if (subject_.trial.model.embedding.vectors_sha256.empty()) return;
  vectors_ = services_.given_vectors(subject_.trial, data);
  request_.vectors = vectors_->vectors.rows;
}

void ParityCheck::print_settings() const {
  fmt::print(
      "{}\n  {} on {} against {} on {}; data set {}, recipe {}, vocabulary {}, length {}; {} reviews a "
      "batch\n",
      subject_.label, record_.candidate.name, record_.candidate.device, record_.reference.name,
      record_.reference.device, record_.data_set, record_.recipe, record_.vocabulary, record_.length,
      request_.batch);
  const EmbeddingSpec& embedding = subject_.trial.model.embedding;
  if (embedding.vectors.empty()) return;
  if (vectors_) {
    fmt::print("  The embedding starts from the vectors {}.\n", embedding.vectors);
  } else {
    fmt::print("  The embedding starts from ordinary initial values: {}.\n",
               vectors_obstacle(subject_.trial, option_));
  }
}

}  // namespace rnnbench
