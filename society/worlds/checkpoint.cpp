#include <credence/worlds/checkpoint.h>
#include <credence/worlds/checkpoint_items.h>
#include <credence/worlds/society_state.h>

#include <algorithm>
#include <optional>

namespace credence {
namespace {

constexpr std::string_view kWord = "CREDENCE";

Error damaged() {
  return {.code = "checkpoint.damaged",
          .message = "the checkpoint is cut short or was changed after it was written",
          .help = "take an older checkpoint, or begin the run again"};
}

// The same order for writing and for reading.
template <class OfLives, class Visit>
void each_column(OfLives& lives, const Visit& visit) {
  visit(lives.wealth);
  visit(lives.debt);
  visit(lives.marks);
  visit(lives.points);
  visit(lives.own_points);
  visit(lives.record);
  visit(lives.barred);
  visit(lives.listed);
  visit(lives.excluded);
  visit(lives.idle);
  visit(lives.fault);
  visit(lives.appeal);
  visit(lives.region);
  visit(lives.chill);
  visit(lives.game_spent);
}

void write_arm(CheckpointWriter& to, const SocietyArm& arm) {
  each_column(arm.lives, [&](const auto& column) { to.column(column); });
  for (const std::vector<MonthTally>& month : arm.tallies) {
    for (const MonthTally& group : month) write_tally(to, group);
  }
  for (const MonthTally& region : arm.regions) write_tally(to, region);
  for (std::uint64_t count : arm.ended) to.number(count);
  for (std::uint64_t count : arm.spells) to.number(count);
  to.column(arm.first_tier);
  for (const std::vector<StoryMonth>& story : arm.stories) {
    for (const StoryMonth& month : story) write_story_month(to, month);
  }
}

// A checkpoint whose sum is right can still be made by hand: what is used as a place in a list is
// looked at.
bool regions_exist(const std::vector<std::uint8_t>& region, std::size_t regions) {
  return std::all_of(region.begin(), region.end(),
                     [&](std::uint8_t place) { return place < regions; });
}

struct ArmShape {
  std::uint32_t month = 0, counted = 0;  // months lived; of these with programmes
  std::size_t people = 0, groups = 0, regions = 0;
};

void read_arm(CheckpointReader& from, SocietyArm& arm, const ArmShape& shape) {
  arm.lives.resize(shape.people);
  each_column(arm.lives, [&](auto& column) { from.column(column); });
  if (!regions_exist(arm.lives.region, shape.regions)) from.fail();
  arm.tallies.assign(shape.counted, std::vector<MonthTally>(shape.groups));
  for (std::vector<MonthTally>& month : arm.tallies) {
    for (MonthTally& group : month) read_tally(from, group);
  }
  for (MonthTally& region : arm.regions) read_tally(from, region);
  for (std::uint64_t& count : arm.ended) count = from.number<std::uint64_t>();
  for (std::uint64_t& count : arm.spells) count = from.number<std::uint64_t>();
  if (shape.counted > 0 && arm.tiers > 0) arm.first_tier.resize(shape.people);
  from.column(arm.first_tier);
  for (std::uint8_t tier : arm.first_tier) {
    if (tier > arm.tiers) from.fail();
  }
  for (std::vector<StoryMonth>& story : arm.stories) {
    for (std::uint32_t month = 0; from.ok() && month < shape.month; ++month) {
      story.push_back(read_story_month(from));
      if (story.back().region >= shape.regions) from.fail();
    }
  }
}

// What stands before the head, and the sum at the end. Leaves the body without the sum.
std::optional<Error> check_frame(std::string_view checkpoint, std::string_view& body) {
  constexpr std::size_t kSum = sizeof(Hash);
  if (checkpoint.substr(0, kWord.size()) != kWord) {
    return Error{.code = "checkpoint.format",
                 .message = "this is not a checkpoint of a society",
                 .help = "a checkpoint begins with the word CREDENCE"};
  }
  if (checkpoint.size() < kWord.size() + sizeof(std::uint32_t) + kSum) return damaged();
  CheckpointReader version_reader(checkpoint.substr(kWord.size()));
  auto version = version_reader.number<std::uint32_t>();
  if (version != kCheckpointVersion) {
    return Error{.code = "checkpoint.version",
                 .message = "the checkpoint has version " + std::to_string(version) +
                            ", and this Credence reads version " +
                            std::to_string(kCheckpointVersion),
                 .help = "go on with the Credence that wrote it, or begin the run again"};
  }
  body = checkpoint.substr(0, checkpoint.size() - kSum);
  if (as_text(sha256(body)) != checkpoint.substr(body.size())) return damaged();
  body.remove_prefix(kWord.size() + sizeof(std::uint32_t));
  return std::nullopt;
}

std::optional<Error> check_purposes(CheckpointReader& from) {
  auto count = from.number<std::uint32_t>();
  std::vector<std::uint32_t> known = known_purposes();
  for (std::uint32_t purpose = 0; from.ok() && purpose < count; ++purpose) {
    auto number = from.number<std::uint32_t>();
    if (from.ok() && !std::binary_search(known.begin(), known.end(), number)) {
      return Error{.code = "checkpoint.purpose",
                   .message = "the checkpoint was made with draws of purpose " +
                              std::to_string(number) + ", which this Credence does not know",
                   .help = "go on with the Credence that wrote it"};
    }
  }
  return std::nullopt;
}

CheckpointHead read_head(CheckpointReader& from) {
  CheckpointHead head;
  head.world = from.hash();
  head.programmes = from.hash();
  head.replicate = from.number<std::uint32_t>();
  head.month = from.number<std::uint32_t>();
  head.arms = from.number<std::uint32_t>();
  head.people = from.number<std::uint32_t>();
  return head;
}

std::optional<Error> check_head(const CheckpointHead& head, const World& world,
                                std::span<const SocietyProgramme> programmes, CheckpointUse use) {
  if (head.world != hash_of_world(world)) {
    return Error{.code = "checkpoint.world",
                 .message = "the checkpoint was made in another world than `" + world.id + "`",
                 .help = "people, ties, rules, months, burn-in and seed must be the same"};
  }
  if (use == CheckpointUse::other_programmes) {
    if (head.month <= world.burn_in) return std::nullopt;
    return Error{.code = "checkpoint.programmes",
                 .message =
                     "the checkpoint was made after the burn-in, so it belongs to its "
                     "programmes",
                 .help = "branch from a checkpoint of the burn-in (at most " +
                         std::to_string(world.burn_in) + " months)"};
  }
  std::vector<const SocietyProgramme*> list;
  for (const SocietyProgramme& programme : programmes) list.push_back(&programme);
  if (head.programmes != hash_of_programmes(list)) {
    return Error{.code = "checkpoint.programmes",
                 .message =
                     "the checkpoint was made under other programmes, or under these in "
                     "another order or version",
                 .help = "give the same programme files in the same order"};
  }
  return std::nullopt;
}

}  // namespace

std::string Society::checkpoint() const {
  const State& state = *state_;
  CheckpointWriter to;
  std::size_t arms = state.living_arms();
  to.reserve(arms * (state.arms[0].lives.bytes() + state.arms[0].first_tier.size()) + 4096);
  to.raw(as_bytes(kWord));
  to.number(kCheckpointVersion);
  std::vector<std::uint32_t> purposes = known_purposes();
  to.number(static_cast<std::uint32_t>(purposes.size()));
  for (std::uint32_t purpose : purposes) to.number(purpose);
  to.raw(hash_of_world(state.world));
  to.raw(hash_of_programmes(state.programmes));
  to.number(state.replicate);
  to.number(state.month);
  to.number(static_cast<std::uint32_t>(arms));
  to.number(static_cast<std::uint32_t>(state.population.size()));
  for (std::size_t arm = 0; arm < arms; ++arm) write_arm(to, state.arms[arm]);
  Hash sum = sha256(to.text());
  to.raw(sum);
  return to.take();
}

Result<std::unique_ptr<Society::State>> Society::State::read(
    const World& world, std::span<const SocietyProgramme> programmes, std::string_view checkpoint,
    CheckpointUse use) {
  std::string_view body;
  if (std::optional<Error> error = check_frame(checkpoint, body)) return *error;
  CheckpointReader from(body);
  if (std::optional<Error> error = check_purposes(from)) return *error;
  CheckpointHead head = read_head(from);
  if (!from.ok()) return damaged();
  if (std::optional<Error> error = check_head(head, world, programmes, use)) return *error;

  Result<std::unique_ptr<State>> made = make(world, programmes, head.replicate);
  if (!made) return made;
  State& state = **made;
  state.month = head.month;
  if (head.month > std::uint64_t{world.burn_in} + world.months ||
      head.people != state.population.size() || head.arms != state.living_arms()) {
    return damaged();
  }
  ArmShape shape{head.month, head.month - std::min(head.month, world.burn_in),
                 state.population.size(), state.groups(), state.regions()};
  for (std::size_t arm = 0; from.ok() && arm < head.arms; ++arm) {
    read_arm(from, state.arms[arm], shape);
  }
  if (!from.at_end()) return damaged();
  return made;
}

Result<Society> Society::restore(const World& world, std::span<const SocietyProgramme> programmes,
                                 std::string_view checkpoint, Crew&) {
  Result<std::unique_ptr<State>> state =
      State::read(world, programmes, checkpoint, CheckpointUse::same_programmes);
  if (!state) return state.error();
  Society society;
  society.state_ = std::move(*state);
  return society;
}

Result<Society> Society::branch(const World& world, std::span<const SocietyProgramme> programmes,
                                std::string_view checkpoint, Crew&) {
  Result<std::unique_ptr<State>> state =
      State::read(world, programmes, checkpoint, CheckpointUse::other_programmes);
  if (!state) return state.error();
  Society society;
  society.state_ = std::move(*state);
  return society;
}

}  // namespace credence
