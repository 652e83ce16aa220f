#include "results/store/merge_shared.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>

#include "harness/core/clock.hpp"
#include "results/store/row_copy.hpp"

namespace rnnbench {
namespace {

/// Rows that a key names for good: content that differs under one key is a conflict.
struct KeyedTable {
  const char* name;
  const char* key;
  const char* content;
};

struct AddedRows {
  int count = 0;
  std::set<std::string> conflicts = {};  ///< keys
};

/// Adds the rows whose key the target lacks.
AddedRows add_keyed(SQLite::Database& source, SQLite::Database& target, const KeyedTable& table,
                    MergeReport& report) {
  std::vector<std::string> columns;
  for (const std::string& column : columns_of(target, table.name)) {
    if (column != "id") columns.push_back(column);
  }
  SQLite::Statement select(source, fmt::format("SELECT {}, {}, {} FROM {} ORDER BY rowid", table.key,
                                               table.content, column_list(columns), table.name));
  SQLite::Statement known(
      target, fmt::format("SELECT {} = ? FROM {} WHERE {} = ?", table.content, table.name, table.key));
  SQLite::Statement insert(target, fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name,
                                               column_list(columns), placeholders(columns.size())));
  AddedRows added;
  while (select.executeStep()) {
    bind_value(known, 1, select.getColumn(1));
    bind_value(known, 2, select.getColumn(0));
    const bool is_known = known.executeStep();
    if (is_known && known.getColumn(0).getInt() == 0) {
      const std::string key = select.getColumn(0).getString();
      report.conflicts.push_back(
          fmt::format("{} {}: other content under one {}", table.name, key, table.key));
      added.conflicts.insert(key);
    }
    known.reset();
    if (is_known) continue;
    for (int i = 0; i < static_cast<int>(columns.size()); ++i)
      bind_value(insert, i + 1, select.getColumn(i + 2));
    added.count += insert.exec();
    insert.reset();
  }
  return added;
}

IdMap ids_by_key(SQLite::Database& source, SQLite::Database& target, const KeyedTable& table) {
  SQLite::Statement select(source,
                           fmt::format("SELECT id, {}, {} FROM {}", table.key, table.content, table.name));
  SQLite::Statement find(
      target, fmt::format("SELECT id FROM {} WHERE {} = ? AND {} = ?", table.name, table.key, table.content));
  IdMap ids;
  while (select.executeStep()) {
    bind_value(find, 1, select.getColumn(1));
    bind_value(find, 2, select.getColumn(2));
    if (find.executeStep()) ids[select.getColumn(0).getInt64()] = find.getColumn(0).getInt64();
    find.reset();
  }
  return ids;
}

IdMap merge_experiments(SQLite::Database& source, SQLite::Database& target, MergeReport& report) {
  SQLite::Statement select(source,
                           "SELECT id, name, question, config, created, note FROM experiments ORDER BY id");
  SQLite::Statement insert(target,
                           "INSERT INTO experiments (name, question, config, created) VALUES (?, ?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET created = max(created, excluded.created) "
                           "WHERE excluded.created > created");
  SQLite::Statement find(target, "SELECT id, note FROM experiments WHERE name = ? AND config = ?");
  SQLite::Statement annotate(target, "UPDATE experiments SET note = ? WHERE id = ?");
  const auto count = [&] { return target.execAndGet("SELECT count(*) FROM experiments").getInt(); };
  const int before = count();
  IdMap ids;
  while (select.executeStep()) {
    const std::string name = select.getColumn(1).getString(), config = select.getColumn(3).getString();
    // A clock that is ahead doesn't make an old version the newest for as long.
    const std::string created = std::min(select.getColumn(4).getString(), utc_now());
    SQLite::bind(insert, name, select.getColumn(2).getString(), config, created);
    insert.exec();
    insert.reset();
    SQLite::bind(find, name, config);
    find.executeStep();
    const std::int64_t id = find.getColumn(0).getInt64();
    const std::string note = find.getColumn(1).getString();
    find.reset();
    ids[select.getColumn(0).getInt64()] = id;
    const std::string both =
        merged_note(fmt::format("experiment {}", name), note, select.getColumn(5).getString(), report);
    if (both == note) continue;
    SQLite::bind(annotate, both, id);
    annotate.exec();
    annotate.reset();
  }
  report.experiments += count() - before;
  return ids;
}

/// NULL where there is none, which INSERT OR IGNORE passes over.
RowCopy::Change mapped(const IdMap& ids) {
  return [&ids](SQLite::Statement& to, int index, const SQLite::Column& from) {
    const auto found = ids.find(from.getInt64());
    found == ids.end() ? to.bind(index) : to.bind(index, found->second);
  };
}

}  // namespace

