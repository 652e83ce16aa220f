#pragma once

namespace rnnbench {

/// Says after which epochs a checkpoint is written. Two lie `least` seconds apart, and so far that writing
/// them takes no more than a twentieth of a run's time.
class CheckpointPace {
 public:
  /// 0: after each epoch, whatever it costs; infinite: never.
  explicit CheckpointPace(double least) : least_(least) {}

  /// `now` is in seconds since the run's process began with it.
  bool is_due(double now) const { return now - last_ >= (least_ > 0 ? wait() : 0); }
  /// One is written now and took `cost` seconds.
  void wrote(double now, double cost) {
    last_ = now;
    cost_ = cost;
  }

 private:
  double wait() const { return least_ > 20 * cost_ ? least_ : 20 * cost_; }

  double least_;
  double last_ = 0;
  double cost_ = 0;
};

}  // namespace rnnbench
