#include "results/query/run_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "harness/core/error.hpp"
#include "results/query/moments.hpp"
#include "results/query/query_table.hpp"
#include "results/query/replicates.hpp"
#include "results/query/table_order.hpp"

namespace rnnbench {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double measured(const TableCell& cell, const std::string& name) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  if (std::holds_alternative<std::monostate>(cell)) return kNone;
  throw ConfigError(fmt::format("--columns: '{}' is no number; groups show means", name));
}

template <typename Number>
void append_bytes(std::string& key, Number number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

/// Bytes that differ where the cells do.
void append_key(std::string& key, const TableCell& cell) {
  key += static_cast<char>(cell.index());
  if (const auto* text = std::get_if<std::string>(&cell)) {
    append_bytes(key, text->size());
    key += *text;
  } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    append_bytes(key, *whole);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    append_bytes(key, *number + 0.0);  // -0 is 0
  }
}

/// Takes rows of run, trial, seed, what is grouped by, what is measured.
class GroupSink : public RowSink {
 public:
  GroupSink(std::size_t by, const std::vector<std::string>& measures) : by_(by), measures_(measures) {}

  void columns(const std::vector<std::string>& /*names*/) override {}

  void row(std::vector<TableCell>& cells) override {
    const auto [place, is_newest] = replicates_.place(
        std::get<std::string>(cells[1]), std::get<std::int64_t>(cells[2]), std::get<std::int64_t>(cells[0]));
    if (!is_newest) return;
    if (place == group_of_.size()) {
      group_of_.push_back(0);
      values_.resize(values_.size() + measures_.size());
    }
    group_of_[place] = group(cells);
    double* values = &values_[place * measures_.size()];
    for (std::size_t measure = 0; measure < measures_.size(); ++measure) {
      values[measure] = measured(cells[kGroupBegin + by_ + measure], measures_[measure]);
    }
  }

  std::vector<std::vector<TableCell>> rows() const {
    std::vector<std::int64_t> counts(groups_.size());
    std::vector<std::vector<Moments>> moments(groups_.size(), std::vector<Moments>(measures_.size()));
    for (std::size_t place = 0; place < group_of_.size(); ++place) {
      ++counts[group_of_[place]];
      for (std::size_t measure = 0; measure < measures_.size(); ++measure) {
        const double value = values_[place * measures_.size() + measure];
        if (value == value) moments[group_of_[place]][measure].add(value);
      }
    }
    std::vector<std::vector<TableCell>> rows;
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      if (counts[group] == 0) continue;  // a newer run of the seed is in another group
      std::vector<TableCell> row = groups_[group];
      row.emplace_back(counts[group]);
      for (const Moments& measure : moments[group]) {
        row.insert(row.end(), {measure.mean_cell(), measure.deviation_cell(), measure.n});
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  static constexpr std::size_t kGroupBegin = 3;

  std::size_t group(std::vector<TableCell>& cells) {
    key_.clear();
    for (std::size_t index = 0; index < by_; ++index) append_key(key_, cells[kGroupBegin + index]);
    if (!groups_.empty() && key_ == last_key_) return last_group_;
    const auto [entry, is_new] = numbers_.try_emplace(key_, groups_.size());
    last_key_ = key_;
    last_group_ = entry->second;
    if (is_new) {
      groups_.emplace_back(cells.begin() + kGroupBegin,
                           cells.begin() + kGroupBegin + static_cast<std::ptrdiff_t>(by_));
    }
    return last_group_;
  }

  std::size_t by_;
  const std::vector<std::string>& measures_;
  Replicates replicates_;
  std::string key_;
  std::string last_key_;
  std::size_t last_group_ = 0;
  std::unordered_map<std::string, std::size_t> numbers_;  // of groups, by key
  std::vector<std::vector<TableCell>> groups_;
  std::vector<std::size_t> group_of_;  // by replicate
  std::vector<double> values_;         // by replicate and measure
};

/// The fields' values; settings are read once a trial, not once a run.
SqlPart selection(const std::vector<RunField>& fields, const SqlPart& where) {
  SqlPart settings{"WITH chosen AS MATERIALIZED (SELECT key"};
  SqlPart columns{" SELECT run, trial, seed"};
  bool any_setting = false;
  for (const RunField& field : fields) {
    columns += {", "};
    if (field.kind != RunField::Kind::kSetting) {
      columns += field.value;
      continue;
    }
    any_setting = true;
    const std::string name = fmt::format("setting_{}", settings.parameters.size());
    settings += {", settings ->> ? AS " + name, {json_path(field.name)}};
    columns += {name};
  }
  SqlPart sql;
  if (any_setting) {
    sql += settings;
    sql += {" FROM trials)"};
  }
  sql += columns;
  sql += {any_setting ? " FROM run_summary JOIN chosen ON chosen.key = trial WHERE "
                      : " FROM run_summary WHERE "};
  return sql += where;
}

}  // namespace

Table group_runs(Database& database, const RunFilter& filter, const RunGroupView& view) {
  RunFields names(database);
  const std::vector<std::string> measures =
      view.measures.empty() ? std::vector<std::string>{"test_accuracy", "test_loss", "train_seconds"}
                            : view.measures;
  Table table;
  std::vector<RunField> fields;
  std::vector<SortKey> order;
  for (const std::string& name : view.by) {
    fields.push_back(names.find(name));
    table.columns.push_back(name);
    order.push_back({name});
  }
  table.columns.emplace_back("runs");
  for (const std::string& name : measures) {
    fields.push_back(names.find(name));
    table.columns.insert(table.columns.end(), {name, name + "_sd", name + "_n"});
  }
  SqlPart where = filter_sql(filter, names);
  if (!asks_for_status(filter)) where += {" AND +status = 'finished'"};
  const SqlPart sql = selection(fields, where);

  GroupSink sink(view.by.size(), measures);
  query_rows(database, sql.text, sql.parameters, sink);
  table.rows = sink.rows();
  if (table.rows.empty()) refuse_unknown_values(database, filter);
  sort_table(table, view.sort.empty() ? order : parse_sort(view.sort));
  if (view.limit > 0 && table.rows.size() > static_cast<std::size_t>(view.limit)) {
    table.rows.resize(static_cast<std::size_t>(view.limit));
  }
  const auto trial = std::find(view.by.begin(), view.by.end(), "trial");
  if (trial != view.by.end()) {
    for (auto& row : table.rows) {
      std::string& key = std::get<std::string>(row[static_cast<std::size_t>(trial - view.by.begin())]);
      key = key.substr(0, 8);
    }
  }
  return table;
}

}  // namespace rnnbench
