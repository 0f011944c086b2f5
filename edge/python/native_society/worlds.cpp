#include <credence/native/errors.h>
#include <credence/native_society/findings.h>
#include <credence/native_society/worlds.h>
#include <credence/worlds/checkpoint.h>
#include <credence/worlds/harm.h>
#include <credence/worlds/world.h>
#include <credence/worlds/world_reader.h>
#include <fmt/format.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cmath>
#include <string>
#include <vector>

namespace credence {

namespace nb = nanobind;

namespace {

nb::tuple read_world_text(const std::string& text, const std::string& file) {
  ReadWorld read = without_gil([&] { return read_world(text, file); });
  nb::object world = read.world ? nb::cast(std::move(*read.world)) : nb::none();
  return nb::make_tuple(world, to_list(read.findings));
}

nb::tuple read_programme_text(const std::string& text, const std::string& file,
                              const std::string& card, const std::string& card_file) {
  ReadSocietyProgramme read =
      without_gil([&] { return read_society_programme(text, file, card, card_file); });
  nb::list findings = to_list(read.findings);
  findings.extend(to_list(read.card_findings));
  nb::object programme = read.programme ? nb::cast(std::move(*read.programme)) : nb::none();
  return nb::make_tuple(programme, findings);
}

// A number of a world that Python may set, within [least, most].
template <std::uint32_t World::* number>
void set_number(World& world, std::int64_t value, const char* name, std::uint32_t least,
                std::uint32_t most) {
  if (value < least || value > most) {
    raise(Error{.code = "world.range",
                .message = fmt::format("{} cannot be {}", name, value),
                .help = fmt::format("give a whole number from {} to {}", least, most)});
  }
  world.*number = static_cast<std::uint32_t>(value);
}

void set_people(World& world, std::int64_t people) {
  if (people < 1 || people > kMostPeople) {
    raise(Error{.code = "world.range",
                .message = fmt::format("people cannot be {}", people),
                .help = fmt::format("give a whole number from 1 to {}", kMostPeople)});
  }
  world.population.people = static_cast<std::uint32_t>(people);
}

void set_rule(World& world, const std::string& name, double value) {
  if (!world.rules.has(name)) {
    std::vector<std::string> known;
    for (const auto& [each, standard] : world.rules.all()) known.push_back(each);
    const std::string near = nearest(name, known);
    raise(Error{.code = "world.rule",
                .message = "no rule has the parameter '" + name + "'",
                .help = near.empty() ? "parameters() lists them" : "did you mean '" + near + "'?"});
  }
  if (!std::isfinite(value)) {
    raise(Error{.code = "world.rule", .message = "'" + name + "' must be a finite number"});
  }
  world.rules.set(name, value);
}

std::vector<std::string> categories(const World& world, const std::string& trait) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kTraits; ++i) {
    if (name_of(static_cast<Trait>(i)) != trait) continue;
    for (const TraitCategory& category : world.population.categories[i]) ids.push_back(category.id);
  }
  return ids;
}

std::string hash_of(const World& world) {
  return to_hex(hash_of_world(world));
}

nb::list parameters() {
  nb::list out;
  for (const RuleDescription* rule : all_rules()) {
    for (const RuleParameter& parameter : rule->parameters) {
      nb::dict row;
      row["path"] = rule->id + "." + parameter.id;
      row["actor"] = rule->actor;
      row["standard"] = parameter.standard;
      row["low"] = parameter.low;
      row["high"] = parameter.high;
      row["unit"] = parameter.unit;
      row["name"] = to_dict(parameter.name);
      row["source"] = parameter.source;
      out.append(row);
    }
  }
  return out;
}

std::string_view name_of(HarmUnit unit) {
  switch (unit) {
    case HarmUnit::share:
      return "share";
    case HarmUnit::per_person_year:
      return "per person and year";
    case HarmUnit::months:
      return "months";
    case HarmUnit::points:
      return "points";
    case HarmUnit::money:
      return "money";
    case HarmUnit::money_per_person_year:
      return "money per person and year";
    case HarmUnit::ratio:
      return "ratio";
  }
  return "";
}

