#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/core/files.hpp"
#include "results/exchange/csv_export.hpp"
#include "results/exchange/csv_import.hpp"
#include "results/exchange/jsonl_export.hpp"
#include "results/exchange/jsonl_import.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {

/// A database with rows in every table and with values that are easily lost.
class ExchangeTest : public StoreTest {
 protected:
  ExchangeTest() { make_full_database(path_); }

  static void make_full_database(const std::filesystem::path& path) {
    make_past_database(path, kPastSchemas);
    Store{path};  // brings it to this schema
    execute(path, R"(
      UPDATE runs SET status = 'interrupted', finished = started WHERE status = 'running';
      UPDATE experiments SET note = 'naïve, "quoted"' || char(10) || 'and ' || char(13, 10) || '雪' WHERE id = 2;
      UPDATE runs SET note = 'base64:not', output = CAST(x'FF41C3' AS TEXT), seed = -9223372036854775808,
        train_seconds = 5e-324 WHERE id = 3;
      UPDATE runs SET reason = CAST(x'610062' AS TEXT), process_start = 9223372036854775807, seconds = 0.1 WHERE id = 2;
      INSERT INTO metrics (run_id, name, split, epoch, value, unit) VALUES
        (1, '', '', 1, -0.0, ''), (1, 'low', '', 1, -9e999, ''), (1, 'nan', '', 1, NULL, ''),
        (1, ',', '"', 1, 0.30000000000000004, 'a' || char(9) || ' '), (1, 'single', '', 1, 0.8612999916076660, ''),
        (1, 'large', '', 1, 1.7976931348623157e308, ''), (1, 'whole', '', 1, 3.0, '');
      INSERT INTO review_sets VALUES ('empty', x'');
      INSERT INTO predictions VALUES (1, 'none', 'empty', x'');
      INSERT INTO experiment_tags VALUES (1, 'paper'), (2, 'späť');
      INSERT INTO run_tags VALUES (1, 'best'), (7, 'x"y');
      INSERT INTO resumes VALUES (3, '2026-01-02T10:00:00.500Z', 8, 2, 1, 'there');)");
    give_true_keys(path);
  }

  /// Each trial the key that its settings have.
  static void give_true_keys(const std::filesystem::path& path) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE, 30'000);
    SQLite::Statement select(database, "SELECT id, settings FROM trials");
    while (select.executeStep()) {
      database.exec("UPDATE trials SET key = '" + sha256_hex(select.getColumn(1).getString()) +
                    "' WHERE id = " + select.getColumn(0).getString());
    }
  }

  std::vector<RunId> all_runs() {
    std::vector<RunId> runs;
    SQLite::Database database(path_.string(), SQLite::OPEN_READONLY);
    SQLite::Statement select(database, "SELECT id FROM runs ORDER BY id");
    while (select.executeStep()) runs.push_back(select.getColumn(0).getInt64());
    return runs;
  }

  TablesReport write_csv(const std::filesystem::path& folder, const std::vector<RunId>& runs) {
    Database database(path_);
    return export_csv(database, runs, folder, {});
  }
  TablesReport write_jsonl(const std::filesystem::path& file, const std::vector<RunId>& runs) {
    Database database(path_);
    return export_jsonl(database, runs, file, {});
  }

  /// Of each table.
  static std::map<std::string, int> counts(const std::filesystem::path& path) {
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
    std::map<std::string, int> counts;
    for (const auto& [table, columns] : tables_of(database)) {
      counts[table] = database.execAndGet("SELECT count(*) FROM " + table).getInt();
    }
    return counts;
  }
};

/// A text with one part replaced, which must be there.
inline std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return at == std::string::npos ? text : text.replace(at, part.size(), by);
}

}  // namespace rnnbench
