# What is broken on purpose: kind, file of impls/eigen, the right statement, the wrong one. A kind may have
# several places. Each statement must stand exactly once in its file, so that this list can't fall behind.

plant_defect(lstm-gate-order lstm_cell.hpp
  [[return std::tuple(gate(0), gate(1), gate(2), gate(3));]]
  [[return std::tuple(gate(1), gate(0), gate(2), gate(3));]])
plant_defect(lstm-forgets-nothing-on-the-way-back lstm_cell.hpp
  [[memory_gradient *= forget_gate_;]] [[]])
plant_defect(lstm-output-gate-without-tanh lstm_cell.hpp
  [[after.hidden.array() = o * after.memory.array().tanh();]]
  [[after.hidden.array() = o * after.memory.array();]])
plant_defect(gru-gate-order gru_cell.hpp
  [[return std::tuple(gate(0), gate(1), gate(2));]]
  [[return std::tuple(gate(1), gate(0), gate(2));]])
plant_defect(gru-reset-ignored gru_cell.hpp
  [[n += r * kept.array();]] [[n += kept.array();]])
plant_defect(gru-reset-bias-counted-twice gru_cell.hpp
  [[if (reset_after_) bias.tail(units()) = weights_.input_bias.value.row(0).tail(units());]] [[]])
plant_defect(gru-reset-before-taken-for-after gru_cell.hpp
  [[kept = (r * hidden.array()).matrix();]] [[kept = hidden;]])
plant_defect(gru-update-turned-round gru_cell.hpp
  [[after.hidden.array() = (1 - z) * n + z * before.hidden.array();]]
  [[after.hidden.array() = z * n + (1 - z) * before.hidden.array();]])
plant_defect(tanh-derivative-of-the-wrong-argument activation.hpp
  [[if (activation == Activation::kTanh) gradient.array() *= Scalar(1) - output.array().square();]]
  [[if (activation == Activation::kTanh) gradient.array() *= Scalar(1) - output.array().tanh().square();]])
plant_defect(second-bias-dropped cell_weights.hpp
  [[return input_bias.value.row(0) + recurrent_bias->value.row(0);]]
  [[return input_bias.value.row(0);]])
plant_defect(mask-ignored-on-the-way-back cell_layer.hpp
  [[set_aside(masked, carried);]] [[]])
plant_defect(mask-ignored-on-the-way-back cell_layer.hpp
  [[take_back(masked, carried);]] [[]])
plant_defect(mask-lets-the-memory-go-on cell_layer.hpp
  [[after.memory.row(review) = before.memory.row(review);]] [[]])
plant_defect(input-mask-missing-in-the-kernel-gradient cell_layer.hpp
  [[weights_.input_kernel.gradient.noalias() += gates.transpose() * input_dropout_.forward(input);]]
  [[weights_.input_kernel.gradient.noalias() += gates.transpose() * input;]])
plant_defect(recurrent-mask-missing-on-the-way-back cell_layer.hpp
  [[recurrent_dropout_.apply(through_product);]] [[]])
plant_defect(masks-of-another-step cell_layer.hpp
  [[recurrent_dropout_.draw(batch, units(), draw);]]
  [[recurrent_dropout_.draw(batch, units(), draw ? Draw(DropoutDraw{draw->seed, draw->step + 1}) : draw);]])
plant_defect(first-reversed-step-wrong cell_layer.hpp
  [[before.hidden = last_hidden_;]]
  [[before.hidden = last_hidden_; if (homeward_) before.hidden.array() += 1;]])
plant_defect(homeward-mask-of-the-other-end cell_layer.hpp
  [[if (!is_masked(masked, step * batch_ + review)) continue;]]
  [[if (!is_masked(masked, (homeward_ ? steps() - 1 - step : step) * batch_ + review)) continue;]])
plant_defect(carried-gradient-kept-from-the-last-batch cell_layer.hpp
  [[carried_hidden_.setZero(batch_, units());]]
  [[if (carried_hidden_.rows() != batch_) carried_hidden_.setZero(batch_, units());]])
plant_defect(kernel-gradients-pile-up cell_weights.hpp
  [[recurrent_kernel.gradient.setZero();]] [[]])
plant_defect(pieces-out-of-order walk.hpp
  [[use(Walk{homeward ? first + count - done - steps : first + done, steps, homeward});]]
  [[use(Walk{first + done, steps, homeward});]])
plant_defect(spatial-mask-missing-on-the-way-back network.hpp
  [[spatial_dropout_.apply(sequence_gradient(0, slots));]] [[]])
plant_defect(masked-slots-count-in-the-mean pooling.hpp
  [[shares_[review] = slots > 0 ? 1 / Scalar(slots) : Scalar(0);]]
  [[shares_[review] = 1 / Scalar(batch.time);]])
plant_defect(last-valid-slot-one-early pooling.hpp
  [[return std::max<Index>(batch.lengths[static_cast<std::size_t>(review)] - 1, 0);]]
  [[return std::max<Index>(batch.lengths[static_cast<std::size_t>(review)] - 2, 0);]])
plant_defect(padding-row-learns embedding.hpp
  [[if (zero_padding_ && word == batch.padding_id) continue;]] [[]])
plant_defect(gradients-pile-up network.hpp
  [[embedding_.clear_gradient();]] [[]])
plant_defect(loss-without-its-mean loss.hpp
  [[logits(review, logits.cols() - 1) = error / batch;]]
  [[logits(review, logits.cols() - 1) = error;]])
plant_defect(decay-applied-twice optimizer.hpp
  [[if (rates.keep != 1) weight *= rates.keep;]]
  [[if (rates.keep != 1) weight *= rates.keep * rates.keep;]])
plant_defect(l2-after-the-moments optimizer.hpp
  [[if (rates.l2 != 0) gradient += rates.l2 * weight;]]
  [[if (rates.l2 != 0) weight *= 1 - rates.rate * rates.l2;]])
plant_defect(keras-epsilon-after-the-correction optimizer.hpp
  [[rates.root_correction = Scalar(is_keras() ? 1 : root_correction);]]
  [[rates.root_correction = Scalar(root_correction);]])
plant_defect(clipping-left-out clipping.hpp
  [[return scale >= 1 ? 1 : scale;]] [[return 1;]])
