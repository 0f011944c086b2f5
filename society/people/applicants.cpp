#include <credence/people/applicants.h>
#include <credence/clockwork/draw.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>

namespace credence {

namespace {

constexpr std::string_view kHeader =
    "applied_on,utilisation,months_since_arrears,open_loans,income_eur,debt_to_income,"
    "months_at_employer,housing,loan_purpose,account_months,account_years,instalment_eur,"
    "form_number,age_band,bad\n";
constexpr int kNoArrears = -7;  // condition not met
constexpr int kNoBureau = -9;   // no record at all
constexpr std::size_t kWriteAt = 1U << 20U;
constexpr std::array<std::string_view, 4> kHousing = {"owner", "tenant", "family home", "free"};
constexpr std::array<std::string_view, 6> kPurposes = {"car",    "furniture", "repairs",
                                                       "moving", "training",  "refinancing"};
constexpr std::array<std::string_view, 4> kAgeBands = {"18 to 29", "30 to 44", "45 to 59",
                                                       "60 or more"};

// One applicant: a hidden soundness, and answers that lean on it.
class Applicant {
 public:
  Applicant(const ApplicantsPlan& plan, const KeyedDraws& draws, std::uint32_t row)
      : plan_(plan), draws_(draws), row_(row) {}

  void write(std::string& out) {
    double sound = draw(Item::soundness);
    bool no_bureau = chance(0.06, Item::no_bureau);
    std::optional<int> used = utilisation(sound, no_bureau);
    int arrears = months_since_arrears(sound, no_bureau);
    int loans = static_cast<int>(std::pow(draw(Item::loans), 2) * 9);
    std::optional<int> income = income_of(sound);
    int debt = 5 + static_cast<int>(70 * std::pow(draw(Item::debt), 1.5) * (1.3 - 0.6 * sound));
    int employed = static_cast<int>(std::pow(draw(Item::employer), 2) * 300 * (0.4 + sound));
    auto housing = pick(Item::housing, {0.36, 0.82, 0.95, 1.0});
    auto purpose = pick(Item::purpose, {0.3, 0.48, 0.62, 0.72, 0.82, 1.0});
    int months = 3 + static_cast<int>(std::pow(draw(Item::account), 1.6) * 260);
    double odds = log_odds(used, arrears, loans, debt, employed, housing, purpose, months);
    bool bad = chance(1 / (1 + std::exp(-odds)), Item::outcome);
    Date applied = plan_.until - std::chrono::days{static_cast<int>(draw(Item::day) * plan_.days)};
    auto to = std::back_inserter(out);
    fmt::format_to(to, "{},{},{},{},{},{:.2f},", to_text(applied), text(used), arrears, loans,
                   text(income), debt / 100.0);
    if (!chance(0.08, Item::employer_unknown)) out += std::to_string(employed);
    fmt::format_to(to, ",{},{},{},{},{:.2f},{},{},{}\n", kHousing[housing], kPurposes[purpose],
                   months, months / 12, instalment(), static_cast<int>(draw(Item::noise) * 50),
                   kAgeBands[pick(Item::age, {0.24, 0.6, 0.86, 1.0})], bad ? 1 : 0);
  }

 private:
  enum class Item : std::uint32_t {
    soundness,
    no_bureau,
    utilisation,
    utilisation_missing,
    arrears,
    arrears_any,
    loans,
    income,
    income_missing,
    debt,
    employer,
    employer_unknown,
    housing,
    purpose,
    account,
    instalment,
    noise,
    age,
    day,
    outcome
  };

  double draw(Item item) const {
    return draws_.uniform(row_, 0, Purpose::application, static_cast<std::uint32_t>(item));
  }
  bool chance(double probability, Item item) const { return draw(item) < probability; }
  std::size_t pick(Item item, std::initializer_list<double> below) const {
    double u = draw(item);
    return static_cast<std::size_t>(
        std::find_if(below.begin(), below.end(), [u](double limit) { return u < limit; }) -
        below.begin());
  }
  static std::string text(const std::optional<int>& value) {
    return value ? std::to_string(*value) : std::string{};
  }

  // Per cent of the credit line in use; people with a weak footing use more, a few overdraw it.
  std::optional<int> utilisation(double sound, bool no_bureau) const {
    if (no_bureau) return kNoBureau;
    if (chance(0.02, Item::utilisation_missing)) return std::nullopt;
    double u = draw(Item::utilisation);
    return static_cast<int>(120 * std::pow(u, 0.6 + 1.6 * sound));
  }

  int months_since_arrears(double sound, bool no_bureau) const {
    if (no_bureau) return kNoBureau;
    if (chance(0.35 + 0.5 * sound, Item::arrears_any)) return kNoArrears;
    return static_cast<int>(std::pow(draw(Item::arrears), 1.2) * 84);
  }

  // Missing more often for those with a high one: absence itself says something, and it is good.
  std::optional<int> income_of(double sound) const {
    double u = draw(Item::income);
    if (chance(0.04 + 0.1 * sound, Item::income_missing)) return std::nullopt;
    return static_cast<int>(900 + 900 * sound - 1100 * std::log(1 - u * 0.995));
  }

  double instalment() const {
    return draws_.between(4000, 65000, row_, 0, Purpose::application,
                          static_cast<std::uint32_t>(Item::instalment)) /
           100.0;
  }

  // What truly moves the outcome; income acts through debt alone, the rest is not looked at.
  static double log_odds(const std::optional<int>& used, int arrears, int loans, int debt,
                         int employed, std::size_t housing, std::size_t purpose, int months) {
    constexpr std::array kHousingOdds = {-0.25, 0.2, 0.0, 0.1};
    constexpr std::array kPurposeOdds = {-0.15, 0.0, -0.1, 0.15, -0.2, 0.35};
    double odds = -2.75 + kHousingOdds[housing] + kPurposeOdds[purpose];
    if (used && *used >= 0) odds += 0.016 * *used;
    if (used && *used == kNoBureau) odds += 1.1;
    if (arrears >= 0) odds += 1.25 * std::exp(-arrears / 24.0);
    odds += loans > 4 ? 0.22 * (loans - 4) : loans == 0 ? 0.25 : 0;
    odds += 0.018 * (debt - 30) - 0.0022 * std::min(employed, 180);
    odds -= 0.0045 * std::min(months, 140);
    if (used && *used > 70 && loans >= 3) odds += 0.45;  // the two together weigh more
    return odds;
  }

  const ApplicantsPlan& plan_;
  const KeyedDraws& draws_;
  std::uint32_t row_;
};

}  // namespace

Result<std::uint64_t> write_applicants(const ApplicantsPlan& plan, const ApplicantsSink& sink) {
  if (plan.rows < 1 || plan.rows > 100'000'000)
    return Error{"sample.rows", "a table has 1 to 100,000,000 rows", {}, "choose another number"};
  KeyedDraws draws{plan.seed};
  std::string text{kHeader};
  for (std::uint64_t row = 0; row < plan.rows; ++row) {
    Applicant(plan, draws, static_cast<std::uint32_t>(row)).write(text);
    if (text.size() < kWriteAt && row + 1 < plan.rows) continue;
    if (auto written = sink(std::exchange(text, {})); !written) return written.error();
  }
  return plan.rows;
}

}  // namespace credence
