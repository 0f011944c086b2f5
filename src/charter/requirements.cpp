#include <credence/charter/checks.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

using Test = Requirement::Test;

bool applies(const Requirement& requirement, const Bench& bench) {
  if (!requirement.classes.empty() && !contains(requirement.classes, bench.programme_class()))
    return false;
  return requirement.packs.empty() ||
         std::any_of(requirement.packs.begin(), requirement.packs.end(),
                     [&](const std::string& pack) { return bench.pack(pack); });
}

// The places that a path names: "consent[].default" is one place per consent.
std::vector<Place> places_of(const Place& from, std::string_view path) {
  std::size_t dot = path.find('.');
  std::string_view key = path.substr(0, dot);
  bool list = key.ends_with("[]");
  if (list) key.remove_suffix(2);
  std::vector<Place> here = list ? Bench::each(from[key]) : std::vector<Place>{from[key]};
  if (dot == std::string_view::npos) return here;
  std::vector<Place> out;
  for (const Place& place : here) {
    for (Place& deeper : places_of(place, path.substr(dot + 1))) out.push_back(std::move(deeper));
  }
  return out;
}

bool both_languages(const TomlNode& node) {
  const TomlNode* en = node.find("en");
  const TomlNode* fr = node.find("fr");
  return en != nullptr && fr != nullptr && en->string() != nullptr && fr->string() != nullptr &&
         says_something(*en->string()) && says_something(*fr->string());
}

bool filled(const TomlNode& node) {
  return node.string() != nullptr && says_something(*node.string());
}

bool within(const Requirement& requirement, double value) {
  return (!requirement.least || value >= *requirement.least) &&
         (!requirement.most || value <= *requirement.most);
}

bool number_within(const Requirement& requirement, const TomlNode& node) {
  if (const std::int64_t* whole = node.integer())
    return within(requirement, static_cast<double>(*whole));
  const TomlNode::Float* decimal = node.floating();
  return requirement.test == Test::decimal && decimal != nullptr &&
         within(requirement, decimal->value);
}

bool list_filled(const Requirement& requirement, const TomlNode& node) {
  if (node.array() == nullptr) return false;
  std::set<std::string> different;
  for (const TomlNode& item : *node.array()) {
    if (!filled(item)) return false;
    different.insert(*item.string());
  }
  return within(requirement, static_cast<double>(different.size()));
}

bool period_within(const Requirement& requirement, const TomlNode& node) {
  auto period = node.string() == nullptr ? std::nullopt : parse_period(*node.string());
  return period && !(requirement.least_period && longer(*requirement.least_period, *period)) &&
         !(requirement.most_period && longer(*period, *requirement.most_period));
}

bool cadence_within(const Requirement& requirement, const TomlNode& node) {
  auto seconds = node.string() == nullptr ? std::nullopt : parse_cadence(*node.string());
  return seconds && within(requirement, static_cast<double>(*seconds));
}

bool is_address(const TomlNode& node) {
  constexpr std::string_view kScheme = "https://";
  const std::string* text = node.string();
  return text != nullptr && text->starts_with(kScheme) && text->size() > kScheme.size() + 3 &&
         text->find_first_of(" \t\n\"<>") == std::string::npos;
}

bool holds(const Requirement& requirement, const TomlNode& node) {
  switch (requirement.test) {
    case Test::one_of:
      return node.string() != nullptr && contains(requirement.one_of, *node.string());
    case Test::is:
      return node.boolean() != nullptr && *node.boolean() == requirement.is;
    case Test::filled:
      return filled(node);
    case Test::text:
      return both_languages(node);
    case Test::text_or_string:
      return filled(node) || both_languages(node);
    case Test::list:
      return list_filled(requirement, node);
    case Test::integer:
    case Test::decimal:
      return number_within(requirement, node);
    case Test::period:
      return period_within(requirement, node);
    case Test::cadence:
      return cadence_within(requirement, node);
    case Test::date:
      return node.date() != nullptr;
    case Test::address:
      return is_address(node);
  }
  return false;
}

Text bounds(const std::string& least, const std::string& most) {
  if (least.empty() && most.empty()) return {};
  if (least.empty()) return {" of at most " + most, " d'au plus " + most};
  if (most.empty()) return {" of at least " + least, " d'au moins " + least};
  return {fmt::format(" from {} to {}", least, most), fmt::format(" de {} à {}", least, most)};
}

Text bounds_of(const Requirement& requirement) {
  auto number = [](const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : "";
  };
  auto period = [](const std::optional<Period>& value) { return value ? to_text(*value) : ""; };
  if (requirement.test == Test::period) {
    return bounds(period(requirement.least_period), period(requirement.most_period));
  }
  return bounds(number(requirement.least), number(requirement.most));
}

// What the key must hold, as the end of a sentence.
Text wanted(const Requirement& requirement) {
  Text bound = bounds_of(requirement);
  auto with = [&](std::string_view en, std::string_view fr) {
    return Text{std::string{en} + bound.en, std::string{fr} + bound.fr};
  };
  switch (requirement.test) {
    case Test::one_of: {
      std::string list = fmt::format("`{}`", fmt::join(requirement.one_of, "`, `"));
      return {"one of " + list, "un de " + list};
    }
    case Test::is:
      return requirement.is ? Text{"`true`", "`true`"} : Text{"`false`", "`false`"};
    case Test::filled:
      return {"a text", "un texte"};
    case Test::text:
      return {"a text in English and in French", "un texte en anglais et en français"};
    case Test::text_or_string:
      return {"a written statement", "un exposé écrit"};
    case Test::list:
      return with("a list of different entries, in number", "une liste d'entrées, en nombre");
    case Test::integer:
      return with("a whole number", "un nombre entier");
    case Test::decimal:
      return with("a number", "un nombre");
    case Test::period:
      return with("a period", "une durée");
    case Test::cadence:
      return with("a rhythm, in seconds,", "un rythme, en secondes,");
    case Test::date:
      return {"a date", "une date"};
    case Test::address:
      return {"a public address (https://…)", "une adresse publique (https://…)"};
  }
  return {};
}

void judge_place(Bench& bench, const Requirement& requirement, const Place& place) {
  Text must = wanted(requirement);
  if (!place.written()) {
    if (requirement.optional) return;
    bench.refuse(requirement.article, place,
                 {fmt::format("`{}` is missing; it must be {}", place.path, must.en),
                  fmt::format("`{}` manque ; il faut {}", place.path, must.fr)});
    return;
  }
  if (holds(requirement, *place.node)) return;
  Text value = shown(*place.node);
  bench.refuse(requirement.article, place,
               {fmt::format("`{}` is {}; it must be {}", place.path, value.en, must.en),
                fmt::format("`{}` vaut {} ; il faut {}", place.path, value.fr, must.fr)});
}

}  // namespace

void judge_requirements(Bench& bench) {
  for (const Requirement& requirement : bench.charter().requirements()) {
    if (!applies(requirement, bench)) continue;
    for (const Place& place : places_of(bench.root(), requirement.path)) {
      judge_place(bench, requirement, place);
    }
  }
}

bool equal_path(const Bench& bench, const Place& benefit) {
  constexpr std::string_view kBenefit = "benefit[].";
  for (const Requirement& requirement : bench.charter().requirements()) {
    if (requirement.article != "A12" || !requirement.path.starts_with(kBenefit)) continue;
    for (const Place& place : places_of(benefit, requirement.path.substr(kBenefit.size()))) {
      if (!place.written() || !holds(requirement, *place.node)) return false;
    }
  }
  return true;
}

}  // namespace credence
