#include <credence/regression/history.h>
#include <credence/training/predict.h>
#include <credence/training/reject_rows.h>
#include <credence/training/rejects.h>
#include <doctest/doctest.h>

#include <cmath>

using namespace credence;

namespace {

struct Applied {
  Table accepted, rejected;
  Outcome outcome, hidden;  // hidden: what the rejected would have done
};

// People are accepted when a rough score and chance let them in.
Applied applied(std::uint64_t seed, std::size_t rows) {
  Draws draws(seed);
  std::vector<double> a[2], b[2];
  std::vector<std::int32_t> c[2];
  Applied out;
  for (std::size_t row = 0; row < rows; ++row) {
    double x = draws.uniform() * 4 - 2, y = draws.uniform() * 4 - 2;
    auto z = static_cast<std::int32_t>(draws.below(3));
    bool bad = draws.uniform() < logistic(-1 - x - 0.8 * y + 0.3 * z);
    std::size_t in = x + 2 * draws.uniform() > 0.2 ? 0 : 1;
    a[in].push_back(x);
    b[in].push_back(y);
    c[in].push_back(z);
    (in == 0 ? out.outcome : out.hidden).bad.push_back(bad ? 1 : 0);
  }
  auto table = [&](std::size_t in) {
    return Table(a[in].size(), {Column::of_numbers("a", a[in]), Column::of_numbers("b", b[in]),
                                Column::of_texts("c", c[in], {"p", "q", "r"})});
  };
  out.accepted = table(0);
  out.rejected = table(1);
  return out;
}

RejectResult must_infer(const Applied& all, const RejectPlan& rejects,
                        const TrainingPlan& plan = {}) {
  auto result = infer_rejects(all.accepted, all.outcome, all.rejected, plan, rejects);
  if (!result) FAIL(result.error().code << ": " << result.error().message);
  return *std::move(result);
}

void check_error(const Applied& all, const RejectPlan& rejects, std::string_view code,
                 std::string_view words) {
  auto result = infer_rejects(all.accepted, all.outcome, all.rejected, {}, rejects);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == code);
  CAPTURE(result.error().message);
  std::string said = result.error().message + result.error().help;
  CHECK(said.find(words) != std::string::npos);
  CHECK_FALSE(result.error().help.empty());
}

}  // namespace

TEST_CASE(
    "rejects: every method gives sound cards, bands that count everybody, and its assumption") {
  Applied all = applied(1, 3000);
  for (RejectMethod method :
       {RejectMethod::none, RejectMethod::reweighting, RejectMethod::extrapolation,
        RejectMethod::parcelling, RejectMethod::fuzzy}) {
    RejectResult result = must_infer(all, {.method = method});
    for (const Trained* trained :
         {&result.accepted_only, &result.inferred, &result.optimistic, &result.pessimistic}) {
      CHECK(defects(trained->card).empty());
      CHECK(trained->card.lowest() == 350);
      CHECK(trained->card.highest() == 950);
    }
    double accepted = 0, rejected = 0, bad = 0;
    for (const RejectBand& band : result.bands) {
      accepted += band.accepted;
      rejected += band.rejected;
      bad += band.accepted_bad;
      CHECK(band.assumed_bad <= band.rejected + 1e-9);
    }
    CHECK(accepted == static_cast<double>(all.accepted.rows()));
    CHECK(rejected == static_cast<double>(all.rejected.rows()));
    CHECK(bad == static_cast<double>(result.accepted_only.report.bad));
    CHECK_FALSE(result.assumption.en.empty());
    CHECK_FALSE(result.assumption.fr.empty());
    CHECK(result.expected.optimistic <= result.expected.pessimistic);
    CHECK(result.expected.worst_low <= result.expected.worst_high);
    CHECK(result.swapped_in + 50 >= result.swapped_out);
    if (method == RejectMethod::none) {
      CHECK(to_toml(result.inferred.card) == to_toml(result.accepted_only.card));
      CHECK(result.swapped_in == 0);
      CHECK(result.swapped_out == 0);
    }
  }
}

TEST_CASE("rejects: each reject weighs one, whatever its risk") {
  Applied all = applied(2, 800);
  auto applicants = join_applicants(all.accepted, all.outcome, all.rejected);
  REQUIRE(applicants);
  std::vector<double> risk(all.rejected.rows());
  Draws draws(1);
  for (double& one : risk) one = draws.uniform();
  risk[0] = 0, risk[1] = 1;
  InferredHistory history = with_weighted_rejects(*applicants, risk);
  double bad = 0, weight = 0, wanted = 0;
  for (std::size_t row = all.accepted.rows(); row < history.outcome.bad.size(); ++row) {
    weight += history.outcome.weights[row];
    if (history.outcome.bad[row]) bad += history.outcome.weights[row];
    CHECK(history.outcome.weights[row] > 0);
  }
  for (double one : risk) wanted += one;
  CHECK(weight == doctest::Approx(static_cast<double>(risk.size())));
  CHECK(bad == doctest::Approx(wanted));
  CHECK(history.table.rows() == all.accepted.rows() + 2 * risk.size() - 2);
}

