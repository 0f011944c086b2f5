#include <credence/report/chart_life.h>
#include <credence/report/happening_texts.h>
#include <credence/report/life_facts.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <set>

namespace credence {

namespace {

constexpr std::size_t kMostEvents = 16;  // rows of a life's table

// Invented, short, and for any gender, so that no sentence needs one.
constexpr std::string_view kFirstNames[] = {
    "Alex",   "Camille", "Noor", "Sacha", "Robin",     "Charlie", "Ilham", "Noa",
    "Andrea", "Maxime",  "Lou",  "Eden",  "Dominique", "Ange",    "Kim",   "Yaël"};

using Stories = std::vector<const std::vector<StoryMonth>*>;

struct Life {
  std::string name;
  std::uint32_t person = 0;
  Stories stories;         // by arm
  std::size_t months = 0;  // that every arm has
};

std::string first_name(std::uint32_t person, std::set<std::string>& given) {
  for (std::size_t i = 0; i < std::size(kFirstNames); ++i) {
    std::string name{kFirstNames[(person + i) % std::size(kFirstNames)]};
    if (given.insert(name).second) return name;
  }
  return std::string{kFirstNames[0]};
}

std::vector<Happening> told_in(std::uint64_t bits) {
  std::vector<Happening> told;
  for (; bits != 0; bits &= bits - 1) {
    auto what = static_cast<Happening>(std::countr_zero(bits));
    if (what >= Happening::count_) break;
    told.push_back(what);
  }
  return told;
}

// A month that is worth a row: how much happened that the lives do not share, and how grave it is.
struct ToldMonth {
  std::size_t month = 0;
  int weight = 0;
};

int weight_of_month(const Life& life, std::size_t month) {
  std::uint64_t any = 0, all = ~std::uint64_t{0};
  for (const std::vector<StoryMonth>* story : life.stories) {
    any |= (*story)[month].happenings;
    all &= (*story)[month].happenings;
  }
  int weight = 0;
  for (Happening what : told_in(any)) {
    bool shared = (all >> static_cast<unsigned>(what)) & 1U;
    int gravity = static_cast<int>(weight_of(what));
    if (gravity < static_cast<int>(StoryWeight::telling)) continue;
    weight += shared ? gravity - 1 : 4 * gravity;
  }
  return weight;
}

std::vector<std::size_t> months_told(const Life& life, std::size_t from) {
  std::vector<ToldMonth> told;
  for (std::size_t month = from; month < life.months; ++month) {
    if (int weight = weight_of_month(life, month); weight > 0) told.push_back({month, weight});
  }
  std::ranges::stable_sort(told, std::ranges::greater{}, &ToldMonth::weight);
  if (told.size() > kMostEvents) told.resize(kMostEvents);
  std::vector<std::size_t> months;
  for (const ToldMonth& one : told) months.push_back(one.month);
  std::ranges::sort(months);
  return months;
}

std::string words_of_month(const ReportFacts& facts, const StoryMonth& month) {
  std::string words;
  for (Happening what : told_in(month.happenings)) {
    if (weight_of(what) < StoryWeight::telling) continue;
    words += (words.empty() ? "" : "; ") + words_of(what).in(facts.language());
  }
  return words.empty() ? "\u2013" : words;
}

bool is_barred(const StoryMonth& month) {
  return std::ranges::any_of(month.barred, [](std::uint8_t left) { return left > 0; }) ||
         (month.marks & static_cast<std::uint16_t>(Mark::black)) != 0;
}

std::string letter_of(std::size_t index) {
  return std::string(1, static_cast<char>('A' + index));
}

class LifeWriter {
 public:
  LifeWriter(SocietyPage& page, const ReportFacts& facts, const Life& life)
      : page_(page), facts_(facts), life_(life) {
    begins_ = std::min<std::size_t>(facts.world().burn_in, life.months);
    told_ = months_told(life, begins_);
  }

  void write() {
    ends();
    page_.open("div", "class=\"charts\"");
    for (std::size_t arm = 0; arm < life_.stories.size(); ++arm) {
      std::string caption = facts_.say(Say::life_strip, {life_.name, facts_.arm_name(arm)});
      page_.figure(caption, "", draw_life(strip(arm, caption), facts_.language()));
    }
    page_.close("div");
    table();
  }

 private:
  const StoryMonth& at(std::size_t arm, std::size_t month) const {
    return (*life_.stories[arm])[month];
  }
  double money(std::size_t arm, std::size_t month) const { return at(arm, month).wealth / 100.0; }

  void ends() {
    if (life_.months == 0) return;
    std::size_t last = life_.months - 1;
    std::vector<std::string> sentences = {
        facts_.say(Say::life_end, {money_text(money(0, last), facts_.style())})};
    for (std::size_t arm = 1; arm < life_.stories.size(); ++arm) {
      LifeDifference difference = difference_of(*life_.stories[0], *life_.stories[arm]);
      double gained = money(arm, last) - money(0, last);
      auto count = [&](int months) { return count_text(months, facts_.style()); };
      sentences.push_back(facts_.say(
          Say::life_end_other,
          {facts_.arm_name(arm), money_text(money(arm, last), facts_.style()),
           (gained > 0 ? "+" : "") + money_text(gained, facts_.style()), count(difference.barred),
           count(difference.refused), count(difference.granted)}));
    }
    page_.items(sentences);
  }

