#include <credence/advice/advice.h>
#include <credence/advice/row_options.h>

#include <utility>

namespace credence {

Result<RecourseProblem> Adviser::problem(const AdviceRow& row, int target) const {
  RowOptions options{*this, row};
  if (auto error = options.build(target)) return *error;
  return options.problem();
}

Result<AdviceAnswer> Adviser::advise(const AdviceRow& row, int target) const {
  RowOptions options{*this, row};
  if (auto error = options.build(target)) return *error;
  auto answer = cheapest_ways(options.problem());
  if (!answer) return answer.error();
  if (const auto* refusal = std::get_if<NotReachable>(&*answer)) return AdviceAnswer{*refusal};
  std::vector<Advice> advices;
  for (const Way& way : std::get<Ways>(*answer).ways) {
    Advice advice = options.advice(way);
    // Nobody is told a way that the card itself does not confirm.
    expects(advice.score == options.score() + way.gain, "advise: the card scores a way otherwise");
    advices.push_back(std::move(advice));
  }
  return AdviceAnswer{std::move(advices)};
}

}  // namespace credence
