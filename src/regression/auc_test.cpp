#include <credence/regression/auc.h>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace credence;

namespace {

// Each pair by itself.
double pair_by_pair(const History& history, std::span<const double> risk) {
  double won = 0, all = 0;
  for (std::size_t bad = 0; bad < risk.size(); ++bad)
    for (std::size_t good = 0; good < risk.size(); ++good) {
      if (history.bad[bad] == 0 || history.bad[good] != 0) continue;
      const double weight = history.weights[bad] * history.weights[good];
      all += weight;
      won += risk[bad] > risk[good] ? weight : risk[bad] == risk[good] ? weight / 2 : 0;
    }
  return all > 0 ? won / all : 0.5;
}

struct Sample {
  History history;
  std::vector<double> risk;
};

constexpr int kKinds = 9;

double risk_of(Draws& draws, int kind, std::span<const double> before) {
  const double any = draws.uniform();
  switch (kind) {
    case 0:
      return any * 8 - 5;
    case 1:  // few different ones
      return static_cast<double>(draws.below(7));
    case 2:  // pairs of equal ones
      return !before.empty() && draws.below(2) == 0 ? before.back() : any;
    case 3:  // one far off, so that all others share a place
      return before.empty() ? 1e12 : any;
    case 4:  // neighbours in the last bit
      return !before.empty() && draws.below(2) == 0 ? std::nextafter(before.back(), 9.0) : any;
    case 5:
      return draws.below(5) == 0 ? std::numeric_limits<double>::infinity() : any;
    case 6:  // a range that no double spans
      return (any - 0.5) * 1.7e308 * 2;
    case 7:
      return any * 1e-310;
    default:
      return draws.below(2) == 0 ? -0.0 : 0.0;
  }
}

Sample random_sample(Draws& draws, std::size_t rows, int kind) {
  Sample out;
  for (std::size_t row = 0; row < rows; ++row) {
    out.risk.push_back(risk_of(draws, kind, out.risk));
    out.history.bad.push_back(static_cast<std::uint8_t>(draws.below(3) == 0));
    out.history.weights.push_back(draws.below(2) == 0 ? 1 : draws.uniform() + 0.1);
    out.history.total += out.history.weights.back();
  }
  return out;
}

}  // namespace

TEST_CASE("auc: it is that of all pairs, one by one, whatever the risks look like") {
  Draws draws(21);
  for (int kind = 0; kind < kKinds; ++kind)
    for (std::size_t rows : {0U, 1U, 2U, 3U, 40U, 300U}) {
      const Sample sample = random_sample(draws, rows, kind);
      CAPTURE(kind);
      CAPTURE(rows);
      CHECK(auc(sample.history, sample.risk) ==
            doctest::Approx(pair_by_pair(sample.history, sample.risk)).epsilon(1e-12));
    }
}

TEST_CASE("auc: the order of the rows leaves no trace, to the bit") {
  Draws draws(22);
  for (int kind = 0; kind < kKinds; ++kind) {
    const Sample sample = random_sample(draws, 5000, kind);
    Sample turned;
    for (std::size_t row = sample.risk.size(); row-- > 0;) {
      turned.risk.push_back(sample.risk[row]);
      turned.history.bad.push_back(sample.history.bad[row]);
      turned.history.weights.push_back(sample.history.weights[row]);
    }
    CAPTURE(kind);
    CHECK(auc(sample.history, sample.risk) == auc(turned.history, turned.risk));
  }
}

TEST_CASE("auc: one class alone tells nothing apart") {
  const std::vector<double> risk{0.1, 0.2, 0.3};
  CHECK(auc(History(Outcome{{1, 1, 1}, {}}), risk) == 0.5);
  CHECK(auc(History(Outcome{{0, 0, 0}, {}}), risk) == 0.5);
  CHECK(auc(History(Outcome{{0, 0, 1}, {}}), risk) == 1);
  CHECK(auc(History(Outcome{{1, 0, 0}, {}}), risk) == 0);
}
