#include "harness/cli/bench_subjects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "harness/cli/claim_files.hpp"
#include "harness/cli/parity_subjects.hpp"
#include "harness/cli/trial_vectors.hpp"
#include "harness/core/error.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/encoder.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// The claim whose file begins with the number of "m3".
fs::path claim_file(const std::string& name) {
  const fs::path folder = claims_folder();
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().filename().string().starts_with(name.substr(1) + "-")) return entry.path();
  }
  throw ConfigError(fmt::format("there is no model '{}' in {}; m1 to m6 are, or name an experiment file",
                                name, folder.string()));
}

bool is_model_name(const std::string& name) {
  return name.size() >= 2 && name[0] == 'm' &&
         std::all_of(name.begin() + 1, name.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

void find_inputs(BenchSubject& subject, const DataOption& data, const VectorsOption& vectors,
                 const std::stop_token& stop) {
  try {
    subject.fingerprint = data_fingerprint(find_data(subject.trial.data.set, data.path), stop);
  } catch (const DataError&) {
    if (data.path) throw;
    subject.drawn_tokens = true;
    subject.notes.push_back(
        "the reviews aren't here: tokens are drawn at random; `rnnbench data fetch` gets them");
  }
  if (subject.trial.model.embedding.vectors.empty()) return;
  if (!subject.drawn_tokens && vectors_obstacle(subject.trial, vectors).empty()) {
    return identify_vectors(subject.trial, vectors, stop);
  }
  subject.trial.model.embedding.vectors.clear();
  subject.notes.push_back(
      "the word vectors aren't here: the embedding starts from random ones, which take as long");
}

}  // namespace

std::vector<BenchSubject> bench_subjects(const std::vector<std::string>& names,
                                         const std::vector<std::string>& overrides, const DataOption& data,
                                         const VectorsOption& vectors, const std::stop_token& stop) {
  std::vector<BenchSubject> subjects;
  for (const std::string& name : names) {
    const fs::path file = is_model_name(name) ? claim_file(name) : fs::path(name);
    for (ParitySubject& found : parity_subjects(file, overrides)) {
      subjects.push_back(
          {is_model_name(name) ? name : found.label, file, std::move(found.trial), "", false, {}});
      find_inputs(subjects.back(), data, vectors, stop);
    }
  }
  return subjects;
}

}  // namespace rnnbench