nb::list measures() {
  nb::list out;
  for (const HarmMeasure& measure : harm_measures()) {
    nb::dict row;
    row["id"] = std::string{measure.id};
    row["name"] = to_dict(measure.name);
    row["what"] = to_dict(measure.what);
    row["direction"] = measure.direction == Direction::harm      ? "harm"
                       : measure.direction == Direction::benefit ? "benefit"
                                                                 : "neutral";
    row["unit"] = std::string{name_of(measure.unit)};
    row["source"] = std::string{measure.source};
    out.append(row);
  }
  return out;
}

nb::dict presets() {
  auto texts_of = [](std::span<const Preset> list) {
    nb::dict out;
    for (const Preset& preset : list) {
      out[nb::str(preset.id.data(), preset.id.size())] =
          nb::make_tuple(std::string{preset.text}, std::string{preset.card});
    }
    return out;
  };
  nb::dict out;
  out["worlds"] = texts_of(built_in_worlds());
  out["programmes"] = texts_of(built_in_programmes());
  return out;
}

// Bytes at the same time, and months of people in all.
nb::tuple needs(const World& world, std::size_t programmes) {
  const RunEstimate needed = estimate(world, programmes, 1);
  return nb::make_tuple(needed.bytes, needed.person_months);
}

void bind_world(nb::module_& module) {
  nb::class_<World>(module, "World")
      .def_ro("id", &World::id)
      .def_prop_ro("title", [](const World& world) { return to_dict(world.title); })
      .def_ro("text", &World::text)
      .def_ro("currency", &World::currency)
      .def_prop_ro("start", [](const World& world) { return to_text(world.start); })
      .def_prop_rw(
          "people", [](const World& world) { return world.population.people; }, &set_people)
      .def_prop_rw(
          "months", [](const World& world) { return world.months; },
          [](World& world, std::int64_t value) {
            set_number<&World::months>(world, value, "months", 1, kLongestRun);
          })
      .def_prop_rw(
          "burn_in", [](const World& world) { return world.burn_in; },
          [](World& world, std::int64_t value) {
            set_number<&World::burn_in>(world, value, "burn_in", 0, kLongestRun);
          })
      .def_prop_rw(
          "replicates", [](const World& world) { return world.replicates; },
          [](World& world, std::int64_t value) {
            set_number<&World::replicates>(world, value, "replicates", 1, kMostReplicates);
          })
      .def_prop_rw(
          "seed", [](const World& world) { return world.seed; },
          [](World& world, std::int64_t value) {
            set_number<&World::seed>(world, value, "seed", 0, UINT32_MAX);
          })
      .def("rules",
           [](const World& world) {
             return std::map<std::string, double>(world.rules.all().begin(),
                                                  world.rules.all().end());
           })
      .def("set_rule", &set_rule, nb::arg("name"), nb::arg("value"))
      .def("categories", &categories, nb::arg("trait"))
      .def("hash", &hash_of)
      .def("copy", [](const World& world) { return World{world}; });
}

}  // namespace

void bind_worlds(nb::module_& module) {
  bind_world(module);
  nb::class_<SocietyProgramme>(module, "Programme")
      .def_ro("id", &SocietyProgramme::id)
      .def_prop_ro("title",
                   [](const SocietyProgramme& programme) { return to_dict(programme.title); })
      .def_ro("text", &SocietyProgramme::text)
      .def_ro("card", &SocietyProgramme::card_text)
      .def_prop_ro("scores", &SocietyProgramme::scores)
      .def_prop_ro("sections",
                   [](const SocietyProgramme& programme) { return programme.constructs.sections; });
  module.def("read_world", &read_world_text, nb::arg("text"), nb::arg("file"));
  module.def("read_programme", &read_programme_text, nb::arg("text"), nb::arg("file"),
             nb::arg("card"), nb::arg("card_file"));
  module.def(
      "card_file_of",
      [](const std::string& text, const std::string& file) { return card_file_of(text, file); },
      nb::arg("text"), nb::arg("file"));
  module.def(
      "misfits",
      [](const World& world, const SocietyProgramme& programme, const std::string& file) {
        return to_list(misfits(world, programme, file));
      },
      nb::arg("world"), nb::arg("programme"), nb::arg("file"));
  module.def("parameters", &parameters);
  module.def("measures", &measures);
  module.def("presets", &presets);
  module.def("needs", &needs, nb::arg("world"), nb::arg("programmes"));
}

}  // namespace credence
