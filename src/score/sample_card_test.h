#pragma once

#include <credence/feature/sample_test.h>
#include <credence/score/reading.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace credence::sample {

// Writes random cards that keep every rule of the format, as the text of their file.
class CardWriter {
 public:
  CardWriter(const Programme& programme, std::uint64_t seed)
      : programme_(programme), random_(seed) {}

  std::string write() {
    std::string card = "base = 600\n";
    for (const Feature& feature : programme_.features) card += line(feature);
    return card;
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }

  std::string line(const Feature& feature) {
    Unit unit = unit_of(feature, programme_);
    std::vector<std::string> conditions =
        unit == Unit::choice || unit == Unit::flag ? choices(feature, unit) : thresholds(unit);
    std::vector<int> points(conditions.size() + 1);
    for (int& value : points) value = below(41) - 20;
    if (feature.risk == Risk::rises) std::sort(points.rbegin(), points.rend());
    if (feature.risk == Risk::falls) std::sort(points.begin(), points.end());
    std::string bins;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      bins += fmt::format("  {{ {}, points = {} }},\n", conditions[i], points[i]);
    }
    bins += fmt::format("  {{ points = {} }},\n", points.back());
    int mean = (points.front() + points.back()) / 2;
    // Absence never gets less than the worst answer.
    int least = std::max(0, *std::min_element(points.begin(), points.end()));
    return fmt::format(
        "\n[[feature]]\nid = \"{}\"\nnone = {}\nmean = {}\npolicy = {}\nbins = [\n{}]\n{}",
        feature.id, least + below(6), mean, points[points.size() / 2], bins,
        special(feature, least));
  }

  std::vector<std::string> thresholds(Unit unit) {
    std::vector<int> values;
    for (int count = below(6); count > 0; --count)
      values.push_back(1 + below(unit == Unit::share ? 999 : 2000));
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::string> conditions;
    for (int value : values) conditions.push_back("below = " + threshold(unit, value));
    return conditions;
  }
  std::string threshold(Unit unit, int value) const {
    switch (unit) {
      case Unit::money:
        return fmt::format("\"{} EUR\"", minor_to_text(value - 500, programme_.currency));
      case Unit::share:
        return fmt::format("\"{}.{}%\"", value / 10, value % 10);
      case Unit::date:
        return to_text(day("2024-06-01") + std::chrono::days{value});
      default:
        return fmt::format("{}", value);
    }
  }
  // An ordered answer keeps its order when each choice stands alone, first to last.
  std::vector<std::string> choices(const Feature& feature, Unit unit) {
    if (unit == Unit::flag) return {"is = [false]"};
    const Field& field = programme_.events[static_cast<std::size_t>(feature.from)]
                             .fields[static_cast<std::size_t>(feature.of)];
    std::vector<std::string> conditions;
    for (const std::string& name : field.choices)
      conditions.push_back(fmt::format("is = [\"{}\"]", name));
    conditions.pop_back();
    return conditions;
  }
  std::string special(const Feature& feature, int least) {
    if (feature.of < 0) return "";
    const Field& field = programme_.events[static_cast<std::size_t>(feature.from)]
                             .fields[static_cast<std::size_t>(feature.of)];
    std::string entries;
    for (const std::string& token : field.special) {
      entries += fmt::format("{}{} = {}", entries.empty() ? "" : ", ", token, least + below(10));
    }
    return entries.empty() ? "" : fmt::format("special = {{ {} }}\n", entries);
  }

  const Programme& programme_;
  std::mt19937_64 random_;
};

// The sample programme with room for the sum of any such card.
inline Programme wide_programme() {
  Programme made = programme();
  made.lowest = -1000;
  made.highest = 2000;
  return made;
}

inline Card random_card(const Programme& programme, std::uint64_t seed) {
  ReadCard read = read_card(CardWriter{programme, seed}.write(), "card.toml", programme);
  expects(read.card.has_value(), "a random card keeps every rule");
  return *std::move(read.card);
}

}  // namespace credence::sample
