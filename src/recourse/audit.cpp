#include <credence/recourse/audit.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace credence {

namespace {

// Of one person.
struct Found {
  enum class State : std::uint8_t { not_asked, reachable, unreachable };
  State state = State::not_asked;
  WhyNot why = WhyNot::points;
  std::int64_t cost = 0;
  int months = 0, changes = 0;
  std::vector<int> parts = {};
};

Error misplaced(std::size_t person, std::string_view what) {
  return {.code = "recourse.part",
          .message = fmt::format("person {}: {}", person, what),
          .help = "give one index per partition, and -1 where it is unknown"};
}

std::optional<Error> defect_of(const AuditCase& asked, const AuditPlan& plan, std::size_t person) {
  if (asked.parts.size() != plan.partitions.size()) {
    return misplaced(person, fmt::format("{} parts for {} partitions", asked.parts.size(),
                                         plan.partitions.size()));
  }
  for (std::size_t i = 0; i < asked.parts.size(); ++i) {
    int part = asked.parts[i];
    if (part >= -1 && part < static_cast<int>(plan.partitions[i].parts.size())) continue;
    return misplaced(person, fmt::format("`{}` has no part {}", plan.partitions[i].name, part));
  }
  return std::nullopt;
}

Result<Found> look_at(const AuditPlan& plan, std::size_t person) {
  auto asked = plan.person(person);
  if (!asked) return asked.error();
  if (!*asked) return Found{};
  AuditCase& audited = **asked;
  if (auto defect = defect_of(audited, plan, person)) return *defect;
  audited.problem.ways = 1;
  auto answer = cheapest_ways(audited.problem);
  if (!answer) return answer.error();
  Found found{.state = Found::State::unreachable, .parts = std::move(audited.parts)};
  if (const auto* refusal = std::get_if<NotReachable>(&*answer)) {
    found.why = refusal->why;
    return found;
  }
  const Way& way = std::get<Ways>(*answer).ways.front();
  found.state = Found::State::reachable;
  found.cost = way.cost;
  found.months = way.months;
  found.changes = way.changes;
  return found;
}

// A run of people; it ends at its first error.
struct Run {
  std::size_t begin = 0, end = 0;
  std::optional<Error> error = {};
};

void look_at_all(const AuditPlan& plan, Run& run, std::vector<Found>& found) {
  for (std::size_t person = run.begin; person < run.end; ++person) {
    auto one = look_at(plan, person);
    if (!one) {
      run.error = one.error();
      return;
    }
    found[person] = std::move(*one);
  }
}

// People are looked at in blocks, so that progress can be told; within one, each thread has its
// run. Every result has its own place, so the number of threads changes nothing.
Result<std::vector<Found>> look_at_everybody(const AuditPlan& plan) {
  constexpr std::size_t kBlock = 8192;
  std::vector<Found> found(plan.people);
  std::size_t threads = std::clamp<std::size_t>(plan.threads, 1, 256);
  for (std::size_t begin = 0; begin < plan.people; begin += kBlock) {
    std::size_t end = std::min(plan.people, begin + kBlock);
    std::vector<Run> runs;
    for (std::size_t i = 0; i < threads; ++i) {
      runs.push_back({begin + (end - begin) * i / threads,
                      begin + (end - begin) * (i + 1) / threads, std::nullopt});
    }
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < threads; ++i) {
        others.emplace_back([&, i] { look_at_all(plan, runs[i], found); });
      }
      look_at_all(plan, runs[0], found);
    }
    for (Run& run : runs) {
      if (run.error) return std::move(*run.error);
    }
    if (plan.progress) plan.progress(end, plan.people);
  }
  return found;
}

template <class Number>
std::array<Number, 5> quantiles(std::vector<Number> values) {
  std::ranges::sort(values);
  std::array<Number, 5> result = {};
  for (std::size_t i = 0; i < result.size(); ++i) {
    auto percent = static_cast<std::size_t>(AuditQuantiles::kPercent[i]);
    std::size_t rank = (percent * values.size() + 99) / 100;  // nearest rank, from 1
    result[i] = values[std::max<std::size_t>(rank, 1) - 1];
  }
  return result;
}

