#include <credence/published/check_list.h>
#include <credence/published/delayed_impact.h>
#include <credence/published/models.h>

namespace credence {
namespace {

constexpr std::string_view kImpactSource =
    "Liu et al. 2018, Delayed Impact of Fair Machine Learning";
constexpr std::size_t kPublishedScores = 198;

struct ImpactRow {
  double odds;
  const char* policy;
  LoanShares (DelayedImpact::*loans)() const;
  std::array<double, 2> threshold, selected, true_positives, change;
  double profit;
};

constexpr std::array kImpactRows = {
    ImpactRow{4,
              "max profit",
              &DelayedImpact::max_profit,
              {645.00, 613.75},
              {.1677, .6634},
              {.4496, .8335},
              {8.397, 38.666},
              .09147},
    ImpactRow{4,
              "demographic parity",
              &DelayedImpact::demographic_parity,
              {480.10, 649.17},
              {.5774, .5774},
              {.9239, .7367},
              {-17.142, 35.040},
              .06710},
    ImpactRow{4,
              "equal opportunity",
              &DelayedImpact::equal_opportunity,
              {557.29, 630.96},
              {.3561, .6249},
              {.7913, .7913},
              {6.013, 37.239},
              .08610},
    ImpactRow{10,
              "max profit",
              &DelayedImpact::max_profit,
              {716.18, 656.52},
              {.0772, .5576},
              {.2175, .7132},
              {4.396, 33.996},
              .03043},
    ImpactRow{10,
              "demographic parity",
              &DelayedImpact::demographic_parity,
              {562.50, 731.00},
              {.3415, .3415},
              {.7732, .4430},
              {6.833, 20.276},
              .01645},
    ImpactRow{10,
              "equal opportunity",
              &DelayedImpact::equal_opportunity,
              {601.25, 677.95},
              {.2580, .4986},
              {.6413, .6413},
              {9.367, 30.568},
              .02698},
};

void check_row(CheckList& list, const ScoreTable& table, const ImpactRules& rules,
               const ImpactRow& row) {
  DelayedImpact model(table, rules, row.odds);
  LoanShares loans = (model.*row.loans)();
  std::string name = std::string(row.policy) + ", u = " + shown_number(row.odds, 0) + ": ";
  for (std::size_t group : {kGroupB, kGroupW}) {
    std::string of = group == kGroupB ? ", group B" : ", group W";
    list.exact("B1", name + "threshold" + of, row.threshold[group], model.threshold(loans[group]),
               .02);
    list.exact("B1", name + "share with a loan" + of, row.selected[group],
               model.selected(group, loans[group]), .0005);
    list.exact("B1", name + "true-positive rate" + of, row.true_positives[group],
               model.true_positives(group, loans[group]), .0005);
    list.exact("B1", name + "mean change of the score" + of, row.change[group],
               model.mean_change(group, loans[group]), .02);
  }
  list.exact("B1", name + "profit per person", row.profit, model.profit(loans), .00005);
}

struct OutcomeCurve {
  double best = 0, best_rate = 0;
  double harm_rate = 0, harm_score = 0;  // of the first score whose people make the mean negative
};

// The mean change is piecewise linear over the selection rate, with a bend at each score: it is
// enough to look there.
OutcomeCurve outcome_curve(const DelayedImpact& model, const ScoreTable& table, std::size_t group) {
  OutcomeCurve curve;
  double rate = 0;
  for (std::size_t at = table.score.size(); at-- > 0;) {
    rate += table.mass[group][at];
    double change = model.mean_change(group, model.by_rate(group, rate));
    if (change > curve.best) {
      curve.best = change;
      curve.best_rate = rate;
    }
    if (change < 0 && curve.harm_score <= 0) {
      curve.harm_rate = rate;
      curve.harm_score = table.score[at];
    }
  }
  return curve;
}

void check_curves(CheckList& list, const ScoreTable& table, const ImpactRules& rules) {
  DelayedImpact model(table, rules, 4);
  OutcomeCurve b = outcome_curve(model, table, kGroupB), w = outcome_curve(model, table, kGroupW);
  auto full = [&](std::size_t group) { return model.mean_change(group, model.by_rate(group, 1)); };
  list.exact("B1", "outcome curve, group B: best mean change", 9.484, b.best, .02);
  list.exact("B1", "outcome curve, group B: selection rate of the best", .2384, b.best_rate, .0005);
  list.exact("B1", "outcome curve, group B: rate from which lending harms", .4324, b.harm_rate,
             .0005);
  list.exact("B1", "outcome curve, group B: score at that rate", 527.2, b.harm_score, .05);
  list.exact("B1", "outcome curve, group B: mean change where all get a loan", -55.03,
             full(kGroupB), .02);
  list.exact("B1", "outcome curve, group W: best mean change", 39.825, w.best, .02);
  list.exact("B1", "outcome curve, group W: selection rate of the best", .7378, w.best_rate, .0005);
  list.exact("B1", "outcome curve, group W: mean change where all get a loan", 20.93, full(kGroupW),
             .02);
}

}  // namespace

std::vector<PublishedCheck> check_delayed_impact(const ImpactRules& rules,
                                                 const PublishedSetting& setting) {
  if (setting.liu_score_table.empty()) return {};
  CheckList list(kImpactSource, setting.effort);
  ScoreTableReading read = read_score_table(setting.liu_score_table);
  if (!read.table) {
    list.claim("B1",
               "the score table can be read; it cannot at line " + std::to_string(read.bad_row),
               false);
    return list.take();
  }
  const ScoreTable& table = *read.table;
  list.exact("B1", "scores in the table", kPublishedScores, static_cast<double>(table.score.size()),
             0);
  for (const ImpactRow& row : kImpactRows) check_row(list, table, rules, row);
  check_curves(list, table, rules);
  double harsh = DelayedImpact(table, rules, 10)
                     .mean_change(kGroupB, DelayedImpact(table, rules, 10).demographic_parity()[0]);
  double mild = DelayedImpact(table, rules, 4)
                    .mean_change(kGroupB, DelayedImpact(table, rules, 4).demographic_parity()[0]);
  list.claim("B1", "parity harms group B where u = 4 and helps it where u = 10",
             mild < 0 && harsh > 0);
  return list.take();
}

std::vector<PublishedCheck> delayed_impact_checks(const PublishedSetting& setting, Crew&) {
  return check_delayed_impact({}, setting);
}

}  // namespace credence
