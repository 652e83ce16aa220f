#include "results/exchange/tensorboard_hparams.hpp"

#include <variant>

namespace rnnbench {
namespace {

constexpr const char* kPlugin = "hparams";

// Field numbers of HParamsPluginData, SessionStartInfo, SessionEndInfo, an entry of a map, and Value.
constexpr int kStartInfo = 3, kEndInfo = 4;
constexpr int kHparams = 1, kGroupName = 4, kStartTime = 5;
constexpr int kStatus = 1, kEndTime = 2;
constexpr int kKey = 1, kEntryValue = 2;
constexpr int kNumberValue = 2, kTextValue = 3, kBoolValue = 4;

enum class Status : std::uint64_t { kUnknown = 0, kSuccess = 1, kFailure = 2 };

Status status_of(const std::string& status) {
  if (status == "finished") return Status::kSuccess;
  return status == "failed" || status == "interrupted" ? Status::kFailure : Status::kUnknown;
}

/// A value of the view run_settings, empty for null.
ProtobufMessage setting_value(const TableCell& value, const std::string& type) {
  ProtobufMessage message;
  if (type == "true" || type == "false") {
    message.number(kBoolValue, type == "true" ? 1 : 0);
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    message.real(kNumberValue, static_cast<double>(*whole));
  } else if (const auto* real = std::get_if<double>(&value)) {
    message.real(kNumberValue, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    message.text(kTextValue, *text);
  }
  return message;
}

void write(EventFile& file, const char* tag, int field, const ProtobufMessage& info, double wall_time) {
  ProtobufMessage data;  // its version is 0, which goes without saying
  data.message(field, info);
  file.plugin_data(tag, kPlugin, data, wall_time);
}

}  // namespace

void write_session(EventFile& file, const HparamsSession& session) {
  ProtobufMessage start;
  for (const auto& row : session.settings.rows) {
    const ProtobufMessage value = setting_value(row.at(1), std::get<std::string>(row.at(2)));
    if (value.bytes().empty()) continue;
    ProtobufMessage entry;
    entry.text(kKey, std::get<std::string>(row.at(0)));
    entry.message(kEntryValue, value);
    start.message(kHparams, entry);
  }
  start.text(kGroupName, session.group);
  start.real(kStartTime, session.started);
  write(file, "_hparams_/session_start_info", kStartInfo, start, session.started);

  if (!session.finished) return;
  ProtobufMessage end;
  end.number(kStatus, static_cast<std::uint64_t>(status_of(session.status)));
  end.real(kEndTime, *session.finished);
  write(file, "_hparams_/session_end_info", kEndInfo, end, *session.finished);
}

}  // namespace rnnbench
