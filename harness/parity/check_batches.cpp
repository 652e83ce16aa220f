#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/parity/check_parity.hpp"
#include "harness/parity/gradient_check.hpp"
#include "harness/parity/owned_batch.hpp"

namespace rnnbench {

void check_batches(EnginePair& pair, const ParityRequest& request, const EncodedData& data,
                   const ParityServices& services, ParityFindings& findings) {
  const RunSeeds seeds = run_seeds(request.seed);
  const DropoutDraw draw{seeds.dropout, /*step=*/0};
  pair.set_state(starting_parameters(request, data.vocabulary));
  for (const auto& [name, batch] : odd_batches(data, request.batch, seeds.order)) {
    if (services.stop.stop_requested()) throw Interrupted();
    services.progress(name);
    findings.begin(kBatches, name, pair.precision());
    check_gradients(pair, request, batch, data.vocabulary, std::nullopt, services, findings);
    pair.compare_predictions(batch.view(), findings);
    findings.begin(kBatchesWithDropout, name, pair.precision());
    check_gradients(pair, request, batch, data.vocabulary, draw, services, findings);
  }
}

}  // namespace rnnbench
