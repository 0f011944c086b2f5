#pragma once

#include <credence/validation/validation.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace credence {

// Numbers of one generator, so that every run is the same.
class SampleDraws {
 public:
  explicit SampleDraws(std::uint64_t seed) : state_(seed) {}
  double uniform() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 11) / 9007199254740992.0;
  }
  int below(int limit) { return static_cast<int>(uniform() * limit); }

 private:
  std::uint64_t state_;
};

// A card of six variables over a range of 350 to 950.
inline Scorecard sample_card() {
  Scorecard card;
  card.id = "household-2026";
  card.base = 350;
  card.scaling = Scorecard::Scaling{520, 72.13475204444817};
  auto numbers = [&](std::string name, Text title, std::vector<double> edges,
                     std::vector<int> points) {
    Cells cells = Cells::of_numbers(std::move(edges), {});
    card.variables.push_back({name, "", title, cells, {}, {}});
    Scorecard::Term term{{static_cast<int>(card.terms.size())}, std::move(points), 0, name};
    term.baseline = term.highest();
    card.terms.push_back(term);
  };
  numbers("utilisation", {"Share of limits used", "Part des plafonds utilisée"},
          {0.1, 0.3, 0.5, 0.75, 0.95}, {140, 121, 92, 61, 30, 0, 44});
  numbers("late_payments", {"Late payments in 24 months", "Retards en 24 mois"}, {1, 2, 4},
          {150, 84, 37, 0, 60});
  numbers("months_open", {"Age of the oldest account, months", "Âge du plus ancien compte, mois"},
          {6, 18, 48, 120}, {0, 22, 45, 71, 110, 20});
  numbers("income", {"Monthly income", "Revenu mensuel"}, {900, 1600, 2500, 4200},
          {0, 18, 39, 58, 80, 12});
  numbers("enquiries", {"Applications in 12 months", "Demandes en 12 mois"}, {1, 3, 6},
          {60, 41, 17, 0, 30});
  card.variables.push_back(
      {"housing",
       "",
       {"Housing", "Logement"},
       Cells::of_texts({{"owner"}, {"with parents"}, {"tenant", "lodger"}}, {}),
       {},
       {}});
  card.terms.push_back({{5}, {60, 34, 0, 0, 20}, 60, "housing"});
  return card;
}

struct SampleShape {
  ValidationSample::Role role = ValidationSample::Role::development;
  int rows = 6000;
  int first_month = 0, months = 12;  // from January 2024
  double drift = 0;                  // towards higher risk, without the card's knowing
  std::uint64_t seed = 1;
};

// People drawn so that the card is about right; months to bad, dates and two columns of groups.
inline ValidationSample sample_people(const Scorecard& card, const SampleShape& shape) {
  SampleDraws draws(shape.seed);
  ValidationSample sample;
  sample.role = shape.role;
  sample.cells.resize(card.variables.size());
  sample.groups = {{"sex", {}, {"women", "men"}, "men"},
                   {"age", {}, {"18\u201324", "25\u201339", "40\u201364", "65+", "not said"}, ""}};
  for (int row = 0; row < shape.rows; ++row) {
    double quality = draws.uniform() + draws.uniform() + draws.uniform() - 1.5 - shape.drift;
    int score = card.base;
    for (std::size_t i = 0; i < card.variables.size(); ++i) {
      const auto& points = card.terms[i].points;
      int bins = card.variables[i].cells.bins();
      bool rises = points.front() < points[static_cast<std::size_t>(bins) - 1];
      double place = 0.5 + (rises ? 0.28 : -0.28) * quality + 0.7 * (draws.uniform() - 0.5);
      int cell = std::min(bins - 1, std::max(0, static_cast<int>(place * bins)));
      if (draws.uniform() < 0.03) cell = card.variables[i].cells.missing();
      sample.cells[i].push_back(static_cast<std::uint16_t>(cell));
      score += points[static_cast<std::size_t>(cell)];
    }
    double risk = 1 / (1 + std::exp((score - 520) / 72.0 - 0.35 * shape.drift * 4));
    bool bad = draws.uniform() < risk;
    int sex = draws.uniform() < 0.48 - 0.05 * quality ? 0 : 1;
    double age = draws.uniform() + 0.1 * quality;
    sample.scores.push_back(score);
    sample.outcome.bad.push_back(bad ? 1 : 0);
    int month = shape.first_month + draws.below(shape.months);
    sample.dates.push_back(Date{
        std::chrono::year_month_day{std::chrono::year{2024 + month / 12},
                                    std::chrono::month{static_cast<unsigned>(month % 12 + 1)},
                                    std::chrono::day{static_cast<unsigned>(1 + draws.below(28))}}});
    sample.months_to_bad.push_back(bad ? 1 + draws.below(6) + draws.below(7) : -1);
    sample.groups[0].codes.push_back(draws.uniform() < 0.01 ? -1 : sex);
    sample.groups[1].codes.push_back(draws.uniform() < 0.002 ? 4
                                     : age < 0.15            ? 0
                                     : age < 0.45            ? 1
                                     : age < 0.85            ? 2
                                                             : 3);
  }
  return sample;
}

