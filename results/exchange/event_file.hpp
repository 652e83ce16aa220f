#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "results/exchange/protobuf_message.hpp"

namespace rnnbench {

/// A point of a curve in TensorBoard.
struct ScalarEvent {
  std::string_view tag;
  std::int64_t step = 0;
  double wall_time = 0;               ///< seconds after 1970
  double value = 0;                   ///< written as the nearest float: NaN and infinities as they are
  std::string_view description = {};  ///< shown beside the tag
};

/// Writes an event file of TensorBoard: records with their length and CRC-32Cs (TFRecord), each a
/// protocol-buffer Event. The encoder is our own, since a handful of message types needs no compiler of them
/// and no other library.
class EventFile {
 public:
  /// Writes the version, which comes first. `out` outlives this.
  EventFile(std::ostream& out, double wall_time);

  /// A description is written with the first point of a tag.
  void scalar(const ScalarEvent& event);
  /// What a plugin keeps under a tag, without a value.
  void plugin_data(std::string_view tag, std::string_view plugin, const ProtobufMessage& content,
                   double wall_time);

 private:
  void begin_event(double wall_time);
  void write_value();
  void write_record(std::string_view data);

  std::ostream& out_;
  std::set<std::string, std::less<>> described_;
  ProtobufMessage event_, summary_, value_;  // members, so that events share their memory
};

}  // namespace rnnbench
