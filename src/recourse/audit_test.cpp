#include <credence/recourse/audit.h>
#include <credence/recourse/example_testing.h>
#include <doctest/doctest.h>

#include <algorithm>

namespace credence {
namespace {

// A book whose people differ only by their number; every third is already there.
AuditPlan book(std::size_t people) {
  AuditPlan plan{.people = people};
  plan.person = [](std::size_t person) -> Result<std::optional<AuditCase>> {
    if (person % 3 == 0) return std::optional<AuditCase>{};
    ExampleProblems examples{person};
    AuditCase asked{.problem = examples.card(4, 4, examples.number(1, 80), 3)};
    asked.parts = {static_cast<int>(person % 2), person % 5 == 0 ? -1 : 0};
    return std::optional<AuditCase>{std::move(asked)};
  };
  plan.partitions = {{"age band", {"young", "old"}}, {"branch", {"north", "south"}}};
  return plan;
}

RecourseAudit audit_of(const AuditPlan& plan) {
  auto audit = audit_recourse(plan);
  REQUIRE(audit);
  return std::move(*audit);
}

// One option of gain 10 and of a cost for each person.
AuditPlan costs(std::vector<std::int64_t> cost_of, int need) {
  AuditPlan plan{.people = cost_of.size(), .smallest_part = 1};
  plan.person = [=](std::size_t person) -> Result<std::optional<AuditCase>> {
    RecourseOption option{.gain = 10, .cost = cost_of[person]};
    return std::optional<AuditCase>{
        AuditCase{.problem = {.need = need, .variables = {{{option}, {}}}}, .parts = {}}};
  };
  return plan;
}

}  // namespace

TEST_CASE("recourse audit: shares and quantiles are those of asking everybody one by one") {
  AuditPlan plan = book(2'000);
  RecourseAudit audit = audit_of(plan);
  std::size_t asked = 0, reachable = 0;
  std::vector<std::int64_t> costs;
  for (std::size_t person = 0; person < plan.people; ++person) {
    auto one = plan.person(person);
    REQUIRE(one);
    if (!*one) continue;
    ++asked;
    auto answer = cheapest_ways((*one)->problem);
    REQUIRE(answer);
    if (const auto* ways = std::get_if<Ways>(&*answer)) costs.push_back(ways->ways[0].cost);
  }
  reachable = costs.size();
  std::ranges::sort(costs);
  CHECK(audit.not_asked == plan.people - asked);
  CHECK(audit.whole.people == asked);
  CHECK(audit.whole.reachable == reachable);
  REQUIRE(reachable > 100);
  REQUIRE(reachable < asked);
  CHECK(audit.whole.quantiles->cost[2] == costs[(costs.size() + 1) / 2 - 1]);
  CHECK(audit.whole.low < audit.whole.unreachable_share);
  CHECK(audit.whole.unreachable_share < audit.whole.high);
}

TEST_CASE("recourse audit: the parts of a partition add up to the whole") {
  RecourseAudit audit = audit_of(book(2'000));
  for (const AuditedPartition& partition : audit.partitions) {
    std::size_t people = 0;
    for (const AuditPart& part : partition.parts) people += part.people;
    CHECK(people == audit.whole.people);
  }
  REQUIRE(audit.partitions[1].parts.size() == 3);
  CHECK(audit.partitions[1].parts[2].name == "unknown");
  CHECK(audit.partitions[0].gap);
}

TEST_CASE("recourse audit: the number of threads changes nothing") {
  AuditPlan plan = book(20'000);
  std::string alone = to_canonical_json(to_json(audit_of(plan)));
  plan.threads = 3;
  CHECK(to_canonical_json(to_json(audit_of(plan))) == alone);
}

TEST_CASE("recourse audit: quantiles are nearest ranks") {
  auto quantiles = audit_of(costs({5, 1, 4, 2, 3, 6, 7, 8, 9, 10}, 10)).whole.quantiles;
  REQUIRE(quantiles);
  CHECK(quantiles->cost == std::array<std::int64_t, 5>{1, 3, 5, 8, 9});
}

TEST_CASE("recourse audit: nobody with a way has no quantiles") {
  RecourseAudit audit = audit_of(costs({1, 2}, 11));
  CHECK(audit.whole.reachable == 0);
  CHECK(audit.whole.unreachable_share == 1);
  CHECK_FALSE(audit.whole.quantiles);
  CHECK(audit.whole.why_not[static_cast<std::size_t>(WhyNot::points)] == 2);
}

TEST_CASE("recourse audit: a small part is counted and not told about") {
  AuditPlan plan = book(60);
  plan.smallest_part = 25;
  RecourseAudit audit = audit_of(plan);
  CHECK_FALSE(audit.whole.too_small);
  for (const AuditPart& part : audit.partitions[0].parts) {
    CHECK(part.too_small);
    CHECK(part.reachable == 0);
    CHECK_FALSE(part.quantiles);
  }
  CHECK_FALSE(audit.partitions[0].gap);
}

TEST_CASE("recourse audit: an empty book is an audit of nobody") {
  AuditPlan plan = book(0);
  plan.smallest_part = 0;
  RecourseAudit audit = audit_of(plan);
  CHECK(audit.whole.people == 0);
  CHECK_FALSE(audit.partitions[0].gap);
}

TEST_CASE("recourse audit: the first error in the order of people ends it") {
  for (unsigned threads : {1U, 4U}) {
    AuditPlan plan = book(10'000);
    plan.threads = threads;
    auto inner = plan.person;
    plan.person = [inner](std::size_t person) -> Result<std::optional<AuditCase>> {
      if (person % 1'000 == 700) return Error{"test.person", std::to_string(person)};
      return inner(person);
    };
    auto audit = audit_recourse(plan);
    REQUIRE_FALSE(audit);
    CHECK(audit.error().message == "700");
  }
}

TEST_CASE("recourse audit: parts that do not exist are refused") {
  for (std::vector<int> parts : {std::vector<int>{0}, {0, 2}, {-2, 0}, {0, 0, 0}}) {
    AuditPlan plan = book(10);
    plan.person = [=](std::size_t) -> Result<std::optional<AuditCase>> {
      return std::optional<AuditCase>{AuditCase{.problem = {}, .parts = parts}};
    };
    auto audit = audit_recourse(plan);
    REQUIRE_FALSE(audit);
    CHECK(audit.error().code == "recourse.part");
  }
}

TEST_CASE("recourse audit: a case that the solver refuses is an error") {
  auto audit = audit_recourse(costs({-1}, 5));
  REQUIRE_FALSE(audit);
  CHECK(audit.error().code == "recourse.limit");
}

TEST_CASE("recourse audit: progress ends at everybody") {
  AuditPlan plan = book(20'000);
  std::size_t last = 0;
  plan.progress = [&](std::size_t done, std::size_t total) {
    CHECK(done > last);
    CHECK(total == 20'000);
    last = done;
  };
  audit_of(plan);
  CHECK(last == 20'000);
}

}  // namespace credence
