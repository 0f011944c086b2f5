#include <credence/explanation/ways_up.h>
#include <credence/feature/measure.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <set>

namespace credence {

namespace {

constexpr int kMostMonths = 60;
constexpr int kMostCost = 1'000;
// Of how many of the latest records of a type it is asked what more of them would bring.
constexpr std::size_t kMostExamples = 12;
constexpr int kTrialMonths = 6;

// Records that do not exist yet: `times` like `example`, one a month from next month on.
struct Plan {
  const EventFact* example = nullptr;
  int times = 0;
};

// What the engine would answer on later days, for all or for one type of event.
class Future {
 public:
  Future(const WhatIfQuestion& question, int most_months) : question_(question) {
    for (int months = 0; months <= most_months; ++months) {
      usable_.push_back(usable_events(question.programme, question.dossier, as_of(months)));
      consented_.push_back(consented(as_of(months)));
    }
  }

  // Asked on that day: a consent that ends before it holds no record then, and that somebody will
  // renew it is not presumed.
  AsOf as_of(int months) const {
    AsOf then = question_.features.as_of;
    then.date = day(months);
    then.asked = std::max(then.asked, Instant{then.date});
    return then;
  }
  Date day(int months) const {
    return add(question_.features.as_of.date, Period{.months = months, .days = 0});
  }
  const std::vector<const EventFact*>& usable(int months) const {
    return usable_[static_cast<std::size_t>(months)];
  }

  // Whether what is left of today's records is enough for a score then.
  bool is_enough(int months) const {
    const Needs& needs = question_.programme->needs;
    const auto& records = usable(months);
    if (static_cast<int>(records.size()) < needs.facts || records.empty()) {
      return needs.facts <= 0 && records.empty();
    }
    Date oldest = records.front()->at;
    for (const EventFact* record : records) oldest = std::min(oldest, record->at);
    return oldest <= subtract(day(months), needs.span);
  }

  // Answers of the features of one type, with records that do not exist yet.
  void answer(Features& features, int type, const Plan& plan, int months) const {
    std::vector<const EventFact*> records;
    for (const EventFact* record : usable(months)) {
      if (record->type == type) records.push_back(record);
    }
    std::deque<EventFact> added;
    for (int month = 1; month <= std::min(plan.times, months); ++month) {
      added.push_back(moved(*plan.example, month));
      if (counts(added.back(), months)) records.push_back(&added.back());
    }
    std::ranges::stable_sort(records, {}, &EventFact::at);
    const Programme& programme = *question_.programme;
    for (std::size_t i = 0; i < programme.features.size(); ++i) {
      if (programme.features[i].from != type) continue;
      features.values[i] = measure(programme.features[i], Records{records}, day(months));
    }
  }

  Score score(Features features) const {
    return points_of_answers(std::move(features), question_.card, question_.programme);
  }

  // Points of the lines that one type of event answers: all, and those that are not about who
  // somebody is.
  struct Points {
    int all = 0, not_identity = 0;
  };
  Points points(int type, const Plan& plan, int months) const {
    Features features = question_.features;
    answer(features, type, plan, months);
    Points sum;
    for (const Term& term : score(std::move(features)).terms) {
      const Feature& feature = feature_of(term);
      if (feature.from != type) continue;
      sum.all += term.points;
      if (feature.family != Family::identity) sum.not_identity += term.points;
    }
    return sum;
  }

  const Feature& feature_of(const Term& term) const {
    return question_.programme->features.at(static_cast<std::size_t>(term.feature));
  }

 private:
  // The same record, so many months from today: every date in it moves along.
  EventFact moved(const EventFact& example, int month) const {
    EventFact record = example;
    record.at = day(month);
    record.recorded = record.at;
    record.index =
        std::numeric_limits<std::uint64_t>::max() - kMostMonths + static_cast<std::uint64_t>(month);
    record.corrects.reset();
    const EventType& type = question_.programme->events.at(static_cast<std::size_t>(example.type));
    std::int64_t days = (record.at - example.at).count();
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      Cell& cell = record.fields.at(i);
      if (type.fields[i].type == FieldType::date && cell.has_value()) {
        cell = Cell::of(cell.value() + days);
      }
    }
    return record;
  }

  std::vector<bool> consented(const AsOf& then) const {
    const Programme& programme = *question_.programme;
    std::vector<bool> consented;
    for (const Source& source : programme.sources) {
      consented.push_back(question_.dossier.consents.live(programme.purpose, source.id, kOperator,
                                                          then.asked, then.known) != nullptr);
    }
    return consented;
  }

