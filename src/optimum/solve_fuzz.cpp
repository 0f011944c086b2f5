// Any numbers at all as prebins and rules: solve() refuses, solves or says why not, and what it
// solves its checker accepts.

#include <credence/optimum/solve.h>

#include <cstdint>
#include <cstring>

namespace {

class Source {
 public:
  Source(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : std::uint8_t{0}; }

  // Mostly small counts, sometimes any double.
  double number(double scale) {
    const std::uint8_t kind = byte();
    if (kind < 250) return kind * scale;
    double any = 0;
    if (size_ - at_ >= sizeof any) std::memcpy(&any, data_ + at_, sizeof any), at_ += sizeof any;
    return any;
  }

  std::optional<double> maybe(double scale) {
    return byte() % 4 == 0 ? std::optional{number(scale)} : std::nullopt;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace credence;
  Source source{data, size};
  BinningProblem problem;
  BinningRules& rules = problem.rules;
  rules.divergence = static_cast<Divergence>(source.byte() % 4);
  rules.trend = static_cast<Trend>(source.byte() % 8);
  rules.strict_shape = source.byte() % 2 == 0;
  rules.p_value_policy = source.byte() % 2 == 0 ? PValuePolicy::all : PValuePolicy::consecutive;
  rules.size_basis = source.byte() % 2 == 0 ? SizeBasis::records : SizeBasis::weight;
  if (source.byte() % 3 == 0) rules.min_bins = source.byte() % 8;
  if (source.byte() % 3 == 0) rules.max_bins = source.byte() % 8;
  rules.min_bin_share = source.maybe(0.01).value_or(0);
  rules.max_bin_share = source.maybe(0.01).value_or(1);
  rules.min_bin_events = source.maybe(1);
  rules.max_bin_events = source.maybe(1);
  rules.min_bin_nonevents = source.maybe(1);
  rules.max_bin_nonevents = source.maybe(1);
  rules.min_rate_difference = source.maybe(0.001).value_or(0);
  rules.max_p_value = source.maybe(0.004);
  rules.gamma = source.maybe(0.01).value_or(0);
  for (int prebins = source.byte() % 13; prebins > 0; --prebins) {
    Tally tally{.events = source.number(1), .nonevents = source.number(1)};
    tally.records = source.byte() % 8 == 0 ? source.number(1) : tally.weight();
    tally.squares = source.byte() % 8 == 0 ? source.number(1) : tally.weight();
    problem.prebins.push_back(tally);
    problem.total += rules.size_basis == SizeBasis::records ? tally.records : tally.weight();
    if (!problem.fixed_after.empty() || source.byte() % 8 == 0)
      problem.fixed_after.resize(problem.prebins.size() - 1, source.byte() % 2 == 0);
  }
  problem.total += source.maybe(1).value_or(0);
  auto outcome = solve(problem);
  if (!outcome) return 0;
  expects(outcome->solution.has_value() != outcome->infeasible.has_value(), "one answer");
  if (outcome->solution)
    expects(static_cast<bool>(check(problem, *outcome->solution)), "the checker agrees");
  return 0;
}
