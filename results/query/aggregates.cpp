#include "results/query/aggregates.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/statistics/mean_intervals.hpp"
#include "harness/statistics/moments.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;
using Statistic = std::optional<double> (*)(Values&);

std::optional<double> median(Values& values) {
  if (values.empty()) return std::nullopt;
  const auto upper = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), upper, values.end());
  if (values.size() % 2 == 1) return *upper;
  return std::midpoint(*std::max_element(values.begin(), upper), *upper);
}

std::optional<double> stddev(Values& values) {
  if (values.size() < 2) return std::nullopt;
  return moments_of(values).deviation();
}

std::optional<double> ci95(Values& values) {
  if (values.size() < 2) return std::nullopt;
  return half_width_of_mean(moments_of(values));
}

/// The values collected so far; SQLite keeps the pointer, zeroed at first.
Values** collected(sqlite3_context* context) {
  return static_cast<Values**>(sqlite3_aggregate_context(context, sizeof(Values*)));
}

void collect(sqlite3_context* context, int /*count*/, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  const int type = sqlite3_value_numeric_type(arguments[0]);
  if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) {
    sqlite3_result_error(context, "median, stddev and ci95 take numbers only", -1);
    return;
  }
  Values** values = collected(context);
  try {
    if (values == nullptr) throw std::bad_alloc();
    if (*values == nullptr) *values = std::make_unique<Values>().release();
    (*values)->push_back(sqlite3_value_double(arguments[0]));
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

template <Statistic statistic>
void conclude(sqlite3_context* context) {
  Values** values = collected(context);
  const std::unique_ptr<Values> owned(values == nullptr ? nullptr : std::exchange(*values, nullptr));
  Values none;
  const std::optional<double> result = statistic(owned ? *owned : none);
  if (result) {
    sqlite3_result_double(context, *result);
  } else {
    sqlite3_result_null(context);
  }
}

template <Statistic statistic>
void add(sqlite3* connection, const char* name) {
  const int code =
      sqlite3_create_function_v2(connection, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                 nullptr, nullptr, &collect, &conclude<statistic>, nullptr);
  if (code != SQLITE_OK) throw StoreError(std::string("can't define the SQL function ") + name);
}

}  // namespace

void add_aggregates(sqlite3* connection) {
  add<median>(connection, "median");
  add<stddev>(connection, "stddev");
  add<ci95>(connection, "ci95");
}

}  // namespace rnnbench