  // Whether a record that does not exist yet counts then: consented to, and within its retention.
  bool counts(const EventFact& record, int months) const {
    const EventType& type = question_.programme->events.at(static_cast<std::size_t>(record.type));
    auto position = static_cast<std::size_t>(type.source);
    const Source& source = question_.programme->sources.at(position);
    return consented_[static_cast<std::size_t>(months)][position] &&
           day_of(as_of(months).asked) < add(record.at, source.retention);
  }

  const WhatIfQuestion& question_;
  std::vector<std::vector<const EventFact*>> usable_;  // by month
  std::vector<std::vector<bool>> consented_;           // by month, then source
};

// One variable of the problem: the records of one type of event.
struct EventOptions {
  int type = 0;
  std::vector<Plan> plans;  // by option
};

class WaysUpSearch {
 public:
  WaysUpSearch(const WhatIfQuestion& question, const WaysUpOptions& options)
      : question_(question), options_(options), future_(question, options.most_months) {
    // A target beyond the card's highest score is out of reach by however much it lies beyond.
    problem_.need = std::min(options.target, question.card.highest() + 1) - question.score.total;
    problem_.margin = options.margin;
    problem_.most_changes = RecourseProblem::kMostChanges;
    problem_.most_months = options.most_months;
    problem_.cost_per_month = options.cost_of_month;
    problem_.ways = problem_.need + options.margin > 0 ? options.ways : 1;
    std::set<int> types;
    for (const Term& term : question.score.terms) types.insert(future_.feature_of(term).from);
    for (int type : types) add_type(type);
    leave_thin_days_aside();
  }

  Result<WaysUp> all() const {
    WaysUp result{.target = options_.target, .total = question_.score.total};
    auto answer = cheapest_ways(problem_);
    if (!answer) return answer.error();
    if (const auto* refusal = std::get_if<NotReachable>(&*answer)) {
      result.not_reachable = *refusal;
      return result;
    }
    auto ways = sooner_than_waiting(std::get<Ways>(std::move(*answer)).ways);
    if (!ways) return ways.error();
    for (const Way& way : *ways) result.ways.push_back(told(way));
    return result;
  }

 private:
  using Points = Future::Points;

  // Where waiting is enough, records are only worth telling about if they are there sooner.
  Result<std::vector<Way>> sooner_than_waiting(std::vector<Way> ways) const {
    auto waits = [](const Way& way) { return way.choices.empty(); };
    auto waiting = std::ranges::find_if(ways, waits);
    if (waiting == ways.end() || ways.size() == 1) return ways;
    std::vector<Way> told = {*waiting};
    if (waiting->months == 0) return told;
    RecourseProblem sooner = problem_;
    sooner.most_months = waiting->months - 1;
    auto answer = cheapest_ways(sooner);
    if (!answer) return answer.error();
    if (auto* found = std::get_if<Ways>(&*answer)) {
      told.insert(told.end(), found->ways.begin(), found->ways.end());
    }
    std::ranges::stable_sort(told, {}, &Way::cost);
    if (told.size() > static_cast<std::size_t>(problem_.ways)) told.pop_back();
    return told;
  }

  void add_type(int type) {
    RecourseVariable variable;
    EventOptions event{.type = type, .plans = {}};
    std::vector<Points> idle = {future_.points(type, {}, 0)};
    int now = idle.front().all;
    for (int months = 1; months <= options_.most_months; ++months) {
      idle.push_back(future_.points(type, {}, months));
      variable.passing.push_back({months, idle.back().all - now});
    }
    if (const EventFact* example = best_example(type)) {
      for (int months = 1; months <= options_.most_months; ++months) {
        for (int times = 1; times <= months; ++times) {
          const Points points = future_.points(type, {example, times}, months);
          const Points& waiting = idle[static_cast<std::size_t>(months)];
          if (points.all <= waiting.all || points.not_identity <= waiting.not_identity) continue;
          variable.options.push_back({.gain = points.all - now,
                                      .cost = std::int64_t{times} * options_.cost_of_record,
                                      .months = months,
                                      .until = months});
          event.plans.push_back({example, times});
        }
      }
    }
    problem_.variables.push_back(std::move(variable));
    events_.push_back(std::move(event));
  }

  // The latest of those records of which more would bring the most, if any would bring anything
  // beyond the lines about who somebody is.
  const EventFact* best_example(int type) const {
    int months = std::min(kTrialMonths, options_.most_months);
    int best_points = future_.points(type, {}, months).not_identity;
    const EventFact* best = nullptr;
    std::size_t tried = 0;
    const auto& records = future_.usable(0);
    for (auto at = records.rbegin(); at != records.rend() && tried < kMostExamples; ++at) {
      if ((*at)->type != type) continue;
      ++tried;
      int points = future_.points(type, {*at, months}, months).not_identity;
      if (points <= best_points) continue;
      best_points = points;
      best = *at;
    }
    return best;
  }

