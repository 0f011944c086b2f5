#include <credence/worlds/checkpoint.h>
#include <credence/worlds/checkpoint_bytes.h>

namespace credence {
namespace {

void write_categories(CheckpointWriter& to, const PopulationPlan& plan) {
  for (const std::vector<TraitCategory>& categories : plan.categories) {
    to.number(std::uint64_t{categories.size()});
    for (const TraitCategory& category : categories) {
      to.words(category.id);
      to.number(category.share);
      to.number(category.youngest);
      to.number(category.oldest);
    }
  }
}

void write_traits(CheckpointWriter& to, const std::vector<Trait>& traits) {
  to.number(std::uint64_t{traits.size()});
  for (Trait trait : traits) to.number(static_cast<std::uint32_t>(trait));
}

void write_population(CheckpointWriter& to, const PopulationPlan& plan) {
  to.number(plan.people);
  write_categories(to, plan);
  to.number(std::uint64_t{plan.joints.size()});
  for (const JointShares& joint : plan.joints) {
    write_traits(to, joint.traits);
    to.numbers(joint.shares);
  }
  to.number(std::uint64_t{plan.seeds.size()});
  for (const SeedWeights& seed : plan.seeds) {
    write_traits(to, seed.traits);
    to.numbers(seed.weights);
  }
  to.numbers(plan.household_sizes);
  to.number(std::uint64_t{plan.wages.size()});
  for (const WageRule& wage : plan.wages) {
    to.number(wage.median);
    to.number(wage.spread);
  }
  to.number(std::uint64_t{plan.places.size()});
  for (const PlaceOnMap& place : plan.places) {
    for (double value : {place.x, place.y, place.rent, place.policing}) to.number(value);
  }
  to.numbers(plan.reliability);
  to.number(plan.reliability_spread);
}

void write_kind(CheckpointWriter& to, const SmallWorldTies& kind) {
  to.number(kind.degree);
  to.number(kind.rewire);
}
void write_kind(CheckpointWriter& to, const BlockTies& kind) {
  to.number(kind.degree);
  to.number(kind.same);
  to.number(static_cast<std::uint32_t>(kind.by));
}
void write_kind(CheckpointWriter& to, const ConfigurationTies& kind) {
  to.numbers(kind.shares);
}
void write_kind(CheckpointWriter& to, const GivenTies& kind) {
  to.number(std::uint64_t{kind.pairs.size()});
  for (auto [one, other] : kind.pairs) {
    to.number(one);
    to.number(other);
  }
}

}  // namespace

Hash hash_of_lives(const Lives& lives, std::uint32_t month) {
  Bytes columns;
  append_be(columns, month, 4);
  append_be(columns, lives.size(), 8);
  auto add = [&](const auto& column) { append(columns, sha256(bytes_of_column(column))); };
  add(lives.wealth);
  add(lives.debt);
  add(lives.marks);
  add(lives.points);
  add(lives.own_points);
  add(lives.record);
  add(lives.barred);
  add(lives.listed);
  add(lives.excluded);
  add(lives.idle);
  add(lives.fault);
  add(lives.appeal);
  add(lives.region);
  add(lives.chill);
  add(lives.game_spent);
  return sha256(columns);
}

Hash hash_of_world(const World& world) {
  CheckpointWriter to;
  to.number(std::int64_t{world.start.time_since_epoch().count()});
  to.number(world.months);
  to.number(world.burn_in);
  to.number(world.seed);
  write_population(to, world.population);
  to.number(std::uint64_t{world.ties.size()});
  for (const TiesPlan& ties : world.ties) {
    to.number(static_cast<std::uint32_t>(ties.layer));
    to.number(ties.workplace_size);
    to.number(std::uint64_t{ties.kind.index()});
    std::visit([&](const auto& kind) { write_kind(to, kind); }, ties.kind);
  }
  to.number(std::uint64_t{world.rules.all().size()});
  for (const auto& [name, value] : world.rules.all()) {
    to.words(name);
    to.number(value);
  }
  return sha256(to.text());
}

Hash hash_of_programmes(std::span<const SocietyProgramme* const> programmes) {
  CheckpointWriter to;
  to.number(std::uint64_t{programmes.size()});
  for (const SocietyProgramme* programme : programmes) {
    to.words(programme->id);
    to.words(programme->text);
    to.words(programme->card_text);
  }
  return sha256(to.text());
}

}  // namespace credence
