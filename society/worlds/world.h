#pragma once

#include <credence/base/finding.h>
#include <credence/base/time.h>
#include <credence/institutions/institutions.h>
#include <credence/people/living.h>
#include <credence/people/network.h>
#include <credence/people/population.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// A world: who its people are, whom they know, how they live, for how long, how often.
// docs/formats/world.md tells the file. What no file says has the standard value of the built-in
// world `town`.
struct World {
  std::string id;
  Text title;
  std::string text;            // the file, for the report
  Date start;                  // first day of a month
  std::uint32_t months = 24;   // with programmes
  std::uint32_t burn_in = 12;  // before, without any: the twins' common past
  std::uint32_t replicates = 8;
  std::uint32_t seed = 1;
  std::string currency = "EUR";
  PopulationPlan population;
  std::vector<TiesPlan> ties;
  ParameterValues rules;
};

// Every rule of people and institutions, in the order of a month.
std::vector<const RuleDescription*> all_rules();

// Findings: W-codes, pointing into `text`. The world is there when none is an error.
struct ReadWorld {
  std::optional<World> world;
  Findings findings;
};
ReadWorld read_world(std::string_view text, const std::string& file);
std::optional<Text> explain_world_code(std::string_view code);

// What a programme asks of a world that this one has not (S133): factors for more groups than live
// in it. Points into the programme's text.
Findings misfits(const World& world, const SocietyProgramme& programme, const std::string& file);

// Built-in worlds and programmes (society/presets), compiled in.
struct Preset {
  std::string_view id;    // "town"; "sesame-credit", "city-points", ...
  std::string_view text;  // the file
  std::string_view card;  // of a programme with a lawful part; else empty
};
std::span<const Preset> built_in_worlds();
std::span<const Preset> built_in_programmes();

// What a run needs, before it starts.
struct RunEstimate {
  std::uint64_t bytes = 0;            // at the same time
  std::uint64_t bytes_of_people = 0;  // state of one person's twins and traits, x people
  std::uint64_t person_months = 0;
};
RunEstimate estimate(const World& world, std::size_t programmes, unsigned at_once);

}  // namespace credence
