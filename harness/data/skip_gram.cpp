#include "harness/data/skip_gram.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "harness/core/child_process.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/memory_file.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// A line a text: the numbers of its words.
void write_numbers(const TokenCorpus& corpus, const fs::path& path, const std::stop_token& stop) {
  std::ofstream out(path, std::ios::binary);
  std::string line;
  for (const TokenCorpus::Slice& slice : corpus.slices) {
    std::size_t at = 0;
    for (const std::size_t end : slice.ends) {
      if (stop.stop_requested()) throw Interrupted();
      line.clear();
      for (; at < end; ++at) {
        fmt::format_to(std::back_inserter(line), "{} ", slice.global[slice.tokens[at]]);
      }
      line += '\n';
      out.write(line.data(), static_cast<std::streamsize>(line.size()));
    }
  }
  out.close();
  if (!out) throw EnvironmentError("no memory for the numbers of the reviews' words; free some");
}

/// The program beside this one.
fs::path skip_gram_program() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure).parent_path() / "rnnbench-skipgram";
  if (failure || !fs::exists(program, failure)) {
    throw EnvironmentError(program.string() +
                           ", which trains word vectors, is missing; build it (ninja in the build folder)");
  }
  return program;
}

/// The last whole line of what the process said so far: thousandths.
void tell(const std::string& said, const TrainProgress& progress) {
  const std::size_t end = said.rfind('\n');
  if (end == std::string::npos || !progress) return;
  const std::size_t before = end == 0 ? std::string::npos : said.rfind('\n', end - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  int thousandths = 0;
  std::from_chars(said.data() + begin, said.data() + end, thousandths);
  progress(std::clamp(thousandths / 1000.0, 0.0, 1.0));
}

void wait_for(ChildProcess& child, const TrainProgress& progress, const std::stop_token& stop) {
  constexpr int kPatienceMs = 100;
  std::string said, output;
  std::optional<ProcessEnd> end;
  while (!(end = child.ended())) {
    std::vector<pollfd> pipes;
    child.poll_into(pipes);
    ::poll(pipes.data(), pipes.size(), kPatienceMs);
    if (stop.stop_requested()) throw Interrupted();  // the child ends with this object
    std::string fresh;
    child.take_messages(fresh);
    child.take_output(output);
    tell(fresh, progress);
  }
  child.take_output(output);
  if (end->exit_code == 0) return;
  throw EnvironmentError(fmt::format("training word vectors failed with {}: {}", in_words(*end),
                                     output.empty() ? "it said nothing; is there memory enough?" : output));
}

SkipGramVectors read_vectors(const fs::path& path, std::size_t dimensions) {
  const MappedFile file(path);
  const std::size_t entry = sizeof(std::int32_t) + dimensions * sizeof(float);
  SkipGramVectors vectors;
  vectors.words.resize(file.bytes().size() / entry);
  vectors.rows.resize(vectors.words.size() * dimensions);
  for (std::size_t i = 0; i < vectors.words.size(); ++i) {
    const std::byte* bytes = file.bytes().data() + i * entry;
    std::memcpy(&vectors.words[i], bytes, sizeof(std::int32_t));
    std::memcpy(&vectors.rows[i * dimensions], bytes + sizeof(std::int32_t), dimensions * sizeof(float));
  }
  return vectors;
}

}  // namespace

SkipGramVectors run_skip_gram(const TokenCorpus& corpus, const SkipGramSettings& settings,
                              const TrainProgress& progress, const std::stop_token& stop) {
  const auto most = std::max_element(corpus.counts.begin(), corpus.counts.end());
  if (most == corpus.counts.end() || *most < static_cast<std::uint32_t>(settings.min_count)) {
    throw DataError(
        fmt::format("no word of the reviews occurs {} times; train on more of them", settings.min_count));
  }
  const MemoryFile numbers("corpus"), vectors("vectors");
  write_numbers(corpus, numbers.path(), stop);
  // Large pages: reading rows here and there is most of the work.
  ChildProcess child({"env", "GLIBC_TUNABLES=glibc.malloc.hugetlb=1", skip_gram_program(), numbers.path(),
                      vectors.path(), to_json(settings).dump()});
  wait_for(child, progress, stop);
  return read_vectors(vectors.path(), static_cast<std::size_t>(settings.dimensions));
}

}  // namespace rnnbench