  LifeStrip strip(std::size_t arm, const std::string& caption) const {
    LifeStrip strip;
    strip.arm = arm;
    strip.points_name = facts_.say(Say::life_points);
    strip.money_name = facts_.say(Say::life_money, {facts_.world().currency});
    strip.barred_name = facts_.say(Say::life_barred);
    strip.begin_name = facts_.say(Say::programme_begins);
    strip.begins = begins_;
    strip.first_month = facts_.month_name(0);
    strip.last_month =
        facts_.month_name(static_cast<std::uint32_t>(life_.months == 0 ? 0 : life_.months - 1));
    strip.label = caption;
    for (std::size_t month = 0; month < life_.months; ++month) {
      const StoryMonth& one = at(arm, month);
      strip.points.push_back(one.points == kNoPoints ? std::nullopt
                                                     : std::optional<double>(one.points));
      strip.money.push_back(money(arm, month));
      strip.barred.push_back(is_barred(one));
    }
    for (std::size_t i = 0; i < told_.size(); ++i) {
      std::string words = words_of_month(facts_, at(arm, told_[i]));
      if (words == "\u2013") continue;
      strip.letters.push_back({told_[i], letter_of(i)});
      strip.label += "; " + month_of(told_[i]) + ": " + words;
    }
    share_ranges(arm, strip);
    return strip;
  }

  // Points of one programme have their own range; money is on one scale for all lives.
  void share_ranges(std::size_t arm, LifeStrip& strip) const {
    double infinity = std::numeric_limits<double>::infinity();
    strip.least_points = strip.least_money = infinity;
    strip.most_points = strip.most_money = -infinity;
    for (std::size_t month = 0; month < life_.months; ++month) {
      if (const auto& points = strip.points[month]) {
        strip.least_points = std::min(strip.least_points, *points);
        strip.most_points = std::max(strip.most_points, *points);
      }
      for (std::size_t other = 0; other < life_.stories.size(); ++other) {
        strip.least_money = std::min(strip.least_money, money(other, month));
        strip.most_money = std::max(strip.most_money, money(other, month));
      }
    }
    strip.arm = arm;
  }

  std::string month_of(std::size_t month) const {
    return facts_.month_name(static_cast<std::uint32_t>(month));
  }

  void table() {
    PageTable table;
    table.caption = facts_.say(Say::life_table, {life_.name});
    table.columns.push_back({facts_.say(Say::life_month)});
    for (std::size_t arm = 0; arm < life_.stories.size(); ++arm)
      table.columns.push_back({facts_.arm_name(arm)});
    for (std::size_t i = 0; i < told_.size(); ++i) {
      std::vector<std::string> row = {letter_of(i) + ". " + month_of(told_[i])};
      for (std::size_t arm = 0; arm < life_.stories.size(); ++arm)
        row.push_back(words_of_month(facts_, at(arm, told_[i])));
      table.rows.push_back(std::move(row));
    }
    if (table.rows.empty()) return page_.paragraph(facts_.say(Say::life_quiet));
    page_.table(table);
  }

  SocietyPage& page_;
  const ReportFacts& facts_;
  const Life& life_;
  std::size_t begins_ = 0;
  std::vector<std::size_t> told_;
};

Life life_of(const ReportFacts& facts, const ChosenLife& chosen, std::set<std::string>& given) {
  const EnsembleResult& result = facts.result();
  Life life;
  life.person = result.panel[chosen.panelist];
  life.name = first_name(life.person, given);
  life.months = std::numeric_limits<std::size_t>::max();
  for (std::size_t arm = 0; arm < std::min(result.stories.size(), facts.arms()); ++arm) {
    life.stories.push_back(&result.stories[arm][chosen.panelist]);
    life.months = std::min(life.months, life.stories.back()->size());
  }
  return life;
}

}  // namespace

void write_lives(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("lives", facts.say(Say::lives_title));
  std::vector<ChosenLife> chosen = choose_lives(facts.input());
  if (chosen.empty()) {
    page.paragraph(
        facts.say(facts.result().stories.size() < 2 ? Say::lives_none : Say::lives_alike));
    return page.end_section();
  }
  page.paragraph(
      facts.say(Say::lives_text,
                {count_text(static_cast<double>(facts.result().panel.size()), facts.style())}));
  page.paragraph(facts.say(Say::life_legend), "note");
  std::set<std::string> given;
  for (const ChosenLife& one : chosen) {
    Life life = life_of(facts, one, given);
    page.heading(facts.say(Say::life_of,
                           {life.name, std::to_string(life.person), one.why.in(facts.language())}));
    LifeWriter{page, facts, life}.write();
  }
  page.end_section();
}

}  // namespace credence
