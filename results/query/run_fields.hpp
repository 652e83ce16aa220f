#pragma once

#include <map>
#include <string>
#include <string_view>

#include "results/query/database.hpp"
#include "results/query/sql_part.hpp"

namespace rnnbench {

/// Something of a run that a user may name. Beside what is recorded by name: `side`, the engine, or the label
/// of a side of `rnnbench bench` (eigen@1a2b3c4); `subject`, what that was compared on; `step_ms`, the median
/// over epochs (rounds of a bench) of an epoch's median step.
struct RunField {
  enum class Kind {
    kText,     ///< a column of run_summary that holds text; side, subject
    kNumber,   ///< another column of it; step_ms
    kMetric,   ///< `loss:validation`: a metric at the last epoch that has it
    kSetting,  ///< `training.optimizer.learning_rate`: a setting of its trial by dotted path
  };
  std::string name;
  Kind kind = Kind::kText;
  SqlPart value;  ///< an expression over a row of run_summary; NULL: none, or NaN
  SqlPart shown;  ///< the same for reading: a recorded metric that is NaN is the text NaN, a trial 8 digits
};

/// Looks names up in one database.
class RunFields {
 public:
  explicit RunFields(Database& database);

  /// Throws ConfigError where no run has anything of that name; it gives the nearest.
  RunField find(std::string_view name);

 private:
  RunField metric(std::string_view name, std::size_t colon);
  RunField setting(std::string_view name);
  std::vector<std::string> known_names();

  Database& database_;
  std::vector<std::string> names_;                    // of run_summary's columns, in order
  std::map<std::string, bool, std::less<>> is_text_;  // by column
};

/// "model.layers.0.units" as SQLite names it: `$."model"."layers"[0]."units"`. Throws ConfigError where a
/// part is empty or contains a quotation mark.
std::string json_path(std::string_view dotted);

/// The names separated by commas, blanks around them left out. Throws ConfigError where one is empty; `what`
/// says in messages what is listed.
std::vector<std::string> split_names(std::string_view list, std::string_view what);

}  // namespace rnnbench
