#include "results/exchange/event_file.hpp"

#include <array>

#include "results/exchange/crc32c.hpp"

namespace rnnbench {
namespace {

// Field numbers of Event, Summary, Summary.Value, SummaryMetadata, its PluginData, TensorProto and its shape.
constexpr int kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5;
constexpr int kValue = 1;
constexpr int kTag = 1, kSimpleValue = 2, kTensor = 8, kMetadata = 9;
constexpr int kPluginData = 1, kDescription = 3;
constexpr int kPluginName = 1, kContent = 2;
constexpr int kType = 1, kShape = 2;
constexpr int kDimension = 2;
constexpr std::uint64_t kFloat = 1;

/// As TFRecord stores a CRC: so that one over data that holds CRCs stays sound.
std::uint32_t masked(std::uint32_t crc) { return ((crc >> 15U) | (crc << 17U)) + 0xA282EAD8U; }

template <typename Unsigned>
std::array<char, sizeof(Unsigned)> little_endian(Unsigned value) {
  std::array<char, sizeof value> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(value >> (8 * i));
  return bytes;
}

/// A tensor of no floats, which takes the place of a value.
ProtobufMessage no_value() {
  ProtobufMessage shape, tensor;
  shape.message(kDimension, {});
  tensor.number(kType, kFloat);
  tensor.message(kShape, shape);
  return tensor;
}

}  // namespace

EventFile::EventFile(std::ostream& out, double wall_time) : out_(out) {
  begin_event(wall_time);
  event_.text(kFileVersion, "brain.Event:2");
  write_record(event_.bytes());
}

void EventFile::scalar(const ScalarEvent& event) {
  begin_event(event.wall_time);
  event_.number(kStep, static_cast<std::uint64_t>(event.step));
  value_.text(kTag, event.tag);
  value_.real(kSimpleValue, static_cast<float>(event.value));
  if (!event.description.empty() && !described_.contains(event.tag)) {
    ProtobufMessage plugin, metadata;
    plugin.text(kPluginName, "scalars");
    metadata.message(kPluginData, plugin);
    metadata.text(kDescription, event.description);
    value_.message(kMetadata, metadata);
    described_.emplace(event.tag);
  }
  write_value();
}

void EventFile::plugin_data(std::string_view tag, std::string_view plugin, const ProtobufMessage& content,
                            double wall_time) {
  ProtobufMessage data, metadata;
  data.text(kPluginName, plugin);
  data.message(kContent, content);
  metadata.message(kPluginData, data);
  begin_event(wall_time);
  value_.text(kTag, tag);
  value_.message(kTensor, no_value());
  value_.message(kMetadata, metadata);
  write_value();
}

void EventFile::begin_event(double wall_time) {
  event_.clear();
  summary_.clear();
  value_.clear();
  event_.real(kWallTime, wall_time);
}

void EventFile::write_value() {
  summary_.message(kValue, value_);
  event_.message(kSummary, summary_);
  write_record(event_.bytes());
}

void EventFile::write_record(std::string_view data) {
  const auto length = little_endian(static_cast<std::uint64_t>(data.size()));
  const auto length_crc = little_endian(masked(crc32c({length.data(), length.size()})));
  const auto data_crc = little_endian(masked(crc32c(data)));
  out_.write(length.data(), length.size());
  out_.write(length_crc.data(), length_crc.size());
  out_.write(data.data(), static_cast<std::streamsize>(data.size()));
  out_.write(data_crc.data(), data_crc.size());
}

}  // namespace rnnbench
