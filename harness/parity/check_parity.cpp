#include "harness/parity/check_parity.hpp"

namespace rnnbench {

ParityRecord check_parity(const ParityRequest& request, const EncodedData& data,
                          const ParityServices& services) {
  ParityFindings findings;
  ParityRecord record;
  {
    EnginePair pair(request, request.training, data.vocabulary, data.time, request.precision,
                    services.make_engine);
    record.reference = {request.reference.name, name_of(request.reference.device),
                        pair.reference().describe()};
    record.candidate = {request.candidate.name, name_of(request.candidate.device),
                        pair.candidate().describe()};
    check_batches(pair, request, data, services, findings);
    check_training_points(pair, request, data, services, findings);
  }
  check_optimizer_steps(request, data, services, findings);
  record.model = to_json(request.model).dump();
  record.training = to_json(request.training).dump();
  record.precision = name_of(request.precision);
  record.vocabulary = data.vocabulary;
  record.length = data.time;
  record.errors = findings.take();
  return record;
}

}  // namespace rnnbench
