#pragma once

#include <filesystem>
#include <string>

namespace rnnbench {

/// The report of one experiment with its figures, in `report/NAME` beside its database.
class ExperimentOutput {
 public:
  ExperimentOutput(std::filesystem::path database, std::string experiment);

  bool exists() const;
  /// Writes the report and draws its figures.
  void write() const;
  /// The experiment's results as a table, and `places()`.
  std::string summary() const;
  /// Where database, figures and report are, a line each.
  std::string places() const;

 private:
  std::filesystem::path database_;
  std::string experiment_;
};

}  // namespace rnnbench