// Wilson's interval of a share at 95 %, without correction for continuity (Wilson, Journal of the
// American Statistical Association 22, 1927).
std::pair<double, double> wilson(double count, double total) {
  constexpr double kZ = 1.959963984540054;
  double share = count / total, z2 = kZ * kZ;
  double middle = (share + z2 / (2 * total)) / (1 + z2 / total);
  double half =
      kZ / (1 + z2 / total) * std::sqrt(share * (1 - share) / total + z2 / (4 * total * total));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

void tell(AuditPart& part, const std::vector<const Found*>& people) {
  std::vector<std::int64_t> cost;
  std::vector<int> months, changes;
  for (const Found* found : people) {
    if (found->state == Found::State::unreachable) {
      ++part.why_not[static_cast<std::size_t>(found->why)];
      continue;
    }
    cost.push_back(found->cost);
    months.push_back(found->months);
    changes.push_back(found->changes);
  }
  part.reachable = cost.size();
  if (people.empty()) return;
  auto total = static_cast<double>(people.size());
  auto unreachable = static_cast<double>(people.size() - part.reachable);
  part.unreachable_share = unreachable / total;
  std::tie(part.low, part.high) = wilson(unreachable, total);
  if (cost.empty()) return;
  part.quantiles = AuditQuantiles{.cost = quantiles(std::move(cost)),
                                  .months = quantiles(std::move(months)),
                                  .changes = quantiles(std::move(changes))};
}

AuditPart part_of(std::string name, const std::vector<const Found*>& people, std::size_t smallest) {
  AuditPart part{
      .name = std::move(name), .people = people.size(), .too_small = people.size() < smallest};
  if (!part.too_small) tell(part, people);
  return part;
}

AuditedPartition audit_partition(const AuditPartition& asked, std::size_t position,
                                 const std::vector<const Found*>& everybody, std::size_t smallest) {
  std::vector<std::vector<const Found*>> people(asked.parts.size() + 1);
  for (const Found* found : everybody) {
    int part = found->parts[position];
    people[part < 0 ? asked.parts.size() : static_cast<std::size_t>(part)].push_back(found);
  }
  AuditedPartition audited{.name = asked.name};
  double lowest = 2, highest = -1;
  for (std::size_t i = 0; i < asked.parts.size(); ++i) {
    AuditPart& part = audited.parts.emplace_back(part_of(asked.parts[i], people[i], smallest));
    if (part.too_small || part.people == 0) continue;
    lowest = std::min(lowest, part.unreachable_share);
    highest = std::max(highest, part.unreachable_share);
  }
  if (highest >= 0) audited.gap = highest - lowest;
  if (!people.back().empty()) {
    audited.parts.push_back(part_of("unknown", people.back(), smallest));
  }
  return audited;
}

constexpr std::array kWhyNames = {"nothing-offered", "changes", "months",
                                  "effort",          "limits",  "points"};

Json number(double value) {
  return Json::Number{fmt::format("{:.6f}", value)};
}

Json to_json(const AuditPart& part) {
  Json::Object object{{"name", part.name}, {"people", part.people}};
  if (part.too_small) {
    object["too_small"] = true;
    return object;
  }
  object["reachable"] = part.reachable;
  object["unreachable_share"] = number(part.unreachable_share);
  object["interval"] = Json::Array{number(part.low), number(part.high)};
  Json::Object why;
  for (std::size_t i = 0; i < kWhyNames.size(); ++i) {
    if (part.why_not[i] > 0) why[kWhyNames[i]] = part.why_not[i];
  }
  object["why_not"] = std::move(why);
  if (!part.quantiles) return object;
  Json::Object quantiles;
  for (std::size_t i = 0; i < AuditQuantiles::kPercent.size(); ++i) {
    quantiles[fmt::format("p{}", AuditQuantiles::kPercent[i])] =
        Json::Object{{"cost", part.quantiles->cost[i]},
                     {"months", part.quantiles->months[i]},
                     {"changes", part.quantiles->changes[i]}};
  }
  object["quantiles"] = std::move(quantiles);
  return object;
}

}  // namespace

Result<RecourseAudit> audit_recourse(const AuditPlan& plan) {
  expects(plan.people == 0 || plan.person != nullptr, "audit_recourse: nobody tells the cases");
  auto found = look_at_everybody(plan);
  if (!found) return found.error();
  std::vector<const Found*> asked;
  for (const Found& one : *found) {
    if (one.state != Found::State::not_asked) asked.push_back(&one);
  }
  RecourseAudit audit{.whole = part_of("all", asked, plan.smallest_part),
                      .not_asked = plan.people - asked.size()};
  for (std::size_t i = 0; i < plan.partitions.size(); ++i) {
    audit.partitions.push_back(audit_partition(plan.partitions[i], i, asked, plan.smallest_part));
  }
  return audit;
}

Json to_json(const RecourseAudit& audit) {
  Json::Array partitions;
  for (const AuditedPartition& partition : audit.partitions) {
    Json::Array parts;
    for (const AuditPart& part : partition.parts) parts.push_back(to_json(part));
    Json::Object object{{"name", partition.name}, {"parts", std::move(parts)}};
    if (partition.gap) object["gap"] = number(*partition.gap);
    partitions.push_back(std::move(object));
  }
  return Json::Object{{"whole", to_json(audit.whole)},
                      {"not_asked", audit.not_asked},
                      {"partitions", std::move(partitions)}};
}

}  // namespace credence
