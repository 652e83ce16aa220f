// The program rnnbench-skipgram, which run_skip_gram() starts: fastText's training can't be stopped at every
// point, a process can. The only source that includes fastText's headers.
//
//   rnnbench-skipgram CORPUS VECTORS SETTINGS
//
// Reads CORPUS (a line a text: numbers of words, separated by spaces), trains as SETTINGS say (JSON) and
// writes VECTORS: of each word its number (int32) and its vector (float32), as the processor holds them. Says
// "N\n" on descriptor 3 when N thousandths are done.
#include <fasttext/fasttext.h>
#include <fasttext/loss.h>
#include <fmt/format.h>
#include <unistd.h>

#include <Eigen/Core>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/child_process.hpp"
#include "harness/data/skip_gram_settings.hpp"

namespace rnnbench {
namespace {

/// fastText's matrix with its row operations on vector registers (Debian's build has them one number at a
/// time), always the same ones: the same bits on every x86-64 processor.
class QuickMatrix : public fasttext::DenseMatrix {
 public:
  using DenseMatrix::DenseMatrix;

  fasttext::real dotRow(const fasttext::Vector& vector, int64_t row) const override {
    const float product = at_row(row).dot(view(vector));
    if (std::isnan(product)) throw EncounteredNaNError();
    return product;
  }
  void addVectorToRow(const fasttext::Vector& vector, int64_t row, fasttext::real factor) override {
    Eigen::Map<Eigen::VectorXf>(data_.data() + row * n_, n_) += factor * view(vector);
  }
  void addRowToVector(fasttext::Vector& vector, int32_t row) const override {
    Eigen::Map<Eigen::VectorXf>(vector.data(), n_) += at_row(row);
  }
  void addRowToVector(fasttext::Vector& vector, int32_t row, fasttext::real factor) const override {
    Eigen::Map<Eigen::VectorXf>(vector.data(), n_) += factor * at_row(row);
  }
  /// Has a row on its way from memory before it is wanted.
  void fetch(int64_t row) const {
    constexpr int64_t kPerLine = 64 / sizeof(fasttext::real);
    const fasttext::real* first = data_.data() + row * n_;
    for (int64_t column = 0; column < n_; column += kPerLine) __builtin_prefetch(first + column, 1);
  }

 private:
  using View = Eigen::Map<const Eigen::VectorXf>;
  View at_row(int64_t row) const { return {data_.data() + row * n_, n_}; }
  static View view(const fasttext::Vector& vector) { return {vector.data(), vector.size()}; }
};

/// fastText's negative sampling, which draws all words before it takes the first one's row: that rows of a
/// large matrix come from memory one after another is most of its time. The steps and their order are the
/// same.
class AheadSampling : public fasttext::NegativeSamplingLoss {
 public:
  AheadSampling(std::shared_ptr<fasttext::Matrix>& output, std::shared_ptr<const QuickMatrix> rows,
                int negative, const std::vector<int64_t>& counts)
      : NegativeSamplingLoss(output, negative, counts), rows_(std::move(rows)) {}

  fasttext::real forward(const std::vector<int32_t>& targets, int32_t target_index,
                         fasttext::Model::State& state, fasttext::real rate, bool learns) override {
    const int32_t target = targets[static_cast<std::size_t>(target_index)];
    rows_->fetch(target);
    thread_local std::vector<int32_t> drawn;
    drawn.clear();
    for (int i = 0; i < neg_; ++i) drawn.push_back(getNegative(target, state.rng));
    for (const int32_t word : drawn) rows_->fetch(word);
    fasttext::real loss = binaryLogistic(target, state, true, rate, learns);
    for (const int32_t word : drawn) loss += binaryLogistic(word, state, false, rate, learns);
    return loss;
  }

 private:
  std::shared_ptr<const QuickMatrix> rows_;
};

/// fastText's own training, with these matrices and this sampling.
class SkipGram : public fasttext::FastText {
 public:
  void train_on(const fasttext::Args& args, const TrainCallback& progress) {
    args_ = std::make_shared<fasttext::Args>(args);
    dict_ = std::make_shared<fasttext::Dictionary>(args_);
    std::ifstream corpus(args.input);
    if (!corpus) throw std::runtime_error("can't read " + args.input);
    dict_->readFromFile(corpus);
    const auto input = std::make_shared<QuickMatrix>(dict_->nwords(), args.dim);
    input->uniform(1.0F / static_cast<float>(args.dim), static_cast<unsigned>(args.thread), args.seed);
    const auto output = std::make_shared<QuickMatrix>(dict_->nwords(), args.dim);
    output->zero();
    input_ = input;
    output_ = output;
    quant_ = false;
    const auto loss = std::make_shared<AheadSampling>(output_, output, args.neg, getTargetCounts());
    model_ = std::make_shared<fasttext::Model>(input_, output_, loss, false);
    startThreads(progress);
  }

  void write(const std::string& path) const {
    std::ofstream out(path, std::ios::binary);
    fasttext::Vector vector(args_->dim);
    for (std::int32_t word = 0; word < dict_->nwords(); ++word) {
      const std::string name = dict_->getWord(word);
      if (name == fasttext::Dictionary::EOS) continue;  // the end of a line, which is no word
      const std::int32_t number = std::stoi(name);
      vector.zero();
      input_->addRowToVector(vector, word);
      out.write(reinterpret_cast<const char*>(&number), sizeof number);
      out.write(reinterpret_cast<const char*>(vector.data()),
                static_cast<std::streamsize>(static_cast<std::size_t>(vector.size()) * sizeof(float)));
    }
    out.close();
    if (!out) throw std::runtime_error("can't write the vectors");
  }
};

fasttext::Args args_of(const std::string& corpus, const SkipGramSettings& settings) {
  fasttext::Args args;
  args.input = corpus;
  args.model = fasttext::model_name::sg;
  args.loss = fasttext::loss_name::ns;
  args.dim = settings.dimensions;
  args.epoch = settings.epochs;
  args.ws = settings.window;
  args.minCount = settings.min_count;
  args.neg = settings.negative;
  args.lr = settings.learning_rate;
  args.t = settings.sample;
  args.seed = settings.seed;
  args.thread = settings.threads;
  args.minn = args.maxn = args.bucket = 0;  // no vectors of parts of words
  args.verbose = 0;
  return args;
}

/// Whoever reads it may be gone: then this process is about to be killed.
void say_progress(float done) {
  static std::atomic<int> said{-1};
  const int thousandths = static_cast<int>(1000 * done);
  if (said.exchange(thousandths) == thousandths) return;
  const std::string line = fmt::format("{}\n", thousandths);
  [[maybe_unused]] const auto written = ::write(ChildProcess::kDescriptor, line.data(), line.size());
}

}  // namespace
}  // namespace rnnbench

int main(int argc, char** argv) {
  using namespace rnnbench;
  try {
    if (argc != 4) throw std::runtime_error("rnnbench data vectors starts this program");
    SkipGram model;
    model.train_on(args_of(argv[1], skip_gram_settings(Json::parse(argv[3]))),
                   [](float done, float, double, double, int64_t) { say_progress(done); });
    model.write(argv[2]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
