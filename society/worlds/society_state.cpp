#include <credence/base/expects.h>
#include <credence/worlds/society_state.h>

#include <algorithm>
#include <set>

namespace credence {
namespace {

// A keyed sample without repetition (Floyd): rising numbers of people.
std::vector<std::uint32_t> choose_panel(std::uint32_t people, const KeyedDraws& draws) {
  std::set<std::uint32_t> chosen;
  std::uint32_t wanted = std::min<std::uint32_t>(people, kPanel);
  for (std::uint32_t last = people - wanted; last < people; ++last) {
    std::uint32_t drawn = draws.below(last + 1, last, 0, Purpose::panel);
    if (!chosen.insert(drawn).second) chosen.insert(last);
  }
  return {chosen.begin(), chosen.end()};
}

Result<Network> make_network(const World& world, const Population& population,
                             const KeyedDraws& draws) {
  Network network;
  bool made[kTieLayers] = {};
  for (const TiesPlan& plan : world.ties) {
    auto layer = static_cast<std::size_t>(plan.layer);
    if (made[layer]) {
      return Error{.code = "network.layer",
                   .message = "the layer `" + std::string(name_of(plan.layer)) + "` is there twice",
                   .help = "keep one of them"};
    }
    made[layer] = true;
    Result<Ties> ties = make_ties(plan, population, draws);
    if (!ties) return ties.error();
    network.layers[layer] = std::move(*ties);
  }
  return network;
}

// A lookup instead of a search, since flows ask for every person.
void number_tiers(SocietyArm& arm) {
  std::vector<Text> names = arm.institutions.tier_names();
  arm.tiers = std::min<std::size_t>(names.size(), UINT8_MAX);
  if (names.empty()) return;
  arm.tier_of_points.assign(std::size_t{UINT16_MAX} + 1, 0);
  for (int points = INT16_MIN + 1; points <= INT16_MAX; ++points) {
    const Text* tier = arm.institutions.tier_of(points);
    if (tier == nullptr) continue;
    auto at = std::find(names.begin(), names.end(), *tier) - names.begin();
    arm.tier_of_points[static_cast<std::size_t>(points - INT16_MIN)] = static_cast<std::uint8_t>(
        std::min<std::size_t>(static_cast<std::size_t>(at) + 1, arm.tiers));
  }
}

}  // namespace

SocietyArm::SocietyArm(const SocietyProgramme& programme, const World& world,
                       const Population& population)
    : institutions(programme, world.rules, population) {}

Society::State::State(const World& of_world, std::uint32_t of_replicate, Population of_people,
                      Network of_ties)
    : world(of_world),
      replicate(of_replicate),
      draws(of_world.seed, of_replicate),
      population(std::move(of_people)),
      network(std::move(of_ties)),
      living(of_world.rules) {}

Result<std::unique_ptr<Society::State>> Society::State::make(
    const World& world, std::span<const SocietyProgramme> programmes, std::uint32_t replicate) {
  KeyedDraws draws(world.seed, replicate);
  Result<Population> people = make_population(world.population, draws);
  if (!people) return people.error();
  Result<Network> ties = make_network(world, *people, draws);
  if (!ties) return ties.error();
  auto state = std::make_unique<State>(world, replicate, std::move(*people), std::move(*ties));
  auto count = static_cast<std::uint32_t>(state->population.size());
  state->panel = choose_panel(count, state->draws);
  state->arms.reserve(programmes.size() + 1);
  state->arms.emplace_back(state->nothing, state->world, state->population);
  for (const SocietyProgramme& programme : programmes) {
    state->arms.emplace_back(programme, state->world, state->population);
    state->programmes.push_back(&programme);
  }
  for (SocietyArm& arm : state->arms) {
    number_tiers(arm);
    arm.regions.resize(state->regions());
    arm.stories.resize(state->panel.size());
  }
  return state;
}

void Society::State::branch() {
  for (std::size_t arm = 1; arm < arms.size(); ++arm) {
    arms[arm].lives = arms[0].lives;
    arms[arm].stories = arms[0].stories;
  }
}

void Society::State::prepare(Crew& crew, std::size_t lived) {
  for (std::size_t arm = 0; arm < lived; ++arm) {
    SocietyArm& of = arms[arm];
    of.seen.take(of.lives);
    while (of.desks.size() < crew.threads()) of.desks.push_back(of.institutions.make_desk());
  }
  workers.resize(crew.threads());
  for (WorkerSpace& space : workers) {
    space.happenings.resize(lived * kBlock);
    space.counts.resize(lived);
    for (ArmCounts& counts : space.counts) counts.clear(groups(), regions());
  }
}

void Society::State::step(Crew& crew) {
  if (month == world.burn_in) branch();
  std::size_t lived = month >= world.burn_in ? arms.size() : 1;
  prepare(crew, lived);
  crew.work(population.size(), [&](const PeopleBlock& block, unsigned worker) {
    live_block(block, worker, lived);
    count_block(block, workers[worker], lived);
    tell_stories(block, workers[worker], lived);
  });
  add_up(lived);
  if (month == world.burn_in) note_first_tiers();
  ++month;
}

void Society::State::live_block(const PeopleBlock& block, unsigned worker, std::size_t lived) {
  WorkerSpace& space = workers[worker];
  std::fill(space.happenings.begin(), space.happenings.end(), Happenings{});
  for (std::size_t first = block.first; first < block.last; first += LuckOfMany::kSize) {
    std::size_t last = std::min(block.last, first + LuckOfMany::kSize);
    space.luck.draw(draws, static_cast<std::uint32_t>(first), last - first, month);
    for (std::size_t arm = 0; arm < lived; ++arm) {
      SocietyArm& of = arms[arm];
      ArmMonth here{population, network,           draws,       living, of.institutions, of.seen,
                    of.lives,   *of.desks[worker], world.start, month};
      Happenings* now = &space.happenings[arm * kBlock + (first - block.first)];
      for (std::size_t person = first; person < last; ++person) {
        live_month(here, static_cast<std::uint32_t>(person), *now++,
                   &space.luck.of(person - first));
      }
    }
  }
}

// Only after every arm of the block was lived, because each person is held against arm 0.
void Society::State::count_block(const PeopleBlock& block, WorkerSpace& space, std::size_t lived) {
  for (std::size_t arm = 0; arm < lived; ++arm) {
    Lives& lives = arms[arm].lives;
    for (std::size_t person = block.first; person < block.last; ++person) {
      std::size_t place = person - block.first;
      CountedMonth counted{population,
                           lives,
                           space.happenings[arm * kBlock + place],
                           arms[0].lives,
                           space.happenings[place],
                           static_cast<std::uint32_t>(person)};
      SpellStep spell = advance_spell(lives, counted.person, shut_out(counted));
      count_month(counted, spell, space.counts[arm]);
    }
  }
}

void Society::State::tell_stories(const PeopleBlock& block, const WorkerSpace& space,
                                  std::size_t lived) {
  auto first = std::lower_bound(panel.begin(), panel.end(), block.first);
  for (auto at = first; at != panel.end() && *at < block.last; ++at) {
    std::uint32_t person = *at;
    auto panelist = static_cast<std::size_t>(at - panel.begin());
    for (std::size_t arm = 0; arm < lived; ++arm) {
      const Lives& lives = arms[arm].lives;
      const Happenings& now = space.happenings[arm * kBlock + (person - block.first)];
      arms[arm].stories[panelist].push_back({month, lives.points[person], lives.marks[person],
                                             lives.wealth[person], now.bits, lives.barred[person],
                                             lives.region[person]});
    }
  }
}

void Society::State::add_up(std::size_t lived) {
  for (std::size_t arm = 0; arm < lived; ++arm) {
    SocietyArm& of = arms[arm];
    ArmCounts sum;
    sum.clear(groups(), regions());
    for (const WorkerSpace& space : workers) sum += space.counts[arm];
    if (month >= world.burn_in) {
      of.tallies.push_back(std::move(sum.groups));
      of.regions = std::move(sum.regions);
      for (std::size_t length = 0; length < sum.ended.size(); ++length) {
        of.ended[length] += sum.ended[length];
        of.spells[length] = of.ended[length] + sum.running[length];
      }
    }
    hear_appeals(arm, std::move(sum.appellants));
  }
}

void Society::State::hear_appeals(std::size_t arm, std::vector<std::uint32_t> appellants) {
  SocietyArm& of = arms[arm];
  std::sort(appellants.begin(), appellants.end());
  std::vector<WaitingAppeal> waiting;
  waiting.reserve(appellants.size());
  for (std::uint32_t person : appellants) {
    waiting.push_back({person, draws.words(person, month, Purpose::lottery)[0],
                       of.lives.fault[person] > 0 || of.lives.has(person, Mark::wrongly_hit)});
  }
  auto heard = of.institutions.hear(of.lives, std::move(waiting), draws, month);
  bool counted = month >= world.burn_in;
  auto count = [&](std::uint32_t person, Counter counter, std::int64_t amount) {
    if (!counted) return;
    of.tallies.back()[population.of(Trait::group, person)][counter] += amount;
    of.regions[of.lives.region[person]][counter] += amount;
  };
  for (const Institutions::HeardAppeal& appeal : heard) {
    count(appeal.person, appeal.won ? Counter::appeals_won : Counter::appeals_lost, 1);
    if (appeal.justified) count(appeal.person, Counter::appeals_justified, 1);
    count(appeal.person, Counter::waiting_months, appeal.waited);
    count(appeal.person, Counter::operator_cost, of.institutions.cost_of_case());
    auto at = std::lower_bound(panel.begin(), panel.end(), appeal.person);
    if (at == panel.end() || *at != appeal.person) continue;
    Happening outcome = appeal.won ? Happening::appeal_won : Happening::appeal_lost;
    of.stories[static_cast<std::size_t>(at - panel.begin())].back().happenings |=
        std::uint64_t{1} << static_cast<unsigned>(outcome);
  }
  for (std::uint32_t person : appellants) {
    if (of.lives.appeal[person] > 0) count(person, Counter::appeals_waiting, 1);
  }
}

void Society::State::note_first_tiers() {
  for (SocietyArm& arm : arms) {
    if (arm.tiers == 0) continue;
    arm.first_tier.resize(population.size());
    for (std::size_t person = 0; person < population.size(); ++person) {
      arm.first_tier[person] = arm.tier(arm.lives.points[person]);
    }
  }
}

}  // namespace credence