std::string merged_note(const std::string& what, const std::string& here, const std::string& there,
                        MergeReport& report) {
  if (!here.empty() && !there.empty() && here != there) {
    report.conflicts.push_back(fmt::format("{}: another note", what));
  }
  return here.empty() ? there : here;
}

SharedIds merge_shared(SQLite::Database& source, SQLite::Database& target, MergeReport& report) {
  const KeyedTable trials{"trials", "key", "settings"};
  const KeyedTable environments{"environments", "digest", "content"};
  const AddedRows reviews = add_keyed(source, target, {"review_sets", "digest", "labels"}, report);
  add_keyed(source, target, {"review_facts", "digest", "hex(words) || hex(ratings)"}, report);
  add_keyed(source, target, environments, report);
  report.trials += add_keyed(source, target, trials, report).count;
  SharedIds ids{merge_experiments(source, target, report), ids_by_key(source, target, trials),
                ids_by_key(source, target, environments), reviews.conflicts};
  for (const char* table : {"experiment_trials", "experiment_tags"}) {
    RowCopy copy(source, target, table, columns_of(target, table), "WHERE experiment_id = ?",
                 {{"experiment_id", mapped(ids.experiments)}, {"trial_id", mapped(ids.trials)}},
                 "INSERT OR IGNORE");
    for (const auto& [there, here] : ids.experiments) copy.copy(there);
  }
  return ids;
}

void merge_parity(SQLite::Database& source, SQLite::Database& target, const SharedIds& ids,
                  MergeReport& report) {
  std::vector<std::string> columns = columns_of(target, "parity_records");
  columns.erase(columns.begin());  // id
  std::string same = "TRUE";
  for (const std::string& column : columns) same += fmt::format(" AND {} IS ?", column);
  SQLite::Statement select(
      source, fmt::format("SELECT id, {} FROM parity_records ORDER BY id", column_list(columns)));
  SQLite::Statement find(target, fmt::format("SELECT id FROM parity_records WHERE {}", same));
  SQLite::Statement insert(target, fmt::format("INSERT INTO parity_records ({}) VALUES ({})",
                                               column_list(columns), placeholders(columns.size())));
  const auto environment = std::ranges::find(columns, "environment_id") - columns.begin() + 1;
  while (select.executeStep()) {
    if (!ids.environments.contains(select.getColumn(static_cast<int>(environment)).getInt64())) continue;
    for (int i = 1; i <= static_cast<int>(columns.size()); ++i) {
      for (SQLite::Statement* statement : {&find, &insert}) {
        columns[static_cast<std::size_t>(i) - 1] == "environment_id"
            ? statement->bind(i, ids.environments.at(select.getColumn(i).getInt64()))
            : bind_value(*statement, i, select.getColumn(i));
      }
    }
    std::int64_t record = find.executeStep() ? find.getColumn(0).getInt64() : 0;
    find.reset();
    if (record == 0) {
      report.parity_records += insert.exec();
      insert.reset();
      record = target.getLastInsertRowid();
    }
    for (const char* table : {"parity_errors", "parity_seeds", "parity_equivalences"}) {
      const auto renumbered = [record](SQLite::Statement& to, int index, const SQLite::Column&) {
        to.bind(index, record);
      };
      RowCopy(source, target, table, columns_of(target, table), "WHERE parity_id = ?",
              {{"parity_id", renumbered}}, "INSERT OR IGNORE")
          .copy(select.getColumn(0).getInt64());
    }
  }
}

}  // namespace rnnbench
