#include "results/store/parity_rows.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/VariadicBind.h>

#include "harness/core/clock.hpp"
#include "harness/core/sha256.hpp"
#include "results/store/rows.hpp"

namespace rnnbench {
namespace {

void add_errors(SQLite::Database& database, std::int64_t id, const std::vector<ParityError>& errors) {
  SQLite::Statement insert(
      database,
      "INSERT INTO parity_errors (parity_id, check_group, check_name, quantity, tensor, precision, error, "
      "bound, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const ParityError& error : errors) {
    SQLite::bind(insert, id, error.group, error.check, error.quantity, error.tensor, error.precision,
                 error.error, error.bound, error.problem);
    insert.exec();
    insert.reset();
  }
}

}  // namespace

std::int64_t add_parity_record(SQLite::Database& database, const ParityRecord& record) {
  SQLite::Statement insert(
      database,
      "INSERT INTO parity_records (model, spec_hash, training, data_set, recipe, vocabulary, length, "
      "reference, reference_device, reference_details, candidate, candidate_device, candidate_details, "
      "environment_id, precision, verdict, checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?)");
  SQLite::bind(insert, record.model, sha256_hex(record.model), record.training, record.data_set,
               record.recipe, record.vocabulary, record.length, record.reference.name,
               record.reference.device, record.reference.details, record.candidate.name,
               record.candidate.device, record.candidate.details,
               environment_row(database, record.environment), record.precision,
               passed(record) ? "shown" : "not shown", utc_now());
  insert.exec();
  const std::int64_t id = database.getLastInsertRowid();
  add_errors(database, id, record.errors);
  return id;
}

void add_parity_seed_rows(SQLite::Database& database, std::int64_t parity, const ParitySeeds& seeds) {
  SQLite::Statement verdict(
      database,
      "INSERT INTO parity_equivalences (parity_id, verdict, margin, difference, low, high, p, chance, "
      "checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::bind(verdict, parity, seeds.verdict, seeds.margin, seeds.difference, seeds.low, seeds.high, seeds.p,
               seeds.chance, utc_now());
  verdict.exec();
  SQLite::Statement insert(
      database,
      "INSERT INTO parity_seeds (parity_id, seed, train_reviews, test_reviews, epochs, reference_accuracy, "
      "candidate_accuracy) VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const SeedAccuracies& one : seeds.accuracies) {
    SQLite::bind(insert, parity, stored_seed(one.seed), seeds.train_reviews, seeds.test_reviews, seeds.epochs,
                 one.reference, one.candidate);
    insert.exec();
    insert.reset();
  }
}

}  // namespace rnnbench