  // A variable without options, whose passing takes more points than any way can bring.
  void leave_thin_days_aside() {
    RecourseVariable thin;
    for (int months = 1; months <= options_.most_months; ++months) {
      bool was_enough = thin.passing.empty() || thin.passing.back().gain == 0;
      bool is_enough = future_.is_enough(months);
      if (is_enough == was_enough) continue;
      thin.passing.push_back({months, is_enough ? 0 : -RecourseProblem::kMostGain});
    }
    problem_.variables.push_back(std::move(thin));
  }

  WayUp told(const Way& way) const {
    WayUp told{.day = future_.day(way.months),
               .months = way.months,
               .records = {},
               .answers = {},
               .total = 0,
               .cost = static_cast<int>(way.cost)};
    std::map<int, Plan> plans;
    for (const Choice& choice : way.choices) {
      const EventOptions& event = events_[static_cast<std::size_t>(choice.variable)];
      const Plan& plan = event.plans[static_cast<std::size_t>(choice.option)];
      plans[event.type] = plan;
      told.records.push_back({.event = event.type,
                              .times = plan.times,
                              .like = plan.example->index,
                              .example = say_record(*question_.programme, *plan.example, nullptr),
                              .first = future_.day(1),
                              .last = future_.day(plan.times)});
    }
    Features then = question_.features;
    then.as_of = future_.as_of(way.months);
    for (const EventOptions& event : events_) {
      future_.answer(then, event.type, plans[event.type], way.months);
    }
    Score score = future_.score(then);
    // Nobody is told a way that the whole engine does not confirm.
    expects(score.total == question_.score.total + way.gain && score.total >= options_.target,
            "ways_up: the engine scores a way otherwise");
    told.total = score.total;
    told.answers = changed_answers(score, then);
    return told;
  }

  std::vector<ChangedAnswer> changed_answers(const Score& then, const Features& features) const {
    std::vector<ChangedAnswer> changed;
    for (std::size_t i = 0; i < then.terms.size(); ++i) {
      const Term& before = question_.score.terms[i];
      const Term& after = then.terms[i];
      if (before.points == after.points) continue;
      const Feature& feature = future_.feature_of(after);
      auto position = static_cast<std::size_t>(after.feature);
      const Programme& programme = *question_.programme;
      changed.push_back(
          {.line = static_cast<int>(i),
           .question = feature.question,
           .before = say_answer(programme, feature, question_.features.values[position].answer),
           .after = say_answer(programme, feature, features.values[position].answer),
           .points_before = before.points,
           .points_after = after.points});
    }
    return changed;
  }

  const WhatIfQuestion& question_;
  const WaysUpOptions& options_;
  Future future_;
  RecourseProblem problem_;
  std::vector<EventOptions> events_;  // by variable
};

std::optional<Error> defect_of(const WaysUpOptions& options) {
  struct Bounded {
    std::string_view name;
    int value, lowest, highest;
  };
  for (const Bounded& number :
       {Bounded{"target", options.target, -RecourseProblem::kMostGain, RecourseProblem::kMostGain},
        Bounded{"margin", options.margin, 0, RecourseProblem::kMostNeed},
        Bounded{"limit of months", options.most_months, 0, kMostMonths},
        Bounded{"cost of a month", options.cost_of_month, 0, kMostCost},
        Bounded{"cost of a record", options.cost_of_record, 0, kMostCost},
        Bounded{"number of ways", options.ways, 1, RecourseProblem::kMostWays}}) {
    if (number.value >= number.lowest && number.value <= number.highest) continue;
    return Error{.code = "ways.options",
                 .message = fmt::format("the {} {} is not between {} and {}", number.name,
                                        number.value, number.lowest, number.highest)};
  }
  return std::nullopt;
}

// Every number of new records is tried on every day, over all records that are there.
std::optional<Error> too_much_work(const Dossier& dossier, const WaysUpOptions& options) {
  constexpr std::size_t kMostWork = 20'000'000;
  auto months = static_cast<std::size_t>(options.most_months);
  std::size_t work = dossier.events.size() * (months + 1) * (months + 2) / 2;
  if (work <= kMostWork) return std::nullopt;
  return Error{.code = "ways.size",
               .message = fmt::format("{} records over {} months are more work than is done in "
                                      "seconds",
                                      dossier.events.size(), months),
               .help = "ask for fewer months"};
}

}  // namespace

Result<WaysUp> ways_up(const WhatIfQuestion& question, const WaysUpOptions& options) {
  if (auto defect = defect_of(options)) return *defect;
  if (auto error = too_much_work(question.dossier, options)) return *error;
  return WaysUpSearch{question, options}.all();
}

}  // namespace credence
