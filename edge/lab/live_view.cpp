#include <credence/lab/live_view.h>
#include <credence/lab/right_aligned.h>
#include <credence/terminal/bars.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

// A line is narrower than the narrowest usual terminal (80): one that wrapped could not be redrawn.
constexpr std::size_t kName = 20, kShare = 8, kCurve = 34;

const Text kLiving = {"replicate {1} of {2}, month {3} of {4}",
                      "réplique {1} sur {2}, mois {3} sur {4}"};
const Text kBefore = {"the years before any programme", "les années d'avant tout programme"};
const Text kProgramme = {"programme", "programme"}, kExcluded = {"excluded", "exclus"},
           kSpeaking = {"speak up", "parlent"};

std::string row(const std::string& name, const std::string& excluded, const std::string& curve,
                const std::string& speaking) {
  return fmt::format("  {} {} {} {}\n", left_aligned(name, kName), right_aligned(excluded, kShare),
                     left_aligned(curve, kCurve), right_aligned(speaking, kShare));
}

struct MonthlyShares {
  std::vector<double> excluded, speaking;
};

MonthlyShares shares_of(const Society& society, std::size_t arm) {
  MonthlyShares shares;
  std::size_t groups =
      society.population().plan.categories[static_cast<std::size_t>(Trait::group)].size();
  std::uint32_t burn_in = society.world().burn_in;
  for (std::uint32_t month = 0; month + burn_in < society.month(); ++month) {
    MonthTally sum;
    for (std::size_t group = 0; group < groups; ++group) sum += society.tally(arm, month, group);
    auto of = [&](Counter part, Counter whole) {
      return sum[whole] > 0 ? static_cast<double>(sum[part]) / static_cast<double>(sum[whole]) : 0;
    };
    shares.excluded.push_back(of(Counter::excluded, Counter::people));
    shares.speaking.push_back(of(Counter::spoke, Counter::critical));
  }
  return shares;
}

}  // namespace

std::string sparkline(const std::vector<double>& values, double highest, std::size_t width) {
  static constexpr std::array<std::string_view, 8> kHeights = {"▁", "▂", "▃", "▄",
                                                               "▅", "▆", "▇", "█"};
  std::string drawn;
  std::size_t from = values.size() > width ? values.size() - width : 0;
  for (std::size_t i = from; i < values.size(); ++i) {
    double share = highest > 0 ? std::clamp(values[i] / highest, 0.0, 1.0) : 0;
    drawn += kHeights[static_cast<std::size_t>(std::lround(share * 7))];
  }
  return drawn;
}

LiveView::LiveView(Console& console, Tongue tongue, std::vector<std::string> arms,
                   std::uint32_t replicates)
    : console_(console), tongue_(tongue), arms_(std::move(arms)), replicates_(replicates) {}

LiveView::~LiveView() {
  clear();
}

void LiveView::clear() {
  if (drawn_ == 0) return;
  console_.err(fmt::format("\x1b[{}A\x1b[J", drawn_));
  drawn_ = 0;
}

std::string LiveView::frame(const EnsembleProgress& progress) const {
  std::uint64_t done = std::uint64_t{progress.replicate} * progress.months + progress.month;
  std::uint64_t all = std::uint64_t{replicates_} * progress.months;
  double share = all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 1;
  std::string lines = fmt::format(
      "{} {:3.0f} %  {}\n", bar(share, 30), share * 100,
      tongue_.say(kLiving, {tongue_.count(progress.replicate + 1), tongue_.count(replicates_),
                            tongue_.count(progress.month), tongue_.count(progress.months)}));
  if (progress.month <= progress.society->world().burn_in)
    return lines + "  " + tongue_.say(kBefore) + "\n";
  std::vector<MonthlyShares> shares;
  double most = 0;
  for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
    shares.push_back(shares_of(*progress.society, arm));
    for (double excluded : shares.back().excluded) most = std::max(most, excluded);
  }
  lines += row(tongue_.say(kProgramme), tongue_.say(kExcluded), "", tongue_.say(kSpeaking));
  for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
    const MonthlyShares& own = shares[arm];
    if (own.excluded.empty()) continue;
    lines += row(arms_[arm], tongue_.percent(own.excluded.back()),
                 sparkline(own.excluded, most, kCurve), tongue_.percent(own.speaking.back()));
  }
  return lines;
}

void LiveView::show(const EnsembleProgress& progress) {
  auto now = Steady::now();
  if (!console_.terminal) {
    std::uint64_t done = std::uint64_t{progress.replicate} * progress.months + progress.month;
    std::uint64_t all = std::max<std::uint64_t>(1, std::uint64_t{replicates_} * progress.months);
    std::uint64_t tenths = done * 10 / all;
    if (now - start_ < std::chrono::seconds{2} || tenths <= told_tenths_) return;
    told_tenths_ = tenths;
    console_.err(fmt::format("{} %\n", tenths * 10));
    return;
  }
  if (drawn_ > 0 && now - last_ < std::chrono::milliseconds{100}) return;
  last_ = now;
  std::string lines = frame(progress);
  clear();
  console_.err(lines);
  drawn_ = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
}

}  // namespace credence
