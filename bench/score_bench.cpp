// What scoring costs: ready features of many applicants in batches, next to reading the same bytes
// in the same run, and one person from facts to reasons. CPU time of this thread; the best of
// several rounds.

#include <credence/score/batch.h>
#include <credence/score/reasons.h>
#include <credence/score/sample_card_test.h>

#include <ctime>
#include <functional>
#include <numeric>

namespace credence {
namespace {

constexpr std::size_t kPeople = 2'000'000;  // a multiple of 16
constexpr int kRounds = 7;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double best_of(int rounds, const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    double start = cpu_seconds();
    work();
    best = std::min(best, cpu_seconds() - start);
  }
  return best;
}

// The compiler must not drop a result that nobody prints.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

template <class Code>
std::vector<std::vector<Code>> random_columns(const Card& card) {
  std::mt19937_64 random{1};
  std::vector<std::vector<Code>> columns;
  for (const Card::Line& line : card.lines()) {
    auto& column = columns.emplace_back(kPeople);
    for (Code& code : column) {
      std::uint64_t draw = random();
      bool absent = draw % 10 == 0;
      bool chosen = !line.bins.front().choices.empty();
      code = BatchCode<Code>::of(
          absent ? Cell{} : Cell::of(static_cast<std::int64_t>(draw >> 8) % (chosen ? 3 : 2500)));
    }
  }
  return columns;
}

void row(std::string_view name, double seconds, double read_seconds, double bytes) {
  double people = static_cast<double>(kPeople);
  fmt::print("{:<46} {:>8.1f} M/s {:>8.1f} GB/s {:>8.0f} %\n", name, people / seconds / 1e6,
             people * bytes / seconds / 1e9, 100 * read_seconds / seconds);
}

template <class Code>
void bench_batch(const Card& card) {
  auto batch = BatchCard::make(card, Baseline::best);
  auto columns = random_columns<Code>(card);
  std::vector<std::span<const Code>> views(columns.begin(), columns.end());
  std::vector<std::int16_t> scores(kPeople);
  std::array<std::vector<std::uint8_t>, 4> ranks;
  BatchReasons reasons;
  for (std::size_t i = 0; i < 4; ++i) {
    ranks[i].resize(kPeople);
    reasons.ranks[i] = ranks[i];
  }
  double reading = best_of(kRounds, [&] {
    // Sixteen sums side by side, so that the loop waits for memory and not for itself.
    std::array<Code, 16> sums{};
    for (const auto& column : columns) {
      for (std::size_t i = 0; i < column.size(); i += sums.size()) {
        for (std::size_t k = 0; k < sums.size(); ++k)
          sums[k] = static_cast<Code>(sums[k] ^ column[i + k]);
      }
    }
    keep(sums);
  });
  double alone = best_of(kRounds, [&] { batch->score<Code>(views, scores), keep(scores[0]); });
  double explained =
      best_of(kRounds, [&] { batch->score<Code>(views, scores, reasons), keep(scores[0]); });
  double bytes = static_cast<double>(sizeof(Code) * columns.size());
  std::string kind = fmt::format("{} lines, {}-bit codes: ", columns.size(), sizeof(Code) * 8);
  row(kind + "read the bytes", reading, reading, bytes);
  row(kind + "score", alone, reading, bytes);
  row(kind + "score, four reasons", explained, reading, bytes);
}

Dossier long_life(std::size_t facts) {
  sample::Life life{0};
  while (life.dossier.events.size() < facts) life.event();
  std::mt19937_64 random{2};
  for (EventFact& event : life.dossier.events) {
    event.at = sample::day("2026-06-01") - std::chrono::days{random() % 700};
    event.recorded = Instant{sample::day("2026-06-01")};
  }
  return life.dossier;
}

void bench_person(const Programme& programme, const Card& card) {
  constexpr int kTimes = 2'000;
  Dossier dossier = long_life(500);
  AsOf as_of{.date = sample::day("2026-06-02"),
             .known = UINT64_MAX,
             .asked = Instant{sample::day("2026-06-02")}};
  auto per_call = [&](const std::function<void()>& work) {
    return 1e6 / kTimes * best_of(kRounds, [&] {
             for (int i = 0; i < kTimes; ++i) work();
           });
  };
  Features ready = derive(programme, dossier, as_of);
  double usable = per_call([&] { keep(usable_events(programme, dossier, as_of)); });
  double deriving = per_call([&] { keep(derive(programme, dossier, as_of)); });
  double scoring = per_call([&] { keep(score(ready, card, programme)); });
  double all = per_call([&] {
    Features features = derive(programme, dossier, as_of);
    ScoreOutcome outcome = score(features, card, programme);
    keep(adverse_reasons(std::get<Score>(outcome), card, ExplanationRules{}));
  });
  fmt::print("\none person, {} facts ({} count), {} features\n", dossier.events.size(),
             ready.usable_facts, programme.features.size());
  fmt::print("{:<46} {:>8.1f} us\n", "what counts", usable);
  fmt::print("{:<46} {:>8.1f} us\n", "derive", deriving);
  fmt::print("{:<46} {:>8.1f} us\n", "score", scoring);
  fmt::print("{:<46} {:>8.1f} us\n", "derive, score, reasons", all);
}

}  // namespace
}  // namespace credence

int main() {
  using namespace credence;
  const Programme programme = sample::wide_programme();
  const Card card = sample::random_card(programme, 5);
  std::size_t bins = 0;
  for (const Card::Line& line : card.lines()) bins += line.bins.size();
  fmt::print("{} applicants, {} bins on {} lines, one core\n{:<46} {:>12} {:>13} {:>10}\n", kPeople,
             bins, card.lines().size(), "", "applicants", "bytes", "of reading");
  bench_batch<std::int32_t>(card);
  bench_batch<std::int64_t>(card);
  bench_person(programme, card);
}
