#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/data/batch.hpp"
#include "harness/model/model_spec.hpp"

namespace rnnbench::fused {

/// Which slots of a batch are computed, and how they are shared; all of them exact.
enum class Walked {
  kAll,         ///< every slot of every review
  kSharedPads,  ///< the padding in front once for all reviews: each goes on from where its words begin
  kWords,       ///< masked slots are left out: they pass the state through
  kToLast,      ///< nothing behind the slot that `last_valid` takes
};

/// Whether each review has a mask of its own on the first layer's input, with dropout.
bool masks_words(const ModelSpec& spec);

/// What may be left out for `spec`. `draws`: with the masks of dropout, some of which differ by review.
Walked what_to_walk(const ModelSpec& spec, const Batch& batch, bool draws);

/// Reviews that are walked together, longest first. All end at the last tick, so that those that are under
/// way at a tick are the first `active[tick]`, and onward some join from tick to tick while homeward some
/// end. Rows of a tick follow each other: row offset[tick] + i is sample i's.
struct Shard {
  int samples = 0;
  int ticks = 0;            ///< numbered from 1
  int first_row = 0;        ///< of all shards' rows
  int first_sample = 0;     ///< of all shards' samples
  bool has_pads = false;    ///< sample 0 is no review but padding alone, from which others go on
  std::vector<int> active;  ///< [ticks + 1]; active[0] is 0
  std::vector<int> offset;  ///< [ticks + 2], of this shard's rows; offset[ticks + 1] is their number
  std::vector<int> review;  ///< [samples], or −1
  std::vector<int> count;   ///< [samples]: slots that are computed
  std::vector<int> onward_end, homeward_end;  ///< [samples]: the tick whose output `last` or `last_valid`
                                              ///< takes, of either direction; 0: none, zeros
  std::vector<int> end_slot;                  ///< [samples]: the slot that they take, masked or not
  int rows() const { return offset.back(); }
  /// The tick from which sample i is active.
  int joins(int sample) const { return ticks + 1 - count[static_cast<std::size_t>(sample)]; }
};

/// A batch, cut into shards, with what each row stands for, and its distinct words: of the batch, or of each
/// review where masks make its words its own.
struct BatchPlan {
  Walked walked = Walked::kAll;
  int rows = 0;
  int samples = 0;
  bool ends_at_last = false;  ///< `last` or `last_valid` take nothing but outputs of the last tick
  std::vector<Shard> shards;
  std::vector<std::int32_t> row_slot;  ///< [rows]: its place in the review
  std::vector<std::int32_t> row_word;  ///< [rows]: index into `words`
  std::vector<std::int32_t> words;     ///< ids: distinct ones, sample by sample
  std::vector<std::int32_t>
      word_sample;  ///< [words]: whose it is, of all samples; the first one's that has it
  std::vector<std::int32_t> word_begin;  ///< [words + 1], into `word_rows`
  std::vector<std::int32_t> word_rows;   ///< [rows]: by word
};

/// Makes plans; keeps memory from batch to batch.
class Planner {
 public:
  Planner(const ModelSpec& spec, int vocabulary);

  /// Valid until the next call. `draws`: with the masks of dropout. `shards`: at most so many. `everything`:
  /// no slot is left out but masked ones.
  const BatchPlan& plan(const Batch& batch, bool draws, int shards, bool everything = false);

 private:
  void find_slots(const Batch& batch);
  void fill(Shard& shard, std::span<const int> reviews, const Batch& batch);
  void number_words(bool by_review);
  int last_slot(const Batch& batch, int review) const;

  ModelSpec spec_;
  std::vector<std::int32_t> number_;  // [vocabulary]: of a word in this batch, or −1
  std::vector<int> order_;            // reviews by how many slots they have
  std::vector<std::int32_t> slots_;   // [reviews, time]: the slots that are computed
  std::vector<int> counts_;           // [reviews]
  std::vector<std::int32_t> row_id_;  // [rows]: ids
  BatchPlan plan_;
};

}  // namespace rnnbench::fused
