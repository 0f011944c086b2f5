// Whatever the numbers, the solver ends with an error, a refusal or ways that keep every limit.

#include <credence/base/expects.h>
#include <credence/recourse/recourse.h>

#include <cstring>
#include <set>

namespace {

using namespace credence;

class Numbers {
 public:
  Numbers(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  // Mostly small, sometimes of any size.
  std::int64_t next() {
    if (size_ == 0) return 0;
    std::uint8_t first = take();
    if (first < 250) return first - 8;
    std::int64_t value = 0;
    std::size_t bytes = size_ < sizeof value ? size_ : sizeof value;
    std::memcpy(&value, data_, bytes);
    data_ += bytes;
    size_ -= bytes;
    return first < 253 ? value % 100'000 : value;
  }
  int next_int() { return static_cast<int>(next()); }
  std::size_t below(std::size_t most) { return size_ == 0 ? 0 : take() % most; }
  bool is_empty() const { return size_ == 0; }

 private:
  std::uint8_t take() {
    --size_;
    return *data_++;
  }
  const std::uint8_t* data_;
  std::size_t size_;
};

RecourseProblem problem_of(Numbers& numbers) {
  RecourseProblem problem{.need = numbers.next_int(), .margin = numbers.next_int()};
  problem.most_changes = numbers.next_int();
  if (numbers.below(2) == 0) problem.most_months = numbers.next_int();
  if (numbers.below(2) == 0) problem.most_effort = numbers.next_int();
  problem.cost_per_month = numbers.next();
  problem.cost_rule = static_cast<CostRule>(numbers.below(2));
  problem.ways = static_cast<int>(numbers.below(6));
  problem.diversity = static_cast<Diversity>(numbers.below(3));
  while (!numbers.is_empty() && problem.variables.size() < 12) {
    RecourseVariable& variable = problem.variables.emplace_back();
    for (std::size_t i = numbers.below(6); i > 0; --i) {
      RecourseOption option{.gain = numbers.next_int(), .cost = numbers.next()};
      option.months = numbers.next_int();
      if (numbers.below(4) == 0) option.until = numbers.next_int();
      option.effort = numbers.next_int();
      option.changes = 1 + static_cast<int>(numbers.below(3));
      variable.options.push_back(option);
    }
    for (std::size_t i = numbers.below(3); i > 0; --i) {
      variable.passing.push_back({numbers.next_int(), numbers.next_int()});
    }
  }
  return problem;
}

void check(const RecourseProblem& problem, const Way& way) {
  expects(way.gain >= problem.need + problem.margin, "fuzz: a way that is not enough");
  expects(way.changes <= problem.most_changes, "fuzz: too many changes");
  expects(way.months <= problem.most_months.value_or(way.months), "fuzz: too long");
  expects(way.effort <= problem.most_effort.value_or(way.effort), "fuzz: too much effort");
  int last = -1;
  for (const Choice& choice : way.choices) {
    expects(choice.variable > last, "fuzz: a variable twice");
    last = choice.variable;
    const auto& variable = problem.variables.at(static_cast<std::size_t>(choice.variable));
    const auto& option = variable.options.at(static_cast<std::size_t>(choice.option));
    expects(option.months <= way.months, "fuzz: a change that has not taken effect");
    expects(option.until.value_or(way.months) >= way.months, "fuzz: a change that has ended");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Numbers numbers{data, size};
  RecourseProblem problem = problem_of(numbers);
  auto answer = cheapest_ways(problem);
  if (!answer) return 0;
  const auto* ways = std::get_if<Ways>(&*answer);
  if (ways == nullptr) {
    const auto& refusal = std::get<NotReachable>(*answer);
    expects(refusal.best_gain < problem.need + problem.margin, "fuzz: refused although enough");
    expects(refusal.best_gain <= refusal.unlimited_gain, "fuzz: more with limits than without");
    return 0;
  }
  std::set<std::vector<int>> seen;
  for (const Way& way : ways->ways) {
    check(problem, way);
    std::vector<int> variables;
    for (const Choice& choice : way.choices) variables.push_back(choice.variable);
    expects(seen.insert(variables).second, "fuzz: a set of variables twice");
  }
  return 0;
}
