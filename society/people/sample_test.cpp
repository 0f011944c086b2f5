#include <credence/base/sha256.h>
#include <credence/clockwork/draw.h>
#include <credence/people/sample.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace credence;

namespace {

std::map<std::string, std::string> sample(const SamplePlan& plan) {
  std::map<std::string, std::string> files;
  auto counts =
      write_sample(plan, [&](std::string_view file, std::string_view lines) -> Result<Done> {
        files[std::string{file}] += lines;
        return Done{};
      });
  REQUIRE(counts);
  return files;
}

SamplePlan plan_of(std::uint32_t people) {
  SamplePlan plan;
  plan.people = people;
  plan.seed = 7;
  plan.until = *parse_date("2026-06-30");
  return plan;
}

}  // namespace

TEST_CASE("draws: Philox 4x32-10 gives the published first word") {
  // Random123's known answers (kat_vectors): counter 0, key 0 gives 6627e8d5 first.
  CHECK(KeyedDraws{0}.uniform(0, 0, Purpose::care) == doctest::Approx(0x6627e8d5 / 4294967296.0));
}

TEST_CASE("sample: the same seed gives the same bytes, another seed gives others") {
  auto first = sample(plan_of(50));
  CHECK(first == sample(plan_of(50)));
  auto other = plan_of(50);
  other.seed = 8;
  CHECK(first != sample(other));
}

TEST_CASE("sample: more people leave the earlier people's lives as they were") {
  auto small = sample(plan_of(20));
  auto large = sample(plan_of(40));
  for (const auto& [file, text] : small) {
    CAPTURE(file);
    CHECK(large[file].starts_with(text));
  }
}

TEST_CASE(
    "sample: 2,000 people over 24 months make more than 200,000 events, none after the last day") {
  auto plan = plan_of(2000);
  std::uint64_t events = 0;
  auto counts = write_sample(
      plan, [&](std::string_view, std::string_view) -> Result<Done> { return Done{}; });
  REQUIRE(counts);
  events = counts->events;
  CHECK(events > 200'000);
  for (const auto& [file, text] : sample(plan_of(50)))
    CHECK(text.find("2026-07") == std::string::npos);
}

TEST_CASE("sample: an impossible plan is refused") {
  auto none = [](std::string_view, std::string_view) -> Result<Done> { return Done{}; };
  auto plan = plan_of(0);
  CHECK(write_sample(plan, none).error().code == "sample.people");
  plan = plan_of(1);
  plan.months = 0;
  CHECK(write_sample(plan, none).error().code == "sample.months");
}

TEST_CASE("sample: a sink that fails stops the sample with its error") {
  auto full = [](std::string_view, std::string_view) -> Result<Done> {
    return Error{"disk.full", "full"};
  };
  CHECK(write_sample(plan_of(1), full).error().code == "disk.full");
}
