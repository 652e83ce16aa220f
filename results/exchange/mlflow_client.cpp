#include "results/exchange/mlflow_client.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <numeric>

#include "results/exchange/mlflow_names.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kConnectTimeout{10}, kAnswerTimeout{120}, kLongestWish{30};
constexpr std::size_t kMostOfAMessage = 500;

std::string call_path(const MlflowAddress& address, const std::string& call) {
  return address.path + "/api/2.0/mlflow/" + call;
}

std::string shown(const std::string& text) { return visible_text(first_bytes(text, kMostOfAMessage)); }

milliseconds wish_of(const httplib::Response& response) {
  const std::string text = response.get_header_value("Retry-After");
  long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0) return {};
  return std::chrono::seconds(std::min<long>(seconds, kLongestWish.count()));
}

/// Throws what a status other than 200 means; `json` is what `body` holds, discarded where that is none.
[[noreturn]] void refuse(const std::string& server, const httplib::Response& response,
                         const std::string& body, const Json& json, const std::string& call) {
  const int status = response.status;
  const auto text = [&](const char* field) {
    return json.is_object() && json.contains(field) && json[field].is_string()
               ? json[field].get<std::string>()
               : "";
  };
  const std::string message = text("message"), code = text("error_code");
  if (status == 429 || (status >= 500 && status != 501)) {
    throw MlflowOutage(
        fmt::format("{}: answers {} to {}{}{}; call again when it is well: it goes on where it was left",
                    server, status, call, message.empty() ? "" : ": ", shown(message)),
        wish_of(response));
  }
  if (status == 401 || status == 403) {
    throw EnvironmentError(
        fmt::format("{}: answers {} (no access): {}; put user and password into the address, or set "
                    "MLFLOW_TRACKING_USERNAME and "
                    "MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
                    server, status, shown(message.empty() ? body : message)));
  }
  if (status >= 300 && status < 400) {
    throw EnvironmentError(fmt::format("{}: leads to {}; give that address", server,
                                       shown(response.get_header_value("Location"))));
  }
  if (code.empty()) {
    throw EnvironmentError(
        fmt::format("{}: answers {} to {} and not as an MLflow server does; check the address and its path",
                    server, status, call));
  }
  throw MlflowRefusal(code,
                      fmt::format("{}: refuses {}: {} ({})", server, call, shown(message), shown(code)));
}

}  // namespace

MlflowClient::Pauses MlflowClient::growing_pauses() {
  return {milliseconds(500), milliseconds(1000), milliseconds(2000), milliseconds(4000), milliseconds(8000)};
}

MlflowClient::MlflowClient(MlflowAddress address, std::stop_token stop, Pauses pauses, std::size_t most_bytes)
    : address_(std::move(address)),
      stop_(std::move(stop)),
      pauses_(std::move(pauses)),
      most_bytes_(most_bytes),
      client_(std::make_unique<httplib::Client>(address_.origin)) {
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(
      true);  // head and body are written apart: each request would wait for an acknowledgement
  client_->set_connection_timeout(kConnectTimeout);
  client_->set_read_timeout(kAnswerTimeout);
  client_->set_write_timeout(kAnswerTimeout);
  httplib::Headers headers = {{"User-Agent", "rnnbench"}};
  if (!address_.authorization.empty()) headers.emplace("Authorization", address_.authorization);
  client_->set_default_headers(std::move(headers));
}

MlflowClient::~MlflowClient() = default;

Json MlflowClient::get(const std::string& call, const std::multimap<std::string, std::string>& query) {
  httplib::Request request;
  request.method = "GET";
  request.path = httplib::append_query_params(call_path(address_, call), query);
  return patiently([&] { return answer_to(call, request); });
}

Json MlflowClient::post_once(const std::string& call, const Json& body) {
  httplib::Request request;
  request.method = "POST";
  request.path = call_path(address_, call);
  request.set_header("Content-Type", "application/json");
  request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return answer_to(call, std::move(request));
}

Json MlflowClient::post(const std::string& call, const Json& body) {
  return patiently([&] { return post_once(call, body); });
}

Json MlflowClient::answer_to(const std::string& call, httplib::Request request) {
  std::string body;
  bool is_too_long = false;
  request.content_receiver = [&](const char* bytes, std::size_t count, std::uint64_t, std::uint64_t) {
    is_too_long = count > most_bytes_ - body.size();
    if (!is_too_long) body.append(bytes, count);
    return !is_too_long;
  };
  const std::stop_callback break_off(stop_, [&] { client_->stop(); });
  const httplib::Result result = client_->send(request);
  if (is_too_long) {
    throw EnvironmentError(
        fmt::format("{}: answers {} with more than {} bytes; is that an MLflow server's address?",
                    address_.text(), call, most_bytes_));
  }
  return answer_of(call, result, body);
}

Json MlflowClient::answer_of(const std::string& call, const httplib::Result& result,
                             const std::string& body) {
  if (stop_.stop_requested()) throw Interrupted();
  const std::string server = address_.text();
  if (!result) {
    const std::string reason = httplib::to_string(result.error());
    if (result.error() == httplib::Error::SSLServerVerification) {
      throw EnvironmentError(fmt::format(
          "{}: its certificate isn't one that this machine trusts; install its authority's", server));
    }
    throw MlflowOutage(
        has_answered_
            ? fmt::format("{}: the connection broke in {} ({}); call again when it is well: it goes on "
                          "where it was left",
                          server, call, reason)
            : fmt::format("{}: no server answers ({}); start one with `mlflow server`, or check the "
                          "address",
                          server, reason));
  }
  has_answered_ = true;
  Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (result->status != 200) refuse(server, *result, body, json, call);
  if (json.is_object()) return json;
  const std::string type = result->get_header_value("Content-Type");
  const std::string message =
      fmt::format("{}: answers {} with no JSON object ({}); is that an MLflow server's address?", server,
                  call, type.empty() ? "of no type" : shown(type));
  if (type.starts_with("application/json")) throw MlflowOutage(message);  // was cut
  throw EnvironmentError(message);
}

milliseconds MlflowClient::all_pauses() const {
  return std::accumulate(pauses_.begin(), pauses_.end(), milliseconds(0));
}

void MlflowClient::wait_after(const MlflowOutage& outage, std::size_t tried, milliseconds& left) {
  if (tried >= pauses_.size() || left == milliseconds(0) || !has_answered_) throw outage;
  const milliseconds pause = std::min(std::max(pauses_[tried], outage.wish()), left);
  left -= pause;
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, stop_, pause, [] { return false; });
  if (stop_.stop_requested()) throw Interrupted();
}

}  // namespace rnnbench
