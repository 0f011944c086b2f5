#include <credence/training/real_data_test.h>
#include <credence/training/train.h>
#include <doctest/doctest.h>

using namespace credence;

namespace {

// Sanitizers make everything many times slower; fewer rows then show the same paths.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSlow = true;
#else
constexpr bool kSlow = false;
#endif
#else
constexpr bool kSlow = false;
#endif

void check_card(const RealData& data, const TrainingReport& report, const Scorecard& card) {
  CHECK(report.rows == data.table.rows());
  CHECK(defects(card).empty());
  CHECK(card.lowest() == 350);
  CHECK(card.highest() == 950);
  CHECK(report.whole.log_loss <= report.rounded.log_loss);
  CHECK(report.whole.auc >= report.unrounded.auc - 0.001);
  CHECK(report.lower_bound <= report.whole.log_loss);
  // Whole points cost next to nothing against the best that any points could do.
  CHECK(report.whole.log_loss - report.lower_bound < 0.005);
}

std::vector<VariableRules*> all_rules(TrainingPlan& plan) {
  std::vector<VariableRules*> out = {&plan.defaults};
  for (TrainingPlan::Variable& variable : plan.variables) out.push_back(&variable.rules);
  return out;
}

// Cross-validated AUC of a WoE logistic regression with the same prebins, less what is allowed.
void check_against(std::optional<RealData> data, double least) {
  if (!data) return;
  RealData used = kSlow ? thinned(*data, 20) : *data;
  Result<Trained> trained = train(used.table, used.outcome, used.plan);
  REQUIRE(trained);
  if (kSlow) return;
  check_card(used, trained->report, trained->card);
  auto folds = cross_validate(used.table, used.outcome, used.plan);
  REQUIRE(folds);
  MESSAGE("cross-validated AUC " << folds->mean << ", Brier " << folds->brier);
  CHECK(folds->mean >= least);
}

}  // namespace

TEST_CASE("real history: HELOC is as good as the logistic regression on its bins") {
  check_against(heloc(), 0.7984 - 0.002);
}

TEST_CASE("real history: Taiwan is as good as the logistic regression on its bins") {
  check_against(taiwan(), 0.7694 - 0.002);
}

TEST_CASE("real history: German is as good as the logistic regression on its bins") {
  check_against(german(), 0.7864 - 0.01);
}

TEST_CASE("real history: tables of two raise Taiwan's held-out AUC") {
  std::optional<RealData> data = taiwan();
  if (!data || kSlow) return;
  for (VariableRules* rules : all_rules(data->plan)) {
    rules->prebins.max_prebins = 50;
    rules->prebins.min_share = 0.02;
    rules->binning.min_bin_share = 0.02;
  }
  data->plan.pairs.most = 5;
  data->plan.pairs.min_gain = 0.0001;
  data->plan.threads = 2;
  auto folds = cross_validate(data->table, data->outcome, data->plan);
  REQUIRE(folds);
  MESSAGE("cross-validated AUC " << folds->mean);
  // Gradient boosting with its usual settings reaches .783 here.
  CHECK(folds->mean >= 0.778);
}
