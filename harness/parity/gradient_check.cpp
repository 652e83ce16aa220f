#include "harness/parity/gradient_check.hpp"

#include <algorithm>

namespace rnnbench {

bool gradient_jumps(const ModelSpec& model) {
  return model.pooling == Pooling::kMax ||
         std::any_of(model.layers.begin(), model.layers.end(),
                     [](const LayerSpec& layer) {
                       return layer.cell == Cell::kRnn && layer.activation == Activation::kRelu;
                     }) ||
         std::any_of(model.dense.begin(), model.dense.end(),
                     [](const DenseSpec& dense) { return dense.activation == Activation::kRelu; });
}

void check_gradients(EnginePair& pair, const ParityRequest& request, const OwnedBatch& batch, int vocabulary,
                     const std::optional<DropoutDraw>& draw, const ParityServices& services,
                     ParityFindings& findings) {
  const std::size_t first = findings.errors().size();
  pair.compare_gradients(batch.view(), draw, findings);
  const bool single = pair.precision() == Precision::kSingle;
  if (!single || !gradient_jumps(request.model) || !findings.any_to_decide(first)) return;

  const SmallVocabulary small = small_vocabulary(batch, vocabulary);
  EnginePair exact(request, request.training, small.size(), small.batch.time, Precision::kDouble,
                   services.make_engine);
  exact.set_state(small.rows_of(pair.reference().state()));
  ParityFindings in_double = findings.again_in_double();
  exact.compare_gradients(small.batch.view(), draw, in_double);
  findings.decide(first, in_double.errors());
}

}  // namespace rnnbench