inline TrainingReport sample_report() {
  TrainingReport report;
  report.rows = 6000;
  report.bad = 1100;
  report.coefficients = {
      {"utilisation", -0.92, 0.05, 0, 1.4, 0.61},    {"late_payments", -0.88, 0.06, 0, 1.6, 0.55},
      {"months_open", -0.71, 0.08, 1e-9, 1.2, 0.22}, {"income", -0.64, 0.09, 2e-8, 1.1, 0.14},
      {"enquiries", -0.59, 0.11, 0.0004, 1.2, 0.09}, {"housing", -0.77, 0.13, 0.0021, 1.1, 0.07}};
  report.dropped = {{"postcode_rate", "correlation", "income", 0.97, 0.95},
                    {"day_of_week", "iv", "", 0.0013, 0.02}};
  report.unrounded = {0.3712, 0.8341};
  report.rounded = {0.3721, 0.8338};
  report.whole = {0.3714, 0.8340};
  report.lower_bound = 0.3709;
  report.cross_validated =
      TrainingReport::CrossValidated{{0.83, 0.84, 0.82, 0.83, 0.83}, 0.83, 0.006, 0.116};
  report.overrides = {{"income", "[900, 1600)",
                       "the bin of seasonal workers is to cost no more than its neighbour", 14, 18,
                       0.3714, 0.3715, 0.8340, 0.8339}};
  return report;
}

// Three samples, of which the last is from later and somewhat worse.
inline ValidationInput sample_input() {
  using Role = ValidationSample::Role;
  ValidationInput input;
  input.card = sample_card();
  input.samples = {sample_people(*input.card, {Role::development, 6000, 0, 12, 0, 1}),
                   sample_people(*input.card, {Role::test, 3000, 0, 12, 0, 2}),
                   sample_people(*input.card, {Role::out_of_time, 4000, 12, 8, 0.18, 3})};
  for (std::size_t i = 0; i < input.card->variables.size(); ++i) {
    auto& variable = input.card->variables[i];
    variable.tallies.resize(static_cast<std::size_t>(variable.cells.count()));
    const ValidationSample& development = input.samples[0];
    for (std::size_t row = 0; row < development.scores.size(); ++row) {
      Tally& tally = variable.tallies[development.cells[i][row]];
      (development.outcome.bad[row] ? tally.events : tally.nonevents) += 1;
      tally.records += 1;
      tally.squares += 1;
    }
    double all_bad = 0, all_good = 0;
    for (const Tally& tally : variable.tallies) {
      all_bad += tally.events;
      all_good += tally.nonevents;
    }
    for (const Tally& tally : variable.tallies) {
      double goods = tally.nonevents + 0.5, bads = tally.events + 0.5;
      variable.woe.push_back(std::log(goods / all_good / (bads / all_bad)));
    }
  }
  input.training = sample_report();
  input.cut_off = 560;
  input.prepared_on = "2026-11-22";
  input.prepared_by = "Model validation";
  return input;
}

}  // namespace credence
