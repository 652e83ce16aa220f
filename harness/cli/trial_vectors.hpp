#pragma once

#include <stop_token>
#include <string>

#include "harness/cli/options.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// Notes in a trial's model what the word vectors are that it names, so that its key depends on their
/// content. Nothing where it names none or they can't be used, see vectors_obstacle(). Reads a file it hasn't
/// seen yet as a whole. Throws DataError, Interrupted.
void identify_vectors(TrialSpec& trial, const VectorsOption& option, const std::stop_token& stop);

/// Why the word vectors that a trial's model names can't be used, and what to do; "" where they can, or it
/// names none. Reads the beginning of the file.
std::string vectors_obstacle(const TrialSpec& trial, const VectorsOption& option);

/// RunServices::given_vectors of real runs.
decltype(RunServices::given_vectors) vectors_service(const VectorsOption& option,
                                                     const std::stop_token& stop);

}  // namespace rnnbench
