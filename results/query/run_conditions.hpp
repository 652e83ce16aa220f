#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/query/run_fields.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// One thing that must hold of a run, as `test_accuracy>0.85` says it.
struct RunCondition {
  std::string name;
  std::string op;     ///< = != < <= > >= or ~ (contains the text)
  std::string value;  ///< as written
};

/// Throws ConfigError where there is no name or operator.
RunCondition parse_condition(std::string_view text);

/// The conditions as SQL over run_summary, joined by AND; "1" of none. `none` as the value of = or != means
/// that there is nothing (NaN included). Numbers, `true`, `false` and "quoted texts" are typed; other values
/// are texts. Throws ConfigError for unknown names, and where a number is compared with a text.
SqlPart conditions_sql(const std::vector<RunCondition>& conditions, RunFields& fields);

}  // namespace rnnbench
