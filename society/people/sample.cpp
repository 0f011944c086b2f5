#include <credence/clockwork/draw.h>
#include <credence/people/sample.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

struct Bill {
  std::string_view name;
  int lowest, highest;  // euros a month
};
constexpr std::array kBills = {Bill{"rent", 380, 1150}, Bill{"energy", 35, 160},
                               Bill{"phone", 9, 45}, Bill{"insurance", 12, 70}};
constexpr std::array<std::string_view, 4> kFiles = {"bills.csv", "incomes.csv", "overdrafts.csv",
                                                    "rentals.jsonl"};

// Everything that one person's life writes, by file.
class Life {
 public:
  Life(const SamplePlan& plan, const KeyedDraws& draws, std::uint32_t person)
      : plan_(plan), draws_(draws), person_(person), name_(fmt::format("p{:06}", person + 1)) {
    // Most people are careful, some are not; the square root bends the uniform towards 1.
    care_ = std::sqrt(draws_.uniform(person_, 0, Purpose::care));
    means_ = draws_.uniform(person_, 0, Purpose::means);
    rental_habit_ = draws_.uniform(person_, 0, Purpose::rental_habit) * 0.8;
    // One in twenty came only a short while ago: too little is known about them.
    if (draws_.chance(0.05, person_, 0, Purpose::enrolment)) {
      first_month_ = plan_.months - std::min<std::uint32_t>(plan_.months, 2);
    }
  }

  void run() {
    for (std::uint32_t month = first_month_; month < plan_.months; ++month) live(month);
  }

  const std::string& name() const { return name_; }
  const std::array<std::string, 4>& lines() const { return lines_; }
  std::uint64_t events() const { return events_; }
  // Seven in ten also let partner shops learn yes or no.
  std::string_view consents() const {
    bool shops = draws_.chance(0.7, person_, 0, Purpose::consent);
    return shops ? "bank;rentals;bank@bike-shop;rentals@bike-shop" : "bank;rentals";
  }

 private:
  void live(std::uint32_t month) {
    Date start =
        subtract(plan_.until, {static_cast<int>(plan_.months - month), 0}) + std::chrono::days{1};
    earn(month, start);
    for (std::uint32_t bill = 0; bill < kBills.size(); ++bill) pay(month, start, bill);
    overdraw(month, start);
    rent(month, start);
  }

  // A day of the month that begins at `start`; nothing when it would lie after the end of the
  // sample.
  std::optional<Date> day(Date start, int offset) const {
    Date date = start + std::chrono::days{offset};
    if (date > plan_.until) return std::nullopt;
    return date;
  }

  void add(std::size_t file, std::string line) {
    lines_[file] += line + "\n";
    ++events_;
  }

  std::string key(std::string_view what, std::uint32_t month) const {
    return fmt::format("{}-{}-{:03}", name_, what, month);
  }

  void earn(std::uint32_t month, Date start) {
    auto at = day(start, draws_.between(0, 4, person_, month, Purpose::income_day));
    if (!at) return;
    bool regular = draws_.chance(0.75 + 0.25 * care_, person_, month, Purpose::income);
    int euros = 900 + static_cast<int>(means_ * 2600);
    if (!regular) euros /= 3;
    add(1, fmt::format("{},income,{},{},{}.00 EUR,{}", name_, to_text(*at), key("income", month),
                       euros, regular ? "true" : "false"));
  }

  void pay(std::uint32_t month, Date start, std::uint32_t bill) {
    auto due = day(start, 5 + static_cast<int>(bill) * 5);
    if (!due) return;
    int cents = draws_.between(kBills[bill].lowest * 100, kBills[bill].highest * 100, person_, 0,
                               Purpose::bill_amount, bill);
    double slip = (1 - care_) * 0.45;
    std::string paid;
    if (!draws_.chance(slip * 0.15, person_, month, Purpose::bill_unpaid, bill)) {
      double u = draws_.uniform(person_, month, Purpose::bill_delay, bill);
      int delay = u < slip ? 4 + static_cast<int>(u / slip * 40) : -static_cast<int>((1 - u) * 6);
      Date when = *due + std::chrono::days{delay};
      if (when <= plan_.until) paid = to_text(when);
    }
    add(0,
        fmt::format("{},bill,{},{},{}.{:02} EUR,{},{}", name_, to_text(*due),
                    key(kBills[bill].name, month), cents / 100, cents % 100, to_text(*due), paid));
  }

  void overdraw(std::uint32_t month, Date start) {
    double pressure = (1 - means_) * (1 - care_) * 0.7;
    auto at = day(start, 22);
    if (!at || !draws_.chance(pressure, person_, month, Purpose::overdraft)) return;
    int euros = draws_.between(20, 900, person_, month, Purpose::overdraft_size);
    add(2, fmt::format("{},overdraft,{},{},{}.00 EUR,{}", name_, to_text(*at),
                       key("overdraft", month), euros, 1 + euros / 60));
  }

