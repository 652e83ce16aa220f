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
  kSharedPads,  ///< the padding in front once for all reviews of a shard, each of which goes on from where
                ///< its words begin; or every slot of a shard that has too little of it
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
  int first_row = 0;        ///< of the rows of its group, which are those that buffers have room for
  int first_sample = 0;     ///< of all shards' samples
  bool has_pads = false;    ///< sample 0 is no review but padding alone, from which others go on
  std::vector<int> active;  ///< [ticks + 1]; active[0] is 0
  std::vector<int> offset;  ///< [ticks + 2], of this shard's rows; offset[ticks + 1] is their number
  std::vector<int> review;  ///< [samples], or −1
  std::vector<int> count;   ///< [samples]: slots that are computed
  std::vector<int> onward_end, homeward_end;  ///< [samples]: the tick whose output `last` or `last_valid`
                                              ///< takes, of either direction; 0: none, zeros
  std::vector<int> end_slot;                  ///< [samples]: the slot that they take, masked or not
  std::vector<std::int32_t> row_slot;         ///< [rows]: its place in the review
  std::vector<std::int32_t> row_id;           ///< [rows]
  std::vector<std::int32_t> row_word;         ///< [rows]: of the plan's words; of the group's where they are
                                              ///< each review's own
  int rows() const { return offset.back(); }
  /// The tick from which sample i is active.
  int joins(int sample) const { return ticks + 1 - count[static_cast<std::size_t>(sample)]; }
};

/// Shards that go forward and back together, one a thread, before the next ones do: few enough for the rows
/// to be in the caches still on the way back.
struct Group {
  int first_shard = 0, end_shard = 0;
  int rows = 0, reviews = 0;
  int first_word = 0, end_word = 0;  ///< of the plan's words: those that no group before it has
  /// Which words its rows stand for: word words[i] rows[begin[i]], … of the group's.
  std::vector<std::int32_t> words, begin, rows_by_word;
};

/// A batch, cut into groups of shards, and its distinct words: of the batch, or of each review where masks
/// make its words its own.
struct BatchPlan {
  Walked walked = Walked::kAll;
  int rows = 0, samples = 0;
  int group_rows = 0, group_words = 0;  ///< of the largest group; words that are new in it
  bool ends_at_last = false;            ///< `last` or `last_valid` take nothing but outputs of the last tick
  bool own_words = false;               ///< each review has its own
  std::vector<Shard> shards;
  std::vector<Group> groups;
  std::vector<std::int32_t> words;  ///< ids, group by group; only new ones where plan() was told the known
  std::vector<std::int32_t>
      word_sample;  ///< [words]: whose it is, of all samples; the first one's that has it
};

/// What a batch is walked for: gradients, probabilities, or what each layer gives at every slot.
enum class Purpose { kTrain, kPredict, kActivations };

/// How a batch is cut.
struct Cut {
  int shards = 1;    ///< of a group: one a thread, where no number was asked for
  int reviews = 64;  ///< of a shard, at most
};

/// Makes plans; keeps memory from batch to batch.
class Planner {
 public:
  /// Without `padding` all slots are walked that have no mask.
  Planner(const ModelSpec& spec, int vocabulary, bool padding = true);

  /// Valid until the next call. `draws`: with the masks of dropout. For activations no slot is left out but
  /// masked ones; rows by word are listed for training only. `known`, [vocabulary]: of which words a table
  /// has the products already; the others are marked, and no row is given a word.
  const BatchPlan& plan(const Batch& batch, bool draws, const Cut& cut, Purpose purpose = Purpose::kTrain,
                        std::vector<std::uint8_t>* known = nullptr);

 private:
  void find_slots(const Batch& batch);
  bool shares_padding(std::span<const int> reviews, const Batch& batch) const;
  void walk_all(std::span<const int> reviews, const Batch& batch);
  void deal(Group& group, std::span<const int> reviews, const Batch& batch);
  void fill(Shard& shard, std::span<const int> reviews, const Batch& batch);
  void number_word(Shard& shard, std::size_t row, int sample, int base);
  void number_words(Group& group, bool lists);
  void find_words(Group& group, std::vector<std::uint8_t>& known);
  std::span<Shard> shards_of(const Group& group);
  int last_slot(const Batch& batch, int review) const;

  ModelSpec spec_;
  bool padding_;
  std::vector<std::int32_t> number_;  // [vocabulary]: of a word in this batch, or −1
  std::vector<std::int32_t> place_;   // [words]: in a group's list of words, or −1
  std::vector<int> order_;            // reviews by how many slots they have
  std::vector<std::int32_t> slots_;   // [reviews, time]: the slots that are computed
  std::vector<int> counts_;           // [reviews]
  BatchPlan plan_;
};

}  // namespace rnnbench::fused
