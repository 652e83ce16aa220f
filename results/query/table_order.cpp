#include "results/query/table_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/run_fields.hpp"

namespace rnnbench {
namespace {

struct Place {
  std::size_t column;
  bool descending;
};

/// Numbers, then texts, then bytes, then nothing.
int rank(const TableCell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return 3;
  if (std::holds_alternative<Blob>(cell)) return 2;
  return std::holds_alternative<std::string>(cell) ? 1 : 0;
}

double number(const TableCell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::get<double>(cell);
}

bool comes_first(const TableCell& one, const TableCell& other, bool descending) {
  if (rank(one) != rank(other)) return rank(one) < rank(other);
  if (rank(one) == 0) return descending ? number(one) > number(other) : number(one) < number(other);
  const auto* text = std::get_if<std::string>(&one);
  if (text == nullptr) return false;
  const std::string& other_text = std::get<std::string>(other);
  return descending ? *text > other_text : *text < other_text;
}

}  // namespace

std::vector<SortKey> parse_sort(std::string_view sort) {
  std::vector<SortKey> keys;
  for (const std::string& text : split_names(sort, "--sort")) {
    if (text.ends_with(":desc")) {
      keys.push_back({text.substr(0, text.size() - 5), true});
    } else {
      keys.push_back({text.ends_with(":asc") ? text.substr(0, text.size() - 4) : text, false});
    }
  }
  return keys;
}

void sort_table(Table& table, const std::vector<SortKey>& keys) {
  std::vector<Place> places;
  for (const SortKey& key : keys) {
    const auto found = std::find(table.columns.begin(), table.columns.end(), key.name);
    if (found == table.columns.end()) {
      throw ConfigError(fmt::format("--sort: there is no column '{}'{}", visible_text(key.name),
                                    suggestion(key.name, table.columns)));
    }
    places.push_back({static_cast<std::size_t>(found - table.columns.begin()), key.descending});
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [&](const auto& one, const auto& other) {
    for (const auto& [column, descending] : places) {
      if (comes_first(one[column], other[column], descending)) return true;
      if (comes_first(other[column], one[column], descending)) return false;
    }
    return false;
  });
}

}  // namespace rnnbench
