#pragma once

#include <credence/clockwork/crew.h>
#include <credence/worlds/harm.h>
#include <credence/worlds/world.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace credence {

// What became of one person in one month in one arm: a line of a life story.
struct StoryMonth {
  std::uint32_t month = 0;
  std::int16_t points = kNoPoints;
  std::uint16_t marks = 0;
  std::int32_t wealth = 0;
  std::uint64_t happenings = 0;
  std::array<std::uint8_t, kSpheres> barred = {};
  std::uint8_t region = 0;
};

// One replicate of a world: its people and their twins, month by month. Arm 0 is always life
// without any programme; arm k is `programmes[k - 1]`. All arms share traits, ties, and luck, and
// the burn-in; they differ by the programme alone.
class Society {
 public:
  // REQUIRES: `programmes` outlive the society. Errors: population.*, network.*.
  static Result<Society> make(const World& world, std::span<const SocietyProgramme> programmes,
                              std::uint32_t replicate, Crew& crew);
  ~Society();
  Society(Society&&) noexcept;
  Society& operator=(Society&&) noexcept;

  std::uint32_t month() const;  // how many were lived, burn-in included
  std::uint32_t replicate() const;
  bool over() const;
  // One month, every arm. Up to the end of the burn-in there is one life for all arms, that of arm
  // 0; then every arm gets a copy of it. REQUIRES: not over.
  void step(Crew& crew);

  std::size_t arms() const;
  const World& world() const;
  const Population& population() const;
  const Network& network() const;
  const Lives& lives(std::size_t arm) const;
  // A prototype's own rule may change people between two months; results say so. REQUIRES: during
  // the burn-in, arm 0.
  Lives& change_lives(std::size_t arm);
  const Institutions& institutions(std::size_t arm) const;

  // Counted so far, after the burn-in: by month (0 = first with programmes), then group category.
  const MonthTally& tally(std::size_t arm, std::uint32_t month, std::size_t group) const;
  // The last month's, by region category.
  std::span<const MonthTally> by_region(std::size_t arm) const;
  // How many people moved from one tier to another since the first month with programmes (row:
  // then, column: now; index 0 is "not scored", then the arm's tiers, rising).
  std::vector<std::uint64_t> flows(std::size_t arm) const;
  // Lengths of ended and running spells of exclusion, in months: index 0 unused, the last is
  // longer.
  std::span<const std::uint64_t> spells(std::size_t arm) const;

  // People whose every month is kept (a keyed sample; observing changes nothing).
  std::span<const std::uint32_t> panel() const;
  std::span<const StoryMonth> story(std::size_t arm, std::size_t panelist) const;

  // SHA-256 over every column of every arm and the month: equal for any number of threads, any
  // order of work, and after restore.
  Hash hash() const;
  // Of one arm alone: the same whichever arms stand beside it.
  Hash hash(std::size_t arm) const;
  // People, ties, lives, and what workers hold of a block, as they lie in memory.
  std::size_t bytes() const;

  // A checkpoint is state and month alone, since draws carry none; it names its world and
  // programmes by hash. Errors of restore: checkpoint.format, checkpoint.version (of another
  // Credence), checkpoint.damaged, checkpoint.purpose (draws that this Credence does not know),
  // checkpoint.world, checkpoint.programmes; and those of make().
  std::string checkpoint() const;
  static Result<Society> restore(const World& world, std::span<const SocietyProgramme> programmes,
                                 std::string_view checkpoint, Crew& crew);
  // Goes on under other programmes from a checkpoint of the burn-in, which is common to all. Errors
  // as of restore(); checkpoint.programmes when months with programmes were lived already.
  static Result<Society> branch(const World& world, std::span<const SocietyProgramme> programmes,
                                std::string_view checkpoint, Crew& crew);

 private:
  Society();
  struct State;
  std::unique_ptr<State> state_;
};

inline constexpr std::size_t kPanel = 200;  // people whose stories are kept
inline constexpr std::size_t kLongestSpell = 120;

}  // namespace credence