TEST_CASE("rejects: bands hold equal numbers of accepted, and low scores fall into the lowest") {
  Applied all = applied(3, 2000);
  auto applicants = join_applicants(all.accepted, all.outcome, all.rejected);
  auto card = train(all.accepted, all.outcome, {});
  REQUIRE(card);
  std::vector<int> scores = scores_of(card->card, applicants->table);
  ScoreBands bands = band_scores(*applicants, scores, 10);
  REQUIRE(bands.bands.size() == 10);
  for (std::size_t band = 0; band + 1 < 10; ++band) {
    CHECK(bands.bands[band].from < bands.bands[band + 1].from);
    CHECK(bands.bands[band].accepted > 0.05 * static_cast<double>(all.accepted.rows()));
  }
  CHECK(bands.rate(0) > bands.rate(9));
  for (std::size_t row = 0; row < scores.size(); ++row)
    CHECK(scores[row] >= bands.bands[bands.of_row[row]].from);
  std::vector<double> once = banded_risk(*applicants, bands, 1),
                      twice = banded_risk(*applicants, bands, 2);
  for (std::size_t i = 0; i < once.size(); ++i) CHECK(twice[i] == std::min(1.0, 2 * once[i]));
  ScoreBands one = band_scores(*applicants, std::vector<int>(scores.size(), 500), 10);
  CHECK(one.bands.size() == 1);
}

TEST_CASE("rejects: a draw repeats with its seed and differs with another") {
  Applied all = applied(4, 1500);
  RejectPlan plan{.method = RejectMethod::parcelling, .seed = 5};
  RejectResult one = must_infer(all, plan), two = must_infer(all, plan);
  CHECK(to_toml(one.inferred.card) == to_toml(two.inferred.card));
  plan.seed = 6;
  CHECK(to_toml(must_infer(all, plan).inferred.card) != to_toml(one.inferred.card));
}

TEST_CASE("rejects: a larger tau expects more bad ones, and the true rate lies within the worst") {
  Applied all = applied(5, 3000);
  RejectPlan plan{.method = RejectMethod::fuzzy, .tau = 1, .accept_share = 0.9};
  double at_random = must_infer(all, plan).expected.chosen;
  plan.tau = 3;
  RejectResult high = must_infer(all, plan);
  CHECK(high.expected.chosen > at_random);
  double bad = 0;
  for (std::uint8_t one : all.outcome.bad) bad += one;
  for (std::uint8_t one : all.hidden.bad) bad += one;
  CHECK(high.expected.worst_low < bad / 3000);
  CHECK(high.expected.worst_high > bad / 3000);
}

TEST_CASE("rejects: any number of threads gives the same cards") {
  Applied all = applied(6, 1200);
  TrainingPlan plan;
  RejectResult one = must_infer(all, {}, plan);
  plan.threads = 4;
  RejectResult four = must_infer(all, {}, plan);
  CHECK(to_toml(one.inferred.card) == to_toml(four.inferred.card));
  CHECK(to_toml(one.pessimistic.card) == to_toml(four.pessimistic.card));
}

TEST_CASE("rejects: what cannot be inferred is refused") {
  Applied all = applied(7, 400);
  SUBCASE("nobody was rejected") {
    all.rejected = Table(0, {});
    check_error(all, {}, "rejects.empty", "no rows");
  }
  SUBCASE("a column is missing") {
    const auto& columns = all.rejected.columns();
    all.rejected = Table(all.rejected.rows(), {columns[0], columns[2]});
    check_error(all, {}, "rejects.columns", "`b`");
  }
  SUBCASE("a column is of the other kind") {
    const auto& columns = all.rejected.columns();
    std::vector<std::int32_t> codes(all.rejected.rows(), 0);
    all.rejected =
        Table(all.rejected.rows(), {columns[0], Column::of_texts("b", codes, {"x"}), columns[2]});
    check_error(all, {}, "rejects.columns", "texts for the rejected");
  }
  SUBCASE("a plan without sense") {
    check_error(all, {.bands = 0}, "rejects.plan", "bands");
    check_error(all, {.tau = 0}, "rejects.plan", "tau");
    check_error(all, {.tau = std::nan("")}, "rejects.plan", "tau");
    check_error(all, {.tau_optimistic = 5}, "rejects.plan", "optimistic");
    check_error(all, {.accept_share = 1.5}, "rejects.plan", "share");
  }
  SUBCASE("one class among the accepted") {
    std::fill(all.outcome.bad.begin(), all.outcome.bad.end(), 1);
    check_error(all, {}, "binning.one_class", "bad");
  }
}
