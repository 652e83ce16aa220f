#include "harness/data/fetch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/http_get.hpp"
#include "harness/data/part_file.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr int kMostVainAttempts = 5;  // in a row, without a byte gained

/// A write to a connection that broke must be an error, not the end of the program.
class IgnoreBrokenPipe {
 public:
  IgnoreBrokenPipe() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
  ~IgnoreBrokenPipe() { std::signal(SIGPIPE, before_); }
  IgnoreBrokenPipe(const IgnoreBrokenPipe&) = delete;
  IgnoreBrokenPipe& operator=(const IgnoreBrokenPipe&) = delete;

 private:
  void (*before_)(int);
};

bool is_complete(const FetchRequest& request) {
  std::error_code error;
  if (fs::file_size(request.target, error) != static_cast<std::uintmax_t>(request.bytes) || error)
    return false;
  const MappedFile file(request.target);
  Sha256 hash;
  hash.update(file.bytes());
  return hash.hex() == request.sha256;
}

[[noreturn]] void refuse(const FetchRequest& request, const std::string& what) {
  throw DataError(
      fmt::format("{}: {}; it isn't the file this program knows: download it by hand and give it with --data",
                  request.url, what));
}

/// Decides from a server's answer where its content goes; returns why it must be asked again, or "".
std::string accept_answer(const FetchRequest& request, const HttpAnswer& answer, PartFile& part) {
  constexpr int kOk = 200, kPartial = 206, kTimeout = 408, kBadRange = 416, kTooMany = 429,
                kServerError = 500;
  if (answer.status == kOk) {
    part.clear();
    if (answer.length && *answer.length != request.bytes) {
      refuse(request, fmt::format("the server offers {} bytes, not {}", *answer.length, request.bytes));
    }
    return "";
  }
  if (answer.status == kPartial) {
    if (answer.range_start == part.size() && answer.range_total == request.bytes) return "";
    part.clear();
    return "the server sent another range than it was asked for";
  }
  const std::string reason = fmt::format("the server answers {}", answer.status);
  if (answer.status == kBadRange) part.clear();
  const bool passing = answer.status == kTimeout || answer.status == kBadRange || answer.status == kTooMany ||
                       answer.status >= kServerError;
  if (!passing) refuse(request, reason);
  return reason;
}

/// One connection. Returns why the file isn't all there, or "".
std::string attempt(const FetchRequest& request, const FetchProgress& progress, PartFile& part,
                    const std::stop_token& stop) {
  std::string denied;
  HttpReceiver receiver;
  receiver.on_answer = [&](const HttpAnswer& answer) {
    denied = accept_answer(request, answer, part);
    return denied.empty();
  };
  receiver.on_content = [&](std::string_view bytes) {
    if (part.size() + static_cast<std::int64_t>(bytes.size()) > request.bytes) {
      part.remove();
      refuse(request, fmt::format("the server sends more than {} bytes", request.bytes));
    }
    part.append(bytes);
    if (progress) progress(part.size(), request.bytes);
  };
  const std::string failure = http_get(request.url, part.size(), receiver, stop);
  if (!denied.empty()) return denied;
  if (!failure.empty()) return failure;
  return part.size() == request.bytes ? "" : "the connection ended early";
}

void wait(std::chrono::milliseconds pause, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop, pause, [] { return false; });
  if (stop.stop_requested()) throw Interrupted();
}

/// Brings `part` to its full length.
void download(const FetchRequest& request, const FetchProgress& progress, PartFile& part,
              const std::stop_token& stop) {
  if (part.size() > request.bytes) part.clear();
  std::int64_t most = part.size();
  for (int vain = 0; part.size() < request.bytes;) {
    const std::string reason = attempt(request, progress, part, stop);
    if (reason.empty()) return;
    vain = part.size() > most ? 0 : vain + 1;
    most = std::max(most, part.size());
    if (vain == kMostVainAttempts) {
      throw EnvironmentError(
          fmt::format("can't fetch {}: {}; {} of {} bytes are kept, check the network and run it again",
                      request.url, reason, part.size(), request.bytes));
    }
    wait(request.pause, stop);
  }
}

}  // namespace

FetchRequest official_archive() {
  return {.url = "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
          .sha256 = "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
          .bytes = 84'125'825,
          .target = data_folder() / "aclImdb_v1.tar.gz"};
}

bool fetch(const FetchRequest& request, const FetchProgress& progress, const std::stop_token& stop) {
  if (is_complete(request)) return false;
  const IgnoreBrokenPipe ignore;
  PartFile part(request.target);
  const bool resumed = part.size() > 0;
  download(request, progress, part, stop);
  std::string sha256 = part.sha256(stop);
  if (sha256 != request.sha256 && resumed) {  // what was kept may be of another file
    part.clear();
    download(request, progress, part, stop);
    sha256 = part.sha256(stop);
  }
  if (sha256 != request.sha256) {
    part.remove();
    refuse(request, fmt::format("the file has SHA-256 {}, not {}", sha256, request.sha256));
  }
  part.publish();
  return true;
}

}  // namespace rnnbench
