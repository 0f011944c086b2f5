#include <credence/clockwork/crew.h>
#include <credence/clockwork/draw.h>
#include <credence/clockwork/functions.h>
#include <credence/clockwork/statistics.h>
#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

using namespace credence;

namespace {

// A sum of rounded numbers: any other order of adding would show.
double sum_of_draws(unsigned threads, std::size_t people) {
  Crew crew(threads);
  KeyedDraws draws(5U, 0U);
  std::vector<double> sums(Crew::blocks(people), 0);
  crew.work(people, [&](const PeopleBlock& block, unsigned) {
    for (std::size_t p = block.first; p < block.last; ++p) {
      double drawn = draws.normal(static_cast<std::uint32_t>(p), 0, Purpose::wage);
      sums[block.number] += exact_exp(3 * drawn);
    }
  });
  return sum_by_halves(sums);
}

}  // namespace

TEST_CASE("crew: the result has the same bits for any number of threads") {
  double one = sum_of_draws(1, 50'000);
  for (unsigned threads : {2U, 3U, 8U}) CHECK(sum_of_draws(threads, 50'000) == one);
}

TEST_CASE("crew: each person is worked on once, in blocks of 4,096") {
  Crew crew(3);
  CHECK(crew.threads() == 3);
  for (std::size_t people :
       {std::size_t{0}, std::size_t{1}, kBlock - 1, kBlock, kBlock + 1, 5 * kBlock + 7}) {
    CAPTURE(people);
    std::vector<int> visits(people, 0);
    std::atomic<bool> sound = true;
    crew.work(people, [&](const PeopleBlock& block, unsigned worker) {
      bool fits = block.first == block.number * kBlock && block.last <= people &&
                  block.first < block.last && worker < 3;
      if (!fits) sound = false;
      for (std::size_t p = block.first; p < block.last; ++p) ++visits[p];
    });
    CHECK(sound);
    CHECK(visits == std::vector<int>(people, 1));
  }
}

TEST_CASE("crew: an exception of any thread comes out where the work was asked for") {
  for (unsigned threads : {1U, 2U, 8U}) {
    Crew crew(threads);
    auto failing = [](std::size_t task, unsigned) {
      if (task == 17) throw std::runtime_error("task 17");
    };
    CHECK_THROWS_WITH(crew.each(1000, failing), "task 17");
    // And the crew works on.
    std::atomic<int> done = 0;
    crew.each(1000, [&](std::size_t, unsigned) { ++done; });
    CHECK(done == 1000);
  }
}

TEST_CASE("crew: many small rounds end, with more threads than tasks") {
  Crew crew(8);
  std::atomic<std::size_t> done = 0;
  for (std::size_t round = 0; round < 2000; ++round) {
    crew.each(round % 4, [&](std::size_t, unsigned) { ++done; });
  }
  CHECK(done == 3000);
}

TEST_CASE("crew: 0 threads means as many as there are processors") {
  CHECK(Crew(0).threads() >= 1);
}
