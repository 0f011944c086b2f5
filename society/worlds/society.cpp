#include <credence/base/expects.h>
#include <credence/worlds/checkpoint.h>
#include <credence/worlds/society_state.h>

#include <algorithm>

namespace credence {

static_assert(kLongestSpell == kLongestCountedSpell);

Society::Society() = default;
Society::~Society() = default;
Society::Society(Society&&) noexcept = default;
Society& Society::operator=(Society&&) noexcept = default;

Result<Society> Society::make(const World& world, std::span<const SocietyProgramme> programmes,
                              std::uint32_t replicate, Crew& crew) {
  Result<std::unique_ptr<State>> state = State::make(world, programmes, replicate);
  if (!state) return state.error();
  State& made = **state;
  made.arms[0].lives.resize(made.population.size());
  crew.work(made.population.size(), [&](const PeopleBlock& block, unsigned) {
    for (std::size_t person = block.first; person < block.last; ++person) {
      made.living.begin(made.arms[0].lives, made.population, made.draws,
                        static_cast<std::uint32_t>(person));
    }
  });
  Society society;
  society.state_ = std::move(*state);
  return society;
}

std::uint32_t Society::month() const {
  return state_->month;
}

std::uint32_t Society::replicate() const {
  return state_->replicate;
}

bool Society::over() const {
  return state_->month >= std::uint64_t{state_->world.burn_in} + state_->world.months;
}

void Society::step(Crew& crew) {
  expects(!over(), "Society::step: the world is over");
  state_->step(crew);
}

std::size_t Society::arms() const {
  return state_->arms.size();
}

const World& Society::world() const {
  return state_->world;
}

const Population& Society::population() const {
  return state_->population;
}

const Network& Society::network() const {
  return state_->network;
}

const Lives& Society::lives(std::size_t arm) const {
  expects(arm < arms(), "Society::lives: no such arm");
  return state_->arms[state_->branched() ? arm : 0].lives;
}

Lives& Society::change_lives(std::size_t arm) {
  expects(arm < state_->living_arms(), "Society::change_lives: no such arm yet");
  return state_->arms[arm].lives;
}

const Institutions& Society::institutions(std::size_t arm) const {
  expects(arm < arms(), "Society::institutions: no such arm");
  return state_->arms[arm].institutions;
}

const MonthTally& Society::tally(std::size_t arm, std::uint32_t month, std::size_t group) const {
  expects(arm < arms() && month < state_->arms[arm].tallies.size() && group < state_->groups(),
          "Society::tally: not counted");
  return state_->arms[arm].tallies[month][group];
}

std::span<const MonthTally> Society::by_region(std::size_t arm) const {
  expects(arm < arms(), "Society::by_region: no such arm");
  return state_->arms[arm].regions;
}

std::vector<std::uint64_t> Society::flows(std::size_t arm) const {
  expects(arm < arms(), "Society::flows: no such arm");
  const SocietyArm& of = state_->arms[arm];
  std::size_t side = of.tiers + 1;
  std::vector<std::uint64_t> moved(side * side);
  if (of.first_tier.empty()) return moved;
  for (std::size_t person = 0; person < of.first_tier.size(); ++person) {
    ++moved[of.first_tier[person] * side + of.tier(of.lives.points[person])];
  }
  return moved;
}

std::span<const std::uint64_t> Society::spells(std::size_t arm) const {
  expects(arm < arms(), "Society::spells: no such arm");
  return state_->arms[arm].spells;
}

std::span<const std::uint32_t> Society::panel() const {
  return state_->panel;
}

std::span<const StoryMonth> Society::story(std::size_t arm, std::size_t panelist) const {
  expects(arm < arms() && panelist < state_->panel.size(), "Society::story: nobody");
  return state_->arms[state_->branched() ? arm : 0].stories[panelist];
}

std::size_t Society::bytes() const {
  std::size_t bytes = state_->population.bytes() + state_->network.bytes();
  for (const SocietyArm& arm : state_->arms) {
    bytes += arm.lives.bytes() + arm.first_tier.size() +
             arm.seen.points.size() * sizeof(std::int16_t) +
             arm.seen.marks.size() * sizeof(std::uint16_t);
  }
  for (const WorkerSpace& space : state_->workers) {
    bytes += space.happenings.size() * sizeof(Happenings);
  }
  return bytes;
}

Hash Society::hash(std::size_t arm) const {
  return hash_of_lives(lives(arm), state_->month);
}

Hash Society::hash() const {
  Bytes all;
  append_be(all, state_->month, 4);
  for (std::size_t arm = 0; arm < arms(); ++arm) append(all, hash(arm));
  return sha256(all);
}

}  // namespace credence
