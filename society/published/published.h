#pragma once

#include <credence/clockwork/crew.h>
#include <credence/clockwork/draw.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace credence {

// One number of a published result, held against ours.
struct PublishedCheck {
  std::string id;        // "A3"
  std::string what;      // "max-utility, 20,000 steps: loans, group 1"
  std::string source;    // "D'Amour et al. 2020, Fairness Is Not Static"
  double published = 0;  // expected value
  double ours = 0;
  double tolerance = 0;  // |ours - published| <= tolerance passes
  bool holds() const;    // false also for NaN
};

// What a model is told: how much to run and what outside data there is.
struct PublishedSetting {
  std::uint32_t seed = 1;
  double effort = 1;            // 1: the replicates of the reference; tests use less
  std::string liu_score_table;  // text of the score table of model B; empty: absent
};

// A published model, on the same draws, crew and networks as the society. Purposes of its draws lie
// in a hundred of its own: A 500, B none, C 600, D 700, E 800, F 900, G 1000, H 1100, I 1200, J
// 1300.
struct PublishedModel {
  std::string_view id;     // "A"
  std::string_view title;  // "Lending with moving credit scores"
  std::string_view source;
  // Empty when it cannot run: it needs data and the setting has none.
  std::vector<PublishedCheck> (*run)(const PublishedSetting& setting, Crew& crew);
  bool needs_data = false;
};
std::span<const PublishedModel> published_models();

}  // namespace credence
