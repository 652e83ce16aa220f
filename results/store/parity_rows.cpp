#include "results/store/parity_rows.hpp"

#include <SQLiteCpp/Database.h>

#include "harness/core/clock.hpp"
#include "harness/core/sha256.hpp"
#include "results/store/rows.hpp"
#include "results/store/statement_cache.hpp"

namespace rnnbench {
namespace {

void add_errors(StatementCache& statements, std::int64_t id, const std::vector<ParityError>& errors) {
  LentStatement insert = statements.get(
      "INSERT INTO parity_errors (parity_id, check_group, check_name, quantity, tensor, precision, error, "
      "bound, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const ParityError& error : errors) {
    insert.execute(id, error.group, error.check, error.quantity, error.tensor, error.precision, error.error,
                   error.bound, error.problem);
  }
}

}  // namespace

std::int64_t add_parity_record(StatementCache& statements, const ParityRecord& record) {
  LentStatement insert = statements.get(
      "INSERT INTO parity_records (model, spec_hash, training, data_set, recipe, vocabulary, length, "
      "reference, reference_device, reference_details, candidate, candidate_device, candidate_details, "
      "environment_id, precision, verdict, checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?)");
  insert.execute(record.model, sha256_hex(record.model), record.training, record.data_set, record.recipe,
                 record.vocabulary, record.length, record.reference.name, record.reference.device,
                 record.reference.details, record.candidate.name, record.candidate.device,
                 record.candidate.details, environment_row(statements, record.environment), record.precision,
                 passed(record) ? "shown" : "not shown", utc_now());
  const std::int64_t id = statements.database().getLastInsertRowid();
  add_errors(statements, id, record.errors);
  return id;
}

void add_parity_seed_rows(StatementCache& statements, std::int64_t parity, const ParitySeeds& seeds) {
  LentStatement verdict = statements.get(
      "INSERT INTO parity_equivalences (parity_id, verdict, margin, difference, low, high, p, chance, "
      "checked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  verdict.execute(parity, seeds.verdict, seeds.margin, seeds.difference, seeds.low, seeds.high, seeds.p,
                  seeds.chance, utc_now());
  LentStatement insert = statements.get(
      "INSERT INTO parity_seeds (parity_id, seed, train_reviews, test_reviews, epochs, reference_accuracy, "
      "candidate_accuracy) VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const SeedAccuracies& one : seeds.accuracies) {
    insert.execute(parity, stored_seed(one.seed), seeds.train_reviews, seeds.test_reviews, seeds.epochs,
                   one.reference, one.candidate);
  }
}

}  // namespace rnnbench
