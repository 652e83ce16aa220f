#pragma once

#include <filesystem>
#include <string>

namespace rnnbench {

/// `results.report/NAME` beside a database `results.db`.
std::filesystem::path report_folder(const std::filesystem::path& database, const std::string& experiment);

/// "report    PATH" with its line end: where something is, for people.
std::string visible_place(const char* what, const std::filesystem::path& path);

/// The report of one experiment with its figures, in `results.report/NAME`
/// beside a database `results.db`.
class ExperimentOutput {
 public:
  ExperimentOutput(std::filesystem::path database, std::string experiment);

  /// Makes the folder, so that what is in its way is known before anything is run. Throws EnvironmentError.
  void prepare() const;
  /// Whether the report says what the database holds now.
  bool is_current() const;
  /// Writes the report and draws its figures.
  void write() const;
  /// The experiment's results as a table, and where the database is.
  std::string summary() const;
  /// Where the report and, if it has any, its figures are, a line each; true once they are written.
  std::string places() const;

 private:
  /// Changes with every run that is added or ends.
  std::string state() const;

  std::filesystem::path database_;
  std::string experiment_;
};

}  // namespace rnnbench