  void rent(std::uint32_t month, Date start) {
    if (!draws_.chance(rental_habit_, person_, month, Purpose::rental)) return;
    auto at = day(start, draws_.between(0, 20, person_, month, Purpose::rental_day));
    if (!at) return;
    Date due_back = *at + std::chrono::days{3};
    double u = draws_.uniform(person_, month, Purpose::rental_outcome);
    double trouble = (1 - care_) * 0.12;
    std::string_view outcome = u < trouble * 0.3 ? "lost" : u < trouble ? "damaged" : "settled";
    int late = draws_.chance((1 - care_) * 0.5, person_, month, Purpose::rental_return) ? 2 : 0;
    Date returned = due_back + std::chrono::days{late};
    std::string returned_field;
    if (outcome != "lost" && returned <= plan_.until) {
      returned_field = fmt::format(R"(,"returned":"{}")", to_text(returned));
    }
    add(3,
        fmt::format(
            R"({{"subject":"{}","event":"rental","at":"{}","key":"{}","deposit":"150.00 EUR",)"
            R"("due_back":"{}","outcome":"{}"{}}})",
            name_, to_text(*at), key("rental", month), to_text(due_back), outcome, returned_field));
  }

  const SamplePlan& plan_;
  const KeyedDraws& draws_;
  std::uint32_t person_;
  std::string name_;
  double care_, means_, rental_habit_;
  std::uint32_t first_month_ = 0;
  std::array<std::string, 4> lines_;
  std::uint64_t events_ = 0;
};

// Lines as they go wrong in real exports; each names a person that exists, so only the flaw is at
// fault.
std::string flawed_line(std::uint32_t number, const KeyedDraws& draws) {
  constexpr std::array<std::string_view, 6> kFlaws = {
      "p000001,bill,2026-02-30,flaw-{},12.00 EUR,2026-02-28,",
      "p000001,bill,2026-03-05,flaw-{},12.005 EUR,2026-03-05,",
      "p000001,bill,2026-03-05,flaw-{},\"12,00 EUR\",2026-03-05,",
      "p000001,bill,2026-03-05,flaw-{},12.00 EUR",
      "p000001,bil,2026-03-05,flaw-{},12.00 EUR,2026-03-05,",
      "p000001,bill,05/03/2026,flaw-{},12.00 EUR,2026-03-05,"};
  int kind = draws.between(0, static_cast<int>(kFlaws.size()) - 1, number, 0, Purpose::flaw);
  return fmt::format(fmt::runtime(kFlaws[static_cast<std::size_t>(kind)]), number) + "\n";
}

Result<Done> check(const SamplePlan& plan) {
  if (plan.people < 1 || plan.people > 10'000'000) {
    return Error{
        "sample.people", "a sample has 1 to 10,000,000 people", {}, "choose another number"};
  }
  if (plan.months < 1 || plan.months > 240) {
    return Error{"sample.months", "a sample spans 1 to 240 months", {}, "choose another number"};
  }
  return Done{};
}

Result<Done> write_headers(const SampleSink& sink) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kHeaders = {{
      {"people.csv", "subject,sources\n"},
      {"bills.csv", "subject,event,at,key,amount,due,paid\n"},
      {"incomes.csv", "subject,event,at,key,amount,regular\n"},
      {"overdrafts.csv", "subject,event,at,key,amount,days\n"},
  }};
  for (const auto& [file, header] : kHeaders) {
    if (auto written = sink(file, header); !written) return written.error();
  }
  return Done{};
}

}  // namespace

Result<SampleCounts> write_sample(const SamplePlan& plan, const SampleSink& sink) {
  if (auto checked = check(plan); !checked) return checked.error();
  if (auto written = write_headers(sink); !written) return written.error();
  KeyedDraws draws{plan.seed};
  SampleCounts counts;
  for (std::uint32_t person = 0; person < plan.people; ++person) {
    Life life(plan, draws, person);
    life.run();
    auto enrolled = sink("people.csv", fmt::format("{},{}\n", life.name(), life.consents()));
    if (!enrolled) return enrolled.error();
    for (std::size_t file = 0; file < kFiles.size(); ++file) {
      if (auto written = sink(kFiles[file], life.lines()[file]); !written) return written.error();
    }
    counts.people += 1;
    counts.events += life.events();
  }
  for (; counts.flaws < plan.flaws; ++counts.flaws) {
    auto line = flawed_line(static_cast<std::uint32_t>(counts.flaws), draws);
    if (auto written = sink("bills.csv", line); !written) return written.error();
  }
  return counts;
}

}  // namespace credence
